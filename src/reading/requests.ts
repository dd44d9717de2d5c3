/** From what was shown of a request to the form in which the checks see it: shapes for secrets, `•` in the form. */
import {
  type AuthorizationShape,
  type ExchangeRequest,
  authorizationShape,
  methodAndUrl,
  standIn,
} from '../core/index.ts';
import type { CodeFacts } from './code.ts';
import type { CurlCommand } from './curl.ts';
import { looseJson } from './loose-json.ts';
import { masked } from './mask.ts';
import type { ShownRequest } from './shown.ts';

/** A request and the pair that it carries; the pair leaves this room only as a shape. */
export interface ReadRequest {
  readonly request: ExchangeRequest;
  readonly id?: string;
  readonly secret?: string;
  /** The shell cut the secret there. */
  readonly cutAt?: '$';
}

const SECRET_FIELD = /secret|password|token(?!_type|_url|_endpoint)|assertion|verifier|^code$|api_?key/i;

/** The request of a curl command. */
export function ofCurl(curl: CurlCommand): ReadRequest {
  const header = curl.headers.authorization;
  const [userId, ...rest] = curl.user?.split(':') ?? [];
  const given = header ?? (curl.user === undefined ? undefined : basicOf(curl.user));
  const read = readRequest({
    method: curl.method,
    url: curl.url,
    headers: {
      ...curl.headers,
      ...(curl.json && { 'content-type': 'application/json' }),
      // The body is multipart whatever -H says of it.
      ...(curl.multipart && { 'content-type': 'multipart/form-data' }),
    },
    authorization: given,
    body: curl.body,
    defaultForm: curl.body !== undefined,
    ...(userId !== undefined && header === undefined && { id: userId, secret: rest.join(':') }),
  });
  return curl.cutAtDollar && read.secret !== undefined ? { ...read, cutAt: '$' } : read;
}

/** Without a colon a mask stands for both, or curl asks for the password (curl(1), -u). */
function basicOf(user: string): string {
  return user.includes(':') || standIn(user) === undefined ? `Basic ${toBase64(user)}` : `Basic ${user}`;
}

/** The request of a statement or of a raw HTTP text. */
export function ofShown(shown: ShownRequest): ReadRequest {
  const { method, url } = methodAndUrl(shown.url ?? '');
  const headers = lowered(shown.headers);
  return readRequest({
    method: shown.method ?? method,
    url: url || undefined,
    headers,
    authorization: unquoted(headers.authorization),
    body: shown.body?.text,
    defaultForm: false,
    ...(shown.headersUnseen && { unread: true }),
  });
}

