/** `why403 view`: the archive in pictures, one self-contained page. Asks nobody. */
import type { Argv } from 'yargs';
import { archivePictures } from '../app/archive-view.ts';
import type { ArchivePictures } from '../core/index.ts';
import { addArchiveOptions, archiveOf } from './archive-options.ts';
import type { ArchiveArgs } from './archive-options.ts';
import { STDOUT, writeDocument } from './output.ts';
import { VERSION } from './version.ts';
import { parseDuration } from './duration.ts';
import { parseBounds } from './hours.ts';
import { single } from './settings-options.ts';
import type { Run } from './terminal.ts';
import { addQuiet, wantsJson } from './text-or-json.ts';

export const usage = 'view';
export const describe =
  'One HTML page with the pictures of the archive: contacts and service level by time, coverage with gaps and restated hours, worst queues first. It needs no network to be opened. Exit 2 when there is no archive.';

interface ViewArgs extends ArchiveArgs {
  readonly from?: string;
  readonly to?: string;
  readonly output?: string;
  readonly format?: 'html' | 'json';
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const DEFAULT_FILE = 'why403-view.html';

export function options(yargs: Argv): Argv {
  const all = addArchiveOptions(yargs)
    .option('from', {
      type: 'string',
      requiresArg: true,
      describe: 'first hour to draw, UTC (default: all, at most the last 366 days)',
      group: 'Archive:',
    })
    .option('to', {
      type: 'string',
      requiresArg: true,
      describe: 'end, exclusive, UTC',
      group: 'Archive:',
    })
    .option('output', {
      type: 'string',
      requiresArg: true,
      describe: `write to FILE (default: standard output; on a terminal ${DEFAULT_FILE})`,
      group: 'Output:',
    })
    .option('format', {
      choices: ['html', 'json'] as const,
      describe: 'the page, or the sums behind it (default: html)',
      group: 'Output:',
    })
    .option('json', { type: 'boolean', describe: 'short for --format json', group: 'Output:' });
  return addQuiet(all, 'do not say where the page is');
}

export const run: Run<ViewArgs> = async (args, terminal) => {
  const archive = await archiveOf(args, terminal);
  const now = terminal.now();
  const settle = single(args.settle, '--settle');
  const bounds = parseBounds(single(args.from, '--from'), single(args.to, '--to'), now);
  const json = wantsJson(args);
  const pictures = await archivePictures(archive, {
    now,
    settleMs: settle === undefined ? 600_000 : parseDuration(settle, '--settle'),
    ...bounds,
  });
  const text = json ? asJson(pictures) : await asPage(pictures);
  const output =
    single(args.output, '--output') ?? (terminal.stdoutIsTTY && !json ? DEFAULT_FILE : undefined);
  await writeDocument(text, { ...(output !== undefined && { output }) }, terminal);
  if (output !== undefined && output !== STDOUT && !args.quiet)
    terminal.err(`Written to ${output}; open it in a browser.\n`);
  return 0;
};

/** The plotting library is a file of its own beside the program, read only here. */
async function asPage(pictures: ArchivePictures): Promise<string> {
  const { archivePage } = await import('../render/pictures/page.ts');
  return archivePage(pictures, { version: VERSION });
}

function asJson(pictures: ArchivePictures): string {
  return `${JSON.stringify({ schema: 1, tool: 'why403', ...pictures }, undefined, 2)}\n`;
}
