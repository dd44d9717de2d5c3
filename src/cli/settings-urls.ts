/** URLs of the settings: what may be asked, and where secrets may go. */
import { Failure, type KnownSettings, type ProviderProfile } from '../core/index.ts';
import { secretIn } from '../io/document-place.ts';
import { isLoopback } from '../io/loopback.ts';

/**
 * A URL of the settings without a slash at the end; a path prefix stays, as gateways have one.
 * @throws Failure `config` for what is no http(s) URL, holds a secret, or would send secrets without TLS
 */
export function baseUrl(text: string, name: string): string {
  const expected = 'an address such as https://login.example.com, with a path if there is one';
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    throw new Failure('config', `The ${name} is not a URL that can be read.`, expected);
  }
  const secret = secretIn(url);
  if (secret === 'user info') {
    throw new Failure(
      'config',
      `The ${name} holds a user name or a password.`,
      `${expected}, and nothing before an @`,
    );
  }
  if (secret === 'parameter') {
    // RFC 6749 §2.3.1: credentials must not stand in the request URI, where logs and proxies keep them.
    throw new Failure(
      'config',
      `The ${name} holds a secret in its parameters.`,
      'the address alone; id and secret are settings of their own, and a secret in an address is kept by every log on its way',
    );
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new Failure('config', `The ${name} has the scheme ${url.protocol.slice(0, -1)}.`, expected);
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new Failure(
      'config',
      `The ${name} is not https, and secrets go over TLS or to this machine only.`,
      expected,
    );
  }
  return url.href.replace(/\/+$/, '');
}

/**
 * An issuer, with the slash at its end if it was given with one: it is compared letter for letter (RFC 8414 §3.3).
 * @throws as `baseUrl`
 */
export function issuerUrl(text: string): string {
  return `${baseUrl(text, 'issuer')}${/\/\s*$/.test(text) ? '/' : ''}`;
}

/** The origins that the settings name, those of endpoints that the user wrote as URLs included. */
export function originsOf(
  provider: ProviderProfile,
  known: KnownSettings,
  endpoints: readonly string[],
): string[] {
  const urls = [provider.tokenUrl(known), known.tokenUrl, known.apiUrl, known.issuer, known.introspectionUrl];
  for (const endpoint of endpoints) urls.push(/^\s*\S+\s+(https?:\/\/\S+)\s*$/i.exec(endpoint)?.[1]);
  const origins = urls.flatMap((url) => {
    try {
      return url === undefined ? [] : [new URL(url).origin];
    } catch {
      // An endpoint that is no URL is refused where endpoints are read.
      return [];
    }
  });
  return [...new Set(origins)];
}