/** A log prints a header's value in quotes; none are sent around the whole. */
export function unquoted(header: string | undefined): string | undefined {
  return header?.replace(/^(\s*(?:authorization\s*:)?\s*)(["'])([^"']*)\2\s*$/i, '$1$3');
}

/** The request that code would send. */
export function ofCode(code: CodeFacts): ReadRequest {
  const url = code.tokenUrl ?? code.apiUrl;
  return {
    request: {
      ...(url !== undefined && { method: code.method === 'GET' ? 'GET' : 'POST', url: masked(url) }),
      authorization: builtBy(code),
      ...(code.unread && !code.inBody && { unread: true as const }),
      ...(code.contentType !== undefined && { contentType: code.contentType }),
      ...(Object.keys(code.form).length > 0 && { form: hidden(code.form) }),
      // That code sends JSON is told by a rule, as suspected: a pattern over code is no proof of what was sent.
      ...(code.bodyForm === 'form' && { bodyForm: code.bodyForm }),
      ...(code.inBody && { bodyCredentials: { id: true, secret: true } }),
    },
    ...(code.id !== undefined && { id: code.id }),
    ...(code.secret !== undefined && { secret: code.secret }),
  };
}

function builtBy({ basic, scheme = basic ? 'Basic' : undefined }: CodeFacts): AuthorizationShape {
  return scheme === undefined ? { kind: 'absent' } : { kind: 'masked', scheme, built: true };
}

interface Raw {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: { readonly [name: string]: string };
  readonly authorization: string | undefined;
  readonly body: string | undefined;
  /** curl says form by itself. */
  readonly defaultForm: boolean;
  readonly unread?: true;
  readonly id?: string;
  readonly secret?: string;
}

function readRequest(raw: Raw): ReadRequest {
  const contentType =
    raw.headers['content-type'] ?? (raw.defaultForm ? 'application/x-www-form-urlencoded' : undefined);
  const { bodyForm, fields } = bodyFields(raw.body, raw.url);
  const rawPlus = bodyForm === 'form' ? plusIn(raw.body ?? '') : [];
  const id = raw.id ?? fields.client_id;
  const secret = raw.secret ?? fields.client_secret;
  const fromHeader = basicPair(raw.authorization);
  return {
    request: {
      ...(raw.method !== undefined && { method: raw.method }),
      ...(raw.url !== undefined && { url: masked(raw.url) }),
      authorization: authorizationShape(raw.authorization, undefined, 'uuid'),
      ...(contentType !== undefined && { contentType }),
      ...(raw.unread && { unread: raw.unread }),
      ...(Object.keys(fields).length > 0 && { form: hidden(fields) }),
      ...(bodyForm && { bodyForm }),
      ...(rawPlus.length > 0 && { rawPlus }),
      ...(('client_id' in fields || 'client_secret' in fields) && {
        bodyCredentials: { id: 'client_id' in fields, secret: 'client_secret' in fields },
      }),
    },
    ...pairOf(fromHeader ?? { id, secret }),
  };
}

function pairOf(pair: { id?: string | undefined; secret?: string | undefined }): {
  id?: string;
  secret?: string;
} {
  return {
    ...(pair.id !== undefined && { id: pair.id }),
    ...(pair.secret !== undefined && { secret: pair.secret }),
  };
}

/** RFC 7617 §2: what the Basic value stands for, where it can be read. */
export function basicPair(authorization: string | undefined): { id: string; secret: string } | undefined {
  const value = /^(?:authorization\s*:\s*)?basic\s+([A-Za-z0-9+/_-]+={0,2})\s*$/i.exec(
    authorization ?? '',
  )?.[1];
  if (value === undefined || standIn(value) !== undefined) return undefined;
  const text = fromBase64(value);
  const at = text?.indexOf(':') ?? -1;
  return text === undefined || at < 0 ? undefined : { id: text.slice(0, at), secret: text.slice(at + 1) };
}

function bodyFields(
  body: string | undefined,
  url: string | undefined,
): { bodyForm?: 'none' | 'form' | 'json' | 'other'; fields: { [name: string]: string } } {
  const query = /\?(.*\bgrant_type=.*)$/s.exec(url ?? '')?.[1];
  const fields: { [name: string]: string } = query ? formOf(query) : {};
  const text = body?.trim() ?? '';
  if (text === '') return { ...(query !== undefined && { bodyForm: 'none' as const }), fields };
  if (/^[{[]/.test(text)) {
    const value = looseJson(text)?.value;
    if (value && typeof value === 'object' && !Array.isArray(value)) {
      for (const [name, held] of Object.entries(value))
        fields[name] = typeof held === 'string' ? held : JSON.stringify(held);
    }
    return { bodyForm: 'json', fields };
  }
  const viewed = viewedForm(text);
  if (viewed) return { fields: Object.assign(fields, viewed) };
  const form = formOf(text);
  Object.assign(fields, form);
  return { bodyForm: Object.keys(form).length > 0 ? 'form' : 'other', fields };
}

/** `a=b&c=d`, also over several lines and with blanks around the `&`. */
export function formOf(text: string): { [name: string]: string } {
  const fields: { [name: string]: string } = {};
  for (const pair of text.slice(0, 50_000).split(/&|\r?\n/)) {
    const found = /^\s*["']?([A-Za-z_][\w.-]{0,60})\s?=\s?([^]*?)["']?\s*$/.exec(pair);
    if (found?.[1]) fields[found[1]] = decoded(found[2] ?? '');
  }
  // A name without a sign behind it, at the end: the body was cut there.
  const last = /&\s*([A-Za-z_][\w.-]{0,60})\s*$/.exec(text.slice(0, 50_000))?.[1];
  if (last !== undefined) fields[last] ??= '';
  return fields;
}

/** The secret parameters of a form whose value looks like base64 with a raw `+` in it. */
function plusIn(body: string): string[] {
  return [
    ...body
      .slice(0, 50_000)
      .matchAll(/(?:^|[&?\s])([a-z_]{1,40})=([A-Za-z0-9/_.~=-]+(?:\+[A-Za-z0-9/_.~=-]*)+)/g),
  ].flatMap(([, name = '', value = '']) =>
    SECRET_FIELD.test(name) && !/pass/i.test(name) && value.length > 15 ? [name] : [],
  );
}

/** A body as a browser's tools list it, `name: value` a line; whether it was a form or JSON is not shown. */
function viewedForm(text: string): { [name: string]: string } | undefined {
  const lines = text
    .slice(0, 20_000)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const pairs = lines.map((line) =>
    /^\s*["']?([A-Za-z_]\w{0,60})["']?\s?:\s?["']?([^\n]*?)["']?,?\s*$/.exec(line),
  );
  if (lines.length < 2 || !pairs.every((pair) => pair !== null)) return undefined;
  const fields = Object.fromEntries(pairs.map((pair) => [pair[1] ?? '', pair[2] ?? '']));
  return 'grant_type' in fields ? fields : undefined;
}

function hidden(fields: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => name !== '__proto__')
      .map(([name, value]) => [
        name,
        value !== '' &&
        (SECRET_FIELD.test(name) || /^client_?id$|user_?name/i.test(name)) &&
        !isShowable(value)
          ? '•'
          : masked(value).slice(0, 500),
      ]),
  );
}

/** A stand-in is no secret and tells more when it is seen. */
function isShowable(value: string): boolean {
  return standIn(value) !== undefined || /^[$%{<]/.test(value);
}

function lowered(headers: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text.slice(0, 10_000))));
}

function fromBase64(value: string): string | undefined {
  try {
    const standard = value.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
    const bytes = Uint8Array.from(atob(standard), (c) => c.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
