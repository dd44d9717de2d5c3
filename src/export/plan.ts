/** Which hours a run asks for, and in which order (contract, "Owed"). Pure: the time is an argument. */
import { HOUR_MS } from '../core/index.ts';
import type { Hour, Ledger, Window } from '../core/index.ts';
import { common, countHours, hourNumber, merged, windowOf, without } from './hours.ts';
import type { Span } from './hours.ts';
import { doneSpans } from './ledger.ts';

export interface PlanPolicy {
  /** An hour is owed once it ended this long ago, in milliseconds. */
  readonly settleMs: number;
  /** Closed hours that ended less than this ago are asked for again. */
  readonly revisitMs: number;
  /** The same, once a day or with `full`. */
  readonly deepRevisitMs: number;
  readonly full: boolean;
  /** A bounded run: every settled hour inside, nothing outside. */
  readonly from?: Hour;
  readonly to?: Hour;
  /** The longest window in hours. */
  readonly maxHours: number;
  /** Windows end where a partition ends if they can, so that no file is written twice; in hours since the epoch. */
  readonly partitionEnd?: (hour: number) => number;
}

export interface PlannedWindow extends Window {
  /** `new`: never fetched and newer than all that was; `gap`: never fetched, older; `revisit`: all of it was. */
  readonly why: 'new' | 'gap' | 'revisit';
}

export interface Plan {
  readonly windows: readonly PlannedWindow[];
  /** The run is a deep revisit; the ledger notes the day when it is through. */
  readonly deep: boolean;
}

/** The first hour that is not settled at `now`: hours before it are. */
export function settledEnd(now: Date, settleMs: number): number {
  return Math.floor((now.getTime() - settleMs) / HOUR_MS);
}

/** The first hour (by number) that ended less than `ms` ago. */
function endedWithin(now: Date, ms: number): number {
  return Math.floor((now.getTime() - ms) / HOUR_MS);
}

/** All hours that are owed at `now`, and whether they hold a deep revisit. */
export function owedHours(
  now: Date,
  ledger: Pick<Ledger, 'start' | 'done' | 'deepRevisit'>,
  policy: PlanPolicy,
): { spans: Span[]; deep: boolean } {
  const end = settledEnd(now, policy.settleMs);
  const start = hourNumber(ledger.start);
  if (policy.from !== undefined || policy.to !== undefined) {
    const from = policy.from === undefined ? start : hourNumber(policy.from);
    const to = policy.to === undefined ? end : Math.min(hourNumber(policy.to), end);
    return { spans: merged([[from, to]]), deep: false };
  }
  const deep = policy.full || ledger.deepRevisit !== now.toISOString().slice(0, 10);
  const again = endedWithin(now, Math.max(policy.revisitMs, deep ? policy.deepRevisitMs : 0));
  const fromStart: Span[] = merged([[start, end]]);
  const spans = merged([
    ...without(fromStart, doneSpans(ledger)),
    ...common(fromStart, merged([[again, end]])),
  ]);
  return { spans, deep };
}

/**
 * Plans a run: neighbouring hours share a window of at most `maxHours`; the window with the newest hour comes first,
 * so that a long backlog never starves it, then the rest from the oldest on.
 */
export function planWindows(
  now: Date,
  ledger: Pick<Ledger, 'start' | 'done' | 'deepRevisit'>,
  policy: PlanPolicy,
): Plan {
  const { spans, deep } = owedHours(now, ledger, policy);
  const done = doneSpans(ledger);
  const newest = done.at(-1)?.[1] ?? Number.NEGATIVE_INFINITY;
  const pieces = spans.flatMap((span) => cut(span, policy.maxHours, policy.partitionEnd));
  const windows = pieces.map((span): PlannedWindow => {
    const open = without([span], done);
    const why = countHours(open) === 0 ? 'revisit' : open.at(-1)![1] > newest ? 'new' : 'gap';
    return { ...windowOf(span), why };
  });
  const last = windows.pop();
  return { windows: last ? [last, ...windows] : [], deep };
}

/** The running hour, for what is asked at a moment. */
export function momentWindow(now: Date, at: string): PlannedWindow {
  const hour = Math.floor(now.getTime() / HOUR_MS);
  return { ...windowOf([hour, hour + 1]), why: 'new', at };
}

/**
 * Cuts a span into windows of at most `max` hours, at the ends of partitions where one lies within reach. A partition
 * that is longer is cut evenly: a large answer beside a small one would keep one side waiting for the other.
 */
export function cut([from, to]: Span, max: number, partitionEnd?: (hour: number) => number): Span[] {
  const out: Span[] = [];
  for (let at = from; at < to;) {
    const limit = Math.min(at + Math.max(1, max), to);
    let end = limit;
    if (partitionEnd && limit < to) {
      const lastEnd = endBefore(at, limit, partitionEnd);
      end = lastEnd > at ? lastEnd : at + evenly(Math.min(partitionEnd(at), to) - at, limit - at);
    }
    out.push([at, end]);
    at = end;
  }
  return out;
}

/** The longest of the fewest equal pieces, each of at most `max`, that make up a length. */
function evenly(length: number, max: number): number {
  return Math.ceil(length / Math.ceil(length / max));
}

/** The last end of a partition in `(at, limit]`, else `at`. */
function endBefore(at: number, limit: number, partitionEnd: (hour: number) => number): number {
  let found = at;
  for (let end = partitionEnd(at); end <= limit; end = partitionEnd(end)) found = end;
  return found;
}
