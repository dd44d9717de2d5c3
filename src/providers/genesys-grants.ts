/**
 * Refusals of the token endpoint that are about the request and not about the client (RFC 6749 §5.2). The bodies
 * that Genesys Cloud sends for them are not published, so nothing here is forced.
 */
import type { Cause, Exchange, Reading, Scene } from '../core/index.ts';
import { wrongEndpoint } from './genesys-places.ts';
import { isGenesysScope } from './genesys-scopes.ts';

/** The causes of a code that means something of its own here; the others are read by the RFC alone. */
export function requestRefused(
  error: string,
  words: string,
  exchange: Exchange,
  scene: Scene,
): Reading['causes'] | undefined {
  if (error === 'invalid_grant') return invalidGrant(exchange, words);
  if (error === 'invalid_scope') return invalidScope(exchange, scene);
  return undefined;
}

/** `invalid_grant` is about codes, refresh tokens and passwords (RFC 6749 §5.2), never about client_credentials. */
function invalidGrant(exchange: Exchange, said: string): Reading['causes'] {
  const sent = exchange.request.form?.['grant_type'];
  const code: Cause = {
    code: 'grant/code-invalid',
    why: 'The authorization code is unknown, used already, or too old; a code is good once and for a short time.',
    tell: 'Fetch a new code and exchange it once, at once.',
    likelihood: 0.5,
  };
  const redirect: Cause = {
    code: 'grant/redirect-uri-mismatch',
    why: 'The redirect URI of the exchange may differ from the one that the code was fetched with.',
    tell: 'Compare the two byte for byte, the last slash included.',
    likelihood: 0.25,
  };
  const pkce: Cause = {
    code: 'grant/pkce-mismatch',
    why: 'The code verifier may not belong to the challenge that the code was fetched with (RFC 7636 §4.6).',
    tell: 'S256 of the verifier, base64url without padding, must give the challenge.',
    likelihood: 0.2,
  };
  const refresh: Cause = {
    code: 'grant/refresh-token-invalid',
    why: 'The refresh token is used, revoked or expired.',
    tell: 'Sign in anew; a service needs no refresh token with client_credentials.',
    likelihood: 0.5,
  };
  if (/verif|pkce|challenge/i.test(said)) return [{ ...pkce, likelihood: 0.7 }, code];
  if (/redirect/i.test(said)) return [{ ...redirect, likelihood: 0.7 }, code];
  if (sent === 'client_credentials') {
    const other: Cause = {
      code: 'grant/wrong-type-sent',
      why: 'This error is about a code or a refresh token, so the request that was really sent did not ask for client_credentials.',
      tell: 'Print the body that leaves the program: it must hold grant_type=client_credentials.',
      likelihood: 0.5,
    };
    return [other, { ...wrongEndpoint(exchange), likelihood: 0.4 }, { ...code, likelihood: 0.2 }];
  }
  if (sent === 'refresh_token' || /refresh/i.test(said)) return [refresh];
  if (sent === 'authorization_code' || /authorization code/i.test(said)) return [code, redirect, pkce];
  return [code, refresh, redirect, pkce];
}

function invalidScope(exchange: Exchange, scene: Scene): Reading['causes'] {
  const asked = exchange.request.form?.['scope'] ?? scene.evidence.settings.requestedScope ?? '';
  const foreign = asked.split(/\s+/).filter((scope) => scope !== '' && !isGenesysScope(scope));
  const unknown: Cause = {
    code: 'scope/unknown',
    why:
      foreign.length > 0
        ? `Genesys Cloud has no scope ${foreign.join(', ')}.`
        : 'A requested scope may not exist.',
    tell: 'Scopes are written noun or noun:readonly (analytics:readonly). With client_credentials leave scope out: the roles of the client decide.',
    likelihood: foreign.length > 0 ? 0.8 : 0.3,
  };
  const notAllowed: Cause = {
    code: 'scope/not-allowed',
    why: 'The client may not be given the scope that was asked for.',
    tell: 'Compare the scopes that are asked for with those of the client. With client_credentials leave scope out and see whether the token is issued.',
    likelihood: foreign.length > 0 ? 0.2 : 0.5,
  };
  return foreign.length > 0 ? [unknown, notAllowed] : [notAllowed, unknown];
}
