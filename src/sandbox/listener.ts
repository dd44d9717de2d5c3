/** One loopback listener: reads a request, asks the plan of faults and then the world, writes the answer. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, constants } from 'node:zlib';
import type { Clock } from '../core/index.ts';
import type { Fault, FaultPlan } from './faults.ts';
import type { Answer, Asked, HostName } from './wire.ts';

/** What was asked and answered; never a header or a body. */
export interface LogEntry {
  readonly host: HostName;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** 0 where the connection was cut. */
  readonly status: number;
  readonly at: Date;
}

export interface ListenerOptions {
  readonly host: HostName;
  readonly port: number;
  readonly clock: Clock;
  readonly log: LogEntry[];
  answer(asked: Asked): Answer | Promise<Answer>;
  fault(): FaultPlan | undefined;
  /** How far the Date header is off, in milliseconds. */
  skewMs(): number;
}

export interface Listener {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const BODY_LIMIT = 2_000_000;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= BODY_LIMIT) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function* piecesOf(answer: Answer): Generator<string> {
  const { body } = answer;
  switch (body.kind) {
    case 'json':
      yield JSON.stringify(body.value);
      return;
    case 'text':
      yield body.text;
      return;
    case 'pieces':
      yield* body.pieces;
      return;
    case 'none':
  }
}

/** Pieces joined to chunks of some size, so that gzip isn't called for every row. */
function* chunked(pieces: Iterable<string>): Generator<Buffer> {
  let pending = '';
  for (const piece of pieces) {
    pending += piece;
    if (pending.length < 65_536) continue;
    yield Buffer.from(pending);
    pending = '';
  }
  if (pending !== '') yield Buffer.from(pending);
}

async function write(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const { body } = answer;
  if (body.kind !== 'none') {
    response.setHeader('content-type', body.kind === 'text' ? body.type : 'application/json');
  }
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  response.statusCode = answer.status;
  if (body.kind === 'none' || request.method === 'HEAD') {
    response.end();
    return;
  }
  if (body.kind === 'pieces' && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
    response.setHeader('content-encoding', 'gzip');
    await pipeline(
      Readable.from(chunked(piecesOf(answer))),
      createGzip({ level: constants.Z_BEST_SPEED }),
      response,
    );
    return;
  }
  await pipeline(Readable.from(chunked(piecesOf(answer))), response);
}

/** Sends the head and half of the body, then cuts the connection. */
function cutShort(response: ServerResponse, answer: Answer): void {
  const whole = Buffer.from([...piecesOf(answer)].join(''));
  response.writeHead(answer.status, {
    'content-type': 'application/json',
    'content-length': String(whole.length),
  });
  response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => response.destroy());
}

function spoiled(fault: Fault & { kind: 'answer' }): Answer {
  const text = fault.body ?? '';
  return {
    status: fault.status,
    ...(fault.headers === undefined ? {} : { headers: fault.headers }),
    body: { kind: 'text', type: fault.type ?? 'application/json', text },
  };
}

/** IPv4 in dotted form also where the socket says `::ffff:127.0.0.1`. */
function addressOf(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}

async function serve(
  options: ListenerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { host, clock, log } = options;
  const at = clock();
  const url = new URL(request.url ?? '/', 'http://sandbox.invalid');
  const method = request.method ?? 'GET';
  const body = await bodyOf(request);
  const noted = (status: number): void => {
    log.push({ host, method, path: url.pathname + url.search, status, at });
  };
  response.sendDate = false;
  response.setHeader('date', new Date(at.getTime() + options.skewMs()).toUTCString());
  const fault = options.fault()?.({ host, method, path: url.pathname, body, number: log.length + 1 });
  if (fault?.kind === 'reset') {
    noted(0);
    request.socket.destroy();
    return;
  }
  const asked: Asked = {
    host,
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body,
    address: addressOf(request),
    at,
  };
  const answer = fault?.kind === 'answer' ? spoiled(fault) : await options.answer(asked);
  noted(fault?.kind === 'truncated' ? 0 : answer.status);
  if (fault?.kind === 'truncated') return cutShort(response, answer);
  if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
  await write(request, response, answer);
}

/** Listens on 127.0.0.1; port 0 takes any free one. Rejects where the port is taken. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const server: Server = createServer((request, response) => {
    serve(options, request, response).catch(() => {
      // The asker has gone, or a handler has a fault of its own: either way this connection is over.
      response.destroy();
    });
  });
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
