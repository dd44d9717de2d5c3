/** Texts of a paste inside a program: quoted so that none of them can become code. */
import type { RightCall, RightRequest, RightText } from '../../core/index.ts';
import { safeLine } from '../safe.ts';

/** A double-quoted literal of ASCII, as JavaScript, Java, C# and Python read it. */
export function quotedAscii(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => `\\u${hex(c, 4)}`);
}

function hex(c: string, digits: number): string {
  return (c.codePointAt(0) ?? 0).toString(16).padStart(digits, '0');
}

/** For a POSIX shell; in single quotes unless every character is an ordinary one. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** For PowerShell, where typographic quotes end a string, too. */
export function powershellString(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}

/** One line of comment. Java reads \uXXXX even there, so no backslash stays. */
export function comments(lines: readonly string[], mark: string): string[] {
  return lines.map((line) => `${mark} ${safeLine(line).replaceAll('\\', '/')}`);
}

/** `variable + text`, in a language that joins with an operator. */
export function joined(
  { variable, text }: RightText,
  env: (name: string) => string,
  literal: (text: string) => string,
  plus = ' + ',
): string {
  const parts = [variable === undefined ? '' : env(variable), text === '' && variable ? '' : literal(text)];
  return parts.filter((part) => part !== '').join(plus);
}

/** All parameters of the form, the client's own last. */
export function formOf({ token }: RightRequest): readonly { name: string; value: RightText }[] {
  const id = { name: 'client_id', value: { variable: 'CLIENT_ID', text: '' } };
  const secret = { name: 'client_secret', value: { variable: 'CLIENT_SECRET', text: '' } };
  switch (token.auth) {
    case 'basic':
      return token.form;
    case 'post':
      return [...token.form, id, secret];
    case 'none':
      return [...token.form, id];
  }
}

/** The call's JSON body in ASCII, where it is known. */
export function bodyText(call: RightCall): string | undefined {
  if (call.body === undefined || call.body === 'file') return undefined;
  return JSON.stringify(call.body.json).replace(/[\u007f-\uffff]/g, (c) => `\\u${hex(c, 4)}`);
}
