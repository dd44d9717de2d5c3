/**
 * The pair of a client in files of settings: `.env`, compose, Kubernetes, properties, `set` and `export`. Each has rules
 * of its own for what belongs to a value; what stands there is judged by them, byte for byte.
 */
import { base64Text, standIn } from '../core/index.ts';
import { cut, type Piece } from './piece.ts';
import { shownByCat, unescapedCat } from './cat.ts';

export interface Setting {
  readonly key: string;
  readonly value: Piece;
  /** What a program gets, where it is written otherwise: without the quotes of the format, decoded. */
  readonly meant: string;
}

const ID = /(?:^|[._-]|[a-z](?=[A-Z]))(?:oauth_?)?(?:client|app|application|consumer)[._-]?id$|clientid$/i;
const SECRET =
  /(?:client|oauth|app|api|consumer|genesys(?:_?cloud)?|purecloud|\bgc)[._-]?secret$|^secret$|clientsecret$/i;
const NAME = '[A-Za-z_][\\w.-]{0,100}';

interface Line {
  readonly text: string;
  readonly at: number;
  /** Not as it stands there: `cat -A` writes some characters otherwise. */
  readonly decoded?: string;
  readonly index: number;
}

interface Scope {
  readonly lines: readonly Line[];
  /** Lines whose values are base64 (Kubernetes, `data` of a Secret). */
  readonly encoded: ReadonlySet<number>;
  /** docker run --env-file strips no quotes. */
  readonly quotesStay: boolean;
  /** Every line ends in blanks: a terminal copied them. */
  readonly padded: boolean;
}

/**
 * @param piece a text that may hold such files
 * @param returns the numbers of the lines that end in a carriage return which belongs to the file (0-based)
 */
