/** One raw request over got: bounded in time and size, through the proxy that applies, failures classified. */
import { once } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { createUnzip, unzip } from 'node:zlib';
import { Failure } from '../core/index.ts';
import { agents, type AgentPool } from './agents.ts';
import type { ClientCertificate } from './client-certificate.ts';
import { unanswered, type Seen, type Unanswered } from './http-failure.ts';
import { describeRoute, routeTo, type GivenProxy } from './proxy.ts';
import type { Trust } from './trust.ts';

export type { Unanswered } from './http-failure.ts';

export interface HttpOptions {
  /** Read for proxy variables. */
  readonly env: { readonly [name: string]: string | undefined };
  readonly proxy?: GivenProxy | undefined;
  /** Of `trustedRoots`; default: the usual roots. */
  readonly trust?: Trust | undefined;
  /** Shown to a server that asks for it, but not where documents are fetched. */
  readonly client?: ClientCertificate | undefined;
  /** `why403/0.1.0`. */
  readonly userAgent: string;
  readonly now?: () => number;
}

export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
  /** For the whole request, in milliseconds; default 10 s. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Bytes of the decompressed body; what is beyond is dropped and `truncated` says so. Default 32 MB. */
  readonly maxBytes?: number;
  /** Follows up to five redirects. Only for documents: a redirect is never followed with a credential. */
  readonly follow?: boolean;
  /** Called when the whole answer is here, before it is unpacked; with the bytes that it promises to unpack to. */
  readonly received?: (head: Head, bytes: number) => void;
}

export interface Head {
  readonly status: number;
  /** Names in lower case; a repeated header is joined by a comma. */
  readonly headers: { readonly [name: string]: string };
}

export interface RawAnswer extends Head {
  readonly kind: 'answered';
  readonly body: Buffer;
  readonly truncated: boolean;
  /** Milliseconds since the epoch, by our clock: sent, and first byte of the answer. */
  readonly sentAt: number;
  readonly answeredAt: number;
}

export interface Http {
  /** Rejects only with `Failure('interrupted')`, when the signal was aborted by somebody. */
  send(request: RawRequest): Promise<RawAnswer | Unanswered>;
  /** How a URL is reached: `through the proxy … (HTTPS_PROXY)`, or empty for the plain way. */
  describe(url: string): string;
  /** Remarks about the set-up, such as a CA file that was left out. */
  readonly notes: readonly string[];
  close(): void;
}

type Watched = { -readonly [K in keyof Seen]: Seen[K] };

const WITHOUT_BODY: ReadonlySet<string> = new Set(['GET', 'HEAD']);
const TIMEOUT_MS = 10_000;
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * @throws Failure `config` for a proxy that can't be used
 */
export function createHttp(options: HttpOptions): Http {
  if (options.proxy) routeTo(new URL('https://proxy.invalid'), {}, options.proxy);
  const pool = agents(options.trust?.roots);
  const now = options.now ?? Date.now;
  return {
    notes: options.trust?.notes ?? [],
    describe: (url) => describeRoute(routeTo(new URL(url), options.env, options.proxy)),
    send: async (request) => {
      const abort = ownSignal(request.signal);
      try {
        return await send({ ...request, signal: abort.signal }, options, pool, options.trust?.roots, now);
      } finally {
        abort.release();
      }
    },
    close: () => pool.close(),
  };
}

/** got leaves its listener on the signal, so each request gets one of its own; a run's signal outlives hundreds. */
function ownSignal(of: AbortSignal | undefined): { signal: AbortSignal; release(): void } {
  const own = new AbortController();
  const abort = (): void => own.abort();
  if (of?.aborted) abort();
  of?.addEventListener('abort', abort, { once: true });
  return { signal: own.signal, release: () => of?.removeEventListener('abort', abort) };
}

