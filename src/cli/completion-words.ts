/** What may stand where the cursor is: commands, options, and the values that are known without asking anybody. */
import yargs from 'yargs';
import { genesysCatalogue } from '../app/catalogue.ts';
import { ALL_CODES } from '../core/index.ts';
import { DATASETS } from '../datasets/index.ts';
import { profileNames } from '../io/settings-files.ts';
import { REGIONS } from '../providers/genesys-regions.ts';
import { COMMANDS, type CommandModule } from './commands.ts';

type Env = NodeJS.ProcessEnv;

/** yargs' own record of what was declared; its types leave the method out. */
interface Declared {
  readonly key: Readonly<Record<string, unknown>>;
  readonly alias: Readonly<Record<string, readonly string[]>>;
  readonly boolean: readonly string[];
  readonly choices: Readonly<Record<string, readonly string[]>>;
}

/**
 * @param words those after `why403` up to the cursor; the last is the one being written, maybe empty
 * @returns whole words that begin with it, in the order in which help lists them
 */
export async function candidates(words: readonly string[], env: Env): Promise<string[]> {
  const given = rejoined(words);
  // Shells hand over the word as it is written: with its opening quote, a space escaped.
  const current = (given.at(-1) ?? '').replace(/^['"]/, '').replaceAll('\\ ', ' ');
  const before = given.slice(0, -1);
  const [name] = before;
  if (name === undefined) return starting([...Object.keys(COMMANDS), '--help', '--version'], current);
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!entry) return [];
  const declared = declaredBy(await entry.load());
  const [, option, value] = /^(--[\w-]+)=(.*)$/.exec(current) ?? [];
  if (option !== undefined) {
    const known = await valuesOf(option, declared, env);
    return starting(known, value ?? '').map((word) => `${option}=${word}`);
  }
  const last = before.at(-1) ?? '';
  if (before.length > 1 && takesValue(last, declared))
    return starting(await valuesOf(last, declared, env), current);
  if (current.startsWith('-')) return starting(optionsOf(declared), current);
  return starting(subjectsOf(name, env), current);
}

/** bash breaks words at `=`, and replaces only what comes after it: `--format`, `=`, `js`. */
function rejoined(words: readonly string[]): string[] {
  const whole = words.filter((word) => word !== '=');
  return words.at(-1) === '=' ? [...whole, ''] : whole;
}

function starting(known: readonly string[], current: string): string[] {
  return known.filter((word) => word.startsWith(current));
}

function declaredBy(command: CommandModule): Declared {
  const parser = command.options(yargs([], '/')).option('help', { alias: 'h', type: 'boolean' });
  return (parser as unknown as { getOptions(): Declared }).getOptions();
}

function optionsOf({ key }: Declared): string[] {
  return Object.keys(key)
    .filter((name) => name.length > 1)
    .map((name) => `--${name}`);
}

/** The option's names without dashes, aliases included; empty where the command has no such option. */
function namesOf(word: string, { key, alias }: Declared): string[] {
  const name = word.replace(/^--?/, '');
  const whole = Object.keys(key).find((k) => k === name || alias[k]?.includes(name) === true);
  return word.startsWith('-') && whole !== undefined ? [whole, ...(alias[whole] ?? [])] : [];
}

function takesValue(word: string, declared: Declared): boolean {
  const names = namesOf(word, declared);
  return names.length > 0 && !names.some((name) => declared.boolean.includes(name));
}

async function valuesOf(word: string, declared: Declared, env: Env): Promise<readonly string[]> {
  const names = namesOf(word, declared);
  const choices = names.flatMap((name) => declared.choices[name] ?? []);
  if (choices.length > 0) return [...new Set(choices)];
  if (names.includes('region')) return REGIONS.map((region) => region.aws);
  if (names.includes('profile')) return profileNames(env);
  if (names.includes('dataset')) return DATASETS;
  if (names.includes('endpoint')) return endpoints(env);
  if (names.includes('scenario')) return ALL_CODES;
  return [];
}

/** What a command is about, where that is a known list. */
function subjectsOf(command: string, env: Env): readonly string[] {
  if (command === 'explain') return ALL_CODES;
  if (command === 'permissions') return endpoints(env);
  if (command === 'schedule') return ['cron', 'systemd', 'kubernetes', 'github-actions'];
  if (command === 'catalogue') return ['update'];
  if (command === 'completion') return ['bash', 'zsh', 'fish'];
  return [];
}

function endpoints(env: Env): string[] {
  return genesysCatalogue(env).entries.map(({ method, path }) => `${method} ${path}`);
}
