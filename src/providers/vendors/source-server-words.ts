/**
 * What authorization servers say in so many words, by their own source code, whose file a row names. They are whole
 * sentences or codes that nobody else writes, so they are tried before the words that many use. This table is long.
 */
import type { Exchange } from '../../core/index.ts';
import { says, type Phrase } from './phrase.ts';
import { LIMIT, PKCE, REDIRECT, SCOPE_REFUSED, SCOPE_UNKNOWN, UNKNOWN_CLIENT } from './rankings.ts';
import { TOKEN } from './table.ts';

const KEYCLOAK =
  'https://github.com/keycloak/keycloak/tree/main/services/src/main/java/org/keycloak/protocol/oidc/grants';
const KEYCLOAK_CLIENTS =
  'https://github.com/keycloak/keycloak/tree/main/services/src/main/java/org/keycloak/authentication/authenticators/client';
const FOSITE = 'https://github.com/ory/fosite/tree/master/handler';
const FOSITE_REQUEST = 'https://github.com/ory/fosite/blob/master/access_request_handler.go';
const LEAGUE = 'https://github.com/thephpleague/oauth2-server/tree/master/src/Grant';
const LEAGUE_ERRORS =
  'https://github.com/thephpleague/oauth2-server/blob/master/src/Exception/OAuthServerException.php';
const BSHAFFER =
  'https://github.com/bshaffer/oauth2-server-php/blob/main/src/OAuth2/Controller/TokenController.php';
const BSHAFFER_CLIENT =
  'https://github.com/bshaffer/oauth2-server-php/blob/main/src/OAuth2/ClientAssertionType/HttpBasic.php';
const OIDC_PROVIDER = 'https://github.com/panva/node-oidc-provider/blob/main/lib/shared/client_auth.js';
const SPRING_AS =
  'https://github.com/spring-projects/spring-authorization-server/tree/main/oauth2-authorization-server/src/main/java/org/springframework/security/oauth2/server/authorization/authentication';
const SPRING_OLD =
  'https://github.com/spring-attic/spring-security-oauth/tree/main/spring-security-oauth2/src/main/java/org/springframework/security/oauth2/provider';
const DEX = 'https://github.com/dexidp/dex/blob/master/server/handlers.go';
const DEX_REFRESH = 'https://github.com/dexidp/dex/blob/master/server/refreshhandlers.go';
const DOORKEEPER = 'https://github.com/doorkeeper-gem/doorkeeper/blob/main/config/locales/en.yml';
const FUSIONAUTH = 'https://fusionauth.io/docs/lifecycle/authenticate-users/oauth/endpoints';
const GOTRUE = 'https://github.com/supabase/auth/blob/master/internal/api/apierrors/errorcode.go';
const FIREBASE = 'https://firebase.google.com/docs/reference/rest/auth';
const AUTH0_PASSWORD =
  'https://auth0.com/docs/get-started/authentication-and-authorization-flow/resource-owner-password-flow/call-your-api-using-resource-owner-password-flow';
const AUTH0_ERRORS = 'https://auth0.com/docs/api/authentication/response-errors';
const ZITADEL = 'https://github.com/zitadel/zitadel/blob/main/internal/static/i18n/en.yaml';
const FORGEROCK = 'https://github.com/OpenIdentityPlatform/OpenAM/tree/master/openam-oauth2';
const AUTHELIA = 'https://github.com/authelia/authelia/blob/master/internal/oidc/errors.go';
const DPOP = 'https://www.rfc-editor.org/rfc/rfc9449#section-5';
const RFC6749 = 'https://www.rfc-editor.org/rfc/rfc6749#section-4';

/** `Missing parameter: code`, `Missing "code" in request`, `Missing code parameter`, `Required param: code.` */
const absent = (name: string, more?: string): RegExp =>
  new RegExp(
    `\\b(?:missing|required)(?: required)?(?: param(?:eter)?(?:\\(s\\))?)?(?: ?[:,])? ?["'\`\\\\]{0,2}${name}\\b(?! in (?:the )?response)(?![^\\n]{0,20}\\bin response)|Check the \`${name}\` parameter|OAuth 2\\.0 Parameter: ${name}\\b|error_reason: missing_${name}\\b${more === undefined ? '' : `|${more}`}`,
    'i',
  );

