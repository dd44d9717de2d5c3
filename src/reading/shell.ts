/**
 * A command line as it was pasted, in words, for bash, cmd and PowerShell alike, and what is wrong with its quoting.
 * It reads what people paste and not only what a shell accepts, because the defect is what we look for; shell-quote
 * gives neither places nor defects, so it does not serve here.
 */
import type { Piece } from './piece.ts';

export interface Word {
  readonly text: string;
  /** Places in the piece. */
  readonly from: number;
  readonly to: number;
  readonly quote: '"' | "'" | '' | 'typographic';
}

export interface Defect {
  readonly slug:
    | 'missing-quote'
    | 'typographic-quotes'
    | 'typographic-dash'
    | 'missing-continuation'
    | 'broken-continuation'
    | 'newline-in-quotes'
    | 'unquoted-ampersand'
    | 'unquoted-space';
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

export interface CommandLine {
  readonly words: readonly Word[];
  readonly defects: readonly Defect[];
}

const OPENING = /[\u201c\u201d\u201e\u2018\u2019\u201a]/;
const DOUBLE = /["\u201c\u201d\u201e]/;
const SINGLE = /['\u2018\u2019\u201a]/;

/** Splits a command; one pass over the text. */
export function commandLine({ text }: Piece): CommandLine {
  const words: Word[] = [];
  const defects: Defect[] = [];
  let at = 0;
  while (at < text.length) {
    const gap = separator(text, at, words.length > 0, defects);
    if (gap > at) {
      at = gap;
      continue;
    }
    const word = readWord(text, at, defects);
    words.push(word);
    at = Math.max(word.to, at + 1);
  }
  return { words, defects: [...defects, ...dashes(words), ...ampersands(words)] };
}

/**
 * The end of a command that a shell puts in, as in `TOKEN=$(curl … | jq -r .access_token)`: where it closes, or where
 * a pipe hands its output on. Quotes within are its own.
 * @param text begins with the command
 * @param closer what ends it
 * @returns undefined where it does not end in the text
 */
export function substitutedEnd(text: string, closer: ')' | '`'): number | undefined {
  let quote = '';
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const c = text[at] ?? '';
    if (c === '\\' && quote !== "'") at++;
    else if (quote !== '') quote = c === quote ? '' : quote;
    else if (c === '"' || c === "'") quote = c;
    else if (depth === 0 && (c === closer || c === '|')) return at;
    else if (c === '(') depth++;
    else if (c === ')') depth--;
  }
  return undefined;
}

/** White space and line continuations (`\`, `^`, backtick); a bare line break before an option is a defect. */
function separator(text: string, from: number, started: boolean, defects: Defect[]): number {
  const c = text[from] ?? '';
  if ((c === '\\' || c === '^' || c === '`') && /^[\\^`][ \t]*\r?\n/.test(text.slice(from, from + 40))) {
    const end = text.indexOf('\n', from) + 1;
    const blanks = text.slice(from + 1, end).replace(/[\r\n]/g, '').length;
    if (blanks > 0) {
      defects.push({
        slug: 'broken-continuation',
        text: `a blank follows the ${c} at the end of the line, so the line is not continued`,
        from,
        to: end - 1,
      });
    }
    return end;
  }
  if (c === '\n' || c === '\r') {
    if (c === '\n' && started && /^\n[ \t]*[-\u2013\u2014]{1,2}[A-Za-z]/.test(text.slice(from, from + 80))) {
      const end = lineEnd(text, from + 1);
      defects.push({
        slug: 'missing-continuation',
        text: 'the line before does not end in \\, so the shell runs this line as a command of its own',
        from: from + 1,
        to: end,
      });
    }
    return from + 1;
  }
  return /\s/.test(c) ? from + 1 : from;
}

function readWord(text: string, from: number, defects: Defect[]): Word {
  let out = '';
  let at = from;
  let quote: Word['quote'] = '';
  while (at < text.length) {
    const c = text[at] ?? '';
    if (/\s/.test(c)) break;
    if (DOUBLE.test(c) || SINGLE.test(c)) {
      const end = closing(text, at, defects);
      const open = end === lineEnd(text, at) && !closes(text, at, end);
      if (OPENING.test(c)) typographic(text, at, end, defects);
      quote = OPENING.test(c) ? 'typographic' : (c as '"' | "'");
      const inner = text.slice(at + 1, end);
      if (open) {
        // What was meant goes up to the sign that continues the line.
        const meant = inner.replace(/\s+[\\^`][ \t]*\r?$/, '');
        out += unescaped(meant, c);
        at += 1 + meant.length;
        break;
      }
      out += unescaped(inner, c);
      at = Math.min(text.length, end + 1);
      continue;
    }
    if ((c === '\\' || c === '^') && at + 1 < text.length) {
      if (/\s/.test(text[at + 1] ?? '')) break;
      if (c === '\\') at++;
    }
    out += text[at] ?? '';
    at++;
  }
  return { text: out, from, to: at, quote };
}

