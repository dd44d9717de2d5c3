/** Wordings that mean the same at every server: what a token carries, and what an API says to it. */
import { says, type Phrase } from './phrase.ts';

const RFC6749 = 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2';
const RFC6750 = 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1';

/** `sandbox` and `production` in whatever word a vendor uses. */
const TEST = '(?:sandbox|test|staging|stage|dev(?:elopment)?|uat|demo|preview)';
const LIVE = '(?:production|prod|live)';
const THING = '(?:api )?(?:access )?(?:tokens?|keys?|credentials?|accounts?|apps?|clients?)';

export const wordsOfTheToken: readonly Phrase[] = [
  says(
    /\baccess[_ ]denied\b[^]{0,40}\btoken (?:has |is )?expired\b/i,
    [
      ['endpoint/token-expired', 0.9],
      ['grant/refresh-token-invalid', 0.35],
    ],
    RFC6750,
  ),
  says(
    /missing required scope|\bopenid\b["'`\]]{0,3} scope[^\n]{0,20}(?:missing|required|not (?:present|requested))|\bscope[^\n]{0,20}\bopenid\b[^\n]{0,20}(?:missing|not (?:present|requested))/i,
    [
      [
        'scope/not-requested',
        0.8,
        'The server demands a scope that the request does not name.',
        'Add it to the scope parameter; several are separated by a blank.',
      ],
      ['scope/malformed', 0.45],
    ],
    'https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest',
    { on: 'token' },
  ),
  says(
    /Getting metadata from plugin failed with error:[^\n]{0,40}invalid_grant/i,
    [
      ['grant/refresh-token-invalid', 0.72],
      ['connection/clock-skew', 0.4],
      ['grant/code-invalid', 0.1],
    ],
    'https://developers.google.com/identity/protocols/oauth2#expiration',
  ),
  says(
    /\bspace after ['"`]?Bearer|\b(?:malformed|unparse?able) (?:bearer|access|auth\w*) token|\bbearer token\b[^\n.]{0,20}\btoo (?:short|long)\b/i,
    [
      [
        'endpoint/token-malformed',
        0.9,
        'What stands behind Bearer is not a token as it was issued: empty, cut, or another value.',
      ],
      ['endpoint/token-expired', 0.15],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /\b(?:client|application|app)\b[^\n]{0,60}\b(?:is )?not (?:allowed|permitted|authori[sz]ed) to (?:request|use|access|ask for) (?:the )?scopes?\b/i,
    [
      ['scope/not-allowed', 0.92],
      ['scope/unknown', 0.25],
    ],
    RFC6749,
  ),
  says(
    /\bmissing (?:these )?required scopes?\b|\brequired (?:api )?(?:access )?scopes? (?:is |are )?missing\b|\bmissing required [\w ]{0,20}scope\b/i,
    [
      ['endpoint/missing-scope', 0.9],
      ['scope/not-requested', 0.55],
      ['scope/granted-narrower', 0.3],
    ],
    RFC6750,
    { when: (x) => !/invalid_(?:scope|request)/i.test(JSON.stringify(x.outcome)) },
  ),
  says(
    /invalid_grant[^]{0,60}\bInvalid bearer token/i,
    [
      [
        'endpoint/token-expired',
        0.75,
        'The access token that this request is made with is not valid any more.',
      ],
      ['endpoint/token-wrong-environment', 0.35],
      ['endpoint/token-malformed', 0.3],
    ],
    'https://www.keycloak.org/docs/latest/authorization_services/#_service_obtaining_permissions',
  ),
  says(
    /\bIDX10206\b|['"`]?audiences['"`]? parameter is empty/i,
    [
      [
        'scope/wrong-audience',
        0.82,
        'The token names no audience at all, so the API cannot know that it is meant.',
      ],
      [
        'scope/not-requested',
        0.78,
        'A server that derives the audience from the scopes names none where no scope of the API was asked for.',
      ],
    ],
    'https://www.rfc-editor.org/rfc/rfc9068#section-3',
    { on: 'endpoint' },
  ),
  says(
    /\btoken has (?:the |a )?wrong scope/i,
    [
      ['endpoint/missing-scope', 0.84],
      ['scope/not-requested', 0.82],
      ['scope/wrong-audience', 0.2],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /\bnot enough scopes?\b/i,
    [
      ['endpoint/missing-scope', 0.88],
      ['scope/not-requested', 0.7],
      ['scope/granted-narrower', 0.3],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /\bdenied scopes?\b/i,
    [
      ['scope/not-allowed', 0.88],
      ['scope/unknown', 0.3],
    ],
    RFC6749,
    { on: 'token' },
  ),
  says(
    /\bnot (?:authori[sz]ed|allowed|available|accessible) (?:for|to|by) (?:a )?bots?\b/i,
    [
      ['endpoint/user-context', 0.88],
      ['endpoint/missing-permission', 0.3],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /(?:Unexpected char(?:acter)? 0x0[ad]|invalid header field value|illegal character|newline)[^\n]{0,120}\b(?:Bearer|Authorization)\b/i,
    [
      [
        'endpoint/token-malformed',
        0.92,
        'A line break stands in the Authorization header: the token was read with the end of its line.',
      ],
      ['credential/whitespace', 0.5],
    ],
    RFC6750,
  ),
  says(
    /unauthorized_client[\s\S]{0,40}Invalid scope|Invalid scope[\s\S]{0,40}unauthorized_client/i,
    [
      ['scope/not-allowed', 0.85],
      ['scope/unknown', 0.4],
    ],
    RFC6749,
    { on: 'token' },
  ),
  says(
    new RegExp(
      `\\b${TEST} ${THING}\\b[^\\n]{0,60}\\b${LIVE}\\b|\\b${LIVE} ${THING}\\b[^\\n]{0,60}\\b${TEST}\\b|(?:token|key)[^\\n]{0,40}(?:wrong|different|another|other) environment`,
      'i',
    ),
    [
      [
        'endpoint/token-wrong-environment',
        0.9,
        'The answer says it: the token or key is of one environment and the API of the other.',
      ],
      ['request/wrong-region', 0.4],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /must be a short-lived token|reasonable time ?frame/i,
    [
      [
        'connection/clock-skew',
        0.88,
        'By the clock of the server the times in the token are too far away: one of the two clocks is wrong, or iat and exp lie too far apart.',
      ],
      ['endpoint/token-expired', 0.2],
    ],
    'https://www.rfc-editor.org/rfc/rfc7519#section-4.1.5',
  ),
  says(
    /\b(?:iat|nbf|issued[ -]?at|not[ -]before)\b[^\n]{0,60}\b(?:future|invalid|early|ahead|not yet|greater)|(?:token|jwt)[^\n]{0,30}(?:used (?:too early|before)|not (?:yet )?valid (?:yet|before|until)|can(?:no|[’'])t be used before|prior to \d{4})|\bclock[- ]?skew/i,
    [
      [
        'connection/clock-skew',
        0.88,
        'The server reads a time in the token that has not come yet by its own clock: one of the two clocks is wrong.',
      ],
      ['endpoint/token-expired', 0.2],
    ],
    'https://www.rfc-editor.org/rfc/rfc7519#section-4.1.5',
  ),
  says(
    /audience (?:is |was )?(?:missing|invalid|not valid|incorrect|wrong)|audience (?:is )?(?:required|missing)|required audience|audience invalid|InvalidAudience|(?:invalid|unexpected|wrong|incorrect)[ _]?(?:token )?[ _]?audience|(?:aud|audience) (?:claim )?(?:validation|check|mismatch)/i,
    [
      ['scope/wrong-audience', 0.9],
      ['scope/not-requested', 0.3],
      ['endpoint/token-wrong-environment', 0.25],
    ],
    'https://www.rfc-editor.org/rfc/rfc9068#section-4',
    { on: 'endpoint' },
  ),
  says(
    /(?:cannot|can't|can not|may not|must not)[^\n]{0,30}(?:request|use|issue)[^\n]{0,40}(?:openid|identity|offline_access|refresh token)[^\n]{0,60}client[ _-]?credentials/i,
    [
      [
        'scope/not-allowed',
        0.85,
        'Client credentials have neither a user nor a refresh token, so identity scopes and offline_access are refused.',
      ],
      ['scope/malformed', 0.2],
    ],
    RFC6749,
  ),
  says(
    /(?:check|invalid|bad|wrong|missing)[^\n]{0,12}['"`]?\bexp['"`]? claim|['"`]?\bexp['"`]? claim[^\n]{0,40}\b(?:invalid|too (?:far|late|long)|in the (?:past|future)|must be|expired)/i,
    [
      [
        'connection/clock-skew',
        0.85,
        'The server finds the end of the signed assertion (exp) too near or too far by its own clock.',
        'Compare `date -u` with the Date header of the answer; then look how exp is set (most servers allow a minute or an hour).',
      ],
      ['client/auth-method-mismatch', 0.2],
    ],
    'https://www.rfc-editor.org/rfc/rfc7523#section-3',
    { on: 'token' },
  ),
  says(
    /expected (?:the )?aud(?:ience)?\b[^\n]{0,160}\b(?:but (?:was|got|is|received)|got|received|instead)\b|aud(?:ience)?\b[^\n]{0,60}\bexpected\b[^\n]{0,160}\b(?:actual|got|received|was)\b/i,
    [
      ['scope/wrong-audience', 0.95],
      ['endpoint/token-wrong-environment', 0.3],
    ],
    'https://www.rfc-editor.org/rfc/rfc9068#section-4',
    { on: 'endpoint' },
  ),
  says(
    /\bneeds?\b[^\n]{0,20}\bthe [\w.:*/-]{3,80} scopes?\b|\bexpected (?:any of|scopes?):? |\bYou cannot (?:read|create|update) the following fields/i,
    [
      ['endpoint/missing-scope', 0.9],
      ['scope/not-requested', 0.5],
      ['scope/granted-narrower', 0.3],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /^[^]{0,40}\b(?:JWT|(?:access |bearer |auth\w* )?token|authori[sz]ation header) is (?:required|missing|not present|not provided)\b(?![^\n.]{0,60}\b(?:scopes?|permissions?|claims?|roles?|audience)\b)/i,
    [
      ['endpoint/token-malformed', 0.66, 'No token in a form that the API reads reached it.'],
      [
        'credential/missing',
        0.62,
        'No token was sent, so none was asked for: the program may have no client id and secret.',
      ],
      ['header/missing-scheme', 0.3],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /\bscopes? validation failed\b/i,
    [
      ['scope/not-allowed', 0.85],
      ['scope/unknown', 0.5],
    ],
    RFC6749,
    { on: 'token' },
  ),
  says(
    /\bscope validation failed\b/i,
    [
      ['endpoint/missing-scope', 0.85],
      ['scope/not-requested', 0.7],
      ['scope/granted-narrower', 0.3],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
];
