/**
 * Agents' time in states by hour, from the user aggregates (facts §1: permission and granularity; times in a state are
 * what this query knows). A row is a state that an agent was in: which states there are is the organisation's choice.
 */
import type { Dataset, Json, Row, Window } from '../core/index.ts';
import { arrayAt, hourWindow, namesFrom, numberOrNull, recordOf, resultsOf, textOrNull } from './shape.ts';

const QUERY = '/api/v2/analytics/users/aggregates/query';
const USERS = '/api/v2/users';
const WANTED = 'dataset agent-hourly';
const METRICS = ['tAgentRoutingStatus', 'tOrganizationPresence', 'tSystemPresence'];

function query({ from, to }: Window, metrics: readonly string[]): Json {
  return {
    interval: `${from.slice(0, 19)}.000Z/${to.slice(0, 19)}.000Z`,
    granularity: 'PT1H',
    groupBy: ['userId'],
    metrics,
  };
}

export const agentHourly: Dataset = {
  id: 'agent-hourly',
  title: "agents' time in routing states and presences by hour",
  needs: [
    {
      method: 'POST',
      path: QUERY,
      json: {
        interval: '2026-01-01T00:00:00.000Z/2026-01-01T01:00:00.000Z',
        metrics: ['tAgentRoutingStatus'],
      },
      wantedBy: WANTED,
    },
    { method: 'GET', path: USERS, wantedBy: WANTED },
  ],
  columns: ['interval_start', 'interval_end', 'user_id', 'user_name', 'metric', 'qualifier', 'ms_sum'],
  key: ['interval_start', 'user_id', 'metric', 'qualifier'],
  nameColumn: 'user_name',
  counts: ['ms_sum'],
  textColumns: ['user_id', 'user_name', 'metric', 'qualifier'],
  // No limit is official; exporters for this query ask for half a day to a day (facts §5).
  maxHours: 24,
  names: namesFrom(`${USERS}?pageSize=100&pageNumber=1`, 'users'),
  ask: (window) => ({ method: 'POST', path: QUERY, json: query(window, METRICS) }),
  read(body, window, names) {
    const rows: Row[] = [];
    for (const [i, item] of resultsOf(body).entries()) {
      const result = recordOf(item, `results[${i}]`);
      const user = textOrNull(recordOf(result['group'] ?? {}, `results[${i}].group`)['userId']);
      if (user === null || user === '') continue;
      for (const [j, bucket] of arrayAt(result['data'] ?? [], `results[${i}].data`).entries()) {
        const place = `results[${i}].data[${j}]`;
        const data = recordOf(bucket, place);
        const hour = hourWindow(data['interval'], `${place}.interval`);
        if (hour.from < window.from || hour.from >= window.to) continue;
        for (const [k, one] of arrayAt(data['metrics'] ?? [], `${place}.metrics`).entries()) {
          const { metric, qualifier, stats } = recordOf(one, `${place}.metrics[${k}]`);
          if (typeof metric !== 'string') continue;
          const sum = recordOf(stats ?? {}, `${place}.metrics[${k}].stats`)['sum'];
          rows.push({
            interval_start: hour.from,
            interval_end: hour.to,
            user_id: user,
            user_name: names.get(user) ?? '',
            metric,
            qualifier: textOrNull(qualifier) ?? '',
            ms_sum: numberOrNull(sum, `${place}.metrics[${k}].stats.sum`),
          });
        }
      }
    }
    return { rows };
  },
};
