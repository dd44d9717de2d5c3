/** Why nobody answered, from a network error. The error object itself is never passed on: got's holds the headers. */
import type { Outcome, UnansweredWhy } from '../core/index.ts';

export type Unanswered = Extract<Outcome, { kind: 'unanswered' }>;

/** What was seen of a connection on the way. */
export interface Seen {
  readonly host: string;
  readonly port: string;
  /** `through the proxy …`, or empty. */
  readonly route: string;
  /** Of the certificate that was shown. */
  readonly issuer?: string | undefined;
  /** The proxy's answer to CONNECT. */
  readonly proxyStatus?: number | undefined;
  /** A proxy stands on the way and has not answered yet. */
  readonly beforeProxy?: boolean;
  readonly timeoutMs?: number | undefined;
}

const TLS_CODES: { readonly [code: string]: string } = {
  SELF_SIGNED_CERT_IN_CHAIN: 'a root certificate that this machine does not trust is in its chain',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate was issued by somebody whom this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate was issued by somebody whom this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate was issued by somebody whom this machine does not know',
  CERT_HAS_EXPIRED: 'its certificate has expired, or the clock of this machine is wrong',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet, or the clock of this machine is wrong',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for other host names',
  HOSTNAME_MISMATCH: 'its certificate is for other host names',
  CERT_REVOKED: 'its certificate was revoked',
  CERT_UNTRUSTED: 'its certificate is not trusted',
  CERT_REJECTED: 'its certificate was rejected',
  CERT_SIGNATURE_FAILURE: "its certificate's signature is wrong",
  INVALID_CA: 'a certificate in its chain may not issue certificates',
  CERT_CHAIN_TOO_LONG: 'its certificate chain is too long',
  EPROTO: 'the TLS handshake failed',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED:
    'the server asks for a client certificate, and none was shown (--client-cert-file)',
  // TLS 1.2 has no alert of its own for it; the other reasons of this one are rare.
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE:
    'the server ended the TLS handshake; often because it asks for a client certificate (--client-cert-file)',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'the server does not know who issued the client certificate that was shown',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'the server does not take the client certificate that was shown',
  ERR_SSL_WRONG_VERSION_NUMBER: 'no TLS is spoken on this port',
  // What else OpenSSL makes of a plain answer.
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'no TLS is spoken on this port',
  ERR_SSL_HTTP_REQUEST: 'no TLS is spoken on this port',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'it speaks no version of TLS from 1.2 on',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'it speaks no version of TLS from 1.2 on',
};

const WORDS: { readonly [code: string]: readonly [UnansweredWhy, string] } = {
  ENOTFOUND: ['name-resolution', 'the name does not resolve'],
  EAI_AGAIN: ['name-resolution', 'the name server did not answer'],
  EAI_NODATA: ['name-resolution', 'the name has no address'],
  EAI_FAIL: ['name-resolution', 'the name server failed'],
  ECONNREFUSED: ['refused', 'the connection was refused'],
  ETIMEDOUT: ['time-out', 'no answer in time'],
  ESOCKETTIMEDOUT: ['time-out', 'no answer in time'],
  ECONNRESET: ['reset', 'the connection was cut'],
  ECONNABORTED: ['reset', 'the connection was cut'],
  EPIPE: ['reset', 'the connection was cut'],
  ERR_STREAM_PREMATURE_CLOSE: ['reset', 'the connection was cut in the middle of the answer'],
  ERR_READING_RESPONSE_STREAM: ['reset', 'the connection was cut in the middle of the answer'],
  ENETUNREACH: ['network', 'no route leads to the network'],
  EHOSTUNREACH: ['network', 'no route leads to the host'],
  EHOSTDOWN: ['network', 'the host is down'],
  EADDRNOTAVAIL: ['network', 'this machine has no address to send from'],
  EACCES: ['network', 'this machine does not permit the connection'],
  EPERM: ['network', 'this machine does not permit the connection'],
};

/** Classifies an error that got or Node threw while asking. */
export function unanswered(error: unknown, seen: Seen): Unanswered {
  const to = `${seen.host}:${seen.port}${seen.route === '' ? '' : ` ${seen.route}`}`;
  const proxy = seen.route.replace(/^through /, '');
  if (seen.proxyStatus !== undefined && seen.proxyStatus !== 200) {
    const readable = seen.proxyStatus >= 100;
    const auth = seen.proxyStatus === 407 ? ': it wants a user name and a password' : '';
    return {
      kind: 'unanswered',
      why: 'proxy',
      detail: `${proxy} ${readable ? `answered ${seen.proxyStatus}` : 'gave no HTTP answer'} when asked for ${seen.host}:${seen.port}${auth}`,
      ...(readable && { code: `PROXY_${seen.proxyStatus}` }),
    };
  }
  const code = codeOf(error);
  const tlsWords = code === undefined ? undefined : tlsMeaning(code);
  if (code !== undefined && tlsWords !== undefined) {
    const by = seen.issuer ? `; the certificate was issued by ${seen.issuer}` : '';
    return {
      kind: 'unanswered',
      why: 'tls',
      detail: `${to}: ${tlsWords}${by}`,
      code,
      ...(seen.issuer ? { issuer: seen.issuer } : {}),
    };
  }
  const [why, words] = (code === undefined ? undefined : WORDS[code]) ?? [
    'network',
    'the request failed on the way',
  ];
  // A time-out may be the far host's: the proxy waits for it before it answers.
  if (seen.beforeProxy && why !== 'time-out') {
    return {
      kind: 'unanswered',
      why: 'proxy',
      detail: `${proxy}: ${words}`,
      ...(code === undefined ? {} : { code }),
    };
  }
  const limit = why === 'time-out' && seen.timeoutMs ? ` (${Math.round(seen.timeoutMs / 100) / 10} s)` : '';
  return {
    kind: 'unanswered',
    why,
    detail: `${to}: ${words}${limit}`,
    ...(code === undefined ? {} : { code }),
  };
}

function tlsMeaning(code: string): string | undefined {
  if (Object.hasOwn(TLS_CODES, code)) return TLS_CODES[code];
  return /^(?:ERR_SSL_|ERR_TLS_|CERT_|UNABLE_TO_|CRL_|ERROR_IN_CERT)/.test(code)
    ? 'the TLS handshake failed'
    : undefined;
}

/** Node calls every failure of a first handshake EPROTO; OpenSSL's reason stands in the message, named as by Node elsewhere. */
function openSslCode(message: unknown): string | undefined {
  const reason = typeof message === 'string' && /:SSL routines:[^:]*:([a-z\d ]{1,60}):/i.exec(message)?.[1];
  return reason ? `ERR_SSL_${reason.toUpperCase().replaceAll(' ', '_')}` : undefined;
}

/** The first code in an error, its causes and, for several addresses (RFC 8305), its parts. */
function codeOf(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 5) return undefined;
  const { code, cause, errors, name, message } = error as {
    code?: unknown;
    cause?: unknown;
    message?: unknown;
    errors?: unknown;
    name?: unknown;
  };
  if (name === 'TimeoutError') return 'ETIMEDOUT';
  if (code === 'EPROTO') return openSslCode(message) ?? code;
  const inner =
    codeOf(cause, depth + 1) ??
    (Array.isArray(errors) ? errors.map((e) => codeOf(e, depth + 1)).find(Boolean) : undefined);
  // got's own codes say less than the system's.
  if (typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code) && !(inner && code.startsWith('ERR_')))
    return code;
  return inner;
}
