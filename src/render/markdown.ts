/** Markdown (GitHub's flavour): text that stays text, and code that stays code. */
import { linkable } from './phrases.ts';

// What would format, link, mention or be taken for HTML. An underscore inside a word is only an underscore, and
// client_credentials should stay readable.
const ACTIVE =
  /[\\`*[\]<|~$]|(?<![a-z0-9])_|_(?![a-z0-9])|&(?=#?\w+;)|@(?=\w)|#(?=\d)|(?<=^[ \t]*)(?:[-+=:#>]|\d+[.)])/gim;

const ENTITIES: { readonly [character: string]: string } = {
  '<': '&lt;',
  '&': '&amp;',
  '@': '&#64;',
};

/** Prose on one or more lines: nothing in it is formatted, mentions nobody, and is not taken for HTML. */
export function prose(text: string): string {
  return text.replace(ACTIVE, (mark) => ENTITIES[mark] ?? mark.replace(/.$/, '\\$&'));
}

/** Prose on one line, for a heading or a table. */
export function proseLine(text: string): string {
  return prose(text.replaceAll(/\s*\n\s*/g, ' '));
}

/** Inline code; its fence is longer than any in the text. In a table the bar must be escaped even there. */
export function code(text: string, inTable = false): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ');
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  const inner = inTable ? line.replaceAll('|', '\\|') : line;
  return inner === '' ? '' : `${fence}${pad}${inner}${pad}${fence}`;
}

/** A code block, set in by `indent` spaces. */
export function block(text: string, language = '', indent = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  const lines = [`${fence}${language}`, ...text.split('\n'), fence];
  return lines.map((line) => `${indent}${line}`.trimEnd()).join('\n');
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** A title with its address, which is a link only where a browser may follow it. */
export function link(title: string, url: string): string {
  return `${proseLine(title)}: ${linkable(url) ? `<${url}>` : code(url)}`;
}
