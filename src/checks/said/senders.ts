/** What a paste says about what its program sends: where the pair goes, whether it goes at all, to which URL. */
import type { SaidRule } from './rule.ts';

const PAIR = '`?client[ _-]?(?:id|secret|credentials?)s?`?|credentials?';
const NOT = "(?:not|n[’']t|never|no longer)";

export const senders: readonly SaidRule[] = [
  {
    id: 'method-not-taken',
    code: 'client/auth-method-mismatch',
    likelihood: 0.85,
    pattern:
      /\bnot (?:seem to )?(?:support|accept|understand|handle)\b[^\n.]{0,40}\b(?:http )?(?:basic|authori[sz]ation header|post body|body params?)|\b(?:only|just) (?:supports?|accepts?|takes?|allows?|reads?|works with)\b[^\n.]{0,60}\b(?:body|header|basic|post(?:ed)?|form)\b|\bdiffer\w*\b[^\n]{0,120}\b(?:in the )?(?:header|body)\b[^\n.]{0,20}\b(?:vs\.?|versus|instead|rather)\b[^\n.]{0,40}\b(?:body|header)\b|\bauth(?:entication|ori[sz]ation)?[ _]?(?:method|style|scheme)\b[^\n.]{0,50}\b(?:body|post|header|basic|wrong|changed|default)\b|\bAuthStyle\w*|\bnot (?:being )?post(?:ing|ed)\b[^\n.]{0,40}client_?(?:id|secret)|client_?(?:id|secret)[^\n.]{0,40}\bnot (?:being )?posted\b/i,
    when: (look) =>
      look.tokenRefused() &&
      !look.says(/%2B|special char|url-?encod|both (?:in )?the header and/i) &&
      !look.answered(/multiple|more than one|not both/i),
    why: 'The paste tells of the way in which id and secret are sent: this server reads them at one place only.',
    tell: 'Send the same pair once in a Basic header and once in the body (--client-auth post).',
  },
  {
    id: 'pair-in-both-places',
    code: 'header/duplicate-credentials',
    likelihood: 0.86,
    pattern: new RegExp(
      `\\b(?:sends?|adds?|added|includes?|included|keeps?|puts?|passes|sent)\\b[^\\n.]{0,60}(?:${PAIR})\\b[^\\n.]{0,60}\\b(?:when|while|although|even (?:if|though)|besides|beside|as well as|in addition|together|along)\\b[^\\n.]{0,60}\\b(?:basic|header)|(?:${PAIR})\\b[^\\n.]{0,40}\\b(?:is|are|value is|also|still|additionally)\\b[^\\n.]{0,20}\\b(?:added|included|sent|in)\\b[^\\n.]{0,12}\\bbody\\b[^]{0,160}\\bbasic\\b|\\b(?:both|multiple|two|twice)\\b[^\\n.]{0,40}\\b(?:header and|authenticat\\w+ (?:methods?|mechanisms?)|places)\\b`,
      'i',
    ),
    when: (look) => look.tokenRefused() && !look.answered(/not found|missing|were not/i),
    why: 'The paste tells that the pair (or the id) goes out in the header and in the body; RFC 6749 §2.3 allows one way in a request.',
    tell: 'Take client_id and client_secret out of the body and leave the Basic header.',
  },
  {
    id: 'misspelt-pair',
    code: 'credential/missing',
    likelihood: 0.86,
    shows: /\b(?:client[-.]?secret|secret|app_?secret|consumer_?secret)\b/i,
    when: (look) =>
      look.tokenRefused() &&
      look.token.some(
        ({ request: { form, authorization } }) =>
          form !== undefined &&
          authorization.kind === 'absent' &&
          form['client_secret'] === undefined &&
          Object.keys(form).some((name) =>
            /^(?:client[-.]?secret|secret|clientSecret|app_?secret|consumer_?secret)$/i.test(name),
          ),
      ),
    why: 'The parameter of the secret is misspelt: a server reads client_secret and nothing else.',
    tell: 'Rename it to client_secret, and the id to client_id.',
  },
  {
    id: 'no-pair-in-request',
    code: 'credential/missing',
    likelihood: 0.72,
    shows: /\bcurl\b[^\n]{0,120}/,
    when: (look) =>
      look.tokenError(/invalid_client/) &&
      look.scene.evidence.authorization === undefined &&
      look.scene.evidence.said.some((s) => s.where === 'command') &&
      look.token.some(
        ({ request: { form, authorization } }) =>
          form?.['grant_type'] !== undefined &&
          authorization.kind === 'absent' &&
          !Object.keys(form).some((name) => /secret|assertion|client_?password/i.test(name)),
      ),
    why: 'The command that is shown carries neither a secret nor an Authorization header, and the server wants the client to prove itself.',
    tell: 'Add -u "$CLIENT_ID:$CLIENT_SECRET", or register the client as a public one.',
  },
  {
    id: 'adding-the-pair-helped',
    code: 'credential/missing',
    likelihood: 0.83,
    pattern:
      /\b(?:add(?:ed|ing)|includ(?:ed|ing)|pass(?:ed|ing)|sett?ing)\b[^\n.]{0,30}client_?(?:id|secret)[^\n.]{0,80}\b(?:fix|solv|work|help)|\b(?:fix|solv|work|resolv)\w*\b[^\n.]{0,40}\bby (?:adding|including|passing|setting|sending)\b[^\n.]{0,30}client_?(?:id|secret)|\b(?:no|without(?: an?| the)?|missing) client[ _](?:id|identifier|secret)\b/i,
    where: ['prose', 'config'],
    when: (look) =>
      look.tokenError(/invalid_client|invalid_request|unauthorized_client/) &&
      !look.says(/\bbody\b|\bheader\b|PKCE|public client|without client[ _]secret/i),
    why: 'The paste tells that the id or the secret was not among the parameters.',
    tell: 'Print the names of the parameters as they are sent.',
  },
  {
    id: 'name-with-a-blank',
    code: 'credential/missing',
    likelihood: 0.9,
    where: ['code', 'config'],
    pattern: /(?:\bENV\[|environ(?:\.get)?[[(]|getenv\(|process\.env\[)\s?["'](?: \w+|\w+ )["']/i,
    why: 'The name of the variable has a blank at an edge, so it names another variable, and that one is empty.',
    tell: 'Take the blank out of the name and print the length of the value.',
  },
  {
    id: 'pair-not-sent',
    code: 'credential/missing',
    likelihood: 0.82,
    pattern: new RegExp(
      `(?:\\b(?:does|do|did|is|are|was|were|has|have)(?:${NOT}| ${NOT})|\\b(?:never|fails? to|forgot(?:ten)? to|without))\\b[^\\n.]{0,20}\\b(?:getting |being )?(?:include|including|pass|passing|passed|send|sending|sent|set|setting|added?|provided?|contain)\\w*\\b[^\\n.]{0,20}\\b(?:it|${PAIR})\\b|(?:${PAIR})\\b[^\\n.]{0,12}\\b(?:is|are|was|were) ${NOT} (?:getting |being )?(?:passed|sent|included|provided|added|set)\\b`,
      'i',
    ),
    where: ['prose', 'config'],
    when: (look) =>
      look.says(/client[ _-]?(?:id|secret)/i) &&
      (look.token.length === 0 || look.tokenError(/invalid_client|invalid_request|unauthorized_client/)) &&
      !look.says(/\bbasic\b[^\n.]{0,60}\b(?:post|body)\b|scope parameter/i),
    why: 'The paste tells that the id or the secret is not in the request.',
    tell: 'Look at the request as it leaves the program: is client_id in it, and the secret or a Basic header?',
  },
  {
    id: 'variables-not-loaded',
    code: 'credential/missing',
    likelihood: 0.86,
    pattern: new RegExp(
      `\\benv(?:ironment)?[ _]?var\\w*\\b[^\\n.]{0,40}(?:${NOT})\\b[^\\n.]{0,20}\\b(?:set|loaded|read|passed|picked|available|accessible|defined|found|exported|visible)\\b|(?:${NOT})(?: able to| being able to)? (?:access|read|find|load|see|get|pick(?:ing)? up)\\b[^\\n.]{0,60}\\b(?:client[ _-]?(?:id|secret)|env(?:ironment)?\\b|\\.env)|\\b(?:requires?|needs?) (?:an? |the )?["'\`]?client_?(?:id|secret)\\b|\\bworks? (?:fine )?(?:when|if|with)\\b[^\\n.]{0,40}\\bhard-?cod`,
      'i',
    ),
    when: (look) => look.tokenRefused() || look.token.length === 0,
    why: 'The paste tells of variables that the program does not see, so it sends an empty id or secret.',
    tell: 'Print the length of both values in the process that sends the request; 0 means that it never saw them.',
  },
  {
    id: 'url-said-wrong',
    code: 'request/wrong-endpoint',
    likelihood: 0.8,
    pattern:
      /\b(?:correct|right) one (?:would be|is|reads) https?:|\b(?:correct|working|right|actual|new|proper) (?:token )?(?:url|uri|endpoint|path)\b[^\n]{0,100}\b(?:and not|not|instead of|rather than)\b|\b(?:token|oauth2?|auth\w*)\b[^\n.]{0,40}\b(?:url|uri|endpoint|path)\b[^\n.]{0,20}\b(?:is|was|are|were) (?:wrong|incorrect|outdated|obsolete|not (?:right|correct)|malformed|deprecated)|\b(?:wrong|incorrect|outdated|old) (?:token |oauth2? |auth\w* )?(?:url|uri|endpoint|path)\b/i,
    when: (look) =>
      (look.tokenRefused() || look.token.length === 0) &&
      look.endpoint.length === 0 &&
      !look.tokenError(/invalid_(?:grant|scope)/) &&
      !look.says(/redirect|callback/i),
    why: 'The paste tells that another URL is the token endpoint.',
    tell: 'Read token_endpoint in the metadata document of the server, and compare letter for letter.',
  },
  {
    id: 'scope-not-offered',
    code: 'scope/unknown',
    likelihood: 0.8,
    pattern:
      /\bscopes?\b[^\n.]{0,80}\b(?:can(?:no|[’'])t be found|does ?n[o’']?t exist|do not exist|not found|no longer exists?|unknown|deprecated|renamed|was removed|has been removed|is not (?:a )?(?:valid|supported|available|listed))\b|\b(?:unknown|deprecated|invented|misspel\w+|wrong) scopes?\b/i,
    when: (look) =>
      /invalid_?s?cope|invalid scopes?|unknown scope/i.test(look.answers) &&
      !look.answered(/not allowed|client credentials/i),
    why: 'The paste tells that the server has no scope of this name.',
    tell: 'Compare each scope with those that the provider lists today.',
  },
  {
    id: 'scope-unwelcome',
    code: 'scope/not-allowed',
    likelihood: 0.76,
    pattern:
      /\bscopes?\b[^\n.]{0,60}\b(?:need|needs|have|has|must|should) to be (?:removed|omitted|left out|dropped)|\bremov(?:e|ed|ing)\b[^\n.]{0,40}\bscopes?\b[^\n.]{0,60}\b(?:fix|solv|work|help)|\bno longer accepts?\b[^\n.]{0,30}\bscopes?/i,
    when: (look) => /invalid_?s?cope|invalid scopes?/i.test(look.answers),
    why: 'The paste tells that the request asks for more scopes than this client may have.',
    tell: 'Ask without the scope parameter once: the server then gives what the client is registered for.',
  },
  {
    id: 'other-word-than-bearer',
    code: 'endpoint/token-malformed',
    likelihood: 0.84,
    pattern:
      /\bbasic\b[^\n.]{0,80}\binstead of\b[^\n.]{0,20}\bbearer\b|\bbearer\b[^\n.]{0,60}\b(?:instead of|rather than|not)\b[^\n.]{0,12}\b(?:basic|token)\b|\b(?:sets?|sends?|sending|sent)\b[^\n.]{0,20}\bauthorization: ?(?:token|jwt|access_?token)\b|\b(?:double|duplicate|two|twice)\b[^\n.]{0,20}\bbearer\b|\bbearer bearer\b/i,
    when: (look) => look.endpointStatus(0, 400, 401, 403),
    why: 'The word before the token is not the one that the API reads.',
    tell: 'Print the first word of the Authorization header as it is sent; it must be Bearer, once.',
  },
];
