/** The archive as newline-delimited JSON: an object a row, numbers as the API gave them, null for an empty number. */
import { Unreadable } from '../core/index.ts';
import type { Line, RowFormat } from '../core/index.ts';

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** @param textColumns cells that are never numbers, whatever they look like */
export function ndjsonFormat(columns: readonly string[], textColumns: readonly string[]): RowFormat {
  const text = columns.map((name) => textColumns.includes(name));
  const keys = columns.map((name) => JSON.stringify(name));
  const value = (cell: string, i: number): string => {
    if (text[i]) return JSON.stringify(cell);
    if (cell === '') return 'null';
    return NUMBER.test(cell) ? cell : JSON.stringify(cell);
  };
  return {
    header: () => '',
    write: (lines) =>
      lines.map((line) => `{${line.map((cell, i) => `${keys[i]}:${value(cell, i)}`).join(',')}}\n`).join(''),
    reader: () => reader(columns),
  };
}

function reader(columns: readonly string[]): { push(text: string): Line[]; end(): Line[] } {
  let rest = '';
  let number = 0;
  const take = (line: string): Line => {
    number += 1;
    if (line.endsWith('\r')) throw new Unreadable(`line ${number} ends with CR LF`);
    let object: unknown;
    try {
      object = JSON.parse(line);
    } catch {
      throw new Unreadable(`line ${number} is no JSON`);
    }
    if (object === null || typeof object !== 'object' || Array.isArray(object))
      throw new Unreadable(`line ${number} is no JSON object`);
    const names = Object.keys(object);
    if (names.length !== columns.length || names.some((name, i) => name !== columns[i]))
      throw new Unreadable(`line ${number} has the fields ${names.join(', ')}, not those of this archive`);
    const cells = Object.values(object) as unknown[];
    return cells.map((cell, i) => {
      if (cell === null) return '';
      if (typeof cell === 'string') return cell;
      if (typeof cell === 'number') return String(cell);
      throw new Unreadable(`line ${number} has a ${columns[i]} that is neither a text nor a number`);
    });
  };
  return {
    push(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      return lines.map(take);
    },
    end() {
      if (rest !== '') throw new Unreadable(`the last line, ${number + 1}, has no line end`);
      return [];
    },
  };
}
