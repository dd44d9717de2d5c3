/**
 * What resource servers, gateways and token libraries say in so many words, by their own source code, whose file a row
 * names. They are whole sentences or codes that nobody else writes, so they are tried before the words that many use.
 * This table is long.
 */
import { says, type Phrase } from './phrase.ts';
import { CLOCK, NO_TOKEN, USER_WANTED } from './rankings.ts';
import { CALL, TOKEN } from './table.ts';

const SPRING_OLD =
  'https://github.com/spring-attic/spring-security-oauth/tree/main/spring-security-oauth2/src/main/java/org/springframework/security/oauth2/provider';
const SPRING = 'https://github.com/spring-projects/spring-security/tree/main/oauth2';
const KONG = 'https://github.com/Kong/kong/blob/master/kong/plugins/jwt/handler.lua';
const APISIX = 'https://github.com/apache/apisix/blob/master/apisix/plugins/jwt-auth.lua';
const TYK = 'https://tyk.io/docs/api-management/troubleshooting-debugging';
const IDENTITY_MODEL =
  'https://github.com/AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet/blob/dev/src/Microsoft.IdentityModel.Tokens/LogMessages.cs';
const PYJWT = 'https://github.com/jpadilla/pyjwt/blob/master/jwt/api_jws.py';
const JAVA_JWT =
  'https://github.com/auth0/java-jwt/blob/master/lib/src/main/java/com/auth0/jwt/TokenUtils.java';
const GO_OIDC = 'https://github.com/coreos/go-oidc/blob/v3/oidc/verify.go';
const GO_OIDC_DISCOVERY = 'https://github.com/coreos/go-oidc/blob/v3/oidc/oidc.go';
const JOSE = 'https://github.com/panva/jose/blob/main/src/util/errors.ts';
const OPENID_CLIENT = 'https://github.com/panva/openid-client/blob/v5.x/lib/client.js';
const GOTRUE = 'https://github.com/supabase/auth/blob/master/internal/api/apierrors/errorcode.go';
const BSHAFFER = 'https://github.com/bshaffer/oauth2-server-php/blob/main/src/OAuth2/TokenType/Bearer.php';
const GOOGLE_AUTH =
  'https://github.com/googleapis/google-auth-library-python/blob/main/google/auth/_service_account_info.py';
const MSAL =
  'https://github.com/AzureAD/microsoft-authentication-library-for-js/blob/dev/lib/msal-common/docs/errors.md';
const APPAUTH = 'https://github.com/openid/AppAuth-iOS/blob/master/Sources/AppAuthCore/OIDError.h';
const MASTODON = 'https://github.com/mastodon/mastodon/blob/main/app/controllers/api/base_controller.rb';
const COGNITO =
  'https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html';
const DRF = 'https://github.com/encode/django-rest-framework/blob/master/rest_framework/authentication.py';
const LARAVEL =
  'https://github.com/laravel/framework/blob/master/src/Illuminate/Auth/Middleware/Authenticate.php';
const WSO2 = 'https://apim.docs.wso2.com/en/latest/troubleshooting/error-handling/';

