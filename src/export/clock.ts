/**
 * Two clocks: this machine's and the API's (the Date header of its answers). An hour is over once both say so; and what
 * is still to come by both was never fetched, whatever the ledger says.
 */
import { HOUR_MS, instant } from '../core/index.ts';
import type { Dataset, Hour, Ledger, Window } from '../core/index.ts';
import type { Fetched } from './fetch.ts';
import { common, hourNumber, windowOf } from './hours.ts';
import { doneSpans, firstStart } from './ledger.ts';
import { settledEnd } from './plan.ts';
import type { ExportSummary } from './summary.ts';

/** Clocks that are less apart agree: the same as the check `connection/clock-skew` allows. */
const TOLERANCE_MS = 5 * 60_000;
/** No contact centre's history goes back further; a slip of the finger does, and a clock that was never set. */
export const OLDEST_YEARS = 20;
const YEAR_MS = 365.25 * 24 * HOUR_MS;

export interface Clocks {
  readonly own: Date;
  /** Undefined until the API has answered; as our own where its answers do not tell. */
  readonly theirs?: Date;
}

/** @param ahead by how much the API's clock is ahead of ours, in milliseconds */
export function clocksOf(own: Date, ahead: number | undefined): Clocks {
  return ahead === undefined ? { own } : { own, theirs: new Date(own.getTime() + ahead) };
}

/** The time to plan by: an hour that is settled then has ended by both clocks. */
export function planTime({ own, theirs = own }: Clocks, settleMs: number): Date {
  return new Date(Math.min(own.getTime(), theirs.getTime() + Math.min(settleMs, TOLERANCE_MS)));
}

/** What of a window's answer is of hours that were settled when they were asked for; undefined where nothing is. */
export function settledPart(
  fetched: Fetched,
  dataset: Dataset,
  time: Date,
  settleMs: number,
): Fetched | undefined {
  const end = settledEnd(time, settleMs);
  const { window, lines, filler } = fetched;
  if (dataset.kind !== undefined || hourNumber(window.to) <= end) return fetched;
  if (hourNumber(window.from) >= end) return undefined;
  const { to } = windowOf([end, end]);
  const hour = dataset.columns.indexOf(dataset.key[0]!);
  const before = (all: Fetched['lines']): Fetched['lines'] => all.filter((line) => line[hour]! < to);
  return { ...fetched, window: { ...window, to }, lines: before(lines), filler: before(filler) };
}

/** What of an archive's ledger lies ahead of a time: its start, or the end of its newest closed hour. */
export function aheadOf({ start, done }: Pick<Ledger, 'start' | 'done'>, now: Date): Hour | undefined {
  return [start, done.at(-1)?.to]
    .filter((at): at is Hour => at !== undefined && Date.parse(at) > now.getTime())
    .sort()
    .at(-1);
}

/** Closed hours that have ended at a time. */
export function endedBy(done: readonly Window[], now: Date): Window[] {
  return common(doneSpans({ done }), [[Number.NEGATIVE_INFINITY, settledEnd(now, 0)]]).map(windowOf);
}

/** The later of both: what is ahead of it is still to come. */
export function latest({ own, theirs = own }: Clocks): Date {
  return own > theirs ? own : theirs;
}

/**
 * The archive's start, set right where a clock was wrong at the first run. It is kept while the API has not answered:
 * our own clock may be the wrong one.
 * @param first whether this is the first run, whose start nobody gave
 */
export function rightStart(
  { start, done }: Ledger,
  clocks: Clocks,
  first: boolean,
  summary: ExportSummary,
): Hour {
  const { own, theirs } = clocks;
  if (theirs === undefined) return start;
  const right = firstStart(isApart(clocks) ? theirs : own);
  if (first) return right;
  const oldest = latest(clocks).getTime() - OLDEST_YEARS * YEAR_MS;
  const ahead = Date.parse(start) > latest(clocks).getTime();
  // An archive that grew that old by itself has closed hours of then.
  const never = Date.parse(start) < oldest && !(done[0] && Date.parse(done[0].from) < oldest);
  if (!ahead && !never) return start;
  summary.warnings.push({
    code: 'connection/clock-skew',
    message: `The archive starts at ${start}, which ${ahead ? 'is still to come' : "can't be meant"}: this machine's clock was wrong at its first run. From now on it starts at ${right}; --since sets another start.`,
  });
  return right;
}

function isApart({ own, theirs = own }: Clocks): boolean {
  return Math.abs(own.getTime() - theirs.getTime()) > TOLERANCE_MS;
}

/** Says that the clocks disagree, and what comes of it. */
export function warnApart(clocks: Clocks, dataset: Dataset, summary: ExportSummary): void {
  const { own, theirs = own } = clocks;
  if (!isApart(clocks)) return;
  const ahead = own > theirs;
  const effect =
    dataset.kind !== undefined
      ? "Rows bear this machine's time."
      : ahead
        ? "Hours that had not ended by the API's clock were not fetched; a later run fetches them."
        : "Hours that have ended since then by the API's clock are fetched once this one is right; nothing is lost.";
  summary.warnings.push({
    code: 'connection/clock-skew',
    message: `This machine's clock says ${instant(own)} and the API's ${instant(theirs)}: it is ${inWords(Math.abs(own.getTime() - theirs.getTime()))} ${ahead ? 'ahead' : 'behind'}. ${effect} Set the clock (timedatectl).`,
  });
}

function inWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 2 * 1440 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1440)} days`;
}

/** Says that hours which are still to come were closed, and that they are open again. */
export function warnReopened(to: Hour, summary: ExportSummary): void {
  summary.warnings.push({
    code: 'connection/clock-skew',
    message: `The ledger says that the archive is complete to ${to}, which is still to come: this machine's clock was ahead in an earlier run. Hours without a row in the archive are open again, and are fetched once they are over; what stands stays.`,
  });
}

/** Says that no hour is owed until this machine's clock has caught up; nothing was asked, so nobody knows whose is wrong. */
export function warnWaiting({ start }: Ledger, at: Hour, own: Date, summary: ExportSummary): void {
  const what = at === start ? 'starts at' : 'is complete to';
  summary.warnings.push({
    code: 'connection/clock-skew',
    message: `The archive ${what} ${at}, but this machine's clock says ${instant(own)}: it was set back, or was ahead before. No hour is owed before that. Check the clock (timedatectl); --since sets another start.`,
  });
}
