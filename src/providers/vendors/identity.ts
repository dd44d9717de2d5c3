/**
 * Identity servers that organizations rent or run: Auth0, Okta, Keycloak, Cognito, IdentityServer, Spring, ORY, WSO2, Ping.
 * This table is long.
 */
import { contextOf, says } from './phrase.ts';
import type { Vendor } from './vendor.ts';

const AUTH0_ERRORS = 'https://auth0.com/docs/api/authentication/response-errors';
const AUTH0_CC =
  'https://auth0.com/docs/get-started/authentication-and-authorization-flow/client-credentials-flow';

export const auth0: Vendor = {
  id: 'auth0',
  title: 'Auth0',
  aliases: ['auth0', 'auth0 by okta'],
  signs: [/\.auth0\.com|Client is not authorized to access|Service not (?:enabled|found)/],
  tokenHosts: /\.auth0\.com$/,
  signposts: {
    client: 'Auth0 Dashboard > Applications > the application > Settings',
    grant: 'Auth0 Dashboard > Applications > the application > Settings > Advanced > Grant Types',
    access: 'Auth0 Dashboard > Applications > APIs > the API > Machine to Machine Applications',
    place: 'Auth0 Dashboard > Applications > the application > Settings: Domain',
  },
  docs: { title: 'Auth0: authentication API errors', url: AUTH0_ERRORS },
  phrases: [
    says(
      /Could not retrieve an access token with scopes/i,
      [
        [
          'scope/not-requested',
          0.96,
          'The session was begun without these scopes, and a token with more than it has needs a new sign-in.',
          'Name scope and audience where the user is sent to sign in (authorizationParams), and sign in anew.',
        ],
        ['scope/granted-narrower', 0.2],
      ],
      'https://github.com/auth0/nextjs-auth0/issues/322',
    ),
    says(
      /Client is not authorized to access (?:resource server )?|client-grant|client has not been granted scopes/i,
      [
        [
          'scope/not-allowed',
          0.8,
          'The application holds no grant for this API: it was never authorized for it under Machine to Machine Applications.',
          'APIs > the API > Machine to Machine Applications: is the switch of the application on?',
        ],
        ['scope/wrong-audience', 0.6, 'The audience may be another API than the one that was meant.'],
        ['endpoint/consent-missing', 0.2],
      ],
      AUTH0_CC,
    ),
    says(
      /User is not authorized to the audience for those scopes|Service not (?:enabled within domain|found)|audience (?:is )?(?:required|missing|invalid)|Non-global clients are not allowed access to APIv1|Missing required parameter: audience|No audience parameter was provided/i,
      [
        [
          'scope/wrong-audience',
          0.85,
          'No API of this tenant has the audience that was asked for, or the API behind it is another one.',
          'APIs > the API > Settings: the Identifier must be the audience, letter for letter.',
        ],
        ['scope/not-allowed', 0.4],
        ['request/wrong-region', 0.15],
      ],
      AUTH0_CC,
    ),
    says(
      /Grant type '[^'\n]{1,80}' not allowed for the client|grant type not allowed/i,
      [
        [
          'grant/not-allowed',
          0.95,
          'The application may not use this grant type.',
          'Settings > Advanced > Grant Types of the application.',
        ],
      ],
      AUTH0_ERRORS,
      { forced: true },
    ),
    says(
      /Unauthorized or unknown client|Unknown client(?!\w)/i,
      [
        ['client/unknown', 0.85],
        ['request/wrong-region', 0.45],
      ],
      AUTH0_ERRORS,
    ),
    says(
      /Unknown or invalid refresh token|invalid refresh token|reused refresh token|refresh token (?:is )?(?:expired|revoked)/i,
      [['grant/refresh-token-invalid', 0.95]],
      AUTH0_ERRORS,
      { forced: true },
    ),
    says(/Failed to verify code verifier|code_verifier/i, [['grant/pkce-mismatch', 0.9]], AUTH0_ERRORS, {
      on: 'token',
    }),
    says(
      /access_denied[^]*error_description: Unauthorized\b|error_description: Unauthorized\b[^]*access_denied/i,
      [
        ['client/wrong-secret', 0.75, 'Auth0 answers access_denied / Unauthorized for a wrong secret.'],
        [
          'client/auth-method-mismatch',
          0.5,
          'The application may be registered with another Token Endpoint Authentication Method.',
        ],
        ['client/unknown', 0.3],
      ],
      AUTH0_ERRORS,
      { on: 'token' },
    ),
    says(
      /Wrong email or password|user is blocked|too_many_attempts/i,
      [
        ['client/wrong-secret', 0.5],
        ['client/disabled', 0.3],
      ],
      AUTH0_ERRORS,
    ),
    says(
      /Insufficient scope|insufficient_scope/i,
      [
        ['endpoint/missing-scope', 0.8],
        ['scope/not-allowed', 0.6],
        ['scope/not-requested', 0.5],
      ],
      AUTH0_ERRORS,
      { on: 'endpoint' },
    ),
    says(/Callback URL mismatch/i, [['grant/redirect-uri-mismatch', 0.97]], AUTH0_ERRORS, { forced: true }),
  ],
};

