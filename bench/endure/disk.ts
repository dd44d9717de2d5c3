/** A disk that fails: fsync and rename say no (strace puts the error there), and a file system that is full. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NotWhole, compare } from './archive.ts';
import { injecting, openStage } from './stage.ts';
import type { Ended, Stage } from './stage.ts';

export interface DiskCounts {
  /** Runs in which the error was put in. */
  failures: number;
  /** Of these: said so, with exit 4. */
  told: number;
  cells: number;
}

/**
 * Brings in a new archive while one call fails: the first of its kind, the second …; then the next run mends it.
 * @throws NotWhole where the failure was not told with exit 4, or the archive is not the truth in the end
 */
export async function failingCalls(times: number, days: number): Promise<DiskCounts> {
  const counts: DiskCounts = { failures: 0, told: 0, cells: 0 };
  const stage = await openStage({ days });
  try {
    // The token is in its cache then, so that every call that fails is one of the archive's.
    await mended(stage);
    for (const [calls, error] of [
      ['fsync', 'EIO'],
      ['?rename,?renameat,?renameat2', 'EIO'],
      ['?rename,?renameat,?renameat2', 'ENOSPC'],
    ] as const) {
      for (let when = 1; when <= times; when++) {
        rmSync(stage.root, { recursive: true });
        const ended = await stage.run(injecting(calls, `error=${error}`, when));
        counts.failures += 1;
        checkTold(ended, error);
        counts.told += 1;
        stage.rows();
        counts.cells += await mended(stage);
      }
    }
    return counts;
  } finally {
    await stage.close();
  }
}

function checkTold({ exit, said }: Ended, error: string): void {
  if (exit === 4 && said.includes(error)) return;
  throw new NotWhole(`a disk that says ${error} ended a run with ${exit}: ${said}`);
}

async function mended(stage: Stage): Promise<number> {
  const { exit, said } = await stage.run();
  if (exit !== 0) throw new NotWhole(`the run after it ended with ${exit}: ${said}`);
  return compare(stage.rows(), stage.truth());
}

/**
 * A tmpfs that gets full while the archive grows, is given room and full again.
 * @returns undefined where this user may not mount one
 */
export async function fullDisk(days: number): Promise<DiskCounts | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'why403-full-'));
  const mount = (...options: string[]): boolean =>
    spawnSync('mount', ['-t', 'tmpfs', ...options, 'tmpfs', folder]).status === 0;
  if (!mount('-o', 'size=256k')) {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
  const stage = await openStage({ days, root: join(folder, 'archive') });
  const counts: DiskCounts = { failures: 0, told: 0, cells: 0 };
  try {
    mkdirSync(stage.root);
    for (let kilobytes = 256; ; kilobytes += 256) {
      if (!mount('-o', `remount,size=${kilobytes}k`)) throw new Error('the tmpfs could not be enlarged');
      const ballast = join(folder, 'ballast');
      writeFileSync(ballast, Buffer.alloc(100_000));
      const ended = await stage.run();
      stage.rows();
      rmSync(ballast);
      if (ended.exit === 0) break;
      counts.failures += 1;
      checkTold(ended, 'ENOSPC');
      counts.told += 1;
      if (kilobytes > 64 * 1024) throw new Error('no room was enough');
    }
    counts.cells += await mended(stage);
    return counts;
  } finally {
    await stage.close();
    spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}
