/** A piece of the masked paste with its defect underlined. */
import { type Span } from '../core/index.ts';
import { columnsOf, fitted } from './layout.ts';
import { safeLine } from './safe.ts';
import type { Paint } from './view.ts';

/** Where a span lies in the paste, for people and for editors. */
export interface Place {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  readonly before: string;
  readonly marked: string;
  readonly after: string;
  /** The span goes on beyond this line. */
  readonly more: boolean;
}

/** The first line of a span, its texts made safe. A span outside the paste is cut to it. */
export function placeOf(paste: string, span: Span): Place {
  const from = Math.min(Math.max(0, span.from), paste.length);
  const to = Math.min(Math.max(from, span.to), paste.length);
  // A negative start is taken for 0, and would find a line break that stands at the span itself.
  const start = from === 0 ? 0 : paste.lastIndexOf('\n', from - 1) + 1;
  const newline = paste.indexOf('\n', from);
  const end = newline < 0 ? paste.length : newline;
  const after = safeLine(paste.slice(Math.min(to, end), end));
  const marked = safeAtSeam(safeLine(paste.slice(from, Math.min(to, end))), after);
  return {
    line: paste.slice(0, start).split('\n').length,
    column: from - start + 1,
    before: safeAtSeam(safeLine(paste.slice(start, from)), marked + after),
    marked,
    after,
    more: to > end + 1,
  };
}

/** What a CI log would obey may be whole only where two safe pieces meet; then the first one's last character is shown as code. */
function safeAtSeam(left: string, right: string): string {
  if (left === '' || safeLine(left + right) === left + right) return left;
  const last = [...left].at(-1) ?? '';
  return `${left.slice(0, left.length - last.length)}\\u{${(last.codePointAt(0) ?? 0).toString(16)}}`;
}

/**
 * The line with carets below what is meant; both fit the width.
 * ```
 *   3 | curl -X POST “https://api.example
 *     |              ^
 * ```
 */
export function underlined(paste: string, span: Span, width: number, paint: Paint): string[] {
  const place = placeOf(paste, span);
  const number = String(place.line);
  const gutter = `    ${number} | `;
  const room = Math.max(16, width - gutter.length);
  const marked = fitted(place.marked, Math.floor(room * 0.7));
  const before = fitted(place.before, Math.floor((room - columnsOf(marked)) * 0.6), 'end');
  const after = fitted(place.after, room - columnsOf(before) - columnsOf(marked));
  const carets = '^'.repeat(Math.max(1, columnsOf(marked)));
  const line = `${paint.dim(gutter)}${before}${paint.red(marked)}${after}`.trimEnd();
  const below = `${paint.dim(`    ${' '.repeat(number.length)} | `)}${' '.repeat(columnsOf(before))}`;
  return [line, `${below}${paint.red(carets)}${place.more ? ' and on' : ''}`];
}
