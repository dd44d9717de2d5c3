/** Several endpoints at once, and the least that they need. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCatalogue } from '../src/catalogue/index.ts';
import { checks } from '../src/checks/endpoint/index.ts';
import { ladder } from '../src/checks/ladder.ts';
import type { CatalogueEntry, Exchange, Report } from '../src/core/index.ts';
import { climb } from '../src/diagnose/index.ts';
import { genesysCloud } from '../src/providers/genesys-cloud.ts';
import type { GenesysOrg } from '../src/sandbox/org.ts';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import { runCli } from './cli-run.ts';
import { apiExchange, json, look, sceneOf, silent, tokenExchange } from './scenes.ts';

const folder = mkdtempSync(join(tmpdir(), 'why403-endpoints-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ org: builtInOrg('genesys') });
});
afterEach(() => sandbox.close());

const run = (...flags: string[]) => runCli(['diagnose', ...flags], { env: sandbox.env, cwd: folder });

describe('several endpoints', () => {
  it('come from a file with comments and from flags, each once, and have a row each', async () => {
    const lines = [
      '\ufeff# what the report calls',
      'GET /api/v2/routing/queues   # the list',
      '',
      'get /api/v2/users/me\r',
      '   DELETE /api/v2/routing/queues/6f0e7a52-3c1b-4d8e-9a27-5b1c9d0e4f38',
      'GET /api/v2/routing/queues',
    ];
    writeFileSync(join(folder, 'endpoints.txt'), lines.join('\n'));
    const flags = ['--endpoints', 'endpoints.txt', '--endpoint', 'GET /api/v2/routing/queues?pageSize=1'];
    const { exit, stdout } = await run('--json', ...flags);
    const report = JSON.parse(stdout) as Report;
    expect(report.endpoints).toEqual([
      { method: 'GET', path: '/api/v2/routing/queues?pageSize=1', result: 'let in', status: 200, codes: [] },
      { method: 'GET', path: '/api/v2/routing/queues', result: 'let in', status: 200, codes: [] },
      {
        method: 'GET',
        path: '/api/v2/users/me',
        result: 'refused',
        status: 400,
        codes: ['endpoint/user-context'],
      },
      {
        method: 'DELETE',
        path: '/api/v2/routing/queues/6f0e7a52-3c1b-4d8e-9a27-5b1c9d0e4f38',
        result: 'not sent',
        codes: [],
      },
    ]);
    expect(exit).toBe(1);
    expect(sandbox.requests.some((r) => r.method === 'DELETE')).toBe(false);
    for (const format of ['text', 'markdown', 'html']) {
      const shown = await run('--format', format, ...flags);
      for (const { path } of report.endpoints!) expect(shown.stdout).toContain(path);
      expect(shown.stdout).toContain('not sent');
      expect(shown.exit).toBe(1);
    }
  });

  it('are asked four at a time at most', async () => {
    let [now, most] = [0, 0];
    const needs = Array.from({ length: 20 }, (_, i) => ({ method: 'GET', path: `/api/v2/things/${i}` }));
    const settings = {
      tokenUrl: 'https://login.example/oauth/token',
      apiUrl: 'https://api.example',
      readyToken: true,
    };
    const { evidence } = sceneOf({ needs, settings }, { profile: genesysCloud });
    await climb(ladder, evidence, {
      profile: genesysCloud,
      catalogue: silent,
      transport: async (ask): Promise<Exchange> => {
        most = Math.max(most, ++now);
        await new Promise((done) => setImmediate(done));
        now -= 1;
        return {
          ...apiExchange(json(200, {})),
          step: ask.step,
          ...(ask.subject && { subject: ask.subject }),
        };
      },
    });
    expect(most).toBe(4);
  });

  it.each([
    ['a line without a method', 'GET /a\n/api/v2/users', 'list.txt, line 2'],
    ['no line at all', '# nothing\n', 'names no endpoint'],
    ['white space in a path', 'GET /a b', 'list.txt, line 1'],
  ])('are refused for %s, naming the place, and nothing is sent', async (_, text, said) => {
    writeFileSync(join(folder, 'list.txt'), text);
    const { exit, stderr } = await run('--endpoints', 'list.txt');
    expect(exit).toBe(2);
    expect(stderr).toContain(said);
    expect(sandbox.requests).toEqual([]);
  });

  it('are refused where the file is not there', async () => {
    const { exit, stderr } = await run('--endpoints', 'nowhere.txt');
    expect(exit).toBe(2);
    expect(stderr).toContain('nowhere.txt can not be read (ENOENT)');
  });

  it('are refused as paths where no setting names the API: exit 2, and nothing is sent', async () => {
    const env = { ...sandbox.env, WHY403_API_URL: '' };
    const asked = (...flags: string[]) =>
      runCli(['diagnose', '--login-url', sandbox.loginUrl, ...flags], { env, cwd: folder });
    const { exit, stderr } = await asked('--endpoint', 'GET /api/v2/routing/queues');
    expect(exit).toBe(2);
    expect(stderr).toContain('GET /api/v2/routing/queues');
    expect(stderr).toContain('--api-url');
    expect(sandbox.requests).toEqual([]);
    // What a dataset needs is no slip of the user's: a note says what was left out, and why.
    const byDataset = await asked('--json');
    const { notes } = JSON.parse(byDataset.stdout) as Report;
    expect(notes?.join('\n')).toMatch(/was not sent: the host of the API is not known; --api-url names it/);
    expect(notes?.join('\n')).not.toContain('--send');
  });

  it.each(['/api/v2/users', 'FETCH /api/v2/users', 'GET', 'GET users'])(
    "'%s' is no endpoint: exit 2 with an example",
    async (endpoint) => {
      const { exit, stderr } = await run('--endpoint', endpoint);
      expect(exit).toBe(2);
      expect(stderr).toContain("'METHOD PATH'");
    },
  );
});

describe('--least-privilege', () => {
  const endpoints = ['--endpoint', 'GET /api/v2/routing/queues', '--endpoint', 'GET /api/v2/users/me'];

  it('is the smallest role in three forms, and what the client holds beyond it', async () => {
    const before = structuredClone(sandbox.org);
    const { stdout } = await run('--json', '--least-privilege', ...endpoints);
    const least = (JSON.parse(stdout) as Report).leastPrivilege!;
    const org = sandbox.org as GenesysOrg;
    const client = org.clients.find((c) => c.id === sandbox.client.id)!;
    const role = org.roles.find((r) => r.id === client.roleDivisions[0]?.role)!;
    expect(least.permissions).toEqual(['routing:queue:view']);
    expect(least.role).toMatchObject({
      permissionPolicies: [{ domain: 'routing', entityName: 'queue', actionSet: ['view'] }],
    });
    expect(least.clicks?.join('\n')).toContain('Routing > Queue > View');
    expect(least.terraform).toContain('resource "genesyscloud_auth_role"');
    expect(least.terraform).toContain('resource "genesyscloud_oauth_client"');
    expect(least.beyond).toEqual(
      role.permissions
        .filter((p) => p !== 'routing:queue:view')
        .map((right) => ({ right, role: role.name, tooWide: false })),
    );
    // Nothing but reading was asked of the org.
    expect(sandbox.org).toEqual(before);
    expect(sandbox.requests.filter((r) => r.method !== 'GET').map((r) => r.path)).toEqual(['/oauth/token']);
  });

  it('calls a wildcard wider than what is needed', async () => {
    sandbox.set((org) => {
      for (const role of (org as GenesysOrg).roles) role.permissions = ['routing:*:*'];
    });
    const { stdout } = await run('--least-privilege', ...endpoints);
    expect(stdout.replace(/\s+/g, ' ')).toContain('routing:*:*, wider than what is needed');
  });

  it('says that nobody knows what the client holds where it could not be read', async () => {
    const { stdout } = await run('--least-privilege', '--offline', ...endpoints);
    expect(stdout).toContain('not known: what the client holds was not read');
  });

  it.each([['--format', 'junit'], ['--short']])('has no place in %s %s', async (...flags) => {
    const { exit, stderr } = await run('--least-privilege', ...flags.filter(Boolean));
    expect(exit).toBe(2);
    expect(stderr).toContain('--least-privilege has no place');
    expect(sandbox.requests).toEqual([]);
  });

  it('is about scopes where those decide', async () => {
    const thread = await startSandbox({ org: builtInOrg('thread') });
    try {
      const extra = 'analytics:reporting';
      const { stdout } = await runCli(
        ['diagnose', '--json', '--least-privilege', '--endpoint', thread.endpoints[0]!],
        { env: { ...thread.env, WHY403_SCOPE: `${thread.env['WHY403_SCOPE']} ${extra}` } },
      );
      const least = (JSON.parse(stdout) as Report).leastPrivilege;
      expect(least?.scopes).toEqual([thread.env['WHY403_SCOPE']]);
      expect(least?.beyond).toEqual([{ right: extra, tooWide: false }]);
    } finally {
      await thread.close();
    }
  });
});

describe('a list whose items can not be fetched', () => {
  const entry = (path: string, scope: string): CatalogueEntry => ({
    method: 'GET',
    path,
    rule: { type: 'none', permissions: [] },
    scopes: [scope],
    clientCredentials: true,
    divisionAware: 'unknown',
    source: 'openapi.json',
    date: '2026-11-23',
  });
  const entries = [
    entry('/recordings', 'recordings:list'),
    entry('/recordings/{recordingId}', 'recordings:list'),
    entry('/recordings/{recordingId}/download', 'recordings:read'),
  ];
  const catalogue = createCatalogue(entries, { source: 'openapi.json', date: '2026-11-23', complete: true });

  function seen(scope: string, status = 200) {
    const exchanges = [
      tokenExchange(
        { ...json(200, { scope }), token: { kind: 'opaque', length: 40 } },
        { form: { grant_type: 'client_credentials', scope } },
      ),
      {
        ...apiExchange(json(status, {}), { url: 'https://api.example.com/recordings' }),
        subject: 'GET /recordings',
      },
    ];
    return look(checks, 'endpoint/silently-empty', sceneOf({ exchanges }, { catalogue }));
  }

  it('is a warning that names the scope', () => {
    const [sighting] = seen('recordings:list');
    expect(sighting).toMatchObject({ severity: 'warning', certainty: 'suspected', sufficient: false });
    expect(sighting?.facts['permissions']).toEqual(['recordings:read']);
  });

  it('is none where the token has the scope, or the list itself was refused', () => {
    expect(seen('recordings:list recordings:read')).toEqual([]);
    expect(seen('recordings:list', 403)).toEqual([]);
  });
});

describe('recordings of Genesys Cloud', () => {
  const path = '/api/v2/conversations/6f0e7a52-3c1b-4d8e-9a27-5b1c9d0e4f38/recordings';

  function seen(...permissions: string[]) {
    const policies = permissions.map((p) => {
      const [domain, entityName, action] = p.split(':');
      return { domain: domain!, entityName: entityName!, actions: [action!] };
    });
    const grants = [{ division: { id: '*' }, role: { name: 'Listener', policies } }];
    const exchanges: Exchange[] = [
      { ...apiExchange(json(200, {}), { url: `https://api.mypurecloud.de${path}` }), subject: `GET ${path}` },
      { ...apiExchange(json(200, { grants })), step: 'grants' },
    ];
    const scene = sceneOf({ exchanges }, { profile: genesysCloud });
    return look(checks, 'endpoint/silently-empty', scene);
  }

  it('come redacted without the right to sensitive data: a note, because that may be meant', () => {
    const [sighting] = seen('recording:recording:view');
    expect(sighting).toMatchObject({ severity: 'note' });
    expect(sighting?.facts['permissions']).toEqual([
      'recording:recording:viewSensitiveData',
      'recording:annotation:view',
    ]);
    expect(seen('recording:*:*')).toEqual([]);
  });
});
