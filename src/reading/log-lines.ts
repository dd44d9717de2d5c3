/** Lines of a log that name a call and the status of its answer: `GET /api/v2/users/me -> 200`. */
import { isTokenUrl } from '../core/index.ts';
import { errorCodeIn } from './error-words.ts';
import type { Piece } from './piece.ts';
import type { ShownRequest } from './shown.ts';
import { answerOf, proseAnswers, type About, type ShownAnswer } from './told.ts';

const CALL =
  /(?:\b(GET|POST|PUT|PATCH|DELETE|HEAD)[\s"':]{1,4})?((?:https?:\/\/[^\s"'<>(),;]{4,400})|(?<![\w.:/])\/(?:api|v\d|oauth2?|services|rest|connect)\/[/\w.{}:?=&%$-]{1,300})/;
/** A status: three digits that are no duration, size, port or count. */
const STATUS = String.raw`(?<![\w.:/,#-])([1-5]\d\d)(?![\w./%-]|:\d|,\d|\s?(?:ms|s|sec\w*|m|min\w*|h|bytes?|[kKM]?B|items?|rows?|records?|entities|users?|queues?|results?|characters?|times)\b)`;
/** What a log puts between a call and its status; a sentence has other words there. */
const AFTER = new RegExp(
  String.raw`^["'\])]?\s{0,4}(?:HTTP/[\d.]{1,3}["']?\s{0,4})?(?:(?:->|=>|→|<-|\||:|=|-{1,2}>?)\s{0,3}|(?:status(?:[ _-]?code)?|responded|returned|answered|answer|response|result|failed|http|code)[\s:=]{1,4}(?:with\s)?){0,3}[[("']?${STATUS}`,
  'i',
);
const BEFORE = new RegExp(
  String.raw`(?:<--\s?|HTTP/[\d.]{1,3}\s|\bstatus[ =:]{1,3}|[[(]|(?:^|\]\s?|\s)(?=[1-5]\d\d\s))${STATUS}[\])]?(?:\s[A-Z][A-Za-z]*){0,3}\s?["'(]?$`,
);
/** What a library writes of a failed call, the status first: `401 Client Error: Unauthorized for url: https://…`. */
const RAISED = new RegExp(
  String.raw`${STATUS}\s\(?(?:(?:Client|Server) Error\b[^\n]{0,80}\bfor url: ?|[A-Z][A-Za-z ]{3,30}:? from )["']?$`,
);

/** The line is one of a log that tells how a call ended. */
export function isLogged(line: Piece): boolean {
  return answerLogged(line) !== undefined;
}

/** @returns the answer and its call; undefined where the line does not name both */
function answerLogged(line: Piece): (ShownAnswer & { readonly request: ShownRequest }) | undefined {
  const text = line.text.slice(0, 2000);
  const call = CALL.exec(text);
  if (!call) return undefined;
  const [whole, method, written = ''] = call;
  const url = written.replace(/[.,:;\])]+$/, '');
  const before = text.slice(0, call.index);
  const after = text.slice(call.index + whole.length - (written.length - url.length));
  const raised = RAISED.exec(before);
  const status = Number(AFTER.exec(after)?.[1] ?? raised?.[1] ?? BEFORE.exec(before)?.[1] ?? 0);
  if (status < 200) return undefined;
  const request = { ...(method !== undefined && { method }), url, headers: {} };
  return {
    about: isTokenUrl(url) ? 'token' : 'endpoint',
    request,
    // Of a good answer the line tells nothing more.
    response: { status, headers: {}, request, place: line.at, ...(status >= 300 && { body: line }) },
  };
}

/** A line of a stack trace: where a program stood, and none of the words of the person. */
export function isStackFrame({ text }: Piece): boolean {
  return /^\s+(?:at |in )\S+[^\n]*[(:]|^\s*Traceback \(most recent|^\s+File "[^"\n]+", line \d|^\s+raise \w|^\s*\.\.\. \d+ more$|^\s*--- End of /.test(
    text,
  );
}

interface Part {
  readonly kind: string;
  readonly piece: Piece;
  readonly asked?: About;
}

/** The bodies and the logged answers among the parts, in their order; what a body below its line says is that call's. */
export function answersAmong(parts: readonly Part[]): ShownAnswer[] {
  const found: ShownAnswer[] = [];
  let logged: ShownAnswer | undefined;
  for (const { kind, piece, asked } of parts) {
    if (kind === 'answer') {
      const body = inPlace(answerOf(piece, asked), asked && piece.at);
      const joined = logged && withBody(logged, body);
      if (joined) found.pop();
      found.push(joined ?? body);
      logged = undefined;
    } else if (kind === 'prose') {
      const answer = answerLogged(piece);
      if (answer) found.push((logged = answer));
    } else logged = undefined;
  }
  return logged === undefined ? found : withWords(found, logged, parts);
}

function inPlace({ about, response }: ShownAnswer, place: number | undefined): ShownAnswer {
  return { about, response: { ...response, ...(place !== undefined && { place }) } };
}

function withBody(logged: ShownAnswer, { response }: ShownAnswer): ShownAnswer | undefined {
  const status = response.status || logged.response.status;
  if (
    status !== logged.response.status ||
    (response.status === 0 && status < 300 && logged.about !== 'token')
  )
    return undefined;
  return {
    about: logged.about,
    response: { ...logged.response, ...(response.body && { body: response.body }) },
  };
}

/** A log that ends with a refusal, and beside it the error as a sentence or an exception tells it. */
function withWords(found: ShownAnswer[], last: ShownAnswer, parts: readonly Part[]): ShownAnswer[] {
  const others = parts.flatMap(({ kind, piece }) => (kind === 'prose' && !isLogged(piece) ? [piece] : []));
  const refused = found.some(({ response }) => response.status >= 400);
  const [said] = refused && last.response.status < 400 ? [] : proseAnswers(others);
  const body = said?.response.body;
  if (!said || !body) return found;
  if (last.response.status < 400) return [...found, said];
  const isTold =
    errorCodeIn(body.text) !== undefined && [0, last.response.status].includes(said.response.status);
  return isTold ? [...found.slice(0, -1), { ...last, response: { ...last.response, body } }] : found;
}
