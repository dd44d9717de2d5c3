/** Writes a profile into why403's config file, which it leaves as it is otherwise. */
import { readFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../core/index.ts';
import { configFolder } from './settings-files.ts';
import { makeFolder, replaceFile } from './whole-file.ts';

type Env = { readonly [name: string]: string | undefined };

/** A name that needs no quotes, in TOML and in a shell. */
export const PROFILE_NAME = /^[A-Za-z0-9][\w-]{0,63}$/;

/** Where profiles are written; undefined without a home. */
export function profileFile(env: Env): string | undefined {
  const folder = configFolder(env);
  return folder === undefined ? undefined : join(folder, 'config.toml');
}

/**
 * Adds `[profiles.NAME]`; comments and order of what is there stay. The file is 0600 afterwards, its folder 0700 if new.
 * @param settings by key, `client-secret` among them where the person wants it there
 * @throws Failure `config` for a name that is taken or none, a file that is not TOML or can't be written
 */
export async function addProfile(
  file: string,
  name: string,
  settings: ReadonlyMap<string, string>,
): Promise<void> {
  if (!PROFILE_NAME.test(name))
    throw new Failure('config', `'${name}' can not be the name of a profile`, 'letters, digits, - and _');
  const { parse, stringify } = await import('smol-toml');
  const before = textOf(file);
  const taken = tableOf(before, file, parse)['profiles'];
  if (typeof taken === 'object' && taken !== null && Object.hasOwn(taken, name)) {
    throw new Failure(
      'config',
      `There is a profile '${name}' in ${file} already.`,
      'another --name, or edit the file',
    );
  }
  const section = stringify({ profiles: { [name]: Object.fromEntries(settings) } }).trim();
  const gap = before === '' ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  const after = `${before}${gap}${section}\n`;
  // An inline table of profiles can't be added to; nothing is written then.
  tableOf(after, file, parse);
  try {
    await makeFolder(dirname(file), 0o700);
    await replaceFile(file, [after], undefined, 0o600);
    await chmod(file, 0o600);
  } catch (error) {
    if (error instanceof Failure && error.code === 'interrupted') throw error;
    throw new Failure(
      'config',
      `${file} can't be written.`,
      'the right to write there, or --print for the settings as variables',
    );
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return '';
    throw new Failure('config', `${file} can't be read: ${code}.`, 'a readable TOML file, or none');
  }
}

function tableOf(
  text: string,
  file: string,
  parse: (text: string) => { readonly [key: string]: unknown },
): { readonly [key: string]: unknown } {
  try {
    return parse(text.replace(/^\ufeff/, ''));
  } catch {
    // The parser's message quotes the line, and a secret may stand in it.
    throw new Failure(
      'config',
      `A profile can't be added to ${file}: it is not TOML that can be added to.`,
      'profiles as sections, [profiles.NAME]',
    );
  }
}
