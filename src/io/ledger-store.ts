/** The state beside the archive: `.why403/`, a folder for each dataset and pattern. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure, hourOf } from '../core/index.ts';
import type { Json, Ledger, LedgerStore } from '../core/index.ts';
import { STATE_FOLDER } from './partition-store.ts';
import { diskFailure, replaceFile, sweepFolder } from './whole-file.ts';

/** The folder that holds ledger, names and lock of one archive. */
export function stateFolder(root: string, dataset: string, tail: string): string {
  const mark = createHash('sha256').update(tail).digest('hex').slice(0, 8);
  return join(root, STATE_FOLDER, `${dataset}-${mark}`);
}

/** Names an access (API host and client id) in the ledger without telling them. */
export function accessMark(apiUrl: string, clientId: string): string {
  return createHash('sha256')
    .update(`${new URL(apiUrl).host}\n${clientId}`)
    .digest('hex')
    .slice(0, 16);
}

/** @param folder as `stateFolder` gives it */
export function diskLedgers(folder: string): LedgerStore {
  const ledgerFile = join(folder, 'ledger.json');
  const namesFile = join(folder, 'names.json');
  let saved = '';
  let savedNames = '';
  return {
    place: ledgerFile,
    async load() {
      await sweepFolder(folder);
      const text = await read(ledgerFile);
      const value = text === undefined ? undefined : parsed(text);
      if (text === undefined || value === undefined) return 'missing';
      const ledger = checked(value, ledgerFile);
      saved = text;
      return ledger;
    },
    async save(ledger) {
      const text = `${JSON.stringify(ledger, null, 1)}\n`;
      if (text === saved) return;
      await replaceFile(ledgerFile, [text]);
      saved = text;
    },
    async loadNames() {
      const text = await read(namesFile);
      const value = text === undefined ? undefined : parsed(text);
      savedNames = text ?? '';
      return new Map(
        Object.entries(isRecord(value) ? value : {}).filter(
          (e): e is [string, string] => typeof e[1] === 'string',
        ),
      );
    },
    async saveNames(names) {
      const sorted = [...names].sort(([a], [b]) => (a < b ? -1 : 1));
      if (sorted.length === 0) return;
      const text = `${JSON.stringify(Object.fromEntries(sorted), null, 1)}\n`;
      if (text === savedNames) return;
      await replaceFile(namesFile, [text]);
      savedNames = text;
    },
  };
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    if (code === 'ENOENT') return undefined;
    throw diskFailure(path, code, 'read');
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // A power cut on a disk that lies about fsync; the archive itself tells what it holds.
    return undefined;
  }
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A day that no calendar has would be an hour that never comes. */
function isHour(at: Json | undefined): boolean {
  return typeof at === 'string' && !Number.isNaN(Date.parse(at)) && hourOf(Date.parse(at)) === at;
}

function checked(value: Json, place: string): Ledger {
  const refuse = (what: string, todo: string): Failure =>
    new Failure('config', `${place} ${what}. Nothing was changed.`, todo);
  const away = 'Move it away if it is not needed; the ledger is then made anew from the archive.';
  if (!isRecord(value) || !('schema' in value)) throw refuse('is no ledger of this program', away);
  if (typeof value['schema'] === 'number' && value['schema'] > 1)
    throw refuse(
      `was written by a newer version of this program (schema ${value['schema']})`,
      'Use that version, or another --out.',
    );
  const { start, done, columns } = value;
  const fits =
    value['schema'] === 1 &&
    typeof value['dataset'] === 'string' &&
    typeof value['pattern'] === 'string' &&
    Array.isArray(columns) &&
    Array.isArray(done) &&
    (done as readonly Json[]).every(isRecord);
  if (!fits) throw refuse('is no ledger of this program', away);
  const windows = done as readonly { readonly [key: string]: Json }[];
  const hours = [start, ...windows.flatMap((w) => [w['from'], w['to']])];
  const odd = hours.findIndex((at) => !isHour(at));
  if (odd !== -1)
    throw refuse(
      `holds ${JSON.stringify(hours[odd] ?? null).slice(0, 60)} where an hour like 2026-11-23T09:00:00Z should stand`,
      away,
    );
  return value as unknown as Ledger;
}
