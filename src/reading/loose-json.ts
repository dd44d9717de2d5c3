/**
 * JSON as people paste it: whole, cut off, with typographic or single quotes, bare keys, trailing commas, Python's
 * `None`, `True` and `b'…'`, JavaScript's `undefined`. One pass, no backtracking: the work is bounded by the text.
 */
import type { Json } from '../core/index.ts';
import { plainQuotes } from './piece.ts';

export interface LooseJson {
  readonly value: Json;
  /** Index after the last character that was read. */
  readonly end: number;
  /** The text ended before the value did. */
  readonly cut: boolean;
}

const DEEPEST = 40;
const WORDS: { readonly [word: string]: Json } = {
  true: true,
  True: true,
  false: false,
  False: false,
  null: null,
  None: null,
  nil: null,
  undefined: null,
};

/**
 * Reads one object or array.
 * @param text anything; reading starts at `from`, which must be `{` or `[`
 * @returns undefined where no object with at least one key, and no array, stands there
 */
export function looseJson(text: string, from = 0): LooseJson | undefined {
  if (text[from] !== '{' && text[from] !== '[') return undefined;
  const reader = new Reader(plainQuotes(text), from);
  try {
    const value = reader.value(0);
    // A backslash at the very end is read as if it escaped something.
    return { value, end: Math.min(reader.at, text.length), cut: reader.cut };
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

/**
 * JSON in a string of a log, `{\\"error\\":…}`, with its quotes bare; one for one, so that places stay true.
 * @returns the text as it is where no such JSON begins in it, or other JSON does
 */
export function bareJson(text: string): string {
  if (!/[{[]\s{0,4}\\"/.test(text) || /[{[]\s{0,4}["']/.test(text)) return text;
  return text.replace(/(\\{3})"|\\"/g, (_, inner: string | undefined, at: number) => {
    if (inner !== undefined) return '  \\"';
    return /[{[,:]\s{0,4}$/.test(text.slice(Math.max(0, at - 5), at)) ? ' "' : '" ';
  });
}

class NotJson extends Error {}

class Reader {
  readonly text: string;
  at: number;
  cut = false;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  value(depth: number): Json {
    if (depth > DEEPEST) throw new NotJson();
    this.space();
    const c = this.text[this.at];
    if (c === undefined) return this.ended(null);
    if (c === '{') return this.object(depth);
    if (c === '[') return this.array(depth);
    if (c === '"' || c === "'" || c === '`') return this.quoted(c);
    if ((c === 'b' || c === 'u' || c === 'f') && /["']/.test(this.text[this.at + 1] ?? '')) {
      this.at++;
      return this.quoted(this.text[this.at] ?? '"');
    }
    return this.bare();
  }

  private object(depth: number): Json {
    this.at++;
    const out: { [key: string]: Json } = {};
    for (;;) {
      this.space(',');
      const c = this.text[this.at];
      if (c === undefined) return this.ended(out);
      if (c === '}') {
        this.at++;
        return out;
      }
      const key = c === '"' || c === "'" || c === '`' ? this.quoted(c) : this.bareKey();
      this.space();
      const colon = this.text[this.at];
      if (colon === undefined) return this.ended(out);
      if (colon === '=' && this.text[this.at + 1] === '>') this.at += 2;
      else if (colon === ':' || colon === '=') this.at++;
      else throw new NotJson();
      Object.defineProperty(out, key, {
        value: this.value(depth + 1),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
  }

  private array(depth: number): Json {
    this.at++;
    const out: Json[] = [];
    for (;;) {
      this.space(',');
      const c = this.text[this.at];
      if (c === undefined) return this.ended(out);
      if (c === ']') {
        this.at++;
        return out;
      }
      if (c === '}') throw new NotJson();
      out.push(this.value(depth + 1));
    }
  }

  /** A closing quote is one that something structural follows: `isn't` inside '…' does not end it. */
  private quoted(quote: string): string {
    let out = '';
    this.at++;
    for (; this.at < this.text.length; this.at++) {
      const c = this.text[this.at] ?? '';
      if (c === '\\') {
        this.at++;
        out += escaped(this.text, this.at);
        if (this.text[this.at] === 'u') this.at += 4;
        continue;
      }
      if (c === quote && this.closes(quote)) {
        this.at++;
        return out;
      }
      out += c;
    }
    return this.ended(out);
  }

  private closes(quote: string): boolean {
    let next = this.at + 1;
    while (next < this.text.length && next < this.at + 200 && /\s/.test(this.text[next] ?? '')) next++;
    const after = this.text[next];
    if (after === undefined || ',:}])=;'.includes(after)) return true;
    return quote === '"' && !/\w/.test(after);
  }

  private bareKey(): string {
    const match = /[\w$.\-/ ]+/y;
    match.lastIndex = this.at;
    const key = match.exec(this.text.slice(0, this.at + 120))?.[0] ?? '';
    if (key.trim() === '') throw new NotJson();
    this.at += key.length;
    return key.trim();
  }

  private bare(): Json {
    const from = this.at;
    while (this.at < this.text.length && !',}]\n'.includes(this.text[this.at] ?? '')) this.at++;
    const word = this.text.slice(from, this.at).trim();
    if (this.at >= this.text.length) this.cut = true;
    if (word === '') throw new NotJson();
    if (Object.hasOwn(WORDS, word)) return WORDS[word] ?? null;
    return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(word) ? Number(word) : word;
  }

  private space(also = ''): void {
    while (this.at < this.text.length) {
      const c = this.text[this.at] ?? '';
      if (!/\s/.test(c) && c !== also) return;
      this.at++;
    }
  }

  private ended<T>(value: T): T {
    this.cut = true;
    return value;
  }
}

const ESCAPES: { readonly [c: string]: string } = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function escaped(text: string, at: number): string {
  const c = text[at] ?? '';
  if (c !== 'u') return ESCAPES[c] ?? c;
  const hex = text.slice(at + 1, at + 5);
  return /^[0-9a-f]{4}$/i.test(hex) ? String.fromCharCode(parseInt(hex, 16)) : 'u';
}
