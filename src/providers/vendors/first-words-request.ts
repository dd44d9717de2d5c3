/** Wordings that mean the same at every server: the pair, the form and the grant of a token request. */
import type { Exchange } from '../../core/index.ts';
import { says, type Phrase } from './phrase.ts';

const RFC6749 = 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2';
const CLIENT_AUTH = 'https://www.rfc-editor.org/rfc/rfc6749#section-2.3';
const RFC6750 = 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1';

export const wordsOfTheRequest: readonly Phrase[] = [
  says(
    /(?:body|payload) and (?:the )?headers? contain authori[sz]ation|\b(?:both|more than one|multiple)\b[^\n]{0,60}\b(?:(?:body|payload|form) and (?:the )?headers?|headers? and (?:the )?(?:body|payload|form))\b/i,
    [['header/duplicate-credentials', 0.96]],
    CLIENT_AUTH,
    { on: 'token' },
  ),
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
    /credentials should (?:only )?be (?:provided|sent) (?:only )?once/i,
    [['header/duplicate-credentials', 0.95]],
    CLIENT_AUTH,
    { on: 'token' },
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
    /\bsession not found\b/i,
    [
      ['grant/refresh-token-invalid', 0.66],
      ['grant/code-invalid', 0.5],
    ],
    RFC6749,
    { on: 'token' },
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
    /(?:multiple|more than one|several|two|duplicate)(?: different)? (?:sets? of )?client (?:credentials?|authentication|auth)|multiple (?:authentication|credential) (?:methods?|mechanisms?)|(?:only|more than) one (?:client )?(?:authentication|auth|credential) (?:method|mechanism)|more than one (?:method|mechanism) (?:for|of) (?:client )?auth/i,
    [['header/duplicate-credentials', 0.95]],
    CLIENT_AUTH,
    // RFC 6749 §5.2 names this among all that invalid_request can mean; servers quote the list whole.
    { on: 'token', when: (x) => !/otherwise malformed/.test(JSON.stringify(x.outcome)) },
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
