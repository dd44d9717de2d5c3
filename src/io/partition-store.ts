/** The archive's files on a disk. */
import { createReadStream } from 'node:fs';
import type { Dirent } from 'node:fs';
import { readdir, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, pipeline } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { Unreadable } from '../core/index.ts';
import type { PartitionStore } from '../core/index.ts';
import { diskFailure, isTemporary, replaceFile, sweepFolder, syncFolder } from './whole-file.ts';

export const STATE_FOLDER = '.why403';
const PIECE_BYTES = 1 << 18;
const GZ = '.gz';

/** @param root the deepest folder of `--out` without a `%`; made when the first file is written */
export function diskPartitions(root: string): PartitionStore {
  const at = (path: string): string => join(root, ...path.split('/'));
  const swept = new Set<string>();
  const sweepOnce = async (folder: string): Promise<void> => {
    if (swept.has(folder)) return;
    swept.add(folder);
    await sweepFolder(folder);
  };
  /**
   * Where the text of a path stands, or where it would go. A plain file wins: a compressed one beside it is what a crash
   * left. An empty one is none: this program writes no such file.
   */
  const placeOf = async (path: string): Promise<{ place: string; holds: boolean } | undefined> => {
    let taken: string | undefined;
    for (const place of [at(path), `${at(path)}${GZ}`]) {
      try {
        const found = await stat(place);
        if (found.isFile() && found.size > 0) return { place, holds: true };
        if (place === at(path)) taken = place;
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
        if (code !== 'ENOENT') throw diskFailure(place, code, 'read');
      }
    }
    return taken === undefined ? undefined : { place: taken, holds: false };
  };
  return {
    async read(path) {
      const found = await placeOf(path);
      return found?.holds ? decoded(found.place) : undefined;
    },
    async replace(path, text, wanted) {
      await sweepOnce(dirname(at(path)));
      const place = await replaced(path);
      await replaceFile(place, place.endsWith(GZ) ? compressed(text) : text, wanted);
      return place.endsWith(GZ) ? undefined : markOf(place);
    },
    async extend(path, mark, text) {
      const place = at(path);
      if (path.endsWith(GZ) || (await markOf(place)) !== mark) return undefined;
      await replaceFile(place, extended(place, text));
      return markOf(place);
    },
    async exists(path) {
      return (await placeOf(path))?.holds ?? false;
    },
    async compress(path) {
      const plain = at(path);
      const found = await stat(plain).catch(() => undefined);
      if (path.endsWith(GZ) || !found?.isFile() || found.size === 0) return false;
      await replaceFile(`${plain}${GZ}`, compressed(decoded(plain)));
      await unlink(plain).catch((error: unknown) => {
        throw diskFailure(plain, (error as NodeJS.ErrnoException).code ?? 'unknown', 'removed');
      });
      await syncFolder(dirname(plain));
      return true;
    },
    list: (enter) => walk(root, '', enter),
    sweep: () => sweepOnce(root),
  };

  /** A link that points to nothing is replaced where it stands, which fails with a message of its own. */
  async function replaced(path: string): Promise<string> {
    return (await placeOf(path).catch(() => undefined))?.place ?? at(path);
  }
}

/** The very file that was written: another one, or one that somebody wrote to, has another mark. */
async function markOf(place: string): Promise<string | undefined> {
  const found = await stat(place, { bigint: true }).catch(() => undefined);
  return found && `${found.dev}:${found.ino}:${found.size}:${found.mtimeNs}`;
}

async function* extended(place: string, text: string): AsyncGenerator<string | Uint8Array> {
  try {
    for await (const piece of createReadStream(place, { highWaterMark: PIECE_BYTES })) yield piece as Buffer;
  } catch (error) {
    throw diskFailure(place, (error as NodeJS.ErrnoException).code ?? 'unknown', 'read');
  }
  yield text;
}

/** The bytes of a compressed file; the same text gives the same bytes. */
async function* compressed(text: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(text, { objectMode: false });
  // What the source throws must reach the reader as it is.
  const out = pipeline(source, createGzip(), () => undefined);
  let cause: unknown;
  source.on('error', (error) => (cause = error));
  try {
    for await (const piece of out) yield piece as Uint8Array;
  } catch (error) {
    throw cause ?? error;
  }
}

/** Opened when it is consumed and closed when that ends, however it ends. */
async function* decoded(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    const file = createReadStream(path, { highWaterMark: PIECE_BYTES });
    const pieces = path.endsWith(GZ) ? pipeline(file, createGunzip(), () => undefined) : file;
    for await (const piece of pieces) yield decoder.decode(piece as Buffer, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new Unreadable('it is no UTF-8');
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    if (code.startsWith('Z_')) throw new Unreadable('it is no whole gzip file');
    throw diskFailure(path, code, 'read');
  }
}

async function* walk(
  root: string,
  below: string,
  enter: (folder: string) => boolean,
): AsyncGenerator<string> {
  for (const entry of await entriesOf(join(root, below), below === '')) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    const isLink = entry.isSymbolicLink();
    if (enter(path) && (entry.isDirectory() || (isLink && (await leadsToFolder(join(root, path))))))
      yield* walk(root, path, enter);
    else if ((entry.isFile() || isLink) && !isTemporary(entry.name)) {
      yield path;
      if (path.endsWith(GZ)) yield path.slice(0, -GZ.length);
    }
  }
}

/** What is out of reach is not gone: only a root that is not there holds nothing. */
async function entriesOf(folder: string, isRoot: boolean): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    if (isRoot && code === 'ENOENT') return [];
    throw diskFailure(folder, code, 'read');
  }
}

async function leadsToFolder(link: string): Promise<boolean> {
  try {
    return (await stat(link)).isDirectory();
  } catch (error) {
    throw diskFailure(link, (error as NodeJS.ErrnoException).code ?? 'unknown', 'read');
  }
}
