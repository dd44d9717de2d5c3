import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp, type Http, type HttpOptions } from '../src/io/http.ts';
import { Failure } from '../src/core/index.ts';
import { trustedRoots } from '../src/io/trust.ts';
import { CA_FILE, serve, serveTcp, serveTls, type Running } from './servers.ts';

const open: (Running | { close(): void })[] = [];
const keep = <T extends { close(): void | Promise<void> }>(thing: T): T => {
  open.push(thing);
  return thing;
};
const http = (options: Partial<HttpOptions> = {}): Http =>
  keep(createHttp({ env: {}, userAgent: 'why403/test', ...options }));

afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

describe('a raw request', () => {
  it('brings status, headers and the unpacked body, and names the program', async () => {
    const server = keep(
      await serve((request, response) => {
        response.setHeader('content-encoding', 'gzip');
        response.setHeader('set-cookie', ['a=1', 'b=2']);
        response.end(
          gzipSync(JSON.stringify({ agent: request.headers['user-agent'], method: request.method })),
        );
      }),
    );
    const answer = await http().send({ method: 'POST', url: server.url, body: 'x' });
    if (answer.kind !== 'answered') throw new Error(answer.detail);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body.toString())).toEqual({ agent: 'why403/test', method: 'POST' });
    expect(answer.headers['set-cookie']).toBe('a=1, b=2');
    expect(answer.answeredAt).toBeGreaterThanOrEqual(answer.sentAt);
  });

  it('is an answer like any other where the server switches the protocol, which nobody asked for', async () => {
    const server = keep(
      await serveTcp((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () =>
          socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'),
        );
      }),
    );
    for (const method of ['GET', 'POST']) {
      const answer = await http().send({ method, url: server.url.replace(/^tcp/, 'http') });
      expect(answer).toMatchObject({ kind: 'answered', status: 101, headers: { upgrade: 'h2c' } });
    }
  });

  it('is told to stop when the answer is here already, and brings it', async () => {
    const server = keep(
      await serve((_, response) => {
        response.setHeader('content-encoding', 'gzip');
        response.end(gzipSync('whole'));
      }),
    );
    const stop = new AbortController();
    const answer = await http().send({
      method: 'GET',
      url: server.url,
      signal: stop.signal,
      received: () => stop.abort(),
    });
    expect(answer.kind === 'answered' && answer.body.toString()).toBe('whole');
    // What nobody listens to is thrown in the next turn of the loop.
    await new Promise((done) => setTimeout(done, 20));
  });

  it.each(['POST', 'DELETE', 'PUT', 'PATCH'])('sends a %s without a body', async (method) => {
    const server = keep(await serve((request, response) => response.end(request.method)));
    const answer = await http().send({ method, url: server.url, timeoutMs: 2000 });
    if (answer.kind !== 'answered') throw new Error(answer.detail);
    expect(answer.body.toString()).toBe(method);
  });

  it('follows no redirect unless it is told to', async () => {
    const seen: string[] = [];
    const server = keep(
      await serve((request, response) => {
        seen.push(request.url ?? '');
        if (request.url === '/a') response.writeHead(302, { location: '/b' });
        response.end();
      }),
    );
    const client = http();
    const first = await client.send({
      method: 'GET',
      url: `${server.url}/a`,
      headers: { authorization: 'Bearer t' },
    });
    expect([first.kind === 'answered' && first.status, seen]).toEqual([302, ['/a']]);
    const second = await client.send({ method: 'GET', url: `${server.url}/a`, follow: true });
    expect([second.kind === 'answered' && second.status, seen]).toEqual([200, ['/a', '/a', '/b']]);
  });

  it('cuts a body that is too large, packed ones too', async () => {
    const server = keep(
      await serve((_, response) => {
        response.setHeader('content-encoding', 'gzip');
        response.end(gzipSync(Buffer.alloc(4_000_000, 'a')));
      }),
    );
    const answer = await http().send({ method: 'GET', url: server.url, maxBytes: 10_000 });
    expect(answer).toMatchObject({ kind: 'answered', truncated: true });
    expect(answer.kind === 'answered' && answer.body.length).toBe(10_000);
  });

  it('does not ask twice by itself', async () => {
    let asked = 0;
    const server = keep(
      await serve((_, response) => {
        asked += 1;
        response.writeHead(503, { 'retry-after': '0' }).end();
      }),
    );
    await http().send({ method: 'GET', url: server.url });
    expect(asked).toBe(1);
  });

  it('sends once more what met an idle connection that the server had just closed', async () => {
    let asked = 0;
    const server = keep(
      await serve((request, response) => {
        asked += 1;
        // The first answer leaves the connection open; the second request finds it cut.
        if (asked === 2) return void request.socket.destroy();
        response.end('fine');
      }),
    );
    const client = http();
    await client.send({ method: 'GET', url: server.url });
    const answer = await client.send({ method: 'GET', url: server.url });
    expect([answer.kind, asked]).toEqual(['answered', 3]);
  });
});

