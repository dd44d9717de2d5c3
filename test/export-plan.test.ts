import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, hourOf } from '../src/core/index.ts';
import type { Hour, Ledger } from '../src/core/index.ts';
import {
  common,
  countHours,
  hourAt,
  hourNumber,
  merged,
  spanOf,
  windowOf,
  without,
} from '../src/export/hours.ts';
import type { Span } from '../src/export/hours.ts';
import { close } from '../src/export/ledger.ts';
import { parsePattern, partitionEnd } from '../src/export/pattern.ts';
import { cut, owedHours, planWindows } from '../src/export/plan.ts';
import type { PlanPolicy } from '../src/export/plan.ts';

const BASE = hourNumber('2026-11-01T00:00:00Z' as Hour);
const MIN = 60_000;

const policy = (over: Partial<PlanPolicy> = {}): PlanPolicy => ({
  settleMs: 10 * MIN,
  revisitMs: 6 * HOUR_MS,
  deepRevisitMs: 8 * 24 * HOUR_MS,
  full: false,
  maxHours: 168,
  ...over,
});

const hoursIn = (spans: readonly Span[]): number[] =>
  spans.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i));

const spanArb = fc
  .tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 60 }))
  .map(([from, length]): Span => [BASE + from, BASE + from + length]);
const spansArb = fc.array(spanArb, { maxLength: 8 });

describe('sets of hours', () => {
  it('agree with sets of numbers', () => {
    fc.assert(
      fc.property(spansArb, spansArb, (x, y) => {
        const [a, b] = [new Set(hoursIn(x)), new Set(hoursIn(y))];
        const sorted = (set: Iterable<number>): number[] => [...set].sort((p, q) => p - q);
        expect(hoursIn(merged(x))).toEqual(sorted(a));
        expect(hoursIn(without(merged(x), merged(y)))).toEqual(sorted([...a].filter((h) => !b.has(h))));
        expect(hoursIn(common(merged(x), merged(y)))).toEqual(sorted([...a].filter((h) => b.has(h))));
        expect(countHours(merged(x))).toBe(a.size);
      }),
    );
  });

  it('touching spans become one', () => {
    expect(
      merged([
        [5, 7],
        [1, 3],
        [3, 5],
        [9, 9],
      ]),
    ).toEqual([[1, 7]]);
  });
});

/** The contract's words, hour by hour. */
function naive(now: number, ledger: Pick<Ledger, 'start' | 'done' | 'deepRevisit'>, p: PlanPolicy): number[] {
  const done = new Set(hoursIn(ledger.done.map(spanOf)));
  const owed: number[] = [];
  const bounded = p.from !== undefined || p.to !== undefined;
  const deep = p.full || ledger.deepRevisit !== new Date(now).toISOString().slice(0, 10);
  for (let h = BASE - 50; h < BASE + 900; h++) {
    const ended = (h + 1) * HOUR_MS;
    if (ended + p.settleMs > now) continue;
    if (bounded) {
      const from = p.from === undefined ? hourNumber(ledger.start) : hourNumber(p.from);
      if (h >= from && (p.to === undefined || h < hourNumber(p.to))) owed.push(h);
      continue;
    }
    if (h < hourNumber(ledger.start)) continue;
    const ago = now - ended;
    if (!done.has(h) || ago < p.revisitMs || (deep && ago < p.deepRevisitMs)) owed.push(h);
  }
  return owed;
}

const caseArb = fc.record({
  minutes: fc.integer({ min: 0, max: 500 * 60 }),
  start: fc.integer({ min: 0, max: 300 }),
  done: spansArb,
  settle: fc.integer({ min: 0, max: 180 }),
  revisit: fc.integer({ min: 0, max: 40 }),
  deep: fc.integer({ min: 0, max: 300 }),
  full: fc.boolean(),
  deepToday: fc.boolean(),
  bound: fc.option(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 })), {
    nil: undefined,
  }),
  maxHours: fc.integer({ min: 1, max: 200 }),
});

