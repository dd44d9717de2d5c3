/**
 * One export at a time for each archive. Every process that wants it writes a file that only it can have written, then
 * looks who else is there. A file of a process that is gone, or of an earlier boot, is removed by whoever sees it; one of
 * another container of this host is, once its holder has not shown itself for a few minutes. As no two processes share a name, nobody can remove a fresh one by mistake.
 */
import { readdir, readFile, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, instant } from '../core/index.ts';
import { SHOWS_ITSELF_MS, SILENT_MS, fateOf, thisWriter, writerIn, writerMark } from './who-writes.ts';
import type { Writer } from './who-writes.ts';
import { diskFailure, makeFolder } from './whole-file.ts';

/** A lock; while it is held, other hosts and containers see that its holder is at work. */
export interface Lock {
  release(): Promise<void>;
}

const PREFIX = 'lock.';
/** Younger than this, the other may be a rival that is about to step back as well. */
const RIVAL_MS = 1500;
const TRIES = 12;

/**
 * @param folder the state folder; made if it is missing
 * @param ttlMs how long a lock of another host is respected after its last sign of life
 * @throws Failure `locked` (exit 5) naming who holds it; `export` (exit 4) if the folder can't be written
 */
export async function takeLock(folder: string, ttlMs: number): Promise<Lock> {
  const own = join(folder, `${PREFIX}${writerMark(thisWriter())}`);
  try {
    await makeFolder(folder);
    for (let attempt = 1; ; attempt++) {
      // Another run of this very process counts as living too.
      await writeFile(own, about(Date.now()), { flag: 'wx' }).catch(async (error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST')
          throw locked(own, 'this very process', Date.now());
        // On a full disk the file is made and its text is not.
        await unlink(own).catch(() => undefined);
        throw error;
      });
      const other = await livingOther(folder, own, ttlMs);
      if (!other) return held(own);
      await unlink(own);
      if (other.age > RIVAL_MS || attempt === TRIES)
        throw locked(other.path, await nameOf(other.path), Date.now() - other.age);
      await sleep(20 + Math.random() * 120);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw diskFailure(folder, (error as NodeJS.ErrnoException).code ?? 'unknown');
  }
}

/** Who holds the lock now, for `status`; undefined if nobody living does. */
export async function lockHolder(folder: string, ttlMs: number): Promise<string | undefined> {
  const other = await livingOther(folder, '', ttlMs, false);
  return other && (await nameOf(other.path));
}

async function livingOther(
  folder: string,
  own: string,
  ttlMs: number,
  remove = true,
): Promise<{ path: string; age: number } | undefined> {
  let found: { path: string; age: number } | undefined;
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const writer = name.startsWith(PREFIX) ? writerIn(name) : undefined;
    if (!writer || path === own) continue;
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Number.NaN);
    if (Number.isNaN(age)) continue;
    if (isOver(writer, age, ttlMs)) {
      if (remove) await unlink(path).catch(() => undefined);
    } else if (!found || age > found.age) found = { path, age };
  }
  return found;
}

function isOver(writer: Writer, age: number, ttlMs: number): boolean {
  const fate = fateOf(writer);
  if (fate === 'unseen') return age > Math.min(SILENT_MS, ttlMs);
  return fate === 'gone' || (fate === 'elsewhere' && age > ttlMs);
}

function held(own: string): Lock {
  const shows = setInterval(() => {
    const at = new Date();
    utimes(own, at, at).catch(() => undefined);
  }, SHOWS_ITSELF_MS);
  shows.unref();
  return {
    release: async () => {
      clearInterval(shows);
      await unlink(own).catch(() => undefined);
    },
  };
}

function about(now: number): string {
  const writer = thisWriter();
  const text = {
    host: hostname(),
    boot: writer.boot,
    pid: writer.pid,
    started: writer.started,
    since: instant(now),
  };
  return `${JSON.stringify(text)}\n`;
}

async function nameOf(path: string): Promise<string> {
  try {
    const { host, pid, since } = JSON.parse(await readFile(path, 'utf8')) as { [k: string]: unknown };
    return `process ${String(pid)} on ${String(host)} since ${String(since)}`;
  } catch {
    return 'another process';
  }
}

function locked(path: string, who: string, since: number): Failure {
  return new Failure(
    'locked',
    `Another export holds this archive: ${who}.`,
    `Wait for it. If it no longer runs (a host that is gone), remove ${path}; it was last heard of at ${instant(since)}.`,
  );
}
