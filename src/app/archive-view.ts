/** Reads an archive for its pictures. Asks nobody, changes nothing. */
import { HOUR_MS, Unreadable, hourOf, instant } from '../core/index.ts';
import type { ArchivePictures, Dataset, Hour, Json, Line } from '../core/index.ts';
import { coverageOf } from '../export/coverage.ts';
import { coverageRuns } from '../export/coverage-map.ts';
import { figuresOf } from '../export/figures.ts';
import type { FiguresReader } from '../export/figures.ts';
import { common, countHours, hourAt, hourNumber, merged, without, windowOf } from '../export/hours.ts';
import type { Span } from '../export/hours.ts';
import { doneSpans } from '../export/ledger.ts';
import type { Pattern } from '../export/pattern.ts';
import { edited, storedLines } from '../export/rebuild.ts';
import { diskPartitions } from '../io/partition-store.ts';
import type { RunRecord } from '../io/run-log.ts';
import { rowsBy } from '../render/rows.ts';
import { openArchive, openStanding, runsOf } from './archive-status.ts';

/** Without bounds the last year is drawn: more is too fine to see. */
const DRAWN_HOURS = 366 * 24;

/**
 * @throws Failure `config` (exit 2) where there is no archive, `export` where one of its files was changed by somebody
 */
export async function archivePictures(
  { dataset: named, pattern, root }: { dataset: Dataset; pattern: Pattern; root: string },
  options: { now: Date; settleMs: number; from?: Hour; to?: Hour },
): Promise<ArchivePictures> {
  const { ledger, dataset } = await openStanding({ dataset: named, pattern, root }, options.now);
  const done = doneSpans(ledger);
  const { missing } = coverageOf(ledger, options.now, options.settleMs, 1);
  const owed = merged([...done, ...missing.map((w): Span => [hourNumber(w.from), hourNumber(w.to)])]);
  const span = drawnSpan(owed, hourNumber(hourOf(options.now)), options);
  const figures = figuresOf(dataset, span, done);
  await read(span, { dataset, pattern, root }, figures);
  const own = await runsOf({ dataset, pattern, root });
  const restated = restatedIn(own, span);
  const first = own[0]?.['at'];
  const name = ledger.organization?.name ?? ledger.organization?.id;
  return {
    dataset: dataset.id,
    out: pattern.text,
    ...(name !== undefined && { organization: name }),
    from: hourAt(span[0]),
    to: hourAt(span[1]),
    madeAt: instant(options.now),
    figures: figures.end(),
    coverage: coverageRuns(span, done, owed, restated.keys()),
    closedHours: countHours(common([span], done)),
    missing: without(common([span], owed), done).map(windowOf),
    restated: [...restated]
      .map(([hour, cells]) => ({ hour, cells }))
      .sort((a, b) => (a.hour < b.hour ? -1 : 1)),
    ...(typeof first === 'string' && { runsSince: first }),
  };
}

/**
 * Offered contacts by hour of each day that is drawn; empty where the dataset does not count them.
 * @param days `2026-11-23`, oldest first
 */
export async function trafficByDay(
  { dataset: named, pattern, root }: { dataset: Dataset; pattern: Pattern; root: string },
  days: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const { dataset } = await openArchive({ dataset: named, pattern, root }, now);
  const [hourAt, offeredAt] = [dataset.columns.indexOf(dataset.key[0]!), dataset.columns.indexOf('offered')];
  const [oldest, newest] = [days[0], days.at(-1)];
  if (offeredAt === -1 || oldest === undefined || newest === undefined) return new Map();
  const out = new Map(days.map((day) => [day, new Array<number>(24).fill(0)]));
  const midnight = (day: string): number => Date.parse(day) / HOUR_MS;
  const add = (lines: readonly Line[]): void => {
    for (const line of lines) {
      const hours = out.get(line[hourAt]!.slice(0, 10));
      if (hours) hours[Number(line[hourAt]!.slice(11, 13))]! += Number(line[offeredAt]) || 0;
    }
  };
  await read([midnight(oldest), midnight(newest) + 24], { dataset, pattern, root }, { add });
  return out;
}

function drawnSpan(owed: readonly Span[], now: number, bounds: { from?: Hour; to?: Hour }): Span {
  const to = bounds.to ? hourNumber(bounds.to) : (owed.at(-1)?.[1] ?? now);
  const oldest = owed[0]?.[0] ?? to - 24;
  const from = bounds.from ? hourNumber(bounds.from) : Math.max(oldest, to - DRAWN_HOURS);
  return from < to ? [from, to] : [to - 24, to];
}

/** Gives all lines of the files that hold these hours, in their order. */
async function read(
  span: Span,
  { dataset, pattern, root }: { dataset: Dataset; pattern: Pattern; root: string },
  figures: Pick<FiguresReader, 'add'>,
): Promise<void> {
  const partitions = diskPartitions(root);
  const { format } = rowsBy(pattern.extension, dataset);
  for (let at = span[0]; at < span[1];) {
    const file = pattern.spanAt(at);
    const path = pattern.pathOf(hourAt(at));
    try {
      const stored: AsyncIterable<readonly Line[]> | undefined = await storedLines(
        path,
        dataset,
        partitions,
        format,
      );
      for await (const lines of stored ?? []) figures.add(lines);
    } catch (error) {
      if (error instanceof Unreadable) throw edited(path, error.message, file);
      throw error;
    }
    at = file[1];
  }
}

/** Hours whose counts a run changed, and how many cells, as the run log tells it. */
function restatedIn(runs: readonly RunRecord[], [from, to]: Span): Map<Hour, number> {
  const out = new Map<Hour, number>();
  for (const { changes } of runs) {
    if (!Array.isArray(changes)) continue;
    for (const change of changes) {
      const [hour] = Array.isArray(change) ? (change as readonly Json[]) : [];
      if (typeof hour !== 'string') continue;
      const number = Date.parse(hour) / HOUR_MS;
      if (number >= from && number < to) out.set(hourAt(number), (out.get(hourAt(number)) ?? 0) + 1);
    }
  }
  return out;
}
