/** A curl command: the request it would send, as far as it can be read, and where its parts stand. */
import { formEncode } from '../core/index.ts';
import type { Piece } from './piece.ts';
import { commandLine, type Defect } from './shell.ts';

export interface CurlCommand {
  readonly method: string;
  readonly url?: string;
  readonly headers: { readonly [name: string]: string };
  /** `-u id:secret`, as given. */
  readonly user?: string;
  readonly body?: string;
  /** The parameters go to the URL (`-G`). */
  readonly get: boolean;
  readonly json: boolean;
  /** `-F`: the body goes as multipart/form-data, whatever a header says of it. */
  readonly multipart: boolean;
  /** A value of the pair goes on behind a `$` that the shell takes for the sign of a variable. */
  readonly cutAtDollar?: true;
  readonly defects: readonly Defect[];
}

/** Options of curl that take a value and are none of ours. */
const WITH_VALUE =
  /^(?:-o|--output|-A|--user-agent|-e|--referer|-b|--cookie|-c|--cookie-jar|-m|--max-time|--connect-timeout|-x|--proxy|--cacert|--cert|-E|--key|-w|--write-out|--retry|-T|--upload-file|--resolve|--ciphers|-D|--dump-header|--interface|--limit-rate|-K|--config|-C|--proxy-user|-U|-Y|-y|-z|--max-redirs)$/;

/**
 * @param piece a command that begins with `curl`, with or without a prompt before it
 * @returns what it would send; a header without a colon is kept with an empty value
 */
export function curlCommand(piece: Piece): CurlCommand {
  const { words, defects } = commandLine(piece);
  const draft: Draft = { headers: {}, data: [], get: false, json: false, multipart: false };
  const start = words.findIndex((w) => /(?:^|[\\/])curl(?:\.exe)?$/i.test(w.text));
  const given = words.slice(start + 1);
  const rest = given.map((w) =>
    w.text.replace(/^[\u2013\u2014\u2212]+(?=[A-Za-z])/, (d) =>
      d.length > 1 || w.text.length > 3 ? '--' : '-',
    ),
  );
  let cutAtDollar = false;
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] ?? '';
    if (!word.startsWith('-') || word === '-') {
      draft.url ??= urlLike(word) ? word : undefined;
      continue;
    }
    const { name, value } = option(word);
    const holder = value === undefined ? given[i + 1] : given[i];
    const raw = value === undefined ? rest[i + 1] : value;
    const isFilled = raw !== undefined && holder?.quote !== "'" && CARRIES.test(name);
    const takes = isFilled ? filled(raw) : raw;
    cutAtDollar ||= isFilled && CUT_AT_DOLLAR.test(raw);
    if (apply(draft, name, takes) && value === undefined) i++;
  }
  const body = draft.data.length > 0 ? draft.data.join('&') : undefined;
  return {
    method: draft.method ?? (body !== undefined && !draft.get ? 'POST' : 'GET'),
    ...(draft.url !== undefined && { url: withScheme(draft.url) }),
    headers: draft.headers,
    ...(draft.user !== undefined && { user: draft.user }),
    ...(body !== undefined && { body }),
    get: draft.get,
    json: draft.json,
    multipart: draft.multipart,
    ...(cutAtDollar && { cutAtDollar }),
    defects,
  };
}

/** curl takes `id:secret@host/path` for http: without the scheme the id would pass for one. */
function withScheme(url: string): string {
  return PAIR_BEFORE_HOST.test(url) ? `http://${url}` : url;
}

const PAIR_BEFORE_HOST = /^[^\s/?#@]+:[^\s/?#@]+@[\w.-]+(?::\d+)?(?:[/?#]|$)/;

/** Options whose value may hold the pair. */
const CARRIES = /^(?:-[ud]|--user|--data(?:-raw|-ascii|-binary|-urlencode)?|-F|--form)$/;

/**
 * A value of the pair that goes on behind a `$` with letters in both cases or with digits: nobody has a variable of
 * such a name, so it is a part of the value, and the shell puts nothing in its place.
 */
const CUT_AT_DOLLAR = new RegExp(
  String.raw`((?:^[^:&=\s]{1,200}:|client_secret=)[^$&:\s{}<>*]{1,200})\$(?=\w*\d)(?=\w*[a-z])(?=\w*[A-Z])[A-Za-z_]\w*`,
);

/** A shell fills in variables outside single quotes, so what was sent is not shown: it reads as masked. */
function filled(whole: string): string {
  const value = whole.replace(CUT_AT_DOLLAR, '$1');
  return value.replace(/\$(?:\{[A-Za-z_]\w{0,60}\}|[A-Za-z_]\w{0,60}\b)/g, '***');
}

interface Draft {
  method?: string;
  url?: string | undefined;
  headers: { [name: string]: string };
  user?: string;
  data: string[];
  get: boolean;
  json: boolean;
  multipart: boolean;
}

/** `--header=x`, `-XPOST`, `-vu`, `-sS`: the option that takes a value comes last in a bundle. */
function option(word: string): { name: string; value?: string } {
  const long = /^(--[a-z0-9.-]+)(?:=([^]*))?$/i.exec(word);
  if (long) return { name: long[1] ?? word, ...(long[2] !== undefined && { value: long[2] }) };
  const bundle = /^-([a-zA-Z#]*?)([XHdubFAeoT])([^]*)$/.exec(word);
  if (!bundle) return { name: word };
  return { name: `-${bundle[2]}`, ...(bundle[3] && { value: bundle[3] }) };
}

/** Takes an option in; true if it used its value. */
function apply(draft: Draft, name: string, value: string | undefined): boolean {
  switch (name) {
    case '-X':
    case '--request':
      draft.method = (value ?? '').toUpperCase();
      return true;
    case '--url':
      draft.url = value;
      return true;
    case '-H':
    case '--header': {
      const at = (value ?? '').indexOf(':');
      if (at > 0)
        draft.headers[(value ?? '').slice(0, at).trim().toLowerCase()] = (value ?? '').slice(at + 1).trim();
      return true;
    }
    case '-u':
    case '--user':
      draft.user = value ?? '';
      return true;
    case '--json':
      draft.json = true;
      draft.data.push(value ?? '');
      return true;
    case '-d':
    case '--data':
    case '--data-raw':
    case '--data-ascii':
    case '--data-binary':
      draft.data.push(value ?? '');
      return true;
    case '--data-urlencode':
      draft.data.push(encodedByCurl(value ?? ''));
      return true;
    case '-F':
    case '--form':
      draft.multipart = true;
      draft.data.push(value ?? '');
      return true;
    case '--oauth2-bearer':
      draft.headers.authorization = `Bearer ${value ?? ''}`;
      return true;
    case '-G':
    case '--get':
      draft.get = true;
      return false;
    default:
      return WITH_VALUE.test(name);
  }
}

/** What curl makes of `content`, `=content`, `name=content`, `@file` and `name@file`: the content alone is encoded. */
function encodedByCurl(given: string): string {
  const [, name = '', sign, content = ''] = /^([^=@]*)([=@])([^]*)$/.exec(given) ?? [];
  if (sign === undefined) return formEncode(given);
  const sent = sign === '@' ? '***' : formEncode(content);
  return name === '' ? sent : `${name}=${sent}`;
}

function urlLike(word: string): boolean {
  return (
    /^[\w+.-]+:\/\//.test(word) ||
    PAIR_BEFORE_HOST.test(word) ||
    /^(?:\/[\w{:]|[\w-]+(?:\.[\w-]+)+(?:[:/]|$)|localhost\b|\$\{?\w+|\{\{|<)/.test(word)
  );
}