/** The end of a quoted stretch. A quote that never closes, or only after another option began, ends with its line. */
function closing(text: string, from: number, defects: Defect[]): number {
  const kind = DOUBLE.test(text[from] ?? '') ? DOUBLE : SINGLE;
  const ascii = !OPENING.test(text[from] ?? '');
  const end = lineEnd(text, from);
  for (let at = from + 1; at < text.length; at++) {
    const c = text[at] ?? '';
    if (c === '\\' && ascii && kind === DOUBLE) {
      at++;
      continue;
    }
    if (kind.test(c) && (!ascii || !OPENING.test(c) || at < end)) {
      const broken = /\n[ \t]*-{1,2}[A-Za-z]/.test(text.slice(from, at));
      if (broken) break;
      const inner = text.slice(from + 1, at);
      if (inner.includes('\n') && /^https?:/i.test(inner)) {
        defects.push({
          slug: 'newline-in-quotes',
          text: 'a line break stands inside the quoted URL, so what follows it is not sent as the body',
          from,
          to: at + 1,
        });
      }
      return at;
    }
  }
  defects.push({ slug: 'missing-quote', text: 'the quote that opens here is never closed', from, to: end });
  return end;
}

/** A quote of the same kind stands at `end`. */
function closes(text: string, from: number, end: number): boolean {
  const kind = DOUBLE.test(text[from] ?? '') ? DOUBLE : SINGLE;
  return end < text.length && kind.test(text[end] ?? '');
}

function typographic(text: string, from: number, end: number, defects: Defect[]): void {
  defects.push({
    slug: 'typographic-quotes',
    text: 'typographic quotes are ordinary letters to a shell; use " or \'',
    from,
    to: Math.min(text.length, end + 1),
  });
}

function unescaped(inner: string, quote: string): string {
  return quote === '"' ? inner.replace(/\\(["\\$`])/g, '$1').replace(/\\\r?\n/g, '') : inner;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function dashes(words: readonly Word[]): Defect[] {
  return words
    .filter((w) => /^[\u2013\u2014\u2212][A-Za-z]/.test(w.text))
    .map((w) => ({
      slug: 'typographic-dash' as const,
      text: `${w.text.slice(0, 12)} begins with a typographic dash; an option begins with - or --`,
      from: w.from,
      to: w.to,
    }));
}

/** An `&` outside quotes ends the command; the rest of the form is lost. */
function ampersands(words: readonly Word[]): Defect[] {
  return words
    .filter((w) => w.quote === '' && /\w=[^&]*&\w+=/.test(w.text))
    .map((w) => ({
      slug: 'unquoted-ampersand' as const,
      text: 'an & outside quotes ends the command for a shell, so what follows it is not sent',
      from: w.from,
      to: w.to,
    }));
}
