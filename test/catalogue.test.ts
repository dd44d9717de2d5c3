import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUILT_IN, builtIn, createCatalogue, withBuiltIn } from '../src/catalogue/index.ts';
import { ABSENT } from '../src/catalogue/absent.ts';
import { segmentsOf } from '../src/catalogue/paths.ts';
import type { CatalogueEntry } from '../src/core/index.ts';
import { bundledDataset, DATASETS } from '../src/datasets/index.ts';

// The reference stays beside the project; nothing of it is part of it.
const REFERENCE = new URL('../../shared/data/endpoint-permissions.json', import.meta.url);

interface ReferenceRow {
  method: string;
  path: string;
  permissions: { mode: string | null; names: string[] };
  scopes: string[] | null;
}

const ISSUE_LIST = [
  'POST /api/v2/analytics/conversations/aggregates/query',
  'POST /api/v2/analytics/queues/observations/query',
  'GET /api/v2/routing/queues',
  'GET /api/v2/tokens/me',
  'GET /api/v2/authorization/subjects/me',
  'GET /api/v2/authorization/divisionspermitted/paged/me',
  'GET /api/v2/authorization/permissions',
  'GET /api/v2/organizations/me',
];

function entry(method: string, path: string): CatalogueEntry {
  return {
    method,
    path,
    rule: { type: 'none', permissions: [] },
    scopes: [],
    clientCredentials: 'unknown',
    divisionAware: 'unknown',
    source: 'test',
    date: '2026-11-23',
  };
}

const anyRow = fc.constantFrom(...BUILT_IN);
const id = fc.oneof(
  fc.uuid(),
  fc.stringMatching(/^[0-9]{1,9}$/),
  fc.stringMatching(/^[a-z0-9]{3}-[a-z0-9]{9,20}$/),
);

/** The template with its places filled in. */
const filled = (path: string, ids: readonly string[]): string => {
  let next = 0;
  return path.replace(/\{\w+\}/g, () => ids[next++ % ids.length] ?? '0');
};

describe('the built-in table', () => {
  it.skipIf(!existsSync(REFERENCE))('agrees with the reference in every rule and scope', () => {
    const { endpoints } = JSON.parse(readFileSync(REFERENCE, 'utf8')) as { endpoints: ReferenceRow[] };
    const reference = new Map(endpoints.map((row) => [`${row.method} ${row.path}`, row]));
    const disagreeing = BUILT_IN.flatMap(({ method, path, rule, scopes }) => {
      const row = reference.get(`${method} ${path}`);
      const ours = JSON.stringify([rule.type, rule.permissions, scopes]);
      const theirs = row && JSON.stringify([row.permissions.mode, row.permissions.names, row.scopes]);
      return ours === theirs ? [] : [`${method} ${path}: ${ours} but ${theirs ?? 'absent'}`];
    });
    expect(disagreeing).toEqual([]);
    const paths = new Set(endpoints.map(({ path }) => path.toLowerCase()));
    expect(ABSENT.filter(({ path }) => paths.has(path))).toEqual([]);
  });

  it('holds what the program itself asks', () => {
    const missing = ISSUE_LIST.filter((one) => {
      const [method = '', path = ''] = one.split(' ');
      return builtIn.find(method, path)?.path !== path;
    });
    expect(missing).toEqual([]);
    const needs = DATASETS.filter((name) => name !== 'queue-summary').flatMap(
      (name) => bundledDataset(name)?.needs ?? [],
    );
    expect(needs.length).toBeGreaterThan(0);
    for (const { method, path } of needs) expect(builtIn.find(method, path)).toBeDefined();
  });

  it('has no row twice, and no scope or permission of the wrong form', () => {
    const keys = BUILT_IN.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { rule, scopes } of BUILT_IN) {
      expect(rule.permissions.length > 0).toBe(rule.type === 'ANY' || rule.type === 'ALL');
      for (const name of rule.permissions) expect(name).toMatch(/^[a-zA-Z]+:[a-zA-Z]+:[a-zA-Z]+$/);
      for (const scope of scopes) expect(scope).toMatch(/^[a-z-]+(:readonly)?$/);
    }
  });

  it('gives bodies only to queries, and every body is JSON', () => {
    const withBody = BUILT_IN.filter(({ smallestBody }) => smallestBody !== undefined);
    expect(withBody.length).toBeGreaterThan(5);
    for (const { method, query, smallestBody } of withBody) {
      expect([method, query]).toEqual(['POST', true]);
      expect(JSON.parse(JSON.stringify(smallestBody))).toEqual(smallestBody);
    }
    for (const { method, path } of BUILT_IN.filter(({ query }) => query)) {
      expect(method).toBe('POST');
      expect(path).toMatch(/(query|search)$/);
    }
  });

  it('points only to endpoints that it knows', () => {
    for (const { path, instead } of ABSENT) {
      expect(builtIn.exists('GET', path), path).toBe(false);
      for (const one of instead) expect(builtIn.find(one.method, one.path)?.path).toBe(one.path);
    }
  });
});

