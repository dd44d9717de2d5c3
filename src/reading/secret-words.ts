/**
 * What people write beside a word for a secret, with or without a sign between: `rotated the secret X yesterday`,
 * `Passwort lautet X`, `パスワードはXです`. A table of words; it is longer where a language is added.
 */
import { isUuid } from '../core/index.ts';
import { coined, SHORTEST } from './coined.ts';
import type { Range } from './mask.ts';

/** Whoever writes one of these means a secret; they stand within longer names, too. */
const WITHIN =
  'secrets?|passwords?|passwd|passphrase|passcode|geheim\\p{L}*|passw(?:o|ö)rt\\p{L}*|kennw(?:o|ö)rt\\p{L}*|wachtwoord\\p{L}*|' +
  'パスワード|シークレット|秘密|暗証|密码|密碼|密钥|密鑰|口令|비밀번호|암호|시크릿|비밀|รหัสผ่าน|ความลับ|पासवर्ड|गुप्त|' +
  '(?:api|access|account|subscription|shared|private|primary|master|signing|encryption|functions|app)[ _-]?keys?';
/** The same as words of their own. */
const ALONE =
  'pwd|pw|creds?|credentials?|zugangsdaten|mots? de passe|mdp|secr[eè]te?s?|contrase[ñn]as?|secretos?|segredos?|segret[oi]|senhas?|' +
  'parol[aăe]\\p{L}*|lösenord\\p{L}*|hemlig\\p{L}*|adgangskode\\p{L}*|kodeord\\p{L}*|hemmelig\\p{L}*|passord\\p{L}*|' +
  'salasana\\p{L}*|salaisuu\\p{L}*|has[łl][oa]|sekret\\p{L}*|hesl[oa]|tajemstv\\p{L}*|jelszó\\p{L}*|tit(?:ok|k)\\p{L}*|' +
  '[şs]ifre\\p{L}*|gizli\\p{L}*|κωδικ\\p{L}*|μυστικ\\p{L}*|секрет\\p{L}*|парол\\p{L}*|тайн\\p{L}*|' +
  'كلمة (?:ال)?(?:مرور|سر)|السر|סיסמ\\p{L}*|סוד\\p{L}*|mật khẩu|bí mật|kata sandi|rahasia';
/** These often mean something else, so only what stands nearest is looked at. */
const OTHERS =
  'tokens?|keys?|cookies?|assertions?|signature|signed with|auth(?:orization)? code|otp|' +
  'schlüssel|jetons?|clés?|claves?|llaves?|chaves?|chiav[ei]|sleutel|nyckel|nøgle|nøkkel|avain|klucz\\p{L}*|klíč\\p{L}*|' +
  'kulcs\\p{L}*|chei[ae]|anahtar\\p{L}*|κλειδ\\p{L}*|ключ\\p{L}*|токен\\p{L}*|مفتاح|אסימון|מפתח|कुंजी|khóa';
