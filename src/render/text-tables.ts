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

function tableLines({ columns, rows }: Table, { width, paint }: View): string[] {
  const widths = columns.map((_, i) => Math.max(...[columns, ...rows].map((row) => columnsOf(row[i] ?? ''))));
  const fixed = widths.slice(0, -1).reduce((sum, one) => sum + one + GAP.length, GAP.length);
  // The last column may be broken, but not into slivers.
  if (width - fixed < Math.min(24, widths.at(-1) ?? 0))
    return rows.flatMap((row) => stacked(row, columns, width));
  const line = (row: readonly string[], brush = (text: string): string => text): string[] => {
    const lead = row
      .slice(0, -1)
      .map((cell, i) => `${cell}${' '.repeat((widths[i] ?? 0) - columnsOf(cell))}${GAP}`)
      .join('');
    return wrapped(brush(row.at(-1) ?? ''), width, `${GAP}${brush(lead)}`, ' '.repeat(fixed));
  };
  return [...line(columns, paint.dim), ...rows.flatMap((row) => line(row))];
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
