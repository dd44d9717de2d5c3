/** Where a report goes, in which format, and which exit code it means. The same for `diagnose` and `explain`. */
import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { exitOf, Failure, type Report } from '../core/index.ts';
import { whyUnread, writeGiven } from '../io/given-file.ts';
import {
  formats,
  githubSummary,
  plain,
  shortReport,
  type Paint,
  type Renderer,
  type View,
} from '../render/index.ts';
import type { Terminal } from './terminal.ts';
import { wantsJson } from './text-or-json.ts';

export interface OutputArgs {
  readonly format?: string;
  readonly json?: boolean;
  readonly output?: string;
  readonly also?: string | readonly string[];
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly short?: boolean;
  readonly failOn?: 'error' | 'warning';
}

export function addOutputOptions(yargs: Argv): Argv {
  return yargs
    .option('format', {
      choices: [...formats.keys()],
      requiresArg: true,
      describe: 'how to print the report (default: text)',
      group: 'Output:',
    })
    .option('json', { type: 'boolean', describe: 'short for --format json', group: 'Output:' })
    .option('output', {
      type: 'string',
      requiresArg: true,
      describe: 'write the report to FILE instead',
      group: 'Output:',
    })
    .option('also', {
      type: 'string',
      requiresArg: true,
      describe: 'FORMAT=FILE: the same report in another format as well; repeatable',
      group: 'Output:',
    })
    .option('short', { type: 'boolean', describe: 'one line, fit for a chat message', group: 'Output:' })
    .option('quiet', {
      alias: 'q',
      type: 'boolean',
      describe: 'print nothing when all is well',
      group: 'Output:',
    })
    .option('verbose', {
      alias: 'v',
      type: 'boolean',
      describe: 'say where each setting came from; all references',
      group: 'Output:',
    })
    .option('fail-on', {
      choices: ['error', 'warning'] as const,
      describe: 'what makes the exit code 1 (default: error)',
      group: 'Output:',
    });
}

/** As the name of a file: standard output. */
export const STDOUT = '-';

/** The format asked for. Throws where two options ask for different ones. */
export function formatOf(args: OutputArgs): string {
  const asked = wantsJson(args) ? 'json' : (args.format ?? 'text');
  if (args.short && asked !== 'text') {
    throw new Failure('usage', `--short and --format ${asked} ask for two formats`, 'give one of them');
  }
  return asked;
}

/** The further documents asked for. Throws `usage` for what is not `FORMAT=FILE`. */
export function alsoOf({ also }: OutputArgs): readonly (readonly [Renderer, file: string])[] {
  return (also === undefined ? [] : typeof also === 'string' ? [also] : also).map((word) => {
    const [format = '', ...rest] = word.split('=');
    const file = rest.join('=');
    if (file === STDOUT)
      throw new Failure(
        'usage',
        '--also writes files, and - is standard output',
        `--format ${format} for standard output, with --also for the others`,
      );
    if (file !== '') return [rendererOf(format), file] as const;
    throw new Failure('usage', '--also needs a format and a file', 'e.g. --also junit=why403.xml');
  });
}

/** Colours for stdout, where it takes them. */
export async function paintFor(terminal: Terminal): Promise<Paint> {
  if (!terminal.color) return plain;
  const { Chalk } = await import('chalk');
  const { bold, dim, underline, red, green, yellow, cyan } = new Chalk({ level: 1 });
  return { bold, dim, underline, red, green, yellow, cyan };
}

/**
 * Prints a report.
 * @returns the exit code, the same in every format
 */
export async function emitReport(
  report: Report,
  args: OutputArgs,
  view: Omit<View, 'paint' | 'width'>,
  terminal: Terminal,
): Promise<number> {
  const format = formatOf(args);
  const others = alsoOf(args);
  const exit = exitOf(report, args.failOn);
  const toFile = args.output !== undefined && args.output !== STDOUT;
  const whole: View = {
    ...view,
    paint: toFile ? plain : await paintFor(terminal),
    width: toFile ? 80 : terminal.columns,
    verbose: args.verbose ?? false,
    failOn: args.failOn ?? 'error',
  };
  const text = args.short ? shortReport(report, whole) : rendererOf(format).render(report, whole);
  for (const [renderer, file] of others) {
    const inFile = renderer.render(report, { ...whole, paint: plain, width: 80 });
    await writeDocument(inFile, { output: file }, terminal, '--also');
  }
  if (args.output !== undefined) await writeDocument(text, args, terminal);
  else if (!(args.quiet && exit === 0 && format === 'text')) terminal.out(text);
  const summary = terminal.env['GITHUB_STEP_SUMMARY'];
  if (format === 'github' && summary) appendFileSync(summary, githubSummary(report, whole));
  return exit;
}

function rendererOf(format: string): Renderer {
  const renderer = formats.get(format);
  if (renderer) return renderer;
  throw new Failure(
    'usage',
    `--format ${format} is not a format`,
    `one of ${[...formats.keys()].join(', ')}`,
  );
}

/** Puts a document where it was asked for: into the file of `--output`, else (or for `-`) on stdout. */
export async function writeDocument(
  text: string,
  { output }: OutputArgs,
  terminal: Terminal,
  flag = '--output',
): Promise<void> {
  if (output === undefined || output === STDOUT) {
    terminal.out(text);
    return;
  }
  const file = resolve(terminal.cwd, output);
  try {
    await writeGiven(file, text, terminal);
  } catch (error) {
    throw new Failure(
      'usage',
      `${flag} ${file} can not be written (${whyUnread(error)})`,
      'name a file in a folder that exists',
    );
  }
}
