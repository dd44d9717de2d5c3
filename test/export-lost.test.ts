/** Files that somebody deleted: what status says of them, and which run brings them back. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PartitionStore } from '../src/core/index.ts';
import { runExport } from '../src/export/run.ts';
import { diskPartitions } from '../src/io/partition-store.ts';
import { builtInOrg, startSandbox } from '../src/sandbox/server.ts';
import type { Sandbox } from '../src/sandbox/server.ts';
import { runCli } from './cli-run.ts';
import type { Ran } from './cli-run.ts';
import { jobOf, portsOf } from './export-ports.ts';

let now: Date;
let sandbox: Sandbox;
let cwd: string;
beforeEach(async () => {
  now = new Date('2026-11-23T10:17:00Z');
  cwd = mkdtempSync(join(tmpdir(), 'why403-lost-'));
  sandbox = await startSandbox({ org: builtInOrg('genesys'), clock: () => now });
});
afterEach(async () => {
  await sandbox.close();
  rmSync(cwd, { recursive: true, force: true });
});

const why403 = (...argv: string[]): Promise<Ran> =>
  runCli(argv, { cwd, now: () => now, env: { ...sandbox.env, XDG_CACHE_HOME: join(cwd, 'cache') } });

function files(): Record<string, string> {
  const stats = join(cwd, 'queue-stats');
  const names = readdirSync(stats).filter((name) => !name.startsWith('.'));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(stats, name), 'utf8')]));
}

function lose(...days: string[]): void {
  for (const day of days) rmSync(join(cwd, `queue-stats/${day}.csv`));
}

async function told(): Promise<Record<string, unknown>> {
  return JSON.parse((await why403('status', '--json')).stdout) as Record<string, unknown>;
}

describe('a lost file', () => {
  it.each([[['2026-11-18']], [['2026-11-08']], [['2026-10-25', '2026-11-09', '2026-11-23']]])(
    'of %j is owed and late in status, and back after a plain export',
    async (days) => {
      await why403('export', '--since', '2026-10-20');
      const before = files();
      lose(...days);
      const status = await why403('status', '--days', '40');
      expect(status.exit).toBe(1);
      expect(status.stdout).toMatch(/hours are owed; the oldest ended \d+ (days|h) ago/);
      for (const day of days) {
        expect(status.stdout).toMatch(new RegExp(`lost .*${day}\\.csv.* gone; the next export fetches`));
        expect(status.stdout).toMatch(new RegExp(`^${day} {2}·+ .*missing$`, 'm'));
      }
      expect(await told()).toMatchObject({ late: true, lostFiles: days.map((day) => `${day}.csv`) });
      const ran = await why403('export');
      expect(ran.exit).toBe(0);
      for (const day of days) expect(ran.stdout).toMatch(new RegExp(`${day}\\.csv.* gone though`));
      expect(files()).toEqual(before);
      expect(await why403('status', '-q')).toEqual({ exit: 0, stdout: '', stderr: '' });
      expect((await why403('export')).stdout).not.toContain('gone');
    },
  );

  it('outside the bounds of a run stays for the next one without them', async () => {
    await why403('export', '--since', '2026-11-01');
    const before = files();
    lose('2026-11-05', '2026-11-10');
    const ran = await why403('export', '--from', '2026-11-05', '--to', '2026-11-05T06');
    expect(ran.stdout).toContain('the others by the next run');
    expect(Object.keys(files())).not.toContain('2026-11-10.csv');
    expect(files()['2026-11-05.csv']).not.toBe(before['2026-11-05.csv']);
    expect(await told()).toMatchObject({ missingHours: 18 + 24, lostFiles: ['2026-11-10.csv'] });
    await why403('export');
    expect(files()).toEqual(before);
  });

  it('of before the start is told with the command that fetches it, once', async () => {
    await why403('export', '--since', '2026-11-01');
    const before = files();
    lose('2026-11-01', '2026-11-02');
    const ran = await why403('export', '--since', '2026-11-03');
    const command = 'export --from 2026-11-01T00:00:00Z --to 2026-11-03T00:00:00Z';
    expect(ran.stdout).toContain(`why403 ${command}`);
    expect(Object.keys(files())).not.toContain('2026-11-01.csv');
    expect((await why403('export')).stdout).not.toContain('gone');
    expect(await why403('status')).toMatchObject({ exit: 0 });
    await why403(...command.split(' '));
    expect(files()).toEqual(before);
    lose('2026-11-02');
    const status = await why403('status');
    expect(status).toMatchObject({ exit: 0 });
    expect(status.stdout).toContain("2026-11-02.csv is gone, of before the archive's start");
    expect(status.stdout).toContain('why403 export --from 2026-11-02T00:00:00Z --to 2026-11-03T00:00:00Z');
  });

  it('that comes back without a row is told', async () => {
    await why403('export', '--since', '2026-10-20');
    lose('2026-10-25');
    sandbox.spoil(({ path, method }) =>
      method === 'POST' && path.includes('/aggregates/query')
        ? { kind: 'answer', status: 200, body: '{"results":[]}', type: 'application/json' }
        : undefined,
    );
    const ran = await why403('export');
    expect(ran.exit).toBe(0);
    expect(ran.stdout).toMatch(/2026-10-25\.csv is back without a row: .* no longer has these hours/);
  });

  it('is drawn by view as missing', async () => {
    await why403('export', '--since', '2026-11-01');
    lose('2026-11-10');
    expect(await why403('view', '--output', 'view.html')).toMatchObject({ exit: 0 });
    expect(readFileSync(join(cwd, 'view.html'), 'utf8')).toContain('2026-11-10 00:00');
  });

  it('of a month is whole again after a crash between its first window and the ledger', async () => {
    const job = jobOf('%Y-%m.csv', {}, '2026-11-10T00:00:00Z');
    const root = join(cwd, 'small');
    await runExport(job, portsOf(root, job));
    const file = join(root, '2026-11.csv');
    const before = readFileSync(file, 'utf8');
    rmSync(file);
    const ports = portsOf(root, job);
    const partitions: PartitionStore = {
      ...ports.partitions,
      replace: async (...args) => {
        await ports.partitions.replace(...args);
        throw new Error('crash');
      },
    };
    await expect(runExport(job, { ...ports, partitions })).rejects.toThrow('crash');
    expect(readFileSync(file, 'utf8')).not.toBe(before);
    await runExport(job, portsOf(root, job));
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('is not one that the disk says nothing about', async () => {
    await why403('export');
    const partitions = diskPartitions(join(cwd, 'queue-stats/2026-11-23.csv'));
    await expect(partitions.exists('2026-11-23.csv')).rejects.toMatchObject({ exit: 4 });
    expect(await diskPartitions(join(cwd, 'none')).exists('2026-11-23.csv')).toBe(false);
  });

  it('is no matter of a snapshot, which makes a file only where a run was', async () => {
    await why403('export', '--dataset', 'queue-observations');
    now = new Date('2026-11-26T10:17:00Z');
    await why403('export', '--dataset', 'queue-observations');
    expect((await why403('status', '--dataset', 'queue-observations')).stdout).not.toContain('gone');
  });
});
