/**
 * Queue statistics by hour and media type, from the conversation aggregates (facts: permission, metrics, units and
 * the shape of the answer are the official specification's; what an absent metric means is its documentation's).
 */
import type { Cell, Dataset, Json, Row, Window } from '../core/index.ts';
import {
  arrayAt,
  hourReader,
  hoursOf,
  namesFrom,
  numberOrNull,
  recordOf,
  resultsOf,
  textOrNull,
} from './shape.ts';

const QUERY = '/api/v2/analytics/conversations/aggregates/query';
const QUEUES = '/api/v2/routing/queues';

/** Column → metric and the field of its `stats`. A count that is left out is 0, anything else stays empty. */
const CELLS: readonly (readonly [column: string, metric: string, field: string])[] = [
  ['offered', 'nOffered', 'count'],
  ['answered', 'tAnswered', 'count'],
  ['abandoned', 'tAbandon', 'count'],
  ['short_abandoned', 'tShortAbandon', 'count'],
  ['flow_out', 'tFlowOut', 'count'],
  ['transferred', 'nTransferred', 'count'],
  ['over_sla', 'nOverSla', 'count'],
  ['service_level_numerator', 'oServiceLevel', 'numerator'],
  ['service_level_denominator', 'oServiceLevel', 'denominator'],
  ['service_level_ratio', 'oServiceLevel', 'ratio'],
  ['service_level_target', 'oServiceLevel', 'target'],
  ['wait_ms_sum', 'tWait', 'sum'],
  ['wait_ms_max', 'tWait', 'max'],
  ['answer_ms_sum', 'tAnswered', 'sum'],
  ['answer_ms_max', 'tAnswered', 'max'],
  ['abandon_ms_sum', 'tAbandon', 'sum'],
  ['talk_count', 'tTalkComplete', 'count'],
  ['talk_ms_sum', 'tTalkComplete', 'sum'],
  ['held_count', 'tHeldComplete', 'count'],
  ['held_ms_sum', 'tHeldComplete', 'sum'],
  ['acw_count', 'tAcw', 'count'],
  ['acw_ms_sum', 'tAcw', 'sum'],
  ['handle_count', 'tHandle', 'count'],
  ['handle_ms_sum', 'tHandle', 'sum'],
  ['handle_ms_max', 'tHandle', 'max'],
];

const METRICS = [...new Set(CELLS.map(([, metric]) => metric))];
const WANTED = 'dataset queue-hourly';

function interval({ from, to }: Window): string {
  return `${from.slice(0, 19)}.000Z/${to.slice(0, 19)}.000Z`;
}

function query(window: Window, media: readonly string[]): Json {
  const predicates = media.map((value) => ({
    type: 'dimension',
    dimension: 'mediaType',
    operator: 'matches',
    value,
  }));
  return {
    interval: interval(window),
    granularity: 'PT1H',
    groupBy: ['queueId', 'mediaType'],
    metrics: METRICS,
    ...(predicates.length > 0 && { filter: { type: 'or', predicates } }),
  };
}

