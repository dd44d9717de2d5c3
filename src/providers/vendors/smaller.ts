/** Vendors of whom a few wordings of their own are worth knowing. This table is long. */
import { contextOf, says } from './phrase.ts';
import type { Vendor } from './vendor.ts';

const DOT = 'https://django-oauth-toolkit.readthedocs.io/en/latest/getting_started.html';
const DOORKEEPER = 'https://github.com/doorkeeper-gem/doorkeeper/blob/main/config/locales/en.yml';
const SERVICENOW =
  'https://www.servicenow.com/docs/bundle/zurich-platform-security/page/administer/security/concept/c_OAuthApplications.html';
const ZOHO = 'https://www.zoho.com/accounts/protocol/oauth/web-apps/access-token.html';
const XERO = 'https://developer.xero.com/documentation/guides/oauth2/troubleshooting/';
const INTUIT = 'https://developer.intuit.com/app/developer/qbo/docs/develop/troubleshooting/oauth-faqs';
const PAYPAL = 'https://developer.paypal.com/api/rest/responses/';
const SHOPIFY = 'https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens';
const STRAVA = 'https://developers.strava.com/docs/authentication/';
const LINKEDIN = 'https://learn.microsoft.com/linkedin/shared/authentication/authorization-code-flow';
const ATLASSIAN = 'https://developer.atlassian.com/cloud/oauth/getting-started/';
const HUBSPOT = 'https://developers.hubspot.com/docs/api/error-handling';
const PING =
  'https://docs.pingidentity.com/pingfederate/latest/developers_reference_guide/pf_oauth_2_0_endpoints.html';
const SSO_OIDC = 'https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html';

