/** One line for each run, beside the archive: `.why403/runs.ndjson`, rotated by size. */
import { appendFile, open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '../core/index.ts';
import { STATE_FOLDER } from './partition-store.ts';
import { makeFolder } from './whole-file.ts';

const NAME = 'runs.ndjson';
const OLDER = 'runs.1.ndjson';
const MOST_BYTES = 1_000_000;

export type RunRecord = { readonly [key: string]: Json };

/**
 * Adds a run. The log is a convenience: a disk that can't take it never turns a good run into a bad one.
 * @returns whether it was written
 */
export async function logRun(root: string, record: RunRecord): Promise<boolean> {
  const folder = join(root, STATE_FOLDER);
  try {
    await makeFolder(folder);
    const path = join(folder, NAME);
    const size = (await stat(path).catch(() => undefined))?.size ?? 0;
    if (size > MOST_BYTES) await rename(path, join(folder, OLDER));
    // A line that a crash cut short must not swallow the next one.
    const gap = (await endsWithLine(path)) ? '' : '\n';
    await appendFile(path, `${gap}${JSON.stringify(record)}\n`);
    return true;
  } catch {
    return false;
  }
}

async function endsWithLine(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return true;
  try {
    const { size } = await file.stat();
    if (size === 0) return true;
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer.toString() === '\n';
  } finally {
    await file.close();
  }
}

/** The last runs, newest last; lines that a crash cut short are left out. */
export async function lastRuns(root: string, count: number): Promise<RunRecord[]> {
  const texts = await Promise.all(
    [OLDER, NAME].map((name) => readFile(join(root, STATE_FOLDER, name), 'utf8').catch(() => '')),
  );
  const out: RunRecord[] = [];
  for (const line of texts.join('').split('\n')) {
    try {
      const value = JSON.parse(line) as Json;
      if (value !== null && typeof value === 'object' && !Array.isArray(value)) out.push(value as RunRecord);
    } catch {
      continue;
    }
  }
  return out.slice(-count);
}
