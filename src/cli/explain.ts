/** `why403 explain`: judges what a person can paste, offline; prints the page of a code. */
import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { genesysCatalogue } from '../app/catalogue.ts';
import { knownOf } from '../catalogue/index.ts';
import { explainPaste, pasteProfiles } from '../app/explain-paste.ts';
import { ladder } from '../checks/ladder.ts';
import { ALL_CODES, Failure, instant, STAGES, visible, visibleLine, type Stage } from '../core/index.ts';
import { readGiven, whyUnread } from '../io/given-file.ts';
import { textOf } from '../io/secrets.ts';
import { addOutputOptions, emitReport, formatOf, writeDocument } from './output.ts';
import { findingPage } from './pages.ts';
import { nearestWords } from './parse.ts';
import { addSnippetOption, checkSnippet, emitSnippet, type SnippetArgs } from './snippet.ts';
import type { Run, Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

export const usage = 'explain [subject..]';
export const describe = `Finds the cause in what you paste: an error body, a curl command, a header, a log, a whole forum post, a
statement file. Nothing is sent anywhere. A code (stage/slug) prints its page; without anything, all codes.`;

interface ExplainArgs extends SnippetArgs {
  readonly _: readonly (string | number)[];
  readonly from?: string;
  readonly provider?: string;
}

export function options(yargs: Argv): Argv {
  return addSnippetOption(addOutputOptions(yargs))
    .positional('subject', { type: 'string', describe: "a code, a text, or '-' for standard input" })
    .option('from', {
      type: 'string',
      requiresArg: true,
      describe: 'read a FILE: a paste, or a statement in JSON',
      group: 'What:',
    })
    .option('provider', {
      type: 'string',
      requiresArg: true,
      describe: 'whose answer it is, if you know',
      group: 'What:',
    });
}

export const run: Run<ExplainArgs> = async (args, terminal) => {
  const format = formatOf(args);
  checkSnippet(args);
  const words = args._.map(String);
  if (words.length === 0 && args.from === undefined) {
    await writeDocument(printed(format, codeList(), { findings: ladder.flatMap(listed) }), args, terminal);
    return 0;
  }
  const [first = ''] = words;
  if (words.length === 1 && looksLikeCode(first)) {
    const page = pageOf(first);
    await writeDocument(printed(format, page, { code: first, page }), args, terminal);
    return 0;
  }
  const paste = await pasteOf(args, words, terminal);
  const catalogue = genesysCatalogue(terminal.env);
  const { evidence, report } = explainPaste(paste, {
    at: instant(terminal.now()),
    catalogue,
    ...(args.provider !== undefined && { provider: args.provider }),
  });
  const profile = pasteProfiles.find(({ id }) => id === evidence.provider);
  const view = {
    ladder,
    ...(profile && { about: { provider: profile.title } }),
    generatedAt: instant(terminal.now()),
    version: VERSION,
  };
  if (args.snippet === undefined || !profile) return emitReport(report, args, view, terminal);
  const known = knownOf(evidence.provider, catalogue);
  const scene = { evidence, profile, catalogue: known, mode: 'everything' } as const;
  return emitSnippet(args.snippet, report, scene, args, view, terminal);
};

/** The knowledge itself as text or as one JSON document; the other formats are for the reports of a case. */
function printed(format: string, text: string, content: object): string {
  if (format === 'text' || format === 'markdown') return text;
  if (format === 'json') return `${JSON.stringify({ schema: 1, tool: 'why403', ...content }, null, 2)}\n`;
  throw new Failure(
    'usage',
    `the page of a finding has no form as ${visible(format)}`,
    '--format text, markdown or json; the others are for reports',
  );
}

function listed({ id, checks }: Stage): object[] {
  return checks.map(({ code, title }) => ({ code, stage: id, title }));
}

function looksLikeCode(word: string): boolean {
  return (
    /^[a-z]+\/[a-z0-9-]+$/.test(word) && (STAGES as readonly string[]).includes(word.split('/')[0] ?? '')
  );
}

function pageOf(code: string): string {
  const page = findingPage(code);
  if (page !== undefined) return page;
  const [near] = nearestWords(code, ALL_CODES);
  throw new Failure(
    'usage',
    `there is no finding '${visible(code)}'`,
    near ? `did you mean 'why403 explain ${near}'?` : "'why403 explain' lists the codes",
  );
}

function codeList(): string {
  const width = Math.max(...ALL_CODES.map((code) => code.length));
  const stages = ladder.map((stage) => {
    const lines = stage.checks.map(({ code, title }) => `  ${code.padEnd(width)}  ${title}\n`);
    return `${stage.id}: ${stage.question}\n${lines.join('')}`;
  });
  return `${stages.join('\n')}\nwhy403 explain CODE prints the page of one.\n`;
}

/** Opened by its name, a terminal or socket could not be read. */
const STDIN: ReadonlySet<string> = new Set(['-', '/dev/stdin']);

async function pasteOf(args: ExplainArgs, words: readonly string[], terminal: Terminal): Promise<string> {
  if (args.from !== undefined) {
    if (words.length > 0) {
      throw new Failure('usage', '--from and a text both give something to explain', 'give one of them');
    }
    if (!STDIN.has(args.from)) return fileOf(resolve(terminal.cwd, args.from), terminal);
  }
  if (args.from !== undefined || (words.length === 1 && words[0] === '-'))
    return pastedText(await terminal.stdin());
  return words.join(' ');
}

/** UTF-8, or UTF-16 as Windows PowerShell writes what is sent to a file with `>`. */
function pastedText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return textOf(bytes);
}

async function fileOf(file: string, { signal }: Terminal): Promise<string> {
  try {
    return pastedText(await readGiven(file, { signal }));
  } catch (error) {
    throw new Failure(
      'usage',
      `--from ${visibleLine(file)} can not be read (${whyUnread(error)})`,
      'a file or pipe with what you would paste',
    );
  }
}
