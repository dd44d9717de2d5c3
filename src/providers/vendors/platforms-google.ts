/** Google: sign-in, service accounts, Cloud, Workspace, Firebase, Maps, Ads and YouTube. This table is long. */
import {
  ADDRESS,
  CODE_ENDED,
  CONSENT,
  DISABLED,
  EXPIRED,
  FEATURE,
  GONE,
  GRANT_REFUSED,
  HIDDEN,
  LIMIT,
  NO_GRANT,
  NO_PAIR,
  NO_TOKEN,
  OTHER_PLACE,
  OUTAGE,
  PERMISSION,
  PKCE,
  POLICY,
  REDIRECT,
  REFRESH_ENDED,
  SCOPE_MISSING,
  SCOPE_REFUSED,
  TOKEN_ENDED,
  USER_WANTED,
} from './rankings.ts';
import { contextOf } from './phrase.ts';
import { because, CALL, TOKEN, vendorOf, type Row } from './table.ts';
import type { Vendor } from './vendor.ts';

const WEB = 'https://developers.google.com/identity/protocols/oauth2/web-server#authorization-errors';
const SERVICE_ACCOUNT = 'https://developers.google.com/identity/protocols/oauth2/service-account#error-codes';
const EXPIRY = 'https://developers.google.com/identity/protocols/oauth2#expiration';
const DEVICE = 'https://developers.google.com/identity/protocols/oauth2/limited-input-device';
const FEDERATION = 'https://cloud.google.com/iam/docs/troubleshooting-workload-identity-federation';
const REASONS = 'https://github.com/googleapis/googleapis/blob/master/google/api/error_reason.proto';
const API = 'https://cloud.google.com/apis/design/errors';
const DRIVE = 'https://developers.google.com/workspace/drive/api/guides/handle-errors';
const CALENDAR = 'https://developers.google.com/workspace/calendar/api/guides/errors';
const GMAIL = 'https://developers.google.com/workspace/gmail/api/guides/handle-errors';
const FCM = 'https://firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode';
const FIREBASE_AUTH = 'https://firebase.google.com/docs/reference/rest/auth#section-error-format';
const ADS = 'https://developers.google.com/google-ads/api/docs/common-errors';
const YOUTUBE = 'https://developers.google.com/youtube/v3/docs/errors';

