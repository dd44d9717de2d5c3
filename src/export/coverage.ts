/** What an archive holds and what it lacks, for people. Pure: the time is an argument. */
import { HOUR_MS } from '../core/index.ts';
import type { Hour, Ledger, Window } from '../core/index.ts';
import { common, countHours, hourAt, hourNumber, merged, windowOf, without } from './hours.ts';
import type { Span } from './hours.ts';
import { doneSpans } from './ledger.ts';
import { settledEnd } from './plan.ts';

export interface DayCoverage {
  /** `2026-11-23`. */
  readonly day: string;
  /** A character an hour: `#` closed, `.` missing, ` ` not owed (before the start, or not yet). */
  readonly hours: string;
  readonly closed: number;
  readonly missing: number;
}

export interface Coverage {
  readonly start: Hour;
  /** The end of the newest closed hour. */
  readonly through?: Hour;
  /** Owed hours that were never fetched, oldest first. */
  readonly missing: readonly Window[];
  readonly missingHours: number;
  readonly closedHours: number;
  /** Missing hours with closed ones after them. */
  readonly gaps: readonly Window[];
  /** When the oldest missing hour ended; undefined if none is missing. */
  readonly overdueSince?: Hour;
  readonly days: readonly DayCoverage[];
  /** From when on the next hour is owed. */
  readonly nextOwed: Date;
}

/**
 * @param days how many of the last days to draw
 */
export function coverageOf(
  ledger: Pick<Ledger, 'start' | 'done'>,
  now: Date,
  settleMs: number,
  days: number,
): Coverage {
  const end = settledEnd(now, settleMs);
  const done = doneSpans(ledger);
  const start = hourNumber(ledger.start);
  const owed = merged([[start, end]]);
  const missing = without(owed, done);
  const newest = done.at(-1)?.[1];
  const gaps = newest === undefined ? [] : common(missing, [[start, newest]]);
  const first = missing[0];
  return {
    start: ledger.start,
    ...(newest === undefined ? {} : { through: hourAt(newest) }),
    missing: missing.map(windowOf),
    missingHours: countHours(missing),
    closedHours: countHours(done),
    gaps: gaps.map(windowOf),
    ...(first ? { overdueSince: hourAt(first[0] + 1) } : {}),
    days: drawn(done, owed, end, days),
    nextOwed: new Date((end + 1) * HOUR_MS + settleMs),
  };
}

function drawn(done: readonly Span[], owed: readonly Span[], end: number, days: number): DayCoverage[] {
  const today = Math.floor(end / 24) * 24;
  const oldest = Math.min(owed[0]?.[0] ?? today, done[0]?.[0] ?? today);
  const from = Math.max(Math.floor(oldest / 24) * 24, today - (days - 1) * 24);
  const out: DayCoverage[] = [];
  for (let day = from; day <= today; day += 24) {
    const span: Span[] = [[day, day + 24]];
    const closed = common(span, done);
    const missing = without(common(span, owed), done);
    let hours = '';
    for (let h = day; h < day + 24; h++) hours += within(closed, h) ? '#' : within(missing, h) ? '.' : ' ';
    out.push({
      day: hourAt(day).slice(0, 10),
      hours,
      closed: countHours(closed),
      missing: countHours(missing),
    });
  }
  return out;
}

function within(spans: readonly Span[], hour: number): boolean {
  return spans.some(([from, to]) => hour >= from && hour < to);
}
