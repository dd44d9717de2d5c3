/** What sentences tell of a case: an error in passing, a call that is named, a status beside it. */
import { isOAuthUrl, isTokenUrl, pathOf, urlsIn } from '../core/index.ts';
import { answerText, ENTRA, statusIn } from './answer-text.ts';
import { unansweredIn } from './answers.ts';
import { errorCodeIn, isErrorCode } from './error-words.ts';
import { methodWritten } from './method.ts';
import { cut, type Piece } from './piece.ts';
import { clauses } from './prose.ts';
import { quotedRefusals } from './quoted.ts';
import type { ShownRequest, ShownResponse } from './shown.ts';

export interface ShownAnswer {
  readonly about: About;
  readonly response: ShownResponse;
}

export type About = 'token' | 'endpoint';

/** @param asked what was asked before it, where that is shown; it decides where the answer itself does not */
export function answerOf(piece: Piece, asked?: About): ShownAnswer {
  const { status } = answerText(piece.text);
  return {
    about: aboutOf(piece.text) ?? asked ?? 'endpoint',
    response: { status, headers: {}, body: piece },
  };
}

/** RFC 6749 §5.2 codes answer a token request; RFC 6750 §3.1 codes a call. Undefined where the body has neither. */
export function aboutOf(text: string, status = 0): About | undefined {
  const { body } = answerText(text, status);
  const value = body.kind === 'json' ? body.value : undefined;
  const fields = value !== null && typeof value === 'object' ? (value as { [k: string]: unknown }) : {};
  const { error, code } = fields;
  // An API's own envelope; a login server names its codes as RFC 6749 does.
  if (typeof code === 'string' && /^[a-z]+(?:\.[a-z]+)+$/.test(code) && 'status' in fields) return 'endpoint';
  if ('access_token' in fields || 'token_type' in fields) return 'token';
  if (typeof error === 'string' && isErrorCode(error)) return OF_A_CALL.test(error) ? 'endpoint' : 'token';
  if (Math.floor(status / 100) === 2 && body.kind === 'json') return undefined;
  if (/AADSTS\d/.test(text)) return 'token';
  const named = errorCodeIn(text)?.code;
  if (named === undefined) return undefined;
  return OF_A_CALL.test(named) ? 'endpoint' : 'token';
}

/** What only somebody says who was given a token. */
export const AFTER_THE_TOKEN =
  /\bIDX10\d{3}\b|\bBearer\b(?! error)|\bJWT\b|\btoken (?:is |has |was )?(?:expired|invalid|malformed)|\baudience\b|\bAuthorization value\b/i;

/** Where a browser comes back to; no API is called there. */
const RETURN_PATH = /\/(?:[\w.-]*callback|signin-oidc|oidc-redirect|redirect)\b/i;

/**
 * `token` where the address of a token endpoint is shown and none of an API: then that is what was asked, whatever
 * words the answer has.
 */
export function onlyTokensAsked(text: string): 'token' | undefined {
  const urls = urlsIn(text);
  const isPlace = (url: string): boolean => {
    const path = pathOf(url);
    return isOAuthUrl(url) || RETURN_PATH.test(path) || (path.length < 2 && !/:\/\/api\b/i.test(url));
  };
  return urls.some(isTokenUrl) && urls.every(isPlace) && !A_CALL.test(text) && !AFTER_THE_TOKEN.test(text)
    ? 'token'
    : undefined;
}

const A_CALL = /\b(?:GET|PUT|PATCH|DELETE|HEAD)\s+\/[\w.{}:-]{2}|(?<![\w.])\/api\/v\d/;

const OF_A_CALL = /^(?:invalid_token|insufficient_scope)$/;

/** A question that tells what happened (`I get invalid_client, why?`), not one about a word's meaning. */
const TOLD =
  /\b(?:fix|solve|resolve|get|gets|getting|got|receiv\w{1,4}|return\w{0,3}|throw\w{0,3}|fail\w{0,3}|answer\w{0,3}|says?)\b/i;

/**
 * An error in a sentence or a log line without a body: `Error: invalid_grant: ip restricted`, `connect ECONNREFUSED`;
 * else what is quoted of a refusal, else a status.
 * @param prose in sentences
 * @param uncut the same uncut: a quotation may have several
 * @param asked what is asked in all that is shown; it decides where the words do not
 */
