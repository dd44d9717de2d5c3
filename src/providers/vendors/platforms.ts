/** Platforms with an API of their own: Google, Salesforce, Spotify, RingCentral, GitHub, Slack, Zoom and others. */
import { says } from './phrase.ts';
import type { Vendor } from './vendor.ts';

const GOOGLE = 'https://developers.google.com/identity/protocols/oauth2/web-server#exchange-errors';
const GOOGLE_SA = 'https://developers.google.com/identity/protocols/oauth2/service-account#error-codes';
const GOOGLE_API = 'https://cloud.google.com/apis/design/errors';

export const google: Vendor = {
  id: 'google',
  title: 'Google',
  aliases: [
    'google',
    'gcp',
    'google cloud',
    'google workspace',
    'gmail',
    'google drive',
    'google analytics',
    'google sheets',
    'youtube',
    'firebase',
    'google oauth',
  ],
  signs: [/accounts\.google\.com|oauth2\.googleapis\.com|googleapis\.com|gserviceaccount/],
  tokenHosts: /^(?:oauth2\.googleapis\.com|accounts\.google\.com|www\.googleapis\.com|sts\.googleapis\.com)$/,
  apiHosts: /\.googleapis\.com$/,
  signposts: {
    client: 'Google Cloud console > Google Auth Platform > Clients',
    grant: 'Google Cloud console > Google Auth Platform > Clients',
    access: 'Google Cloud console > Google Auth Platform > Data Access; for service accounts IAM',
    place: 'Google Cloud console: the project at the top',
  },
  docs: { title: 'Google: OAuth 2.0', url: GOOGLE },
  phrases: [
    says(
      /Invalid JWT: Token must be|Token must be a short-lived token|reasonable timeframe|iat and exp values|Token used too (?:early|late)|Invalid JWT[^\n]*(?:exp|iat|time)/i,
      [
        [
          'connection/clock-skew',
          0.9,
          'The times in the signed request lie too far from those of Google, so the clock of this machine is wrong (or iat and exp were set wrongly).',
          'Compare `date -u` with the Date header of any answer of Google.',
        ],
        ['client/auth-method-mismatch', 0.2],
      ],
      GOOGLE_SA,
    ),
    says(
      /Invalid JWT Signature|invalid signature/i,
      [
        [
          'client/wrong-secret',
          0.85,
          'The key that signed the request is not a key of the service account (any more).',
          'IAM > Service accounts > Keys: is the key id still listed?',
        ],
        ['credential/mangled', 0.4],
        ['client/unknown', 0.3],
      ],
      GOOGLE_SA,
    ),
    says(
      /account not found|Service account[^\n]{0,60}(?:not found|does not exist)|Not a valid email or user ID/i,
      [
        ['client/unknown', 0.85],
        ['endpoint/user-context', 0.25],
      ],
      GOOGLE_SA,
    ),
    says(
      /Client is unauthorized to retrieve access tokens using this method|not authorized for any of the scopes requested|unauthorized_client/i,
      [
        [
          'grant/not-allowed',
          0.65,
          'Domain-wide delegation does not list this client with these very scopes.',
          'Google Workspace admin console > Security > API controls > Domain-wide delegation.',
        ],
        ['scope/not-allowed', 0.6],
        ['endpoint/consent-missing', 0.55],
      ],
      GOOGLE_SA,
    ),
    says(
      /Code was already redeemed|Malformed auth code|code (?:was )?already (?:been )?(?:used|redeemed)/i,
      [
        [
          'grant/code-invalid',
          0.97,
          'The one-time code was already exchanged, or was spoiled on its way (it must be decoded once).',
        ],
      ],
      GOOGLE,
      { forced: true },
    ),
    says(
      /Token has been (?:expired or revoked|revoked)/i,
      [
        [
          'grant/refresh-token-invalid',
          0.97,
          'The refresh token was revoked or has expired; those of an app in state "Testing" end after seven days.',
        ],
      ],
      'https://developers.google.com/identity/protocols/oauth2#expiration',
      { forced: true },
    ),
    says(/redirect_uri_mismatch/i, [['grant/redirect-uri-mismatch', 0.98]], GOOGLE, { forced: true }),
    says(
      /deleted_client|The OAuth client was deleted/i,
      [
        ['client/unknown', 0.9, 'The OAuth client was deleted.'],
        ['client/disabled', 0.4],
      ],
      GOOGLE,
    ),
    says(/disabled_client|The OAuth client was disabled/i, [['client/disabled', 0.97]], GOOGLE, {
      forced: true,
    }),
    says(
      /The OAuth client was not found|no registered origin|Unknown client/i,
      [
        ['client/unknown', 0.85],
        ['credential/placeholder', 0.5],
        ['request/wrong-region', 0.2],
      ],
      GOOGLE,
    ),
    says(
      /client secret is invalid|incorrect_client_credentials|The provided client secret/i,
      [['client/wrong-secret', 0.9]],
      GOOGLE,
    ),
    says(
      /client_secret is missing|client secret is missing/i,
      [
        ['credential/missing', 0.75],
        ['client/public', 0.4],
        ['client/auth-method-mismatch', 0.3],
      ],
      GOOGLE,
    ),
    says(/Missing code verifier|Invalid code verifier/i, [['grant/pkce-mismatch', 0.97]], GOOGLE, {
      forced: true,
    }),
    says(
      /org_internal|admin_policy_enforced|access_not_configured|verification process|App is blocked|has not completed the Google verification|disallowed_useragent/i,
      [
        ['endpoint/policy-denied', 0.8],
        ['endpoint/consent-missing', 0.5],
      ],
      GOOGLE,
    ),
    says(
      /SENDER_ID_MISMATCH|SenderId mismatch|belongs to a different (?:project|sender)/i,
      [
        [
          'endpoint/token-wrong-environment',
          0.95,
          'The device token and the service account belong to different Firebase projects.',
          'Compare project_id of the key file with the project of the app (google-services.json).',
        ],
      ],
      GOOGLE_API,
    ),
    says(
      /SUBSCRIPTION_REQUIRED|lack a [\w ]{2,40}license|billing (?:has not been|is not|must be) enabled|BILLING_DISABLED|requires billing|not eligible for|USER_PROJECT_DENIED|Quota project/i,
      [
        ['endpoint/feature-missing', 0.93, 'The project has no licence or no billing for what was called.'],
        ['endpoint/missing-permission', 0.25],
      ],
      GOOGLE_API,
    ),
    says(
      /access_denied[^]{0,200}(?:test users?|verification|developer-approved|has not completed)|currently being tested|can only be accessed by developer-approved testers/i,
      [
        [
          'endpoint/policy-denied',
          0.72,
          'The app is in testing, and this account is none of its test users.',
        ],
        ['endpoint/consent-missing', 0.6],
      ],
      GOOGLE,
    ),
    says(
      /INVALID_LOGIN|API key not valid|API_KEY_INVALID|API_KEY_SERVICE_BLOCKED|API_KEY_HTTP_REFERRER_BLOCKED|API_KEY_IP_ADDRESS_BLOCKED/i,
      [
        ['endpoint/policy-denied', 0.5],
        ['endpoint/token-malformed', 0.45],
        ['endpoint/ip-blocked', 0.4],
      ],
      GOOGLE_API,
      { on: 'endpoint' },
    ),
    says(
      /(?:invalid=\[|Some requested scopes? were invalid)[^\n]{0,200}https?:\/\/[^\s,\]]{4,120}https?:\/\//i,
      [
        ['scope/malformed', 0.92, 'Two scopes run into each other: the blank between them is missing.'],
        ['scope/unknown', 0.5],
      ],
      GOOGLE,
    ),
    says(
      /\bnotFound\b|Requested entity was not found|Not Found/i,
      [
        [
          'endpoint/missing-permission',
          0.55,
          'Google answers 404 of a calendar, file or sheet that is there and not shared with this account; a service account sees only what is shared with its address.',
          'Share it with the address of the account and call again.',
        ],
        ['endpoint/not-found', 0.53],
      ],
      GOOGLE_API,
      { on: 'endpoint', status: [0, 404] },
    ),
    says(
      /SERVICE_DISABLED|accessNotConfigured|API has not been used in project|it is disabled\. Enable it/i,
      [
        [
          'endpoint/feature-missing',
          0.97,
          'The API is not switched on in the project of the client.',
          'APIs & Services > Library, in the project that the answer names.',
        ],
      ],
      GOOGLE_API,
      { forced: true },
    ),
    says(
      /ACCESS_TOKEN_SCOPE_INSUFFICIENT|insufficient authentication scopes|insufficientPermissions[^]*scope|Request had insufficient/i,
      [
        ['endpoint/missing-scope', 0.9],
        ['scope/not-requested', 0.75],
      ],
      GOOGLE_API,
    ),
    says(
      /invalid authentication credentials|CREDENTIALS_MISSING|ACCESS_TOKEN_TYPE_UNSUPPORTED|Expected OAuth 2 access token/i,
      [
        ['endpoint/token-malformed', 0.6],
        ['endpoint/token-expired', 0.55],
        ['endpoint/token-wrong-environment', 0.3],
      ],
      GOOGLE_API,
      { on: 'endpoint' },
    ),
    says(
      /rateLimitExceeded|userRateLimitExceeded|RESOURCE_EXHAUSTED|quotaExceeded|Quota exceeded/i,
      [['endpoint/rate-limited', 0.95]],
      GOOGLE_API,
    ),
    says(
      /failedPrecondition|Precondition check failed|Mail service not enabled/i,
      [
        [
          'endpoint/user-context',
          0.75,
          'A service account has no mailbox of its own; it must act for a user (subject) by domain-wide delegation.',
        ],
        ['endpoint/feature-missing', 0.4],
      ],
      GOOGLE_SA,
    ),
    says(
      /PERMISSION_DENIED|does not have (?:the )?[\w.]* ?permission|The caller does not have permission|insufficientPermissions|forbidden/i,
      [
        [
          'endpoint/missing-permission',
          0.8,
          'The account holds no role with this permission on this resource; a service account sees only what was shared with it.',
        ],
        ['endpoint/feature-missing', 0.25],
        ['scope/not-requested', 0.25],
      ],
      GOOGLE_API,
      { on: 'endpoint' },
    ),
    says(
      /invalid_client/i,
      [
        ['client/unknown', 0.6],
        ['client/wrong-secret', 0.58],
        ['credential/placeholder', 0.4],
      ],
      GOOGLE,
    ),
    says(
      /invalid_scope|Some requested scopes? were invalid|empty or missing scope/i,
      [
        ['scope/unknown', 0.7],
        ['scope/malformed', 0.55],
        ['scope/not-requested', 0.4],
      ],
      GOOGLE,
    ),
    says(
      /invalid_grant/i,
      [
        ['grant/refresh-token-invalid', 0.6],
        ['grant/code-invalid', 0.55],
        ['connection/clock-skew', 0.35],
        ['grant/redirect-uri-mismatch', 0.2],
      ],
      GOOGLE,
    ),
  ],
};

