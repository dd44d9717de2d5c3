/** Scopes: what was asked for, what was granted, and which stage a missing one belongs to. */
import { answersTo, bodyText, issuedToken, type FindingCode, type Json, type Scene } from '../core/index.ts';
import { texts, type Read } from './readings.ts';

/** The scope parameter as it was sent or is set; undefined where none was. */
export function requestedScope(scene: Scene): string | undefined {
  const sent = answersTo(scene.evidence, 'token').map((x) => x.request.form?.['scope']);
  return sent.findLast((scope) => scope !== undefined) ?? scene.evidence.settings.requestedScope;
}

export function scopeList(scope: string | undefined): string[] {
  return [...new Set((scope ?? '').split(/\s+/).filter((s) => s !== ''))];
}

/**
 * What the server says that it granted: `scope` of the token response, the claims of a JWT, or introspection.
 * An absent `scope` in a token response means that all was granted as asked (RFC 6749 §5.1), so it says nothing
 * where nothing was asked. Undefined: not shown.
 */
export function grantedScopes(scene: Scene): string[] | undefined {
  const issued = answersTo(scene.evidence, 'token').findLast(issuedToken);
  const introspected = answersTo(scene.evidence, 'introspection').at(-1);
  const said = [introspected, issued].flatMap((x) => (x ? (bodyText(x, 'scope') ?? []) : []))[0];
  if (said !== undefined) return scopeList(said);
  const token = issued?.outcome.kind === 'answered' ? issued.outcome.token : undefined;
  if (token?.kind === 'jwt') {
    const claim: Json | undefined = token.claims['scope'] ?? token.claims['scp'];
    if (typeof claim === 'string') return scopeList(claim);
    if (Array.isArray(claim)) return texts(claim);
  }
  const requested = scopeList(requestedScope(scene));
  return issued && requested.length > 0 ? requested : undefined;
}

/**
 * A refused call misses a scope: because none was requested, because less was granted than asked, or because the
 * endpoint wants another one. One answer makes one finding, so the two stages share this rule.
 */
export function codeOfMissingScope({ reading }: Read, scene: Scene): FindingCode {
  const lead = reading.causes[0].code;
  if (lead !== 'endpoint/missing-scope' || scene.profile.access === 'roles') return lead;
  const requested = scopeList(requestedScope(scene));
  const asked = answersTo(scene.evidence, 'token').some(issuedToken);
  if (requested.length === 0) return asked ? 'scope/not-requested' : lead;
  const needed = texts(reading.facts['scopes']);
  const granted = grantedScopes(scene) ?? requested;
  const lost = needed.filter((scope) => requested.includes(scope) && !granted.includes(scope));
  return lost.length > 0 ? 'scope/granted-narrower' : lead;
}
