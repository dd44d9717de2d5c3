/**
 * The whole ladder over real sockets, against a certified authorization server and an API that checks its tokens. A
 * sandbox of our own would share our mistakes.
 */
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnoseAgain, diagnoseLive, type Diagnosis } from '../src/app/diagnose-live.ts';
import { clientShape, type EndpointNeed, type KnownSettings } from '../src/core/index.ts';
import { createHttp, type Http } from '../src/io/http.ts';
import { Secret } from '../src/io/secrets.ts';
import { createTransport } from '../src/io/transport.ts';
import { generic } from '../src/providers/generic.ts';
import {
  AWKWARD,
  listening,
  SECRET,
  startCertifiedServer,
  type CertifiedServer,
} from './certified-server.ts';
import { silent as catalogue } from './scenes.ts';

let server: CertifiedServer;
let http: Http;
let issuer: string;
let audience: string;

beforeAll(async () => {
  server = await startCertifiedServer();
  ({ issuer, audience } = server);
  http = createHttp({ env: {}, userAgent: 'why403/test' });
});

afterAll(async () => {
  http.close();
  await server.close();
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
    expect(diagnosis.report.verdict).toMatchObject({ kind: 'broken', rootCause: 'endpoint/missing-scope' });
    expect(JSON.stringify(diagnosis.report)).toContain('reports:read');
  });

  it('does not show whether the client may have a scope that was never asked for', async () => {
    const diagnosis = await diagnosed({
      scope: 'reports:read',
      needs: [{ method: 'POST', path: '/reports', send: true }],
    });
    expect(diagnosis.report.verdict.certainty).toBe('suspected');
    expect(codes(diagnosis)).toEqual(['endpoint/missing-scope', 'scope/not-requested']);
    const [finding] = diagnosis.report.stages.flatMap((s) => s.findings);
    expect(finding?.certainty).toBe('proved');
    expect(finding?.fix.map(({ who }) => who)).toEqual(['you', 'admin', 'you']);
    expect(finding?.fix[0]?.action).toContain('scope=reports:read reports:write');
  });

  it('refuses a token for which a scope was asked that the server does not know', async () => {
    const diagnosis = await diagnosed({ scope: 'nosuch' });
    expect(diagnosis.report.verdict).toMatchObject({ rootCause: 'scope/unknown', certainty: 'suspected' });
    expect(codes(diagnosis)).toEqual(['scope/unknown', 'endpoint/missing-scope', 'scope/not-requested']);
    expect(statuses(diagnosis)).toMatchObject({ scope: 'found' });
    expect(JSON.stringify(diagnosis.report)).not.toMatch(/token has [^"]*nosuch/);
  });

  it('says nothing of the scopes of a token that names none', async () => {
    const settings = { tokenUrl: `${issuer}/token`, introspectionUrl: `${issuer}/token/introspection` };
    const diagnosis = await diagnosed({ scope: 'nosuch', settings });
    expect(statuses(diagnosis)).toMatchObject({ scope: 'unknown', endpoint: 'found' });
    expect(JSON.stringify(diagnosis.report)).toContain('Ask for it instead (scope=reports:read)');
    expect(codes(diagnosis)).toEqual(['endpoint/missing-scope', 'scope/not-requested', 'scope/unknown']);
    expect(JSON.stringify(diagnosis.report)).not.toMatch(/token has [^"]*nosuch/);
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

  it('a document that names a token endpoint elsewhere stops the climb there', async () => {
    const asked: string[] = [];
    const other = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ issuer: elsewhere, token_endpoint: `${issuer}/token` }));
    });
    const elsewhere = await listening(other);
    const diagnosis = await diagnosed({ settings: { issuer: elsewhere } });
    await new Promise((done) => other.close(done));
    expect(diagnosis.report.verdict).toMatchObject({
      kind: 'broken',
      rootCause: 'request/wrong-endpoint',
      certainty: 'suspected',
    });
    expect(statuses(diagnosis)).toMatchObject({ request: 'found', connection: 'skipped' });
    expect(asked).toEqual(['/.well-known/oauth-authorization-server']);
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
