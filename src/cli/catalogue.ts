/** `why403 catalogue`: which catalogue is in use, and `update`, which reads the org's own document. */
import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { createDocumentReader, MAX_BYTES, type ReadDocument } from '../catalogue/index.ts';
import { Failure, visibleLine } from '../core/index.ts';
import {
  catalogueFolder,
  day,
  fetchDocument,
  readCatalogueIndex,
  writeCatalogueIndex,
} from '../io/catalogue-file.ts';
import { genesysCatalogue } from '../app/catalogue.ts';
import { documentPlace } from '../io/document-place.ts';
import { apiUrlOf } from './api-url.ts';
import { parseDuration } from './duration.ts';
import { readFile } from './permissions.ts';
import { gather } from './settings-gather.ts';
import { choose, type Layer } from './settings-layers.ts';
import { single, type SettingsArgs } from './settings-options.ts';
import { proxyOf } from './settings-proxy.ts';
import type { Run, Terminal } from './terminal.ts';
import { addTextOrJson, wantsJson, type FormatArgs } from './text-or-json.ts';
import { VERSION } from './version.ts';

export const usage = 'catalogue [show|update]';
export const describe = "which endpoints are known; update reads the org's own document (no token is sent)";

interface CatalogueArgs extends SettingsArgs, FormatArgs {
  readonly _: readonly (string | number)[];
  readonly from?: string;
}

export function options(yargs: Argv): Argv {
  const all = yargs
    .option('from', {
      type: 'string',
      describe: 'update: a document that was downloaded, instead of fetching it',
    })
    .option('region', { type: 'string', describe: 'whose document: AWS name or domain' })
    .option('api-url', { type: 'string', describe: 'the API host, for gateways and sandboxes' })
    .option('profile', { alias: 'p', type: 'string', describe: 'a profile that names them' })
    .option('proxy', { type: 'string', describe: 'a proxy for the request' })
    .option('ca-file', { type: 'string', describe: 'certificates to trust besides the known ones' })
    .option('timeout', { type: 'string', describe: 'for the request (default: 2m)' })
    .option('deadline', { type: 'string', describe: 'for the whole run' });
  return addTextOrJson(all);
}

/** What both actions print. */
interface State {
  readonly action: 'show' | 'updated' | 'unchanged';
  readonly source: string;
  readonly date: string;
  readonly operations: number;
  readonly file?: string;
}

export const run: Run<CatalogueArgs> = async (args, terminal) => {
  const [action = 'show', ...more] = args._.map(String);
  if (more.length > 0 || (action !== 'show' && action !== 'update')) {
    throw new Failure(
      'usage',
      `'${visibleLine([action, ...more].join(' '))}' is nothing that the catalogue can do`,
      "it knows 'why403 catalogue show' and 'why403 catalogue update'",
    );
  }
  const asJson = wantsJson(args);
  const { layers, notes } = await gather(args, terminal);
  for (const note of notes) terminal.err(`why403: ${note}\n`);
  const state = action === 'show' ? show(layers, terminal) : await update(args, layers, terminal);
  terminal.out(asJson ? json(state) : text(state));
  return 0;
};

function show(layers: readonly Layer[], { env }: Terminal): State {
  const apiUrl = apiUrlOf(layers);
  const { source, date, entries } = genesysCatalogue(env, apiUrl && new URL(apiUrl).host);
  return { action: 'show', source, date, operations: entries.length };
}

function update(args: CatalogueArgs, layers: readonly Layer[], terminal: Terminal): Promise<State> {
  const folder = catalogueFolder(terminal.env);
  if (folder === undefined) {
    throw new Failure('config', 'there is no folder to keep the catalogue in', 'set HOME or XDG_CACHE_HOME');
  }
  const apiUrl = apiUrlOf(layers);
  const from = single(args.from, '--from');
  return from === undefined
    ? fetched(apiUrl, layers, folder, terminal)
    : fromFile(from, apiUrl, folder, terminal);
}

