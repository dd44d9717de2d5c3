/** Whom to ask: provider, hosts, scope, out of the settings. */
import { Failure, visibleLine, type KnownSettings, type ProviderProfile } from '../core/index.ts';
import {
  nearestRegions,
  profileOf,
  regionOf,
  regionTitle,
  regionUrls,
  type Region,
} from '../providers/index.ts';
import { baseUrl, issuerUrl } from './settings-urls.ts';

/** The value of a setting by its flag name, noted as used. */
export type Take = (name: string) => string | undefined;

const PROVIDERS = ['genesys-cloud', 'generic'];

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that have a value. */
export function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}

/** @throws Failure `usage` for a name that is none */
export function providerNamed(name: string): ProviderProfile {
  const found = PROVIDERS.includes(name) ? profileOf(name) : undefined;
  if (found) return found;
  throw new Failure(
    'usage',
    `there is no provider '${visibleLine(name)}'`,
    `one of: ${PROVIDERS.join(', ')}`,
  );
}

/**
 * The hosts of this run, from region or URLs.
 * @throws Failure `config` where they are not known or not to be trusted with a secret; nothing was sent
 */
export function whereToAsk(provider: ProviderProfile, take: Take): KnownSettings {
  const url = (name: string): string | undefined => {
    const text = take(name);
    return text === undefined ? undefined : baseUrl(text, name);
  };
  const common = {
    requestedScope: take('scope'),
    clientAuth: clientAuth(take('client-auth')),
    apiUrl: url('api-url'),
    introspectionUrl: url('introspection-url'),
  };
  const loginUrl = url('login-url');
  const tokenUrl = url('token-url');
  if (provider.id === 'genesys-cloud')
    return present({ ...common, ...genesysHosts(take, { ...common, loginUrl, tokenUrl }) });
  const named = take('issuer');
  const issuer = named === undefined ? undefined : issuerUrl(named);
  if ((tokenUrl ?? loginUrl ?? issuer) === undefined) {
    throw new Failure(
      'config',
      'The token endpoint is not known, so nothing was sent.',
      '--issuer URL (its endpoints are discovered) or --token-url URL',
    );
  }
  return present({ ...common, issuer, tokenUrl: tokenUrl ?? loginUrl });
}

function clientAuth(text: string | undefined): 'basic' | 'post' | undefined {
  if (text === undefined || text === 'basic' || text === 'post') return text;
  throw new Failure(
    'usage',
    `the client authentication '${visibleLine(text)}' is not known`,
    'basic or post',
  );
}

interface Urls {
  readonly loginUrl: string | undefined;
  readonly apiUrl: string | undefined;
  readonly tokenUrl: string | undefined;
}

function genesysHosts(
  take: Take,
  urls: Urls,
): { region?: string | undefined; tokenUrl?: string | undefined; apiUrl?: string | undefined } {
  const text = take('region');
  const region = text === undefined ? undefined : knownRegion(text);
  if (!region && (urls.loginUrl ?? urls.apiUrl ?? urls.tokenUrl) === undefined) {
    throw new Failure(
      'config',
      'No region is set, so nothing was sent.',
      '--region NAME, such as eu-central-1 or mypurecloud.de (or WHY403_REGION, GENESYSCLOUD_REGION); or --login-url and --api-url',
    );
  }
  const login = urls.loginUrl ?? (region && regionUrls(region).login);
  return {
    region: region && regionTitle(region),
    tokenUrl: urls.tokenUrl ?? (login && `${login}/oauth/token`),
    apiUrl: urls.apiUrl ?? (region && regionUrls(region).api),
  };
}

/**
 * @param instead the flags that name the hosts of a newer region
 * @throws Failure `config` for what is none, with the nearest ones; what may be a secret is not quoted
 */
export function knownRegion(text: string, instead = '--login-url and --api-url'): Region {
  const region = regionOf(text);
  if (region) return region;
  throw new Failure(
    'config',
    `${shownRegion(text)} is no region of Genesys Cloud that this program knows, so nothing was sent.`,
    `perhaps ${nearestRegions(text).join(', or ')}; for a newer region give ${instead} instead`,
  );
}

/** Quoted where it could be a region: in a script that mixes up its variables, a secret stands here. */
function shownRegion(text: string): string {
  return /^[a-z\d_.:/-]{1,60}$/.test(text) ? `'${text}'` : `What was given (${text.length} characters)`;
}
