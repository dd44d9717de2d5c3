/** Which windows are asked for where some are refused: a server that can't give some hours, and what is got of the others. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../src/core/index.ts';
import { countHours, merged, spanOf, windowOf } from '../src/export/hours.ts';
import type { Span } from '../src/export/hours.ts';
import type { LeftOut } from '../src/export/left-out.ts';
import { Pieces } from '../src/export/pieces.ts';
import { cut } from '../src/export/plan.ts';

const TROUBLE = new Failure('export', 'no');

/** Asks for `[0, hours)` as a run does: the newest window first, then from the oldest on. */
function ask(hours: number, bad: readonly Span[], divisible = true) {
  const plan = cut([0, hours], 168).map((span) => ({ ...windowOf(span), why: 'gap' as const }));
  const last = plan.pop();
  const leftOut: LeftOut[] = [];
  const pieces = new Pieces(last ? [last, ...plan] : [], leftOut);
  const got: Span[] = [];
  let refusals = 0;
  for (let window = pieces.next(); window; window = pieces.next()) {
    const [from, to] = spanOf(window);
    if (bad.some(([a, b]) => a < to && from < b)) {
      refusals += 1;
      pieces.refused(window, TROUBLE, divisible);
    } else {
      got.push([from, to]);
      pieces.good();
    }
  }
  const left = leftOut.map(({ window }) => spanOf(window));
  return { got: merged(got), left: merged(left), asked: countHours(got) + countHours(left), refusals };
}

describe('pieces', () => {
  it.each<[string, number, Span[], number]>([
    ['one hour', 193, [[100, 101]], 12],
    ['the newest hour', 193, [[192, 193]], 12],
    ['single hours', 193, [1, 50, 51, 130].map((at): Span => [at, at + 1]), 40],
    ['all that is older than a month', 24 * 365, [[0, 24 * 335]], 40],
    ['all that is older, of twenty years', 24 * 7300, [[0, 24 * 6950 + 5]], 50],
    ['the newest hours', 24 * 60, [[24 * 60 - 30, 24 * 60]], 40],
    ['a day', 24 * 30, [[24 * 9 + 7, 24 * 10 + 7]], 40],
    [
      'two days',
      24 * 60,
      [
        [24 * 9, 24 * 10],
        [24 * 40 + 3, 24 * 41 + 3],
      ],
      80,
    ],
  ])('bring in all hours but the refused ones: %s', (_, hours, bad, most) => {
    const { got, left, asked, refusals } = ask(hours, bad);
    expect(left).toEqual(merged(bad));
    expect(got).toEqual(merged(ask(hours, []).got.flatMap((span) => cutOut(span, bad))));
    expect(asked).toBe(hours);
    expect(refusals).toBeLessThanOrEqual(most);
  });

  it.each([7, 193, 24 * 7300])('are soon given up where all of %i hours are refused', (hours) => {
    for (const divisible of [true, false]) {
      const { left, got, refusals } = ask(hours, [[0, hours]], divisible);
      expect([left, got]).toEqual([[[0, hours]], []]);
      expect(refusals).toBeLessThanOrEqual(30);
    }
  });

  it('stop at some number of refusals, and go on behind them in the next run', () => {
    const bad = Array.from({ length: 300 }, (_, i): Span => [24 * i + 3, 24 * i + 9]);
    const { left, got, asked, refusals } = ask(24 * 365, bad);
    expect(refusals).toBeLessThanOrEqual(300);
    expect(asked).toBe(24 * 365);
    expect(countHours(left)).toBeGreaterThan(300 * 6);
    expect(got.at(-1)?.[1]).toBe(24 * 365);
  });

  it('name each hour once, whatever is refused', () => {
    const span = fc.tuple(fc.nat(999), fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 6 }), fc.boolean(), (spans, divisible) => {
        const bad = spans.map(([from, length]): Span => [from, Math.min(1000, from + length)]);
        const { got, left, asked } = ask(1000, bad, divisible);
        expect(asked).toBe(1000);
        expect(merged([...got, ...left])).toEqual([[0, 1000]]);
        for (const [from, to] of merged(bad)) expect(left.some(([a, b]) => a <= from && to <= b)).toBe(true);
      }),
    );
  });
});

/** A span without the bad hours. */
function cutOut([from, to]: Span, bad: readonly Span[]): Span[] {
  const hours = Array.from({ length: to - from }, (_, i) => from + i);
  return hours.filter((at) => !bad.some(([a, b]) => a <= at && at < b)).map((at): Span => [at, at + 1]);
}
