/** Unusual answers of servers that are allowed to give them, over a socket: what the diagnosis makes of them. */
import type { RequestListener, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { runCli } from './cli-run.ts';
import { causes } from './judged.ts';
import { serve, type Running } from './servers.ts';

const running: Running[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});

const TOKEN = { access_token: 'made-up-and-opaque-0123456789', token_type: 'Bearer', expires_in: 3600 };
type Answer = (response: ServerResponse) => unknown;
const says =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
const issued = says(200, JSON.stringify(TOKEN));

interface Told {
  readonly exit: number;
  readonly asked: readonly string[];
  readonly verdict: {
    readonly kind: string;
    readonly rootCause?: string;
    readonly certainty?: string;
    readonly candidates: readonly { readonly code: string }[];
  };
  readonly findings: readonly string[];
  readonly stages: readonly {
    readonly stage: string;
    readonly status: string;
    readonly missing: readonly string[];
    readonly note: string;
    readonly findings: readonly { readonly code: string; readonly severity: string }[];
  }[];
  readonly endpoints?: readonly { readonly path: string; readonly codes: readonly string[] }[];
  readonly text: string;
}

/** Runs `diagnose` against a server that answers as it is told, by path; everything else is a good endpoint. */
async function diagnose(
  provider: 'generic' | 'genesys-cloud',
  answers: { readonly [path: string]: Answer },
  endpoints: readonly string[] = ['/api/v2/routing/queues'],
): Promise<Told> {
  const asked: string[] = [];
  const listener: RequestListener = (request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '');
    asked.push(path);
    request.resume();
    void (answers[path] ?? says(200, '{"entities":[]}'))(response);
  };
  const server = await serve(listener);
  running.push(server);
  const { url } = server;
  const metadata = {
    issuer: url,
    token_endpoint: `${url}/token`,
    introspection_endpoint: `${url}/introspect`,
  };
  answers = { '/.well-known/oauth-authorization-server': says(200, JSON.stringify(metadata)), ...answers };
  const hosts = provider === 'generic' ? ['--issuer', url] : ['--login-url', url];
  const { exit, stdout } = await runCli(
    ['diagnose', '--json', '--provider', provider, ...hosts, '--api-url', url, '--timeout', '1s'].concat(
      endpoints.flatMap((path) => ['--endpoint', `GET ${path}`]),
    ),
    {
      env: {
        WHY403_CLIENT_ID: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
        WHY403_CLIENT_SECRET: 'qL7x2Vn9ZtRw4KbYc8Hd1MfGjPsUa0Ee_3iNoTkWvB5',
      },
    },
  );
  const report = JSON.parse(stdout) as Pick<Told, 'verdict' | 'stages' | 'endpoints'>;
  const { verdict, stages, endpoints: rows } = report;
  const findings = stages.flatMap((stage) => stage.findings.map((one) => `${one.code} ${one.severity}`));
  return { exit, asked, verdict, stages, findings, text: stdout, ...(rows && { endpoints: rows }) };
}

describe('the discovery document', () => {
  const WELL_KNOWN = '/.well-known/oauth-authorization-server';
  const OIDC = '/.well-known/openid-configuration';
  const of =
    (suffix: string): Answer =>
    (response) => {
      const url = `http://${response.req.headers.host}`;
      says(200, JSON.stringify({ issuer: `${url}${suffix}`, token_endpoint: `${url}/token` }))(response);
    };

  it('of another issuer is not used, and nothing is sent (RFC 8414 §3.3)', async () => {
    const told = await diagnose('generic', {
      [WELL_KNOWN]: of('/red'),
      [OIDC]: of('/red'),
      '/token': issued,
    });
    expect(told).toMatchObject({
      exit: 1,
      verdict: { kind: 'broken', rootCause: 'request/wrong-region', certainty: 'suspected' },
      asked: [WELL_KNOWN, OIDC],
    });
  });

  it('of another issuer is passed over where the other place has the right one', async () => {
    const told = await diagnose('generic', { [WELL_KNOWN]: of('/red'), [OIDC]: of(''), '/token': issued });
    expect(told).toMatchObject({ exit: 0, findings: [] });
  });

  it.each<[string, string]>([
    ['another path', '/oauth2/.well-known'],
    ['another host', 'https://me:hush@portal.example.net/login?client_secret=hush'],
  ])('that leads to %s may be there all the same', async (_, location) => {
    const away = says(302, '<html>', { location, 'content-type': 'text/html' });
    const told = await diagnose('generic', { [WELL_KNOWN]: away, [OIDC]: away });
    expect(told).toMatchObject({
      exit: 1,
      verdict: {
        rootCause: 'request/wrong-endpoint',
        certainty: 'suspected',
        candidates: [{ code: 'request/wrong-endpoint' }, { code: 'connection/tls-or-proxy' }],
      },
    });
    expect(told.text).toContain(
      location.startsWith('/') ? '/oauth2/.well-known' : 'portal.example.net/login',
    );
    expect(told.text).not.toContain('hush');
  });

  it('that is asked for too often is not asked for again', async () => {
    const told = await diagnose('generic', { [WELL_KNOWN]: says(429, '', { 'retry-after': '30' }) });
    expect(told).toMatchObject({
      exit: 3,
      verdict: { kind: 'inconclusive', rootCause: 'endpoint/rate-limited' },
      asked: [WELL_KNOWN],
    });
  });

  it('of the same issuer but for a slash is used, with a warning', async () => {
    const told = await diagnose('generic', { [WELL_KNOWN]: of('/'), '/token': issued });
    expect(told).toMatchObject({ exit: 0, findings: ['request/wrong-endpoint warning'] });
    expect(told.asked).toContain('/token');
  });
});