const OKTA_ERRORS = 'https://developer.okta.com/docs/reference/error-codes/';
const OKTA_TOKEN = 'https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/tag/CustomAS/';

export const okta: Vendor = {
  id: 'okta',
  title: 'Okta',
  aliases: ['okta', 'okta customer identity'],
  signs: [/\.okta(?:preview|-emea)?\.com|\bE00000\d\d\b/],
  tokenHosts: /\.okta(?:preview|-emea)?\.com$/,
  signposts: {
    client: 'Okta Admin Console > Applications > the application > General',
    grant: 'Okta Admin Console > Applications > the application > General: Grant type',
    access: 'Okta Admin Console > Security > API > the authorization server > Scopes and Access Policies',
    place: 'Okta Admin Console > Security > API: Issuer URI',
  },
  docs: { title: 'Okta: error codes', url: OKTA_ERRORS },
  phrases: [
    says(
      /One or more scopes are not configured for the authorization server resource/i,
      [
        [
          'scope/unknown',
          0.75,
          'The authorization server has no scope with one of these names.',
          'Security > API > the authorization server > Scopes.',
        ],
        [
          'request/wrong-endpoint',
          0.4,
          'The scope may belong to another authorization server (the org server and "default" have different ones).',
        ],
        ['scope/not-allowed', 0.35],
      ],
      OKTA_TOKEN,
    ),
    says(
      /Policy evaluation failed for this request/i,
      [
        [
          'endpoint/policy-denied',
          0.75,
          'No access policy rule of the authorization server covers this client, grant and scope.',
          'Security > API > the authorization server > Access Policies: is the client assigned, and does a rule allow client credentials?',
        ],
        ['scope/not-allowed', 0.45],
        ['grant/not-allowed', 0.35],
      ],
      OKTA_TOKEN,
    ),
    says(
      /not allowed to request any of the requested scopes|requested scopes?[^\n]{0,40}not (?:allowed|granted)|consent_required|not granted[^\n]{0,30}scope/i,
      [
        ['scope/not-allowed', 0.85],
        ['endpoint/consent-missing', 0.45],
      ],
      OKTA_TOKEN,
    ),
    says(
      /The client is not authorized to use the provided grant type|Configured grant types|grant type is not (?:allowed|configured)/i,
      [['grant/not-allowed', 0.95]],
      OKTA_TOKEN,
      { forced: true },
    ),
    says(/PKCE verification failed|code_verifier/i, [['grant/pkce-mismatch', 0.95]], OKTA_TOKEN, {
      on: 'token',
    }),
    says(/authorization code is invalid or has expired/i, [['grant/code-invalid', 0.95]], OKTA_TOKEN, {
      forced: true,
    }),
    says(
      /refresh token is invalid or expired|token_expired|The refresh token/i,
      [['grant/refresh-token-invalid', 0.95]],
      OKTA_TOKEN,
      { on: 'token' },
    ),
    says(
      /client_assertion|Client must be authenticated with|token_endpoint_auth_method|not supported for this client|Only DPoP|DPoP proof|invalid_dpop_proof/i,
      [
        [
          'client/auth-method-mismatch',
          0.75,
          'The application is registered for another way of proving itself (a private key, DPoP, another place for the secret).',
          'General > Client Credentials of the application: Client authentication.',
        ],
        ['client/wrong-secret', 0.45],
      ],
      OKTA_TOKEN,
      { on: 'token' },
    ),
    says(
      /The client secret[^\n]{0,60}(?:invalid|incorrect)|client_secret[^\n]{0,30}(?:invalid|incorrect)/i,
      [
        ['client/wrong-secret', 0.9],
        ['client/auth-method-mismatch', 0.25],
      ],
      OKTA_TOKEN,
    ),
    says(
      /No client credentials found/i,
      [
        ['credential/missing', 0.66],
        ['client/auth-method-mismatch', 0.5],
        ['request/json-body', 0.3],
        ['client/unknown', 0.2],
      ],
      OKTA_TOKEN,
      { on: 'token' },
    ),
    says(
      /Invalid value for 'client_id' parameter|client_id[^\n]{0,40}(?:not found|invalid|does not exist)/i,
      [
        ['client/unknown', 0.75],
        ['request/wrong-region', 0.4],
        ['client/disabled', 0.3],
      ],
      OKTA_TOKEN,
    ),
    says(
      /redirect_uri[^\n]{0,80}(?:must be|not|whitelist|registered)/i,
      [['grant/redirect-uri-mismatch', 0.95]],
      OKTA_TOKEN,
    ),
    says(
      /E0000011|Invalid token provided/,
      [
        ['endpoint/token-malformed', 0.5],
        ['endpoint/token-expired', 0.48],
        ['endpoint/token-wrong-environment', 0.4],
      ],
      OKTA_ERRORS,
    ),
    says(
      /E0000022|endpoint does not support the provided HTTP method/i,
      [['endpoint/not-found', 0.9]],
      OKTA_ERRORS,
      { on: 'endpoint' },
    ),
    says(
      /E0000022|endpoint does not support the provided HTTP method/i,
      [['request/wrong-endpoint', 0.9]],
      OKTA_ERRORS,
      { on: 'token' },
    ),
    says(
      /E0000013|Invalid client app id/i,
      [
        ['client/unknown', 0.85],
        ['client/disabled', 0.3],
        ['request/wrong-region', 0.3],
      ],
      OKTA_ERRORS,
    ),
    says(
      /E0000006|You do not have permission to perform the requested action/,
      [
        ['endpoint/missing-permission', 0.75],
        ['endpoint/missing-scope', 0.4],
        ['endpoint/feature-missing', 0.3],
      ],
      OKTA_ERRORS,
    ),
    says(/E0000047|API call exceeded rate limit/, [['endpoint/rate-limited', 0.97]], OKTA_ERRORS, {
      forced: true,
    }),
    says(
      /(?:IDX20807|IDX20803|unable to (?:retrieve|obtain|get)|failed to (?:fetch|load|retrieve))[^]{0,120}\/oauth2\/default\/\.well-known/i,
      [
        [
          'request/wrong-endpoint',
          0.88,
          'The org has no authorization server called default: custom ones belong to API Access Management.',
          'Use the org authorization server (https://{yourOktaDomain}, without /oauth2/default), or license and create one.',
        ],
        ['endpoint/feature-missing', 0.4],
      ],
      'https://developer.okta.com/docs/concepts/auth-servers/',
    ),
    says(
      /E0000007|E0000008|Resource not found/,
      [
        ['endpoint/not-found', 0.75],
        ['request/wrong-endpoint', 0.4],
      ],
      OKTA_ERRORS,
    ),
    says(
      /E0000015|feature is not enabled|do not have the required feature/i,
      [['endpoint/feature-missing', 0.9]],
      OKTA_ERRORS,
    ),
    says(
      /E0000004|Authentication failed/,
      [
        ['client/wrong-secret', 0.7],
        ['client/unknown', 0.4],
      ],
      OKTA_ERRORS,
    ),
  ],
};

