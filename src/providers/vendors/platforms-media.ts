/** Music, films, streams and games: Spotify, Twitch, IGDB, Vimeo, SoundCloud, Deezer, Imgur, Trakt, MyAnimeList, Steam, Blizzard, EVE. This table is long. */
import {
  CODE_ENDED,
  CONSENT,
  DISABLED,
  EXPIRED,
  FEATURE,
  GONE,
  GRANT_ENDED,
  GRANT_REFUSED,
  LIMIT,
  NO_GRANT,
  NO_TOKEN,
  OTHER_PLACE,
  PERMISSION,
  PKCE,
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
} from './rankings.ts';
import { because, CALL, numbered, TOKEN, vendorOf } from './table.ts';
import type { Vendor } from './vendor.ts';

const SPOTIFY_AUTH = 'https://developer.spotify.com/documentation/web-api/tutorials/code-flow';
const SPOTIFY_PLAYER = 'https://developer.spotify.com/documentation/web-api/reference/start-a-users-playback';
const SPOTIFY_QUOTA = 'https://developer.spotify.com/documentation/web-api/concepts/quota-modes';

export const spotify: Vendor = vendorOf({
  id: 'spotify',
  title: 'Spotify',
  aliases: ['spotify', 'spotipy', 'spotify web api'],
  signs: [/accounts\.spotify\.com|api\.spotify\.com/],
  tokenHosts: /^accounts\.spotify\.com$/,
  apiHosts: /^api\.spotify\.com$/,
  docs: 'https://developer.spotify.com/documentation/web-api/concepts/api-calls',
  rows: [
    [
      /Invalid client secret/i,
      because(
        [
          ['client/wrong-secret', 0.9],
          ['credential/whitespace', 0.2],
        ],
        'Spotify knows the id and refuses the secret.',
      ),
      { proves: 'connection', source: SPOTIFY_AUTH },
    ],
    [
      /Invalid client\b(?! secret)/i,
      [
        ['client/unknown', 0.8],
        ['credential/placeholder', 0.4],
        ['client/wrong-secret', 0.35],
      ],
      { ...TOKEN, source: SPOTIFY_AUTH },
    ],
    [
      /Invalid redirect URI|INVALID_CLIENT: (?:Insecure|Invalid) redirect|Illegal redirect_uri|redirect_uri/i,
      because(
        [['grant/redirect-uri-mismatch', 0.97]],
        'The redirect URI is not, to the letter, one of the dashboard; Spotify takes https, or http with 127.0.0.1, and no "localhost".',
      ),
      { source: SPOTIFY_AUTH },
    ],
    [
      /Authorization code expired|Invalid authorization code/i,
      [['grant/code-invalid', 0.97]],
      { forced: true, source: SPOTIFY_AUTH },
    ],
    [/\bcode must be supplied/i, CODE_ENDED, { source: SPOTIFY_AUTH }],
    [
      /Refresh token revoked|Invalid refresh token/i,
      [['grant/refresh-token-invalid', 0.97]],
      { forced: true, source: SPOTIFY_AUTH },
    ],
    [/refresh_token must be supplied/i, REFRESH_ENDED, { source: SPOTIFY_AUTH }],
    [/code_verifier was incorrect/i, [['grant/pkce-mismatch', 0.97]], { forced: true, source: SPOTIFY_AUTH }],
    [/code_verifier/i, PKCE, { source: SPOTIFY_AUTH }],
    [
      /grant_type (?:parameter )?(?:is missing|must be)/i,
      [
        ['request/missing-grant-type', 0.6],
        ['request/json-body', 0.58],
        ['grant/wrong-type-sent', 0.5],
        ['request/wrong-content-type', 0.4],
      ],
      { source: SPOTIFY_AUTH },
    ],
    [
      /Invalid username/i,
      because(
        [['endpoint/user-context', 0.96]],
        'The call is about the signed-in user, and the token of client credentials has none.',
        'Sign a user in (authorization code with PKCE) and call with that token.',
      ),
      {
        ...CALL,
        source: 'https://developer.spotify.com/documentation/web-api/tutorials/client-credentials-flow',
      },
    ],
    [
      /Insufficient client scope/i,
      [
        ['scope/not-requested', 0.75, 'The token was asked for without the scope that this call wants.'],
        ['endpoint/missing-scope', 0.73],
      ],
    ],
    [
      /premium subscription required for the owner/i,
      because(FEATURE, 'The owner of an app in development mode needs a premium subscription.'),
      { source: SPOTIFY_QUOTA },
    ],
    [
      /User not registered in the Developer Dashboard|(?:may )?not (?:be )?registered/i,
      because(
        [
          ['endpoint/policy-denied', 0.72],
          ['endpoint/consent-missing', 0.6],
        ],
        'The app is in development mode and the user is not on its list.',
        'Dashboard > the app > Settings > User Management.',
      ),
      { source: SPOTIFY_QUOTA },
    ],
    [
      /NO_ACTIVE_DEVICE|No active device found|Device not found/i,
      because(GONE, 'No player of this user is running.'),
      { source: SPOTIFY_PLAYER },
    ],
    [
      /cannot (?:create|change|add|remove)[^\n]{0,60}(?:another|other) user|You (?:do not|don.t) own/i,
      because(PERMISSION, 'The playlist or profile belongs to another user than that of the token.'),
    ],
    [
      /Valid user authentication required/i,
      because(USER_WANTED, 'The call is about a user, and a client credentials token has none.'),
    ],
    [
      /request requires user authentication/i,
      because(
        [
          ['endpoint/user-context', 0.7],
          ['endpoint/missing-scope', 0.35],
          ['endpoint/token-malformed', 0.3],
        ],
        'What belongs to a user, such as a playlist, is changed with that user’s token only.',
      ),
      CALL,
    ],
    [
      /PREMIUM_REQUIRED|Premium required/i,
      because(
        [
          ['endpoint/feature-missing', 0.88],
          ['endpoint/user-context', 0.3],
        ],
        'The user has no Premium subscription, which this call wants.',
      ),
      { source: SPOTIFY_PLAYER },
    ],
    [
      /Only valid bearer authentication supported|Invalid access token|No token provided/i,
      [
        ['endpoint/token-malformed', 0.75],
        ['endpoint/token-expired', 0.4],
      ],
    ],
    [/The access token expired/i, [['endpoint/token-expired', 0.97]], { forced: true }],
    [/rate limit/i, LIMIT],
    [
      /\bERR_BAD_REQUEST\b|\bForbidden\b|\bNot Found\b|\bBad request\b/i,
      because(
        GONE,
        'Spotify has removed the endpoints that give several objects by their ids (2026).',
        'Fetch the objects one by one.',
      ),
      {
        ...CALL,
        source: 'https://github.com/Yooooomi/your_spotify/issues/590',
        when: ({ request: { url = '' } }) =>
          /\/v1\/(?:tracks|albums|artists|episodes|shows|audiobooks|chapters|users)\/?\?(?:[^#\s]*&)?ids=/i.test(
            url,
          ),
      },
    ],
    [
      /message: Forbidden\b|"message" ?: ?"Forbidden\.?"|Restriction violated/i,
      because(
        [
          ['endpoint/feature-missing', 0.62],
          ['endpoint/policy-denied', 0.5],
          ['endpoint/missing-permission', 0.4],
        ],
        'Since November 2024 apps in development mode get no audio features, recommendations, related artists and lists of Spotify’s own.',
      ),
      {
        ...CALL,
        source: 'https://developer.spotify.com/blog/2024-11-27-changes-to-the-web-api',
      },
    ],
    [/Illegal scope|INVALID_SCOPE/i, [['scope/unknown', 0.9]], { source: SPOTIFY_AUTH }],
    [
      /Invalid (?:base62 )?id\b|Resource not found|Service not found|^(?:\W|error|exception)*not found\W*$/im,
      GONE,
    ],
  ],
});

const twitch: Vendor = vendorOf({
  id: 'twitch',
  title: 'Twitch',
  aliases: ['twitch', 'twitch api', 'igdb', 'twurple'],
  signs: [/id\.twitch\.tv|api\.twitch\.tv|api\.igdb\.com/],
  tokenHosts: /^id\.twitch\.tv$/,
  apiHosts: /^api\.(?:twitch\.tv|igdb\.com)$/,
  docs: 'https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/',
  rows: [
    [/invalid client secret/i, [['client/wrong-secret', 0.9]]],
    [
      /missing client secret|missing client id/i,
      [
        [
          'client/auth-method-mismatch',
          0.55,
          'Twitch reads id and secret in the body (or the query) only, not in a Basic header.',
        ],
        ['credential/missing', 0.54],
      ],
      TOKEN,
    ],
    [
      /Client ID is missing|Client-?ID header (?:is )?(?:required|missing)|Must provide a valid Client-?ID/i,
      [
        [
          'credential/missing',
          0.66,
          'The call lacks the Client-Id header, which must name the client of the token.',
        ],
        ['endpoint/token-malformed', 0.5],
        ['client/unknown', 0.4],
      ],
      CALL,
    ],
    [
      /invalid client\b/i,
      [
        ['client/unknown', 0.75],
        ['credential/swapped', 0.2],
      ],
    ],
    [
      /Client ID and OAuth token do not match|client[- ]id[^\n]{0,40}does not match/i,
      because(
        [
          ['endpoint/token-wrong-environment', 0.8],
          ['endpoint/token-malformed', 0.4],
        ],
        'The token belongs to another client id than the Client-Id header names.',
      ),
    ],
    [
      /must match the user_?id (?:found )?in (?:the|your|request)|must match the user|does not match the user in the (?:OAuth|access) token/i,
      because(
        [
          ['endpoint/user-context', 0.72],
          ['endpoint/missing-permission', 0.6],
        ],
        'The id in the request must be that of the user who gave the token.',
      ),
      CALL,
    ],
    [/Missing scope|missing required scope/i, SCOPE_MISSING, CALL],
    [
      /Missing User OAUTH|user access token|Must provide a user (?:OAuth )?token/i,
      because(
        [
          ['endpoint/user-context', 0.85],
          ['endpoint/missing-scope', 0.4],
        ],
        'The call wants the token of a user, and an app access token came.',
      ),
      CALL,
    ],
    [
      /user is not a moderator|not an? (?:affiliate|partner)|channel[^\n]{0,30}(?:affiliate|partner)/i,
      because(
        [
          ['endpoint/missing-permission', 0.75],
          ['endpoint/feature-missing', 0.55],
        ],
        'The user is no moderator of this channel, or the channel is no affiliate or partner.',
      ),
      CALL,
    ],
    [/Parameter redirect_uri does not match|redirect_?uri/i, REDIRECT],
    [/Invalid authorization code|authorization code/i, CODE_ENDED, TOKEN],
    [/Invalid refresh token/i, REFRESH_ENDED],
    [/invalid grant type|missing grant type/i, NO_GRANT],
    [/invalid scope/i, SCOPE_UNKNOWN],
    [
      /Authorization Failure/i,
      because(
        TOKEN_SPOILT,
        'IGDB wants both headers: Client-ID, and the app access token of the same client as Bearer.',
      ),
      { source: 'https://api-docs.igdb.com/#authentication' },
    ],
    [/OAuth token is missing/i, NO_TOKEN],
    [/invalid (?:oauth|access) token/i, TOKEN_ENDED],
    [
      /two[- ]factor|2FA|no longer (?:available|supported)|This API is (?:removed|gone)|It's time to kraken/i,
      GONE,
      CALL,
    ],
  ],
});

const vimeo: Vendor = vendorOf({
  id: 'vimeo',
  title: 'Vimeo',
  aliases: ['vimeo'],
  signs: [/api\.vimeo\.com/],
  tokenHosts: /^api\.vimeo\.com$/,
  docs: 'https://help.vimeo.com/hc/en-us/articles/12427690271377-Troubleshooting-API-errors',
  rows: [
    [
      numbered('error_code', '8002', 'not bound to a (?:Vimeo )?user'),
      because(USER_WANTED, 'The call is about a user, and the token has none (client credentials).'),
    ],
    [
      numbered(
        'error_code',
        '800[013]',
        "didn't receive the user's credentials|valid authenticated access token",
      ),
      TOKEN_SPOILT,
    ],
    [
      numbered(
        'error_code',
        '3(?:200|205|101|204)',
        'does not have (?:the )?(?:access|permission|capabilities) to',
      ),
      because(
        [
          ['endpoint/missing-scope', 0.62],
          ['endpoint/missing-permission', 0.6],
          ['endpoint/feature-missing', 0.45],
        ],
        'The token lacks the scope (upload, edit, private …), or the plan of the account does not hold this.',
      ),
    ],
    [numbered('error_code', '9000', 'Too many API requests'), LIMIT],
  ],
});

const soundcloud: Vendor = vendorOf({
  id: 'soundcloud',
  title: 'SoundCloud',
  aliases: ['soundcloud'],
  signs: [/api\.soundcloud\.com|secure\.soundcloud\.com/],
  tokenHosts: /^secure\.soundcloud\.com$/,
  apiHosts: /^api\.soundcloud\.com$/,
  docs: 'https://developers.soundcloud.com/docs/api/guide#authentication',
  rows: [
    [
      /rate_limit_exceeded|too many requests|\b429\b/i,
      because(
        LIMIT,
        'Client credentials tokens are counted (50 in 12 hours for an app): keep one until it ends.',
      ),
    ],
    [/invalid_client/i, WRONG_PAIR],
    [/invalid_grant/i, because(GRANT_ENDED, 'A refresh token is used once; the answer brings the next.')],
    [
      /insufficient[_ ]scope|\b403\b|Forbidden/i,
      because(
        [
          ['endpoint/missing-permission', 0.62],
          ['endpoint/feature-missing', 0.5],
          ['endpoint/user-context', 0.45],
        ],
        'The track is private or blocked for apps, or the call wants the token of a user.',
      ),
      CALL,
    ],
    [
      /\b401\b|Unauthori[sz]ed/i,
      because(
        [...TOKEN_ENDED.slice(0, 2), ['endpoint/user-context', 0.45]] as unknown as typeof TOKEN_ENDED,
        'Tokens live an hour, and stand behind the word OAuth (or Bearer); a bare client_id is taken no more.',
      ),
      CALL,
    ],
  ],
});

const deezer: Vendor = vendorOf({
  id: 'deezer',
  title: 'Deezer',
  aliases: ['deezer'],
  // "OAuthException" alone is also Meta’s; the number tells them apart.
  signs: [
    /(?:api|connect)\.deezer\.com/,
    /OAuthException[^]{0,120}\bcode["']?: ?(?:200|300)\b(?![^]{0,200}fbtrace)/,
  ],
  tokenHosts: /^connect\.deezer\.com$/,
  docs: 'https://developers.deezer.com/api/errors',
  rows: [
    [
      /wrong code/i,
      because(
        CODE_ENDED,
        'Deezer says "wrong code" of a code that was used, is over or came with another redirect URI.',
      ),
    ],
    [numbered('code', '300', 'Invalid OAuth access token|TOKEN_INVALID'), TOKEN_ENDED],
    [
      numbered('code', '200', 'An active access token must be used|PERMISSION\\b'),
      because(
        [
          ['endpoint/missing-scope', 0.75],
          ['endpoint/user-context', 0.5],
          ['endpoint/missing-permission', 0.4],
        ],
        'The token lacks the permission (basic_access, manage_library …), or is that of no user.',
      ),
    ],
    [numbered('code', '4', 'Quota limit exceeded'), LIMIT],
    [numbered('code', '800', 'no data'), GONE],
    [numbered('code', '901', 'INDIVIDUAL_ACCOUNT_NOT_ALLOWED'), FEATURE],
  ],
});

const imgur: Vendor = vendorOf({
  id: 'imgur',
  title: 'Imgur',
  aliases: ['imgur'],
  signs: [/api\.imgur\.com/],
  tokenHosts: /^api\.imgur\.com$/,
  docs: 'https://apidocs.imgur.com/#errorhandling',
  rows: [
    [
      /Invalid client_id|client id is invalid/i,
      because(UNKNOWN_CLIENT, 'Imgur wants "Authorization: Client-ID …" with the id of the app.'),
    ],
    [
      /Authentication required|Malformed auth header/i,
      because(NO_TOKEN, 'The header must read "Client-ID …" or "Bearer …".'),
    ],
    [/access token (?:provided )?(?:is invalid|has expired|was invalid)/i, TOKEN_ENDED],
    [/Invalid refresh token|Refresh token doesn't exist/i, REFRESH_ENDED],
    [/Unauthorized|permission/i, PERMISSION, CALL],
    [/rate limit|too fast|over capacity/i, LIMIT],
  ],
});

const trakt: Vendor = vendorOf({
  id: 'trakt',
  title: 'Trakt',
  aliases: ['trakt', 'trakt.tv'],
  signs: [/api(?:-staging)?\.trakt\.tv|trakt-api-(?:key|version)/],
  tokenHosts: /^(?:auth|trakt)\.trakt\.tv$|^trakt\.tv$/,
  apiHosts: /^api(?:-staging)?\.trakt\.tv$/,
  docs: 'https://trakt.docs.apiary.io/#introduction/status-codes',
  rows: [
    [
      /invalid API key|unapproved app|trakt-api-key/i,
      because(
        [
          ['client/unknown', 0.8],
          ['endpoint/token-wrong-environment', 0.35],
        ],
        'The header trakt-api-key holds no client id that Trakt knows; staging has apps of its own.',
      ),
    ],
    [
      /session is invalid|provided authorization grant is invalid/i,
      because(
        GRANT_ENDED,
        'A refresh token is used once and lives three months; the redirect URI must be the same as before.',
      ),
    ],
    [/OAuth must be provided/i, because(NO_TOKEN, 'The call wants the token of a user.')],
    [/VIP (?:only|required)|upgrade to VIP|\b426\b/i, because(FEATURE, 'The call is for VIP members.')],
    [
      /Account Limit Exceeded|\b420\b/i,
      because(FEATURE, 'The free account has reached its number of lists or items.'),
    ],
    [/Locked User Account|Deactivated|\b423\b/i, DISABLED],
    [
      /Precondition Failed|\b412\b/i,
      [
        [
          'endpoint/token-malformed',
          0.6,
          'The content type or the headers of Trakt (trakt-api-version: 2) are missing.',
        ],
      ],
      CALL,
    ],
    [/device code|\b418\b|\b410\b/i, CODE_ENDED, TOKEN],
  ],
});

const myAnimeList: Vendor = vendorOf({
  id: 'myanimelist',
  title: 'MyAnimeList',
  aliases: ['myanimelist', 'mal', 'my anime list'],
  signs: [/myanimelist\.net\/v1|api\.myanimelist\.net/],
  tokenHosts: /^myanimelist\.net$/,
  apiHosts: /^api\.myanimelist\.net$/,
  docs: 'https://myanimelist.net/apiconfig/references/authorization',
  rows: [
    [
      /code_verifier|code_challenge/i,
      because(
        PKCE,
        'MyAnimeList knows the method plain only: code_verifier and code_challenge must be the same text, 43 to 128 characters.',
      ),
    ],
    [
      /X-MAL-CLIENT-ID/i,
      because(UNKNOWN_CLIENT, 'The header X-MAL-CLIENT-ID is missing or holds no client id that is known.'),
    ],
    [/Authorization code has (?:expired|been revoked)|Cannot decrypt the authorization code/i, CODE_ENDED],
    [
      /refresh token is invalid|Cannot decrypt the refresh token|Token has (?:expired|been revoked)/i,
      REFRESH_ENDED,
      TOKEN,
    ],
    [
      /invalid_client/i,
      because(WRONG_PAIR, 'An app of type "other" or "Android" has no secret, so none may be sent.'),
    ],
    [/invalid_token|token is invalid/i, TOKEN_ENDED, CALL],
  ],
});

const steam: Vendor = vendorOf({
  id: 'steam',
  title: 'Steam',
  aliases: ['steam', 'steam web api', 'valve'],
  signs: [/api\.steampowered\.com|partner\.steam-api\.com|Retrying will not help\. Please verify your/],
  apiHosts: /^(?:api\.steampowered|partner\.steam-api)\.com$/,
  docs: 'https://partner.steamgames.com/doc/webapi_overview/responses',
  rows: [
    [
      /verify your\s{0,4}(?:<pre>)?\s{0,4}key=|verify your key/i,
      [
        ['client/unknown', 0.7, 'The web API key is wrong or missing (parameter key).'],
        [
          'endpoint/missing-permission',
          0.45,
          'Publisher methods want a key of the publisher and its host, partner.steam-api.com.',
        ],
        ['endpoint/ip-blocked', 0.25],
      ],
    ],
    [
      /Access is denied|\bForbidden\b/i,
      [
        ['endpoint/missing-permission', 0.62, 'The key has no right here, or the profile is private.'],
        ['client/unknown', 0.5],
        ['endpoint/ip-blocked', 0.35],
      ],
    ],
    [/Too Many Requests|being rate limited/i, LIMIT],
  ],
});

const blizzard: Vendor = vendorOf({
  id: 'blizzard',
  title: 'Blizzard',
  aliases: ['blizzard', 'battle.net', 'battlenet', 'world of warcraft', 'wow api'],
  signs: [/BLZWEBAPI\d{8}|(?:oauth|\w{2})\.(?:battle\.net|api\.blizzard\.com)/],
  tokenHosts: /(?:^|\.)battle(?:net\.com\.cn|\.net)$/,
  apiHosts: /\.api\.blizzard\.com$/,
  docs: 'https://develop.battle.net/documentation/guides/using-oauth',
  rows: [
    [
      /BLZWEBAPI00000404|Downstream Error/i,
      because(GONE, 'No such thing in this region and namespace (static-eu, profile-us …).'),
    ],
    [
      /BLZWEBAPI00000403/i,
      [
        ['endpoint/token-expired', 0.5, 'The token is over (24 hours), or missing.'],
        [
          'endpoint/user-context',
          0.45,
          'Profile calls of an account want the token of that player (scope wow.profile).',
        ],
        ['endpoint/token-wrong-environment', 0.35],
      ],
    ],
    [/Full authentication is required/i, NO_TOKEN, CALL],
    [/Invalid redirect|redirect_uri/i, REDIRECT],
    [/Invalid access token/i, TOKEN_ENDED, CALL],
    [/invalid_client|Bad client credentials|unauthorized/i, WRONG_PAIR, TOKEN],
    [/invalid_token/i, TOKEN_ENDED, CALL],
  ],
});

const eve: Vendor = vendorOf({
  id: 'eve-online',
  title: 'EVE Online',
  aliases: ['eve online', 'eve', 'esi', 'ccp'],
  signs: [/login\.eveonline\.com|esi\.(?:evetech\.net|tech\.ccp\.is)/],
  tokenHosts: /^login\.eveonline\.com$/,
  apiHosts: /^esi\.(?:evetech\.net|tech\.ccp\.is)$/,
  docs: 'https://developers.eveonline.com/docs/services/sso/',
  rows: [
    [/token (?:is )?not valid for (?:any )?scopes?|not valid for scope/i, SCOPE_MISSING],
    [
      /does not have (?:the )?required (?:corporation )?role|required role\(?s/i,
      because(PERMISSION, 'The character lacks the role in its corporation (Director, Accountant …).'),
    ],
    [
      /error limit|error_limited|\b420\b/i,
      because(LIMIT, 'Too many failed calls in a minute close ESI for the rest of it.'),
    ],
    [/token is expired|Token expired|expired token/i, EXPIRED, CALL],
    [
      /character (?:does not|doesn.t) (?:match|belong)|wrong character|Character ID mismatch/i,
      because(OTHER_PLACE, 'The token is of another character than the one in the path.'),
    ],
    [/Invalid refresh token|Token missing\/expired|refresh token/i, REFRESH_ENDED, TOKEN],
    [/unauthorized_client|not allowed (?:to use )?(?:this )?grant/i, GRANT_REFUSED, TOKEN],
    [/redirect_uri|callback/i, REDIRECT, TOKEN],
    [/Forbidden|Unauthorized - (?:Invalid|No) token/i, TOKEN_ENDED, CALL],
    [/access_denied/i, CONSENT, TOKEN],
    [/banned|blocked/i, POLICY, CALL],
  ],
});

export const media: readonly Vendor[] = [
  twitch,
  vimeo,
  soundcloud,
  deezer,
  imgur,
  trakt,
  myAnimeList,
  steam,
  blizzard,
  eve,
];
