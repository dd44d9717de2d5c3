/** From a shown answer to its outcome: nobody answered, or a status, headers and a body without secrets. */
import type { Answered, Outcome, TokenShape, UnansweredWhy } from '../core/index.ts';
import { answerText } from './answer-text.ts';
import { looseJson } from './loose-json.ts';
import { masked } from './mask.ts';
import type { ShownResponse } from './shown.ts';
import { tokenIn } from './tokens.ts';

/** Response headers that a check reads. */
const HEADERS = new Set(
  'www-authenticate content-type retry-after date location server via cf-ray x-ratelimit-remaining x-ratelimit-limit x-ratelimit-reset ratelimit-remaining inin-correlation-id inin-ratelimit-count inin-ratelimit-allowed inin-ratelimit-reset x-cache allow proxy-authenticate x-squid-error x-oauth-scopes x-accepted-oauth-scopes'.split(
    ' ',
  ),
);

interface NoAnswer {
  readonly pattern: RegExp;
  readonly why: UnansweredWhy;
  readonly code?: string;
}

/** What libraries say when there was no answer at all (Node, Python, Go, Java, .NET, curl). */
const NO_ANSWER: readonly NoAnswer[] = [
  {
    pattern:
      /x509: |\bInvalidCertificate\b|ERR_(?:CERT_[A-Z_]+|INSECURE_RESPONSE|SSL_[A-Z_]+)|certificate (?:verify failed|has expired|signed by unknown authority|is not trusted|required)|SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(?:_LOCALLY)?)|CERT_HAS_EXPIRED|DEPTH_ZERO_SELF_SIGNED|ERR_TLS_CERT_ALTNAME_INVALID|SSLHandshakeException|PKIX path building failed|unable to get (?:local )?issuer certificate|self[- ]signed certificate|SSL certificate problem|(?:SSL|TLS)(?:V\d)?[_ ](?:ALERT[_ ])?HANDSHAKE[_ ]FAILURE|SSLError|CERTIFICATE_VERIFY_FAILED|The SSL connection could not be established|remote certificate (?:is|was) invalid|tls: (?:failed to verify|handshake failure|bad certificate|first record does not look)|wrong version number|Could not establish trust relationship|CRYPT_E_|schannel/i,
    why: 'tls',
  },
  {
    pattern:
      /ProxyError|Tunnel connection failed|proxyconnect tcp|407 Proxy Authentication|Proxy Authentication Required|ERR_PROXY|ERR_TUNNEL_CONNECTION_FAILED|Unable to tunnel through proxy|tunneling socket could not be established|from proxy after CONNECT|CONNECT tunnel failed|X-Squid-Error|\bERR_CACHE_ACCESS_DENIED\b|\(squid\/[\d.]+\)|Proxy-Authenticate:/i,
    why: 'proxy',
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|getaddrinfo|Could not resolve (?:host|proxy)|no such host|UnknownHostException|NameResolutionError|Name or service not known|nodename nor servname|Temporary failure in name resolution|No such host is known|ERR_NAME_NOT_RESOLVED|DNS (?:lookup|resolution) (?:failed|failure|error)|name resolution failed|\blookup \S{1,200} on \S{1,80}: |The remote name could not be resolved|\bnxdomain\b|could not be resolved \(\d: /i,
    why: 'name-resolution',
  },
  {
    pattern:
      /ECONNREFUSED|Connection refused|actively refused|Failed to connect to|ERR_CONNECTION_REFUSED|Couldn't connect to server/i,
    why: 'refused',
  },
  {
    pattern:
      /ETIMEDOUT|ESOCKETTIMEDOUT|ECONNABORTED|ConnectTimeout|ReadTimeout(?:Error)?|Read timed out|(?:connection|connect|request|operation) timed[ -]out|i\/o timeout|SocketTimeoutException|context deadline exceeded|Client\.Timeout exceeded|TaskCanceledException|timeout of \d+ms exceeded|ERR_CONNECTION_TIMED_OUT|UND_ERR_CONNECT_TIMEOUT/i,
    why: 'time-out',
  },
  {
    pattern:
      /ECONNRESET|EPIPE|Connection reset|socket hang up|Connection aborted|RemoteDisconnected|Empty reply from server|ERR_EMPTY_RESPONSE|connection was forcibly closed|unexpected end of file from server|\bread: connection reset|NoHttpResponseException|UND_ERR_SOCKET/i,
    why: 'reset',
  },
  {
    pattern: /ENETUNREACH|EHOSTUNREACH|No route to host|Network is unreachable|NoRouteToHostException/i,
    why: 'network',
  },
];

