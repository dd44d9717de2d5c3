/** The door for answers: what a server said, in the form that evidence may hold. Built from allow-lists. */
import type { Answered, Body, Json } from '../core/index.ts';
import { headerAllowed, secretNamed } from './allowed.ts';
import type { RawAnswer } from './http.ts';
import { keepErrorFields, keepPaths } from './keep.ts';
import type { Scrubber } from './scrub.ts';

/** Of a page or a text; enough to tell whose it is. */
const TEXT_CHARACTERS = 2000;
/** What is looked at of a page; the patterns below are quadratic at worst. */
const PAGE_CHARACTERS = 50_000;
const FIELD_CHARACTERS = 1000;
const HEADER_CHARACTERS = 500;

/** A URL without user info and fragment; the values of secret-named parameters are `•`. */
export function redactedUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // A path of its own, or something that is no URL.
    return text.replace(/\/\/[^/?#@]*@/, '//').replace(/([?&;])([^=&;#]+)=([^&;#]*)/g, maskedPair);
  }
  url.username = '';
  url.password = '';
  url.hash = '';
  return url.href.replace(/([?&;])([^=&;#]+)=([^&;#]*)/g, maskedPair);
}

function maskedPair(whole: string, before: string, name: string): string {
  return secretNamed(decoded(name)) ? `${before}${name}=•` : whole;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The allow-listed headers, bounded and scrubbed. */
export function redactedHeaders(headers: RawAnswer['headers'], scrub: Scrubber): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => headerAllowed(name))
      .map(([name, value]) => [
        name,
        scrub.text(name === 'location' ? redactedUrl(value) : value).slice(0, HEADER_CHARACTERS),
      ]),
  );
}

/** What an answer's body is, before anything is left out. Form-encoded answers count as JSON objects. */
export function parsedBody(
  raw: RawAnswer,
): { json: Json } | { text: string; kind: 'html' | 'text' | 'xml' | 'cut' } | undefined {
  const text = new TextDecoder().decode(raw.body);
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const type = raw.headers['content-type'] ?? '';
  if (/^[{["]/.test(trimmed) || /[/+]json/i.test(type)) {
    try {
      return { json: JSON.parse(trimmed) as Json };
    } catch {
      if (/^[{[]/.test(trimmed)) return { text, kind: 'cut' };
    }
  }
  if (/x-www-form-urlencoded/i.test(type) || /^(?:access_token|error)=[^\s]*$/.test(trimmed)) {
    return { json: Object.fromEntries(new URLSearchParams(trimmed)) };
  }
  if (/^(?:<!doctype html|<html|<head|<body)/i.test(trimmed) || /text\/html|xhtml/i.test(type))
    return { text, kind: 'html' };
  return { text, kind: /^<\?xml|^<[a-z]/i.test(trimmed) || /[/+]xml/i.test(type) ? 'xml' : 'text' };
}

/**
 * The body as evidence may hold it: of a 2xx only what `keep` names (and an `error`, for servers that refuse with
 * 200), of anything else the error fields; pages and texts bounded, without scripts, inputs and attributes.
 */
export function redactedBody(raw: RawAnswer, keep: readonly string[], scrub: Scrubber): Body {
  const parsed = parsedBody(raw);
  if (parsed === undefined) return { kind: 'none' };
  const fine = raw.status >= 200 && raw.status < 300;
  const limits = { text: (text: string): string => scrub.text(text).slice(0, FIELD_CHARACTERS) };
  if ('json' in parsed) {
    const paths = [...keep, 'error', 'error_description'];
    const kept = fine ? keepPaths(parsed.json, paths, limits) : keepErrorFields(parsed.json, limits);
    return { kind: 'json', value: kept ?? (Array.isArray(parsed.json) ? [] : {}) };
  }
  // A text that came with success may be anything, a token too; only a page is a sign of somebody else's answer.
  if (fine && parsed.kind !== 'html') return { kind: parsed.kind, text: '' };
  const text = parsed.kind === 'html' ? plainPage(parsed.text) : parsed.text;
  return {
    kind: parsed.kind,
    text: scrub.text(text.slice(0, PAGE_CHARACTERS)).slice(0, TEXT_CHARACTERS),
  };
}

/** A page without scripts, styles, form fields, comments and attributes. */
function plainPage(html: string): string {
  return html
    .slice(0, PAGE_CHARACTERS)
    .replace(/<!--.*?(?:-->|$)/gs, '')
    .replace(/<(script|style|textarea|select|svg|noscript|template)\b[^>]{0,2000}>.*?(?:<\/\1\s*>|$)/gis, '')
    .replace(/<(?:input|meta|link|img|iframe|button|base)\b[^>]{0,2000}>/gi, '')
    .replace(/<([a-z][a-z0-9]*)\s[^>]{0,2000}>/gi, '<$1>')
    .replace(/[ \t]*\n\s*/g, '\n')
    .trim();
}

/**
 * The server's clock minus ours, in milliseconds, from the Date header; undefined where there is none or a cache
 * answered. Date has whole seconds, so half of one is added.
 */
export function clockSkew(raw: RawAnswer): number | undefined {
  const { date, age } = raw.headers;
  const theirs = date === undefined ? NaN : Date.parse(date);
  if (Number.isNaN(theirs) || (age !== undefined && Number(age) > 0)) return undefined;
  return Math.round(theirs + 500 - (raw.sentAt + raw.answeredAt) / 2);
}

/** A whole answer in the form of evidence; the token's shape is added by whoever asked for one. */
export function redactedAnswer(raw: RawAnswer, keep: readonly string[], scrub: Scrubber): Answered {
  const skew = clockSkew(raw);
  return {
    kind: 'answered',
    status: raw.status,
    headers: redactedHeaders(raw.headers, scrub),
    body: redactedBody(raw, keep, scrub),
    ...(skew === undefined ? {} : { clockSkewMs: skew }),
  };
}
