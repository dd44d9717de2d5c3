/** The built program where the ground is missing: its working directory was removed, the temporary folder is not there. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import { BIN } from './cli-child.ts';
import type { Ran } from './cli-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'why403-gone-'));
let sandbox: Sandbox | undefined;
afterEach(() => sandbox?.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs in a folder that is gone before the program starts. */
function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const gone = mkdtempSync(join(folder, 'cwd-'));
  const script = 'cd "$0" && rmdir "$0" && exec "$@"';
  return new Promise((resolve) => {
    execFile(
      'sh',
      ['-c', script, gone, process.execPath, BIN, ...argv],
      { env: { PATH: process.env['PATH'], HOME: join(folder, 'home'), ...env } },
      (error, stdout, stderr) => resolve({ exit: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

describe.skipIf(process.platform === 'win32')('a working directory that was removed', () => {
  it('is not missed where all paths are absolute', async () => {
    sandbox = await startSandbox({ org: builtInOrg('genesys') });
    const out = join(folder, 'archive', '%Y-%m-%d.csv');
    const exported = await run(['export', '--out', out, '--json'], sandbox.env);
    expect(exported.exit, exported.stderr).toBe(0);
    expect(readdirSync(join(folder, 'archive')).some((name) => name.endsWith('.csv'))).toBe(true);
    expect((await run(['status', '--out', out])).exit).toBe(0);
    expect((await run(['diagnose', '--short'], sandbox.env)).exit).toBe(0);
    expect((await run(['schedule', 'cron', '--out', out], sandbox.env)).exit).toBe(0);
    expect((await run(['explain', 'client/wrong-secret'])).exit).toBe(0);
  });

  it.each([
    ['export', '--json'],
    ['status', '--json'],
    ['schedule', 'cron', '--json'],
    ['diagnose', '--json', '--output', 'report.json'],
    ['explain', '--json', '--from', 'paste.txt'],
  ])('is named by %s, whose path starts there', async (...argv) => {
    sandbox = await startSandbox({ org: builtInOrg('genesys') });
    const ran = await run(argv, sandbox.env);
    expect([ran.exit, JSON.parse(ran.stdout)]).toMatchObject([2, { error: { exit: 2, code: 'config' } }]);
    expect(ran.stderr).toMatch(/working directory .* was removed/);
    expect(ran.stderr).not.toMatch(/^\s+at /m);
  });
});

describe('a temporary folder that is not there', () => {
  it('is named by the demo', async () => {
    const ran = await run(['demo', '--json'], { TMPDIR: '/nonexist', TEMP: '/nonexist', TMP: '/nonexist' });
    expect([ran.exit, JSON.parse(ran.stdout)]).toMatchObject([2, { error: { exit: 2, code: 'config' } }]);
    expect(ran.stderr).toMatch(/\/nonexist.*ENOENT/);
    expect(ran.stderr).toContain('TMPDIR');
  });
});
