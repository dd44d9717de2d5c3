import type { IncomingMessage, ServerResponse } from 'node:http';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Ask, Exchange } from '../src/core/index.ts';
import { basicHeader } from '../src/io/credentials.ts';
import { createHttp } from '../src/io/http.ts';
import { Secret } from '../src/io/secrets.ts';
import { createTransport, type LiveTransport, type TransportOptions } from '../src/io/transport.ts';
import { serve, type Running } from './servers.ts';

const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const SECRET = 'wJalrXUtnFEMI-K7MDENG_bPxRfiCY+/EX';
const TOKEN = 'opaqueTokenValue-1234567890abcdefgh';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}
type Answer = (request: Seen, response: ServerResponse) => void;

const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start(answer: Answer): Promise<Running & { seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = await serve((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, headers } = request;
      const one = {
        method,
        url,
        authorization: headers.authorization,
        body: Buffer.concat(chunks).toString(),
      };
      seen.push(one);
      answer(one, response);
    });
  });
  closing.push(() => server.close());
  return { ...server, seen };
}

function transport(server: Running, options: Partial<TransportOptions> = {}): LiveTransport {
  const http = createHttp({ env: {}, userAgent: 'why403/test' });
  closing.push(() => http.close());
  return createTransport({
    http,
    settings: {},
    credentials: { id: ID, secret: new Secret(SECRET) },
    formEncoded: false,
    idForm: 'uuid',
    allowedOrigins: [server.url],
    timeoutMs: 5_000,
    ...options,
  });
}

const tokenAsk = (server: Running, more: Partial<Ask> = {}): Ask => ({
  step: 'token',
  method: 'POST',
  url: `${server.url}/oauth/token`,
  auth: 'client',
  form: { grant_type: 'client_credentials' },
  keep: ['token_type', 'expires_in', 'scope'],
  ...more,
});
const apiAsk = (server: Running, more: Partial<Ask> = {}): Ask => ({
  step: 'endpoint',
  subject: 'GET /api/v2/routing/queues',
  method: 'GET',
  url: `${server.url}/api/v2/routing/queues`,
  auth: 'bearer',
  keep: ['total', 'entities[].name'],
  ...more,
});
const json = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void =>
  void response
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify(body));
const body = (x: Exchange): unknown =>
  x.outcome.kind === 'answered' && x.outcome.body.kind === 'json' ? x.outcome.body.value : x.outcome;

describe('what comes with a token', () => {
  it('is a secret as well, wherever it is echoed', async () => {
    const others = { refresh_token: 'rEfr3sh-0123456789abcdef', id_token: 'iD-t0ken-0123456789abcdef' };
    const server = await start(({ url }, response) =>
      url === '/oauth/token'
        ? json(response, 200, { access_token: TOKEN, token_type: 'bearer', ...others })
        : json(response, 400, { message: `got ${others.refresh_token} and ${others.id_token}` }),
    );
    const ask = transport(server);
    await ask(tokenAsk(server));
    const shown = JSON.stringify(await ask(apiAsk(server)));
    expect(shown).toContain('got ');
    for (const secret of Object.values(others)) expect(shown).not.toContain(secret);
  });
});