/** Where the request shows the parameter, it was not read: then the body is no form, and other rows tell. */
const unseen =
  (name: string) =>
  ({ request: { form, url = '' } }: Exchange): boolean =>
    form?.[name] === undefined && !url.includes(`${name}=`);

/** What the request for a token lacks beside the grant type, or holds and should not. */
const requests: readonly Phrase[] = [
  says(
    absent('code(?![ _-]?(?:verifier|challenge))', 'An authorization code must be supplied'),
    [
      [
        'grant/code-invalid',
        0.62,
        'The request asks for the code grant and carries no code: none came to the callback, or it was not passed on.',
        'Print the query of the callback and the body of the token request.',
      ],
      [
        'grant/wrong-type-sent',
        0.4,
        'A program without a user means client_credentials, and has no code to show.',
      ],
      ['request/json-body', 0.2],
    ],
    RFC6749,
    { on: 'token', when: unseen('code') },
  ),
  says(
    absent('refresh[_ ]token', 'No refresh token(?: is found in request)?\\b'),
    [
      [
        'grant/refresh-token-invalid',
        0.66,
        'The request asks for the refresh grant and carries no refresh token: none was issued, or none was kept.',
      ],
      ['grant/wrong-type-sent', 0.4],
      ['scope/not-requested', 0.3, 'Many servers issue a refresh token only for the scope offline_access.'],
      ['request/json-body', 0.2],
    ],
    RFC6749,
    { on: 'token', when: unseen('refresh_token') },
  ),
  says(
    absent('redirect_uri', 'A redirectUri must be either supplied or preconfigured'),
    [
      ['grant/redirect-uri-mismatch', 0.8, 'The server misses the redirect URI, or knows another one.'],
      ['grant/wrong-type-sent', 0.2],
    ],
    RFC6749,
    TOKEN,
  ),
  says(
    absent('(?:username|password)'),
    [
      [
        'grant/wrong-type-sent',
        0.7,
        'The request asks for the password grant, which needs a user name and a password; a program without a user means client_credentials.',
      ],
      ['request/json-body', 0.25],
    ],
    RFC6749,
    TOKEN,
  ),
  says(
    /Failed to verify [`"']?code_verifier|PKCE code verifier (?:must|can ?not) |PKCE code challenge is required|error_reason: (?:invalid|missing)_(?:pkce_)?code_(?:verifier|challenge)/i,
    PKCE,
    FOSITE,
    TOKEN,
  ),
  says(
    /\bUnsupported grant_type$|unsupported grant_type requested|Unsupported grant_type value|(?:Unsupported grant type|Grant type is not supported) ?: (?!null|undefined|none\b)[`\w]|(?:subject|requested)_token_type in the request is not valid|unsupported_grant_type\n[^\n]{0,20}OAuth 2\.0 Parameter: grant_type/im,
    [
      [
        'grant/wrong-type-sent',
        0.6,
        'This server says it of a grant type that it does not know; of a missing one it says something else.',
        'Compare grant_type, letter for letter, with grant_types_supported in the discovery document.',
      ],
      ['grant/not-allowed', 0.5],
      ['request/json-body', 0.2],
    ],
    KEYCLOAK,
    TOKEN,
  ),
  says(
    /\bclient_id mismatch\b|Given client ID does not match authenticated client|Duplicate client_id parameter/i,
    [
      [
        'header/duplicate-credentials',
        0.56,
        'The client id stands in the header and in the body, and they are not the same.',
        'Leave the id in one place.',
      ],
      ['client/unknown', 0.4],
      ['client/wrong-secret', 0.3],
    ],
    OIDC_PROVIDER,
    TOKEN,
  ),
  says(
    /Unable to parse HTTP body, make sure to send a properly formatted form|failed to parse the request body|The POST body can not be empty/i,
    [
      ['request/json-body', 0.6, 'The server could not read the body as a form.'],
      ['request/wrong-content-type', 0.55],
      ['request/missing-grant-type', 0.35],
    ],
    FOSITE_REQUEST,
    TOKEN,
  ),
  says(
    /HTTP method is ['"`]?\w{3,6}['"`]?, expected ['"`]?POST|request method must be POST when|Invalid request: method must be POST|unrecognized route or not allowed method/i,
    [
      [
        'request/wrong-endpoint',
        0.82,
        'The path or the method is not that of the token endpoint; a redirect (to https, to another path) makes a GET of a POST.',
      ],
      ['request/missing-grant-type', 0.2],
    ],
    BSHAFFER,
    TOKEN,
  ),
];

/** Who asks: the client and how it proves itself. */
const clients: readonly Phrase[] = [
  says(
    /Client authentication with (?:signed JWT|client secret signed JWT|client secret) failed: [^\n]{0,40}(?:Token is not active|expired)|client_assertion[^\n]{0,60}(?:expiration too far|has expired|is expired)/i,
    [
      [
        'connection/clock-skew',
        0.55,
        'The server finds the end of the signed assertion past or too far by its own clock; most take a minute to an hour.',
        'Compare `date -u` with the Date header of the answer, then look how iat and exp are set.',
      ],
      ['client/auth-method-mismatch', 0.5],
    ],
    KEYCLOAK_CLIENTS,
    TOKEN,
  ),
  says(
    /Client authentication with (?:signed JWT|client secret signed JWT|client secret) failed|\bUnable to load public key$|\binvalid signature algorithm$|Client authentication failed: client_assertion|\bclient_assertion_type must (?:be provided|have value)/im,
    [
      [
        'client/auth-method-mismatch',
        0.78,
        'The server expects a signed assertion of this client and cannot use the one that came, or finds none.',
        'Compare key, algorithm and audience of the assertion with what is registered for the client.',
      ],
      ['client/wrong-secret', 0.4],
    ],
    KEYCLOAK_CLIENTS,
    TOKEN,
  ),
  says(
    /\binvalid_dpop_proof\b|\buse_dpop_nonce\b/i,
    [
      [
        'client/auth-method-mismatch',
        0.75,
        'The server wants a DPoP proof with the request, and this one has none, or one that it does not take.',
        'Turn DPoP off for the client, or use a library that sends the proof and the nonce.',
      ],
      ['connection/clock-skew', 0.25, 'A proof has a time, and the server judges it by its own clock.'],
    ],
    DPOP,
    TOKEN,
  ),
  says(
    /Client authentication failed: (?:authentication_method|credentials)\b/i,
    [
      ['client/auth-method-mismatch', 0.85],
      ['credential/missing', 0.4],
    ],
    SPRING_AS,
    TOKEN,
  ),
  says(/Client authentication failed: code_verifier\b/i, PKCE, SPRING_AS, TOKEN),
  says(
    /Client authentication failed: client_id\b|invalid_request\n[^\n]{0,20}OAuth 2\.0 Parameter: client_id/i,
    UNKNOWN_CLIENT,
    SPRING_AS,
    TOKEN,
  ),
  says(
    /Client authentication failed: client_secret\b/i,
    [
      ['client/wrong-secret', 0.9],
      ['credential/needs-form-encoding', 0.2],
    ],
    SPRING_AS,
    TOKEN,
  ),
  says(
    /error_description: client certificate was not provided/i,
    [
      [
        'client/auth-method-mismatch',
        0.62,
        'The client is registered for a TLS certificate, and none came with the request.',
      ],
      ['connection/tls-or-proxy', 0.5, 'Whatever ends TLS before the server must pass the certificate on.'],
    ],
    OIDC_PROVIDER,
    TOKEN,
  ),
  says(
    /This client is invalid or must authenticate using a client secret/i,
    [
      ['credential/missing', 0.6, 'An id came without a secret, and the client is not a public one.'],
      ['client/unknown', 0.45],
      ['request/json-body', 0.2],
    ],
    BSHAFFER_CLIENT,
    TOKEN,
  ),
  says(
    /error_reason: missing_client_(?:id|secret)\b/i,
    [
      ['credential/missing', 0.75],
      ['client/auth-method-mismatch', 0.45],
      ['request/json-body', 0.25],
    ],
    FUSIONAUTH,
    TOKEN,
  ),
  says(
    /error_description: client is invalid$|specified 'client_id' is invalid|\bErrors\.(?:App|User)\.NotFound\b|\bInvalid client_id \(/im,
    UNKNOWN_CLIENT,
    ZITADEL,
    TOKEN,
  ),
  says(
    /is marked as public and is thus not allowed to use authorization grant/i,
    [
      ['client/public', 0.93],
      ['grant/not-allowed', 0.3],
    ],
    FOSITE,
    TOKEN,
  ),
  says(
    /Bearer-only not allowed/i,
    [
      [
        'grant/not-allowed',
        0.75,
        'A bearer-only client of Keycloak only checks tokens; it may ask for none.',
        'Clients > the client > Settings: take another access type, or another client.',
      ],
      ['client/public', 0.2],
    ],
    KEYCLOAK,
    TOKEN,
  ),
  // The code of the server calls it a client or server fault by turns; the cause is a user name or password.
  says(
    /Invalid (?:user|login) credentials|Invalid ['"`]?user ?name['"`]? (?:and|or) ['"`]?password|invalid_username_or_password|(?:Wrong|Incorrect) (?:email|user ?name) or password|invalid_user_credentials|INVALID_LOGIN_CREDENTIALS|The user credentials were incorrect|invalid_grant\n[^\n]{0,20}(?:Invalid credentials given|Invalid grant: user credentials are invalid|Bad credentials$|Authentication failed for )|message: (?:INVALID_PASSWORD|EMAIL_NOT_FOUND)/i,
    [
      [
        'client/wrong-secret',
        0.6,
        'The user name or the password of the password grant is refused; of the client’s own id and secret that says nothing.',
        'Log in with the same user by hand, at the same server.',
      ],
      ['client/disabled', 0.3, 'The user may be locked, or of another directory.'],
      ['request/wrong-region', 0.25],
      ['grant/wrong-type-sent', 0.2],
    ],
    RFC6749,
    TOKEN,
  ),
  says(
    /error: access_denied\nerror_description: Unauthorized$/im,
    [
      [
        'client/wrong-secret',
        0.56,
        'Auth0 and servers after its model answer access_denied / Unauthorized for a wrong secret.',
      ],
      ['client/auth-method-mismatch', 0.5],
      ['scope/not-allowed', 0.3],
      ['client/unknown', 0.25],
    ],
    AUTH0_ERRORS,
    TOKEN,
  ),
];

/** Codes, refresh tokens and grants. */
const grants: readonly Phrase[] = [
  says(
    /Invalid or expired code parameter|Authorization code malformed|invalid_request\n[^\n]{0,20}Invalid code$|\bflow_state_(?:not_found|expired)\b|\b(?:bad_oauth|oauth_invalid|oauth_client)_state\w*|error: expired_token\b/im,
    [
      ['grant/code-invalid', 0.85],
      ['grant/redirect-uri-mismatch', 0.25],
    ],
    DEX,
    TOKEN,
  ),
  says(
    /Auth error: Found different client_id in clientSession/i,
    [
      ['grant/code-invalid', 0.75, 'The code was issued to another client.'],
      ['client/unknown', 0.3],
    ],
    KEYCLOAK,
    TOKEN,
  ),
  says(
    /does not match the ID during the initial token issuance|specified refresh token (?:has already been redeemed|is no longer valid)|Client does not own refresh token|Error: (?:Invalid Refresh Token|Refresh Token expired)|Cannot decrypt the refresh token|invalid_grant\n[^\n]{0,20}(?:Stale token|Token is not active|Offline (?:user )?session not (?:active|found)|Session doesn't have required client)|\brefresh_token_(?:not_found|already_used|type_not_supported)\b|Persisted access token data not found|message: (?:TOKEN_EXPIRED|INVALID_REFRESH_TOKEN|MISSING_REFRESH_TOKEN|USER_NOT_FOUND)\b/i,
    [
      ['grant/refresh-token-invalid', 0.92],
      ['grant/code-invalid', 0.15],
    ],
    LEAGUE,
    TOKEN,
  ),
  says(
    /invalid_token\n[^\n]{0,20}Cannot convert access token to JSON/i,
    [
      [
        'grant/refresh-token-invalid',
        0.75,
        'Spring reads the refresh token as a JWT of its own, and this one is none, or is signed with another key.',
      ],
      ['request/wrong-region', 0.3],
    ],
    SPRING_OLD,
    TOKEN,
  ),
  says(
    /Invalid token issuer\. Expected/i,
    [
      [
        'request/wrong-region',
        0.56,
        'The token was issued under another URL than the one that is asked now (host name, port or realm).',
        'Ask for the token and refresh it at one and the same URL.',
      ],
      ['endpoint/token-wrong-environment', 0.54],
      ['grant/refresh-token-invalid', 0.4],
    ],
    KEYCLOAK,
    TOKEN,
  ),
  says(
    /Client not allowed to exchange code|Resource Owner Password Credentials flow failed due to Doorkeeper/i,
    [
      ['grant/not-allowed', 0.92],
      ['grant/wrong-type-sent', 0.2],
    ],
    DOORKEEPER,
    TOKEN,
  ),
  says(
    /message: INVALID_GRANT_TYPE\b/i,
    [
      ['grant/wrong-type-sent', 0.75],
      ['request/missing-grant-type', 0.4],
    ],
    FIREBASE,
    TOKEN,
  ),
  says(
    /Authorization server not configured with default connection/i,
    [
      [
        'grant/not-allowed',
        0.6,
        'The password grant of Auth0 needs a default directory of the tenant, and none is set; it is no fault of the server.',
        'Tenant Settings > General > API Authorization Settings: Default Directory, or the grant password-realm with a realm.',
      ],
      ['grant/wrong-type-sent', 0.5],
    ],
    AUTH0_PASSWORD,
    TOKEN,
  ),
  says(
    /The redirect URI is wrong\. You sent|redirection URI provided does not match a pre-registered value/i,
    REDIRECT,
    AUTH0_ERRORS,
    TOKEN,
  ),
];

/** Scopes, places and what is not there. */
const places: readonly Phrase[] = [
  says(
    /Specify a scope in the request or set a default scope|This application requires you specify a scope parameter/i,
    [
      ['scope/not-requested', 0.9],
      ['request/json-body', 0.15],
    ],
    LEAGUE_ERRORS,
    TOKEN,
  ),
  says(
    /The scope requested is invalid for this (?:request|client)|not allowed to use the specified scope|Client can't request scope\(s\)|Requested scopes contain unauthorized scope/i,
    SCOPE_REFUSED,
    DEX_REFRESH,
    TOKEN,
  ),
  says(
    /Unrecognized scope\(s\)|specified 'scope' is invalid|use a valid scope name in the request/i,
    SCOPE_UNKNOWN,
    DEX,
    TOKEN,
  ),
  says(
    /Client no longer has requested consent from user/i,
    [
      [
        'endpoint/consent-missing',
        0.9,
        'The user has taken back the consent that the code or token rests on.',
      ],
      ['scope/not-allowed', 0.3],
    ],
    KEYCLOAK,
    TOKEN,
  ),
  says(
    /message: (?:PROJECT_NUMBER_MISMATCH|CREDENTIAL_MISMATCH|CONFIGURATION_NOT_FOUND)\b|No OpenID Connect provider for realm/i,
    [
      [
        'request/wrong-region',
        0.72,
        'The key, token or realm is of another project than the one that is asked.',
      ],
      ['endpoint/feature-missing', 0.4],
    ],
    FORGEROCK,
    TOKEN,
  ),
  says(
    /The user was denied access to this client/i,
    [
      [
        'endpoint/policy-denied',
        0.9,
        'The authorization policy of the client lets this user not in.',
        'Compare the policy of the client with the groups and the factors of the user.',
      ],
      ['endpoint/consent-missing', 0.2],
    ],
    AUTHELIA,
    TOKEN,
  ),
  says(/message: TOO_MANY_ATTEMPTS_TRY_LATER/i, LIMIT, FIREBASE),
  says(
    /message: INVALID_CUSTOM_TOKEN\b/i,
    [
      [
        'request/wrong-region',
        0.5,
        'The custom token is signed by a service account of another project, or is past its end.',
      ],
      ['client/auth-method-mismatch', 0.4],
      ['connection/clock-skew', 0.3],
    ],
    FIREBASE,
    TOKEN,
  ),
  says(/message: USER_DISABLED\b/i, [['client/disabled', 0.9]], FIREBASE, TOKEN),
  says(
    /message: OPERATION_NOT_ALLOWED\b|Unsupported provider: provider is not enabled|"?error"?: "?not_licensed/i,
    [
      ['endpoint/feature-missing', 0.75],
      ['grant/not-allowed', 0.5],
    ],
    GOTRUE,
    TOKEN,
  ),
];

export const sourceServerWords: readonly Phrase[] = [...requests, ...clients, ...grants, ...places];
