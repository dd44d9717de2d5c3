/** What the user names need not be a file with an end: devices, pipes, more than anybody means. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readBounded, readFileOrPipe } from '../src/io/given-file.ts';
import { BIN } from './cli-child.ts';
import { runCli, type Ran } from './cli-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'why403-given-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ID = '6f0e7a52-3c1b-4d8e-9a27-5b1c9d0e4f38';

/** A line of a shell, in which `$WHY403` runs the program. */
function shell(line: string): Promise<Ran> {
  const child = spawn('sh', ['-c', line], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, NODE: process.execPath, BIN },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.end();
  return new Promise((resolve) =>
    child.once('close', (exit) => resolve({ exit: exit ?? -1, stdout, stderr })),
  );
}

describe.skipIf(process.platform === 'win32')('a device', () => {
  it('is no record to replay', async () => {
    mkdirSync(join(folder, 'record'));
    symlinkSync('/dev/zero', join(folder, 'record', 'evidence.json'));
    for (const place of ['record', '/dev/zero']) {
      const ran = await runCli(['diagnose', '--json', '--replay', place], { cwd: folder });
      expect([ran.exit, JSON.parse(ran.stdout)]).toMatchObject([2, { error: { code: 'config' } }]);
      expect(ran.stderr).toMatch(/(?:evidence\.json|zero) is not a regular file/);
    }
  });

  it('is nothing to explain', async () => {
    const ran = await runCli(['explain', '--json', '--from', '/dev/zero'], { cwd: folder });
    expect([ran.exit, JSON.parse(ran.stdout)]).toMatchObject([2, { error: { code: 'usage' } }]);
    expect(ran.stderr).toMatch(/\/dev\/zero can not be read \(it is a device and not a file\)/);
  });

  const urls = ['--login-url', 'https://login.why.test', '--api-url', 'https://api.why.test', '--offline'];
  it.each([
    ['--ca-file', ['diagnose', ...urls]],
    ['--client-cert-file', ['diagnose', ...urls]],
    ['--openapi', ['diagnose', ...urls]],
    ['--endpoints', ['diagnose', ...urls]],
    ['--baseline', ['diagnose', ...urls]],
    ['--authorization-file', ['diagnose', ...urls]],
    ['--client-secret-file', ['diagnose', ...urls, '--client-id', ID]],
    ['--org', ['sandbox']],
    ['--openapi', ['permissions', 'GET /api/v2/users']],
  ])('is read so far and no further by %s', async (flag, argv) => {
    const ran = await runCli([...argv, flag, '/dev/zero'], { cwd: folder, env: { HOME: folder } });
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toMatch(/EFBIG|too large|larger than/);
  });

  it('on standard input is read so far and no further', async () => {
    const ran = await shell('"$NODE" "$BIN" explain - --json </dev/zero');
    expect([ran.exit, JSON.parse(ran.stdout)]).toMatchObject([2, { error: { code: 'usage' } }]);
    expect(ran.stderr).toMatch(/standard input can not be read \(it is too large\)/);
  });
});

describe.skipIf(process.platform === 'win32')('a pipe', () => {
  it.each([
    [
      'standard input by its name',
      'echo \'{"error":"invalid_client"}\' | "$NODE" "$BIN" explain --from /dev/stdin',
    ],
    [
      'one that has a name',
      'mkfifo p; echo \'{"error":"invalid_client"}\' > p & "$NODE" "$BIN" explain --from p',
    ],
  ])('is explained: %s', async (_, line) => {
    const ran = await shell(line);
    expect([ran.exit, ran.stderr]).toEqual([1, '']);
    expect(ran.stdout).toContain('client/wrong-secret');
  });

  it('has a limit', async () => {
    const ran = await shell('mkfifo q; cat /dev/zero > q & "$NODE" "$BIN" explain --from q');
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toMatch(/q can not be read \(it is too large\)/);
  });

  it('that stays silent ends by a signal', async () => {
    // The writer's open returns when the program opens the pipe for reading.
    const line =
      'mkfifo r; (exec 3>r; sh -c \'echo $PPID\' >&2; exec sleep 60) & exec "$NODE" "$BIN" explain --json --from r';
    const child = spawn('sh', ['-c', line], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, NODE: process.execPath, BIN },
    });
    let [stdout, writer] = ['', 0];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').once('data', (text: string) => {
      writer = Number.parseInt(text, 10);
      child.kill('SIGTERM');
    });
    const exit = await new Promise((resolve) => child.once('exit', resolve));
    process.kill(writer);
    expect(exit).toBe(143);
    expect(JSON.parse(stdout)).toMatchObject({ error: { exit: 143, code: 'interrupted' } });
  });
});

describe('a file', () => {
  const file = join(folder, 'file');
  const { signal } = new AbortController();

  it('is read whole up to the limit, and not beyond it', async () => {
    const content = Buffer.alloc(700_000, 'a');
    writeFileSync(file, content);
    expect(readBounded(file, 700_000).equals(content)).toBe(true);
    expect((await readFileOrPipe(file, signal, 700_000)).equals(content)).toBe(true);
    expect(() => readBounded(file, 699_999)).toThrow('EFBIG');
    await expect(readFileOrPipe(file, signal, 699_999)).rejects.toMatchObject({ code: 'EFBIG' });
  });

  it('is no folder, and is there', async () => {
    expect(() => readBounded(folder)).toThrow(/EISDIR/);
    await expect(readFileOrPipe(folder, signal)).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(readFileOrPipe(join(folder, 'none'), signal)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
