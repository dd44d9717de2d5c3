/** Did you mean: the real endpoints nearest to a path that does not exist. */
import { distance } from 'fastest-levenshtein';
import type { CatalogueEntry, Nearest } from '../core/index.ts';
import { plain, segmentsOf, singular, spelledWordsOf, wordsOf } from './paths.ts';

interface Known {
  readonly entry: CatalogueEntry;
  readonly plain: string;
  /** How much the words say together. */
  readonly weight: number;
}

export interface Ranked {
  readonly entry: CatalogueEntry;
  /** Letters to change, not counting what stands in the places of a template. */
  readonly letters: number;
}

export interface Guesser {
  /** Best first; `letters` tells a slip of the finger from a far likeness. */
  rank(method: string, segments: readonly string[], limit: number): Ranked[];
}

// Of thousands of endpoints, those that share the rarest words are worth a closer look.
const CLOSER_LOOK = 120;
/** So few letters amiss are a misspelling, not another wish. */
export const SLIP = 2;

/** Indexes the words of all paths; ranking then looks closely at a few dozen only. */
export function createGuesser(entries: readonly CatalogueEntry[]): Guesser {
  const paths = entries.map((entry) => segmentsOf(entry.path));
  const byWord = new Map<string, number[]>();
  paths.forEach((segments, index) => {
    for (const word of new Set(wordsOf(segments))) {
      const list = byWord.get(word);
      if (list) list.push(index);
      else byWord.set(word, [index]);
    }
  });
  const weight = (word: string) =>
    Math.log(1 + entries.length / (byWord.get(word)?.length ?? entries.length));
  const known = entries.map((entry, index): Known => {
    const segments = paths[index] ?? [];
    const words = new Set(wordsOf(segments));
    return { entry, plain: plain(segments), weight: [...words].reduce((sum, word) => sum + weight(word), 0) };
  });

  const spellings = new Set(paths.flatMap((segments) => spelledWordsOf(segments)));

  /** Words of the catalogue that a word may stand for, with how well they fit. */
  function readings(word: string): [string, number][] {
    if (byWord.has(singular(word))) return [[singular(word), 1]];
    const reach = word.length < 4 ? 1 : 2;
    const near = new Map<string, number>();
    for (const candidate of spellings) {
      if (Math.abs(candidate.length - word.length) > reach) continue;
      const letters = distance(word, candidate);
      const known = singular(candidate);
      if (letters <= reach) near.set(known, Math.max(near.get(known) ?? 0, 1 - letters / (reach + 1)));
    }
    return [...near].sort(([, a], [, b]) => b - a);
  }

  return {
    rank(method, segments, limit) {
      const wanted = plain(segments);
      const words = [...new Set(spelledWordsOf(segments))].map((word) => readings(word));
      const shared = new Map<number, number>();
      for (const alternatives of words) {
        for (const [word, fit] of alternatives) {
          for (const index of byWord.get(word) ?? []) {
            shared.set(index, (shared.get(index) ?? 0) + fit * weight(word));
          }
        }
      }
      const asked = words.reduce((sum, [best]) => sum + (best ? weight(best[0]) * best[1] : 1), 0);
      return [...shared]
        .flatMap(([index, common]) => {
          const one = known[index];
          return one ? [{ one, overlap: common / Math.max(asked + one.weight - common, common) }] : [];
        })
        .sort((a, b) => b.overlap - a.overlap)
        .slice(0, CLOSER_LOOK)
        .map(({ one, overlap }) => {
          const letters = distance(wanted, one.plain);
          const likeness = 1 - letters / Math.max(wanted.length, one.plain.length, 1);
          const score = 0.5 * likeness + 0.5 * overlap + (one.entry.method === method ? 0.05 : 0);
          return { entry: one.entry, letters, score };
        })
        .sort((a, b) => slips(a.letters) - slips(b.letters) || b.score - a.score)
        .slice(0, limit);
    },
  };
}

/** Misspellings rank by their letters alone; all others rank alike here. */
function slips(letters: number): number {
  return letters <= SLIP ? letters : SLIP + 1;
}

/** Drops repetitions of one endpoint; the first says why. At most `limit`. */
export function distinct(list: readonly Nearest[], limit: number): Nearest[] {
  const seen = new Set<string>();
  return list
    .filter(({ method, path }) => {
      const key = `${method} ${path}`;
      return !seen.has(key) && seen.add(key);
    })
    .slice(0, limit);
}
