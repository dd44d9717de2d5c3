/** Rows as the dataset reads them, turned into lines as the archive keeps them. */
import type { Cell, Dataset, Line, Row } from '../core/index.ts';

/** Orders lines by the dataset's key, cell by cell and code unit by code unit: the same on every machine. */
export type Order = (a: Line, b: Line) => number;

export function keyOrder(dataset: Dataset): Order {
  const places = dataset.key.map((column) => dataset.columns.indexOf(column));
  return (a, b) => {
    for (const i of places) {
      if (a[i]! < b[i]!) return -1;
      if (a[i]! > b[i]!) return 1;
    }
    return 0;
  };
}

const RUN_BY_SPREADSHEETS = new Set(['=', '+', '-', '@', '\t', '\r']);

/** A text cell that a spreadsheet would run begins with `'`, so that it is text there too. */
export function defused(text: string): string {
  return RUN_BY_SPREADSHEETS.has(text.charAt(0)) ? `'${text}` : text;
}

/**
 * Sorted lines of rows.
 * @throws TypeError where two rows have one key, so that one would replace the other
 */
export function linesOf(dataset: Dataset, rows: readonly Row[]): Line[] {
  const text = new Set(dataset.textColumns);
  const plan = dataset.columns.map((column) => ({ column, text: text.has(column) }));
  const lines = rows.map((row) => plan.map((at) => cellOf(row[at.column], at.text)));
  const places = dataset.key.map((column) => dataset.columns.indexOf(column));
  const sorted = places.reduceRight(sortedBy, lines);
  for (let i = 1; i < sorted.length; i++) {
    const [before, line] = [sorted[i - 1]!, sorted[i]!];
    if (places.every((at) => before[at] === line[at]))
      throw new TypeError(
        `two rows have the same ${dataset.key.join(', ')}: ${places.map((at) => line[at]).join(', ')}`,
      );
  }
  return sorted;
}

/**
 * Lines by one column; what is equal keeps its order, so that sorting by the last column of a key first sorts by all.
 * A key has few values many times over: putting them into their places compares far less than sorting lines.
 */
function sortedBy(lines: Line[], at: number): Line[] {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const group = groups.get(line[at]!);
    if (group) group.push(line);
    else groups.set(line[at]!, [line]);
  }
  if (groups.size < 2) return lines;
  return [...groups.keys()].sort(byCodeUnits).flatMap((value) => groups.get(value)!);
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function cellOf(cell: Cell | undefined, text: boolean): string {
  if (cell === null || cell === undefined) return '';
  return text && typeof cell === 'string' ? defused(cell) : String(cell);
}
