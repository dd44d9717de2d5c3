/** A whole post, a log, a terminal's scroll-back: finds the parts of a case in it; what is none of them is prose. */
import { isOAuthUrl, isTokenUrl, urlsIn } from '../core/index.ts';
import { answerLines } from './answer-lines.ts';
import { answerText } from './answer-text.ts';
import { besideTheCase, withoutQuoted } from './beside.ts';
import { isCodeLine } from './code-line.ts';
import { HTTP_START, httpMessages } from './http-text.ts';
import { answersAmong, isLogged, isStackFrame } from './log-lines.ts';
import { logfmtIn } from './logfmt.ts';
import { bareJson, looseJson } from './loose-json.ts';
import { cut, linesOf, trimmed, withNextLine, WRAPPED, type Piece } from './piece.ts';
import { settledIn, since, withoutSettled } from './present.ts';
import { substitutedEnd } from './shell.ts';
import { settingsIn } from './settings-lines.ts';
import type { Shown } from './shown.ts';
import { callsInProse, loneStatus, onlyTokensAsked, proseAnswers, refusedCall, type About } from './told.ts';

type Kind = 'command' | 'code' | 'header' | 'answer' | 'http' | 'prose';

interface Part {
  readonly kind: Kind;
  readonly piece: Piece;
}

/**
 * The parts of a free text.
 * @param returns the lines that end in a carriage return of their file
 */
export function shownOfText(pasted: string, returns?: ReadonlySet<number>): Shown {
  const text = withoutQuoted(pasted, ofKind('answer', partsOf({ text: pasted, at: 0 })));
  const isBeside = besideTheCase(text);
  const parts = partsOf({ text, at: 0 }).filter(
    ({ kind, piece }) => kind !== 'prose' || !isBeside(piece.text),
  );
  const of = (kind: Kind): Piece[] => ofKind(kind, parts);
  const lines = of('prose').filter((line) => !isLogged(line));
  const prose = lines.filter((line) => !isStackFrame(line));
  const sole = onlyTokensAsked(text);
  const asked = askedBefore(parts, sole);
  const http = httpMessages(asked.filter((one) => one.kind === 'http'));
  const settled = settledIn(text);
  const now = since(prose, settled);
  const shown = answersAmong(asked.filter(({ piece }) => piece.at + piece.text.length > settled.until));
  const calls = callsInProse(prose);
  const answered = shown.length > 0 || http.tokenResponses.length + http.apiResponses.length > 0;
  const told = answered ? shown : proseAnswers(now, now, sole);
  const requested = calls.length > 0 || of('command').length > 0 || http.tokenRequest !== undefined;
  const lone = answered || told.length > 0 || requested ? undefined : loneStatus(now, sole);
  const answers = lone ? [lone] : told;
  const tokenCall = http.tokenRequest ?? calls.find((c) => isTokenUrl(c.request.url ?? ''))?.request;
  const apiCall = refusedCall(calls);
  const tokenResponses = [
    ...answers.filter((a) => a.about === 'token').map((a) => a.response),
    ...http.tokenResponses,
  ];
  const apiResponses = [
    ...answers.filter((a) => a.about === 'endpoint').map((a) => a.response),
    ...http.apiResponses,
  ];
  const said =
    apiCall?.status && apiResponses.length === 0
      ? [{ status: apiCall.status, headers: {}, body: apiCall.piece }]
      : [];
  const apiRequest = http.apiRequest ?? apiCall?.request;
  return {
    document: text,
    commands: of('command'),
    headers: of('header'),
    codes: of('code'),
    ...(tokenCall && { tokenRequest: tokenCall }),
    ...(apiRequest && { apiRequest }),
    tokenResponses,
    apiResponses: [...apiResponses, ...said],
    logs: lines.filter(isWritten),
    config: settingsIn({ text, at: 0 }, returns),
    prose: withoutSettled(prose, settled).filter((line) => !isWritten(line)),
  };
}

function ofKind(kind: Kind, parts: readonly Part[]): Piece[] {
  return parts.filter((p) => p.kind === kind && p.piece.text.trim() !== '').map((p) => p.piece);
}

/** A program wrote it, and no person. */
function isWritten(line: Piece): boolean {
  return isStackFrame(line) || logfmtIn(line.text) !== undefined;
}

/**
 * Each part with what was asked before it: the last command, or the header that was sent.
 * @param sole the one thing that is asked in the whole text
 */
