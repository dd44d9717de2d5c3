/** Which archive is meant: the options that `export`, `status` and `schedule` share. */
import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import type { Dataset } from '../core/index.ts';
import { DATASETS } from '../datasets/index.ts';
import { parsePattern } from '../export/pattern.ts';
import type { Pattern } from '../export/pattern.ts';
import { datasetNamed } from './hours.ts';
import { single } from './settings-options.ts';

export interface ArchiveArgs {
  readonly dataset?: string;
  readonly out?: string;
  readonly settle?: string;
}

export const DEFAULT_OUT = 'queue-stats/%Y-%m-%d.csv';

export function addArchiveOptions(yargs: Argv): Argv {
  return yargs
    .option('dataset', {
      type: 'string',
      requiresArg: true,
      describe: `${DATASETS.join(', ')}, or a FILE.json of your own (default: ${DATASETS[0]})`,
      group: 'Archive:',
    })
    .option('out', {
      type: 'string',
      requiresArg: true,
      describe: `path with %Y %m %d %H in UTC (default: ${DEFAULT_OUT}, a file a day)`,
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
}

/** @throws Failure `usage` or `config` (exit 2) */
export function archiveOf(args: ArchiveArgs, cwd: string): Archive {
  const dataset = datasetNamed(single(args.dataset, '--dataset') ?? DATASETS[0]!, cwd);
  const separators = process.platform === 'win32' ? /[\\/]/ : /\//;
  const pattern = parsePattern(single(args.out, '--out') ?? DEFAULT_OUT, separators);
  return { dataset, pattern, root: resolve(cwd, pattern.root === '' ? '.' : pattern.root) };
}
