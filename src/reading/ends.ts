/** A long text or list by its two ends: a log begins with what was set up, and ends with the failure. */

export interface Ends {
  readonly text: string;
  /** How many characters of the beginning and of the end are left; absent where nothing was taken out. */
  readonly kept?: { readonly first: number; readonly last: number };
}

/** A line of a key or of wrapped base64: what begins in the midst of one has lost what tells that it is a secret. */
const MIDST = /^\s*[A-Za-z0-9+/=_-]{16,}\s*$/;

/**
 * Whole lines of the beginning and of the end. Of a text without line breaks only the beginning, since nobody knows in
 * whose value its end would begin.
 */
export function endsOf(text: string, most: number): Ends {
  if (text.length <= most) return { text };
  const half = Math.floor(most / 2);
  const last = lastLines(text.slice(text.length - half));
  const head = text.slice(0, last === '' ? most : half);
  if (last === '') return { text: head, kept: { first: head.length, last: 0 } };
  const first = head.slice(0, head.lastIndexOf('\n') + 1) || `${head}\n`;
  return { text: first + last, kept: { first: first.length, last: last.length } };
}

function lastLines(tail: string): string {
  let from = tail.indexOf('\n') + 1;
  if (from === 0) return '';
  for (let end = tail.indexOf('\n', from); end >= 0; end = tail.indexOf('\n', from)) {
    if (!MIDST.test(tail.slice(from, Math.min(end, from + 20_000)))) return tail.slice(from);
    from = end + 1;
  }
  return '';
}

/** The first and the last of a list, `most` in all. */
export function endsOfList<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list];
  const half = Math.floor(most / 2);
  return [...list.slice(0, most - half), ...list.slice(-half)];
}
