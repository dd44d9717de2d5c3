/** Scopes: which stage a missing one belongs to. */
import {
  answersTo,
  grantedScope,
  issuedToken,
  requestedScope,
  scopeList,
  type FindingCode,
  type Scene,
} from '../core/index.ts';
import { texts, type Read } from './readings.ts';

/** What the token has by the server's word; undefined: nobody says. */
export function grantedScopes({ evidence }: Scene): string[] | undefined {
  const granted = grantedScope(evidence);
  return granted && granted.by !== 'unsaid' ? granted.scopes : undefined;
}

/** Stand for other scopes, or for none: what is granted for them has other names (Entra), or is a refresh token (OIDC Core §11). */
const META = /(?:^|\/)\.default$|^offline_access$/;

/**
 * The scopes that were asked for and not granted. Some servers list what they granted with commas, though a comma is
 * a character of a scope (RFC 6749 §3.3), and some grant a wildcard, whose reach only they know.
 * @returns `maybe`: a wildcard may stand for them all
 */
export function lostScopes(
  requested: readonly string[],
  granted: readonly string[],
): { readonly lost: readonly string[]; readonly maybe: boolean } {
  const has = new Set(granted.flatMap((scope) => [scope, ...scope.split(',')]));
  const lost = requested.filter((scope) => !has.has(scope) && !META.test(scope));
  const wild = [...has].filter((scope) => scope.includes('*')).map((scope) => scope.split('*'));
  const covered = (scope: string): boolean =>
    wild.some((parts) => scope.startsWith(parts[0] ?? '') && scope.endsWith(parts.at(-1) ?? ''));
  return { lost, maybe: lost.length > 0 && lost.every(covered) };
}

/**
 * A refused call misses a scope: because none was requested, because less was granted than asked, or because the
 * endpoint wants another one. One answer makes one finding, so the two stages share this rule.
 */
export function codeOfMissingScope({ reading }: Read, scene: Scene): FindingCode {
  const lead = reading.causes[0].code;
  if (lead !== 'endpoint/missing-scope' || scene.profile.access === 'roles') return lead;
  const requested = scopeList(requestedScope(scene.evidence));
  const asked = answersTo(scene.evidence, 'token').some(issuedToken);
  if (requested.length === 0) return asked ? 'scope/not-requested' : lead;
  const needed = texts(reading.facts['scopes']);
  const granted = grantedScope(scene.evidence);
  const has = granted?.by === 'unsaid' ? [] : (granted?.scopes ?? requested);
  const { lost } = lostScopes(
    needed.filter((scope) => requested.includes(scope)),
    has,
  );
  return lost.length > 0 ? 'scope/granted-narrower' : lead;
}
