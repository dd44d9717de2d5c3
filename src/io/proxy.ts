/** Which proxy a request goes through, and which setting said so. got honours no proxy variable by itself. */
import { BlockList, isIP } from 'node:net';
import { Failure } from '../core/index.ts';

export interface ProxyRoute {
  /** Without user info; fit to show. */
  readonly shown: string;
  readonly url: URL;
  /** `Basic …` for the proxy, from the URL's user info. Never shown. */
  readonly authorization?: string;
  /** The flag or variable that named it. */
  readonly from: string;
}

export type Route =
  | { readonly kind: 'direct'; readonly why: 'loopback' | 'no-proxy' | 'none'; readonly from?: string }
  | { readonly kind: 'proxy'; readonly proxy: ProxyRoute };

type Env = { readonly [name: string]: string | undefined };

/** Loopback is never proxied: a sandbox's made-up secrets and a local gateway's real ones stay on the machine. */
export function isLoopback(hostname: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    (isIP(host) === 4 && host.startsWith('127.')) ||
    host === '::1' ||
    /^::ffff:(?:127\.|7f[0-9a-f]{2}:)/.test(host)
  );
}

/**
 * The way to a URL.
 * @param flag the value of `--proxy`, which wins over every variable
 * @throws Failure `config` for a proxy URL that can't be read or a scheme that is not http or https
 */
export function routeTo(target: URL, env: Env, flag?: string): Route {
  if (isLoopback(target.hostname)) return { kind: 'direct', why: 'loopback' };
  const named = flag ? { name: '--proxy', value: flag } : fromVariables(target, env);
  if (!named) return { kind: 'direct', why: 'none' };
  const exception = set(env, 'no_proxy') ?? set(env, 'NO_PROXY');
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

/** The lower-case name first, as curl has it; an empty variable counts as not set. */
function fromVariables(target: URL, env: Env): { name: string; value: string } | undefined {
  const names =
    target.protocol === 'https:'
      ? ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']
      : ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'];
  for (const name of names) {
    const found = set(env, name);
    if (found) return found;
  }
  return undefined;
}

function set(env: Env, name: string): { name: string; value: string } | undefined {
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