const SF = 'https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flow_errors.htm&type=5';
const SF_REST = 'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm';

export const salesforce: Vendor = {
  id: 'salesforce',
  title: 'Salesforce',
  aliases: ['salesforce', 'sfdc', 'force.com', 'salesforce marketing cloud', 'pardot'],
  signs: [/\.salesforce\.com|\.force\.com|client identifier invalid|INVALID_SESSION_ID/],
  tokenHosts: /^(?:login|test)\.salesforce\.com$|\.my\.salesforce\.com$/,
  apiHosts: /\.salesforce\.com$|\.force\.com$/,
  signposts: {
    client: 'Salesforce Setup > App Manager > the app > Manage Consumer Details',
    grant: 'Salesforce Setup > App Manager > the app > Edit: OAuth flows',
    access: 'Salesforce Setup > Connected Apps (or External Client Apps) > the app > Policies',
    place: 'Salesforce Setup > My Domain',
  },
  docs: { title: 'Salesforce: OAuth authorization errors', url: SF },
  phrases: [
    says(
      /user hasn.t approved this consumer/i,
      [
        [
          'endpoint/consent-missing',
          0.88,
          'Nobody has approved the app for this user: pre-authorize it (Admin approved users) by profile or permission set.',
          'Setup > Connected Apps > the app > Manage: permitted users, profiles, permission sets.',
        ],
        ['endpoint/policy-denied', 0.4],
      ],
      SF,
    ),
    says(
      /request not supported on this domain/i,
      [
        [
          'request/wrong-endpoint',
          0.75,
          'Client credentials are served on the org’s own My Domain, not on login or test.salesforce.com.',
          'Setup > My Domain shows the host: https://….my.salesforce.com/services/oauth2/token.',
        ],
        ['request/wrong-region', 0.6],
      ],
      SF,
    ),
    says(
      /ip restricted|LOGIN_MUST_USE_SECURITY_TOKEN|IP address is not allowed/i,
      [
        [
          'endpoint/ip-blocked',
          0.95,
          'The address of the caller lies outside the login IP ranges of the user’s profile or of the app.',
          'Login History of the user shows "Restricted IP".',
        ],
      ],
      SF,
    ),
    says(
      /client identifier invalid|invalid_client_id/i,
      [
        [
          'client/unknown',
          0.85,
          'Salesforce does not know this consumer key where it was asked; a new app takes about ten minutes, and a sandbox has apps of its own.',
        ],
        [
          'request/wrong-region',
          0.6,
          'A sandbox client was sent to login.salesforce.com, or the other way round (test.salesforce.com).',
        ],
        ['credential/placeholder', 0.2],
      ],
      SF,
    ),
    says(
      /invalid client credentials|invalid_client_secret|consumer secret/i,
      [
        ['client/wrong-secret', 0.85],
        ['request/wrong-region', 0.3],
      ],
      SF,
    ),
    says(
      /no client credentials user enabled|client credentials flow is not enabled|client_credentials[^\n]{0,60}not (?:enabled|supported)/i,
      [
        [
          'grant/not-allowed',
          0.9,
          'The app has the client credentials flow switched off, or no user to run as.',
          'Policies of the app: Client Credentials Flow, Run As.',
        ],
        ['endpoint/user-context', 0.3],
      ],
      SF,
    ),
    says(
      /request not supported on this domain/i,
      [
        [
          'request/wrong-endpoint',
          0.85,
          'The client credentials flow works only on the My Domain of the org, not on login.salesforce.com.',
          'Use https://MYDOMAIN.my.salesforce.com/services/oauth2/token.',
        ],
        ['request/wrong-region', 0.7],
      ],
      SF,
    ),
    says(
      /expired authorization code|invalid authorization code|authorization code (?:is )?(?:invalid|expired)/i,
      [['grant/code-invalid', 0.95]],
      SF,
      { forced: true },
    ),
    says(
      /expired access\/refresh token|token validity expired|refresh token/i,
      [['grant/refresh-token-invalid', 0.95]],
      SF,
      { on: 'token' },
    ),
    says(
      /inactive user|user is inactive|user hasn.t approved|inactive org|account is locked|org is (?:locked|inactive)/i,
      [
        ['client/disabled', 0.7],
        ['endpoint/consent-missing', 0.55],
        ['endpoint/policy-denied', 0.3],
      ],
      SF,
    ),
    says(
      /app (?:is )?(?:blocked|not (?:been )?(?:approved|installed|admin approved|approved by))|not admin approved|OAUTH_APP_BLOCKED|OAUTH_APPROVAL|OAUTH_APP_ACCESS_DENIED|hasn.t approved this consumer|user hasn't approved/i,
      [
        ['endpoint/consent-missing', 0.8],
        ['endpoint/policy-denied', 0.65],
      ],
      SF,
    ),
    says(
      /audience is invalid|audience validation failed|aud/i,
      [
        [
          'scope/wrong-audience',
          0.75,
          'The aud of the assertion must be the login host that is asked (https://login.salesforce.com or https://test.salesforce.com).',
        ],
        ['request/wrong-region', 0.6],
      ],
      SF,
      {
        when: (x) =>
          JSON.stringify(x.outcome).includes('invalid_grant') && /audience/i.test(JSON.stringify(x.outcome)),
      },
    ),
    says(
      /authentication failure|invalid_grant[^]*authentication fail/i,
      [
        ['client/wrong-secret', 0.65, 'The name, password or security token of the user was refused.'],
        [
          'request/wrong-region',
          0.45,
          'A sandbox user signs in at test.salesforce.com and not at login.salesforce.com.',
        ],
        [
          'endpoint/ip-blocked',
          0.4,
          'Outside the trusted IP ranges the security token must follow the password.',
        ],
        ['endpoint/policy-denied', 0.2],
      ],
      SF,
    ),
    says(
      /unsupported_grant_type|grant type not supported/i,
      [
        ['grant/wrong-type-sent', 0.55],
        ['request/json-body', 0.5],
        ['request/wrong-content-type', 0.45],
      ],
      SF,
    ),
    says(/redirect_uri_mismatch|redirect_uri must match/i, [['grant/redirect-uri-mismatch', 0.97]], SF, {
      forced: true,
    }),
    says(/invalid code verifier/i, [['grant/pkce-mismatch', 0.97]], SF, { forced: true }),
    says(
      /API_DISABLED_FOR_ORG|API is (?:not enabled|disabled)|API_CURRENTLY_DISABLED|FUNCTIONALITY_NOT_ENABLED/i,
      [['endpoint/feature-missing', 0.95]],
      SF_REST,
      { forced: true },
    ),
    says(
      /REQUEST_LIMIT_EXCEEDED|TotalRequests Limit exceeded|login rate exceeded/i,
      [['endpoint/rate-limited', 0.95]],
      SF_REST,
      { forced: true },
    ),
    says(
      /INVALID_SESSION_ID|Session expired or invalid|Bad_OAuth_Token|This session is not valid/i,
      [
        ['endpoint/token-expired', 0.65],
        [
          'endpoint/token-wrong-environment',
          0.5,
          'The call may have gone to another host than the instance_url of the token answer.',
        ],
        ['endpoint/token-malformed', 0.4],
        ['endpoint/missing-scope', 0.25],
      ],
      SF_REST,
    ),
    says(
      /INSUFFICIENT_ACCESS|INVALID_TYPE|INVALID_FIELD|insufficient access rights|user does not have permission/i,
      [['endpoint/missing-permission', 0.85]],
      SF_REST,
    ),
    says(
      /invalid_scope|scope parameter[^\n]{0,40}not (?:allowed|supported)/i,
      [
        ['scope/not-allowed', 0.75],
        ['scope/malformed', 0.4],
      ],
      SF,
    ),
    says(
      /invalid_app_access|user is not admin approved/i,
      [
        ['endpoint/consent-missing', 0.8],
        ['endpoint/policy-denied', 0.5],
      ],
      SF,
    ),
  ],
};

