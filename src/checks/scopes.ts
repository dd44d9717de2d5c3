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
  const lost = needed.filter((scope) => requested.includes(scope) && !has.includes(scope));
  return lost.length > 0 ? 'scope/granted-narrower' : lead;
}
