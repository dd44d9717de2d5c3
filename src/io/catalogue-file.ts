/**
 * What `catalogue update` keeps: a compact index of the org's document in the cache folder, one file a host. It holds
 * no secret. A new one replaces the old only when it is whole.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CatalogueEntry } from '../core/index.ts';
import { Failure } from '../core/index.ts';
import type { Http } from './http.ts';

export interface CatalogueIndex {
  /** The API host that the document describes. */
  readonly host: string;
  /** Where it was read: a URL or a file. */
  readonly from: string;
  /** The day of the document, `YYYY-MM-DD`. */
  readonly date: string;
  readonly etag?: string;
  readonly entries: readonly CatalogueEntry[];
}

type Row = readonly [
  method: string,
  path: string,
  rule: string,
  permissions: readonly string[],
  scopes: readonly string[],
  client: boolean | 'unknown',
];

const RULES = new Set(['ANY', 'ALL', 'none', 'unknown']);

/** `$XDG_CACHE_HOME/why403/catalogue`, else below `~/.cache`; undefined without a home. */
export function catalogueFolder(env: NodeJS.ProcessEnv): string | undefined {
  const cache = env['XDG_CACHE_HOME'];
  if (cache) return join(cache, 'why403', 'catalogue');
  const home = env['HOME'] ?? (process.platform === 'win32' ? homedir() : undefined);
  return home ? join(home, '.cache', 'why403', 'catalogue') : undefined;
}

/**
 * The index of a host; where none is named or it has none, the newest of the others. A server on this machine is no
 * example for others, nor they for it. Undefined where there is none, or where it can't be read: a cache that is
 * damaged counts as empty.
 */
export function readCatalogueIndex(folder: string, host?: string): CatalogueIndex | undefined {
  const own = host === undefined ? undefined : stored(join(folder, fileName(host)));
  if (own || (host !== undefined && isLoopback(host))) return own;
  const file = newest(folder);
  return file === undefined ? undefined : stored(file);
}

function stored(file: string): CatalogueIndex | undefined {
  try {
    return fromStored(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** A host, or the name of its file. */
function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.[\d.]+|\[::1\]|___1_)(?:[:._]|$)/i.test(host);
}

/**
 * Keeps an index; whoever reads at the same time sees the old one or the new one, whole.
 * @returns the file's path
 * @throws Failure `config` where the folder can't be written
 */
export function writeCatalogueIndex(folder: string, index: CatalogueIndex): string {
  const file = join(folder, fileName(index.host));
  const temporary = join(folder, `.${fileName(index.host)}.${process.pid}.tmp`);
  const { entries, ...facts } = index;
  const rows = entries.map(({ method, path, rule, scopes, clientCredentials }): Row => {
    return [method, path, rule.type, rule.permissions, scopes, clientCredentials];
  });
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const handle = openSync(temporary, 'w', 0o600);
    try {
      writeFileSync(handle, JSON.stringify({ schema: 1, ...facts, operations: rows }));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new Failure(
      'config',
      `the catalogue can not be written to ${file} (${code})`,
      'set XDG_CACHE_HOME to a folder that you may write to',
    );
  }
  return file;
}

export type FetchedDocument =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'document'; readonly bytes: Uint8Array; readonly etag?: string; readonly date: string };

export interface FetchOptions {
  readonly url: string;
  readonly etag?: string | undefined;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly now: Date;
  readonly signal?: AbortSignal;
}

/**
 * Fetches an API document, without any credential. Redirects are followed.
 * @throws Failure `config` where nobody answers or the answer is no document
 */
export async function fetchDocument(http: Http, options: FetchOptions): Promise<FetchedDocument> {
  const { url, etag, signal } = options;
  const answer = await http.send({
    method: 'GET',
    url,
    headers: {
      accept: 'application/json, application/yaml;q=0.9, */*;q=0.1',
      ...(etag === undefined ? {} : { 'if-none-match': etag }),
    },
    timeoutMs: options.timeoutMs,
    maxBytes: options.maxBytes,
    follow: true,
    ...(signal ? { signal } : {}),
  });
  if (answer.kind === 'unanswered') {
    throw new Failure('config', `${url}: ${answer.detail}`, 'the catalogue that is there stays in use');
  }
  if (answer.status === 304) return { kind: 'unchanged' };
  if (answer.status !== 200) {
    throw new Failure(
      'config',
      `${url} answered ${answer.status}`,
      'the document is served without a token at /api/v2/docs/swagger of the API host',
    );
  }
  if (answer.truncated) {
    throw new Failure(
      'config',
      `${url}: the document is larger than ${Math.round(options.maxBytes / 1024 / 1024)} MB`,
      'is this the right address?',
    );
  }
  const modified = Date.parse(answer.headers['last-modified'] ?? '');
  return {
    kind: 'document',
    bytes: answer.body,
    ...(answer.headers['etag'] === undefined ? {} : { etag: answer.headers['etag'] }),
    date: day(Number.isNaN(modified) ? options.now : new Date(modified)),
  };
}

/** `YYYY-MM-DD` in UTC. */
export function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function fileName(host: string): string {
  return `${host.toLowerCase().replace(/[^\w.-]/g, '_')}.json`;
}

function newest(folder: string): string | undefined {
  try {
    const files = readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.') && !isLoopback(name))
      .map((name) => ({ file: join(folder, name), at: statSync(join(folder, name)).mtimeMs }));
    return files.sort((a, b) => b.at - a.at)[0]?.file;
  } catch {
    return undefined;
  }
}

/** Throws where the file has another shape. */
function fromStored(value: unknown): CatalogueIndex {
  const stored = value as { schema: unknown; host: unknown; from: unknown; date: unknown; etag?: unknown };
  const { operations } = value as { operations: readonly Row[] };
  const { schema, host, from, date, etag } = stored;
  if (schema !== 1 || typeof host !== 'string' || typeof from !== 'string' || typeof date !== 'string') {
    throw new TypeError('no catalogue index');
  }
  const source = `the API document of ${host}, ${date}`;
  const entries = operations.map(([method, path, type, permissions, scopes, client]): CatalogueEntry => {
    const texts = [method, path, ...permissions, ...scopes];
    if (!RULES.has(type) || texts.some((text) => typeof text !== 'string')) {
      throw new TypeError('no catalogue index');
    }
    return {
      method,
      path,
      rule: { type: type as CatalogueEntry['rule']['type'], permissions },
      scopes,
      clientCredentials: client,
      divisionAware: 'unknown',
      source,
      date,
    };
  });
  return { host, from, date, entries, ...(typeof etag === 'string' ? { etag } : {}) };
}
