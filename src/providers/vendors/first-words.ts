/**
 * Wordings so plain that they mean the same at every server, tried before a vendor's own rows: those match on a word
 * or two and would take a sentence such as "use a client_assertion in the post body" for its subject. This table is long.
 */
import type { Exchange } from '../../core/index.ts';
import { says, type Phrase } from './phrase.ts';

const RFC6749 = 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2';
const CLIENT_AUTH = 'https://www.rfc-editor.org/rfc/rfc6749#section-2.3';
const RFC6750 = 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1';

/** `sandbox` and `production` in whatever word a vendor uses. */
const TEST = '(?:sandbox|test|staging|stage|dev(?:elopment)?|uat|demo|preview)';
const LIVE = '(?:production|prod|live)';
const THING = '(?:api )?(?:access )?(?:tokens?|keys?|credentials?|accounts?|apps?|clients?)';

const HTTP = 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4';

export const firstWords: readonly Phrase[] = [
  says(
    /\bcode[ _]?(?:verifier|challenge)\b[^\n.]{0,40}\b(?:fail\w*|mismatch\w*|invalid|incorrect|(?:did|does|do) ?(?:not|n[’']t) match|not match)|\bPKCE\b[^\n.]{0,60}\b(?:(?:did|does|do) ?(?:not|n[’']t) match|fail\w*|mismatch)/i,
    [
      ['grant/pkce-mismatch', 0.94],
      ['grant/code-invalid', 0.2],
    ],
    'https://www.rfc-editor.org/rfc/rfc7636#section-4.6',
    { on: 'token' },
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
    /\bclient[ _](?:secret|id(?:entifier)?|credentials) (?:was |is |were )?not (?:provided|present|included) in (?:the )?request|\bwithout sending a client identifier|\bclient credentials missing or malformed\b/i,
    [
      [
        'credential/missing',
        0.85,
        'The request carries no client id or no secret where the server reads them.',
      ],
      ['client/auth-method-mismatch', 0.5],
      ['header/bad-base64', 0.2],
    ],
    CLIENT_AUTH,
    { on: 'token' },
  ),
  says(
    /\bIDX20803|\bunable to obtain configuration from\b/i,
    [
      [
        'connection/tls-or-proxy',
        0.6,
        'The API cannot read the metadata of the authorization server: a certificate that it does not trust, or something on the way.',
        'Fetch the URL that the message names from the API’s own machine, with curl -v.',
      ],
      ['connection/unreachable', 0.56],
      ['request/wrong-endpoint', 0.35],
    ],
    'https://www.rfc-editor.org/rfc/rfc8414#section-3',
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
    /(?:invalid|unsupported|unknown)[ _]?grant[ _]?type["'`]?\s?[:=]\s?["'`]?(?:client_credentials|authorization_code|refresh_token|password|implicit|urn:)/i,
    [
      [
        'grant/not-allowed',
        0.62,
        'The server read the grant_type, knows the word, and does not offer this grant (or not to this client).',
      ],
      ['grant/wrong-type-sent', 0.6],
    ],
    RFC6749,
    { on: 'token' },
  ),
  says(
    /unsupported content[- ]?type:? ?['"`]?text\/html|content-?type is not JSON compatible/i,
    [
      [
        'request/wrong-endpoint',
        0.62,
        'A page for people came where a token was expected: another path or host, or something on the way.',
      ],
      ['connection/tls-or-proxy', 0.58],
    ],
    RFC6749,
    { on: 'token' },
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
    /\bIP (?:address(?:es)?|range|allow-?list|white-?list)\b[^\n]{0,80}\b(?:not|denied|blocked|invalid|restrict\w*|enabled|outside|forbidden|unauthori[sz]ed)|(?:invalid|unauthori[sz]ed|blocked|unknown|untrusted|disallowed|restricted|denied)[^\n]{0,30}\bIP\b|\bip restricted\b|\bIP allow ?list\b/i,
    [
      ['endpoint/ip-blocked', 0.95],
      ['endpoint/policy-denied', 0.3],
    ],
    HTTP,
  ),
  says(
    /_cf_chl|cf-mitigated|challenges\.cloudflare|Just a moment|Attention Required|Sorry, you have been blocked|(?:error code: |Error )10(?:06|07|08|09|10|12|15|20)\b|cloudflare[^\n]{0,60}(?:challenge|block|html|page)|(?:challenge|block)[^\n]{0,40}cloudflare/i,
    [
      [
        'endpoint/ip-blocked',
        0.62,
        'Cloudflare, which stands before the server, answers with a page of its own: it takes the caller for a robot, most often by its address (a hosting provider’s).',
        'Send the same request from another network; if it is answered there, the operator must let this address pass.',
      ],
      ['endpoint/policy-denied', 0.5],
      ['connection/tls-or-proxy', 0.2],
    ],
    'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/',
  ),
  says(
    /Authentication credentials were not provided|only authenticated users can|["']?\bUnauthenticated\.?["']?$|you must be (?:logged|signed) in/im,
    [
      [
        'request/wrong-endpoint',
        0.7,
        'This is what an API says to a caller without a token; a token endpoint never does, so another route answered (a path without its last slash, another version).',
      ],
      ['credential/missing', 0.6],
    ],
    RFC6749,
    { on: 'token' },
  ),
  says(
    /\b(?:invalid )?empty client[ _]secret\b|client_?(?:id|secret)\b[^\n]{0,60}\b(?:(?:ha(?:s|ve)|needs?) to|must) be set\b|\bvalue ["'`]?(?:undefined|null|None|nil)["'`]? is not\b/i,
    [
      ['credential/missing', 0.9],
      ['credential/mangled', 0.15],
    ],
    CLIENT_AUTH,
  ),
  says(
    /PEM_read_bio|no start line|DECODER routines::unsupported|(?:invalid|bad) PEM|secretOrPrivateKey must be an asymmetric key|(?:could not|unable to|failed to) (?:parse|read|load) (?:the )?private key/i,
    [
      [
        'credential/mangled',
        0.86,
        'The private key is not read as PEM: its line breaks are lost, or a part of it is missing.',
        'Its first line must be -----BEGIN … KEY----- alone; in a variable, write the line breaks as \\n and turn them back.',
      ],
      ['credential/placeholder', 0.3],
      ['credential/already-encoded', 0.25],
    ],
    'https://www.rfc-editor.org/rfc/rfc7468#section-2',
  ),
  says(
    /(?:failed|unable|could not|cannot) (?:to )?(?:create|establish|open) (?:an? )?(?:SSL|TLS|secure)\b/i,
    [
      ['connection/tls-or-proxy', 0.9],
      ['connection/unreachable', 0.3],
    ],
    'https://www.rfc-editor.org/rfc/rfc8446#section-6.2',
  ),
  says(
    /credentials should (?:only )?be (?:provided|sent) (?:only )?once/i,
    [['header/duplicate-credentials', 0.95]],
    CLIENT_AUTH,
    { on: 'token' },
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
    /\bclient or redirect(?:ion)? ur[il] not authori[sz]ed/i,
    [
      ['grant/redirect-uri-mismatch', 0.55],
      ['client/unknown', 0.5],
      ['grant/not-allowed', 0.45],
    ],
    RFC6749,
    { on: 'token' },
  ),
  says(
    /\bno client[ _]?id (?:was |is )?(?:specified|given|provided|found)\b|(?:parameter more than once|otherwise malformed)[^\n:]{0,12}[:.]\s{0,3}["'`]?client_(?:secret|id)\b/i,
    [
      ['credential/missing', 0.85],
      ['client/auth-method-mismatch', 0.45],
      ['request/json-body', 0.2],
    ],
    CLIENT_AUTH,
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
    /\bsession not found\b/i,
    [
      ['grant/refresh-token-invalid', 0.66],
      ['grant/code-invalid', 0.5],
    ],
    RFC6749,
    { on: 'token' },
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
    /IDX10214|Audience validation failed/i,
    [
      [
        'credential/whitespace',
        0.8,
        'The two audiences that the answer names are the same but for a blank: one stands in the settings.',
        'Compare their lengths; take the blank out of the setting.',
      ],
      ['scope/wrong-audience', 0.5],
    ],
    'https://www.rfc-editor.org/rfc/rfc9068#section-4',
    { when: sameButForBlanks },
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
    /cannot configure default credentials|(?:unable to|could not|cannot) (?:locate|find|load) (?:the )?(?:default )?credentials/i,
    [
      [
        'credential/missing',
        0.88,
        'The library looked for credentials at every place that it knows and found none.',
      ],
      ['credential/mangled', 0.15],
    ],
    CLIENT_AUTH,
  ),
  says(/invalid grant parameter ?: ?code/i, [['grant/code-invalid', 0.92]], RFC6749, { on: 'token' }),
  says(
    /\bunsupported[_ ]media[_ ]type\b/i,
    [
      ['request/wrong-content-type', 0.72],
      ['request/json-body', 0.6],
    ],
    'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.16',
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
    /\bnot a (?:sandbox|test|developer|tester) user of this\b|\bapp is (?:still )?in (?:sandbox|development) mode\b/i,
    [
      [
        'endpoint/policy-denied',
        0.66,
        'The app is not live yet: until it is reviewed, only users who are invited to it may use it.',
      ],
      ['endpoint/feature-missing', 0.5],
      ['endpoint/missing-permission', 0.45],
    ],
    RFC6750,
  ),
  says(
    /generated by cloudfront|\bRequest blocked\b[^]{0,300}cloudfront|edgesuite\.net|\b(?:Incapsula|Imperva)\b/i,
    [
      [
        'endpoint/ip-blocked',
        0.6,
        'A firewall of the network in front (a CDN) refuses the caller before the server sees the request, mostly by its address.',
        'Send the same request from another network; if it is answered there, the operator must let this address pass.',
      ],
      ['endpoint/policy-denied', 0.58],
      ['connection/tls-or-proxy', 0.2],
    ],
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-403-permission-denied.html',
    { status: [0, 403] },
  ),
  says(
    /does not support http method ['"`]?GET|method ['"`]?GET['"`]? (?:is )?not (?:allowed|supported)|only POST (?:requests? )?(?:is|are) (?:allowed|supported|accepted)/i,
    [
      [
        'request/wrong-endpoint',
        0.8,
        'The request arrived as a GET: it was sent so, or a redirect (to https, to another path) made one of the POST.',
      ],
      ['request/missing-grant-type', 0.2],
    ],
    'https://www.rfc-editor.org/rfc/rfc6749#section-3.2',
    { on: 'token' },
  ),
  says(
    /unsupported protocol scheme|['"`]?authority['"`]? (?:should|must) be (?:in )?(?:an? )?(?:valid )?ur[il]|invalid url ['"`]|no (?:host|scheme) (?:supplied|in request url)|only absolute urls are supported|invalid or missing url/i,
    [
      [
        'request/wrong-endpoint',
        0.8,
        'The URL that is asked is empty or is none: the setting of the token endpoint was not read.',
      ],
      ['request/wrong-region', 0.5],
      ['credential/missing', 0.2],
    ],
    'https://www.rfc-editor.org/rfc/rfc3986#section-3',
  ),
  says(
    /\bonly [\w-]+ (?:apps?|applications?|clients?) (?:may|can|are allowed to) use\b/i,
    [
      ['grant/not-allowed', 0.92],
      ['client/unknown', 0.15],
    ],
    RFC6749,
    { on: 'token' },
  ),
  says(
    /(?:Unexpected char(?:acter)? 0x0[ad]|invalid header field value|illegal character|newline|are allowed after '\\n')[^\n]{0,80}\bBasic\b/i,
    [
      [
        'header/bad-base64',
        0.9,
        'A line break stands in the Basic header: the encoder wraps its output or ends it with one.',
      ],
      ['credential/whitespace', 0.5],
    ],
    'https://www.rfc-editor.org/rfc/rfc7617#section-2',
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
    /(?:for the scheme|unsupported|unknown|unexpected|invalid|wrong) ?:? ?(?:auth\w* |token )?(?:scheme|prefix)\b|No authentication handler is (?:configured|registered)[^\n]{0,80}scheme/i,
    [
      ['header/wrong-scheme', 0.72],
      ['endpoint/token-malformed', 0.6],
      ['header/missing-scheme', 0.3],
    ],
    RFC6750,
  ),
  says(
    /redirect[_ ]?ur[il]\b[^\n]{0,60}(?:n[’']t|\b(?:not|invalid|mismatch\w*|does|differs?|must|unregistered|error|incorrect))|(?:invalid|mismatch\w*|incorrect|unregistered|illegal|bad)[^\n]{0,20}redirect[_ ]?ur[il]|redirect[_ ]?ur[il] error/i,
    [
      ['grant/redirect-uri-mismatch', 0.93],
      ['client/unknown', 0.15],
    ],
    RFC6749,
    {
      on: 'token',
      when: (x) =>
        !/invalid, expired, revoked|invalid_grant|redirection URI used/i.test(JSON.stringify(x.outcome)),
    },
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
    /(?:multiple|more than one|several|two|duplicate)(?: different)? (?:sets? of )?client (?:credentials?|authentication|auth)|multiple (?:authentication|credential) (?:methods?|mechanisms?)|(?:only|more than) one (?:client )?(?:authentication|auth|credential) (?:method|mechanism)|more than one (?:method|mechanism) (?:for|of) (?:client )?auth/i,
    [['header/duplicate-credentials', 0.95]],
    CLIENT_AUTH,
    // RFC 6749 §5.2 names this among all that invalid_request can mean; servers quote the list whole.
    { on: 'token', when: (x) => !/otherwise malformed/.test(JSON.stringify(x.outcome)) },
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
    /\b(?:iat|nbf|issued[ -]?at|not[ -]before)\b[^\n]{0,60}\b(?:future|invalid|early|ahead|not yet|greater)|(?:token|jwt)[^\n]{0,30}(?:used (?:too early|before)|not (?:yet )?valid (?:yet|before|until)|can(?:no|[’'])t be used before|prior to \d{4})|\bclock[- ]?skew|reasonable time ?frame/i,
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
    /Failed to resolve API Key variable request\.\w+\.(?:client_id|client_secret|apikey)/i,
    [
      [
        'client/auth-method-mismatch',
        0.7,
        'The gateway looks for the client id in the form or the query and finds none there; it came in a header, or not at all.',
      ],
      ['credential/missing', 0.5],
    ],
    'https://docs.apigee.com/api-platform/troubleshoot/runtime/invalid-api-key',
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
    /grant_?type[^\n]{0,20}\b(?:must be|should be|expected|allowed values?|one of)\b[^\n]{0,160}(?:client_credentials|authorization_code|refresh_token)/i,
    [
      [
        'grant/wrong-type-sent',
        0.75,
        'The server lists the grants that it knows, and the request asks for another one (a password grant, by the paste).',
      ],
      ['grant/not-allowed', 0.5],
      ['request/missing-grant-type', 0.4],
    ],
    RFC6749,
    { on: 'token', when: (_, scene) => asksWithPassword(scene.evidence.said) },
  ),
  says(
    /(?:client|application|consumer|app)\b[^\n]{0,40}\bnot (?:allowed|permitted|authori[sz]ed) to use (?:the )?(?:token endpoint|(?:this|the specified|that) grant|client[_ ]credentials)/i,
    [
      [
        'grant/not-allowed',
        0.92,
        'The client is registered without the right to use this endpoint or grant.',
      ],
      ['client/unknown', 0.15],
    ],
    RFC6749,
  ),
  says(
    /client[_ ]credentials[^\n]{0,60}\b(?:client|consumer|app\w*)\b[^\n]{0,30}\bpublic\b|\bpublic (?:client|consumer|app\w*)\b[^\n]{0,60}\b(?:client[_ ]credentials|not (?:allowed|permitted|authori[sz]ed|supported))/i,
    [
      ['client/public', 0.93],
      ['grant/not-allowed', 0.4],
    ],
    'https://www.rfc-editor.org/rfc/rfc6749#section-4.4',
  ),
  says(
    /\bno (?:callback|redirect(?:ion)?)[_ ]ur[il]s?\b|callback[_ ]ur[il][^\n]{0,40}\b(?:not (?:defined|registered|configured|match\w*|valid|allowed)|mismatch\w*|invalid)/i,
    [
      ['grant/redirect-uri-mismatch', 0.92],
      ['grant/not-allowed', 0.2],
    ],
    'https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2',
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
    /\bclient_?id\b["']?:? ?\S{4,200} is not valid\b|\binvalid[-_ ]client[-_ ]id(?:entifier)?\b/i,
    [
      ['client/unknown', 0.9],
      ['request/wrong-region', 0.3],
    ],
    RFC6749,
  ),
  says(
    /grant[ _]type ['"`]?[\w:-]{4,60}['"`]? (?:is )?(?:not|n[’']t) (?:allowed|enabled|permitted|authori[sz]ed) for/i,
    [
      ['grant/not-allowed', 0.95],
      ['client/public', 0.15],
    ],
    RFC6749,
    { on: 'token' },
  ),
  says(
    /grant_?type\b[^\n]{0,12}[[('"`]\w[^\n\])'"`]{2,60}(?:\\r|\\n|\s)[^\n\])'"`]{0,8}[\])'"`]/i,
    [
      [
        'grant/wrong-type-sent',
        0.85,
        'The server quotes the grant_type that it got, and a line break or blank stands in it.',
      ],
      ['credential/whitespace', 0.4],
    ],
    RFC6749,
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
    /^[^]{0,40}\b(?:JWT|(?:access |bearer |auth\w* )?token|authori[sz]ation header) is (?:required|missing|not present|not provided)\b/i,
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
    /(?:discovery|well-known|openid-configuration)[^]{0,200}<html|<html[^]{0,400}(?:well-known|openid-configuration)/i,
    [
      [
        'request/wrong-endpoint',
        0.74,
        'Where the discovery document should be, a page for people answers: another server, or another path.',
      ],
      ['connection/tls-or-proxy', 0.6],
    ],
    'https://www.rfc-editor.org/rfc/rfc8414#section-3.1',
  ),
  says(
    /invalid character '<' looking for beginning of value|Unexpected token '?<'?|Expecting value: line 1 column 1|Unexpected character encountered while parsing value: <|\bgot (?:an )?html\b/i,
    [
      [
        'request/wrong-endpoint',
        0.74,
        'A page for people came where JSON was expected: another path, another host, or a login page.',
      ],
      ['connection/tls-or-proxy', 0.55],
    ],
    RFC6749,
    { when: (x) => /token|oidc|well-known|oauth|discovery|issuer/i.test(JSON.stringify(x)) },
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

/** The paste sends a user's name and password, so the grant is `password`. */
function asksWithPassword(said: readonly { readonly text?: string }[]): boolean {
  return said.some(({ text = '' }) =>
    /username\b[^\n]{0,80}\bpassword\b|grant_?type[^\n]{0,8}password/i.test(text),
  );
}

/** The audience of the token and the one that the API wants, as .NET words it, differ in nothing that can be seen. */
function sameButForBlanks({ outcome }: Exchange): boolean {
  const found = /Audiences?: '([^']{1,200})'[^']{0,80}ValidAudience: '([^']{1,200})'/.exec(
    JSON.stringify(outcome),
  );
  return found !== null && (found[1] ?? '').trim() === (found[2] ?? '').trim();
}
