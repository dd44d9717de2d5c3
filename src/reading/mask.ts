/**
 * The door for pastes: every character that could belong to a secret becomes `•`, one for one, so that columns stay
 * true. Stand-ins that people write instead (`<client_secret>`, `xxxx`, `$SECRET`) are no secrets and stay readable.
 */
import { base64Text, isUuid, standIn } from '../core/index.ts';
import { atPlaces } from './secret-places.ts';
import { besideWords } from './secret-words.ts';

export type Range = readonly [from: number, to: number];

const QUOTE = '["\'`\\u201c\\u201d\\u2018\\u2019]';
const VALUE = `(?:${QUOTE})([^"'\`\\u201c\\u201d\\u2018\\u2019\\n]{1,4000})|([^\\s"'\`\\u201c\\u201d\\u2018\\u2019,;&)}\\]<>|]{1,4000})`;

/** `<client_secret>…</client_secret>`, and the pairs of Postman and HAR: `{"name":"client_secret","value":"…"}`. */
const ELEMENT =
  /<(?:\w{1,20}:)?(?:client_?secret|secret|passwo?r?d|(?:access|refresh)_?token|api_?key)>([^<>\n]{1,4000})</gi;
const NAMED_VALUE =
  /["'](?:name|key)["']\s{0,3}:\s{0,3}["'][\w.-]{0,30}(?:secret|passwo?r?d|(?:access|refresh)_?token|api_?key)["']\s{0,3},\s{0,3}["']value["']\s{0,3}:\s{0,3}["']([^"'\n]{1,4000})["']/gi;

/** Names whose value is a secret, whatever it looks like. */
const SECRET_NAMES =
  '(?:[\\w.-]{0,40}(?:secret|passwo?r?d|passwd|passphrase|api[_-]?key|apikey|private[_-]?key|access[_-]?token|refresh[_-]?token|id[_-]?token|subject[_-]?token|auth[_-]?token|assertion|code[_-]?verifier|set-cookie|cookie|session[_-]?id|jsessionid|x-api-key))';
/** An id is shown only in the form of a UUID (contract, "Two certainties"). */
const ID_NAMES =
  '(?:[\\w.-]{0,40}(?:client[_-]?id|consumer[_-]?key|application[_-]?id|app[_-]?id|user[_-]?name))';
/** Names that are often something else (`code: invalid_grant`, `token: expired`): only values that look issued. */
const LOOSE_NAMES =
  '(?:code|token|state|nonce|device[_-]?code|user[_-]?code|key|sig|signature|jwt|bearer|pwd|pass)';

const assigned = (names: string): RegExp =>
  new RegExp(
    `(?<![\\w.-])${names}(?:${QUOTE})?\\s{0,4}(?:[:=]|=>|,(?=\\s{0,4}${QUOTE}))\\s{0,4}(?:[bfru](?=${QUOTE}))?(?:${VALUE})`,
    'gi',
  );

