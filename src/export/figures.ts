/** Adds up an archive's lines for pictures. One pass; what is kept grows with queues and stretches, not with rows. */
import type {
  Bucket,
  BucketUnit,
  Dataset,
  Figures,
  Hour,
  LevelMeasure,
  Line,
  QueueFigures,
  Tally,
} from '../core/index.ts';
import { common, countHours, hourAt, hourNumber } from './hours.ts';
import type { Span } from './hours.ts';

type Sums = { -readonly [K in keyof Tally]: number };

const HOURS: Record<BucketUnit, number> = { hour: 1, day: 24, week: 168 };
/** Hours from 1970-01-01, a Thursday, to the first Monday. */
const MONDAY = 96;
const DAY_HOURS = 24;

export interface FiguresReader {
  /** Lines in any order; those outside of the span are left out. */
  add(lines: readonly Line[]): void;
  end(): Figures;
}

/**
 * @param span the hours to add up
 * @param done the archive's closed hours, merged: a stretch that lacks some is told apart from one with little traffic
 */
export function figuresOf(dataset: Dataset, span: Span, done: readonly Span[]): FiguresReader {
  const column = columnsOf(dataset);
  const length = span[1] - span[0];
  const unit: BucketUnit = length <= 10 * DAY_HOURS ? 'hour' : length <= 200 * DAY_HOURS ? 'day' : 'week';
  const trendUnit: BucketUnit = length <= 2 * DAY_HOURS ? 'hour' : length <= 62 * DAY_HOURS ? 'day' : 'week';
  const total = newSums();
  const week = Array.from({ length: 168 }, newSums);
  const series = new Map<number, Sums>();
  const queues = new Map<string, Queue>();
  let rows = 0;
  // Rows are sorted by hour, so that an hour's places are worked out once for all its rows.
  let hourText = '';
  let place: Place | undefined;

  const placeOf = (text: string): Place | undefined => {
    const hour = hourNumber(text as Hour);
    if (!(hour >= span[0] && hour < span[1])) return undefined;
    const bucket = bucketOf(hour, unit);
    const sums = series.get(bucket) ?? newSums();
    series.set(bucket, sums);
    return {
      inWeek: week[(((hour - MONDAY) % 168) + 168) % 168]!,
      inSeries: sums,
      hour: ((hour % DAY_HOURS) + DAY_HOURS) % DAY_HOURS,
      trend: bucketOf(hour, trendUnit),
    };
  };

  return {
    add(lines) {
      for (const line of lines) {
        const text = line[column.hour]!;
        if (text !== hourText) {
          hourText = text;
          place = placeOf(text);
        }
        if (!place) continue;
        rows += 1;
        if (!column.counted) continue;
        const id = line[column.id]!;
        let queue = queues.get(id);
        if (!queue) queues.set(id, (queue = newQueue()));
        if (column.name !== -1 && line[column.name] !== '') queue.name = line[column.name]!;
        if (column.target !== -1 && line[column.target] !== '') queue.target = Number(line[column.target]);
        let trend = queue.trend.get(place.trend);
        if (!trend) queue.trend.set(place.trend, (trend = newSums()));
        const one = sumsOf(line, column);
        for (const into of [
          total,
          place.inWeek,
          place.inSeries,
          queue.total,
          queue.byHour[place.hour]!,
          trend,
        ])
          addTo(into, one);
      }
    },
    end: () => ({
      counted: column.counted,
      ...(column.level && { level: column.level }),
      rows,
      total,
      unit,
      series: buckets(span, unit, done).map((b) => ({
        ...b,
        tally: series.get(bucketOf(hourNumber(b.from), unit)) ?? newSums(),
      })),
      week,
      trendUnit,
      queues: ranked(queues, buckets(span, trendUnit, done), trendUnit),
    }),
  };
}

interface Place {
  readonly inWeek: Sums;
  readonly inSeries: Sums;
  readonly hour: number;
  readonly trend: number;
}

interface Queue {
  name: string;
  target?: number;
  readonly total: Sums;
  readonly byHour: Sums[];
  readonly trend: Map<number, Sums>;
}

