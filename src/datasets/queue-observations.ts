/**
 * What goes on in the queues at this moment: contacts and people, by queue and media type (facts §1.2: permission,
 * required fields and the predicates' limit; the answer bears no time, so the row bears the run's).
 */
import type { Cell, DataRequest, Dataset, Json, Names, Row } from '../core/index.ts';
import { arrayAt, namesFrom, numberOrNull, recordOf, resultsOf, textOrNull } from './shape.ts';

const QUERY = '/api/v2/analytics/queues/observations/query';
const QUEUES = '/api/v2/routing/queues';
const WANTED = 'dataset queue-observations';
/** "Max 200 query predicates according to error received" (facts §1.1). */
const AT_ONCE = 200;
/** Matches nothing; the filter is a required field, and there may be no queue in sight. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Column → metric. People come without a media type, and those by status are added up. */
const CELLS: readonly (readonly [column: string, metric: string])[] = [
  ['waiting', 'oWaiting'],
  ['alerting', 'oAlerting'],
  ['interacting', 'oInteracting'],
  ['on_queue_users', 'oOnQueueUsers'],
  ['off_queue_users', 'oOffQueueUsers'],
  ['active_users', 'oActiveUsers'],
  ['member_users', 'oMemberUsers'],
];

function query(ids: readonly string[], metrics: readonly string[]): Json {
  const values = ids.length === 0 ? [NOBODY] : ids;
  const predicates = values.map((value) => ({
    type: 'dimension',
    dimension: 'queueId',
    operator: 'matches',
    value,
  }));
  return { filter: { type: 'or', predicates }, metrics };
}

/** The request for the next queues behind `after`, by id. */
function requestFor(listed: Names, after?: string): DataRequest | undefined {
  const ids = [...listed.keys()].sort();
  const from = after === undefined ? 0 : ids.findIndex((id) => id > after);
  if (from === -1) return undefined;
  const metrics = CELLS.map(([, metric]) => metric);
  return { method: 'POST', path: QUERY, json: query(ids.slice(from, from + AT_ONCE), metrics) };
}

export const queueObservations: Dataset = {
  id: 'queue-observations',
  title: 'what goes on in the queues now, a row each run',
  kind: 'snapshot',
  needs: [
    { method: 'POST', path: QUERY, json: query([], ['oWaiting']), wantedBy: WANTED },
    { method: 'GET', path: QUEUES, wantedBy: WANTED },
  ],
  columns: [
    'hour',
    'observed_at',
    'queue_id',
    'queue_name',
    'media_type',
    ...CELLS.map(([column]) => column),
  ],
  key: ['hour', 'queue_id', 'media_type', 'observed_at'],
  nameColumn: 'queue_name',
  textColumns: ['queue_id', 'queue_name', 'media_type'],
  maxHours: 1,
  names: namesFrom(`${QUEUES}?pageSize=500&pageNumber=1`, 'queues'),
  ask: (_, listed) => requestFor(listed ?? new Map())!,
  read(body, window, names, asked) {
    const rows: Row[] = [];
    for (const [i, item] of resultsOf(body).entries()) {
      const result = recordOf(item, `results[${i}]`);
      const group = recordOf(result['group'] ?? {}, `results[${i}].group`);
      const queue = textOrNull(group['queueId']);
      if (queue === null || queue === '') continue;
      rows.push({
        hour: window.from,
        observed_at: window.at ?? window.from,
        queue_id: queue,
        queue_name: names.get(queue) ?? '',
        media_type: textOrNull(group['mediaType']) ?? '',
        ...cellsOf(result['data'], `results[${i}].data`),
      });
    }
    const more = asked && requestFor(names, lastAsked(asked));
    return more ? { rows, more } : { rows };
  },
};

/** The last queue that a request asked for. */
function lastAsked({ json }: DataRequest): string {
  const { filter } = json as { filter: { predicates: { value: string }[] } };
  return filter.predicates.at(-1)!.value;
}

function cellsOf(data: Json | undefined, place: string): { [column: string]: Cell } {
  const sums = new Map<string, number>();
  for (const [j, item] of arrayAt(data ?? [], place).entries()) {
    const { metric, stats } = recordOf(item, `${place}[${j}]`);
    const count = numberOrNull(
      recordOf(stats ?? {}, `${place}[${j}].stats`)['count'],
      `${place}[${j}].stats.count`,
    );
    if (typeof metric === 'string' && count !== null) sums.set(metric, (sums.get(metric) ?? 0) + count);
  }
  return Object.fromEntries(CELLS.map(([column, metric]) => [column, sums.get(metric) ?? null]));
}
