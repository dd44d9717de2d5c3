/** What a paste says about how id and secret are encoded, hashed and put into the header. */
import type { SaidRule } from './rule.ts';

/** Characters that form-encoding changes, named or quoted. */
const ODD =
  '(?:special|reserved|unsafe|non-?alphanumeric|url-?unsafe) char\\w*|plus(?: sign| char\\w*| symbol)?\\b|percent sign|`[+%&=/:#]`|[\'"(][+%&=/#][\'")]|[+] (?:sign|char\\w*|symbols?)';
const VALUE = '(?:secrets?|passwords?|client[ _]?ids?|credentials?)';

const QUOTED_ENCODED =
  /\b(?:client(?:[ _]id)?|identifier|application)\b[^\n'"`]{0,16}['"`](?!https?%3A|api%3A)[\w.~-]{0,80}%(?:2[DBF0]|3[AD]|40|5F|7E)[\w.~%-]*['"`]/i;
const LOGGED_ENCODED =
  /\b(?:unknown client|(?:logs?|sees?|saw|sniff\w*|decodes?|arrives?|receives?)\b[^\n'"`]{0,60}\b(?:client|id|secret|password|basic|to)|authori[sz]ation decodes to)\b[^\n'"`]{0,20}['"`](?!\w+ ?\/|https?%3A)[^'"`\n ]{0,60}%(?:2[0-9A-F]|3[AD]|40|5F|7E)/i;

const withoutUrls = (text: string): string => text.replace(/https?:\/\/[^\s"']*/g, '');

export const encodings: readonly SaidRule[] = [
  {
    id: 'pair-in-plain-after-basic',
    code: 'header/bad-base64',
    likelihood: 0.92,
    shows: /\bBasic ["'`{$%][^\n]{0,60}/,
    when: (look) =>
      /\bBasic ["'`]\s{0,2}[.+&,]\s{0,2}[\w.$>-]{1,60}(?:\([^()\n]{0,60}\))?\s{0,2}[.+&,]\s{0,2}["'`]:["'`]|\bBasic (?:\$\{[^}\n]{1,60}\}|\{\w{1,40}\}|%s):(?:\$\{|\{|%s)|["'`]Basic [•\w.@-]{2,80}:[^\s"'`:]{2,200}["'`]/.test(
        look.codes,
      ) && !/base64|btoa|b64encode/i.test(look.codes),
    why: 'The code writes id and secret in plain after the word Basic; RFC 7617 wants the base64 of the two with a colon between.',
    tell: 'Encode id:secret in base64, or let the HTTP client do it.',
  },
  {
    id: 'id-quoted-back-encoded',
    code: 'credential/over-encoded',
    likelihood: 0.93,
    shows: QUOTED_ENCODED,
    when: (look) =>
      QUOTED_ENCODED.test(withoutUrls(look.answers)) || LOGGED_ENCODED.test(withoutUrls(look.context)),
    why: 'The server quotes back an id in form-encoding: it does not decode the Basic header, and the client encoded it as RFC 6749 §2.3.1 says.',
    tell: 'Send the pair in the body (client_secret_post), or raw in the header.',
  },
  {
    id: 'hash-as-secret',
    code: 'client/wrong-secret',
    likelihood: 0.96,
    when: (look) => look.scene.evidence.said.some((s) => s.where === 'config' && s.key === 'password hash'),
    why: 'What stands in the secret’s place is a password hash: the server stores the secret in that form, and only the secret from before it was hashed opens the door.',
    tell: 'Make a new secret and copy it before it is saved; a hash begins with pbkdf2_, $2b$, $argon2 or {bcrypt}.',
  },
  {
    id: 'hash-said',
    code: 'client/wrong-secret',
    likelihood: 0.8,
    pattern:
      /\bhash(?:ed|es|ing)?\b[^\n.]{0,60}\b(?:client[ _`]?)?secrets?\b|\bsecrets?\b[`'"]?[^\n.]{0,60}\bhash(?:ed|es|ing)?\b/i,
    when: (look) => look.tokenError(/invalid_client|unauthorized_client|access_denied/),
    why: 'The paste tells of a hashed secret: what the database holds is not what the client must send.',
    tell: 'Make a new secret and copy it before it is saved.',
  },
  {
    id: 'over-encoded-said',
    code: 'credential/over-encoded',
    likelihood: 0.84,
    pattern:
      /\b(?:url|percent|form|uri)[- _]?encod\w*\b[^\n]{0,100}\b(?:base64|basic|authori[sz]ation)\b[^]{0,300}?\b(?:not|no|without|doesn[’']?t|never)\b[^\n.]{0,40}(?:url|percent|form)?[- _]?decod|url_?encode\([^)\n]{1,60}\)[^]{0,160}?\b(?:breaks|wrong|fails?|invalid)|(?:no|isn[’']?t a|not a) requirement[^\n.]{0,80}\bencod|[+][^\n.]{0,60}\b(?:encoded|turned|converted|becomes?|escaped)\b[^\n.]{0,20}%2B|\bdouble[- ](?:url[- ]?)?encod/i,
    when: (look) => look.tokenRefused() || look.token.length === 0,
    why: 'Id and secret are form-encoded before base64 (as RFC 6749 §2.3.1 says), and this server does not decode them.',
    tell: 'Send the pair in the body, or raw in the header; if one of the two works, the server does not decode.',
  },
  {
    id: 'odd-characters',
    code: 'credential/needs-form-encoding',
    likelihood: 0.87,
    pattern: new RegExp(
      `\\b${VALUE}\\b[^\\n.]{0,80}(?:${ODD})|(?:${ODD})[^\\n.]{0,60}\\b${VALUE}\\b|(?:plus|[+])[^\\n]{0,60}\\bdecoded (?:to|as|into) (?:a )?(?:space|blank)`,
      'i',
    ),
    when: (look) =>
      (look.token.length === 0 || look.tokenError(/invalid_client|unauthorized|invalid_request/)) &&
      look.says(/\b(?:basic|header|body|post|decoded)\b/i) &&
      !look.says(/%2B|url_?encode\(|individually (?:url|percent|form)|padd(?:ed|ing)|end of the base64/i),
    why: 'The secret has characters that form-encoding changes; in a Basic header they must be form-encoded before base64 (RFC 6749 §2.3.1), in the body they are.',
    tell: 'Send the pair in the body once: there it is always encoded.',
  },
  {
    id: 'raw-plus-in-form',
    code: 'credential/needs-form-encoding',
    likelihood: 0.985,
    shows: /\b(?:client_secret|code|refresh_token|password)=[^\s&"']{1,100}/i,
    when: (look) => look.token.some((x) => x.request.rawPlus !== undefined),
    why: 'A raw + stands in a secret parameter of the form; the server reads it as a blank, so that another value arrives.',
    tell: 'Send the parameter with curl’s --data-urlencode, or write %2B for each +.',
  },
  {
    id: 'base64-variant',
    code: 'header/bad-base64',
    likelihood: 0.86,
    pattern:
      /base64[-_ ]?url\b|url[-_ ]?safe[-_ ]?(?:base ?64|b64)|urlsafe_b64|getUrlEncoder|URLEncoding\.Encode|["']base64url["']|\b(?:un|not (?:base64[- ])?|no |missing |lacks? |without )padd(?:ed|ing)\b|[`'"]=+[`'"]?[^\n.]{0,40}\bend of the base64|base64[^\n.]{0,40}\bpadding\b/i,
    when: (look) =>
      look.says(/\bbasic\b|authori[sz]ation/i) &&
      !look.says(/code_?challenge|code_?verifier/i) &&
      (look.tokenRefused() || look.token.length === 0),
    why: 'The header is built with another base64 than RFC 7617 wants: the URL alphabet (- and _), or no padding.',
    tell: 'Build it with standard base64 (+ and /, = at the end) and compare the two.',
  },
  {
    id: 'works-in-the-body',
    code: 'credential/needs-form-encoding',
    likelihood: 0.95,
    pattern:
      /\b(?:in|into|with) (?:the |a )?(?:\w+ )?body\b[^\n]{0,80}\b(?:works?|worked|succeeds?|tokens?|200|fine|ok)\b|\b(?:works?|worked|succeeds?|token|200|fine|ok)\b[^\n.]{0,40}\b(?:in|into|from) (?:the |a )?(?:\w+ )?body\b/i,
    when: (look) =>
      look.scene.profile.access !== 'roles' &&
      look.tokenRefused() &&
      look.token.some(
        ({ request: { authorization: a } }) =>
          a.kind === 'basic' &&
          [a.decoded?.idShape, a.decoded?.secretShape].some((shape) => shape?.changedByFormEncoding),
      ),
    why: 'The pair works in the body, where it is form-encoded, and not in the Basic header, which holds it as it is, with signs that form-encoding changes: this server decodes the header once more (RFC 6749 §2.3.1).',
    tell: 'Form-encode id and secret before base64, or leave them in the body.',
  },
  {
    id: 'empty-secret-sent',
    code: 'credential/missing',
    likelihood: 0.88,
    shows: /\bBasic [^\s"']{1,80}|\s-u\s{0,3}["']?[^\s"']{1,80}/,
    when: (look) =>
      look.token.some(
        ({ request: { authorization } }) =>
          authorization.kind === 'basic' &&
          authorization.decoded !== undefined &&
          (authorization.decoded.secretShape.length === 0 || authorization.decoded.idShape.length === 0),
      ) && look.tokenRefused(),
    why: 'The header holds an id without a secret (or the reverse): one side of the colon is empty.',
    tell: 'Print the length of both values just before the request.',
  },
  {
    id: 'header-over-two-lines',
    code: 'header/bad-base64',
    likelihood: 0.88,
    pattern:
      /\b(?:basic|authori[sz]ation|auth)? ?header\b[^\n.]{0,60}\b(?:(?:over|on|into|in) (?:two|several|multiple|more than one) lines?|line ?breaks?|new ?lines?|wraps?|wrapped)\b|\b(?:line ?breaks?|new ?lines?|breaks?)\b[^\n]{0,40}\b(?:60|64|72|76) char\w*|\.pack\(\s?\[?["']m[1-9*]?["']|\bBase64\.encode64\b[^\n]{0,80}(?!.{0,80}(?:gsub|delete|chomp|strip|tr\())|\bencodestring\(|\bBase64\.DEFAULT\b/i,
    when: (look) =>
      look.says(/\bbasic\b|\bauthori[sz]/i) &&
      !look.says(/private key|\bpem\b|certificate|client_?assertion/i) &&
      (look.tokenRefused() || look.token.length === 0),
    why: 'The encoder breaks its output into lines (after 60, 64 or 76 characters), so a long id and secret spoil the header.',
    tell: 'Use the encoder that does not wrap: strict_encode64 or pack("m0") in Ruby, b64encode in Python, NO_WRAP on Android.',
  },
  {
    id: 'long-ones-fail',
    code: 'header/bad-base64',
    likelihood: 0.88,
    pattern:
      /\b(?:works?|fine|ok(?:ay)?|accepted)\b[^\n.]{0,30}\bshort(?:er)?\b[^\n.]{0,30}\b(?:credentials?|pass ?words?|secrets?|keys?|ones?|values?|user ?names?)\b|\blong(?:er)? (?:\w+ ){0,3}(?:credentials?|pass ?words?|secrets?|user ?names?)\b[^\n.]{0,60}\b(?:fails?|not|n[’']t|refused|rejected|broken|breaks?|lines?)\b/i,
    when: (look) => look.says(/\bbasic\b|base ?64/i) && !look.says(/\btruncat|\bcut\b|too long/i),
    why: 'Short credentials work and long ones do not: the base64 of long ones is broken into lines.',
    tell: 'Look for line breaks in the header, and use an encoder that does not wrap.',
  },
  {
    id: 'pair-without-its-colon',
    code: 'header/bad-base64',
    likelihood: 0.9,
    pattern:
      /\b(?:de(?:code[sd]?|coding|coded)|base ?64)\b[^\n]{0,60}\b(?:(?:is|gives?|shows?|holds?|to) (?:just|only|nothing but)\b[^\n.]{0,16}\b(?:user ?names?|user|name|id|key|token|password|secret)|(?:lacks?|without|no|missing) (?:the |a |its )?colon)\b|\bcolon\b[^\n.]{0,24}\b(?:is |was )?(?:missing|left out|omitted|not (?:added|there|appended)|forgotten)\b|\b(?:forgot|omit\w*|lacks?|without|no|missing)\b (?:the |a |its )?(?:trailing )?colon\b/i,
    when: (look) => look.says(/\bbasic\b/i) && look.failureTold(),
    why: 'What is put into base64 lacks the colon: RFC 7617 wants id:secret, and a colon behind the id even where there is no secret.',
    tell: 'Decode the header; the colon must be in it, at the end where the secret is empty.',
  },
  {
    id: 'began-to-encode-before-base64',
    code: 'credential/over-encoded',
    likelihood: 0.9,
    pattern:
      /\bencodeClientCredential\b|\b(?:update[ds]?|upgrad\w+|since|version|release|worked (?:in|with|on|until))\b[^]{0,240}\b(?:url|percent|form|uri)[- _]?encod\w*|\b(?:url|percent|form|uri)[- _]?encod\w*[^]{0,160}\b(?:update[ds]?|upgrad\w+|since|new version)\b/i,
    when: (look) =>
      look.says(/\bbasic|base ?64|client credentials|secret/i) &&
      look.says(/\bworked\b|\bsince\b|\b(?:update|upgrade)d?\b|\bno longer\b|\bunchanged\b/i) &&
      !look.says(
        /\b(?:no longer|stopped|not|n[’']t|without|removed)\b[^\n.]{0,16}\bencod|x-www-form-urlencoded|\bform[- ]?url[- ]?encod|\bredirect/i,
      ) &&
      (look.tokenRefused() || look.token.length === 0),
    why: 'The library began to form-encode id and secret before base64 (as RFC 6749 §2.3.1 says), and this server does not decode them.',
    tell: 'Switch that off in the library, or send the pair in the body.',
  },
];
