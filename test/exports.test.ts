/** Every case of fixtures/exports: the bodies of one window, and the file that they become. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DataRequest, Dataset, Json, Row, Window } from '../src/core/index.ts';
import { bundledDataset, DATASETS, declared } from '../src/datasets/index.ts';
import { linesOf } from '../src/export/lines.ts';
import { csvFormat } from '../src/render/rows-csv.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'exports');

interface Case {
  about: string;
  origin: string;
  window: Window;
  names: [string, string][];
}

const cases = readdirSync(FIXTURES).flatMap((id) =>
  readdirSync(join(FIXTURES, id)).map((slug) => ({ id, slug, folder: join(FIXTURES, id, slug) })),
);

function json(file: string): Json {
  return JSON.parse(readFileSync(file, 'utf8')) as Json;
}

function bodies(folder: string): Json[] {
  const files = readdirSync(folder).filter((name) => name.startsWith('body'));
  return files
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    .map((name) => json(join(folder, name)));
}

function csvOf(
  dataset: Dataset,
  { window, names }: Case,
  all: readonly Json[],
): { text: string; more: DataRequest[] } {
  const rows: Row[] = [];
  const more: DataRequest[] = [];
  for (const body of all) {
    const page = dataset.read(body, window, new Map(names));
    rows.push(...page.rows);
    if (page.more) more.push(page.more);
  }
  const format = csvFormat();
  return { text: format.header(dataset.columns) + format.write(linesOf(dataset, rows)), more };
}

describe('exports', () => {
  it.each(cases)('$id/$slug', ({ id, folder }) => {
    const dataset = bundledDataset(id)!;
    const { text, more } = csvOf(dataset, json(join(folder, 'case.json')) as unknown as Case, bodies(folder));
    expect(text).toBe(readFileSync(join(folder, 'expected.csv'), 'utf8'));
    expect(more).toHaveLength(bodies(folder).length - 1 - (folder.includes('outside') ? 1 : 0));
  });

  it('has a case for every bundled dataset', () => {
    for (const id of DATASETS) expect(cases.map((c) => c.id)).toContain(id);
  });

  it('asks for several hours at once, by queue and media type', () => {
    const dataset = bundledDataset('queue-hourly')!;
    expect(dataset.ask({ from: '2026-11-16T00:00:00Z', to: '2026-11-23T00:00:00Z' } as Window)).toMatchObject(
      {
        method: 'POST',
        path: '/api/v2/analytics/conversations/aggregates/query',
        json: {
          interval: '2026-11-16T00:00:00.000Z/2026-11-23T00:00:00.000Z',
          granularity: 'PT1H',
          groupBy: ['queueId', 'mediaType'],
        },
      },
    );
    expect(dataset.columns).toHaveLength(30);
  });

  it.each<[string, Json, RegExp]>([
    ['a list', [], /the answer should be an object and is an array/],
    ['results that are no list', { results: {} }, /results should be an array/],
    [
      'a bucket of half an hour',
      {
        results: [
          {
            group: { queueId: 'q' },
            data: [{ interval: '2026-11-23T09:00:00.000Z/2026-11-23T09:30:00.000Z' }],
          },
        ],
      },
      /data\[0\]\.interval/,
    ],
    [
      'a bucket of two hours',
      {
        results: [
          {
            group: { queueId: 'q' },
            data: [{ interval: '2026-11-23T09:00:00.000Z/2026-11-23T11:00:00.000Z' }],
          },
        ],
      },
      /one hour long/,
    ],
    [
      'a count that is a text',
      {
        results: [
          {
            group: { queueId: 'q' },
            data: [
              {
                interval: '2026-11-23T09:00:00.000Z/2026-11-23T10:00:00.000Z',
                metrics: [{ metric: 'nOffered', stats: { count: '3' } }],
              },
            ],
          },
        ],
      },
      /nOffered\.count should be a number/,
    ],
  ])('says where %s is not what it expected', (_, body, message) => {
    const window = { from: '2026-11-23T09:00:00Z', to: '2026-11-23T11:00:00Z' } as Window;
    expect(() => bundledDataset('queue-hourly')!.read(body, window, new Map())).toThrow(message);
  });
});

describe('a declared dataset', () => {
  const good = {
    schema: 1,
    id: 'agents',
    request: { method: 'POST', path: '/api/v2/x?size=2', body: { interval: '{from}/{to}' } },
    rows: '/results/*/data',
    columns: [
      { name: 'hour', from: '/at', type: 'hour' },
      { name: 'agent', from: '2/id' },
      { name: 'calls', from: '/stats/calls', type: 'number', absent: 0 },
      { name: 'talk', from: '/stats/talk', type: 'number' },
    ],
    key: ['hour', 'agent'],
    paging: { cursor: { query: 'cursor', next: '/cursor' } },
  };
  const window = { from: '2026-11-23T09:00:00Z', to: '2026-11-23T11:00:00Z' } as Window;

  it('reads nested rows, asks for the next page and fills in the window', () => {
    const dataset = declared(good, 'agents.json');
    expect(dataset.ask(window)).toEqual({
      method: 'POST',
      path: '/api/v2/x?size=2',
      json: { interval: '2026-11-23T09:00:00Z/2026-11-23T11:00:00Z' },
    });
    const body = {
      cursor: 'a b',
      results: [
        {
          id: 'kim',
          data: [
            { at: '2026-11-23T10:00:00+01:00', stats: { calls: 4, talk: 1.5 } },
            { at: '2026-11-23T10:00:00Z' },
          ],
        },
        { id: 'lee', data: [{ at: '2026-11-23T11:00:00Z', stats: { calls: 9 } }] },
      ],
    };
    expect(dataset.read(body, window, new Map())).toEqual({
      rows: [
        { hour: '2026-11-23T09:00:00Z', agent: 'kim', calls: 4, talk: 1.5 },
        { hour: '2026-11-23T10:00:00Z', agent: 'kim', calls: 0, talk: null },
      ],
      more: {
        method: 'POST',
        path: '/api/v2/x?size=2&cursor=a+b',
        json: { interval: '2026-11-23T09:00:00Z/2026-11-23T11:00:00Z' },
      },
    });
  });

  it.each<[string, (d: Record<string, unknown>) => unknown, RegExp]>([
    ['no object', () => [], /the declaration is/],
    ['an unknown field', (d) => ({ ...d, colums: [] }), /"colums" that is not known/],
    ['a newer schema', (d) => ({ ...d, schema: 2 }), /schema is 2/],
    ['a bad id', (d) => ({ ...d, id: '../x' }), /id is "..\/x"/],
    [
      'DELETE',
      (d) => ({ ...d, request: { ...good.request, method: 'DELETE' } }),
      /request\.method is "DELETE"/,
    ],
    [
      'another host',
      (d) => ({ ...d, request: { method: 'GET', path: '//evil.example/{from}{to}' } }),
      /request\.path is/,
    ],
    [
      'a request without its window',
      (d) => ({ ...d, request: { method: 'GET', path: '/x?a={from}' } }),
      /does not say where \{to\} stands/,
    ],
    ['a body for GET', (d) => ({ ...d, request: { ...good.request, method: 'GET' } }), /request\.body/],
    ['a bad pointer', (d) => ({ ...d, rows: 'results' }), /rows is "results"/],
    ['no columns', (d) => ({ ...d, columns: [] }), /columns is \[\]/],
    ['a column twice', (d) => ({ ...d, columns: [...good.columns, good.columns[1]] }), /names agent twice/],
    [
      'a column that is a trap',
      (d) => ({ ...d, columns: [...good.columns, { name: '__proto__' }] }),
      /columns\[4\]\.name/,
    ],
    [
      'a type that is none',
      (d) => ({ ...d, columns: [{ name: 'hour', type: 'date' }] }),
      /columns\[0\]\.type is "date"/,
    ],
    ['a key that is no column', (d) => ({ ...d, key: ['hour', 'queue'] }), /key\[1\] is "queue"/],
    ['a key without an hour', (d) => ({ ...d, key: ['agent'] }), /key\[0\] is "agent"/],
    ['two kinds of paging', (d) => ({ ...d, paging: { next: '/n', cursor: {} } }), /paging is/],
    ['hours out of reach', (d) => ({ ...d, maxHours: 0 }), /maxHours is 0/],
  ])('names the field: %s', (_, change, message) => {
    const run = (): unknown => declared(change(good) as Json, 'agents.json');
    expect(run).toThrow(message);
    expect(run).toThrow(
      expect.objectContaining({
        exit: 2,
        message: expect.stringContaining('agents.json') as string,
      }) as Error,
    );
  });

  it('is what queue-summary is, and the file of it stands beside the program', () => {
    const file = join(import.meta.dirname, '..', 'src', 'datasets', 'queue-summary.json');
    expect(existsSync(file)).toBe(true);
    expect(declared(json(file), file).columns).toEqual(bundledDataset('queue-summary')!.columns);
  });
});