export const smaller: readonly Vendor[] = [
  {
    id: 'django-oauth-toolkit',
    title: 'Django OAuth Toolkit',
    aliases: ['django oauth toolkit', 'django', 'drf', 'django rest framework'],
    signs: [/oauth2_provider/],
    docs: { title: 'Django OAuth Toolkit', url: DOT },
    phrases: [
      says(
        /unsupported_grant_type/i,
        [
          ['request/json-body', 0.6, 'The toolkit reads grant_type from a form body only.'],
          ['request/wrong-content-type', 0.5],
          ['request/missing-grant-type', 0.45],
          ['grant/wrong-type-sent', 0.4],
        ],
        DOT,
        { when: (x) => x.request.bodyForm !== 'form' },
      ),
      says(
        /unauthorized_client/i,
        [
          ['grant/not-allowed', 0.85],
          ['client/public', 0.3],
        ],
        DOT,
      ),
      says(
        /invalid_client/i,
        [
          [
            'client/wrong-secret',
            0.6,
            'Since version 2 the toolkit stores secrets hashed: a secret that is read from the database is not the secret.',
          ],
          ['client/unknown', 0.45],
          ['client/auth-method-mismatch', 0.35],
          ['credential/already-encoded', 0.3],
        ],
        DOT,
      ),
    ],
  },
  {
    id: 'doorkeeper',
    title: 'Doorkeeper',
    aliases: ['doorkeeper', 'rails'],
    signs: [
      /provided authorization grant is invalid, expired, revoked, does not match the redirection URI/i,
      /Client authentication failed due to unknown client/,
    ],
    docs: { title: 'Doorkeeper: its messages', url: DOORKEEPER },
    phrases: [
      says(
        /Client authentication failed due to unknown client/i,
        [
          ['client/wrong-secret', 0.5],
          ['client/unknown', 0.48],
          ['client/auth-method-mismatch', 0.4],
          ['request/wrong-region', 0.25],
        ],
        DOORKEEPER,
      ),
      says(
        /grant is invalid, expired, revoked, does not match the redirection URI/i,
        [
          ['grant/code-invalid', 0.6],
          ['grant/redirect-uri-mismatch', 0.5],
          ['grant/refresh-token-invalid', 0.45],
        ],
        DOORKEEPER,
      ),
      says(
        /The requested scope is invalid, unknown, or malformed/i,
        [
          ['scope/not-allowed', 0.6],
          ['scope/unknown', 0.58],
        ],
        DOORKEEPER,
      ),
      says(
        /The client is not authorized to perform this request/i,
        [['grant/not-allowed', 0.85]],
        DOORKEEPER,
      ),
      says(
        /Missing required parameter: grant_type/i,
        [
          ['request/missing-grant-type', 0.8],
          ['request/json-body', 0.5],
        ],
        DOORKEEPER,
      ),
      says(/The access token (?:expired|was revoked)/i, [['endpoint/token-expired', 0.95]], DOORKEEPER),
    ],
  },
  {
    id: 'servicenow',
    title: 'ServiceNow',
    aliases: ['servicenow', 'service now'],
    signs: [/\.service-now\.com/],
    tokenHosts: /\.service-now\.com$/,
    docs: { title: 'ServiceNow: OAuth', url: SERVICENOW },
    phrases: [
      says(
        /access[_ ]denied|server_error/i,
        [
          [
            'grant/not-allowed',
            0.66,
            'Inbound client credentials are off until the property glide.oauth.inbound.client.credential.grant_type.enabled is true (in the global scope) and the client has an OAuth Application User.',
          ],
          ['client/wrong-secret', 0.5],
          ['client/unknown', 0.4],
        ],
        'https://www.servicenow.com/docs/r/platform-security/authentication/client-credentials.html',
        {
          on: 'token',
          when: (x, scene) =>
            /client_credentials|client credentials/i.test(`${JSON.stringify(x.request)} ${contextOf(scene)}`),
        },
      ),
      says(
        /access_denied|server_error/i,
        [
          ['client/wrong-secret', 0.5],
          ['grant/not-allowed', 0.45],
          ['client/unknown', 0.4],
          ['client/disabled', 0.3],
        ],
        SERVICENOW,
        { on: 'token' },
      ),
      says(
        /API access scope|unscoped api/i,
        [
          [
            'endpoint/missing-scope',
            0.9,
            'The client is restricted to scopes, and the API is bound to one that the token does not carry (or to none).',
          ],
          ['scope/not-requested', 0.5],
          ['endpoint/policy-denied', 0.3],
        ],
        SERVICENOW,
        { on: 'endpoint' },
      ),
      says(
        /User Not Authenticated|Required to provide Auth information|credentials (?:are|provided are) invalid or expired/i,
        [
          ['endpoint/token-expired', 0.65],
          ['endpoint/token-malformed', 0.5],
        ],
        SERVICENOW,
        { on: 'endpoint' },
      ),
      says(
        /\b403\b|Forbidden|^$/i,
        [
          ['endpoint/missing-permission', 0.5],
          [
            'endpoint/user-context',
            0.48,
            'A client-credentials token acts for the OAuth Application User of its client; without one it has no roles.',
          ],
          ['endpoint/policy-denied', 0.3],
        ],
        SERVICENOW,
        {
          on: 'endpoint',
          status: [0, 403],
          when: (_, scene) => /client[ _]credentials/i.test(contextOf(scene)),
        },
      ),
      says(
        /Operation Failed|ACL|Failed API level ACL|Insufficient rights|User Not Authorized|unauthorized to access/i,
        [['endpoint/missing-permission', 0.85]],
        SERVICENOW,
        { on: 'endpoint' },
      ),
    ],
  },
  {
    id: 'zoho',
    title: 'Zoho',
    aliases: ['zoho', 'zoho crm', 'zoho books'],
    signs: [/accounts\.zoho\.|zohoapis\./],
    tokenHosts: /^accounts\.zoho(?:cloud)?\.\w+/,
    docs: { title: 'Zoho: access token', url: ZOHO },
    phrases: [
      says(/invalid_client_secret/i, [['client/wrong-secret', 0.85]], ZOHO),
      says(
        /invalid_client/i,
        [
          [
            'request/wrong-region',
            0.6,
            'Zoho’s data centres have clients of their own: accounts.zoho.com, .eu, .in, .com.au, .jp.',
          ],
          ['client/unknown', 0.55],
          ['client/wrong-secret', 0.4],
        ],
        ZOHO,
      ),
      says(
        /invalid_code/i,
        [
          ['grant/code-invalid', 0.8, 'The grant token lives for a few minutes and is used once.'],
          ['grant/refresh-token-invalid', 0.4],
          ['request/wrong-region', 0.35],
        ],
        ZOHO,
      ),
      says(/invalid_redirect_uri/i, [['grant/redirect-uri-mismatch', 0.97]], ZOHO, { forced: true }),
      says(
        /INVALID_OAUTHSCOPE/i,
        [
          ['endpoint/missing-scope', 0.95],
          ['scope/not-requested', 0.4],
        ],
        ZOHO,
        { on: 'endpoint' },
      ),
      says(
        /OAUTH_SCOPE_MISMATCH|invalid oauth scope/i,
        [
          ['endpoint/missing-scope', 0.9],
          ['scope/not-requested', 0.7],
        ],
        ZOHO,
      ),
      says(
        /INVALID_TOKEN|invalid oauth token/i,
        [
          [
            'endpoint/token-wrong-environment',
            0.6,
            'A token of Zoho is good in its own data centre only: call the api_domain that the token answer names.',
          ],
          ['endpoint/token-expired', 0.56],
          ['endpoint/token-malformed', 0.4],
        ],
        ZOHO,
      ),
    ],
  },
  {
    id: 'xero',
    title: 'Xero',
    aliases: ['xero'],
    signs: [/identity\.xero\.com|api\.xero\.com/],
    tokenHosts: /^identity\.xero\.com$/,
    docs: { title: 'Xero: OAuth troubleshooting', url: XERO },
    phrases: [
      says(
        /invalid_grant/i,
        [
          [
            'grant/refresh-token-invalid',
            0.65,
            'A refresh token is replaced by each use and ends after 60 days.',
          ],
          ['grant/code-invalid', 0.55],
        ],
        XERO,
      ),
      says(
        /unauthorized_client/i,
        [
          ['grant/not-allowed', 0.7, 'Client credentials are for custom connections only.'],
          ['client/unknown', 0.4],
        ],
        XERO,
      ),
      says(
        /AuthenticationUnsuccessful/i,
        [
          [
            'endpoint/token-wrong-environment',
            0.56,
            'The header Xero-Tenant-Id is missing, or names an organisation that this token is not connected to (its tenantId, not the id of the connection).',
            'GET https://api.xero.com/connections with the same token lists the tenantIds that it may name.',
          ],
          ['endpoint/missing-scope', 0.5],
          ['endpoint/consent-missing', 0.45],
        ],
        XERO,
        { on: 'endpoint', status: [0, 403] },
      ),
      says(
        /AuthenticationUnsuccessful|AuthorizationUnsuccessful/i,
        [
          ['endpoint/missing-scope', 0.5],
          [
            'endpoint/consent-missing',
            0.48,
            'No tenant is connected for this token, or another tenant id was sent.',
          ],
          ['endpoint/token-expired', 0.4],
        ],
        XERO,
        { on: 'endpoint' },
      ),
      says(/TokenExpired/i, [['endpoint/token-expired', 0.97]], XERO, { forced: true }),
      says(
        /\b40[13]\b|Unauthori[sz]ed|Forbidden/i,
        [
          ['endpoint/token-expired', 0.42],
          [
            'endpoint/missing-scope',
            0.4,
            'Each resource has a scope of its own; Xero answers 401 where it is missing.',
          ],
          ['endpoint/consent-missing', 0.3],
        ],
        XERO,
        { on: 'endpoint' },
      ),
    ],
  },
  {
    id: 'intuit',
    title: 'QuickBooks',
    aliases: ['quickbooks', 'intuit', 'qbo', 'quickbooks online'],
    signs: [/oauth\.platform\.intuit\.com|quickbooks\.api\.intuit\.com/],
    docs: { title: 'Intuit: OAuth questions', url: INTUIT },
    phrases: [
      says(
        /Incorrect Token type or clientID|invalid_grant/i,
        [
          ['grant/refresh-token-invalid', 0.65],
          ['request/wrong-region', 0.4, 'Development and production keys are different ones.'],
          ['grant/code-invalid', 0.4],
        ],
        INTUIT,
        { on: 'token' },
      ),
      says(
        /Sandbox company works with Sandbox URL|007001|Invalid destination URL/i,
        [
          ['endpoint/token-wrong-environment', 0.9, 'A sandbox company answers at the sandbox host only.'],
          ['request/wrong-region', 0.5],
          ['endpoint/feature-missing', 0.3],
        ],
        INTUIT,
      ),
      says(
        /ApplicationAuthorizationFailed|errorCode=003100|3100/i,
        [
          [
            'endpoint/token-wrong-environment',
            0.65,
            'A sandbox company was asked on the production host, or the other way round.',
          ],
          ['endpoint/consent-missing', 0.5],
        ],
        INTUIT,
      ),
      says(
        /ApplicationAuthenticationFailed|003200|3200|Token expired/i,
        [
          ['endpoint/token-expired', 0.75],
          ['endpoint/token-malformed', 0.4],
        ],
        INTUIT,
      ),
    ],
  },
  {
    id: 'paypal',
    title: 'PayPal',
    aliases: ['paypal', 'braintree'],
    signs: [/api-m?\.(?:sandbox\.)?paypal\.com/],
    docs: { title: 'PayPal: API responses', url: PAYPAL },
    phrases: [
      says(
        /Client Authentication failed|invalid_client/i,
        [
          [
            'request/wrong-region',
            0.55,
            'Sandbox credentials were sent to the live host, or live ones to the sandbox: each knows only its own.',
          ],
          ['client/wrong-secret', 0.53],
          ['client/unknown', 0.45],
        ],
        PAYPAL,
      ),
      says(
        /NOT_AUTHORIZED|PERMISSION_DENIED|insufficient permissions/i,
        [
          ['endpoint/missing-permission', 0.7],
          ['endpoint/feature-missing', 0.55],
        ],
        PAYPAL,
      ),
    ],
  },
  {
    id: 'shopify',
    title: 'Shopify',
    aliases: ['shopify'],
    signs: [/\.myshopify\.com/],
    docs: { title: 'Shopify: access tokens', url: SHOPIFY },
    phrases: [
      says(
        /\/admin\/oauth\/access_token/i,
        [
          [
            'grant/code-invalid',
            0.55,
            'Shopify answers 400 to a code that was exchanged before; a reload of the page sends it again.',
          ],
          ['client/wrong-secret', 0.4],
          ['request/json-body', 0.3],
        ],
        SHOPIFY,
        { on: 'token', status: [400] },
      ),
      says(
        /application_cannot_be_found|Could not find Shopify API application/i,
        [['client/unknown', 0.85]],
        SHOPIFY,
      ),
      says(
        /requires? merchant approval for [\w_]+ scope/i,
        [
          ['endpoint/consent-missing', 0.7],
          ['endpoint/missing-scope', 0.68],
        ],
        SHOPIFY,
      ),
      says(
        /Invalid API key or access token/i,
        [
          ['endpoint/token-malformed', 0.6],
          ['endpoint/token-wrong-environment', 0.5],
          ['endpoint/token-expired', 0.4],
        ],
        SHOPIFY,
      ),
      says(/authorization code was not found or was already used/i, [['grant/code-invalid', 0.97]], SHOPIFY, {
        forced: true,
      }),
      says(
        /\b403\b|Forbidden/i,
        [
          [
            'endpoint/missing-scope',
            0.66,
            'What an app may read is decided by its scopes; orders and customers have their own.',
          ],
          ['endpoint/missing-permission', 0.45],
        ],
        SHOPIFY,
        { on: 'endpoint' },
      ),
    ],
  },
  {
    id: 'strava',
    title: 'Strava',
    aliases: ['strava'],
    signs: [/www\.strava\.com\/(?:oauth|api)/],
    docs: { title: 'Strava: authentication', url: STRAVA },
    phrases: [
      says(
        /(?:activity|profile)[:\w]*_?permission/i,
        [
          [
            'endpoint/missing-scope',
            0.85,
            'The token lacks the scope that the answer names in its field (activity:read_all and the like).',
          ],
          ['scope/not-requested', 0.75],
          ['scope/granted-narrower', 0.4],
        ],
        STRAVA,
        { on: 'endpoint' },
      ),
      says(
        /access_token|activity:read_permission|"?resource"?: AccessToken/i,
        [
          [
            'scope/not-requested',
            0.6,
            'The token was asked for without the scope (activity:read_all and the like).',
          ],
          ['endpoint/token-expired', 0.55],
          ['endpoint/missing-scope', 0.5],
        ],
        STRAVA,
        { on: 'endpoint' },
      ),
      says(
        /resource["']?: ["']?Application[^]{0,60}field["']?: ["']?redirect_uri/i,
        [['grant/redirect-uri-mismatch', 0.96]],
        STRAVA,
      ),
      says(
        /resource["']?: ["']?Application[^]{0,60}field["']?: ["']?client_id/i,
        [
          [
            'client/unknown',
            0.88,
            'Strava names the field: the id is not that of an application of its own.',
          ],
          ['credential/missing', 0.5],
          ['client/wrong-secret', 0.1],
        ],
        STRAVA,
      ),
      says(
        /resource: Application[^]*(?:client_id|client_secret|invalid)/i,
        [
          ['client/wrong-secret', 0.6],
          ['client/unknown', 0.55],
        ],
        STRAVA,
      ),
      says(
        /resource["']?: ["']?AuthorizationCode|RequestToken["'][^\n]{0,20}field["']: ["']code/i,
        [['grant/code-invalid', 0.95]],
        STRAVA,
      ),
      says(
        /limit of connected athletes/i,
        [
          [
            'endpoint/policy-denied',
            0.62,
            'The app has as many athletes connected as Strava allows it; more must be asked for.',
          ],
          ['endpoint/rate-limited', 0.5],
          ['endpoint/feature-missing', 0.3],
        ],
        STRAVA,
      ),
      says(/resource["']?: ["']?RefreshToken/i, [['grant/refresh-token-invalid', 0.95]], STRAVA),
      says(
        /field["']?: ["']?scope[^]{0,20}code["']?: ["']?invalid/i,
        [
          ['scope/unknown', 0.82, 'Strava has no scope of this name (any more).'],
          ['scope/malformed', 0.4],
        ],
        STRAVA,
      ),
      says(
        /AuthorizationCode|RefreshToken/i,
        [
          ['grant/code-invalid', 0.6],
          ['grant/refresh-token-invalid', 0.55],
        ],
        STRAVA,
      ),
    ],
  },
  {
    id: 'linkedin',
    title: 'LinkedIn',
    aliases: ['linkedin'],
    signs: [/www\.linkedin\.com\/oauth|api\.linkedin\.com/],
    docs: { title: 'LinkedIn: authorization', url: LINKEDIN },
    phrases: [
      says(
        /required parameter \W{0,2}client_(?:id|secret)\W{0,2} is missing/i,
        [
          [
            'client/auth-method-mismatch',
            0.62,
            'LinkedIn reads id and secret in the body only, not in a Basic header.',
            'Have the library send both as parameters (client_secret_post).',
          ],
          ['credential/missing', 0.58],
        ],
        LINKEDIN,
        { on: 'token' },
      ),
      says(
        /unauthorized_scope_error/i,
        [['scope/not-allowed', 0.9, 'The app has not got the product to which this scope belongs.']],
        LINKEDIN,
      ),
      says(
        /Unable to retrieve access token|appid\/redirect uri\/code verifier does not match|authorization code (?:not found|expired)/i,
        [
          ['grant/code-invalid', 0.6],
          ['grant/redirect-uri-mismatch', 0.55],
          ['grant/pkce-mismatch', 0.3],
        ],
        LINKEDIN,
      ),
      says(
        /Not enough permissions to access|ACCESS_DENIED/i,
        [
          ['endpoint/missing-scope', 0.65],
          ['scope/not-requested', 0.6],
          ['endpoint/missing-permission', 0.55],
          ['endpoint/feature-missing', 0.4],
        ],
        LINKEDIN,
      ),
    ],
  },
  {
    id: 'atlassian',
    title: 'Atlassian',
    aliases: ['atlassian', 'jira', 'confluence', 'bitbucket'],
    signs: [/auth\.atlassian\.com|api\.atlassian\.com/],
    docs: { title: 'Atlassian: OAuth', url: ATLASSIAN },
    phrases: [
      says(
        /Failed to parse Connect Session Auth Token/i,
        [
          [
            'header/wrong-scheme',
            0.85,
            'An API token of Atlassian Cloud is the password of a Basic header, together with the e-mail address; behind Bearer the site reads something else.',
            'Send Basic and base64 of email:token, or use the gateway of api.atlassian.com with a token of OAuth.',
          ],
          ['endpoint/token-malformed', 0.5],
        ],
        'https://developer.atlassian.com/cloud/confluence/basic-auth-for-rest-apis/',
        { on: 'endpoint' },
      ),
      says(
        /scope does not match/i,
        [
          ['endpoint/missing-scope', 0.85],
          ['scope/not-requested', 0.7],
        ],
        ATLASSIAN,
      ),
      says(/refresh_token is invalid/i, [['grant/refresh-token-invalid', 0.97]], ATLASSIAN),
      says(
        /Unauthorized; scope/i,
        [
          ['grant/refresh-token-invalid', 0.7],
          ['endpoint/missing-scope', 0.6],
        ],
        ATLASSIAN,
      ),
    ],
  },
  {
    id: 'hubspot',
    title: 'HubSpot',
    aliases: ['hubspot'],
    signs: [/api\.hubapi\.com/],
    docs: { title: 'HubSpot: errors', url: HUBSPOT },
    phrases: [
      says(
        /MISSING_SCOPES|hasn't been granted all required scopes|requires all of/i,
        [
          ['endpoint/missing-scope', 0.9],
          ['scope/not-requested', 0.6],
        ],
        HUBSPOT,
      ),
      says(/BAD_AUTH_CODE/i, [['grant/code-invalid', 0.9]], HUBSPOT),
      says(/BAD_REFRESH_TOKEN/i, [['grant/refresh-token-invalid', 0.95]], HUBSPOT, { forced: true }),
      says(/BAD_CLIENT_ID/i, [['client/unknown', 0.9]], HUBSPOT),
      says(/BAD_CLIENT_SECRET/i, [['client/wrong-secret', 0.93]], HUBSPOT),
      says(/BAD_REDIRECT_URI/i, [['grant/redirect-uri-mismatch', 0.97]], HUBSPOT, { forced: true }),
      says(/EXPIRED_AUTHENTICATION/i, [['endpoint/token-expired', 0.97]], HUBSPOT, { forced: true }),
    ],
  },
  {
    id: 'ping',
    title: 'PingFederate',
    aliases: ['ping', 'pingfederate', 'pingone', 'ping identity', 'forgerock', 'openam'],
    signs: [/\/as\/token\.oauth2/],
    docs: { title: 'PingFederate: OAuth endpoints', url: PING },
    phrases: [
      says(
        /Invalid client or client credentials/i,
        [
          ['client/wrong-secret', 0.6],
          ['client/unknown', 0.55],
          ['client/auth-method-mismatch', 0.35],
        ],
        PING,
      ),
      says(
        /The grant type is not allowed for this client|unauthorized_client/i,
        [['grant/not-allowed', 0.92]],
        PING,
      ),
      says(
        /Unknown\/invalid scope/i,
        [
          ['scope/unknown', 0.65],
          ['scope/not-allowed', 0.6],
        ],
        PING,
      ),
      says(
        /unable to resolve the access token|grant not found/i,
        [
          ['grant/refresh-token-invalid', 0.7],
          ['grant/code-invalid', 0.5],
        ],
        PING,
      ),
    ],
  },
  {
    id: 'aws-sso',
    title: 'AWS IAM Identity Center',
    aliases: ['aws iam identity center', 'aws sso', 'iam identity center', 'sso oidc'],
    signs: [/awsapps\.com\/start|(?:device|oidc)\.sso\.[\w-]+\.amazonaws\.com/],
    docs: { title: 'IAM Identity Center OIDC: CreateToken', url: SSO_OIDC },
    phrases: [
      says(
        /invalid_grant|InvalidGrantException|Invalid grant provided/i,
        [
          ['grant/code-invalid', 0.5],
          [
            'request/wrong-region',
            0.45,
            'The directory lives in one region; the sign-in must go to that one.',
          ],
          ['grant/refresh-token-invalid', 0.4],
        ],
        SSO_OIDC,
      ),
      says(
        /InvalidRequestException|invalid_request/i,
        [
          ['request/wrong-region', 0.6],
          ['grant/code-invalid', 0.3],
        ],
        SSO_OIDC,
      ),
      says(
        /UnauthorizedException|Session token not found or invalid/i,
        [
          ['endpoint/token-expired', 0.8],
          ['request/wrong-region', 0.4],
        ],
        SSO_OIDC,
      ),
    ],
  },
];
