/** Which proxy a request goes through, and which setting said so. got honours no proxy variable by itself. */
import { BlockList, isIP } from 'node:net';
import { Failure } from '../core/index.ts';
import { isLoopback } from './loopback.ts';
import type { Secret } from './secrets.ts';

export interface ProxyRoute {
  /** Without user info; fit to show. */
  readonly shown: string;
  readonly url: URL;
  /** `Basic …` for the proxy, from the URL's user info. Never shown. */
  readonly authorization?: string;
  /** The flag or variable that named it. */
  readonly from: string;
}

/** A proxy that a flag, a profile or a config file names. */
export interface GivenProxy {
  /** May hold a password. */
  readonly value: Secret;
  /** Fit to show: `--proxy`, `proxy of config file …`. */
  readonly from: string;
  /** The environment wins over it, as over everything in the config file. */
  readonly behindVariables?: boolean;
}

/** A setting by its name; the value of a proxy may hold a password. */
export interface Named {
  readonly name: string;
  readonly value: string;
}

export type Route =
  | { readonly kind: 'direct'; readonly why: 'loopback' | 'no-proxy' | 'none'; readonly from?: string }
  | { readonly kind: 'proxy'; readonly proxy: ProxyRoute };

type Env = { readonly [name: string]: string | undefined };

/**
 * The way to a URL.
 * @param given what the settings name; a variable wins over it or not
 * @throws Failure `config` for a proxy URL that can't be read or a scheme that is not http or https
 */
export function routeTo(target: URL, env: Env, given?: GivenProxy): Route {
  if (isLoopback(target.hostname)) return { kind: 'direct', why: 'loopback' };
  const [named] = proxiesFor(target.protocol, env, given);
  if (!named) return { kind: 'direct', why: 'none' };
  const exception = exceptionsIn(env);
  const match = exception && matchingEntry(target, exception.value);
  if (exception && match !== undefined) {
    return { kind: 'direct', why: 'no-proxy', from: `${exception.name} (${match})` };
  }
  return { kind: 'proxy', proxy: parseProxy(named.value, named.name) };
}

/** In one line for notes and failures; empty where nothing was set. */
export function describeRoute(route: Route): string {
  if (route.kind === 'proxy') return `through the proxy ${route.proxy.shown} (${route.proxy.from})`;
  return route.why === 'no-proxy' ? `directly, because ${route.from} matches` : '';
}

/** Every setting that names a proxy for `https:` or `http:`; the first one counts, the others are ignored. */
export function proxiesFor(protocol: string, env: Env, given?: GivenProxy): Named[] {
  const own = given ? [{ name: given.from, value: given.value.reveal() }] : [];
  const variables = fromVariables(protocol === 'https:' ? 'https' : 'http', env);
  return given?.behindVariables ? [...variables, ...own] : [...own, ...variables];
}

/** The hosts that no proxy stands before. */
export function exceptionsIn(env: Env): Named | undefined {
  return set(env, 'no_proxy') ?? set(env, 'NO_PROXY');
}

/** A proxy's URL without user info, fit to show; `•••` for a text that is none. */
export function shownProxy(text: string): string {
  try {
    return parseProxy(text, '').shown;
  } catch {
    return '•••';
  }
}

/** The lower-case name first, as curl has it; an empty variable counts as not set. */
function fromVariables(scheme: 'https' | 'http', env: Env): Named[] {
  return [`${scheme}_proxy`, `${scheme.toUpperCase()}_PROXY`, 'all_proxy', 'ALL_PROXY'].flatMap(
    (name) => set(env, name) ?? [],
  );
}

function set(env: Env, name: string): Named | undefined {
  const value = env[name]?.trim();
  return value ? { name, value } : undefined;
}

function parseProxy(text: string, from: string): ProxyRoute {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const expected =
    'a URL such as http://proxy.example:3128; user and password stand before an @, percent-encoded';
  let url: URL;
  let authorization: string | undefined;
  try {
    url = new URL(withScheme);
    if (url.username !== '' || url.password !== '') {
      const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
      authorization = `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
    }
  } catch {
    // The text may hold a password, so it is not repeated.
    throw new Failure('config', `The proxy in ${from} is not a URL that can be read.`, expected);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Failure(
      'config',
      `The proxy in ${from} has the scheme ${url.protocol.slice(0, -1)}.`,
      `http or https: ${expected}`,
    );
  }
  // The agents log the whole URL under DEBUG, so it carries no password.
  url.username = '';
  url.password = '';
  return { url, shown: `${url.protocol}//${url.host}`, from, ...(authorization ? { authorization } : {}) };
}

/** The entry of NO_PROXY that covers the host: `*`, a host and its subdomains, an address, a CIDR block, any with a port. */
function matchingEntry(target: URL, list: string): string | undefined {
  const host = target.hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .find((entry) => covers(entry.toLowerCase(), host, port));
}

function covers(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return inBlock(entry, host);
  const parted = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(entry);
  if (parted && parted[2] !== port) return false;
  const name = (parted?.[1] ?? entry)
    .replace(/^\[|\]$/g, '')
    .replace(/^\*?\./, '')
    .replace(/\.$/, '');
  if (name === '') return false;
  return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`));
}

function inBlock(entry: string, host: string): boolean {
  const [address = '', bits = ''] = entry.split('/');
  const family = isIP(address);
  if (family === 0 || isIP(host) !== family || !/^\d+$/.test(bits)) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  if (Number(bits) > (family === 4 ? 32 : 128)) return false;
  const block = new BlockList();
  block.addSubnet(address, Number(bits), type);
  return block.check(host, type);
}