describe('what is owed', () => {
  it('is what the contract says, hour by hour', () => {
    fc.assert(
      fc.property(caseArb, (c) => {
        const now = BASE * HOUR_MS + c.minutes * MIN;
        const ledger = {
          start: hourAt(BASE + c.start),
          done: merged(c.done).map(windowOf),
          ...(c.deepToday ? { deepRevisit: new Date(now).toISOString().slice(0, 10) } : {}),
        };
        const p = policy({
          settleMs: c.settle * MIN,
          revisitMs: c.revisit * 30 * MIN,
          deepRevisitMs: c.deep * HOUR_MS,
          full: c.full,
          maxHours: c.maxHours,
          ...(c.bound ? { from: hourAt(BASE + c.bound[0]), to: hourAt(BASE + c.bound[1]) } : {}),
        });
        const expected = naive(now, ledger, p);
        expect(hoursIn(owedHours(new Date(now), ledger, p).spans)).toEqual(expected);
        const { windows } = planWindows(new Date(now), ledger, p);
        const planned = windows.map(spanOf);
        expect(hoursIn(planned).sort((a, b) => a - b)).toEqual(expected);
        for (const [from, to] of planned) expect(to - from).toBeLessThanOrEqual(c.maxHours);
        // The newest first, then from the oldest on.
        const newest = planned[0];
        if (newest) for (const other of planned.slice(1)) expect(other[1]).toBeLessThanOrEqual(newest[0]);
        const rest = planned.slice(1);
        expect(rest).toEqual([...rest].sort((a, b) => a[0] - b[0]));
      }),
      { numRuns: 300 },
    );
  });

  it('leaves nothing owed but revisits once every window is closed', () => {
    fc.assert(
      fc.property(caseArb, (c) => {
        const now = new Date(BASE * HOUR_MS + c.minutes * MIN);
        let ledger: Ledger = {
          schema: 1,
          dataset: 'd',
          pattern: 'p',
          columns: [],
          start: hourAt(BASE + c.start),
          done: merged(c.done).map(windowOf),
        };
        const p = policy({ maxHours: c.maxHours });
        for (const window of planWindows(now, ledger, p).windows) ledger = close(ledger, window);
        ledger = { ...ledger, deepRevisit: now.toISOString().slice(0, 10) };
        for (const { why } of planWindows(now, ledger, p).windows) expect(why).toBe('revisit');
        expect(planWindows(now, ledger, policy({ revisitMs: 0 })).windows).toEqual([]);
      }),
    );
  });

  it('never holds the running hour, nor one that has not settled', () => {
    const ledger = { start: '2026-11-23T00:00:00Z' as Hour, done: [] };
    const at = (text: string): Hour | undefined =>
      planWindows(new Date(text), ledger, policy()).windows[0]?.to;
    expect(at('2026-11-23T10:09:59Z')).toBe('2026-11-23T09:00:00Z');
    expect(at('2026-11-23T10:10:00Z')).toBe('2026-11-23T10:00:00Z');
    expect(at('2026-11-23T10:59:59Z')).toBe('2026-11-23T10:00:00Z');
  });

  it('asks once for a steady hourly run, and says why each window is asked for', () => {
    const ledger = {
      start: '2026-11-20T00:00:00Z' as Hour,
      done: [{ from: '2026-11-20T00:00:00Z' as Hour, to: '2026-11-23T09:00:00Z' as Hour }],
      deepRevisit: '2026-11-23',
    };
    expect(planWindows(new Date('2026-11-23T10:17:00Z'), ledger, policy()).windows).toEqual([
      { from: '2026-11-23T04:00:00Z', to: '2026-11-23T10:00:00Z', why: 'new' },
    ]);
    expect(
      planWindows(new Date('2026-11-23T10:17:00Z'), ledger, policy({ full: true })).windows[0]?.from,
    ).toBe('2026-11-20T00:00:00Z');
  });

  it('brings the newest hour before a long backlog, oldest gaps next', () => {
    const ledger = { start: '2026-10-01T00:00:00Z' as Hour, done: [], deepRevisit: '2026-11-23' };
    const { windows } = planWindows(new Date('2026-11-23T10:17:00Z'), ledger, policy());
    expect(windows[0]?.to).toBe('2026-11-23T10:00:00Z');
    expect(windows[1]?.from).toBe('2026-10-01T00:00:00Z');
  });

  it('a backfill before the start does not make the hours between owed', () => {
    const start = '2026-11-20T00:00:00Z' as Hour;
    const p = policy({ from: '2026-11-01T00:00:00Z' as Hour, to: '2026-11-02T00:00:00Z' as Hour });
    let ledger: Ledger = { schema: 1, dataset: 'd', pattern: 'p', columns: [], start, done: [] };
    for (const w of planWindows(new Date('2026-11-23T10:17:00Z'), ledger, p).windows)
      ledger = close(ledger, w);
    const { spans } = owedHours(new Date('2026-11-23T10:17:00Z'), ledger, policy());
    expect(spans.map(windowOf)).toEqual([{ from: start, to: '2026-11-23T10:00:00Z' }]);
  });

  it('a clock that was set back owes nothing ahead of it', () => {
    const ledger = {
      start: '2026-11-20T00:00:00Z' as Hour,
      done: [{ from: '2026-11-20T00:00:00Z' as Hour, to: '2026-11-23T09:00:00Z' as Hour }],
      deepRevisit: '2026-11-22',
    };
    const { windows } = planWindows(new Date('2026-11-22T10:17:00Z'), ledger, policy());
    expect(windows.map((w) => [w.to, w.why])).toEqual([['2026-11-22T10:00:00Z', 'revisit']]);
  });
});

