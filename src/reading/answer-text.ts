/**
 * An answer as people show it: a body in any spelling, a log line, an exception, a sentence. Out come a status, the
 * fields of the body and the error, as far as they are shown.
 */
import type { Body, Json } from '../core/index.ts';
import { errorCodeAsWritten, errorCodeIn, isErrorCode, snake } from './error-words.ts';
import { logfmtIn } from './logfmt.ts';
import { bareJson, looseJson } from './loose-json.ts';
import { plainQuotes } from './piece.ts';

export interface AnswerText {
  /** 0 where it is not shown. */
  readonly status: number;
  readonly body: Body;
}

/** An error body is short; what is longer is read from its beginning. */
const LONGEST_BODY = 60_000;

type Fields = { [key: string]: Json };

const REASONS =
  'Bad Request|Unauthorized|Unauthorised|Payment Required|Forbidden|Not Found|Method Not Allowed|Not Acceptable|Conflict|Gone|Unsupported Media Type|Unprocessable|Too Many Requests|Internal Server Error|Not Implemented|Bad Gateway|Service Unavailable|Gateway Time-?out';

const STATUS: readonly RegExp[] = [
  /\bHTTP\/[\d.]{1,3}"?\s+([1-5]\d\d)\b/i,
  /<Response \[([1-5]\d\d)\]>/,
  new RegExp(`\\b([45]\\d\\d)\\b[\\s:,(-]{0,3}(?:${REASONS})\\b`, 'i'),
  /\bstatus(?:[ _-]?code)?["']?\s{0,3}[:=]?\s{0,3}(?:is |of |was )?["']?([1-5]\d\d)\b/i,
  /\b(?:HTTP|API|Auth|response|server|client|returns?|returned|got|gives?|error|code|with|a|an)\b[^\w\n]{0,5}(?:error|code|status)?[^\w\n]{0,5}\b([45]\d\d)\b(?![\w.:/-])/i,
  /^\s*([1-5]\d\d)\b(?![\w.:/-])/,
  /\bHTTP (?:Error|Status) ([45]\d\d)\.\d\b/i,
  /[[(]([45]\d\d)[\])]/,
  /\b([45]\d\d) (?:error|errors|response|status)\b/i,
  /<(?:title|h[12])>\s{0,4}(?:HTTP |Error )?([45]\d\d)\b/i,
];

/** The HTTP status that a text names; 0 where it names none. */
export function statusIn(text: string): number {
  const head = text.slice(0, 20_000);
  for (const pattern of STATUS) {
    const found = pattern.exec(head)?.[1];
    // 535 and the like are the codes of mail servers.
    if (found && Number(found) <= 530) return Number(found);
  }
  return 0;
}

/**
 * @param text what stands where the answer's body should; never a secret (the caller masks first)
 * @param status the status that is shown beside it, 0 for none
 */
export function answerText(whole: string, status = 0): AnswerText {
  const text = outOfAUrl(bareJson(whole.slice(0, LONGEST_BODY)));
  const shown = status || statusIn(text);
  const trimmed = text.trim();
  if (trimmed === '') return { status: shown, body: { kind: 'none' } };
  const good = Math.floor(shown / 100) === 2 ? goodAnswer(trimmed) : undefined;
  if (good !== undefined) return { status: shown, body: { kind: 'json', value: good } };
  const isPage = PAGE.test(trimmed);
  // The words of a page are for people: "Access denied" there is no error code.
  const fields = isPage && !errorCodeAsWritten(trimmed) ? jsonFields(trimmed) : fieldsIn(trimmed);
  if (fields) return { status: shown || statusOf(fields), body: { kind: 'json', value: fields } };
  if (isPage) return { status: shown, body: { kind: 'html', text: trimmed } };
  const kind = /^<\?xml|^<[A-Za-z][\w:]*[\s>]/.test(trimmed) ? 'xml' : /^[{[]/.test(trimmed) ? 'cut' : 'text';
  return { status: shown, body: { kind, text: trimmed } };
}

/** The names of errors in what a good answer holds are its data, as the title of a ticket; its own error has a field. */
function goodAnswer(text: string): Json | undefined {
  const found = looseJson(text);
  if (found?.end !== text.length) return undefined;
  return isFields(found.value) ? named(bodyIn(found.value), '') : found.value;
}

const PAGE = /^<!doctype html|<html[\s>]/i;

/** A sentence as it stands in the address of a redirect: `The+grant+type+is+not+allowed`. */
function outOfAUrl(text: string): string {
  return /^\s*[A-Za-z]+(?:\+[\w%'’,.()-]+){3,}\s*$/.test(text) ? decoded(text.trim()) : text;
}

function fieldsIn(text: string): Fields | undefined {
  return (
    jsonFields(text) ??
    logFields(text) ??
    formFields(text) ??
    keyedFields(text) ??
    xmlFields(text) ??
    proseFields(text) ??
    undefined
  );
}

/** What a line of a log says of an error: its code wherever it stands, and the words beside it. */
function logFields(text: string): Fields | undefined {
  const pairs = logfmtIn(text);
  const error = pairs && errorCodeIn(text)?.code;
  if (!pairs || error === undefined) return undefined;
  const words = ['error_description', 'err', 'error', 'msg'].map((key) => pairs.get(key) ?? '');
  const description = words.find((one) => /\s/.test(one));
  return { error, ...(description !== undefined && { error_description: description }) };
}

/** The first object in the text that has a key we know; most bodies are nothing else. */
function jsonFields(text: string): Fields | undefined {
  let tries = 0;
  for (let at = text.search(/[{[]/); at >= 0 && tries < 20; tries++) {
    const found = looseJson(text, at);
    const outer = found && (isFields(found.value) ? found.value : firstFields(found.value));
    const fields = outer && bodyIn(outer);
    if (found && fields && Object.keys(fields).some((key) => INTERESTING.test(key)))
      return named(fields, text);
    const next = text.slice(at + 1).search(/[{[]/);
    at = next < 0 ? -1 : at + 1 + next;
  }
  return undefined;
}

const INTERESTING =
  /^(?:error|errors|error_?description|description|code|message|messages|error_?code|error_?message|error_?summary|odata\.error|scope|access_token|token_type|expires_in|status|statuscode|title|detail|details|fault|reason|exception|hint|error_codes|msg|detailcode|type)$/i;

/** What libraries and log lines call the field that holds the body. */
const HOLDS_THE_BODY = [
  'data',
  'body',
  'resp',
  'response',
  'responseBody',
  'response_body',
  'rawBody',
  'raw_body',
  'payload',
];

/** A library's answer or a log line as an object, its body in a field, as an object or a text of JSON. */
function bodyIn(answer: Fields): Fields {
  if ('error' in answer) return answer;
  const held = HOLDS_THE_BODY.flatMap((key) => heldIn(answer[key] ?? null));
  const body = held.find(
    (one) => 'error' in one || (typeof one.code === 'string' && typeof one.message === 'string'),
  );
  return body === undefined
    ? answer
    : { ...('status' in answer && { status: answer.status ?? null }), ...body };
}

function heldIn(value: Json): Fields[] {
  if (isFields(value)) return [value];
  if (typeof value !== 'string' || !/^\s*\{/.test(value)) return [];
  try {
    const parsed = JSON.parse(value) as Json;
    return isFields(parsed) ? [parsed] : [];
  } catch {
    return [];
  }
}

function isFields(value: Json): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function firstFields(value: Json): Fields | undefined {
  return Array.isArray(value) ? (value as Json[]).find(isFields) : undefined;
}

/** `?error=…&error_description=…` in a redirect or a body, and a token that comes so (GitHub). */
function formFields(text: string): Fields | undefined {
  const failed = /(?:^|[?&#\s"'])error(?:_code)?=[^\s"'&]/.test(text);
  if (!failed && !/(?:^|[?&#])access_token=[^\s]{0,8000}&token_type=/.test(text)) return undefined;
  const fields: Fields = {};
  const pairs =
    /(?:^|[?&#\s"'])(error|error_description|error_code|error_uri|error_reason|scope|token_type|expires_in)=([^&\s"'<>]*)/g;
  for (const [, key = '', value = ''] of text.matchAll(pairs)) fields[key] ??= decoded(value);
  return Object.keys(fields).length > 0 ? named(fields, text) : undefined;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}

/** `error: 'invalid_grant', error_description: 'Code expired'`, on one line or several, without braces or broken. */
function keyedFields(text: string): Fields | undefined {
  const plain = plainQuotes(text.slice(0, 50_000));
  const fields: Fields = {};
  const quoted =
    /["']?\b(error|error_description|error_code|message|code|description|scope|statusCode|status)["']?\]?\s{0,4}(?:=>|[:=])\s{0,4}["']([^"'\n]{1,600})/gi;
  for (const [, key = '', value = ''] of plain.matchAll(quoted)) fields[key.toLowerCase()] ??= value;
  const bare =
    /(?:^|[\s,;([])(error|error_description|errorCode|error_code|scope)\]?\s{0,3}(?:=>|[:=]|\t)\s{0,3}((?<=error_description\]?\s{0,3}(?:=>|[:=]|\t)\s{0,3})[^\n]{1,400}|[A-Za-z][\w.:/-]{2,60})/gi;
  for (const [, key = '', value = ''] of plain.matchAll(bare)) {
    const name = key.toLowerCase();
    if (name === 'error' && !isErrorCode(value)) continue;
    if (!(name in fields)) fields[name] = value.trim();
  }
  if (!('error' in fields) && !('scope' in fields) && typeof fields.code !== 'string') return undefined;
  return named(fields, text);
}

function xmlFields(text: string): Fields | undefined {
  if (!/<[A-Za-z]/.test(text)) return undefined;
  const fields: Fields = {};
  const tag =
    /<(?:\w+:)?(error|error_description|code|message|description|title|detail|faultstring)(?:\s[^<>]{0,200})?>([^<]{1,600})</gi;
  for (const [, key = '', value = ''] of text.slice(0, 50_000).matchAll(tag))
    fields[key.toLowerCase()] ??= value.trim();
  if (/<html[\s>]/i.test(text) || Object.keys(fields).length === 0) return undefined;
  return named(fields, text);
}

/** Its sentences, up to a bracket that was open before it, another answer, or a word that a server does not begin with. */
export const ENTRA =
  /\bAADSTS\d{4,7}\b(?:\([^()\n]*\)|[^\n()](?!(?<=[.!?]\s{1,3})(?:Today|Now|Yesterday|Currently|I|We|My|Our|But|So|Then|Any(?:one|body)|Thanks|Why|How|What|HTTP|[45]\d\d)\b))*/;

/** `invalid_client (authentication failed)`, `invalid_grant: ip restricted`, `error invalid_scope - …`. */
function proseFields(text: string): Fields | undefined {
  const found = errorCodeIn(text);
  const entra = ENTRA.exec(text)?.[0];
  if (!found) return entra ? { error_description: entra } : undefined;
  const after = text.slice(found.at + found.length);
  const paren = /^["']?\s{0,3}\(([^()]{2,600})/.exec(after)?.[1];
  const dash = /^["']?\s{0,3}[:,-]\s{1,3}([^\n]{2,600})/.exec(after)?.[1];
  const line = /^\s{1,6}([A-Z][^\n]{4,600})/.exec(after)?.[1];
  const description = entra ?? paren ?? dash ?? line;
  return { error: found.code, ...(description && { error_description: description.trim() }) };
}

/** Gives the error its RFC name where another field holds it: passport's `code`, Java's `errorCode`, a nested object. */
function named(fields: Fields, text: string): Fields {
  if (typeof fields.error === 'string') {
    if (isErrorCode(fields.error)) return { ...fields, error: snake(fields.error) };
    const inner = errorCodeIn(fields.error);
    return inner && !('code' in fields) && fields.error.length < 80
      ? { ...fields, error: inner.code, error_description: fields.error_description ?? fields.error }
      : fields;
  }
  for (const key of ['code', 'errorCode', 'error_code', 'name', 'type', 'message']) {
    const value = fields[key];
    if (typeof value === 'string' && isErrorCode(value)) {
      const description = fields.error_description ?? (key === 'message' ? undefined : fields.message);
      return {
        ...fields,
        error: snake(value),
        ...(description !== undefined && { error_description: description }),
      };
    }
  }
  const nested = text === '' ? undefined : errorCodeIn(text);
  if (
    nested &&
    !('error' in fields) &&
    !('errors' in fields) &&
    nested.code !== 'access_denied' &&
    !('message' in fields)
  ) {
    return { ...fields, error: nested.code };
  }
  return fields;
}

function statusOf(fields: Fields): number {
  for (const key of ['status', 'statusCode', 'status_code', 'httpStatus', 'code']) {
    const value = fields[key];
    const number = typeof value === 'string' ? Number(/^([1-5]\d\d)\b/.exec(value)?.[1]) : value;
    if (typeof number === 'number' && number >= 100 && number < 600) return number;
  }
  const { error } = fields;
  return error !== undefined && isFields(error) && fields !== error ? statusOf(error) : 0;
}
