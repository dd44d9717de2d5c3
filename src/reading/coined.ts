/** Tells a value that somebody was issued or thought up from what people write: words, names, codes, places, times. */
import { isUuid, standIn } from '../core/index.ts';

/** How sure: `odd` is no word, and a secret only beside one that says so; `coined` is nothing that a person writes. */
export type Coined = 'no' | 'odd' | 'coined';

export const SHORTEST = 8;

/** Algorithms, protocols, formats and versions, whose numbers belong to their names. */
const TERM =
  /(?:(?:hmac|sha|oauth|base|pkcs|utf|tlsv|https?|iso|rfc|web|dpop|ecdh|rsa|oaep|gcm|cbc|ipv|win|python|java|php|hotp|totp|auth|status|code|error)[-_/ ]?\d{1,5}|(?<![A-Za-z\d])(?:hs|rs|es|ps|aes|md|x|tls|ssl|v|ed|p|ec|s)-?\d{1,4}(?![A-Za-z\d]))(?:\.\d{1,4}){0,3}(?![a-z]?\d)|b64|x509|[mbspe]2[mbcspe](?![\da-z])|k8s|i18n/gi;
const ERROR_CODE =
  /^(?:AADSTS|AADB2C|IDX|MSIS|OAU-|CMN-|RESTEASY|FBTOAU|ORA-|CVE-|RFC|TS|CS|E|ERR_?|HTTP_?|KB|MSAL|IDS|JBWEB|SRVE|GSS|WSTRUST)[\d-]{3,12}[A-Z]?$/;
const PLACE =
  /^(?:[a-z][a-z+.-]{1,12}:\/\/|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+$|(?:[A-Za-z]:|~|\.{1,2})?[\\/][\\/A-Za-z._-]|--?[a-z]|@?localhost\b|\d{2,5}\/|[^?]{0,400}\?\w{1,40}=)|^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,12}(?::\d{1,5})?(?:\/|$)|^(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?(?:\/|$)/;
const FILE =
  /^[\w./-]{1,80}\.(?:js|ts|mjs|py|rb|go|java|cs|php|ps1|sh|json|ya?ml|toml|ini|env|pem|key|crt|cer|pfx|p12|txt|md|log|xml|html?|jks|tf|sql)(?::\w{1,20}){0,3}$/i;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const NUMBER =
  /^[\d.,:;/TZ+_-]+(?:m?s|secs?|seconds|mins?|minutes|h|hours?|d|days?|weeks|months|years?|bytes|[kKmM]i?[bB]|px|[ap]m|st|nd|rd|th|utc|z)?$/;
const VARIABLE =
  /^(?:\$|%\w+%|\{|<|\(|\[|@\{|#[{[]|process\.env|os\.|env[.:]|getenv|config\.|var\.|self\.|this\.|args\.|settings\.|options\.|secrets\.|ENC\[|ref\+|vault:|arn:|urn:)/i;
/** `code=7000215`: a name and its value, which is looked at by itself. */
const ASSIGNED = /^[A-Za-z_][\w.-]{0,40}=(?!=*$)/;
const ESCAPED_SIGN = /%[0-9A-Fa-f]{2}/g;

/** @param value a token without white space and without quotes */
export function coined(value: string): Coined {
  if (value.length < SHORTEST || standIn(value) !== undefined || /^(.)\1+$/.test(value)) return 'no';
  if (isUuid(value) || PLACE.test(value) || FILE.test(value) || VARIABLE.test(value)) return 'no';
  if (NUMBER.test(value) || ERROR_CODE.test(value) || ASSIGNED.test(value) || /[•*…]{2}/.test(value))
    return 'no';
  if (/^https?%3A/i.test(value) || (/^[\p{L}\p{M}'’.-]+$/u.test(value) && /[^\x00-\x7f]/.test(value)))
    return 'no';
  const rest = value.replace(UUID, '').replace(TERM, '').replace(ESCAPED_SIGN, '-');
  if (!/\d/.test(rest)) return lettersOnly(rest);
  if (isJoined(rest)) return 'no';
  return random(rest) ? 'coined' : 'odd';
}

/** `MY_CLIENT_SECRET_2`, `gc-client-v2`, `adal4j.Context`: words that signs join, with short numbers. */
function isJoined(text: string): boolean {
  const parts = text.split(/[-_.:/]+/).filter((part) => part !== '');
  const letters = text.replace(/[^A-Za-z]/g, '').length;
  const words = parts.filter((part) => /^[A-Za-z]{5,}$/.test(part) && wordly(part)).length;
  if (
    /^\w+$/.test(text) &&
    words > 1 - Number(/^[A-Z\d_]+$/.test(text)) &&
    text.length - letters < parts.length + 4
  )
    return true;
  return parts.length > 1 && letters >= parts.length * 3 && parts.every(isNamePart);
}

function isNamePart(part: string): boolean {
  if (/^v?\d{1,2}$/i.test(part)) return true;
  const [, before = '', after = ''] = /^([A-Za-z]+)(?:\d{1,2}([A-Za-z]*))?$/.exec(part) ?? [];
  return before !== '' && wordly(before) && wordly(after) && (part.length < 3 || /[aeiouy]/i.test(part));
}

function lettersOnly(text: string): Coined {
  if (wordly(text)) return 'no';
  return text.replace(/[^A-Za-z]/g, '').length >= 12 ? 'coined' : 'odd';
}

/** Every run of letters is a word, or words written together in capitals. */
function wordly(text: string): boolean {
  if (/[~^]|[#$%!*?=&][A-Za-z].*[#$%!*?=&]/.test(text)) return false;
  return (text.match(/[A-Za-z]+/g) ?? []).every(isWords);
}

/** Camel case has long humps that can be spoken; chance has neither. */
function isWords(run: string): boolean {
  if (/[bcdfghjklmnpqrstvwxz]{9}/i.test(run)) return false;
  const humps = run.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  const mute = humps.filter((hump) => hump.length === 1 || !/[aeiouy]/i.test(hump)).length;
  return humps.length < 4 || run.length / humps.length >= 3.5 || mute * 3 < humps.length;
}

/** Digits and letters change places too often, or stand in too long a row, to be a name with a number. */
function random(value: string): boolean {
  const changes = value.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  const mixed = /[a-z]/.test(value) && /[A-Z]/.test(value);
  return (
    changes >= 3 || (changes >= 2 && mixed) || (changes >= 1 && value.length >= 16) || /[+~^!#$%]/.test(value)
  );
}
