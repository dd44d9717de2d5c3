/** Places that hold a secret by their form: options of a command, arguments of a login, names of settings, pairs. */
import { isUuid, standIn } from '../core/index.ts';
import { coined, SHORTEST } from './coined.ts';
import type { Range } from './mask.ts';

/** `--client-secret X`, `-ClientSecret 'X'`, `["--secret", "X"]`. */
const OPTION =
  /(?<![\w-])[-\u2013\u2014]{1,2}[\w-]{0,40}(?:secret|passwo?r?d|passphrase|pwd|pass|api-?key|token|assertion|(?:access|account|subscription|private|shared)-?key)(?:["'],?\s{0,3}["']|[ \t]{1,4}["'“‘]?|[=:]["'“‘]?)(?![-$])([^\s"'“”‘’`()]{4,4000})/gi;
/** Names of settings that mean a secret by a short form of the word: `MY_PASS=X`, `GC_SEC: X`. */
const SHORT_NAME =
  /(?<![\w.-]|(?:error|status|response|return|reason|exit|sub|result)[ _-])(?!(?:error|status|response|return|reason|exit|sub|result)[_-])(?:[A-Za-z0-9]{1,30}[_.-]){0,6}(?:pass|pw|pwd|sec|psk|creds?|credentials?|auth|salt|pin|sig|signature|token|key|code|assertion)["']?[ \t]{0,3}[:=][ \t]{0,3}(?:["'“‘]([^\s"'“”‘’\\]{8,4000})["'”’]|(?=([^\s"'“”‘’`,;&()[\]{}<>|\\]{8,4000}))\2(?![([{]))/gi;
/** In a text within a text the quotes have strokes: `"SecretString":"{\"client_secret\":\"X\"}"`. */
const ESCAPED =
  /(?<![\w.-])[\w.-]{0,40}(?:secret|passwo?r?d|(?:access|refresh|id)_?token|api_?key|pwd)[\w.-]{0,20}\\{1,3}["']\s{0,3}:\s{0,3}\\{1,3}["']([^\s"'\\]{4,4000})\\/gi;
/** `client_secret_value`, `SecretString`, `Ocp-Apim-Subscription-Key`, `AccountKey`, `PRIVATE-TOKEN`. */
const LONG_NAME =
  /(?<![\w-])["']?[\w.-]{0,40}(?:(?:secret|passwo?r?d)[_-]?(?:string|value|text|key|plain|b(?:ase)?64|old|new|prod|dev|test|\d{1,2})|(?:access|account|subscription|shared|functions|primary|secondary|master|signing|encryption|storage|service|host|security|private|vault|auth|session|csrf|xsrf|api)[_-]?(?:key|token))["']?\s{0,3}(?:[:=]|=>|→)\s{0,3}(?:["'“‘]([^\s"'“”‘’\\]{4,4000})["'”’]|([^\s"'“”‘’`,;&()[\]{}<>|\\]{4,4000}))/gi;

/** Functions that take the id and the secret, by their names. */
const LOGIN =
  /\b\w{0,40}(?:login|log_?on|sign_?in|auth|credential|token|secret|password|grant|securestring|basic|connect)\w{0,40}(?:[ \t]{0,2}\([ \t\n]{0,20}|(?:[ \t]{1,2}-\w{1,20})?[ \t]{1,2}(?=["']))/gi;
const ARGUMENTS = /(?:[^"'`()\n]|\n[ \t]{0,40}|["'`][^"'`\n]{0,400}["'`]){0,40}/y;
const STRING = /(["'`])([^"'`\n]{4,4000})\1/g;
/** These take nothing else. */
const SURE =
  /ConvertTo-SecureString|NetworkCredential|ClientCredential|ClientSecretCredential|client_?credentials|PostToken|UsernamePassword|SecureString/i;

/** `echo id:secret | base64`, `-a id:secret`, `btoa("id:secret")`. */
const ECHOED =
  /\b(?:echo|printf)(?:[ \t]+-[a-zA-Z]{1,3})*[ \t]+(?:["']?%s["']?[ \t]+)?["'“‘]?([^\s"'“”‘’:|]{1,300}):([^\s"'“”‘’|]{3,4000})["'”’]?[ \t]*(?:\||>)/g;
const ENCODED =
  /\b(?:btoa|Buffer\.from|b64_?encode|(?:strict_|urlsafe_)?encode64|base64_?encode\w*|toBase64\w*|GetBytes|encodeToString|encode|base64|USERPWD["']?)\s{0,2}[(,]\s{0,3}[bfu$]?["'`]([^\s"'`:]{1,300}):([^\s"'`]{4,4000})["'`]/gi;
const GIVEN =
  /(?:^|[\s"'`(])(?:-a|--auth|--userpass|--user-pass|--credentials?)[ =]["'“‘]?([^\s"'“”‘’:]{1,300}):([^\s"'“”‘’]{4,4000})/g;
/** A secret with a stroke in it, which ends the host's place in a URL (RFC 3986 §3.2) and was meant to stand there. */
const USER_INFO =
  /:\/\/([^\s/@:"']{1,200}):(?!\d{2,5}[/?#])([^\s"']{1,400})@(?=[\w.-]{1,200}(?:[:/?#\s"']|$))/g;
const BEHIND_ID =
  /(?<![\w/-])([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})["'`]?(?:\s?[:|,;/]\s?|[ \t]{1,4}(?:and|und|et|y|e|&|with)?[ \t]{0,2})["'`]?([\x21-\x7e]{8,4000})/gi;
const QUOTED_PAIR = /["'`“]([\w.@+-]{3,100}):([^\s"'`“”]{8,4000})["'`”]/g;

/** @param spared what is a stand-in, a variable or an expression */
export function atPlaces(text: string, spared: (value: string) => boolean): Range[] {
  return [
    ...every(text, OPTION, (v) => !spared(v) && !isPlace(v)),
    ...every(text, SHORT_NAME, (v) => !spared(v) && coined(v.trim()) !== 'no'),
    ...every(text, LONG_NAME, (v) => !spared(v) && !isPlace(v) && !isWord(v)),
    ...every(text, ESCAPED, (v) => !spared(v) && !isPlace(v) && !isWord(v)),
    ...inLogins(text, spared),
    ...[ECHOED, ENCODED, GIVEN, USER_INFO].flatMap((pattern) => every(text, pattern, (v) => !spared(v), 2)),
    ...every(text, QUOTED_PAIR, (v) => coined(v) === 'coined' && !/^\/|[&?\\]|:/.test(v), 2).filter(
      ([from]) => !isDigest(text, from),
    ),
    ...behindIds(text),
  ];
}

function every(text: string, pattern: RegExp, isMeant: (value: string) => boolean, first = 1): Range[] {
  return [...text.matchAll(pattern)].flatMap((m) =>
    m.slice(first).flatMap((value): Range[] => {
      if (value === undefined || !isMeant(value)) return [];
      const from = m.index + m[0].lastIndexOf(value);
      return [[from, from + value.length]];
    }),
  );
}

/** The strings among the arguments of a login that are neither an id nor a word, a place or a name. */
function inLogins(text: string, spared: (value: string) => boolean): Range[] {
  return [...text.matchAll(LOGIN)].flatMap((m) => {
    ARGUMENTS.lastIndex = m.index + m[0].length;
    const given = ARGUMENTS.exec(text)?.[0] ?? '';
    const at = m.index + m[0].length;
    const isSure = SURE.test(m[0]);
    return [...given.matchAll(STRING)].flatMap((s, index): Range[] => {
      const value = s[2] ?? '';
      if (/\s/.test(value) || isUuid(value) || spared(value) || isPlace(value)) return [];
      const isNone = isSure && index > 0 ? value.length < SHORTEST || isName(value) : coined(value) === 'no';
      if (isNone) return [];
      return [[at + s.index + 1, at + s.index + 1 + value.length]];
    });
  });
}

function behindIds(text: string): Range[] {
  return [...text.matchAll(BEHIND_ID)].flatMap((m): Range[] => {
    const value = (m[2] ?? '').replace(/["'`<>{},;|\\][^]*$/, '').replace(/[).\]]+$/, '');
    if (/^\/|\/[a-z]/i.test(m[0].slice(36, 38)) || /[a-z]{4}\/[a-z]{4}/i.test(value)) return [];
    const glued = /^["'`]?:/.test(m[0].slice(36));
    const how = coined(value);
    if (how === 'no' || (how === 'odd' && !glued)) return [];
    const from = m.index + m[0].length - (m[2] ?? '').length;
    return [[from, from + value.length]];
  });
}

function isDigest(text: string, from: number): boolean {
  return /(?:sha\d{1,3}|md5|arn:\S{0,100}|urn:\S{0,100}):$/i.test(text.slice(Math.max(0, from - 120), from));
}

function isPlace(value: string): boolean {
  return /^(?:https?:\/\/|\.{0,2}\/|[A-Za-z]:\\)|^[\w./-]{1,80}\.(?:pem|key|json|txt|ya?ml|env)$/i.test(
    value,
  );
}

/** One word in small letters, or the name of a thing: `expired`, `client_secret_basic`. */
function isWord(value: string): boolean {
  return (
    isName(value) || !/[\p{L}\d]/u.test(value) || /^[A-Za-z]{1,12}[.,:]?$|^[A-Za-z_]{2,30}=$/.test(value)
  );
}

/** Words that `_` or `-` joins, and what stands for a value. */
function isName(value: string): boolean {
  return (
    standIn(value) !== undefined ||
    /^[a-z]{2,20}(?:[_-][a-z]{2,20}){1,4}$|^[A-Z]{2,20}(?:_[A-Z]{2,20}){1,5}$/.test(value)
  );
}