const SPOTIFY = 'https://developer.spotify.com/documentation/web-api/concepts/api-calls';
const SPOTIFY_AUTH = 'https://developer.spotify.com/documentation/web-api/tutorials/code-flow';

export const spotify: Vendor = {
  id: 'spotify',
  title: 'Spotify',
  aliases: ['spotify', 'spotipy'],
  signs: [/accounts\.spotify\.com|api\.spotify\.com/],
  tokenHosts: /^accounts\.spotify\.com$/,
  apiHosts: /^api\.spotify\.com$/,
  docs: { title: 'Spotify: Web API', url: SPOTIFY },
  phrases: [
    says(
      /Invalid client secret/i,
      [
        ['client/wrong-secret', 0.9, 'Spotify knows the id and refuses the secret.'],
        ['credential/whitespace', 0.2],
      ],
      SPOTIFY_AUTH,
      { proves: 'connection' },
    ),
    says(
      /Invalid client\b(?! secret)/i,
      [
        ['client/unknown', 0.8],
        ['credential/placeholder', 0.4],
        ['client/wrong-secret', 0.35],
      ],
      SPOTIFY_AUTH,
      { on: 'token' },
    ),
    says(
      /Invalid redirect URI|INVALID_CLIENT: (?:Insecure|Invalid) redirect|redirect_uri/i,
      [['grant/redirect-uri-mismatch', 0.97]],
      SPOTIFY_AUTH,
    ),
    says(
      /Authorization code expired|Invalid authorization code/i,
      [['grant/code-invalid', 0.97]],
      SPOTIFY_AUTH,
      { forced: true },
    ),
    says(
      /Refresh token revoked|Invalid refresh token|refresh_token must be supplied/i,
      [['grant/refresh-token-invalid', 0.97]],
      SPOTIFY_AUTH,
      { forced: true },
    ),
    says(/code_verifier was incorrect|code_verifier/i, [['grant/pkce-mismatch', 0.97]], SPOTIFY_AUTH, {
      forced: true,
    }),
    says(
      /grant_type (?:parameter )?(?:is missing|must be)/i,
      [
        ['request/missing-grant-type', 0.6],
        ['request/json-body', 0.58],
        ['grant/wrong-type-sent', 0.5],
        ['request/wrong-content-type', 0.4],
      ],
      SPOTIFY_AUTH,
    ),
    says(
      /Insufficient client scope/i,
      [
        ['scope/not-requested', 0.75, 'The token was asked for without the scope that this call wants.'],
        ['endpoint/missing-scope', 0.73],
      ],
      SPOTIFY,
    ),
    says(
      /Only valid bearer authentication supported|Invalid access token|No token provided/i,
      [
        ['endpoint/token-malformed', 0.75],
        ['endpoint/token-expired', 0.4],
      ],
      SPOTIFY,
    ),
    says(/The access token expired/i, [['endpoint/token-expired', 0.97]], SPOTIFY, { forced: true }),
    says(
      /User not registered in the Developer Dashboard|not registered/i,
      [
        ['endpoint/policy-denied', 0.7, 'The app is in development mode and the user is not on its list.'],
        ['endpoint/consent-missing', 0.6],
      ],
      SPOTIFY,
    ),
    says(
      /Valid user authentication required|PREMIUM_REQUIRED|Premium required/i,
      [
        ['endpoint/user-context', 0.7],
        ['endpoint/feature-missing', 0.6],
      ],
      SPOTIFY,
    ),
    says(/Illegal scope|INVALID_SCOPE/i, [['scope/unknown', 0.9]], SPOTIFY_AUTH),
  ],
};

