/** What is known of the token in hand: from its claims (RFC 9068), the token answer, and introspection (RFC 7662). */
import { answersTo, bodyField, grantedScope, issuedToken, type Evidence, type Json } from '../core/index.ts';

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
  const granted = grantedScope(evidence);
  const issuer = from('iss');
  const expires = from('exp');
  return {
    ...(granted && granted.by !== 'unsaid' && { scopes: granted.scopes }),
    audiences: listOf(from('aud')),
    ...(typeof issuer === 'string' && { issuer }),
    ...(typeof expires === 'number' && { expires }),
    ...(typeof active === 'boolean' && { active }),
  };
}

function listOf(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
