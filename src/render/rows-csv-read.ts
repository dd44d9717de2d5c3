/**
 * Reads our own CSV back. Strict on purpose: a file that an editor or a spreadsheet has changed must be noticed
 * before it is rewritten, not guessed at.
 */
import { Unreadable } from '../core/index.ts';
import type { Line } from '../core/index.ts';

/** @param columns what the header must say */
export function csvReader(columns: readonly string[]): { push(text: string): Line[]; end(): Line[] } {
  let rest = '';
  let scanned = 0;
  let inQuotes = false;
  let lineNumber = 1;
  let header = true;

  function take(record: string): Line | undefined {
    const at = lineNumber;
    lineNumber += 1 + (record.includes('\n') ? record.split('\n').length - 1 : 0);
    const cells = cellsOf(record, at);
    if (header) {
      header = false;
      checkHeader(cells, columns);
      return undefined;
    }
    if (cells.length !== columns.length)
      throw new Unreadable(`line ${at} has ${cells.length} cells where the header has ${columns.length}`);
    return cells;
  }

  return {
    push(text) {
      rest += text;
      const out: Line[] = [];
      let start = 0;
      for (;;) {
        const end = inQuotes ? -1 : rest.indexOf('\n', scanned);
        const quote = rest.indexOf('"', scanned);
        if (quote !== -1 && (end === -1 || quote < end)) {
          inQuotes = !inQuotes;
          scanned = quote + 1;
          continue;
        }
        if (end === -1) break;
        const line = take(rest.slice(start, end));
        if (line) out.push(line);
        start = scanned = end + 1;
      }
      rest = rest.slice(start);
      scanned = rest.length;
      return out;
    },
    end() {
      if (inQuotes)
        throw new Unreadable(`a quoted cell that begins on or after line ${lineNumber} does not end`);
      if (rest !== '') throw new Unreadable(`the last line, ${lineNumber}, has no line end`);
      if (header) throw new Unreadable('it is empty, without a header line');
      return [];
    },
  };
}

function checkHeader(cells: Line, columns: readonly string[]): void {
  const [first = '', ...others] = cells;
  const found = [first.replace(/^\uFEFF/, ''), ...others];
  if (found.length === columns.length && found.every((name, i) => name === columns[i])) return;
  const extra = found.filter((name) => !columns.includes(name));
  const missing = columns.filter((name) => !found.includes(name));
  const what = [
    extra.length > 0
      ? `has ${extra.length === 1 ? 'the extra column' : 'the extra columns'} ${extra.join(', ')}`
      : '',
    missing.length > 0 ? `lacks ${missing.join(', ')}` : '',
  ].filter((part) => part !== '');
  throw new Unreadable(`its header ${what.join(' and ') || 'has the columns in another order'}`);
}

function cellsOf(record: string, at: number): Line {
  if (!record.includes('"')) {
    if (record.endsWith('\r')) throw new Unreadable(`line ${at} ends with CR LF, as a spreadsheet saves it`);
    if (record.includes('\r')) throw new Unreadable(`line ${at} holds a bare carriage return`);
    return record.split(',');
  }
  const cells: string[] = [];
  let i = 0;
  for (;;) {
    if (record[i] === '"') {
      let cell = '';
      let from = i + 1;
      for (;;) {
        const quote = record.indexOf('"', from);
        if (quote === -1) throw new Unreadable(`line ${at} has a quote that does not end`);
        cell += record.slice(from, quote);
        if (record[quote + 1] !== '"') {
          i = quote + 1;
          break;
        }
        cell += '"';
        from = quote + 2;
      }
      cells.push(cell);
    } else {
      const comma = record.indexOf(',', i);
      const end = comma === -1 ? record.length : comma;
      const cell = record.slice(i, end);
      if (cell.includes('"')) throw new Unreadable(`line ${at} has a quote inside an unquoted cell`);
      if (cell.includes('\r')) throw new Unreadable(`line ${at} ends with CR LF, as a spreadsheet saves it`);
      cells.push(cell);
      i = end;
    }
    if (i === record.length) return cells;
    if (record[i] !== ',')
      throw new Unreadable(
        record[i] === '\r'
          ? `line ${at} ends with CR LF, as a spreadsheet saves it`
          : `line ${at} has text after a closing quote`,
      );
    i += 1;
  }
}
