/** The archive's CSV: RFC 4180, UTF-8, LF, header line. Written with csv-writer, read back by our own strict reader. */
import { createObjectCsvStringifier } from 'csv-writer';
import type { Line, RowFormat } from '../core/index.ts';
import { csvReader } from './rows-csv-read.ts';

const BATCH = 500;

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
  // csv-writer makes a blank line of an empty batch, so there is none.
  for (let i = 0; i < lines.length; i += BATCH) text += writeBatch(lines.slice(i, i + BATCH));
  return text;
}

function writeBatch(batch: readonly Line[]): string {
  const { plain, quoting } = stringifiers(batch[0]!.length);
  const text = plain.stringifyRecords(batch);
  if (!text.includes('\r')) return text;
  return batch
    .map((line) => (line.some((cell) => cell.includes('\r')) ? quoting : plain).stringifyRecords([line]))
    .join('');
}
