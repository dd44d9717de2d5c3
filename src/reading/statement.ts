/** A statement file: the parts of a case, named (contract, "A statement"). */
import { Failure, type Json, isOAuthUrl, urlsIn } from '../core/index.ts';
import type { Piece } from './piece.ts';
import { settledIn, since, withoutSettled } from './present.ts';
import { settingsIn, type Setting } from './settings-lines.ts';
import type { Shown, ShownRequest, ShownResponse } from './shown.ts';
import {
  AFTER_THE_TOKEN,
  answerOf,
  jsonRequestIn,
  loneStatus,
  onlyTokensAsked,
  proseAnswers,
} from './told.ts';

const FIELDS = [
  'provider',
  'curl',
  'authorizationHeader',
  'tokenRequest',
  'tokenResponse',
  'apiRequest',
  'apiResponse',
  'config',
  'note',
];

/** Whether an object has a field of a statement and none that says otherwise; a note and a provider say it together. */
export function isStatement(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const keys = Object.keys(value);
  return (
    keys.some((key) => FIELDS.includes(key) && key !== 'note' && key !== 'provider') ||
    (keys.includes('provider') && keys.every((key) => FIELDS.includes(key)))
  );
}

/** The document of a statement, so that findings can point into it: each part under its name. */
class Document {
  text = '';

  add(name: string, content: string): Piece {
    const title = `${name}: `;
    const multi = content.includes('\n');
    this.text += this.text === '' ? '' : '\n';
    this.text += multi ? `${name}:\n` : title;
    const piece = { text: content, at: this.text.length };
    this.text += content;
    return piece;
  }
}

/**
 * @param value parsed JSON; unknown fields are ignored
 * @throws Failure `usage` that names the field whose type is wrong
 */
export function shownOfStatement(value: unknown): Shown {
  if (!isRecord(value)) throw wrong('The statement', 'a JSON object', value);
  const doc = new Document();
  const provider = textOf(value, 'provider');
  const curl = textOf(value, 'curl');
  const commands = curl === undefined ? [] : [doc.add('curl', curl)];
  const header = textOf(value, 'authorizationHeader');
  const headers = header === undefined ? [] : [doc.add('authorizationHeader', header)];
  const statedRequest = requestOf(value, 'tokenRequest', doc);
  const tokenResponse = responseOf(value, 'tokenResponse', doc);
  const apiRequest = requestOf(value, 'apiRequest', doc);
  const apiResponse = responseOf(value, 'apiResponse', doc);
  const config = configOf(value, doc);
  const note = textOf(value, 'note');
  const prose = note === undefined ? [] : [doc.add('note', note)];
  const tokenRequest = statedRequest ?? jsonRequestIn(prose);
  const logs =
    tokenResponse || apiResponse ? [] : config.filter(({ key, value: piece }) => isLog(key, piece.text));
  const answered = tokenResponse !== undefined || apiResponse !== undefined || logs.length > 0;
  const asked = onlyTokensAsked(doc.text);
  const settled = settledIn(note ?? '', prose[0]?.at);
  const now = since(prose, settled);
  const said = answered ? [] : proseAnswers(now.flatMap(sentences), now, asked);
  const lone =
    !answered && said.length === 0 && !tokenRequest && commands.length === 0
      ? loneStatus(now, asked)
      : undefined;
  // Where nothing but code for a token is shown, that is what was refused.
  const onlyForToken =
    !apiRequest &&
    config.some(({ value: { text } }) => /\bgrant_type\b/.test(text) && urlsIn(text).every(isOAuthUrl));
  const told = (lone ? [lone] : said).map((answer) =>
    onlyForToken ? { ...answer, about: 'token' as const } : answer,
  );
  const toldOf = (about: 'token' | 'endpoint'): ShownResponse[] =>
    told.filter((answer) => answer.about === about).map((answer) => answer.response);
  /** A log says itself what it is about; where it does not, a call that is shown without its answer does. */
  const loggedOf = (about: 'token' | 'endpoint'): ShownResponse[] =>
    logs
      .filter(({ value: body }) => {
        const ofCall = AFTER_THE_TOKEN.test(body.text) || (apiRequest !== undefined && !tokenRequest);
        return (ofCall && answerOf(body).about === 'endpoint' ? 'endpoint' : 'token') === about;
      })
      .map(({ value: body }) => ({ status: 0, headers: {}, body }));
  if (doc.text === '' && (provider ?? '').trim() === '') {
    throw new Failure(
      'usage',
      'The statement shows nothing that could be judged.',
      'Give at least one of curl, authorizationHeader, tokenRequest, tokenResponse, apiRequest, apiResponse, config, note or provider.',
    );
  }
  return {
    document: doc.text,
    ...(provider !== undefined && { provider }),
    commands,
    headers,
    codes: [],
    ...(tokenRequest && { tokenRequest }),
    ...(apiRequest && { apiRequest }),
    tokenResponses: tokenResponse ? inSequence(tokenResponse) : [...loggedOf('token'), ...toldOf('token')],
    apiResponses: apiResponse ? inSequence(apiResponse) : [...loggedOf('endpoint'), ...toldOf('endpoint')],
    ...((tokenResponse || apiResponse) && {
      logs: config.filter(({ key, value: piece }) => isLog(key, piece.text)).map(({ value: piece }) => piece),
    }),
    config,
    prose: withoutSettled(prose, settled),
  };
}

