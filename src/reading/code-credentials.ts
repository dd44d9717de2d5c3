/** How code proves the client, read by what libraries and headers are called; and whether all of that was understood. */
import { isSchemeName, urlsIn } from '../core/index.ts';

export interface CodeCredentials {
  /** The pair goes into a Basic header. */
  readonly basic: boolean;
  /** Another scheme that the code writes into the header, as written. */
  readonly scheme?: string;
  /** The code speaks of credentials in a way that is not read here: what is not seen may still be sent. */
  readonly unread: boolean;
}

/** What makes a Basic header, by library: requests, axios, Guzzle, superagent, PHP's curl, Ansible, Java, .NET, Go. */
const BASIC: readonly RegExp[] = [
  /["']?Basic\s/i,
  /\b(?:http|set|with|preemptive)?_?basic_?auth(?:entic(?:ation|ator))?\b/i,
  /\bauth\s{0,3}=\s{0,3}(?:\(|[\w.]+\s{0,3}(?:[,);\n]|$))/,
  /\bauth["']?\s{0,3}(?::|=>)\s{0,3}(?:\[|\{\s{0,20}["']?user(?:name)?\b)/,
  /\.auth\s{0,3}\(\s{0,3}(?:\)\s{0,3}\.(?:preemptive\(\)\.)?basic\(|\w)/,
  /\bAuthenticationHeaderValue\(\s{0,3}"Basic/i,
  /\bCURLOPT_(?:USERPWD|USERNAME|HTTPAUTH)\b|\bforce_basic_auth\b|\burl_username\b/,
  /\bUsernamePasswordCredentials\b|\bclient_?secret_?basic\b|-Authentication\s+Basic\b/i,
];

/** `"Authorization", "Token " + …`, `Authorization: "Token …"`, `new AuthenticationHeaderValue("Token", …)`. */
const WRITTEN =
  /\bauthorization["'`]?\]?\s{0,3}(?:[:,=]|=>)\s{0,3}[bfu$]?["'`]([A-Za-z][\w-]{1,24})[ ]|\bAuthenticationHeaderValue\(\s{0,3}"([A-Za-z][\w-]{1,24})"/gi;

const OF_CREDENTIALS =
  /auth|cred|secret|passw|\buser(?!-?_?agent)|\blogin|assert|sign(?:ed|er|ature)|certificate/i;
/** Words of OAuth that say nothing of who asks. */
const OF_THE_PROTOCOL =
  /\bauthorization_code\b|\b(?:grant_type\W{1,8})?client_credentials\b|\boauth2?\b|\bauthori[sz]e\b/gi;

/** @param text code, with plain quotes */
export function credentialsOf(text: string): CodeCredentials {
  const basic = BASIC.some((pattern) => pattern.test(text));
  const scheme = basic ? undefined : otherScheme(text);
  const rest = urlsIn(text)
    .reduce((left, url) => left.replaceAll(url, ' '), text)
    .replace(OF_THE_PROTOCOL, ' ');
  return {
    basic,
    ...(scheme !== undefined && { scheme }),
    unread: !basic && scheme === undefined && (OF_CREDENTIALS.test(rest) || hasHeadersElsewhere(rest)),
  };
}

/** The one scheme that is written; "Bearer" in code that also calls an API belongs to the call. */
function otherScheme(text: string): string | undefined {
  const schemes = [...text.matchAll(WRITTEN)].map((m) => m[1] ?? m[2] ?? '');
  const [first] = schemes;
  if (first === undefined || schemes.length > 1 || !isSchemeName(first)) return undefined;
  const callsToo = new Set(urlsIn(text)).size > 1 || /access_?token/i.test(text);
  return /^bearer$/i.test(first) && callsToo ? undefined : first;
}

/** `headers: h` without an `h = …` that is shown. */
function hasHeadersElsewhere(text: string): boolean {
  const name = /\bheaders["']?\s{0,3}[=:]\s{0,3}([A-Za-z_$][\w$]{0,40})\b(?![({'"])/.exec(text)?.[1];
  return (
    name !== undefined &&
    !new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}\\s{0,3}[:=]\\s{0,3}[{[\\w]`).test(
      text.replace(/\bheaders["']?\s{0,3}[=:]/g, ''),
    )
  );
}
