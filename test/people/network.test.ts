/** The ways to an org that companies have: mutual TLS, a gateway below a path, a proxy with a password, IPv6. */
import { readFileSync, writeFileSync, mkdtempSync } from 'node:fs';
import { createServer as createHttpServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Evidence, Report } from '../../src/core/index.ts';
import { builtInOrg, startSandbox } from '../../src/sandbox/server.ts';
import { runCli } from '../cli-run.ts';
import { CA_FILE, serveProxy } from '../servers.ts';

const tls = (name: string): string => join(CA_FILE, '..', name);
const CERTIFICATE = tls('server.pem');
const KEY = tls('server-key.pem');

const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Hosts {
  readonly login: URL;
  readonly api: URL;
}

async function sandbox(): Promise<{ env: Record<string, string>; to: Hosts }> {
  const running = await startSandbox({ org: builtInOrg('genesys') });
  closing.push(() => running.close());
  return { env: { ...running.env }, to: { login: new URL(running.loginUrl), api: new URL(running.apiUrl) } };
}

/** Passes on what comes in below `/gw`, as a company's gateway does; everything else is its own 404. */
function gateway(hosts: Hosts, seen: string[]) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? '';
    seen.push(path);
    if (!path.startsWith('/gw/')) return void response.writeHead(404).end('not here');
    const to = path.startsWith('/gw/oauth/') ? hosts.login : hosts.api;
    const on = httpRequest(
      {
        host: to.hostname,
        port: to.port,
        path: path.slice(3),
        method: request.method,
        headers: { ...request.headers, host: to.host },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    on.on('error', () => response.writeHead(502).end());
    request.pipe(on);
  };
}

interface Listening {
  listen(port: number, host: string, then: () => void): unknown;
  address(): unknown;
  close(): unknown;
  on(event: 'connection', listener: (socket: Socket) => void): unknown;
}

async function started(server: Listening, host = '127.0.0.1'): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => void server.listen(0, host, resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function behindMutualTls(): Promise<{ env: Record<string, string>; seen: string[]; port: number }> {
  const { env, to } = await sandbox();
  const seen: string[] = [];
  const server = createServer(
    { cert: readFileSync(CERTIFICATE), key: readFileSync(KEY), ca: readFileSync(CA_FILE), requestCert: true },
    gateway(to, seen),
  );
  const port = await started(server);
  const url = `https://localhost:${port}/gw`;
  return { env: { ...env, WHY403_LOGIN_URL: url, WHY403_API_URL: url }, seen, port };
}

describe('a gateway below a path that asks for a client certificate', () => {
  const CERTIFIED = ['--ca-file', CA_FILE, '--client-cert-file', CERTIFICATE, '--client-key-file', KEY];

  test('lets us in with it', async () => {
    const { env, seen } = await behindMutualTls();
    const ran = await runCli(['diagnose', '--json', ...CERTIFIED], { env });
    expect((JSON.parse(ran.stdout) as Report).verdict).toEqual({ kind: 'healthy', candidates: [] });
    expect(ran.exit).toBe(0);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.filter((path) => !path.startsWith('/gw/'))).toEqual([]);
  });

  test('certificate and key may be named by variables', async () => {
    const { env } = await behindMutualTls();
    const named = { ...env, WHY403_CLIENT_CERT_FILE: CERTIFICATE, WHY403_CLIENT_KEY_FILE: KEY };
    expect((await runCli(['diagnose', '--ca-file', CA_FILE], { env: named })).exit).toBe(0);
  });

  test('without it, the finding says what the server asks for', async () => {
    const { env } = await behindMutualTls();
    const ran = await runCli(['diagnose', '--json', '--ca-file', CA_FILE], { env });
    const report = JSON.parse(ran.stdout) as Report;
    expect(report.verdict.rootCause).toBe('connection/tls-or-proxy');
    expect(ran.exit).toBe(1);
    expect(ran.stdout).toContain('--client-cert-file');
  });

  test.each([
    ['a file that is not there', ['--client-cert-file', '/nonexistent/cert.pem'], "can't be read"],
    ['a key alone', ['--client-key-file', KEY], 'without the certificate'],
    ['a certificate without a key', ['--client-cert-file', CERTIFICATE], 'no private key'],
    ["another one's key", ['--client-cert-file', CA_FILE, '--client-key-file', KEY], 'does not belong'],
  ])('%s is exit 2, before anything is sent', async (_, flags, text) => {
    const { env, seen } = await behindMutualTls();
    const ran = await runCli(['diagnose', '--ca-file', CA_FILE, ...flags], { env });
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toContain(text);
    expect(seen).toEqual([]);
  });

  test('a locked key is named as one, and nothing of a key is repeated', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'why403-key-'));
    const locked = join(folder, 'locked.pem');
    writeFileSync(
      locked,
      '-----BEGIN ENCRYPTED PRIVATE KEY-----\nTm90QUtleUF0QWxs\n-----END ENCRYPTED PRIVATE KEY-----\n',
    );
    const { env } = await behindMutualTls();
    const ran = await runCli(['diagnose', '--client-cert-file', CERTIFICATE, '--client-key-file', locked], {
      env,
    });
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toContain('passphrase');
    expect(ran.stderr).not.toContain('Tm90QUtle');
  });
});

