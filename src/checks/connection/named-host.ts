/** The name that could not be resolved, as the message gives it: it need not be the host that the request names. */
import type { Scene } from '../../core/index.ts';
import { unknownWay, type Way } from './way.ts';

const NAMED: readonly RegExp[] = [
  /\bresolve (?:host|proxy)(?: name)?:? ["'‘“]?([^\s]{1,300})/i,
  /\b(?:ENOTFOUND|EAI_AGAIN) ([^\s:]{1,253})/,
  /\blookup ([\w.-]{1,253})/i,
  /\bUnknownHostException: ([\w.-]{1,253})/,
  /\bname could not be resolved: ["']?([\w.-]{1,253})/i,
  /\bhost=["']([\w.-]{1,253})["']/i,
];

/** What a command leaves over where the shell takes it apart, and what no host is called. */
const SHRED =
  /^(?:application|multipart|text|basic|bearer|authori[sz]ation|content-type|accept|token|get|post|put|patch|delete)$|["'“”‘’=•*<>{}$+/]/i;

/** Where the name of a proxy comes from that only the message names. */
export const BY_MESSAGE = 'the message';

export type NamedHost =
  /** It is the request's, or the message names none. */
  | { readonly kind: 'own' }
  /** A word of the command was taken for an address. */
  | { readonly kind: 'shred' }
  | { readonly kind: 'other'; readonly way: Way };

/**
 * @param detail the message
 * @param way the way of the request, as far as it is shown
 */
export function namedHost(detail: string, way: Way, { evidence: { paste = '' } }: Scene): NamedHost {
  const found = NAMED.map((pattern) => pattern.exec(detail)?.[1]).find((name) => name !== undefined);
  const name = found?.replace(/[.,:;)\]"'’”]+$/, '') ?? '';
  const isKnown = way.origin !== unknownWay.origin;
  const own = isKnown ? new URL(way.origin).hostname : '';
  if (name === '' || name.toLowerCase() === own.toLowerCase()) return { kind: 'own' };
  if (SHRED.test(found ?? '')) return { kind: 'shred' };
  if (!/^[\w-]+(?:\.[\w-]+)*$/.test(name)) return { kind: 'own' };
  if (isProxy(name, detail, paste))
    return { kind: 'other', way: { ...way, proxy: name, proxyFrom: BY_MESSAGE } };
  // One word is no host that anybody else would be asked for, where the request's own is shown.
  if (!name.includes('.')) return isKnown ? { kind: 'shred' } : { kind: 'own' };
  return { kind: 'other', way: { host: name, origin: `https://${name}` } };
}

function isProxy(name: string, detail: string, paste: string): boolean {
  const set = /(?:\s(?:-x|--proxy)[ =]|_proxy["']?\s?[=:]\s?)["']?(?:\w+:\/\/)?(?:[^\s@"']*@)?([\w.-]+)/gi;
  return (
    /\bresolve proxy\b/i.test(detail) ||
    /proxy/i.test(name) ||
    [...paste.matchAll(set)].some(([, host]) => host === name)
  );
}
