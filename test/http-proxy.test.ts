import { afterEach, describe, expect, it } from 'vitest';
import { createHttp, type Http, type HttpOptions } from '../src/io/http.ts';
import type { GivenProxy } from '../src/io/proxy.ts';
import { Secret } from '../src/io/secrets.ts';
import { trustedRoots } from '../src/io/trust.ts';
import { CA_FILE, serve, serveProxy, serveTcp, serveTls, type Running } from './servers.ts';

const open: (Running | { close(): void })[] = [];
const keep = <T extends { close(): void | Promise<void> }>(thing: T): T => {
  open.push(thing);
  return thing;
};
const flag = (url: string): GivenProxy => ({ value: new Secret(url), from: '--proxy' });
const http = (options: Partial<HttpOptions> = {}): Http =>
  keep(createHttp({ env: {}, userAgent: 'why403/test', ...options }));

afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

describe('through a proxy', () => {
  it('tunnels TLS, with the password from the variable, and trusts the private CA inside', async () => {
    const server = keep(await serveTls((request, response) => void response.end(request.headers.host)));
    const proxy = keep(await serveProxy(server.port, 'p@ss'));
    const client = http({
      env: { HTTPS_PROXY: `http://user:p%40ss@127.0.0.1:${proxy.port}` },
      trust: await trustedRoots(CA_FILE, undefined),
    });
    const answer = await client.send({ method: 'GET', url: 'https://login.example.test/' });
    expect(answer.kind === 'answered' && answer.body.toString()).toBe('login.example.test');
    expect(proxy.asked).toEqual(['CONNECT login.example.test:443']);
    expect(client.describe('https://login.example.test/')).toBe(
      `through the proxy http://127.0.0.1:${proxy.port} (HTTPS_PROXY)`,
    );
  });

  it('sends plain requests in absolute form', async () => {
    const proxy = keep(await serveProxy(1));
    const answer = await http({ proxy: flag(proxy.url) }).send({
      method: 'GET',
      url: 'http://docs.example.test/openapi.json',
    });
    expect(answer).toMatchObject({ kind: 'answered', status: 200 });
    expect(proxy.asked).toEqual(['GET http://docs.example.test/openapi.json']);
  });

  it('says that the proxy refused, not the server', async () => {
    const proxy = keep(await serveProxy(1, 'secret-word'));
    const answer = await http({
      env: { https_proxy: `http://user:wrong-word@127.0.0.1:${proxy.port}` },
    }).send({
      method: 'POST',
      url: 'https://login.example.test/oauth/token',
      headers: { authorization: 'Basic c2VjcmV0' },
    });
    expect(answer).toMatchObject({ kind: 'unanswered', why: 'proxy', code: 'PROXY_407' });
    expect(JSON.stringify(answer)).not.toMatch(/wrong-word|c2VjcmV0/);
  });

  it('says that the proxy is not there', async () => {
    const gone = await serve(() => undefined);
    await gone.close();
    const answer = await http({ proxy: flag(gone.url) }).send({
      method: 'GET',
      url: 'https://login.example.test/',
    });
    expect(answer).toMatchObject({ kind: 'unanswered', why: 'proxy', code: 'ECONNREFUSED' });
  });

  it.each([
    ['never answers CONNECT', 'https', ''],
    ['stops in the middle of its answer', 'https', 'HTTP/1.1 200 Connection Est'],
    ['never answers a plain request', 'http', ''],
  ])('ends in time, and when it is interrupted, at a proxy that %s', async (_, scheme, answer) => {
    let asked = 0;
    const cut: Promise<void>[] = [];
    const proxy = keep(
      await serveTcp((socket) => {
        cut.push(new Promise((resolve) => socket.once('close', () => resolve())));
        socket.once('data', () => {
          asked += 1;
          socket.write(answer);
        });
      }),
    );
    const client = http({ proxy: flag(`http://127.0.0.1:${proxy.port}`) });
    const url = `${scheme}://login.example.test/`;
    expect(await client.send({ method: 'GET', url, timeoutMs: 200 })).toMatchObject({
      kind: 'unanswered',
      why: 'time-out',
      code: 'ETIMEDOUT',
    });
    const stop = new AbortController();
    const waiting = client.send({ method: 'GET', url, signal: stop.signal });
    setTimeout(() => stop.abort('SIGINT'), 50);
    await expect(waiting).rejects.toMatchObject({ code: 'interrupted' });
    await Promise.all(cut);
    expect([asked, cut.length]).toEqual([2, 2]);
  });

  it('ends in time at a proxy that is silent in its own TLS handshake', async () => {
    const proxy = keep(await serveTcp((socket) => void socket.resume()));
    const client = http({ proxy: flag(`https://127.0.0.1:${proxy.port}`) });
    const answer = await client.send({ method: 'GET', url: 'https://login.example.test/', timeoutMs: 200 });
    expect(answer).toMatchObject({ kind: 'unanswered', why: 'time-out' });
  });

  it('uses a tunnel again', async () => {
    const server = keep(await serveTls((_, response) => void response.end('fine')));
    const proxy = keep(await serveProxy(server.port));
    const client = http({ proxy: flag(proxy.url), trust: await trustedRoots(CA_FILE, undefined) });
    for (let i = 0; i < 3; i += 1) {
      const answer = await client.send({ method: 'GET', url: 'https://login.example.test/' });
      expect(answer.kind === 'answered' && answer.body.toString()).toBe('fine');
    }
    expect(proxy.asked).toHaveLength(1);
  });

  it('names who broke TLS open on the way', async () => {
    const interceptor = keep(await serveTls((_, response) => void response.end()));
    const proxy = keep(await serveProxy(interceptor.port));
    const answer = await http({ proxy: flag(proxy.url) }).send({
      method: 'GET',
      url: 'https://login.example.test/',
    });
    expect(answer).toMatchObject({ kind: 'unanswered', why: 'tls', issuer: 'why403 test CA, why403 tests' });
  });

  it('leaves loopback alone', async () => {
    const server = keep(await serve((_, response) => void response.end('direct')));
    const answer = await http({
      proxy: flag('http://127.0.0.1:1'),
      env: { ALL_PROXY: 'http://127.0.0.1:1' },
    }).send({
      method: 'GET',
      url: server.url,
    });
    expect(answer.kind === 'answered' && answer.body.toString()).toBe('direct');
  });
});
