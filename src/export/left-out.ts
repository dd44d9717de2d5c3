/** Hours that a run could not bring in, while it brought in the others. */
import { Failure } from '../core/index.ts';
import type { Exchange } from '../core/index.ts';
import { countHours, hourAt, merged, spanOf } from './hours.ts';
import type { PlannedWindow } from './plan.ts';

/** Why hours could not be brought in: a refused call, or an answer or a file that can't be used. */
export type Trouble = Exchange | Failure;

export interface LeftOut {
  readonly window: PlannedWindow;
  readonly trouble: Trouble;
  /** The file that could not be written. */
  readonly path?: string;
}

/** A data call was refused, or nobody answered it: what the ladder judges. */
export class Refused extends Error {
  readonly exchange: Exchange;
  readonly leftOut: readonly LeftOut[];
  readonly wentOn: boolean;

  /**
   * @param leftOut all that was left out by then
   * @param wentOn the run went through without it, and stopped nowhere
   */
  constructor(exchange: Exchange, leftOut: readonly LeftOut[] = [], wentOn = false) {
    super('a data call was refused');
    this.exchange = exchange;
    this.leftOut = leftOut;
    this.wentOn = wentOn;
  }
}

/**
 * The end of a run that went through without some hours.
 * @param written whether anything was brought in
 */
export function endWithout(leftOut: readonly LeftOut[], written: boolean): Refused | Failure {
  const call = leftOut.map(({ trouble }) => trouble).find(isExchange);
  if (call) return new Refused(call, leftOut, true);
  const first = leftOut.map(({ trouble }) => trouble).find((trouble) => trouble instanceof Failure);
  const all = written ? ' What else was owed is in the archive.' : '';
  return new Failure('export', `${failuresIn(leftOut)}${all}`, first?.expected);
}

function isExchange(trouble: Trouble): trouble is Exchange {
  return !(trouble instanceof Failure);
}

const FAILURES_SHOWN = 3;

/** Which files and answers could not be used, and why; empty where only calls were refused. */
export function failuresIn(leftOut: readonly LeftOut[]): string {
  const failures = leftOut.map(({ trouble }) => trouble).filter((trouble) => trouble instanceof Failure);
  const all = [...new Set(failures.map(({ message }) => message))];
  const more = all.length - FAILURES_SHOWN;
  return [...all.slice(0, FAILURES_SHOWN), ...(more > 0 ? [`The same goes for ${more} more.`] : [])].join(
    ' ',
  );
}

const STRETCHES = 3;

/** `5 hours (2026-11-30T03:00:00Z to 2026-11-30T08:00:00Z)`. */
export function hoursOf(leftOut: readonly LeftOut[]): string {
  const spans = merged(leftOut.map(({ window }) => spanOf(window)));
  const shown = spans.slice(0, STRETCHES).map(([from, to]) => `${hourAt(from)} to ${hourAt(to)}`);
  const more = spans.length - shown.length;
  const count = countHours(spans);
  return `${count} ${count === 1 ? 'hour' : 'hours'} (${shown.join(', ')}${more > 0 ? ` and ${more} more stretches` : ''})`;
}
