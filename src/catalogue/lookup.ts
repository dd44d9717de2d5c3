/** A catalogue that can be asked: found by template, URL or misspelt path, in well under a millisecond. */
import type { Catalogue, CatalogueEntry, Nearest } from '../core/index.ts';
import type { AbsentPath, Wish } from './absent.ts';
import { createGuesser, distinct, type Guesser, SLIP } from './nearest.ts';
import { segmentsOf, wordsOf } from './paths.ts';
import { createTree } from './tree.ts';

export interface Checked {
  /** Where it comes from, in words. */
  readonly source: string;
  /** The day of the source, `YYYY-MM-DD`. */
  readonly date: string;
}

export interface CatalogueFacts extends Checked {
  /** The entries are all that the API has: what is not among them does not exist. */
  readonly complete: boolean;
  /** Paths known not to exist, and who was asked. */
  readonly absent?: Checked & { readonly paths: readonly AbsentPath[] };
  readonly wishes?: readonly Wish[];
}

export interface KnownCatalogue extends Catalogue {
  readonly entries: readonly CatalogueEntry[];
  readonly complete: boolean;
  /** The segments that all paths share, e.g. `api`, `v2`; people leave them out. */
  readonly prefix: readonly string[];
  /** By whom it is known that an endpoint does not exist; undefined where that is not known. */
  absence(method: string, path: string): Checked | undefined;
}

const AT_MOST = 5;

/**
 * @param entries templates as the API documents them; of two with the same method and path the first counts
 * @param facts whence they come, and what is known not to exist
 */
export function createCatalogue(entries: readonly CatalogueEntry[], facts: CatalogueFacts): KnownCatalogue {
  const tree = createTree();
  for (const entry of entries) tree.add(segmentsOf(entry.path), entry);
  const absent = new Map((facts.absent?.paths ?? []).map((one) => [key(segmentsOf(one.path)), one]));
  const prefix = commonPrefix(entries);
  let guesser: Guesser | undefined;

  /** The path as written, then with the version prefix that was left out, whole or in part. */
  function* spellings(target: string): Generator<string[]> {
    const segments = segmentsOf(target);
    yield segments;
    for (let given = prefix.length - 1; given >= 0; given--) {
      const tail = prefix.slice(prefix.length - given);
      if (tail.every((word, i) => segments[i]?.toLowerCase() === word)) {
        yield [...prefix, ...segments.slice(given)];
      }
    }
    // `/api/routing/queues`: the name without the version.
    const [name, ...rest] = prefix;
    if (name !== undefined && rest.length > 0 && segments[0]?.toLowerCase() === name) {
      yield [...prefix, ...segments.slice(1)];
    }
  }

  function gone(target: string): AbsentPath | undefined {
    for (const segments of spellings(target)) {
      const found = absent.get(key(segments));
      if (found) return found;
    }
    return undefined;
  }

  function find(method: string, target: string): CatalogueEntry | undefined {
    const verb = method.toUpperCase();
    const known = gone(target) !== undefined;
    for (const segments of spellings(target)) {
      const match = tree.match(verb, segments);
      // `/oauth/clients/search` is no client's id: what is known to be absent fits no template's place.
      if (match && (match.literal || !known)) return match.entry;
    }
    return undefined;
  }

  function absence(method: string, target: string): Checked | undefined {
    if (find(method, target)) return undefined;
    if (facts.complete) return { source: facts.source, date: facts.date };
    return gone(target) ? facts.absent : undefined;
  }

  return {
    source: facts.source,
    date: facts.date,
    entries,
    complete: facts.complete,
    prefix,
    find,
    exists(method, target) {
      if (find(method, target)) return true;
      return absence(method, target) ? false : 'unknown';
    },
    absence,
    nearest(method, target) {
      guesser ??= createGuesser(entries);
      const verb = method.toUpperCase();
      const spelt = [...spellings(target)];
      const known = gone(target);
      const segments = spelt.at(-1) ?? [];
      const ranked = guesser.rank(verb, segments, AT_MOST * 2);
      const guesses = ranked.map(({ entry }): Nearest => ({ method: entry.method, path: entry.path }));
      const slips = guesses.slice(0, ranked.filter(({ letters }) => letters <= SLIP).length);
      const otherMethods = known
        ? []
        : spelt
            .flatMap((one) => tree.methods(one))
            .map((entry): Nearest => ({
              method: entry.method,
              path: entry.path,
              why: 'the same path with another method',
            }));
      const wished = wish(facts.wishes ?? [], segments);
      return distinct(
        [...(known?.instead ?? []), ...otherMethods, ...slips, ...wished, ...guesses],
        AT_MOST,
      ).filter(({ method: m, path }) => find(m, path) !== undefined);
    },
  };
}

function key(segments: readonly string[]): string {
  return segments.join('/').toLowerCase();
}

function wish(wishes: readonly Wish[], segments: readonly string[]): readonly Nearest[] {
  const words = new Set(wordsOf(segments));
  const fits = wishes.find(
    ({ all, any }) => all.every((word) => words.has(word)) && (any?.some((word) => words.has(word)) ?? true),
  );
  return fits?.instead ?? [];
}

/** At most two leading words that every path shares. */
function commonPrefix(entries: readonly CatalogueEntry[]): string[] {
  const [first, ...others] = entries.map(({ path }) => segmentsOf(path));
  if (!first || others.length === 0) return [];
  let length = Math.min(2, first.length);
  for (const other of others) {
    while (length > 0 && first.slice(0, length).join('/') !== other.slice(0, length).join('/')) length--;
  }
  return first.slice(0, length).map((word) => word.toLowerCase());
}
