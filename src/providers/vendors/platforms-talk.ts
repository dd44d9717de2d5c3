/** Who carries calls, meetings and messages: RingCentral, Zoom, Slack, Discord, Webex, Twilio, Vonage. This table is long. */
import {
  CLOCK,
  CODE_ENDED,
  CONSENT,
  DISABLED,
  EXPIRED,
  FEATURE,
  GONE,
  HIDDEN,
  LIMIT,
  NO_GRANT,
  NO_PAIR,
  NO_TOKEN,
  OTHER_PLACE,
  OUTAGE,
  PERMISSION,
  POLICY,
  REDIRECT,
  REFRESH_ENDED,
  SCOPE_MISSING,
  SCOPE_UNKNOWN,
  TOKEN_ENDED,
  TOKEN_SPOILT,
  UNKNOWN_CLIENT,
  USER_WANTED,
  WRONG_PAIR,
  WRONG_SECRET,
} from './rankings.ts';
import { contextOf } from './phrase.ts';
import { because, CALL, numbered, TOKEN, vendorOf } from './table.ts';
import type { Vendor } from './vendor.ts';

export const ringcentral: Vendor = vendorOf({
  id: 'ringcentral',
  title: 'RingCentral',
  aliases: ['ringcentral', 'ring central', 'glip', 'avaya cloud office', 'rainbow office'],
  signs: [/ringcentral\.com|\bOAU-\d{3}\b/],
  tokenHosts: /^platform(?:\.devtest)?\.ringcentral\.com$/,
  docs: 'https://developers.ringcentral.com/guide/basics/errors',
  rows: [
    [
      /Application Release Status: Blocked|app(?:lication)? (?:is |has been )?(?:blocked|suspended)/i,
      because(DISABLED, 'The app is blocked in this environment.'),
    ],
    [/Basic authentication header is missing or malformed/i, NO_PAIR, TOKEN],
    [
      /\[?user needs to have \[?[\w ]+\]?|"?CMN-408|\] permission required/i,
      because(PERMISSION, 'The user for whom the app acts has no role with this permission.'),
    ],
    [
      /OAU-165|Sandbox client is not allowed/i,
      because(
        [
          ['request/wrong-region', 0.93],
          ['client/unknown', 0.2],
        ],
        'A sandbox app was sent to production; it answers only at platform.devtest.ringcentral.com.',
      ),
    ],
    [
      /OAU-168|Password grant is not allowed/i,
      because(
        [
          ['grant/not-allowed', 0.93],
          ['endpoint/policy-denied', 0.4],
        ],
        'The account demands a second factor, so no password is taken; use the JWT flow.',
      ),
    ],
    [
      /unauthorized for (?:the required|this) grant type|OAU-251|OAU-11[24]|OAU-125|Grant type is not allowed|Unsupported grant type/i,
      because(
        [
          ['grant/not-allowed', 0.85],
          ['grant/wrong-type-sent', 0.45],
        ],
        'The type of the app does not allow this grant.',
        'Developer Console > the app > Settings: Auth and App Type.',
      ),
    ],
    [
      /OAU-151|OAU-116|Authori[sz]ation method (?:is )?not supported|Invalid authorization method/i,
      because(
        [
          ['client/auth-method-mismatch', 0.72],
          ['header/wrong-scheme', 0.5],
          ['credential/missing', 0.3],
        ],
        'The token endpoint wants the pair as Basic (or a client assertion for an app that signs).',
      ),
    ],
    [/OAU-123|header is not specified/i, NO_PAIR, TOKEN],
    [
      /OAU-13[46]\b[^\n]{0,40}Authorization header|OAU-134|Invalid Authorization header/i,
      [
        ['header/bad-base64', 0.55],
        ['header/wrong-scheme', 0.5],
        ['credential/missing', 0.35],
      ],
      TOKEN,
    ],
    [
      /OAU-12[017]|OAU-153|OAU-146|Wrong Application|Invalid client(?: credentials)?\b|Invalid Authorization header value|Invalid application release/i,
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
    ],
    [
      /OAU-14[1278]|OAU-236|OAU-105|in current state is not allowed|Extension is disabled or frozen|account is locked out|extension is not allowed/i,
      because(DISABLED, 'The extension or the account may not sign in: not activated, frozen or locked.'),
    ],
    [
      /OAU-140|OAU-128(?=[^\n]*resource)|Invalid resource owner credentials/i,
      [
        ['client/wrong-secret', 0.6],
        ['request/wrong-region', 0.5],
      ],
    ],
    [
      /OAU-222|OAU-136|OAU-232|Account does not exist|Extension not found/i,
      because(
        [
          ['client/unknown', 0.6],
          ['request/wrong-region', 0.5],
          ['endpoint/token-wrong-environment', 0.4],
        ],
        'The account or extension of the token does not exist (any more) in this environment.',
      ),
    ],
    [/OAU-167|Site access forbidden/i, POLICY],
    [/OAU-211|OAU-212|refresh token/i, [['grant/refresh-token-invalid', 0.85]], TOKEN],
    [/OAU-109|Redirect URIs? do not match|redirect_uri|OAU-113|No redirect uri is registered/i, REDIRECT],
    [/OAU-10[268]|OAU-110|OAU-156|Authorization code/i, CODE_ENDED],
    [/OAU-117|scope of requesting application/i, SCOPE_UNKNOWN],
    [
      /OAU-213|Token (?:is )?not found/i,
      [
        ['endpoint/token-expired', 0.7],
        ['grant/refresh-token-invalid', 0.5],
        ['endpoint/token-wrong-environment', 0.4, 'Sandbox and production know only their own tokens.'],
      ],
    ],
    [/OAU-149|OAU-129|Unparsable access token|Access token corrupted/i, TOKEN_SPOILT],
    [
      /OAU-128|OAU-130|Token (?:is )?expired|Access token expired/i,
      [
        ['endpoint/token-expired', 0.8],
        ['endpoint/token-wrong-environment', 0.25],
      ],
    ],
    [
      /CMN-401|In order to call this API endpoint, application needs to have|permission for requested resource|InsufficientPermissions/i,
      [
        [
          'endpoint/missing-permission',
          0.7,
          'The app does not have the application permission (its scope) that the call names.',
        ],
        ['endpoint/missing-scope', 0.68],
        ['scope/not-allowed', 0.5],
      ],
    ],
    [/CMN-40[235]|CMN-419|ADG-10[01]/i, [['endpoint/missing-permission', 0.85]]],
    [
      /CMN-30[1-9]|CMN-31\d|MSG-305|Request rate exceeded/i,
      [['endpoint/rate-limited', 0.97]],
      { forced: true },
    ],
    [
      /CMN-109|BIL-\d|FeatureNotAvailable|feature[^\n]{0,30}not (?:available|enabled)/i,
      [['endpoint/feature-missing', 0.9]],
    ],
    [/CMN-102|Resource for parameter|CMN-104/i, [['endpoint/not-found', 0.85]]],
    [/CMN-20[0-3]|CMN-211|Service (?:is )?(?:temporary|temporarily) unavailable/i, OUTAGE],
  ],
});

const ZOOM_API = 'https://developers.zoom.us/docs/api/errors/';

export const zoom: Vendor = vendorOf({
  id: 'zoom',
  title: 'Zoom',
  aliases: ['zoom', 'zoom us', 'zoom api', 'zoom phone'],
  signs: [/zoom\.us\/oauth|api\.zoom\.us/],
  tokenHosts: /^zoom\.us$/,
  apiHosts: /^api\.zoom\.us$/,
  docs: 'https://developers.zoom.us/docs/integrations/oauth-error-messages/',
  rows: [
    [
      /unsupported grant type|Grant type is not supported|\b4705\b/i,
      [
        [
          'grant/wrong-type-sent',
          0.7,
          'A server-to-server app uses grant_type=account_credentials with an account_id, and only an app of that type has this grant.',
          'Send grant_type=account_credentials and account_id, as a form, with id and secret in a Basic header.',
        ],
        ['grant/not-allowed', 0.45],
        ['request/json-body', 0.4],
        ['request/missing-grant-type', 0.35],
      ],
    ],
    [/Missing grant type/i, NO_GRANT],
    [
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
      CALL,
    ],
    [
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
      TOKEN,
    ],
    [/Client ID or client secret is missing/i, NO_PAIR],
    [
      /Invalid client_id:? [\w*-]{4,}/i,
      because(
        [
          ['client/unknown', 0.78],
          ['credential/placeholder', 0.3],
          ['client/disabled', 0.3],
        ],
        'Zoom does not know this client id: the development and the production id of an app differ, and an app that was removed has none.',
      ),
    ],
    [
      /Invalid client(?:_id or client_secret| secret)?\b|does not match authenticated client|\b470[24]\b|invalid_client/i,
      [
        ['client/wrong-secret', 0.6],
        ['client/unknown', 0.55],
        ['client/disabled', 0.3],
      ],
    ],
    [
      /token is disabled by admin|\b4738\b|not (?:been )?pre-?approved/i,
      because(
        [
          ['endpoint/policy-denied', 0.72],
          ['endpoint/consent-missing', 0.65],
        ],
        'An administrator of the account has switched this app off (or not approved it beforehand).',
        'Zoom App Marketplace > Manage > Admin App Management > Permissions.',
      ),
    ],
    [
      /bad request[^]{0,120}(?:account|app)|The app(?:lication)? (?:has been|is) disabled|\b4717\b|disabled/i,
      [
        ['client/disabled', 0.7, 'The app is not activated, or was switched off.'],
        ['client/unknown', 0.4],
      ],
      TOKEN,
    ],
    [
      /reason: Bad request/i,
      [
        [
          'client/disabled',
          0.5,
          'Zoom says no more than "Bad request" of an app that is not activated and of an account_id that is not that of the app.',
          'Marketplace > the app: Activation, and the Account ID under App Credentials.',
        ],
        ['request/missing-grant-type', 0.48],
        ['client/unknown', 0.4],
      ],
      TOKEN,
    ],
    [/Redirect URI mismatch|\b4709\b|Invalid redirect/i, [['grant/redirect-uri-mismatch', 0.97]]],
    [/Invalid authorization code|Code is expired|\b473[34]\b/i, CODE_ENDED],
    [
      /owner of the token does not exist|\b4735\b/i,
      because(REFRESH_ENDED, 'The user who gave this token has left the account.'),
    ],
    [
      /Refresh token invalid|Invalid Refresh token|token has been revoked|Can ?not find the authentication|token tolerance range|Invalid Token!|\b47(?:37|40|41)\b/i,
      because(
        REFRESH_ENDED,
        'A refresh token is used once, and a newer authorization by the same user ends the older ones.',
      ),
      TOKEN,
    ],
    [/refresh token/i, [['grant/refresh-token-invalid', 0.85]], TOKEN],
    [
      /does not contain scopes|\b4711\b|\b104\b[^\n]{0,40}Invalid access token/i,
      because(
        [
          ['endpoint/missing-scope', 0.88],
          ['scope/not-allowed', 0.6],
        ],
        'The token lacks the scope that the answer names; add it to the app, activate the app again and fetch a new token.',
      ),
    ],
    [/Access token is expired|token (?:is )?expired/i, EXPIRED, { source: ZOOM_API }],
    [/Token cannot be empty|\b4724\b/i, NO_TOKEN],
    [
      /Invalid access token|\b124\b/i,
      [
        ['endpoint/token-expired', 0.6],
        ['endpoint/token-malformed', 0.55],
      ],
      { ...CALL, source: ZOOM_API },
    ],
    [
      /Only available for paid|(?:does not|doesn.t) have (?:a )?(?:webinar|zoom phone|phone|paid|pro\b)[^\n]{0,30}|Zoom Phone (?:has not been|is not) enabled|(?:webinar|paid) (?:plan|subscription) is missing|not allowed meeting hosting|must (?:be|have) a (?:paid|licensed)|cloud recording[^\n]{0,40}(?:not enabled|disabled)/i,
      because(FEATURE, 'The account or the user has no plan or licence that holds this.'),
      { source: ZOOM_API },
    ],
    [
      /User does not belong to this account|\b1010\b/i,
      because(
        [
          ['endpoint/token-wrong-environment', 0.62],
          ['endpoint/not-found', 0.5],
          ['endpoint/missing-permission', 0.35],
        ],
        'The user is one of another Zoom account than that of the token.',
      ),
      { ...CALL, source: ZOOM_API },
    ],
    [
      /User does not exist|\b1001\b/i,
      because(
        [
          ['endpoint/not-found', 0.66],
          ['endpoint/user-context', 0.5],
        ],
        'No such user in this account; with a server-to-server token "me" stands for nobody you may mean, so name the user by id or address.',
      ),
      { ...CALL, source: ZOOM_API },
    ],
    [
      /Meeting (?:does not exist|is not found)|\b3001\b|Webinar does not exist|endpoint is not recognized|\b2300\b/i,
      because(GONE, 'No such meeting or path; the meeting of another account is answered the same way.'),
      { ...CALL, source: ZOOM_API },
    ],
    [
      /maximum per-(?:second|day)|daily rate limit|rate limit/i,
      LIMIT,
      { source: 'https://developers.zoom.us/docs/api/rate-limits/' },
    ],
    [
      /No permission|not have (?:the )?permission|\bcode["']?: ?200\b|\b3000\b/i,
      because(
        [
          ['endpoint/missing-permission', 0.72],
          ['endpoint/feature-missing', 0.5],
          ['endpoint/missing-scope', 0.3],
        ],
        'The role of the user behind the token does not let it do this, or the account has no such plan.',
      ),
      { ...CALL, source: ZOOM_API },
    ],
  ],
});

const SLACK_AUTH = 'https://docs.slack.dev/reference/methods/auth.test#errors';
const SLACK_CHAT = 'https://docs.slack.dev/reference/methods/chat.postMessage#errors';
const SLACK_HOOK =
  'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors';

export const slack: Vendor = vendorOf({
  id: 'slack',
  title: 'Slack',
  aliases: ['slack', 'slack api', 'slack bolt'],
  signs: [
    /slack\.com\/api|bad_client_secret|not_allowed_token_type|ekm_access_denied|team_access_not_granted/,
  ],
  tokenHosts: /^slack\.com$/,
  docs: 'https://docs.slack.dev/reference/methods/oauth.v2.access',
  rows: [
    [/bad_client_secret/i, [['client/wrong-secret', 0.95]]],
    [/invalid_client_id/i, [['client/unknown', 0.9]]],
    [/\binvalid_code\b|code_already_used/i, [['grant/code-invalid', 0.97]], { forced: true }],
    [/bad_redirect_uri/i, [['grant/redirect-uri-mismatch', 0.97]], { forced: true }],
    [
      /oauth_authorization_url_mismatch/i,
      [
        [
          'request/wrong-endpoint',
          0.93,
          'The flow began at /oauth/authorize and ended at oauth.v2.access, or the other way round; both must be v2.',
        ],
      ],
    ],
    [/invalid_refresh_token/i, REFRESH_ENDED],
    [/invalid_grant_type/i, NO_GRANT],
    [
      /\bno_scopes\b/i,
      [
        ['scope/not-requested', 0.95, 'The request asks for no scope.'],
        ['scope/malformed', 0.2],
      ],
    ],
    [
      /invalid_team_for_non_distributed_app/i,
      because(POLICY, 'The app is not distributed, so it can be installed in its own workspace only.'),
    ],
    [
      /team_access_not_granted|app_not_installed|installation (?:data )?(?:was )?not found|No installation data found/i,
      because(CONSENT, 'The app is not installed in this workspace of the organization.'),
      { source: SLACK_AUTH },
    ],
    [
      /\bmissing_scope\b/i,
      because(
        [
          ['endpoint/missing-scope', 0.93],
          ['scope/not-requested', 0.6],
        ],
        'The token lacks the scope that stands in "needed"; after a change the app must be installed again.',
      ),
      { source: SLACK_AUTH },
    ],
    [
      /not_allowed_token_type|user_is_bot/i,
      [
        [
          'endpoint/user-context',
          0.82,
          'The method takes another kind of token: of a user (xoxp), of a bot (xoxb) or of the app (xapp).',
        ],
        ['endpoint/token-malformed', 0.3],
      ],
      { source: SLACK_AUTH },
    ],
    [
      /\bnot_authed\b/i,
      because(
        [
          ['endpoint/token-malformed', 0.85],
          ['header/missing-scheme', 0.4],
        ],
        'Slack saw no token: the header lacks the word Bearer, the variable is empty, or the token stands in a JSON body.',
      ),
      { source: SLACK_AUTH },
    ],
    [
      /\btoken_(?:expired|revoked)\b/i,
      [
        ['endpoint/token-expired', 0.93],
        ['client/disabled', 0.2],
      ],
      { source: SLACK_AUTH },
    ],
    [
      /account_inactive/i,
      because(
        [
          ['endpoint/token-expired', 0.7],
          ['client/disabled', 0.66],
        ],
        'The token is of a user or a workspace that was removed, or of an app that was uninstalled.',
      ),
      { source: SLACK_AUTH },
    ],
    [
      /\binvalid_auth\b/i,
      [
        ['endpoint/token-malformed', 0.6],
        ['endpoint/token-expired', 0.5],
        ['endpoint/ip-blocked', 0.3, 'Slack says the same of an address that the app does not allow.'],
      ],
      { source: SLACK_AUTH },
    ],
    [
      /ekm_access_denied|restricted_action|access_?limited|two_factor_setup_required|action_prohibited|is_archived|posting_to_\w+_denied|enterprise_is_restricted|cannot_install_an_org_installed_app/i,
      because(POLICY, 'A setting of the workspace or of the channel forbids it.'),
      { source: SLACK_CHAT },
    ],
    [
      /org_login_required|team_added_to_org/i,
      because(OUTAGE, 'The workspace is being moved into an Enterprise organization; ask again later.'),
      { source: SLACK_AUTH },
    ],
    [
      /not_in_channel/i,
      because(PERMISSION, 'The bot is not a member of the channel.', 'In the channel: /invite @the-app.'),
      { source: SLACK_CHAT },
    ],
    [
      /channel_not_found/i,
      because(HIDDEN, 'A private channel of which the bot is no member does not exist for it.'),
      { source: SLACK_CHAT },
    ],
    [
      /paid_(?:teams_)?only|plan_upgrade_required|feature_not_enabled|preview_feature_not_available|not_paid/i,
      FEATURE,
      { source: SLACK_AUTH },
    ],
    [
      /no_permission|not_an_admin|admin_required|user_is_(?:ultra_)?restricted|cant_\w+|not_authorized|access_denied/i,
      because(PERMISSION, 'The user or bot behind the token may not do this.'),
      { source: SLACK_AUTH },
    ],
    [
      /unknown_method|method_deprecated|deprecated_endpoint|method_not_supported_for_channel_type|user_not_found|users_not_found|message_not_found|file_not_found/i,
      GONE,
      { source: SLACK_AUTH },
    ],
    [
      /\bno_service(?:_id)?\b|\bno_active_hooks\b|\bno_team\b/i,
      because(DISABLED, 'The webhook was removed or switched off, with its app or by an administrator.'),
      { source: SLACK_HOOK },
    ],
    [/\binvalid_token\b/i, TOKEN_SPOILT, { source: SLACK_HOOK }],
    [/\brate_?limited\b/i, [['endpoint/rate-limited', 0.97]], { forced: true }],
    [
      /\b(?:fatal_error|internal_error|service_unavailable|request_timeout)\b/i,
      OUTAGE,
      { source: SLACK_AUTH },
    ],
  ],
});

const DISCORD_CODES = 'https://discord.com/developers/docs/topics/opcodes-and-status-codes#json';
const DISCORD_GATEWAY =
  'https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes';

const discord: Vendor = vendorOf({
  id: 'discord',
  title: 'Discord',
  aliases: ['discord', 'discord.js', 'discord.py', 'discord bot'],
  signs: [/discord(?:app)?\.com\/api/],
  tokenHosts: /^discord(?:app)?\.com$/,
  docs: 'https://discord.com/developers/docs/topics/oauth2',
  rows: [
    [
      numbered('code', '20001', 'Bots cannot use this endpoint'),
      because(USER_WANTED, 'The endpoint takes the token of a user (Bearer), not that of a bot.'),
      { source: DISCORD_CODES },
    ],
    [
      numbered('code', '20002', 'Only bots can use this endpoint'),
      [
        [
          'header/wrong-scheme',
          0.72,
          'The endpoint wants the token of the bot, sent as "Bot …" and not as "Bearer …".',
        ],
        ['endpoint/token-wrong-environment', 0.4],
      ],
      { source: DISCORD_CODES },
    ],
    [numbered('code', '50026', 'Missing required OAuth2 scope'), SCOPE_MISSING, { source: DISCORD_CODES }],
    [numbered('code', '50010', 'application does not have a bot'), FEATURE, { source: DISCORD_CODES }],
    [
      /disallowed intent|privileged (?:gateway )?intents|\b4014\b/i,
      because(
        FEATURE,
        'The bot asks for privileged intents that are not switched on.',
        'Developer Portal > the app > Bot > Privileged Gateway Intents.',
      ),
      { source: DISCORD_GATEWAY },
    ],
    [
      numbered('code', '50013', 'Missing Permissions'),
      because(
        [['endpoint/missing-permission', 0.96]],
        'The role of the bot lacks a permission here, or stands below the role or member that it should act on.',
      ),
      { forced: true, source: DISCORD_CODES },
    ],
    [
      numbered('code', '50001', 'Missing Access'),
      because(
        [
          ['endpoint/missing-permission', 0.86],
          ['endpoint/missing-scope', 0.4],
        ],
        'The bot is not in this server or does not see the channel; for slash commands it was invited without applications.commands.',
      ),
      { source: DISCORD_CODES },
    ],
    [
      numbered(
        'code',
        '60003|40002|20026|40007|50007|50009',
        'Two factor is required|need to verify your account|banned from this guild|Cannot send messages to this user|flagged by our anti-spam',
      ),
      POLICY,
      { source: DISCORD_CODES },
    ],
    [
      numbered(
        'code',
        '20012|20018|50005|50033|50073',
        'not authorized to perform this action on this application|Only the owner of this account',
      ),
      PERMISSION,
      { source: DISCORD_CODES },
    ],
    [
      numbered('code', '50101|20040|110001|30032', 'required boost level|Application not yet available'),
      FEATURE,
      { source: DISCORD_CODES },
    ],
    [
      numbered(
        'code',
        '20016|20022|20028|40003|40062|30\\d{3}',
        'You are being rate limited|opening direct messages too fast|Maximum number of',
      ),
      LIMIT,
      { source: DISCORD_CODES },
    ],
    [/Invalid "?redirect_uri"? in request/i, REDIRECT],
    [
      /invalid_client/i,
      [
        ['client/wrong-secret', 0.65],
        ['client/unknown', 0.5],
        ['request/wrong-content-type', 0.25],
      ],
    ],
    [numbered('code', '10002', 'Unknown Application'), UNKNOWN_CLIENT, { source: DISCORD_CODES }],
    [
      /Invalid "code" in request|invalid_grant|Invalid OAuth2 state/i,
      [
        ['grant/code-invalid', 0.75],
        ['grant/redirect-uri-mismatch', 0.45],
      ],
      TOKEN,
    ],
    [
      /Grant type None|unsupported_grant_type|client_id["']?: ?\[?["']?This field is required/i,
      [
        ['request/json-body', 0.6, 'Discord reads a form at the token endpoint, no JSON.'],
        ['request/wrong-content-type', 0.5],
        ['request/missing-grant-type', 0.4],
      ],
    ],
    [/invalid_scope/i, SCOPE_UNKNOWN],
    [numbered('code', '50025', 'Invalid OAuth2 access token'), TOKEN_ENDED, { source: DISCORD_CODES }],
    [
      numbered('code', '50027|50014', 'Invalid webhook token|Invalid authentication token provided'),
      because(TOKEN_SPOILT, 'The token in the URL or the header is none that Discord knows.'),
      { source: DISCORD_CODES },
    ],
    [
      /\b4004\b|Authentication failed/i,
      because(
        TOKEN_SPOILT,
        'The token of the bot is wrong: reset in the portal, cut, or that of another app.',
      ),
      { source: DISCORD_GATEWAY },
    ],
    [
      /401: Unauthorized|\b401\b[^\n]{0,30}Unauthorized|Improper token|TOKEN_INVALID|\bcode["']?: ?40001\b/i,
      [
        [
          'header/missing-scheme',
          0.5,
          'Discord wants the word Bot before a bot’s token, and Bearer before a user’s.',
        ],
        ['endpoint/token-malformed', 0.5],
        ['endpoint/token-expired', 0.35],
      ],
      CALL,
    ],
    [
      numbered(
        'code',
        '100(?:0[1-9]|1\\d|2\\d|3\\d|[4-9]\\d)',
        'Unknown (?:Channel|Guild|Member|Message|User|Role|Webhook|Interaction)',
      ),
      because(GONE, 'No such object, or one of a server in which the bot is not.'),
      { source: DISCORD_CODES },
    ],
    [numbered('code', '130000', 'API resource is currently overloaded'), OUTAGE, { source: DISCORD_CODES }],
  ],
});

const webex: Vendor = vendorOf({
  id: 'webex',
  title: 'Webex',
  aliases: ['webex', 'cisco', 'cisco webex', 'webex teams'],
  signs: [/webexapis\.com/],
  tokenHosts: /^webexapis\.com$/,
  apiHosts: /^(?:webexapis|api\.ciscospark)\.com$/,
  docs: 'https://developer.webex.com/docs/basics',
  rows: [
    [
      /Invalid Guest(?: issuer)? (?:ID|token)|Guest issuer/i,
      because(
        UNKNOWN_CLIENT,
        'The issuer of the guest token is not one of this organization, or the JWT was signed with another secret.',
      ),
    ],
    [/Missing required scopes?|not have (?:the )?required scopes?|insufficient[_ ]scope/i, SCOPE_MISSING],
    [
      /not (?:licensed|entitled)|requires? a license|no (?:valid )?license|not have a (?:valid )?(?:host )?license/i,
      FEATURE,
    ],
    [
      /Caller does not have sufficient privileges|not authorized to (?:access|perform)|only (?:an )?(?:org(?:anization)? )?administrators?/i,
      because(
        PERMISSION,
        'The person or bot behind the token has no right there: no member of the space, or no administrator.',
      ),
    ],
    [
      /Could not find a room|Room not found|The requested resource could not be found/i,
      because(HIDDEN, 'A space of which the bot is no member does not exist for it.'),
    ],
    [/refresh[_ ]token[^\n]{0,60}(?:invalid|expired|revoked)/i, REFRESH_ENDED, TOKEN],
    [/invalid_redirect_uri|redirect_uri/i, REDIRECT, TOKEN],
    [/invalid_client|client authentication failed/i, WRONG_PAIR, TOKEN],
    [/invalid_scope/i, SCOPE_UNKNOWN, TOKEN],
    [
      /requires a valid access token set in the Authorization|The request requires a valid access token/i,
      because(
        TOKEN_ENDED,
        'The token is missing, cut or over: a personal token lives twelve hours, that of an integration fourteen days.',
      ),
    ],
    [/too many requests|rate[- ]limit/i, LIMIT],
  ],
});

const TWILIO = 'https://www.twilio.com/docs/api/errors';
const SENDGRID = 'https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/errors';

const twilio: Vendor = vendorOf({
  id: 'twilio',
  title: 'Twilio, SendGrid',
  aliases: ['twilio', 'sendgrid', 'twilio sendgrid', 'segment'],
  signs: [/api\.twilio\.com|api\.sendgrid\.com|twilio\.com\/docs\/errors/],
  apiHosts: /\.twilio\.com$|^api\.sendgrid\.com$/,
  docs: TWILIO,
  rows: [
    [
      /\b20008\b|not accessible with Test Account Credentials/i,
      because(OTHER_PLACE, 'Test credentials open a few resources only.'),
    ],
    [
      /\b20005\b|account (?:is )?not active/i,
      because(DISABLED, 'The account or subaccount is suspended or closed.'),
    ],
    [/\b20104\b|Access Token expired/i, EXPIRED],
    [/\b20105\b|\b20157\b|Access Token not yet valid|expiration time[^\n]{0,40}(?:exceeds|maximum)/i, CLOCK],
    [
      /\b20107\b|\b20103\b|Invalid Access Token (?:signature|issuer)/i,
      because(
        [
          ['client/wrong-secret', 0.72],
          ['client/unknown', 0.5],
        ],
        'The token was signed with a secret that is not that of this API key, or names a key or account that does not exist.',
      ),
    ],
    [/\b20101\b|Invalid Access Token\b/i, TOKEN_SPOILT],
    [
      /\b21408\b|\b21215\b|\b13227\b|not been enabled for the region|Geo[- ]?permission/i,
      because(POLICY, 'The geographic permissions of the account do not hold this country.'),
    ],
    [
      /\b2160[68]\b|\b21219\b|is unverified|Trial accounts cannot/i,
      because(FEATURE, 'A trial account reaches verified numbers only.'),
    ],
    [/\b20429\b|\b14107\b|too many requests/i, LIMIT],
    [
      /\b20003\b|Authenticate\b/i,
      because(
        [
          ['request/wrong-region', 0.64],
          ['client/wrong-secret', 0.5],
          ['endpoint/token-wrong-environment', 0.4],
        ],
        'A region other than us1 needs its edge beside it (region ie1, edge dublin), and has API keys of its own.',
      ),
      { when: (_, scene) => /\bregion["']?\s{0,8}[:=]\s{0,2}["'](?!us1)\w{2,4}["']/i.test(contextOf(scene)) },
    ],
    [
      /\b20003\b|Authenticate\b|Permission Denied/i,
      because(
        [
          ['client/wrong-secret', 0.6],
          ['endpoint/token-wrong-environment', 0.4],
          ['client/unknown', 0.38],
          ['client/disabled', 0.35],
        ],
        'Account SID and auth token (or API key SID and secret) do not belong together; the test pair, a subaccount and another region each have their own.',
      ),
    ],
    [/\b20006\b|Access forbidden by/i, PERMISSION],
    [/\b20404\b/i, [['endpoint/not-found', 0.9]]],
    [
      /does not match a verified Sender Identity|verified sender/i,
      because(
        POLICY,
        'The sender address is no verified one.',
        'SendGrid > Settings > Sender Authentication.',
      ),
      { source: SENDGRID },
    ],
    [
      /Maximum credits exceeded/i,
      because(LIMIT, 'The plan’s mails of this period are used up.'),
      { source: SENDGRID },
    ],
    [
      /requestor's IP Address is not whitelisted|IP Access Management/i,
      [['endpoint/ip-blocked', 0.96]],
      { source: SENDGRID },
    ],
    [
      /authorization grant is invalid, expired,? or revoked/i,
      [
        ['endpoint/token-malformed', 0.55],
        ['endpoint/token-expired', 0.5],
        ['endpoint/token-wrong-environment', 0.25, 'Keys of the EU region work at api.eu.sendgrid.com only.'],
      ],
      { source: SENDGRID },
    ],
    [
      /authorization required|Bad username \/ password|535 Authentication failed/i,
      because(
        [
          ['client/wrong-secret', 0.6],
          ['endpoint/token-malformed', 0.55],
        ],
        'The user name is the word apikey, and the password the key itself.',
      ),
      { source: SENDGRID },
    ],
    [
      /access forbidden|does not have the proper permission/i,
      [
        ['endpoint/missing-permission', 0.7, 'The API key was made without access to this part.'],
        ['endpoint/feature-missing', 0.4],
        ['endpoint/ip-blocked', 0.25],
      ],
      { ...CALL, source: SENDGRID },
    ],
  ],
});

const vonage: Vendor = vendorOf({
  id: 'vonage',
  title: 'Vonage',
  aliases: ['vonage', 'nexmo', 'opentok', 'tokbox'],
  signs: [/api(?:-\w+)?\.(?:nexmo|vonage)\.com|developer\.(?:nexmo|vonage)\.com\/api-errors/],
  apiHosts: /\.(?:nexmo|vonage)\.com$/,
  docs: 'https://developer.vonage.com/en/api-errors',
  rows: [
    [
      /Bad Credentials|Invalid credentials|did not provide correct credentials|Incorrect (?:API )?(?:key|secret)|error-code-label["']?: ?["']?authentication failed/i,
      WRONG_PAIR,
    ],
    [
      /Invalid (?:JWT )?Signature|signature (?:is )?invalid/i,
      because(
        WRONG_SECRET,
        'The JWT was signed with a private key that is not that of this application (or the signature secret differs).',
      ),
    ],
    [
      /Invalid Token|Invalid JWT|token (?:is )?(?:missing|invalid)/i,
      because(
        TOKEN_SPOILT,
        'The JWT is wrong: made with another application id, over, or not sent as Bearer.',
      ),
    ],
    [
      /Non White-?listed Destination|Non-Whitelisted/i,
      because(POLICY, 'A trial account reaches its own test numbers only.'),
    ],
    [/Partner account barred|account (?:is )?(?:barred|suspended)/i, DISABLED],
    [/Partner quota exceeded|quota exceeded|low balance|Throttled/i, LIMIT],
    [
      /not (?:have|been granted) (?:access|permission)|Forbidden|unprovisioned/i,
      because(
        [
          ['endpoint/missing-permission', 0.62],
          ['endpoint/feature-missing', 0.58],
        ],
        'The application lacks this capability, or the account may not use the product.',
        'Dashboard > Applications > the application > Capabilities.',
      ),
      CALL,
    ],
  ],
});

export const talkers: readonly Vendor[] = [discord, webex, twilio, vonage];
