/** A stretch of what was pasted, and where it begins in the whole document (UTF-16 code units). */
export interface Piece {
  readonly text: string;
  readonly at: number;
}

/** The part of a piece from `from` to `to`, its place in the document kept. */
export function cut(piece: Piece, from: number, to: number = piece.text.length): Piece {
  return { text: piece.text.slice(from, to), at: piece.at + from };
}

/** A piece without white space at its edges. */
export function trimmed(piece: Piece): Piece {
  const from = piece.text.length - piece.text.trimStart().length;
  return cut(piece, from, Math.max(from, piece.text.trimEnd().length));
}

/** Typographic quotes as ASCII ones, one for one, so that places stay true. */
export function plainQuotes(text: string): string {
  return text
    .replace(/[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]/g, '"')
    .replace(/[\u2018\u2019\u201a\u201b\u2032]/g, "'");
}

/**
 * Puts the next line of a Basic header behind it. base64 breaks its lines at 76 or 64 characters (RFC 2045 §6.8, RFC
 * 7468 §2), and then the break was sent; at another place a terminal or a mail broke it.
 */
export function withNextLine(header: string, line: string): string {
  const { length } = /\S*$/.exec(header.split('\n')[0] ?? '')?.[0] ?? '';
  return `${header}${length === 76 || length === 64 ? '\n' : ''}${line.trim()}`;
}

/** A line of nothing but base64, the rest of a value that was wrapped. */
export const WRAPPED = /^[ \t]*[A-Za-z0-9+/]{2,}={0,2}[ \t]*$/;

/** Its lines, without their ends. */
export function linesOf({ text, at }: Piece): Piece[] {
  const lines: Piece[] = [];
  let from = 0;
  while (from <= text.length) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    lines.push({ text: text.slice(from, to), at: at + from });
    from = to + 1;
  }
  return lines;
}
