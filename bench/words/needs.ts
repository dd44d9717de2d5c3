/** Which learnt word which case needs: without it, the case's cause is no longer first. */
import lexicon from '../../src/checks/said/words/lexicon.json' with { type: 'json' };
import { pasteProfiles } from '../../src/app/explain-paste.ts';
import { wordsIn } from '../../src/checks/said/words/text.ts';
import { readStatement } from '../../src/reading/index.ts';

/** A case whose cause is first, and how to see whether it still is. */
export interface Right {
  readonly id: string;
  readonly statement: unknown;
  readonly stillFirst: () => boolean;
}

const words = lexicon.words as { [word: string]: unknown };

/** @returns the ids of the cases that need each word; words that none needs are left out */
export function neededWords(right: readonly Right[]): Map<string, string[]> {
  const needs = new Map<string, string[]>();
  for (const one of right)
    for (const word of learntWords(one))
      if (isNeeded(word, one)) needs.set(word, [...(needs.get(word) ?? []), one.id]);
  return needs;
}

/** Whether any of the cases needs the word; stops at the first. */
export function isNeededByAny(word: string, right: readonly Right[]): boolean {
  return right.some((one) => learntWords(one).includes(word) && isNeeded(word, one));
}

const known = new WeakMap<Right, string[]>();

function learntWords(one: Right): string[] {
  const found =
    known.get(one) ??
    [...wordsIn(readStatement(one.statement, pasteProfiles)).keys()].filter((word) =>
      Object.hasOwn(words, word),
    );
  known.set(one, found);
  return found;
}

function isNeeded(word: string, one: Right): boolean {
  const row = words[word];
  delete words[word];
  try {
    return !one.stillFirst();
  } finally {
    words[word] = row;
  }
}
