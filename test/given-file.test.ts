/** What the user names need not be a file with an end: devices, pipes, more than anybody means. */
import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { readGiven, whyUnread, writeGiven } from '../src/io/given-file.ts';
import { secretFromCommand } from '../src/io/secret-sources.ts';
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

const urls = ['--login-url', 'https://login.why.test', '--api-url', 'https://api.why.test', '--offline'];
/** Each option that reads a file, and a command that takes it. */
const READERS: [flag: string, argv: string[]][] = [
  ['--ca-file', ['diagnose', ...urls]],
  ['--client-cert-file', ['diagnose', ...urls]],
  ['--openapi', ['diagnose', ...urls]],
  ['--endpoints', ['diagnose', ...urls]],
  ['--baseline', ['diagnose', ...urls]],
  ['--authorization-file', ['diagnose', ...urls]],
  ['--client-secret-file', ['diagnose', ...urls, '--client-id', ID]],
  ['--org', ['sandbox']],
  ['--openapi', ['permissions', 'GET /api/v2/users']],
];

/** Windows has neither devices in a folder nor named pipes nor groups of processes. */
const onPosix = describe.skipIf(process.platform === 'win32');

onPosix('a device', () => {
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

  it.each(READERS)('is no file to %s', async (flag, argv) => {
    const ran = await runCli([...argv, flag, '/dev/zero'], { cwd: folder, env: { HOME: folder } });
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toMatch(/it is a device and not a file/);
  });

  it('on standard input is read so far and no further', async () => {
    const ran = await shell('"$NODE" "$BIN" explain - --json </dev/zero');
    expect([ran.exit, JSON.parse(ran.stdout)]).toMatchObject([2, { error: { code: 'usage' } }]);
    expect(ran.stderr).toMatch(/standard input can not be read \(it is too large\)/);
  });
});

onPosix('a pipe', () => {
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

  it.each([
    ...READERS,
    ['--body', ['diagnose', ...urls, '--endpoint', 'POST /api/v2/users', '--send']],
    ['--output', ['explain', 'invalid_client']],
    ['--also', ['explain', 'invalid_client']],
    ['--from', ['explain']],
    ['--dataset', ['status']],
  ])('without another end holds up neither %s nor a signal', async (flag, argv) => {
    const name = `alone${flag}.json`;
    if (!existsSync(join(folder, name))) execFileSync('mkfifo', [join(folder, name)]);
    const aborter = new AbortController();
    setTimeout(() => aborter.abort('SIGTERM'), 150);
    const value = flag === '--also' ? `junit=${name}` : name;
    const { signal } = aborter;
    const ran = await runCli([...argv, flag, value], { cwd: folder, env: { HOME: folder }, signal });
    expect([ran.exit, ran.stderr]).toEqual([143, expect.stringContaining('Interrupted')]);
  });

  it('holds up neither the config file nor the end of the process', async () => {
    const home = join(folder, 'home');
    mkdirSync(join(home, '.config', 'why403'), { recursive: true });
    execFileSync('mkfifo', [join(home, '.config', 'why403', 'config.toml')]);
    const aborter = new AbortController();
    setTimeout(() => aborter.abort('SIGINT'), 150);
    const { signal } = aborter;
    const ran = await runCli(['diagnose', ...urls, '--json'], { cwd: folder, env: { HOME: home }, signal });
    expect([ran.exit, JSON.parse(ran.stdout)]).toMatchObject([130, { error: { code: 'interrupted' } }]);

    execFileSync('mkfifo', [join(folder, 'end')]);
    const child = spawn(
      process.execPath,
      [BIN, 'explain', 'invalid_client', '--also', 'json=first.json', '--output', 'end'],
      { cwd: folder, env: { HOME: folder }, stdio: 'ignore' },
    );
    const ended = new Promise((resolve) => child.once('exit', resolve));
    // Its signals are heard once the first of its two documents is there.
    while (!existsSync(join(folder, 'first.json'))) await sleep(20);
    child.kill('SIGTERM');
    expect(await ended).toBe(143);
  });

  it('is not waited for without end', async () => {
    execFileSync('mkfifo', [join(folder, 'long')]);
    const patience = { patienceMs: 20 };
    const file = join(folder, 'long');
    for (const open of [() => readGiven(file, patience), () => writeGiven(file, 'x', patience)]) {
      const error: unknown = await open().catch((why: unknown) => why);
      expect(whyUnread(error)).toBe('it is a pipe that no other program has opened');
    }
  });

  it('takes a whole report', async () => {
    const ran = await shell(
      'mkfifo s; cat s > got & "$NODE" "$BIN" explain invalid_client --format html --output s; code=$?; wait; exit $code',
    );
    expect([ran.exit, ran.stdout, ran.stderr]).toEqual([1, '', '']);
    expect(readFileSync(join(folder, 'got'), 'utf8')).toMatch(/client\/wrong-secret[^]*<\/html>\s*$/);
  });

  it('gives a secret', async () => {
    const ran = await shell(
      `mkfifo t; printf ' s3cret' > t & WHY403_CLIENT_ID=${ID} WHY403_CLIENT_SECRET_FILE=t "$NODE" "$BIN" diagnose ${urls.join(' ')}`,
    );
    expect([ran.exit, ran.stdout]).toEqual([1, expect.stringContaining('credential/whitespace')]);
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

onPosix('a secret command that is interrupted', () => {
  it('ends with all that it started', async () => {
    const aborter = new AbortController();
    const pids = join(folder, 'pids');
    const { PATH = '' } = process.env;
    const ended = secretFromCommand(
      `sleep 600 & echo $! > ${pids}; wait`,
      'a test',
      { PATH },
      aborter.signal,
    );
    const left = expect(ended).rejects.toMatchObject({ code: 'interrupted' });
    while (!existsSync(pids) || readFileSync(pids, 'utf8') === '') await sleep(20);
    aborter.abort('SIGTERM');
    await left;
    const pid = Number(readFileSync(pids, 'utf8'));
    // The test's own time-out ends what never comes.
    while (isRunning(pid)) await sleep(20);
  });

  /** A zombie, which only waits to be collected, runs no more. */
  function isRunning(pid: number): boolean {
    try {
      return !execFileSync('ps', ['-o', 'stat=', '-p', `${pid}`])
        .toString()
        .startsWith('Z');
    } catch {
      return false;
    }
  }
});

describe('a file', () => {
  const file = join(folder, 'file');

  it('is read whole up to the limit, and not beyond it', async () => {
    const content = Buffer.alloc(700_000, 'a');
    writeFileSync(file, content);
    expect((await readGiven(file, { most: 700_000 })).equals(content)).toBe(true);
    await expect(readGiven(file, { most: 699_999 })).rejects.toMatchObject({ code: 'EFBIG' });
  });

  it('is no folder, and is there', async () => {
    await expect(readGiven(folder)).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(readGiven(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
