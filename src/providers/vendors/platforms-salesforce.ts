/** Salesforce: its token endpoint, its SOAP login, its REST API, and Marketing Cloud. This table is long. */
import { CONSENT, DISABLED, FEATURE, NO_TOKEN, OTHER_PLACE, OUTAGE, PERMISSION, POLICY } from './rankings.ts';
import { because, CALL, TOKEN, vendorOf, type Row } from './table.ts';
import type { Vendor } from './vendor.ts';

const SF = 'https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flow_errors.htm&type=5';
const SF_CLIENT =
  'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm&type=5';
const SF_JWT = 'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_jwt_flow.htm&type=5';
const SF_REST = 'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm';
const SF_SOAP =
  'https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm';
const MC = 'https://developer.salesforce.com/docs/marketing/marketing-cloud/guide/access-token-s2s.html';

const tokens: readonly Row[] = [
  [
    /user hasn.t approved this consumer/i,
    because(
      [
        ['endpoint/consent-missing', 0.88],
        ['endpoint/policy-denied', 0.4],
      ],
      'Nobody has approved the app for this user: pre-authorize it (Admin approved users) by profile or permission set.',
      'Setup > Connected Apps > the app > Manage: permitted users, profiles, permission sets.',
    ),
  ],
  [
    /request not supported on this domain/i,
    because(
      [
        ['request/wrong-endpoint', 0.8],
        ['request/wrong-region', 0.65],
      ],
      'Client credentials are served on the org’s own My Domain, not on login or test.salesforce.com.',
      'Setup > My Domain shows the host: https://….my.salesforce.com/services/oauth2/token.',
    ),
    { source: SF_CLIENT },
  ],
  [
    /ip restricted|LOGIN_MUST_USE_SECURITY_TOKEN|IP address is not allowed|LOGIN_DURING_RESTRICTED_DOMAIN/i,
    because(
      [['endpoint/ip-blocked', 0.95]],
      'The address of the caller lies outside the login IP ranges of the user’s profile or of the app.',
      'Login History of the user shows "Restricted IP".',
    ),
  ],
  [
    /LOGIN_DURING_RESTRICTED_TIME/i,
    because(POLICY, 'The profile of the user allows logins at other hours only.'),
    { source: SF_SOAP },
  ],
  [
    /Client ID in Marketing Cloud Installed Packages|Invalid client ID\. Use the client ID/i,
    because(
      [
        ['client/unknown', 0.85],
        ['request/wrong-endpoint', 0.4],
        ['request/wrong-region', 0.35],
      ],
      'Marketing Cloud does not know this client id at this host: the id is that of an installed package, the host its own auth subdomain.',
      'Setup > Installed Packages > the component: client id and authentication base URI.',
    ),
    { source: MC },
  ],
  [
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
  ],
  [
    /app_not_found|app must be installed|not installed in (?:this|the) org|OAUTH_EC_APP_NOT_FOUND/i,
    [
      ['client/unknown', 0.62, 'The app is not installed in the org that was asked.'],
      ['request/wrong-region', 0.55, 'It may be installed in another org: a sandbox and production differ.'],
      ['endpoint/consent-missing', 0.5],
    ],
  ],
  [
    /invalid client credentials|invalid_client_secret|consumer secret/i,
    [
      ['client/wrong-secret', 0.85],
      ['request/wrong-region', 0.3],
    ],
  ],
  [
    /no client credentials user enabled|client credentials flow is not enabled|client_credentials[^\n]{0,60}not (?:enabled|supported)/i,
    because(
      [
        ['grant/not-allowed', 0.9],
        ['endpoint/user-context', 0.3],
      ],
      'The app has the client credentials flow switched off, or no user to run as.',
      'Policies of the app (Manage, not Edit): Client Credentials Flow, Run As; the field wants the user name, not the e-mail address.',
    ),
    { source: SF_CLIENT },
  ],
  [
    /expired authorization code|invalid authorization code|authorization code (?:is )?(?:invalid|expired)/i,
    [['grant/code-invalid', 0.95]],
    { forced: true },
  ],
  [
    /expired access\/refresh token|token validity expired|refresh token/i,
    because(
      [
        ['grant/refresh-token-invalid', 0.95],
        ['request/wrong-region', 0.15],
      ],
      'The refresh token has ended: revoked, ended by the policy of the app, or the oldest of more than five approvals of one user.',
      'Policies of the app: Refresh Token Policy.',
    ),
    TOKEN,
  ],
  [
    /inactive[ _]user|user is inactive|account is locked|INVALID_OPERATION_WITH_EXPIRED_PASSWORD|password (?:has )?expired|PASSWORD_LOCKOUT/i,
    because(
      [
        ['client/disabled', 0.82],
        ['endpoint/policy-denied', 0.3],
      ],
      'The user for whom the token is asked (or the Run As user of the app) is inactive, frozen or locked, or its password has expired.',
    ),
  ],
  [
    /inactive[ _]org|org(?:anization)? is (?:locked|inactive)|ORG_LOCKED/i,
    because(DISABLED, 'The whole org is locked, closed or suspended.'),
  ],
  [/end-user denied authorization/i, because(CONSENT, 'The user pressed Deny, or may not approve apps.')],
  [/immediate_unsuccessful/i, CONSENT],
  [
    /OAUTH_APP_BLOCKED|app is blocked by (?:your )?admin/i,
    because(
      POLICY,
      'An administrator of the org blocks this app: Setup > Connected Apps OAuth Usage > Unblock.',
    ),
  ],
  [
    /app (?:is )?(?:blocked|not (?:been )?(?:approved|installed|admin approved|approved by))|not admin approved|OAUTH_APPROVAL|OAUTH_APP_ACCESS_DENIED|OAUTH_AUTHORIZATION_BLOCKED|invalid_app_access|hasn.t approved this consumer|user hasn't approved/i,
    because(
      [
        ['endpoint/consent-missing', 0.8],
        ['endpoint/policy-denied', 0.65],
      ],
      'The app is not approved in this org: not installed by an administrator, blocked, or not assigned to the user.',
      'Setup > Connected Apps OAuth Usage: Install, Unblock; then Manage: profiles, permission sets.',
    ),
  ],
  [
    /audience is invalid|audience validation failed/i,
    because(
      [
        ['scope/wrong-audience', 0.75],
        ['request/wrong-region', 0.6],
      ],
      'The aud of the assertion must be the login host that is asked (https://login.salesforce.com or https://test.salesforce.com).',
    ),
    { source: SF_JWT },
  ],
  [
    /invalid assertion|assertion (?:is )?(?:invalid|expired)|invalid signature|signature (?:is )?invalid/i,
    [
      [
        'client/wrong-secret',
        0.66,
        'The key that signed the assertion does not belong to the certificate of the app.',
        'App Manager > the app > Digital signatures: compare the certificate.',
      ],
      ['connection/clock-skew', 0.4],
      ['scope/wrong-audience', 0.35],
    ],
    { ...TOKEN, source: SF_JWT },
  ],
  [
    /SOAP API login\(\)|login\(\) (?:is|call)[^\n]{0,40}disabled/i,
    because(
      FEATURE,
      'The org takes no user name and password at the SOAP login() any more; sign in by OAuth.',
    ),
    { source: SF_SOAP },
  ],
  [
    /authentication failure|invalid_grant[^]*authentication fail|INVALID_LOGIN\b|Invalid username, password, security token/i,
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
      [
        'grant/not-allowed',
        0.35,
        'The org may block the user name and password flow (Setup > OAuth and OpenID Connect Settings).',
      ],
      ['endpoint/policy-denied', 0.2],
    ],
  ],
  [/must use HTTP POST/i, [['request/malformed-command', 0.8, 'The token endpoint takes a POST only.']]],
  [
    /unsupported_grant_type|grant type not supported/i,
    [
      ['grant/wrong-type-sent', 0.55],
      ['request/json-body', 0.5],
      ['request/wrong-content-type', 0.45],
    ],
  ],
  [
    /redirect_uri_mismatch|redirect_uri must match/i,
    [['grant/redirect-uri-mismatch', 0.97]],
    { forced: true },
  ],
  [/invalid code verifier/i, [['grant/pkce-mismatch', 0.97]], { forced: true }],
  [
    /TRIAL_EXPIRED|LICENSE_LIMIT_EXCEEDED/i,
    because(FEATURE, 'The trial or the licences of the org have run out.'),
    { source: SF_REST },
  ],
];

