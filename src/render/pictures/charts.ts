/** The pictures of an archive. What each shows stands beside it in words too. */
import { barX, cell, dot, lineY, rect, rectY, ruleX, ruleY } from '@observablehq/plot';
import type {
  ArchivePictures,
  Bucket,
  BucketUnit,
  CoverageRun,
  Figures,
  HourState,
  QueueFigures,
  Tally,
} from '../../core/index.ts';
import { HOUR_MS } from '../../core/index.ts';
import type { Markup } from '../markup.ts';
import { drawn, ink, picture } from './draw.ts';
import { clock, count, level, share, stretch, told, weekHour, weekday } from './words.ts';

const WIDTH = 960;
const UNIT_MS: Record<BucketUnit, number> = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 168 * HOUR_MS };
const HOURS_OF_DAY = Array.from({ length: 24 }, (_, hour) => hour);

/** Steps of a service level, worst first: the upper end of each, and its colour on the page. */
export const LEVEL_STEPS: readonly (readonly [below: number, color: string, text: string])[] = [
  [0.5, 'level-0', 'under 50 %'],
  [0.7, 'level-1', '50 to 70 %'],
  [0.8, 'level-2', '70 to 80 %'],
  [0.9, 'level-3', '80 to 90 %'],
  [Number.POSITIVE_INFINITY, 'level-4', '90 % and more'],
];

/** Steps of a share of the busiest hour. */
const LOAD_STEPS = 6;

function levelColor(tally: Tally): string {
  const value = level(tally);
  if (value === undefined) return ink('none');
  return ink(LEVEL_STEPS.find(([below]) => value < below)?.[1] ?? 'level-4');
}

interface Stretch {
  readonly x1: Date;
  readonly x2: Date;
}

function edges({ from }: Bucket, unit: BucketUnit): Stretch {
  const at = Date.parse(from);
  return { x1: new Date(at), x2: new Date(at + UNIT_MS[unit]) };
}

/** Both pictures by stretch have one and the same time axis. */
function reach(series: readonly Bucket[], unit: BucketUnit): Date[] {
  const [first, last] = [series[0], series.at(-1)];
  return first && last ? [edges(first, unit).x1, edges(last, unit).x2] : [];
}

/** Offered contacts by what became of them. Stretches that lack hours are pale. */
export function trafficChart({ series, unit }: Figures): Markup {
  const bars = series.flatMap((bucket) => {
    const { answered, abandoned, offered } = bucket.tally;
    const other = Math.max(0, offered - answered - abandoned);
    const pale = bucket.closed < bucket.hours;
    const title = `${stretch(bucket, unit)}: ${told(bucket.tally)}${pale ? `; ${bucket.closed} of ${bucket.hours} hours exported` : ''}`;
    let low = 0;
    return (
      [
        [answered, 'answered'],
        [abandoned, 'abandoned'],
        [other, 'other'],
      ] as const
    ).flatMap(([value, name]) => {
      if (value <= 0) return [];
      const y1 = low;
      low += value;
      return [{ ...edges(bucket, unit), y1, y2: low, fill: ink(name), title, pale }];
    });
  });
  const channels = { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: 'fill', title: 'title', inset: 0.4 };
  return picture(`Contacts by ${unit}: answered, abandoned and other, stacked.`, {
    width: WIDTH,
    height: 240,
    marginLeft: 60,
    x: { type: 'utc', label: null, tickFormat: dateTick, domain: reach(series, unit) },
    y: { label: `contacts a${unit === 'hour' ? 'n hour' : ` ${unit}`}`, grid: true },
    marks: [
      rectY(
        bars.filter((b) => !b.pale),
        channels,
      ),
      rectY(
        bars.filter((b) => b.pale),
        { ...channels, fillOpacity: 0.4 },
      ),
      ruleY([0]),
    ],
  });
}

/** The service level by stretch; a break where nothing was counted. */
export function levelChart({ series, unit }: Figures): Markup {
  const points = series.map((bucket) => ({
    x: new Date(Date.parse(bucket.from) + UNIT_MS[unit] / 2),
    y: bucket.closed === 0 ? Number.NaN : (level(bucket.tally) ?? Number.NaN) * 100,
    title: `${stretch(bucket, unit)}: ${share(bucket.tally.inTime, bucket.tally.measured)} of ${count(bucket.tally.measured)}`,
  }));
  return picture(`Share in time by ${unit}, in percent.`, {
    width: WIDTH,
    height: 170,
    marginLeft: 60,
    x: { type: 'utc', label: null, tickFormat: dateTick, domain: reach(series, unit) },
    y: { label: '% in time', domain: [0, 100], grid: true, ticks: 5 },
    marks: [
      lineY(points, { x: 'x', y: 'y', stroke: ink('line'), strokeWidth: 2 }),
      dot(points, { x: 'x', y: 'y', r: points.length > 80 ? 1.5 : 3, fill: ink('line'), title: 'title' }),
      ruleY([0]),
    ],
  });
}