describe('an introspection that is refused', () => {
  it.each<[string, Answer, string[]]>([
    ['401', says(401, '{"error":"invalid_client"}'), []],
    ['401 with a challenge', says(401, '', { 'www-authenticate': 'Bearer realm="x"' }), []],
    ['403', says(403, ''), []],
    ['404', says(404, ''), []],
    ['500', says(500, ''), ['connection/outage warning']],
    ['503', says(503, ''), ['connection/outage warning']],
    ['a page', says(200, '<html>', { 'content-type': 'text/html' }), []],
    ['silence', () => undefined, ['connection/unreachable warning']],
    ['a cut connection', (response) => response.destroy(), ['connection/unreachable warning']],
  ])('by %s stops nothing, for the endpoint itself is asked', async (_, answer, findings) => {
    const told = await diagnose('generic', { '/token': issued, '/introspect': answer });
    expect(told).toMatchObject({ exit: 0, verdict: { kind: 'healthy', candidates: [] }, findings });
    expect(told.asked.slice(-2)).toEqual(['/introspect', '/api/v2/routing/queues']);
  });

  it('is no cause of what the endpoint refuses', async () => {
    const { exit, verdict } = await diagnose('generic', {
      '/token': issued,
      '/introspect': says(401, '{"error":"invalid_client"}'),
      '/api/v2/routing/queues': says(404, '{}'),
    });
    expect([exit, verdict.candidates[0]?.code]).toEqual([1, 'endpoint/not-found']);
  });
});

const page = says(200, '<html>', { 'content-type': 'text/html' });
const busy = says(429, '{}', { 'retry-after': '60' });
const NEEDS = 'You must have at least one of the following permissions assigned: [routing:queue:view]';
const denied = says(403, JSON.stringify({ code: 'missing.any.permissions', status: 403, message: NEEDS }));

const EXISTING = {
  '/api/v2/authorization/permissions': says(
    200,
    JSON.stringify({
      entities: [
        {
          domain: 'routing',
          permissionMap: { queue: [{ domain: 'routing', entityType: 'queue', action: 'view' }] },
        },
      ],
    }),
  ),
};

describe('a side question to Genesys Cloud', () => {
  const login = { '/oauth/token': issued };
  const [me, organization] = ['/api/v2/tokens/me', '/api/v2/organizations/me'];
  const [grants, divisions] = ['/api/v2/authorization/subjects/me', '/api/v2/authorization/divisions'];

  it.each<[string, string, Answer, string[]]>([
    [me, '503', says(503, '{}'), ['connection/outage warning']],
    [me, '401', says(401, '{"code":"bad.credentials"}'), []],
    [organization, '429', busy, ['endpoint/rate-limited warning']],
    [organization, 'a cut connection', (r) => r.destroy(), ['connection/unreachable warning']],
    [grants, '500', says(500, '{}'), ['connection/outage warning']],
    [grants, '429', busy, ['endpoint/rate-limited warning']],
    [grants, 'silence', () => undefined, ['connection/unreachable warning']],
    [divisions, 'a page', page, ['connection/tls-or-proxy warning']],
    [divisions, '404', says(404, '{"code":"not.found"}'), []],
  ])('%s that gets %s leaves it healthy, for the endpoint let us in', async (path, _, answer, findings) => {
    const told = await diagnose('genesys-cloud', { ...login, [path]: answer });
    expect(told).toMatchObject({ exit: 0, verdict: { kind: 'healthy', candidates: [] }, findings });
  });

  it('that fails hides no cause that was named', async () => {
    const { exit, verdict, findings } = await diagnose('genesys-cloud', {
      ...login,
      ...EXISTING,
      '/api/v2/routing/queues': denied,
      '/api/v2/authorization/products': says(503, '{}'),
      [grants]: says(200, '{"grants":[]}'),
    });
    expect([exit, verdict.candidates[0]?.code]).toEqual([1, 'endpoint/missing-permission']);
    expect(findings).toEqual(['connection/outage warning', 'endpoint/missing-permission error']);
  });
});

