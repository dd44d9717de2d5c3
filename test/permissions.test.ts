import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { genesysCatalogue } from '../src/app/catalogue.ts';
import { builtIn, onScreen, smallestRole, terraform } from '../src/catalogue/index.ts';
import { runCommand } from '../src/cli/main.ts';
import type { Terminal } from '../src/cli/terminal.ts';
import type { CatalogueEntry, PermissionRule } from '../src/core/index.ts';
import { builtInOrg, startSandbox } from '../src/sandbox/server.ts';
import { CA_FILE, serve, serveProxy, serveTls } from './servers.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'why403-catalogue-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command line; the cache lies in this test's own folder. */
async function why403(...argv: string[]): Promise<{ exit: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const terminal: Terminal = {
    out: (text) => (out += text),
    err: (text) => (err += text),
    env: { XDG_CACHE_HOME: folder, XDG_CONFIG_HOME: folder },
    cwd: folder,
    stdoutIsTTY: false,
    stderrIsTTY: false,
    columns: 80,
    color: false,
    stdin: () => Promise.resolve(Buffer.alloc(0)),
    now: () => new Date('2026-11-23T12:00:00Z'),
    signal: new AbortController().signal,
  };
  const exit = await runCommand(argv, terminal);
  return { exit, out, err };
}

const THREAD = 'GET /api/v2/analytics/reporting/queues/summary';

describe('why403 permissions', () => {
  it('says that the path of the thread does not exist and names the two real ones first', async () => {
    const { exit, out } = await why403('permissions', THREAD);
    expect(exit).toBe(1);
    expect(out).toContain('does not exist');
    expect(out).toMatch(/1\. POST \/api\/v2\/analytics\/conversations\/aggregates\/query\n/);
    expect(out).toMatch(/2\. POST \/api\/v2\/analytics\/queues\/observations\/query\n/);
  });

  it('answers as JSON in the form of the contract', async () => {
    const { exit, out } = await why403(
      'permissions',
      '--format',
      'json',
      THREAD,
      'GET routing/queues/?pageSize=5',
    );
    const { schema, endpoints } = JSON.parse(out) as { schema: number; endpoints: Record<string, unknown>[] };
    expect([exit, schema, endpoints.length]).toEqual([1, 1, 2]);
    expect(endpoints[0]).toMatchObject({
      method: 'GET',
      path: '/api/v2/analytics/reporting/queues/summary',
      exists: false,
      rule: { type: 'unknown', permissions: [] },
      scopes: [],
      clientCredentials: 'unknown',
    });
    expect(endpoints[1]).toMatchObject({
      method: 'GET',
      path: '/api/v2/routing/queues',
      exists: true,
      rule: { type: 'ANY', permissions: ['routing:queue:view'] },
      scopes: ['routing', 'routing:readonly'],
      clientCredentials: true,
      nearest: [],
    });
    for (const { source, date } of endpoints) {
      expect(source).toEqual(expect.stringMatching(/./));
      expect(date).toEqual(expect.stringMatching(/^\d{4}-\d\d-\d\d$/));
    }
  });

  it('exits 0 for what exists, and for what nobody knows', async () => {
    expect((await why403('permissions', 'POST /api/v2/analytics/conversations/aggregates/query')).exit).toBe(
      0,
    );
    const { exit, out } = await why403('permissions', 'GET /api/v2/alerting/alerts/all');
    expect(exit).toBe(0);
    expect(out).toContain('nor whether it exists');
    const json = await why403('permissions', '--json', 'GET /api/v2/alerting/alerts/all');
    expect(JSON.parse(json.out)).toMatchObject({ endpoints: [{ exists: 'unknown' }] });
  });

  it('tells that a client is refused where a user is needed', async () => {
    expect((await why403('permissions', 'GET /api/v2/users/me')).out).toMatch(
      /client credentials: +no: it needs a user/,
    );
  });

  it.each([
    ['queues'],
    ['/api/v2/users'],
    ['GET'],
    ['FETCH /api/v2/users'],
    ['GET /api/v2/users /api/v2/groups'],
    ['GET users'],
    [''],
  ])('refuses %j with an example', async (word) => {
    const { exit, out, err } = await why403('permissions', word);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain('METHOD PATH');
    const json = await why403('permissions', '--json', word);
    expect(JSON.parse(json.out)).toMatchObject({ error: { exit: 2, code: 'usage' } });
  });

  it('asks for an endpoint where none is named, and knows its datasets', async () => {
    expect((await why403('permissions')).exit).toBe(2);
    expect((await why403('permissions', '--dataset', 'constructor')).exit).toBe(2);
    expect((await why403('permissions', '--for', 'export')).out).toContain(
      'analytics:conversationAggregate:view',
    );
  });

  it('shows hidden characters of what was asked', async () => {
    const { out } = await why403('permissions', 'GET /api/v2/\u202equeues/\u001b[31m');
    expect(out).toContain('\\u{202e}');
    expect(out).not.toContain('\u001b');
  });

  it("judges another API by its own document, and doesn't speak of roles there", async () => {
    writeFileSync(
      join(folder, 'api.yaml'),
      'openapi: 3.0.3\npaths:\n  /items/{id}:\n    get:\n      security: [{ sso: [items.read] }]\n',
    );
    const { exit, out } = await why403(
      'permissions',
      '--openapi',
      'api.yaml',
      'GET https://x.example/items/7',
    );
    expect(exit).toBe(0);
    expect(out).toContain('items.read');
    expect(out).not.toMatch(/permission|roles/);
    expect((await why403('permissions', '--openapi', 'api.yaml', 'GET /item/7')).exit).toBe(1);
    expect((await why403('permissions', '--openapi', 'none.yaml', 'GET /items/7')).exit).toBe(2);
    expect((await why403('permissions', '--openapi', 'https://x.example/d', 'GET /items/7')).exit).toBe(2);
  });
});

