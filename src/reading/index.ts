/**
 * The second door: what people paste becomes evidence. Nothing that it returns holds a secret; it sends nothing,
 * and its work is bounded by the length of the text, of which it reads a megabyte.
 */
import {
  Failure,
  instant,
  type Evidence,
  type Instant,
  type Json,
  type ProviderProfile,
} from '../core/index.ts';
import { evidenceOf } from './build.ts';
import { endsOf, type Ends } from './ends.ts';
import { shownOfText } from './free-text.ts';
import { hushed } from './hush.ts';
import { harMessages } from './http-text.ts';
import type { Shown } from './shown.ts';
import { isStatement, shownOfStatement } from './statement.ts';

/** Characters that are read of a paste; of a longer one the middle is left out, and a note says so. */
export const LONGEST = 1_000_000;

export interface ReadOptions {
  /** What the person calls the provider (`--provider`). */
  readonly provider?: string;
  /** When it is read, UTC. */
  readonly at?: Instant;
}

/**
 * Reads anything that a person can paste: an error body, a command, a header, a log, a whole post, a HAR file, a
 * statement in JSON.
 * @throws Failure `usage` for an empty or binary text
 */
export function readPaste(
  text: string,
  profiles: readonly ProviderProfile[],
  options: ReadOptions = {},
): Evidence {
  refuse(text);
  const whole = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  const { text: read, kept } = endsOf(whole, LONGEST);
  const value = jsonOf(read);
  if (isStatement(value)) return readStatement(value, profiles, options);
  const har = harMessages(value);
  const shown: Shown = har
    ? { commands: [], headers: [], codes: [], ...har, config: [], prose: [] }
    : shownOfText(read);
  return finish(shown, profiles, options, kept);
}

/**
 * Reads a statement (contract, "A statement").
 * @param value parsed JSON; unknown fields are ignored
 * @throws Failure `usage` that names the field whose type is wrong, or says that nothing is shown
 */
export function readStatement(
  value: unknown,
  profiles: readonly ProviderProfile[],
  options: ReadOptions = {},
): Evidence {
  return finish(shownOfStatement(value), profiles, options);
}

function finish(
  shown: Shown,
  profiles: readonly ProviderProfile[],
  options: ReadOptions,
  kept?: Ends['kept'],
): Evidence {
  const named = options.provider === undefined ? shown : { ...shown, provider: options.provider };
  const evidence = hushed(evidenceOf(named, profiles, options.at ?? instant(0)), shown.document);
  if (!kept) return evidence;
  const [first, last] = [kept.first, kept.last].map((count) => count.toLocaleString('en'));
  const note = `only the first ${first} ${kept.last > 0 ? `and the last ${last} ` : ''}characters were read`;
  return { ...evidence, said: [...evidence.said, { where: 'log', key: 'reading', text: note }] };
}

function refuse(text: string): void {
  if (text.trim() === '') {
    throw new Failure(
      'usage',
      'There is nothing to explain: the text is empty.',
      'Paste an error body, a command, a log or a statement.',
    );
  }
  const head = text.slice(0, 4000);
  const odd = [...head].filter((c) => /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/.test(c)).length;
  if (head.includes('\u0000') || odd * 10 > head.length) {
    throw new Failure(
      'usage',
      'The input is not text.',
      'Paste text in UTF-8: an error body, a command, a log or a statement in JSON.',
    );
  }
}

function jsonOf(text: string): Json | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
