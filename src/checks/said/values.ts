/** What a paste shows of an id or a secret beside its shape: quoted back by the server, counted, read, or encoded. */
import type { Look, SaidRule } from './rule.ts';

/** What a server quotes back in a sentence as the id that it was sent; not a field of JSON. */
const ECHO =
  /\b(?:identifier|client|application|app|api_?key)\b(?: [\w ]{1,24})? (['"`])((?:[ \t]|\\[tnr])*[\w.@:/~•-]{4,80}(?:[ \t]|\\[tnr])*)\1/gi;

function quotedBack(look: Look, fits: (value: string) => boolean): boolean {
  return [...look.answers.matchAll(ECHO)].some((m) => fits(m[2] ?? ''));
}

/** What the mask leaves of a secret of Entra. */
const SECRET_SHAPED = /^•{3}\dQ~/;

/** How far two lengths differ that are told of one secret. */
function difference(look: Look): number {
  const told =
    /\b(?:secret|password|token|passwd|key|value)\b[^\n]{0,80}?\b(\d{2,3})\b[^\n]{0,100}?\b(\d{2,3})\b/i;
  const length = /\blen(?:gth)?\b|\bstrlen\b|\bchar(?:acter)?s?\b|\blong\b/i;
  const line = look.context
    .split('\n')
    .find(
      (one) =>
        length.test(one) && told.test(one) && !/content-length|\bpage\b|\bport\b|\b[45]\d\d\b/i.test(one),
    );
  const found = line === undefined ? undefined : told.exec(line);
  return found ? Math.abs(Number(found[1]) - Number(found[2])) : 0;
}

/** A form that encodes by itself, and a value that was encoded before it came there. */
const ENCODES =
  /URLSearchParams|FormUrlEncodedContent|UrlEncodedFormEntity|http_build_query|--data-urlencode|x-www-form-urlencoded tab|\bdata=(?:dict\(|\{)|FormBody\.Builder|url\.Values/;
const ENCODED_BEFORE =
  /client_?secret["'\]]{0,3}\s{0,3}[,:=]\s{0,3}(?:[\w]{1,20}\.){0,2}(?:encodeURIComponent|UrlEncode|urlencode|rawurlencode|quote(?:_plus)?|QueryEscape|EscapeDataString|encode)\s?\(/i;

/** An id that a server quotes back, in quotation marks of its own. */
const QUOTED_TWICE =
  /\b(?:identifier|client(?:[ _]id)?|application)\b[ \w]{0,24} (?:'\\?"[^'"\n]{3,80}\\?"'|"\\?'[^'"\n]{3,80}\\?'"|''[^'\n]{3,80}'')/i;

/** A program that says what it was not given. */
const ASKS_FOR_IT =
  /\byou (?:need|have|must)(?: to)? (?:specify|set|provide|configure|fill in|define|supply)\b[^\n.]{0,30}\b(?:token|api key|key|client id|client secret|secret)\b/i;
/** What a template says of a value that stands beside it. */
const REPLACE_THIS =
  /(?:\/\/|#|<!--|\/\*)[^\n]{0,40}\b(?:replace|change|fill in|put|insert|paste|enter)\b[^\n]{0,40}\b(?:with|your|here|own)\b[^\n]{0,80}\n?[^\n]{0,120}["'`](?:your|my)[_-][\w.-]{2,60}["'`]/i;

/** The server names the id and says that it has no such client. */
const NO_SUCH_CLIENT =
  /\b[Cc]lient ["'`]?(?!(?:id|with|for|and|does|is|was|not|secret|credentials?|certificate|authentication|application|error|app)\b)[\w.-]{3,60}["'`]? (?:does(?: not|n[’']t) exist|(?:is |was )?not (?:found|registered|known)|is unknown)\b/;

/** A setting and the words of a template, as a program logs what it has read. */
const TEMPLATE_LOGGED =
  /\b(?:api_?key|client_?(?:id|secret)|secret|token|password)["']?\s{0,2}[=:]\s{0,2}["']?(?:(?:ADD|PUT|INSERT|ENTER|PASTE)[_-][A-Z_]{3,40}|[A-Z_]{0,30}_(?:GOES_)?HERE|(?:YOUR|MY)_[A-Z_]{2,40}|CHANGE_?ME|REPLACE_?ME)\b/i;
/** A program that stops because a variable with a secret in it is not there. */
const NOT_IN_ENV =
  /\bKeyError:? (?:key not found: )?["']\w{0,40}(?:TOKEN|SECRET|KEY|PASSWORD|CLIENT_ID)["']|\b(?:env(?:ironment)?(?: variables?| vars?)?|variable) ["'`]?[A-Z][A-Z0-9_]{0,40}(?:TOKEN|SECRET|KEY|PASSWORD|CLIENT_ID)["'`]? (?:is |was |has )?(?:not (?:been )?(?:set|found|defined|provided)|missing|required|undefined|unset)|\b(?:[Ii]nvalid|[Mm]issing|[Rr]equired) [Ee]nv(?:ironment)?[ _]?[Vv]ar\w*[^]{0,12}[^\n]{0,80}\b[A-Z][A-Z0-9_]{0,40}(?:TOKEN|SECRET|KEY|PASSWORD|CLIENT_ID)\b["'\\]{0,3}\s?:?\s{0,3}\[?\s{0,3}["']?(?:Required|Invalid input: expected string, received undefined|must be|is)\b/;

export const values: readonly SaidRule[] = [
  {
    id: 'blank-quoted-back',
    code: 'credential/whitespace',
    likelihood: 0.94,
    when: (look) => quotedBack(look, (value) => /^(?:\s|\\[tnr])|(?:\s|\\[tnr])$/.test(value)),
    why: 'The server quotes back the id with a blank at its edge, which is what it was sent.',
    tell: 'Trim the value where it is read.',
  },
  {
    id: 'quotes-quoted-back',
    code: 'credential/mangled',
    likelihood: 0.94,
    shows: QUOTED_TWICE,
    when: (look) => QUOTED_TWICE.test(look.answers),
    why: 'The server quotes back the id in quotation marks that were sent as a part of it.',
    tell: 'Write the value without quotes, or where a shell takes them away.',
  },
  {
    id: 'secret-in-the-place-of-the-id',
    code: 'credential/swapped',
    likelihood: 0.94,
    when: (look) => quotedBack(look, (value) => SECRET_SHAPED.test(value)),
    why: 'The server quotes back as the id what has the form of a secret.',
    tell: 'Compare both with the console: which of the two is the id there?',
  },
  {
    id: 'one-or-two-characters-apart',
    code: 'credential/whitespace',
    likelihood: 0.78,
    when: (look) => [1, 2].includes(difference(look)),
    why: 'Two lengths are told of the secret, one or two characters apart: a line break or a blank came with it.',
    tell: 'Print the value between brackets, or its last bytes with xxd.',
  },
  {
    id: 'of-another-length',
    code: 'credential/mangled',
    likelihood: 0.75,
    when: (look) => difference(look) > 2,
    why: 'Two lengths are told of the secret, and they are far apart: it is cut, or something else stands in its place.',
    tell: 'Print it in the running program: is it cut, or a reference that nothing replaced?',
  },
  {
    id: 'encoded-before-a-form',
    code: 'credential/over-encoded',
    likelihood: 0.95,
    shows: ENCODED_BEFORE,
    when: (look) => ENCODES.test(look.context) && ENCODED_BEFORE.test(look.context),
    why: 'The secret is form-encoded before it is given to a form, which encodes it again.',
    tell: 'Give the raw value to the form.',
  },
  {
    id: 'variable-of-the-secret-not-set',
    code: 'credential/mangled',
    likelihood: 0.78,
    pattern:
      /\bThe \\?"?(?![A-Z][A-Z0-9]*_|[A-Z]{2,}\b|\w*(?:id|secret)\b)\w+\\?"? variable is not set\. Defaulting to a blank/,
    why: 'Compose takes what follows the $ of a value for a variable, and puts nothing in its place.',
    tell: 'Write $$ for each $ of the value.',
  },
  {
    id: 'template-in-a-log',
    code: 'credential/placeholder',
    likelihood: 0.92,
    shows: TEMPLATE_LOGGED,
    when: (look) => TEMPLATE_LOGGED.test(look.answers),
    why: 'The program’s own log shows the words of a template where the value goes.',
    tell: 'The running program reads another file or variable than the one with the real value; find out which.',
  },
  {
    id: 'value-that-nobody-set',
    code: 'credential/placeholder',
    likelihood: 0.94,
    where: ['prose'],
    pattern:
      /\b(?:key|token|secret|password|value|\w*_(?:KEY|TOKEN|SECRET))\b[^\n]{0,80}\b(?:(?:is|are|was)(?: not|n[’']t) (?:mine|my (?:own )?(?:key|token|secret|id)|the one (?:that )?(?:I|we) (?:have )?(?:set|gave|entered|typed|configured|put))|(?:which|that|and)? ?(?:I|we) (?:have )?never (?:set|gave|entered|configured|used|made)|begins? otherwise)/i,
    when: (look) => look.failureTold() && !look.says(/\b(?:stolen|leaked|someone else|somebody else)\b/i),
    why: 'A value is sent that the person never set: the example of the program, its image or its template is read in place of theirs.',
    tell: 'Look up the name of the setting in the version that runs, and print the value’s last characters there.',
  },
  {
    id: 'caller-without-an-identity',
    code: 'credential/missing',
    likelihood: 0.9,
    shows: /\bunregistered callers\b|\bcallers? without established identity\b/i,
    when: (look) =>
      look.answered(/\bunregistered callers\b|\bcallers? without established identity\b/i) &&
      !look.says(/\bbearer\b|\bservice account\b/i),
    why: 'Google saw neither a key nor a token in the call: the program had none to send.',
    tell: 'Print the length of the key in the running program; mostly its variable was not read.',
  },
  {
    id: 'variable-not-found',
    code: 'credential/missing',
    likelihood: 0.93,
    shows: NOT_IN_ENV,
    when: (look) => NOT_IN_ENV.test(`${look.answers}\n${look.context}`) && !look.says(/response|\bjson\[/i),
    why: 'The program finds no variable of this name, so it has no value to send.',
    tell: 'Set it where the program runs (in a container: in its own environment), and print its length there.',
  },
  {
    id: 'program-asks-for-the-value',
    code: 'credential/missing',
    likelihood: 0.93,
    shows: ASKS_FOR_IT,
    when: (look) => ASKS_FOR_IT.test(look.answers),
    why: 'The program itself says that it was given no such value.',
    tell: 'Look up in which file and under which name it reads it.',
  },
  {
    id: 'comment-of-a-template',
    code: 'credential/placeholder',
    likelihood: 0.95,
    shows: REPLACE_THIS,
    when: (look) =>
      REPLACE_THIS.test(look.codes) &&
      look.failureTold() &&
      look.endpoint.length === 0 &&
      !look.tokenError(/invalid_(?:grant|scope)|unauthorized_client|redirect/),
    why: 'The comment of the template still stands beside the value, and the value is its example: nobody put a real one there.',
    tell: 'Register a client at the provider, and put its id there.',
  },
  {
    id: 'no-client-of-this-name',
    code: 'client/unknown',
    likelihood: 0.96,
    shows: NO_SUCH_CLIENT,
    when: (look) => look.tokenRefused() && NO_SUCH_CLIENT.test(look.answers),
    why: 'The server names the id that it got and says that it has no such client: how the pair was sent is not in question.',
    tell: 'Register the client there, or seed the database that the server reads its clients from.',
  },
];
