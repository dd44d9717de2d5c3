/** What goes over the sandbox's wire: a request as a gate sees it, an answer as a handler gives it. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from '../core/index.ts';

/** Which of the two listeners was asked; a world with one host calls it `api`. */
export type HostName = 'login' | 'api';

export interface Asked {
  readonly host: HostName;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The caller's address, IPv4 in dotted form. */
  readonly address: string;
  readonly at: Date;
}

export interface Answer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers?: { readonly [name: string]: string };
  readonly body:
    | { readonly kind: 'json'; readonly value: Json }
    | { readonly kind: 'text'; readonly type: string; readonly text: string }
    /** JSON in pieces, for answers too big for one string. */
    | { readonly kind: 'pieces'; readonly pieces: Iterable<string> }
    | { readonly kind: 'none' };
}

/** A gate looks at a request and lets it pass (`undefined`) or answers in its place. */
export interface Gate<Context> {
  readonly name: string;
  refuse(context: Context): Answer | undefined;
}

/** The first refusal wins, as at a door with several guards in a row. */
export function firstRefusal<Context>(gates: readonly Gate<Context>[], context: Context): Answer | undefined {
  for (const gate of gates) {
    const refusal = gate.refuse(context);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

export function json(value: Json, status = 200, headers: { [name: string]: string } = {}): Answer {
  return { status, headers, body: { kind: 'json', value } };
}

/** A body as JSON; `undefined` if it is none. */
export function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The id and secret of a request, and how they came; `encoded` undoes RFC 6749 §2.3.1's form-encoding. */
export interface Presented {
  readonly by: 'basic' | 'post' | 'none' | 'unreadable';
  readonly id: string;
  readonly secret: string | undefined;
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

export function presented(asked: Asked, form: URLSearchParams, encoded: boolean): Presented {
  const header = asked.headers.authorization;
  if (header === undefined) {
    const id = form.get('client_id');
    return id === null
      ? { by: 'none', id: '', secret: undefined }
      : { by: 'post', id, secret: form.get('client_secret') ?? undefined };
  }
  const unreadable: Presented = { by: 'unreadable', id: '', secret: undefined };
  const value = /^basic +(\S+)$/i.exec(header)?.[1];
  if (value === undefined || !BASE64.test(value)) return unreadable;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon < 0) return unreadable;
  const decode = encoded ? formDecoded : (text: string) => text;
  return { by: 'basic', id: decode(pair.slice(0, colon)), secret: decode(pair.slice(colon + 1)) };
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** The token of `Authorization: Bearer …`: `absent` without a header, `malformed` where RFC 6750 §2.1 can't read it. */
export function bearer(asked: Asked): { kind: 'absent' | 'malformed' } | { kind: 'token'; token: string } {
  const header = asked.headers.authorization;
  if (header === undefined) return { kind: 'absent' };
  const token = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(header)?.[1];
  return token === undefined ? { kind: 'malformed' } : { kind: 'token', token };
}
