/** HTTP as tools print it: `curl -v` (`>` and `<`), raw messages, a HAR file. */
import { isTokenUrl } from '../core/index.ts';
import { formAnswerIn } from './answer-lines.ts';
import { cut, withNextLine, WRAPPED, type Piece } from './piece.ts';
import type { ShownRequest, ShownResponse } from './shown.ts';
import { aboutOf, type About } from './told.ts';

export interface HttpMessages {
  readonly tokenRequest?: ShownRequest;
  readonly apiRequest?: ShownRequest;
  readonly tokenResponses: readonly ShownResponse[];
  readonly apiResponses: readonly ShownResponse[];
}

export interface HttpBlock {
  readonly piece: Piece;
  /** What was asked before it, by a command or a header. */
  readonly asked?: About;
}

/** Messages in the order in which they stand; an answer belongs to the request before it. */
export function httpMessages(blocks: readonly HttpBlock[]): HttpMessages {
  let token: ShownRequest | undefined;
  let api: ShownRequest | undefined;
  let about: About | undefined;
  let request: ShownRequest | undefined;
  let before: About | undefined;
  let tunnel = false;
  const tokenResponses: ShownResponse[] = [];
  const apiResponses: ShownResponse[] = [];
  for (const { piece, asked } of blocks) {
    // A command or a header stands between the last request and this block.
    if (asked !== before) about = request = undefined;
    before = asked;
    for (const part of split(piece)) {
      const one = message(part);
      if (one.kind === 'connect') {
        tunnel = true;
        request = undefined;
      } else if (one.kind === 'request') {
        tunnel = false;
        about =
          isTokenUrl(one.request.url ?? '') || /grant_type/.test(one.request.body?.text ?? '')
            ? 'token'
            : 'endpoint';
        ({ request } = one);
        if (about === 'token') token = request;
        else api = request;
      } else if (isTunnel(one.response, one.reason, tunnel)) {
        // What the proxy refused before is made good.
        for (const list of [tokenResponses, apiResponses])
          list.splice(0, list.length, ...list.filter((response) => !response.ofProxy));
        tunnel = false;
      } else {
        // Some logs write behind the status what was asked.
        const called = /\b(GET|POST|PUT|PATCH|DELETE|HEAD)\s+(\S*\/\S*)/.exec(one.reason);
        if (called) {
          const [, method = '', url = ''] = called;
          request = { method, url, headers: {} };
          about = isTokenUrl(url) ? 'token' : 'endpoint';
        }
        const response = tunnel ? { ...one.response, ofProxy: true as const } : one.response;
        const of = about ?? asked ?? (tunnel ? 'token' : answeredBy(response));
        (of === 'token' ? tokenResponses : apiResponses).push({
          ...response,
          ...(request && { request, place: part.at }),
        });
      }
    }
  }
  return {
    ...(token && { tokenRequest: token }),
    ...(api && { apiRequest: api }),
    tokenResponses,
    apiResponses,
  };
}

/** The proxy has opened the way; curl -i shows that without the CONNECT before it. */
function isTunnel({ status }: ShownResponse, reason: string, asked: boolean): boolean {
  return status >= 200 && status < 300 && (asked || /^connection established$/i.test(reason));
}

