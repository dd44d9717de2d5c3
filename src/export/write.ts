/** Puts what a window brought into the files that hold its hours. */
import { Failure, FileFailure, Unreadable } from '../core/index.ts';
import type { Dataset, Hour, Line, PartitionStore, RowFormat } from '../core/index.ts';
import type { Fetched } from './fetch.ts';
import { hourAt, hourNumber, merged, spanOf, windowOf } from './hours.ts';
import type { Span } from './hours.ts';
import { keyOrder } from './lines.ts';
import { merge, newTally, touched } from './merge.ts';
import type { MergeTally } from './merge.ts';
import type { Pattern } from './pattern.ts';
import { edited, storedLines } from './rebuild.ts';

export interface WriteJob {
  readonly dataset: Dataset;
  readonly pattern: Pattern;
  readonly acceptRemovals: boolean;
}

export interface WritePorts {
  readonly format: RowFormat;
  readonly partitions: PartitionStore;
  /** The file that this run wrote last; the next window mostly goes on where it ends. */
  readonly tail?: Tail;
}

/** What came of a window. */
export interface Written {
  readonly tally: MergeTally;
  /** What stands in the archive: all of the window, or what is left where a file could not be written. */
  readonly parts: readonly Pick<Fetched, 'window' | 'lines'>[];
  readonly failed: readonly FailedFile[];
}

export interface FailedFile {
  readonly path: string;
  readonly span: Span;
  readonly failure: Failure;
}

/** How a file ends that was just written. */
export interface Tail {
  path?: string;
  mark?: string | undefined;
  last?: Line | undefined;
}

/**
 * Puts a window's lines into its files.
 * @param listed what the lookup showed
 * @param files written files are added to it
 * @returns what was written, and which files could not be: each fails by itself
 * @throws Failure `export` where the disk refuses all
 */
export async function writeWindow(
  fetched: Fetched,
  listed: ReadonlySet<string>,
  job: WriteJob,
  ports: WritePorts,
  files: string[],
): Promise<Written> {
  const { window, lines, filler } = fetched;
  const { dataset, pattern } = job;
  const tally = newTally();
  const [from, to] = spanOf(window);
  const entityIndex = dataset.columns.indexOf(dataset.key[dataset.kind === 'table' ? 0 : 1] ?? '');
  const answered = new Set(lines.map((line) => line[entityIndex]));
  const visible = (entity: string): boolean => listed.has(entity) || answered.has(entity);
  const fresh = taker(lines, dataset);
  const zeros = taker(filler, dataset);
  const done: Span[] = [];
  const failed: FailedFile[] = [];
  for (let at = from; at < to;) {
    const file = pattern.spanAt(at);
    const end = Math.min(file[1], to);
    const path = pattern.pathOf(hourAt(at));
    const one = newTally();
    const input = {
      dataset,
      file,
      window: [at, end] as const,
      fresh: fresh(hourAt(end)),
      filler: zeros(hourAt(end)),
      visible,
      acceptRemovals: job.acceptRemovals,
    };
    const span: Span = [at, end];
    at = end;
    try {
      if ((await replace(path, input, one, ports)) && !files.includes(path)) files.push(path);
      add(tally, one);
      done.push(span);
    } catch (error) {
      if (error instanceof Unreadable) {
        failed.push({ path, span, failure: notAsWritten(path, error.message, dataset, file) });
      } else if (error instanceof FileFailure) {
        failed.push({ path, span, failure: error });
      } else throw error;
    }
  }
  return { tally, parts: failed.length === 0 ? [fetched] : partsOf(fetched, done, dataset), failed };
}

function partsOf({ window, lines }: Fetched, done: readonly Span[], dataset: Dataset): Written['parts'] {
  if (dataset.kind !== undefined) return [];
  const hour = dataset.columns.indexOf(dataset.key[0]!);
  return merged(done).map((span) => {
    const { from, to } = windowOf(span);
    return {
      window: { ...window, from, to },
      lines: lines.filter((line) => line[hour]! >= from && line[hour]! < to),
    };
  });
}

/** Gives a sorted list's lines before an hour, each once. */
function taker(lines: Fetched['lines'], dataset: Dataset): (limit: Hour) => Fetched['lines'] {
  if (dataset.kind === 'table') return () => lines;
  const hourIndex = dataset.columns.indexOf(dataset.key[0]!);
  let next = 0;
  return (limit) => {
    const first = next;
    while (next < lines.length && lines[next]![hourIndex]! < limit) next += 1;
    return lines.slice(first, next);
  };
}

async function replace(
  path: string,
  input: Parameters<typeof merge>[1],
  tally: MergeTally,
  { partitions, format, tail = {} }: WritePorts,
): Promise<boolean> {
  const { dataset } = input;
  if (goesOn(tail, path, input) && partitions.extend) {
    const mark = await partitions.extend(path, tail.mark, format.write(input.fresh));
    if (mark !== undefined) {
      tally.added += input.fresh.length;
      Object.assign(tail, { mark, last: input.fresh.at(-1) });
      return true;
    }
  }
  const stored = await storedLines(path, dataset, partitions, format);
  let last: Line | undefined;
  const text = async function* (): AsyncGenerator<string> {
    yield format.header(dataset.columns);
    for await (const batch of merge(stored ?? nothing(), input, tally)) {
      last = batch.at(-1) ?? last;
      if (batch.length > 0) yield format.write(batch);
    }
  };
  const wanted = (): boolean => stored === undefined || touched(tally);
  const mark = await partitions.replace(path, text(), wanted);
  Object.assign(tail, { path, mark, last });
  return wanted();
}

function notAsWritten(path: string, why: string, { kind }: Dataset, file: Span): Failure {
  if (kind === undefined) return edited(path, why, file);
  return new Failure(
    'export',
    `${path} is not as this program wrote it: ${why}. It was left as it is, and nothing was added.`,
    'Put back the file as it was, or move it away; the next run then begins a new one.',
  );
}

/** All that stands in the file is of hours before the window: nothing of it can change, so it need not be read. */
function goesOn(
  tail: Tail,
  path: string,
  { dataset, fresh, filler = [], window }: Parameters<typeof merge>[1],
): tail is Tail & { mark: string; last: Line } {
  const [first] = fresh;
  if (dataset.kind !== undefined || filler.length > 0 || first === undefined) return false;
  if (tail.path !== path || tail.mark === undefined || tail.last === undefined) return false;
  const hour = tail.last[dataset.columns.indexOf(dataset.key[0]!)];
  return hourNumber(hour as Hour) < window[0] && keyOrder(dataset)(tail.last, first) < 0;
}

// eslint-disable-next-line @typescript-eslint/require-await -- an empty source must be as asynchronous as a file
async function* nothing(): AsyncGenerator<never> {
  yield* [];
}

function add(sum: MergeTally, one: MergeTally): void {
  sum.added += one.added;
  sum.changed += one.changed;
  sum.removed += one.removed;
  sum.kept += one.kept;
  for (const hour of one.keptHours) sum.keptHours.add(hour);
  sum.changes.push(...one.changes);
}
