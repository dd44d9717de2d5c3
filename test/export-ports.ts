/** A small truth and the ports over it: an export without network, on a real disk. */
import type { DataCall, Dataset, Hour, Json, Row } from '../src/core/index.ts';
import { HOUR_MS, hourOf } from '../src/core/index.ts';
import { parsePattern } from '../src/export/pattern.ts';
import type { ExportJob, ExportPorts } from '../src/export/run.ts';
import { diskLedgers, stateFolder } from '../src/io/ledger-store.ts';
import { diskPartitions } from '../src/io/partition-store.ts';
import { csvFormat } from '../src/render/rows-csv.ts';

export const DATASET: Dataset = {
  id: 'small',
  title: 'small',
  needs: [],
  columns: ['hour', 'id', 'name', 'n'],
  key: ['hour', 'id'],
  nameColumn: 'name',
  textColumns: ['id', 'name'],
  counts: ['n'],
  maxHours: 12,
  ask: ({ from, to }) => ({ method: 'GET', path: `/rows?from=${from}&to=${to}` }),
  read: (body) => ({ rows: (body as { rows: Row[] }).rows }),
};

/** The truth of an hour: some have no rows at all. */
export function truthOf(hour: Hour, generation = 0): Row[] {
  const number = Date.parse(hour) / HOUR_MS;
  return ['a', 'b', 'c']
    .filter((_, i) => (number + i) % 5 !== 0)
    .map((id) => ({ hour, id, name: `queue ${id}`, n: number + generation }));
}

/** Answers requests of `DATASET`. */
export function answering(generation: () => number = () => 0): DataCall {
  return (request) => {
    const query = new URL(request.path, 'http://x').searchParams;
    const rows: Row[] = [];
    for (let at = Date.parse(query.get('from')!); at < Date.parse(query.get('to')!); at += HOUR_MS)
      rows.push(...truthOf(hourOf(at), generation()));
    const body = { rows } as unknown as Json;
    return Promise.resolve({ ok: true, body, bytes: JSON.stringify(body).length });
  };
}

export function jobOf(
  out: string,
  over: Partial<ExportJob['policy']> = {},
  since = '2026-11-20T00:00:00Z',
): ExportJob {
  return {
    dataset: DATASET,
    pattern: parsePattern(out),
    policy: {
      settleMs: 600_000,
      revisitMs: 6 * HOUR_MS,
      deepRevisitMs: 8 * 24 * HOUR_MS,
      full: false,
      ...over,
    },
    since: since as Hour,
    acceptRemovals: false,
  };
}

export function portsOf(root: string, job: ExportJob, over: Partial<ExportPorts> = {}): ExportPorts {
  return {
    format: csvFormat(),
    partitions: diskPartitions(root),
    ledgers: diskLedgers(stateFolder(root, DATASET.id, job.pattern.tail)),
    call: answering(),
    now: () => new Date('2026-11-23T10:17:00Z'),
    identify: () => Promise.resolve({}),
    ...over,
  };
}