describe('of two endpoints, the one that says why it refuses', () => {
  const scope = says(403, '{"error":"insufficient_scope"}');
  const cases = [
    ['generic', '/token', scope, 'scope/not-requested'],
    ['genesys-cloud', '/oauth/token', denied, 'endpoint/missing-permission'],
  ] as const;
  const blips: readonly [string, Answer, string][] = [
    ['503', says(503, '{}'), 'connection/outage'],
    ['429', busy, 'endpoint/rate-limited'],
    ['silence', () => undefined, 'connection/unreachable'],
    ['a redirect', says(302, '', { location: '/sign-in' }), ''],
  ];
  it.each(
    cases.flatMap(([provider, path, refusal, code]) =>
      blips.map(([name, blip, beside]) => ({ provider, path, refusal, code, name, blip, beside })),
    ),
  )('of $provider is not hidden by $name of the other', async ({ provider, path, ...it }) => {
    const two = ['/api/v2/routing/queues', '/api/v2/users'] as const;
    for (const [first, second] of [two, [two[1], two[0]]] as const) {
      const answers = { ...EXISTING, [path]: issued, [two[0]]: it.refusal, [two[1]]: it.blip };
      const { exit, verdict, endpoints = [] } = await diagnose(provider, answers, [first, second]);
      expect([exit, verdict.candidates[0]?.code]).toEqual([1, it.code]);
      const codesOf = (one: string) => endpoints.find((row) => row.path === one)?.codes ?? [];
      expect(codesOf(two[0])).toContain(it.code);
      if (it.beside !== '') expect(codesOf(two[1])).toContain(it.beside);
    }
  });
});

describe.each([
  ['generic', '/token'],
  ['genesys-cloud', '/oauth/token'],
] as const)('the token endpoint of %s', (provider, path) => {
  it.each([301, 302, 303, 307, 308])(
    'that answers %i is not followed, and is a wrong endpoint',
    async (status) => {
      const { exit, verdict, asked } = await diagnose(provider, {
        [path]: says(status, '', { location: '/elsewhere' }),
      });
      expect([exit, verdict.candidates.map(({ code }) => code)]).toEqual([
        1,
        ['request/wrong-endpoint', 'connection/tls-or-proxy'],
      ]);
      expect(asked).not.toContain('/elsewhere');
    },
  );

  it('that refuses with 200 is heard all the same', async () => {
    const { exit, verdict } = await diagnose(provider, { [path]: says(200, '{"error":"invalid_client"}') });
    expect([exit, verdict.candidates[0]?.code]).toEqual([1, 'client/wrong-secret']);
  });

  it('that says 400 and nothing more does not mean a scope that was not sent', async () => {
    const { exit, verdict } = await diagnose(provider, { [path]: says(400, '<Error/>') });
    expect(exit).toBe(1);
    expect(verdict.candidates.filter(({ code }) => code.startsWith('scope/'))).toEqual([]);
  });
});

