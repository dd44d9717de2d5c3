/** The sandbox's numbers: the same for ever, consistent with each other, and the same whichever way they are asked. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS, hourOf, instant } from '../src/core/index.ts';
import { cellOf, streamSeed } from '../src/sandbox/cells.ts';
import type { GenesysOrg } from '../src/sandbox/org.ts';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';

const NOW = Date.parse('2026-11-23T12:30:00Z');
const THIS_HOUR = Math.floor(NOW / HOUR_MS);
const METRICS = ['nOffered', 'tAnswered', 'tAbandon', 'tFlowOut', 'tWait', 'tHandle', 'oServiceLevel'];

interface Answer {
  results: {
    group: { queueId?: string; mediaType: string };
    data: { interval: string; metrics: { metric: string; stats: object }[] }[];
  }[];
}

/** Every bucket of an answer by group, interval and metric. */
function flat(answer: Answer): Map<string, object> {
  const out = new Map<string, object>();
  for (const { group, data } of answer.results) {
    for (const { interval, metrics } of data) {
      for (const { metric, stats } of metrics) {
        out.set(`${group.queueId ?? '-'} ${group.mediaType} ${interval} ${metric}`, stats);
      }
    }
  }
  return out;
}

describe('cells', () => {
  const analytics = { seed: 'test', target: 0.8 };
  const anyCell = fc.record({
    queueId: fc.uuid(),
    media: fc.constantFrom('voice', 'callback', 'chat', 'email', 'message'),
    busyHour: fc.integer({ min: 0, max: 500 }),
    hour: fc.integer({ min: 400_000, max: THIS_HOUR }),
    restated: fc.integer({ min: 0, max: 3 }),
  });

  it('fit each other', () => {
    fc.assert(
      fc.property(anyCell, ({ hour, restated, ...source }) => {
        const cell = cellOf(analytics, source, streamSeed(analytics, source), hour, NOW, restated);
        if (cell === undefined) return;
        const count = (metric: string): number => cell[metric]?.count ?? 0;
        expect(count('nOffered')).toBe(count('tAnswered') + count('tAbandon') + count('tFlowOut'));
        expect(count('tWait')).toBe(count('nOffered'));
        expect(count('tShortAbandon')).toBeLessThanOrEqual(count('tAbandon'));
        const level = cell['oServiceLevel'];
        if (level !== undefined) {
          expect(level.numerator).toBe(count('tAnswered') - count('nOverSla'));
          expect(level.denominator).toBe(count('tAnswered') + count('tAbandon'));
        }
        for (const { count: n, sum, min, max } of Object.values(cell)) {
          if (n === undefined || sum === undefined || min === undefined || max === undefined) continue;
          expect(n).toBeGreaterThan(0);
          expect(min).toBeLessThanOrEqual(max);
          expect(sum).toBeGreaterThanOrEqual(min * (n - 1) + max);
        }
      }),
    );
  });

  it('are the same whenever they are asked for, once the hour is settled', () => {
    fc.assert(
      fc.property(anyCell, fc.integer({ min: 1, max: 1_000_000 }), ({ hour, ...source }, later) => {
        const seed = streamSeed(analytics, source);
        const settled = (hour + 1) * HOUR_MS + 5 * 60_000;
        const first = cellOf(analytics, source, seed, hour, settled);
        expect(cellOf(analytics, source, seed, hour, settled + later * 1000)).toEqual(first);
      }),
    );
  });

  it('change with every restatement', () => {
    fc.assert(
      fc.property(anyCell, ({ hour, restated, ...source }) => {
        const seed = streamSeed(analytics, source);
        const at = (times: number) => cellOf(analytics, source, seed, hour - 2, NOW, times);
        expect(at(restated + 1)).not.toEqual(at(restated));
      }),
    );
  });

  it('of the future do not exist', () => {
    const source = { queueId: 'q', media: 'voice' as const, busyHour: 1000 };
    expect(cellOf(analytics, source, streamSeed(analytics, source), THIS_HOUR + 1, NOW)).toBeUndefined();
  });
});