describe('a token request', () => {
  it('sends a right Basic header, keeps the token to itself and tells its shape', async () => {
    const server = await start((_, response) =>
      json(response, 200, {
        access_token: TOKEN,
        token_type: 'bearer',
        expires_in: 86399,
        refresh_token: 'also-a-secret',
      }),
    );
    const ask = transport(server);
    const exchange = await ask(tokenAsk(server));
    expect(server.seen[0]?.authorization).toBe(`Basic ${Buffer.from(`${ID}:${SECRET}`).toString('base64')}`);
    expect(server.seen[0]?.body).toBe('grant_type=client_credentials');
    expect(exchange.request).toMatchObject({
      authorization: { kind: 'basic', base64: 'standard', idMatches: true, secretMatches: true },
      contentType: 'application/x-www-form-urlencoded',
      form: { grant_type: 'client_credentials' },
      bodyForm: 'form',
    });
    expect(exchange.outcome).toMatchObject({
      kind: 'answered',
      status: 200,
      token: { kind: 'opaque', length: TOKEN.length },
    });
    expect(body(exchange)).toEqual({ token_type: 'bearer', expires_in: 86399 });
    expect(JSON.stringify(exchange)).not.toMatch(/also-a-secret|opaqueToken/);
    expect(ask.token()?.reveal()).toBe(TOKEN);
    expect((ask.expiresAt() ?? 0) - Date.now()).toBeGreaterThan(86_000_000);
  });

  it('shows the claims of a JWT that are on the list, and no other', async () => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = {
      iss: 'https://as.test',
      scope: 'a b',
      exp: 1,
      email: 'someone@example.com',
      aud: ['x', 'y'],
    };
    const jwt = `${part({ alg: 'RS256', kid: 'k1', x5c: ['cert'] })}.${part(claims)}.c2lnbmF0dXJl`;
    const server = await start((_, response) => json(response, 200, { access_token: jwt, expires_in: '60' }));
    const ask = transport(server);
    const exchange = await ask(tokenAsk(server));
    expect(exchange.outcome).toMatchObject({
      token: {
        kind: 'jwt',
        header: { alg: 'RS256', kid: 'k1' },
        claims: { iss: 'https://as.test', scope: 'a b', exp: 1, aud: ['x', 'y'] },
      },
    });
    expect(JSON.stringify(exchange)).not.toMatch(/someone|cert|c2lnbmF0dXJl/);
    expect(ask.expiresAt()).toBeDefined();
  });

  it('writes the credentials into the body where the settings say post', async () => {
    const server = await start((_, response) => json(response, 400, { error: 'invalid_client' }));
    const exchange = await transport(server, { settings: { clientAuth: 'post' } })(tokenAsk(server));
    expect(new URLSearchParams(server.seen[0]?.body).get('client_secret')).toBe(SECRET);
    expect(server.seen[0]?.authorization).toBeUndefined();
    expect(exchange.request).toMatchObject({
      authorization: { kind: 'absent' },
      form: { client_id: ID, client_secret: '•' },
      bodyCredentials: { id: true, secret: true },
    });
  });

  it('sends a given header as it is', async () => {
    const server = await start((_, response) => json(response, 400, { error: 'invalid_client' }));
    const given = new Secret('Basic not base64!');
    const exchange = await transport(server, { given })(tokenAsk(server, { auth: 'given' }));
    expect(server.seen[0]?.authorization).toBe('Basic not base64!');
    expect(exchange.request.authorization).toMatchObject({ kind: 'basic', base64: 'invalid' });
  });

  it('does not send what HTTP can not carry, nor what is not there', async () => {
    const server = await start((_, response) => json(response, 200, {}));
    const strange = await transport(server, { given: new Secret('Basic a\nb') })(
      tokenAsk(server, { auth: 'given' }),
    );
    expect(strange.outcome.kind).toBe('not-sent');
    const empty = { id: '', secret: new Secret('') };
    const missing = await transport(server, { credentials: empty })(tokenAsk(server));
    expect(missing.outcome.kind).toBe('not-sent');
    expect((await transport(server)(apiAsk(server))).outcome).toMatchObject({
      kind: 'not-sent',
      reason: 'there is no token in hand',
    });
    expect(server.seen).toEqual([]);
  });

  it('puts the token in hand into the field that the ask names', async () => {
    const server = await start((_, response) => json(response, 200, { active: true, scope: 'a', sub: 'x' }));
    const ask = transport(server, { token: new Secret(TOKEN) });
    const exchange = await ask(
      tokenAsk(server, { step: 'introspection', form: {}, tokenField: 'token', keep: ['active', 'scope'] }),
    );
    expect(new URLSearchParams(server.seen[0]?.body).get('token')).toBe(TOKEN);
    expect(exchange.request.form).toEqual({ token: '•' });
    expect(body(exchange)).toEqual({ active: true, scope: 'a' });
  });
});

