/**
 * Keeps requests within what the API allows. Where answers carry `inin-ratelimit-*` it goes by them; else it counts its
 * own requests against the platform's default of 300 a minute for a token (facts §4).
 */
import type { Wait } from './patience.ts';

export interface Governor {
  /** Resolves when the next request may go. */
  enter(): Promise<void>;
  /** What an answer's headers say. */
  saw(headers: { readonly [name: string]: string }): void;
  /** No answer came. */
  lost(): void;
  /** The organisation's own number of requests a minute, where answers tell nothing. */
  allow(perMinute: number): void;
  /** Nothing goes before this long has passed (429). */
  hold(ms: number): void;
}

const DEFAULT_PER_MINUTE = 300;
const MINUTE = 60_000;
/** The server tells whole seconds; the last of them may be cut off. */
const ROUNDING_MS = 1000;

/**
 * @param budget requests a minute that the user allows, if fewer
 * @param now milliseconds of a clock that nobody sets
 */
export function createGovernor(options: { budget?: number; now: () => number; wait: Wait }): Governor {
  const { now, wait, budget = Infinity } = options;
  /** When our last requests went, oldest first. */
  let sent: number[] = [];
  let inFlight = 0;
  let told: { left: number; resetAt: number } | undefined;
  let heldUntil = 0;
  let allowed = DEFAULT_PER_MINUTE;

  const delay = (): number => {
    const at = now();
    if (heldUntil > at) return heldUntil - at;
    sent = sent.filter((t) => t > at - MINUTE);
    if (told && at >= told.resetAt) told = undefined;
    const ownLimit = Math.min(budget, told ? Infinity : allowed);
    if (sent.length >= ownLimit) return sent[sent.length - ownLimit]! + MINUTE - at;
    return told && told.left <= 0 ? told.resetAt - at : 0;
  };

  return {
    async enter() {
      for (let ms = delay(); ms > 0; ms = delay()) await wait(ms);
      sent.push(now());
      inFlight += 1;
      if (told) told.left -= 1;
    },
    saw(headers) {
      inFlight -= 1;
      const [count, allowed, reset] = ['count', 'allowed', 'reset'].map((k) =>
        Number(headers[`inin-ratelimit-${k}`] ?? Number.NaN),
      ) as [number, number, number];
      if (![count, allowed, reset].every((n) => Number.isFinite(n) && n >= 0) || allowed === 0) return;
      told = { left: allowed - count - inFlight, resetAt: now() + reset * 1000 + ROUNDING_MS };
    },
    lost() {
      inFlight -= 1;
    },
    allow(perMinute) {
      allowed = perMinute;
    },
    hold(ms) {
      heldUntil = Math.max(heldUntil, now() + ms);
    },
  };
}
