/** What is known of the token in hand: from its claims (RFC 9068), the token answer, and introspection (RFC 7662). */
import {
  answersTo,
  bodyField,
  bodyText,
  issuedToken,
  type Evidence,
  type Exchange,
  type Json,
} from '../core/index.ts';

export interface TokenFacts {
  /** Absent where nobody says. */
  readonly scopes?: readonly string[];
  readonly audiences: readonly string[];
  readonly issuer?: string;
  /** Seconds since the epoch. */
  readonly expires?: number;
  /** The introspection endpoint's word. */
  readonly active?: boolean;
}

/** The newest token of the evidence; empty where none was issued. */
export function tokenFacts(evidence: Evidence): TokenFacts {
  const issued = answersTo(evidence, 'token').findLast(issuedToken);
  const introspected = answersTo(evidence, 'introspection').findLast(
    (x) => typeof bodyField(x, 'active') === 'boolean',
  );
  const token = issued?.outcome.kind === 'answered' ? issued.outcome.token : undefined;
  const claims = token?.kind === 'jwt' ? token.claims : {};
  const active = introspected && bodyField(introspected, 'active');
  const from = (name: string): Json | undefined =>
    claims[name] ?? (introspected && bodyField(introspected, name));
  const scopes = listOf(from('scope') ?? from('scp')) ?? requestedBy(issued);
  const issuer = from('iss');
  const expires = from('exp');
  return {
    ...(scopes && { scopes }),
    audiences: listOf(from('aud'), false) ?? [],
    ...(typeof issuer === 'string' && { issuer }),
    ...(typeof expires === 'number' && { expires }),
    ...(typeof active === 'boolean' && { active }),
  };
}

/** RFC 6749 §5.1: the answer names the scope if it differs from the request; if not named, it is as requested. */
function requestedBy(issued: Exchange | undefined): string[] | undefined {
  if (!issued) return undefined;
  const named = bodyText(issued, 'scope') ?? issued.request.form?.['scope'];
  return named === undefined ? undefined : words(named);
}

function listOf(value: Json | undefined, split = true): string[] | undefined {
  if (typeof value === 'string') return split ? words(value) : [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : undefined;
}

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
