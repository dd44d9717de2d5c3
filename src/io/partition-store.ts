/** The archive's files on a disk. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Unreadable } from '../core/index.ts';
import type { PartitionStore } from '../core/index.ts';
import { diskFailure, isTemporary, replaceFile, sweepFolder } from './whole-file.ts';

export const STATE_FOLDER = '.why403';
const PIECE_BYTES = 1 << 18;

/** @param root the deepest folder of `--out` without a `%`; made when the first file is written */
export function diskPartitions(root: string): PartitionStore {
  const at = (path: string): string => join(root, ...path.split('/'));
  const swept = new Set<string>();
  const sweepOnce = async (folder: string): Promise<void> => {
    if (swept.has(folder)) return;
    swept.add(folder);
    await sweepFolder(folder);
  };
  return {
    async read(path) {
      try {
        await stat(at(path));
        return decoded(at(path));
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
        if (code === 'ENOENT') return undefined;
        throw diskFailure(at(path), code, 'read');
      }
    },
    async replace(path, text, wanted) {
      await sweepOnce(dirname(at(path)));
      await replaceFile(at(path), text, wanted);
    },
    async exists(path) {
      return (await stat(at(path)).catch(() => undefined))?.isFile() ?? false;
    },
    list: () => walk(root, ''),
    sweep: () => sweepOnce(root),
  };
}

/** Opened when it is consumed and closed when that ends, however it ends. */
async function* decoded(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES }))
      yield decoder.decode(piece as Buffer, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new Unreadable('it is no UTF-8');
    throw diskFailure(path, (error as NodeJS.ErrnoException).code ?? 'unknown', 'read');
  }
}

async function* walk(root: string, below: string): AsyncGenerator<string> {
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory() && entry.name !== STATE_FOLDER && entry.name !== 'node_modules')
      yield* walk(root, path);
    else if ((entry.isFile() || entry.isSymbolicLink()) && !isTemporary(entry.name)) yield path;
  }
}