/** How the token came to the API, or did not. */
const carried: readonly Phrase[] = [
  says(
    /\bno access token provided$|The access token is missing$|Missing JWT token in request|\bJWT not present\b|Authorization field missing|Unauthorized request: no authentication given|Authorization header is expected|^detail: Not authenticated$|^detail: Invalid token header\. No credentials|^detail: Invalid authentication credentials$|This endpoint requires a Bearer token|\baccess_token_required\b|^(?:message: |Error: )?No auth token$|Nil JSON web token|\bIDX10000\b|An Authentication object was not found in the SecurityContext/im,
    NO_TOKEN,
    KONG,
    CALL,
  ),
  says(
    /Found multiple bearer tokens in the request|access token must only be provided using one mechanism|Only one method may be used to authenticate at a time|\bMultiple tokens provided\b|When putting the token in the body, the method must be/i,
    [
      [
        'endpoint/token-malformed',
        0.88,
        'The token reaches the API in more than one place, or in one that it does not read.',
        'Send it in the Authorization header, and nowhere else.',
      ],
      ['header/duplicate-credentials', 0.3],
    ],
    BSHAFFER,
    CALL,
  ),
  says(
    /^detail: Invalid token header\. Token string should not contain|must contain two space-delimited values/im,
    [
      [
        'endpoint/token-malformed',
        0.92,
        'The Authorization header is not one word, one blank and the token.',
        'Print it: "Authorization: Bearer", a space, and the token without a quote or a second blank.',
      ],
      ['header/missing-scheme', 0.3],
    ],
    DRF,
    CALL,
  ),
  says(
    /Encoded token is a refresh token|Only non-refresh tokens are allowed/i,
    [['endpoint/token-malformed', 0.9, 'The refresh token was sent in the place of the access token.']],
    SPRING_OLD,
    CALL,
  ),
  says(
    /\bBad token; invalid|\bUnrecognizable token\b|\bJWT token invalid\b|\binvalid jwt string\b|Unable to decode the (?:header|payload) '|\bIDX(?:12729|1410[12]|10504)\b|Jwt (?:header|payload) is an? invalid|Invalid (?:header|payload) (?:padding|string)|Invalid JWS header|Invalid token type\. Token must be|token was expected to have 3 parts|Decoding Firebase ID token failed|\baccess_token_(?:malformed|invalid)\b|Subject must be a string$/im,
    [
      ['endpoint/token-malformed', 0.85],
      ['endpoint/token-wrong-environment', 0.25],
    ],
    JAVA_JWT,
    CALL,
  ),
];

const proofs: readonly Phrase[] = [
  says(
    /\binvalid_dpop_proof\b|\buse_dpop_nonce\b/i,
    [
      [
        'endpoint/token-malformed',
        0.72,
        'The API wants the token with a DPoP proof ("Authorization: DPoP …" and a DPoP header) and does not take the one that came.',
      ],
      ['connection/clock-skew', 0.3],
    ],
    'https://www.rfc-editor.org/rfc/rfc9449#section-7.1',
    CALL,
  ),
];

