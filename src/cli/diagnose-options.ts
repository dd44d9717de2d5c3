/** The flags of `diagnose`. */
import type { Argv } from 'yargs';
import { Failure, visibleLine } from '../core/index.ts';
import { DATASETS } from '../datasets/index.ts';
import type { ProbeLevel } from '../diagnose/index.ts';
import { addOutputOptions } from './output.ts';
import { addSmokeOptions, type SmokeArgs } from './smoke-options.ts';
import { addSecondClientOptions, type SecondClientArgs } from './second-client.ts';
import { addSettingsOptions, type SettingsArgs } from './settings.ts';
import { addSnippetOption, type SnippetArgs } from './snippet.ts';

export interface DiagnoseArgs extends SettingsArgs, SnippetArgs, SecondClientArgs, SmokeArgs {
  readonly offline?: boolean;
  readonly record?: string;
  readonly replay?: string;
  readonly send?: boolean;
  readonly body?: string;
  readonly dataset?: string;
  readonly endpoints?: string | readonly string[];
  readonly leastPrivilege?: boolean;
  readonly probe?: string | readonly string[];
}

export function diagnoseOptions(yargs: Argv): Argv {
  addSnippetOption(addOutputOptions(addSettingsOptions(yargs)))
    .option('endpoints', {
      type: 'string',
      requiresArg: true,
      describe: "a FILE with one 'METHOD PATH' a line; # begins a comment",
      group: 'Where:',
    })
    .option('dataset', {
      choices: DATASETS,
      describe: 'check what this export needs (default: queue-hourly)',
      group: 'Where:',
    })
    .option('send', {
      type: 'boolean',
      describe: 'send the endpoint even if that could change something',
      group: 'How:',
    })
    .option('body', {
      type: 'string',
      requiresArg: true,
      describe: 'a JSON FILE to send with --send',
      group: 'How:',
    })
    .option('least-privilege', {
      type: 'boolean',
      describe: 'add the smallest role for these endpoints, and what the client holds beyond it',
      group: 'How:',
    })
    .option('offline', {
      type: 'boolean',
      describe: 'only what can be judged without asking anybody',
      group: 'How:',
    })
    .option('record', {
      type: 'string',
      requiresArg: true,
      describe: 'write what was seen to DIR; safe to paste',
      group: 'How:',
    })
    .option('replay', {
      type: 'string',
      requiresArg: true,
      describe: 'judge what --record wrote to DIR',
      group: 'How:',
    })
    .option('probe', {
      type: 'string',
      describe:
        'repeat a refused token request with one thing changed; =lockout-risk: also what may count as a wrong secret',
      group: 'To tell causes apart:',
    });
  return addSmokeOptions(addSecondClientOptions(yargs));
}

const WITH_ROLES = ['text', 'json', 'markdown', 'html'];

/** @throws Failure `usage` where the format has no place for a role */
export function checkLeastPrivilege({ leastPrivilege, short }: DiagnoseArgs, format: string): void {
  if (!leastPrivilege || (WITH_ROLES.includes(format) && !short)) return;
  throw new Failure(
    'usage',
    `--least-privilege has no place in ${short ? '--short' : `--format ${format}`}`,
    `--format ${WITH_ROLES.join(', ')}`,
  );
}

/**
 * What `--probe` allows; undefined where it was not given.
 * @throws Failure `usage` for another value, or where nobody may be asked
 */
export function probeLevel({ probe, offline, replay }: DiagnoseArgs): ProbeLevel | undefined {
  if (probe === undefined) return undefined;
  if (offline || replay !== undefined) {
    throw new Failure(
      'usage',
      `--probe sends requests, and ${offline ? '--offline' : '--replay'} asks nobody`,
      'give one of them',
    );
  }
  if (probe === '') return 'safe';
  if (probe === 'lockout-risk') return 'lockout-risk';
  throw new Failure(
    'usage',
    `--probe ${visibleLine(typeof probe === 'string' ? probe : 'twice')} is not known`,
    '--probe, or --probe=lockout-risk',
  );
}