const RC = 'https://developers.ringcentral.com/guide/basics/errors';

export const ringcentral: Vendor = {
  id: 'ringcentral',
  title: 'RingCentral',
  aliases: ['ringcentral', 'ring central'],
  signs: [/ringcentral\.com|\bOAU-\d{3}\b/],
  tokenHosts: /^platform(?:\.devtest)?\.ringcentral\.com$/,
  docs: { title: 'RingCentral: API error codes', url: RC },
  phrases: [
    says(
      /unauthorized for the required grant type|OAU-251|OAU-114|Unsupported grant type/i,
      [
        [
          'grant/not-allowed',
          0.85,
          'The type of the app does not allow this grant.',
          'Developer Console > the app > Settings: Auth and App Type.',
        ],
        ['grant/wrong-type-sent', 0.45],
      ],
      RC,
    ),
    says(
      /OAU-120|OAU-153|Wrong Application ID|Invalid Authorization header value|OAU-125/i,
      [
        ['client/unknown', 0.6],
        ['client/wrong-secret', 0.55],
        [
          'request/wrong-region',
          0.5,
          'A sandbox app answers only at platform.devtest.ringcentral.com, a production app only at platform.ringcentral.com.',
        ],
        ['header/bad-base64', 0.3],
      ],
      RC,
    ),
    says(
      /OAU-140|OAU-128(?=[^\n]*resource)|Invalid resource owner credentials/i,
      [
        ['client/wrong-secret', 0.6],
        ['request/wrong-region', 0.5],
      ],
      RC,
    ),
    says(
      /OAU-213|OAU-128|OAU-129|OAU-130|OAU-232|Token (?:is )?(?:not found|expired)|Access token (?:expired|corrupted)/i,
      [
        ['endpoint/token-expired', 0.7],
        ['grant/refresh-token-invalid', 0.5],
        ['endpoint/token-wrong-environment', 0.35],
      ],
      RC,
    ),
    says(/OAU-211|OAU-212|refresh token/i, [['grant/refresh-token-invalid', 0.85]], RC, { on: 'token' }),
    says(/OAU-109|redirect_uri|Redirect URI/i, [['grant/redirect-uri-mismatch', 0.9]], RC),
    says(/OAU-113|OAU-156|Authorization code/i, [['grant/code-invalid', 0.85]], RC),
    says(
      /CMN-401|In order to call this API endpoint, application needs to have|permission for requested resource/i,
      [
        ['endpoint/missing-scope', 0.7, 'The app does not have the application scope that the call names.'],
        ['scope/not-allowed', 0.6],
        ['endpoint/missing-permission', 0.55],
      ],
      RC,
    ),
    says(
      /CMN-408|CMN-403|In order to call this API endpoint, user needs to have/i,
      [['endpoint/missing-permission', 0.85]],
      RC,
    ),
    says(/CMN-301|Request rate exceeded/i, [['endpoint/rate-limited', 0.97]], RC, { forced: true }),
    says(/CMN-102|Resource for parameter/i, [['endpoint/not-found', 0.85]], RC),
    says(
      /BIL-\d|FeatureNotAvailable|feature[^\n]{0,30}not (?:available|enabled)/i,
      [['endpoint/feature-missing', 0.9]],
      RC,
    ),
  ],
};

