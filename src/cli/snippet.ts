/** `--snippet LANGUAGE`: the request that would have worked, as a program, instead of the report. */
import type { Argv } from 'yargs';
import { rightRequest } from '../checks/right-request.ts';
import { exitOf, Failure, type Report, type Scene } from '../core/index.ts';
import { SNIPPET_LANGUAGES, snippet, type SnippetLanguage } from '../render/snippets/index.ts';
import { shortReport, type View } from '../render/index.ts';
import { formatOf, writeDocument, type OutputArgs } from './output.ts';
import type { Terminal } from './terminal.ts';

export interface SnippetArgs extends OutputArgs {
  readonly snippet?: SnippetLanguage;
}

export function addSnippetOption(yargs: Argv): Argv {
  return yargs.option('snippet', {
    choices: SNIPPET_LANGUAGES,
    requiresArg: true,
    describe:
      'print the request that would have worked, as a program in this language, instead of the report',
    group: 'Output:',
  });
}

/** Throws where a report in a format is asked for as well. */
export function checkSnippet(args: SnippetArgs): void {
  if (args.snippet === undefined) return;
  if (formatOf(args) === 'text' && !args.short) return;
  throw new Failure(
    'usage',
    '--snippet prints a program, and --format, --json and --short ask for a report',
    'give one of them; the report says the cause, the snippet what to send',
  );
}

/**
 * Prints the program to stdout (or `--output`) and the verdict in one line to stderr.
 * @returns the exit code of the report
 */
export async function emitSnippet(
  language: SnippetLanguage,
  report: Report,
  scene: Scene,
  args: SnippetArgs,
  view: Pick<View, 'about'>,
  terminal: Terminal,
): Promise<number> {
  const right = rightRequest(
    scene,
    report.verdict.candidates.map(({ code }) => code),
  );
  const [verdict = ''] = shortReport(report, view).split('\n');
  await writeDocument(snippet(language, { ...right, notes: [verdict, ...right.notes] }), args, terminal);
  if (!args.quiet) terminal.err(`${verdict}\n`);
  return exitOf(report, args.failOn);
}