describe('cutting', () => {
  it('ends windows at the ends of files where one is in reach', () => {
    const day = partitionEnd(parsePattern('%Y-%m-%d.csv'));
    const from = hourNumber('2026-11-01T05:00:00Z' as Hour);
    expect(cut([from, from + 60], 30, day).map(windowOf)).toEqual([
      { from: '2026-11-01T05:00:00Z', to: '2026-11-02T00:00:00Z' },
      { from: '2026-11-02T00:00:00Z', to: '2026-11-03T00:00:00Z' },
      { from: '2026-11-03T00:00:00Z', to: '2026-11-03T17:00:00Z' },
    ]);
    expect(cut([from, from + 5], 2, day)).toEqual([
      [from, from + 2],
      [from + 2, from + 4],
      [from + 4, from + 5],
    ]);
  });

  it('covers a span in the fewest even pieces that its files allow', () => {
    const day = partitionEnd(parsePattern('%Y-%m-%d.csv'));
    fc.assert(
      fc.property(
        fc.integer({ min: 400_000, max: 500_000 }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 60 }),
        (from, hours, max) => {
          const pieces = cut([from, from + hours], max, day);
          expect(pieces[0]?.[0]).toBe(from);
          expect(pieces.at(-1)?.[1]).toBe(from + hours);
          pieces.forEach(([a, b], i) => {
            expect(b - a).toBeGreaterThan(0);
            expect(b - a).toBeLessThanOrEqual(max);
            if (i > 0) expect(a).toBe(pieces[i - 1]?.[1]);
          });
          // A day that is too long for one question takes as many as it must.
          const days = Math.ceil((hours + 23) / 24) + 1;
          expect(pieces.length).toBeLessThanOrEqual(days * Math.ceil(24 / Math.min(max, 24)));
        },
      ),
    );
  });

  it('halves a file of 24 hours where 19 may be asked for', () => {
    const day = partitionEnd(parsePattern('%Y-%m-%d.csv'));
    const from = hourNumber('2026-11-01T00:00:00Z' as Hour);
    expect(cut([from, from + 48], 19, day).map(([a, b]) => b - a)).toEqual([12, 12, 12, 12]);
  });
});

describe('patterns', () => {
  const time = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2099, 0) }).map((ms) => hourOf(ms));
  const patterns = [
    '%Y-%m-%d.csv',
    'a/%Y/%m/%d/%H.csv',
    'q/%Y.csv',
    'q/%Y%m.csv',
    '%Y/x-%Y-%m.csv',
    'out.csv',
    'p%%/%Y-%m-%dT%H.csv',
    '%d.%m.%Y.csv',
  ];

  it('give back the file that an hour is in', () => {
    fc.assert(
      fc.property(time, fc.constantFrom(...patterns), (hour, text) => {
        const pattern = parsePattern(text);
        const path = pattern.pathOf(hour);
        const first = pattern.hourIn(path)!;
        const [from, to] = pattern.spanAt(hourNumber(hour));
        expect(hourNumber(hour)).toBeGreaterThanOrEqual(from);
        expect(hourNumber(hour)).toBeLessThan(to);
        if (Number.isFinite(from)) {
          expect(hourNumber(first)).toBe(from);
          expect(pattern.pathOf(hourAt(from))).toBe(path);
          expect(pattern.pathOf(hourAt(to - 1))).toBe(path);
          expect(pattern.pathOf(hourAt(to))).not.toBe(path);
        }
      }),
    );
  });

  it.each([
    ['queue-stats/%Y-%m-%d.csv', 'queue-stats', '%Y-%m-%d.csv', 'day'],
    ['/data/x/%Y/%m.csv', '/data/x', '%Y/%m.csv', 'month'],
    ['%Y.csv', '', '%Y.csv', 'year'],
    ['/%Y.csv', '/', '%Y.csv', 'year'],
    ['all.csv', '', 'all.csv', 'everything'],
    ['out/all.csv', 'out', 'all.csv', 'everything'],
    ['a%%b/c.csv', '', 'a%%b/c.csv', 'everything'],
    ['x/%Y/%m/%d/%H.csv', 'x', '%Y/%m/%d/%H.csv', 'hour'],
  ])('%s keeps its state in %j', (text, root, tail, file) => {
    expect(parsePattern(text)).toMatchObject({ root, tail, file });
  });

  it.each(['%m.csv', '%Y-%d.csv', '%H.csv', '%Y-%m-%H.csv', '%y.csv', 'x%', '', 'folder/', '%Y/', '..'])(
    'refuses %j with exit 2',
    (text) => {
      expect(() => parsePattern(text)).toThrow(expect.objectContaining({ exit: 2 }) as Error);
    },
  );

  it('knows no file that it would not write', () => {
    const pattern = parsePattern('%Y-%m-%d.csv');
    for (const path of [
      '2026-02-31.csv',
      '2026-1-01.csv',
      '2026-11-23.csv.bak',
      'x2026-11-23.csv',
      '2026-13-01.csv',
    ])
      expect(pattern.hourIn(path)).toBeUndefined();
  });
});
