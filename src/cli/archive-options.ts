/** Which archive is meant: the options that `export`, `status` and `schedule` share. */
import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { Failure } from '../core/index.ts';
import type { Dataset, RowFormat } from '../core/index.ts';
import { DATASETS, shaped } from '../datasets/index.ts';
import { parsePattern } from '../export/pattern.ts';
import type { Pattern } from '../export/pattern.ts';
import { rowsBy } from '../render/rows.ts';
import { addShapeOptions, outOf, shapeOf } from './archive-shape.ts';
import type { ShapeArgs } from './archive-shape.ts';
import { datasetNamed } from './hours.ts';
import { nearestWords } from './parse.ts';
import { single } from './settings-options.ts';
import type { Terminal } from './terminal.ts';

export interface ArchiveArgs extends ShapeArgs {
  readonly dataset?: string;
  readonly out?: string;
  readonly settle?: string;
  readonly bom?: boolean;
}

export const DEFAULT_OUT = 'queue-stats/%Y-%m-%d.csv';

export function addArchiveOptions(yargs: Argv): Argv {
  return addShapeOptions(yargs)
    .option('dataset', {
      type: 'string',
      requiresArg: true,
      describe: `${DATASETS.join(', ')}, or a FILE.json of your own (default: ${DATASETS[0]})`,
      group: 'Archive:',
    })
    .option('out', {
      type: 'string',
      requiresArg: true,
      describe: `path with %Y %m %d %H in UTC, ending in .csv or .ndjson, with .gz compressed (default: ${DEFAULT_OUT}, a file a day)`,
      group: 'Archive:',
    })
    .option('settle', {
      type: 'string',
      requiresArg: true,
      describe: 'how long after its end an hour is fetched (default: 10m)',
      group: 'Archive:',
    });
}

export interface Archive {
  readonly dataset: Dataset;
  readonly pattern: Pattern;
  /** Absolute. */
  readonly root: string;
  readonly format: RowFormat;
}

/** @throws Failure `usage` or `config` (exit 2) */
export async function archiveOf(args: ArchiveArgs, terminal: Terminal): Promise<Archive> {
  const { cwd } = terminal;
  const named = await datasetNamed(single(args.dataset, '--dataset') ?? DATASETS[0]!, terminal);
  const separators = process.platform === 'win32' ? /[\\/]/ : /\//;
  const pattern = parsePattern(outOf(args, named), separators);
  if (named.kind === 'table' && pattern.file !== 'everything')
    throw new Failure(
      'usage',
      `dataset ${named.id} is one table, and --out ${pattern.text} names a file for each ${pattern.file}`,
      `a file without %: --out ${named.id}.csv`,
    );
  const wanted = shaped(named, shapeOf(args), nearestWords);
  const { format, dataset } = rowsBy(pattern.extension, wanted, { bom: args.bom ?? false });
  return { dataset, pattern, root: resolve(cwd, pattern.root === '' ? '.' : pattern.root), format };
}
