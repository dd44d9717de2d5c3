/** The connections of a client: one agent per scheme and proxy, so that they are used again. */
import { Agent as HttpAgent, type ClientRequest } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { HttpProxyAgent as ForwardAgent } from 'http-proxy-agent';
import type { HttpsProxyAgent as TunnelAgent } from 'https-proxy-agent';
import type { ProxyRoute } from './proxy.ts';

export interface AgentPool {
  agentFor(url: URL, proxy: ProxyRoute | undefined): Promise<HttpAgent>;
  close(): void;
}

/** @param roots all trusted certificates, PEM; undefined: those of Node */
export function agents(roots: readonly string[] | undefined): AgentPool {
  const pool = new Map<string, Promise<HttpAgent>>();
  const keep = { keepAlive: true, maxSockets: 8 };
  const make = (secure: boolean, proxy: ProxyRoute | undefined): Promise<HttpAgent> => {
    if (!proxy) return Promise.resolve(secure ? new HttpsAgent(keep) : new HttpAgent(keep));
    const given = {
      ...keep,
      ...(proxy.authorization ? { headers: { 'Proxy-Authorization': proxy.authorization } } : {}),
      ...(roots ? { ca: [...roots] } : {}),
    };
    return secure ? tunnelAgent(proxy.url, given) : forwardAgent(proxy.url, given);
  };
  return {
    agentFor(url, proxy) {
      const key = `${url.protocol} ${proxy?.shown ?? ''} ${proxy?.from ?? ''}`;
      const agent = pool.get(key) ?? make(url.protocol === 'https:', proxy);
      pool.set(key, agent);
      return agent;
    },
    close() {
      for (const made of pool.values()) void made.then((agent) => agent.destroy());
      pool.clear();
    },
  };
}

interface Given {
  readonly keepAlive: boolean;
  readonly maxSockets: number;
  readonly headers?: { [name: string]: string };
  readonly ca?: string[];
}

async function tunnelAgent(url: URL, given: Given): Promise<HttpAgent> {
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  type Connect = TunnelAgent<string>['connect'];
  return new (class extends HttpsProxyAgent<string> {
    override connect(...[request, options]: Parameters<Connect>): ReturnType<Connect> {
      return endingWith(request, (signal) =>
        new HttpsProxyAgent(url, { ...given, signal }).connect(request, options),
      );
    }
  })(url, given);
}

async function forwardAgent(url: URL, given: Given): Promise<HttpAgent> {
  const { HttpProxyAgent } = await import('http-proxy-agent');
  type Connect = ForwardAgent<string>['connect'];
  return new (class extends HttpProxyAgent<string> {
    override connect(...[request, options]: Parameters<Connect>): ReturnType<Connect> {
      return endingWith(request, (signal) =>
        new HttpProxyAgent(url, { ...given, signal }).connect(request, options),
      );
    }
  })(url, given);
}

/**
 * Makes a way to the proxy that ends when its request is destroyed. Node tells nobody of that until the request has a
 * socket, and it has none as long as the proxy is silent: neither a time-out nor an abort would ever end the wait.
 * Afterwards the connection is the agent's, for other requests too.
 */
async function endingWith<Way>(
  request: ClientRequest,
  connect: (signal: AbortSignal) => Promise<Way>,
): Promise<Way> {
  const end = new AbortController();
  const destroy = request.destroy.bind(request);
  let why: Error | undefined;
  request.destroy = (error) => {
    why = error;
    destroy(error);
    end.abort();
    return request;
  };
  if (request.destroyed) end.abort();
  try {
    return await connect(end.signal);
  } catch (error) {
    throw why ?? error;
  } finally {
    request.destroy = destroy;
  }
}
