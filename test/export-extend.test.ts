/** A window that goes on where the last one ended is written without reading its file again, to the same bytes. */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PartitionStore } from '../src/core/index.ts';
import { runExport } from '../src/export/run.ts';
import { diskPartitions } from '../src/io/partition-store.ts';
import { jobOf, portsOf } from './export-ports.ts';

const DISK = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(DISK, 'why403-extend-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const files = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.csv'))
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

describe('extending a file', () => {
  it.each(['%Y-%m-%d.csv', '%Y-%m.csv', 'all.csv'])('gives the bytes of a merge: %s', async (out) => {
    const job = jobOf(out);
    const plain = mkdtempSync(join(DISK, 'why403-plain-'));
    try {
      const merging: PartitionStore = { ...diskPartitions(plain) };
      delete merging.extend;
      await runExport(job, portsOf(plain, job, { partitions: merging }));
      let extended = 0;
      const disk = diskPartitions(root);
      const counting: PartitionStore = {
        ...disk,
        extend: async (...given) => {
          const mark = await disk.extend?.(...given);
          if (mark !== undefined) extended += 1;
          return mark;
        },
      };
      await runExport(job, portsOf(root, job, { partitions: counting }));
      // In a file that holds the newest hour already, what is older goes before it.
      expect(extended > 0).toBe(out.includes('%d'));
      expect(files(root)).toEqual(files(plain));
    } finally {
      rmSync(plain, { recursive: true });
    }
  });

  it('leaves a file alone that somebody has written to since', async () => {
    const disk = diskPartitions(root);
    const text = async function* (): AsyncGenerator<string> {
      yield await Promise.resolve('a\n');
    };
    const mark = await disk.replace('x.csv', text(), () => true);
    appendFileSync(join(root, 'x.csv'), 'theirs\n');
    expect(await disk.extend?.('x.csv', mark ?? '', 'b\n')).toBeUndefined();
    expect(readFileSync(join(root, 'x.csv'), 'utf8')).toBe('a\ntheirs\n');
    const again = await disk.replace('x.csv', text(), () => true);
    expect(await disk.extend?.('x.csv', again ?? '', 'b\n')).toBeTypeOf('string');
    expect(readFileSync(join(root, 'x.csv'), 'utf8')).toBe('a\nb\n');
  });
});
