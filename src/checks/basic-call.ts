/** A call of an API with the Basic header of a token request: id and secret where the token goes. */
import { answersTo, issuedToken, statusOf, type Exchange, type Scene } from '../core/index.ts';

/** The API takes a bearer token and nothing else: by its documentation, its challenge, or the token that was fetched. */
export function wantsBearer(exchange: Exchange, scene: Scene): boolean {
  const { outcome } = exchange;
  const challenge = outcome.kind === 'answered' ? outcome.headers['www-authenticate'] : undefined;
  if (challenge !== undefined) return /^\s*bearer\b/i.test(challenge);
  return scene.profile.access === 'roles' || answersTo(scene.evidence, 'token').some(issuedToken);
}

/**
 * The refused calls of a paste in which the client shows itself instead of a token that it has fetched: the scheme is
 * the wrong one. Where a token was issued, the call is what is wrong (contract: it refutes every earlier stage).
 */
export function sentAsTheClient(scene: Scene): Exchange[] {
  if (scene.mode === 'climb' || answersTo(scene.evidence, 'token').some(issuedToken)) return [];
  return answersTo(scene.evidence, 'endpoint').filter(
    (x) => x.request.authorization.kind === 'basic' && statusOf(x) === 401 && wantsBearer(x, scene),
  );
}
