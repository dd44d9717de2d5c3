/** Files that somebody deleted: what status says of them, and which run brings them back. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PartitionStore } from '../src/core/index.ts';
import { runExport } from '../src/export/run.ts';
import { diskPartitions } from '../src/io/partition-store.ts';
import { openDesk, type Desk } from './export-desk.ts';
import { jobOf, portsOf } from './export-ports.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

function lose(...days: string[]): void {
  for (const day of days) rmSync(join(desk.cwd, `queue-stats/${day}.csv`));
}

describe('a lost file', () => {
  it.each([[['2026-11-18']], [['2026-11-08']], [['2026-10-25', '2026-11-09', '2026-11-23']]])(
    'of %j is owed and late in status, and back after a plain export',
    async (days) => {
      await desk.why403('export', '--since', '2026-10-20');
      const before = desk.files();
      lose(...days);
      const status = await desk.why403('status', '--days', '40');
      expect(status.exit).toBe(1);
      expect(status.stdout).toMatch(/hours are owed; the oldest ended \d+ (days|h) ago/);
      for (const day of days) {
        expect(status.stdout).toMatch(new RegExp(`lost .*${day}\\.csv.* gone; the next export fetches`));
        expect(status.stdout).toMatch(new RegExp(`^${day} {2}·+ .*missing$`, 'm'));
      }
      expect(await desk.status()).toMatchObject({ late: true, lostFiles: days.map((day) => `${day}.csv`) });
      const ran = await desk.why403('export');
      expect(ran.exit).toBe(0);
      for (const day of days) expect(ran.stdout).toMatch(new RegExp(`${day}\\.csv.* gone though`));
      expect(desk.files()).toEqual(before);
      expect(await desk.why403('status', '-q')).toEqual({ exit: 0, stdout: '', stderr: '' });
      expect((await desk.why403('export')).stdout).not.toContain('gone');
    },
  );

  it.each<[string, (file: string) => void]>([
    ['an empty file', (file) => writeFileSync(file, '')],
    [
      'an empty file beside an empty compressed one',
      (file) => {
        writeFileSync(file, '');
        writeFileSync(`${file}.gz`, '');
      },
    ],
  ])('in whose place stands %s is owed, and back after a plain export', async (_, spoil) => {
    await desk.why403('export', '--since', '2026-10-20');
    const before = desk.files();
    spoil(join(desk.cwd, 'queue-stats/2026-10-25.csv'));
    expect(await desk.status()).toMatchObject({ missingHours: 24, lostFiles: ['2026-10-25.csv'] });
    expect(await desk.why403('export')).toMatchObject({ exit: 0 });
    expect(desk.files()).toMatchObject(before);
    expect(await desk.status()).toMatchObject({ missingHours: 0 });
  });

  it('in whose place stands a folder is owed, and stays so until that is moved away', async () => {
    await desk.why403('export', '--since', '2026-10-20');
    const before = desk.files();
    const file = join(desk.cwd, 'queue-stats/2026-10-25.csv');
    rmSync(file);
    mkdirSync(file);
    const ran = await desk.why403('export');
    expect(ran).toMatchObject({ exit: 4 });
    expect(ran.stderr).toContain('a folder stands where the file goes');
    expect(await desk.status()).toMatchObject({ missingHours: 24, lostFiles: [] });
    rmSync(file, { recursive: true });
    expect(await desk.why403('export')).toMatchObject({ exit: 0 });
    expect(desk.files()).toEqual(before);
  });

  it('outside the bounds of a run stays for the next one without them', async () => {
    await desk.why403('export', '--since', '2026-11-01');
    const before = desk.files();
    lose('2026-11-05', '2026-11-10');
    const ran = await desk.why403('export', '--from', '2026-11-05', '--to', '2026-11-05T06');
    expect(ran.stdout).toContain('the others by the next run');
    expect(Object.keys(desk.files())).not.toContain('2026-11-10.csv');
    expect(desk.files()['2026-11-05.csv']).not.toBe(before['2026-11-05.csv']);
    expect(await desk.status()).toMatchObject({ missingHours: 18 + 24, lostFiles: ['2026-11-10.csv'] });
    await desk.why403('export');
    expect(desk.files()).toEqual(before);
  });

  it('of before the start is told with the command that fetches it, once', async () => {
    await desk.why403('export', '--since', '2026-11-01');
    const before = desk.files();
    lose('2026-11-01', '2026-11-02');
    const ran = await desk.why403('export', '--since', '2026-11-03');
    const command = 'export --from 2026-11-01T00:00:00Z --to 2026-11-03T00:00:00Z';
    expect(ran.stdout).toContain(`why403 ${command}`);
    expect(Object.keys(desk.files())).not.toContain('2026-11-01.csv');
    expect((await desk.why403('export')).stdout).not.toContain('gone');
    expect(await desk.why403('status')).toMatchObject({ exit: 0 });
    await desk.why403(...command.split(' '));
    expect(desk.files()).toEqual(before);
    lose('2026-11-02');
    const status = await desk.why403('status');
    expect(status).toMatchObject({ exit: 0 });
    expect(status.stdout).toContain("2026-11-02.csv is gone, of before the archive's start");
    expect(status.stdout).toContain('why403 export --from 2026-11-02T00:00:00Z --to 2026-11-03T00:00:00Z');
  });

  it('that comes back without a row is told', async () => {
    await desk.why403('export', '--since', '2026-10-20');
    lose('2026-10-25');
    desk.sandbox.spoil(({ path, method }) =>
      method === 'POST' && path.includes('/aggregates/query')
        ? { kind: 'answer', status: 200, body: '{"results":[]}', type: 'application/json' }
        : undefined,
    );
    const ran = await desk.why403('export');
    expect(ran.exit).toBe(0);
    expect(ran.stdout).toMatch(/2026-10-25\.csv is back without a row: .* no longer has these hours/);
  });

  it('is drawn by view as missing', async () => {
    await desk.why403('export', '--since', '2026-11-01');
    lose('2026-11-10');
    expect(await desk.why403('view', '--output', 'view.html')).toMatchObject({ exit: 0 });
    expect(readFileSync(join(desk.cwd, 'view.html'), 'utf8')).toContain('2026-11-10 00:00');
  });

  it('of a month is whole again after a crash between its first window and the ledger', async () => {
    const job = jobOf('%Y-%m.csv', {}, '2026-11-10T00:00:00Z');
    const root = join(desk.cwd, 'small');
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
    await desk.why403('export');
    const partitions = diskPartitions(join(desk.cwd, 'queue-stats/2026-11-23.csv'));
    await expect(partitions.exists('2026-11-23.csv')).rejects.toMatchObject({ exit: 4 });
    expect(await diskPartitions(join(desk.cwd, 'none')).exists('2026-11-23.csv')).toBe(false);
  });

  it('is no matter of a snapshot, which makes a file only where a run was', async () => {
    await desk.why403('export', '--dataset', 'queue-observations');
    desk.now = new Date('2026-11-26T10:17:00Z');
    await desk.why403('export', '--dataset', 'queue-observations');
    expect((await desk.why403('status', '--dataset', 'queue-observations')).stdout).not.toContain('gone');
  });
});
