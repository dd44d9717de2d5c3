/**
 * The sandbox's numbers: what happened in one hour in one queue on one medium, made from a seed, so that any hour can
 * be made again at any time and compared. Counts and durations fit each other as in facts of real answers: offered =
 * answered + abandoned + flowed out; short abandons are abandons; the service level's numerator is answered less over
 * target and its denominator answered plus abandoned. A call lands in the hour in which it ends, so handled can
 * exceed offered, and an hour without an offer can hold talk time.
 */
import { HOUR_MS } from '../core/index.ts';
import type { Analytics, Media } from './org.ts';

export interface Stats {
  count?: number;
  sum?: number;
  min?: number;
  max?: number;
  ratio?: number;
  numerator?: number;
  denominator?: number;
  target?: number;
}

/** Metric name → statistics; a metric that nothing produced is absent. */
export type Cell = { [metric: string]: Stats };

/** What makes a cell: `''` for the queue where interactions were tied to none. */
export interface CellSource {
  readonly queueId: string;
  readonly media: Media;
  readonly busyHour: number;
}

const BUSY: readonly number[] = [
  0.02, 0, 0, 0, 0.02, 0.08, 0.3, 0.6, 0.9, 1, 0.95, 0.9, 0.75, 0.8, 0.9, 0.85, 0.7, 0.5, 0.35, 0.2, 0.12,
  0.08, 0.05, 0.03,
];
const SHARE: Record<Media, number> = { voice: 1, callback: 0.08, chat: 0.3, email: 0.25, message: 0.35 };
/** Data is still arriving for so long after an hour's end. */
const LATE_MS = 5 * 60_000;

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** mulberry32: small, fast, good enough for made-up calls. */
function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The seed of a queue and medium; hours are mixed in by `cellOf`, so it is made once a query. */
export function streamSeed(analytics: Analytics, source: CellSource): number {
  return hash(`${analytics.seed}|${source.queueId}|${source.media}`);
}

function timer(next: () => number, count: number, mean: number): Stats | undefined {
  if (count === 0) return undefined;
  const spread = 0.5 + next();
  if (count === 1) {
    const only = Math.max(1, Math.round(mean * spread));
    return { count, sum: only, min: only, max: only };
  }
  const min = Math.max(1, Math.round(mean * 0.3 * spread));
  const max = Math.round(mean * (1.2 + 2 * next()));
  const wished = Math.round(mean * count * (0.85 + 0.3 * next()));
  const sum = Math.min(Math.max(wished, min * (count - 1) + max), max * (count - 1) + min);
  return { count, sum, min, max };
}

function together(parts: readonly (Stats | undefined)[]): Stats | undefined {
  let all: Stats | undefined;
  for (const part of parts) all = part === undefined ? all : added(all, part);
  return all;
}

/** Two statistics of one metric as one: counts and sums add, extremes are kept, a ratio is made anew. */
export function added(a: Stats | undefined, b: Stats): Stats {
  if (a === undefined) return { ...b };
  const out: Stats = {};
  if (b.count !== undefined || a.count !== undefined) out.count = (a.count ?? 0) + (b.count ?? 0);
  if (b.sum !== undefined || a.sum !== undefined) out.sum = (a.sum ?? 0) + (b.sum ?? 0);
  const min = Math.min(a.min ?? Infinity, b.min ?? Infinity);
  const max = Math.max(a.max ?? -Infinity, b.max ?? -Infinity);
  if (min !== Infinity) out.min = min;
  if (max !== -Infinity) out.max = max;
  if (a.denominator !== undefined && b.denominator !== undefined) {
    out.numerator = (a.numerator ?? 0) + (b.numerator ?? 0);
    out.denominator = a.denominator + b.denominator;
    out.ratio = out.numerator / out.denominator;
  }
  const target = a.target ?? b.target;
  if (target !== undefined) out.target = target;
  return out;
}

/**
 * @param seed from `streamSeed`
 * @param hour whole hours since the epoch
 * @param now  milliseconds since the epoch: an hour that is not over, or just over, holds only what has arrived
 * @param restated how often this hour was reprocessed; each time some calls more came to light
 * @returns undefined where nothing happened: the API then gives no data, not zeros
 */