describe('a token whose exp has passed', () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const token = (exp: number, more: object = {}): Answer =>
    says(
      200,
      JSON.stringify({
        access_token: `${part({ alg: 'RS256' })}.${part({ exp })}.bm90LXNpZ25lZA`,
        token_type: 'Bearer',
        ...more,
      }),
    );
  const refused = (text = '', date = new Date()): Answer =>
    says(401, text && JSON.stringify({ error: 'invalid_token', error_description: text }), {
      date: date.toUTCString(),
    });
  const ENDPOINT = '/api/v2/routing/queues';

  it.each<[string, Answer, Answer, string, string]>([
    ['is proved to be the cause', token(now - 3600), refused(), 'endpoint/token-expired', 'proved'],
    [
      'is not, where the API names the audience',
      token(now - 3600),
      refused('invalid audience'),
      'scope/wrong-audience',
      'suspected',
    ],
    [
      'is not, where the API names the signature',
      token(now - 1),
      refused('signature verification failed'),
      'endpoint/token-wrong-environment',
      'suspected',
    ],
    [
      'is not, where the answer that issued it gives it an hour',
      token(3600, { expires_in: 3600 }),
      refused(),
      'endpoint/token-expired',
      'suspected',
    ],
    [
      'is not, where it has not by the clock of the server',
      token(now - 3600),
      refused('', new Date((now - 7200) * 1000)),
      'endpoint/token-expired',
      'suspected',
    ],
  ])('%s', async (_, issued, answer, rootCause, certainty) => {
    const { verdict } = await diagnose('generic', { '/token': issued, [ENDPOINT]: answer });
    expect(verdict).toMatchObject({ rootCause, certainty });
  });
});

describe('a token URL that is there and looks for something else', () => {
  it.each([
    ['a realm', 404, { error: 'Realm does not exist' }, 'request/wrong-region'],
    ['a form of the body', 405, { message: 'POST with JSON only' }, 'request/wrong-endpoint'],
  ])('%s: nothing is proved', async (_, status, body, rootCause) => {
    const { verdict } = await diagnose('generic', { '/token': says(status, JSON.stringify(body)) });
    expect(verdict).toMatchObject({ rootCause, certainty: 'suspected' });
  });
});

describe('a page where JSON belongs', () => {
  const page = (status: number, html: string): Answer => says(status, html, { 'content-type': 'text/html' });
  const ENDPOINT = '/api/v2/routing/queues';

  it('without a proxy leaves the URL of the token open', async () => {
    const { verdict } = await diagnose('genesys-cloud', {
      '/oauth/token': page(200, '<title>Genesys</title>'),
    });
    expect(verdict.certainty).toBe('suspected');
    expect(verdict.candidates.map(({ code }) => code)).toEqual([
      'connection/tls-or-proxy',
      'request/wrong-endpoint',
    ]);
  });

  it.each(['generic', 'genesys-cloud'] as const)(
    'from the API of %s is no answer of it',
    async (provider) => {
      const { verdict, exit } = await diagnose(provider, {
        '/token': issued,
        '/oauth/token': issued,
        [ENDPOINT]: page(200, '<html>sign in'),
      });
      expect([exit, verdict.certainty]).toEqual([1, 'suspected']);
      expect(verdict.candidates.map(({ code }) => code)).toEqual([
        'connection/tls-or-proxy',
        'endpoint/not-found',
      ]);
    },
  );

  it('that names a web filter is one', async () => {
    const { verdict } = await diagnose('genesys-cloud', {
      '/oauth/token': page(200, '<title>Blocked</title>This web filter blocks the site'),
    });
    expect(verdict).toMatchObject({ rootCause: 'connection/tls-or-proxy', certainty: 'proved' });
  });

  it.each([
    ['generic', 503, '<title>Just a moment...</title>'],
    ['generic', 403, '<title>Attention Required! | Cloudflare</title>Sorry, you have been blocked'],
    ['generic', 503, '<html>Incapsula incident</html>'],
    ['genesys-cloud', 503, '<title>Just a moment...</title>'],
  ] as const)('of a gateway that refuses robots is no outage: %s, %i %s', async (provider, status, html) => {
    for (const path of [provider === 'generic' ? '/token' : '/oauth/token', ENDPOINT]) {
      const { verdict, exit } = await diagnose(provider, {
        '/token': issued,
        '/oauth/token': issued,
        [path]: page(status, html),
      });
      expect([exit, verdict.rootCause, verdict.certainty]).toEqual([1, 'endpoint/ip-blocked', 'suspected']);
    }
  });
});