const BEFORE = 160;
const AFTER = 120;

/** The line around a place; a long one is cut between two words. */
function around(text: string, from: number, to: number): string {
  const start = text.lastIndexOf('\n', from) + 1;
  const [rest = ''] = text.slice(to).split('\n', 1);
  const before = text.slice(start, from);
  const head = before.length > BEFORE ? `… ${before.slice(-BEFORE).replace(/^\S*\s*/, '')}` : before;
  const tail = rest.length > AFTER ? `${rest.slice(0, AFTER).replace(/\s*\S*$/, '')} …` : rest;
  return `${head}${text.slice(from, to)}${tail}`.trim();
}

/** The outcome of a text that tells of no answer; undefined where it does not. */
export function unansweredIn(text: string): Outcome | undefined {
  const head = text.slice(0, 20_000);
  for (const { pattern, why } of NO_ANSWER) {
    const found = pattern.exec(head);
    if (!found) continue;
    const code = /\b(?:E[A-Z]{4,}|[A-Z]{3,}(?:_[A-Z]+){1,6})\b/.exec(found[0])?.[0];
    const detail = masked(around(head, found.index, found.index + found[0].length));
    return { kind: 'unanswered', why, detail, ...(code && { code }) };
  }
  return undefined;
}

/** @param step what was asked for; a token answer without an error and with a 2xx or the fields of a token is a token */
export function outcomeOf(shown: ShownResponse, step: 'token' | 'endpoint'): Outcome {
  if (shown.ofProxy) return { kind: 'unanswered', why: 'proxy', detail: `HTTP ${shown.status} to CONNECT` };
  const text = textOf(shown);
  const none = shown.status === 0 ? unansweredIn(text) : undefined;
  if (none && !/"error"\s*:\s*"(?:invalid|unauth)/.test(text)) return none;
  const { status, body } = answerText(masked(text), shown.status);
  const token = step === 'token' ? issued(status, body, text) : undefined;
  return { kind: 'answered', status, headers: kept(shown.headers), body, ...(token && { token }) };
}

/** The text of an answer's body as shown. */
export function textOf(shown: ShownResponse): string {
  if (shown.json !== undefined)
    return typeof shown.json === 'string' ? shown.json : JSON.stringify(shown.json);
  return shown.body?.text || sentBack(shown.headers);
}

/** The error with which a browser is sent back (RFC 6749 §4.1.2.1); its answer has no body. */
function sentBack(headers: ShownResponse['headers']): string {
  const to = Object.entries(headers).find(([name]) => name.toLowerCase() === 'location')?.[1] ?? '';
  return /[?&#]error=/.test(to) ? to : '';
}

function issued(status: number, body: Answered['body'], text: string): TokenShape | undefined {
  const fields =
    body.kind === 'json' && body.value !== null && typeof body.value === 'object' ? body.value : {};
  if (status >= 400 || 'error' in fields || 'errors' in fields) return undefined;
  const token = tokenIn(text);
  if (token) return token;
  const success = ['scope', 'expires_in', 'token_type'].some((name) => name in fields);
  if (!success && isSomethingElse(body, text)) return undefined;
  return success || (status >= 200 && status < 300 && !/error|denied|invalid/i.test(text))
    ? { kind: 'opaque', length: 0 }
    : undefined;
}

/** A page for people, or a whole object with nothing in it that could be a token. */
function isSomethingElse(body: Answered['body'], text: string): boolean {
  if (body.kind === 'html') return true;
  const isWhole =
    body.kind === 'json' || (body.kind === 'cut' && looseJson(text.trim())?.end === text.trim().length);
  return isWhole && !/token|jwt|session|ticket|bearer|api_?key|•{3}|\*{3}|\.{3}|…/i.test(text);
}

function kept(headers: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), masked(value).slice(0, 1000)] as const)
      .filter(([name]) => HEADERS.has(name)),
  );
}
