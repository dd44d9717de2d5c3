/** Token requests and discovery that went to a wrong place, as sightings. Pure; the URL and the answer decide. */
import {
  answersTo,
  asksToSignIn,
  bodyText,
  issuedToken,
  saysOnlyNotThere,
  statusOf,
  visibleLine,
  type Exchange,
  type Facts,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { speaksOfProxy } from '../connection/proxy-words.ts';
import { placeIn } from '../in-paste.ts';
import { shown } from '../readings.ts';

export interface PlaceFacts extends Facts {
  readonly kind: 'token' | 'discovery' | 'metadata' | 'issuer' | 'endpoint-elsewhere' | 'host' | 'said';
  readonly url: string;
  readonly what: string;
  /** Where it should go, if that is known. */
  readonly right?: string;
}

export type Seen = Sighting<PlaceFacts>;

const MOVED = new Set([404, 405, 410]);

export function urlOf(exchange: Exchange): URL | undefined {
  const { url } = exchange.request;
  return url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
}

/** Host and path, without a query. */
export function shortUrl(exchange: Exchange): string {
  const url = urlOf(exchange);
  return url ? `${url.origin}${url.pathname}` : visibleLine(exchange.request.url ?? 'the URL');
}

/** The server speaks OAuth, so a token endpoint is there whatever the status is (RFC 6749 §5.2). */
function speaksOAuth(exchange: Exchange): boolean {
  if (/^[a-z_]+$/.test(bodyText(exchange, 'error') ?? '')) return true;
  return NAMES_A_CLIENT.test(bodyText(exchange, 'message') ?? bodyText(exchange, 'error_description') ?? '');
}

/** A 404 of the client and not of the path: who looked it up was asked for a token. */
const NAMES_A_CLIENT =
  /\b(?:client|identity|consumer|application|tenant|account)\b[^\n]{0,60}\b(?:not (?:found|exist)|was found|unknown|invalid)|\bno (?:such )?(?:client|identity|consumer|application|tenant|account)\b/i;

/** Token requests to a place that is no token endpoint. */
export function misplaced(scene: Scene): Seen[] {
  return answersTo(scene.evidence, 'token').flatMap((x): Seen[] => {
    if (issuedToken(x) || asksToSignIn(x)) return [];
    const byPlace = offTheMap(x, scene);
    const byMethod = byPlace === undefined ? askedWrongly(x) : undefined;
    const gone = goneThere(x, scene);
    const what = [byPlace ?? byMethod, gone].filter(Boolean).join(', and ');
    if (!what) return [];
    // Who answers 405 is there (RFC 9110 §15.5.6).
    const right = byMethod === undefined ? rightPlace(x, scene) : shortUrl(x);
    const isSure = byMethod === undefined || x.request.method !== undefined;
    return [
      {
        facts: { kind: 'token', url: shortUrl(x), what, ...(right && { right }) },
        certainty: isSure ? 'proved' : 'suspected',
        evidence: [
          {
            at: `${x.step}: request.url`,
            shows: [x.request.method, shortUrl(x)].filter(Boolean).join(' '),
            ...placeIn(scene, x.request.url ?? '', x),
          },
          ...(gone ? [shown(x)] : []),
        ],
        explains: [x.step],
        sufficient: gone !== undefined && isSure,
        likelihood: gone ? 0.95 : 0.8,
        tell: 'Send the same request to the token endpoint that the provider documents.',
      },
    ];
  });
}

function rightPlace(exchange: Exchange, { profile, evidence }: Scene): string | undefined {
  if (profile.tokenPath === undefined) return undefined;
  // A URL that the user gave is what is in question; only a documented one is an answer.
  const { region } = evidence.settings;
  const known = profile.tokenUrl(region ? { region } : {});
  if (known !== undefined) return known;
  const login = urlOf(exchange)?.hostname.replace(/^(?:api|apps)\./, 'login.');
  return login !== undefined && profile.hostRole(login) === 'token'
    ? `https://${login}${profile.tokenPath}`
    : undefined;
}

/** A paste may leave out the host, or hide it: `https://{org}.example.com/oauth/token`. */
function hidesHost(url: string): boolean {
  return /[{}<>*$…]/.test(/^https?:\/\/([^/?#]+)\//i.exec(url)?.[1] ?? '');
}

function pathIn(url: string): string {
  return url.replace(/^https?:\/\/[^/?#]+/i, '').split(/[?#]/)[0] ?? '';
}

/** By the map of the provider's hosts and paths. */
function offTheMap(exchange: Exchange, { profile, evidence, mode }: Scene): string | undefined {
  const { url } = exchange.request;
  if (url === undefined) return undefined;
  const parsed = urlOf(exchange);
  const role = parsed ? profile.hostRole(parsed.hostname) : 'unknown';
  if (role === 'api') return 'it is the host of the API, and tokens are issued by the login host';
  if (role === 'app') return 'it is the host of the user interface, not of the authorization server';
  const path = (parsed ? parsed.pathname : pathIn(url)).replace(/\/+$/, '');
  // A gateway or sandbox that the settings name may have paths of its own.
  const own = mode === 'climb' && evidence.settings.tokenUrl !== undefined && role === 'unknown';
  const placeKnown =
    role === 'token' || (!parsed && url.startsWith('/')) || (mode === 'everything' && hidesHost(url));
  if (profile.tokenPath && placeKnown && !own && path !== profile.tokenPath && path !== '') {
    return `its path is ${visibleLine(path)}, and the token endpoint has the path ${profile.tokenPath}`;
  }
  return undefined;
}

/** A 405 to anything but a POST is about the method, and no word against the place. */
function askedWrongly(exchange: Exchange): string | undefined {
  const { method } = exchange.request;
  if (statusOf(exchange) !== 405 || method === 'POST' || !urlOf(exchange)) return undefined;
  return method === undefined
    ? 'a token endpoint takes POST only, and the method is not shown'
    : `it was asked with ${method}, and a token endpoint takes POST only`;
}

/** By what it answers: not there, or a page for people. */
function goneThere(exchange: Exchange, scene: Scene): string | undefined {
  if (exchange.outcome.kind !== 'answered' || speaksOAuth(exchange)) return undefined;
  const { status, body } = exchange.outcome;
  if (MOVED.has(status)) return saysOnlyNotThere(exchange) ? `it answers HTTP ${status}` : undefined;
  // Where the path is the user's own, a page for people is more likely a wrong path than a proxy.
  if (status >= 200 && status < 300 && body.kind === 'html' && !scene.profile.tokenPath) {
    return speaksOfProxy(body.text)
      ? undefined
      : `it answers HTTP ${status} with a page for people instead of JSON`;
  }
  return undefined;
}

/** Hosts that stand in blog posts and forums, and nowhere else. */
export function inventedHosts(scene: Scene): Seen[] {
  const hosts = new Map<string, Exchange[]>();
  for (const x of [...answersTo(scene.evidence, 'token'), ...answersTo(scene.evidence, 'endpoint')]) {
    const host = urlOf(x)?.hostname;
    if (host && scene.profile.hostRole(host) === 'invented') hosts.set(host, [...(hosts.get(host) ?? []), x]);
  }
  return [...hosts].map(([host, exchanges]) => ({
    facts: { kind: 'host', url: host, what: 'it is not in the list of its regions' },
    certainty: 'proved',
    evidence: exchanges.map((x) => ({
      at: `${x.step}: request.url`,
      shows: shortUrl(x),
      ...placeIn(scene, host, x),
    })),
    explains: exchanges.map((x) => x.step),
    sufficient: exchanges.every((x) => x.outcome.kind === 'unanswered'),
    likelihood: exchanges.every((x) => x.outcome.kind === 'unanswered') ? 0.95 : 0.8,
    tell: 'Compare the host with the list of regions of the provider.',
  }));
}
