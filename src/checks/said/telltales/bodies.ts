/** What people show of the body that they send, of its form, and of the command that sends it. This table is long. */
import type { Look } from '../rule.ts';
import { shows, tells, type Telltale } from './telltale.ts';

/** An object with a grant_type gets a name, and goes under it to an HTTP library that sends objects as JSON. */
function namedObjectAsData(look: Look): boolean {
  const name = /\b([A-Za-z_$][\w$]{0,30})\s{0,3}=\s{0,3}\{[^{}]{0,300}?["']?grant_?type/i.exec(
    look.codes,
  )?.[1];
  if (name === undefined) return false;
  const sent = `(?:data|body)\\s?:\\s{0,3}${name.replaceAll('$', '\\$')}\\b|axios\\.post\\([^,()]{3,300},\\s{0,20}${name.replaceAll('$', '\\$')}\\b`;
  return /\baxios\b/i.test(look.codes) && new RegExp(sent).test(look.codes);
}

const FORM =
  /URLSearchParams|qs\.stringify|querystring|urlencode\(|form_params|FormUrlEncodedContent|\.form\(|new FormData|Qs\.|http_build_query|LinkedMultiValueMap|application\/x-www-form-urlencoded["'][^]{0,200}\bdata=|\bdata=(?:payload|data|body|params|\{)/i;

export const bodies: readonly Telltale[] = [
  tells(
    'json-in-code',
    /\bJSON\.stringify\s?\(|\bjson\s{0,2}=\s{0,2}(?:\{|(?!json|await|res)\w)|["']json["']\s{0,2}=>|json_encode\(|\bPostAsJsonAsync|JsonContent|"application\/json"\)|ConvertTo-Json|json\.dumps\(|\.json\(&|to_json\b|JsonConvert\.Serialize|writeValueAsString|MediaType\.APPLICATION_JSON|json\.Marshal\(/,
    { 'request/json-body': 2.1, 'request/wrong-content-type': 0.5 },
    { at: 'code', about: 'token', when: (look) => look.code(/grant_?type/i) },
  ),
  tells(
    'object-as-data',
    /\baxios\s?\(\s{0,10}\{[^]{0,600}\bdata\s?:\s{0,3}\{|\baxios(?:\.post)?\s?\([^,()]{3,300},\s{0,20}\{|\$(?:http\.post|\.ajax)\s?\(|\.post\(\s{0,10}[^,()]{3,200},\s{0,10}\{\s?form\s?\}|\brequest\.post\([^)]{0,200}\bjson\s?:|\bbody\s?:\s{0,3}\{\s{0,10}["']?(?:grant_?type|client_id|username|code)\b/i,
    { 'request/json-body': 2 },
    { at: 'code', about: 'token', when: (look) => look.code(/grant_?type/i) && !look.code(FORM) },
  ),
  shows(
    'named-object-as-data',
    (look) => namedObjectAsData(look) && !look.code(FORM),
    { 'request/json-body': 2, 'grant/not-allowed': -0.6 },
    { about: 'token' },
  ),
  tells(
    'json-type-in-code',
    /content-?type["'\]]{0,3}\s{0,3}(?:[:=,]|=>)\s{0,3}["']application\/json/i,
    { 'request/wrong-content-type': 1.4, 'request/json-body': 1.2 },
    { at: 'all', about: 'token', when: (look) => look.says(/grant_?type/i) },
  ),
  tells(
    'json-type-with-a-form',
    /content-?type["'\]]{0,3}\s{0,3}(?:[:=,]|=>)\s{0,3}["']application\/json/i,
    { 'request/wrong-content-type': 1.4, 'request/json-body': -0.5 },
    { at: 'all', about: 'token', when: (look) => look.code(FORM) },
  ),
  shows(
    'json-without-its-type',
    (look) => /JSON\.stringify\s?\(/.test(look.codes) && !/content-?type|\bjson\s?:\s?true/i.test(look.codes),
    { 'request/wrong-content-type': 1.8 },
    { about: 'token' },
  ),
  tells(
    'multipart',
    /\bmultipart\b|\bFormData\s?\(|\bform-data\b|\bfiles\s?=|(?:^|\s)-F\s|--form\b|MultipartFormDataContent/im,
    { 'request/wrong-content-type': 1.5, 'request/missing-grant-type': 0.3 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'form-talked-of',
    /(?<!content-?type\W{1,12}(?:application\/)?)(?:application\/)?x-www-form-urlencoded|(?<!x-www-)form[- ]?url[- ]?encoded|content[- ]?type(?![\"'\]]{0,3}\s?[:=,>)])/i,
    { 'request/wrong-content-type': 0.6, 'request/json-body': 0.5 },
    {
      about: 'token',
      when: (look) => !look.tokenError(/invalid_(?:client|grant|scope)|unauthorized_client/),
    },
  ),
  tells(
    'endpoint-takes-no-json',
    /\btoken\b[^\n.]{0,20}\bendpoint\b[^\n.]{0,60}\bjson\b|\bjson\b[^\n.]{0,60}\btoken\b[^\n.]{0,20}\bendpoint\b/i,
    { 'request/json-body': 1.8 },
    { about: 'token' },
  ),
  tells(
    'grant-in-the-query',
    /(?<!\w)["']?(?:query|params|queryParams|qs)["']?\s{0,3}(?:=>|[:=])\s{0,3}(?:\[|\{|array\()\s{0,30}["']?grant_?type|\?(?:[^\s"']{0,200}&)?grant_type=[\w%]{5,40}(?:["'&\s]|$)|grant_?type[^\n.]{0,40}\b(?:query|url param|header)\b|\b(?:query (?:string|param\w*)|as (?:a )?header)\b[^\n.]{0,60}grant_?type|setHeader\(\s?["']grant_type|["']grant_type["'][^\n]{0,60}headers?\b/i,
    { 'request/missing-grant-type': 1.6 },
    { about: 'token', when: (look) => !look.says(/authorize\?/i) },
  ),
  shows(
    'form-in-the-headers',
    (look) =>
      look.token.some(({ request }) => request.form === undefined) &&
      /\bheaders?\.(?:grant_type|client_secret|body)\b|\bheaders\b[^]{0,200}\bgrant_type["']?\s?[:=]/i.test(
        look.scene.evidence.paste ?? '',
      ),
    { 'request/missing-grant-type': 3, 'client/wrong-secret': -0.6 },
    { about: 'token' },
  ),
  shows(
    'form-in-the-url',
    (look) =>
      look.token.some(
        ({ request: { url = '', bodyForm } }) =>
          /\?(?:[^\s#]*&)?grant_type=[\w%:.-]{4,}/.test(url) &&
          (bodyForm === undefined || bodyForm === 'none'),
      ),
    { 'request/missing-grant-type': 2, 'client/wrong-secret': -0.6 },
    { about: 'token' },
  ),
  tells(
    'option-that-sends-nothing',
    /\brequest(?:\.post)?\(\s{0,4}\{[^]{0,400}\bdata\s?:\s/i,
    { 'request/missing-grant-type': 2.2, 'credential/missing': 0.6 },
    { at: 'code', about: 'token', when: (look) => look.code(/require\(["']request["']\)/) },
  ),
  tells(
    'grant-missing-said',
    /\b(?:grant[ _]?type)\b[^\n]{0,50}\b(?:missing|required|not (?:specified|found|provided|present|set|sent|included|supplied)|null|empty|must contain)|\b(?:missing|required|no|must contain|without)\b[^\n]{0,50}\bgrant[ _]?type\b/i,
    { 'request/missing-grant-type': 1 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'no-form-said',
    /\bInvalid HTTP request for token endpoint\b/i,
    { 'request/wrong-content-type': 2.2, 'request/json-body': 2, 'client/auth-method-mismatch': -0.8 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'body-lost',
    /\b(?:empty|no) (?:post )?body\b|\bbody\b[^\n.]{0,30}\b(?:empty|null|undefined|lost|stripped|dropped|not (?:sent|parsed|read))|\b(?:body[- ]?parser|redirect\w* (?:to https|as get)|307|301|302)\b/i,
    { 'request/missing-grant-type': 0.9, 'request/wrong-endpoint': 0.4, 'request/json-body': 0.3 },
    { about: 'token' },
  ),
  tells(
    'shell-complains',
    /is not recognized as an internal or external command|bad substitution|unexpected EOF while looking for|unterminated quot|curl: \((?:1|2|3|6)\)|URL using bad\/illegal format|command not found|['\"]-(?:d|H|X|u)\b(?= ?['\"\w])|\s-d\s+[\w./-]{1,60}\.json\b|event not found|no matches found|dquote>|quote>|syntax error near|A parameter cannot be found|Missing an argument for parameter|Cannot bind parameter|unmatched (?:brace|close)|globbing|illegal characters? found in URL/i,
    { 'request/malformed-command': 3 },
    { at: 'all' },
  ),
  tells(
    'word-taken-for-a-host',
    /could not resolve host: [^.\s:]{2,60}(?:\s|$)|connect to 0\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/i,
    { 'request/malformed-command': 3.4, 'connection/unreachable': -2.5 },
    { at: 'all', when: (look) => look.says(/\bcurl\b/i) },
  ),
  tells(
    'grant-with-a-hyphen',
    /["'`]grant-type["'`]/,
    { 'request/missing-grant-type': 1.6 },
    { about: 'token' },
  ),
  tells(
    'mark-before-the-form',
    /["']\?grant_type=/,
    { 'request/missing-grant-type': 2.8, 'grant/code-invalid': -0.8 },
    { about: 'token' },
  ),
  tells(
    'on-windows',
    /\b(?:windows (?:cmd|command|terminal|10|11|7)|cmd\.exe|command prompt|powershell|git ?bash)\b/i,
    { 'request/malformed-command': 0.8 },
    { when: (look) => look.says(/\bcurl\b/i) },
  ),
];
