/** Faults: answers that go wrong on purpose, by plan and by seed, so that a run can be repeated. */
import type { HostName } from './wire.ts';

export type Fault =
  /** Another answer in place of the real one. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body?: string;
      readonly type?: string;
      readonly headers?: { readonly [name: string]: string };
    }
  /** The connection is cut before a byte is sent. */
  | { readonly kind: 'reset' }
  /** The real answer, cut in the middle. */
  | { readonly kind: 'truncated' }
  /** The real answer, later; milliseconds. */
  | { readonly kind: 'slow'; readonly ms: number };

export interface FaultInput {
  readonly host: HostName;
  readonly method: string;
  readonly path: string;
  /** As it was sent. */
  readonly body?: string;
  /** The number of this request since the start, from 1. */
  readonly number: number;
}

/** Decides for each request whether it goes wrong; asked before the world is. */
export type FaultPlan = (request: FaultInput) => Fault | undefined;

export const OUTAGE: Fault = {
  kind: 'answer',
  status: 503,
  type: 'text/html',
  body: '<html><head><title>503 Service Temporarily Unavailable</title></head><body><h1>503 Service Temporarily Unavailable</h1></body></html>',
};

/** What a proxy shows instead of the answer while nobody has signed in (RFC 6585 §6). */
export const PROXY_PAGE: Fault = {
  kind: 'answer',
  status: 511,
  type: 'text/html',
  headers: { via: '1.1 proxy.office.example' },
  body: '<!DOCTYPE html><html><head><title>Web filter</title></head><body><h1>Sign in to the network</h1><p>Access to this address goes through the company proxy.</p></body></html>',
};

/** Codes and text as Genesys sends them; the thread's world takes what it gets. */
function tooMany(seconds: number): Fault {
  return {
    kind: 'answer',
    status: 429,
    headers: { 'retry-after': String(seconds) },
    body: JSON.stringify({
      message: `Rate limit exceeded the maximum. Retry the request in [${seconds}] seconds`,
      code: 'too.many.requests.retry.after',
      status: 429,
      contextId: '00000000-0000-4000-8000-000000000000',
      details: [],
      errors: [],
    }),
  };
}

const KINDS: readonly Fault[] = [
  tooMany(1),
  OUTAGE,
  {
    kind: 'answer',
    status: 500,
    body: '{"message":"Internal server error","code":"internal.server.error","status":500}',
  },
  { kind: 'reset' },
  { kind: 'truncated' },
  { kind: 'slow', ms: 150 },
  PROXY_PAGE,
];

/**
 * A plan that spoils a share of all answers, each kind in turn.
 * @param share 0 to 1
 * @param seed  the same seed spoils the same requests
 * @param kinds default: 429, 503, 500, reset, truncated, slow, a proxy's page
 */
export function shareOfFaults(share: number, seed: number, kinds: readonly Fault[] = KINDS): FaultPlan {
  let drawn = 0;
  return ({ number }) => {
    // Knuth's multiplicative hash: spread, and the same for the same number and seed.
    const at = Math.imul(number ^ Math.imul(seed, 0x9e3779b1), 0x85ebca6b) >>> 0;
    if (at / 2 ** 32 >= share) return undefined;
    const fault = kinds[drawn % kinds.length];
    drawn += 1;
    return fault;
  };
}