/** The sentences of a note, each with its place. */
function sentences({ text, at }: Piece): Piece[] {
  return [...text.matchAll(/[^\n.!?]+(?:[.!?](?!\s|$)[^\n.!?]*)*[.!?]?/g)]
    .slice(0, 200)
    .map((m) => ({ text: m[0], at: at + m.index }));
}

/** A log among the settings is an answer, where none is given by name. */
function isLog(key: string, text: string): boolean {
  return (
    /\b(?:logs?|errors?|output|response|console|std(?:err|out)|trace|stack ?trace|exception|message|says|answers?|result)\b/i.test(
      key.replace(/[._-]/g, ' '),
    ) &&
    /error|fail|invalid|denied|refused|reject|not allowed|exception|unauthorized|forbidden|not look like|not found|missing|mismatch|expired|declined/i.test(
      text,
    )
  );
}

/** `First 503 …, afterwards 400 …` told as one answer is two. */
function inSequence(response: ShownResponse): ShownResponse[] {
  const text = response.body?.text ?? '';
  const later =
    /\b(5\d\d)\b[^\n]{0,120}?(?:\.|;|,|\n)\s{0,3}(?=(?:all|every|each|subsequent|then|after(?:wards| that)?|second|next|later|retr(?:y|ies|ying)|following)\b[^\n]{0,80}?\b(4\d\d)\b)/i.exec(
      text,
    );
  if (!later || !response.body) return [response];
  const at = later.index + later[0].length;
  const { body } = response;
  return [
    { status: Number(later[1]), headers: response.headers, body: { text: text.slice(0, at), at: body.at } },
    { status: Number(later[2]), headers: {}, body: { text: text.slice(at), at: body.at + at } },
  ];
}

function requestOf(value: Record<string, unknown>, name: string, doc: Document): ShownRequest | undefined {
  const given = recordOf(value, name);
  if (!given) return undefined;
  const method = textOf(given, 'method', name);
  const headers = headersOf(given, name);
  const url = withHost(textOf(given, 'url', name), headers['host']);
  if (url !== undefined) doc.add(`${name}.url`, [method, url].filter(Boolean).join(' '));
  for (const [key, held] of Object.entries(headers)) doc.add(`${name}.headers.${key}`, held);
  const body = bodyOf(given, name, doc);
  return {
    ...(method !== undefined && { method: method.toUpperCase() }),
    ...(url !== undefined && { url }),
    headers,
    ...((given['headers'] ?? null) === null && { headersUnseen: true as const }),
    ...(body && { body }),
  };
}

/** A path and a Host header are a URL (RFC 9112 §3.2). */
function withHost(url: string | undefined, host: string | undefined): string | undefined {
  return url?.startsWith('/') && host !== undefined && /^[\w.-]+(?::\d+)?$/.test(host)
    ? `https://${host}${url}`
    : url;
}

