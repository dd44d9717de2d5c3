/** What people show of the Authorization header and of the place where the pair goes. This table is long. */
import { foreignSigns, type Look } from '../rule.ts';
import { shows, tells, type Telltale } from './telltale.ts';

/** The token request is shown with its client id and without a secret, an assertion or a header. */
function noSecret(look: Look): boolean {
  return look.token.some(({ request: { form, authorization } }) => {
    if (form?.['client_id'] === undefined || authorization.kind !== 'absent') return false;
    return !['client_secret', 'client_assertion', 'assertion'].some((name) => form[name] !== undefined);
  });
}

export const headers: readonly Telltale[] = [
  // `$TOKEN` and `$(…)` in a Basic header are replaced before anything is sent.
  shows(
    'put-in-by-a-shell',
    ({ scene }) => foreignSigns(scene.evidence).some((signs) => signs.includes('$') || signs.includes('`')),
    { 'header/bad-base64': -3.5 },
  ),
  tells(
    'two-ways-named',
    /\bmultiple_client_credentials\b|\b(?:multiple|two|more than one) (?:client )?(?:authentication|credential|auth) (?:methods?|mechanisms?|schemes?)\b|\b(?:both|twice)\b[^\n.]{0,40}\b(?:header and (?:the )?body|body and (?:the )?header)\b/i,
    { 'header/duplicate-credentials': 3, 'client/auth-method-mismatch': -0.5 },
    { at: 'all' },
  ),
  tells(
    'wrapping-encoder',
    /\bencode64\b(?!.{0,10}strict)|\bencodeBytes\b|BASE64Encoder|getMimeEncoder|encodebytes|encodestring|\|\s{0,3}base64\b(?!\s+(?:-w ?0|--wrap=0|-d|-D|--decode))|openssl (?:enc )?-?base64(?![^\n]{0,20}-A)|chunk_split|Base64\.DEFAULT/i,
    { 'header/bad-base64': 1.6, 'credential/whitespace': 0.7 },
  ),
  tells(
    'literal-encoder-call',
    /basic\s{1,3}["']?(?:base64|btoa|b64encode|encode)\s{0,2}\(|basic\s{1,3}(?:%\{|b["'])/i,
    { 'header/bad-base64': 2.4 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'braces-around-base64',
    /\bBasic\s{1,2}[<{[]\s?(?:base64\s)?(?=[^\s>}\]]{0,200}\d)[\w+/=.•]{12,400}\s?[>}\]]/i,
    { 'header/bad-base64': 2.8, 'credential/mangled': 0.6, 'credential/placeholder': 0.4 },
    { at: 'all' },
  ),
  tells(
    'base64-talked-of',
    /\bbase ?64\b|\bbtoa\b|b64encode/i,
    { 'header/bad-base64': 0.7, 'credential/whitespace': 0.2 },
    { about: 'token', when: (look) => look.says(/basic|authori[sz]ation|header/i) },
  ),
  tells(
    'lines-of-76',
    /\b(?:new ?lines?|line breaks?|wraps?|breaks?)\b[^\n.]{0,20}\b(?:after|at|every) (?:76|64)\b/i,
    { 'header/bad-base64': 2.6, 'credential/whitespace': -0.4 },
    { at: 'all' },
  ),
  tells(
    'padding-lost',
    /\bbase ?64\b[^\n]{0,80}\b(?:without|lacks?|lacking|missing|few(?:er)?|no)\b[^\n.]{0,24}(?:["'`]?=+["'`]?|\bpadd?ing\b)|(?:["'`]=+["'`]|\bpadd?ing\b)[^\n.]{0,40}\b(?:missing|lost|stripped|removed|cut)\b[^\n]{0,80}\b(?:base ?64|basic)\b/i,
    { 'header/bad-base64': 2.8, 'credential/needs-form-encoding': -1.2 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'line-break-in-a-basic-header',
    /\bBasic\s{1,3}[A-Za-z0-9+/=x]{30,200}\r?\n\s{0,12}[A-Za-z0-9+/=x]{2,80}(?:\s|$)/i,
    { 'header/bad-base64': 2.6 },
    { at: 'all' },
  ),
  tells(
    'broken-base64-said',
    /\b(?:invalid|illegal|malformed|incorrect|bad|not (?:a )?valid|cannot decode|fail\w* to decode|unable to decode|not correctly)\b[^\n.]{0,40}\b(?:base ?64|basic|authori[sz]ation header|encod\w+)\b|\bbase ?64\b[^\n.]{0,40}\b(?:invalid|illegal|length|padding|characters?|alphabet|decod\w+ (?:fail|error))/i,
    { 'header/bad-base64': 1.4 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'word-basic-missing',
    /\b(?:need\w*|must|should|has to|forgot|missing|without|add(?:ed|ing)?|no|prefix\w*|lacks?)\b[^\n.]{0,30}["'`“]basic\b|\bauthori[sz]ation["']?\s{0,2}[:=]\s{0,2}["'`]?(?!basic|bearer|token|digest|ssws|aws|negotiate|oauth|apikey)[A-Za-z0-9+/]{16,}={0,2}["'`]?(?:\s|$)/i,
    { 'header/missing-scheme': 1.6 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'line-break-in-a-header-value',
    /\bUnexpected char(?:acter)? 0x0[ad]\b[^\n]{0,60}\bBasic\b|\bBasic\b[^\n]{0,20}\bnewline\b/i,
    { 'header/bad-base64': 3, 'client/unknown': -1 },
    { at: 'all' },
  ),
  tells(
    'base64-without-the-word',
    /\b(?:header|auth)\w*\s?=\s?(?:\w+\.)*(?:ToBase64String|b64encode|encodeToString|btoa|strict_encode64|base64_encode)\s?\(/i,
    { 'header/missing-scheme': 2, 'credential/missing': -0.8 },
    { at: 'code', about: 'token', when: (look) => !look.says(/["'`]basic\b/i) },
  ),
  tells(
    'two-ways-at-once',
    /\b(?:both(?! (?:the )?(?:client ?_?id|id|values)\b)|two|multiple|more than one|twice|also|as well|on top of that|besides|at the same time|in addition|additional(?:ly)?|duplicat\w+|mismatch)\b[^\n]{0,60}\b(?:header|body|basic|form|authenticat\w+ method|client[ _]?ids?|credentials)\b[^\n]{0,40}\b(?:and|body|header|methods?|client[ _]?ids?)\b/i,
    { 'header/duplicate-credentials': 1.8 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'both-said',
    /\bbasic auth\w*\b[^\n.]{0,20}\b(?:and|plus)\b[^\n]{0,24}\b(?:on top(?: of that)?|besides|as well|too|in addition)\b[^\n.]{0,60}\b(?:body|form)\b|\bclient_?id\b[^\n.]{0,40}\b(?:in(?:to)? the (?:body|form)|in the header)\b[^\n.]{0,12}\b(?:too|also|as well)\b|\balso\b[^\n.]{0,20}\b(?:puts?|sends?|adds?)\b[^\n.]{0,20}\bclient_?id\b[^\n.]{0,30}\b(?:body|form)\b|\b(?:uses?|using|sends?|sent|sending|includes?|pass(?:es|ing)?)\b[^\n.]{0,20}\bboth\b[^\n.]{0,60}\b(?:basic|header)\b[^\n.]{0,80}\b(?:body|form|client_secret|params?)\b|\b(?:body|form)\b[^\n.]{0,60}\band also\b[^\n.]{0,60}\b(?:basic|header)\b/i,
    { 'header/duplicate-credentials': 2.2 },
    { about: 'token' },
  ),
  shows(
    'id-in-both-places',
    (look) =>
      look.token.some(
        ({ request: { authorization, form } }) =>
          authorization.kind === 'basic' && form?.['client_id'] !== undefined,
      ),
    { 'header/duplicate-credentials': 2 },
    { about: 'token' },
  ),
  tells(
    'name-of-a-method-misspelt',
    /\b(?:client[-_]?authentication[-_]?method|token_endpoint_auth_method)["']?\s?[:=]\s?["']?(?:basic|post|header|body)\b/i,
    { 'client/auth-method-mismatch': 2.4 },
  ),
  tells(
    'pair-missed-beside-a-header',
    /\b(?:missing|required|undefined|check the)\b[^\n]{0,40}\bclient_?(?:id|secret)\b|\bclient_?(?:id|secret)\b[^\n]{0,30}\b(?:missing|undefined|required)\b/i,
    { 'client/auth-method-mismatch': 1.4 },
    {
      at: 'answers',
      about: 'token',
      when: (look) => /oauthlib|flask-?dance|omniauth|\bbasic\b/i.test(`${look.context}\n${look.answers}`),
    },
  ),
  tells(
    'works-without-the-secret',
    /\b(?:tak\w+ out|took out|leav\w+ out|left out|remov\w+|delet\w+|without|comment\w* out)\b[^\n]{0,100}\bsecret\b[^\n]{0,100}\b(?:works?|fix\w*|fine|gone|succeeds?)\b/i,
    {
      'client/auth-method-mismatch': 2,
      'client/public': 1,
      'header/duplicate-credentials': 0.8,
      'client/wrong-secret': -1,
      'request/missing-grant-type': -0.8,
    },
    { about: 'token' },
  ),
  tells(
    'pair-was-not-sent',
    /\bneither\b[^\n.]{0,20}client[ _]?id[^\n.]{0,30}\bnor\b|\bclient[ _]?id\b[^\n.]{0,30}\bclient[ _]?secret\b[^\n.]{0,30}\b(?:missing|not (?:sent|passed|included|in)|left out|absent)\b|\b(?:only|nothing but|just)\b[^\n.]{0,12}grant_?type\b[^\n.]{0,30}\b(?:sent|went|passed|param\w*)\b|\b(?:put|add|pass|includ)\w*\b[^\n.]{0,30}client_?id[^\n.]{0,80}\b(?:fix\w*|work\w*)\b/i,
    {
      'credential/missing': 1.9,
      'client/auth-method-mismatch': 1.7,
      'client/wrong-secret': -1.8,
      'client/unknown': -1.4,
    },
    { about: 'token' },
  ),
  shows(
    'no-secret-in-the-request',
    noSecret,
    {
      'client/auth-method-mismatch': 1.6,
      'credential/missing': 1.2,
      'client/public': 0.6,
      'client/wrong-secret': -1.6,
      'credential/needs-form-encoding': -1.5,
    },
    { about: 'token' },
  ),
  shows(
    'no-client-in-the-request',
    (look) =>
      look.token.some(
        ({ request: { form, authorization } }) =>
          form?.['grant_type'] === 'password' &&
          form['client_id'] === undefined &&
          form['client_assertion'] === undefined &&
          authorization.kind === 'absent',
      ) && look.scene.evidence.authorization === undefined,
    { 'credential/missing': 1.8, 'client/wrong-secret': -0.8 },
    { about: 'token' },
  ),
  tells(
    'other-scheme',
    /\bauthori[sz]ation["']?\s{0,2}[:=]\s{0,2}["'`]?(?:digest|negotiate|ntlm|token|apikey|oauth|aws4)\b/i,
    { 'header/wrong-scheme': 1.4, 'endpoint/token-malformed': 0.8 },
    { at: 'all' },
  ),
  shows(
    'no-basic-header-shown',
    (look) =>
      look.token.length > 0 &&
      look.token.every(({ request: { authorization: a } }) =>
        a.kind === 'masked' || a.kind === 'unrecognised'
          ? a.scheme !== undefined && !/^basic$/i.test(a.scheme)
          : a.kind === 'bearer',
      ),
    {
      'header/wrong-scheme': 1.5,
      'credential/needs-form-encoding': -3,
      'credential/over-encoded': -3,
    },
    { about: 'token' },
  ),
  tells(
    'bearer-with-the-pair',
    /bearer\w*[^\n]{0,60}(?:base ?64|b64)\w*[^\n]{0,20}(?:client|secret)|\bbearer\w*prefix[^\n]{0,40}(?:client|secret)/i,
    { 'header/wrong-scheme': 2.8, 'client/wrong-secret': -0.8 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'bearer-at-the-token-endpoint',
    /\bbearer\b[^\n]{0,80}(?:\/token\b|client[ _]?(?:id|secret)|introspect)|(?:\/token\b|introspect\w*)[^\n]{0,80}\bbearer\b/i,
    { 'header/wrong-scheme': 0.8 },
    { about: 'token' },
  ),
  tells(
    'certificate-works-secret-not',
    /\bcertificate\b[^\n.]{0,30}\b(?:instead of|in place of|rather than)\b[^\n.]{0,20}\bsecret\b|\bsecret\b[^\n]{0,100}\b(?:fails?|40[13]|denied|refused|not)\b[^\n]{0,100}\bcertificate\b[^\n.]{0,60}\b(?:works?|fine|can|ok)\b|\bcertificate\b[^\n.]{0,60}\bworks?\b[^\n]{0,80}\bsecret\b/i,
    {
      'client/auth-method-mismatch': 2.6,
      'endpoint/missing-permission': -0.8,
      'connection/tls-or-proxy': -1,
    },
    { when: (look) => look.says(/sharepoint|app[- ]only|entra|azure|client/i) },
  ),
  tells(
    'wants-the-other-place',
    /(?:\bcan(?:no|[’'])t\b|\b(?:does|do|did)(?: not|n[’']t)\b)[^\n.]{0,12}\b(?:do|handle|read|support|accept|understand|know|take|like)\b[^\n.]{0,24}\b(?:http )?basic\b|\b(?:mov|put|chang|switch)\w*\b[^\n]{0,80}\b(?:in(?:to)? the (?:post |request )?body|post body|in(?:to)? (?:the|a) (?:basic )?header)\b[^\n]{0,60}\b(?:work\w*|fix\w*|fine|success\w*)\b|\b(?:wants?|expects?|requires?|needs?|understands?|only (?:reads?|supports?|accepts?|takes?))\b[^\n.]{0,40}\b(?:basic|authori[sz]ation header|http header|(?:in|as) (?:the )?(?:form|body|post))\b/i,
    { 'client/auth-method-mismatch': 1.8, 'client/wrong-secret': -0.8, 'client/unknown': -0.6 },
    { about: 'token', when: (look) => look.says(/client|secret|credential/i) },
  ),
  shows(
    'pair-set-and-not-found',
    (look) =>
      look.says(
        /\b(?:id|key)\b[^\n.]{0,12}\band\b[^\n.]{0,12}\bsecret\b[^\n.]{0,30}\b(?:are|is|were) (?:all |both )?(?:set|there|right|correct|filled|given|configured|in place|present|defined)\b|\b(?:holds?|has|have|contains?) (?:both )?(?:the |my )?(?:api |client )?(?:id|key) and (?:the |my )?(?:client )?secret\b/i,
      ) &&
      look.answered(
        /\bclient[_ ]?(?:id|secret|credentials?)\b["'`\\]{0,3}[^\n.]{0,20}\b(?:missing|required|not (?:found|provided|present|sent|supplied))\b|\b(?:missing|required?)\b[^\n.]{0,30}\bclient[_ ]?(?:id|secret|credentials?)\b/i,
      ),
    { 'client/auth-method-mismatch': 1.6, 'credential/missing': -0.6 },
    { about: 'token' },
  ),
  tells(
    'place-of-the-pair',
    /\b(?:in|into|as|via|through|using|use|uses|send\w*|sent|pass\w*|put\w*|move\w*|expects?|requires?|supports?|only)\b[^\n.]{0,40}\b(?:request body|post body|form body|form data|body param\w*|the body|basic auth\w*|http basic|auth(?:ori[sz]ation)? header|query (?:string|param\w*))\b|\bclient_secret_(?:basic|post|jwt)\b|\btoken_endpoint_auth_method\b|\binclude_client_id\b|\bauth_?style\b|\bAuthStyle\w*|\bprivate_key_jwt\b|\bclient_assertion\b/i,
    { 'client/auth-method-mismatch': 1, 'header/duplicate-credentials': 0.3, 'credential/missing': 0.2 },
    { about: 'token' },
  ),
];
