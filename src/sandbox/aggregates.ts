/** Groups and buckets of an analytics query, over the cells of the queues that the asker may see. */
import { HOUR_MS, instant } from '../core/index.ts';
import { added, cellOf, streamSeed, type Cell, type CellSource, type Stats } from './cells.ts';
import { MEDIA, type Media, type Org, type Queue } from './org.ts';
import { restatedTimes, type World } from './world.ts';

export interface Query {
  /** Whole hours since the epoch, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /** Hours a bucket; the whole interval if the query names no granularity. */
  readonly step: number;
  readonly metrics: readonly string[];
  readonly byQueue: boolean;
  /** Which cells count; a cell without a queue has queueId `''`. */
  readonly keeps: (queueId: string, media: Media) => boolean;
}

/** What one cell holds in the sandbox's truth; tests compare archives with it. */
export interface TruthRow {
  readonly hour: string;
  readonly queueId: string;
  readonly queueName: string;
  readonly mediaType: Media;
  readonly metrics: Cell;
}

interface Stream {
  readonly source: CellSource;
  readonly seed: number;
}

function streams(org: Org, queues: readonly Queue[]): Stream[] {
  const sources: CellSource[] = queues.flatMap((q) =>
    q.media.map((media) => ({ queueId: q.id, media, busyHour: q.busyHour })),
  );
  if (org.world === 'genesys') {
    for (const media of MEDIA.filter((m) => org.queues.some((q) => q.media.includes(m)))) {
      sources.push({ queueId: '', media, busyHour: 3 });
    }
  }
  return sources.map((source) => ({ source, seed: streamSeed(org.analytics, source) }));
}

function cellAt(world: World, stream: Stream, hour: number, now: number): Cell | undefined {
  const { queueId, media } = stream.source;
  const times = world.restatements.length === 0 ? 0 : restatedTimes(world, hour, queueId, media);
  if (times < 0) return undefined;
  return cellOf(world.org.analytics, stream.source, stream.seed, hour, now, times);
}

function merged(cells: readonly Cell[]): Cell {
  const [only] = cells;
  if (cells.length === 1 && only !== undefined) return only;
  const out: Cell = {};
  for (const cell of cells) {
    for (const [metric, stats] of Object.entries(cell)) out[metric] = added(out[metric], stats);
  }
  return out;
}

function span(from: number, to: number): string {
  const text = (hour: number): string => new Date(hour * HOUR_MS).toISOString();
  return `${text(from)}/${text(to)}`;
}

interface Group {
  readonly key: { mediaType: Media; queueId?: string };
  readonly streams: Stream[];
}

function grouped(all: readonly Stream[], byQueue: boolean): Group[] {
  const groups = new Map<string, Group>();
  for (const stream of all) {
    const { queueId, media } = stream.source;
    const named = byQueue && queueId !== '';
    const id = named ? `${queueId}|${media}` : media;
    const group = groups.get(id) ?? {
      key: named ? { mediaType: media, queueId } : { mediaType: media },
      streams: [],
    };
    group.streams.push(stream);
    groups.set(id, group);
  }
  // By seed: the real order is not promised, so nobody may rely on one.
  return [...groups.values()].sort((a, b) => (a.streams[0]?.seed ?? 0) - (b.streams[0]?.seed ?? 0));
}

/**
 * The answer of `conversations/aggregates/query` as JSON text, a group at a time. Groups and buckets in which nothing
 * happened are left out, and with `byQueue` what was tied to no queue comes in groups without a `queueId`.
 * @param queues those that the asker may see
 */
export function* aggregates(world: World, queues: readonly Queue[], query: Query): Generator<string> {
  const now = world.clock().getTime();
  const kept = streams(world.org, queues).filter((s) => query.keeps(s.source.queueId, s.source.media));
  const spans = new Map<number, string>();
  for (let at = query.from; at < query.to; at += query.step) {
    spans.set(at, span(at, Math.min(at + query.step, query.to)));
  }
  yield '{"results":[';
  let first = true;
  for (const group of grouped(kept, query.byQueue)) {
    const data: { interval: string; metrics: { metric: string; stats: Stats }[] }[] = [];
    for (const [at, interval] of spans) {
      const end = Math.min(at + query.step, query.to);
      const cells: Cell[] = [];
      for (const stream of group.streams) {
        for (let hour = at; hour < end; hour++) {
          const cell = cellAt(world, stream, hour, now);
          if (cell !== undefined) cells.push(cell);
        }
      }
      if (cells.length === 0) continue;
      const cell = merged(cells);
      const metrics: { metric: string; stats: Stats }[] = [];
      for (const metric of query.metrics) {
        const stats = cell[metric];
        if (stats !== undefined) metrics.push({ metric, stats });
      }
      if (metrics.length > 0) data.push({ interval, metrics });
    }
    if (data.length === 0) continue;
    yield (first ? '' : ',') + JSON.stringify({ group: group.key, data });
    first = false;
  }
  yield ']}';
}

/** All cells of whole hours `from` (inclusive) to `to` (exclusive), queue by queue, without what had no queue. */
export function truth(world: World, from: number, to: number): TruthRow[] {
  const now = world.clock().getTime();
  const rows: TruthRow[] = [];
  const names = new Map(world.org.queues.map((q) => [q.id, q.name]));
  for (const stream of streams(world.org, world.org.queues)) {
    const { queueId, media } = stream.source;
    if (queueId === '') continue;
    for (let hour = from; hour < to; hour++) {
      const metrics = cellAt(world, stream, hour, now);
      if (metrics === undefined) continue;
      const queueName = names.get(queueId) ?? '';
      rows.push({ hour: instant(hour * HOUR_MS), queueId, queueName, mediaType: media, metrics });
    }
  }
  return rows.sort(
    (a, b) => order(a.hour, b.hour) || order(a.queueId, b.queueId) || order(a.mediaType, b.mediaType),
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