const KEYCLOAK_SOURCE = 'https://www.keycloak.org/docs/latest/server_admin/#_service_accounts';
const KEYCLOAK_OIDC = 'https://www.keycloak.org/docs/latest/server_admin/#_oidc_clients';

export const keycloak: Vendor = {
  id: 'keycloak',
  title: 'Keycloak',
  aliases: ['keycloak', 'red hat sso', 'rhsso', 'red hat build of keycloak', 'rh-sso'],
  signs: [
    /\/realms\/[\w.-]+\/protocol\/openid-connect|Client not enabled to retrieve service account|Invalid client or Invalid client credentials|HTTP 401 Unauthorized[^\n]*realm/,
  ],
  signposts: {
    client: 'Keycloak admin console > the realm > Clients > the client > Credentials',
    grant: 'Keycloak admin console > the realm > Clients > the client > Settings: Capability config',
    access:
      'Keycloak admin console > the realm > Clients > the client > Service accounts roles and Client scopes',
    place: 'Keycloak admin console > Realm settings > General: Endpoints',
  },
  docs: { title: 'Keycloak: server administration', url: KEYCLOAK_OIDC },
  phrases: [
    says(
      /Client not enabled to retrieve service account|service accounts? (?:is |are )?(?:not enabled|disabled)/i,
      [
        [
          'grant/not-allowed',
          0.97,
          'The client has "Service accounts roles" switched off, which is Keycloak’s name for the client credentials grant.',
          'Clients > the client > Settings > Capability config.',
        ],
      ],
      KEYCLOAK_SOURCE,
      { forced: true, proves: 'client' },
    ),
    says(
      /Client not (?:allowed|enabled) (?:for|to)[^\n]{0,60}(?:grant|flow|exchange|direct access)|not allowed for direct access grants|standard flow is disabled|implicit flow is disabled|Client is not allowed to initiate browser login/i,
      [['grant/not-allowed', 0.95]],
      KEYCLOAK_OIDC,
      { forced: true },
    ),
    says(
      /Public client not allowed to retrieve service account|Public client (?:is )?not allowed/i,
      [['client/public', 0.97]],
      KEYCLOAK_SOURCE,
      { forced: true },
    ),
    says(
      /Client secret not provided in request|client secret (?:was )?not (?:provided|found)/i,
      [
        [
          'credential/missing',
          0.6,
          'Keycloak found no client secret in the request.',
          'Look at the request as it was sent: is there a Basic header or a client_secret in a form body?',
        ],
        [
          'client/auth-method-mismatch',
          0.58,
          'The client authenticator of the client wants the secret, and the request proves itself in another way or not at all.',
        ],
        ['request/json-body', 0.25],
        ['client/public', 0.2],
      ],
      KEYCLOAK_OIDC,
    ),
    says(
      /Invalid client (?:secret\b|or Invalid client credentials|credentials)|unauthorized_client[^]*Invalid client/i,
      [
        ['client/wrong-secret', 0.7, 'Keycloak knows no client with this id and secret in this realm.'],
        ['client/unknown', 0.55],
        ['request/wrong-region', 0.35, 'The client may live in another realm.'],
        ['client/auth-method-mismatch', 0.3],
      ],
      KEYCLOAK_OIDC,
    ),
    says(
      /Client authentication with client secret signed|signed JWT|client_assertion|Client certificate missing|X509/i,
      [
        [
          'client/auth-method-mismatch',
          0.8,
          'The client proves itself in another way than the Client Authenticator of Keycloak that is set for it (a secret, a signed JWT, a certificate).',
          'Read Client Authenticator under Credentials of the client, and send what it names.',
        ],
        ['client/wrong-secret', 0.3],
      ],
      KEYCLOAK_OIDC,
      { on: 'token' },
    ),
    says(
      /(?:Client|client) (?:is )?(?:disabled|not enabled)(?! to)|invalid_client[^]*disabled/i,
      [['client/disabled', 0.9]],
      KEYCLOAK_OIDC,
    ),
    says(
      /Could not find client|Client not found/i,
      [
        ['client/unknown', 0.85],
        ['request/wrong-region', 0.5, 'The client may live in another realm.'],
      ],
      KEYCLOAK_OIDC,
    ),
    says(
      /Realm does not exist|Realm not found|Realm not enabled/i,
      [
        [
          'request/wrong-region',
          0.9,
          'The realm in the URL does not exist on this server (realm names are case-sensitive).',
        ],
        ['request/wrong-endpoint', 0.5],
      ],
      KEYCLOAK_OIDC,
    ),
    says(
      /RESTEASY003210|Could not find resource for full path|Unable to find matching target resource method/i,
      [
        [
          'request/wrong-endpoint',
          0.95,
          'No such path on this server; since version 17 the path has no /auth in front.',
        ],
      ],
      'https://www.keycloak.org/migration/migrating-to-quarkus',
    ),
    says(
      /Code not valid|Code is expired|Code already used|Code not found|authenticated user session not found/i,
      [['grant/code-invalid', 0.9]],
      KEYCLOAK_OIDC,
    ),
    says(
      /Incorrect redirect_uri|Invalid parameter: redirect_uri|Invalid redirect uri/i,
      [['grant/redirect-uri-mismatch', 0.97]],
      KEYCLOAK_OIDC,
      { forced: true },
    ),
    says(
      /PKCE verification failed|PKCE code verifier|Missing parameter: code_challenge|code_challenge_method|Invalid code verifier/i,
      [['grant/pkce-mismatch', 0.95]],
      KEYCLOAK_OIDC,
    ),
    says(
      /Session not active|Token is not active|Stale token|Invalid refresh token|Offline (?:user )?session not (?:active|found)|Session doesn't have required client|Refresh token (?:expired|issued before)|Maximum allowed refresh token reuse exceeded|No refresh token/i,
      [
        ['grant/refresh-token-invalid', 0.9],
        ['grant/code-invalid', 0.2],
      ],
      KEYCLOAK_OIDC,
      { on: 'token' },
    ),
    says(
      /Invalid token issuer|Token issuer|Invalid issuer/i,
      [
        [
          'endpoint/token-wrong-environment',
          0.85,
          'The token was issued under another URL than the one the server now answers to (host name, port or realm).',
        ],
      ],
      KEYCLOAK_OIDC,
    ),
    says(
      /Invalid scopes?:|invalid_scope/i,
      [
        [
          'scope/unknown',
          0.65,
          'The client has no client scope with this name.',
          'Clients > the client > Client scopes.',
        ],
        ['scope/not-allowed', 0.6],
      ],
      KEYCLOAK_OIDC,
    ),
    says(
      /Account (?:is )?(?:not fully set up|disabled)|Invalid user credentials/i,
      [
        ['client/wrong-secret', 0.5],
        ['client/disabled', 0.35],
      ],
      KEYCLOAK_OIDC,
    ),
    says(
      /HTTPS required/i,
      [
        [
          'connection/tls-or-proxy',
          0.6,
          'The realm demands HTTPS and the request came over HTTP, or a proxy in front does not say that it was HTTPS.',
        ],
        ['request/wrong-endpoint', 0.5],
      ],
      KEYCLOAK_OIDC,
    ),
    says(
      /Audience not available|Client is not within the token audience|Available audience/i,
      [['scope/wrong-audience', 0.85]],
      KEYCLOAK_OIDC,
    ),
    says(
      /Missing form parameter: grant_type|grant_type/i,
      [
        ['request/missing-grant-type', 0.75],
        ['request/json-body', 0.6],
        ['request/wrong-content-type', 0.5],
      ],
      KEYCLOAK_OIDC,
      { on: 'token', status: [0, 400, 415] },
    ),
  ],
};