const GITHUB =
  'https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors';
const GITHUB_REST = 'https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api';

export const github: Vendor = {
  id: 'github',
  title: 'GitHub',
  aliases: ['github', 'github enterprise'],
  signs: [
    /\bincorrect_client_credentials\b|bad_verification_code|Resource not accessible by (?:integration|personal access token)/,
  ],
  tokenHosts: /^github\.com$/,
  apiHosts: /^api\.github\.com$/,
  docs: { title: 'GitHub: troubleshooting access token requests', url: GITHUB },
  phrases: [
    says(
      /incorrect_client_credentials/i,
      [
        ['client/wrong-secret', 0.75],
        ['client/unknown', 0.6],
      ],
      GITHUB,
    ),
    says(/bad_verification_code/i, [['grant/code-invalid', 0.97]], GITHUB, { forced: true }),
    says(
      /redirect_uri_mismatch|redirect_uri MUST match|redirect_uri is not associated/i,
      [['grant/redirect-uri-mismatch', 0.97]],
      GITHUB,
      { forced: true },
    ),
    says(/bad_refresh_token/i, [['grant/refresh-token-invalid', 0.97]], GITHUB, { forced: true }),
    says(
      /Resource not accessible by integration/i,
      [
        [
          'endpoint/user-context',
          0.85,
          'An installation token stands for no user, and this call is about the signed-in one.',
          'Use a user access token, or an endpoint of the installation.',
        ],
        ['endpoint/missing-permission', 0.6],
      ],
      GITHUB_REST,
      { when: (x) => /\/user(?:\/|\b(?!s))/.test(JSON.stringify(x)) },
    ),
    says(
      /'?(?:Expiration time'? claim|exp'?)[^\n]{0,40}(?:too far in the future|must be a numeric)|'Issued at' claim|iat'?\)? must be|JWT could not be decoded/i,
      [
        ['connection/clock-skew', 0.88, 'The clock of the machine that signs the JWT is ahead or behind.'],
        ['client/wrong-secret', 0.25],
      ],
      GITHUB_REST,
    ),
    says(
      /IP allow list enabled|not permitted to access this resource/i,
      [
        ['endpoint/ip-blocked', 0.95],
        ['endpoint/policy-denied', 0.3],
      ],
      GITHUB_REST,
    ),
    says(
      /suspended|application_suspended|account was (?:flagged|suspended)/i,
      [['client/disabled', 0.88]],
      GITHUB,
    ),
    says(
      /must have (?:admin|push|write) (?:rights|access)|Must have admin|does not have the correct permissions|insufficient_scope|X-Accepted-OAuth-Scopes|requires (?:the )?[\w:]+ scope/i,
      [
        ['endpoint/missing-permission', 0.72],
        ['endpoint/missing-scope', 0.6],
      ],
      GITHUB_REST,
    ),
    says(
      /Resource not accessible by integration|Resource not accessible by personal access token/i,
      [
        ['endpoint/missing-permission', 0.85],
        ['endpoint/user-context', 0.3],
      ],
      GITHUB_REST,
    ),
    says(
      /Bad credentials/i,
      [
        ['endpoint/token-malformed', 0.5],
        ['endpoint/token-expired', 0.48],
        ['endpoint/token-wrong-environment', 0.3],
      ],
      GITHUB_REST,
    ),
    says(/rate limit exceeded|secondary rate limit/i, [['endpoint/rate-limited', 0.97]], GITHUB_REST, {
      forced: true,
    }),
    says(
      /SAML enforcement|organization has enabled OAuth App access restrictions|SAML SSO/i,
      [
        ['endpoint/policy-denied', 0.85],
        ['endpoint/ip-blocked', 0.4],
      ],
      GITHUB_REST,
    ),
    says(
      /"?Not Found"?/,
      [
        ['endpoint/not-found', 0.5],
        ['endpoint/missing-permission', 0.48],
        ['client/unknown', 0.3],
      ],
      GITHUB_REST,
    ),
  ],
};

