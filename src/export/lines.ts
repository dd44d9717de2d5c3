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
  const sorted = byFirst(lines, dataset.columns.indexOf(dataset.key[0] ?? '')).flatMap((some) =>
    some.sort(order),
  );
  for (let i = 1; i < sorted.length; i++) {
    if (order(sorted[i - 1]!, sorted[i]!) === 0)
      throw new TypeError(
        `two rows have the same ${dataset.key.join(', ')}: ${dataset.key.map((k) => sorted[i]![dataset.columns.indexOf(k)]).join(', ')}`,
      );
  }
  return sorted;
}

/** The lines of each hour, in the order of hours: sorting them hour by hour compares far less. */
function byFirst(lines: readonly Line[], at: number): Line[][] {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const group = groups.get(line[at]!);
    if (group) group.push(line);
    else groups.set(line[at]!, [line]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function cellOf(cell: Cell | undefined, text: boolean): string {
  if (cell === null || cell === undefined) return '';
  return text && typeof cell === 'string' ? defused(cell) : String(cell);
}
