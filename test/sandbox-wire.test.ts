/** The sandbox over a real socket: every route's shape, the order of its gates, pages, divisions, limits. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenesysOrg, ThreadOrg } from '../src/sandbox/org.ts';
import { OUTAGE, shareOfFaults } from '../src/sandbox/faults.ts';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import type { Hour } from '../src/core/index.ts';

const clock = (): Date => new Date('2026-11-23T12:30:00Z');
type Body = Record<string, unknown> & { entities?: Record<string, unknown>[]; results?: unknown[] };

const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

async function login(
  sandbox: Sandbox,
  {
    form = { grant_type: 'client_credentials' },
    authorization,
  }: { form?: object; authorization?: string } = {},
): Promise<{ status: number; body: Body; headers: Headers }> {
  const { id = '', secret = '' } = sandbox.client;
  const path = sandbox.org.world === 'thread' ? '/api/v2/oauth/token' : '/oauth/token';
  const response = await fetch(sandbox.loginUrl + path, {
    method: 'POST',
    headers: { authorization: authorization ?? basic(id, secret) },
    body: new URLSearchParams(form as Record<string, string>),
  });
  return { status: response.status, body: (await response.json()) as Body, headers: response.headers };
}

async function call(
  sandbox: Sandbox,
  token: string,
  target: string,
  json?: object,
): Promise<{ status: number; body: Body; headers: Headers }> {
  const [method = 'GET', path = ''] = target.split(' ');
  const response = await fetch(sandbox.apiUrl + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: (text === '' ? {} : JSON.parse(text)) as Body,
    headers: response.headers,
  };
}

async function tokenOf(sandbox: Sandbox, form?: object): Promise<string> {
  return String((await login(sandbox, form === undefined ? {} : { form })).body['access_token']);
}

describe('org genesys', () => {
  let sandbox: Sandbox;
  let token: string;
  const org = (): GenesysOrg => sandbox.org as GenesysOrg;

  beforeAll(async () => {
    sandbox = await startSandbox({ org: builtInOrg('genesys'), clock });
    token = await tokenOf(sandbox);
  });
  afterAll(() => sandbox.close());

  it('issues an opaque token with the three fields of the real answer', async () => {
    const { status, body } = await login(sandbox);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['access_token', 'token_type', 'expires_in']);
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 86_399 });
    expect(body['access_token']).toMatch(/^[\w-]{80}$/);
  });

  it('takes credentials in the body and the grant type in the query', async () => {
    const { id = '', secret = '' } = sandbox.client;
    const url = `${sandbox.loginUrl}/oauth/token`;
    const body = { grant_type: 'client_credentials', client_id: id, client_secret: secret };
    expect((await fetch(url, { method: 'POST', body: new URLSearchParams(body) })).status).toBe(200);
    const headers = { authorization: basic(id, secret) };
    expect((await fetch(`${url}?grant_type=client_credentials`, { method: 'POST', headers })).status).toBe(
      200,
    );
  });

  it('authenticates the client before it looks at the grant', async () => {
    const code = org().clients.find((c) => c.grantType === 'CODE');
    const wrong = await login(sandbox, { authorization: basic(code?.id ?? '', 'not-it') });
    expect(wrong.body['error']).toBe('invalid_client');
    const right = await login(sandbox, { authorization: basic(code?.id ?? '', code?.secret ?? '') });
    expect(right).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
    expect(right.body['description']).toBe(right.body['error_description']);
  });

  it('answers every route that needs no parameter and no foreign permission', async () => {
    const targets = [
      'GET /api/v2/tokens/me?preserveIdleTTL=true',
      'HEAD /api/v2/tokens/me',
      'GET /api/v2/organizations/me',
      'GET /api/v2/organizations/limits/namespaces',
      'GET /api/v2/organizations/limits/namespaces/platform.api',
      'GET /api/v2/authorization/subjects/me',
      'GET /api/v2/authorization/permissions?pageSize=500',
      'GET /api/v2/authorization/divisions?objectCount=true',
      'GET /api/v2/authorization/divisions/home',
      'GET /api/v2/authorization/divisionspermitted/paged/me?permission=routing:queue:view',
      'GET /api/v2/authorization/divisionspermitted/me?permission=routing:queue:view',
      'GET /api/v2/authorization/products',
      'GET /api/v2/oauth/scopes',
      'GET /api/v2/users',
      'GET /api/v2/routing/queues',
      'GET /api/v2/docs/swagger',
    ];
    for (const target of targets) {
      const { status, headers } = await call(sandbox, token, target);
      expect([target, status]).toEqual([target, 200]);
      expect(headers.get('inin-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('says who the token is and what its roles grant', async () => {
    const me = await call(sandbox, token, 'GET /api/v2/tokens/me');
    expect(me.body).toMatchObject({
      organization: { id: org().id, name: org().name },
      OAuthClient: { id: sandbox.client.id, authorizedGrantType: 'CLIENT-CREDENTIALS', state: 'active' },
    });
    const grants = (await call(sandbox, token, 'GET /api/v2/authorization/subjects/me')).body['grants'] as {
      role: { policies: unknown[] };
    }[];
    expect(grants).toHaveLength(3);
    expect(grants[0]?.role.policies).toContainEqual({
      domain: 'routing',
      entityName: 'queue',
      actions: ['view'],
    });
  });

  it.each([
    ['GET /api/v2/users/me', 400, 'not.a.user'],
    ['GET /api/v2/oauth/clients', 403, 'missing.any.permissions'],
    ['GET /api/v2/routing/queues/divisionviews/all', 403, 'missing.permissions'],
    ['GET /api/v2/analytics/reporting/queues/summary', 404, 'not.found'],
    ['POST /api/v2/oauth/token', 404, 'not.found'],
    ['POST /oauth/token', 404, 'not found'],
  ])('%s is refused with %i %s', async (target, status, code) => {
    const answer = await call(sandbox, token, target);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ code, status, details: [], errors: [] });
    expect(answer.body['contextId']).toBe(answer.headers.get('inin-correlation-id'));
  });

  it('tells no token, and a token that it does not know, apart', async () => {
    const none = await fetch(`${sandbox.apiUrl}/api/v2/tokens/me`);
    expect(none.headers.get('www-authenticate')).toBeNull();
    expect(await none.json()).toMatchObject({ code: 'authentication.required', status: 401 });
    const foreign = await call(sandbox, 'x'.repeat(80), 'GET /api/v2/tokens/me');
    expect(foreign.body).toMatchObject({ code: 'bad.credentials', status: 401 });
  });

  it('pages: every queue once, by name, with nextUri until the last page', async () => {
    const names: unknown[] = [];
    let next: unknown = '/api/v2/routing/queues?pageSize=4';
    while (typeof next === 'string') {
      const { body } = await call(sandbox, token, `GET ${next}`);
      names.push(...(body.entities ?? []).map((q) => q['name']));
      next = body['nextUri'];
    }
    expect(names).toEqual([...org().queues.map((q) => q.name)].sort());
  });

  it('caps a page at 500', async () => {
    const { body } = await call(sandbox, token, 'GET /api/v2/routing/queues?pageSize=100000');
    expect(body['pageSize']).toBe(500);
  });

  it('serves a Swagger 2.0 document with rules and scopes, and 304 for its ETag', async () => {
    const url = `${sandbox.apiUrl}/api/v2/docs/swagger`;
    const first = await fetch(url);
    const body = (await first.json()) as { paths: Record<string, Record<string, object>> };
    expect(body.paths['/api/v2/routing/queues']?.['get']).toMatchObject({
      'x-inin-requires-permissions': { type: 'ANY', permissions: ['routing:queue:view'] },
      security: [{ 'PureCloud OAuth': ['routing', 'routing:readonly'] }],
    });
    const etag = first.headers.get('etag') ?? '';
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  it.each([
    [{ metrics: ['nOffered'] }, 'constraint.validation'],
    [{ interval: '2026-11-23T09:00:00Z/2026-11-23T10:00:00Z' }, 'constraint.validation'],
    [{ interval: 'yesterday', metrics: ['nOffered'] }, 'invalid.date'],
    [{ interval: '2026-11-23T10:00:00Z/2026-11-23T09:00:00Z', metrics: ['nOffered'] }, 'invalid.date'],
    [{ interval: '2026-11-23T09:00:00Z/2026-11-23T10:00:00Z', metrics: ['nAbandoned'] }, 'invalid.value'],
    [
      {
        interval: '2026-11-23T09:00:00Z/2026-11-23T10:00:00Z',
        metrics: ['nOffered'],
        filter: { type: 'nor', predicates: [] },
      },
      'invalid.value',
    ],
  ])('refuses the aggregates query %j with %s', async (body, code) => {
    const answer = await call(sandbox, token, 'POST /api/v2/analytics/conversations/aggregates/query', body);
    expect(answer).toMatchObject({ status: 400, body: { code } });
  });

  it('observes queues and sums up agents', async () => {
    const filter = { type: 'or', predicates: [{ dimension: 'queueId', value: org().queues[0]?.id ?? '' }] };
    const now = await call(sandbox, token, 'POST /api/v2/analytics/queues/observations/query', {
      filter,
      metrics: ['oWaiting', 'oOnQueueUsers'],
    });
    expect(now.body.results).toContainEqual({
      group: { queueId: org().queues[0]?.id },
      data: [
        { metric: 'oOnQueueUsers', qualifier: 'IDLE', stats: { count: 1 } },
        { metric: 'oOnQueueUsers', qualifier: 'INTERACTING', stats: { count: 1 } },
      ],
    });
    const agents = await call(sandbox, token, 'POST /api/v2/analytics/users/aggregates/query', {
      interval: '2026-11-23T09:00:00Z/2026-11-23T10:00:00Z',
      granularity: 'PT1H',
      groupBy: ['userId'],
      metrics: ['tAgentRoutingStatus'],
    });
    const [first] = agents.body.results as { data: { metrics: { stats: { sum: number } }[] }[] }[];
    const sums = first?.data[0]?.metrics.map((m) => m.stats.sum) ?? [];
    expect(sums.reduce((a, b) => a + b, 0)).toBe(3_600_000);
    const refused = await call(sandbox, token, 'POST /api/v2/analytics/users/aggregates/query', {
      interval: '2026-11-23T09:00:00Z/2026-11-23T10:00:00Z',
      metrics: ['tHandle'],
    });
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid.value' } });
  });
});

describe('the org as it changes', () => {
  it('takes away and gives back at once, token in hand', async () => {
    const sandbox = await startSandbox({
      org: builtInOrg('genesys'),
      clock,
      scenario: 'endpoint/missing-permission',
    });
    const token = await tokenOf(sandbox);
    const ask = () =>
      call(sandbox, token, 'POST /api/v2/analytics/conversations/aggregates/query', {
        interval: '2026-11-23T09:00:00Z/2026-11-23T10:00:00Z',
        metrics: ['nOffered'],
      });
    expect((await ask()).body['code']).toBe('missing.any.permissions');
    sandbox.set((org) => {
      if (org.world === 'genesys') org.roles[0]?.permissions.push('analytics:conversationAggregate:view');
    });
    expect((await ask()).status).toBe(200);
    sandbox.set((org) => {
      if (org.world === 'genesys') for (const c of org.clients) c.state = 'disabled';
    });
    expect((await ask()).body['code']).toBe('bad.credentials');
    await sandbox.close();
  });

  it('enforces its rate limit, says when to come back, and lets in after that', async () => {
    let now = clock().getTime();
    const org = { ...builtInOrg('genesys'), requestsPerMinute: 3 };
    const sandbox = await startSandbox({ org, clock: () => new Date(now) });
    const token = await tokenOf(sandbox);
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) {
      now += 10_000;
      statuses.push((await call(sandbox, token, 'GET /api/v2/tokens/me')).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refused = await call(sandbox, token, 'GET /api/v2/tokens/me');
    expect(refused.headers.get('retry-after')).toBe('30');
    expect(refused.body['message']).toContain('[30] seconds');
    now += 30_000;
    const again = await call(sandbox, token, 'GET /api/v2/tokens/me');
    expect([again.status, again.headers.get('inin-ratelimit-count')]).toEqual([200, '1']);
    await sandbox.close();
  });

  it('ends a token when its time is over', async () => {
    let now = clock().getTime();
    const sandbox = await startSandbox({ org: builtInOrg('genesys'), clock: () => new Date(now) });
    const token = await tokenOf(sandbox);
    now += 86_400_000;
    const answer = await call(sandbox, token, 'GET /api/v2/tokens/me');
    expect(answer.body['code']).toBe('bad.credentials');
    await sandbox.close();
  });

  it('forgets its tokens when it is told to', async () => {
    const sandbox = await startSandbox({ org: builtInOrg('genesys'), clock });
    const token = await tokenOf(sandbox);
    sandbox.forget();
    expect((await call(sandbox, token, 'GET /api/v2/tokens/me')).status).toBe(401);
    await sandbox.close();
  });

  it('refuses an answer above its limit of rows as too large', async () => {
    const org = builtInOrg('genesys');
    org.analytics.maxRows = 20;
    const sandbox = await startSandbox({ org, clock });
    const token = await tokenOf(sandbox);
    const ask = (to: string) =>
      call(sandbox, token, 'POST /api/v2/analytics/conversations/aggregates/query', {
        interval: `2026-11-23T09:00:00Z/2026-11-23T${to}:00:00Z`,
        granularity: 'PT1H',
        groupBy: ['queueId'],
        metrics: ['nOffered'],
      });
    expect((await ask('10')).status).toBe(200);
    expect((await ask('11')).body['code']).toBe('response.entity.too.large');
    await sandbox.close();
  });

  it('spoils the share of answers that it was told, the same ones for the same seed', async () => {
    const spoiled = async (): Promise<number[]> => {
      const sandbox = await startSandbox({
        org: builtInOrg('genesys'),
        clock,
        faults: shareOfFaults(0.4, 7, [OUTAGE]),
      });
      for (let i = 0; i < 30; i++) await fetch(`${sandbox.apiUrl}/api/v2/docs/swagger`);
      const statuses = sandbox.requests.map((r) => r.status);
      await sandbox.close();
      return statuses;
    };
    const first = await spoiled();
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(await spoiled()).toEqual(first);
  });

  it('cuts a connection, and an answer in its middle', async () => {
    const sandbox = await startSandbox({ org: builtInOrg('genesys'), clock });
    sandbox.spoil(() => ({ kind: 'reset' }));
    await expect(fetch(`${sandbox.apiUrl}/api/v2/docs/swagger`)).rejects.toThrow();
    sandbox.spoil(() => ({ kind: 'truncated' }));
    const cut = await fetch(`${sandbox.apiUrl}/api/v2/docs/swagger`);
    await expect(cut.json()).rejects.toThrow();
    sandbox.spoil(undefined);
    expect((await fetch(`${sandbox.apiUrl}/api/v2/docs/swagger`)).status).toBe(200);
    await sandbox.close();
  });

  it('is restated from another process, and says what was asked', async () => {
    const sandbox = await startSandbox({ org: builtInOrg('genesys'), clock });
    const [from, to] = ['2026-11-23T09:00:00Z' as Hour, '2026-11-23T10:00:00Z' as Hour];
    const before = sandbox.truth(from, to);
    const restate = (body: object) =>
      fetch(`${sandbox.apiUrl}/.sandbox/restate`, { method: 'POST', body: JSON.stringify(body) });
    expect((await restate({ from, to: from })).status).toBe(400);
    expect(sandbox.truth(from, to)).toEqual(before);
    expect((await restate({ from, to })).status).toBe(204);
    const after = sandbox.truth(from, to);
    for (const [i, row] of before.entries()) expect(after[i]?.metrics).not.toEqual(row.metrics);
    await tokenOf(sandbox);
    const state = (await (await fetch(`${sandbox.apiUrl}/.sandbox`)).json()) as Body;
    expect(state).toMatchObject({ tokens: 1, org: sandbox.org.name });
    await sandbox.close();
  });
});

describe('org thread', () => {
  let sandbox: Sandbox;
  const org = (): ThreadOrg => sandbox.org as ThreadOrg;
  const SUMMARY = 'GET /api/v2/analytics/reporting/queues/summary';
  const scope = (text: string): object => ({ grant_type: 'client_credentials', scope: text });

  beforeAll(async () => {
    sandbox = await startSandbox({ org: builtInOrg('thread'), clock });
  });
  afterAll(() => sandbox.close());

  it('issues a JWT of 30 minutes with its scope in it', async () => {
    const { body } = await login(sandbox, { form: scope('analytics:call-summary:read') });
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 1800 });
    const claims = JSON.parse(
      Buffer.from(String(body['access_token']).split('.')[1] ?? '', 'base64url').toString(),
    ) as Body;
    expect(claims).toMatchObject({
      iss: sandbox.issuer,
      aud: org().audience,
      client_id: sandbox.client.id,
      scope: 'analytics:call-summary:read',
    });
  });

  it('checks what may be asked for before the secret', async () => {
    const bad = basic(sandbox.client.id ?? '', 'wrong');
    const grant = await login(sandbox, { authorization: bad, form: { grant_type: 'password' } });
    expect(grant.body['code']).toBe('unauthorized_client');
    const unknown = await login(sandbox, { authorization: bad, form: scope('analytics:everything') });
    expect(unknown.body['code']).toBe('invalid_scope');
    const forbidden = await login(sandbox, { authorization: bad, form: scope('user:read') });
    expect(forbidden.body['code']).toBe('invalid_scope');
    const secret = await login(sandbox, { authorization: bad });
    expect(secret).toMatchObject({ status: 401, body: { code: 'invalid_client' } });
    expect(secret.headers.get('www-authenticate')).toContain('Basic');
  });

  it('rejects the secret of a Public client entirely', async () => {
    const publicClient = org().clients.find((c) => c.type === 'Public');
    const authorization = basic(publicClient?.id ?? '', publicClient?.secret ?? '');
    const { body } = await login(sandbox, { authorization, form: { grant_type: 'authorization_code' } });
    expect(body).toMatchObject({ code: 'invalid_client' });
  });

  it('answers the summary with the right scope only, and says which one that is', async () => {
    const lacking = await call(sandbox, await tokenOf(sandbox, scope('analytics:reporting')), SUMMARY);
    expect(lacking).toMatchObject({ status: 403, body: { code: 'insufficient_scope' } });
    expect(lacking.headers.get('www-authenticate')).toContain('scope="analytics:call-summary:read"');
    const right = await call(sandbox, await tokenOf(sandbox, scope('analytics:call-summary:read')), SUMMARY);
    expect(right).toMatchObject({
      status: 200,
      body: { from: '2026-11-23T11:00:00Z', to: '2026-11-23T12:00:00Z' },
    });
  });

  it('lists recordings with one scope and downloads them with another', async () => {
    sandbox.set((world, client) => {
      if (world.world === 'thread' && 'allowedScopes' in client) client.allowedScopes.push('recording:read');
    });
    const lists = await tokenOf(sandbox, scope('analytics:reporting'));
    const { body } = await call(sandbox, lists, 'GET /api/v2/recordings');
    const [first] = body['recordings'] as { id: string }[];
    const target = `GET /api/v2/recordings/${first?.id}/download`;
    expect((await call(sandbox, lists, target)).status).toBe(403);
    const loads = await tokenOf(sandbox, scope('recording:read'));
    const file = await fetch(`${sandbox.apiUrl}${target.slice(4)}`, {
      headers: { authorization: `Bearer ${loads}` },
    });
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'audio/wav']);
  });

  it('publishes RFC 8414 metadata of itself and an OpenAPI document with scopes', async () => {
    const metadata = (await (
      await fetch(`${sandbox.issuer}/.well-known/oauth-authorization-server`)
    ).json()) as Body;
    expect(metadata).toMatchObject({
      issuer: sandbox.issuer,
      token_endpoint: `${sandbox.issuer}/api/v2/oauth/token`,
    });
    const document = (await (await fetch(`${sandbox.apiUrl}/openapi.json`)).json()) as {
      paths: Record<string, { get: object }>;
    };
    expect(document.paths['/api/v2/analytics/reporting/queues/summary']?.get).toMatchObject({
      security: [{ oauth: ['analytics:call-summary:read'] }],
    });
  });

  it('pages the summary without losing or doubling a row', async () => {
    const token = await tokenOf(sandbox, scope('analytics:call-summary:read'));
    const range = 'from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z';
    const whole = await call(sandbox, token, `${SUMMARY}?${range}&pageSize=1000`);
    const rows: unknown[] = [];
    let next: unknown = `${SUMMARY.slice(4)}?${range}&pageSize=7`;
    while (typeof next === 'string') {
      const { body } = await call(sandbox, token, `GET ${next}`);
      rows.push(...(body['summaries'] as unknown[]));
      next = body['nextUri'];
    }
    expect(rows).toEqual(whole.body['summaries']);
    expect(rows.length).toBe(whole.body['total']);
  });
});