const COGNITO = 'https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html';
const COGNITO_SCOPES =
  'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html';

export const cognito: Vendor = {
  id: 'cognito',
  title: 'AWS Cognito',
  aliases: ['cognito', 'aws cognito', 'amazon cognito', 'cognito user pool'],
  signs: [/\.amazoncognito\.com|cognito-idp\./],
  tokenHosts: /\.amazoncognito\.com$|^cognito-idp\./,
  signposts: {
    client: 'Cognito console > the user pool > App clients > the app client',
    grant: 'Cognito console > App clients > the app client > Login pages: OAuth grant types',
    access: 'Cognito console > App clients > the app client > Login pages: OpenID Connect and custom scopes',
    place: 'Cognito console > the user pool > Domain',
  },
  docs: { title: 'Amazon Cognito: the token endpoint', url: COGNITO },
  phrases: [
    says(
      /invalid_grant/i,
      [
        [
          'grant/not-allowed',
          0.7,
          'Cognito was seen to say invalid_grant of client credentials where the app client may use no OAuth flow at all (AllowedOAuthFlowsUserPoolClient is false); its documentation does not say so.',
          'aws cognito-idp describe-user-pool-client shows AllowedOAuthFlowsUserPoolClient and AllowedOAuthFlows.',
        ],
        ['grant/wrong-type-sent', 0.4],
        ['grant/code-invalid', 0.3],
      ],
      COGNITO,
      {
        on: 'token',
        when: (x, scene) =>
          /client[_ ]credential/i.test(`${JSON.stringify(x.request)} ${contextOf(scene)}`) &&
          !/authorization_code|refresh_token/i.test(contextOf(scene)),
      },
    ),
    says(
      /Unknown\/invalid scope|offline_access/i,
      [
        [
          'scope/unknown',
          0.75,
          'Cognito has no such scope: it knows openid, email, phone, profile, aws.cognito.signin.user.admin and those of your resource servers.',
        ],
        ['scope/not-allowed', 0.5],
      ],
      COGNITO_SCOPES,
    ),
    says(
      /invalid_scope/i,
      [
        [
          'scope/not-allowed',
          0.7,
          'The app client does not allow one of the scopes that were asked for.',
          'App clients > Login pages: the scopes that are ticked.',
        ],
        ['scope/unknown', 0.6],
        ['scope/malformed', 0.3],
      ],
      COGNITO_SCOPES,
    ),
    says(
      /unauthorized_client/i,
      [
        [
          'grant/not-allowed',
          0.75,
          'The app client does not allow this grant, or may not use this scope with it.',
        ],
        ['client/unknown', 0.25],
      ],
      COGNITO,
    ),
    says(
      /invalid_client_secret|Unable to verify secret hash|SecretHash/i,
      [
        ['client/wrong-secret', 0.75],
        ['client/auth-method-mismatch', 0.5],
        ['credential/missing', 0.4],
      ],
      COGNITO,
    ),
    says(
      /User pool client [^\n]{1,60} does not exist|Client [^\n]{1,40} does not exist|ResourceNotFoundException/i,
      [
        ['client/unknown', 0.85],
        ['request/wrong-region', 0.6],
      ],
      COGNITO,
    ),
    says(
      /invalid_client/i,
      [
        ['client/wrong-secret', 0.55],
        [
          'client/auth-method-mismatch',
          0.5,
          'An app client with a secret must send it in a Basic header; one without must not.',
        ],
        ['client/unknown', 0.45],
        ['request/wrong-region', 0.3],
      ],
      COGNITO,
    ),
    says(/redirect_mismatch|redirect_uri/i, [['grant/redirect-uri-mismatch', 0.97]], COGNITO, {
      forced: true,
    }),
    says(
      /invalid_grant[^]*[Rr]efresh|Refresh Token has (?:expired|been revoked)|Invalid Refresh Token/i,
      [['grant/refresh-token-invalid', 0.95]],
      COGNITO,
    ),
    says(
      /invalid_grant/i,
      [
        ['grant/code-invalid', 0.7],
        ['grant/refresh-token-invalid', 0.45],
        ['grant/redirect-uri-mismatch', 0.3],
        ['grant/pkce-mismatch', 0.25],
      ],
      COGNITO,
    ),
    says(
      /NotAuthorizedException[^\n]*Access Token has (?:expired|been revoked)/i,
      [['endpoint/token-expired', 0.95]],
      COGNITO,
      { forced: true },
    ),
    says(
      /Access Token does not have required scopes/i,
      [
        ['endpoint/missing-scope', 0.9],
        ['scope/not-requested', 0.6],
      ],
      COGNITO,
    ),
  ],
};

