/** Words and masks that stand where a credential should: `your_client_id`, `<CLIENT_ID>`, `****`. */

const EDGES = /^[\s"'`“”‘’]+|[\s"'`“”‘’,;]+$/g;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** Whole values that nobody is issued, compared without case and separators. */
const WORDS = new Set(
  (
    'id secret clientid clientsecret oauthclientid oauthclientsecret client myclient yourclient someclient ' +
    'changeme changeit replaceme replacethis fillme fillmein todo tbd placeholder dummy example sample ' +
    'foo bar foobar null nil none undefined nan string value na xxx yyy zzz abc123'
  ).split(' '),
);

const LEAD =
  '(?:your|my|the|our|insert|enter|put|paste|add|set|use|replace|replacewith|some|example|sample|dummy|fake|a|an)';
const MIDDLE =
  '(?:own|real|actual|genesys|genesyscloud|gc|purecloud|oauth|oauth2|api|app|application|client|consumer|service|access|account|user|the|your|new|super|very|base64|encoded|basic|auth)';
const LAST =
  '(?:id|ids|key|keys|secret|secrets|clientid|clientsecret|client|token|password|passwd|credential|credentials|value|string|org|tenant|here)';
const PHRASE = new RegExp(
  `^${LEAD}?${MIDDLE}*${LAST}(?:here|goeshere|value|string|frombefore|fromabove|above)?$`,
);
const LEADING = new RegExp(`^${LEAD}`);

const HIDING_WORD =
  /^(?:redacted|masked|hidden|elided|filtered|scrubbed|removed|omitted|censored|snip|snipped|private|obfuscated|sanitized|secret removed)$/i;
const BRACKETED = /^(?:<([^<>]*)>|\{\{?([^{}]*)\}\}?|\[([^[\]]*)\]|\(([^()]*)\))$/;

/**
 * What a value says about itself as a stand-in.
 * @returns `mask`: somebody hid the real value (`xxxx`, `ab12****`, `[REDACTED]`); `placeholder`: a word that was
 * to be replaced (`your_client_id`, `<CLIENT_ID>`, `{{secret}}`, `undefined`); undefined: neither
 */
export function standIn(value: string): 'mask' | 'placeholder' | undefined {
  const bare = value.replace(EDGES, '');
  if (bare === '') return undefined;
  if (isMask(bare)) return 'mask';
  if (bare === NIL_UUID) return 'placeholder';
  const inner = BRACKETED.exec(bare);
  const content = inner?.slice(1).find((part) => part !== undefined);
  if (content !== undefined) {
    if (content.trim() === '' || isMask(content.trim())) return 'mask';
    // What was issued, with the brackets of a template or of a GUID around it.
    if (UUID.test(content) && content !== NIL_UUID) return undefined;
    // A word or a phrase in brackets; a real value has neither brackets nor spaces.
    if (/^[\p{L}\d\s_:.,()'/-]*$/u.test(content)) return 'placeholder';
  }
  return isPhrase(bare) ? 'placeholder' : undefined;
}

function isMask(text: string): boolean {
  if (HIDING_WORD.test(text.replace(/^[<[({*_\s]+|[>\])}*_\s]+$/g, ''))) return true;
  if (/^\*\*[^*]{1,40}\*\*$/.test(text)) return true;
  if (
    /^[x*•●\u2588-\u2593\u25a0-\u25ac.…#?_\s-]{3,}$/i.test(text) &&
    /[x*•●\u2588-\u25ac…#?]|\.\.\./i.test(text)
  )
    return true;
  // Part of it was left standing; the hidden runs tell.
  if (/[*•●\u2588-\u2593\u25a0-\u25ac]{3,}|…|\.{3,}/.test(text)) return true;
  // `11aa22bb-xxxx`: a part between two signs is nothing but x.
  if (/(?:^|[-_.:])x{4,}(?=$|[-_.:])/i.test(text)) return true;
  const hidden = [...text.matchAll(/x{4,}/gi)].reduce((sum, [run]) => sum + run.length, 0);
  return hidden >= 4 && hidden * 2 >= text.length;
}

function isPhrase(text: string): boolean {
  const plain = text.toLowerCase().replace(/[-_ .]/g, '');
  if (WORDS.has(plain) || /^[a-z]+(?:[_\s-][a-z]+)*[_\s-]here$/i.test(text)) return true;
  if (!/^[a-z0-9]+$/.test(plain) || /\d{3,}/.test(plain)) return false;
  // `secret` and `password` alone may be real on a test server; a phrase about them is not.
  return PHRASE.test(plain) && (LEADING.test(plain) || /[-_ ]/.test(text) || /client|here$/.test(plain));
}

/** `{{name}}` (Postman, Jinja, REST Client), `#{name}`, `@{name}`, `#[name]`, `<%= name %>`. */
const FILLED_IN = /\{\{[^{}]{1,200}\}\}|[#@]\{[^{}]{1,200}\}|#\[[^[\]]{1,200}\]|<%[^%]{1,200}%>/;
/** `%s`, `%(name)s`, `%NAME%`, `{$name}` and Razor's `@Model.Name`, where nothing else stands. */
const WHOLLY_FILLED_IN =
  /^(?:%(?:\(\w{1,60}\))?s(?::(?!$)|$)){1,2}$|^%[A-Za-z_]\w{0,80}%$|^@[A-Z]\w{0,60}(?:\.\w{1,60})+$|^\{\$\w[^{}]{0,80}\}$/;

/**
 * Whether a tool fills the value in before it is sent, so that what stands there was never on its way. It is not shown
 * for that: what stands in the brackets may be a secret.
 */
export function isTemplate(value: string): boolean {
  return FILLED_IN.test(value) || WHOLLY_FILLED_IN.test(value.trim());
}