function newSums(): Sums {
  return { offered: 0, answered: 0, abandoned: 0, inTime: 0, measured: 0, answerMs: 0, longestMs: 0 };
}

function newQueue(): Queue {
  return { name: '', total: newSums(), byHour: Array.from({ length: DAY_HOURS }, newSums), trend: new Map() };
}

function addTo(into: Sums, one: Tally): void {
  into.offered += one.offered;
  into.answered += one.answered;
  into.abandoned += one.abandoned;
  into.inTime += one.inTime;
  into.measured += one.measured;
  into.answerMs += one.answerMs;
  into.longestMs = Math.max(into.longestMs, one.longestMs);
}

/** Where the measures stand; -1 for one that the dataset doesn't have. */
function columnsOf(dataset: Dataset): {
  [name in 'hour' | 'id' | 'name' | 'target' | keyof Tally]: number;
} & { counted: boolean; level?: LevelMeasure } {
  const at = (column: string | undefined): number =>
    column === undefined ? -1 : dataset.columns.indexOf(column);
  const [id, offered] = [at(dataset.key[1]), at('offered')];
  const ratio = at('service_level_numerator') !== -1 && at('service_level_denominator') !== -1;
  const inTarget = at('answered_in_target') !== -1;
  return {
    hour: at(dataset.key[0]),
    id,
    name: at(dataset.nameColumn ?? 'queue_name'),
    target: at('service_level_target'),
    offered,
    answered: at('answered'),
    abandoned: at('abandoned'),
    inTime: ratio ? at('service_level_numerator') : at('answered_in_target'),
    measured: ratio ? at('service_level_denominator') : inTarget ? offered : -1,
    answerMs: at('answer_ms_sum'),
    longestMs: at('wait_ms_max'),
    counted: offered !== -1 && id !== -1,
    ...(ratio
      ? { level: 'in service level' as const }
      : inTarget && offered !== -1
        ? { level: 'answered in target, of those offered' as const }
        : {}),
  };
}

function sumsOf(line: Line, column: { readonly [K in keyof Tally]: number }): Tally {
  const number = (at: number): number => (at === -1 ? 0 : Number(line[at]) || 0);
  return {
    offered: number(column.offered),
    answered: number(column.answered),
    abandoned: number(column.abandoned),
    inTime: number(column.inTime),
    measured: number(column.measured),
    answerMs: number(column.answerMs),
    longestMs: number(column.longestMs),
  };
}

/** The number of the first hour of the stretch that an hour lies in. */
function bucketOf(hour: number, unit: BucketUnit): number {
  const size = HOURS[unit];
  const shift = unit === 'week' ? MONDAY : 0;
  return Math.floor((hour - shift) / size) * size + shift;
}

function buckets(span: Span, unit: BucketUnit, done: readonly Span[]): Omit<Bucket, 'tally'>[] {
  const out: Omit<Bucket, 'tally'>[] = [];
  for (let at = bucketOf(span[0], unit); at < span[1]; at += HOURS[unit]) {
    const whole: Span = [Math.max(at, span[0]), Math.min(at + HOURS[unit], span[1])];
    out.push({ from: hourAt(at), closed: countHours(common([whole], done)), hours: whole[1] - whole[0] });
  }
  return out;
}

function ranked(
  queues: ReadonlyMap<string, Queue>,
  stretches: readonly Omit<Bucket, 'tally'>[],
  unit: BucketUnit,
): QueueFigures[] {
  const all = [...queues].map(([id, { name, total, byHour, trend, target }]): QueueFigures => ({
    id,
    name: name === '' ? id : name,
    total,
    byHour,
    trend: stretches.map(({ from, closed }) =>
      closed === 0 ? undefined : (trend.get(bucketOf(hourNumber(from), unit)) ?? newSums()),
    ),
    ...(target !== undefined && Number.isFinite(target) && { target }),
  }));
  const late = ({ total }: QueueFigures): number => total.measured - total.inTime;
  return all.sort(
    (a, b) =>
      late(b) - late(a) ||
      b.total.abandoned - a.total.abandoned ||
      b.total.offered - a.total.offered ||
      (a.id < b.id ? -1 : 1),
  );
}
