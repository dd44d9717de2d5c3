/**
 * The whole ladder over real sockets, against an authorization server that we did not write (oidc-provider, certified
 * by the OpenID Foundation) and an API that checks its JWTs with jose. A sandbox of our own would share our mistakes.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, type JWK } from 'jose';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnoseAgain, diagnoseLive, type Diagnosis } from '../src/app/diagnose-live.ts';
import { createCatalogue } from '../src/catalogue/index.ts';
import { clientShape, type EndpointNeed, type KnownSettings } from '../src/core/index.ts';
import { createHttp, type Http } from '../src/io/http.ts';
import { Secret } from '../src/io/secrets.ts';
import { createTransport } from '../src/io/transport.ts';
import { generic } from '../src/providers/generic.ts';

const SECRET = 'kX8vP2nR5tW9yB3eH6mQ1sD4fG7jL0zC';
/** Every character that form-encoding changes and that a naive header breaks on. */
const AWKWARD = 'p+s %2F/w&r=d:~!*()x';
const catalogue = createCatalogue([], { source: 'none', date: '2026-11-23', complete: false });

let oauth: Server;
let api: Server;
let http: Http;
let issuer: string;
let audience: string;

const machine = (id: string, more: object = {}) => ({
  client_id: id,
  client_secret: SECRET,
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
  scope: 'reports:read reports:write',
  ...more,
});

function clients(): object[] {
  return [
    machine('confidential'),
    machine('awkward', { client_secret: AWKWARD }),
    machine('reader', { scope: 'reports:read' }),
    machine('elsewhere'),
    machine('writer-only', { scope: 'reports:write' }),
    machine('by-key', {
      token_endpoint_auth_method: 'private_key_jwt',
      client_secret: undefined,
      jwks: { keys: [publicJwk] },
    }),
    {
      client_id: 'public',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      redirect_uris: ['https://app.example/callback'],
    },
    {
      client_id: 'code-only',
      client_secret: SECRET,
      grant_types: ['authorization_code'],
      redirect_uris: ['https://app.example/callback'],
    },
  ];
}

let publicJwk: JWK;

