/** How an archive's rows are written, by the ending of its files. */
import { Failure } from '../core/index.ts';
import type { Dataset, RowFormat } from '../core/index.ts';
import { csvFormat } from './rows-csv.ts';
import { ndjsonFormat } from './rows-ndjson.ts';

/**
 * `.ndjson` and `.jsonl` are newline-delimited JSON, all else is CSV; `.gz` behind it compresses either.
 * @param extension of the pattern, with its dot
 * @returns the format, and the dataset as this format needs it: only a spreadsheet runs cells
 * @throws Failure `usage` for a byte order mark before JSON
 */
export function rowsBy(
  extension: string,
  dataset: Dataset,
  { bom = false }: { bom?: boolean } = {},
): { format: RowFormat; dataset: Dataset } {
  if (!/^\.(ndjson|jsonl)(\.gz)?$/i.test(extension)) return { format: csvFormat({ bom }), dataset };
  if (bom) throw new Failure('usage', '--bom is for CSV, and --out names JSON', 'leave --bom out');
  return {
    format: ndjsonFormat(dataset.columns, dataset.textColumns),
    dataset: { ...dataset, textColumns: [] },
  };
}
