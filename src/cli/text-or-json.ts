/** `--format text|json`, `--json` and `--quiet`, as every command without reports has them. */
import type { Argv } from 'yargs';
import { Failure } from '../core/index.ts';

export interface FormatArgs {
  readonly format?: 'text' | 'json';
  readonly json?: boolean;
}

/** @param describe what the formats are, where it is not plain */
export function addTextOrJson(yargs: Argv, describe = 'how to print (default: text)'): Argv {
  return yargs
    .option('format', { choices: ['text', 'json'] as const, requiresArg: true, describe, group: 'Output:' })
    .option('json', { type: 'boolean', describe: 'short for --format json', group: 'Output:' });
}

export function addQuiet(yargs: Argv, describe = 'print nothing when all is well'): Argv {
  return yargs.option('quiet', { alias: 'q', type: 'boolean', describe, group: 'Output:' });
}

/** @throws Failure `usage` where two options ask for different formats */
export function wantsJson({ json, format }: { readonly json?: boolean; readonly format?: string }): boolean {
  if (json && format !== undefined && format !== 'json') {
    throw new Failure('usage', `--json and --format ${format} ask for two formats`, 'give one of them');
  }
  return json === true || format === 'json';
}
