import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOUR_MS } from '../src/core/index.ts';
import { lockHolder, takeLock } from '../src/io/lock.ts';
import { makeFolder } from '../src/io/whole-file.ts';
import {
  SHOWS_ITSELF_MS,
  SILENT_MS,
  fateOf,
  thisWriter,
  writerIn,
  writerMark,
} from '../src/io/who-writes.ts';

const TTL = 6 * HOUR_MS;
const MODULE = join(import.meta.dirname, '..', 'src', 'io', 'lock.ts');

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'why403-lock-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const locks = (): string[] => readdirSync(folder).filter((name) => name.startsWith('lock.'));

/** Another process that runs this code with `takeLock` at hand; its first line of output is awaited. */
async function elsewhere(code: string): Promise<{ child: ChildProcess; said: string }> {
  const script = `import { takeLock } from ${JSON.stringify(MODULE)};
    const folder = ${JSON.stringify(folder)};
    ${code}`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: join(import.meta.dirname, '..'),
  });
  children.push(child);
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, said: said.toString().trim() };
}

const HOLD = `await takeLock(folder, ${TTL}); console.log('held'); setInterval(() => {}, 1000);`;

describe('the lock', () => {
  it('is held by one run, and free again after it', async () => {
    const lock = await takeLock(folder, TTL);
    await expect(takeLock(folder, TTL)).rejects.toMatchObject({ exit: 5, code: 'locked' });
    expect(locks()).toHaveLength(1);
    await lock.release();
    await (await takeLock(folder, TTL)).release();
    expect(locks()).toEqual([]);
  });

  it('of a living process is respected, and taken over at once when it was killed', async () => {
    const { child, said } = await elsewhere(HOLD);
    expect(said).toBe('held');
    await expect(takeLock(folder, TTL)).rejects.toMatchObject({
      exit: 5,
      message: expect.stringContaining(`process ${child.pid}`) as string,
    });
    expect(await lockHolder(folder, TTL)).toContain(`process ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await lockHolder(folder, TTL)).toBeUndefined();
    await (await takeLock(folder, TTL)).release();
  });

  it('of a process that was killed and not reaped yet is taken over at once', async (context) => {
    // Only Linux tells of such a process, in /proc.
    if (process.platform !== 'linux') context.skip();
    // The shell becomes a program that takes no note of its child's end.
    const script = `import { takeLock } from ${JSON.stringify(MODULE)};
      const folder = ${JSON.stringify(folder)};
      ${HOLD}`;
    const parent = spawn(
      'sh',
      ['-c', '"$0" --import tsx --input-type=module -e "$1" & exec sleep 600', process.execPath, script],
      { stdio: ['ignore', 'pipe', 'inherit'], cwd: join(import.meta.dirname, '..') },
    );
    children.push(parent);
    await once(parent.stdout, 'data');
    const holder = writerIn(locks()[0]!)!;
    await expect(takeLock(folder, TTL)).rejects.toMatchObject({ exit: 5 });
    process.kill(holder.pid, 'SIGKILL');
    // The state is the third field, the number of threads that have not ended the twentieth.
    const over = /\) Z (?:\S+ ){16}[01] /;
    await vi.waitFor(() => expect(readFileSync(`/proc/${holder.pid}/stat`, 'latin1')).toMatch(over), 5000);
    expect(await lockHolder(folder, TTL)).toBeUndefined();
    await (await takeLock(folder, TTL)).release();
    expect(locks()).toEqual([]);
  });

  it('of an earlier boot, or of a process whose number somebody else has now, is taken over', async () => {
    const self = thisWriter();
    for (const left of [
      { ...self, boot: '0123456789' },
      { ...self, pid: process.ppid, started: '1' },
    ]) {
      writeFileSync(join(folder, `lock.${writerMark(left)}`), '{}');
      await (await takeLock(folder, TTL)).release();
      expect(locks()).toEqual([]);
    }
  });

  it('of another host is respected until it has been silent for --lock-ttl', async () => {
    const name = `lock.${writerMark({ ...thisWriter(), host: '0123456789' })}`;
    writeFileSync(join(folder, name), JSON.stringify({ host: 'far', pid: 7, since: '2026-11-23T09:00:00Z' }));
    await expect(takeLock(folder, TTL)).rejects.toMatchObject({ exit: 5 });
    const old = new Date(Date.now() - TTL - 60_000);
    utimesSync(join(folder, name), old, old);
    await (await takeLock(folder, TTL)).release();
    expect(locks()).toEqual([]);
  });

  it('of another container of this host is respected while it shows itself', async () => {
    const { space, ...self } = thisWriter();
    if (process.platform === 'linux') expect(space).toMatch(/^\d+$/);
    const far = { ...self, pid: 1, started: '7', space: '4026530000' };
    const path = join(folder, `lock.${writerMark(far)}`);
    writeFileSync(path, JSON.stringify({ host: 'same', pid: 1, since: '2026-11-23T09:00:00Z' }));
    if (space === undefined) return;
    expect(fateOf(far)).toBe('unseen');
    await expect(takeLock(folder, TTL)).rejects.toMatchObject({ exit: 5 });
    expect(locks()).toHaveLength(1);
    const old = new Date(Date.now() - SILENT_MS - 1000);
    utimesSync(path, old, old);
    await (await takeLock(folder, TTL)).release();
    expect(locks()).toEqual([]);
  });

  it('of a living process in a PID namespace of its own is not stolen', async (context) => {
    // Only root may make one, where the kernel allows it.
    const space = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'];
    if (spawnSync(space[0]!, [...space.slice(1), 'true']).status !== 0) context.skip();
    const script = `import { takeLock } from ${JSON.stringify(MODULE)};
      const folder = ${JSON.stringify(folder)};
      ${HOLD}`;
    const child = spawn(
      space[0]!,
      [...space.slice(1), process.execPath, '--import', 'tsx', '--input-type=module', '-e', script],
      { stdio: ['ignore', 'pipe', 'inherit'], cwd: join(import.meta.dirname, '..') },
    );
    children.push(child);
    await once(child.stdout, 'data');
    await expect(takeLock(folder, TTL)).rejects.toMatchObject({ exit: 5 });
    expect(locks()).toHaveLength(1);
  });

  it('shows itself again and again while it is held', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const lock = await takeLock(folder, TTL);
      const path = join(folder, locks()[0]!);
      const old = new Date(Date.now() - SILENT_MS);
      for (let i = 0; i < 2; i++) {
        utimesSync(path, old, old);
        vi.advanceTimersByTime(SHOWS_ITSELF_MS);
        await vi.waitFor(() => expect(statSync(path).mtimeMs).toBeGreaterThan(old.getTime() + 1000));
      }
      await lock.release();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('goes to one at a time of many that want it at once', async () => {
    const journal = join(folder, 'journal');
    writeFileSync(journal, '');
    const code = `import { appendFileSync } from 'node:fs';
      import { setTimeout as sleep } from 'node:timers/promises';
      let turns = 0;
      for (let i = 0; i < 400 && turns < 5; i++) {
        try {
          const lock = await takeLock(folder, ${TTL});
          appendFileSync(${JSON.stringify(journal)}, 'in ' + process.pid + '\\n');
          await sleep(5);
          appendFileSync(${JSON.stringify(journal)}, 'out ' + process.pid + '\\n');
          await lock.release();
          turns++;
        } catch (error) {
          if (error.exit !== 5) throw error;
        }
        await sleep(Math.random() * 20);
      }
      console.log(turns);`;
    const all = await Promise.all([elsewhere(code), elsewhere(code), elsewhere(code)]);
    expect(all.map(({ said }) => said)).toEqual(['5', '5', '5']);
    const lines = readFileSync(journal, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(30);
    for (let i = 0; i < lines.length; i += 2) {
      expect(lines[i]).toMatch(/^in /);
      expect(lines[i + 1]).toBe(lines[i]!.replace('in', 'out'));
    }
  });

  it('makes its folder though many make it at once', async () => {
    for (let i = 0; i < 20; i++) {
      const deep = join(folder, String(i), 'archive', '.why403', 'queue-hourly');
      await Promise.all(Array.from({ length: 16 }, () => makeFolder(deep)));
      expect(readdirSync(deep)).toEqual([]);
    }
  });

  it('leaves nothing behind on a disk that is full', async (context) => {
    // Only root may mount; who is not root has no disk to fill.
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', folder]).status === 0;
    if (!mounted) context.skip();
    try {
      await mkdir(join(folder, 'state'));
      expect(() => writeFileSync(join(folder, 'ballast'), Buffer.alloc(60_000))).toThrow(/ENOSPC/);
      await expect(takeLock(join(folder, 'state'), TTL)).rejects.toMatchObject({ exit: 4 });
      expect(readdirSync(join(folder, 'state'))).toEqual([]);
    } finally {
      spawnSync('umount', [folder]);
    }
  });

  it('tells in a folder that can not be written what to do', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(takeLock(join(folder, 'file', 'state'), TTL)).rejects.toMatchObject({ exit: 4 });
  });
});

describe('a writer', () => {
  it('is read back from a name, and lives as long as its process', () => {
    const self = thisWriter();
    expect(writerIn(`.x.csv.${writerMark(self)}.3.why403-tmp`)).toEqual(self);
    const { host, boot, pid, started } = self;
    const earlier = { host, boot, pid, started };
    expect(writerIn(`.x.csv.${writerMark(earlier)}.3.why403-tmp`)).toEqual(earlier);
    expect(fateOf(earlier)).toBe('living');
    expect(writerIn('lock.json')).toBeUndefined();
    expect(fateOf(self)).toBe('living');
    expect(fateOf({ ...self, started: '1' })).toBe(process.platform === 'win32' ? 'living' : 'gone');
    expect(fateOf({ ...self, host: '0000000000' })).toBe('elsewhere');
  });
});