/** Who gave an answer that stands without its request: a challenge for a Bearer token is one of an API (RFC 6750 §3). */
function answeredBy({ status, headers, body }: ShownResponse): About {
  if (/^\s*bearer\b/i.test(headers['www-authenticate'] ?? '')) return 'endpoint';
  const said = body && aboutOf(body.text, status);
  if (said) return said;
  const inJson = /^\s*[{[]/.test(body?.text ?? '');
  return inJson || [403, 404, 429].includes(status) ? 'endpoint' : 'token';
}

type Message =
  | { readonly kind: 'connect' }
  | { readonly kind: 'request'; readonly request: ShownRequest }
  | { readonly kind: 'response'; readonly response: ShownResponse; readonly reason: string };

/** The first line of a message; a request behind `>` may lack its version. */
export const HTTP_START =
  /^\s*(?:(?:[<>]\s*)?(?:(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT)\s+\S+\s+HTTP\/[\d.]+|HTTP\/[\d.]+\s+\d{3})|>\s*(?:GET|POST|PUT|PATCH|DELETE|HEAD)\s+(?:https?:\/)?\/\S+\s*$)/;

function split(block: Piece): Piece[] {
  const starts: number[] = [];
  let at = 0;
  for (const line of block.text.split('\n')) {
    if (HTTP_START.test(line)) starts.push(at);
    at += line.length + 1;
  }
  return starts.map((from, i) => cut(block, from, starts[i + 1] ?? block.text.length));
}

function message(piece: Piece): Message {
  const lines = piece.text.split('\n').map((line) => line.replace(/^\s*[<>*]\s?/, '').replace(/\r$/, ''));
  const blank = lines.findIndex((line, i) => i > 0 && line.trim() === '');
  const head = lines.slice(1, blank < 0 ? lines.length : blank);
  if (/^\s*CONNECT\s/.test(lines[0] ?? '')) return { kind: 'connect' };
  const headers = headersOf(head);
  const body = bodyOf(piece, lines, blank) ?? redirectAnswer(piece);
  const request = /^\s*(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(\S+)/.exec(lines[0] ?? '');
  if (request) {
    const path = request[2] ?? '';
    const url = path.startsWith('/') && headers.host ? `https://${headers.host}${path}` : path;
    return { kind: 'request', request: { method: request[1] ?? 'GET', url, headers, ...(body && { body }) } };
  }
  const [, status = 0, reason = ''] = /HTTP\/[\d.]+\s+(\d{3})\s*(.*)/.exec(lines[0] ?? '') ?? [];
  return {
    kind: 'response',
    response: { status: Number(status), headers, ...(body && { body }) },
    reason: reason.trim(),
  };
}

/** A Basic value goes on in a line that holds nothing but base64. */
function headersOf(lines: readonly string[]): { [name: string]: string } {
  const headers: { [name: string]: string } = {};
  let last = '';
  for (const line of lines) {
    const [, name, value] = /^([\w-]{2,60}):\s?(.*)$/.exec(line) ?? [];
    if (name !== undefined) headers[(last = name.toLowerCase())] = value ?? '';
    else if (last === 'authorization' && WRAPPED.test(line))
      headers[last] = withNextLine(headers[last] ?? '', line);
  }
  return headers;
}

/** The answer that a redirect carries to the client (RFC 6749 §4.1.2.1). */
function redirectAnswer(piece: Piece): Piece | undefined {
  const at = /^\s*(?:<\s?)?location:\s*(\S[^\n]*)/im.exec(piece.text);
  const url = at?.[1]?.trimEnd();
  if (!at || url === undefined) return undefined;
  const from = piece.text.indexOf(url, at.index);
  return formAnswerIn(cut(piece, from, from + url.length));
}

/** What `curl -v` writes beside a body: its remarks, how much was sent or came (`} [29 bytes data]`), and the sign before it. */
const NOISE = /^\s*\*[^\n]*\n?|^[{}] \[\d+ bytes data\][ \t]*\n?|^\} (?=\w+=|\{)|^\{ (?=\{)/gm;

/** What follows the blank line; without one, a last line that is a body (`curl -v` prints it so). */
function bodyOf(piece: Piece, lines: readonly string[], blank: number): Piece | undefined {
  const raw = piece.text.split('\n');
  const first =
    blank >= 0 ? blank + 1 : lines.findIndex((line, i) => i > 0 && /^\s*[{[]|^\w+=\S*&/.test(line));
  if (first <= 0) return undefined;
  const from = raw.slice(0, first).join('\n').length + 1;
  const rest = cut(piece, from);
  const text = rest.text.replace(NOISE, (noise) => ' '.repeat(noise.length));
  return text.trim() === '' ? undefined : { text: text.trimEnd(), at: rest.at };
}

/**
 * A HAR document's entries, or one of them alone (http://www.softwareishard.com/blog/har-12-spec/) as parts.
 * @returns the parts, and a document in which they stand one below the other; undefined where the value is no HAR
 */
export function harMessages(value: unknown): (HttpMessages & { readonly document: string }) | undefined {
  const given = value as ({ log?: { entries?: unknown } } & HarEntry) | null;
  const isEntry = typeof given?.request?.url === 'string' && given.response !== undefined;
  const entries = isEntry ? [given] : given?.log?.entries;
  if (!Array.isArray(entries)) return undefined;
  let document = '';
  const piece = (text: string): Piece => {
    const at = document.length;
    document += `${text}\n`;
    return { text, at };
  };
  let tokenRequest: ShownRequest | undefined;
  let apiRequest: ShownRequest | undefined;
  const tokenResponses: ShownResponse[] = [];
  const apiResponses: ShownResponse[] = [];
  for (const entry of entries.slice(0, 200) as HarEntry[]) {
    const url = textOr(entry?.request?.url, '');
    const method = textOr(entry?.request?.method, 'GET');
    piece(`${method} ${url}`);
    const sent = entry?.request?.postData?.text;
    const headers = pairs(entry?.request?.headers);
    const request = { method, url, headers, ...(typeof sent === 'string' && { body: piece(sent) }) };
    const status = Number(entry?.response?.status ?? 0) || 0;
    piece(`HTTP ${status}`);
    const content = entry?.response?.content?.text;
    const response: ShownResponse = {
      status,
      headers: pairs(entry?.response?.headers),
      request,
      ...(typeof content === 'string' && { body: piece(content) }),
    };
    const token = isTokenUrl(url) || /grant_type/.test(textOr(sent, ''));
    if (token) tokenRequest = request;
    else if (status >= 400 || !apiRequest) apiRequest = request;
    const again = apiResponses.some(({ request: of }) => of?.url === url && of.method === method);
    if (token) tokenResponses.push(response);
    else if (status >= 400 || status === 0 || again) apiResponses.push(response);
  }
  return {
    document,
    ...(tokenRequest && { tokenRequest }),
    ...(apiRequest && { apiRequest }),
    tokenResponses,
    apiResponses,
  };
}

interface HarEntry {
  request?: { method?: unknown; url?: unknown; headers?: unknown; postData?: { text?: unknown } };
  response?: { status?: unknown; headers?: unknown; content?: { text?: unknown } };
}

function pairs(headers: unknown): { [name: string]: string } {
  if (!Array.isArray(headers)) return {};
  return Object.fromEntries(
    (headers as { name?: unknown; value?: unknown }[])
      .slice(0, 100)
      .map((h) => [textOr(h?.name, '').toLowerCase(), textOr(h?.value, '')]),
  );
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
