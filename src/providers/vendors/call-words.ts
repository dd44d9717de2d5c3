/** Wordings in which many APIs refuse a call, tried after a vendor's own. */
import { contextOf, says, type Phrase } from './phrase.ts';

const RFC6749 = 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2';
const RFC6750 = 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1';
const GATEWAYS = 'https://datatracker.ietf.org/doc/html/rfc9110#section-15.5.4';

export const callWords: readonly Phrase[] = [
  says(
    /(?:requires?|needs?|must (?:have|be)|only (?:available|valid|supported) (?:for|with))[^\n.]{0,60}(?:user context|user[- ]delegated|delegated (?:auth|permission|token)|signed[- ]in user|user token|user access token)|(?:client[ _-]credentials?|app(?:lication)?[- ]only|machine[- ]to[- ]machine|service accounts?)[^\n.]{0,50}(?:can ?not be used|not (?:supported|allowed|permitted|valid))/i,
    [
      ['endpoint/user-context', 0.92],
      ['grant/not-allowed', 0.2],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /IDX10214|audience (?:validation failed|is invalid|mismatch|not allowed|did not match|doesn't match|claim)|invalid audience|(?:wrong|unexpected|incorrect) audience|aud(?:ience)? (?:claim )?(?:is )?(?:invalid|mismatch|not)|token[^\n]{0,30}not intended for|"aud" claim/i,
    [
      ['scope/wrong-audience', 0.9],
      ['scope/not-requested', 0.3],
      ['endpoint/token-wrong-environment', 0.25],
    ],
    'https://www.rfc-editor.org/rfc/rfc9068#section-4',
    { on: 'endpoint' },
  ),
  says(
    /(?:issuer|iss)\b[^\n]{0,40}(?:invalid|mismatch|not (?:trusted|valid|allowed|accepted)|did not match|unknown)|(?:invalid|unknown|untrusted|wrong|unexpected) (?:token )?issuer|signature[^\n]{0,30}(?:invalid|verification failed|validation failed|does not match|doesn't match)|invalid (?:token )?signature|(?:no|unable to find)[^\n]{0,30}(?:matching|signing) key|unknown kid/i,
    [
      [
        'endpoint/token-wrong-environment',
        0.75,
        'The API does not accept the issuer or the signing key of the token: another environment, tenant or server issued it.',
      ],
      ['endpoint/token-malformed', 0.3],
      ['scope/wrong-audience', 0.3],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /(?:didn[’']t|did not|could not|cannot|can't|unable to|failed to) find[^\n]{0,40}\bkey\b|\bkid\b[^\n]{0,40}(?:not found|unknown|mismatch|invalid|no match)|key[^\n]{0,20}\bkid\b/i,
    [
      [
        'endpoint/token-wrong-environment',
        0.85,
        'The API finds no key with which the token could have been signed: another server, realm or environment issued it.',
      ],
      ['endpoint/token-malformed', 0.2],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /missing credentials|make sure your API invocation call has a header/i,
    [
      ['endpoint/token-malformed', 0.8, 'The gateway found no Authorization header in a form that it reads.'],
      ['header/missing-scheme', 0.4],
      ['endpoint/token-expired', 0.2],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /(?:invalid|malformed|revoked|inactive) or expired|expired,? (?:or |revoked|malformed|invalid)/i,
    [
      ['endpoint/token-expired', 0.6],
      ['endpoint/token-malformed', 0.5],
      ['endpoint/token-wrong-environment', 0.45],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /jwt expired|token (?:is |has |was )?(?:been )?(?:already )?expired|expired (?:access )?token|token_expired|ExpiredSignature|TokenExpiredError|session (?:has )?expired|access token (?:is |has )?(?:expired|no longer valid)/i,
    [
      ['endpoint/token-expired', 0.93],
      ['connection/clock-skew', 0.1],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /jwt malformed|malformed (?:jwt|token|bearer)|not enough segments|invalid (?:jwt|token) format|token is malformed|cannot decode token|wrong number of segments|Invalid compact|JWT strings must contain exactly 2 period|Invalid bearer token format|Bearer token (?:missing|not found)|compact JWS/i,
    [['endpoint/token-malformed', 0.93]],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /(?:consent|approval|approve)[^\n]{0,40}(?:required|missing|needed|not (?:been )?(?:given|granted))|admin(?:istrator)? (?:consent|approval)|has not (?:been )?(?:approved|authorized|consented|installed)|not (?:been )?(?:installed|authorized) (?:in|on|for|by) (?:this|the) (?:organi[sz]ation|workspace|account|site|tenant)/i,
    [
      ['endpoint/consent-missing', 0.8],
      ['endpoint/missing-permission', 0.3],
    ],
    RFC6750,
  ),
  says(
    /\bip\b[^\n]{0,60}(?:restrict|not (?:in |on )?(?:the )?(?:allow|white|permit)|block|denied|not authori[sz]ed)|(?:white|allow)[- ]?list|ip address[^\n]{0,60}(?:not|blocked|denied)|Forbidden IP|origin IP/i,
    [
      ['endpoint/ip-blocked', 0.88],
      ['endpoint/policy-denied', 0.3],
    ],
    GATEWAYS,
  ),
  says(
    /conditional access|(?:blocked|denied|rejected|disallowed|forbidden|prohibited) by (?:an? |the |your |my |our |org\w* )*(?:\w+ )?(?:policy|policies|administrator|admin|security|firewall|waf)|policy (?:denied|evaluation|violation|does not allow)|(?:organi[sz]ation|admin|access|security) polic(?:y|ies)[^\n]{0,40}(?:den|block|forb|restrict|prevent)/i,
    [
      ['endpoint/policy-denied', 0.85],
      ['endpoint/ip-blocked', 0.3],
    ],
    GATEWAYS,
  ),
  says(
    /(?:feature|module|product|add-?on|api|service|endpoint)\b[^\n.]{0,40}(?:is |has )?(?:not (?:been )?(?:enabled|available|licensed|activated|purchased|provisioned|included)|disabled)(?: (?:for|in|on|by))?|not (?:licensed|entitled|subscribed)|(?:license|licence|subscription|plan|tier|upgrade)\b[^\n.]{0,40}(?:required|does not (?:include|allow)|doesn't (?:include|allow)|needed|expired|insufficient)|requires? an? [^\n.]{0,30}(?:license|licence|subscription|plan)\b/i,
    [
      ['endpoint/feature-missing', 0.82],
      ['endpoint/missing-permission', 0.3],
    ],
    GATEWAYS,
    { on: 'endpoint' },
  ),
  says(
    /rate[ -]?limit|too many requests|throttl|quota (?:exceeded|reached)|slow down|requests? per (?:second|minute|hour)|429\b/i,
    [['endpoint/rate-limited', 0.95]],
    'https://www.rfc-editor.org/rfc/rfc6585#section-4',
    { when: (x) => x.outcome.kind === 'answered' && [0, 400, 403, 429, 503].includes(x.outcome.status) },
  ),
  says(
    /insufficient[ _]scopes?|missing (?:required )?scopes?|required scopes?|scope[^\n]{0,40}(?:not granted|insufficient|missing|required)|lacks? (?:the )?(?:required )?scopes?|not authorized (?:to use|for) scope/i,
    [
      [
        'scope/granted-narrower',
        0.8,
        'The token’s scopes are shown and the one that the call demands is not among them.',
      ],
      ['endpoint/missing-scope', 0.75],
      ['scope/not-requested', 0.6],
      ['scope/not-allowed', 0.5],
    ],
    RFC6750,
    { on: 'endpoint', when: (_, scene) => tokenScopesShown(contextOf(scene)) },
  ),
  says(
    /insufficient[ _]scopes?|missing (?:required )?scopes?|required scopes?|scope[^\n]{0,40}(?:not granted|insufficient|missing|required)|lacks? (?:the )?(?:required )?scopes?|not authorized (?:to use|for) scope/i,
    [
      ['endpoint/missing-scope', 0.8],
      ['scope/not-requested', 0.6],
      ['scope/granted-narrower', 0.55],
      ['scope/not-allowed', 0.5],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /(?:missing|lack(?:s|ing)?|insufficient|inadequate|not (?:have|enough)|no|without|required?|requires|does not have)\b[^\n.]{0,60}(?:permissions?|privileges?|roles?|rights?|access rights|authorit(?:y|ies)|entitlement)\b|permission denied|not permitted to|access(?: is)? denied|not (?:authorized|allowed) to (?:access|perform|view|call|use|execute|read|create|update|delete)|you do(?:n't| not) have/i,
    [
      ['endpoint/missing-permission', 0.7],
      ['endpoint/missing-scope', 0.4],
      ['endpoint/policy-denied', 0.2],
      ['endpoint/feature-missing', 0.2],
    ],
    GATEWAYS,
    { on: 'endpoint' },
  ),
  // Login pages and browsers.
  says(
    /user (?:account )?(?:is |has been |was )?(?:disabled|deactivated|suspended|locked|inactive)|account (?:is |has been |was )?(?:disabled|deactivated|suspended|locked|inactive)/i,
    [
      ['client/disabled', 0.75],
      ['endpoint/policy-denied', 0.3],
    ],
    RFC6749,
  ),
  says(
    /server selected[^\n]{0,40}|Internal Server Error|upstream (?:connect|request)|Bad Gateway|Service (?:is )?(?:temporarily )?Unavailable|Gateway Time-?out|server_error|temporarily_unavailable/i,
    [['connection/outage', 0.85]],
    'https://www.rfc-editor.org/rfc/rfc9110#section-15.6',
    { status: [0, 500, 502, 503, 504, 520, 521, 522, 523, 524] },
  ),
];

/** The scopes of the token itself are shown: a claim, a token answer, a token built in code. */
function tokenScopesShown(context: string): boolean {
  return /(?:access_?token|token)[^\n]{0,60}\bscopes?\b["']?\s{0,3}[:=]|\bscopes?\b["']?\s{0,3}[:=]\s{0,3}\[?["'][^\n]{0,200}(?:access_?token)|\b(?:scp|granted scopes?|token scopes?)\b["']?\s{0,3}[:=]|AccessToken: [^\n]{0,40}scopes/i.test(
    context,
  );
}
