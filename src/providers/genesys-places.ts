/** Where a request went: the token endpoint, the API, or a place that Genesys Cloud does not have. */
import type { Cause, Exchange } from '../core/index.ts';
import { isInventedHost, regionOfHost } from './genesys-regions.ts';

/** Whether the request went to https://login.{domain}/oauth/token; undefined where the URL is not shown. */
export function atTokenUrl(exchange: Exchange): boolean | undefined {
  const url = parsed(exchange.request.url);
  if (!url) return undefined;
  const part = regionOfHost(url.hostname)?.part;
  if (part === undefined && !isInventedHost(url.hostname)) return undefined;
  return part === 'token' && /^\/oauth\/token\/?$/.test(url.pathname);
}

export function parsed(url: string | undefined): URL | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
}

/** The cause for a token request that went elsewhere. */
export function wrongEndpoint(exchange: Exchange): Cause {
  const url = parsed(exchange.request.url);
  const place = url ? `${url.host}${url.pathname}` : 'this address';
  return {
    code: 'request/wrong-endpoint',
    why: `${place} is not a token endpoint of Genesys Cloud: that is POST https://login.{domain}/oauth/token.`,
    tell: 'A real refusal of the login server has the fields error, description and error_description.',
    likelihood: 0.6,
  };
}