function askedBefore(parts: readonly Part[], sole: About | undefined): (Part & { readonly asked?: About })[] {
  let asked = sole;
  return parts.map((part) => {
    if (part.kind === 'command') asked = askedBy(part.piece.text) ?? asked;
    if (part.kind === 'header') asked = /bearer/i.test(part.piece.text) ? 'endpoint' : asked;
    return { ...part, ...(asked && { asked }) };
  });
}

function askedBy(command: string): About | undefined {
  const urls = urlsIn(command);
  if (/\bgrant_type\b/.test(command) || urls.some(isTokenUrl)) return 'token';
  return urls.length > 0 && !urls.some(isOAuthUrl) ? 'endpoint' : undefined;
}

function partsOf(whole: Piece): Part[] {
  const lines = linesOf(whole);
  const parts: Part[] = [];
  let i = 0;
  while (i < lines.length) {
    const taken = takePart(lines, i);
    parts.push(...taken.parts);
    i = Math.max(taken.next, i + 1);
  }
  return parts;
}

interface Taken {
  readonly parts: Part[];
  readonly next: number;
}

function takePart(lines: readonly Piece[], i: number): Taken {
  const line = lines[i] as Piece;
  if (/(?:^|[\s$>`(])curl(?:\.exe)?\s+[^\s]/.test(line.text) && looksRun(line.text))
    return takeCommand(lines, i);
  if (HTTP_START.test(line.text))
    return takeWhile(lines, i, 'http', (l) => l.text.trim() !== '' || false, true);
  if (/^\s*["']?(?:authorization)["']?\s*:\s*["']?\S/i.test(line.text)) return takeHeader(lines, i, headerOf);
  if (/^\s*(?:basic|bearer)\s+\S{3,}\s*$/i.test(line.text)) return takeHeader(lines, i, trimmed);
  const answer = answerLines(lines.slice(i, i + 50));
  if (answer) return { parts: [{ kind: 'answer', piece: answer.piece }], next: i + answer.lines };
  if (isCodeLine(line.text))
    return takeWhile(
      lines,
      i,
      'code',
      (l, n) =>
        !ANSWER_START.test(l.text) &&
        (isCodeLine(l.text) || (l.text.trim() === '' && isCodeLine(n?.text ?? '')) || /^\s+\S/.test(l.text)),
    );
  return takeProse(lines, i);
}

/** The answer in what Node prints of an error of axios, got or undici. */
const ANSWER_START = /^\s*(?:response|data|body)\s?:\s?\{\s*(?:$|['"\w])/;

/** `curl -X …` and `curl https://…`, not `the curl command that I use`. */
function looksRun(text: string): boolean {
  return /curl(?:\.exe)?\s+(?:[-\u2013\u2014]{1,2}\w|['"\u2018\u201c]?https?:|\S+\.\S+\/|\\)/i.test(text);
}

function takeCommand(lines: readonly Piece[], i: number): Taken {
  const start = (lines[i] as Piece).text.search(/curl(?:\.exe)?\s/);
  let last = i;
  while (last + 1 < lines.length && last - i < 60) {
    const here = (lines[last] as Piece).text;
    const next = (lines[last + 1] as Piece).text;
    const continued =
      goesOn(here) || /^\s*[-\u2013\u2014]{1,2}[A-Za-z]/.test(next) || openQuote(lines, i, last);
    if (next.trim() === '' || !continued) break;
    last++;
  }
  const first = lines[i] as Piece;
  const end = lines[last] as Piece;
  const before = cut(first, 0, start);
  const whole = { text: joined(lines, i, last).slice(start), at: first.at + start };
  const opener = /[(`]\s*$/.exec(before.text)?.[0].trim();
  const closed = opener && substitutedEnd(whole.text, opener === '(' ? ')' : '`');
  const piece = closed ? trimmed(cut(whole, 0, closed)) : whole;
  const parts: Part[] = [];
  if (before.text.trim().length > 3) parts.push({ kind: 'prose', piece: before });
  parts.push({
    kind: 'command',
    piece: { ...piece, text: piece.text.slice(0, end.at + end.text.length - piece.at) },
  });
  return { parts, next: last + 1 };
}

/** A backtick at the end goes on in PowerShell, and ends what a shell puts in where one is open before it. */
function goesOn(line: string): boolean {
  return /[\\^]\s*$/.test(line) || (/`\s*$/.test(line) && line.split('`').length % 2 === 0);
}

/** An ASCII quote is open at the end of line `last` and closes within six lines. */
function openQuote(lines: readonly Piece[], from: number, last: number): boolean {
  const text = joined(lines, from, last);
  const quote = ["'", '"'].find(
    (q) => (text.split(q).length - 1) % 2 === 1 && !(q === "'" && /\w'\w/.test(text)),
  );
  if (!quote) return false;
  for (let j = last + 1; j < Math.min(lines.length, last + 7); j++) {
    const { text: line } = lines[j] as Piece;
    if (line.trim() === '') return false;
    if (line.includes(quote)) return true;
  }
  return false;
}

function takeWhile(
  lines: readonly Piece[],
  i: number,
  kind: Kind,
  goes: (line: Piece, next?: Piece) => boolean,
  bodyToo = false,
): Taken {
  let last = i;
  while (last + 1 < lines.length && last - i < 400 && goes(lines[last + 1] as Piece, lines[last + 2])) last++;
  // A raw HTTP message has a body after one blank line.
  if (
    bodyToo &&
    lines[last + 1]?.text.trim() === '' &&
    /^\s*(?:[<>]\s*)?[{[<]|^\s*\w+=/.test(lines[last + 2]?.text ?? '')
  ) {
    last += 2;
    while (last + 1 < lines.length && (lines[last + 1] as Piece).text.trim() !== '') last++;
  }
  return {
    parts: [{ kind, piece: { text: joined(lines, i, last), at: (lines[i] as Piece).at } }],
    next: last + 1,
  };
}

/** Up to the next blank line; a JSON body in it is an answer by itself, whatever follows it on the line. */
function takeProse(lines: readonly Piece[], i: number): Taken {
  const brace = (lines[i] as Piece).text.search(/[{[]/);
  if (brace >= 0) {
    const rest = bareJson(joined(lines, i, Math.min(lines.length - 1, i + 200)).slice(brace));
    const found = looseJson(rest);
    const looksAnswer =
      found &&
      typeof found.value === 'object' &&
      found.value !== null &&
      answerLike(rest.slice(0, found.end));
    if (found && looksAnswer) {
      const at = (lines[i] as Piece).at + brace;
      const end = at + found.end;
      const next = lines.findIndex((line) => line.at > end - 1);
      const after = next < 0 ? lines.length : next;
      const last = lines[after - 1] as Piece;
      const tail = cut(last, Math.max(0, end - last.at));
      const before = cut(lines[i] as Piece, 0, brace);
      const parts: Part[] = [{ kind: 'answer', piece: { text: rest.slice(0, found.end), at } }];
      if (before.text.trim() !== '') parts.unshift({ kind: 'prose', piece: before });
      if (tail.text.trim() === '') return { parts, next: after };
      // A second body on the same line is an answer, too.
      const beside = takeProse([tail, ...lines.slice(after, after + 200)], 0);
      return { parts: [...parts, ...beside.parts], next: after + beside.next - 1 };
    }
  }
  return { parts: [{ kind: 'prose', piece: lines[i] as Piece }], next: i + 1 };
}

function answerLike(text: string): boolean {
  const { body } = answerText(text);
  if (body.kind !== 'json' || body.value === null || typeof body.value !== 'object') return false;
  const keys = Object.keys(body.value);
  return (
    keys.some((key) =>
      /^(?:error|errors|error_?description|error_?code|code|message|messages|status|detail|fault|access_token|token_type|expires_in|errorSummary|odata\.error)$/i.test(
        key,
      ),
    ) && !keys.includes('grant_type')
  );
}

/** A Basic header with the lines in which its value goes on. */
function takeHeader(lines: readonly Piece[], i: number, within: (line: Piece) => Piece): Taken {
  let piece = within(lines[i] as Piece);
  let next = i + 1;
  if (/\bbasic\s+[A-Za-z0-9+/]{40,}\s*$/i.test(piece.text)) {
    for (; WRAPPED.test(lines[next]?.text ?? ''); next++)
      piece = { ...piece, text: withNextLine(piece.text, lines[next]?.text ?? '') };
  }
  return { parts: [{ kind: 'header', piece }], next };
}

function headerOf(line: Piece): Piece {
  const at = line.text.search(/authorization/i);
  return trimmed(cut(line, at));
}

function joined(lines: readonly Piece[], from: number, to: number): string {
  return lines
    .slice(from, to + 1)
    .map((line) => line.text)
    .join('\n');
}
