/**
 * Whole sentences of token endpoints that leave one cause only. A hint sees words anywhere in a text, so it forces
 * nothing by itself: the same words stand in longer sentences that say something else.
 */
import type { RfcCode } from './rfc-causes.ts';

const KEYCLOAK_GRANT =
  'https://github.com/keycloak/keycloak/blob/main/services/src/main/java/org/keycloak/protocol/oidc/grants/ClientCredentialsGrantType.java';
const KEYCLOAK_CODE =
  'https://github.com/keycloak/keycloak/blob/main/services/src/main/java/org/keycloak/protocol/oidc/grants/AuthorizationCodeGrantType.java';
const OIDC_PROVIDER = 'https://github.com/panva/node-oidc-provider/tree/main/lib';
const RFC6749 = 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2';
const GENESYS = 'https://developer.genesys.cloud/authorization/platform-auth/use-client-credentials';
const AUTH0 = 'https://auth0.com/docs/get-started/applications/application-grant-types';
const ENTRA = 'https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes';

/** Whole, in lower case and without the stop at its end. */
const SENTENCES: readonly (readonly [whole: RegExp, code: RfcCode, source: string])[] = [
  [
    /^(?:the )?client is not authorized to use the client_credentials? grant type$/,
    'grant/not-allowed',
    GENESYS,
  ],
  [/^grant type '[\w:.-]{1,80}' not allowed for the client$/, 'grant/not-allowed', AUTH0],
  [
    /^the (?:authenticated )?client is not (?:authorized|allowed) to use (?:this (?:authorization )?grant type|the grant type [\w:.-]{1,80})$/,
    'grant/not-allowed',
    RFC6749,
  ],
  [/^requested grant type is not allowed for this client$/, 'grant/not-allowed', OIDC_PROVIDER],
  [/^client not enabled to retrieve service account$/, 'grant/not-allowed', KEYCLOAK_GRANT],
  [/^public client not allowed to retrieve service account$/, 'client/public', KEYCLOAK_GRANT],
  [
    /^(?:the )?client is (?:a )?public(?: client)?(?:: its secret is not accepted)?$/,
    'client/public',
    'https://www.rfc-editor.org/rfc/rfc6749#section-4.4',
  ],
  [/^(?:the )?client is disabled$/, 'client/disabled', RFC6749],
  [
    /^(?:aadsts7000222: )?the provided client secret keys (?:for app '[^'\n]{1,80}' )?are expired(?:\. visit the azure portal\b[^]*)?$/,
    'client/wrong-secret',
    ENTRA,
  ],
  [
    /^client authentication must only be provided using one mechanism$/,
    'header/duplicate-credentials',
    OIDC_PROVIDER,
  ],
  [/^pkce verification failed(?:: code mismatch)?$/, 'grant/pkce-mismatch', KEYCLOAK_CODE],
  [
    /^(?:incorrect redirect_uri|(?:the )?redirect_uri (?:did|does) not match)$/,
    'grant/redirect-uri-mismatch',
    KEYCLOAK_CODE,
  ],
  [
    /^(?:the )?refresh token (?:is|was|has) (?:invalid|expired|(?:been )?revoked)(?: or (?:has been )?(?:expired|revoked))?$/,
    'grant/refresh-token-invalid',
    RFC6749,
  ],
];

/** The one cause that a text leaves where it is such a sentence and nothing more; `text` in lower case. */
export function saidOutright(text: string): RfcCode | undefined {
  const sentence = text.trim().replace(/\s*[.!]$/, '');
  return SENTENCES.find(([whole]) => whole.test(sentence))?.[1];
}
