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

/** A text cell that a spreadsheet would run begins with `'`, so that it is text there too. */
export function defused(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/**
 * Sorted lines of rows.
 * @throws TypeError where two rows have one key, so that one would replace the other
 */
export function linesOf(dataset: Dataset, rows: readonly Row[]): Line[] {
  const text = new Set(dataset.textColumns);
  const plan = dataset.columns.map((column) => ({ column, text: text.has(column) }));
  const lines = rows.map((row) => plan.map((at) => cellOf(row[at.column], at.text)));
  const order = keyOrder(dataset);
  lines.sort(order);
  for (let i = 1; i < lines.length; i++) {
    if (order(lines[i - 1]!, lines[i]!) === 0)
      throw new TypeError(
        `two rows have the same ${dataset.key.join(', ')}: ${dataset.key.map((k) => lines[i]![dataset.columns.indexOf(k)]).join(', ')}`,
      );
  }
  return lines;
}

function cellOf(cell: Cell | undefined, text: boolean): string {
  if (cell === null || cell === undefined) return '';
  return text && typeof cell === 'string' ? defused(cell) : String(cell);
}