export function settingsIn(piece: Piece, returns: ReadonlySet<number> = new Set()): Setting[] {
  if (!/(?:id|secret)["']?\s{0,3}[:=]|\bsetx?\s|\bname:/i.test(piece.text)) return [];
  const lines = linesOf(piece);
  const scope: Scope = {
    lines,
    encoded: encodedLines(lines),
    quotesStay:
      /--env-file\b/.test(piece.text) && !/compose\b[^\n]{0,100}--env-file|env_file:/.test(piece.text),
    padded: lines.filter(({ text }) => /\S[ \t]+$/.test(text)).length > 2,
  };
  const found = lines.flatMap((line) =>
    settingsOf(line, scope).map((setting) =>
      returns.has(line.index) ? { ...setting, meant: `${setting.meant}\r` } : setting,
    ),
  );
  // A template is filled in elsewhere.
  if (found.length > 1 && found.every(({ meant }) => meant === '')) return [];
  // What is set again later is not empty.
  return found.filter(
    ({ key, meant }) => meant !== '' || !found.some((other) => other.key === key && other.meant !== ''),
  );
}

function linesOf({ text, at }: Piece): Line[] {
  const cat = shownByCat(text);
  let from = at;
  return text.split('\n').map((line, index) => {
    const here = { text: line, at: from, index };
    from += line.length + 1;
    return cat && line.endsWith('$') ? { ...here, decoded: unescapedCat(line) } : here;
  });
}

function settingsOf(line: Line, scope: Scope): Setting[] {
  if (line.text.length > 5000) return [];
  const plain = line.decoded ?? line.text;
  const one =
    inList(plain) ??
    assigned(plain, scope) ??
    inShell(plain) ??
    inTerraform(plain, scope) ??
    mapped(plain, line, scope);
  return (one ? [one] : inJson(plain)).flatMap((raw) => {
    const { key, given } = raw;
    if (!(ID.test(key) || SECRET.test(key))) return [];
    const base64 = scope.encoded.has(line.index) ? base64Text(given.trim()) : undefined;
    const meant = base64 ?? raw.meant;
    return isExpression(meant, key) ? [] : [{ key, value: pieceOf(line, given), meant }];
  });
}

/** The pairs of a line of JSON; a line of code begins otherwise. */
function inJson(text: string): Raw[] {
  if (!/^\s*[{[]?\s*"/.test(text)) return [];
  const pairs = new RegExp(`"(${NAME})"\\s{0,4}:\\s{0,4}("(?:[^"\\\\\\n]|\\\\.)*")`, 'g');
  return [...text.matchAll(pairs)].map(([, key = '', quoted = '']) => ({
    key,
    given: quoted.slice(1, -1),
    meant: unquoted(quoted),
  }));
}

function unquoted(json: string): string {
  try {
    return JSON.parse(json) as string;
  } catch {
    return json.slice(1, -1);
  }
}

/** A variable of Terraform whose default is empty has no value where nobody gives it one. */
function inTerraform(text: string, { lines }: Scope): Raw | undefined {
  const [, key = '', name] = new RegExp(`^\\s*(${NAME})\\s*=\\s*var\\.(\\w+)\\s*$`).exec(text) ?? [];
  if (name === undefined) return undefined;
  const from = lines.findIndex((line) => new RegExp(`^\\s*variable\\s+"${name}"\\s*\\{`).test(line.text));
  if (from < 0) return undefined;
  const rest = lines.slice(from, from + 12);
  const end = rest.findIndex((line) => /^\s*\}|\{.*\}\s*$/.test(line.text));
  const isEmpty = rest.slice(0, end + 1).some((line) => /\bdefault\s*=\s*""/.test(line.text));
  return isEmpty ? { key, given: `var.${name}`, meant: '' } : undefined;
}

interface Raw {
  readonly key: string;
  /** As it is written. */
  readonly given: string;
  readonly meant: string;
}

/** Compose's list: YAML takes quotes around the whole; those inside belong to the value. */
function inList(text: string): Raw | undefined {
  const quoted = new RegExp(`^\\s*-\\s+(["'])(${NAME})=([^\\n]*)\\1\\s*(?:#.*)?$`).exec(text);
  if (quoted) return { key: quoted[2] ?? '', given: quoted[3] ?? '', meant: quoted[3] ?? '' };
  const bare = new RegExp(`^\\s*-\\s+(${NAME})=([^\\n]*?)[ \\t]*(?:[ \\t]#.*)?$`).exec(text);
  return bare ? { key: bare[1] ?? '', given: bare[2] ?? '', meant: bare[2] ?? '' } : undefined;
}

/** `KEY=value` of a `.env`, an `export`, a file of properties; `set` of cmd.exe keeps quotes and blanks. */
function assigned(text: string, { quotesStay, padded }: Scope): Raw | undefined {
  const found = new RegExp(
    `^(?:[A-Z]:[^>\\n]{0,100}>|\\s*[$#]\\s)?\\s*(export\\s+|set\\s+|ENV\\s+|Environment=)?(${NAME})=([^\\n]*)$`,
  ).exec(text);
  if (!found) return undefined;
  const [, lead = '', key = '', rest = ''] = found;
  if (lead.startsWith('set')) return { key, given: rest, meant: rest };
  const isProperty = /[.-]/.test(key);
  const asItIs = padded || isProperty || lead !== '' ? rest.replace(/[ \t]+$/, '') : rest;
  if (isProperty || (quotesStay && lead === '')) return { key, given: asItIs, meant: asItIs };
  const quoted = /^(["'])((?:(?!\1)[^\n])*)\1[ \t]*(?:#.*)?$/.exec(rest);
  if (quoted) return { key, given: quoted[2] ?? '', meant: quoted[2] ?? '' };
  const bare = asItIs.replace(/[ \t]+#.*$/, '');
  return { key, given: bare, meant: bare };
}

/** `$env:KEY = "value"`, `set "KEY=value"`, `setx KEY "value"`. */
function inShell(text: string): Raw | undefined {
  const found =
    new RegExp(
      `^\\s*(?:PS [^>\\n]{0,100}>\\s*)?\\$env:(${NAME})\\s*=\\s*(["'])([^\\n]*?)\\2\\s*;?$`,
      'i',
    ).exec(text) ??
    new RegExp(
      `^(?:[A-Z]:[^>\\n]{0,100}>)?\\s*setx?\\s+(?:"(?=\\w+=))?(${NAME})(?:=|\\s+(?=["']))(["']?)([^"'\\n]*)["']\\s*$`,
    ).exec(text);
  return found ? { key: found[1] ?? '', given: found[3] ?? '', meant: found[3] ?? '' } : undefined;
}

/** A map of YAML, and the pairs of name and value of a container's `env`. */
function mapped(text: string, { index }: Line, { lines }: Scope): Raw | undefined {
  const found = new RegExp(`^(\\s*)(?:-\\s+)?(${NAME}):[ \\t]+(\\S[^\\n]*)$`).exec(text);
  if (!found) return undefined;
  const [, indent = '', name = '', rest = ''] = found;
  const before = lines[index - 1]?.text ?? '';
  const key = name === 'value' ? (/^\s*-\s+name:\s+["']?([\w.-]+)["']?\s*$/.exec(before)?.[1] ?? name) : name;
  const block = /^[|>]([+-]?)\s*$/.exec(rest);
  if (block) {
    const inner = lines.slice(index + 1, index + 3).map((line) => line.decoded ?? line.text);
    const [first = '', second = ''] = inner;
    const goesOn = /^\s*/.exec(second)?.[0] === /^\s*/.exec(first)?.[0] && second.trim() !== '';
    if (!first.startsWith(`${indent} `) || first.trim() === '' || goesOn) return undefined;
    return { key, given: rest, meant: `${first.trim()}${block[1] === '-' ? '' : '\n'}` };
  }
  const quoted = /^(["'])((?:(?!\1)[^\n])*)\1[ \t]*(?:#.*)?$/.exec(rest);
  if (quoted) return { key, given: quoted[2] ?? '', meant: quoted[2] ?? '' };
  const bare = rest.replace(/[ \t]+#.*$/, '').replace(/[ \t]+$/, '');
  return { key, given: bare, meant: bare };
}

/** What somebody fills in or a program works out is no value; nor is a piece of code. */
function isExpression(value: string, key: string): boolean {
  if (/^\s*["']?(?:\$|%\w+%["']?$|\{\{|[!*&@|>]|(?:process\.env|os\.|env\.|vault:|ENC\[|ref\+))/i.test(value))
    return true;
  if (/^[\w.$]+[[(]|[,;({[]$/.test(value)) return true;
  if (/\)[;)]*$/.test(value) && standIn(value) === undefined) return true;
  // `client_secret=client_secret` of Python; a setting is written in capitals or with a dot.
  return /^[a-z]/.test(key) && !/[.-]/.test(key) && /^[A-Za-z_]+(?:\.[A-Za-z_]+)*$/.test(value);
}

function pieceOf(line: Line, given: string): Piece {
  const from = line.decoded === undefined ? line.text.lastIndexOf(given) : line.text.search(/[=:]/) + 1;
  const to = line.decoded === undefined ? from + given.length : line.text.length;
  return cut(line, Math.max(0, from), Math.max(0, to));
}

/** The lines under `data` of a Secret. */
function encodedLines(lines: readonly Line[]): Set<number> {
  const found = new Set<number>();
  let indent: string | undefined;
  let inSecret = isSecret(lines, 0);
  for (const { text, index } of lines) {
    if (/^---\s*$/.test(text)) inSecret = isSecret(lines, index + 1);
    const opens = /^(\s*)"?data"?:\s*\{?\s*$/.exec(text);
    if (opens) {
      indent = inSecret ? opens[1] : undefined;
      continue;
    }
    if (indent === undefined || text.trim() === '') continue;
    if (text.startsWith(`${indent} `)) found.add(index);
    else indent = undefined;
  }
  return found;
}

function isSecret(lines: readonly Line[], from: number): boolean {
  for (let at = from; at < lines.length; at++) {
    const text = lines[at]?.text ?? '';
    if (/^---\s*$/.test(text)) return false;
    if (/^\s*"?kind"?:\s*"?Secret"?,?\s*$/.test(text)) return true;
  }
  return false;
}