const SLACK = 'https://docs.slack.dev/reference/methods/oauth.v2.access';
const ZOOM = 'https://developers.zoom.us/docs/integrations/oauth-error-messages/';

export const slack: Vendor = {
  id: 'slack',
  title: 'Slack',
  aliases: ['slack'],
  signs: [/slack\.com\/api|bad_client_secret|not_allowed_token_type/],
  tokenHosts: /^slack\.com$/,
  docs: { title: 'Slack: oauth.v2.access', url: SLACK },
  phrases: [
    says(/bad_client_secret/i, [['client/wrong-secret', 0.95]], SLACK),
    says(/invalid_client_id/i, [['client/unknown', 0.9]], SLACK),
    says(/invalid_code|code_already_used/i, [['grant/code-invalid', 0.97]], SLACK, { forced: true }),
    says(/bad_redirect_uri/i, [['grant/redirect-uri-mismatch', 0.97]], SLACK, { forced: true }),
    says(
      /missing_scope|no_permission/i,
      [
        ['endpoint/missing-scope', 0.9],
        ['scope/not-requested', 0.6],
      ],
      SLACK,
    ),
    says(
      /not_allowed_token_type|user_is_bot|not_authed/i,
      [
        ['endpoint/user-context', 0.7],
        ['endpoint/token-malformed', 0.5],
      ],
      SLACK,
    ),
    says(
      /token_(?:expired|revoked)|account_inactive/i,
      [
        ['endpoint/token-expired', 0.9],
        ['client/disabled', 0.4],
      ],
      SLACK,
    ),
    says(
      /invalid_auth/i,
      [
        ['endpoint/token-malformed', 0.6],
        ['endpoint/token-expired', 0.5],
        ['endpoint/ip-blocked', 0.3],
      ],
      SLACK,
    ),
    says(/ratelimited/i, [['endpoint/rate-limited', 0.97]], SLACK, { forced: true }),
  ],
};