const DUENDE = 'https://docs.duendesoftware.com/identityserver/reference/endpoints/token/';

export const identityServer: Vendor = {
  id: 'identityserver',
  title: 'IdentityServer',
  aliases: [
    'identityserver',
    'identityserver4',
    'identityserver3',
    'duende',
    'duende identityserver',
    'identitymodel',
    'openiddict',
    'abp',
  ],
  signs: [/IdentityServer[34]|Duende\.|OpenIddict|IDX10214/],
  docs: { title: 'Duende IdentityServer: token endpoint', url: DUENDE },
  phrases: [
    says(
      /IDX10214|IDX10208|SecurityTokenInvalidAudience|Audience validation failed/i,
      [
        [
          'scope/wrong-audience',
          0.9,
          'The API refuses the audience of the token: the scope of this API was not asked for, or the API expects another name.',
        ],
        ['scope/not-requested', 0.45],
      ],
      'https://docs.duendesoftware.com/identityserver/apis/aspnetcore/jwt/',
    ),
    says(
      /IDX10205|IDX10204|Issuer validation failed|IDX1050\d|Signature validation failed/i,
      [
        ['endpoint/token-wrong-environment', 0.8],
        ['scope/wrong-audience', 0.3],
        ['endpoint/token-malformed', 0.2],
      ],
      'https://docs.duendesoftware.com/identityserver/apis/aspnetcore/jwt/',
    ),
    says(
      /IDX10223|Lifetime validation failed/i,
      [['endpoint/token-expired', 0.95]],
      'https://docs.duendesoftware.com/identityserver/apis/aspnetcore/jwt/',
    ),
    says(
      /No client with id|Client not found|Unknown client or not enabled|No client identifier found|No client found/i,
      [
        ['client/unknown', 0.8],
        ['client/disabled', 0.4],
        ['credential/missing', 0.25],
      ],
      DUENDE,
    ),
    says(
      /Client secret validation failed|No matching hashed secret found|Invalid client secret/i,
      [
        ['client/wrong-secret', 0.9],
        ['credential/already-encoded', 0.3],
      ],
      DUENDE,
    ),
    says(/Invalid redirect_uri/i, [['grant/redirect-uri-mismatch', 0.95]], DUENDE),
    // The page of its authorization endpoint, which checks the client, its addresses and its grants under one code.
    says(
      /Sorry, there was an error\s?:\s?unauthorized_client(?![^]{0,400}\b(?:grant|scope))/i,
      [
        [
          'client/unknown',
          0.92,
          'The sign-in page of IdentityServer says so of a client that is not in its configuration or database.',
          'Look for the client id in the store that runs (a new database is empty until it is seeded), and read the log of the server.',
        ],
        ['grant/redirect-uri-mismatch', 0.4],
        ['grant/not-allowed', 0.4],
      ],
      'https://github.com/IdentityServer/IdentityServer4/blob/main/src/IdentityServer4/src/Validation/Default/AuthorizeRequestValidator.cs',
    ),
    says(
      /Invalid grant type for client|not authorized for (?:client credentials|grant)|unauthorized_client/i,
      [
        ['grant/not-allowed', 0.9],
        ['grant/wrong-type-sent', 0.3],
      ],
      DUENDE,
    ),
    says(
      /Grant [Tt]ype (?:is |was )?missing|unsupported_grant_type/i,
      [
        ['request/missing-grant-type', 0.55],
        ['grant/wrong-type-sent', 0.5],
        ['request/json-body', 0.45],
        ['grant/not-allowed', 0.3],
      ],
      DUENDE,
    ),
    says(
      /Scope [^\n]{1,60} not found in store|Invalid scope|not allowed access to scope|invalid_scope/i,
      [
        ['scope/not-allowed', 0.65],
        ['scope/unknown', 0.6],
      ],
      DUENDE,
    ),
    says(/code_verifier|Transformed code verifier/i, [['grant/pkce-mismatch', 0.95]], DUENDE),
    says(
      /refresh token (?:is )?(?:expired|invalid|consumed|not found)|Invalid refresh token/i,
      [['grant/refresh-token-invalid', 0.95]],
      DUENDE,
    ),
    says(
      /invalid_grant/i,
      [
        ['grant/code-invalid', 0.55],
        ['grant/refresh-token-invalid', 0.5],
        ['grant/redirect-uri-mismatch', 0.3],
        ['grant/pkce-mismatch', 0.25],
      ],
      DUENDE,
    ),
  ],
};