describe('a refusal of the API of Genesys Cloud that what we sent speaks against', () => {
  const refusal = (status: number, code: string, message: string): Answer =>
    says(status, JSON.stringify({ message, code, status, contextId: 'c', details: [], errors: [] }));
  const ENDPOINT = '/api/v2/routing/queues';

  it('that no token was sent: something on the way may have dropped it', async () => {
    const { verdict } = await diagnose('genesys-cloud', {
      '/oauth/token': issued,
      [ENDPOINT]: refusal(401, 'authentication.required', 'No authentication bearer token specified.'),
    });
    expect(verdict.certainty).toBe('suspected');
    expect(verdict.candidates.map(({ code }) => code)).toEqual([
      'endpoint/token-malformed',
      'connection/tls-or-proxy',
    ]);
  });

  it('that a scope is missing, where tokens have none: the consent stays open', async () => {
    const { verdict } = await diagnose('genesys-cloud', {
      '/oauth/token': issued,
      '/api/v2/tokens/me': says(200, JSON.stringify({ authorizedScope: [] })),
      [ENDPOINT]: refusal(403, 'app.not.authorized.for.scope', 'App not authorized to use scope [routing]'),
    });
    expect(verdict.certainty).toBe('suspected');
    expect(verdict.candidates.map(({ code }) => code)).toEqual([
      'endpoint/missing-scope',
      'endpoint/consent-missing',
    ]);
  });
});

describe('a token request that is refused with 403 and no error of OAuth', () => {
  it.each([
    ['JSON', '{"message":"Forbidden"}', 'application/json'],
    ['a text', 'Forbidden', 'text/plain'],
  ])('in %s has the causes that an explanation gives it', async (_, body, type) => {
    const { exit, verdict } = await diagnose('generic', {
      '/token': says(403, body, { 'content-type': type }),
    });
    const pasted = causes({
      provider: 'generic',
      tokenRequest: {
        method: 'POST',
        url: 'https://id.example.com/token',
        body: 'grant_type=client_credentials',
      },
      tokenResponse: { status: 403, headers: { 'content-type': type }, body },
    });
    expect([exit, verdict.candidates[0]?.code]).toEqual([1, 'endpoint/policy-denied']);
    expect(pasted).toEqual(expect.arrayContaining(verdict.candidates.map(({ code }) => code).slice(0, 2)));
  });
});

describe('a refusal that no rule explains', () => {
  const strange = says(418, 'short\nand stout', { 'content-type': 'text/plain; charset=utf-8' });
  const words = 'was answered HTTP 418, text/plain: "short and stout", which no rule explains';

  it.each([
    ['generic', '/token', 'client', `the token request ${words}`],
    ['genesys-cloud', '/oauth/token', 'client', `the token request ${words}`],
    ['generic', '/api/v2/routing/queues', 'endpoint', `GET /api/v2/routing/queues ${words}`],
    ['genesys-cloud', '/api/v2/routing/queues', 'endpoint', `GET /api/v2/routing/queues ${words}`],
  ] as const)('by %s at %s is shown in its own words', async (provider, path, stage, note) => {
    const { exit, verdict, stages } = await diagnose(provider, {
      '/token': issued,
      '/oauth/token': issued,
      [path]: strange,
    });
    expect([exit, verdict.candidates]).toEqual([3, []]);
    expect(stages.find((one) => one.stage === stage)).toMatchObject({ status: 'unknown', missing: [], note });
  });

  it('is shown without the marks of its page', async () => {
    const lost = says(404, '<head><title>404 Not Found</title></head><b>nginx</b>', {
      'content-type': 'text/html',
    });
    const { stages } = await diagnose('genesys-cloud', {
      '/oauth/token': issued,
      '/api/v2/routing/queues': lost,
    });
    expect(stages.at(-1)?.note).toBe(
      'GET /api/v2/routing/queues was answered HTTP 404, text/html: "404 Not Found nginx", which no rule explains',
    );
  });

  it('is none where a page stands for the answer of an API: its stage stays open all the same', async () => {
    const { exit, stages } = await diagnose('generic', { '/token': issued, '/api/v2/routing/queues': page });
    expect([exit, stages.at(-1)?.status]).toEqual([1, 'unknown']);
  });
});

it('a wall before an API is known by its page, as in an explanation, and proves nothing', async () => {
  const wall = { 'content-type': 'text/html', server: 'cloudflare', 'cf-ray': '8a' };
  const body = '<title>Attention Required! | Cloudflare</title>Sorry, you have been blocked';
  const path = '/api/v2/routing/queues';
  const { exit, verdict } = await diagnose('generic', { '/token': issued, [path]: says(403, body, wall) });
  const apiRequest = { method: 'GET', url: `https://api.example.com${path}` };
  const pasted = causes({
    provider: 'generic',
    apiRequest,
    apiResponse: { status: 403, headers: wall, body },
  });
  expect([exit, verdict.certainty, verdict.candidates[0]?.code]).toEqual([1, 'suspected', pasted[0]]);
  expect(pasted[0]).toBe('endpoint/ip-blocked');
});
