/** What people show of the id and the secret that they send. This table is long. */
import type { Look } from '../rule.ts';
import { shows, tells, type Telltale } from './telltale.ts';

const PAIR =
  '(?:client[ _-]?(?:id|secret)s?|secrets?|credentials?|passwords?|(?:api|application) ?keys?|tokens?)';

/** A Basic header whose halves are what JavaScript, Python, Ruby or Go print for nothing. */
function emptyPair(look: Look): boolean {
  const shapes = [
    look.scene.evidence.authorization,
    ...look.token.map((x) => x.request.authorization),
  ].flatMap((a) => (a?.kind === 'basic' && a.decoded ? [a.decoded] : []));
  const given = look.scene.evidence.client;
  const empty = given?.idShape.length === 0 && given.secretShape.length === 0;
  if (empty && look.token.some((x) => x.request.form?.['client_secret'] === '')) return true;
  return shapes.some(({ idShape, secretShape }) =>
    [idShape, secretShape].some((shape) => shape.length === 0 || shape.nothing === true),
  );
}

/** The parameters of a URL or a form that is shown: a pair without a value, or with the word for none. */
const EMPTY_PARAMETER =
  /\bclient_?(?:id|secret)["']?\s{0,2}[=:]\s{0,2}["']?(?:undefined|null|none|nil|nan|&|%20&|["']{1,2}\s*(?:[,&}\n]|$))/im;