async function send(
  request: RawRequest,
  options: HttpOptions,
  pool: AgentPool,
  roots: readonly string[] | undefined,
  now: () => number,
): Promise<RawAnswer | Unanswered> {
  const url = new URL(request.url);
  const route = routeTo(url, options.env, options.proxy);
  const seen: Watched = {
    host: url.hostname,
    port: url.port || (url.protocol === 'https:' ? '443' : '80'),
    route: describeRoute(route),
    timeoutMs: request.timeoutMs ?? TIMEOUT_MS,
  };
  const { got } = await import('got');
  const agent = await pool.agentFor(url, route.kind === 'proxy' ? route.proxy : undefined);
  for (let attempt = 1; ; attempt += 1) {
    const sentAt = now();
    seen.beforeProxy = route.kind === 'proxy';
    let reused = false;
    let answered = false;
    let switched: Head | undefined;
    const stream = got.stream(url, {
      method: request.method as 'GET',
      headers: { 'user-agent': options.userAgent, 'accept-encoding': 'gzip, deflate', ...request.headers },
      // Without a body, got's stream of a POST or DELETE waits to be written to.
      ...(WITHOUT_BODY.has(request.method) ? {} : { body: request.body ?? '' }),
      agent: url.protocol === 'https:' ? { https: agent as HttpsAgent } : { http: agent },
      timeout: { request: request.timeoutMs ?? TIMEOUT_MS },
      retry: { limit: 0 },
      throwHttpErrors: false,
      followRedirect: request.follow ?? false,
      maxRedirects: 5,
      decompress: false,
      ...(request.signal ? { signal: request.signal } : {}),
      https: {
        ...(roots && { certificateAuthority: [...roots] }),
        ...(options.client && !request.follow && options.client),
      },
    });
    // Who waits for the answer hears of an error by itself; an abort after the last byte finds nobody waiting.
    stream.on('error', () => undefined);
    stream.on('request', (sent: ClientRequest) => {
      watch(sent, seen);
      sent.once('socket', () => {
        reused = sent.reusedSocket;
        if (reused) seen.beforeProxy = false;
      });
      // RFC 9110 §15.2.2: 101 is no answer that got tells of; whoever waits for one would wait for ever.
      sent.once('upgrade', ({ statusCode = 101, headers }: IncomingMessage, socket: Socket) => {
        switched = { status: statusCode, headers: plainHeaders(headers) };
        socket.destroy();
        stream.destroy(new Error('the protocol was switched'));
      });
    });
    try {
      await once(stream, 'response');
      answered = true;
      const answeredAt = now();
      const most = request.maxBytes ?? MOST_BYTES;
      const sent = await collect(stream, most);
      // A CONNECT that was refused comes back as if the server had answered.
      if (seen.proxyStatus !== undefined && seen.proxyStatus !== 200) return unanswered(undefined, seen);
      const response = stream.response;
      if (!response) return unanswered(undefined, seen);
      const head = { status: response.statusCode, headers: plainHeaders(response.headers) };
      const packed = isPacked(sent.body, head.headers);
      request.received?.(head, packed ? unpackedLength(sent.body) : sent.body.length);
      const { body, truncated } = packed ? await unpacked(sent, most) : sent;
      return { kind: 'answered', ...head, body, truncated, sentAt, answeredAt };
    } catch (error) {
      if (switched)
        return {
          kind: 'answered',
          ...switched,
          body: Buffer.alloc(0),
          truncated: false,
          sentAt,
          answeredAt: now(),
        };
      if (request.signal?.aborted)
        throw new Failure('interrupted', 'Interrupted while waiting for an answer.');
      // An idle connection that the server had just closed: nothing was processed, so it may be sent once more.
      if (reused && !answered && attempt === 1 && isReset(error)) continue;
      return unanswered(error, seen);
    }
  }
}

interface Received {
  readonly body: Buffer;
  readonly truncated: boolean;
}

function isPacked(body: Buffer, headers: Head['headers']): boolean {
  return /^(?:x-)?(?:gzip|deflate)$/i.test(headers['content-encoding'] ?? '') && body.length > 0;
}

/** RFC 1952 §2.3.1: a gzip file ends with its length. It is a hint here: the sender may have written anything. */
function unpackedLength(body: Buffer): number {
  return body.length > 18 && body[0] === 0x1f && body[1] === 0x8b ? body.readUInt32LE(body.length - 4) : 0;
}

/**
 * The body as it was before it was packed (RFC 9110 §8.4.1). Unpacked in one piece, off the main thread: got does it in
 * pieces of 16 KB, a turn of the loop each, which an answer of 8 MB waits for.
 */
async function unpacked({ body, truncated }: Received, mostBytes: number): Promise<Received> {
  const chunkSize = Math.min(Math.max(unpackedLength(body) + 1, 1 << 14), mostBytes);
  try {
    return { body: await promisify(unzip)(body, { chunkSize, maxOutputLength: mostBytes }), truncated };
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    if (!truncated && !tooLarge) throw error;
    const pieces = pipeline(Readable.from([body]), createUnzip(), () => undefined);
    return { ...(await collect(pieces, mostBytes)), truncated: true };
  }
}

async function collect(
  stream: AsyncIterable<unknown> & { destroy(): unknown },
  mostBytes: number,
): Promise<Received> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Buffer;
    chunks.push(bytes.subarray(0, mostBytes - size));
    size += bytes.length;
    if (size > mostBytes) {
      stream.destroy();
      return { body: Buffer.concat(chunks), truncated: true };
    }
  }
  return { body: Buffer.concat(chunks), truncated: false };
}

/** Notes what the connection shows on its way: the proxy's refusal, and who issued the certificate. */
function watch(sent: ClientRequest, seen: Watched): void {
  sent.on('proxyConnect', (connect: { statusCode?: number }) => {
    seen.beforeProxy = false;
    seen.proxyStatus = connect.statusCode;
  });
  sent.once('socket', (socket: Socket) => {
    if (!('getPeerCertificate' in socket)) return;
    // Before Node's own listener, which takes the socket down when the certificate is not trusted.
    socket.prependOnceListener('secure', () => {
      seen.issuer = issuerOf(socket as TLSSocket);
    });
  });
}

function issuerOf(socket: TLSSocket): string | undefined {
  const issuer = socket.getPeerCertificate().issuer as
    { O?: string | string[]; CN?: string | string[] } | undefined;
  const parts = [issuer?.CN, issuer?.O].flat().filter((part) => typeof part === 'string');
  return parts.length === 0 ? undefined : [...new Set(parts)].join(', ').slice(0, 200);
}

function isReset(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === 'ECONNRESET' || code === 'EPIPE';
}

function plainHeaders(headers: { [name: string]: string | string[] | undefined }): {
  [name: string]: string;
} {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
