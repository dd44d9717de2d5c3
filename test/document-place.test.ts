/** `--openapi FILE|URL`: what may be asked for it, and how a secret in its address is kept. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import { runCli, type Ran } from './cli-run.ts';
import { serve, type Running } from './servers.ts';

const DOCUMENT = '{"openapi":"3.0.0","paths":{"/a":{"get":{}}}}';
const PASSWORD = 'Wd5xPq8zKt2v';

let home: string;
let org: Sandbox;
const running: Running[] = [];
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'why403-document-'));
  org = await startSandbox({ org: builtInOrg('genesys') });
});
afterEach(async () => {
  await org.close();
  for (const one of running.splice(0)) await one.close();
  rmSync(home, { recursive: true, force: true });
});

const diagnose = (...flags: string[]): Promise<Ran> =>
  runCli(['diagnose', ...flags], { env: { ...org.env, HOME: home }, cwd: home });

/** A server that redirects from `/old` to `/new`, and what it was asked. */
async function moved(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = await serve((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization ? 'with' : 'without'} a password`);
    if (request.url?.startsWith('/old')) return void response.writeHead(302, { location: '/new' }).end();
    response.end(DOCUMENT);
  });
  running.push(server);
  return { url: server.url, asked };
}

it.each([
  ['is none', `https://me:${PASSWORD}@`, 'not a URL'],
  ['has another scheme', `ftp://me:${PASSWORD}@127.0.0.1:9/doc`, 'the scheme ftp'],
  ['holds a password without TLS', `http://me:${PASSWORD}@api.test/doc`, 'not https'],
  ['holds a parameter without TLS', `http://api.test/doc?token=${PASSWORD}`, 'not https'],
  ['has a slash too few', `https:/me:${PASSWORD}@127.0.0.1:9/doc`, 'https://127.0.0.1:9 can not be read'],
])('an address that %s is exit 2, and not shown', async (_, address, reason) => {
  const { exit, stdout, stderr } = await diagnose('--openapi', address);
  expect([exit, stdout]).toEqual([2, '']);
  expect(stderr).toContain(reason);
  expect(stderr).not.toContain(PASSWORD);
});

it('follows a redirect, but not with a secret', async () => {
  const { url, asked } = await moved();
  expect((await diagnose('--openapi', `${url}/old`)).stdout).toContain('127.0.0.1');
  expect(asked.splice(0)).toEqual(['/old without a password', '/new without a password']);
  const refused = await diagnose('--openapi', `${url.replace('//', `//me:${PASSWORD}@`)}/old`);
  expect([refused.exit, refused.stderr]).toEqual([2, expect.stringContaining('it answers 302')]);
  expect(asked).toEqual(['/old with a password']);
});

it.each(['--timeout', '--deadline'])('waits no longer than %s says', async (flag) => {
  const silent = await serve(() => undefined);
  running.push(silent);
  const { exit, stderr } = await diagnose('--openapi', silent.url, flag, '300ms');
  expect([exit, stderr]).toEqual([2, expect.stringMatching(/no answer in time \(0\.[23]/)]);
});

it('a relative path in the config file starts where the file is', async () => {
  mkdirSync(join(home, '.config', 'why403'), { recursive: true });
  writeFileSync(join(home, '.config', 'why403', 'config.toml'), 'openapi = "doc.json"\n');
  writeFileSync(join(home, '.config', 'why403', 'doc.json'), DOCUMENT);
  const { stdout, stderr } = await diagnose();
  expect([stdout, stderr]).toEqual([expect.stringContaining('doc.json'), '']);
});
