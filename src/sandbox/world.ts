/** A running world: the org as it is now, the tokens it issued, and what was asked of it. */
import { randomBytes } from 'node:crypto';
import { HOUR_MS, type Clock, type Hour } from '../core/index.ts';
import type { Media, Org } from './org.ts';

export interface Token {
  readonly clientId: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly scopes: readonly string[];
  readonly audience?: string;
}

/** Hours that were reprocessed after they had been closed; absent fields mean all. */
export interface Restatement {
  readonly from: Hour;
  /** Exclusive. */
  readonly to: Hour;
  readonly queueId?: string;
  readonly mediaType?: Media;
  /** The rows vanish, as after a deletion, instead of changing. */
  readonly vanish?: boolean;
}

export interface World<O extends Org = Org> {
  readonly org: O;
  readonly clock: Clock;
  /** Where the two hosts can be reached; equal where a world has one. */
  readonly urls: { login: string; api: string };
  readonly tokens: Map<string, Token>;
  readonly restatements: Restatement[];
  /** Requests in the current minute, by token. */
  readonly minutes: Map<string, { from: number; count: number }>;
  readonly counters: { tokens: number; requests: number };
}

export function newWorld<O extends Org>(org: O, clock: Clock): World<O> {
  return {
    org,
    clock,
    urls: { login: '', api: '' },
    tokens: new Map(),
    restatements: [],
    minutes: new Map(),
    counters: { tokens: 0, requests: 0 },
  };
}

/** About as long as a real one: URL-safe base64 without dots. */
export function opaqueToken(): string {
  return randomBytes(60).toString('base64url');
}

/** How often a cell was restated; -1 if it vanished. */
export function restatedTimes(world: World, hour: number, queueId: string, media: Media): number {
  let times = 0;
  for (const r of world.restatements) {
    if (r.queueId !== undefined && r.queueId !== queueId) continue;
    if (r.mediaType !== undefined && r.mediaType !== media) continue;
    if (hour * HOUR_MS < Date.parse(r.from) || hour * HOUR_MS >= Date.parse(r.to)) continue;
    if (r.vanish === true) return -1;
    times += 1;
  }
  return times;
}

/** How many requests of a minute a token has used, this one included, and when the minute ends. */
export function spend(world: World, token: string): { count: number; resetSeconds: number } {
  const now = world.clock().getTime();
  let minute = world.minutes.get(token);
  if (minute === undefined || now - minute.from >= 60_000 || now < minute.from) {
    minute = { from: now, count: 0 };
    world.minutes.set(token, minute);
  }
  minute.count += 1;
  return { count: minute.count, resetSeconds: Math.max(1, Math.ceil((minute.from + 60_000 - now) / 1000)) };
}
