/** `invalid_grant` and `unsupported_grant_type` (RFC 6749 §5.2), by the grant that the request shows. */
import {
  answersTo,
  bodyField,
  bodyText,
  visibleLine,
  type Cause,
  type Exchange,
  type Scene,
} from '../core/index.ts';
import { cause } from './rfc-causes.ts';

/** RFC 6749 §5.2: about a code, a refresh token or a user's password; client_credentials has none of them. */
export function invalidGrant(exchange: Exchange, mode: Scene['mode'] = 'everything'): Cause[] {
  const code = cause('grant/code-invalid', 0.5);
  const redirect = cause('grant/redirect-uri-mismatch', 0.25);
  const pkce = cause('grant/pkce-mismatch', 0.2);
  switch (exchange.request.form?.['grant_type'] ?? '') {
    case 'client_credentials':
      return [
        cause(
          'grant/wrong-type-sent',
          0.55,
          'invalid_grant is about a code, a refresh token or a password. The request that is shown has none, so another one was sent.',
        ),
        cause('request/wrong-endpoint', 0.25),
        cause(
          'client/wrong-secret',
          // What we sent is known: no code and no refresh token can be wrong.
          mode === 'climb' ? 0.4 : 0.2,
          'A few servers use invalid_grant for a wrong secret.',
        ),
      ];
    case 'refresh_token':
      return [cause('grant/refresh-token-invalid', 0.85)];
    case 'authorization_code':
      return [code, redirect, pkce];
    case 'password':
      return [
        cause('client/wrong-secret', 0.5, 'The user name or the password of the request was refused.'),
        cause('request/wrong-region', 0.3),
        cause('endpoint/policy-denied', 0.2),
      ];
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return [
        cause('connection/clock-skew', 0.4),
        cause('client/wrong-secret', 0.3),
        cause('scope/wrong-audience', 0.25),
      ];
    default:
      return [code, cause('grant/refresh-token-invalid', 0.4), redirect, pkce];
  }
}

const REGISTERED =
  /^(?:authorization_code|client_credentials|refresh_token|password|implicit|urn:ietf:params:oauth:grant-type:.+)$/;

/** `grant_type X is not supported`: the value that the server read, with a blank that does not belong to it. */
function quotedGrant(exchange: Exchange): string | undefined {
  const text = bodyText(exchange, 'error_description') ?? bodyText(exchange, 'message') ?? '';
  return /grant[ _]?type:?\s["'`]?([a-zA-Z_:.-]{3,80}(?: (?= ))?)["'`]? {0,2}(?:is |was )?(?:not |un)(?:supported|recogni[sz]ed|known|valid|allowed)/i.exec(
    text,
  )?.[1];
}

/** The server lacks the grant, or never saw the parameter. */
export function unsupportedGrant(exchange: Exchange, scene: Scene): { causes: Cause[]; forced?: boolean } {
  const sent = exchange.request.form?.['grant_type'] ?? quotedGrant(exchange);
  const unread = [
    cause('request/json-body', sent === undefined ? 0.5 : 0.2),
    cause('request/missing-grant-type', 0.35),
    cause('request/wrong-content-type', 0.3),
  ];
  if (sent !== undefined && !REGISTERED.test(sent)) {
    const why = `grant_type=${visibleLine(sent.slice(0, 60))} is none that OAuth knows.`;
    return { causes: [cause('grant/wrong-type-sent', 0.85, why), ...unread] };
  }
  const supported = answersTo(scene.evidence, 'discovery')
    .map((x) => bodyField(x, 'grant_types_supported'))
    .find(Array.isArray);
  if (sent !== undefined && supported && !supported.includes(sent)) {
    const why = `The discovery document does not list ${visibleLine(sent)} among the grants of this server.`;
    return { causes: [cause('grant/not-allowed', 0.9, why)], forced: true };
  }
  return {
    causes: [
      ...unread,
      cause('grant/not-allowed', sent === undefined ? 0.35 : 0.6),
      cause('grant/wrong-type-sent', sent === 'client_credentials' ? 0.25 : 0.4),
    ],
  };
}