/** Assertions, codes, refresh tokens. */
const grants: readonly Row[] = [
  [
    /Failed audience check|The right audience is/i,
    because(
      [
        ['scope/wrong-audience', 0.93],
        ['request/wrong-endpoint', 0.2],
      ],
      'The aud of the signed assertion is not the token endpoint (https://oauth2.googleapis.com/token).',
    ),
    { source: SERVICE_ACCOUNT },
  ],
  [
    /Invalid JWT: Token must be|Token must be a short-lived token|reasonable timeframe|iat and exp values|Token used too (?:early|late)|Invalid JWT[^\n]{0,200}\b(?:exp|iat|time)|ID Token issued at[^\n]{0,40}is stale/i,
    because(
      [
        ['connection/clock-skew', 0.9],
        ['client/auth-method-mismatch', 0.2],
      ],
      'The times in the signed request lie too far from those of Google, so the clock of this machine is wrong (or iat and exp were set wrongly).',
      'Compare `date -u` with the Date header of any answer of Google.',
    ),
    { source: SERVICE_ACCOUNT },
  ],
  [
    /Invalid JWT Signature|invalid signature|No key (?:was )?found[^\n]{0,40}kid/i,
    because(
      [
        ['client/wrong-secret', 0.85],
        ['credential/mangled', 0.4],
        ['client/unknown', 0.3],
      ],
      'The key that signed the request is not a key of the service account (any more).',
      'IAM > Service accounts > Keys: is the key id still listed?',
    ),
    { source: SERVICE_ACCOUNT },
  ],
  [
    /Invalid impersonation|impersonation prn email/i,
    because(
      [
        ['endpoint/user-context', 0.7],
        ['grant/not-allowed', 0.5],
      ],
      'The subject (sub) is no user of the Workspace domain; an account of gmail.com cannot be acted for.',
    ),
    { source: SERVICE_ACCOUNT },
  ],
  [
    /invalid_rapt|rapt_required|reauth related error|Reauthentication (?:is )?(?:required|needed|failed)/i,
    because(
      [
        ['grant/refresh-token-invalid', 0.66],
        ['endpoint/policy-denied', 0.62],
      ],
      'The session control of the organization has ended this sign-in; a person must sign in again, or a service account takes the place of the user.',
      'Workspace admin console > Security > Google Cloud session control.',
    ),
    { source: 'https://support.google.com/a/answer/9368756' },
  ],
  [
    /account (?:has been |was |is )(?:deleted|disabled|suspended)/i,
    because(DISABLED, 'The user or service account behind the token was deleted or disabled.'),
    { source: EXPIRY },
  ],
  [
    /account not found|Service account[^\n]{0,60}(?:not found|does not exist)|Not a valid email or user ID/i,
    [
      ['client/unknown', 0.85],
      ['endpoint/user-context', 0.25],
    ],
    { source: SERVICE_ACCOUNT },
  ],
  [
    /rejected by the attribute condition/i,
    because(POLICY, 'The attribute condition of the workload identity provider refuses this credential.'),
    { source: FEDERATION },
  ],
  [
    /audience in (?:the )?ID Token[^\n]{0,120}does not match|audience[^\n]{0,40}does not match the expected audience/i,
    [['scope/wrong-audience', 0.95]],
    { source: FEDERATION },
  ],
  [
    /issuer in (?:the )?ID Token[^\n]{0,120}does not match|connecting to the given credential's issuer/i,
    [
      ['endpoint/token-wrong-environment', 0.82],
      ['connection/unreachable', 0.3],
    ],
    { source: FEDERATION },
  ],
  [
    /target service indicated by the \W{0,2}audience\W{0,2} parameters is invalid|pool or provider is disabled or deleted/i,
    because(
      [
        ['scope/wrong-audience', 0.62],
        ['client/unknown', 0.5],
        ['client/disabled', 0.45],
      ],
      'The audience of the exchange names no workload identity pool and provider that exist; it holds the project NUMBER, not its id.',
    ),
    { source: FEDERATION },
  ],
  [
    /unauthorized_client[^]{0,60}description["']?: ?["']?Unauthorized\b/i,
    because(
      [
        ['grant/refresh-token-invalid', 0.66],
        ['grant/not-allowed', 0.4],
        ['client/unknown', 0.3],
      ],
      'The refresh token was issued to another client id (that of the OAuth Playground, for instance).',
    ),
    { ...TOKEN, source: WEB },
  ],
  [
    /Client is unauthorized to retrieve access tokens using this method|not authorized for any of the scopes requested|unauthorized_client/i,
    because(
      [
        ['grant/not-allowed', 0.65],
        ['scope/not-allowed', 0.6],
        ['endpoint/consent-missing', 0.55],
      ],
      'Domain-wide delegation does not list this client with these very scopes.',
      'Google Workspace admin console > Security > API controls > Domain-wide delegation.',
    ),
    { source: SERVICE_ACCOUNT },
  ],
  [
    /Code was already redeemed|Malformed auth code|code (?:was )?already (?:been )?(?:used|redeemed)/i,
    because(
      [['grant/code-invalid', 0.97]],
      'The one-time code was already exchanged, or was spoiled on its way (it must be decoded once).',
    ),
    { forced: true, source: WEB },
  ],
  [
    /Token has been (?:expired or revoked|revoked)/i,
    because(
      [['grant/refresh-token-invalid', 0.97]],
      'The refresh token was revoked or has expired; those of an app in state "Testing" end after seven days.',
    ),
    { forced: true, source: EXPIRY },
  ],
  [/INVALID_REFRESH_TOKEN|MISSING_REFRESH_TOKEN/, REFRESH_ENDED, { source: FIREBASE_AUTH }],
  [
    /(?:unsupported_grant_type|Invalid grant_type)[^]{0,80}(?:client_credentials|password)/i,
    because(
      GRANT_REFUSED,
      'Google has no such grant: a service account signs a JWT (urn:ietf:params:oauth:grant-type:jwt-bearer), a user gives a code.',
    ),
    { source: SERVICE_ACCOUNT },
  ],
  [/unsupported_grant_type|Invalid grant_type|parameter is missing: grant_type/i, NO_GRANT, { source: WEB }],
  [
    /Only clients of type|Invalid client type/i,
    because(GRANT_REFUSED, 'The client is registered as another type of application than this flow wants.'),
    { source: DEVICE },
  ],
  [
    /Invalid device flow scope/i,
    because(SCOPE_REFUSED, 'The flow for devices gives a few scopes only.'),
    { source: DEVICE },
  ],
  [
    /authorization_pending/i,
    because(CONSENT, 'The user has not entered the code on the other device yet.'),
    { source: DEVICE },
  ],
  [/\bexpired_token\b/i, CODE_ENDED, { ...TOKEN, source: DEVICE }],
  [/(?:Missing|Invalid) code verifier/i, PKCE, { forced: true, source: WEB }],
  [/code_challenge/i, PKCE, { source: WEB }],
];

/** The client and what stands on its registration. */
const clients: readonly Row[] = [
  [
    /OOB\) flow has been blocked|out-of-band \(OOB\)|Loopback flow has been blocked/i,
    because(
      REDIRECT,
      'Google took this kind of redirect URI out of service (urn:ietf:wg:oauth:2.0:oob, loopback).',
    ),
    { source: WEB },
  ],
  [
    /device_id and device_name are required|Raw IP addresses not allowed|public top-level domain|Custom (?:URI )?scheme[^\n]{0,40}not (?:enabled|supported|allowed)|origin_mismatch|Not a valid origin for the client|given origin is not allowed|idpiframe_initialization_failed|parameter value for redirect_uri/i,
    because(
      REDIRECT,
      'Google takes no such redirect URI or origin: https, a public domain, and registered to the letter.',
    ),
    { source: WEB },
  ],
  [/redirect_uri_mismatch/i, [['grant/redirect-uri-mismatch', 0.98]], { forced: true, source: WEB }],
  [
    /deleted_client|The OAuth client was deleted/i,
    because(
      [
        ['client/unknown', 0.72],
        ['client/disabled', 0.68],
      ],
      'The OAuth client was deleted.',
    ),
    { source: WEB },
  ],
  [
    /disabled_client|The OAuth client was disabled/i,
    [['client/disabled', 0.97]],
    { forced: true, source: WEB },
  ],
  [
    /The OAuth client was not found|no registered origin|Unknown client/i,
    [
      ['client/unknown', 0.85],
      ['credential/placeholder', 0.5],
      ['request/wrong-region', 0.2],
    ],
    { source: WEB },
  ],
  [
    /client secret is invalid|incorrect_client_credentials|The provided client secret|invalid_client[^]{0,60}description["']?: ?["']?Unauthorized\b/i,
    [
      ['client/wrong-secret', 0.9],
      ['client/unknown', 0.25],
    ],
    { source: WEB },
  ],
  [
    /client_secret is missing|client secret is missing/i,
    [
      ['credential/missing', 0.75],
      ['client/public', 0.4],
      ['client/auth-method-mismatch', 0.3],
    ],
    { source: WEB },
  ],
  [/Could not determine client ID|required parameter:? client_id/i, NO_PAIR, { source: WEB }],
  [/required parameter:? redirect_uri/i, REDIRECT, { source: WEB }],
  [
    /required parameter:? scope|empty or missing scope/i,
    [
      ['scope/not-requested', 0.92],
      ['scope/malformed', 0.2],
    ],
    { source: WEB },
  ],
  [
    /restricted_client|unregistered_scope|unregistered scope/i,
    because(SCOPE_REFUSED, 'The scope is not among those that the app registered on its consent screen.'),
    { source: WEB },
  ],
];

/** Who may sign in. */
const consent: readonly Row[] = [
  [
    /access_denied[^]{0,200}(?:test users?|verification|developer-approved|has not completed)|currently being tested|can only be accessed by developer-approved testers|developer hasn.t given you access/i,
    because(
      [
        ['endpoint/policy-denied', 0.72],
        ['endpoint/consent-missing', 0.6],
      ],
      'The app is in testing, and this account is none of its test users.',
      'Google Auth Platform > Audience: test users, or publish the app.',
    ),
    { source: WEB },
  ],
  [
    /org_internal|restricted to users within its organization/i,
    because(
      [
        ['endpoint/policy-denied', 0.85],
        ['endpoint/consent-missing', 0.4],
      ],
      'The app is of user type Internal, and this account is of another organization.',
      'Google Auth Platform > Audience: user type.',
    ),
    { source: WEB },
  ],
  [
    /access_not_configured/i,
    because(
      [
        ['endpoint/consent-missing', 0.72],
        ['endpoint/policy-denied', 0.65],
      ],
      'The Workspace administrator has not set up access for this app.',
      'Admin console > Security > API controls > App access control.',
    ),
    { source: 'https://support.google.com/accounts/answer/16668185' },
  ],
  [
    /admin_policy_enforced|verification process|App is blocked|has not completed the Google verification|disallowed_useragent|USER_BLOCKED_BY_ADMIN/i,
    [
      ['endpoint/policy-denied', 0.82],
      ['endpoint/consent-missing', 0.5],
    ],
    { source: WEB },
  ],
  [
    /sign-in rate limit|reached its (?:sign-in )?(?:rate|user) limit|user cap/i,
    [
      ['endpoint/rate-limited', 0.7],
      ['endpoint/policy-denied', 0.6],
    ],
    { source: WEB },
  ],
  [/\b(?:interaction|login|consent)_required\b/, CONSENT, { source: WEB }],
  [
    /access_denied/i,
    because(
      [
        ['endpoint/consent-missing', 0.7],
        ['endpoint/policy-denied', 0.55],
      ],
      'The user declined, or was not allowed to consent.',
    ),
    { ...TOKEN, source: WEB },
  ],
];

/** Firebase: messages and its own sign-in. */
const firebase: readonly Row[] = [
  [
    /SENDER_ID_MISMATCH|SenderId ?mismatch|MismatchSenderId|belongs to a different (?:project|sender)/i,
    because(
      [['endpoint/token-wrong-environment', 0.95]],
      'The device token and the service account belong to different Firebase projects.',
      'Compare project_id of the key file with the project of the app (google-services.json).',
    ),
    { source: FCM },
  ],
  [
    /THIRD_PARTY_AUTH_ERROR|Auth error from APNS/i,
    because(
      [
        ['client/wrong-secret', 0.72],
        ['endpoint/feature-missing', 0.4],
      ],
      'The APNs key (or the web push key) that is stored in the Firebase project is missing, ended or of another team.',
      'Project settings > Cloud Messaging > Apple app configuration.',
    ),
    { source: FCM },
  ],
  [
    /\bUNREGISTERED\b|\bNotRegistered\b|not a valid FCM registration token/,
    because(GONE, 'The device token is gone: the app was removed, or got a newer one.'),
    { source: FCM },
  ],
  [
    /Deprecated endpoint, see|fcm\/migrate-v1|migrate-v1/i,
    because(
      GONE,
      'The legacy API of FCM was shut down; the HTTP v1 API takes OAuth tokens of a service account.',
    ),
    { source: 'https://firebase.google.com/docs/cloud-messaging/migrate-v1' },
  ],
  [
    /cloudmessaging\.messages\.create/i,
    because(
      [
        ['endpoint/missing-permission', 0.72],
        ['endpoint/token-wrong-environment', 0.55],
      ],
      'The service account has no right to send in the project of the URL: it lacks the role, or it is one of another project.',
      'Compare project_id of the key file with the project in the URL; the role is Firebase Cloud Messaging API Admin.',
    ),
    { source: FCM },
  ],
  [
    /CONFIGURATION_NOT_FOUND|OPERATION_NOT_ALLOWED|auth\/(?:operation-not-allowed|configuration-not-found)|ADMIN_ONLY_OPERATION/,
    because(FEATURE, 'This way of signing in is not switched on in the Firebase project.'),
    { source: FIREBASE_AUTH },
  ],
  [
    /INVALID_LOGIN_CREDENTIALS|INVALID_PASSWORD|EMAIL_NOT_FOUND|auth\/(?:wrong-password|invalid-credential|invalid-login-credentials|user-not-found)/,
    [
      ['client/wrong-secret', 0.82],
      ['client/unknown', 0.4],
    ],
    { source: FIREBASE_AUTH },
  ],
  [/\bUSER_DISABLED\b|auth\/user-disabled/, DISABLED, { source: FIREBASE_AUTH }],
  [
    /CREDENTIAL_MISMATCH|(?:incorrect|invalid) \W?aud\W? ?\(audience\)|Firebase ID token has incorrect "?(?:aud|iss)/i,
    because(
      [
        ['endpoint/token-wrong-environment', 0.75],
        ['scope/wrong-audience', 0.72],
      ],
      'The token is of another Firebase project than the one that the server checks for.',
    ),
    { source: 'https://firebase.google.com/docs/auth/admin/verify-id-tokens' },
  ],
  [
    /has no "?kid"? claim|expects an ID token, but was given a custom token|INVALID_ID_TOKEN|INVALID_CUSTOM_TOKEN|auth\/(?:argument-error|invalid-custom-token)/i,
    [
      ['endpoint/token-malformed', 0.8],
      ['endpoint/token-wrong-environment', 0.4],
    ],
    { source: 'https://firebase.google.com/docs/auth/admin/errors' },
  ],
  [
    /(?<!_)TOKEN_EXPIRED\b|Firebase ID token has expired|auth\/id-token-(?:expired|revoked)|SESSION_EXPIRED/i,
    EXPIRED,
    { source: 'https://firebase.google.com/docs/auth/admin/errors' },
  ],
  [
    /unauthorized-domain|UNAUTHORIZED_DOMAIN/,
    because(REDIRECT, 'The domain is not among the authorized ones of the Firebase project.'),
    { source: 'https://firebase.google.com/docs/auth/admin/errors' },
  ],
  [
    /App Check token|App attestation failed|app-check/i,
    because(POLICY, 'App Check is enforced, and the request carries no valid attestation of the app.'),
    { source: 'https://firebase.google.com/docs/app-check' },
  ],
  [/TOO_MANY_ATTEMPTS_TRY_LATER|auth\/too-many-requests/, LIMIT, { source: FIREBASE_AUTH }],
];

/** Keys, projects, policies: the reasons of the Service Infrastructure. */
const infrastructure: readonly Row[] = [
  [
    /Required ['"`][\w.]+['"`] permission for/i,
    because(PERMISSION, 'The account has no role with the permission that the answer names.'),
    { ...CALL, source: 'https://docs.cloud.google.com/iam/docs/permission-error-messages' },
  ],
  [
    /SERVICE_DISABLED|accessNotConfigured|Access Not Configured|API has not been used in project|it is disabled\. Enable it|API project is not authorized|ApiNotActivatedMapError/i,
    because(
      [
        ['endpoint/feature-missing', 0.97],
        [
          'endpoint/token-wrong-environment',
          0.2,
          'The project that the answer names may be another than the one that is meant.',
        ],
      ],
      'The API is not switched on in the project of the client.',
      'APIs & Services > Library, in the project that the answer names.',
    ),
    { source: REASONS },
  ],
  [
    /USER_PROJECT_DENIED|serviceusage\.services\.use|serviceUsageConsumer/i,
    because(
      PERMISSION,
      'The account may not use the project that pays for the call (x-goog-user-project): it lacks the role Service Usage Consumer there.',
    ),
    { source: REASONS },
  ],
  [
    /SUBSCRIPTION_REQUIRED|lack a [\w ]{2,40}license|billing (?:has not been|is not|must be) enabled|must enable Billing|BILLING_DISABLED|requires billing|not eligible for|Quota project|BillingNotEnabled/i,
    [
      ['endpoint/feature-missing', 0.93, 'The project has no licence or no billing for what was called.'],
      ['endpoint/missing-permission', 0.25],
    ],
    { source: REASONS },
  ],
  [
    /API_KEY_IP_ADDRESS_BLOCKED|has an IP address restriction/i,
    because(ADDRESS, 'The API key is restricted to other addresses than that of the caller.'),
    { source: REASONS },
  ],
  [
    /API_KEY_(?:HTTP_REFERRER|SERVICE|ANDROID_APP|IOS_APP)_BLOCKED|Requests (?:from (?:referer|this)|to this API)[^\n]{0,120}are blocked|RefererNotAllowedMapError|referer restrictions|ApiTargetBlockedMapError/i,
    because(
      [
        ['endpoint/policy-denied', 0.92],
        ['endpoint/feature-missing', 0.25],
      ],
      'A restriction of the API key refuses this caller (website, app or API).',
      'APIs & Services > Credentials > the key: application and API restrictions.',
    ),
    { source: REASONS },
  ],
  [
    /API key not valid|API_KEY_INVALID|API key expired|InvalidKeyMapError|ExpiredKeyMapError|provided API key is (?:invalid|expired)|keyInvalid|keyExpired/i,
    [
      [
        'endpoint/token-malformed',
        0.62,
        'The API key that arrived is none that Google knows: cut, quoted, deleted or expired.',
      ],
      ['client/wrong-secret', 0.5],
      ['endpoint/token-expired', 0.4],
    ],
    { source: REASONS },
  ],
  [
    /unregistered callers/i,
    [
      [
        'credential/missing',
        0.72,
        'The call came without an API key and without a token: the program has none to send.',
        'Print the length of the key in the running program; mostly its variable was not read.',
      ],
      ['endpoint/token-malformed', 0.6],
    ],
    { source: REASONS },
  ],
  [
    /missing a valid API key|dailyLimitExceededUnreg|Daily Limit for Unauthenticated Use|MissingKeyMapError|must use an API key/i,
    because(NO_TOKEN, 'The call came without a token and without an API key.'),
    { source: REASONS },
  ],
  [
    /SECURITY_POLICY_VIOLATED|prohibited by organization's policy|vpcServiceControls|LOCATION(?:_TAX)?_POLICY_VIOLATED|ORG_RESTRICTION_|RESOURCE_USAGE_RESTRICTION_VIOLATED|violates? constraint|\bconstraints\/[a-z]+\.|domainPolicy|domain administrators have disabled|Context-Aware Access/i,
    because(
      POLICY,
      'A policy of the organization (VPC Service Controls, an organization policy, a setting of the Workspace admin) refuses the call.',
    ),
    { source: REASONS },
  ],
  [
    /User location is not supported/i,
    because(
      [
        ['endpoint/policy-denied', 0.7],
        ['endpoint/ip-blocked', 0.6],
      ],
      'The API is not served in the country from which the address of the caller comes.',
    ),
    { source: 'https://ai.google.dev/gemini-api/docs/troubleshooting' },
  ],
  [
    /CONSUMER_SUSPENDED|GCP_SUSPENDED|(?:project|consumer)[^\n]{0,80}has been suspended|ACCOUNT_STATE_INVALID|PROJECT_DISABLED/i,
    because(DISABLED, 'The project or the account is suspended or deleted.'),
    { source: REASONS },
  ],
  [
    /CONSUMER_INVALID|RESOURCE_PROJECT_INVALID|Project is not found and cannot be used|PROJECT_NOT_FOUND/i,
    because(
      OTHER_PLACE,
      'The project that is named does not exist, or is not the one that the client belongs to.',
    ),
    { source: REASONS },
  ],
  [/SERVICE_NOT_VISIBLE/, FEATURE, { source: REASONS }],
  [/ACCESS_TOKEN_EXPIRED/, [['endpoint/token-expired', 0.97]], { forced: true, source: REASONS }],
];

/** Workspace: calendars, files, mail, the directory. */
const workspace: readonly Row[] = [
  [
    /forbiddenForServiceAccounts|Service accounts cannot invite attendees|Service Accounts do not have storage quota|without Domain-Wide Delegation/i,
    because(
      USER_WANTED,
      'A service account cannot do this by itself: it must act for a user (subject, with domain-wide delegation), or write to a shared drive.',
    ),
    { source: SERVICE_ACCOUNT },
  ],
  [
    /failedPrecondition|Precondition check failed|Mail service not enabled/i,
    because(
      [
        ['endpoint/user-context', 0.75],
        ['endpoint/feature-missing', 0.4],
      ],
      'A service account has no mailbox of its own; it must act for a user (subject) by domain-wide delegation.',
    ),
    { source: GMAIL },
  ],
  [
    /must be signed up for Google Calendar|notACalendarUser/i,
    because(FEATURE, 'This account has no Google Calendar.'),
    { source: CALENDAR },
  ],
  [
    /Robot is disabled/i,
    because(DISABLED, 'The service account is disabled, or the account that it belonged to is gone.'),
    { source: API },
  ],
  [
    /Delegation denied for/i,
    because(
      PERMISSION,
      'The token is of another account than the one in the path; use "me", or let the owner delegate the mailbox.',
    ),
    { source: GMAIL },
  ],
  [
    /Not Authorized to access this resource\/api/i,
    because(
      [
        ['endpoint/user-context', 0.64],
        ['endpoint/missing-permission', 0.62],
      ],
      'The Admin SDK answers an administrator only: a service account must act for one (subject), a user must be one.',
    ),
    { source: 'https://developers.google.com/workspace/admin/directory/v1/guides/delegation' },
  ],
  [
    /Metadata scope (?:does(?:n.t| not)) (?:allow|support)/i,
    because(SCOPE_MISSING, 'With gmail.metadata among its scopes the token gives headers only.'),
    { source: GMAIL },
  ],
  [
    /appNotAuthorizedToFile|user has not granted the app/i,
    because(
      [
        ['endpoint/missing-scope', 0.64],
        ['endpoint/consent-missing', 0.55],
      ],
      'With the scope drive.file an app sees only files that it made or that the user opened with it.',
    ),
    { source: DRIVE },
  ],
  [
    /insufficientFilePermissions|requiredAccessLevel|You need to have (?:writer|reader|owner) access|teamDriveMembershipRequired|shared drive membership|sufficient permissions? for (?:this |the )?(?:file|site|profile|property)|does not have any Google Analytics account|insufficient permissions to perform the requested operation/i,
    because(
      PERMISSION,
      'The calendar, file, site or property is not shared with this account with the role that the call wants; a service account is added by its address.',
    ),
    { source: DRIVE },
  ],
  [
    /projectNotLinked|has not been linked in the Google Play/i,
    FEATURE,
    { source: 'https://developers.google.com/android-publisher/getting_started' },
  ],
  [
    /Permission denied while getting Drive credentials/i,
    because(
      SCOPE_MISSING,
      'The table lies in Drive, so the token wants a Drive scope, and the file must be shared with the account.',
    ),
    { source: 'https://cloud.google.com/bigquery/docs/external-data-drive' },
  ],
];

/** Ads: its enums. */
const ads: readonly Row[] = [
  [
    /DEVELOPER_TOKEN_NOT_APPROVED|only approved for use with test accounts/i,
    because(FEATURE, 'The developer token has test access only.', 'Google Ads manager account > API Center.'),
    { source: ADS },
  ],
  [
    /DEVELOPER_TOKEN_PROHIBITED/,
    because(
      OTHER_PLACE,
      'The developer token was used with another Cloud project before, and belongs to that one.',
    ),
    { source: ADS },
  ],
  [
    /DEVELOPER_TOKEN_(?:INVALID|PARAMETER_MISSING)/,
    [
      [
        'credential/missing',
        0.6,
        'The developer-token header is missing or holds no token that Google Ads knows.',
      ],
      ['client/unknown', 0.55],
      ['credential/placeholder', 0.3],
    ],
    { source: ADS },
  ],
  [
    /User doesn.t have permission to access customer|\bUSER_PERMISSION_DENIED\b|login-customer-id/,
    because(
      PERMISSION,
      'The account has no access to this customer; through a manager account the header login-customer-id must name the manager, without dashes.',
    ),
    { source: ADS },
  ],
  [
    /NOT_ADS_USER/,
    because(PERMISSION, 'The Google account that gave the token has no Google Ads account.'),
    { source: ADS },
  ],
  [
    /CUSTOMER_NOT_ENABLED/,
    because(DISABLED, 'The customer account is not active yet, or was closed.'),
    { source: ADS },
  ],
  [/CUSTOMER_NOT_FOUND|CLIENT_CUSTOMER_ID_INVALID/, GONE, { source: ADS }],
  [
    /TWO_STEP_VERIFICATION_NOT_ENROLLED/,
    because(POLICY, 'The account must turn on 2-step verification.'),
    { source: ADS },
  ],
  [/MISSING_TOS/, because(CONSENT, 'Nobody has accepted the terms for this account.'), { source: ADS }],
  [/OAUTH_TOKEN_(?:EXPIRED|REVOKED|DISABLED)/, EXPIRED, { source: ADS }],
  [/OAUTH_TOKEN_HEADER_INVALID/, NO_TOKEN, { source: ADS }],
  [/OAUTH_TOKEN_INVALID/, TOKEN_ENDED, { source: ADS }],
];

const youtube: readonly Row[] = [
  [
    /youtubeSignupRequired/i,
    because(
      [
        ['endpoint/user-context', 0.7],
        ['endpoint/feature-missing', 0.6],
      ],
      'The account has no YouTube channel; a service account never has one.',
    ),
    { source: YOUTUBE },
  ],
  [
    /authenticatedUserAccount(?:Suspended|Closed)|channelSuspended|channelClosed/i,
    DISABLED,
    { source: YOUTUBE },
  ],
  [/liveStreamingNotEnabled|commentsDisabled|not enabled for live streaming/i, FEATURE, { source: YOUTUBE }],
  [
    /insufficientLivePermissions|accountDelegationForbidden|authenticatedUserNotChannel|playlistForbidden|subscriptionForbidden|playlistItemsNotAccessible|channelForbidden/i,
    PERMISSION,
    { source: YOUTUBE },
  ],
];

/** What every API of Google says. */
const calls: readonly Row[] = [
  [
    /JWT audience doesn't match|Invalid IAP credentials[^\n]{0,80}audience/i,
    [['scope/wrong-audience', 0.93]],
    { source: 'https://cloud.google.com/iap/docs/authentication-howto' },
  ],
  [
    /Invalid IAP credentials/i,
    NO_TOKEN,
    { source: 'https://cloud.google.com/iap/docs/authentication-howto' },
  ],
  [
    /Your client does not have permission to get URL/i,
    because(
      [
        ['endpoint/missing-permission', 0.7],
        ['scope/wrong-audience', 0.5],
        ['endpoint/token-malformed', 0.4],
      ],
      'Cloud Run and Cloud Functions want the role Invoker and an ID token whose audience is the URL of the service (no access token).',
    ),
    { source: 'https://cloud.google.com/run/docs/authenticating/service-to-service' },
  ],
  [
    /INVALID_LOGIN\b/i,
    [
      ['endpoint/policy-denied', 0.5],
      ['endpoint/token-malformed', 0.45],
      ['endpoint/ip-blocked', 0.4],
    ],
    { ...CALL, source: API },
  ],
  [
    /(?:invalid=\[|Some requested scopes? were invalid)[^\n]{0,200}https?:\/\/[^\s,\]]{4,120}https?:\/\//i,
    [
      ['scope/malformed', 0.92, 'Two scopes run into each other: the blank between them is missing.'],
      ['scope/unknown', 0.5],
    ],
    { source: WEB },
  ],
  [
    /\bnotFound\b|Requested entity was not found|Not Found/i,
    because(
      HIDDEN,
      'Google answers 404 of a calendar, file or sheet that is there and not shared with this account; a service account sees only what is shared with its address.',
      'Share it with the address of the account and call again.',
    ),
    { ...CALL, status: [0, 404], source: API },
  ],
  [
    /ACCESS_TOKEN_SCOPE_INSUFFICIENT|insufficient authentication scopes|\bInsufficient Permission\b(?!s)/i,
    [
      [
        'endpoint/missing-scope',
        0.93,
        'Gmail lets a message be deleted for good only with the scope https://mail.google.com/; gmail.modify can only move it to the bin.',
        'Ask for https://mail.google.com/ and sign in anew, or call trash instead of delete.',
      ],
      ['scope/not-requested', 0.6],
      ['scope/granted-narrower', 0.2],
    ],
    {
      source: 'https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/delete',
      when: (_x, scene) =>
        /\b(?:gmail|e-?mails?|messages?)\b/i.test(contextOf(scene)) &&
        /\bdelet(?:e|es|ed|ing|ion)\b/i.test(contextOf(scene)),
    },
  ],
  [
    /ACCESS_TOKEN_SCOPE_INSUFFICIENT|insufficient authentication scopes|insufficientPermissions[^]*scope|Request had insufficient|\bInsufficient Permission\b(?!s)|^\W*(?:reason\W{1,4})?insufficientPermissions\W*$/im,
    [
      [
        'scope/not-requested',
        0.86,
        'A token of Google has the scopes that were asked for with it (a service account names them when it signs), and the one of this API is not among them.',
      ],
      ['endpoint/missing-scope', 0.84],
      [
        'scope/granted-narrower',
        0.5,
        'On the page of consent each scope has a box of its own, and it may have been left open.',
      ],
    ],
    { source: REASONS },
  ],
  [
    /Request is missing required authentication credential|Login Required|CREDENTIALS_MISSING|API keys are not supported by this API/i,
    because(NO_TOKEN, 'The call carries no access token (an API key, or nothing).'),
    { ...CALL, source: REASONS },
  ],
  [
    /invalid authentication credentials|ACCESS_TOKEN_TYPE_UNSUPPORTED|Expected OAuth 2 access token|SESSION_COOKIE_INVALID/i,
    [
      ['endpoint/token-malformed', 0.6],
      ['endpoint/token-expired', 0.55],
      ['endpoint/token-wrong-environment', 0.3],
    ],
    { ...CALL, source: API },
  ],
  [/\bauthError\b|Invalid Credentials/i, TOKEN_ENDED, { ...CALL, source: API }],
  [
    /rateLimitExceeded|userRateLimitExceeded|RESOURCE_EXHAUSTED|quotaExceeded|Quota exceeded|RATE_LIMIT_EXCEEDED|dailyLimitExceeded|OVER_QUERY_LIMIT|OverQuotaMapError/i,
    [['endpoint/rate-limited', 0.95]],
    { source: API },
  ],
  [
    /PERMISSION_DENIED|does not have (?:the )?[\w.]* ?permission|The caller does not have permission|Permission ['"`]?[\w.]+['"`]? denied|insufficientPermissions|forbidden|REQUEST_DENIED/i,
    [
      [
        'endpoint/missing-permission',
        0.8,
        'The account holds no role with this permission on this resource; a service account sees only what was shared with it.',
      ],
      ['endpoint/feature-missing', 0.25],
      ['scope/not-requested', 0.25],
    ],
    { ...CALL, source: API },
  ],
  [/backendError|\bUNAVAILABLE\b|\bINTERNAL\b/, OUTAGE, { status: [0, 500, 503], source: API }],
  [
    /invalid_client/i,
    [
      ['client/unknown', 0.6],
      ['client/wrong-secret', 0.58],
      ['credential/placeholder', 0.4],
    ],
    { source: WEB },
  ],
  [
    /\brequested scopes? can(?:no|[’'])t be shown\b/i,
    because(
      SCOPE_REFUSED,
      'Google has the scope and does not show it on the page of consent of this client: it is kept for its own apps, or for those that were allowed it.',
      'Take a scope that the API documents for everybody.',
    ),
    { source: 'https://github.com/emreturkmencom/antigravity-telegram-suite/issues/40' },
  ],
  [
    /invalid_scope|Some requested scopes? were invalid/i,
    [
      ['scope/unknown', 0.7],
      ['scope/malformed', 0.55],
      ['scope/not-requested', 0.4],
    ],
    { source: WEB },
  ],
  [
    /invalid_grant/i,
    [
      ['grant/refresh-token-invalid', 0.6],
      ['grant/code-invalid', 0.55],
      ['connection/clock-skew', 0.35],
      ['grant/redirect-uri-mismatch', 0.2],
    ],
    { source: EXPIRY },
  ],
];

export const google: Vendor = vendorOf({
  id: 'google',
  title: 'Google',
  aliases: [
    'google',
    'gcp',
    'google cloud',
    'google cloud platform',
    'google workspace',
    'g suite',
    'gsuite',
    'gmail',
    'google drive',
    'google calendar',
    'google sheets',
    'google analytics',
    'google ads',
    'google maps',
    'google play',
    'google nest',
    'smart device management',
    'youtube',
    'firebase',
    'fcm',
    'bigquery',
    'vertex ai',
    'gemini',
    'google oauth',
  ],
  signs: [
    /accounts\.google\.com|oauth2\.googleapis\.com|googleapis\.com|gserviceaccount/,
    /DEVELOPER_TOKEN_NOT_APPROVED|youtubeSignupRequired|SENDER_ID_MISMATCH|ACCESS_TOKEN_SCOPE_INSUFFICIENT/,
  ],
  tokenHosts: /^(?:oauth2\.googleapis\.com|accounts\.google\.com|www\.googleapis\.com|sts\.googleapis\.com)$/,
  apiHosts: /\.googleapis\.com$/,
  signposts: {
    client: 'Google Cloud console > Google Auth Platform > Clients',
    grant: 'Google Cloud console > Google Auth Platform > Clients',
    access: 'Google Cloud console > Google Auth Platform > Data Access; for service accounts IAM',
    features: 'Google Cloud console > APIs & Services > Enabled APIs',
    policies: 'Google Cloud console > Logs Explorer, and Security > VPC Service Controls',
    place: 'Google Cloud console: the project at the top',
  },
  docs: WEB,
  rows: [
    ...firebase,
    ...grants,
    ...clients,
    ...consent,
    ...infrastructure,
    ...workspace,
    ...ads,
    ...youtube,
    ...calls,
  ],
});
