/** What a URL is for, judged by its words; hosts are the providers' business. */

const TOKEN_PATH =
  /(?:^|[/.])(?:token|tokens|access_?token|oauth_?token|gettoken|oauth2?\/v?\d?(?:\.\d)?\/?token|token\.(?:oauth2|php|json)|access_token\.json)(?:\.\w{2,5})?\/?(?:[?#]|$)/i;
const AUTHORIZE_PATH =
  /\/(?:authorize|authorization|auth|oauth2?\/auth|login\/oauth\/authorize|user-consent)(?:\.html)?\/?(?:[?#]|$)/i;
const OAUTH_PATH = /\/(?:oauth2?|connect|openid-connect|as)\//i;

/** The URL of a token endpoint, whoever's it is. */
export function isTokenUrl(url: string): boolean {
  return TOKEN_PATH.test(pathOf(url)) || /[?&]grant_type=/i.test(url);
}

/** The URL of a token or authorization endpoint. */
export function isOAuthUrl(url: string): boolean {
  const path = pathOf(url);
  return isTokenUrl(url) || AUTHORIZE_PATH.test(path) || OAUTH_PATH.test(path);
}

/** Path and query of a URL or of a bare path. */
export function pathOf(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
}

/** The host of an absolute URL, in lower case, without port and user info. */
export function hostOf(url: string): string | undefined {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(url)?.[1];
  return host ? host.toLowerCase() : undefined;
}

/** Leading `METHOD ` and the URL after it: `POST /oauth/token`. */
export function methodAndUrl(text: string): { method?: string; url: string } {
  const found = /^\s*(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(\S+)/.exec(text);
  return found ? { method: found[1] ?? '', url: found[2] ?? '' } : { url: text.trim() };
}

/** All URLs in a text, in order; at most 200. */
export function urlsIn(text: string): string[] {
  return [...text.matchAll(/\bhttps?:\/\/[^\s"'`<>()[\]{}\\,;\u201c\u201d\u2018\u2019]{3,500}/gi)]
    .slice(0, 200)
    .map((m) => m[0].replace(/[.:]+$/, ''));
}
