/** More services with wordings of their own, a row each: what the answer says, and what it mostly comes from. This table is long. */
import { ADDRESS, TOKEN_ENDED, TOKEN_SPOILT } from './rankings.ts';
import { because, CALL, TOKEN, vendorOf, type Service } from './table.ts';
import type { Vendor } from './vendor.ts';

const SERVICES: readonly Service[] = [
  {
    id: 'allegro',
    title: 'Allegro',
    aliases: ['allegro'],
    signs: [/\ballegro:api:|allegro\.pl\b/],
    tokenHosts: /^allegro\.pl(?:\.allegrosandbox\.pl)?$/,
    apiHosts: /^api\.allegro\.pl/,
    docs: 'https://developer.allegro.pl/tutorials/uwierzytelnianie-i-autoryzacja-zlq9e75GdIR',
    rows: [
      [
        /EmptyUserIdException|user_name from JWT cannot be empty/i,
        [
          [
            'endpoint/user-context',
            0.93,
            'The call is about an account, and a client-credentials token has none.',
          ],
          ['endpoint/missing-scope', 0.2],
        ],
        CALL,
      ],
      [
        /\bAccessDenied\b/i,
        [
          [
            'endpoint/missing-scope',
            0.62,
            'The token lacks the scope of this resource; ticking it for the app is not enough, the account must authorize anew.',
          ],
          ['endpoint/missing-permission', 0.5],
          ['endpoint/policy-denied', 0.4],
          ['scope/not-requested', 0.3],
        ],
        CALL,
      ],
    ],
  },
  {
    id: 'sailpoint',
    title: 'SailPoint',
    aliases: ['sailpoint', 'identitynow', 'sailpoint isc'],
    signs: [/api\.identitynow\.com/],
    apiHosts: /\.api\.identitynow\.com$/,
    docs: 'https://developer.sailpoint.com/docs/api/authentication',
    rows: [
      [
        /refuses to authorize it|\b403\b|Forbidden|^$/i,
        [
          [
            'endpoint/user-context',
            0.58,
            'A client-credentials token stands for no user, and some calls want one: a personal access token brings its owner.',
            'Send the same call with the token of a personal access token; if that is answered, the call wants a user.',
          ],
          ['endpoint/missing-permission', 0.54],
          ['endpoint/missing-scope', 0.4],
        ],
        { ...CALL, status: [0, 403] },
      ],
    ],
  },
  {
    id: 'x-twitter',
    title: 'X (Twitter)',
    aliases: ['twitter', 'x api', 'tweepy'],
    signs: [/api\.(?:twitter|x)\.com|developer\.twitter\.com/],
    tokenHosts: /^api\.(?:twitter|x)\.com$/,
    docs: 'https://docs.x.com/x-api/fundamentals/response-codes-and-errors',
    rows: [
      [
        /Essential access|Elevated access|\bcode"?: ?453|access to a subset|client-not-enrolled|Client Forbidden|must (?:be enrolled|use keys and tokens from)/i,
        [
          ['endpoint/feature-missing', 0.94, 'The access level of the project does not hold this endpoint.'],
          ['endpoint/missing-permission', 0.3],
        ],
      ],
      [
        /Read-only application cannot POST|not permitted to perform this action|oauth1-permissions|"?code"?: ?(?:261|453)/i,
        [
          [
            'endpoint/missing-permission',
            0.9,
            'The app’s user authentication settings give it read access only; after a change the tokens must be made anew.',
          ],
          ['endpoint/missing-scope', 0.4],
        ],
      ],
      [
        /Unsupported Authentication|OAuth 2\.0 Application-Only is forbidden|unsupported-authentication|Application-Only/i,
        [
          ['endpoint/user-context', 0.93, 'This endpoint takes no app-only token.'],
          ['endpoint/missing-permission', 0.2],
        ],
      ],
      [/"?code"?: ?135|Timestamp out of bounds/i, [['connection/clock-skew', 0.97]]],
      [
        /"?code"?: ?(?:32|215)\b|Could not authenticate you|Bad Authentication data/i,
        [
          ['endpoint/token-malformed', 0.6],
          ['client/wrong-secret', 0.45],
          ['connection/clock-skew', 0.3],
        ],
        CALL,
      ],
      [
        /"?code"?: ?89\b|Invalid or expired token/i,
        [
          ['endpoint/token-expired', 0.7],
          ['endpoint/token-wrong-environment', 0.3],
        ],
      ],
      [
        /Missing valid authorization header/i,
        [
          [
            'client/auth-method-mismatch',
            0.64,
            'A confidential client of X proves itself in a Basic header, at the refresh too; the body alone is for public ones.',
          ],
          ['credential/missing', 0.5],
          ['client/wrong-secret', 0.25],
        ],
        TOKEN,
      ],
      [
        /"?code"?: ?99\b|Unable to verify your credentials|Missing or invalid (?:URL parameter|Authorization)/i,
        [
          ['client/wrong-secret', 0.55],
          ['client/auth-method-mismatch', 0.5],
          ['credential/missing', 0.4],
        ],
        TOKEN,
      ],
      [
        /"?code"?: ?(?:326|64|63)\b|suspended|to protect our users from spam/i,
        [
          ['client/disabled', 0.7],
          ['endpoint/policy-denied', 0.5],
        ],
      ],
      [/Value passed for the authorization code was invalid/i, [['grant/code-invalid', 0.95]]],
      [
        /Value passed for the redirect uri did not match|Value passed for the code verifier did not match/i,
        [
          ['grant/pkce-mismatch', 0.6],
          ['grant/redirect-uri-mismatch', 0.55],
        ],
      ],
      [/Value passed for the token was invalid/i, [['grant/refresh-token-invalid', 0.95]]],
      [
        /\b403\b|Forbidden/i,
        [
          [
            'endpoint/missing-scope',
            0.6,
            'Each call of version 2 names the scopes that a user token must hold (users/me: tweet.read and users.read).',
          ],
          ['endpoint/missing-permission', 0.52],
          ['endpoint/feature-missing', 0.4],
          ['endpoint/user-context', 0.35],
        ],
        CALL,
      ],
    ],
  },
  {
    id: 'dropbox',
    title: 'Dropbox',
    aliases: ['dropbox'],
    signs: [
      /api\.dropbox(?:api)?\.com|error_summary"?: ?"?(?:expired_access_token|missing_scope|invalid_access_token)/,
    ],
    docs: 'https://www.dropbox.com/developers/documentation/http/documentation#error-handling',
    rows: [
      [
        /expired_access_token/i,
        [
          [
            'endpoint/token-expired',
            0.96,
            'Access tokens live four hours; a refresh token (offline access) fetches the next.',
          ],
        ],
      ],
      [
        /missing_scope/i,
        [
          [
            'endpoint/missing-scope',
            0.86,
            'The token lacks the scope; one that was made before the permission was ticked does not get it.',
          ],
          ['scope/not-requested', 0.5],
          ['endpoint/user-context', 0.3],
        ],
      ],
      [
        /invalid_access_token|invalid_select_user|user_suspended/i,
        [
          ['endpoint/token-malformed', 0.55],
          ['endpoint/token-wrong-environment', 0.4],
          ['endpoint/token-expired', 0.4],
        ],
      ],
      [
        /path\/not_found|not_found\/|no_permission|access_denied/i,
        [
          ['endpoint/missing-permission', 0.5],
          ['endpoint/not-found', 0.5],
        ],
        CALL,
      ],
      [/refresh token is (?:invalid|malformed|revoked|expired)/i, [['grant/refresh-token-invalid', 0.95]]],
      [
        /code (?:doesn't exist or has expired|has expired|has already been used)/i,
        [['grant/code-invalid', 0.96]],
      ],
      [
        /Invalid client_id or client_secret/i,
        [
          ['client/wrong-secret', 0.6],
          ['client/unknown', 0.55],
        ],
      ],
    ],
  },
  {
    id: 'box',
    title: 'Box',
    aliases: ['box'],
    signs: [/api\.box\.com|account\.box\.com|authorized by the enterprise admin/],
    docs: 'https://developer.box.com/guides/api-calls/permissions-and-errors/common-errors/',
    rows: [
      [
        /not authorized by the enterprise admin|app is not authorized|unauthorized_client[^\n]{0,60}enterprise/i,
        [
          [
            'endpoint/consent-missing',
            0.92,
            'An administrator of the enterprise has not authorized this app yet (or not since its scopes changed).',
            'Box Admin Console > Integrations > Platform Apps Manager.',
          ],
          ['client/disabled', 0.3],
        ],
      ],
      [
        /Current date time MUST be before the expiration|exp claim|iat claim|not a valid JWT/i,
        [
          ['connection/clock-skew', 0.88],
          ['client/wrong-secret', 0.2],
        ],
      ],
      [
        /Please check the 'sub' claim|box_sub_type|enterprise|Cannot obtain (?:user )?token/i,
        [
          ['client/wrong-secret', 0.4],
          ['endpoint/consent-missing', 0.45],
          ['grant/not-allowed', 0.4],
        ],
        TOKEN,
      ],
      [
        /access_denied_insufficient_permissions|insufficient_permissions/i,
        [['endpoint/missing-permission', 0.9]],
      ],
      [/insufficient_scope/i, [['endpoint/missing-scope', 0.92]]],
      [/Refresh token has expired|refresh_token[^\n]{0,20}expired/i, [['grant/refresh-token-invalid', 0.96]]],
      [
        /Auth code doesn't exist or is invalid|The authorization code has expired/i,
        [['grant/code-invalid', 0.95]],
      ],
      [
        /The client credentials are invalid/i,
        [
          ['client/wrong-secret', 0.75],
          ['client/unknown', 0.5],
        ],
      ],
    ],
  },
  {
    id: 'notion',
    title: 'Notion',
    aliases: ['notion'],
    signs: [/api\.notion\.com|notionhq/],
    docs: 'https://developers.notion.com/reference/status-codes',
    rows: [
      [
        /object_not_found/i,
        [
          [
            'endpoint/missing-permission',
            0.93,
            'The page or database is not shared with the integration.',
            'Open the page, Connections, and add the integration.',
          ],
          ['endpoint/not-found', 0.3],
        ],
      ],
      [
        /restricted_resource/i,
        [['endpoint/missing-permission', 0.9, 'The integration lacks the capability.']],
      ],
      [
        /API token is invalid|\bunauthorized\b/i,
        [
          ['endpoint/token-malformed', 0.55],
          ['endpoint/token-wrong-environment', 0.35],
          ['endpoint/token-expired', 0.35],
        ],
        CALL,
      ],
      [/invalid_request_url/i, [['endpoint/not-found', 0.95]]],
      [/missing_version/i, [['endpoint/not-found', 0.4]]],
    ],
  },
  {
    id: 'fitbit',
    title: 'Fitbit',
    aliases: ['fitbit'],
    signs: [/api\.fitbit\.com|dev\.fitbit\.com/],
    docs: 'https://dev.fitbit.com/build/reference/web-api/troubleshooting-guide/error-messages/',
    rows: [
      [
        /Client secret invalid/i,
        [
          ['client/wrong-secret', 0.9],
          ['credential/needs-form-encoding', 0.2],
        ],
      ],
      [
        /Incorrect authorization method|Invalid authorization header|authorization header required/i,
        [
          [
            'client/auth-method-mismatch',
            0.85,
            'Fitbit reads id and secret in a Basic header at the token endpoint.',
          ],
          ['header/missing-scheme', 0.4],
          ['header/bad-base64', 0.35],
        ],
      ],
      [/expired_token|Access token expired/i, [['endpoint/token-expired', 0.97]]],
      [/Refresh token invalid/i, [['grant/refresh-token-invalid', 0.96]]],
      [/Authorization code (?:invalid|expired)/i, [['grant/code-invalid', 0.95]]],
      [
        /insufficient_scope|insufficient_permissions|not been granted permission/i,
        [
          ['endpoint/missing-scope', 0.88],
          ['endpoint/missing-permission', 0.4],
        ],
      ],
      [
        /Invalid client_id|invalid_client/i,
        [
          ['client/unknown', 0.55],
          ['client/wrong-secret', 0.5],
        ],
      ],
    ],
  },
  {
    id: 'meta',
    title: 'Meta (Facebook, Instagram, WhatsApp)',
    aliases: ['facebook', 'instagram', 'whatsapp', 'meta'],
    signs: [/graph\.(?:facebook|instagram)\.com|OAuthException|fbtrace_id/],
    tokenHosts: /^graph\.facebook\.com$/,
    docs: 'https://developers.facebook.com/docs/graph-api/guides/error-handling/',
    rows: [
      [
        /Error validating access token|session has expired|"?code"?: ?190\b|error_subcode"?: ?(?:463|467|460|458)/i,
        [
          ['endpoint/token-expired', 0.82],
          ['endpoint/token-malformed', 0.25],
        ],
      ],
      [
        /Malformed access token|Cannot parse access token|Invalid OAuth access token/i,
        [
          ['endpoint/token-malformed', 0.82],
          ['endpoint/token-expired', 0.3],
        ],
      ],
      [
        /Error validating client secret|Invalid Client (?:Secret|ID)/i,
        [
          ['client/wrong-secret', 0.8],
          ['client/unknown', 0.4],
        ],
      ],
      [
        /Invalid App ID/i,
        [
          ['client/unknown', 0.97],
          ['client/disabled', 0.2],
        ],
      ],
      [
        /Error validating application|Cannot get application info/i,
        [
          ['client/unknown', 0.8],
          ['client/disabled', 0.4],
        ],
      ],
      [
        /Error validating verification code|authorization code has (?:expired|been used)|verification code/i,
        [
          ['grant/code-invalid', 0.75],
          ['grant/redirect-uri-mismatch', 0.6],
        ],
      ],
      [/redirect_uri|URL Blocked|Can't Load URL/i, [['grant/redirect-uri-mismatch', 0.93]]],
      [
        /App Not Active|app is (?:not active|in development mode)|development mode|App not setup/i,
        [
          ['client/disabled', 0.75],
          ['endpoint/missing-permission', 0.3],
        ],
      ],
      [
        /"?code"?: ?(?:10|200|3|299)\b|requires? (?:the )?[\w_']* ?permission|does not have permission|Permissions error|missing permissions|Insufficient developer role|Application does not have permission/i,
        [
          ['endpoint/missing-permission', 0.78],
          ['endpoint/consent-missing', 0.4],
          ['endpoint/missing-scope', 0.45],
        ],
      ],
      [
        /Invalid Scopes|invalid scope/i,
        [
          ['scope/unknown', 0.75],
          ['scope/not-allowed', 0.6],
        ],
      ],
      [/"?code"?: ?(?:4|17|32|613)\b|request limit reached/i, [['endpoint/rate-limited', 0.93]]],
      [
        /user access token is required|must be called with (?:a |an )?(?:user|page|app)/i,
        [['endpoint/user-context', 0.85]],
      ],
      [
        /Unsupported (?:get|post) request|does not exist, cannot be loaded due to missing permissions/i,
        [
          ['endpoint/missing-permission', 0.55],
          ['endpoint/not-found', 0.53],
        ],
      ],
    ],
  },
  {
    id: 'ebay',
    title: 'eBay',
    aliases: ['ebay'],
    signs: [/api\.(?:sandbox\.)?ebay\.com/],
    tokenHosts: /^api\.(?:sandbox\.)?ebay\.com$/,
    docs: 'https://developer.ebay.com/api-docs/static/oauth-trouble.html',
    rows: [
      [
        /errorId"?: ?1100|Insufficient permissions to fulfill the request/i,
        [
          ['scope/not-requested', 0.62, 'The token was asked for without the scope of this call.'],
          ['endpoint/missing-scope', 0.6],
          ['endpoint/user-context', 0.45],
        ],
      ],
      [
        /errorId"?: ?1001|Invalid access token/i,
        [
          ['endpoint/token-expired', 0.5],
          ['endpoint/token-wrong-environment', 0.48],
          ['endpoint/token-malformed', 0.4],
        ],
      ],
      [/errorId"?: ?1002|Missing access token/i, [['endpoint/token-malformed', 0.85]]],
      [
        /invalid, unknown, malformed, or exceeds the scope granted to the client/i,
        [
          [
            'scope/not-allowed',
            0.66,
            'With client credentials eBay gives the public scope alone; the sell scopes want the authorization code grant.',
          ],
          ['scope/unknown', 0.45],
          ['scope/malformed', 0.4],
          ['grant/wrong-type-sent', 0.3],
        ],
      ],
      [
        /client authentication failed/i,
        [
          ['client/wrong-secret', 0.55],
          ['client/unknown', 0.45],
          ['request/wrong-region', 0.42],
          ['header/bad-base64', 0.35],
        ],
      ],
      [
        /provided authorization (?:refresh token|grant code) is invalid|was issued to another client/i,
        [
          ['grant/code-invalid', 0.55],
          ['grant/refresh-token-invalid', 0.54],
          ['request/wrong-region', 0.3],
        ],
      ],
    ],
  },
  {
    id: 'amazon',
    title: 'Login with Amazon, SP-API',
    aliases: ['amazon', 'sp-api', 'selling partner api', 'login with amazon', 'alexa'],
    signs: [/api\.amazon\.com|sellingpartnerapi|amazon\.com\/auth/],
    tokenHosts: /^api\.amazon\.(?:com|co\.uk|co\.jp)$/,
    docs: 'https://developer-docs.amazon.com/sp-api/docs/authorization-errors',
    rows: [
      [
        /Access to requested resource is denied|\bUnauthorized\b/i,
        [
          [
            'endpoint/missing-permission',
            0.6,
            'The role of this operation was not given to the application, or not when the seller authorized it.',
          ],
          ['endpoint/token-wrong-environment', 0.45],
          ['endpoint/token-expired', 0.35],
        ],
        CALL,
      ],
      [
        /The access token you provided has expired|revoked, malformed or invalid/i,
        [
          ['endpoint/token-expired', 0.7],
          ['endpoint/token-malformed', 0.4],
        ],
      ],
      [
        /Client authentication failed|invalid_client/i,
        [
          ['client/wrong-secret', 0.65],
          ['client/unknown', 0.5],
        ],
      ],
      [
        /The request has an invalid grant parameter|refresh_token|invalid_grant/i,
        [
          ['grant/refresh-token-invalid', 0.65],
          ['grant/code-invalid', 0.5],
        ],
      ],
      [
        /unauthorized_client|Not authorized for requested operation/i,
        [
          ['grant/not-allowed', 0.75],
          ['scope/not-allowed', 0.4],
        ],
      ],
      [
        /unknown scope was requested|invalid_scope/i,
        [
          ['scope/unknown', 0.7],
          ['scope/not-allowed', 0.55],
        ],
      ],
    ],
  },
  {
    id: 'docusign',
    title: 'DocuSign',
    aliases: ['docusign'],
    signs: [/account(?:-d)?\.docusign\.com|docusign\.net/],
    tokenHosts: /^account(?:-d)?\.docusign\.com$/,
    docs: 'https://developers.docusign.com/platform/auth/reference/error-codes/',
    rows: [
      [/consent_required/i, [['endpoint/consent-missing', 0.96]]],
      [
        /no_valid_keys_or_signatures/i,
        [
          [
            'client/wrong-secret',
            0.7,
            'The JWT was signed with a key that is not that of this integration key.',
          ],
          ['client/auth-method-mismatch', 0.4],
        ],
      ],
      [
        /issuer_not_found|invalid_client|client_not_found/i,
        [
          ['client/unknown', 0.6],
          [
            'request/wrong-region',
            0.58,
            'The demo (account-d) and the live account server know different keys.',
          ],
        ],
      ],
      [
        /Integrator key was not specified/i,
        [
          ['credential/missing', 0.66, 'The call names no integration key: it went out without the token.'],
          ['endpoint/token-malformed', 0.62],
          ['header/missing-scheme', 0.3],
        ],
      ],
      [
        /user_not_found|account_not_found|USER_DOES_NOT_BELONG_TO_SPECIFIED_ACCOUNT|PARTNER_AUTHENTICATION_FAILED/i,
        [
          ['request/wrong-region', 0.55],
          ['endpoint/token-wrong-environment', 0.55],
          ['endpoint/missing-permission', 0.3],
        ],
      ],
      [
        /USER_AUTHENTICATION_FAILED|AUTHORIZATION_INVALID_TOKEN/i,
        [
          ['endpoint/token-wrong-environment', 0.5],
          ['endpoint/token-expired', 0.5],
          ['endpoint/token-malformed', 0.35],
        ],
      ],
      [
        /USER_LACKS_PERMISSIONS|ACCOUNT_LACKS_PERMISSIONS/i,
        [
          ['endpoint/missing-permission', 0.82],
          ['endpoint/feature-missing', 0.4],
        ],
      ],
    ],
  },
  {
    id: 'gitlab',
    title: 'GitLab',
    aliases: ['gitlab'],
    signs: [/gitlab\.com\/(?:oauth|api)/],
    docs: 'https://docs.gitlab.com/api/rest/troubleshooting/',
    rows: [
      [
        /requested scope is invalid, unknown,? or malformed/i,
        [
          [
            'scope/not-allowed',
            0.78,
            'GitLab says so where the application was not given a scope that is asked for: each has to be ticked there.',
            'Open the application at GitLab and compare its ticked scopes with the scope parameter of the authorization URL.',
          ],
          ['scope/malformed', 0.42],
          ['scope/unknown', 0.3],
        ],
        { source: 'https://docs.gitlab.com/integration/oauth_provider/' },
      ],
      [/insufficient_scope/i, [['endpoint/missing-scope', 0.93]]],
      [
        /\b403 Forbidden\b|insufficient permissions/i,
        [
          ['endpoint/missing-permission', 0.75],
          ['endpoint/feature-missing', 0.3],
        ],
        CALL,
      ],
      [
        /404 (?:Project|Group|Not) ?(?:Found|Not Found)?/i,
        [
          ['endpoint/missing-permission', 0.55],
          ['endpoint/not-found', 0.55],
        ],
        CALL,
      ],
      [/Token was revoked|Token is expired/i, [['endpoint/token-expired', 0.93]]],
    ],
  },
  {
    id: 'reddit',
    title: 'Reddit',
    aliases: ['reddit', 'praw'],
    signs: [/(?:www|oauth|ssl)\.reddit\.com/],
    docs: 'https://github.com/reddit-archive/reddit/wiki/OAuth2',
    rows: [
      [
        /unsupported_grant_type/i,
        [
          ['request/json-body', 0.5],
          ['request/missing-grant-type', 0.45],
          ['request/wrong-content-type', 0.4],
          ['grant/not-allowed', 0.35],
        ],
      ],
      [
        /invalid_grant/i,
        [
          [
            'client/wrong-secret',
            0.5,
            'With the password grant this is the user’s name or password (or a second factor).',
          ],
          ['grant/code-invalid', 0.45],
          ['grant/refresh-token-invalid', 0.3],
        ],
      ],
      [
        /\b401\b|unauthorized/i,
        [
          ['client/wrong-secret', 0.55],
          ['client/auth-method-mismatch', 0.45],
          ['client/unknown', 0.4],
        ],
        TOKEN,
      ],
      [
        /blocked|whoa there|network policy|user-?agent/i,
        [
          ['endpoint/policy-denied', 0.7, 'Reddit turns away default user agents and some networks.'],
          ['endpoint/ip-blocked', 0.5],
        ],
      ],
    ],
  },
  {
    id: 'snowflake',
    title: 'Snowflake',
    aliases: ['snowflake'],
    signs: [/snowflakecomputing\.com|\b3903\d\d\b/],
    docs: 'https://docs.snowflake.com/en/user-guide/oauth-ext-troubleshooting',
    rows: [
      [
        /390303|Invalid OAuth access token/i,
        [
          ['scope/wrong-audience', 0.5],
          ['endpoint/token-wrong-environment', 0.48],
          ['endpoint/token-expired', 0.35],
        ],
      ],
      [/390318|OAuth access token expired/i, [['endpoint/token-expired', 0.96]]],
      [
        /390302|390186|role[^\n]{0,60}not (?:granted|listed)|roles? (?:requested|is not)/i,
        [
          ['endpoint/missing-permission', 0.75],
          ['scope/not-requested', 0.45],
        ],
      ],
      [
        /390304|username or password|Incorrect username/i,
        [
          ['endpoint/missing-permission', 0.5],
          ['client/unknown', 0.4],
        ],
      ],
      [/390422|IP[^\n]{0,60}not allowed|network policy/i, [['endpoint/ip-blocked', 0.95]]],
      [
        /390317|authorization code|390309|redirect/i,
        [
          ['grant/code-invalid', 0.6],
          ['grant/redirect-uri-mismatch', 0.45],
        ],
      ],
    ],
  },
  {
    id: 'databricks',
    title: 'Databricks',
    aliases: ['databricks'],
    signs: [/\.(?:cloud\.databricks\.com|azuredatabricks\.net|gcp\.databricks\.com)/],
    docs: 'https://docs.databricks.com/aws/en/dev-tools/auth/oauth-m2m',
    rows: [
      [
        /Client authentication failed|invalid_client/i,
        [
          ['client/wrong-secret', 0.6],
          ['client/unknown', 0.5],
          ['request/wrong-region', 0.35],
        ],
      ],
      [
        /Invalid access token|Invalid token|Credential was not sent or was of an unsupported type/i,
        [
          ['scope/wrong-audience', 0.5],
          ['endpoint/token-wrong-environment', 0.48],
          ['endpoint/token-malformed', 0.4],
        ],
        CALL,
      ],
      [
        /PERMISSION_DENIED|does not have[^\n]{0,40}permission|User does not have/i,
        [['endpoint/missing-permission', 0.92]],
      ],
      [/IP access list|Source IP address/i, [['endpoint/ip-blocked', 0.96]]],
      [
        /FEATURE_DISABLED|not enabled for (?:this )?(?:workspace|account)/i,
        [['endpoint/feature-missing', 0.95]],
      ],
    ],
  },
  {
    id: 'adobe',
    title: 'Adobe',
    aliases: ['adobe', 'adobe ims', 'adobe io'],
    signs: [/ims-na1\.adobelogin\.com|adobe\.io|error_code"?: ?"?4030\d\d/],
    tokenHosts: /adobelogin\.com$/,
    docs: 'https://developer.adobe.com/developer-console/docs/guides/authentication/ServerToServerAuthentication/implementation/',
    rows: [
      [
        /403003|Api Key is invalid/i,
        [
          [
            'endpoint/feature-missing',
            0.7,
            'The API is not among those of the project of this API key.',
            'Adobe Developer Console: add the API to the project.',
          ],
          ['endpoint/missing-permission', 0.5],
          ['client/unknown', 0.4],
        ],
      ],
      [/403000|Api Key is required/i, [['endpoint/token-malformed', 0.7]]],
      [/403010|Oauth token is missing/i, [['endpoint/token-malformed', 0.9]]],
      [
        /401013|Oauth token is not valid|Oauth token (?:has )?expired/i,
        [
          ['endpoint/token-expired', 0.75],
          ['endpoint/token-wrong-environment', 0.35],
        ],
      ],
      [
        /invalid_client/i,
        [
          ['client/wrong-secret', 0.6],
          ['client/unknown', 0.5],
        ],
      ],
      [
        /invalid_scope|Invalid metascope|invalid_metascope/i,
        [
          ['scope/not-allowed', 0.75],
          ['scope/unknown', 0.5],
        ],
      ],
      [
        /bad_request: The JWT token is (?:expired|incorrectly)|JWT/i,
        [
          ['connection/clock-skew', 0.6],
          ['client/wrong-secret', 0.4],
        ],
        TOKEN,
      ],
    ],
  },
  {
    id: 'sap',
    title: 'SAP (XSUAA, Cloud)',
    aliases: ['sap', 'sap btp', 'xsuaa', 'sap xsuaa', 'successfactors', 'sap commerce'],
    signs: [/authentication\.[\w-]+\.hana\.ondemand\.com/],
    docs: 'https://help.sap.com/docs/btp/sap-business-technology-platform/troubleshooting-xsuaa',
    rows: [
      [
        /Bad credentials|unauthorized/i,
        [
          ['client/wrong-secret', 0.6],
          [
            'credential/mangled',
            0.35,
            'Secrets of XSUAA hold $ and !, which a shell or a config file takes for something else.',
          ],
          ['client/unknown', 0.4],
          ['credential/needs-form-encoding', 0.3],
        ],
        TOKEN,
      ],
      [/Unauthorized grant type/i, [['grant/not-allowed', 0.95]]],
      [
        /is invalid\. This user is not allowed|not allowed any of the requested scopes/i,
        [['scope/not-allowed', 0.9]],
      ],
      [
        /Insufficient scope|insufficient_scope/i,
        [
          ['endpoint/missing-scope', 0.9],
          ['endpoint/missing-permission', 0.5],
        ],
      ],
    ],
  },
  {
    id: 'crowdstrike',
    title: 'CrowdStrike Falcon',
    aliases: ['crowdstrike', 'falcon', 'crowdstrike falcon'],
    signs: [/api\.(?:us-2\.|eu-1\.|laggar\.gcw\.)?crowdstrike\.com|crowdstrike-api-gateway/],
    docs: 'https://falconpy.io/Usage/Error-Handling.html',
    rows: [
      [
        /access denied, authorization failed|scope not permitted/i,
        [
          [
            'endpoint/missing-scope',
            0.8,
            'The API client has no scope for this collection (Support and resources > API clients and keys).',
          ],
          ['endpoint/missing-permission', 0.4],
        ],
        CALL,
      ],
      [/access denied, invalid bearer token/i, TOKEN_ENDED, CALL],
    ],
  },
  {
    id: 'infisical',
    title: 'Infisical',
    aliases: ['infisical'],
    signs: [/infisical\.com/],
    docs: 'https://infisical.com/docs/documentation/platform/identities/universal-auth',
    rows: [
      [
        /No identity with specified client ID/i,
        [
          [
            'request/wrong-region',
            0.6,
            'The EU cloud (eu.infisical.com) and the US cloud (app.infisical.com) have identities of their own.',
          ],
          ['client/unknown', 0.58],
        ],
      ],
      [/Access denied[^\n]{0,40}IP|not allowed[^\n]{0,20}IP/i, [['endpoint/ip-blocked', 0.95]]],
    ],
  },
  {
    id: 'datadog',
    title: 'Datadog',
    aliases: ['datadog'],
    signs: [/datadoghq\.(?:com|eu)/],
    docs: 'https://docs.datadoghq.com/getting_started/site/',
    rows: [
      [
        /Invalid authorization code or code verifier|invalid_grant/i,
        [
          ['grant/code-invalid', 0.5],
          [
            'request/wrong-region',
            0.5,
            'Each Datadog site (datadoghq.com, .eu, us3, us5) issues and redeems its own codes.',
          ],
          ['grant/pkce-mismatch', 0.45],
        ],
      ],
      [
        /Forbidden|Invalid API key|Unauthorized/i,
        [
          ['request/wrong-region', 0.5],
          ['endpoint/token-wrong-environment', 0.5],
          ['endpoint/missing-permission', 0.45],
          ['client/wrong-secret', 0.3],
        ],
      ],
    ],
  },
  {
    id: 'stripe',
    title: 'Stripe',
    aliases: ['stripe'],
    signs: [/api\.stripe\.com|connect\.stripe\.com/],
    docs: 'https://docs.stripe.com/connect/oauth-reference',
    rows: [
      [
        /No such[^\n]{0,80}(?:live|test) mode|exists in (?:live|test) mode|testmode|livemode/i,
        [['endpoint/token-wrong-environment', 0.94]],
      ],
      [
        /Invalid API Key provided|Expired API Key/i,
        [
          ['endpoint/token-malformed', 0.55],
          ['endpoint/token-wrong-environment', 0.45],
          ['endpoint/token-expired', 0.3],
        ],
      ],
      [
        /does not have (?:the required permissions|access to account)/i,
        [['endpoint/missing-permission', 0.85]],
      ],
      [
        /Authorization code (?:does not exist|provided does not belong|already used|expired)/i,
        [
          ['grant/code-invalid', 0.88],
          ['request/wrong-region', 0.3],
        ],
      ],
    ],
  },
  {
    id: 'airtable',
    title: 'Airtable',
    aliases: ['airtable'],
    docs: 'https://airtable.com/developers/web/api/errors',
    rows: [
      [
        /INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND/i,
        [
          [
            'endpoint/missing-permission',
            0.75,
            'The base is not among those that the token may see, or the scope is missing.',
          ],
          ['endpoint/not-found', 0.5],
          ['endpoint/missing-scope', 0.45],
        ],
      ],
      [
        /AUTHENTICATION_REQUIRED|Authentication required/i,
        [
          ['endpoint/token-malformed', 0.75],
          ['endpoint/token-expired', 0.4],
        ],
      ],
      [
        /invalid_grant/i,
        [
          ['grant/refresh-token-invalid', 0.6],
          ['grant/code-invalid', 0.55],
        ],
      ],
    ],
  },
  {
    id: 'zendesk',
    title: 'Zendesk',
    aliases: ['zendesk', 'freshdesk', 'freshworks', 'intercom'],
    signs: [/\.zendesk\.com/],
    docs: 'https://developer.zendesk.com/api-reference/introduction/security-and-auth/',
    rows: [
      [
        /Couldn't authenticate you/i,
        [
          ['endpoint/token-malformed', 0.55],
          ['client/wrong-secret', 0.45],
          ['header/wrong-scheme', 0.3],
        ],
      ],
      [
        /You do not have access to this page|missing the following scope|not permitted/i,
        [
          ['endpoint/missing-permission', 0.65],
          ['endpoint/missing-scope', 0.6],
        ],
      ],
      [
        /invalid_client|Client authentication failed due to/i,
        [
          ['client/unknown', 0.6],
          ['client/wrong-secret', 0.55],
        ],
      ],
    ],
  },
  {
    id: 'linear',
    title: 'Linear',
    aliases: ['linear'],
    signs: [/api\.linear\.app/],
    docs: 'https://linear.app/developers/oauth-2-0-authentication',
    rows: [
      [
        /authorization code is invalid|code (?:is )?invalid/i,
        [
          ['grant/code-invalid', 0.85],
          ['grant/redirect-uri-mismatch', 0.4],
        ],
      ],
      [
        /Authentication required|not authenticated/i,
        [
          ['endpoint/token-malformed', 0.6],
          ['endpoint/token-expired', 0.5],
        ],
        CALL,
      ],
      [/scope/i, [['endpoint/missing-scope', 0.75]], CALL],
    ],
  },
  {
    id: 'autodesk',
    title: 'Autodesk Platform Services',
    aliases: ['autodesk', 'forge', 'aps'],
    signs: [/developer\.api\.autodesk\.com|\bAUTH-0\d\d\b/],
    tokenHosts: /^developer\.api\.autodesk\.com$/,
    docs: 'https://aps.autodesk.com/en/docs/oauth/v2/reference/http/gettoken-POST/',
    rows: [
      [
        /AUTH-003|client_id specified does not have access to the api product/i,
        [
          ['client/wrong-secret', 0.4],
          ['endpoint/feature-missing', 0.5],
          ['client/unknown', 0.48],
        ],
      ],
      [
        /AUTH-001|does not have access to the api product/i,
        [
          ['endpoint/feature-missing', 0.7, 'The API is not switched on for this application.'],
          ['client/unknown', 0.5],
        ],
      ],
      [
        /AUTH-006|access token provided is invalid or has expired/i,
        [
          ['endpoint/token-expired', 0.7],
          ['endpoint/token-malformed', 0.4],
        ],
      ],
      [
        /AUTH-010|token does not have the privilege|\brequired privileges\b/i,
        [
          ['endpoint/missing-scope', 0.8],
          [
            'scope/not-requested',
            0.78,
            'A two-legged token has just the scopes that it was asked for with; without any it opens nothing.',
          ],
          ['endpoint/missing-permission', 0.5],
        ],
      ],
      [
        /AUTH-012|ACM check failed|user or calling service does not have access/i,
        [
          [
            'endpoint/missing-permission',
            0.8,
            'The app is not provisioned in the account (custom integration), or the user has no right there.',
          ],
          ['endpoint/feature-missing', 0.5],
        ],
      ],
      [
        /AUTH-008|grant_type|unsupported_grant_type/i,
        [
          ['request/missing-grant-type', 0.5],
          ['request/json-body', 0.45],
          ['grant/wrong-type-sent', 0.45],
        ],
      ],
    ],
  },
  {
    id: 'mastodon',
    title: 'Mastodon',
    aliases: ['mastodon', 'pleroma'],
    docs: 'https://docs.joinmastodon.org/api/oauth-scopes/',
    rows: [
      [
        /outside the authorized scopes/i,
        [
          [
            'scope/not-requested',
            0.72,
            'The scope must stand in the token request as well; without it the token gets read.',
          ],
          ['endpoint/missing-scope', 0.65],
          ['scope/granted-narrower', 0.4],
        ],
      ],
      [
        /The access token (?:is invalid|was revoked|expired)/i,
        [
          ['endpoint/token-expired', 0.6],
          ['endpoint/token-wrong-environment', 0.45],
        ],
      ],
      [/requires an authenticated user/i, [['endpoint/user-context', 0.9]]],
    ],
  },
  {
    id: 'netatmo',
    title: 'Netatmo, Withings and other homes',
    aliases: ['netatmo', 'withings', 'home connect', 'tado', 'ecobee', 'sonos', 'tesla', 'nest'],
    docs: 'https://dev.netatmo.com/apidocumentation/oauth',
    rows: [
      [
        /upstream internal error/i,
        [
          [
            'endpoint/user-context',
            0.62,
            'Tesla answers so where a partner token, which stands for no owner, is used for an owner’s vehicles.',
            'Take a third-party token (authorization code) of the owner.',
          ],
          ['connection/outage', 0.5],
        ],
        CALL,
      ],
      [
        /Client not found|invalid_client/i,
        [
          ['client/unknown', 0.65],
          ['client/wrong-secret', 0.45],
        ],
      ],
      [/Access token expired|expired_token/i, [['endpoint/token-expired', 0.95]]],
      [
        /Invalid access token/i,
        [
          ['endpoint/token-expired', 0.6],
          ['endpoint/token-malformed', 0.45],
        ],
      ],
      [
        /invalid_grant/i,
        [
          ['grant/refresh-token-invalid', 0.65],
          ['grant/code-invalid', 0.5],
        ],
      ],
    ],
  },
  {
    id: 'shipping',
    title: 'UPS, FedEx, DHL, USPS',
    aliases: ['ups', 'fedex', 'dhl', 'usps'],
    signs: [/onlinetools\.ups\.com|apis\.fedex\.com|apis\.usps\.com/],
    docs: 'https://developer.ups.com/api/reference/oauth/client-credentials',
    rows: [
      [
        /\b250002\b|Invalid Authentication Information/i,
        [
          ['endpoint/feature-missing', 0.55, 'The API product was not added to the application.'],
          ['endpoint/token-expired', 0.45],
          ['client/wrong-secret', 0.45],
          ['endpoint/token-wrong-environment', 0.4],
        ],
      ],
      [
        /\b250003\b|Invalid Access License/i,
        [
          ['endpoint/missing-permission', 0.6],
          ['client/disabled', 0.4],
        ],
      ],
      [
        /ClientId is Invalid|NOT\.AUTHORIZED\.ERROR|The given client credentials were not valid/i,
        [
          ['client/wrong-secret', 0.55],
          ['client/unknown', 0.52],
          ['request/wrong-region', 0.5],
        ],
      ],
      [
        /FORBIDDEN\.ERROR|We could not authorize your credentials/i,
        [
          ['endpoint/feature-missing', 0.6],
          ['endpoint/missing-permission', 0.55],
          ['endpoint/token-wrong-environment', 0.4],
        ],
      ],
    ],
  },
  {
    id: 'fatsecret',
    title: 'FatSecret',
    aliases: ['fatsecret'],
    signs: [/fatsecret\.com/],
    docs: 'https://platform.fatsecret.com/docs/guides/error-codes',
    rows: [
      [
        /Invalid IP address/i,
        [
          [
            'endpoint/ip-blocked',
            0.97,
            'The address of the caller is not on the list of this application; a change takes up to a day.',
          ],
        ],
      ],
      [
        /Missing scope/i,
        [
          ['endpoint/missing-scope', 0.85],
          ['scope/not-requested', 0.6],
        ],
      ],
    ],
  },
  {
    id: 'jobber',
    title: 'Jobber',
    aliases: ['jobber', 'jobber api'],
    tokenHosts: /^api\.getjobber\.com$/,
    docs: 'https://developer.getjobber.com/docs/building_your_app/app_authorization/',
    rows: [
      [/Access token expired/i, because(TOKEN_ENDED, 'Jobber ends an access token after 60 minutes.'), CALL],
    ],
  },
  {
    id: 'cloudflare',
    title: 'Cloudflare API',
    aliases: ['cloudflare', 'cloudflare api'],
    signs: [/api\.cloudflare\.com/],
    apiHosts: /^api\.cloudflare\.com$/,
    docs: 'https://developers.cloudflare.com/fundamentals/api/troubleshooting/',
    rows: [
      [
        /Cannot use the access token from (?:this )?location/i,
        because(ADDRESS, 'The token is limited to certain addresses, and this machine has another.'),
      ],
      [
        /Invalid (?:API Token|request headers)|Invalid format for (?:X-Auth|Authorization)|Missing X-Auth|\b(?:6003|6103|6111|9106)\b/i,
        TOKEN_SPOILT,
        CALL,
      ],
      [
        /Authentication error|Unauthorized to access requested resource|\b9109\b/i,
        because(
          [
            ['endpoint/missing-permission', 0.78],
            ['endpoint/missing-scope', 0.2],
            ['endpoint/token-malformed', 0.35],
            ['scope/granted-narrower', 0.25],
          ],
          'Cloudflare answers so to a good token that lacks the permission of this resource, or is not for this account or zone.',
          'GET /client/v4/user/tokens/verify tells whether the token itself is good; then compare its permissions with those that the call names.',
        ),
        CALL,
      ],
    ],
  },
];

export const services: readonly Vendor[] = SERVICES.map(vendorOf);
