/**
 * API documents (OpenAPI 3, Swagger 2; JSON or YAML) become catalogue entries. JSON is read in pieces and only what
 * counts is kept, because Genesys's own document has tens of megabytes.
 */
import { parse as parseYaml } from 'yaml';
import type { CatalogueEntry } from '../core/index.ts';
import { Failure } from '../core/index.ts';
import { createJsonPieces, JsonRefused, type JsonPieces } from './json-pieces.ts';
import {
  asRecord,
  asText,
  entryOf,
  type Found,
  operationsOf,
  type RawOperation,
  securityOf,
} from './operation.ts';

/** The most that a JSON document may hold, in bytes. */
export const MAX_BYTES = 100 * 1024 * 1024;
/** YAML can't be read in pieces. */
export const MAX_YAML_BYTES = 16 * 1024 * 1024;

export interface ReadDocument {
  readonly entries: readonly CatalogueEntry[];
  /** `info.title`, as the document writes it. */
  readonly title: string;
  /** The document is Genesys Cloud's own: it names permissions or their OAuth scheme. */
  readonly genesys: boolean;
  /** The API's host, where the document names one. */
  readonly host: string | undefined;
}

export interface DocumentReader {
  /** The next piece. Throws `Failure('config')` as soon as the document can't be one. */
  write(chunk: Uint8Array): void;
  /** All of it was written. Throws `Failure('config')` with the reason for which the document is refused. */
  end(): ReadDocument;
}

export interface ReaderOptions {
  /** Where the document comes from, in words; it goes into every entry. */
  readonly source: string;
  /** The day of the document, `YYYY-MM-DD`. */
  readonly date: string;
  /** `genesys` refuses another vendor's document. */
  readonly expect?: 'genesys' | 'any';
  readonly maxBytes?: number;
}

const FRAME_PATHS = [
  'swagger',
  'openapi',
  'info',
  'host',
  'basePath',
  'servers',
  'security',
  'securityDefinitions',
];
const PATHS = [...FRAME_PATHS.map((name) => `$.${name}`), '$.components.securitySchemes', '$.paths.*'];

const HOW = 'give an OpenAPI 3 or Swagger 2 document as JSON or YAML';

/** Reads a document piece by piece; memory holds the operations, not the document. */
export function createDocumentReader(options: ReaderOptions): DocumentReader {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  const frame: Record<string, Found> = {};
  const operations: RawOperation[] = [];
  const yaml: Uint8Array[] = [];
  let kind: 'json' | 'yaml' | undefined;
  let bytes = 0;
  let json: JsonPieces | undefined;

  const refuse = (reason: string, expected = HOW): never => {
    throw new Failure('config', `${options.source}: ${reason}`, expected);
  };

  function start(chunk: Uint8Array): Uint8Array {
    const rest = chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk;
    const first = String.fromCharCode(rest.find((byte) => byte > 0x20) ?? 0x20);
    if (first === ' ') return rest;
    if (first === '<')
      refuse(
        'this is an HTML or XML page, not an API document',
        `${HOW}; a login page or a proxy may stand in between`,
      );
    if (first === '[') refuse('this is a JSON list, not an API document');
    kind = first === '{' ? 'json' : 'yaml';
    if (kind === 'json') {
      json = createJsonPieces(PATHS, (value, key, [parent]) => {
        if (parent === 'paths') operations.push(...operationsOf(key, value));
        else frame[key] = value;
      });
    }
    return rest;
  }

  return {
    write(chunk) {
      bytes += chunk.length;
      if (bytes > maxBytes) refuse(`it is larger than ${megabytes(maxBytes)}`, 'is this the right document?');
      const rest = kind === undefined ? start(chunk) : chunk;
      if (kind === 'yaml') {
        if (bytes > MAX_YAML_BYTES)
          refuse(`YAML larger than ${megabytes(MAX_YAML_BYTES)}`, 'convert it to JSON first');
        yaml.push(rest);
      } else {
        try {
          json?.write(rest);
        } catch (error) {
          if (error instanceof JsonRefused) refuse(error.message);
          throw error;
        }
      }
    },
    end() {
      if (kind === undefined) refuse('it is empty');
      if (json && !json.ended) refuse('it is cut off: the JSON ends too early', 'fetch it again, whole');
      if (kind === 'yaml') readYaml(yaml, frame, operations, refuse);
      return conclude(frame, operations, options, refuse);
    },
  };
}

/** A document that is in memory already. Throws `Failure('config')` with the reason for which it is refused. */
export function readDocument(document: Uint8Array | string, options: ReaderOptions): ReadDocument {
  const reader = createDocumentReader(options);
  reader.write(typeof document === 'string' ? new TextEncoder().encode(document) : document);
  return reader.end();
}

type Refuse = (reason: string, expected?: string) => never;

