/** From resolved settings to what a run needs: how the org is reached, what is asked of it, and what is known of it. */
import { knownOf, MAX_BYTES } from '../catalogue/index.ts';
import { documentCatalogue, genesysCatalogue } from '../app/catalogue.ts';
import type { LiveCase } from '../app/diagnose-live.ts';
import { instant, type Catalogue, type EndpointNeed, Failure, type GivenFlag } from '../core/index.ts';
import { documentPlace } from '../io/document-place.ts';
import { readGiven, whyUnread } from '../io/given-file.ts';
import { readClientCertificate } from '../io/client-certificate.ts';
import type { ClientCertificate } from '../io/client-certificate.ts';
import { createHttp, type Http } from '../io/http.ts';
import { steadyNow } from '../io/patience.ts';
import type { TransportOptions } from '../io/transport.ts';
import { trustedRoots } from '../io/trust.ts';
import type { LiveSettings } from './settings.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

export { VERSION } from './version.ts';

export interface Connection {
  readonly http: Http;
  readonly live: LiveCase;
  /** Without a token, but for a ready one. */
  readonly transport: TransportOptions;
}

const REQUEST_MS = 10_000;
const DOCUMENT_MS = 60_000;

export interface ConnectOptions {
  /** For the whole run where the settings name none; undefined: until it is done. */
  readonly deadlineMs?: number;
  readonly offline?: boolean;
  /** Those that repeat the run beside the flags of the settings. */
  readonly flags?: readonly GivenFlag[];
}

/**
 * @param needs the endpoints to check
 * @throws Failure `config` for a proxy, CA file or API document that can't be used
 */
export async function connect(
  settings: LiveSettings,
  needs: readonly EndpointNeed[],
  terminal: Terminal,
  { deadlineMs, offline = false, flags = [] }: ConnectOptions = {},
): Promise<Connection> {
  const { provider, known, credentials, given, token, client, authorization } = settings;
  const http = createHttp({
    env: terminal.env,
    now: () => terminal.now().getTime(),
    userAgent: `why403/${VERSION}`,
    ...(settings.proxy && { proxy: settings.proxy }),
    trust: await trustedRoots(settings.caFile, terminal.env['NODE_EXTRA_CA_CERTS'], terminal.signal),
    ...(await clientCertificate(settings, terminal.signal)),
  });
  const limit = settings.deadlineMs ?? deadlineMs;
  const deadlineAt = limit === undefined ? undefined : steadyNow() + limit;
  const capturedAt = terminal.now();
  return {
    http,
    live: {
      profile: provider,
      catalogue: await catalogueOf(settings, http, terminal, { offline, deadlineAt }),
      settings: { ...known, ...(offline && { offline }), flags: [...settings.flags, ...flags] },
      ...(client && { client }),
      ...(authorization && { authorization }),
      needs,
      capturedAt,
    },
    transport: {
      http,
      settings: known,
      ...(credentials && { credentials }),
      ...(given && { given }),
      ...(token && { token }),
      formEncoded: provider.credential.formEncoded,
      idForm: provider.credential.idForm,
      allowedOrigins: settings.allowedOrigins,
      timeoutMs: settings.timeoutMs ?? REQUEST_MS,
      ...(deadlineAt !== undefined && { deadlineAt }),
      offline,
      signal: terminal.signal,
    },
  };
}

async function clientCertificate(
  { clientCertFile, clientKeyFile }: LiveSettings,
  signal: AbortSignal,
): Promise<{ client?: ClientCertificate }> {
  if (clientCertFile !== undefined)
    return { client: await readClientCertificate(clientCertFile, clientKeyFile, signal) };
  if (clientKeyFile === undefined) return {};
  throw new Failure(
    'config',
    '--client-key-file is given without the certificate that it belongs to',
    '--client-cert-file FILE as well',
  );
}

/** What is known of the endpoints: `--openapi`, else the org's own document if it was fetched, else the built-in table. */
async function catalogueOf(
  settings: LiveSettings,
  http: Http,
  terminal: Terminal,
  { offline, deadlineAt }: { readonly offline: boolean; readonly deadlineAt: number | undefined },
): Promise<Catalogue> {
  const { openapi, known } = settings;
  if (openapi === undefined) {
    const host = known.apiUrl === undefined ? undefined : new URL(known.apiUrl).host;
    return knownOf(settings.provider.id, genesysCatalogue(terminal.env, host));
  }
  const date = instant(terminal.now()).slice(0, 10);
  const place = documentPlace(openapi, terminal.cwd);
  if (place.kind === 'file') {
    return documentCatalogue(await readDocument(place.path, terminal.signal), { source: openapi, date });
  }
  if (offline) {
    throw new Failure('usage', '--openapi names a URL, and --offline asks nobody', 'name a file instead');
  }
  // No token: a document is not part of what the secrets are for (contract, "Secrets").
  const answer = await http.send({
    method: 'GET',
    url: place.url,
    follow: !place.secret,
    timeoutMs: Math.max(
      1,
      Math.min(settings.timeoutMs ?? DOCUMENT_MS, (deadlineAt ?? Infinity) - steadyNow()),
    ),
    signal: terminal.signal,
  });
  if (answer.kind === 'answered' && answer.status === 200 && !answer.truncated) {
    return documentCatalogue(answer.body, { source: new URL(place.url).host, date });
  }
  const why = answer.kind === 'answered' ? `it answers ${answer.status}` : answer.detail;
  throw new Failure(
    'config',
    `--openapi ${new URL(place.url).origin} can not be read: ${why}`,
    'an OpenAPI document, or a file',
  );
}

async function readDocument(file: string, signal: AbortSignal): Promise<Buffer> {
  try {
    return await readGiven(file, { signal, most: MAX_BYTES });
  } catch (error) {
    throw new Failure(
      'config',
      `--openapi ${file} can not be read (${whyUnread(error)})`,
      'an OpenAPI document, JSON or YAML',
    );
  }
}
