/**
 * The queues themselves, for joins by id: one row each, kept when a queue is deleted or goes out of sight. `seen_on` is
 * the day on which the list last showed it.
 */
import type { Dataset, Row } from '../core/index.ts';
import { arrayAt, recordOf, textOrNull } from './shape.ts';

const QUEUES = '/api/v2/routing/queues';

export const queues: Dataset = {
  id: 'queues',
  title: 'the queues: names and divisions, a row each',
  kind: 'table',
  needs: [{ method: 'GET', path: QUEUES, wantedBy: 'dataset queues' }],
  columns: ['queue_id', 'queue_name', 'division_id', 'division_name', 'seen_on'],
  key: ['queue_id'],
  counts: ['queue_name', 'division_name'],
  textColumns: ['queue_id', 'queue_name', 'division_id', 'division_name'],
  maxHours: 1,
  ask: () => ({ method: 'GET', path: `${QUEUES}?pageSize=500&pageNumber=1` }),
  read(body, window) {
    const list = recordOf(body, 'the list of queues');
    const rows = arrayAt(list['entities'], 'entities').map((item, i): Row => {
      const { id, name, division } = recordOf(item, `entities[${i}]`);
      if (typeof id !== 'string') throw new TypeError(`entities[${i}].id is no text`);
      const of = recordOf(division ?? {}, `entities[${i}].division`);
      return {
        queue_id: id,
        queue_name: textOrNull(name),
        division_id: textOrNull(of['id']),
        division_name: textOrNull(of['name']),
        seen_on: (window.at ?? window.from).slice(0, 10),
      };
    });
    const next = list['nextUri'];
    return typeof next === 'string' && next !== '' ? { rows, more: { method: 'GET', path: next } } : { rows };
  },
};
