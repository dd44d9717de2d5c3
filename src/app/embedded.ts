/** `diagnose` for programs that embed the ladder: settings come as an object, and from nowhere else. */
import { builtIn, knownOf } from '../catalogue/index.ts';
import {
  authorizationShape,
  clientShape,
  Failure,
  type EndpointNeed,
  type KnownSettings,
  type ProviderProfile,
  type StageId,
} from '../core/index.ts';
import { bundledDataset } from '../datasets/index.ts';
import { createHttp } from '../io/http.ts';
import { steadyNow } from '../io/patience.ts';
import { Secret } from '../io/secrets.ts';
import { createTransport } from '../io/transport.ts';
import { trustedRoots } from '../io/trust.ts';
import { profileOf } from '../providers/index.ts';
import { nearestRegions, regionOf, regionTitle, regionUrls } from '../providers/genesys-regions.ts';
import { documentCatalogue } from './catalogue.ts';
import { diagnoseLive, type Diagnosis } from './diagnose-live.ts';

export interface DiagnoseOptions {
  /** Default `genesys-cloud`. */
  readonly provider?: 'genesys-cloud' | 'generic';
  /** Genesys Cloud: AWS name or domain, e.g. `eu-central-1` or `mypurecloud.de`. */
  readonly region?: string;
  /** Instead of a region: the login host's base URL. */
  readonly loginUrl?: string;
  readonly apiUrl?: string;
  /** Any other server: its issuer, to discover the endpoints from, or the token endpoint itself. */
  readonly issuer?: string;
  readonly tokenUrl?: string;
  readonly introspectionUrl?: string;
  readonly clientAuth?: 'basic' | 'post';
  readonly scope?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** A ready token; used only where no client is given. */
  readonly accessToken?: string;
  /** An Authorization header to check instead of building one. */
  readonly authorization?: string;
  /** Default: what the hourly export of Genesys Cloud needs. */
  readonly endpoints?: readonly EndpointNeed[];
  /** The API's own document, OpenAPI or Swagger, JSON or YAML. */
  readonly openapi?: Uint8Array;
  /** A proxy's URL. Proxy variables are obeyed only if they are given in `env`. */
  readonly proxy?: string;
  readonly env?: { readonly [name: string]: string | undefined };
  /** A PEM file of certificates to trust besides the usual ones. */
  readonly caFile?: string;
  /** For one request, in milliseconds; default 10 000. */
  readonly timeoutMs?: number;
  /** For the whole run, in milliseconds; default 120 000. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** Told before a stage asks. */
  readonly onStage?: (stage: StageId) => void;
}

/**
 * Climbs the ladder against a live org and stops at the first block. Changes nothing there, and asks for a token once.
 * @returns the report, and the evidence it rests on, in which no secret is
 * @throws Failure `config` for settings that name no place to ask; nothing was sent
 */
export async function diagnose(options: DiagnoseOptions): Promise<Diagnosis> {
  const profile = profileOf(options.provider ?? 'genesys-cloud');
  if (!profile) throw new Failure('config', 'there is no such provider', 'genesys-cloud or generic');
  const { idForm, formEncoded } = profile.credential;
  const token = tokenOf(options);
  const known: KnownSettings = { ...placeOf(options), ...(token && { readyToken: true }) };
  const capturedAt = new Date();
  const pair = pairOf(options);
  const given = options.authorization === undefined ? undefined : new Secret(options.authorization);
  const client =
    token || (given && !pair) ? undefined : clientShape(options.clientId, options.clientSecret, idForm);
  const http = createHttp({
    env: { ...options.env },
    now: () => Date.now(),
    userAgent: 'why403',
    ...(options.proxy && { proxy: { value: new Secret(options.proxy), from: 'the option proxy' } }),
    trust: await trustedRoots(options.caFile, options.env?.['NODE_EXTRA_CA_CERTS'], options.signal),
  });
  const needs = options.endpoints ?? defaultNeeds(profile);
  const transport = createTransport({
    http,
    settings: known,
    ...(pair && { credentials: { id: pair.id, secret: new Secret(pair.secret) } }),
    ...(given && { given }),
    ...(token && { token }),
    formEncoded,
    idForm,
    allowedOrigins: originsOf(profile, known, needs),
    timeoutMs: options.timeoutMs ?? 10_000,
    deadlineAt: steadyNow() + (options.deadlineMs ?? 120_000),
    ...(options.signal && { signal: options.signal }),
  });
  try {
    return await diagnoseLive(
      {
        profile,
        catalogue: options.openapi
          ? documentCatalogue(options.openapi, {
              source: "the API's document",
              date: capturedAt.toISOString().slice(0, 10),
            })
          : knownOf(profile.id, builtIn),
        settings: known,
        ...(client && { client }),
        ...(given && { authorization: authorizationShape(given.reveal(), pair, idForm) }),
        needs,
        capturedAt,
      },
      transport,
      options.onStage ? { onStage: options.onStage } : {},
    );
  } finally {
    http.close();
  }
}

function tokenOf({
  accessToken,
  clientId,
  clientSecret,
  authorization,
}: DiagnoseOptions): Secret | undefined {
  const other = clientId ?? clientSecret ?? authorization;
  return accessToken === undefined || other !== undefined ? undefined : new Secret(accessToken);
}

function pairOf({ clientId, clientSecret }: DiagnoseOptions): { id: string; secret: string } | undefined {
  if (clientId === undefined && clientSecret === undefined) return undefined;
  return { id: clientId ?? '', secret: clientSecret ?? '' };
}

function placeOf(options: DiagnoseOptions): KnownSettings {
  const { issuer, introspectionUrl, clientAuth, scope } = options;
  const region = options.region === undefined ? undefined : regionOf(options.region);
  if (options.region !== undefined && !region) {
    throw new Failure(
      'config',
      'that is no region of Genesys Cloud that this program knows, so nothing was sent',
      `perhaps ${nearestRegions(options.region).join(', or ')}`,
    );
  }
  const login = options.loginUrl ?? (region && regionUrls(region).login);
  const tokenUrl = options.tokenUrl ?? (login && `${login.replace(/\/+$/, '')}/oauth/token`);
  const apiUrl = (options.apiUrl ?? (region && regionUrls(region).api))?.replace(/\/+$/, '');
  if (tokenUrl === undefined && apiUrl === undefined && issuer === undefined) {
    throw new Failure(
      'config',
      'no place to ask is given, so nothing was sent',
      'region, issuer or tokenUrl',
    );
  }
  return {
    ...(region && { region: regionTitle(region) }),
    ...(tokenUrl !== undefined && { tokenUrl }),
    ...(apiUrl !== undefined && { apiUrl }),
    ...(issuer !== undefined && { issuer }),
    ...(introspectionUrl !== undefined && { introspectionUrl }),
    ...(clientAuth !== undefined && { clientAuth }),
    ...(scope !== undefined && { requestedScope: scope }),
  };
}

function defaultNeeds({ access }: ProviderProfile): readonly EndpointNeed[] {
  return access === 'roles' ? (bundledDataset('queue-hourly')?.needs ?? []) : [];
}

/** Secrets go to what the settings name, and nowhere else. */
function originsOf(profile: ProviderProfile, known: KnownSettings, needs: readonly EndpointNeed[]): string[] {
  const urls = [profile.tokenUrl(known), known.apiUrl, known.issuer, known.introspectionUrl];
  for (const { path } of needs) if (/^https?:\/\//i.test(path)) urls.push(path);
  return [...new Set(urls.flatMap((url) => (url && URL.canParse(url) ? [new URL(url).origin] : [])))];
}
