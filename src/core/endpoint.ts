/** Endpoints as text: `METHOD /path`. */
import type { Exchange } from './evidence.ts';

export interface Endpoint {
  readonly method: string;
  /** Path or absolute URL, query included. */
  readonly path: string;
}

/** The endpoint that an exchange called, by its subject, else by its request; undefined where neither is shown. */
export function endpointOf({ subject, request }: Exchange): Endpoint | undefined {
  const [, method, path] = /^([A-Za-z]+)\s+(\S.*)$/.exec(subject ?? '') ?? [];
  if (method !== undefined && path !== undefined) return { method: method.toUpperCase(), path };
  if (request.url === undefined) return undefined;
  return { method: (request.method ?? 'GET').toUpperCase(), path: request.url };
}
