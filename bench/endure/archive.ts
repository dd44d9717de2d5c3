/**
 * An archive as a stranger reads it: its own CSV reader and its own idea of every cell, taken from the sandbox's truth.
 * Nothing here comes from the export, so that it can't agree with its mistakes.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TruthRow } from '../../src/sandbox/aggregates.ts';

/** The contract's columns, in its order; the fields of a metric behind those that hold a number. */
const COLUMNS: readonly (readonly [
  name: string,
  metric?: string,
  field?: 'count' | 'sum' | 'max' | 'numerator' | 'denominator' | 'ratio' | 'target',
])[] = [
  ['interval_start'],
  ['interval_end'],
  ['queue_id'],
  ['queue_name'],
  ['media_type'],
  ['offered', 'nOffered', 'count'],
  ['answered', 'tAnswered', 'count'],
  ['abandoned', 'tAbandon', 'count'],
  ['short_abandoned', 'tShortAbandon', 'count'],
  ['flow_out', 'tFlowOut', 'count'],
  ['transferred', 'nTransferred', 'count'],
  ['over_sla', 'nOverSla', 'count'],
  ['service_level_numerator', 'oServiceLevel', 'numerator'],
  ['service_level_denominator', 'oServiceLevel', 'denominator'],
  ['service_level_ratio', 'oServiceLevel', 'ratio'],
  ['service_level_target', 'oServiceLevel', 'target'],
  ['wait_ms_sum', 'tWait', 'sum'],
  ['wait_ms_max', 'tWait', 'max'],
  ['answer_ms_sum', 'tAnswered', 'sum'],
  ['answer_ms_max', 'tAnswered', 'max'],
  ['abandon_ms_sum', 'tAbandon', 'sum'],
  ['talk_count', 'tTalkComplete', 'count'],
  ['talk_ms_sum', 'tTalkComplete', 'sum'],
  ['held_count', 'tHeldComplete', 'count'],
  ['held_ms_sum', 'tHeldComplete', 'sum'],
  ['acw_count', 'tAcw', 'count'],
  ['acw_ms_sum', 'tAcw', 'sum'],
  ['handle_count', 'tHandle', 'count'],
  ['handle_ms_sum', 'tHandle', 'sum'],
  ['handle_ms_max', 'tHandle', 'max'],
];

const HEADER = COLUMNS.map(([name]) => name).join(',');
const NAME = 3;

export interface Row {
  /** Hour, queue and medium. */
  readonly key: string;
  readonly cells: readonly string[];
}

/** A visible file that is not whole. */
export class NotWhole extends Error {}

/**
 * All rows of a file's text.
 * @throws NotWhole where the header is another, a row is cut, rows are unsorted or one is there twice
 */
export function rowsOf(text: string, file: string): Row[] {
  const wrong = (what: string): NotWhole => new NotWhole(`${file} ${what}`);
  if (!text.endsWith('\n')) throw wrong('does not end with a line end');
  const [header = '', ...records] = recordsOf(text, wrong);
  if (header !== HEADER) throw wrong('has another header');
  let last = '';
  return records.map((record, i) => {
    const cells = cellsOf(record);
    if (cells.length !== COLUMNS.length) throw wrong(`row ${i + 1} has ${cells.length} cells`);
    const key = keyOf(cells[0] ?? '', cells[2] ?? '', cells[4] ?? '');
    if (key <= last) throw wrong(`row ${i + 1} is unsorted or there twice: ${key}`);
    last = key;
    return { key, cells };
  });
}

function keyOf(hour: string, queue: string, media: string): string {
  return `${hour} ${queue} ${media}`;
}

function recordsOf(text: string, wrong: (what: string) => NotWhole): string[] {
  if (!text.includes('"')) return text.slice(0, -1).split('\n');
  const records: string[] = [];
  let open = false;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') open = !open;
    else if (text[i] === '\n' && !open) {
      records.push(text.slice(start, i));
      start = i + 1;
    }
  }
  if (open) throw wrong('ends within quotes');
  return records;
}

function cellsOf(record: string): string[] {
  if (!record.includes('"')) return record.split(',');
  const cells: string[] = [];
  for (const [, quoted, plain] of `${record},`.matchAll(/(?:"((?:[^"]|"")*)"|([^",]*)),/g))
    cells.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
  return cells;
}

/** The paths of all files that a reader may see: none that begins with a dot. */
export function visibleFiles(root: string, below = ''): string[] {
  let names: string[];
  try {
    names = readdirSync(join(root, below));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names
    .filter((name) => !name.startsWith('.'))
    .sort()
    .flatMap((name) => {
      const path = join(below, name);
      return statSync(join(root, path)).isDirectory() ? visibleFiles(root, path) : [path];
    });
}

/** A visible file is replaced between two looks, never changed: a look is its text at one moment. */
export function readVisible(root: string): Row[] {
  return visibleFiles(root).flatMap((path) => rowsOf(readFileSync(join(root, path), 'utf8'), path));
}

/** What a row of the truth should be in the archive, cell by cell. */
export function expectedRow({ hour, queueId, queueName, mediaType, metrics }: TruthRow): Row {
  const start = `${hour.slice(0, 19)}Z`;
  const end = `${new Date(Date.parse(hour) + 3_600_000).toISOString().slice(0, 19)}Z`;
  const name = /^[=+\-@\t\r]/.test(queueName) ? `'${queueName}` : queueName;
  const numbers = COLUMNS.slice(NAME + 2).map(([, metric = '', field = 'count']) => {
    const value = metrics[metric]?.[field];
    return value === undefined ? (field === 'count' ? '0' : '') : String(value);
  });
  return { key: keyOf(start, queueId, mediaType), cells: [start, end, queueId, name, mediaType, ...numbers] };
}

export type Truth = ReadonlyMap<string, readonly string[]>;

export function truthOf(rows: readonly TruthRow[]): Truth {
  return new Map(rows.map((row) => expectedRow(row)).map(({ key, cells }) => [key, cells]));
}

/**
 * The cells of the archive that are as they really were.
 * @param names whether the queue names must be today's too
 * @throws NotWhole at the first cell that differs, the first row too many or too few
 */
export function compare(rows: readonly Row[], truth: Truth, names = true): number {
  let cells = 0;
  for (const row of rows) {
    const wanted = truth.get(row.key);
    if (!wanted) throw new NotWhole(`${row.key} is in the archive and never happened`);
    for (const [i, cell] of row.cells.entries()) {
      if (cell !== wanted[i] && (names || i !== NAME))
        throw new NotWhole(`${row.key}: ${COLUMNS[i]?.[0]} is ${cell} and was ${wanted[i]}`);
      cells += 1;
    }
  }
  if (new Set(rows.map((row) => row.key)).size !== rows.length) throw new NotWhole('a row is there twice');
  if (rows.length === truth.size) return cells;
  const there = new Set(rows.map((row) => row.key));
  const lost = [...truth.keys()].filter((key) => !there.has(key));
  throw new NotWhole(`${lost.length} rows are missing, the first: ${lost[0]}`);
}
