/**
 * How programs and libraries say that nobody answered, as they stand in logs and exceptions. One row a family:
 * OpenSSL (curl, Python, Ruby, PHP), Node, Go, Java, .NET, Windows. Order matters: TLS before a mere reset.
 */
import type { UnansweredWhy } from '../../core/index.ts';

interface NetworkText {
  readonly why: Extract<
    UnansweredWhy,
    'tls' | 'proxy' | 'name-resolution' | 'refused' | 'time-out' | 'reset'
  >;
  readonly pattern: RegExp;
}

const TEXTS: readonly NetworkText[] = [
  {
    why: 'tls',
    pattern:
      /CERTIFICATE_VERIFY_FAILED|\bInvalidCertificate\b|certificate verify failed|self[- ]signed certificate|SELF_SIGNED_CERT|DEPTH_ZERO_SELF|unable to (?:get|verify)(?: local)? (?:the )?(?:issuer certificate|first certificate)|UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF)|x509: certificate|PKIX path building failed|SSLHandshakeException|unable to find valid certification path|SSL certificate problem|certificate has expired|CERT_HAS_EXPIRED|ERR_TLS_CERT|SSL connection could not be established|remote certificate is invalid|trust relationship for the SSL|tlsv1 alert|wrong version number|schannel: /i,
  },
  {
    why: 'proxy',
    pattern:
      /407 Proxy Authentication Required|Proxy ?Error|tunnel(?:ing)? (?:socket )?(?:failed|could not be established)|Received HTTP code \d+ from proxy|Unable to connect to proxy|CONNECT tunnel failed|\(squid\/[\d.]+\)/i,
  },
  {
    why: 'name-resolution',
    pattern:
      /ENOTFOUND|EAI_AGAIN|getaddrinfo|Could not resolve (?:host|proxy)|Name or service not known|nodename nor servname|no such host|UnknownHostException|Temporary failure in name resolution|remote name could not be resolved|NameResolutionError|dial tcp: lookup \S+[^\n]{0,60}server misbehaving/i,
  },
  {
    why: 'refused',
    pattern: /ECONNREFUSED|connection refused|actively refused it|Failed to connect to \S+ port \d+/i,
  },
  {
    why: 'time-out',
    pattern:
      /ETIMEDOUT|ESOCKETTIMEDOUT|ConnectTimeout|connection timed out|connect timed out|Read timed out|SocketTimeoutException|Client\.Timeout exceeded|i\/o timeout|context deadline exceeded|Operation timed out after/i,
  },
  {
    why: 'reset',
    pattern:
      /ECONNRESET|connection reset by peer|socket hang up|Connection aborted|EPIPE|Empty reply from server/i,
  },
];

/** What a text says of the connection; undefined: nothing. Only its first 20,000 characters are read. */
export function networkFailure(text: string): { why: NetworkText['why']; words: string } | undefined {
  const head = text.slice(0, 20_000);
  for (const { why, pattern } of TEXTS) {
    const words = pattern.exec(head)?.[0];
    if (words !== undefined) return { why, words };
  }
  return undefined;
}
