/** The way to a server as a fix needs it: the URL's own scheme and port, and the proxy on it. */
import { quoted } from '../proof.ts';
import { urlsIn, type Exchange, type FixStep, type Scene } from '../../core/index.ts';

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

/** The way that an exchange took; where it shows no URL, the one that its line in the log names. */
export function wayOf({ step, request: { url, via } }: Exchange, { evidence: { said } }: Scene): Way {
  const [, proxy, proxyFrom] = /^through the proxy (\S+) \((.+)\)$/.exec(via ?? '') ?? [];
  const to = url !== undefined && /^https?:/i.test(url) && URL.canParse(url) ? new URL(url) : undefined;
  const line = to === undefined ? said.find(({ where, key }) => where === 'log' && key === step) : undefined;
  return {
    ...(to ? { host: to.host, origin: to.origin } : wayTold(line?.text ?? '')),
    ...(proxy !== undefined && { proxy }),
    ...(proxyFrom !== undefined && { proxyFrom }),
  };
}

/** How libraries name the host without a URL, by name and port. */
const HOSTS: readonly RegExp[] = [
  /\bhost=["']([\w.-]{1,253})["'](?:, port=(\d{1,5}))?/i,
  /\b(?:getaddrinfo(?: [A-Z_]{3,12})?|dial tcp:? lookup|UnknownHostException:|resolve host:?|connect to|connect(?: [A-Z]{3,14})?|dial tcp) ["']?((?:[\w-]{1,63}\.){1,8}[a-z]{2,24}|localhost)["']?(?::| port )?(\d{1,5})?\b/i,
];

/** The way that a line of a log names. */
export function wayTold(line: string): Way {
  const [url] = urlsIn(line);
  const named = HOSTS.flatMap((pattern) => {
    const [, host, port = '443'] = pattern.exec(line) ?? [];
    return host === undefined ? [] : [`${port === '80' ? 'http' : 'https'}://${host}:${port}`];
  });
  const to = [url, ...named].find((one) => one !== undefined && !/[•<>{}$%]/.test(one) && URL.canParse(one));
  if (to === undefined) return unknownWay;
  const { host, origin } = new URL(to);
  return { host, origin };
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

/** The steps, the first with a command saying what stands for a host that is not known. */
export function withHost(steps: readonly FixStep[], { origin }: Way): readonly FixStep[] {
  const at = origin === unknownWay.origin ? steps.findIndex(({ command }) => command?.includes('HOST')) : -1;
  return steps.map((step, i) =>
    i === at ? { ...step, action: `${step.action} HOST is the server that the program asks.` } : step,
  );
}
