/** Wordings that mean the same at every server: shells, walls, certificates and addresses on the way to it. */
import { says, type Phrase } from './phrase.ts';

const RFC6749 = 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2';
const RFC6750 = 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1';
const HTTP = 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4';
const HEADER_VALUE = 'https://www.rfc-editor.org/rfc/rfc9110#section-5.5';

export const wordsOfTheWay: readonly Phrase[] = [
  says(
    /Cannot bind parameter '(?:Headers?|Token|Body|Authentication|Credential|Method)'|Missing expression after unary operator '-|Invoke-WebRequest ?:[^\n]{0,80}\b(?:parameter|positional)|Unexpected token '[\w-]+' in expression|\b(?:AmpersandNotAllowed|TerminatorExpectedAtEndOfString|MissingEndParenthesisInMethodCall)\b|ampersand \(&\) character is not allowed|\bsyntax error near unexpected token\b|\b(?:zsh|bash|sh|dash)\b[^\n]{0,20}: (?:parse error|no matches found: https?:|bad pattern|syntax error)|is not recognized as (?:an internal or external command|the name of a cmdlet)|(?:No closing quote|unexpected EOF while looking for matching)|curl: \(\d+\) (?:Could not resolve host: (?:Bearer|Basic|application)|URL using bad\/illegal format)/i,
    [
      [
        'request/malformed-command',
        0.96,
        'The shell says that it cannot read the command: it was written for another shell, or a quote is open.',
        'In PowerShell write curl.exe, put the command on one line, and use its own quotes.',
      ],
    ],
    'https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing',
  ),
  says(
    /(?:missing|required)[^\n]{0,40}\bresponse_type\b|\bresponse_type\b[^\n]{0,30}\b(?:missing|required|not (?:present|provided))/i,
    [
      [
        'request/wrong-endpoint',
        0.88,
        'A token request has no response_type: what answers is the authorization endpoint.',
        'Send it to the token endpoint (RFC 6749 §3.2).',
      ],
    ],
    'https://www.rfc-editor.org/rfc/rfc6749#section-3.1.1',
    { on: 'token' },
  ),
  says(
    /\bfailed (?:log[- ]?ins?|sign[- ]?ins?|attempts?)|\battempts\b|\block(?:ed|out)\b|\bblocked\b/i,
    [
      ['endpoint/rate-limited', 0.8],
      [
        'client/wrong-secret',
        0.4,
        'The server counts refused attempts: the pair before this answer may have been wrong.',
      ],
    ],
    'https://www.rfc-editor.org/rfc/rfc6585#section-4',
    { status: [429] },
  ),
  // Whatever the body says of test modes and plans, 429 is about how often one asks (RFC 6585 §4).
  says(/[^]/, [['endpoint/rate-limited', 0.97]], 'https://www.rfc-editor.org/rfc/rfc6585#section-4', {
    status: [429],
    forced: true,
  }),
  says(
    /(?:latin-1|ascii)['"]? codec can[’']t encode|Cannot convert argument to a ByteString|[“”‘’][^\n]{0,120}\bnot a legal HTTP header value|(?:invalid|illegal|unexpected) char(?:acter)?\b[^\n]{0,20}(?:\\u20|0x20[12])[^\n]{0,60}\b(?:header|authori[sz]ation)/i,
    [
      [
        'credential/non-ascii',
        0.85,
        'The client library refuses to send the header: a character outside ASCII stands in the value.',
        'Print the code points of the value: a typographic quote or an ellipsis comes of copying.',
      ],
      ['endpoint/token-malformed', 0.5],
    ],
    HEADER_VALUE,
  ),
  // Behind the base64 itself, where no value ends: the encoder put it there.
  says(
    /\bheader\b[^\n]{0,60}\bBasic [\w+/=•]{4,400}\\+[nr]/i,
    [
      [
        'header/bad-base64',
        0.85,
        'A line break stands behind the base64: the encoder ends (or breaks) its output with one.',
        'Use the encoder that does not: b64encode in Python, strict_encode64 in Ruby, base64 -w0 in a shell.',
      ],
      ['credential/whitespace', 0.45],
    ],
    HEADER_VALUE,
  ),
  says(
    /(?:unexpected|invalid|illegal) char(?:acter)? 0x0d|\\r(?:\\n)?["']?[^\n]{0,30}\b(?:for key|in (?:the )?header)|carriage return[^\n]{0,60}\bheader|\bheader value\b[^\n]{0,400}[^\\]\\r(?:\\n)?['"]/i,
    [
      [
        'credential/mangled',
        0.6,
        'The client library refuses to send the header: a carriage return, the end of a line as Windows writes it, stands in the value.',
        'Look at the value with cat -A: ^M is a carriage return.',
      ],
      ['credential/whitespace', 0.55],
      ['endpoint/token-malformed', 0.5],
    ],
    HEADER_VALUE,
  ),
  says(
    /invalid header field value(?!\s?\\?["']?Bearer\s?\\?["'])|return character or leading space in header|invalid character in header(?: content)?|(?:leading|trailing) white ?space[^\n]{0,60}\bheader|unexpected char 0x0a|\bInvalidHeaderValue\b|failed to parse header value|(?:not a legal|invalid|illegal) (?:HTTP )?header value|\bheader (?:field )?values? can ?not include CR\/?LF|newlines? (?:is |are )?(?:not allowed |found |detected )?in (?:the )?header|header(?:s)? (?:value )?(?:must not|can ?not|may not) contain (?:new ?lines?|line breaks)/i,
    [
      [
        'credential/whitespace',
        0.62,
        'The client library refuses to send the header: a line break or a blank stands in the value, as after reading it from a file.',
        'Compare the length of the value in the program with that in the console.',
      ],
      ['endpoint/token-malformed', 0.58],
      ['credential/non-ascii', 0.3],
      ['credential/mangled', 0.2],
    ],
    HEADER_VALUE,
  ),
  // What Node's own client says where the cause is not printed; it passes over the variables of a proxy.
  says(
    /\bfetch failed\s*$/im,
    [
      [
        'connection/unreachable',
        0.62,
        'Node’s fetch reached nobody: a name that does not resolve, a port that is closed, or a proxy that it passes over.',
        'Print error.cause; behind a proxy set NODE_USE_ENV_PROXY=1 or give fetch a dispatcher.',
      ],
      ['connection/tls-or-proxy', 0.5],
      ['connection/outage', 0.2],
    ],
    'https://github.com/n4bb12/verdaccio-github-oauth-ui/issues/188',
  ),
  says(
    /\bIDX2080[34]|\bunable to (?:obtain configuration|retrieve document) from\b/i,
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
    /(?:failed|unable|could not|cannot) (?:to )?(?:create|establish|open) (?:an? )?(?:SSL|TLS|secure)\b/i,
    [
      ['connection/tls-or-proxy', 0.9],
      ['connection/unreachable', 0.3],
    ],
    'https://www.rfc-editor.org/rfc/rfc8446#section-6.2',
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
];
