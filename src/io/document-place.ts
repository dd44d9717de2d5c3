/** Where a document is: a file or a URL, and whether the URL holds a secret. */
import { resolve } from 'node:path';
import { Failure } from '../core/index.ts';
import { secretNamed } from './allowed.ts';
import { isLoopback } from './loopback.ts';

export type DocumentPlace =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'url'; readonly url: string; readonly secret: boolean };

/** What of a URL is secret, in words; undefined where nothing is. */
export function secretIn(url: URL): 'user info' | 'parameter' | undefined {
  if (url.username !== '' || url.password !== '') return 'user info';
  return [...url.searchParams.keys()].some(secretNamed) ? 'parameter' : undefined;
}

/** No file's name, however it is misspelt: two letters at least, for a drive has one. */
export function isAddress(text: string): boolean {
  return /^\s*(?:[a-z][a-z\d+.-]+:\/\/|https?:)/i.test(text);
}

/**
 * @param flag for messages; the address itself is not repeated, for a password may stand in it
 * @throws Failure `config` for an address that can't be read, is not http(s), or holds a secret and is not https
 */
export function documentPlace(text: string, cwd: string, flag = '--openapi'): DocumentPlace {
  if (!isAddress(text)) return { kind: 'file', path: resolve(cwd, text) };
  const expected = 'a file, or an address such as https://api.example.com/openapi.json';
  if (!URL.canParse(text)) {
    throw new Failure('config', `The address in ${flag} is not a URL that can be read.`, expected);
  }
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new Failure(
      'config',
      `The address in ${flag} has the scheme ${url.protocol.slice(0, -1)}.`,
      expected,
    );
  }
  const secret = secretIn(url) !== undefined;
  if (secret && url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new Failure(
      'config',
      `The address in ${flag} holds a secret and is not https, and secrets go over TLS or to this machine only.`,
      expected,
    );
  }
  return { kind: 'url', url: url.href, secret };
}
