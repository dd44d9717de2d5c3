/** The words of a paste, as they are counted: the trainer and the program read them alike. */
import type { Evidence } from '../../../core/index.ts';
import { withoutDenials } from '../denied.ts';

/** What is looked through, bounded so that a long paste costs no more than a short one: its beginning and its end. */
const LONGEST = 20_000;
/** Longer ones are encoded, not written. */
const LONGEST_WORD = 30;

/** The names that a statement's parts have; a pasted post has none. */
const LABELS =
  /^(?:(?:token|api)Re(?:quest|sponse)(?:\.(?:url|body|status|headers))?|config|note|curl|authorizationHeader)[.:]/gm;

/**
 * @returns each word in lower case with how often it stands there; of the numbers only those of three digits, which
 * may be a status. What is masked separates words.
 */
export function wordsIn({ paste = '', said }: Evidence): Map<string, number> {
  const provider = said.find((s) => s.key === 'provider')?.text ?? '';
  const text = `${provider}\n${withoutDenials(bothEnds(withoutRepeats(paste))).replace(LABELS, ' ')}`;
  const counts = new Map<string, number>();
  for (const [found] of text.matchAll(/[\p{L}_][\p{L}\p{M}\p{N}_]*|\p{N}+/gu)) {
    const word = found.toLowerCase();
    if (word.length < 2 || word.length > LONGEST_WORD || /^(?!\d{3}$)\d+$/.test(word)) continue;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** How often a line counts that a log says again and again; only numbers tell one such line from the next. */
const OFTEN = 3;

function withoutRepeats(text: string): string {
  const seen = new Map<string, number>();
  return text
    .split('\n')
    .filter((line) => {
      const said = line.replace(/\d+/g, '0');
      const times = (seen.get(said) ?? 0) + 1;
      seen.set(said, times);
      return times <= OFTEN;
    })
    .join('\n');
}

function bothEnds(paste: string): string {
  const half = LONGEST / 2;
  return paste.length <= LONGEST ? paste : `${paste.slice(0, half)}\n${paste.slice(-half)}`;
}

/** How many words are told beside the answers: settings, code, commands and sentences; what is masked is none. */
export function wordsTold({ said }: Evidence): number {
  const told = said.filter(({ where, key }) => where !== 'log' && key !== 'provider');
  return (
    withoutRepeats(told.map(({ text = '' }) => text.slice(0, LONGEST)).join('\n')).match(/[\p{L}\p{N}_]+/gu)
      ?.length ?? 0
  );
}
