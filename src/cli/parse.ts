/** Option parsing with yargs: strict, with suggestions, and never printing by itself. */
import { distance } from 'fastest-levenshtein';
import yargs, { type Argv } from 'yargs';
import { Failure } from '../core/index.ts';
import type { CommandModule } from './commands.ts';
import type { Terminal } from './terminal.ts';

export interface Parsed {
  /** Set when help was asked for. */
  readonly help?: string;
  readonly args: unknown;
}

/** Parses the words after the command's name. Throws `Failure('usage')` naming the option that is wrong. */
export async function parse(
  command: CommandModule,
  words: readonly string[],
  terminal: Terminal,
): Promise<Parsed> {
  const name = command.usage.split(' ')[0] ?? '';
  const parser = command
    // The folder is of no use to it, and it asks for the working directory, which may be gone.
    .options(yargs([], '/').scriptName('why403').locale('en'))
    .usage(`why403 ${command.usage}\n\n${command.describe}`)
    .wrap(Math.min(100, terminal.columns))
    .parserConfiguration({
      'strip-aliased': false,
      'duplicate-arguments-array': true,
      'parse-positional-numbers': false,
      'greedy-arrays': false,
      // Else `--no-color` would mean an option `color`.
      'boolean-negation': false,
    })
    .option('no-color', { type: 'boolean', describe: 'no colour, as with NO_COLOR' })
    .version(false)
    .help(false)
    .option('help', { alias: 'h', type: 'boolean', describe: 'this text' })
    .exitProcess(false)
    .fail((message, error) => {
      if (error instanceof Failure) throw error;
      if (/^Unknown arguments?:/.test(message)) throw unknownOption(message, words, name, optionsOf(parser));
      throw new Failure(
        'usage',
        message || 'the command line can not be read',
        `see 'why403 ${name} --help'`,
      );
    });
  if (words.includes('--help') || words.includes('-h'))
    return { help: `${await parser.getHelp()}\n`, args: {} };
  const args = await parser.strictOptions().parseAsync([...words]);
  if (args._.length > 0 && !/[[<]/.test(command.usage)) {
    // Not repeated: a secret may stand where its option was forgotten.
    throw new Failure(
      'usage',
      `a word stands behind 'why403 ${name}' that belongs to no option`,
      `'why403 ${name}' takes options only; a value with spaces needs quotes`,
    );
  }
  return { args };
}

/** yargs' own record of what was declared; its types leave the method out. */
function optionsOf(parser: Argv): string[] {
  const { key } = (
    parser as unknown as { getOptions(): { key: Readonly<Record<string, unknown>> } }
  ).getOptions();
  return Object.keys(key).filter((option) => option.length > 1 && option !== 'client-secret');
}

/** Names only what was written as `--name`: behind a single dash stands perhaps a paste, or a secret. */
function unknownOption(
  message: string,
  words: readonly string[],
  command: string,
  known: readonly string[],
): Failure {
  const unknown = message.replace(/^[^:]*: /, '').split(', ');
  const option = unknown.find(
    (one) =>
      /^[a-z][a-z\d-]{0,30}$/i.test(one) &&
      words.some((word) => word === `--${one}` || word.startsWith(`--${one}=`)),
  );
  const near = option === undefined ? undefined : nearestOption(option, known);
  return new Failure(
    'usage',
    option === undefined
      ? `'why403 ${command}' does not know an option that was given`
      : `'why403 ${command}' has no option '--${option}'`,
    near === undefined
      ? `see 'why403 ${command} --help'; a text that begins with a dash goes behind ' -- '`
      : `did you mean '--${near}'? See 'why403 ${command} --help'`,
  );
}

/** `--client-secert` is near to `--client-secret-file` too. */
function nearestOption(option: string, known: readonly string[]): string | undefined {
  const begun = known.find((k) => option.length > 3 && distance(k.slice(0, option.length), option) <= 2);
  return nearestWords(option, known)[0] ?? begun;
}

/** The words nearest to `word`, best first; only those that a slip of the fingers explains. */
export function nearestWords(word: string, known: readonly string[]): string[] {
  const limit = Math.max(2, Math.floor(word.length / 3));
  return known
    .map((k) => ({ k, d: distance(word.toLowerCase(), k.toLowerCase()) }))
    .filter(({ d }) => d <= limit)
    .sort((a, b) => a.d - b.d)
    .map(({ k }) => k);
}
