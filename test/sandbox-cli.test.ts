/** `why403 sandbox` as a user has it: lines that a shell can evaluate, a hint, and an end on a signal. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommand } from '../src/cli/main.ts';
import { runCli } from './cli-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'why403-sandbox-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Serving {
  readonly stdout: string;
  readonly stderr: () => string;
  end(signal: string): Promise<number>;
}

/** Starts the command and waits for its first line. */
async function serve(...flags: string[]): Promise<Serving> {
  const aborter = new AbortController();
  let stderr = '';
  let exit: Promise<number> = Promise.resolve(-1);
  const stdout = await new Promise<string>((resolve, reject) => {
    exit = runCommand(['sandbox', ...flags], {
      out: resolve,
      err: (text) => void (stderr += text),
      env: {},
      cwd: folder,
      stdoutIsTTY: false,
      stderrIsTTY: false,
      columns: 80,
      color: false,
      stdin: () => Promise.resolve(Buffer.alloc(0)),
      now: () => new Date(),
      signal: aborter.signal,
    });
    exit.then((code) => reject(new Error(`ended with ${code}: ${stderr}`)), reject);
  });
  const end = (signal: string): Promise<number> => {
    aborter.abort(signal);
    return exit;
  };
  return { stdout, stderr: () => stderr, end };
}

/** What a real shell has in its environment after it has evaluated the lines. */
function evaluated(lines: string, name: string, before: Record<string, string> = {}): string {
  const script = `${lines}\nprintf %s "\${${name}-unset}"`;
  return execFileSync('sh', ['-c', script], {
    env: { PATH: process.env['PATH'], ...before },
    encoding: 'utf8',
  });
}

describe('why403 sandbox', () => {
  it('prints settings that a shell can evaluate, and serves what they name', async () => {
    const serving = await serve('--scenario', 'endpoint/missing-permission');
    const api = evaluated(serving.stdout, 'WHY403_API_URL');
    expect((await fetch(`${api}/api/v2/docs/swagger`)).status).toBe(200);
    expect(serving.stderr()).toContain('why403 diagnose');
    expect(await serving.end('SIGINT')).toBe(130);
    await expect(fetch(`${api}/api/v2/docs/swagger`)).rejects.toThrow();
  });

  it('hands over every byte of a deformed secret', async () => {
    const serving = await serve('--scenario', 'credential/non-ascii');
    const secret = evaluated(serving.stdout, 'WHY403_CLIENT_SECRET');
    expect(secret).toMatch(/^\u201c.+\u201d$/);
    expect(await serving.end('SIGTERM')).toBe(143);
    const quotes = await serve('--scenario', 'credential/mangled');
    expect(evaluated(quotes.stdout, 'WHY403_CLIENT_SECRET')).toMatch(/^".+"$/);
    await quotes.end('SIGINT');
  });

  it('takes back what an earlier sandbox has set', async () => {
    const serving = await serve('--scenario', 'credential/missing');
    const before = { WHY403_CLIENT_SECRET: 'old', WHY403_ACCESS_TOKEN: 'old', WHY403_SCOPE: 'old' };
    for (const name of Object.keys(before)) {
      expect(evaluated(serving.stdout, name, before)).toBe('unset');
    }
    await serving.end('SIGINT');
  });

  it('names the endpoint to check where the scenario is about one', async () => {
    const serving = await serve('--scenario', 'endpoint/user-context');
    expect(serving.stderr()).toContain("--endpoint 'GET /api/v2/users/me'");
    await serving.end('SIGINT');
    const asJson = await serve('--scenario', 'endpoint/user-context', '--json', '-q');
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      schema: 1,
      scenario: 'endpoint/user-context',
      endpoints: ['GET /api/v2/users/me'],
      env: { WHY403_PROVIDER: 'genesys-cloud' },
    });
    expect(asJson.stderr()).toBe('');
    await asJson.end('SIGINT');
  });

  it('lists the scenarios of an org', async () => {
    const genesys = await runCli(['sandbox', '--list']);
    expect(genesys.exit).toBe(0);
    expect(genesys.stdout).toMatch(/^endpoint\/missing-permission +no role of the client/m);
    const thread = await runCli(['sandbox', '--org', 'thread', '--list', '--json']);
    const list = JSON.parse(thread.stdout) as { scenarios: { name: string }[] };
    expect(list.scenarios.map((s) => s.name)).toContain('client/public');
  });

  it.each([
    [['--scenario', 'scope/unknown'], 'has no scenario scope/unknown'],
    [['--org', 'missing.json'], 'missing.json can not be read (ENOENT)'],
    [['--org', 'broken.json'], 'broken.json: clients is missing'],
    [['--port', '70000'], '--port 70000 is not a port'],
    [['--sceanrio', 'x'], 'sceanrio'],
  ])('ends with 2 and says why: %j', async (flags, why) => {
    writeFileSync(join(folder, 'broken.json'), '{"world":"thread","id":"x"}');
    const ran = await runCli(['sandbox', ...flags], { cwd: folder });
    expect(ran.exit).toBe(2);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toContain(why);
  });
});
