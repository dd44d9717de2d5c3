/** The way to a server as a fix needs it: the URL's own scheme and port, and the proxy on it. */
import { quoted } from '../proof.ts';
import type { Exchange } from '../../core/index.ts';

export interface Way {
  /** Host, and port if it is not the scheme's own; `the server` where it is not known. */
  readonly host: string;
  /** `https://host:port`, ready for a command. */
  readonly origin: string;
  /** The proxy that the request went through, without user info. */
  readonly proxy?: string;
  /** The flag, variable or key that names the proxy. */
  readonly proxyFrom?: string;
}

/** The way of a request that is told of in a log only. */
export const unknownWay: Way = { host: 'the server', origin: 'https://HOST' };

/** The way that an exchange took. */
export function wayOf({ request: { url, via } }: Exchange): Way {
  const [, proxy, proxyFrom] = /^through the proxy (\S+) \((.+)\)$/.exec(via ?? '') ?? [];
  const to = url !== undefined && /^https?:/i.test(url) && URL.canParse(url) ? new URL(url) : undefined;
  return {
    ...(to ? { host: to.host, origin: to.origin } : unknownWay),
    ...(proxy !== undefined && { proxy }),
    ...(proxyFrom !== undefined && { proxyFrom }),
  };
}

/** What a firewall must let out: `HTTPS (TCP 443)`. */
export function protocolOf({ origin }: Way): string {
  const { protocol, port } = new URL(origin);
  return protocol === 'http:' ? `HTTP (TCP ${port || 80})` : `HTTPS (TCP ${port || 443})`;
}

/** Host and port as openssl wants them, each ready for a shell. */
export function addressOf(way: Way): { readonly name: string; readonly address: string } {
  const name = way.origin === unknownWay.origin ? 'HOST' : way.host.replace(/:\d+$/, '');
  return { name, address: `${name}:${new URL(way.origin).port || 443}` };
}

/** A request that shows whether the way is open; curl reads the proxy variables by itself. */
export function curlOf({ origin, proxy, proxyFrom }: Way, shows = '%{http_code}'): string {
  const flag = proxy !== undefined && !/^\w+_proxy$/i.test(proxyFrom ?? '') ? ` -x ${quoted(proxy)}` : '';
  return `curl -sS -o /dev/null -w '${shows}'${flag} ${quoted(`${origin}/`)}`;
}