function responseOf(value: Record<string, unknown>, name: string, doc: Document): ShownResponse | undefined {
  const given = recordOf(value, name);
  if (!given) return undefined;
  const status = given.status;
  const code =
    typeof status === 'string' && /^\d{3}\b/.test(status) ? Number(status.slice(0, 3)) : (status ?? 0);
  if (typeof code !== 'number' || !Number.isInteger(code) || code < 0 || code > 999) {
    throw wrong(`${name}.status`, 'a whole number such as 400', status);
  }
  const headers = headersOf(given, name);
  if (code > 0) doc.add(`${name}.status`, String(code));
  const body = bodyOf(given, name, doc);
  return { status: code, headers, ...(body && { body }) };
}

function bodyOf(given: Record<string, unknown>, name: string, doc: Document): Piece | undefined {
  const { body } = given;
  if (body === undefined || body === null || body === '') return undefined;
  return doc.add(`${name}.body`, typeof body === 'string' ? body : JSON.stringify(body, null, 1));
}

function configOf(
  value: Record<string, unknown>,
  doc: Document,
): (Omit<Setting, 'meant'> & Partial<Setting>)[] {
  const config = value.config;
  if (config === undefined || config === null) return [];
  if (typeof config === 'string') {
    const file = doc.add('config', config);
    return [{ key: 'config', value: file }, ...settingsIn(file)];
  }
  if (!isRecord(config)) throw wrong('config', 'an object of settings', config);
  const named = flat(config as { [key: string]: Json }, '', 0).map(([key, text]) => ({
    key,
    value: doc.add(`config.${key}`, text),
  }));
  return [...named, ...named.flatMap(({ value: file }) => (isFile(file.text) ? settingsIn(file) : []))];
}

/** A file that is given as one value: several lines, settings of a line each, or JSON. */
function isFile(text: string): boolean {
  return /\n|^\s*\{|^\s*(?:export |set )?[\w.-]+=/.test(text);
}

function flat(value: { readonly [key: string]: Json }, prefix: string, depth: number): [string, string][] {
  return Object.entries(value)
    .slice(0, 500)
    .flatMap(([name, held]): [string, string][] => {
      const key = prefix === '' ? name : `${prefix}.${name}`;
      if (held !== null && typeof held === 'object' && !Array.isArray(held) && depth < 6) {
        return flat(held as { [key: string]: Json }, key, depth + 1);
      }
      return [[key, typeof held === 'string' ? held : JSON.stringify(held)]];
    });
}

function headersOf(given: Record<string, unknown>, name: string): { [name: string]: string } {
  const headers = recordOf(given, 'headers', name) ?? {};
  return Object.fromEntries(
    Object.entries(headers).map(([key, held]) => {
      if (held !== null && typeof held === 'object') throw wrong(`${name}.headers.${key}`, 'text', held);
      return [key.toLowerCase(), String(held)];
    }),
  );
}

function recordOf(
  value: Record<string, unknown>,
  key: string,
  parent = '',
): Record<string, unknown> | undefined {
  const held = value[key];
  if (held === undefined || held === null) return undefined;
  if (!isRecord(held)) throw wrong(parent ? `${parent}.${key}` : key, 'an object', held);
  return held;
}

function textOf(value: Record<string, unknown>, key: string, parent = ''): string | undefined {
  const held = value[key];
  if (held === undefined || held === null) return undefined;
  if (typeof held !== 'string') throw wrong(parent ? `${parent}.${key}` : key, 'text', held);
  return held;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

const KINDS: { readonly [kind: string]: string | undefined } = { object: 'an object', undefined: 'nothing' };

function wrong(field: string, expected: string, value: unknown): Failure {
  const is = Array.isArray(value)
    ? 'a list'
    : value === null
      ? 'null'
      : (KINDS[typeof value] ?? `a ${typeof value}`);
  return new Failure(
    'usage',
    `${field} must be ${expected}; it is ${is}.`,
    `Make ${field} ${expected}, or leave it out.`,
  );
}
