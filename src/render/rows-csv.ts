/** The archive's CSV: RFC 4180, UTF-8, LF, header line. Written with csv-writer, read back by our own strict reader. */
import { createObjectCsvStringifier } from 'csv-writer';
import type { Line, RowFormat } from '../core/index.ts';
import { csvReader } from './rows-csv-read.ts';

/**
 * @param bom begins files with a byte order mark, for Excel
 */
export function csvFormat({ bom = false }: { bom?: boolean } = {}): RowFormat {
  return {
    header: (columns) =>
      (bom ? '\uFEFF' : '') + stringifiers(columns.length).plain.stringifyRecords([columns]),
    write: (lines) => write(lines),
    reader: (columns) => csvReader(columns),
  };
}

interface Stringifiers {
  plain: { stringifyRecords(records: Iterable<Line>): string };
  /** csv-writer leaves a lone CR unquoted, which RFC 4180 readers take for a line end; it is told to quote the line. */
  quoting: { stringifyRecords(records: Iterable<Line>): string };
}

const made = new Map<number, Stringifiers>();

// Columns are addressed by index, so that no column name can meet Object.prototype.
function stringifiers(width: number): Stringifiers {
  let found = made.get(width);
  if (!found) {
    const header = Array.from({ length: width }, (_, i) => ({ id: String(i), title: String(i) }));
    found = {
      plain: createObjectCsvStringifier<Line>({ header }),
      quoting: createObjectCsvStringifier<Line>({ header, alwaysQuote: true }),
    };
    made.set(width, found);
  }
  return found;
}

function write(lines: readonly Line[]): string {
  let text = '';
  for (const line of lines) {
    const joined = line.join(',');
    text += isPlain(joined, line.length - 1) ? `${joined}\n` : writeOne(line);
  }
  return text;
}

const [LF, CR, QUOTE, COMMA] = [0x0a, 0x0d, 0x22, 0x2c];

/** No cell needs quotes: then csv-writer would only join them, as most lines are, and it takes its time. */
function isPlain(joined: string, commas: number): boolean {
  let left = commas;
  for (let i = 0; i < joined.length; i++) {
    const code = joined.charCodeAt(i);
    if (code === COMMA) left -= 1;
    else if (code === QUOTE || code === LF || code === CR) return false;
  }
  return left === 0;
}

function writeOne(line: Line): string {
  const { plain, quoting } = stringifiers(line.length);
  return (line.some((cell) => cell.includes('\r')) ? quoting : plain).stringifyRecords([line]);
}