describe('the smallest role', () => {
  const entry = (path: string, type: PermissionRule['type'], ...permissions: string[]): CatalogueEntry => ({
    method: 'GET',
    path,
    rule: { type, permissions },
    scopes: [],
    clientCredentials: true,
    divisionAware: 'unknown',
    source: 'test',
    date: '2026-11-23',
  });

  it('holds all of ALL, one of ANY, and nothing twice', () => {
    const role = smallestRole([
      entry('/a', 'ALL', 'x:y:view', 'x:y:edit'),
      entry('/b', 'ANY', 'q:r:view', 'x:y:view'),
      entry('/c', 'none'),
      entry('/d', 'unknown'),
    ]);
    expect(role.permissions).toEqual(['x:y:edit', 'x:y:view']);
    expect(role.policies).toEqual([{ domain: 'x', entityName: 'y', actionSet: ['edit', 'view'] }]);
    expect(role.choices).toEqual([{ endpoint: 'GET /b', chosen: 'x:y:view', others: ['q:r:view'] }]);
    expect(role.unknown).toEqual(['GET /d']);
  });

  it('takes of alternatives the one that serves more endpoints', () => {
    const role = smallestRole([entry('/a', 'ANY', 'a:a:a', 'b:b:b'), entry('/b', 'ANY', 'c:c:c', 'b:b:b')]);
    expect(role.permissions).toEqual(['b:b:b']);
  });

  it('is printed as clicks, JSON and Terraform', async () => {
    const clicks = await why403('permissions', '--for', 'export', '--as', 'clicks');
    expect(clicks.out).toContain('Analytics > Conversation Aggregate > View');
    const json = await why403('permissions', '--for', 'export', '--as', 'json');
    expect(JSON.parse(json.out)).toMatchObject({
      permissionPolicies: [
        { domain: 'analytics', entityName: 'conversationAggregate', actionSet: ['view'] },
        { domain: 'routing', entityName: 'queue', actionSet: ['view'] },
      ],
    });
    const hcl = await why403('permissions', '--for', 'export', '--as', 'terraform');
    expect(hcl.out).toContain('resource "genesyscloud_auth_role"');
    expect(hcl.out).toContain('authorized_grant_type = "CLIENT-CREDENTIALS"');
    expect(hcl.out.split('{').length).toBe(hcl.out.split('}').length);
  });

  it('defuses templates in Terraform strings', () => {
    const role = smallestRole([entry('/a', 'ALL', 'x:y:${file("/etc/passwd")}')]);
    expect(terraform(role, { role: 'r', client: 'c', description: '%{if true}' })).not.toMatch(
      /[^$]\$\{|[^%]%\{/,
    );
  });

  it('writes permissions as the screens do', () => {
    expect(onScreen('speechAndTextAnalytics:data:view')).toBe('Speech And Text Analytics > Data > View');
  });
});

const DOCUMENT = JSON.stringify({
  swagger: '2.0',
  host: 'api.mypurecloud.de',
  paths: {
    '/api/v2/routing/queues': {
      get: {
        security: [{ 'PureCloud OAuth': ['routing'] }],
        'x-inin-requires-permissions': { type: 'ALL', permissions: ['routing:queue:see'] },
      },
    },
    '/api/v2/brand/new/{thingId}': {
      get: { 'x-inin-requires-permissions': { type: 'ANY', permissions: ['brand:thing:view'] } },
    },
  },
});

describe('why403 catalogue', () => {
  let server: Server;
  let url: string;
  let answer: { status?: number; headers?: Record<string, string>; body: string };
  let requests: IncomingMessage[];

  beforeEach(async () => {
    requests = [];
    server = createServer((request, response) => {
      requests.push(request);
      const fresh = request.headers['if-none-match'] === '"one"' && answer.headers?.['etag'] === '"one"';
      response.writeHead(fresh ? 304 : (answer.status ?? 200), answer.headers);
      response.end(fresh ? '' : answer.body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  it('fetches the document without a token, uses it from then on, and asks again with its ETag', async () => {
    answer = { body: DOCUMENT, headers: { etag: '"one"', 'last-modified': 'Sun, 22 Nov 2026 10:00:00 GMT' } };
    const first = await why403('catalogue', 'update', '--api-url', url);
    expect(first).toMatchObject({ exit: 0, err: '' });
    expect(first.out).toContain('2 endpoints');
    expect(requests[0]?.url).toBe('/api/v2/docs/swagger');
    expect(requests[0]?.headers.authorization).toBeUndefined();

    const { out } = await why403(
      ...['permissions', '--json', '--api-url', url, 'GET /api/v2/routing/queues', 'GET /api/v2/users'],
    );
    expect(JSON.parse(out)).toMatchObject({
      endpoints: [
        {
          rule: { type: 'ALL', permissions: ['routing:queue:see'] },
          divisionAware: true,
          date: '2026-11-22',
        },
        { exists: false },
      ],
    });
    const again = await why403('catalogue', 'update', '--api-url', url);
    expect(again.out).toMatch(/^unchanged: 2 endpoints/);
    expect(requests[1]?.headers['if-none-match']).toBe('"one"');
  });

  it.each(['/gateway/genesys', '/gateway/genesys/'])('asks below the path of the URL: %s', async (path) => {
    answer = { body: DOCUMENT };
    await why403('catalogue', 'update', '--api-url', `${url}${path}`);
    expect(requests.map((request) => request.url)).toEqual(['/gateway/genesys/api/v2/docs/swagger']);
  });

  it.each([
    ['a login page', { body: '<html>Sign in</html>' }, 'HTML'],
    ['a cut document', { body: DOCUMENT.slice(0, 150) }, 'cut off'],
    ["another vendor's", { body: '{"openapi":"3.0.0","paths":{"/a":{"get":{}}}}' }, 'Genesys'],
    ['another version', { body: DOCUMENT.replace('2.0', '1.2') }, 'Swagger "1.2"'],
    ['an error', { status: 503, body: DOCUMENT }, '503'],
  ])('refuses %s with the reason and keeps the last good one', async (_, bad, reason) => {
    answer = { body: DOCUMENT };
    await why403('catalogue', 'update', '--api-url', url);
    answer = bad;
    const { exit, out, err } = await why403('catalogue', 'update', '--api-url', url);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain(reason);
    expect((await why403('catalogue', 'show', '--api-url', url)).out).toContain('in use: 2 endpoints');
    const kept = readdirSync(join(folder, 'why403', 'catalogue'));
    expect(kept).toHaveLength(1);
    expect(readFileSync(join(folder, 'why403', 'catalogue', kept[0] ?? ''), 'utf8')).toContain(
      'brand:thing:view',
    );
  });

  it('reads a file, and takes the host from the document', async () => {
    writeFileSync(join(folder, 'doc.json'), DOCUMENT);
    const { exit, out } = await why403('catalogue', 'update', '--from', 'doc.json', '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ action: 'updated', operations: 2 });
    expect(readdirSync(join(folder, 'why403', 'catalogue'))).toEqual(['api.mypurecloud.de.json']);
  });

  it("is not misled by the document of a server on this machine, nor that by another region's", async () => {
    answer = { body: DOCUMENT.replace('api.mypurecloud.de', 'localhost') };
    await why403('catalogue', 'update', '--api-url', url);
    expect((await why403('catalogue')).out).toContain('built in');
    writeFileSync(join(folder, 'doc.json'), DOCUMENT);
    await why403('catalogue', 'update', '--from', 'doc.json');
    expect((await why403('catalogue', '--region', 'us-east-1')).out).toContain('api.mypurecloud.de');
    expect((await why403('catalogue', '--api-url', 'http://localhost:1')).out).toContain('built in');
  });

  it("reads the sandbox's document, in which nothing contradicts the built-in table", async () => {
    const sandbox = await startSandbox({ org: builtInOrg('genesys') });
    try {
      const { exit } = await why403('catalogue', 'update', '--api-url', sandbox.apiUrl);
      expect(exit).toBe(0);
      const { entries } = genesysCatalogue({ XDG_CACHE_HOME: folder }, new URL(sandbox.apiUrl).host);
      expect(entries.length).toBeGreaterThan(10);
      const rules = (all: readonly CatalogueEntry[]) =>
        all.map(({ method, path, rule, scopes }) => [method, path, rule, [...scopes].sort()]);
      const same = entries.flatMap(({ method, path }) => builtIn.find(method, path) ?? []);
      expect(rules(entries.filter(({ method, path }) => builtIn.find(method, path)?.path === path))).toEqual(
        rules(same),
      );
    } finally {
      await sandbox.close();
    }
  });

  it('falls back to what is built in where the cache is damaged', async () => {
    writeFileSync(join(folder, 'doc.json'), DOCUMENT);
    await why403('catalogue', 'update', '--from', 'doc.json');
    const file = join(folder, 'why403', 'catalogue', 'api.mypurecloud.de.json');
    for (const text of [
      '',
      '{}',
      '{"schema":1}',
      'null',
      readFileSync(file, 'utf8').replace('"ALL"', '"MOST"'),
    ]) {
      writeFileSync(file, text);
      expect((await why403('catalogue')).out).toContain('built in');
    }
  });

  it('goes out as the config file, a profile and the flags say, the nearest one first', async () => {
    const api = await serveTls((request, response) => {
      requests.push(request);
      response.end(DOCUMENT);
    });
    const proxy = await serveProxy(api.port);
    try {
      mkdirSync(join(folder, 'why403'));
      writeFileSync(
        join(folder, 'why403', 'config.toml'),
        `api-url = "https://api.example.test"\nproxy = "${proxy.url}"\nca-file = "${CA_FILE}"\n` +
          `[profiles.other]\napi-url = "https://other.example.test"\ntimeout = "soon"\n`,
      );
      const { exit, out, err } = await why403('catalogue', 'update', '--json');
      expect([exit, err]).toEqual([0, '']);
      expect(JSON.parse(out)).toMatchObject({ source: 'the API document of api.example.test' });
      expect(proxy.asked).toEqual(['CONNECT api.example.test:443']);
      expect(requests.map((one) => one.url)).toEqual(['/api/v2/docs/swagger']);
      const shown = await why403('permissions', 'GET /api/v2/routing/queues');
      expect(shown.out).toContain('Source: the API document of api.example.test');
      const other = await why403('catalogue', 'update', '-p', 'other');
      expect([other.exit, other.err]).toEqual([2, expect.stringContaining("'soon' is no duration")]);
      const near = await why403('catalogue', 'update', '-p', 'other', '--timeout', '9s', '--region', 'mars');
      expect(near.err).toContain("'mars' is no region");
    } finally {
      await api.close();
      await proxy.close();
    }
  });

  it.each(['--timeout', '--deadline'])('waits no longer than %s says', async (flag) => {
    const silent = await serve(() => undefined);
    try {
      const { exit, err } = await why403('catalogue', 'update', '--api-url', silent.url, flag, '200ms');
      expect([exit, err]).toEqual([2, expect.stringContaining('no answer in time (0.2 s)')]);
    } finally {
      await silent.close();
    }
  });

  it('sends nothing without a region, and names the regions for a wrong one', async () => {
    expect((await why403('catalogue', 'update')).exit).toBe(2);
    expect((await why403('catalogue', 'update', '--region', 'mars')).err).toContain('us-east-1');
    expect((await why403('catalogue', 'update', '--api-url', 'nowhere')).exit).toBe(2);
    expect((await why403('catalogue', 'forget')).exit).toBe(2);
    expect(requests).toEqual([]);
  });
});