/** Hours of the week: what comes in. */
export function weekChart({ week }: Figures): Markup {
  const most = Math.max(1, ...week.map((t) => t.offered));
  const cells = week.map((tally, hour) => ({
    x: hour % 24,
    y: Math.floor(hour / 24),
    fill: ink(
      tally.offered === 0
        ? 'none'
        : `load-${Math.min(LOAD_STEPS - 1, Math.floor((tally.offered / most) * LOAD_STEPS))}`,
    ),
    title: `${weekHour(hour)}: ${told(tally)}`,
  }));
  const busiest = week.reduce((best, t, hour) => (t.offered > week[best]!.offered ? hour : best), 0);
  return picture(
    `Offered contacts by weekday and hour, UTC. The busiest hour of the week is ${weekHour(busiest)}, with ${count(most)}.`,
    {
      width: WIDTH,
      height: 210,
      marginLeft: 60,
      x: { type: 'band', domain: HOURS_OF_DAY, tickFormat: clockTick, label: null },
      y: { type: 'band', tickFormat: weekday, label: null },
      marks: [cell(cells, { x: 'x', y: 'y', fill: 'fill', title: 'title', inset: 0.5 })],
    },
  );
}

/** Worst queues by hour of the day, coloured by how many were in time. */
export function queueHoursChart(queues: readonly QueueFigures[], measured: boolean): Markup {
  const most = Math.max(1, ...queues.flatMap((q) => q.byHour.map((t) => t.abandoned)));
  const cells = queues.flatMap((queue, y) =>
    queue.byHour.flatMap((tally, x) =>
      tally.offered === 0
        ? []
        : [
            {
              x,
              y,
              fill: measured
                ? levelColor(tally)
                : ink(`load-${Math.min(LOAD_STEPS - 1, Math.floor((tally.abandoned / most) * LOAD_STEPS))}`),
              title: `${queue.name}, ${clock(x)}: ${told(tally)}`,
            },
          ],
    ),
  );
  const what = measured ? 'Share in time' : 'Abandoned contacts';
  return picture(`${what} by queue and hour of the day, UTC; the worst queue first.`, {
    width: WIDTH,
    height: 40 + queues.length * 18,
    marginLeft: 220,
    marginTop: 24,
    x: { type: 'band', domain: HOURS_OF_DAY, tickFormat: clockTick, label: null, axis: 'top' },
    y: {
      type: 'band',
      domain: queues.map((_, i) => i),
      tickFormat: (i: number) => short(queues[i]!.name),
      label: null,
      tickSize: 0,
    },
    marks: [cell(cells, { x: 'x', y: 'y', fill: 'fill', title: 'title', inset: 0.5 })],
  });
}

const STATE: Record<HourState, { color: string; text: string }> = {
  exported: { color: 'exported', text: 'exported' },
  restated: { color: 'restated', text: 'restated: a later run found other counts' },
  missing: { color: 'missing', text: 'missing' },
};

/** Days from left to right, the hours of each from top to bottom; a run of hours in one state is one box. */
export function coverageChart({ coverage, from, to }: ArchivePictures): Markup {
  const boxes = coverage.map((run: CoverageRun) => ({
    x1: new Date(`${run.day}T00:00:00Z`),
    x2: new Date(Date.parse(`${run.day}T00:00:00Z`) + UNIT_MS.day),
    y1: run.from,
    y2: run.to,
    fill: ink(STATE[run.state].color),
    title: `${run.day}, ${clock(run.from)} to ${clock(run.to)}: ${STATE[run.state].text}`,
  }));
  const day = (at: string): Date => new Date(`${at.slice(0, 10)}T00:00:00Z`);
  return picture('Coverage: which hours of which day are in the archive. The lists below say the same.', {
    width: WIDTH,
    height: 230,
    marginLeft: 60,
    x: {
      type: 'utc',
      label: null,
      tickFormat: dateTick,
      domain: [day(from), new Date(day(to).getTime() + UNIT_MS.day)],
    },
    y: { label: 'hour, UTC', domain: [24, 0], ticks: [0, 6, 12, 18, 24], tickFormat: clockTick },
    marks: [
      rect(boxes, { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: 'fill', title: 'title', inset: 0.25 }),
    ],
  });
}

/** A queue's share in time (or offered contacts), without axes; the numbers stand beside it. */
export function trendLine(trend: readonly (Tally | undefined)[], measured: boolean): Markup {
  const points = trend.map((tally, x) => {
    const value = tally === undefined ? undefined : measured ? level(tally) : tally.offered;
    return { x, y: value ?? Number.NaN };
  });
  return drawn({
    width: 120,
    height: 24,
    margin: 2,
    axis: null,
    x: { domain: [0, Math.max(1, trend.length - 1)] },
    y: measured ? { domain: [0, 1] } : {},
    marks: [
      lineY(points, { x: 'x', y: 'y', stroke: ink('line'), strokeWidth: 1.5 }),
      ...(points.length === 1 ? [dot(points, { x: 'x', y: 'y', r: 2, fill: ink('line') })] : []),
    ],
  });
}

/** A queue's share of the contacts that were late, as a bar. */
export function shareBar(part: number, most: number): Markup {
  return drawn({
    width: 90,
    height: 12,
    margin: 0,
    axis: null,
    x: { domain: [0, Math.max(1, most)] },
    marks: [barX([part], { x: (d: number) => d, fill: ink('abandoned') }), ruleX([0])],
  });
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `16 Nov`; `09:00` inside a day, `2026` at its beginning. */
function dateTick(at: Date): string {
  if (at.getUTCHours() !== 0) return clock(at.getUTCHours());
  if (at.getUTCMonth() === 0 && at.getUTCDate() === 1) return String(at.getUTCFullYear());
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`;
}

function clockTick(hour: number): string {
  return hour % 3 === 0 ? clock(hour) : '';
}

function short(name: string): string {
  return name.length > 34 ? `${name.slice(0, 33)}…` : name;
}