const SPRING = 'https://docs.spring.io/spring-authorization-server/reference/protocol-endpoints.html';

export const spring: Vendor = {
  id: 'spring',
  title: 'Spring Security',
  aliases: [
    'spring',
    'spring security',
    'spring authorization server',
    'spring security oauth',
    'spring boot',
    'uaa',
    'cloud foundry uaa',
    'cloud foundry',
  ],
  signs: [
    /org\.springframework\.security|o\.s\.s\.o\.|OAuth2AuthenticationException|DaoAuthenticationProvider|BCryptPasswordEncoder/,
  ],
  docs: { title: 'Spring Authorization Server: endpoints', url: SPRING },
  phrases: [
    says(
      /Encoded password does not look like BCrypt|no PasswordEncoder mapped for the id/i,
      [
        [
          'client/wrong-secret',
          0.85,
          'The secret is stored in plain text (or in another encoding) where the server expects a hash, so no secret can match.',
          'Store the secret with its encoder: {noop}…, {bcrypt}…',
        ],
        ['credential/already-encoded', 0.4],
      ],
      'https://docs.spring.io/spring-security/reference/features/authentication/password-storage.html',
    ),
    says(
      /Missing grant type/i,
      [
        ['request/missing-grant-type', 0.85],
        ['request/json-body', 0.6],
        ['request/malformed-command', 0.4],
        ['request/wrong-content-type', 0.4],
      ],
      SPRING,
    ),
    says(/Unauthorized grant type|unauthorized_client/i, [['grant/not-allowed', 0.95]], SPRING),
    says(
      /Bad client credentials|Bad credentials/i,
      [
        ['client/wrong-secret', 0.7],
        ['client/unknown', 0.55],
        ['client/auth-method-mismatch', 0.35],
        ['credential/needs-form-encoding', 0.15],
      ],
      SPRING,
    ),
    says(
      /Full authentication is required/i,
      [
        ['client/auth-method-mismatch', 0.55, 'No credentials reached the server in the way it reads them.'],
        ['credential/missing', 0.53],
        ['header/missing-scheme', 0.3],
        ['request/wrong-endpoint', 0.25],
      ],
      SPRING,
      { on: 'token' },
    ),
    says(
      /Empty (?:username|client)|Given client ID does not match authenticated client|No client with requested id|NoSuchClientException/i,
      [
        ['client/unknown', 0.8],
        ['credential/missing', 0.4],
      ],
      SPRING,
    ),
    says(
      /Client authentication failed: authentication_method|authentication_method/i,
      [['client/auth-method-mismatch', 0.95]],
      SPRING,
      { forced: true },
    ),
    says(/Client authentication failed: client_secret/i, [['client/wrong-secret', 0.9]], SPRING),
    says(
      /Client authentication failed: client_id/i,
      [
        ['client/unknown', 0.9],
        ['request/wrong-region', 0.4],
      ],
      SPRING,
    ),
    says(
      /Client authentication failed: (?:client_secret_expires|credentials_expired)|client_secret_expires_at/i,
      [['client/wrong-secret', 0.95]],
      SPRING,
    ),
    says(
      /OAuth 2\.0 Parameter: grant_type/i,
      [
        ['request/missing-grant-type', 0.7],
        ['request/json-body', 0.6],
        ['grant/wrong-type-sent', 0.5],
      ],
      SPRING,
    ),
    says(
      /OAuth 2\.0 Parameter: scope|Invalid scope/i,
      [
        ['scope/not-allowed', 0.75],
        ['scope/unknown', 0.55],
      ],
      SPRING,
    ),
    says(
      /OAuth 2\.0 Parameter: redirect_uri|Redirect URI mismatch|Invalid redirect/i,
      [['grant/redirect-uri-mismatch', 0.95]],
      SPRING,
    ),
    says(/code_verifier|code_challenge/i, [['grant/pkce-mismatch', 0.9]], SPRING),
    says(/Invalid authorization code/i, [['grant/code-invalid', 0.95]], SPRING),
    says(/Invalid refresh token|refresh_token/i, [['grant/refresh-token-invalid', 0.9]], SPRING, {
      on: 'token',
    }),
    // The API judges by its own clock, which may be the wrong one.
    says(
      /Jwt expired at|Access token expired/i,
      [
        ['endpoint/token-expired', 0.95],
        ['connection/clock-skew', 0.2],
      ],
      SPRING,
    ),
    says(
      /iss claim is not valid|Signed JWT rejected|Another algorithm expected|no matching key\(s\) found|Invalid signature/i,
      [['endpoint/token-wrong-environment', 0.85]],
      SPRING,
    ),
    says(
      /insufficient[ _]scope/i,
      [
        ['endpoint/missing-scope', 0.9],
        ['scope/not-requested', 0.5],
      ],
      SPRING,
      { on: 'endpoint' },
    ),
    says(
      /Access is denied|AccessDeniedException/i,
      [
        ['endpoint/missing-permission', 0.6],
        ['endpoint/missing-scope', 0.58],
        ['scope/not-requested', 0.3],
      ],
      SPRING,
      { on: 'endpoint' },
    ),
  ],
};
