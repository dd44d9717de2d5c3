/**
 * From a secret to its shape. Pure, so that both doors can use it (settings and pastes); what comes out holds
 * neither the value nor a part of it.
 */
import { issuedAs } from './issued-forms.ts';
import type { ClientShape, SecretShape } from './shapes.ts';
import { standIn } from './stand-in.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LONE_SURROGATE = /[\ud800-\udfff]/gu;
/** More of them add nothing to a report. */
const MOST_NAMED = 8;

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/\ufeff/, 'byte order mark (U+FEFF)'],
  [/[\u00a0\u202f\u2007]/, 'no-break space (U+00A0)'],
  [/[\u200b\u2060]/, 'zero-width space (U+200B)'],
  [/[\u200c\u200d]/, 'zero-width joiner (U+200D)'],
  [/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/, 'text direction mark'],
  [/\u00ad/, 'soft hyphen (U+00AD)'],
  [/[\u201c\u201d\u201e]/, 'typographic double quote (U+201C)'],
  [/[\u2018\u2019\u201a]/, 'typographic single quote (U+2019)'],
  [/[\u2010-\u2015\u2212]/, 'typographic dash (U+2013)'],
  [/\u2026/, 'ellipsis (U+2026)'],
  [/[\u2000-\u2006\u2008-\u200a\u205f\u3000]/, 'wide space (U+2003)'],
  [/[\uff01-\uff5e]/, 'full-width character'],
  [/\ufffd/, 'replacement character (U+FFFD): the file is not UTF-8'],
  [/[\u0400-\u04ff]/, 'Cyrillic letter'],
  [/[\u0370-\u03ff]/, 'Greek letter'],
];

/** Whether the text is a UUID as RFC 9562 writes it, in either case and nothing around it. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/**
 * Form-encodes an id or a secret (RFC 6749 §2.3.1, appendix B). `~` stays, because every decoder leaves it alone and
 * servers that don't decode see it unchanged. A lone surrogate becomes U+FFFD, as in UTF-8.
 */