/** Who signed it, for whom, and when. */
const claims: readonly Phrase[] = [
  says(
    /(?:retrieve remote JWK set|fetching keys|get keys failed|Fail to fetch data from the url)[^\n]{0,300}(?:certificate|PKIX|x509|SSL)/i,
    [
      [
        'connection/tls-or-proxy',
        0.82,
        'The API cannot fetch the keys of the authorization server: it does not trust the certificate that it is shown.',
        'Fetch the jwks_uri from the API’s own machine, with curl -v.',
      ],
      ['connection/unreachable', 0.3],
    ],
    SPRING,
    CALL,
  ),
  says(
    /(?:retrieve remote JWK set|fetching keys|get keys failed|Fail to fetch data from the url|(?:OIDC discovery endpoint|JWKS) communication error)/i,
    [
      [
        'connection/unreachable',
        0.6,
        'The API cannot fetch the keys of the authorization server.',
        'Fetch the jwks_uri from the API’s own machine, with curl -v.',
      ],
      ['connection/tls-or-proxy', 0.45],
      ['request/wrong-endpoint', 0.4, 'The issuer or the address of the keys may be set wrongly at the API.'],
      ['endpoint/token-wrong-environment', 0.25],
    ],
    GO_OIDC,
    CALL,
  ),
  says(
    /\bIDX20108\b|Please specify an https address for security reasons/i,
    [
      [
        'request/wrong-endpoint',
        0.8,
        'The address of the authority or of its metadata begins with http, and the API takes https only.',
      ],
      ['connection/tls-or-proxy', 0.35],
    ],
    IDENTITY_MODEL,
  ),
  says(/\bIDX10222\b|JWT before use time|before the nbf \(not before\) time/i, CLOCK, IDENTITY_MODEL, CALL),
  says(
    /\binvalid algorithm\b|\bAlgorithm not (?:allowed|supported)\b|\b(?:specified alg value|\(Algorithm\) Header Parameter value|Jwt header \[alg\]) is not (?:allowed|supported)|Header Parameter value not allowed|Unsupported algorithm of|signed with unsupported algorithm|Expected a different algorithm|Incorrect key for this algorithm/i,
    [
      [
        'endpoint/token-wrong-environment',
        0.72,
        'The token is signed in another way than the API expects of its issuer: another server issued it, or the API is set to another key.',
        'Read alg and kid in the header of the token, and compare them with the keys of the issuer.',
      ],
      ['endpoint/token-malformed', 0.4, 'An ID token or a token of another kind may stand in its place.'],
      ['scope/wrong-audience', 0.2],
    ],
    PYJWT,
    CALL,
  ),
  says(
    /JOSE header [\\"]{0,2}typ[\\"]{0,2} \(type\)[^\n]{0,40}not allowed|unexpected "typ" JWT header|the given typ value needs to be|token has no expiration|\bIDX10(?:225|609)\b/i,
    [
      [
        'endpoint/token-malformed',
        0.58,
        'It is a token of another kind than the API takes (an ID token, an encrypted one, one without an end).',
      ],
      ['endpoint/token-wrong-environment', 0.5],
      ['scope/wrong-audience', 0.25],
    ],
    JOSE,
    CALL,
  ),
  says(
    /id token issued by a different provider|error while executing keyfunc|No credentials found for given '|configured without 'global_credentials'|(?:missing|invalid) user key in JWT token|\bsignature mismatch: |No suitable key or wrong key type|Could not verify signature for Access Token|Firebase ID token has (?:invalid signature|no "kid" claim)|jwt (?:id|subject) invalid\. expected/i,
    [
      [
        'endpoint/token-wrong-environment',
        0.85,
        'The API does not know the issuer, the key or the client that the token names.',
      ],
      ['endpoint/token-malformed', 0.3],
    ],
    APISIX,
    CALL,
  ),
  says(
    /Cannot convert access token to JSON/i,
    [
      [
        'endpoint/token-wrong-environment',
        0.58,
        'Spring could not read the token with its key: it is signed by another server, or is no JWT.',
        'Compare the key of the API (verifier key, jwk-set-uri) with that of the server that issued the token.',
      ],
      ['endpoint/token-malformed', 0.54],
      ['endpoint/token-expired', 0.2],
    ],
    SPRING_OLD,
    CALL,
  ),
  says(
    /Invalid token does not contain resource id/i,
    [
      [
        'scope/wrong-audience',
        0.85,
        'The aud of the token does not hold the resource id of this API.',
        'Compare resource_ids of the client with the resourceId of the API.',
      ],
      ['endpoint/missing-scope', 0.4],
    ],
    SPRING_OLD,
    CALL,
  ),
  says(
    /Key has expired, please renew|\bsession_expired\b|\bsession_not_found\b|session_id claim in JWT does not exist/i,
    [
      ['endpoint/token-expired', 0.92],
      ['endpoint/token-wrong-environment', 0.15],
    ],
    TYK,
    CALL,
  ),
  says(
    /Key is (?:not active|inactive), please renew/i,
    [
      ['endpoint/token-expired', 0.6],
      ['client/disabled', 0.5],
    ],
    TYK,
    CALL,
  ),
];

/** Whom the call is for. */
const callers: readonly Phrase[] = [
  says(/This method requires an authenticated user/i, USER_WANTED, MASTODON, CALL),
  says(
    /\bmissing sub claim\b|Token contained no recognizable user/i,
    [
      [
        'endpoint/user-context',
        0.58,
        'The token names no user: it is one of an application, or an API key (anon, service_role) stands in its place.',
      ],
      ['endpoint/token-malformed', 0.45],
      ['endpoint/token-wrong-environment', 0.3],
    ],
    GOTRUE,
    CALL,
  ),
  says(
    /Double check your Supabase/i,
    [
      ['endpoint/token-wrong-environment', 0.56, 'The key is of another project, or was replaced.'],
      ['endpoint/token-malformed', 0.5],
      ['client/wrong-secret', 0.4],
    ],
    GOTRUE,
    CALL,
  ),
  says(
    /Route \[login\] not defined/i,
    [
      [
        'endpoint/token-malformed',
        0.56,
        'Laravel sends a caller whose token it does not take to a log-in page that an API has not: the token is missing or refused.',
        'Send "Accept: application/json" with the call; then the refusal itself is shown.',
      ],
      ['endpoint/token-expired', 0.5],
      ['endpoint/token-wrong-environment', 0.3],
    ],
    LARAVEL,
    CALL,
  ),
  says(
    /message: Invalid Access Token$/im,
    [
      ['endpoint/token-malformed', 0.58, 'Cognito wants its own access token here; an ID token is none.'],
      ['endpoint/token-wrong-environment', 0.5],
      ['endpoint/token-expired', 0.3],
    ],
    COGNITO,
    { on: 'endpoint', status: [0, 400] },
  ),
  says(
    /\b900905\b|Incorrect Access Token Type is provided/i,
    [
      [
        'grant/wrong-type-sent',
        0.56,
        'The API takes tokens of the application or of a user only, and this one is of the other kind.',
      ],
      ['endpoint/user-context', 0.5],
      ['endpoint/missing-permission', 0.2],
    ],
    WSO2,
    CALL,
  ),
];

