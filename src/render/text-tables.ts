/** Tables and blocks on a terminal: columns where there is room, one under the other where there is none. */
import type { Report } from '../core/index.ts';
import { columnsOf, indented, wrapped } from './layout.ts';
import { leastPrivilegeBlocks, tablesOf, type Block, type Table } from './tables.ts';
import type { View } from './view.ts';

/** Each with its title; a list of lines apiece. */
export function tableBlocks(report: Report, view: View): string[][] {
  return tablesOf(report).map((table) => [view.paint.bold(table.title), ...tableLines(table, view)]);
}

export function leastBlocks(report: Report, view: View): string[][] {
  return leastPrivilegeBlocks(report).map((block) => [
    view.paint.bold(block.title),
    ...blockLines(block, view),
  ]);
}

const GAP = '  ';
/** Below this `wrapped` makes no column. */
const NARROWEST = 20;

function tableLines({ columns, rows }: Table, { width, paint }: View): string[] {
  const natural = columns.map((_, i) =>
    Math.max(...[columns, ...rows].map((row) => columnsOf(row[i] ?? ''))),
  );
  const least = columns.map((_, i) => Math.min(natural[i] ?? 0, Math.max(NARROWEST, longestWord(rows, i))));
  const widths = fitting(natural, least, width - GAP.length * columns.length);
  if (widths === undefined) return rows.flatMap((row) => stacked(row, columns, width));
  const line = (row: readonly string[], brush = (text: string): string => text): string[] => {
    const cells = row.map((cell, i) => wrapped(cell, Math.max(NARROWEST, widths[i] ?? 0)));
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, at) =>
      cells
        .map((lines, i) => {
          const text = lines[at] ?? '';
          return `${GAP}${brush(text)}${' '.repeat(Math.max(0, (widths[i] ?? 0) - columnsOf(text)))}`;
        })
        .join('')
        .trimEnd(),
    );
  };
  return [...line(columns, paint.dim), ...rows.flatMap((row) => line(row))];
}

function longestWord(rows: Table['rows'], column: number): number {
  const words = rows.flatMap((row) => (row[column] ?? '').split(' '));
  return Math.max(0, ...words.map(columnsOf));
}

/** Takes from the columns that can give, the widest first, until all fit; undefined where they never will. */
function fitting(
  natural: readonly number[],
  least: readonly number[],
  room: number,
): readonly number[] | undefined {
  const widths = [...natural];
  for (let over = widths.reduce((sum, one) => sum + one, 0) - room; over > 0; over--) {
    const spare = widths.map((one, i) => (one > (least[i] ?? 0) ? one : 0));
    const widest = spare.indexOf(Math.max(...spare));
    if ((spare[widest] ?? 0) === 0) return undefined;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function stacked(row: readonly string[], columns: readonly string[], width: number): string[] {
  return row.flatMap((cell, i) =>
    cell === ''
      ? []
      : wrapped(i === 0 ? cell : `${columns[i] ?? ''}: ${cell}`, width, i === 0 ? '  ' : '      '),
  );
}

function blockLines({ lines, code }: Block, { width }: View): string[] {
  // Clicks come with their own indent, which shows what belongs together.
  const prose = lines.flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    return wrapped(line.trim(), width, `  ${indent}`, `  ${indent}  `);
  });
  return code ? [...prose, ...indented(code.text, '  ')] : prose;
}
