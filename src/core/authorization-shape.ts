/** From an Authorization header to its shape (RFC 7617 Basic, RFC 6750 Bearer), its value left out. */
import { base64Text, formEncode, isUuid, shapeOf } from './shape-of.ts';
import type { AuthorizationShape } from './shapes.ts';
import { isTemplate, standIn } from './stand-in.ts';

export interface KnownPair {
  readonly id: string;
  readonly secret: string;
}

type Basic = Extract<AuthorizationShape, { kind: 'basic' }>;

/** Schemes that may be named: registered ones, and what people write. Any other word could be half of a secret. */
const SCHEMES = new Set(
  (
    'basic bearer digest negotiate ntlm hoba mutual oauth scram-sha-1 scram-sha-256 vapid dpop gnap mac hawk ' +
    'aws4-hmac-sha256 hmac apikey api-key api_key key token jwt access_token accesstoken ssws sharedkey ' +
    'splunk zoho-oauthtoken client_credentials clientcredentials'
  ).split(' '),
);

/** A word that names a scheme, and so may be shown. */
export function isSchemeName(word: string): boolean {
  return SCHEMES.has(word.toLowerCase());
}

const LITERALS = new Set([
  'null',
  'undefined',
  'none',
  'nil',
  'nan',
  'true',
  'false',
  '[object object]',
  'access_token',
  'token',
]);

/** A variable of a shell that holds the whole value, scheme and all. */
const VARIABLE = /^(?:\$\{[^{}]{1,80}\}|\$[A-Za-z_]\w{0,80})$/;

