/** One operation of an API document, in our words. */
import type { CatalogueEntry, PermissionRule } from '../core/index.ts';

/** A value out of a document: anything, or nothing. */
export type Found = unknown;

export function asRecord(value: Found): Readonly<Record<string, Found>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, Found>)
    : undefined;
}

export function asText(value: Found): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** What is kept of an operation until the end of the document, where the defaults may stand. */
export interface RawOperation {
  readonly method: string;
  readonly path: string;
  readonly rule: PermissionRule | undefined;
  /** The operation's own `security`; undefined where the document's applies. */
  readonly security: readonly Requirement[] | undefined;
  readonly errorCodes: ReadonlySet<string> | undefined;
}

/** One way in: all schemes of it, each with the scopes it demands. */
export type Requirement = readonly (readonly [scheme: string, scopes: readonly string[]])[];

/** The operations of one path item; extensions and shared parts are passed over. */
export function operationsOf(path: string, item: Found): RawOperation[] {
  const record = asRecord(item);
  if (!record) return [];
  return METHODS.flatMap((method) => {
    const operation = asRecord(record[method]);
    if (!operation) return [];
    return [
      {
        method: method.toUpperCase(),
        path,
        rule: ruleOf(operation['x-inin-requires-permissions']),
        security: securityOf(operation['security']),
        errorCodes: codesOf(operation['responses']),
      },
    ];
  });
}

/** `security` as OpenAPI writes it: any one of the list, all of each. Undefined where it is not written. */
export function securityOf(value: Found): Requirement[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((requirement) =>
    Object.entries(asRecord(requirement) ?? {}).map(([scheme, scopes]): [string, string[]] => [
      scheme,
      Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [],
    ]),
  );
}

function ruleOf(value: Found): PermissionRule | undefined {
  const record = asRecord(value);
  if (!record) return undefined;
  const permissions = Array.isArray(record['permissions'])
    ? record['permissions'].filter((name) => typeof name === 'string')
    : [];
  const type = asText(record['type'])?.toUpperCase();
  if (type !== 'ANY' && type !== 'ALL') return { type: 'unknown', permissions };
  // One operation demands ANY of nothing: its document does not say what.
  return permissions.length === 0 ? { type: 'unknown', permissions } : { type, permissions };
}

/** The codes of all declared errors; undefined where the operation declares none. */
function codesOf(responses: Found): Set<string> | undefined {
  const codes = Object.values(asRecord(responses) ?? {}).flatMap((response) =>
    Object.keys(asRecord(asRecord(response)?.['x-inin-error-codes']) ?? {}),
  );
  return codes.length > 0 ? new Set(codes) : undefined;
}

/** What the whole document says, which an operation may lean on. */
export interface DocumentFrame {
  readonly genesys: boolean;
  readonly security: readonly Requirement[] | undefined;
  /** Schemes by which a client may ask in its own name (the client-credentials flow). */
  readonly clientSchemes: ReadonlySet<string>;
  /** All OAuth 2 and OpenID schemes. */
  readonly oauthSchemes: ReadonlySet<string>;
  /** Put before every path: `basePath`, or the path of the first server. */
  readonly base: string;
  readonly source: string;
  readonly date: string;
}

/** A raw operation in the words of the catalogue. */
export function entryOf(raw: RawOperation, frame: DocumentFrame): CatalogueEntry {
  const ways = raw.security ?? frame.security ?? [];
  const sets = ways.map((way) =>
    way.filter(([scheme]) => frame.oauthSchemes.has(scheme)).flatMap(([, s]) => s),
  );
  const path = `${frame.base}${raw.path.startsWith('/') ? '' : '/'}${raw.path}`;
  return {
    method: raw.method,
    path,
    rule: raw.rule ?? { type: frame.genesys ? 'none' : 'unknown', permissions: [] },
    scopes: [...new Set(sets.flat())],
    // Genesys lists alternatives where the specification means all of them.
    ...(frame.genesys || sets.every((set) => set.length < 2) ? {} : { scopeSets: sets }),
    clientCredentials: frame.genesys ? genesysClient(raw) : anyClient(ways, frame),
    divisionAware: 'unknown',
    source: frame.source,
    date: frame.date,
  };
}

/**
 * `not.a.user` refuses a client's token, `not.a.client` a user's. Where errors are declared and neither is among them,
 * roles and divisions decide (help, "Create an OAuth client"); a path about oneself stays open.
 */
function genesysClient({ errorCodes, path }: RawOperation): boolean | 'unknown' {
  if (errorCodes?.has('not.a.user')) return false;
  if (errorCodes?.has('not.a.client')) return true;
  return errorCodes === undefined || path.split('/').includes('me') ? 'unknown' : true;
}

function anyClient(ways: readonly Requirement[], frame: DocumentFrame): boolean | 'unknown' {
  return ways.some((way) => way.length > 0 && way.every(([scheme]) => frame.clientSchemes.has(scheme)))
    ? true
    : 'unknown';
}
