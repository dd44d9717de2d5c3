/** The door for secrets of settings: a value that can be used and not be printed by accident. */
import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';

const HIDDEN = '•••';

/** A secret value. Printing, spreading, logging and JSON all show `•••`; only `reveal` gives it. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, for the request builder. Whoever calls this answers for where it goes. */
  reveal(): string {
    return this.#value;
  }

  /** Whether nothing is in it. */
  get empty(): boolean {
    return this.#value === '';
  }

  /** Eight hex digits that tell two values apart within one run: HMAC-SHA256 under a key of this run. */
  fingerprint(key: Buffer): string {
    return createHmac('sha256', key).update(this.#value).digest('hex').slice(0, 8);
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}

/** Takes one final line break (LF or CRLF) off of what a file, standard input or a command gave; nothing else. */
export function withoutFinalLineBreak(text: string): string {
  return text.replace(/\r?\n$/, '');
}

/**
 * The text of bytes, byte for byte: a BOM stays and shows, bytes that are no UTF-8 become U+FFFD and show as such.
 */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