describe('aggregates over the wire', () => {
  let sandbox: Sandbox;
  let token: string;

  beforeAll(async () => {
    const org = { ...builtInOrg('genesys'), requestsPerMinute: 1_000_000 };
    sandbox = await startSandbox({ org, clock: () => new Date(NOW) });
    const { id = '', secret = '' } = sandbox.client;
    const response = await fetch(`${sandbox.loginUrl}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret }),
    });
    token = ((await response.json()) as { access_token: string }).access_token;
  });
  afterAll(() => sandbox.close());

  async function ask(from: number, to: number, more: object = {}): Promise<Answer> {
    const response = await fetch(`${sandbox.apiUrl}/api/v2/analytics/conversations/aggregates/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        interval: `${instant(from * HOUR_MS)}/${instant(to * HOUR_MS)}`,
        granularity: 'PT1H',
        groupBy: ['queueId', 'mediaType'],
        metrics: METRICS,
        ...more,
      }),
    });
    return (await response.json()) as Answer;
  }

  it('a window holds what its hours hold, one by one', async () => {
    const window = fc.tuple(
      fc.integer({ min: THIS_HOUR - 9000, max: THIS_HOUR - 12 }),
      fc.integer({ min: 1, max: 10 }),
    );
    await fc.assert(
      fc.asyncProperty(window, async ([from, hours]) => {
        const together = flat(await ask(from, from + hours));
        const singly = new Map<string, object>();
        for (let hour = from; hour < from + hours; hour++) {
          for (const [key, stats] of flat(await ask(hour, hour + 1))) singly.set(key, stats);
        }
        expect(together).toEqual(singly);
      }),
      { numRuns: 25 },
    );
  });

  it('holds the truth, queue by queue', async () => {
    const from = THIS_HOUR - 30;
    const answer = flat(await ask(from, THIS_HOUR));
    const rows = sandbox.truth(hourOf(from * HOUR_MS), hourOf(THIS_HOUR * HOUR_MS));
    expect(rows.length).toBeGreaterThan(100);
    let compared = 0;
    for (const row of rows) {
      const start = new Date(row.hour).toISOString();
      const end = new Date(Date.parse(row.hour) + HOUR_MS).toISOString();
      for (const metric of METRICS.filter((m) => row.metrics[m] !== undefined)) {
        const key = `${row.queueId} ${row.mediaType} ${start}/${end} ${metric}`;
        expect(answer.get(key)).toEqual(row.metrics[metric]);
        compared += 1;
      }
    }
    expect([...answer.keys()].filter((k) => !k.startsWith('-'))).toHaveLength(compared);
  });

  it('has groups without a queue, unless the filter asks for one', async () => {
    const from = THIS_HOUR - 24;
    const all = await ask(from, THIS_HOUR);
    expect(all.results.some((r) => r.group.queueId === undefined)).toBe(true);
    const filter = { type: 'and', predicates: [{ dimension: 'queueId', operator: 'exists' }] };
    const queued = await ask(from, THIS_HOUR, { filter });
    expect(queued.results.some((r) => r.group.queueId === undefined)).toBe(false);
    expect(queued.results.length).toBeGreaterThan(5);
  });

  it('keeps hours and rows apart that differ, and adds up days', async () => {
    const day = Math.floor(THIS_HOUR / 24) * 24 - 24;
    const hours = flat(await ask(day, day + 24, { metrics: ['nOffered'] }));
    const days = await ask(day, day + 24, { metrics: ['nOffered'], granularity: 'P1D' });
    for (const { group, data } of days.results) {
      const own = [...hours].filter(([k]) => k.startsWith(`${group.queueId} ${group.mediaType} `));
      const sum = own.reduce((n, [, stats]) => n + ((stats as { count?: number }).count ?? 0), 0);
      expect(data[0]?.metrics[0]?.stats).toEqual({ count: sum });
    }
    expect(days.results.length).toBeGreaterThan(5);
  });

  it('shows only the divisions of the role', async () => {
    const all = await ask(THIS_HOUR - 24, THIS_HOUR);
    const org = sandbox.org as GenesysOrg;
    const home = org.divisions.find((d) => d.home)?.id;
    const client = org.clients.find((c) => c.id === sandbox.client.id);
    const before = client?.roleDivisions ?? [];
    sandbox.set((_, c) => {
      if ('roleDivisions' in c) c.roleDivisions = before.filter((p) => p.division === home);
    });
    const some = await ask(THIS_HOUR - 24, THIS_HOUR);
    sandbox.set((_, c) => {
      if ('roleDivisions' in c) c.roleDivisions = before;
    });
    const inHome = new Set(org.queues.filter((q) => q.division === home).map((q) => q.id));
    const seen = (answer: Answer) => new Set(answer.results.map((r) => r.group.queueId).filter(Boolean));
    expect(seen(some)).toEqual(inHome);
    expect(seen(all).size).toBe(org.queues.length);
  });
});