function readYaml(
  chunks: Uint8Array[],
  frame: Record<string, Found>,
  operations: RawOperation[],
  refuse: Refuse,
): void {
  const decoder = new TextDecoder();
  const text = chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
  let value: Found;
  try {
    // Aliases are bounded by the library, so that a small document can't grow without end.
    value = parseYaml(text, { logLevel: 'error' }) as Found;
  } catch {
    return refuse('it is no valid YAML, or it is cut off');
  }
  const document = asRecord(value) ?? refuse('this is text, not an API document');
  for (const name of FRAME_PATHS) frame[name] = document[name];
  frame['securitySchemes'] = asRecord(document['components'])?.['securitySchemes'];
  for (const [path, item] of Object.entries(asRecord(document['paths']) ?? {})) {
    operations.push(...operationsOf(path, item));
  }
}

function conclude(
  frame: Readonly<Record<string, Found>>,
  operations: readonly RawOperation[],
  options: ReaderOptions,
  refuse: Refuse,
): ReadDocument {
  const swagger = versionText(frame['swagger']);
  const openapi = versionText(frame['openapi']);
  if (swagger === undefined && openapi === undefined) refuse('neither "swagger" nor "openapi" stands in it');
  if (swagger !== undefined && !/^2(\.|$)/.test(swagger))
    refuse(`Swagger ${shown(swagger)} is not known here`);
  if (openapi !== undefined && !/^3(\.|$)/.test(openapi))
    refuse(`OpenAPI ${shown(openapi)} is not known here`);
  if (operations.length === 0) refuse('it describes no operation');

  const schemes = asRecord(frame['securitySchemes']) ?? asRecord(frame['securityDefinitions']) ?? {};
  const genesys =
    operations.some((one) => one.rule !== undefined) ||
    Object.keys(schemes).includes('PureCloud OAuth') ||
    operations.some((one) => one.security?.flat().some(([scheme]) => scheme === 'PureCloud OAuth'));
  if (options.expect === 'genesys' && !genesys) {
    refuse(
      'it names no permissions, so it is not the document of Genesys Cloud',
      'take it from GET /api/v2/docs/swagger of your region',
    );
  }
  const named = Object.entries(schemes).map(([name, scheme]) => ({ name, scheme: asRecord(scheme) }));
  const used = [securityOf(frame['security']) ?? [], ...operations.map((one) => one.security ?? [])].flat(2);
  // A split document may use a scheme without defining it; whoever names scopes means OAuth.
  const undefinedOnes = used
    .filter(([name, scopes]) => scopes.length > 0 && !(name in schemes))
    .map(([name]) => name);
  const documentFrame = {
    genesys,
    security: securityOf(frame['security']),
    oauthSchemes: new Set([
      ...undefinedOnes,
      ...named
        .filter(({ scheme }) => /^(oauth2|openIdConnect)$/.test(asText(scheme?.['type']) ?? ''))
        .map(({ name }) => name),
    ]),
    clientSchemes: new Set(named.filter(({ scheme }) => allowsClients(scheme)).map(({ name }) => name)),
    base: basePath(frame),
    source: options.source,
    date: options.date,
  };
  return {
    entries: operations.map((one) => entryOf(one, documentFrame)),
    title: asText(asRecord(frame['info'])?.['title']) ?? '',
    genesys,
    host: hostOf(frame),
  };
}

/** Swagger 2: flow `application`; OpenAPI 3: flows.clientCredentials. */
function allowsClients(scheme: Readonly<Record<string, Found>> | undefined): boolean {
  if (scheme?.['type'] !== 'oauth2') return false;
  return scheme['flow'] === 'application' || asRecord(scheme['flows'])?.['clientCredentials'] !== undefined;
}

function hostOf(frame: Readonly<Record<string, Found>>): string | undefined {
  const host =
    asText(frame['host']) ?? /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(firstServer(frame) ?? '')?.[1];
  return host !== undefined && /^[\w.-]+(?::\d+)?$/.test(host) ? host.toLowerCase() : undefined;
}

function firstServer(frame: Readonly<Record<string, Found>>): string | undefined {
  const servers = frame['servers'];
  return Array.isArray(servers) ? asText(asRecord(servers[0])?.['url']) : undefined;
}

/** The path before all paths; of several servers the first counts. */
function basePath(frame: Readonly<Record<string, Found>>): string {
  const path = (firstServer(frame) ?? asText(frame['basePath']) ?? '').replace(
    /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/]*/i,
    '',
  );
  const trimmed = path.replace(/[?#].*$/s, '').replace(/\/+$/, '');
  return trimmed === '' || trimmed.startsWith('/') ? trimmed : `/${trimmed}`;
}

function versionText(value: Found): string | undefined {
  return typeof value === 'number' ? String(value) : asText(value);
}

/** A version that a stranger wrote, cut short. */
function shown(version: string): string {
  return JSON.stringify(version.slice(0, 20));
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}