describe('lookup', () => {
  it('finds every row by its template, by ids, by URL, with query, slashes and other letters', () => {
    fc.assert(
      fc.property(
        anyRow,
        fc.array(id, { minLength: 3, maxLength: 3 }),
        fc.constantFrom('', 'https://api.mypurecloud.de', 'http://127.0.0.1:8080', 'api.usw2.pure.cloud'),
        fc.constantFrom('', '/', '//'),
        fc.constantFrom('', '?pageSize=100&pageNumber=1', '?next=/api/v2/users', '#top'),
        fc.boolean(),
        (row, ids, host, slash, query, upper) => {
          const path = filled(row.path, ids);
          const target = `${host}${upper ? path.replace('/api/v2', '/API/V2') : path}${slash}${query}`;
          expect(builtIn.find(row.method.toLowerCase(), target)?.path).toBe(row.path);
          expect(builtIn.exists(row.method, target)).toBe(true);
        },
      ),
    );
  });

  it('finds every row by its own text, and without the version prefix or a part of it', () => {
    for (const { method, path } of BUILT_IN) {
      const tail = path.slice('/api/v2'.length);
      for (const target of [path, tail, tail.slice(1), `/v2${tail}`, `/api${tail}`]) {
        expect(builtIn.find(method, target)?.path, target).toBe(path);
      }
    }
  });

  it('prefers words to places, as servers do', () => {
    expect(builtIn.find('GET', '/api/v2/users/me')?.path).toBe('/api/v2/users/me');
    expect(builtIn.find('GET', '/api/v2/users/4711')?.path).toBe('/api/v2/users/{userId}');
    expect(builtIn.find('GET', '/api/v2/users/{id}')?.path).toBe('/api/v2/users/{userId}');
  });

  it('goes back where a word fits but not its method', () => {
    const catalogue = createCatalogue([entry('POST', '/x/me'), entry('GET', '/x/{id}')], {
      source: 'test',
      date: '2026-11-23',
      complete: true,
    });
    expect(catalogue.find('GET', '/x/me')?.path).toBe('/x/{id}');
  });

  it('knows that the path of the thread does not exist, and where it leads', () => {
    for (const path of [
      '/api/v2/analytics/reporting/queues/summary',
      'https://api.mypurecloud.com/api/v2/analytics/reporting/queues/summary?interval=x',
      'analytics/reporting/queues/summary/',
    ]) {
      expect(builtIn.exists('GET', path)).toBe(false);
      expect(
        builtIn
          .nearest('GET', path)
          .slice(0, 2)
          .map((one) => `${one.method} ${one.path}`),
      ).toEqual([
        'POST /api/v2/analytics/conversations/aggregates/query',
        'POST /api/v2/analytics/queues/observations/query',
      ]);
    }
  });

  it('takes no absent path for the id of something else', () => {
    expect(builtIn.exists('GET', '/api/v2/oauth/clients/search')).toBe(false);
    expect(builtIn.find('GET', '/api/v2/oauth/clients/4711')).toBeDefined();
  });

  it('says unknown, not absent, of what the built-in table leaves out', () => {
    expect(builtIn.exists('GET', '/api/v2/alerting/alerts/all')).toBe('unknown');
    expect(builtIn.absence('GET', '/api/v2/alerting/alerts/all')).toBeUndefined();
  });

  it('a complete list knows what is absent, and names the same path with another method', () => {
    const whole = withBuiltIn(BUILT_IN, { source: 'test', date: '2026-11-23' });
    expect(whole.exists('GET', '/api/v2/alerting/alerts/all')).toBe(false);
    expect(whole.nearest('GET', '/api/v2/analytics/conversations/aggregates/query')[0]).toMatchObject({
      method: 'POST',
      path: '/api/v2/analytics/conversations/aggregates/query',
    });
  });

  it('never throws and never invents an endpoint, whatever is asked', () => {
    fc.assert(
      fc.property(fc.string(), fc.oneof(fc.string(), fc.webUrl(), fc.webPath()), (method, path) => {
        const near = builtIn.nearest(method, path);
        expect(near.length).toBeLessThanOrEqual(5);
        for (const one of near)
          expect(BUILT_IN.some((row) => row.path === one.path && row.method === one.method)).toBe(true);
        expect([true, false, 'unknown']).toContain(builtIn.exists(method, path));
      }),
    );
  });

  it('is not misled by names that every object has', () => {
    for (const path of ['/api/v2/constructor', '/__proto__', '/api/v2/users/__proto__/toString']) {
      expect(builtIn.exists('GET', path)).toBe('unknown');
      expect(builtIn.nearest('hasOwnProperty', path).length).toBeLessThanOrEqual(5);
    }
  });
});