/** Characters that may be named, because they come from writing and not from a value. */
const NAMEABLE = /[“”„‘’"'`<>{}()[\]:…\s\u00a0\u200b\ufeff%$]/u;

/**
 * The shape of a header's value.
 * @param header the value, with or without the name `Authorization:`; undefined for a header that is not there
 * @param pair the credentials that the header should hold, to say whether it does
 * @param idForm `uuid`: a decoded id of that form may be shown
 */
export function authorizationShape(
  header: string | undefined,
  pair?: KnownPair,
  idForm: 'uuid' | 'any' = 'uuid',
): AuthorizationShape {
  const value = (header ?? '').replace(/^\s*authorization\s*:/i, '').replace(/^[ \t]+|[ \t]+$/g, '');
  if (value === '') return { kind: 'absent' };
  if (VARIABLE.test(value) || isWhollyFilledIn(value)) return { kind: 'masked' };
  const parted = /^(\S+)(?:[ \t\r\n]+([^]*))?$/.exec(value);
  const first = parted?.[1] ?? value;
  const rest = parted?.[2];
  const scheme = first.replace(/:$/, '');
  if (/^bearer:$/i.test(first))
    return { kind: 'bearer', token: 'malformed', why: 'a colon stands behind the word Bearer' };
  if (/^basic:$/i.test(first) || (/^bearer[_-]?token:?$/i.test(first) && rest !== undefined))
    return { kind: 'unrecognised', scheme: first };
  const known = isSchemeName(scheme);
  if (known && /^basic$/i.test(scheme)) return basicShape(scheme, rest ?? '', pair, idForm);
  if (known && /^bearer$/i.test(scheme)) return bearerShape(rest ?? '');
  if (/^bearer(?=[\w+/-]{12})/i.test(first))
    return {
      kind: 'bearer',
      token: 'malformed',
      why: 'no blank stands between the word Bearer and the token',
    };
  if (rest === undefined) return bareShape(first);
  if (known) return { kind: 'unrecognised', scheme };
  if (standIn(value) === 'mask') return { kind: 'masked' };
  if (nearly(scheme)) return { kind: 'unrecognised', scheme };
  return bareShape(value);
}

/** `{{auth}}`, or `{{scheme}} {{value}}`: no scheme is shown before it. */
function isWhollyFilledIn(value: string): boolean {
  return /^[{#@<%]/.test(value) && isTemplate(value);
}

/** `Baisc`, `Beare`, `Basic64`: a slip of the pen of a name that we know. */
function nearly(scheme: string): boolean {
  return /^(?:ba[a-z]{2,5}c?(?:64)?|be[a-z]{3,6}|bar[a-z]{2,4}|brearer)$/i.test(scheme);
}

/** `<encoded "client_id:">`: words about the value stand in its place, and not the value itself in brackets. */
const DESCRIBED = /^\s*<(?![^<>\n]*(?=[A-Za-z+/=.]{0,30}\d)[\w+/=.]{16})[^<>\n]*>\s*$/;

function basicShape(
  scheme: string,
  rest: string,
  pair: KnownPair | undefined,
  idForm: 'uuid' | 'any',
): AuthorizationShape {
  if (rest.trim() === '') return { kind: 'basic', scheme, base64: 'empty' };
  const joined = rest.replace(/[\r\n]+[ \t]*/g, '');
  const form = base64Form(rest);
  const text = form === 'invalid' ? undefined : (base64Text(joined.trim()) ?? latin1Text(joined.trim()));
  if (text === undefined) {
    const described = DESCRIBED.test(rest) || /base64\s*\(|btoa\s*\(/i.test(rest);
    if (described || isTemplate(rest) || standIn(rest) !== undefined) return { kind: 'masked', scheme };
    const foreign = foreignIn(rest);
    return { kind: 'basic', scheme, base64: 'invalid', ...(foreign.length > 0 ? { foreign } : {}) };
  }
  // `Basic clientsecret` has the alphabet by chance.
  if (!text.includes(':') && standIn(rest) !== undefined) return { kind: 'masked', scheme };
  return { kind: 'basic', scheme, base64: form, ...decodedShape(text, pair, idForm) };
}

/** Older clients encode the pair as ISO-8859-1 (RFC 7617 §2 leaves the charset open). */
function latin1Text(base64: string): string | undefined {
  try {
    return atob(base64.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
  } catch {
    return undefined;
  }
}

/** Judged by its characters; a forgiving decoder (Node's) would pass over the foreign ones. */
function base64Form(rest: string): Exclude<Basic['base64'], 'empty'> {
  if (/[\r\n]/.test(rest.trim()))
    return base64Form(rest.replace(/\s+/g, '')) === 'invalid' ? 'invalid' : 'wrapped';
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(rest)) {
    if (rest.length % 4 === 0) return 'standard';
    return !rest.includes('=') && rest.length % 4 !== 1 ? 'unpadded' : 'invalid';
  }
  return /^[A-Za-z0-9_-]+={0,2}$/.test(rest) && rest.replace(/=+$/, '').length % 4 !== 1
    ? 'url-safe'
    : 'invalid';
}

function decodedShape(text: string, pair: KnownPair | undefined, idForm: 'uuid' | 'any'): Partial<Basic> {
  // RFC 7617 §2: the first colon parts user-id and password.
  const at = text.indexOf(':');
  if (at < 0) {
    return { colon: false, ...(shapeOf(text).base64Pair !== 'no' && { twice: true as const }) };
  }
  const id = text.slice(0, at);
  const secret = text.slice(at + 1);
  return {
    colon: true,
    ...(pair
      ? {
          idMatches: id === pair.id || id === formEncode(pair.id),
          secretMatches: secret === pair.secret || secret === formEncode(pair.secret),
        }
      : {}),
    decoded: {
      ...(idForm === 'uuid' && isUuid(id) ? { id } : {}),
      idShape: shapeOf(id),
      secretShape: shapeOf(secret, { id }),
    },
  };
}

function foreignIn(rest: string): string[] {
  const outside = [...rest].filter((c) => !/[A-Za-z0-9+/=]/.test(c));
  return [...new Set(outside.map((c) => (NAMEABLE.test(c) ? c : 'another character')))].slice(0, 6);
}

function bearerShape(rest: string): AuthorizationShape {
  const value = rest.replace(/^["'](.*)["']$/s, '$1').trim();
  if (value === '')
    return { kind: 'bearer', token: 'literal', literal: '', why: 'nothing follows the scheme' };
  const stand = /(?:^|,\s*)bearer\s/i.test(value) ? undefined : standIn(value);
  if (stand === 'mask' || isTemplate(value)) return { kind: 'masked', scheme: 'Bearer' };
  if (LITERALS.has(value.toLowerCase())) return { kind: 'bearer', token: 'literal', literal: value };
  const variable = shapeOf(value).variable;
  if (variable !== undefined)
    return { kind: 'bearer', token: 'literal', literal: `$${variable}`, why: 'an unexpanded variable' };
  if (stand === 'placeholder') return { kind: 'masked', scheme: 'Bearer' };
  const why = malformedToken(rest);
  return why === undefined
    ? { kind: 'bearer', token: 'well-formed' }
    : { kind: 'bearer', token: 'malformed', why };
}

/** RFC 6750 §2.1: `b64token`. */
function malformedToken(rest: string): string | undefined {
  if (/^["'].*["']$/s.test(rest.trim())) return 'quotes stand around the token';
  if (/(?:^|,\s*)bearer\b/i.test(rest)) return 'the word Bearer stands twice';
  if (/^\{/.test(rest)) return 'the whole token answer stands where only access_token belongs';
  if (/\s/.test(rest.replace(/^ +| +$/g, ''))) return 'white space stands in the token';
  if (/[^\x21-\x7e]/.test(rest.trim())) return 'characters outside ASCII stand in the token';
  if (!/^[A-Za-z0-9\-._~+/]+=*$/.test(rest.trim()))
    return 'characters that no token may have (RFC 6750) stand in it';
  return undefined;
}

function bareShape(value: string): AuthorizationShape {
  if (standIn(value) !== undefined && !LITERALS.has(value.toLowerCase())) return { kind: 'masked' };
  const shape = shapeOf(value);
  if (shape.base64Pair !== 'no') return { kind: 'bare', looksLike: 'base64-pair' };
  if (/^[^\s:]+:[^\s]+$/.test(value) && !/^https?:/i.test(value)) return { kind: 'bare', looksLike: 'pair' };
  if (/^[A-Za-z0-9\-._~+/]{20,}=*$/.test(value)) return { kind: 'bare', looksLike: 'token' };
  return { kind: 'bare', looksLike: 'other' };
}