describe('nobody answers', () => {
  it('classifies time-out, refusal, cut and a port that speaks no TLS', async () => {
    const silent = keep(await serve(() => undefined));
    const cutting = keep(await serveTcp((socket) => void socket.once('data', () => socket.destroy())));
    const plain = keep(await serve((_, response) => void response.end()));
    const gone = await serve(() => undefined);
    await gone.close();
    const client = http();
    const why = async (url: string, timeoutMs = 5_000): Promise<unknown> => {
      const answer = await client.send({ method: 'GET', url, timeoutMs });
      return answer.kind === 'unanswered' ? [answer.why, answer.code] : answer;
    };
    expect(await why(silent.url, 100)).toEqual(['time-out', 'ETIMEDOUT']);
    expect(await why(`http://127.0.0.1:${gone.port}`)).toEqual(['refused', 'ECONNREFUSED']);
    expect(await why(`http://127.0.0.1:${cutting.port}`)).toEqual(['reset', 'ECONNRESET']);
    expect(await why(`https://127.0.0.1:${plain.port}`)).toEqual(['tls', 'ERR_SSL_WRONG_VERSION_NUMBER']);
  });

  it('calls an answer that ends in the middle a reset', async () => {
    const server = keep(
      await serveTcp((socket) => {
        socket.once('data', () => {
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"half"');
          setTimeout(() => socket.destroy(), 20);
        });
      }),
    );
    const answer = await http().send({ method: 'GET', url: `http://127.0.0.1:${server.port}` });
    expect(answer).toMatchObject({ kind: 'unanswered', why: 'reset' });
  });

  it('ends at once when it is interrupted', async () => {
    const silent = keep(await serve(() => undefined));
    const stop = new AbortController();
    const asked = http().send({ method: 'GET', url: silent.url, signal: stop.signal });
    setTimeout(() => stop.abort('SIGINT'), 50);
    await expect(asked).rejects.toMatchObject({ code: 'interrupted' });
  });
});

describe('a signal that outlives many requests', () => {
  it('collects no listeners, and stops what comes after it', async () => {
    const server = keep(await serve((_, response) => void response.end()));
    const warned: string[] = [];
    const listener = (warning: Error): void => void warned.push(warning.name);
    process.on('warning', listener);
    const stop = new AbortController();
    const client = http();
    for (let i = 0; i < 15; i += 1)
      await client.send({ method: 'GET', url: server.url, signal: stop.signal });
    stop.abort('SIGTERM');
    await expect(client.send({ method: 'GET', url: server.url, signal: stop.signal })).rejects.toMatchObject({
      code: 'interrupted',
    });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', listener);
    expect(warned).toEqual([]);
  });
});

describe('TLS', () => {
  it('names the issuer of a certificate that it does not trust', async () => {
    const server = keep(await serveTls((_, response) => void response.end('secret page')));
    const answer = await http().send({ method: 'GET', url: server.url });
    expect(answer).toMatchObject({ kind: 'unanswered', why: 'tls', issuer: 'why403 test CA, why403 tests' });
    expect(answer.kind === 'unanswered' && answer.code).toMatch(/^UNABLE_TO_|SELF_SIGNED_CERT_IN_CHAIN/);
  });

  it('trusts the certificates of --ca-file and of NODE_EXTRA_CA_CERTS', async () => {
    const server = keep(await serveTls((_, response) => void response.end('fine')));
    for (const trust of [await trustedRoots(CA_FILE, undefined), await trustedRoots(undefined, CA_FILE)]) {
      const answer = await http({ trust }).send({
        method: 'GET',
        url: server.url,
      });
      expect(answer).toMatchObject({ kind: 'answered', status: 200 });
    }
  });

  it('tells a certificate for another name', async () => {
    const server = keep(await serveTls((_, response) => void response.end()));
    const answer = await http({ trust: await trustedRoots(CA_FILE, undefined) }).send({
      method: 'GET',
      url: `https://127.0.0.2:${server.port}`,
    });
    expect(answer.kind).toBe('unanswered');
    // 127.0.0.2 answers on Linux only.
    if (answer.kind === 'unanswered' && answer.why === 'tls')
      expect(answer.code).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('refuses a CA file without a certificate, and notes a variable that points nowhere', async () => {
    await expect(trustedRoots(import.meta.filename, undefined)).rejects.toThrow(Failure);
    await expect(trustedRoots('/nowhere.pem', undefined)).rejects.toThrow(/ENOENT/);
    expect((await trustedRoots(undefined, '/nowhere.pem')).notes.join()).toMatch(
      /NODE_EXTRA_CA_CERTS.*left out/,
    );
  });
});
