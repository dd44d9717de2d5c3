/**
 * Sets of hours as sorted, merged, half-open intervals of hour numbers (hours since 1970-01-01T00Z). A year is one
 * interval, so that neither memory nor time grows with the span.
 */
import { hourOf, HOUR_MS } from '../core/index.ts';
import type { Hour, Window } from '../core/index.ts';

/** `[from, to)` in hours since the epoch. */
export type Span = readonly [from: number, to: number];

export function hourNumber(hour: Hour): number {
  return Math.floor(Date.parse(hour) / HOUR_MS);
}

export function hourAt(number: number): Hour {
  return hourOf(number * HOUR_MS);
}

export function spanOf(window: Window): Span {
  return [hourNumber(window.from), hourNumber(window.to)];
}

export function windowOf([from, to]: Span): Window {
  return { from: hourAt(from), to: hourAt(to) };
}

/** Sorts, drops empty spans, joins those that overlap or touch. */
export function merged(spans: readonly Span[]): Span[] {
  const sorted = spans.filter(([from, to]) => from < to).sort((a, b) => a[0] - b[0]);
  const out: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = out.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}

/** Hours of `a` that are not in `b`; both merged. */
export function without(a: readonly Span[], b: readonly Span[]): Span[] {
  const out: Span[] = [];
  let i = 0;
  for (const [from, to] of a) {
    let at = from;
    while (i < b.length && b[i]![1] <= at) i++;
    for (let j = i; j < b.length && b[j]![0] < to; j++) {
      if (b[j]![0] > at) out.push([at, b[j]![0]]);
      at = Math.max(at, b[j]![1]);
    }
    if (at < to) out.push([at, to]);
  }
  return out;
}

/** Hours in both; both merged. */
export function common(a: readonly Span[], b: readonly Span[]): Span[] {
  return without(a, without(a, b));
}

export function countHours(spans: readonly Span[]): number {
  return spans.reduce((sum, [from, to]) => sum + to - from, 0);
}