describe('where secrets go', () => {
  it('follows no redirect, and shows the place without its secrets', async () => {
    const server = await start(
      (_, response) =>
        void response
          .writeHead(307, { location: 'https://u:pass@evil.test/x?access_token=abcdefgh&a=1' })
          .end(),
    );
    const exchange = await transport(server)(tokenAsk(server));
    expect(server.seen).toHaveLength(1);
    expect(exchange.outcome).toMatchObject({
      status: 307,
      headers: { location: 'https://evil.test/x?access_token=•&a=1' },
    });
  });

  it('goes to named hosts only, over TLS or to loopback', async () => {
    const server = await start((_, response) => json(response, 200, {}));
    const other = await start((_, response) => json(response, 200, {}));
    const ask = transport(server, {
      token: new Secret(TOKEN),
      allowedOrigins: [server.url, 'http://plain.example.test'],
    });
    const reason = async (url: string, auth: Ask['auth'] = 'bearer'): Promise<string> => {
      const { outcome } = await ask(apiAsk(server, { url, auth }));
      return outcome.kind === 'not-sent' ? outcome.reason : outcome.kind;
    };
    expect(await reason(other.url)).toMatch(/hosts that the settings name/);
    expect(await reason('http://plain.example.test/')).toMatch(/TLS only/);
    expect(await reason('ftp://x.test/')).toMatch(/TLS only|ftp/);
    expect(await reason('not a url')).toMatch(/not a URL/);
    expect(await reason(other.url, 'none')).toBe('answered');
    expect(other.seen.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  it('asks nobody when it is offline', async () => {
    const server = await start((_, response) => json(response, 200, {}));
    const exchange = await transport(server, { offline: true })(tokenAsk(server));
    expect(exchange.outcome).toMatchObject({ kind: 'unanswered', why: 'offline' });
    expect(server.seen).toEqual([]);
  });
});

describe('answers', () => {
  it('keeps of a success only what the ask names', async () => {
    const answer = {
      total: 2,
      pageSize: 25,
      entities: [
        { id: 'q1', name: 'Sales', password: 'x' },
        { id: 'q2', name: 'Help' },
      ],
    };
    const server = await start((_, response) => json(response, 200, answer));
    const exchange = await transport(server, { token: new Secret(TOKEN) })(apiAsk(server));
    expect(body(exchange)).toEqual({ total: 2, entities: [{ name: 'Sales' }, { name: 'Help' }] });
  });

  it('keeps maps and lists where the paths say so', async () => {
    const answer = {
      features: { ivr: true, apiKey: 'zzzzzz', deep: { a: 1 } },
      entities: [{ permissionMap: { q: [{ action: 'view', label: 'no' }] }, actions: ['a', { b: 1 }, 'c'] }],
    };
    const server = await start((_, response) => json(response, 200, answer));
    const keep = ['features.*', 'entities[].permissionMap.*[].action', 'entities[].actions'];
    const exchange = await transport(server, { token: new Secret(TOKEN) })(apiAsk(server, { keep }));
    expect(body(exchange)).toEqual({
      features: { ivr: true },
      entities: [{ permissionMap: { q: [{ action: 'view' }] }, actions: ['a', 'c'] }],
    });
  });

  it('keeps of a refusal the fields that errors are told in', async () => {
    const refusal = {
      message: `no permission for ${TOKEN}`,
      code: 'missing.any.permissions',
      status: 403,
      contextId: 'c-1',
      details: [{ errorCode: 'x', field: 'f', echoedHeader: SECRET }],
      messageParams: { permissions: 'routing:queue:view', token: 'gone' },
      request: { authorization: `Bearer ${TOKEN}` },
    };
    const server = await start((_, response) =>
      json(response, 403, refusal, { 'inin-correlation-id': 'c-1', 'set-cookie': 's=1' }),
    );
    const exchange = await transport(server, { token: new Secret(TOKEN) })(apiAsk(server));
    expect(body(exchange)).toEqual({
      message: 'no permission for •••',
      code: 'missing.any.permissions',
      status: 403,
      contextId: 'c-1',
      details: [{ errorCode: 'x', field: 'f' }],
      messageParams: { permissions: 'routing:queue:view' },
    });
    expect(exchange.outcome).toMatchObject({ headers: { 'inin-correlation-id': 'c-1' } });
    expect(JSON.stringify(exchange)).not.toContain('set-cookie');
  });

  it("knows a proxy's page, and leaves scripts and inputs behind", async () => {
    const page = `<!DOCTYPE html><html><head><title>Blocked</title><script>var t="${SECRET}"</script></head><body onload="x()"><input value="abc123">Access denied</body></html>`;
    const server = await start(
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(page),
    );
    const { outcome } = await transport(server)(tokenAsk(server));
    if (outcome.kind !== 'answered' || outcome.body.kind !== 'html') throw new Error(JSON.stringify(outcome));
    expect(outcome.body.text).toContain('<title>Blocked</title>');
    expect(outcome.body.text).not.toMatch(/script|input|abc123|onload|wJalr/);
    expect(outcome.token).toBeUndefined();
  });

  it('marks JSON that ends too early, and shows nothing of it after a success', async () => {
    const server = await start(
      (_, response) => void response.writeHead(200).end(`{"access_token":"${TOKEN}"`),
    );
    const { outcome } = await transport(server)(tokenAsk(server));
    expect(outcome).toMatchObject({ kind: 'answered', body: { kind: 'cut', text: '' } });
  });

  it("tells the server's clock from ours", async () => {
    const server = await start((_, response) =>
      json(response, 200, {}, { date: new Date(Date.now() + 3_600_000).toUTCString() }),
    );
    const { outcome } = await transport(server)(tokenAsk(server));
    expect(outcome.kind === 'answered' && Math.abs((outcome.clockSkewMs ?? 0) - 3_600_000)).toBeLessThan(
      5_000,
    );
  });
});

describe('patience', () => {
  it('does not ask again where the run is interrupted while it waits', async () => {
    const server = await start((_, response) => json(response, 503, {}, { 'retry-after': '1' }));
    const stop = new AbortController();
    const asked = transport(server, { signal: stop.signal })({
      step: 'organization',
      method: 'GET',
      url: `${server.url}/x`,
      auth: 'none',
      keep: [],
    });
    await expect.poll(() => server.seen.length).toBe(1);
    stop.abort('SIGTERM');
    await expect(asked).rejects.toMatchObject({ code: 'interrupted' });
    expect(server.seen).toHaveLength(1);
  });

  it('grants a short Retry-After of a GET once', async () => {
    let asked = 0;
    const server = await start((_, response) =>
      json(response, (asked += 1) === 1 ? 429 : 200, { total: 1 }, { 'retry-after': '0' }),
    );
    const exchange = await transport(server, { token: new Secret(TOKEN) })(apiAsk(server));
    expect([asked, exchange.outcome.kind === 'answered' && exchange.outcome.status]).toEqual([2, 200]);
  });

  it('repeats no token request, and reports a long wait', async () => {
    const server = await start((request, response) =>
      json(
        response,
        429,
        { code: 'too.many.requests' },
        { 'retry-after': request.method === 'POST' ? '0' : '120' },
      ),
    );
    const ask = transport(server, { token: new Secret(TOKEN) });
    await ask(tokenAsk(server));
    const exchange = await ask(apiAsk(server));
    expect(server.seen).toHaveLength(2);
    expect(exchange.outcome).toMatchObject({ status: 429, headers: { 'retry-after': '120' } });
  });

  it('says that the deadline passed, before and while it asks', async () => {
    const server = await start(() => undefined);
    const late = await transport(server, { deadlineAt: Date.now() - 1 })(tokenAsk(server));
    expect(late.outcome).toMatchObject({ kind: 'unanswered', why: 'deadline' });
    expect(server.seen).toEqual([]);
    const slow = await transport(server, { deadlineAt: Date.now() + 150 })(tokenAsk(server));
    expect(slow.outcome).toMatchObject({ kind: 'unanswered', why: 'deadline' });
    const early = await transport(server, { timeoutMs: 100, deadlineAt: Date.now() + 60_000 })(
      tokenAsk(server),
    );
    expect(early.outcome).toMatchObject({ kind: 'unanswered', why: 'time-out' });
  });
});

describe('for any secret', () => {
  const value = fc
    .string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 60 })
    .filter((v) => v.trim().length >= 6 && !/^[a-z ]*$/i.test(v));

  it('the Basic header is what an independent reader decodes to the pair', () => {
    const any = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(any, any, fc.boolean(), (id, secret, formEncoded) => {
        const header = basicHeader({ id, secret: new Secret(secret) }, formEncoded).reveal();
        expect(header).toMatch(/^Basic [A-Za-z0-9+/]+={0,2}$/);
        const base64 = header.slice(6);
        expect(base64.length % 4).toBe(0);
        const pair = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
          Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)),
        );
        if (!formEncoded) return void expect(pair).toBe(`${id}:${secret}`);
        const [first = '', second = '', ...rest] = pair.split(':');
        const form = new URLSearchParams(`id=${first}&secret=${second}`);
        expect([form.get('id'), form.get('secret'), rest]).toEqual([id, secret, []]);
      }),
    );
  });

  it('nothing of it is in the exchange, however the server echoes it', async () => {
    let echo: unknown;
    let status = 400;
    let type = 'application/json';
    const server = await start(
      (_, response) =>
        void response
          .writeHead(status, { 'content-type': type, 'www-authenticate': 'Basic realm="x"' })
          .end(typeof echo === 'string' ? echo : JSON.stringify(echo)),
    );
    await fc.assert(
      fc.asyncProperty(
        value,
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom(200, 400, 401, 403, 500),
        async (secret, way, code) => {
          const pair = `${ID}:${secret}`;
          const writings = [
            secret,
            Buffer.from(pair).toString('base64'),
            Buffer.from(secret).toString('base64url'),
            new URLSearchParams({ s: secret }).toString().slice(2),
            encodeURIComponent(secret),
          ];
          const echoes: unknown[] = [
            { error: 'invalid_client', error_description: `bad ${writings.join(' ')}` },
            { message: secret, details: [{ messageParams: { value: secret, [secret]: 'x' } }] },
            { access: secret, [secret]: secret, error: { message: writings[1] } },
            `<html><body>${secret} ${writings.join('\n')}</body></html>`,
            writings.join('\n'),
            { error: writings[3] },
            `{"error": "${writings[1]}", "cut`,
            `<?xml version="1.0"?><Error><Message>${writings[0]}</Message></Error>`,
            { errors: [[[{ title: writings[4], code: writings[2] }]]] },
            { total: 1, entities: [{ name: secret }] },
          ];
          echo = echoes[way];
          status = code;
          type = typeof echo === 'string' && echo.startsWith('<html') ? 'text/html' : 'application/json';
          const exchange = await transport(server, { credentials: { id: ID, secret: new Secret(secret) } })(
            tokenAsk(server, { keep: ['total', 'entities[].name'] }),
          );
          const shown = JSON.stringify(exchange);
          // What JSON itself escapes is looked for in its escaped form.
          for (const writing of writings) expect(shown).not.toContain(JSON.stringify(writing).slice(1, -1));
        },
      ),
      { numRuns: 150 },
    );
  });
});
