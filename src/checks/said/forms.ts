/** What code and sentences tell of the form in which a token request goes out: JSON, or the pair in two places. */
import type { Look, SaidRule } from './rule.ts';

const JSON_MADE =
  '(?:to_?json\\s?\\(|JSON\\.stringify\\s?\\(|json_encode\\s?\\(|json\\.dumps\\s?\\(|json\\.Marshal\\s?\\(|writeValueAsString\\s?\\()';
/** A server that is said to read JSON. */
const TAKES_JSON =
  /\b(?:expects?|wants?|accepts?|requires?|needs?|takes?|must be|docs? say|documentation says|same|works? (?:fine )?with)\b[^\n.]{0,40}\bjson\b|\bjson\b[^\n.]{0,24}\b(?:is|was) (?:accepted|fine|expected|required|right)/i;
const OF_A_TOKEN = /\btokens?\b|\boauth|\bgrant|\brefresh|\bexchange|\blog-?in\b|\bcredentials?\b/i;

const ONE_WAY = /\bonly one auth\w* (?:mechanism|method|scheme|header)s?\b/i;

function mayBeTheToken(look: Look): boolean {
  return (
    look.scene.profile.id !== 'auth0' &&
    (look.tokenRefused() || look.token.length > 0 || look.endpoint.length === 0) &&
    !look.tokenError(/invalid_scope|unauthorized_client/)
  );
}