export const zoom: Vendor = {
  id: 'zoom',
  title: 'Zoom',
  aliases: ['zoom'],
  signs: [/zoom\.us\/oauth|api\.zoom\.us/],
  tokenHosts: /^zoom\.us$/,
  apiHosts: /^api\.zoom\.us$/,
  docs: { title: 'Zoom: OAuth error messages', url: ZOOM },
  phrases: [
    says(
      /unsupported grant type|4705/i,
      [
        [
          'grant/wrong-type-sent',
          0.7,
          'A server-to-server app uses grant_type=account_credentials with an account_id.',
        ],
        ['request/json-body', 0.4],
        ['request/missing-grant-type', 0.35],
      ],
      ZOOM,
    ),
    says(
      /Invalid api key or secret/i,
      [
        [
          'grant/wrong-type-sent',
          0.5,
          'A token of client_credentials is not one of an account: server-to-server apps ask with grant_type=account_credentials and account_id.',
        ],
        ['endpoint/token-malformed', 0.48],
        ['endpoint/missing-scope', 0.25],
      ],
      ZOOM,
      { on: 'endpoint' },
    ),
    says(
      /Bad Request for url[^\n]{0,80}grant_type=|\b400\b[^\n]{0,80}oauth\/token\?grant_type/i,
      [
        [
          'request/missing-grant-type',
          0.65,
          'The parameters stand in the query string; Zoom reads them in the form body.',
        ],
        ['request/wrong-content-type', 0.45],
        ['client/disabled', 0.35],
      ],
      ZOOM,
      { on: 'token' },
    ),
    says(
      /Invalid client_id or client_secret|4702|4704|invalid_client/i,
      [
        ['client/wrong-secret', 0.6],
        ['client/unknown', 0.55],
        ['client/disabled', 0.3],
      ],
      ZOOM,
    ),
    says(
      /bad request[^]*(?:account|app)|The app has been disabled|disabled/i,
      [
        ['client/disabled', 0.7],
        ['client/unknown', 0.4],
      ],
      ZOOM,
      { on: 'token' },
    ),
    says(/Redirect URI mismatch|4709|Invalid redirect/i, [['grant/redirect-uri-mismatch', 0.97]], ZOOM),
    says(/Invalid authorization code|4733|4734|4717/i, [['grant/code-invalid', 0.9]], ZOOM),
    says(/4735|4736|4741|refresh token/i, [['grant/refresh-token-invalid', 0.85]], ZOOM, { on: 'token' }),
    says(
      /does not contain scopes|4711/i,
      [
        [
          'endpoint/missing-scope',
          0.85,
          'The token lacks the scope that the answer names; add it to the app and fetch a new token.',
        ],
        ['scope/not-allowed', 0.6],
      ],
      ZOOM,
    ),
    says(
      /Invalid access token|\b124\b/i,
      [
        ['endpoint/token-expired', 0.6],
        ['endpoint/token-malformed', 0.55],
      ],
      ZOOM,
      { on: 'endpoint' },
    ),
  ],
};
