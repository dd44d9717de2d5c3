/** The second net: known secrets, in every writing that a server could echo, are taken out of what passed the first. */
import { formEncode } from '../core/index.ts';
import type { Secret } from './secrets.ts';

const SHORTEST = 4;
const HOLE = '•••';

/** What looks like a credential even if nobody told us of it. */
const ISSUED: readonly RegExp[] = [
  /\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){1,4}/g,
  /\b(basic|bearer|dpop)\s+(?=[A-Za-z\-._~+/]*\d)[A-Za-z0-9\-._~+/]{16,}=*/gi,
  /\b(access_token|refresh_token|id_token|client_secret|password)(=|["']\s*:\s*["'])[^\s"'&,;<>}]{4,}/gi,
];

export class Scrubber {
  readonly #needles = new Set<string>();
  #ordered: string[] | undefined;

  /** Adds a value that must not pass. Values shorter than four characters are left: they would tear up every text. */
  add(value: Secret | string | undefined): this {
    const text = typeof value === 'string' ? value : value?.reveal();
    if (text === undefined || text.trim().length < SHORTEST) return this;
    for (const form of writings(text)) if (form.length >= SHORTEST) this.#needles.add(form);
    this.#ordered = undefined;
    return this;
  }

  /** Adds both halves of a pair and the pair as Basic credentials, encoded and not. */
  addPair(id: string, secret: Secret): this {
    const value = secret.reveal();
    for (const pair of [`${id}:${value}`, `${formEncode(id)}:${formEncode(value)}`]) this.add(pair);
    return this.add(secret);
  }

  /** The text with every known secret, and whatever looks like a token, as `•••`. */
  text(text: string): string {
    let out = text;
    // The longest first, or a part of a secret would leave the rest standing.
    this.#ordered ??= [...this.#needles].sort((a, b) => b.length - a.length);
    for (const needle of this.#ordered) if (out.includes(needle)) out = out.replaceAll(needle, HOLE);
    return out
      .replace(ISSUED[0] as RegExp, HOLE)
      .replace(ISSUED[1] as RegExp, `$1 ${HOLE}`)
      .replace(ISSUED[2] as RegExp, `$1$2${HOLE}`);
  }
}

function writings(text: string): string[] {
  const bytes = Buffer.from(text, 'utf8');
  const forms = [text, text.trim(), formEncode(text), percentEncoded(text)];
  forms.push(JSON.stringify(text).slice(1, -1), htmlEscaped(text));
  for (const encoding of ['base64', 'base64url', 'hex'] as const)
    forms.push(bytes.toString(encoding).replace(/=+$/, ''));
  forms.push(
    encodeURIComponent(bytes.toString('base64')),
    Buffer.from(text, 'latin1').toString('base64').replace(/=+$/, ''),
  );
  return forms;
}

function percentEncoded(text: string): string {
  return formEncode(text).replaceAll('+', '%20');
}

function htmlEscaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