async function listening(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  publicJwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  const jwks = { keys: [{ ...(await exportJWK(privateKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] };
  const late: { handle?: ReturnType<Provider['callback']> } = {};
  oauth = createServer((request, response) => late.handle?.(request, response));
  issuer = await listening(oauth);
  const verify = createLocalJWKSet({ keys: [publicJwk] });
  api = createServer((request, response) => {
    const url = new URL(request.url ?? '/', audience);
    const refuse = (status: number, challenge: string): void => {
      response.writeHead(status, { 'www-authenticate': challenge, 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: 'refused' }));
    };
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    if (scheme !== 'Bearer' || !token) return refuse(401, 'Bearer realm="reports"');
    void jwtVerify(token, verify, { issuer, audience, typ: 'at+jwt' })
      .then(({ payload }) => {
        const { scope } = payload as { scope?: string };
        const scopes = (scope ?? '').split(' ');
        const wanted = request.method === 'GET' ? 'reports:read' : 'reports:write';
        if (url.pathname !== '/reports') {
          response.writeHead(404).end();
        } else if (!scopes.includes(wanted)) {
          refuse(403, `Bearer realm="reports", error="insufficient_scope", scope="${wanted}"`);
        } else {
          response.writeHead(200, { 'content-type': 'application/json' }).end('{"rows":[]}');
        }
      })
      .catch((error: Error & { claim?: string }) =>
        refuse(
          401,
          `Bearer realm="reports", error="invalid_token", error_description="unexpected ${error.claim ?? 'token'}"`,
        ),
      );
    return undefined;
  });
  audience = await listening(api);
  const provider = new Provider(issuer, {
    jwks,
    clients: clients(),
    ttl: { ClientCredentials: 600 },
    cookies: { keys: ['for-tests-only'] },
    scopes: ['reports:read', 'reports:write', 'reports:admin'],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_ctx: unknown, client: { clientId: string }) =>
          client.clientId === 'elsewhere' ? 'https://other.example/' : audience,
        getResourceServerInfo: (_ctx: unknown, resource: string) => ({
          scope: 'reports:read reports:write',
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
  late.handle = provider.callback();
  http = createHttp({ env: {}, userAgent: 'why403/test' });
});

afterAll(async () => {
  http.close();
  for (const server of [oauth, api]) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

interface Try {
  readonly id?: string;
  readonly secret?: string;
  readonly scope?: string;
  readonly settings?: Partial<KnownSettings>;
  readonly needs?: readonly EndpointNeed[];
}

async function diagnosed(one: Try): Promise<Diagnosis> {
  const id = one.id ?? 'confidential';
  const secret = one.secret ?? SECRET;
  const settings: KnownSettings = {
    issuer,
    apiUrl: audience,
    ...(one.scope !== undefined && { requestedScope: one.scope }),
    ...one.settings,
  };
  const transport = createTransport({
    http,
    settings,
    credentials: { id, secret: new Secret(secret) },
    formEncoded: generic.credential.formEncoded,
    idForm: generic.credential.idForm,
    allowedOrigins: [issuer, audience],
    timeoutMs: 5_000,
  });
  const diagnosis = await diagnoseLive(
    {
      profile: generic,
      catalogue,
      settings,
      client: clientShape(id, secret, generic.credential.idForm, 'WHY403_CLIENT_ID'),
      needs: one.needs ?? [{ method: 'GET', path: '/reports' }],
      capturedAt: new Date(),
    },
    transport,
  );
  // What the evidence holds is enough to judge it again, and holds no secret.
  expect(diagnoseAgain(diagnosis.evidence, generic, catalogue).report).toEqual(diagnosis.report);
  const text = JSON.stringify(diagnosis);
  for (const form of [secret, encodeURIComponent(secret), btoaOf(`${id}:${secret}`)])
    expect(text).not.toContain(form);
  return diagnosis;
}

const btoaOf = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const statuses = ({ report }: Diagnosis) => Object.fromEntries(report.stages.map((s) => [s.stage, s.status]));
const codes = ({ report }: Diagnosis) => report.verdict.candidates.map((c) => c.code);
const found = ({ report }: Diagnosis) => report.stages.flatMap((s) => s.findings.map((f) => f.code));

describe('a client that may do what it asks', () => {
  it('is healthy, by discovery', async () => {
    const diagnosis = await diagnosed({ scope: 'reports:read' });
    expect(diagnosis.report.verdict).toEqual({ kind: 'healthy', candidates: [] });
    expect(new Set(Object.values(statuses(diagnosis)))).toEqual(new Set(['clear']));
  });

  it('is healthy with a token URL and client_secret_post', async () => {
    const { report } = await diagnosed({
      scope: 'reports:read',
      settings: { tokenUrl: `${issuer}/token`, clientAuth: 'post' },
    });
    expect(report.verdict.kind).toBe('healthy');
  });

  it('is healthy with a secret that must be form-encoded, and is warned about other tools', async () => {
    const diagnosis = await diagnosed({ id: 'awkward', secret: AWKWARD, scope: 'reports:read' });
    expect(diagnosis.report.verdict.kind).toBe('healthy');
    expect(found(diagnosis)).toEqual(['credential/needs-form-encoding']);
  });
});

describe('a client that the server does not accept', () => {
  const ALIKE = ['client/wrong-secret', 'client/unknown', 'client/auth-method-mismatch', 'client/public'];

  it.each([
    ['a wrong secret', { secret: 'not-the-secret-of-this-client-1234' }],
    ['an unknown id', { id: 'nobody' }],
    ['a public client', { id: 'public' }],
    ['a client that signs with a key', { id: 'by-key' }],
  ])('%s is answered like the others, so none is called proved', async (_, one) => {
    const diagnosis = await diagnosed(one);
    expect(diagnosis.report.verdict).toMatchObject({ kind: 'broken', certainty: 'suspected' });
    expect(codes(diagnosis)).toEqual(expect.arrayContaining(ALIKE));
    expect(statuses(diagnosis)).toMatchObject({
      request: 'clear',
      connection: 'clear',
      client: 'found',
      grant: 'skipped',
    });
  });

  it('a secret with a space at its end leads the candidates', async () => {
    const diagnosis = await diagnosed({ secret: `${SECRET} ` });
    expect(diagnosis.report.verdict).toMatchObject({
      kind: 'broken',
      certainty: 'suspected',
      rootCause: 'credential/whitespace',
    });
    expect(codes(diagnosis)).toContain('client/wrong-secret');
  });
});

describe('grant and scope', () => {
  it('the grant is not allowed for the client: proved by the words of the server', async () => {
    const { report } = await diagnosed({ id: 'code-only' });
    expect(report.verdict).toMatchObject({
      kind: 'broken',
      rootCause: 'grant/not-allowed',
      certainty: 'proved',
    });
  });

  it('a scope that the client may not have', async () => {
    const diagnosis = await diagnosed({ id: 'reader', scope: 'reports:write' });
    expect(diagnosis.report.verdict.kind).toBe('broken');
    expect(codes(diagnosis).slice(0, 2).sort()).toEqual(['scope/not-allowed', 'scope/unknown']);
  });

  it('no scope was asked for, and the endpoint wants one', async () => {
    const diagnosis = await diagnosed({});
    expect(diagnosis.report.verdict).toMatchObject({ kind: 'broken', rootCause: 'scope/not-requested' });
  });
});

describe('the API', () => {
  it('wants a scope that the token has not: named by its challenge', async () => {
    const diagnosis = await diagnosed({ id: 'writer-only', scope: 'reports:write' });
    expect(diagnosis.report.verdict).toMatchObject({
      kind: 'broken',
      rootCause: 'endpoint/missing-scope',
      certainty: 'proved',
    });
    expect(JSON.stringify(diagnosis.report)).toContain('reports:read');
  });

  it('refuses a token that was made for another API', async () => {
    const diagnosis = await diagnosed({ id: 'elsewhere', scope: 'reports:read', settings: { audience } });
    expect(diagnosis.report.verdict).toMatchObject({ kind: 'broken', rootCause: 'scope/wrong-audience' });
  });

  it('has no such endpoint', async () => {
    const diagnosis = await diagnosed({
      scope: 'reports:read',
      needs: [{ method: 'GET', path: '/nothing' }],
    });
    expect(diagnosis.report.verdict).toMatchObject({ kind: 'broken', rootCause: 'endpoint/not-found' });
  });

  it('is not sent what could change something', async () => {
    const { evidence } = await diagnosed({
      scope: 'reports:write',
      needs: [{ method: 'POST', path: '/reports' }],
    });
    expect(evidence.exchanges.at(-1)).toMatchObject({
      subject: 'POST /reports',
      outcome: { kind: 'not-sent' },
    });
  });
});

describe('the way there', () => {
  it('an issuer that guards all its pages may be the wrong one', async () => {
    const diagnosis = await diagnosed({ settings: { issuer: audience } });
    expect(diagnosis.report.verdict).toMatchObject({
      kind: 'broken',
      rootCause: 'request/wrong-endpoint',
      certainty: 'suspected',
    });
    expect(statuses(diagnosis)).toMatchObject({ request: 'found', connection: 'skipped' });
  });

  it('an issuer that is not there is a wrong endpoint', async () => {
    const { report } = await diagnosed({ settings: { issuer: `${issuer}/tenants/none` } });
    expect(report.verdict).toMatchObject({
      kind: 'broken',
      rootCause: 'request/wrong-endpoint',
      certainty: 'proved',
    });
  });

  it('a token URL that is not there is a wrong endpoint', async () => {
    const diagnosis = await diagnosed({ settings: { tokenUrl: `${issuer}/no/such/token` } });
    expect(diagnosis.report.verdict).toMatchObject({
      kind: 'broken',
      rootCause: 'request/wrong-endpoint',
      certainty: 'proved',
    });
  });

  it('a closed port is unreachable, and no word falls about the secret', async () => {
    const closed = createServer();
    const url = await listening(closed);
    await new Promise((done) => closed.close(done));
    const diagnosis = await diagnosed({ settings: { issuer: url } });
    expect(diagnosis.report.verdict).toMatchObject({
      kind: 'inconclusive',
      rootCause: 'connection/unreachable',
    });
    expect(codes(diagnosis)).not.toContain('client/wrong-secret');
  });

  it('introspection tells the scopes of the token where it is asked', async () => {
    const { evidence } = await diagnosed({
      scope: 'reports:read',
      settings: { introspectionUrl: `${issuer}/token/introspection` },
    });
    expect(evidence.exchanges.map((x) => x.step)).toEqual([
      'discovery',
      'token',
      'introspection',
      'endpoint',
    ]);
  });
});
