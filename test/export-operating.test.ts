/** What surrounds an export that runs for years: its monitor, its budget, its unit, its log, and bad days. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGovernor } from '../src/io/governor.ts';
import { lastRuns, logRun } from '../src/io/run-log.ts';
import type { Ran } from './cli-run.ts';
import type { Sandbox } from '../src/sandbox/server.ts';
import { openDesk, type Desk } from './export-desk.ts';

let desk: Desk;
let monitor: Server | undefined;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  await desk.close();
  monitor?.close();
  monitor = undefined;
});

const why403 = (argv: readonly string[], env: Record<string, string> = {}): Promise<Ran> =>
  desk.run(argv, env);

async function monitoring(status = 200): Promise<{ url: string; heard: string[] }> {
  const heard: string[] = [];
  monitor = createServer((request, response) => {
    heard.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => monitor!.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(monitor.address() as AddressInfo).port}/ping/s3cr3t-uuid?token=abc`,
    heard,
  };
}

describe('the heartbeat', () => {
  it('is sent once after a run that went well, without a credential', async () => {
    const { url, heard } = await monitoring();
    const ran = await why403(['export', '-q', '--heartbeat', url]);
    expect(ran).toEqual({ exit: 0, stdout: '', stderr: '' });
    expect(heard).toEqual(['GET /ping/s3cr3t-uuid?token=abc ']);
  });

  it('is not sent after a run that failed', async () => {
    const { url, heard } = await monitoring();
    desk.sandbox.set((org) => void org.clients.splice(0));
    expect(await why403(['export'], { WHY403_HEARTBEAT: url })).toMatchObject({ exit: 1 });
    expect(heard).toEqual([]);
  });

  it('that fails is a warning which names the host alone', async () => {
    const { url } = await monitoring(500);
    const ran = await why403(['export', '--heartbeat', url]);
    expect(ran.exit).toBe(0);
    expect(ran.stderr).toMatch(/heartbeat to 127\.0\.0\.1:\d+ was answered with 500/);
    expect(ran.stderr + ran.stdout).not.toMatch(/s3cr3t|token=abc/);
    monitor?.close();
    monitor?.closeAllConnections();
    const again = await why403(['export', '--heartbeat', url]);
    expect(again.exit).toBe(0);
    expect(again.stderr).toContain('was not answered');
    expect(readFileSync(join(desk.cwd, 'queue-stats/.why403/runs.ndjson'), 'utf8')).not.toMatch(/s3cr3t/);
  });

  it('is read from a file too, whose last line break is none of it', async () => {
    const { url, heard } = await monitoring();
    writeFileSync(join(desk.cwd, 'heartbeat'), `${url}\n`, { mode: 0o600 });
    expect(await why403(['export', '-q'], { WHY403_HEARTBEAT_FILE: 'heartbeat' })).toMatchObject({ exit: 0 });
    expect(heard).toEqual(['GET /ping/s3cr3t-uuid?token=abc ']);
    expect(await why403(['export', '-q'], { WHY403_HEARTBEAT_FILE: 'gone' })).toMatchObject({ exit: 2 });
  });

  it.each(['cron', 'systemd', 'kubernetes', 'github-actions'])(
    'stands in the unit for %s by reference',
    async (target) => {
      const url = 'https://hc.example.com/s3cr3t-uuid';
      const without = await why403(['schedule', target]);
      expect(without.stdout).not.toMatch(/^[^#]*WHY403_HEARTBEAT/m);
      const { stdout } = await why403(['schedule', target], { WHY403_HEARTBEAT: url });
      expect(stdout).toMatch(/^[^#]*WHY403_HEARTBEAT/m);
      expect(stdout).not.toContain('s3cr3t');
    },
  );

  it('to something that is no address is refused before anything is sent, and not shown', async () => {
    const ran = await why403(['export', '--heartbeat', 'hc-ping.com/s3cr3t']);
    expect(ran.exit).toBe(2);
    expect(ran.stderr).not.toContain('s3cr3t');
    expect(desk.sandbox.requests).toEqual([]);
  });
});

describe('the budget', () => {
  it('asks for the own number of the organisation only where that is wanted', async () => {
    const limits = (): number => desk.sandbox.requests.filter((r) => r.path.includes('/limits/')).length;
    expect(await why403(['export'])).toMatchObject({ exit: 0 });
    expect(limits()).toBe(0);
    expect(await why403(['export', '--budget', 'org'])).toMatchObject({ exit: 0 });
    expect(limits()).toBe(1);
    desk.sandbox.spoil(({ path }) =>
      path.includes('/limits/') ? { kind: 'answer', status: 403, body: '{}' } : undefined,
    );
    const refused = await why403(['export', '--budget', 'org']);
    expect(refused.exit).toBe(0);
    expect(refused.stdout).toContain('does not tell its own rate limit');
  });

  it('keeps to the told number where answers tell nothing', async () => {
    let at = 0;
    const governor = createGovernor({ now: () => at, wait: (ms) => Promise.resolve(void (at += ms)) });
    governor.allow(10);
    for (let i = 0; i < 30; i++) {
      await governor.enter();
      governor.saw({});
    }
    expect(at).toBe(120_000);
  });
});

describe('what went out of sight', () => {
  it('is told once, by its last known name, and not as a fall in traffic', async () => {
    expect(await why403(['export'])).toMatchObject({ exit: 0 });
    const file = join(desk.cwd, 'queue-stats/2026-11-23.csv');
    let gone = '';
    desk.sandbox.set((org) => {
      if (org.world !== 'genesys') throw new Error('not the thread');
      const seen = readFileSync(file, 'utf8');
      const at = org.queues.findIndex((q) => seen.includes(q.name));
      gone = org.queues[at]!.name;
      org.queues.splice(at, 1);
    });
    desk.now = new Date('2026-11-23T11:17:00Z');
    const told = await why403(['export']);
    expect(told.stdout).toContain('endpoint/silently-empty');
    expect(told.stdout).toContain(gone);
    expect(told.stdout).toContain('not a fall in traffic');
    desk.now = new Date('2026-11-23T12:17:00Z');
    expect((await why403(['export'])).stdout).not.toContain('no longer listed');
    expect(readFileSync(file, 'utf8')).toContain(gone);
  });
});

describe('a unit', () => {
  const schedule = (target: string, ...more: string[]): Promise<Ran> =>
    why403([
      'schedule',
      target,
      '--out',
      join(desk.cwd, 'a b', '%Y-%m-%d.csv'),
      '--columns',
      'offered',
      ...more,
    ]);

  it('for cron names everything whole, and escapes its percent signs', async () => {
    const { stdout, exit } = await schedule('cron');
    expect(exit).toBe(0);
    const line = stdout.split('\n').find((l) => / \* \* \* \* /.test(l))!;
    const minute = Number(line.split(' ')[0]);
    expect(minute).toBeGreaterThanOrEqual(12);
    expect(minute).toBeLessThanOrEqual(58);
    expect(line.replaceAll('\\%', '')).not.toContain('%');
    const command = line.replace(/^\S+ \* \* \* \* /, '').replaceAll('\\%', '%');
    const words = spawnSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' }).stdout.split(
      '\n',
    );
    expect(words[0]).toMatch(/^\//);
    expect(words).toContain(join(desk.cwd, 'a b', '%Y-%m-%d.csv'));
    expect(words).toContain('--columns');
    expect(stdout).not.toContain(desk.sandbox.env['WHY403_CLIENT_SECRET']);
  });

  it('for systemd is one that systemd accepts', async (context) => {
    const { stdout, exit } = await schedule('systemd');
    expect(exit).toBe(0);
    expect(stdout).toContain('Persistent=true');
    expect(stdout).toContain('%%Y-%%m-%%d.csv');
    const [service = '', timer = ''] = stdout.split(/^# \/etc\/systemd\/system\/why403-export\.timer$/m);
    // Where there is no systemd, nobody can be asked whether it accepts the unit.
    if (spawnSync('systemd-analyze', ['--version']).status !== 0) context.skip();
    writeFileSync(join(desk.cwd, 'why403-export.service'), service);
    writeFileSync(join(desk.cwd, 'why403-export.timer'), timer);
    const program = /^ExecStart=(\S+)/m.exec(service)?.[1] ?? '';
    expect(existsSync(program)).toBe(true);
    const said = spawnSync(
      'systemd-analyze',
      ['verify', '--recursive-errors=no', './why403-export.service', './why403-export.timer'],
      {
        cwd: desk.cwd,
        encoding: 'utf8',
      },
    );
    const own = said.stderr.split('\n').filter((l) => l.includes('why403-export.'));
    expect(own).toEqual([]);
  });

  it('for kubernetes is a CronJob that keeps its archive and never runs twice', async () => {
    const { stdout, exit } = await schedule('kubernetes');
    expect(exit).toBe(0);
    const documents = parseAllDocuments(stdout);
    expect(documents.flatMap((d) => d.errors)).toEqual([]);
    const job = documents[0]!.toJS() as {
      kind: string;
      spec: {
        schedule: string;
        concurrencyPolicy: string;
        jobTemplate: {
          spec: {
            template: {
              spec: {
                containers: {
                  command: string[];
                  env: { name: string; value: string }[];
                  volumeMounts: { mountPath: string }[];
                }[];
              };
            };
          };
        };
      };
    };
    expect(job).toMatchObject({ kind: 'CronJob', spec: { concurrencyPolicy: 'Forbid' } });
    expect(job.spec.schedule).toMatch(/^(1[2-9]|[2-4]\d|5[0-8]) \* \* \* \*$/);
    const [container] = job.spec.jobTemplate.spec.template.spec.containers;
    expect(container!.command.at(-1)).toBe('/archive/%Y-%m-%d.csv');
    for (const { value } of container!.env) expect(typeof value).toBe('string');
    expect(container!.volumeMounts.map((v) => v.mountPath)).toEqual(['/archive', '/secrets']);
    expect(stdout).not.toContain(desk.sandbox.env['WHY403_CLIENT_SECRET']);
  });

  it('for github-actions is a workflow with the secret by reference', async () => {
    const { stdout, exit } = await schedule('github-actions');
    expect(exit).toBe(0);
    const flow = parse(stdout) as {
      on: { schedule: { cron: string }[] };
      concurrency: string;
      jobs: { export: { steps: { run?: string; env?: Record<string, string> }[] } };
    };
    expect(flow.on.schedule[0]!.cron).toMatch(/^\d+ \* \* \* \*$/);
    const step = flow.jobs.export.steps.find((s) => s.run?.includes('why403 export'))!;
    expect(step.run).toContain('archive/%Y-%m-%d.csv');
    expect(step.env?.['WHY403_CLIENT_SECRET']).toBe('${{ secrets.WHY403_CLIENT_SECRET }}');
    expect(stdout).not.toContain(desk.sandbox.env['WHY403_CLIENT_SECRET']);
  });
});

describe('status', () => {
  it('is 2 without an archive, 0 when nothing is late, 1 when an hour is', async () => {
    expect(await why403(['status'])).toMatchObject({ exit: 2 });
    await why403(['export']);
    expect(await why403(['status', '-q'])).toEqual({ exit: 0, stdout: '', stderr: '' });
    // Only the export's quiet leaves a program without its document.
    const quiet = await why403(['status', '-q', '--json']);
    expect(JSON.parse(quiet.stdout)).toMatchObject({ schema: 1, late: false });
    desk.now = new Date('2026-11-23T12:17:00Z');
    expect(await why403(['status'])).toMatchObject({ exit: 0 });
    expect(await why403(['status', '--max-age', '1h'])).toMatchObject({ exit: 1 });
    desk.now = new Date('2026-11-23T15:17:00Z');
    expect(await why403(['status'])).toMatchObject({ exit: 1 });
  });

  it('draws gaps by day and tells them to programs', async () => {
    await why403(['export', '--since', '2026-11-20']);
    const ledger = sandboxLedger();
    ledger.done = [
      { from: '2026-11-20T00:00:00Z', to: '2026-11-21T05:00:00Z' },
      { from: '2026-11-21T09:00:00Z', to: '2026-11-23T10:00:00Z' },
    ];
    writeFileSync(ledger.file, JSON.stringify({ ...ledger, file: undefined }));
    const text = await why403(['status']);
    expect(text.stdout).toMatch(/2026-11-21 {2}█{5}·{4}█{15} .* {2}4 missing/);
    expect(text.stdout).toMatch(/gap +2026-11-21 05:00 to 2026-11-21 09:00/);
    const json = JSON.parse((await why403(['status', '--json'])).stdout) as Record<string, unknown>;
    expect(json).toMatchObject({
      missingHours: 4,
      late: true,
      gaps: [{ from: '2026-11-21T05:00:00Z', to: '2026-11-21T09:00:00Z' }],
      through: '2026-11-23T10:00:00Z',
    });
    expect(await why403(['export'])).toMatchObject({ exit: 0 });
    expect(await why403(['status', '-q'])).toMatchObject({ exit: 0 });
  });

  function sandboxLedger(): { file: string; done: unknown } {
    const state = join(desk.cwd, 'queue-stats/.why403');
    const folder = spawnSync('ls', [state], { encoding: 'utf8' })
      .stdout.split('\n')
      .find((n) => n.startsWith('queue-hourly'))!;
    const file = join(state, folder, 'ledger.json');
    return { ...(JSON.parse(readFileSync(file, 'utf8')) as { done: unknown }), file };
  }
});

describe('the run log', () => {
  it('lists what a revisit changed, old and new', async () => {
    await why403(['export']);
    desk.sandbox.restate({ from: '2026-11-23T08:00:00Z', to: '2026-11-23T10:00:00Z' } as Parameters<
      Sandbox['restate']
    >[0]);
    await why403(['export']);
    const [run] = (await lastRuns(join(desk.cwd, 'queue-stats'), 1)) as unknown as { changes: string[][] }[];
    expect(run!.changes.length).toBeGreaterThan(0);
    for (const [hour, , , column, old, next] of run!.changes) {
      expect(hour).toMatch(/^2026-11-23T0[89]/);
      expect(column).toMatch(/^[a-z_]+$/);
      expect(old).not.toBe(next);
    }
  });

  it('is kept by dataset and pattern', async () => {
    const runsOf = async (out: string): Promise<unknown> =>
      (JSON.parse((await why403(['status', '--json', '--out', out])).stdout) as { runs: unknown }).runs;
    for (const out of ['a/%Y-%m-%d.csv', 'a/%Y-%m.csv', 'a/x%Y-%m.csv', 'a/%Y-%m.csv'])
      expect(await why403(['export', '--out', out])).toMatchObject({ exit: 0 });
    expect(await runsOf('a/%Y-%m-%d.csv')).toMatchObject([{ out: 'a/%Y-%m-%d.csv' }]);
    expect(await runsOf('./a/%Y-%m.csv')).toMatchObject([{ out: 'a/%Y-%m.csv' }, { out: 'a/%Y-%m.csv' }]);
  });

  it('loses no run to a line that was cut short before it', async () => {
    const file = join(desk.cwd, '.why403/runs.ndjson');
    await logRun(desk.cwd, { i: 1 });
    appendFileSync(file, '{"i":2,"at":"2026');
    await logRun(desk.cwd, { i: 3 });
    await logRun(desk.cwd, { i: 4 });
    expect(await lastRuns(desk.cwd, 9)).toEqual([{ i: 1 }, { i: 3 }, { i: 4 }]);
    writeFileSync(file, '');
    await logRun(desk.cwd, { i: 5 });
    expect(readFileSync(file, 'utf8')).toBe('{"i":5}\n');
  });

  it('is rotated, so that years of runs stay small, and reads on across the turn', async () => {
    const record = { at: '2026-11-23T10:17:00Z', note: 'x'.repeat(100_000) };
    for (let i = 0; i < 25; i++) expect(await logRun(desk.cwd, { ...record, i })).toBe(true);
    const size = (name: string): number => readFileSync(join(desk.cwd, '.why403', name)).length;
    expect(size('runs.ndjson') + size('runs.1.ndjson')).toBeLessThan(2_400_000);
    expect((await lastRuns(desk.cwd, 3)).map((run) => run['i'])).toEqual([22, 23, 24]);
  });
});

describe('a bad day', () => {
  it('with the clock set back a day says so, fetches nothing and changes nothing', async () => {
    await why403(['export']);
    const file = join(desk.cwd, 'queue-stats/2026-11-23.csv');
    const before = readFileSync(file, 'utf8');
    desk.now = new Date('2026-11-22T10:17:00Z');
    const ran = await why403(['export']);
    expect(ran.exit).toBe(0);
    expect(ran.stdout).toContain('connection/clock-skew');
    expect(ran.stdout).toContain('complete to 2026-11-23T10:00:00Z');
    expect(readFileSync(file, 'utf8')).toBe(before);
    desk.now = new Date('2026-11-23T11:17:00Z');
    expect((await why403(['export'])).stdout).not.toContain('clock');
  });

  it.each([
    [['--from', '2026-11-23', '--to', '2026-11-22'], /--from 2026-11-23T00:00:00Z is not before --to/],
    [['--from', '2026-11-23', '--to', '2026-11-23'], /no hour between/],
    [['--since', '1426-01-01'], /asks for 600 years/],
    [['--from', '0001-01-01'], /years of hours/],
    [['--from', '2027-01-01'], /has not ended yet/],
    [['--from', '2026-02-31'], /no whole hour/],
    [['--out', '%H.csv'], /leaves a gap in time/],
    [['--out', 'stats/'], /names a folder/],
    [['--budget', 'fast'], /no rate/],
  ])('%j is exit 2, before anything is sent', async (argv, message) => {
    const ran = await why403(['export', ...argv]);
    expect(ran).toMatchObject({ exit: 2, stdout: '' });
    expect(ran.stderr).toMatch(message);
    expect(desk.sandbox.requests).toEqual([]);
  });

  it.each([
    ['an extra column', (t: string) => t.replaceAll(/$/gm, ',x').replace(/,x$/, ''), /extra column|cells/],
    ['a quote that does not end', (t: string) => t.replace('\n', '\n"'), /quote|closing/],
    ['CR LF', (t: string) => t.replaceAll('\n', '\r\n'), /CR LF/],
    [
      'rows in another order',
      (t: string) => [t.split('\n')[0], ...t.trimEnd().split('\n').slice(1).reverse(), ''].join('\n'),
      /not sorted/,
    ],
    ['half of it', (t: string) => t.slice(0, -20), /no line end|cells/],
  ])('with a CSV that has %s is exit 4, and the file stays as it is', async (_, edit, message) => {
    await why403(['export']);
    const file = join(desk.cwd, 'queue-stats/2026-11-23.csv');
    const edited = edit(readFileSync(file, 'utf8'));
    writeFileSync(file, edited);
    const ran = await why403(['export']);
    expect(ran.exit).toBe(4);
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr).toContain('--from 2026-11-23T00:00:00Z --to 2026-11-24T00:00:00Z');
    expect(readFileSync(file, 'utf8')).toBe(edited);
  });

  it('with a folder that may not be written is exit 4 and says who must do what', async (context) => {
    const stats = join(desk.cwd, 'stats');
    mkdirSync(stats);
    // Root may write where nobody may, but not on a read-only disk.
    const root = process.getuid?.() === 0;
    if (!root) chmodSync(stats, 0o555);
    else if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', stats]).status !== 0) context.skip();
    try {
      const ran = await why403(['export', '--out', 'stats/%Y-%m-%d.csv']);
      expect(ran.exit).toBe(4);
      expect(ran.stderr).toMatch(/may not write there|the disk is read-only/);
    } finally {
      if (root) spawnSync('umount', [stats]);
    }
  });

  it('on nights when clocks change holds every UTC hour once', async () => {
    desk.now = new Date('2026-10-26T10:17:00Z');
    await why403(['export', '--since', '2026-10-24', '--tz', 'Europe/Berlin']);
    const lines = readFileSync(join(desk.cwd, 'queue-stats/2026-10-25.csv'), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1);
    const hours = new Set(lines.map((l) => l.slice(0, 20)));
    const local = new Set(lines.map((l) => l.split(',').at(-1)));
    expect(local.size).toBe(hours.size);
    for (const line of lines) expect(Date.parse(line.split(',').at(-1)!)).toBe(Date.parse(line.slice(0, 20)));
  });
});