describe('did you mean', () => {
  const slip = fc
    .record({
      row: anyRow,
      at: fc.nat(),
      letter: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
      kind: fc.nat(2),
    })
    .map(({ row, at, letter, kind }) => {
      const start = '/api/v2/'.length;
      const letters = [...row.path].flatMap((c, i) =>
        i >= start && /[a-z]/i.test(c) && !insideBraces(row.path, i) ? [i] : [],
      );
      const i = letters[at % letters.length] ?? start;
      const rest =
        kind === 0
          ? row.path.slice(i + 1)
          : kind === 1
            ? letter + row.path.slice(i + 1)
            : letter + row.path.slice(i);
      return { row, path: row.path.slice(0, i) + rest };
    })
    .filter(({ row, path }) => path !== row.path && builtIn.find(row.method, path) === undefined);

  it('names the real path first after one slip of the finger', () => {
    fc.assert(
      fc.property(slip, ({ row, path }) => {
        expect(builtIn.nearest(row.method, path)[0]).toMatchObject({ method: row.method, path: row.path });
      }),
      { numRuns: 500 },
    );
  });

  it('leads wishes for queue reports to the aggregates query, misspelt or not in the list', () => {
    for (const path of [
      '/api/v2/queue/stats',
      '/api/v2/routing/queues/{queueId}/metrics',
      '/api/v2/reports/queues',
    ]) {
      expect(builtIn.nearest('GET', path)[0]?.path, path).toBe(
        '/api/v2/analytics/conversations/aggregates/query',
      );
    }
  });
});

describe('paths', () => {
  it('are cut from URLs, hosts and queries', () => {
    expect(segmentsOf('https://u:p@h.example:1/a//b/?c=/d')).toEqual(['a', 'b']);
    expect(segmentsOf('api.mypurecloud.de/api/v2/users')).toEqual(['api', 'v2', 'users']);
    expect(segmentsOf('/v1.0/users')).toEqual(['v1.0', 'users']);
    expect(segmentsOf('')).toEqual([]);
  });
});

function insideBraces(path: string, at: number): boolean {
  return path.lastIndexOf('{', at) > path.lastIndexOf('}', at);
}
