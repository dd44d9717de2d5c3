/**
 * Answers that stand on lines of their own: in the form encoding, as XML, or with a key and a value on each line, as
 * logs and dumps print them.
 */
import { answerText } from './answer-text.ts';
import { errorCodeIn, isErrorCode } from './error-words.ts';
import { logfmtIn } from './logfmt.ts';
import { cut, type Piece } from './piece.ts';

export interface AnswerLines {
  readonly piece: Piece;
  /** How many lines it takes. */
  readonly lines: number;
}

/** No error body has more lines. */
const MOST_LINES = 40;

/** @returns undefined where no such answer begins with the first of the lines */
export function answerLines(lines: readonly Piece[]): AnswerLines | undefined {
  const [first] = lines;
  if (!first) return undefined;
  const form = formAnswerIn(first);
  if (form) return { piece: form, lines: 1 };
  if (logfmtIn(first.text) && errorCodeIn(first.text)) return { piece: first, lines: 1 };
  if (XML_START.test(first.text)) return block(lines, (line) => line.trim() !== '');
  if (KEY_LINE.test(first.text)) return block(lines, (line) => KEY_LINE.test(line));
  return undefined;
}

const XML_START = /^\s*<(?:\?xml\b|[a-z][\w:-]{0,60}>)/i;
const KEY_LINE =
  /^\s*["'`[:]{0,3}(?:error(?:_?(?:description|code|uri|reason|message))?|message|code|status(?:_?code)?|timestamp|path|trace_id|correlation_id)["'`\]]{0,2}\s{0,8}(?:=>|[:=]|\t)\s{0,8}\S/i;

function block(lines: readonly Piece[], goes: (line: string) => boolean): AnswerLines | undefined {
  const end = lines.slice(0, MOST_LINES).findIndex(({ text }) => !goes(text));
  const taken = lines.slice(0, end < 0 ? MOST_LINES : end);
  const text = taken.map((line) => line.text).join('\n');
  const { body } = answerText(text);
  if (body.kind !== 'json' || body.value === null || typeof body.value !== 'object') return undefined;
  const { error, error_description: description } = body.value as { [name: string]: unknown };
  if (typeof error !== 'string' || !isErrorCode(error)) return undefined;
  // One line that sets a variable is code.
  if (taken.length === 1 && description === undefined) return undefined;
  return { piece: { text, at: taken[0]?.at ?? 0 }, lines: taken.length };
}

/** A list of pairs, alone on the line, or in a URL; nothing behind it but what closes a quotation. */
const PAIRS =
  /^\s*(?:(?:location|url|redirected to)\s?[:=]\s*)?["'`<(]?(?:[a-z][a-z0-9+.-]{1,20}:[^\s?#"'`<>]{0,500}[?#]|[\w./-]{0,200}[?#&]|&)?((?:\w{1,40}=[^\s&"'`<>]{0,8000}(?:&|$|(?=["'`>)\s]))){1,30})["'`>)]{0,2}\s*$/i;

/**
 * The query or the fragment that an authorization server adds to the redirect (RFC 6749 §4.1.2.1, §4.2.2), or a body
 * as GitHub sends one that was not asked for JSON.
 * @returns the pairs, where a line holds nothing else and they are an answer
 */
export function formAnswerIn(line: Piece): Piece | undefined {
  const pairs = PAIRS.exec(line.text.slice(0, 20_000))?.[1];
  if (pairs === undefined || !isAnswer(pairs)) return undefined;
  const from = line.text.indexOf(pairs);
  return cut(line, from, from + pairs.length);
}

/** The fields that only an answer has; a request has a grant type or a client beside them. */
function isAnswer(pairs: string): boolean {
  const fields = new Map(
    pairs.split('&').map((pair): [string, string] => {
      const [name = '', value = ''] = pair.split('=', 2);
      return [name, value];
    }),
  );
  if (fields.has('grant_type') || fields.has('client_id')) return false;
  const error = fields.get('error');
  if (error !== undefined) return isErrorCode(error) || fields.has('error_description');
  return fields.has('access_token') && (fields.has('token_type') || fields.has('expires_in'));
}
