/** The second net: known secrets, in every writing that a server could echo, are taken out of what passed the first. */
import { formEncode } from '../core/index.ts';
import type { Secret } from './secrets.ts';

const SHORTEST = 4;
const HOLE = '•••';

/** What looks like a credential even if nobody told us of it. */
const ISSUED: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){1,4}/g, HOLE],
  [/\b(basic|bearer|dpop)\s+(?=[A-Za-z\-._~+/]*\d)[A-Za-z0-9\-._~+/]{16,}=*/gi, `$1 ${HOLE}`],
  [
    /\b(access_token|refresh_token|id_token|client_secret|password)(=|["']\s*:\s*["'])[^\s"'&,;<>}]{4,}/gi,
    `$1$2${HOLE}`,
  ],
];

export class Scrubber {
  readonly #known = new Set<string>();
  readonly #patterns: Known[] = [];

  /** Adds a value that must not pass. Values shorter than four characters are left: they would tear up every text. */
  add(value: Secret | string | undefined): this {
    const text = typeof value === 'string' ? value : value?.reveal();
    if (text === undefined || text.trim().length < SHORTEST || this.#known.has(text)) return this;
    this.#known.add(text);
    this.#patterns.push(pattern(text));
    // The longest first, or a part of a secret would leave the rest standing.
    this.#patterns.sort((a, b) => b.pattern.source.length - a.pattern.source.length);
    return this;
  }

  /** Adds the secret of a pair, and the pair as Basic credentials, form-encoded and not. */
  addPair(id: string, secret: Secret): this {
    const value = secret.reveal();
    return this.add(`${id}:${value}`)
      .add(`${formEncode(id)}:${formEncode(value)}`)
      .add(secret);
  }

  /** The text with every known secret, and whatever looks like a token, as `•••`. */
  text(text: string): string {
    let out = text;
    for (const known of this.#patterns) if (mayHold(out, known)) out = out.replace(known.pattern, HOLE);
    for (const [issued, hole] of ISSUED) out = out.replace(issued, hole);
    return out;
  }
}

interface Known {
  readonly pattern: RegExp;
  /** The writings in which each character stands for itself. */
  readonly plain: readonly string[];
}

/**
 * Whether the pattern is worth trying. It takes a tenth of a second to compile, and where no character begins another
 * writing, only the plain ones can be there.
 */
function mayHold(text: string, { plain }: Known): boolean {
  return /[%&\\+]/.test(text) || plain.some((form) => text.includes(form));
}

/** The value itself with each character in any of its writings, or the whole in base64 or hex. */
function pattern(text: string): Known {
  const bytes = Buffer.from(text, 'utf8');
  const encoded = [
    bytes.toString('base64'),
    Buffer.from(text, 'latin1').toString('base64'),
    bytes.toString('base64url'),
  ];
  const unpadded = [...new Set(encoded.map((form) => form.replace(/=+$/, '')))];
  const forms = unpadded.map((form) => `${spelt(form)}(?:=|%3[dD]){0,2}`);
  const trimmed = text.trim();
  const hex = bytes.toString('hex');
  return {
    pattern: new RegExp([...new Set([spelt(text), spelt(trimmed), ...forms, hex])].join('|'), 'gu'),
    plain: [trimmed, ...unpadded, hex],
  };
}

const NAMED: { readonly [character: string]: string } = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};

/** Each character as it is, percent-encoded, as a JSON escape or as an HTML entity; mixed as a server likes. */
function spelt(text: string): string {
  return [...text]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      const units = [...Array(character.length).keys()].map(
        (i) => `\\\\u${anyCase(character.charCodeAt(i), 4)}`,
      );
      const forms = [
        `\\u{${code.toString(16)}}`,
        ...(code < 0xd800 || code > 0xdfff ? [percent(character)] : []),
        units.join(''),
        `&#0*${code};`,
        `&#[xX]0*${anyCase(code, 1)};`,
      ];
      if (character === ' ') forms.push('\\+');
      if (character === '\n') forms.push('\\\\n');
      if (character === '\r') forms.push('\\\\r');
      if (character === '\t') forms.push('\\\\t');
      if ('"\\/\''.includes(character)) forms.push(`\\\\\\u{${code.toString(16)}}`);
      const name = NAMED[character];
      if (name !== undefined) forms.push(`&${name};`);
      return `(?:${forms.join('|')})`;
    })
    .join('');
}

function percent(character: string): string {
  return [...Buffer.from(character, 'utf8')].map((byte) => `%${anyCase(byte, 2)}`).join('');
}

function anyCase(value: number, digits: number): string {
  return value
    .toString(16)
    .padStart(digits, '0')
    .replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}
