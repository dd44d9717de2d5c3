/** Scopes: what was asked for, and what the server says that it granted. */
import { answersTo, bodyField, bodyText, issuedToken, type Evidence } from './evidence.ts';
import type { Json } from './shapes.ts';

/** The scope parameter as it was sent or is set; undefined where none was. */
export function requestedScope(evidence: Evidence): string | undefined {
  const sent = answersTo(evidence, 'token').map((x) => x.request.form?.['scope']);
  return sent.findLast((scope) => scope !== undefined) ?? evidence.settings.requestedScope;
}

/** The scopes of a parameter, each once. */
export function scopeList(scope: string | undefined): string[] {
  return [...new Set((scope ?? '').split(/\s+/).filter((s) => s !== ''))];
}

/**
 * What the token has, by who says so; undefined where it can't be known (no token, or no scope was asked for and
 * nobody says). `unsaid`: introspection or the claims of the token, where a scope would stand, name none. The
 * members are optional in both (RFC 7662 §2.2, RFC 9068 §2.2.3), so that is no proof that the token has none; but it
 * speaks against all having been granted as asked, which an absent `scope` in the token answer would mean by itself
 * (RFC 6749 §5.1).
 */
export type Granted =
  { readonly by: 'said' | 'asked'; readonly scopes: string[] } | { readonly by: 'unsaid' };

/** The scopes of the newest token: by introspection, its own claims, or the token answer, in this order. */
export function grantedScope(evidence: Evidence): Granted | undefined {
  const issued = answersTo(evidence, 'token').findLast(issuedToken);
  const introspected = answersTo(evidence, 'introspection').findLast(
    (x) => typeof bodyField(x, 'active') === 'boolean',
  );
  const token = issued?.outcome.kind === 'answered' ? issued.outcome.token : undefined;
  const claims = token?.kind === 'jwt' ? token.claims : undefined;
  const said =
    listed(introspected && bodyField(introspected, 'scope')) ??
    listed(claims?.['scope'] ?? claims?.['scp']) ??
    listed(issued && bodyText(issued, 'scope'));
  if (said) return { by: 'said', scopes: said };
  const asked = scopeList(requestedScope(evidence));
  if (asked.length === 0 || (!issued && !introspected)) return undefined;
  const active = introspected && bodyField(introspected, 'active') === true;
  if (active || claims) return { by: 'unsaid' };
  return issued && { by: 'asked', scopes: asked };
}

function listed(value: Json | undefined): string[] | undefined {
  if (typeof value === 'string') return scopeList(value);
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : undefined;
}
