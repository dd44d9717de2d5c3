/** Org files: the user's own world, and the messages where it can't be read; scenarios that work on any of them. */
import { describe, expect, it } from 'vitest';
import { Failure, isCode } from '../src/core/index.ts';
import type { Org } from '../src/sandbox/org.ts';
import { listScenarios } from '../src/sandbox/scenarios.ts';
import { builtInOrg, readOrg, startSandbox } from '../src/sandbox/server.ts';

const SMALLEST = {
  world: 'genesys',
  id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  name: 'Kontakt Süd',
  clients: [
    {
      id: 'f47ac10b-58cc-4372-a567-0e02b2c3d479',
      secret: 's3cret',
      name: 'nightly',
      roleDivisions: [
        { role: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed', division: '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d' },
      ],
    },
  ],
  roles: [
    { id: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed', name: 'All of it', permissions: ['analytics:*:*', '*'] },
  ],
  divisions: [{ id: '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d', name: 'Zentrale', home: true }],
  queues: [{ id: 'aaaaaaaa-1111-4111-8111-111111111111', name: '=Hotline' }],
};

const SMALLEST_THREAD = {
  world: 'thread',
  id: SMALLEST.id,
  name: 'Another API',
  clients: [
    {
      id: 'job',
      secret: 'abcdefghijklmnopqrstuvwxyz',
      name: 'Job',
      allowedGrantTypes: ['client_credentials'],
      allowedScopes: ['q.read'],
      asksFor: 'q.read',
    },
  ],
  scopes: [{ name: 'q.read' }],
  needs: { queueSummary: ['q.read'] },
  audience: 'urn:another',
  queues: [{ id: 'one', name: 'One' }],
};

type Path = readonly (string | number)[];

/** What reading says about the smallest file with one value changed; `undefined` takes it out. */
function failure(path: Path, value: unknown): Failure {
  const file: unknown = structuredClone(SMALLEST);
  let at = file as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as typeof at;
  at[path.at(-1) ?? ''] = value;
  try {
    readOrg(JSON.stringify(file), 'acme.json');
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('the file was taken');
}

describe('an org file', () => {
  it('may be small: the rest has defaults', () => {
    const org = readOrg(JSON.stringify(SMALLEST), 'acme.json');
    expect(org).toMatchObject({
      requestsPerMinute: 300,
      clients: [{ grantType: 'CLIENT-CREDENTIALS', state: 'active', tokenSeconds: 86_400 }],
      queues: [{ media: ['voice'], division: SMALLEST.divisions[0]?.id }],
      analytics: { seed: SMALLEST.name, target: 0.8 },
    });
    expect((org as { permissions: string[] }).permissions).toContain('analytics:conversationAggregate:view');
  });

  it.each<[string, Path, unknown]>([
    ['world', ['world'], 'mars'],
    ['name', ['name'], undefined],
    ['id', ['id'], 'acme'],
    ['clients', ['clients'], []],
    ['clients[0].id', ['clients', 0, 'id'], 'me'],
    ['clients[0].secret', ['clients', 0, 'secret'], ''],
    ['clients[0].grantType', ['clients', 0, 'grantType'], 'CLIENT_CREDENTIALS'],
    ['clients[0].tokenSeconds', ['clients', 0, 'tokenSeconds'], 60],
    ['clients[0].roleDivisions[0].role', ['clients', 0, 'roleDivisions', 0, 'role'], 'x'],
    ['roles[0].permissions[0]', ['roles', 0, 'permissions'], ['routing']],
    ['divisions', ['divisions', 0, 'home'], false],
    ['queues[0].division', ['queues', 0, 'division'], 'elsewhere'],
    ['queues[0].media[0]', ['queues', 0, 'media'], ['fax']],
    ['queues', ['queues'], [SMALLEST.queues[0], SMALLEST.queues[0]]],
    ['analytics.since', ['analytics'], { since: 'spring' }],
    ['features', ['features'], 'all of them'],
  ])('names the field %s where that is wrong', (field, path, value) => {
    const { exit, message, expected } = failure(path, value);
    expect(exit).toBe(2);
    expect(message).toContain('acme.json');
    expect(message).toContain(field);
    expect(expected).toContain(field);
  });

  it('that is no JSON is named so, without a stack', () => {
    expect(() => readOrg('{', 'acme.json')).toThrow(Failure);
    expect(() => readOrg('[]', 'acme.json')).toThrow('acme.json: the file is not what it should be');
  });
});

describe('scenarios', () => {
  const worlds: [string, () => Org][] = [
    ['genesys', () => builtInOrg('genesys')],
    ['thread', () => builtInOrg('thread')],
    ['a small genesys org of one division', () => readOrg(JSON.stringify(SMALLEST), 'a.json')],
    ['a small thread org of one scope', () => readOrg(JSON.stringify(SMALLEST_THREAD), 'b.json')],
  ];

  it.each(worlds)('bear the codes of findings as names, once each (%s)', (_, make) => {
    const names = listScenarios(make()).map((s) => s.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(isCode(name.split('.')[0] ?? '')).toBe(true);
  });

  it.each(worlds)(
    'each start on any org, change it or what is handed out, and leave the file alone (%s)',
    async (_, make) => {
      const org = make();
      const healthy = await startSandbox({ org });
      const untouched = structuredClone(org);
      for (const { name } of listScenarios(org)) {
        const sandbox = await startSandbox({ org, scenario: name });
        const same = (a: object, b: object): boolean =>
          JSON.stringify(a).replaceAll(/:\d{4,5}/g, '') === JSON.stringify(b).replaceAll(/:\d{4,5}/g, '');
        const spoils = /^connection\/|^request\/wrong-endpoint/.test(name);
        const changed =
          !same(sandbox.org, healthy.org) ||
          !same(sandbox.env, healthy.env) ||
          !same(sandbox.endpoints, healthy.endpoints);
        expect([name, changed || spoils]).toEqual([name, true]);
        await sandbox.close();
      }
      await healthy.close();
      expect(org).toEqual(untouched);
    },
  );

  it('that do not exist are refused with the list of those that do', async () => {
    const start = startSandbox({ org: builtInOrg('genesys'), scenario: 'scope/unknown' });
    await expect(start).rejects.toMatchObject({
      exit: 2,
      expected: expect.stringContaining('client/disabled') as string,
    });
  });

  it('on a port that is taken are refused, and leave no listener behind', async () => {
    const first = await startSandbox({ org: builtInOrg('thread') });
    const port = Number(new URL(first.apiUrl).port);
    await expect(startSandbox({ org: builtInOrg('thread'), port })).rejects.toMatchObject({ exit: 2 });
    await first.close();
    const second = await startSandbox({ org: builtInOrg('thread'), port });
    expect(second.apiUrl).toBe(first.apiUrl);
    await second.close();
  });
});