/** Client libraries, when they fetch a token or read its answer. */
const libraries: readonly Phrase[] = [
  says(
    /issuer did not match the issuer returned by provider|issuer URL provided to client \([^\n]{1,200}did not match/i,
    [
      [
        'request/wrong-endpoint',
        0.66,
        'The issuer that is set is not, letter for letter, the one that its discovery document names: a slash at the end, http for https, an inner host name.',
      ],
      ['request/wrong-region', 0.5],
    ],
    GO_OIDC_DISCOVERY,
  ),
  says(
    /unexpected iss value, expected|id token issued by a different provider|Invalid claim ["'“]iss\b/i,
    [
      [
        'request/wrong-region',
        0.58,
        'The token names another issuer than the one that is set: another tenant, realm or host.',
      ],
      ['endpoint/token-wrong-environment', 0.54],
      ['request/wrong-endpoint', 0.3],
    ],
    OPENID_CLIENT,
    TOKEN,
  ),
  says(
    /\bnonce mismatch, expected|checks\.(?:state|nonce|response_type) argument is missing|did not find expected authorization request details in session/i,
    [
      [
        'grant/code-invalid',
        0.6,
        'The callback does not belong to the session that began it: a lost cookie, a second tab, another host name.',
      ],
      ['grant/redirect-uri-mismatch', 0.35],
    ],
    OPENID_CLIENT,
    TOKEN,
  ),
  says(
    /client authentication method requires a client_secret/i,
    [
      ['credential/missing', 0.85],
      ['client/public', 0.3],
      ['client/auth-method-mismatch', 0.3],
    ],
    OPENID_CLIENT,
    TOKEN,
  ),
  says(
    /Could not automatically determine credentials|Service account info was not in the expected format/i,
    [
      [
        'credential/missing',
        0.75,
        'The library finds no credentials, or a file that is no service account key.',
      ],
      ['credential/mangled', 0.35],
      ['client/auth-method-mismatch', 0.25],
    ],
    GOOGLE_AUTH,
  ),
  says(
    /\b(?:untrusted_authority|openid_config_error|endpoints_resolution_error|authority_mismatch)\b/i,
    [
      [
        'request/wrong-region',
        0.58,
        'The library cannot use the authority that is set: its host or tenant is not the one of the server.',
      ],
      ['request/wrong-endpoint', 0.56],
      ['connection/unreachable', 0.4],
    ],
    MSAL,
  ),
  says(
    /org\.openid\.appauth\.oauth_token(?: error|"? Code=)[ =]?-9\b/i,
    [
      ['client/wrong-secret', 0.56],
      ['client/unknown', 0.5],
      ['client/auth-method-mismatch', 0.4],
    ],
    APPAUTH,
  ),
  says(
    /org\.openid\.appauth\.oauth_token(?: error|"? Code=)[ =]?-10\b/i,
    [
      ['grant/refresh-token-invalid', 0.56],
      ['grant/code-invalid', 0.54],
      ['grant/redirect-uri-mismatch', 0.3],
      ['grant/pkce-mismatch', 0.25],
    ],
    APPAUTH,
  ),
  says(
    /org\.openid\.appauth\.oauth_token(?: error|"? Code=)[ =]?-(?:3|11)\b/i,
    [
      ['grant/not-allowed', 0.7],
      ['client/public', 0.3],
    ],
    APPAUTH,
  ),
];

export const sourceTokenWords: readonly Phrase[] = [
  ...carried,
  ...proofs,
  ...claims,
  ...callers,
  ...libraries,
];
