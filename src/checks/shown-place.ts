/** Where a paste says that a token is asked for, and with which grant: out of requests, settings, code and sentences. */
import {
  answersTo,
  bodyText,
  metadataIn,
  hostOf,
  isTokenUrl,
  pathOf,
  urlsIn,
  type Exchange,
  type Scene,
} from '../core/index.ts';
import { readings } from './readings.ts';

/** Something in a URL that was to be replaced, or that a mask hides. */
const OPEN = /[•<>{}$*…]|%7[bd]|%(?![0-9a-f]{2})|\byour\b|xxxx/i;

/** Pages for people, which end in the same words. */
const FOR_READERS =
  /^https?:\/\/(?:[\w-]+\.)*(?:docs?|developers?|help|support|learn|forum|community|stackoverflow|blog|wiki)\.|\/(?:docs?|settings|reference|help|wiki|blob)\//i;

/** What is asked before there is anything to exchange for a token. */
const OTHER_ENDPOINT =
  /\/(?:device(?:[_-]?authorization|[_-]?code)?|authorize|introspect|revoke)\/?(?:[?#]|$)/i;

/** Parameters of the request itself; they are sent in its body. */
const OF_THE_REQUEST =
  /^(?:grant_type|client_id|client_secret|code|scope|refresh_token|redirect_uri|code_verifier|account_id|username|password|state)$/i;

/** The URL of a token endpoint as a setting takes it; undefined where it has open places, or is none that may be asked. */
function asSetting(url: string): string | undefined {
  const [bare = '', query = ''] = url.split('#', 1)[0]!.split(/\?(.*)/s);
  const kept = query.split('&').filter((pair) => pair && !OF_THE_REQUEST.test(pair.replace(/=.*/s, '')));
  const whole = kept.length > 0 ? `${bare}?${kept.join('&')}` : bare;
  const loopback = /^https?:\/\/(?:localhost|127\.[\d.]+|\[::1\])(?=[:/]|$)/i.test(bare);
  const may = (loopback || /^https:\/\//i.test(bare)) && !bare.slice(8).split('/', 1)[0]!.includes('@');
  const fits = may && !OPEN.test(whole) && !OTHER_ENDPOINT.test(bare);
  return fits && URL.canParse(whole) ? whole : undefined;
}

/** URLs of a text, but for those of pages that somebody only read. */
function linksIn(text: string): string[] {
  return urlsIn(text).filter((url) => !FOR_READERS.test(url));
}

/** A request that is shown, and not a link that a sentence names. */
function wasSent({ request: { method, form, bodyForm, url = '' } }: Exchange): boolean {
  return method === 'POST' || form !== undefined || bodyForm !== undefined || !/\/tokens\/?$/i.test(url);
}

/** The token endpoint that the paste shows: that of a request, else that of settings or code, else of a sentence. */
export function tokenUrlShown({ evidence, profile }: Scene): string | undefined {
  const asked = answersTo(evidence, 'token')
    .filter(wasSent)
    .flatMap(({ request: { url } }) => asSetting(url ?? '') ?? []);
  const found = asked.at(-1);
  if (found !== undefined) return found;
  const set = evidence.said.filter(({ where }) => where === 'config' || where === 'code');
  const inUse = set.flatMap(({ text }) => urlsIn(text ?? ''));
  for (const urls of [inUse, linksIn(evidence.paste ?? '')]) {
    const named = urls.flatMap((url) =>
      isTokenUrl(url) && !/\/tokens\/?$/i.test(pathOf(url)) ? (asSetting(url) ?? []) : [],
    );
    const own = named.find((url) => profile.hostRole(hostOf(url) ?? '') === 'token');
    const first = own ?? named[0];
    if (first !== undefined) return first;
  }
  return undefined;
}

/** What Microsoft calls an authority is no issuer. */
const OF_NO_ISSUER = /^https:\/\/login\.microsoftonline\./i;

/** The issuer that a setting or a discovery document's address names. */
export function issuerShown({ evidence: { paste = '' } }: Scene): string | undefined {
  const discovered = linksIn(paste).flatMap(
    (url) => /^(.+)\/\.well-known\/openid-configuration/i.exec(url)?.[1] ?? [],
  );
  const set = [
    ...paste.matchAll(
      /\b(?:issuer(?:[-_]?ur[il])?|authority)["'\\]{0,2}\s{0,9}[:=]\s{0,9}["'\\]{0,2}(https?:\/\/[^\s"'\\,;)]{3,300})/gi,
    ),
  ];
  const named = [...discovered, ...set.map((m) => m[1] ?? '')].flatMap((url) => asSetting(url) ?? []);
  return named.find((url) => !OF_NO_ISSUER.test(url));
}

/** The token endpoint by the settings, the discovery document or the paste; undefined where none of them names it. */
export function knownTokenUrl(scene: Scene): string | undefined {
  const { evidence, profile, mode } = scene;
  const discovered = answersTo(evidence, 'discovery').flatMap((x) =>
    metadataIn(x, evidence)?.issuer === 'another' ? [] : (bodyText(x, 'token_endpoint') ?? []),
  );
  const known = profile.tokenUrl(evidence.settings) ?? discovered.at(-1);
  if (known !== undefined || mode === 'climb') return known;
  if (profile.access !== 'roles') return tokenUrlShown(scene);
  const domain = domainShown(scene);
  return domain === undefined ? undefined : profile.tokenUrl({ region: domain });
}

/** The host of a URL; undefined where a variable that nothing has put in stands in it (`api.$REGION`, `%HOST%`, `{region}`). */
function hostIn(url: string): string | undefined {
  return URL.canParse(url) && !hasOpenHost(url) ? new URL(url).hostname : undefined;
}

/** A variable that nothing has put in stands where the host is. */
export function hasOpenHost(url: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/?#\s]*[$%{}]/i.test(url);
}

const domainOf = (host: string): string => host.replace(/^[^.]+\./, '');

/**
 * The domain of the provider's own hosts in a paste, `mypurecloud.de` of `api.mypurecloud.de`; it names the region.
 * What was asked counts first; settings and sentences only where they name no two regions.
 */
export function domainShown(scene: Scene): string | undefined {
  const asked = domainAsked(scene);
  if (asked !== undefined) return asked;
  const words = regionWords(scene.evidence.paste ?? '');
  const named = new Set(words.flatMap((word) => domainNamed(word, scene) ?? []));
  return named.size === 1 ? [...named][0] : homeShown(scene);
}

function domainAsked({ evidence, profile }: Scene): string | undefined {
  const hosts = evidence.exchanges.flatMap(({ request: { url } }) => hostIn(url ?? '') ?? []);
  const own = hosts.find((host) => ['token', 'api', 'app'].includes(profile.hostRole(host)));
  return own === undefined ? undefined : domainOf(own);
}

/** The domain at which a person signs in to the provider's own pages: there the organization lives. */
function homeShown({ evidence: { paste = '' }, profile }: Scene): string | undefined {
  const homes = hostWords(paste).filter((host) => profile.hostRole(host) === 'app');
  const domains = new Set(homes.map(domainOf));
  return domains.size === 1 ? [...domains][0] : undefined;
}

/** The home of the organization, where the paste shows that another place was asked. */
export function elsewhereShown(scene: Scene): string | undefined {
  const home = scene.mode === 'everything' ? homeShown(scene) : undefined;
  return home === domainAsked(scene) ? undefined : home;
}

function domainNamed(word: string, { profile }: Scene): string | undefined {
  const url = profile.access === 'roles' ? profile.tokenUrl({ region: word }) : undefined;
  return url === undefined ? undefined : domainOf(new URL(url).hostname);
}

function hostWords(text: string): string[] {
  const words = text.slice(0, 50_000).matchAll(/(?<![\w.-])(?:[a-z0-9-]{1,40}\.){1,5}[a-z]{2,12}(?![\w-])/gi);
  return [...words].slice(0, 300).map((m) => m[0].toLowerCase());
}

/** Hosts, and names of regions where a setting or an enumeration calls them so. */
function regionWords(text: string): string[] {
  const names = text
    .slice(0, 50_000)
    .matchAll(
      /(?:region|environment)\w{0,12}["'`\\]{0,2}\s{0,9}(?:[:=(.,]|is|in)?\s{0,9}["'`\\]{0,2}([a-z]{2,4}(?:[-_][a-z]{2,10}){1,2}[-_]\d)\b/gi,
    );
  return [...hostWords(text), ...[...names].map((m) => m[1] ?? '')];
}

const CLIENT_CREDENTIALS = /^client[-_ ]?credentials?$/i;
const OTHER_GRANT =
  /grant[_-]?type["']?\W{1,6}(authorization_code|refresh_token|password|account_credentials|urn:[\w:.-]{5,80})|["'](authorization_code)["']/i;

/** The causes that only an exchange of a code or a refresh token has. */
const OF_ANOTHER_GRANT =
  /^grant\/(?:code-invalid|redirect-uri-mismatch|refresh-token-invalid|pkce-mismatch)$/;

/**
 * The paste is about another grant than client credentials, so a run of `diagnose`, which asks with that one alone,
 * would show nothing of it.
 * @param ofCode what is to be shown is about a code or a refresh token
 */
export function asksOtherwise(scene: Scene, ofCode = false): boolean {
  const { evidence, mode } = scene;
  if (mode === 'climb') return false;
  const sent = answersTo(evidence, 'token').flatMap(({ request: { form } }) => form?.['grant_type'] || []);
  const last = sent.at(-1);
  if (last !== undefined) return !CLIENT_CREDENTIALS.test(last);
  const paste = evidence.paste ?? '';
  if (/client[-_]?credentials/i.test(paste)) return false;
  if (ofCode || OTHER_GRANT.test(paste)) return true;
  const read = readings(scene).findLast(({ exchange }) => exchange.step.startsWith('token'));
  return OF_ANOTHER_GRANT.test(read?.reading.causes[0].code ?? '');
}

/** The scope of the token request, where a command can repeat it. */
export function scopeShown({ evidence: { settings } }: Scene): string | undefined {
  const { requestedScope = '' } = settings;
  return /^[\x20-\x7e]+$/.test(requestedScope) && !/[•<>{}$]/.test(requestedScope)
    ? requestedScope
    : undefined;
}