export const queueHourly: Dataset = {
  id: 'queue-hourly',
  title: 'queue statistics by hour and media type',
  needs: [
    {
      method: 'POST',
      path: QUERY,
      json: { interval: '2026-01-01T00:00:00.000Z/2026-01-01T01:00:00.000Z', metrics: ['nOffered'] },
      wantedBy: WANTED,
    },
    { method: 'GET', path: QUEUES, wantedBy: WANTED },
  ],
  columns: [
    'interval_start',
    'interval_end',
    'queue_id',
    'queue_name',
    'media_type',
    ...CELLS.map(([column]) => column),
  ],
  key: ['interval_start', 'queue_id', 'media_type'],
  nameColumn: 'queue_name',
  counts: [
    'offered',
    'answered',
    'abandoned',
    'flow_out',
    'over_sla',
    'service_level_numerator',
    'service_level_denominator',
    'handle_count',
  ],
  textColumns: ['queue_id', 'queue_name', 'media_type'],
  // No official limit is known for the interval; seven days is inside every number seen (facts §1.1).
  maxHours: 168,
  names: namesFrom(`${QUEUES}?pageSize=500&pageNumber=1`, 'queues'),
  onlyMedia: (media) => ({
    ...queueHourly,
    ask: (window) => ({ method: 'POST', path: QUERY, json: query(window, media) }),
    read: (...given) => {
      const page = queueHourly.read(...given);
      return { ...page, rows: page.rows.filter((row) => media.includes(String(row['media_type']))) };
    },
  }),
  zeros: (window, listed, media) =>
    hoursOf(window).flatMap((hour) =>
      [...listed].flatMap(([queue, name]) =>
        media.map((one) => rowOf(hour, { queue, name, media: one }, [], () => '')),
      ),
    ),
  ask: (window) => ({ method: 'POST', path: QUERY, json: query(window, []) }),
  read(body, window, names) {
    const rows: Row[] = [];
    const hourOf = hourReader();
    for (const [i, item] of resultsOf(body).entries()) {
      const result = recordOf(item, `results[${i}]`);
      const group = recordOf(result['group'] ?? {}, `results[${i}].group`);
      const queue = textOrNull(group['queueId']);
      // What is tied to no queue comes in a group without one; it is no sum of the others and no row (facts §1.1).
      if (queue === null || queue === '') continue;
      const media = textOrNull(group['mediaType']) ?? '';
      for (const [j, bucket] of arrayAt(result['data'] ?? [], `results[${i}].data`).entries()) {
        const place = (): string => `results[${i}].data[${j}]`;
        const data = recordOf(bucket, place);
        const hour = hourOf(data['interval'], () => `${place()}.interval`);
        if (hour.from < window.from || hour.from >= window.to) continue;
        const stats = statsOf(data['metrics'], place);
        rows.push(rowOf(hour, { queue, name: names.get(queue) ?? '', media }, stats, place));
      }
    }
    return { rows };
  },
};

/** Copied for each row: an object that gets its thirty columns one by one is made anew several times. */
const BLANK: Row = Object.fromEntries(
  ['interval_start', 'interval_end', 'queue_id', 'queue_name', 'media_type', ...CELLS.map(([c]) => c)].map(
    (column) => [column, null],
  ),
);

type Stats = { readonly [field: string]: Json };

function rowOf(
  hour: Window,
  of: { queue: string; name: string; media: string },
  stats: readonly (Stats | undefined)[],
  place: () => string,
): Row {
  const row: { [column: string]: Cell } = { ...BLANK };
  row['interval_start'] = hour.from;
  row['interval_end'] = hour.to;
  row['queue_id'] = of.queue;
  row['queue_name'] = of.name;
  row['media_type'] = of.media;
  for (const { column, metric, at, field, otherwise } of SOURCES) {
    const value = stats[at]?.[field];
    row[column] =
      typeof value === 'number'
        ? value
        : (numberOrNull(value, () => `${place()} ${metric}.${field}`) ?? otherwise);
  }
  return row;
}

const PLACES: ReadonlyMap<string, number> = new Map(METRICS.map((metric, i) => [metric, i]));

const SOURCES = CELLS.map(([column, metric, field]) => ({
  column,
  metric,
  at: PLACES.get(metric) ?? -1,
  field,
  otherwise: field === 'count' ? 0 : null,
}));

/** In the order of `METRICS`. */
function statsOf(metrics: Json | undefined, place: () => string): (Stats | undefined)[] {
  const found = new Array<Stats | undefined>(METRICS.length);
  const list = arrayAt(metrics ?? [], () => `${place()}.metrics`);
  for (let k = 0; k < list.length; k++) {
    const { metric, stats } = recordOf(list[k], () => `${place()}.metrics[${k}]`);
    const at = typeof metric === 'string' ? PLACES.get(metric) : undefined;
    if (at !== undefined) found[at] = recordOf(stats ?? {}, () => `${place()}.metrics[${k}].stats`);
  }
  return found;
}
