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
import { untraced } from './trace.ts';

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
  const whole = untraced(text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'));
  const { text: read, kept } = endsOf(whole, LONGEST);
  const value = jsonOf(read);
  if (isStatement(value)) return readStatement(value, profiles, options);
  const har = harMessages(value);
  const shown: Shown = har
    ? { commands: [], headers: [], codes: [], ...har, config: [], prose: [] }
    : shownOfText(read, returnsIn(text, read));
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
  const evidence = hushed(
    evidenceOf(named, profiles, options.at ?? instant(0)),
    shown.document,
    meantSecrets(shown),
  );
  if (!kept) return evidence;
  const [first, last] = [kept.first, kept.last].map((count) => count.toLocaleString('en'));
  const note = `only the first ${first} ${kept.last > 0 ? `and the last ${last} ` : ''}characters were read`;
  return { ...evidence, said: [...evidence.said, { where: 'log', key: 'reading', text: note }] };
}

/**
 * The lines of a file whose carriage returns are its own: some lines of the paste have one and others don't, or the
 * paste is nothing but settings. Where every line has one, a clipboard or a terminal put it there.
 */
function returnsIn(text: string, read: string): Set<number> {
  if (!text.includes('\r\n') || text.length > LONGEST) return new Set();
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const ended = lines.slice(0, -1);
  const onlySettings = read.split('\n').every((line) => /^\s*(?:#.*|(?:export )?[\w.-]+=.*)?$/.test(line));
  if (!onlySettings && ended.every((line) => line.endsWith('\r'))) return new Set();
  return new Set(lines.flatMap((line, index) => (line.endsWith('\r') ? [index] : [])));
}

/** A secret that is written in base64, without its quotes or with a sign that nobody sees may be said again as it is. */
function meantSecrets({ config }: Shown): string[] {
  return config.flatMap(({ key, meant }) =>
    meant !== undefined && /secret/i.test(key) ? [meant.replace(/^[^\x21-\x7e]+|[^\x21-\x7e]+$/g, '')] : [],
  );
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
  // The entry of a HAR file, copied without its braces.
  const whole = /^\s*"request"\s*:\s*\{/.test(text) ? `{${text.trim().replace(/,$/, '')}}` : text;
  if (!/^\s*\{/.test(whole)) return undefined;
  try {
    return JSON.parse(whole) as Json;
  } catch {
    return undefined;
  }
}
