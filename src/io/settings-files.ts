/** Profiles and defaults from files: why403's own config.toml, and the `gc` CLI's ~/.gc/config.toml. */
import { statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { Failure } from '../core/index.ts';
import { isAddress } from './document-place.ts';
import { readGiven, whyUnread } from './given-file.ts';
import { gcSettings } from './gc-profile.ts';

type Env = { readonly [name: string]: string | undefined };

/** Settings of one file or section, by flag name. `endpoint` holds one endpoint a line. */
export interface FileSettings {
  readonly values: ReadonlyMap<string, string>;
  /** For `-v` and messages: `profile acme in /home/me/.config/why403/config.toml`. */
  readonly label: string;
  readonly notes: readonly string[];
}

/** Flag names that a config file may set; `client-secret` and `access-token` may stand there as values. */
export const FILE_KEYS = [
  'region',
  'client-id',
  'client-secret',
  'client-secret-file',
  'client-secret-command',
  'access-token',
  'authorization-file',
  'login-url',
  'api-url',
  'provider',
  'issuer',
  'token-url',
  'introspection-url',
  'client-auth',
  'openapi',
  'scope',
  'endpoint',
  'proxy',
  'ca-file',
  'client-cert-file',
  'client-key-file',
  'timeout',
  'deadline',
] as const;

const PATHS = new Set([
  'client-secret-file',
  'authorization-file',
  'ca-file',
  'client-cert-file',
  'client-key-file',
]);

interface Document {
  readonly path: string;
  readonly table: { readonly [name: string]: unknown };
  readonly readableByAll: boolean;
  readonly home: string | undefined;
}

/** The folder of why403's own settings. */
export function configFolder(env: Env): string | undefined {
  const given = env['XDG_CONFIG_HOME'];
  if (given && isAbsolute(given)) return join(given, 'why403');
  const home = homeOf(env);
  return home === undefined ? undefined : join(home, '.config', 'why403');
}

function homeOf(env: Env): string | undefined {
  const home = env['HOME'] ?? (process.platform === 'win32' ? env['USERPROFILE'] : undefined);
  return home && isAbsolute(home) ? home : undefined;
}

/**
 * Reads the defaults of why403's config file, and a profile if one is named (or the file's own `profile` key names
 * one) from there or from the `gc` CLI.
 * @throws Failure `config` for a file that can't be read, an unknown key, a profile that no file has
 */
export async function readSettingsFiles(
  env: Env,
  profile: { readonly name: string; readonly from: string } | undefined,
  signal?: AbortSignal,
): Promise<{ defaults?: FileSettings; profile?: FileSettings }> {
  const folder = configFolder(env);
  const own =
    folder === undefined ? undefined : await readToml(join(folder, 'config.toml'), homeOf(env), signal);
  const defaults = own && ownSection(own, without(own.table, 'profiles'), `config file ${own.path}`);
  const inFile = own?.table['profile'];
  const wanted =
    profile ??
    (typeof inFile === 'string' && inFile !== ''
      ? { name: inFile, from: `profile in ${own?.path}` }
      : undefined);
  const found = wanted && (await findProfile(wanted, own, env, signal));
  return { ...(defaults ? { defaults } : {}), ...(found ? { profile: found } : {}) };
}

/** The names of all profiles, own ones first; for completion and messages. */
export async function profileNames(env: Env, signal?: AbortSignal): Promise<string[]> {
  const folder = configFolder(env);
  const own =
    folder === undefined ? undefined : await readToml(join(folder, 'config.toml'), homeOf(env), signal);
  const gc = await gcDocument(env, signal);
  return [
    ...new Set([...Object.keys(sections(own?.table['profiles'])), ...Object.keys(sections(gc?.table))]),
  ];
}

async function findProfile(
  { name, from }: { name: string; from: string },
  own: Document | undefined,
  env: Env,
  signal: AbortSignal | undefined,
): Promise<FileSettings> {
  const mine = sections(own?.table['profiles']);
  const section = Object.hasOwn(mine, name) ? mine[name] : undefined;
  if (own && section) return ownSection(own, section, `profile ${name} in ${own.path}`);
  const gc = await gcDocument(env, signal);
  // gc writes names in whatever case and reads them in any.
  const entry = Object.entries(sections(gc?.table)).find(([key]) => key.toLowerCase() === name.toLowerCase());
  if (gc && entry) {
    const { values, notes } = gcSettings(entry[1]);
    const label = `profile ${entry[0]} in ${gc.path}`;
    return { values, label, notes: [...notes, ...openSecret(gc, values, label)] };
  }
  const names = await profileNames(env, signal);
  throw new Failure(
    'config',
    `There is no profile '${name}' (${from}).`,
    names.length === 0
      ? `a section [profiles.${name}] in ${join(configFolder(env) ?? '~/.config/why403', 'config.toml')}, or a profile of the gc CLI`
      : `one of: ${names.join(', ')}`,
  );
}

function gcDocument(env: Env, signal: AbortSignal | undefined): Promise<Document | undefined> {
  const home = homeOf(env);
  return home === undefined
    ? Promise.resolve(undefined)
    : readToml(join(home, '.gc', 'config.toml'), home, signal);
}

function sections(value: unknown): { readonly [name: string]: { readonly [key: string]: unknown } } {
  if (!isTable(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (isTable(part) ? [[key, part]] : [])),
  );
}

function isTable(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function without(table: Document['table'], name: string): Document['table'] {
  return Object.fromEntries(Object.entries(table).filter(([key]) => key !== name && key !== 'profile'));
}

function ownSection(document: Document, section: Document['table'], label: string): FileSettings {
  const values = new Map<string, string>();
  for (const [key, value] of Object.entries(section)) {
    const name = key.replaceAll('_', '-');
    if (!(FILE_KEYS as readonly string[]).includes(name)) {
      throw new Failure('config', `'${key}' in ${label} is no setting.`, `one of: ${FILE_KEYS.join(', ')}`);
    }
    const text = asText(value, name);
    if (text === undefined) {
      throw new Failure(
        'config',
        `'${key}' in ${label} is not a text.`,
        `${key} = "…"${name === 'endpoint' ? ' or a list of texts' : ''}`,
      );
    }
    const isPath = PATHS.has(name) || (name === 'openapi' && !isAddress(text));
    if (text !== '') values.set(name, isPath ? besides(document, text) : text);
  }
  return { values, label, notes: openSecret(document, values, label) };
}

function asText(value: unknown, name: string): string | undefined {
  if (typeof value === 'string') return value;
  const isList = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return name === 'endpoint' && isList ? value.join('\n') : undefined;
}

/** A relative path in a config file starts where the file is; no shell expands `~/` there. */
function besides({ path: file, home }: Document, path: string): string {
  // systemd's folder has another name at each start; the variable is read where the secret is.
  if (/^\$\{?CREDENTIALS_DIRECTORY\b/.test(path)) return path;
  return path.startsWith('~/') && home !== undefined
    ? join(home, path.slice(2))
    : resolve(dirname(file), path);
}

function openSecret(document: Document, values: ReadonlyMap<string, string>, label: string): string[] {
  const holds = values.has('client-secret') || values.has('access-token');
  return holds && document.readableByAll
    ? [`Everybody on this machine may read the secret of ${label}; 'chmod 600 ${document.path}' mends that.`]
    : [];
}

async function readToml(
  path: string,
  home: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Document | undefined> {
  let text: string;
  let mode: number;
  try {
    mode = statSync(path).mode;
    text = (await readGiven(path, { signal })).toString('utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new Failure(
      'config',
      `${path} can't be read: ${whyUnread(error)}.`,
      'a readable TOML file, or none',
    );
  }
  const { parse, TomlError } = await import('smol-toml');
  try {
    const readableByAll = process.platform !== 'win32' && (mode & 0o004) !== 0;
    return { path, table: parse(text.replace(/^\ufeff/, '')), readableByAll, home };
  } catch (error) {
    // The parser's message quotes the line, and a secret may stand in it.
    const at = error instanceof TomlError ? `line ${error.line}, column ${error.column}` : 'somewhere';
    throw new Failure(
      'config',
      `${path} is not TOML: ${at}.`,
      'lines such as region = "eu-central-1", text in quotes',
    );
  }
}
