/** Tokens kept between runs: one file per key, 0600, in a folder 0700. No home, no cache. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, rename, unlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { Secret } from './secrets.ts';

/** What a token belongs to. A changed secret is another key, so it is tried at once. */
export interface TokenKey {
  readonly loginHost: string;
  readonly clientId: string;
  readonly secret: Secret;
  readonly scope?: string | undefined;
}

export interface CachedToken {
  readonly token: Secret;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Never rejects: a cache that can't be used is no cache, and `notes` says why. */
export interface TokenCache {
  /** A token with more than a minute of life left, else undefined. */
  get(key: TokenKey, now: number): Promise<CachedToken | undefined>;
  put(key: TokenKey, token: Secret, expiresAt: number): Promise<void>;
  drop(key: TokenKey): Promise<void>;
  readonly notes: readonly string[];
}

type Env = { readonly [name: string]: string | undefined };

const MARGIN_MS = 60_000;
const KEY_FILE = 'key';
const KEY_BYTES = 32;
/** A process that died between writing and renaming leaves its file; after this long nobody is still writing. */
const STALE_MS = 3_600_000;

/** The folder of this program in the user's cache, or why there is none. */
export function cacheFolder(env: Env): { folder: string } | { why: string } {
  const given = env['XDG_CACHE_HOME'];
  // The XDG specification ignores relative paths.
  if (given && isAbsolute(given)) return { folder: join(given, 'why403') };
  const home = env['HOME'] ?? (process.platform === 'win32' ? (env['USERPROFILE'] ?? safeHome()) : undefined);
  if (!home || !isAbsolute(home) || home === '/nonexistent') return { why: 'there is no home folder' };
  return { folder: join(home, '.cache', 'why403') };
}

function safeHome(): string | undefined {
  try {
    return homedir();
  } catch {
    return undefined;
  }
}

/** Opens the cache of `$XDG_CACHE_HOME/why403/` (else `~/.cache/why403/`). */
export async function openTokenCache(env: Env): Promise<TokenCache> {
  const place = cacheFolder(env);
  if ('why' in place) return noCache(place.why);
  const { folder } = place;
  const refused = await prepareFolder(folder);
  if (refused !== undefined) return noCache(refused);
  const key = await folderKey(folder);
  if (typeof key === 'string') return noCache(key);
  const notes: string[] = [];
  const pathOf = (of: TokenKey): string => join(folder, `${nameOf(of, key)}.json`);
  return {
    notes,
    async get(of, now) {
      const path = pathOf(of);
      const read = await readOwn(path);
      if (read === undefined) return undefined;
      if ('refused' in read) {
        notes.push(`The cached token in ${path} was not used: ${read.refused}.`);
        return undefined;
      }
      const cached = parsed(read.text);
      return cached && cached.expiresAt - MARGIN_MS > now ? cached : undefined;
    },
    async put(of, token, expiresAt) {
      const text = `${JSON.stringify({ schema: 1, expiresAt, token: token.reveal() })}\n`;
      const why = await writeOwn(folder, pathOf(of), text);
      if (why !== undefined) notes.push(`The token was not cached: ${why}.`);
    },
    async drop(of) {
      await unlink(pathOf(of)).catch(() => undefined);
    },
  };
}

function noCache(why: string): TokenCache {
  const nothing = (): Promise<undefined> => Promise.resolve(undefined);
  return { notes: [`Tokens are not cached: ${why}.`], get: nothing, put: nothing, drop: nothing };
}

/** The name gives away neither host, client nor secret, and can't be guessed without the folder's key. */
function nameOf({ loginHost, clientId, secret, scope }: TokenKey, key: Buffer): string {
  const keyedSecret = createHmac('sha256', key).update(secret.reveal()).digest('hex');
  const parts = [loginHost.toLowerCase(), clientId, scope ?? '', keyedSecret];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}

async function prepareFolder(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const found = await lstat(folder);
    if (!found.isDirectory()) return `${folder} is not a folder`;
    if (!ours(found.uid)) return `${folder} belongs to somebody else`;
    if (posix() && (found.mode & 0o077) !== 0) await chmod(folder, 0o700);
    await sweep(folder);
    return undefined;
  } catch (error) {
    return `${folder} can't be used (${codeOf(error)})`;
  }
}

async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.new')) continue;
    const path = join(folder, name);
    const found = await lstat(path).catch(() => undefined);
    // By the file system's clock on both sides, as near as it can be had.
    if (found && Date.now() - found.mtimeMs > STALE_MS) await unlink(path).catch(() => undefined);
  }
}

/** The folder's random key; when several processes make one at once, the first to link it wins. */
async function folderKey(folder: string): Promise<Buffer | string> {
  const path = join(folder, KEY_FILE);
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const read = await readOwn(path);
    if (read && 'refused' in read) return `${path} was not used: ${read.refused}`;
    const key = read && Buffer.from(read.text.trim(), 'hex');
    if (key && key.length === KEY_BYTES) return key;
    if (read) await unlink(path).catch(() => undefined);
    await createOnce(folder, path, `${randomBytes(KEY_BYTES).toString('hex')}\n`);
  }
  return `${path} can't be written`;
}

async function createOnce(folder: string, path: string, text: string): Promise<void> {
  const { link } = await import('node:fs/promises');
  const temporary = join(folder, `${randomBytes(8).toString('hex')}.new`);
  try {
    await writeNew(temporary, text);
    // Unlike rename, link leaves what another process was quicker to write.
    await link(temporary, path);
  } catch (error) {
    // File systems without hard links: a race there costs a token, no more.
    if (codeOf(error) === 'EPERM' || codeOf(error) === 'ENOTSUP')
      await rename(temporary, path).catch(() => undefined);
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
}

async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Temporary file and rename, so that a reader sees a whole token; the last writer wins. */
async function writeOwn(folder: string, path: string, text: string): Promise<string | undefined> {
  const temporary = join(folder, `${randomBytes(8).toString('hex')}.new`);
  try {
    await writeNew(temporary, text);
    await rename(temporary, path);
    return undefined;
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    return `${path} can't be written (${codeOf(error)})`;
  }
}

/** Reads a file that is ours alone; links, other owners and files that others may read are refused. */
async function readOwn(path: string): Promise<{ text: string } | { refused: string } | undefined> {
  let file;
  try {
    file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT'
      ? undefined
      : { refused: code === 'ELOOP' ? 'it is a link' : `it can't be read (${code})` };
  }
  try {
    const found = await file.stat();
    if (!found.isFile()) return { refused: 'it is not a plain file' };
    if (!ours(found.uid)) return { refused: 'it belongs to somebody else' };
    if (posix() && (found.mode & 0o077) !== 0)
      return { refused: 'others may read or write it (chmod 600 would mend that)' };
    return { text: await file.readFile('utf8') };
  } catch (error) {
    return { refused: `it can't be read (${codeOf(error)})` };
  } finally {
    await file.close();
  }
}

function parsed(text: string): CachedToken | undefined {
  try {
    const { schema, expiresAt, token } = JSON.parse(text) as {
      schema?: unknown;
      expiresAt?: unknown;
      token?: unknown;
    };
    if (schema !== 1 || typeof expiresAt !== 'number' || typeof token !== 'string' || token === '')
      return undefined;
    return { token: new Secret(token), expiresAt };
  } catch {
    return undefined;
  }
}

const posix = (): boolean => process.platform !== 'win32';
const ours = (uid: number): boolean => process.getuid === undefined || process.getuid() === uid;
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';
