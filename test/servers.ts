/** Small real servers for tests of the windows; all on 127.0.0.1, all closed at the end of a test. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';

const here = new URL('../fixtures/tls/', import.meta.url);
export const CA_FILE = new URL('ca.pem', here).pathname;
const tls = {
  key: readFileSync(new URL('server-key.pem', here)),
  cert: readFileSync(new URL('server.pem', here)),
};

export interface Running {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

async function listen(server: Server, scheme: string): Promise<Running> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

export const serve = (listener: RequestListener): Promise<Running> => listen(createServer(listener), 'http');

export const serveTls = (listener: RequestListener): Promise<Running> =>
  listen(createTlsServer(tls, listener), 'https');

/** A server that does not speak HTTP. */
export const serveTcp = (onSocket: (socket: Socket) => void): Promise<Running> =>
  listen(createTcpServer(onSocket) as unknown as Server, 'tcp');

/** A forward proxy: CONNECT tunnels and plain requests, all to one place; asks for a password if one is given. */
export async function serveProxy(
  to: number,
  password?: string,
): Promise<Running & { readonly asked: string[] }> {
  const asked: string[] = [];
  const wanted = password && `Basic ${Buffer.from(`user:${password}`).toString('base64')}`;
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (wanted && request.headers['proxy-authorization'] !== wanted)
      return void response.writeHead(407).end();
    response.setHeader('content-type', 'application/json');
    response.end('{"by":"proxy"}');
  });
  server.on('connect', (request, socket: Socket, head) => {
    asked.push(`CONNECT ${request.url}`);
    socket.on('error', () => undefined);
    if (wanted && request.headers['proxy-authorization'] !== wanted) {
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
    }
    const onward = connect(to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  return { ...(await listen(server, 'http')), asked };
}
