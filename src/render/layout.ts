/** Lines of a terminal: measured by display width, broken between words, never inside one. */
import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';

/**
 * Wraps a text and sets it in.
 * @param first stands before the first line, e.g. `  1. `
 * @param rest stands before all others; default: as many spaces as `first` is wide
 */
export function wrapped(
  text: string,
  width: number,
  first = '',
  rest = ' '.repeat(stringWidth(first)),
): string[] {
  const columns = Math.max(20, width - stringWidth(rest));
  const lines = text.split('\n').flatMap((line) => wrapAnsi(line, columns, { hard: false }).split('\n'));
  return lines.map((line, i) => `${i === 0 ? first : rest}${line}`.trimEnd());
}

/** Sets lines in without breaking them, so that they can be copied. */
export function indented(text: string, indent: string): string[] {
  return text.split('\n').map((line) => `${indent}${line}`.trimEnd());
}

/** Columns of a text. */
export function columnsOf(text: string): number {
  return stringWidth(text);
}

/** As much of the text's start (or end) as fits, marked with an ellipsis where something was left out. */
export function fitted(text: string, width: number, keep: 'start' | 'end' = 'start'): string {
  if (stringWidth(text) <= width) return text;
  if (width < 1) return '';
  const characters = [...text];
  if (keep === 'end') characters.reverse();
  let kept = '';
  for (const character of characters) {
    const longer = keep === 'end' ? character + kept : kept + character;
    if (stringWidth(longer) > width - 1) break;
    kept = longer;
  }
  return keep === 'end' ? `…${kept}` : `${kept}…`;
}