const calls: readonly Row[] = [
  [
    /API is disabled for this User|API_CURRENTLY_DISABLED/i,
    because(
      [
        ['endpoint/missing-permission', 0.88],
        ['endpoint/feature-missing', 0.4],
      ],
      'The user of the token lacks the permission API Enabled.',
      'Profile or permission set of the user: System Permissions > API Enabled.',
    ),
    { source: SF_REST },
  ],
  [
    /API_DISABLED_FOR_ORG|API is (?:not enabled|disabled)|FUNCTIONALITY_NOT_ENABLED|feature is not currently enabled/i,
    because(
      [['endpoint/feature-missing', 0.95]],
      'The edition of the org has no API (Professional without the add-on, for instance), or the feature is off.',
    ),
    { forced: true, source: SF_REST },
  ],
  [
    /REQUEST_LIMIT_EXCEEDED|TotalRequests Limit exceeded|login rate exceeded|rate_limit_exceeded|ConcurrentPerOrg/i,
    [['endpoint/rate-limited', 0.95]],
    { forced: true, source: SF_REST },
  ],
  [
    /session is not valid for use with|Session (?:is )?not valid for use with/i,
    [
      [
        'endpoint/missing-scope',
        0.72,
        'The token lacks the scope api (or full), so the REST API does not take it.',
      ],
      ['endpoint/policy-denied', 0.5, 'API access control lets only approved connected apps in.'],
      ['endpoint/ip-blocked', 0.45, 'The session is bound to other addresses.'],
      ['scope/not-requested', 0.4],
    ],
    { source: SF_REST },
  ],
  [
    /\bWrong_Org\b/i,
    because(OTHER_PLACE, 'The token is of another org than the one that the URL names.'),
    { source: SF },
  ],
  [/Missing_OAuth_Token|INVALID_AUTH_HEADER/i, NO_TOKEN, { source: SF_REST }],
  [
    /INVALID_SESSION_ID|Session expired or invalid|Bad_OAuth_Token|This session is not valid/i,
    [
      ['endpoint/token-expired', 0.65],
      [
        'endpoint/token-wrong-environment',
        0.5,
        'The call may have gone to another host than the instance_url of the token answer.',
      ],
      ['endpoint/token-malformed', 0.4],
      ['endpoint/ip-blocked', 0.3, 'The org locks sessions to the address from which they began.'],
      ['endpoint/missing-scope', 0.25],
    ],
    { source: SF_REST },
  ],
  [/blocked by (?:a |the )?(?:transaction security )?policy|TXN_SECURITY/i, POLICY, { source: SF_REST }],
  [
    /Insufficient Privileges|errorcode["']?: ?["']?1\b[^]{0,60}Not Authorized|Not Authorized[^]{0,40}errorcode["']?: ?["']?1\b/i,
    because(
      [
        ['endpoint/missing-scope', 0.72],
        ['endpoint/missing-permission', 0.6],
        ['endpoint/token-expired', 0.3],
      ],
      'The installed package lacks the scope that this part of Marketing Cloud wants, or the token is not of its business unit.',
      'Setup > Installed Packages > the component: Scope.',
    ),
    { ...CALL, source: MC },
  ],
  [
    /No such column|INVALID_FIELD|INVALID_TYPE|sObject type[^\n]{0,80}is not supported/i,
    because(
      [
        ['endpoint/missing-permission', 0.75],
        ['endpoint/not-found', 0.55],
      ],
      'The field or the object does not exist, or the profile of the user does not let it be seen (field-level security); Salesforce answers the same to both.',
    ),
    { source: SF_REST },
  ],
  [
    /INSUFFICIENT_ACCESS|INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY|NO_ACCESS|insufficient access rights|user does not have permission/i,
    because(PERMISSION, 'The user behind the token lacks the right on this object or record.'),
    { source: SF_REST },
  ],
  [
    /\bNOT_FOUND\b|requested resource does not exist|INVALID_CROSS_REFERENCE_KEY/i,
    [
      [
        'endpoint/not-found',
        0.72,
        'The path has no such resource: another API version, a wrong name, a record that this user cannot see.',
      ],
      ['endpoint/missing-permission', 0.45],
      ['endpoint/feature-missing', 0.3],
    ],
    { ...CALL, source: SF_REST },
  ],
  [/SERVER_UNAVAILABLE|UNKNOWN_EXCEPTION|ORG_IN_MAINTENANCE/, OUTAGE, { source: SF_REST }],
  [
    /invalid_scope|scope parameter[^\n]{0,40}not (?:allowed|supported)/i,
    [
      ['scope/not-allowed', 0.75],
      ['scope/malformed', 0.4],
    ],
  ],
  [
    /MUTUAL_AUTHENTICATION_FAILED/i,
    because(
      [
        ['client/auth-method-mismatch', 0.6],
        ['connection/tls-or-proxy', 0.5],
      ],
      'The user must come with a client certificate (Enforce SSL/TLS Mutual Authentication), and none that fits came.',
    ),
    { source: SF_REST },
  ],
];

export const salesforce: Vendor = vendorOf({
  id: 'salesforce',
  title: 'Salesforce',
  aliases: [
    'salesforce',
    'sfdc',
    'force.com',
    'salesforce marketing cloud',
    'marketing cloud',
    'exacttarget',
    'pardot',
    'simple salesforce',
    'jsforce',
  ],
  signs: [/\.salesforce\.com|\.force\.com|client identifier invalid|INVALID_SESSION_ID/],
  tokenHosts: /^(?:login|test)\.salesforce\.com$|\.my\.salesforce\.com$/,
  apiHosts: /\.salesforce\.com$|\.force\.com$/,
  signposts: {
    client: 'Salesforce Setup > App Manager > the app > Manage Consumer Details',
    grant: 'Salesforce Setup > App Manager > the app > Edit: OAuth flows',
    access: 'Salesforce Setup > Connected Apps (or External Client Apps) > the app > Policies',
    place: 'Salesforce Setup > My Domain',
  },
  docs: SF,
  rows: [...tokens, ...calls],
});