async function fromFile(
  from: string,
  apiUrl: string | undefined,
  folder: string,
  terminal: Terminal,
): Promise<State> {
  const place = documentPlace(from, terminal.cwd, '--from');
  if (place.kind === 'url') {
    throw new Failure(
      'usage',
      '--from takes a file',
      "download it first, or leave --from out: 'update' fetches the org's own document",
    );
  }
  const file = place.path;
  const date = day(terminal.now());
  const document = read(await readFile(file, terminal), from, date);
  const host = apiUrl === undefined ? document.host : new URL(apiUrl).host;
  if (host === undefined) {
    throw new Failure('config', `${from} does not say whose API it describes`, 'add --region or --api-url');
  }
  return keep(folder, document, { host, from: file, date });
}

async function fetched(
  apiUrl: string | undefined,
  layers: readonly Layer[],
  folder: string,
  terminal: Terminal,
): Promise<State> {
  if (apiUrl === undefined) {
    throw new Failure(
      'config',
      'no region was given, so it is not known whose document to fetch',
      'add --region eu-central-1, or set WHY403_REGION, or give a downloaded document with --from FILE',
    );
  }
  const url = `${apiUrl}/api/v2/docs/swagger`;
  const { host } = new URL(apiUrl);
  const kept = readCatalogueIndex(folder, host);
  // Another region's ETag says nothing here.
  const last = kept?.host === host ? kept : undefined;
  const { createHttp } = await import('../io/http.ts');
  const { trustedRoots } = await import('../io/trust.ts');
  const value = (name: string): string | undefined => choose(layers, name).chosen?.value;
  const caFile = value('ca-file');
  const timeoutMs = timeLimit(value);
  const http = createHttp({
    env: terminal.env,
    proxy: proxyOf(layers, terminal.env, []),
    trust: await trustedRoots(
      caFile && resolve(terminal.cwd, caFile),
      terminal.env['NODE_EXTRA_CA_CERTS'],
      terminal.signal,
    ),
    userAgent: `why403/${VERSION}`,
  });
  for (const note of http.notes) terminal.err(`why403: ${note}\n`);
  try {
    const answer = await fetchDocument(http, {
      url,
      etag: last?.etag,
      maxBytes: MAX_BYTES,
      timeoutMs,
      now: terminal.now(),
      signal: terminal.signal,
    });
    if (answer.kind === 'unchanged' && last) {
      return {
        action: 'unchanged',
        source: `the API document of ${host}`,
        date: last.date,
        operations: last.entries.length,
      };
    }
    if (answer.kind === 'unchanged') throw new Failure('config', `${url} answered 304 to a first request`);
    const document = read(answer.bytes, url, answer.date);
    const etag = answer.etag === undefined ? {} : { etag: answer.etag };
    return keep(folder, document, { host, from: url, date: answer.date, ...etag });
  } finally {
    http.close();
  }
}

/** The document is some ten megabytes. */
const DOCUMENT = '2m';

/** There is one request, so the whole run may last no longer than it, nor it than the whole run. */
function timeLimit(value: (name: string) => string | undefined): number {
  const timeout = parseDuration(value('timeout') ?? DOCUMENT, 'the time-out');
  const deadline = value('deadline');
  return deadline === undefined ? timeout : Math.min(timeout, parseDuration(deadline, 'the deadline'));
}

// Pieces, so that the reader never holds more than the operations beside the document.
const PIECE = 1 << 16;

function read(bytes: Uint8Array, source: string, date: string): ReadDocument {
  const reader = createDocumentReader({ source, date, expect: 'genesys' });
  for (let at = 0; at < bytes.length; at += PIECE) reader.write(bytes.subarray(at, at + PIECE));
  return reader.end();
}

function keep(
  folder: string,
  document: ReadDocument,
  facts: { host: string; from: string; date: string; etag?: string },
): State {
  const file = writeCatalogueIndex(folder, { ...facts, entries: document.entries });
  return {
    action: 'updated',
    source: `the API document of ${facts.host}`,
    date: facts.date,
    operations: document.entries.length,
    file,
  };
}

function json(state: State): string {
  return `${JSON.stringify({ schema: 1, ...state }, undefined, 2)}\n`;
}

function text({ action, source, date, operations, file }: State): string {
  const known = `${operations} endpoints, ${source} (${date})`;
  if (action === 'unchanged') return `unchanged: ${known}\n`;
  if (action === 'updated') return `updated: ${known}\nkept in ${file}\n`;
  return `in use: ${known}\n`;
}
