/** XML 1.0: what may stand in it, and how. */

// XML 1.0 §2.2: all other control characters can't be written at all, not even as references.
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const NAMED: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // A parser turns these into spaces in an attribute (XML 1.0 §3.3.3) unless they are references.
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** Text for the content of an element. */
export function xmlText(text: string): string {
  return text.replace(ILLEGAL, '\ufffd').replace(/[&<>\r]/g, (c) => NAMED[c] ?? c);
}

/** An attribute with its name, a space before it; nothing where there is no value. */
export function xmlAttribute(name: string, value: string | number | undefined): string {
  if (value === undefined) return '';
  const safe = String(value)
    .replace(ILLEGAL, '\ufffd')
    .replace(/[&<>"'\n\r\t]/g, (c) => NAMED[c] ?? c);
  return ` ${name}="${safe}"`;
}
