/** What a paste says about credentials, header, request and connection. */
import { standIn, statusOf } from '../../core/index.ts';
import { substitutionSent, type SaidRule } from './rule.ts';

/** What a server quotes back as the id that it got; behind a & or ? another parameter of an address begins. */
const ECHO =
  /(?:identifier|client[ _]?id|client|application|app|audience)\b[^\n'"`:=&?]{0,30}(?:['"`]|[:=]\s{0,2}['"`]?)([^'"`\n]{3,80}?)['"`,\n]/gi;

export const firstStages: readonly SaidRule[] = [
  {
    id: 'form-without-its-type',
    code: 'request/wrong-content-type',
    likelihood: 0.86,
    when: (look) =>
      look.tokenError(/unsupported_grant_type|invalid_request|grant[ _]type/) &&
      look.token.some(
        ({ request }) =>
          request.bodyForm === 'form' &&
          request.contentType === undefined &&
          /^tokenRequest\.headers\./m.test(look.scene.evidence.paste ?? ''),
      ),
    why: 'The headers of the token request are shown, and none says that the body is a form.',
    tell: 'Send Content-Type: application/x-www-form-urlencoded with it.',
  },
  {
    id: 'placeholder-echoed',
    code: 'credential/placeholder',
    likelihood: 0.92,
    when: (look) =>
      [...`${look.answers}\n`.matchAll(ECHO)]
        // "Client authentication failed: client_id" names the parameter.
        .filter((m) => !/failed: client_(?:id|secret)/i.test(m[0]))
        // Who looks up the roles of a client has found it: what hides its id is a mask of the post.
        .filter(() => !/\bdoes not have (?:authorization|permission|access)\b/i.test(look.answers))
        .map((m) => (m[1] ?? '').trim())
        // A word for nothing is a missing value, and a value cut short is somebody's mask.
        .some(
          (value) =>
            standIn(value) === 'placeholder' &&
            !/^(?:none|null|nil|nan|undefined|<(?:guid|uuid|redacted|removed|hidden|masked|snip)>)$/i.test(
              value,
            ),
        ),
    why: 'The server quotes back a placeholder as the id that it was sent.',
    tell: 'Put the real id into the settings that the running program reads.',
  },
  {
    id: 'library-does-not-encode',
    code: 'credential/needs-form-encoding',
    likelihood: 0.53,
    pattern:
      /\b(?:better-?auth|genericOAuth|next-?auth|auth\.js|passport(?:js)?|simple-oauth2|requests-oauthlib|authlib|omniauth|golang oauth2|spring-security|openid-client|grant-express|socialite|allauth|generic oauth|oauth (?:library|plugin|client library))\b/i,
    when: (look) =>
      look.answered(/Client authentication failed \(e\.g\./i) &&
      look.token.every((x) => x.request.bodyCredentials === undefined),
    why: 'A library builds the Basic header and this server form-decodes it (RFC 6749 §2.3.1); many libraries do not encode id and secret first.',
    tell: 'If id or secret holds anything but letters and digits, form-encode both before base64, or send them in the body.',
  },
  {
    id: 'placeholder-said',
    code: 'credential/placeholder',
    likelihood: 0.72,
    pattern:
      /\bplaceholders?\b(?! (?:image|text box))|still (?:has|have|contains?|us(?:es|ing)|set to|shows?) (?:the )?(?:default|example|sample|dummy|template)|(?:default|dummy|example|sample|template|fake) (?:client[ _]?ids?|credentials?|secrets?|keys?)\b/i,
    where: ['config', 'prose'],
    when: (look) =>
      !look.says(/replace (?:the |these |those )?placeholders/i) ||
      look.scene.evidence.exchanges.length === 0,
    why: 'The paste itself says that placeholder values are still in place.',
    tell: 'Read the settings of the running program: a real id and secret stand there, or the words of a template.',
  },
  {
    id: 'placeholder-still-there',
    code: 'credential/placeholder',
    likelihood: 0.9,
    pattern:
      /\bstill (?:has|have|had|contains?|holds?|uses?|using|shows?|full of|at)\b[^\n.]{0,20}\b(?:placeholder|template|example|sample|dummy)\b[^\n.]{0,12}\b(?:values?|ids?|secrets?|keys?|credentials?|texts?)\b/i,
    where: ['config', 'prose'],
    why: 'The paste itself says that placeholder values are still in place.',
    tell: 'Read the settings of the running program: a real id and secret stand there, or the words of a template.',
  },
  {
    id: 'instruction-left',
    code: 'credential/placeholder',
    likelihood: 0.85,
    pattern:
      /(?:secret|client_?id|tenant(?:_?id)?|password|api_?key)["']?\s{0,3}[:=]\s{0,3}["']?[[<{(]\s{0,2}(?:copy|enter|paste|insert|put|replace|fill|add)\b[^\]>})\n]{3,120}[\]>})]|["'](?:enter_(?:the|your)_|paste_|insert_)\w{3,80}["']/i,
    where: ['config', 'code'],
    why: 'The instruction of a template stands where the value goes.',
    tell: 'Put the real value there, without the brackets.',
  },
  {
    id: 'setting-not-set',
    code: 'credential/missing',
    likelihood: 0.66,
    pattern:
      /\bmissing (?:the )?["'`]?(?:[\w.]{0,40}(?:client_?(?:id|secret)|credentials?)|env(?:ironment)? variables?)\b|(?:client[ _]?id|client[ _]?secret|credentials?|env(?:ironment)? var(?:iable)?s?)["'`]? (?:is|are|was|were|not|has not been|have not been)(?: not)? ?(?:set|missing|empty|undefined|null|none|blank|provided|configured|found|loaded|defined)\b/i,
    where: ['config', 'prose'],
    why: 'The paste says that the id or the secret was never set.',
    tell: 'Print the length of both values just before the request; 0 means that the setting was never read.',
  },
  {
    id: 'empty-setting',
    code: 'credential/missing',
    likelihood: 0.8,
    when: (look) =>
      look.scene.evidence.said.some(
        (s) =>
          s.where === 'config' &&
          /client[_-]?(?:id|secret)$/i.test(s.key) &&
          /^(?:|""|''|null|none|nil|undefined)$/i.test((s.text ?? '').trim()),
      ),
    why: 'The id or the secret in the settings that are shown is empty.',
    tell: 'Fill it in, or find out why the program reads an empty value.',
  },
  {
    id: 'echo-adds-newline',
    code: 'credential/whitespace',
    likelihood: 0.85,
    pattern:
      /\becho\s{1,4}(?!-n\b|-ne\b|-en\b)(?:"[^"\n|]{1,300}"|'[^'\n|]{1,300}'|[^\s|"']{1,300})\s{0,4}\|\s{0,4}(?:openssl\s+)?(?:base64|enc)\b/i,
    why: 'echo ends its output with a line break, and that line break is encoded with the secret.',
    tell: 'printf %s gives another base64 than echo; the one without the line break is right.',
  },
  {
    id: 'trailing-blank-said',
    code: 'credential/whitespace',
    likelihood: 0.8,
    pattern:
      /\b(?:trailing|leading|extra|stray) (?:newlines?|line ?breaks?|white ?spaces?|spaces?|blanks?|\\n|carriage return)\b|\\n[`'"]? at (?:the|its) end|(?:ends?|ending) (?:with|in) (?:a )?(?:newline|\\n|space)|\b(?:newline|line ?break|white ?space|space|blank)s?\b[^\n.]{0,30}\b(?:at|in) (?:the|its) (?:front|start|beginning|end)\b/i,
    why: 'The paste tells of a blank or a line break at an edge of the value.',
    tell: 'Compare the length of the value in the program with the one in the console.',
  },
  {
    id: 'special-characters',
    code: 'credential/needs-form-encoding',
    likelihood: 0.68,
    pattern:
      /\b(?:secret|password|client[ _]?id|credentials?)\b[^\n.]{0,80}\b(?:special char\w*|(?<!form-|data-)url[- ]?(?:safe|encod\w+|escap\w+)|percent[- ]?encod\w+|plus sign|reserved char\w*)|\b(?:special char\w*|(?<!form-|data-)url[- ]?encod\w+)[^\n.]{0,80}\b(?:secret|password|client[ _]?id|credentials?)\b/i,
    when: (look) =>
      (look.tokenError(/invalid_client|unauthorized|invalid_request/) || look.token.length === 0) &&
      !look.says(/\b(?:did|tried|already|even|also)\b[^\n.]{0,16}\b(?:url|percent)[- ]?encod/i),
    why: 'The id or the secret has characters that form-encoding changes, and RFC 6749 §2.3.1 wants both form-encoded before base64.',
    tell: 'Send them form-encoded once, or in the body, where the library encodes them.',
  },
  {
    id: 'no-basic-word',
    code: 'header/missing-scheme',
    likelihood: 0.85,
    pattern:
      /\b(?:without|missing|forgot(?:ten)?|omit(?:s|ted|ting)?|lacks?|no|not)\b (?:the |a |include )?(?:word |prefix |scheme |keyword |string )?["'`]?basic["'`]?(?: (?:prefix|scheme|keyword|word|in front|before))?(?! auth)\b/i,
    why: 'The header is said to lack the word Basic.',
    tell: 'Authorization must read: Basic, one blank, base64 of id:secret.',
  },
  {
    id: 'code-without-basic',
    code: 'header/missing-scheme',
    likelihood: 0.95,
    pattern:
      /authorization["'\]]{0,3}\s{0,3}(?:=>|[:=,])\s{0,3}(?:["'`]\s{0,2}[.+]\s{0,2}|["'`]\s{0,2}["'`]\s{0,2}\+\s{0,2})?(?:base64[\w.]{0,20}|btoa|encoded\w{0,20}|b64\w{0,20}|(?:auth|credentials?|creds)_?(?:base64|b64|encoded)\w{0,10}|Buffer\.from)\s{0,2}[(;,\n}]|\b(\w{1,40})\s{0,3}:?=\s{0,3}[\w.]{0,40}(?:base64|btoa)[^]{0,600}authorization["'`\]]{0,3}\s{0,3}(?:=>|[:=,])\s{0,3}\1\s{0,3}[),;}\n]/i,
    where: ['code', 'config'],
    when: (look) => !look.says(/["'`]basic /i),
    why: 'The code puts base64 into the Authorization header without the word Basic before it.',
    tell: 'Print the header as it is sent (not its value): its first word must be Basic.',
  },
  {
    id: 'wrapped-base64',
    code: 'header/bad-base64',
    likelihood: 0.7,
    pattern:
      /\bencodeBytes\b|getMimeEncoder|encodebytes|b64encode\([^)\n]{1,200}\)(?!\.decode)[^\n]{0,40}["'`]?basic|base64 -[bw]? ?76|(?:line ?breaks?|newlines?|wraps?|wrapped|76 char\w*)[^\n.]{0,50}base64|base64[^\n.]{0,50}(?:line ?breaks?|newlines?|wraps?\b|wrapped|76 char)/i,
    when: (look) => look.tokenRefused() || look.token.length === 0,
    why: 'The encoder that is shown breaks long lines (or gives bytes instead of text), which spoils the header.',
    tell: 'Count the line breaks in the header value; there must be none.',
  },
  {
    id: 'substitution-not-run',
    code: 'request/malformed-command',
    likelihood: 0.97,
    when: ({ scene }) => substitutionSent(scene.evidence),
    why: 'The header holds $(…) as text: no shell ran the command in it, because it stands in single quotes or in cmd.exe.',
    tell: 'Run it with -v: the line > Authorization shows what was really sent.',
  },
  {
    id: 'lost-quote-before-form',
    code: 'request/malformed-command',
    likelihood: 0.95,
    when: (look) =>
      look.scene.evidence.said.some(
        (s) =>
          s.where === 'command' &&
          s.key === 'defect' &&
          /^(?:newline-in-quotes|unquoted-ampersand|missing-quote|missing-continuation)/.test(s.text ?? ''),
      ) &&
      /missing (?:form )?(?:parameter:? )?["'`]?grant[ _]?type|grant[ _]?type[^\n]{0,30}(?:missing|required|not (?:found|provided))/i.test(
        look.answers,
      ),
    why: 'The server saw no grant_type although the command has one: the shell cut the command before it.',
    tell: 'Run it with -v and read what is sent; in cmd single quotes do not quote.',
  },
  {
    id: 'grant-among-the-headers',
    code: 'request/missing-grant-type',
    likelihood: 0.9,
    where: ['code'],
    pattern:
      /(?:\bCURLOPT_HTTPHEADER\b|\bheaders?["']?\s{0,3}(?:=>|[:=]))[^]{0,400}["']grant_type\s?:\s?\w{4,40}["']/i,
    when: (look) => look.form('grant_type') === undefined,
    why: 'The code puts grant_type among the headers; a server looks for it in the body.',
    tell: 'Send grant_type=client_credentials as the body of the request.',
  },
  {
    id: 'misspelt-grant-type',
    code: 'request/missing-grant-type',
    likelihood: 0.88,
    shows: /\b(?:grant-?type|grant_types|grant)\b/i,
    when: (look) =>
      look.token.some(
        ({ request: { form = {} } }) =>
          form['grant_type'] === undefined &&
          Object.keys(form).some((name) => /^(?:grant-?type|granttype|grant_types|grant)$/i.test(name)),
      ),
    why: 'The parameter is misspelt; a server knows only grant_type.',
    tell: 'Look at the names in the raw body.',
  },
  {
    id: 'clock-said',
    code: 'connection/clock-skew',
    likelihood: 0.82,
    pattern:
      /\b(?:system |server |computer |machine |local |container )?(?:clock|time)\b[^\n.]{0,30}\b(?:off|wrong|behind|ahead|out of sync|skew(?:ed)?|drift(?:ed)?|incorrect|not synchroni[sz]ed)\b|\bntp\b|\bclock[- ]skew\b|(?:date|time) (?:is|was) (?:\d+|a few|several) (?:minutes?|hours?|seconds?) (?:off|behind|ahead|fast|slow)/i,
    when: (look) =>
      !look.says(
        /(?:n[’']t|\bnot)\b[^\n.]{0,8}\b(?:off|wrong|behind|ahead)\b|\bnot the (?:ntp|clock|time)\b|\bntp\b[^\n.]{0,12}\b(?:on|fine|synced|running|enabled|ok)\b/i,
      ),
    why: 'The paste tells of a clock that is wrong.',
    tell: 'Compare `date -u` with the Date header of any answer of the server.',
  },
  {
    id: 'failed-first',
    code: 'connection/outage',
    likelihood: 0.93,
    when: (look) => {
      const failed = look.token.findIndex(
        (x) => (statusOf(x) ?? 0) >= 500 || (x.outcome.kind === 'unanswered' && x.outcome.why === 'time-out'),
      );
      return (
        failed >= 0 &&
        look.token.slice(failed + 1).some((x) => /invalid_grant/.test(JSON.stringify(x.outcome)))
      );
    },
    why: 'The first try failed at the server and used up the one-time code; the refusal that follows is its echo.',
    tell: 'Fetch a new code and exchange it once: if the server is well again, it works.',
  },
  {
    id: 'json-sent',
    code: 'request/json-body',
    likelihood: 0.88,
    where: ['code', 'command'],
    pattern:
      /\bjson\s{0,3}[=:]\s{0,3}(?:\{|payload|data|body|params)|JSON\.stringify\s?\(|\b(?:jsonencode|json_encode)\s?\([^]{0,400}\bgrant_type|\bPostAsJsonAsync\b|content-?type["'\]]{0,3}\s{0,3}[:=,]\s{0,3}["']application\/json|\.json\s?\(\s?(?:&?json!|\{)/i,
    when: (look) => look.tokenRefused() && !look.code(/x-www-form-urlencoded/i),
    why: 'The code sends the token request as JSON; a token endpoint reads a form.',
    tell: 'Look at the raw body: it must read grant_type=…&…',
  },
];