export function cellOf(
  analytics: Analytics,
  source: CellSource,
  seed: number,
  hour: number,
  now: number,
  restated = 0,
): Cell | undefined {
  const start = hour * HOUR_MS;
  if (start >= now || (analytics.since !== undefined && start < Date.parse(analytics.since)))
    return undefined;
  const next = random(Math.imul(seed ^ Math.imul(hour, 0x9e3779b1), 0x85ebca6b));
  const arrived = Math.min(1, (now - start) / (HOUR_MS + LATE_MS));
  // The epoch was a Thursday: day 2 and 3 are the weekend.
  const weekend = ((Math.floor(hour / 24) + 4) % 7) % 6 === 0 ? 0.25 : 1;
  const quiet = next() < 0.02 ? 0 : 1;
  const wanted =
    source.busyHour * SHARE[source.media] * (BUSY[hour % 24] ?? 0) * weekend * quiet * (0.7 + 0.6 * next());
  const offered = Math.floor(Math.floor(wanted + next()) * arrived) + restated;
  const late = next() < 0.2 ? Math.floor((1 + 2 * next()) * arrived * quiet) : 0;
  if (source.queueId === '') return unqueued(next, offered, late);
  if (offered === 0 && late === 0) return undefined;

  const flowedOut = Math.floor(offered * 0.04 * next());
  const abandoned = Math.min(
    offered - flowedOut,
    Math.floor(offered * (0.02 + 0.16 * next()) + next() * 0.6),
  );
  const short = Math.floor(abandoned * 0.4 * next());
  const answered = offered - flowedOut - abandoned;
  const overTarget = Math.floor(answered * (0.05 + 0.4 * next()));
  const handled = answered + late;

  const tAnswered = timer(next, answered, 18_000);
  const tAbandon = timer(next, abandoned, 45_000);
  const tFlowOut = timer(next, flowedOut, 120_000);
  const cell: Cell = {};
  const count = (name: string, n: number): void => {
    if (n > 0) cell[name] = { count: n };
  };
  const stats = (name: string, of: Stats | undefined): void => {
    if (of !== undefined) cell[name] = of;
  };
  count('nOffered', offered);
  count('nConnected', handled);
  count('nOverSla', overTarget);
  count('nTransferred', Math.floor(handled * 0.3 * next()));
  stats('tAnswered', tAnswered);
  stats('tAbandon', tAbandon);
  if (short > 0) cell['tShortAbandon'] = { count: short, sum: short * 2_400, min: 2_400, max: 2_400 };
  stats('tFlowOut', tFlowOut);
  stats('tWait', together([tAnswered, tAbandon, tFlowOut]));
  const tTalkComplete = timer(next, handled, 210_000);
  const tHeldComplete = timer(next, Math.floor(handled * 0.5 * next()), 40_000);
  const tAcw = timer(next, Math.floor(handled * (0.6 + 0.4 * next())), 30_000);
  stats('tTalkComplete', tTalkComplete);
  stats('tHeldComplete', tHeldComplete);
  stats('tAcw', tAcw);
  if (tTalkComplete !== undefined) {
    const sum = (tTalkComplete.sum ?? 0) + (tHeldComplete?.sum ?? 0) + (tAcw?.sum ?? 0);
    const max = (tTalkComplete.max ?? 0) + (handled === 1 ? (tHeldComplete?.sum ?? 0) + (tAcw?.sum ?? 0) : 0);
    cell['tHandle'] = { count: handled, sum, min: tTalkComplete.min ?? 0, max };
  }
  if (answered + abandoned > 0) {
    const [numerator, denominator] = [answered - overTarget, answered + abandoned];
    cell['oServiceLevel'] = { ratio: numerator / denominator, numerator, denominator };
    // E-mail has no goal here, so that field is missing, as any field of a real answer can be.
    if (source.media !== 'email') cell['oServiceLevel'].target = analytics.target;
  }
  return cell;
}

/** Interactions that were tied to no queue: direct calls and transfers. */
function unqueued(next: () => number, offered: number, late: number): Cell | undefined {
  const handled = Math.floor(offered / 3) + late;
  if (handled === 0) return undefined;
  const cell: Cell = { nConnected: { count: handled } };
  const talk = timer(next, handled, 120_000);
  if (talk !== undefined) {
    cell['tTalkComplete'] = talk;
    cell['tHandle'] = { ...talk };
  }
  return cell;
}
