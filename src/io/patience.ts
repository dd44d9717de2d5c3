/** Waiting, and how long to wait before asking again. */
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../core/index.ts';

/**
 * Milliseconds since the epoch as they were when the program began, and from then on by a clock that nobody sets: for
 * waits and deadlines, which a step of the machine's clock (NTP after boot) must neither stretch nor cut.
 */
export function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}

/** Waits; rejects with `Failure('interrupted')` when the run is interrupted. */
export type Wait = (ms: number) => Promise<void>;

export function createWait(
  signal?: AbortSignal,
  interrupted = 'Interrupted while waiting; every finished window is in the archive.',
): Wait {
  return async (ms) => {
    try {
      await sleep(ms, undefined, signal ? { signal } : {});
    } catch {
      throw new Failure('interrupted', interrupted);
    }
  };
}

/**
 * The wait before try number `attempt + 1`, in milliseconds: doubles from one second to thirty, half of it by chance,
 * so that many programs which failed together don't come back together.
 */
export function backoff(attempt: number, random: number): number {
  const full = Math.min(30_000, 1000 * 2 ** (attempt - 1));
  return full / 2 + (full / 2) * random;
}

/** `Retry-After` in milliseconds, seconds or a date (RFC 9110 §10.2.3); undefined where there is none. */
export function retryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** Lets what is ready go out, a request for one, before work that takes a while. */
export async function breathe(): Promise<void> {
  await turn();
}