const FORM_OF_PAIRS =
  /\b(?:qs|querystring|queryString)\.stringify\s?\(|\bURLSearchParams\b[^\n]{0,200}\.toString\(|\bhttp_build_query\s?\(|\burlencode\s?\(\s?\{|["'`]grant_type=\w/;
const NO_TYPE =
  /\b(?:no|without(?: an?| any)?|missing(?: the)?|not (?:set|send|give|pass|add)(?: an?| any)?|n[’']t (?:set|send|give|pass|add)(?: an?| any)?)\b[^\n.]{0,12}\b(?:headers?|content[- ]?type)\b|\bcontent[- ]?type\b[^\n.]{0,20}\b(?:is|was) (?:missing|absent|not set|empty|nowhere)\b/i;
const NOTHING_ARRIVES =
  /\b(?:grant[ _]?type|parameters?|params|user ?name|password|fields?|values?|form|body)\b[^\n.]{0,40}\b(?:(?:do|does|did|is|are|was|were)(?: not|n[’']t)|never)\b[^\n.]{0,20}\b(?:arriv\w+|reach\w*|get there|got there|come through|came through|received|parsed|seen)\b|\b(?:server|request|controller|provider|context)\b[^\n.]{0,40}\b(?:sees?|gets?|receives?|finds?)\b (?:no|none of the|nothing of the|empty) (?:\w+ )?(?:parameters?|params|fields?|values?|form|body|credentials)\b/i;
/** All that belongs into the body, handed to what makes the query of it: requests and aiohttp, axios, got. */
const AS_QUERY =
  /\b(?:as|with|by|through|via|in|uses?|using|to)\b[^\n.]{0,12}[`"']?\b(?:params|searchParams)\b\s?[=:]?|\.post\s?\([^()\n]{0,160}\b(?:params|searchParams)\s?[=:]|\b(?:with_query|update_query|addQueryParam\w*|setQuery\w*)\s?\(/;

export const forms: readonly SaidRule[] = [
  {
    id: 'json-to-the-token-url',
    code: 'request/json-body',
    likelihood: 0.9,
    where: ['code'],
    pattern:
      /\.post\s?\(\s{0,20}[^(),\n]{0,60}(?:token|oauth)[^(),\n]{0,60}(?:\(\))?,\s{0,20}(?:[^()\n]{0,80},\s{0,20})?json\s?[=:]|\.post\s?\(\s{0,20}[^(),\n]{0,60}(?:token|oauth)[^(),\n]{0,60},\s{0,20}JSON\.stringify\s?\(/i,
    when: mayBeTheToken,
    why: 'The code posts JSON to the token endpoint, which reads a form (RFC 6749 §4.1.3).',
    tell: 'Give the library a form: data=… in Python, new URLSearchParams({…}) in JavaScript.',
  },
  {
    id: 'json-said',
    code: 'request/json-body',
    likelihood: 0.88,
    where: ['prose'],
    pattern:
      /\b(?:sends?|sent|sending|posts?|posted|posting|goes? out|encodes?|encoded|pass(?:es|ed)?|submits?|submitted|serialize[sd]?)\b[^\n.]{0,80}\b(?:as|in|with|using|of|by|to) (?:an? |the |plain |raw |pure )?(?:application\/)?json\b(?! web\b)|\bjson\s?=\s?\{|\bpost_?(?:as_?)?json(?:async)?\s?\(/i,
    when: (look) =>
      mayBeTheToken(look) && look.says(OF_A_TOKEN) && !look.says(TAKES_JSON) && look.failureTold(),
    why: 'The paste tells that the token request goes out as JSON; a token endpoint reads a form.',
    tell: 'Send Content-Type: application/x-www-form-urlencoded and a body that reads grant_type=…&….',
  },
  {
    id: 'json-under-the-type-of-a-form',
    code: 'request/json-body',
    likelihood: 0.88,
    where: ['code'],
    pattern: new RegExp(
      `x-www-form-urlencoded[^]{0,600}\\b(?:data|body|content)\\b["']?\\s{0,3}(?:=>|[:=,])\\s{0,3}[^\\n]{0,40}${JSON_MADE}|\\b(?:data|body|content)\\b["']?\\s{0,3}(?:=>|[:=,])\\s{0,3}[^\\n]{0,40}${JSON_MADE}[^]{0,600}x-www-form-urlencoded`,
      'i',
    ),
    when: mayBeTheToken,
    why: 'The header says that the body is a form, and what is put into it is JSON.',
    tell: 'Encode the parameters as a form; the header alone does not do it.',
  },
  {
    id: 'form-in-parts',
    code: 'request/wrong-content-type',
    likelihood: 0.93,
    where: ['prose', 'config'],
    pattern: /\bform-data\b|\bmultipart\b/i,
    when: (look) =>
      look.tokenRefused() &&
      look.tokenError(/invalid_request|unsupported_grant_type/) &&
      look.says(/\bgrant[ _]?type\b|\bbody\b/i) &&
      !look.says(/\b(?:tried|both|also|neither|nor)\b[^\n.]{0,60}\bform-data\b/i),
    why: 'The parameters go out as multipart/form-data, of which a token endpoint reads nothing (RFC 6749 §4.1.3).',
    tell: 'Choose x-www-form-urlencoded in Postman, data= and not files= in Python, -d and not -F with curl.',
  },
  {
    id: 'text-without-its-type',
    code: 'request/wrong-content-type',
    likelihood: 0.92,
    shows: FORM_OF_PAIRS,
    when: (look) =>
      FORM_OF_PAIRS.test(look.codes) &&
      look.says(NO_TYPE) &&
      !/x-www-form-urlencoded/i.test(look.codes) &&
      mayBeTheToken(look) &&
      look.failureTold(),
    why: 'The code posts a form as finished text, and no header says that it is one: many clients then label it as plain text or JSON.',
    tell: 'Send Content-Type: application/x-www-form-urlencoded with it.',
  },
  {
    id: 'form-that-is-not-read',
    code: 'request/wrong-content-type',
    likelihood: 0.95,
    shows: FORM_OF_PAIRS,
    when: (look) =>
      FORM_OF_PAIRS.test(look.codes) &&
      look.says(NOTHING_ARRIVES) &&
      look.tokenError(/unsupported_grant_type|invalid_request/),
    why: 'The parameters are written as a form, and the server finds none of them: the label of the body is another one.',
    tell: 'Look at Content-Type in the request as it leaves; it must be application/x-www-form-urlencoded.',
  },
  {
    id: 'all-in-the-query',
    code: 'request/missing-grant-type',
    likelihood: 0.9,
    pattern: AS_QUERY,
    where: ['prose', 'code'],
    when: (look) =>
      look.tokenRefused() &&
      look.token.every(({ request: { bodyForm } }) => bodyForm === undefined || bodyForm === 'none') &&
      look.says(/\bexchange\b|\btoken\b|grant_type/i) &&
      !look.tokenError(/invalid_(?:client|grant|scope)|unauthorized_client/) &&
      !look.says(/\bdata\s?=|\bbody\s?[:=]/),
    why: 'The parameters go into the address, and the body is empty; a token endpoint reads the body (RFC 6749 §4.1.3).',
    tell: 'Hand them over as the body: data= in Python, a second argument in axios, form: in got.',
  },
  {
    id: 'several-ways-at-once',
    code: 'header/duplicate-credentials',
    likelihood: 0.88,
    pattern:
      /\b(?:using|uses?|used|with|has|have|for|carries|sends?) (?:several|multiple|more than one|two|both) (?:(?:\w+ ){0,2}(?:ways?|methods?|mechanisms?|means|schemes?|kinds?)\b[^\n.]{0,24}\bauth\w*|(?:client )?auth\w* (?:methods?|mechanisms?|schemes?)\b)|\b(?:several|multiple|more than one|two) (?:client )?auth\w* (?:ways?|methods?|mechanisms?|schemes?|kinds?)\b[^\n.]{0,40}\b(?:refus|reject|not allowed|in one request|at once|used|found|present|detected)/i,
    when: (look) =>
      look.failureTold() &&
      !look.says(
        /\b(?:supports?|offers?|tried|registered for|allows?)\b[^\n.]{0,30}\b(?:several|multiple|more than one|two|both)\b/i,
      ),
    why: 'The client proves itself in two ways in one request; RFC 6749 §2.3 allows one.',
    tell: 'Take client_id and client_secret out of the body and leave the Basic header.',
  },
  {
    id: 'one-way-demanded',
    code: 'header/duplicate-credentials',
    likelihood: 0.92,
    shows: ONE_WAY,
    when: (look) => ONE_WAY.test(look.answers),
    why: 'The server found two proofs in one request. An address that is signed already wants no Authorization header beside it.',
    tell: 'Leave out one of the two; a client that follows a redirect must not send the header along to another host.',
  },
  {
    id: 'header-and-body-said',
    code: 'header/duplicate-credentials',
    likelihood: 0.88,
    where: ['prose'],
    pattern:
      /\b(?:header|basic auth\w*)\b[^\n.]{0,24}\b(?:and|as well as|plus)\b[^\n.]{0,60}\b(?:body|post (?:body|data|param\w*|field\w*)|form|query)\b[^\n.]{0,24}\b(?:as well|too|also|both|at once|at the same time)\b|\b(?:also|both|additionally|still) (?:\w+ ){0,3}(?:in|into|to|as) (?:the |a |an )?(?:\w+ )?(?:header|basic auth\w*)\b[^\n.]{0,24}\b(?:and|as well as)\b[^\n.]{0,40}\b(?:body|post (?:body|data|param\w*)|form)\b/i,
    when: (look) =>
      look.says(/client[_ ]?(?:id|secret)|credentials?|\bpair\b/i) &&
      !look.says(/\b(?:tried|neither|either|nor)\b/i),
    why: 'The pair goes out in the header and in the body; RFC 6749 §2.3 allows one way in a request.',
    tell: 'Leave out one of the two and send the request again.',
  },
];
