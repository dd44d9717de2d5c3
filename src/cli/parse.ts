/** Option parsing with yargs: strict, with suggestions, and never printing by itself. */
import { distance } from 'fastest-levenshtein';
import yargs from 'yargs';
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
    .options(yargs([]).scriptName('why403').locale('en'))
    .usage(`why403 ${command.usage}\n\n${command.describe}`)
    .wrap(Math.min(100, terminal.columns))
    .parserConfiguration({
      'strip-aliased': false,
      'duplicate-arguments-array': true,
      'parse-positional-numbers': false,
      'greedy-arrays': false,
    })
    .option('no-color', { type: 'boolean', describe: 'no colour, as with NO_COLOR' })
    .version(false)
    .help(false)
    .option('help', { alias: 'h', type: 'boolean', describe: 'this text' })
    .exitProcess(false)
    .fail((message, error) => {
      if (error instanceof Failure) throw error;
      throw new Failure(
        'usage',
        message || 'the command line can not be read',
        `see 'why403 ${name} --help'`,
      );
    });
  if (words.includes('--help') || words.includes('-h'))
    return { help: `${await parser.getHelp()}\n`, args: {} };
  const args = await parser.strictOptions().parseAsync([...words]);
  return { args };
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