describe('a proxy that stands in between', () => {
  const org = { WHY403_LOGIN_URL: 'https://login.example.test', WHY403_API_URL: 'https://api.example.test' };

  async function intercepted(): Promise<{ env: Record<string, string>; asked: string[] }> {
    const { env, to } = await sandbox();
    const plain = gateway(to, []);
    const server = createServer(
      { cert: readFileSync(CERTIFICATE), key: readFileSync(KEY) },
      (request, response) => {
        request.url = `/gw${request.url}`;
        plain(request, response);
      },
    );
    const proxy = await serveProxy(await started(server), 'Wd5xPq8zKt2v');
    closing.push(() => proxy.close());
    return {
      env: { ...env, ...org, HTTPS_PROXY: `http://user:Wd5xPq8zKt2v@127.0.0.1:${proxy.port}` },
      asked: proxy.asked,
    };
  }

  test('is passed with its password and its certificate', async () => {
    const { env, asked } = await intercepted();
    const ran = await runCli(['diagnose', '--json', '--ca-file', CA_FILE], { env });
    const report = JSON.parse(ran.stdout) as Report;
    expect(report.verdict.kind).toBe('healthy');
    expect(report.notes?.join('\n')).toMatch(
      /example\.test and \w+\.example\.test were asked through the proxy http:\/\/127\.0\.0\.1:\d+ \(HTTPS_PROXY\)/,
    );
    expect(ran.stdout + ran.stderr).not.toContain('Wd5xPq8zKt2v');
    expect(new Set(asked)).toEqual(
      new Set(['CONNECT login.example.test:443', 'CONNECT api.example.test:443']),
    );
  });

  test('is named: who issued its certificate, and the line that trusts it', async () => {
    const { env } = await intercepted();
    const ran = await runCli(['diagnose', '--json'], { env });
    const report = JSON.parse(ran.stdout) as Report;
    expect(report.verdict.rootCause).toBe('connection/tls-or-proxy');
    expect(ran.stdout).toContain('why403 test CA');
    expect(ran.stdout).toContain('export NODE_EXTRA_CA_CERTS=');
    expect(ran.stdout).toContain('HTTPS_PROXY');
    expect(ran.stdout + ran.stderr).not.toContain('Wd5xPq8zKt2v');
  });

  test('is gone round where NO_PROXY says so, and the evidence says that', async () => {
    const { env, asked } = await intercepted();
    const folder = mkdtempSync(join(tmpdir(), 'why403-record-'));
    const ran = await runCli(['diagnose', '--json', '--timeout', '3s', '--record', folder], {
      env: { ...env, NO_PROXY: '.example.test' },
    });
    expect(asked).toEqual([]);
    expect((JSON.parse(ran.stdout) as Report).verdict.rootCause).toBe('connection/unreachable');
    const evidence = JSON.parse(readFileSync(join(folder, 'evidence.json'), 'utf8')) as Evidence;
    expect(JSON.stringify(evidence.exchanges)).toContain('NO_PROXY (.example.test) matches');
  });
});

const hasIPv6 = Object.values(networkInterfaces()).some((list) => list?.some((one) => one.address === '::1'));

test.skipIf(!hasIPv6)('an org that is reached by IPv6 alone', async () => {
  const { env, to } = await sandbox();
  const port = await started(createHttpServer(gateway(to, [])), '::1');
  const url = `http://[::1]:${port}/gw`;
  const ran = await runCli(['diagnose', '--json'], {
    env: { ...env, WHY403_LOGIN_URL: url, WHY403_API_URL: url },
  });
  expect((JSON.parse(ran.stdout) as Report).verdict.kind).toBe('healthy');
});