/** A line of settings: the value ends with the line, whatever signs stand in it. */
const SETTING = new RegExp(
  `^[ \\t]*(?:-[ \\t]+["']?)?(?:export[ \\t]+|set[ \\t]+)?${SECRET_NAMES}=["']?((?:(?!&\\w+=|["'](?=\\s|$))\\S){1,4000})`,
  'gim',
);
const SETX = new RegExp(`\\bsetx[ \\t]+${SECRET_NAMES}[ \\t]+["']?([^\\s"']{1,4000})`, 'gi');
const SECRET = assigned(SECRET_NAMES);
const ID = assigned(ID_NAMES);
const LOOSE = assigned(LOOSE_NAMES);
const SCHEME =
  /\b(?:basic|bearer|ssws|dpop|digest)[ \t]{1,4}(?:["'“”‘’])?([A-Za-z0-9\-._~+/:|%!@#^*]{3,8000}={0,3})/gi;
/** The lines behind it, where base64 has wrapped the value. */
const WRAPPED =
  /\bbasic[ \t]{1,4}["'“‘]?([A-Za-z0-9+/]{40,8000}(?:\n[ \t>]{0,6}[A-Za-z0-9+/]{2,8000}={0,2}(?=["'”’]?[ \t]*(?:\n|$))){1,100})/gi;
const AUTH_HEADER =
  /\bauthorization["']?\s{0,3}[:=]\s{0,3}["'“”‘’]?([^\s"'“”‘’,;}]{8,8000})(?=["'“”‘’\s,;}]|$)/gi;
const USER_OPTION = /(?:^|\s)(?:-u|-[a-zA-Z]{1,5}u|--user)[ =]?["'“‘]?([^\s"'“”‘’]{1,2000})/g;
const USER_INFO = /\b[a-z][a-z+.-]{1,12}:\/\/([^/\s"'@]{1,500})@/gi;
/** curl takes it without a scheme, too: `id:secret@host/path`. */
const BARE_USER_INFO =
  /(?<![\w/:.@-])([^\s/@:"'<>]{1,200}:[^\s/@"'<>]{1,400})@[\w.-]{1,200}(?::\d{1,5})?(?=[/?#\s"'`,;)]|$)/g;
const JWT = /\beyJ[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*){1,4}/g;
const PEM = /-----BEGIN [A-Z ]{3,40}-----([\s\S]{1,8000}?)(?:-----END|$)/g;
const PAIR =
  /\b(?:auth|HTTPBasicAuth|BasicAuth|setBasicAuth|basicAuthentication|UsernamePasswordCredentials|SetBasicAuth|withBasicAuth)\s{0,3}[=:(]\s{0,3}[([]?\s{0,3}["']([^"'\n]{1,400})["']\s{0,3},\s{0,3}["']([^"'\n]{1,400})["']/gi;
/** Long and mixed: nobody writes this, somebody issued it. */
const ISSUED =
  /(?<![A-Za-z0-9_/+=.-])(?=[A-Za-z0-9_-]{0,200}\d)(?=[A-Za-z0-9_-]{0,200}[A-Z])(?=[A-Za-z0-9_-]{0,200}[a-z])[A-Za-z0-9_-]{32,8000}={0,2}/g;

/**
 * A secret of Entra: three characters, a digit and Q~, then the rest, `~` also as %7E. The mark in the middle is no
 * secret, and tells what it is. What stands before it may belong to an escape, and is masked rather than shown.
 */
const OF_ENTRA = /([\w.~-]{3})(\dQ(?:~|%7E))((?:[\w.~-]|%7E){0,200})/g;
/** Secrets and tokens that bear the name of their issuer, however short they were cut. */
const NAMED_KIND =
  /(?<![A-Za-z0-9.~-]|%[0-9A-F])(?:GOCSPX-|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|[rs]k_(?:live|test)_|ya29\.|shp(?:ss|at|ca|pa)_|dapi(?=[0-9a-f]{8})|Atz[ar]\||amzn1\.oa2-cs\.v\d\.)([\w.~|/+=-]{4,4000})/g;
const OF_AN_ISSUER = new RegExp(
  `${OF_ENTRA.source}|^${NAMED_KIND.source.slice(NAMED_KIND.source.indexOf('(?:GOC'))}`,
);
/** The person has hidden the rest. */
const CUT_SHORT = /^(?:\.{3}|…|[*•●]{3}|x{4})/i;
const AFTER_AN_ESCAPE =
  /(?:%[0-9A-Fa-f]{2}|\\u[0-9a-fA-F]{4}|\\[nrt])(?:GOCSPX-|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|[rs]k_(?:live|test)_)([\w.~|/+=-]{4,4000})/g;
/** `xoxp-tokens`, `sk_test_mode_only`: somebody writes about the kind. */
const ONLY_WORDS = /^[a-z]{2,20}(?:[_-][a-z]{2,20})*$/;

const ENCODED_NAME =
  /^(?:[a-z]{1,20}\.){0,3}(?:quote(?:_plus)?|encodeURIComponent|(?:raw)?url_?encode|EscapeDataString|QueryEscape)\((?:[a-z]{1,20}[._]){0,4}[a-z]{1,20}\)?$/i;

/** The text with every secret character as `•`; same length. */
export function masked(text: string): string {
  const ranges = secretRanges(text).sort((a, b) => a[0] - b[0]);
  let out = '';
  let at = 0;
  for (const [from, to] of ranges) {
    if (to <= at) continue;
    const start = Math.max(from, at);
    out += text.slice(at, start) + text.slice(start, to).replace(/[^\s]/g, '•');
    at = to;
  }
  return out + text.slice(at);
}

function secretRanges(text: string): Range[] {
  const ranges: Range[] = [];
  const add = (match: RegExpMatchArray, group: number, spare: (value: string) => boolean): void => {
    const value = match[group];
    if (value === undefined || spare(value)) return;
    const from = (match.index ?? 0) + match[0].lastIndexOf(value);
    ranges.push([from, from + value.length]);
  };
  for (const m of text.matchAll(SECRET)) [1, 2].forEach((g) => add(m, g, spared));
  for (const pattern of [SETTING, SETX]) for (const m of text.matchAll(pattern)) add(m, 1, spared);
  for (const m of text.matchAll(ID)) [1, 2].forEach((g) => add(m, g, (v) => isUuid(v) || spared(v)));
  for (const m of text.matchAll(LOOSE)) [1, 2].forEach((g) => add(m, g, (v) => !looksIssued(v) || spared(v)));
  for (const pattern of [ELEMENT, NAMED_VALUE]) for (const m of text.matchAll(pattern)) add(m, 1, spared);
  for (const m of text.matchAll(SCHEME)) {
    // A pair that nobody encoded: its colon is no secret, and tells what it is.
    const colon = /^basic[ \t]{1,4}["']?[\w.@-]{2,80}(?=:[^:]{2,200}$)/i.exec(m[0])?.[0].length;
    if (colon === undefined) add(m, 1, (v) => spared(v) || isWord(v));
    else {
      const from = m.index + m[0].lastIndexOf(m[1] ?? '');
      ranges.push([from, m.index + colon], [m.index + colon + 1, m.index + m[0].length]);
    }
  }
  for (const m of text.matchAll(WRAPPED)) add(m, 1, spared);
  for (const m of text.matchAll(AUTH_HEADER)) add(m, 1, (v) => spared(v) || /^(?:basic|bearer)$/i.test(v));
  for (const m of text.matchAll(USER_OPTION)) maskPair(m, add);
  for (const m of text.matchAll(USER_INFO)) add(m, 1, () => false);
  for (const m of text.matchAll(BARE_USER_INFO)) add(m, 1, () => false);
  for (const m of text.matchAll(JWT)) ranges.push([m.index, m.index + m[0].length]);
  for (const kind of [NAMED_KIND, AFTER_AN_ESCAPE])
    for (const m of text.matchAll(kind)) add(m, 1, (v) => standIn(v) !== undefined || ONLY_WORDS.test(v));
  for (const m of text.matchAll(OF_ENTRA)) {
    const tail = m.index + 3 + (m[2] ?? '').length;
    ranges.push([m.index, m.index + 3], [tail, tail + (m[3] ?? '').length]);
  }
  for (const m of text.matchAll(PEM)) add(m, 1, () => false);
  for (const m of text.matchAll(PAIR)) [1, 2].forEach((g) => add(m, g, (v) => isUuid(v) || spared(v)));
  for (const m of text.matchAll(ISSUED))
    add(m, 0, (v) => isUuid(v) || /^[a-z]+(?:[_-][a-z]+)+$/i.test(v) || isName(v));
  ranges.push(...told(text));
  return ranges;
}

/** Words in camel case with a digit within, as names of errors have (`…TenantOrB2CTenant`); what is issued has no words. */
function isName(value: string): boolean {
  const words = value.match(/[a-z]+/g) ?? [];
  return /^\D+\d\D+$/.test(value) && words.join('').length >= 4.5 * words.length;
}

/** What a word for a secret or its place shows to be one; what bears the name of its issuer is masked by that. */
function told(text: string): Range[] {
  return [...besideWords(text), ...atPlaces(text, spared)].filter(
    ([from, to]) => !OF_AN_ISSUER.test(text.slice(from, to)) && !CUT_SHORT.test(text.slice(to, to + 4)),
  );
}

/**
 * The values that stand as secrets in a text: of a named setting, of `-u`, of a URL, of a header (of Basic the half
 * behind the colon). Not the ids, which a server may name.
 */
export function secretsIn(text: string): string[] {
  const behindColon = (pair: string): string => pair.slice(pair.indexOf(':') + 1);
  const found = [
    ...[...text.matchAll(SECRET)].flatMap((m) => [m[1], m[2]]),
    ...[SETTING, SETX].flatMap((pattern) => [...text.matchAll(pattern)].map((m) => m[1])),
    ...[...text.matchAll(PAIR)].map((m) => m[2]),
    ...[ELEMENT, NAMED_VALUE].flatMap((pattern) => [...text.matchAll(pattern)].map((m) => m[1])),
    ...[USER_OPTION, USER_INFO, BARE_USER_INFO].flatMap((pattern) =>
      [...text.matchAll(pattern)].flatMap((m) => (m[1]?.includes(':') ? [behindColon(m[1])] : [])),
    ),
    ...told(text).map(([from, to]) => text.slice(from, to)),
    ...[...text.matchAll(SCHEME)].flatMap((m) => {
      const pair = base64Text(m[1] ?? '');
      return pair?.includes(':') ? [m[1], behindColon(pair)] : [m[1]];
    }),
  ];
  return found.flatMap((value) => {
    if (value === undefined || spared(value) || isWord(value)) return [];
    // Kubernetes keeps a secret in base64, and a server says it again as it is; a pair was taken apart above.
    const decoded = base64Text(value.trim())?.trim() ?? '';
    const bare = value.replace(UNSEEN, '');
    return /^[\x21-\x39\x3b-\x7e]+$/.test(decoded) ? [value.trim(), bare, decoded] : [value.trim(), bare];
  });
}

/** Signs at an edge that nobody sees, as they are or as JSON writes them; a server says the value without them. */
const UNSEEN = /^(?:\\u[0-9a-fA-F]{4}|\\[nrt]|[^\x21-\x7e])+|(?:\\u[0-9a-fA-F]{4}|\\[nrt]|[^\x21-\x7e])+$/g;

function maskPair(
  match: RegExpMatchArray,
  add: (m: RegExpMatchArray, g: number, s: (v: string) => boolean) => void,
): void {
  const [id = '', ...rest] = (match[1] ?? '').split(':');
  if (spared(id) && spared(rest.join(':'))) return;
  add(match, 1, () => false);
}

/** Somebody's stand-in, a variable or an expression: nothing that was issued. */
function spared(value: string): boolean {
  const text = value.trim();
  if (text === '' || standIn(text) !== undefined || /^(?:your|my|insert|enter|paste|replace)$/i.test(text))
    return true;
  // A challenge (RFC 9110 §11.6.1): `Bearer realm="acme", error="invalid_token"`.
  if (
    /^(?:realm|error|error_description|error_uri|scope|resource_metadata|authorization_uri|charset|algs|algorithm|title)=?$/i.test(
      text,
    )
  )
    return true;
  // The number of an error: `retrieving token: AADSTS50011: The reply address …`.
  if (/^(?:AADSTS|IDX|MSIS|OAU-|CMN-|RESTEASY|FBTOAU)\d{3,8}[E:.,]{0,2}$/.test(text)) return true;
  // An address that ends in the name, and what Go did with it: `Post "https://…/access_token": dial tcp …`.
  if (text === 'dial') return true;
  // A structure, not a value: `AccessToken: scopes=[…]`.
  if (/^[a-z_]{2,30}\s?=\s?[[{"']/i.test(text)) return true;
  if (
    /^(?:\$|%\w+%|\{\{?|<|\(|\[|\.\.\.|process\.env|os\.|env\.|getenv|config\.|var\.|self\.|this\.|args\.|settings\.|options\.)/i.test(
      text,
    )
  )
    return !/^[$%([{<].*\d.*\d.*\d/.test(text) || /^[$%{<]/.test(text);
  if (
    /^(?:client|oauth|my|your|the)?[_-]?(?:client)?[_-]?(?:id|secret|key|token|password|credentials?)$/i.test(
      text,
    )
  )
    return true;
  // A name that code hands to an encoder; a value would stand in quotes.
  if (ENCODED_NAME.test(text)) return true;
  return /^(?:base64|btoa|encode|str|string|required|optional|missing|invalid|expired|null|true|false|is|was|has|not|and|or|in)\b/i.test(
    text,
  );
}

/** Letters only, short: `Bearer token`, `Basic authentication`. */
function isWord(value: string): boolean {
  return /^[a-z]{1,15}[.,:]?$|^[A-Z][a-z]{1,14}[.,:]?$/.test(value);
}

function looksIssued(value: string): boolean {
  return (
    value.length >= 12 &&
    /\d/.test(value) &&
    !/\s/.test(value) &&
    !/^https?:|^\d{4}-\d\d|^[a-z]+(?:[._-][a-z]+)+\d?$/i.test(value)
  );
}
