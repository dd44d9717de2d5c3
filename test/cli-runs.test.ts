/** Runs of the built program that leave something behind, are cut short, or are watched on their way. */
import type { ChildProcess } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import { BIN, runChild, type ChildOptions } from './cli-child.ts';
import type { Ran } from './cli-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'why403-runs-'));
let sandboxes: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
  sandboxes = [];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function serving(name: 'genesys' | 'thread', scenario?: string): Promise<Sandbox> {
  const org = builtInOrg(name);
  const sandbox = await startSandbox({ org, ...(scenario !== undefined && { scenario }) });
  sandboxes.push(sandbox);
  return sandbox;
}

const ownFolder = (): string => mkdtempSync(join(folder, 'run-'));
const run = (argv: readonly string[], options: Partial<ChildOptions> = {}): Promise<Ran> =>
  runChild(argv, { cwd: ownFolder(), ...options });

/** Waits until `done`; the test's own time-out ends what never comes. */
async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** All answers late enough that a run is still waiting when something happens to it. */
const slow = (sandbox: Sandbox): void => sandbox.spoil(() => ({ kind: 'slow', ms: 30_000 }));

describe('what is loaded', () => {
  /** The modules of Node that the program asked for. */
  async function loadedBy(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<string[]> {
    const cwd = ownFolder();
    const hook = join(cwd, 'hook.cjs');
    const list = join(cwd, 'list');
    writeFileSync(
      hook,
      `const Module = require('node:module'), load = Module._load, seen = [];
       Module._load = function (name) { seen.push(name); return load.apply(this, arguments); };
       process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(list)}, seen.join('\\n')));`,
    );
    const ran = await run(argv, { cwd, env: { ...env, NODE_OPTIONS: `--require ${hook}` } });
    expect(ran.exit).toBe(0);
    return readFileSync(list, 'utf8')
      .split('\n')
      .map((name) => name.replace(/^node:/, ''));
  }
  const CLIENT = ['http', 'https', 'tls', 'net', 'http2', 'dns'];

  it.each([
    ['--version'],
    ['--help'],
    ['explain', 'endpoint/missing-permission'],
    ['explain'],
    ['permissions', 'GET /api/v2/routing/queues'],
  ])('%s %s loads no HTTP client', async (...argv) => {
    expect((await loadedBy(argv, {})).filter((name) => CLIENT.includes(name))).toEqual([]);
  });

  it('diagnose does, so the question is a real one', async () => {
    const { env } = await serving('genesys');
    expect(await loadedBy(['diagnose'], env)).toContain('http');
  });
});

describe('streams', () => {
  it.each([
    [['--help'], 0],
    [['explain', 'endpoint/missing-permission'], 0],
    [['explain', '{"error":"invalid_client","error_description":"client not found"}'], 1],
    [['explain', 'HTTP/1.1 503 Service Unavailable', '--json'], 3],
    [['diagnose', '--nonsense', '--json'], 2],
    [['diagnose'], 1],
    [['diagnose', '--format', 'html'], 1],
  ] as const)('nobody reads what %j prints, and the code that was due is kept: %i', async (argv, exit) => {
    const { env } = await serving('genesys', 'endpoint/missing-permission');
    const ran = await run(argv, { env, closedStdout: true });
    expect(ran.exit).toBe(exit);
    expect(ran.stderr).not.toMatch(/EPIPE|^\s+at /m);
  });

  it('an export whose reader is gone still exports', async () => {
    const cwd = ownFolder();
    const { env } = await serving('genesys');
    expect((await run(['export', '--json'], { env, cwd, closedStdout: true })).exit).toBe(0);
    expect(readdirSync(join(cwd, 'queue-stats')).filter((name) => name.endsWith('.csv'))).not.toEqual([]);
  });

  // Only Linux has a device that is always full.
  it.skipIf(!existsSync('/dev/full'))('a result that the disk has no room for is told', async () => {
    const { env } = await serving('genesys');
    const cwd = ownFolder();
    const full = openSync('/dev/full', 'w');
    try {
      const told = { exit: 2, stderr: expect.stringContaining('standard output (ENOSPC)') as string };
      expect(await run(['diagnose', '--json'], { env, cwd, stdout: full })).toMatchObject(told);
      const broken = await run(['diagnose', '--endpoint', 'GET /nope'], { env, cwd, stdout: full });
      expect([broken.exit, broken.stderr]).toEqual([1, told.stderr]);
      expect(await run(['diagnose', '-q'], { env, cwd, stdout: full })).toMatchObject({
        exit: 0,
        stderr: '',
      });
    } finally {
      closeSync(full);
    }
  });

  it('-q is silent when all is well, and only then', async () => {
    const { env } = await serving('genesys');
    const cwd = ownFolder();
    const silent = { exit: 0, stdout: '', stderr: '' };
    expect(await run(['diagnose', '-q'], { env, cwd })).toEqual(silent);
    expect(await run(['export', '-q'], { env, cwd })).toEqual(silent);
    expect(await run(['export', '-q', '--json'], { env, cwd })).toEqual(silent);
    expect(await run(['status', '-q'], { env, cwd })).toEqual(silent);
    const denied = await serving('genesys', 'endpoint/missing-permission');
    for (const command of ['diagnose', 'export']) {
      const ran = await run([command, '-q'], { env: denied.env });
      expect([ran.exit, ran.stdout]).toEqual([1, expect.stringContaining('endpoint/missing-permission')]);
    }
  });

  it('--output takes the pages of the findings too, and - is standard output', async () => {
    const cwd = ownFolder();
    for (const argv of [['endpoint/missing-permission'], ['endpoint/missing-permission', '--json'], []]) {
      const { stdout } = await run(['explain', ...argv]);
      expect(await run(['explain', ...argv, '--output', '-'], { cwd })).toMatchObject({ exit: 0, stdout });
      expect(await run(['explain', ...argv, '--output', 'page'], { cwd })).toMatchObject({ stdout: '' });
      expect(readFileSync(join(cwd, 'page'), 'utf8')).toBe(stdout);
    }
    const { exit, stderr } = await run(['explain', 'invalid_client', '--also', 'json=-'], { cwd });
    expect([exit, stderr]).toEqual([2, expect.stringContaining('--also writes files')]);
    expect(readdirSync(cwd).filter((name) => name !== 'home')).toEqual(['page']);
  });

  it('--output writes what stdout would have had, and nothing else anywhere', async () => {
    const { env } = await serving('genesys', 'grant/not-allowed');
    const cwd = ownFolder();
    for (const format of ['text', 'json', 'markdown']) {
      const printed = await run(['diagnose', '--format', format], { env });
      const written = await run(['diagnose', '--format', format, '--output', 'report'], { env, cwd });
      expect(written).toEqual({ exit: 1, stdout: '', stderr: '' });
      // Some formats say when they were made.
      const undated = (text: string): string => text.replace(/\d{4}-\d\d-\d\d[T ][\d:]+/g, 'now');
      expect(undated(readFileSync(join(cwd, 'report'), 'utf8'))).toBe(undated(printed.stdout));
    }
    const nowhere = await run(['diagnose', '--json', '--output', 'no/folder/report'], { env, cwd });
    expect(JSON.parse(nowhere.stdout)).toMatchObject({ error: { exit: 2, code: 'usage' } });
  });

  it('--short is one line', async () => {
    const { env } = await serving('genesys', 'endpoint/missing-permission');
    const { exit, stdout } = await run(['diagnose', '--short'], { env });
    expect(exit).toBe(1);
    expect(stdout).toMatch(/^why403 [^\n]*endpoint\/missing-permission[^\n]*\n$/);
  });

  it('-v tells where settings came from, on stderr, without the secret', async () => {
    const { env, client } = await serving('genesys');
    const ran = await run(['diagnose', '-v', '--json'], {
      env: { ...env, GENESYSCLOUD_REGION: 'us-east-1' },
    });
    expect(JSON.parse(ran.stdout)).toMatchObject({ verdict: { kind: 'healthy' } });
    expect(ran.stderr).toMatch(/client-secret +fingerprint [0-9a-f]+ +from WHY403_CLIENT_SECRET/);
    expect(ran.stderr).toMatch(/region .*GENESYSCLOUD_REGION/);
    expect(ran.stderr).not.toContain(client.secret);
  });

  it('--fail-on warning makes a warning count, in every format', async () => {
    const { env } = await serving('genesys', 'connection/clock-skew');
    for (const format of ['text', 'json', 'junit']) {
      expect((await run(['diagnose', '--format', format], { env })).exit).toBe(0);
      expect((await run(['diagnose', '--format', format, '--fail-on', 'warning'], { env })).exit).toBe(1);
    }
  });
});

describe('signals', () => {
  it.each([
    ['SIGINT', 130, ['diagnose', '--json']],
    ['SIGTERM', 143, ['diagnose', '--json']],
    ['SIGINT', 130, ['export', '--json']],
    ['SIGTERM', 143, ['export', '--json']],
  ] as const)('%s ends with %i: %j', async (signal, exit, argv) => {
    const sandbox = await serving('genesys');
    slow(sandbox);
    let child: ChildProcess | undefined;
    const ended = run(argv, { env: sandbox.env, started: (c) => (child = c) });
    await until(() => sandbox.requests.length > 0);
    child?.kill(signal);
    const ran = await ended;
    expect(ran.exit).toBe(exit);
    expect(JSON.parse(ran.stdout)).toMatchObject({ error: { exit, code: 'interrupted' } });
    expect(ran.stderr).not.toMatch(/^\s+at /m);
  });

  it('another export of the same archive ends with 5; the one that was stopped loses nothing', async () => {
    const sandbox = await serving('genesys');
    const cwd = ownFolder();
    const options = { env: sandbox.env, cwd };
    sandbox.spoil(({ path }) => (path.includes('/analytics/') ? { kind: 'slow', ms: 30_000 } : undefined));
    let first: ChildProcess | undefined;
    const ended = run(['export'], { ...options, started: (c) => (first = c) });
    await until(() => sandbox.requests.some(({ path }) => path.includes('/analytics/')));
    const second = await run(['export', '--json'], options);
    expect(second.exit).toBe(5);
    expect(JSON.parse(second.stdout)).toMatchObject({ error: { exit: 5, code: 'locked' } });
    expect(second.stdout).toContain(String(first?.pid));
    first?.kill('SIGKILL');
    await ended;
    sandbox.spoil(undefined);
    const third = await run(['export', '--json'], options);
    expect(third.exit).toBe(0);
    expect(JSON.parse(third.stdout)).toMatchObject({ tokens: 0, rows: { changed: 0, removed: 0 } });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('a sandbox ends on %s with %i', async (signal, exit) => {
    let child: ChildProcess | undefined;
    let output = '';
    const ended = run(['sandbox'], {
      started: (c) => {
        child = c;
        c.stdout?.on('data', (text) => (output += String(text)));
      },
    });
    await until(() => output.includes('WHY403_CLIENT_SECRET'));
    child?.kill(signal);
    expect((await ended).exit).toBe(exit);
  });
});

describe('an archive', () => {
  it('is exported, known and found late, each with its exit code', async () => {
    const { env } = await serving('genesys');
    const cwd = ownFolder();
    const exported = await run(['export', '--json'], { env, cwd });
    expect(exported.exit).toBe(0);
    expect(JSON.parse(exported.stdout)).toMatchObject({ schema: 1, tool: 'why403', tokens: 1 });
    const status = await run(['status', '--json'], { env, cwd });
    expect([status.exit, JSON.parse(status.stdout)]).toMatchObject([0, { missingHours: 0, late: false }]);
    // A later start owes hours that were never fetched: those before it are not owed, those of a hole are.
    const early = await run(
      ['export', '--since', '2020-01-01', '--to', '2020-01-02', '--out', 'old/%Y.csv'],
      {
        env,
        cwd,
      },
    );
    expect(early.exit, early.stderr).toBe(0);
    const late = await run(['status', '--out', 'old/%Y.csv', '--json'], { env, cwd });
    expect([late.exit, JSON.parse(late.stdout)]).toMatchObject([1, { late: true }]);
  });

  it('that can not be written is exit 4, with a way out, whatever stands there', async () => {
    const { env } = await serving('genesys');
    const cwd = ownFolder();
    writeFileSync(join(cwd, 'file'), '');
    const places = ['file/%Y.csv', ...(existsSync('/proc') ? ['/proc/why403/%Y.csv'] : [])];
    for (const out of places) {
      const ran = await run(['export', '--json', '--out', out], { env, cwd });
      expect(ran.exit).toBe(4);
      expect(JSON.parse(ran.stdout)).toMatchObject({ error: { exit: 4, code: 'export' } });
    }
  });

  it('of a refused client is exit 1 with the finding, of an unreachable host exit 3', async () => {
    const refused = await serving('genesys', 'client/wrong-secret');
    const one = await run(['export', '--json'], { env: refused.env });
    expect([one.exit, JSON.parse(one.stdout)]).toMatchObject([1, { verdict: { certainty: 'suspected' } }]);
    const nobody = await serving('genesys', 'connection/unreachable');
    const three = await run(['export', '--json'], { env: nobody.env });
    expect([three.exit, JSON.parse(three.stdout)]).toMatchObject([
      3,
      { verdict: { rootCause: 'connection/unreachable' } },
    ]);
  });
});

describe('what is sent', () => {
  const sent = (sandbox: Sandbox): string[] =>
    sandbox.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`);

  it('--offline asks nobody', async () => {
    const sandbox = await serving('genesys');
    const ran = await run(['diagnose', '--offline', '--json'], { env: sandbox.env });
    expect(JSON.parse(ran.stdout)).toMatchObject({
      stages: [{ stage: 'credential', status: 'clear' }, {}, {}, {}, {}, {}, {}, {}],
    });
    expect(sandbox.requests).toEqual([]);
  });

  it('a replay gives the same report as the run, with no settings and no network', async () => {
    const sandbox = await serving('genesys', 'endpoint/missing-division');
    const cwd = ownFolder();
    const endpoints = sandbox.endpoints.flatMap((endpoint) => ['--endpoint', endpoint]);
    const live = await run(['diagnose', '--json', '--record', 'seen', ...endpoints], {
      env: sandbox.env,
      cwd,
    });
    const asked = sandbox.requests.length;
    const again = await run(['diagnose', '--json', '--replay', 'seen'], { cwd });
    expect(again).toEqual({ exit: 1, stdout: live.stdout, stderr: '' });
    expect(sandbox.requests).toHaveLength(asked);
  });

  it('nothing that could change something, unless --send says so', async () => {
    const sandbox = await serving('genesys');
    const CHANGE = 'DELETE /api/v2/routing/queues/f81d4fae-7dec-41d0-a765-00a0c91e6bf6';
    const held = await run(['diagnose', '--json', '--endpoint', CHANGE], { env: sandbox.env });
    expect(sent(sandbox)).not.toContain(CHANGE);
    expect(held.stdout).toMatch(/was not sent/);
    const released = await run(['diagnose', '--json', '--endpoint', CHANGE, '--send'], { env: sandbox.env });
    expect(sent(sandbox)).toContain(CHANGE);
    expect(released.stdout).not.toMatch(/was not sent/);
    const QUERY = 'POST /api/v2/analytics/conversations/aggregates/query';
    await run(['diagnose', '--endpoint', QUERY], { env: sandbox.env });
    expect(sent(sandbox)).toContain(QUERY);
  });

  it('a refused token request is not repeated', async () => {
    const sandbox = await serving('genesys', 'client/wrong-secret');
    await run(['diagnose'], { env: sandbox.env });
    expect(sent(sandbox).filter((one) => one === 'POST /oauth/token')).toHaveLength(1);
  });

  it('another provider by its issuer, judged by its own document', async () => {
    const sandbox = await serving('thread');
    const GET = 'GET /api/v2/analytics/reporting/queues/summary';
    const letIn = await run(['diagnose', '--endpoint', GET, '--json'], { env: sandbox.env });
    expect([letIn.exit, JSON.parse(letIn.stdout)]).toMatchObject([0, { provider: 'generic' }]);
    const denied = await run(['diagnose', '--endpoint', GET, '--scope', 'recording:read', '--json'], {
      env: sandbox.env,
    });
    expect(denied.exit).toBe(1);
    const bare = { ...sandbox.env, WHY403_OPENAPI: '' };
    const flag = ['--openapi', `${sandbox.apiUrl}/openapi.json`];
    const missing = await run(['diagnose', '--endpoint', 'GET /api/v2/nothing', ...flag, '--json'], {
      env: bare,
    });
    expect(JSON.parse(missing.stdout)).toMatchObject({ verdict: { rootCause: 'endpoint/not-found' } });
  });
});

describe('a fault of our own', () => {
  it('is exit 70, one document, and repeats nothing that was given', async () => {
    const cwd = ownFolder();
    const { env, client } = await serving('genesys');
    const hook = join(cwd, 'hook.cjs');
    writeFileSync(
      hook,
      `require('node:crypto').randomBytes = () => { throw new Error('broken with ' + process.env.WHY403_CLIENT_SECRET); };`,
    );
    const ran = await run(['diagnose', '--json'], {
      cwd,
      env: { ...env, NODE_OPTIONS: `--require ${hook}` },
    });
    expect(ran.exit).toBe(70);
    expect(JSON.parse(ran.stdout)).toMatchObject({ error: { exit: 70, code: 'internal' } });
    expect(ran.stdout + ran.stderr).not.toContain(client.secret);
  });

  it('is exit 70 where nothing is left to wait for, and not the silence with which Node ends', async () => {
    const cwd = ownFolder();
    const hook = join(cwd, 'hook.cjs');
    writeFileSync(
      hook,
      `const files = require('node:fs/promises');
       for (const name of Object.keys(files)) if (typeof files[name] === 'function') files[name] = () => new Promise(() => {});`,
    );
    const { env } = await serving('genesys');
    const ran = await run(['export', '--json'], {
      cwd,
      env: { ...env, NODE_OPTIONS: `--require ${hook}` },
    });
    expect(ran.exit).toBe(70);
    expect(JSON.parse(ran.stdout)).toMatchObject({ error: { exit: 70, code: 'internal' } });
  });
});

it('the bundle under test is the one that npm would install', () => {
  const { bin } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as {
    bin: { why403: string };
  };
  expect(join(import.meta.dirname, '..', bin.why403)).toBe(BIN);
});
