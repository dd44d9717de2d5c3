import { variablesOf, type RightCall, type RightRequest, type RightText } from '../../core/index.ts';
import { bodyText, comments, formOf, shellWord } from './literal.ts';

/** In POSIX sh, with curl, sed and tr. */
export function curl(request: RightRequest, head: readonly string[]): string {
  const { token, call } = request;
  const encoded = token.auth === 'basic' && token.formEncoded;
  return [
    '#!/bin/sh',
    ...comments(head, '#'),
    'set -eu',
    `: ${variablesOf(request)
      .map((name) => `"\${${name}:?}"`)
      .join(' ')}`,
    ...(encoded ? ['', ...ENCODE] : []),
    '',
    `answer=$(curl -sS --fail-with-body${token.auth === 'basic' ? ` -u ${pair(encoded)}` : ''} \\`,
    ...formOf(request).map(({ name, value }) => `  --data-urlencode ${parameter(name, value)} \\`),
    `  ${word(token.url)}) || { printf '%s\\n' "$answer" >&2; exit 1; }`,
    ...(call ? calling(call) : [`printf 'a token was issued\\n'`]),
    '',
  ].join('\n');
}

/** RFC 6749 §2.3.1; what no form changes stays as it is. */
const ENCODE = [
  'encode() {',
  '  case $1 in',
  `    *[!A-Za-z0-9._*-]*) printf %s "$1" | od -An -v -tx1 | tr -d ' \\n' | sed 's/../%&/g' ;;`,
  '    *) printf %s "$1" ;;',
  '  esac',
  '}',
];

function pair(encoded: boolean): string {
  return encoded ? '"$(encode "$CLIENT_ID"):$(encode "$CLIENT_SECRET")"' : '"$CLIENT_ID:$CLIENT_SECRET"';
}

function word({ variable, text }: RightText): string {
  return `${variable === undefined ? '' : `"$${variable}"`}${text === '' ? '' : shellWord(text)}`;
}

/** `name=value`: curl encodes what follows the first `=`. */
function parameter(name: string, value: RightText): string {
  return value.variable === undefined ? shellWord(`${name}=${value.text}`) : `${name}=${word(value)}`;
}

function calling(call: RightCall): string[] {
  const body = call.body === 'file' ? '@body.json' : bodyText(call);
  return [
    `token=$(printf %s "$answer" | tr -d '\\n' | sed -n 's/.*"access_token"[[:space:]]*:[[:space:]]*"\\([^"]*\\)".*/\\1/p')`,
    '',
    `curl -sS --fail-with-body ${call.method === 'HEAD' ? '-I' : `-X ${call.method}`} -H "Authorization: Bearer $token" \\`,
    ...(body === undefined ? [] : [`  -H 'Content-Type: application/json' -d ${shellWord(body)} \\`]),
    `  ${word(call.url)}`,
  ];
}