export function proseAnswers(
  prose: readonly Piece[],
  uncut: readonly Piece[] = prose,
  asked?: About,
): ShownAnswer[] {
  const found =
    inOrder(prose, ({ text }) => /AADSTS\d{4,}/.test(text)) ??
    inOrder(
      prose,
      ({ text }) =>
        errorCodeIn(text.replace(/https?:\/\/\S+/g, ' ')) !== undefined &&
        /[_:(]|error|fail/i.test(text) &&
        (!text.trim().endsWith('?') || TOLD.test(text)),
    );
  if (found) return withNextAnswer(found, asked);
  const silent = inOrder(prose, ({ text }) => unansweredIn(text) !== undefined);
  if (silent) return [{ about: 'token', response: { status: 0, headers: {}, body: silent } }];
  const [quoted] = quotedRefusals(uncut);
  const status = statusIn(uncut.map((p) => p.text).join('\n'));
  if (quoted)
    return [
      {
        about: isTokenTalk(quoted.text) || status === 400 ? 'token' : answerOf(quoted, asked).about,
        response: { status, headers: {}, body: quoted },
      },
    ];
  const whole = prose.map((p) => p.text).join('\n');
  if (prose.length > 6 || statusIn(whole) === 0) return [];
  return prose
    .filter((p) => statusIn(p.text) >= 400)
    .slice(0, 1)
    .map((piece) => ({
      about: isTokenTalk(piece.text) ? 'token' : (asked ?? 'endpoint'),
      response: { status: statusIn(piece.text), headers: {}, body: piece },
    }));
}

/** Behind a sentence of Entra another answer may stand on the same line: one of an API, by its status. */
function withNextAnswer(found: Piece, asked: About | undefined): ShownAnswer[] {
  const entra = ENTRA.exec(found.text);
  const end = entra ? entra.index + entra[0].length : found.text.length;
  const next = cut(found, end);
  const status = statusIn(next.text);
  if (status < 402) return [answerOf(found, asked)];
  return [
    answerOf(cut(found, 0, end), asked),
    { about: 'endpoint', response: { status, headers: {}, body: next } },
  ];
}

/** A line of a log begins with its time, or with a name and a bar, as compose prints it. */
const LOG_LINE =
  /^\s*(?:[\w.-]{1,60}\s*\|\s*)?(?:\w{1,12}=)?[[(]?(?:\d{4}[-/]\d\d[-/]\d\d[T ]|\w{3} {1,2}\d{1,2} )?\d\d:\d\d(?::\d\d)?/;

/** A person tells the failure first; what counts of a log is its last one. */
function inOrder(prose: readonly Piece[], fits: (piece: Piece) => boolean): Piece | undefined {
  const first = prose.find(fits);
  if (!first || !LOG_LINE.test(first.text)) return first;
  return prose.findLast((piece) => LOG_LINE.test(piece.text) && fits(piece));
}

/** The one status that a text names, where nothing else tells of an answer: `the log only says 401`. */
export function loneStatus(prose: readonly Piece[], asked?: About): ShownAnswer | undefined {
  const named = prose.flatMap((piece) =>
    [
      ...piece.text.matchAll(
        /(?<![\w./:-])(40[013459]|410|429|50[0234])(?![\w/-]|:(?! ))(?:(?::| [—–-]) [^\n]{4,400})?/g,
      ),
    ].map((m) => ({
      status: Number(m[1]),
      body: cut(piece, m.index, m.index + m[0].length),
      piece,
    })),
  );
  const [first] = named;
  if (!first || named.some(({ status }) => status !== first.status)) return undefined;
  return {
    // Where words stand behind the status, its own line says what it is about.
    about: isTokenTalk(
      first.body.text.length > 3 ? lineOf(first.piece.text, first.body.text) : first.piece.text,
    )
      ? 'token'
      : (asked ?? 'endpoint'),
    response: { status: first.status, headers: {}, body: first.body },
  };
}

function lineOf(text: string, part: string): string {
  return text.split('\n').find((line) => line.includes(part)) ?? text;
}

/** What is good about the token, unless only elsewhere. */
const GOT_A_TOKEN =
  /\b(?:log-?in|sign-?in|token(?: request| endpoint)?|\w*grant|authentication)\b[^\n.,;]{0,16}\b(?:works?|succeeds?|is (?:fine|ok(?:ay)?|issued))\b(?!\s(?:in|with|from|for|on|via|by|when|if|only|local\w*|else\w*|through|using|un\w+)\b)/i;

/** A sentence that names a call of an API tells of that call, even where it says how its token was got. */
function namesACall(text: string): boolean {
  const named =
    text.match(
      /\b(?:GET|POST|PUT|PATCH|DELETE|HEAD)\s+(?:https?:\/)?\/[\w./{}:-]{2,300}|(?<![\w.])\/api\/v\d[\w./{}:-]{2,300}/g,
    ) ?? [];
  return (
    named.length > 0 &&
    named.every(
      (url) =>
        !isOAuthUrl(url) && !/token(?!s\/me)|oauth(?!\/(?:clients|scopes)\b)|authorize|login/i.test(url),
    )
  );
}

function isTokenTalk(text: string): boolean {
  if (namesACall(text) || GOT_A_TOKEN.test(text)) return false;
  return /token endpoint|oauth\/token|(?:request|get|obtain|fetch)\w* (?:an? |the )?(?:access )?token|client[-_ ]credentials|\b(?:wants?|getting|asks? for)\b[^\n.]{0,12}\btokens?\b|client secret|login|authori[sz]ation server|redirect|grant|redeem|(?:authori[sz]ation|the) code\b/i.test(
    text,
  );
}

/** A JSON body of a token request in a sentence or a dump; what stands behind `=` or `(` is code. */
export function jsonRequestIn(prose: readonly Piece[]): ShownRequest | undefined {
  for (const piece of prose) {
    const found = /(?<![=(:,[]\s{0,4})\{[^{}]{0,3000}"grant_type"\s?:\s?"[^"]{3,80}"[^{}]{0,3000}\}/.exec(
      piece.text.slice(0, 50_000),
    );
    if (found)
      return { method: 'POST', headers: {}, body: cut(piece, found.index, found.index + found[0].length) };
  }
  return undefined;
}

export interface Mentioned {
  readonly request: ShownRequest;
  readonly status: number;
  readonly piece: Piece;
}

/** Calls that sentences name: `POST /api/v2/oauth/token`, `calling /api/v2/… throws a 403`. */
export function callsInProse(prose: readonly Piece[]): Mentioned[] {
  return prose.flatMap((piece, i) => {
    const written = methodWritten(continued(prose, i));
    const pattern =
      /(?:\b(GET|POST|PUT|PATCH|DELETE|HEAD)\s+)?((?:https?:\/\/[^\s"'<>)\u201d\u2019]{4,400})|(?:\/(?:api|v\d|oauth2?|services|rest|connect)[/\w.{}:?=&%-]{2,300}))/g;
    return [...piece.text.matchAll(pattern)].slice(0, 20).map((m) => {
      const url = (m[2] ?? '').replace(/[.,:;]+$/, '');
      const method = m[1] ?? written;
      const around = clauses(piece.text).find((clause) => clause.includes(url)) ?? piece.text;
      return {
        request: { ...(method !== undefined && { method }), url, headers: {} },
        status: statusIn(around) || Number(/\b([45]\d\d)\b/.exec(around.replace(url, ''))?.[1] ?? 0),
        piece: { text: around, at: piece.at + Math.max(0, piece.text.indexOf(around)) },
      };
    });
  });
}

/** A line with those in which its command goes on. */
function continued(prose: readonly Piece[], from: number): string {
  const rest = prose.slice(from, from + 12);
  const end = rest.findIndex(({ text }) => !/[`\\^({,|]\s*$/.test(text));
  return (end < 0 ? rest : rest.slice(0, end + 1)).map(({ text }) => text).join('\n');
}

export function refusedCall(calls: readonly Mentioned[]): Mentioned | undefined {
  const api = calls.filter(
    (c) => !isOAuthUrl(c.request.url ?? '') && /\/api\/|\/v\d|\/services\//.test(c.request.url ?? ''),
  );
  return api.find((c) => c.status >= 400) ?? api[0];
}
