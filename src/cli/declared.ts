/** What a command's options are, as it declared them: for help on the settings and for the manual page. */
import yargs, { type Argv } from 'yargs';

export interface DeclaredOption {
  /** Without dashes. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly describe: string;
  /** As `--help` heads it; `Options:` where none was named. */
  readonly group: string;
  readonly choices: readonly string[];
  readonly takesValue: boolean;
}

/** yargs' own records; its types leave these methods out. */
interface Records {
  getOptions(): {
    readonly key: Readonly<Record<string, unknown>>;
    readonly alias: Readonly<Record<string, readonly string[]>>;
    readonly boolean: readonly string[];
    readonly choices: Readonly<Record<string, readonly string[]>>;
    readonly hiddenOptions: readonly string[];
  };
  getGroups(): Readonly<Record<string, readonly string[]>>;
  getInternalMethods(): {
    getUsageInstance(): { getDescriptions(): Readonly<Record<string, string | undefined>> };
  };
}

/** The options that `declare` adds to a parser, in its order; hidden ones left out. */
export function declaredOptions(declare: (yargs: Argv) => Argv): DeclaredOption[] {
  const records = declare(yargs([], '/').version(false).help(false)) as unknown as Records;
  const { key, alias, boolean, choices, hiddenOptions } = records.getOptions();
  const groups = Object.entries(records.getGroups());
  const descriptions = records.getInternalMethods().getUsageInstance().getDescriptions();
  const aliases = new Set(Object.values(alias).flat());
  return Object.keys(key)
    .filter((name) => !hiddenOptions.includes(name) && !(aliases.has(name) && name.length === 1))
    .map((name) => ({
      name,
      aliases: (alias[name] ?? []).filter((other) => other !== name),
      describe: descriptions[name] ?? '',
      group: groups.find(([, names]) => names.includes(name))?.[0] ?? 'Options:',
      choices: (choices[name] ?? []).map(String),
      takesValue: !boolean.includes(name),
    }));
}
