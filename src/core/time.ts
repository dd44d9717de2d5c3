/** Instants and hours. All times are UTC; an `Hour` is a whole hour, so a window can't begin between two. */

/** `2026-11-23T09:00:00Z`: ISO 8601, UTC, whole seconds. */
export type Instant = string & { readonly __brand: 'Instant' };

/** An `Instant` on a whole hour. */
export type Hour = Instant & { readonly __hour: true };

export type Clock = () => Date;

export const HOUR_MS = 3_600_000;

/** The instant of a date or of milliseconds since the epoch, cut to the second. */
export function instant(at: Date | number): Instant {
  return `${new Date(at).toISOString().slice(0, 19)}Z` as Instant;
}

/** The hour that `at` lies in. */
export function hourOf(at: Date | number): Hour {
  return instant(Math.floor(new Date(at).getTime() / HOUR_MS) * HOUR_MS) as Hour;
}

export function hoursLater(from: Hour, hours: number): Hour {
  return hourOf(Date.parse(from) + hours * HOUR_MS);
}