export function formEncode(value: string): string {
  return encodeURIComponent(value.replace(LONE_SURROGATE, '\ufffd'))
    .replace(/[!'()]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

/** The text that strict base64 of either alphabet stands for, if it is UTF-8; else undefined. White space is not forgiven. */
export function base64Text(value: string): string | undefined {
  if (value === '' || !/^(?:[A-Za-z0-9+/]*|[A-Za-z0-9_-]*)={0,2}$/.test(value)) return undefined;
  const digits = value.replace(/=+$/, '');
  if (digits.length % 4 === 1) return undefined;
  const standard = digits.replaceAll('-', '+').replaceAll('_', '/');
  try {
    const bytes = Uint8Array.from(atob(standard), (c) => c.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** `of-this-pair` if the value is base64 of `id:…`, `of-some-pair` for any printable `x:y`. A leading `Basic ` is passed over. */
function base64Pair(value: string, id: string | undefined): SecretShape['base64Pair'] {
  const text = base64Text(value.trim().replace(/^basic\s+/i, ''));
  if (text === undefined || text.length < 6) return 'no';
  const colon = text.indexOf(':');
  if (colon < 0) return 'no';
  if (id && text.slice(0, colon) === id) return 'of-this-pair';
  const printable = /^[\x20-\x7e]{2,}:[\x20-\x7e]{2,}$/.test(text.trimEnd());
  return printable && text.length >= 8 ? 'of-some-pair' : 'no';
}

function quotedBy(value: string): boolean {
  return value.length >= 2 && /^(["'`])[^]*\1$/.test(value);
}

function bracketedUuid(value: string): boolean {
  const inner = /^(?:\{+([^{}]*)\}+|<([^<>]*)>|\[([^[\]]*)\]|\(([^()]*)\))$/.exec(value.trim());
  return (
    inner?.slice(1).some((part) => part !== undefined && isUuid(part)) === true &&
    standIn(value) === undefined
  );
}

const VARIABLES: readonly RegExp[] = [
  /^\$([A-Za-z_][A-Za-z0-9_]*)$/,
  /^\$env:([A-Za-z_][A-Za-z0-9_]*)$/i,
  /^\$\{\{?\s*(?:env\.|secrets\.|vars\.)?([A-Za-z_][A-Za-z0-9_]*)\s*\}?\}$/,
  /^\$\(([A-Za-z_][A-Za-z0-9_]*)\)$/,
  /^%([A-Za-z_][A-Za-z0-9_]*)%$/,
];
const SPEAKING = /client|secret|oauth|token|passw|genesys|api_?key|cred|auth|(?:^|_)id$/i;

/** The name of an unexpanded variable; `…` where the name might be a piece of a password that begins with `$`. */
function variableIn(value: string): string | undefined {
  const bare = value.trim().replace(/^(["'])(.*)\1$/s, '$2');
  for (const form of VARIABLES) {
    const name = form.exec(bare)?.[1];
    if (name !== undefined) return SPEAKING.test(name) || /^[A-Z]+(?:_[A-Z]+)+$/.test(name) ? name : '…';
  }
  return undefined;
}

function outsideAscii(value: string): { name: string; index: number }[] {
  const found: { name: string; index: number }[] = [];
  let index = 0;
  for (const character of value) {
    if (found.length === MOST_NAMED) break;
    if ((character.codePointAt(0) ?? 0) > 0x7f) {
      const known = NAMES.find(([form]) => form.test(character));
      found.push({ name: known?.[1] ?? 'character outside ASCII', index });
    }
    index += 1;
  }
  return found;
}

function edges(value: string): SecretShape['edgeWhitespace'] {
  const inner = value.replaceAll('\r', '');
  const start = /^[ \t\n\v\f]/.test(inner);
  const end = /[ \t\n\v\f]$/.test(inner);
  return start && end ? 'both' : start ? 'start' : end ? 'end' : 'none';
}

function look(
  value: string,
  pair: SecretShape['base64Pair'],
  variable: string | undefined,
): SecretShape['looksLike'] {
  if (value === '') return 'absent';
  const stand = variable === undefined ? standIn(value) : undefined;
  if (stand) return stand;
  if (isUuid(value.trim().replace(/^(["'])(.*)\1$/, '$2'))) return 'uuid';
  return pair === 'no' ? 'other' : 'base64-pair';
}

export interface ShapeOptions {
  /** The id that belongs to a secret, to tell whether the secret is base64 of this very pair. */
  readonly id?: string | undefined;
  /** A paste shows that the value ends where a shell or a config file cuts. */
  readonly cutAt?: '#' | '$';
}

/**
 * What may be known of a value.
 * @param value byte for byte as given; undefined and empty are both `absent`
 */
export function shapeOf(value: string | undefined, options: ShapeOptions = {}): SecretShape {
  const text = value ?? '';
  const pair = base64Pair(text, options.id);
  const variable = variableIn(text);
  const issued = issuedAs(text);
  return {
    length: [...text].length,
    looksLike: look(text, pair, variable),
    base64Pair: pair,
    ...(issued === undefined ? {} : { issuedAs: issued }),
    quoted: quotedBy(text.trim()),
    ...(bracketedUuid(text) ? { bracketed: true as const } : {}),
    ...(variable === undefined ? {} : { variable }),
    ...(/^(?:undefined|null|none|nil|nan)$/i.test(text.trim()) ? { nothing: true as const } : {}),
    carriageReturn: text.includes('\r'),
    ...(options.cutAt ? { cutAt: options.cutAt } : {}),
    edgeWhitespace: edges(text),
    nonAscii: outsideAscii(text),
    changedByFormEncoding: formEncode(text) !== text,
    formEncodedAlready: /%[0-9A-Fa-f]{2}/.test(text) && /^(?:[A-Za-z0-9*._~+-]|%[0-9A-Fa-f]{2})*$/.test(text),
    hasColon: text.includes(':'),
    hasControl: /[\x00-\x1f\x7f]/.test(text.trim().replaceAll('\r', '')),
  };
}

/**
 * The shape of a client's pair.
 * @param idForm `uuid`: the provider's ids are UUIDs, and only such an id is shown; `any`: no form tells an id from a
 * secret that stands in its place, so the id stays hidden
 * @param source where the pair came from, e.g. `WHY403_CLIENT_ID`
 * @param cutAt the sign at which a shell cut the secret, where a paste shows that
 */
export function clientShape(
  id: string | undefined,
  secret: string | undefined,
  idForm: 'uuid' | 'any',
  source?: string,
  cutAt?: ShapeOptions['cutAt'],
): ClientShape {
  const idShape = shapeOf(id);
  const secretShape = shapeOf(secret, { id, ...(cutAt && { cutAt }) });
  return {
    ...(idForm === 'uuid' && id !== undefined && isUuid(id) ? { id } : {}),
    idShape,
    secretShape,
    swapped: areSwapped(idShape, secretShape, idForm),
    ...(source === undefined ? {} : { source }),
  };
}

/** What stands for a value says nothing about its place. */
const NO_VALUE: readonly SecretShape['looksLike'][] = ['absent', 'mask', 'placeholder'];

/**
 * Whether the forms of the two tell that they have changed places.
 * @param idForm `uuid`: the provider's ids are UUIDs, and its secrets are none
 */
export function areSwapped(id: SecretShape, secret: SecretShape, idForm: 'uuid' | 'any'): boolean {
  const isId = (shape: SecretShape): boolean =>
    shape.issuedAs === 'id' || (idForm === 'uuid' && shape.looksLike === 'uuid');
  if (id.issuedAs === 'secret') return secret.issuedAs !== 'secret';
  return isId(secret) && !isId(id) && !NO_VALUE.includes(id.looksLike);
}