const WORD = new RegExp(
  `(?<kept>${WITHIN}|(?<!\\p{L})(?:${ALONE})(?!\\p{L}))|access_?token|鍵|キー|トークン|令牌|토큰|(?<!\\p{L})(?:${OTHERS})(?!\\p{L})`,
  'giu',
);
/** What may stand between the word and the value that it names. */
const BETWEEN =
  /(?:[ \t]{0,4}(?:[:=→（(「『【>|,]|\/(?=\s)|(?<=\s)[*_]{1,3}|->|=>|[-–—](?=[ \t])|["'`“”‘’„«‹]{1,3}|[はがを为為是：는은가이]|\b(?:value|wert|valeur|valor|valore|waarde|string|text|key|keys|token|id|is|was|are|be|being|now|of|to|as|set|with|ist|war|lautet|est|était|es|era|é|è|jest|är|er|on|olan|it[’']?s|called|named|begins|starts|ends|reads|from|new|old|nur|only|neu)\b)){0,7}[ \t]{0,4}/iuy;
const VALUE = /(?:(?!\\)[\x21-\x7e]){8,4000}/y;
const NAME_TAIL = /[\w.-]{0,40}/y;
/** A longer value is what its beginning is. */
const JUDGED = 400;
const CHUNK = /[\x21-\x7e]{8,4000}/g;
/** In how many characters behind and before the word a coined value is meant by it. */
const NEAR = { kept: { after: 110, before: 60 }, other: { after: 30, before: 24 } };
/** Numbers by which a request is found again are no secrets. */
const TRACED =
  /(?:trace|correlation|request|span|transaction|ray|message|error|activity|instance|log|session|rid|ref(?:erence)?|kid|thumbprint|fingerprint|commit|build|version|nonce|digest)(?:[ _-]?ids?)?["']?\s?[:=#]?\s?["'(]?$/i;

interface Place {
  readonly from: number;
  readonly to: number;
  readonly kept: boolean;
}

/** Some servers issue a UUID as a secret; beside a word alone it is rather an id. */
const SAYS_IT_IS =
  /^(?!.*\bids?\b)[^]*(?:\b(?:is|was|ist|war|lautet|est|es|era|jest)\b|(?:^|\s)[èé](?=\s)|[:=→はが是为])/iu;

/** The values that a word for a secret stands beside. */
export function besideWords(text: string): Range[] {
  const places = [...text.matchAll(WORD)].map((m): Place => ({
    from: m.index,
    to: m.index + m[0].length,
    kept: m.groups?.kept !== undefined,
  }));
  if (places.length === 0) return [];
  const found: Range[] = [];
  // A word within what was looked at already says nothing more.
  let judged = 0;
  for (const place of places) {
    if (place.from < judged || isInUrl(text, place.to)) continue;
    // `clientSecretValue`, `secret-key`, `token_2`: the name goes on.
    NAME_TAIL.lastIndex = place.to;
    const tail = NAME_TAIL.exec(text)?.[0].length ?? 0;
    for (const start of new Set([place.to, place.to + tail])) {
      const value = named(text, place, start);
      if (!value) continue;
      if (value.isMeant) found.push([value.from, value.to]);
      else if (!/^[\w.-]{1,40}=/.test(text.slice(value.from, value.from + 41))) judged = value.to;
    }
  }
  return [...found, ...nearby(text, places)];
}

/** What stands right behind the word, and whether it is a value. */
function named(
  text: string,
  { to, kept }: Place,
  start: number,
): { readonly from: number; readonly to: number; readonly isMeant: boolean } | undefined {
  BETWEEN.lastIndex = start;
  const between = BETWEEN.exec(text)?.[0] ?? '';
  if (between === '' && start === to && /[\x21-\x7e]/.test(text[to - 1] ?? '')) return undefined;
  const quote = /["'`“‘„«]$/.exec(between)?.[0];
  VALUE.lastIndex = start + between.length;
  const found = VALUE.exec(text);
  if (!found || /^[\w.$]{1,80}\(/.test(found[0])) return undefined;
  const value = quote === undefined ? bare(found[0]) : quoted(found[0], quote);
  if (value.length < SHORTEST) return undefined;
  const digits = kept && /^\d{8,}$/.test(value) && !/^20[0-4]\d[01]\d[0-3]\d$/.test(value);
  const isMeant =
    digits || (kept && isUuid(value) && SAYS_IT_IS.test(between)) || coined(value.slice(0, JUDGED)) !== 'no';
  return { from: found.index, to: found.index + value.length, isMeant };
}

/** Coined values that stand near one of the places, on its line or a few lines below. */
function nearby(text: string, places: readonly Place[]): Range[] {
  const found: Range[] = [];
  let next = 0;
  for (const chunk of text.matchAll(CHUNK)) {
    const whole = trimmedChunk(chunk[0]);
    if (isPlace(whole)) continue;
    for (const part of whole.matchAll(/(?<!\\)[A-Za-z0-9+/_~.!#$%^*@-]{8,}={0,2}/g)) {
      const from = chunk.index + chunk[0].indexOf(whole) + part.index;
      const value = bare(part[0]);
      const to = from + value.length;
      if (
        coined(value.slice(0, JUDGED)) !== 'coined' ||
        isCalled(text, to) ||
        /[{<%$]/.test(text[from - 1] ?? '')
      )
        continue;
      while ((places[next]?.to ?? Infinity) < from - NEAR.kept.after) next++;
      if (isMeant(text, from, to, places, next) && !TRACED.test(text.slice(Math.max(0, from - 40), from)))
        found.push([from, to]);
    }
  }
  return found;
}

function isMeant(text: string, from: number, to: number, places: readonly Place[], first: number): boolean {
  for (let i = first; i < places.length; i++) {
    const place = places[i] as Place;
    const { after, before } = place.kept ? NEAR.kept : NEAR.other;
    if (place.from > to + NEAR.kept.before) return false;
    if (place.to <= from && from - place.to <= after) {
      const breaks = text.slice(place.to, from).split('\n').length - 1;
      if (breaks <= (place.kept ? 3 : 0)) return true;
    }
    if (place.from >= to && place.from - to <= before && !text.slice(to, place.from).includes('\n'))
      return true;
  }
  return false;
}

function isInUrl(text: string, at: number): boolean {
  return /:\/\/\S*$/.test(text.slice(Math.max(0, at - 200), at));
}

/** A name that a bracket follows is a function. */
function isCalled(text: string, at: number): boolean {
  return text[at] === '(';
}

function isPlace(chunk: string): boolean {
  return /^[a-z][a-z+.-]{1,12}:\/\/|^\/[a-z]/i.test(chunk);
}

function trimmedChunk(chunk: string): string {
  return chunk.replace(/^["'`(<[{,;]+/, '');
}

/** Without what the sentence or the code puts round it. */
function bare(value: string): string {
  return value.replace(/(?:["'`<>{},\\|]|&(?=\w+=))[^]*$/, '').replace(/[).:;\]?]+$/, '');
}

function quoted(value: string, quote: string): string {
  const end = /["'`]/.test(quote) ? value.indexOf(quote) : -1;
  return end < 0 ? bare(value) : value.slice(0, end);
}
