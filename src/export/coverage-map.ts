/** The coverage of an archive as runs of hours in the same state, day by day, so that a year is a few hundred of them. */
import type { CoverageRun, Hour, HourState } from '../core/index.ts';
import { common, hourAt, hourNumber, without } from './hours.ts';
import type { Span } from './hours.ts';

/**
 * Hours that are neither in the archive nor owed are in no run.
 * @param done closed hours, merged
 * @param owed hours that should be there, merged
 * @param restated hours whose counts a later run changed
 */
export function coverageRuns(
  span: Span,
  done: readonly Span[],
  owed: readonly Span[],
  restated: Iterable<Hour>,
): CoverageRun[] {
  const again = new Set([...restated].map(hourNumber));
  const closed = common([span], done);
  const out: CoverageRun[] = [];
  for (const [from, to] of closed) {
    for (let at = from; at < to;) {
      const state = again.has(at) ? 'restated' : 'exported';
      const first = at;
      while (at < to && (again.has(at) ? 'restated' : 'exported') === state) at += 1;
      out.push(...byDay([first, at], state));
    }
  }
  for (const gap of without(common([span], owed), done)) out.push(...byDay(gap, 'missing'));
  return out.sort((a, b) => (a.day === b.day ? a.from - b.from : a.day < b.day ? -1 : 1));
}

function byDay([from, to]: Span, state: HourState): CoverageRun[] {
  const out: CoverageRun[] = [];
  for (let at = from; at < to;) {
    const midnight = Math.floor(at / 24) * 24;
    const end = Math.min(midnight + 24, to);
    out.push({ day: hourAt(at).slice(0, 10), from: at - midnight, to: end - midnight, state });
    at = end;
  }
  return out;
}
