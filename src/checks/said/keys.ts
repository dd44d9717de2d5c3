/** What a paste shows of a key, a token or a setting on its way from where it is kept to where it is sent. */
import { asksToSignIn } from '../../core/index.ts';
import type { Look, SaidRule } from './rule.ts';

/** A header that holds a line break, as the libraries that refuse it say. */
const BROKEN_HEADER =
  /\bheader\b[^\n]{0,200}\\+[nr]\\*["']|\bcannot include CR\/LF|\bheader\b[^\n]{0,40}\b(?:contains?|with) (?:a )?(?:new ?line|line ?break|CR|LF)\b/i;
const RETURN_AT_THE_END = /\bheader\b[^\n]{0,400}[^\\]\\{1,2}r['"]/i;
/** The break stands behind base64, or the encoder that is told breaks its output: Ruby's encode64, Python's encodebytes. */
const BROKEN_BY_AN_ENCODER = /\bBasic [\w+/=•]{4,400}\\+[nr]/i;
const BREAKS_LINES =
  /(?<!strict_|urlsafe_)\bencode64\b|\bencode(?:string|bytes)\b|\bpack\(\s?\[?["']m["']|\bMimeEncoder\b|\bBase64\.DEFAULT\b/;
const VARIABLE = '\\w*(?:TOKEN|SECRET|KEY|PASS(?:WORD|WD)?|CLIENT_?ID)\\w*';
/** Of the pair itself, base64 is what is asked for. */
const OF_THE_PAIR =
  /client_?id\W{0,3}:|\bid\W{0,4}(?:and|:)\W{0,4}(?:client )?secret|user(?:name)?\W{0,3}:\W{0,3}(?:\$?\w{0,8})?pass/i;

function brokenByAnEncoder(look: Look): boolean {
  return BROKEN_BY_AN_ENCODER.test(look.answers) || BREAKS_LINES.test(`${look.context}\n${look.answers}`);
}

/** The URLs to which a person is sent to sign in (RFC 6749 §4.1.1). */
function sentToSignIn(look: Look, parameter: RegExp): boolean {
  return [...look.token, ...look.endpoint].some(
    (exchange) => asksToSignIn(exchange) && parameter.test(exchange.request.url ?? ''),
  );
}

export const keys: readonly SaidRule[] = [
  {
    id: 'quotes-in-a-list-of-compose',
    code: 'credential/mangled',
    likelihood: 0.85,
    where: ['code', 'config'],
    pattern: new RegExp(`^\\s*- ?${VARIABLE}=(["'])[^"'\\n]{1,300}\\1\\s*$`, 'im'),
    why: 'In a list of Compose the quotation marks behind the = are a part of the value.',
    tell: 'Write NAME=value without quotes, or quote the whole entry.',
  },
  {
    id: 'quotes-behind-set',
    code: 'credential/mangled',
    likelihood: 0.8,
    pattern: new RegExp(`(?:^|[\\s>])set ${VARIABLE}=["']`, 'im'),
    why: 'In cmd.exe, set keeps the quotation marks as a part of the value.',
    tell: 'Write set NAME=value, or set "NAME=value" with the quotes around the whole.',
  },
  {
    id: 'single-quotes-keep-the-dollar',
    code: 'credential/mangled',
    likelihood: 0.82,
    where: ['prose'],
    pattern:
      /\bsingle[- ]quot\w*[^\n]{0,120}(?:\$\w+|\bvariable)|(?:\$\w+|\bvariable)[^\n]{0,120}\bsingle[- ]quot\w*/i,
    why: 'Between single quotes a shell leaves $NAME as it stands, so the name is sent and not the value.',
    tell: 'Use double quotes, and look at the header that curl -v prints.',
  },
  {
    id: 'line-end-in-a-header',
    code: 'credential/whitespace',
    likelihood: 0.9,
    shows: BROKEN_HEADER,
    when: (look) =>
      BROKEN_HEADER.test(look.answers) && !brokenByAnEncoder(look) && !RETURN_AT_THE_END.test(look.answers),
    why: 'The value of the header ends with a line break, which came with the secret or the token.',
    tell: 'Take the line break off where the value is read or stored (printf, not echo).',
  },
  {
    id: 'carriage-return-in-a-header',
    code: 'credential/mangled',
    likelihood: 0.95,
    shows: RETURN_AT_THE_END,
    when: (look) => RETURN_AT_THE_END.test(look.answers) && !brokenByAnEncoder(look),
    why: 'The value ends with a carriage return, of a file or a program of Windows: its lines end with two signs, and only the second was taken off.',
    tell: 'Save the file with Unix line ends, or take \\r off where the value is read (tr -d "\\r").',
  },
  {
    id: 'line-end-of-an-encoder',
    code: 'header/bad-base64',
    likelihood: 0.95,
    shows: BROKEN_HEADER,
    when: (look) => BROKEN_HEADER.test(look.answers) && brokenByAnEncoder(look),
    why: 'The line break in the header is that of the encoder, which ends or breaks its output with one.',
    tell: 'Use the encoder that does not: strict_encode64 in Ruby, b64encode in Python, NO_WRAP on Android.',
  },
  {
    id: 'line-end-in-a-value',
    code: 'credential/whitespace',
    likelihood: 0.85,
    where: ['code', 'config', 'command'],
    pattern: new RegExp(`\\b${VARIABLE}\\s{0,2}[=:]\\s{0,2}\\$?["'][^"'\\n]{0,300}\\\\[nr]["']`, 'i'),
    why: 'The value that is shown ends with a line break.',
    tell: 'Take it off and call again.',
  },
  {
    id: 'bytes-in-a-header',
    code: 'credential/mangled',
    likelihood: 0.8,
    when: (look) =>
      /\bheader\b[^\n]{0,60}\b(?:Bearer|Basic|token)\b[^\n]{0,40}(?:\ufffd|\\+x[01][0-9a-f]|\\+u00[01][0-9a-f])/i.test(
        look.answers,
      ),
    why: 'Bytes stand in the header where a text should: the value was decoded once too often.',
    tell: 'A Kubernetes Secret wants base64 under data: and the plain value under stringData:.',
  },
  {
    id: 'name-left-in-braces',
    code: 'credential/placeholder',
    likelihood: 0.8,
    shows: /\{\{\s?[\w.-]{2,60}\s?\}\}/,
    when: (look) =>
      /\{\{\s?[\w.-]{2,60}\s?\}\}/.test(`${look.context}\n${look.answers}`) &&
      look.says(
        /\bunresolved\b|\bliteral(?:ly)?\b|(?:\bnot\b|n[’']t) (?:being |get |getting )?(?:resolved?|replaced?|substituted?|expanded?|filled)|\bin its place\b|\b(?:trace|logs?|server|api)\b[^\n]{0,60}\{\{/i,
      ),
    why: 'The name of a variable in braces was sent: nothing put a value in its place.',
    tell: 'Choose the environment that has the variable, and look at the request in the console of the tool.',
  },
  {
    id: 'id-of-the-secret',
    code: 'credential/swapped',
    likelihood: 0.66,
    pattern:
      /\bsecret[ _]id\b(?![^\n]{0,40}\btenant)|\bid of (?:the|that|my) secret\b|\b(?:not|instead of|rather than) the value\b(?: column| field)?|\b(?:description|key id|an id and (?:a|the) key)\b[^\n.]{0,60}\b(?:secrets?|column|value|side by side)\b|\bclient secret\b[^\n.]{0,40}\bas (?:the )?(?:bot )?token\b/i,
    where: ['prose', 'config'],
    when: (look) => look.says(/secret|key/i) && look.failureTold(),
    why: 'What stands in the place of the secret seems to be another value of the same page: its id, its description, or another key.',
    tell: 'A secret is shown once, when it is made; what the page shows later beside it is its id.',
  },
  {
    id: 'base64-of-what-is-one-value',
    code: 'credential/already-encoded',
    likelihood: 0.72,
    pattern:
      /\b(?:token|api[ _-]?key|pat|key|license|secret|value)\b[^\n.]{0,60}\b(?:in|as|is|already|once more|again|twice|through|a|to|into)\b[^\n.]{0,16}\bbase ?64\b|\bbase ?64(?:[- ]?encod\w*)?\b[^\n.]{0,40}\b(?:of )?(?:my|the|an?|its?|our)?\s?(?:access |bearer )?(?:token|api[ _-]?key|pat|key)\b|\b(?:runs?|does|did) a base ?64\b/i,
    where: ['prose', 'config'],
    when: (look) =>
      look.says(/\b(?:bearer|tokens?|api[ _-]?keys?|pat|secret)\b/i) &&
      !look.says(OF_THE_PAIR) &&
      !look.tokenError(/invalid_(?:grant|scope|request)|unsupported/) &&
      !look.says(/\bjwt|decod|signature|certificate|\bpem\b|base64url|padd|wrap|line/i),
    why: 'A value that goes out as it is was put into base64 once more, so the server reads another one.',
    tell: 'Send the value as it was issued; only id:secret of a Basic header is put into base64.',
  },
  {
    id: 'value-alone-in-the-header',
    code: 'header/missing-scheme',
    likelihood: 0.74,
    where: ['prose'],
    pattern:
      /\b(?:token|key|base ?64\w*|value|string)\b[^\n]{0,60}\b(?:directly|alone|bare|only|nothing else|as it is|straight)\b[^\n]{0,40}\bheader\b/i,
    when: (look) => !look.says(/["'`](?:basic|bearer) ?["'` ]/i),
    why: 'The value stands alone in the Authorization header, without a scheme before it.',
    tell: 'Write the scheme that the API documents (Basic, Bearer) and one blank before the value.',
  },
  {
    id: 'codec-that-knows-ascii-only',
    code: 'credential/non-ascii',
    likelihood: 0.78,
    where: ['code', 'config', 'prose'],
    pattern:
      /['"](?:ascii|latin-?1)['"] codec can[’']t (?:en|de)code|\b(?:can(?:no|[’'])?t|could not|unable to)\b[^\n.]{0,6}\bencode\b[^\n.]{0,12}\b(?:as|in|to|with) (?:ascii|latin-?1|iso-8859-1)\b/i,
    why: 'The program stumbles over a character outside ASCII in what it puts into the header.',
    tell: 'Look for typographic signs and letters with marks in the value.',
  },
  {
    id: 'token-in-the-refresh-request',
    code: 'header/wrong-scheme',
    likelihood: 0.84,
    where: ['prose', 'config'],
    pattern:
      /\brefresh\w*\b[^]{0,240}\b(?:authori[sz]ation )?header\b[^\n]{0,80}\b(?:access[ _]token|bearer)\b|\b(?:access[ _]token|bearer)\b[^\n]{0,80}\bheader\b[^]{0,160}\b(?:token endpoint|refresh)/i,
    when: (look) =>
      look.says(
        /\binterceptor|overw(?:rit|rote)|\bputs? it\b|\bstill\b|\bdefault header|\bcarries\b|\badds?\b|\battach/i,
      ) && !look.tokenError(/invalid_(?:grant|scope)/),
    why: 'The request for a new token carries the old token in its Authorization header, where the client’s own proof belongs.',
    tell: 'Leave the token request out of the interceptor that adds the token.',
  },
  {
    id: 'both-ways-said',
    code: 'header/duplicate-credentials',
    likelihood: 0.76,
    where: ['prose', 'config'],
    pattern:
      /\b(?:in the body|client[-_ ]secret[-_ ]post|form|post params?)\b[^\n.]{0,60}\b(?:and|as well as|plus|along with)\b[^\n.]{0,80}\b(?:authori[sz]ation header|basic header|client[-_ ]secret[-_ ]basic|basic auth\w*)\b|\b(?:authori[sz]ation header|client[-_ ]secret[-_ ]basic|basic auth\w*)\b[^\n.]{0,60}\b(?:and|as well as|plus|along with)\b[^\n.]{0,60}\b(?:body|client[-_ ]secret[-_ ]post|form|post params?)\b/i,
    when: (look) =>
      look.says(
        /\b(?:both|as well|also|too|twice|two pairs|at (?:once|the same time)|rejects?|one method|only one|same pair|complains?)\b/i,
      ) &&
      look.says(/\b(?:sends?|sent|sending|puts?|passes|passing|includes?|adds?)\b/i) &&
      !look.says(
        /\b(?:tried|whether|either|neither|nor|or)\b[^\n.]{0,40}\b(?:body|header|basic|post)\b|\b(?:body|header|basic|post)\b[^\n.]{0,20}\b(?:or|nor|instead)\b/i,
      ),
    why: 'The pair goes out in the header and in the body; RFC 6749 §2.3 allows one way in a request.',
    tell: 'Leave out one of the two and send the request again.',
  },
  {
    id: 'percent-signs-before-base64',
    code: 'credential/over-encoded',
    likelihood: 0.74,
    where: ['prose', 'code', 'config'],
    pattern:
      /\b(?:replac\w*|turn\w*|encod\w*|escap\w*|becom\w*|sends?|arrives?)\b[^\n.]{0,60}%(?:3D|2B|2F|40)\b/i,
    when: (look) =>
      look.says(/\b(?:basic|base ?64|authori[sz]ation header)\b/i) &&
      !look.says(/redirect|callback|[?&]scope=/i),
    why: 'The value is form-encoded before base64 (as RFC 6749 §2.3.1 says), and not every server decodes it.',
    tell: 'Send the pair in the body, or raw in the header; if one of the two works, the server does not decode.',
  },
  {
    id: 'static-token',
    code: 'endpoint/token-expired',
    likelihood: 0.82,
    pattern:
      /\b(?:static|hard-?coded|fixed|manually (?:set|copied|pasted)|long[- ]lived)\b[^\n.]{0,30}\btokens?\b|\btokens?\b[^\n.]{0,60}\b(?:expires?d?|expir(?:y|ation))\b|(?:stops?|stopped|fails?|failing) (?:working )?after (?:about |around |approximately |roughly |~|exactly )?(?:an|one|\d+|a few|some) ?(?:hours?|minutes?|mins?|h|m|days?)\b|works? (?:fine )?(?:for|until) (?:about |around |approximately |~)?(?:an|one|\d+|a few|some) ?(?:hours?|minutes?|mins?|days?)\b|no [`'"]?expires_in/i,
    when: (look) =>
      look.endpointStatus(401, look.answered(/permission|scope|role|not authori[sz]ed/i) ? 401 : 403) &&
      !look.says(/token (?:is|was) (?:valid|not expired|fresh)/i),
    why: 'The paste tells of a token that is kept for longer than it lives.',
    tell: 'Fetch a new token and call at once; if that works, the old one had ended.',
  },
  {
    id: 'nothing-in-the-sign-in-url',
    code: 'credential/missing',
    likelihood: 0.93,
    shows: /[?&]client_id(?:=[^&\s"']{0,12}|(?=&))|\/(?:authori[sz]e|auth|oauth)\?[^\s"']{1,120}/i,
    when: (look) =>
      sentToSignIn(look, /[?&]client_id(?:=(?:undefined|null|none|nil)?)?(?:&|$)/i) ||
      sentToSignIn(
        look,
        /^https?:\/\/(?!.*(?:[?&](?:client_?id|app_?id|client_?key|request(?:_uri)?)=|…|\.\.\.)).*[?&]\w+=/i,
      ),
    why: 'The address of the sign-in page has no client id, or the word for nothing in its place.',
    tell: 'Find out why the program reads an empty id: the name of the setting, or the file that it reads.',
  },
  {
    id: 'quotes-in-the-sign-in-url',
    code: 'credential/mangled',
    likelihood: 0.92,
    shows: /[?&]redirect_uri=(?:["'“]|%22|%27)/i,
    when: (look) => sentToSignIn(look, /[?&]redirect_uri=(?:["'“]|%22|%27)/i),
    why: 'Quotation marks stand in the address of the sign-in page: they were kept as a part of the setting.',
    tell: 'Write the values in the file of settings without quotes.',
  },
];
