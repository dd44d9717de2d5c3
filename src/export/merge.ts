/**
 * One file's old lines and a window's fresh ones become its new lines. Silence deletes nothing (contract): a stored
 * line of the window that the answer does not hold stays, unless the answer shows that it is really gone.
 */
import { Unreadable } from '../core/index.ts';
import type { Dataset, Hour, Line } from '../core/index.ts';
import { hourNumber } from './hours.ts';
import type { Span } from './hours.ts';
import { keyOrder } from './lines.ts';

export interface MergeInput {
  readonly dataset: Dataset;
  /** The hours that this file may hold. */
  readonly file: Span;
  /** The hours that were asked for. */
  readonly window: Span;
  /** Sorted lines of the window that belong to this file. */
  readonly fresh: readonly Line[];
  /** Sorted lines for what neither the answer nor the archive holds; they replace nothing that is kept. */
  readonly filler?: readonly Line[];
  /** What the API still shows us: a known name, or a row anywhere in the answer. */
  readonly visible: (entity: string) => boolean;
  /** `--accept-removals`: what the answer does not hold goes. */
  readonly acceptRemovals: boolean;
}

/** A stored cell that a fresh answer changed. */
export interface CellChange {
  readonly hour: string;
  readonly key: readonly string[];
  readonly column: string;
  readonly old: string;
  readonly new: string;
}

export interface MergeTally {
  added: number;
  changed: number;
  removed: number;
  kept: number;
  /** Hours with kept lines. */
  readonly keptHours: Set<string>;
  /** Changes of the dataset's count columns; at most `CHANGES_TOLD`. */
  readonly changes: CellChange[];
}

export const CHANGES_TOLD = 1000;

export function newTally(): MergeTally {
  return { added: 0, changed: 0, removed: 0, kept: 0, keptHours: new Set(), changes: [] };
}

/** Whether the file's text differs from what stood. */
export function touched(tally: MergeTally): boolean {
  return tally.added + tally.changed + tally.removed > 0;
}

/**
 * Merges batch by batch, so that a file of any size passes through.
 * @param stored the file's lines in batches, as read; must be sorted by key
 * @param tally is counted up while the result is consumed
 * @throws Unreadable where a stored line is out of order, twice there, or of hours that this file does not hold
 */
export async function* merge(
  stored: AsyncIterable<readonly Line[]>,
  input: MergeInput,
  tally: MergeTally,
): AsyncGenerator<Line[]> {
  const { dataset } = input;
  const order = keyOrder(dataset);
  const hourAt = dataset.columns.indexOf(dataset.key[0]!);
  const entityAt = dataset.key[1] === undefined ? -1 : dataset.columns.indexOf(dataset.key[1]);
  const freshHours = new Set(input.fresh.map((line) => line[hourAt]!));
  const { fresh, filled } = withFiller(input, order);
  const gone = (line: Line): boolean =>
    input.acceptRemovals ||
    (dataset.kind === undefined &&
      freshHours.has(line[hourAt]!) &&
      (entityAt === -1 || input.visible(line[entityAt]!)));
  const nameAt = dataset.nameColumn === undefined ? -1 : dataset.columns.indexOf(dataset.nameColumn);
  /** What goes by no name any more keeps the one that it had. */
  const named = (next: Line, stored: Line): Line =>
    nameAt !== -1 && next[nameAt] === '' && stored[nameAt] !== '' ? next.with(nameAt, stored[nameAt]!) : next;
  const keep = (line: Line): void => {
    tally.kept += 1;
    if (dataset.kind === undefined) tally.keptHours.add(line[hourAt]!);
  };
  let at = 0;
  let last: Line | undefined;
  const seenHour = hourChecker(input);

  for await (const batch of stored) {
    const out: Line[] = [];
    for (const line of batch) {
      const asked = seenHour(line[hourAt]!);
      if (last && order(last, line) >= 0)
        throw new Unreadable(`its rows are not sorted by ${dataset.key.join(', ')}, or one is there twice`);
      last = line;
      while (at < fresh.length && order(fresh[at]!, line) < 0) {
        out.push(fresh[at++]!);
        tally.added += 1;
      }
      if (at < fresh.length && order(fresh[at]!, line) === 0) {
        const next = named(fresh[at]!, line);
        const isFiller = filled.has(fresh[at++]!);
        if (isFiller && !isFillerOf(line, next, dataset) && !gone(line)) {
          keep(line);
          out.push(line);
          continue;
        }
        compare(dataset, line, next, tally);
        out.push(next);
      } else if (!asked) {
        out.push(line);
      } else if (gone(line)) {
        tally.removed += 1;
      } else {
        keep(line);
        out.push(line);
      }
    }
    yield out;
  }
  tally.added += fresh.length - at;
  yield fresh.slice(at);
}

/** Fresh lines and, where they have none, the filler's. */
function withFiller(
  { fresh, filler = [] }: MergeInput,
  order: (a: Line, b: Line) => number,
): { fresh: readonly Line[]; filled: ReadonlySet<Line> } {
  if (filler.length === 0) return { fresh, filled: new Set() };
  const filled = new Set<Line>();
  const all: Line[] = [];
  let at = 0;
  for (const line of filler) {
    while (at < fresh.length && order(fresh[at]!, line) < 0) all.push(fresh[at++]!);
    if (at < fresh.length && order(fresh[at]!, line) === 0) continue;
    filled.add(line);
    all.push(line);
  }
  all.push(...fresh.slice(at));
  return { fresh: all, filled };
}

/** A stored line that was filler itself, perhaps under an earlier name. */
function isFillerOf(stored: Line, filler: Line, { columns, nameColumn }: Dataset): boolean {
  return filler.every((cell, i) => cell === stored[i] || columns[i] === nameColumn);
}

/** Says whether an hour was asked for; throws for one that the file can't hold. */
function hourChecker({ dataset, file, window }: MergeInput): (hour: string) => boolean {
  // A table has no hours, and every row of it was asked for.
  if (dataset.kind === 'table') return () => true;
  let lastHour = '';
  let lastAsked = false;
  return (hour) => {
    if (hour === lastHour) return lastAsked;
    if (!/^\d{4}-\d\d-\d\dT\d\d:00:00Z$/.test(hour))
      throw new Unreadable(`it has a row whose hour is ${JSON.stringify(hour.slice(0, 40))}`);
    const number = hourNumber(hour as Hour);
    if (!(number >= file[0] && number < file[1]))
      throw new Unreadable(`it has a row of ${hour}, which belongs into another file`);
    lastHour = hour;
    // What an earlier moment showed is not asked for again.
    lastAsked = dataset.kind === undefined && number >= window[0] && number < window[1];
    return lastAsked;
  };
}

function compare(dataset: Dataset, old: Line, next: Line, tally: MergeTally): void {
  let same = true;
  for (let i = 0; i < next.length; i++) {
    if (old[i] === next[i]) continue;
    same = false;
    const column = dataset.columns[i]!;
    if (dataset.counts?.includes(column) && tally.changes.length < CHANGES_TOLD)
      tally.changes.push({
        hour: dataset.kind === 'table' ? '' : next[dataset.columns.indexOf(dataset.key[0]!)]!,
        key: dataset.key
          .slice(dataset.kind === 'table' ? 0 : 1)
          .map((k) => next[dataset.columns.indexOf(k)]!),
        column,
        old: old[i]!,
        new: next[i]!,
      });
  }
  if (!same) tally.changed += 1;
}
