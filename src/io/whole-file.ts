/**
 * Replaces a file so that a reader, a crash and a power cut see the old one or the new one: a temporary file in the
 * same folder, fsync, rename, fsync of the folder.
 */
import { statSync } from 'node:fs';
import { open, rename, unlink, readdir, realpath, lstat, stat, mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Failure, FileFailure } from '../core/index.ts';
import { fateOf, thisWriter, writerIn, writerMark } from './who-writes.ts';

const TEMPORARY = /^\..*\.why403-tmp$/s;
/** A temporary file of another host or container may be in use; after this long it is not. */
const FOREIGN_MS = 6 * 3_600_000;
let counter = 0;

/**
 * @param text in pieces
 * @param wanted asked once all text is written; `false` leaves the old file
 * @throws Failure `export` (exit 4) naming the file and what to do; the old file still stands
 */
export async function replaceFile(
  path: string,
  text: AsyncIterable<string | Uint8Array> | Iterable<string>,
  wanted: () => boolean = () => true,
  mode?: number,
): Promise<void> {
  // Only the disk's own errors become failures here; what the source of the text throws passes as it is.
  const disk = <T>(step: Promise<T>): Promise<T> =>
    step.catch((error: unknown) => {
      throw diskFailure(path, (error as NodeJS.ErrnoException).code ?? 'unknown');
    });
  const target = await disk(linkTarget(path));
  const folder = dirname(target);
  await disk(makeFolder(folder));
  const temporary = join(folder, temporaryName(basename(target)));
  const kept = await lstat(target).catch(() => undefined);
  const file = await disk(open(temporary, 'wx', mode ?? 0o666));
  let renamed = false;
  try {
    try {
      if (kept && mode === undefined) await disk(file.chmod(kept.mode & 0o7777));
      // `writeFile` of a handle goes on from where the last one ended, and finishes short writes.
      for await (const piece of text) await disk(file.writeFile(piece));
      if (!wanted()) return;
      await disk(file.sync());
    } finally {
      await disk(file.close());
    }
    await disk(rename(temporary, target));
    renamed = true;
    await disk(syncFolder(folder));
  } finally {
    if (!renamed) await unlink(temporary).catch(() => undefined);
  }
}

/** Begins with a dot and does not end as an archive's file does; says whose it is. */
function temporaryName(name: string): string {
  counter += 1;
  return `.${name.slice(0, 80)}.${writerMark(thisWriter())}.${counter}.why403-tmp`;
}

/** Makes a folder and its parents durable: a new name is only kept once its parent is synced. */
export async function makeFolder(folder: string, mode?: number, again = true): Promise<void> {
  // Not `recursive`: where a name can't be made in a folder that is there (/proc), Node tries without end.
  try {
    await mkdir(folder, mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    const parent = dirname(folder);
    if (code !== 'ENOENT' || parent === folder) throw error;
    // Another process may have made the parent since; where that is no news, this folder can't be made.
    const parentIsThere = await isThere(parent);
    if (parentIsThere && !again) throw error;
    if (!parentIsThere) await makeFolder(parent, mode);
    return makeFolder(folder, mode, !parentIsThere);
  }
  await syncFolder(dirname(folder));
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** fsync of a folder, so that a rename in it survives a power cut. Windows has none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A link keeps pointing where it points: the file behind it is replaced. */
async function linkTarget(path: string): Promise<string> {
  const stat = await lstat(path).catch(() => undefined);
  if (!stat) return path;
  if (stat.isDirectory())
    throw Object.assign(new Error('a folder stands there'), { code: 'EISDIR', syscall: 'lstat' });
  return stat.isSymbolicLink() ? await realpath(path) : path;
}

/** Removes temporary files in a folder whose process is gone. */
export async function sweepFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (!TEMPORARY.test(name)) continue;
    const writer = writerIn(name);
    const path = join(folder, name);
    const fate = writer ? fateOf(writer) : 'elsewhere';
    if (fate === 'living') continue;
    if (fate !== 'gone') {
      const stat = await lstat(path).catch(() => undefined);
      if (!stat || Date.now() - stat.mtimeMs < FOREIGN_MS) continue;
    }
    await unlink(path).catch(() => undefined);
  }
}

export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name);
}

type Remedy = readonly [what: string, todo: string];

const REMEDIES: Readonly<Record<string, Remedy>> = {
  ENOSPC: ['the disk is full', 'Make room on it; the next run goes on from there.'],
  EDQUOT: ['the disk quota is used up', 'Make room or raise the quota; the next run goes on from there.'],
  EFBIG: [
    'the file is larger than this system allows',
    'Raise the limit (ulimit -f), or choose an --out of smaller files; the next run goes on from there.',
  ],
  EACCES: [
    'this user may not write there',
    'Give the user that runs the export the right to write in that folder, or choose another --out.',
  ],
  EPERM: [
    'writing there is not permitted',
    'Check who owns the folder; on Windows, close the program that has the file open.',
  ],
  EROFS: ['the disk is read-only', 'Mount it for writing, or choose another --out.'],
  ENOTDIR: ['a file stands where a folder is needed', 'Move that file away, or choose another --out.'],
  EEXIST: ['a file stands where a folder is needed', 'Move that file away, or choose another --out.'],
  EISDIR: ['a folder stands where the file goes', 'Move that folder away, or choose another --out.'],
  ENOENT: ['the link there points to nothing', 'Make its target, or remove the link.'],
  ELOOP: ['the links there run in a circle', 'Remove the link.'],
  EBUSY: [
    'the file is open elsewhere',
    'Close the program that has it open; the next run goes on from there.',
  ],
  EIO: ['the disk reports an error', "Check the disk and the system's log; the next run goes on from there."],
  EMFILE: ['too many files are open', 'Raise the limit of open files (ulimit -n).'],
  ENAMETOOLONG: ['the name is too long', 'Choose a shorter --out.'],
};

/** What a file that can't be read needs, where it is something else than one that can't be written needs. */
function toRead(path: string, code: string): Remedy | undefined {
  if (code !== 'EACCES' && code !== 'EPERM') return undefined;
  const own = process.geteuid?.();
  let owner: number | undefined;
  try {
    owner = statSync(path).uid;
  } catch {
    // It stands in a folder that may not be looked into.
  }
  const known = own !== undefined && owner !== undefined && owner !== own;
  return [
    known ? `it belongs to user ${owner}, and user ${own} may not read it` : 'this user may not read it',
    `Give it to the user that runs this${known ? `: chown ${own}, as user ${owner} or root` : ' (chown), or the right to read it (chmod)'}. One run with sudo leaves such files behind.`,
  ];
}

/** Of all others the whole disk, or this process, is the reason. */
const OF_ONE_FILE = 'EACCES EPERM ENOTDIR EEXIST EISDIR ENOENT ELOOP EBUSY ENAMETOOLONG EFBIG'.split(' ');

/**
 * The failure of a disk's error code. A file that can't be written still stands as it was.
 * @param what what was tried: `written`, `removed`, `read`
 */
export function diskFailure(path: string, code: string, what = 'written'): Failure {
  const isRead = what === 'read';
  const [why, todo] = (isRead ? toRead(path, code) : undefined) ??
    REMEDIES[code] ?? ['the system refused', "Look the code up in the system's manual (errno)."];
  const stays = isRead ? '' : ' What stood there still stands.';
  const message = `${path} can't be ${what}: ${why} (${code}).${stays}`;
  return OF_ONE_FILE.includes(code) ? new FileFailure(message, todo) : new Failure('export', message, todo);
}