export const sending: readonly Telltale[] = [
  tells(
    'read-with-its-line-end',
    /\.readline\(\)(?!\.\w*strip)|\bGet-Content\b(?=[^\n]{0,60}-Raw)(?![^\n]{0,80}\.Trim)|\bfile_get_contents\((?![^\n]{0,80}\btrim)|\bcheck_output\((?![^\n]{0,80}strip)|\bslurp\b|--from-file\b|\bOut-File\b|\becho ["']?\$?\w+["']?\s?\|\s?(?:\S+ )?(?:base64|secret|gh|kubectl|docker)|\btriple[- ]click|\blookup\('file'|\bheredoc\b|\bmade in (?:vi|vim|nano|notepad)\b|\bwritten (?:with|in|by) (?:vi|vim|nano|notepad)\b/i,
    { 'credential/whitespace': 2.4, 'client/wrong-secret': -0.4 },
    { about: 'token', when: (look) => look.says(/secret|password|token|key|credential/i) },
  ),
  tells(
    'sign-eaten',
    /\bsecret\b[^\n]{0,120}(?:&amp;|%%|\\\\|CDATA|\bbackslash\b|\binterpolat\w*)|(?:&amp;|CDATA|\bbackslash\b|\binterpolat\w*)[^\n]{0,120}\bsecret\b|\$\{?\w+\}?[^\n]{0,40}\bGroovy\b|\bappsettings?\b[^\n]{0,80}@Microsoft\.KeyVault|@Microsoft\.KeyVault\(/i,
    { 'credential/mangled': 2, 'client/wrong-secret': -0.4 },
    { about: 'token' },
  ),
  tells(
    'run-as-it-stands',
    /\b(?:exactly|just|precisely) (?:like this|as (?:is|it is|it stands|shown|written|in the (?:readme|guide|docs?|documentation|sample|example|tutorial)))\b|\b(?:copied|ran|run|used|took) the (?:sample|example|snippet|code|template)\b[^\n.]{0,30}\b(?:exactly|as|unchanged|from)\b|\bangle brackets\b/i,
    { 'credential/placeholder': 2.6 },
    {
      about: 'token',
      when: (look) =>
        /\b(?:your|my|enter|insert|paste|change)[ _-]?(?:app|client|api|oauth|own|me|the)?[ _-]?(?:client|secret|id|key|app)\w*|<[\w -]*(?:client|secret|id|key)[\w -]*>/i.test(
          look.context,
        ),
    },
  ),
  tells(
    'secret-from-a-file',
    /\b(?:secret|token|password|key)\b[^\n]{0,80}\b(?:from|in|via|as|into) (?:a |an |the )?(?:mounted |docker |k8s |kubernetes |text )?(?:secret )?files?\b|\b\w*(?:secret|token|password)\w*_(?:FILE|path)\b|\/run\/secrets\/|\bfile:\/\/\/\S*secret|\bsecret \w{0,12} ?\|? ?base64\b/i,
    { 'credential/whitespace': 2.2, 'client/wrong-secret': -0.5 },
    { about: 'token' },
  ),
  shows('empty-pair', emptyPair, { 'credential/missing': 3 }),
  tells('empty-parameter', EMPTY_PARAMETER, { 'credential/missing': 2.4 }, { at: 'all' }),
  tells(
    'parameter-without-its-sign',
    /[?&"']client_?(?:id|secret)["']\s{0,2}[+.]\s{0,2}\w/i,
    { 'credential/missing': 3, 'client/wrong-secret': -0.8 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'header-among-the-data',
    /\$\.post\(\s{0,4}[^,()]{3,200},\s{0,4}\w+\s{0,4},/,
    { 'credential/missing': 2.4, 'request/json-body': -1.5 },
    { at: 'code', about: 'token', when: (look) => look.code(/headers\s?:\s?\{[^}]{0,80}authorization/i) },
  ),
  shows(
    'id-set-and-no-secret',
    (look) =>
      /\bclient_?id\s?[:=]/i.test(look.codes) &&
      !/secret|assertion|verifier|pkce|private[ _-]?key|certificate|username|password/i.test(look.context),
    { 'credential/missing': 1.4, 'client/auth-method-mismatch': 0.8, 'client/wrong-secret': -0.6 },
    { about: 'token' },
  ),
  tells(
    'missing-said',
    new RegExp(
      `\\b(?:client[ _-]?(?:id|secret)|secret|credentials?)\\b["'\`]?[^\\n.]{0,20}\\b(?:is |was |are |were )?(?:missing|empty|undefined|null|none|blank|not (?:set|found|defined|provided|passed|sent|loaded|configured|present))\\b|\\b\\w*(?:basic|secret|client)\\w*\\b[^\\n.]{0,12}\\b(?:is |was )?left (?:empty|blank)\\b|\\b(?:missing|empty|undefined|blank|without|no)\\b[^\\n.]{0,16}\\b(?:client[ _-]?(?:id|secret)|credentials)\\b`,
      'i',
    ),
    { 'credential/missing': 1.3 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'environment-variables',
    /\b(?:env(?:ironment)? ?var\w*|dotenv|\.env\b|process\.env|os\.environ|getenv|docker-compose|compose\.ya?ml|secrets? manager|key ?vault|config ?map|helm|values\.ya?ml|kubernetes secret|k8s secret)/i,
    {
      'credential/missing': 0.6,
      'credential/mangled': 0.7,
      'credential/whitespace': 0.4,
      'credential/placeholder': 0.2,
    },
    { about: 'token' },
  ),
  tells(
    'not-expanded',
    /(?:n[’']t|\b(?:not|never))\b[^\n.]{0,24}\b(?:expand\w*|evaluat\w*|interpolat\w*|substitut\w*|resolv(?:ed|ing) (?:the )?var\w*|replaced)\b|\b(?:expand|interpolat|substitut)\w*\b[^\n.]{0,40}\bvar\w*|\bliteral(?:ly)?\b[^\n.]{0,30}(?:\$|var\w*|string)/i,
    { 'credential/mangled': 1.8 },
  ),
  tells(
    'variable-as-value',
    /(?:client[_-]?(?:id|secret)|secret|password|oauth[\w.-]{0,40})["']?\s{0,3}[=:]\s{0,3}["']{0,2}(?:\$\{?[A-Za-z_]\w{2,60}\}?|%[A-Z_]{3,60}%)["']{0,2}(?:[\s,;&]|$)/im,
    { 'credential/mangled': 1.8 },
    { when: (look) => !look.says(/(?:^|\s)curl\s|\bbash\b|\bdocker-compose\b[^\n]{0,40}\$\{/i) },
  ),
  tells(
    'value-cut',
    /\b(?:cut(?:s|ting)?(?: off)?|truncat\w+|shortened|stops? at|everything after|comment(?:ed)?)\b[^\n.]{0,40}\b(?:secret|password|value|key|string|character|#|\$)|\b(?:secret|password|value)\b[^\n.]{0,40}\b(?:is|was|gets?|got|being) (?:cut|truncated|shortened)/i,
    { 'credential/mangled': 2 },
    { about: 'token' },
  ),
  tells(
    'line-feed-in-a-url',
    /%0[AD]\b|\\n["']?&/i,
    { 'credential/whitespace': 1.4, 'header/bad-base64': -0.4 },
    { at: 'all' },
  ),
  tells(
    'stray-quote',
    /\b(?:stray|extra|trailing|leading|additional|single|double|another) quote\b[^\n.]{0,24}\b(?:more|end|start|beginning|front|behind|too many|around)\b|\bquote\b[^\n.]{0,16}\bat (?:the|its) (?:end|start|beginning|front)\b/i,
    { 'credential/mangled': 2.2 },
    { when: (look) => look.says(/client|secret|env|password|credential|id\b/i) },
  ),
  tells(
    'quotes-kept',
    /\b(?:with(?:out)?|remov\w+|extra|surround\w+|wrapp\w+|double|single|literal|added|in)\b[^\n.]{0,24}\bquot(?:es?|ation|ed|ing)\b|\bquot(?:es?|ation marks?)\b[^\n.]{0,40}\b(?:kept|includ\w+|part of|around|remov\w+|env)/i,
    { 'credential/mangled': 1 },
    { when: (look) => look.says(/client|secret|env|password|credential/i) },
  ),
  tells(
    'server-does-not-decode',
    /(?:n[’']t|\b(?:not|no|never|without))\b[^\n.]{0,24}\b(?:(?:url|percent|form|uri)[- ]?)?decod\w+|\bdecod\w+ neither\b/i,
    { 'credential/over-encoded': 2.4, 'credential/needs-form-encoding': -0.6 },
    { about: 'token', when: (look) => look.says(/url|percent|form-?encod|%2/i) },
  ),
  tells(
    'sign-arrives-encoded',
    /\b(?:turns? into|becomes?|go(?:es)? out as|(?:is |are |gets? )?sent as|encoded (?:to|as)|changed? (?:to|into)|converted (?:to|into)|shows? up as)\b[^\n]{0,30}%(?:2[BF5]|3D|26)/i,
    { 'credential/over-encoded': 1.8 },
    { about: 'token' },
  ),
  tells(
    'signs-in-a-secret',
    new RegExp(
      `\\b${PAIR}\\b[^\\n.]{0,60}\\b(?:contain\\w*|ha(?:s|d|ve)|includ\\w*|with|start\\w*|begin\\w*|end\\w*)\\b[^\\n.]{0,40}(?:#|\\$|&|%|[+]|\\bspecial\\b|\\breserved\\b|\\bsymbols?\\b|\\bslash|\\bdollar|\\bhash\\b|\\bampersand|\\bplus\\b|\\bpercent|\\bcolon|\\bequals?\\b|\`[^\`\\w]\`|"[^"\\w]"|'[^'\\w]')`,
      'i',
    ),
    { 'credential/needs-form-encoding': 1.6, 'credential/mangled': 0.9, 'credential/over-encoded': 0.4 },
    { about: 'token' },
  ),
  tells(
    'encoded-before-base64',
    /base64\w*\(\s?(?:raw_?)?(?:url_?encode|encodeURIComponent|quote(?:_plus)?)\(|base64\w*\(\s?utf8\(url|\b(?:secret|password)\w*\s?\.Replace\("%"|\b(?:gets?|is|are|being) (?:uri|url|percent)[- ]?encoded by (?:the|your)\b|\bevery % is\b|\bencodes? (?:the )?(?:special )?characters? (?:in|of) the (?:client )?(?:secret|password)/i,
    { 'credential/over-encoded': 2.4, 'credential/needs-form-encoding': -1.5 },
    { about: 'token' },
  ),
  tells(
    'sign-named',
    /\b(?:an?|the)\s["'`]?[%+&#=/$!]["'`]?\s(?:sign|char\w*|symbol)\b|\bspecial\s?=\s?false\b|\breserved in a UR[IL]\b|\bencodings? alters?\b|\bspecial characters? in\b|\bletters, digits and\b[^\n.]{0,20}\bsigns\b/i,
    { 'credential/needs-form-encoding': 1.4, 'credential/over-encoded': 0.8, 'credential/mangled': 0.3 },
    { when: (look) => look.says(/secret|password|credential|\bkey\b/i) },
  ),
  tells(
    'encoding-talked-of',
    /(?<!form-|data-)\b(?:url|percent|form|uri)[- _]?(?:en|de)cod\w*(?<!www-form-urlencoded)|%2[BF0]|%3[AD]|encodeURIComponent|quote_plus|urlencode|URLEncoder|HttpUtility\.UrlEncode/i,
    { 'credential/needs-form-encoding': 1, 'credential/over-encoded': 0.9, 'scope/malformed': 0.2 },
    {
      about: 'token',
      when: (look) => look.says(/secret|password|client|credential|basic/i) && !look.says(/redirect_?uri=/i),
    },
  ),
  tells(
    'refused-once-encoded',
    /\bspecial (?:characters?|signs?)\b[^\n.]{0,20}\b(?:url|percent|form)[- ]?encoded\b|\b(?:with|using|when|if)\b[^\n.]{0,40}\b(?:url|percent|form)[- ]?encoded\b[^\n.]{0,40}\b(?:special )?(?:characters?|values?|secrets?|credentials?|ids?)\b/i,
    { 'credential/over-encoded': 2.4, 'credential/needs-form-encoding': 0.6, 'client/unknown': -0.6 },
    { about: 'token', when: (look) => look.says(/basic|header/i) },
  ),
  tells(
    'new-line-in-a-value',
    /\\n["'`)]|\\r\\n|%0[AD]|\b(?:new ?lines?|line ?(?:breaks?|feeds?)|carriage returns?|trailing|leading|white ?spaces?|trim(?:med|ming|s)?\b|strip(?:ped|ping)?\b|extra spaces?|invisible)\b|%20(?:&|["'\s]|$)/i,
    { 'credential/whitespace': 1.4, 'header/bad-base64': 0.4 },
    { about: 'token', when: (look) => look.says(/secret|token|client|password|credential|key|base64/i) },
  ),
  tells(
    'new-line-in-a-token',
    /\\n["'`)]|\\r\\n|%0[AD]|\b(?:new ?lines?|line ?(?:breaks?|feeds?)|trailing|leading|white ?spaces?|trim\w*|strip(?:ped|ping)?\b)/i,
    { 'endpoint/token-malformed': 1.6 },
    { at: 'all', about: 'call', when: (look) => look.says(/token|bearer|key/i) },
  ),
  tells(
    'blank-at-an-edge-shown',
    /client_?(?:id|secret)["']?\s{0,2}[:=]\s{0,2}(["'])(?!\s?[+.&•]\s)(?:\s(?:(?!\1)[^\n]){3,200}|(?:(?!\1)[^\n]){3,200}\s)(?<!\s[+.&•]\s)\1|client_id=[^&\s"']{3,200}(?:%20|%0A|\+)(?:&|["'\s]|$)/i,
    { 'credential/whitespace': 3.4, 'client/unknown': -0.8 },
    { at: 'all' },
  ),
  tells(
    'read-from-a-file',
    /\b(?:from|in|into|reading|read|load\w*)\b[^\n.]{0,20}\b(?:an? |the )?(?:[\w-]+ )?files?\b[^\n.]{0,60}|(?:_path|_file)\b/i,
    { 'credential/whitespace': 1.1, 'endpoint/token-malformed': 0.3 },
    {
      when: (look) =>
        look.says(/\b(?:inline|directly|hard-?cod\w+|set in|option|works? (?:fine )?(?:when|if|with))/i),
    },
  ),
  tells(
    'encoded-already',
    /\b(?:already|double|twice|two times)[- ](?:base ?64|encod\w+)|\b(?:base ?64|encod\w+)[^\n.]{0,20}\btwice\b|\bdecode[sd]?\b[^\n.]{0,40}\b(?:first|before|again|twice)\b|\bbase ?64[- ]encoded (?:client )?(?:secret|id|value|credentials?)\b/i,
    { 'credential/already-encoded': 1.8, 'header/bad-base64': 0.4 },
    { about: 'token' },
  ),
  tells(
    'not-ascii',
    /\b(?:non-?ascii|unicode|latin-?1(?!\w)|(?<!charset=)iso-8859-1|ordinal not in range|codec can[’']t (?:en|de)code|ByteString|greater than 255|code ?point|zero[- ]width|\\u200[b-f]|\\ufeff|\bBOM\b|smart quotes?|curly quotes?|typographic|umlauts?|accent(?:s|ed)?\b|emoji|en[- ]?dash|em[- ]?dash|invalid character(?! ['"]?<)(?! in header))\b|[\u200b-\u200f\ufeff]/i,
    { 'credential/non-ascii': 2.2 },
    { at: 'all' },
  ),
  tells(
    'copied-from',
    /\b(?:copy|copied|copying|pasted?|pasting|cut)\b[^\n.]{0,30}\b(?:from|past(?:e|ed|ing)|out of|into)\b/i,
    { 'credential/whitespace': 0.6, 'credential/non-ascii': 0.4, 'client/wrong-secret': 0.2 },
    { about: 'token' },
  ),
  tells(
    'interchanged',
    /\b(?:swapped|interchanged|transposed|reversed|mixed (?:them |it )?up|vice[- ]versa|(?:wrong|other) way (?:a)?round|each other[’']s (?:field|place)|in the wrong order|switched (?:them|the two)|backwards?)\b/i,
    { 'credential/swapped': 2.4 },
    { when: (look) => look.says(/client|secret|consumer|key|username|password/i) },
  ),
  tells(
    'stand-in-shown',
    /\b(?:your|my|insert|replace|enter|put)[-_ ]?(?:own[-_ ])?(?:client|app|api|oauth|tenant|consumer)[-_ ]?(?:id|secret|key)[-_ ]?(?:here)?\b|\b(?:xxx+|changeme|change_me|replaceme|todo|dummy|placeholder|example\.com\/token)\b/i,
    { 'credential/placeholder': 0.3 },
  ),
  tells(
    'key-as-secret',
    /\.p8\b|\bAuthKey\b/,
    { 'client/wrong-secret': 2, 'client/auth-method-mismatch': 0.4 },
    { at: 'all', about: 'token', when: (look) => look.tokenError(/invalid_client/) },
  ),
  tells(
    'hash-in-a-log',
    /\bno matching hashed secret\b|\bsecret\b[^\n.]{0,40}\b(?:from|of|in) (?:the|that|a) (?:table|database|db)\b|\bSharedSecret\b|\.Sha256\(\)/i,
    { 'client/wrong-secret': 1.3, 'grant/pkce-mismatch': -0.6 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'hash-shown',
    /\$2[aby]\$\d\d\$|pbkdf2_|\$argon2|\{bcrypt\}|\b(?:bcrypt|hashed|encoded password)\b/i,
    { 'client/wrong-secret': 1.2, 'credential/already-encoded': 0.3 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'secret-replaced',
    /\b(?:regenerat\w+|rotat\w+|reset(?:ting)?|re-?creat\w+|new|renew\w*|expired?|expires|expir(?:y|ation))\b[^\n.]{0,24}\b(?:client )?(?:secret|key|password|credential)s?\b|\b(?:secret|key|password|credential)s?\b[^\n.]{0,24}\b(?:regenerated|rotated|reset|expired?|expires|changed|renewed|replaced|revoked)\b/i,
    { 'client/wrong-secret': 1.1, 'client/unknown': -0.3 },
    { about: 'token' },
  ),
  tells(
    'wrong-kind-of-key',
    /\b(?:secret|key)[ _-]?id\b|\bsecret value\b|\bvalue (?:and )?not (?:the )?id\b|\bobject ?id\b|\bconsumer (?:key|secret)\b|\bapi ?key\b|\bapp(?:lication)? secret\b|\bsecurity token\b/i,
    { 'client/wrong-secret': 0.5, 'client/unknown': 0.3, 'credential/swapped': 0.3 },
    { about: 'token' },
  ),
];
