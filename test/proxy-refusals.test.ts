/** What a proxy answers to CONNECT, over a socket: what the diagnosis makes of it. */
import { afterEach, describe, expect, it } from 'vitest';
import { runCli } from './cli-run.ts';
import { serveTcp, type Running } from './servers.ts';

const running: Running[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});

interface Told {
  readonly exit: number;
  readonly rootCause: string;
  readonly certainty: string;
  readonly codes: readonly string[];
  readonly stdout: string;
}

/** Runs `diagnose` through a proxy that answers with this and closes. */
async function through(answer: string): Promise<Told> {
  const proxy = await serveTcp((socket) => socket.once('data', () => socket.end(answer)));
  running.push(proxy);
  const { exit, stdout } = await runCli(
    ['diagnose', '--json', '--provider', 'generic', '--token-url', 'https://login.example.test/token'],
    {
      env: {
        HTTPS_PROXY: proxy.url.replace('tcp:', 'http:'),
        WHY403_CLIENT_ID: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
        WHY403_CLIENT_SECRET: 'qL7x2Vn9ZtRw4KbYc8Hd1MfGjPsUa0Ee_3iNoTkWvB5',
      },
    },
  );
  const { verdict } = JSON.parse(stdout) as {
    verdict: { rootCause: string; certainty: string; candidates: { code: string }[] };
  };
  const { rootCause, certainty, candidates } = verdict;
  return { exit, rootCause, certainty, codes: candidates.map(({ code }) => code), stdout };
}

const says = (line: string, more = ''): string => `HTTP/1.1 ${line}\r\n${more}Content-Length: 0\r\n\r\n`;

describe('a proxy', () => {
  it.each([
    ['502', says('502 Bad Gateway')],
    ['503, for want of a name', says('503 Service Unavailable', 'X-Squid-Error: ERR_DNS_FAIL 0\r\n')],
    ['504', says('504 Gateway Timeout')],
    ['200, and then no TLS', 'HTTP/1.1 200 OK\r\n\r\n<html>log in</html>'],
  ])('that answers %s may not have got through to the server', async (_, answer) => {
    expect(await through(answer)).toMatchObject({
      exit: 3,
      certainty: 'suspected',
      codes: ['connection/unreachable', 'connection/tls-or-proxy'],
    });
  });

  it.each([
    ['403', says('403 Forbidden')],
    ['407', says('407 Proxy Authentication Required', 'Proxy-Authenticate: Basic realm="x"\r\n')],
  ])('that answers %s refuses', async (_, answer) => {
    expect(await through(answer)).toMatchObject({
      exit: 1,
      rootCause: 'connection/tls-or-proxy',
      certainty: 'proved',
    });
  });

  it('that answers in no HTTP has no status', async () => {
    const { rootCause, stdout } = await through('FOO\r\n\r\n');
    expect(rootCause).toBe('connection/tls-or-proxy');
    expect(stdout).toContain('gave no HTTP answer');
    expect(stdout).not.toContain('NaN');
  });
});
