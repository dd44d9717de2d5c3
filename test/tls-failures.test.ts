/** Handshakes that fail, each for a reason of its own, over real sockets; the report names that reason and no other. */
import { readFileSync } from 'node:fs';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { checks } from '../src/checks/connection/index.ts';
import type { Finding, Outcome } from '../src/core/index.ts';
import { runCli } from './cli-run.ts';
import { look, sceneOf, tokenExchange, UUID } from './scenes.ts';
import { CA_FILE, serve, serveProxy, type Running } from './servers.ts';

const tls = new URL('../fixtures/tls/', import.meta.url);
const open: (Running | { close(): unknown })[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function serveTls(options: ServerOptions): Promise<number> {
  const server = createServer(
    {
      key: readFileSync(new URL('server-key.pem', tls)),
      cert: readFileSync(new URL('server.pem', tls)),
      ...options,
    },
    (_, response) => void response.end('{}'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return (server.address() as AddressInfo).port;
}

/** The finding as a reader sees it: cause, steps and messages. */
async function told(loginUrl: string, env: Record<string, string> = {}): Promise<string> {
  const flags = ['--login-url', loginUrl, '--api-url', 'https://api.example.test', '--ca-file', CA_FILE];
  const { stdout } = await runCli(['diagnose', '--json', ...flags], {
    env: {
      WHY403_CLIENT_ID: UUID,
      WHY403_CLIENT_SECRET: 'a-secret-of-the-right-length-0123456789ABCD',
      ...env,
    },
  });
  const { stages } = JSON.parse(stdout) as { stages: { stage: string; findings: Finding[] }[] };
  const [finding] = stages.find(({ stage }) => stage === 'connection')?.findings ?? [];
  expect(finding?.code).toBe('connection/tls-or-proxy');
  return words(finding);
}

function words(finding: Pick<Finding, 'cause' | 'fix'> | undefined): string {
  const steps = finding?.fix.slice(0, -1).flatMap((s) => [s.action, s.command, s.message]) ?? [];
  return [finding?.cause, ...steps].filter(Boolean).join('\n');
}

const ROOT = /root certificate|not trusted|does not trust|does not know/;
const CERTIFICATE = /issued by|certificate that \S+ shows/;

describe('a handshake that fails', () => {
  it('for the host name', async () => {
    const port = await serveTls({});
    const proxy = await serveProxy(port);
    open.push(proxy);
    const text = await told('https://other.example.test', { HTTPS_PROXY: proxy.url });
    expect(text).toMatch(/use that name in the URL instead of other\.example\.test/);
    expect(text).toMatch(/add other\.example\.test to its names \(subjectAltName\)/);
    expect(text).not.toMatch(ROOT);
    expect(text.split('\n')[0]?.match(/issued by why403 test CA/g)).toHaveLength(1);
  });

  it.each([
    ['TLS 1.3', {}],
    ['TLS 1.2', { maxVersion: 'TLSv1.2' }],
  ] as const)('for want of a client certificate, in %s', async (_, options) => {
    const port = await serveTls({
      requestCert: true,
      rejectUnauthorized: true,
      ca: readFileSync(CA_FILE),
      ...options,
    });
    const text = await told(`https://127.0.0.1:${port}`);
    expect(text).toMatch(/wants to see a client certificate/);
    expect(text).toMatch(/--client-cert-file and --client-key-file/);
    expect(text).toMatch(/Please issue one for our job/);
    expect(text).not.toMatch(ROOT);
  });

  it('for a version that is too old', async () => {
    const port = await serveTls({
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const text = await told(`https://127.0.0.1:${port}`);
    expect(text).toMatch(/no version of TLS in common/);
    expect(text).toMatch(/turn on TLS 1\.2 or 1\.3/);
    expect(text).not.toMatch(ROOT);
    expect(text).not.toMatch(CERTIFICATE);
  });

  it('because no TLS is spoken there', async () => {
    const server = await serve((_, response) => void response.end('{}'));
    open.push(server);
    const text = await told(`https://127.0.0.1:${server.port}`);
    expect(text).toMatch(/does not answer in TLS/);
    expect(text).toContain(`http://127.0.0.1:${server.port}/`);
    expect(text).not.toMatch(ROOT);
    expect(text).not.toMatch(CERTIFICATE);
  });
});

describe('a failure by its code', () => {
  const failed = (code: string): string => {
    const issuer = 'A Good CA';
    const outcome: Outcome = {
      kind: 'unanswered',
      why: 'tls',
      detail: `id.example.com:443: in words; the certificate was issued by ${issuer}`,
      code,
      issuer,
    };
    const scene = sceneOf({ exchanges: [tokenExchange(outcome)] });
    const [sighting] = look(checks, 'connection/tls-or-proxy', scene);
    const check = checks.find((one) => one.code === 'connection/tls-or-proxy');
    if (!check || !sighting) throw new Error('nothing was found');
    return words({ cause: check.cause(sighting.facts, scene), fix: [...check.fix(sighting.facts, scene)] });
  };

  it.each([
    ['CERT_HAS_EXPIRED', /has expired, so our job does not connect\. Please renew the certificate/],
    ['CERT_NOT_YET_VALID', /is not valid yet, so our job does not connect\. Please put a certificate/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /does not name this host/],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', /does not take the client certificate that was shown/],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', /does not take the client certificate that was shown/],
    ['EPROTO', /failed before any certificate could be judged/],
  ])('%s', (code, expected) => {
    const text = failed(code);
    expect(text).toMatch(expected);
    expect(text).not.toMatch(ROOT);
  });

  it.each([
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ])('%s is one of trust, and names the issuer once', (code) => {
    const text = failed(code);
    expect(text).toMatch(/send me the root certificate/);
    expect(text.split('\n')[0]?.match(/A Good CA/g)).toHaveLength(1);
  });
});
