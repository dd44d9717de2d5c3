/** What a person quotes: a server's words stand between marks, behind `>`, in a fence, or behind `Error:`. */
import { cut, type Piece } from './piece.ts';

const QUOTATIONS: readonly RegExp[] = [
  /`{1,3}(?:\w{2,10}\n)?([^`]{12,800})`{1,3}/g,
  /["“]((?:\\.|[^"“”\\\n]){12,400})["”]/g,
  /^[ \t]*>[ \t]*([^\n]{12,400})$/gm,
  /\b(?:error|exception|fatal|failure)\b[^\n:]{0,24}:\s{0,2}([^\n]{8,400})/gi,
];
/** A server's sentence about a refusal; without one, a quotation may be anything. */
const REFUSES =
  /\b(?:not (?:allowed|authori[sz]ed|configured|permitted|registered|supported|valid|found|enabled|recogni[sz]ed|match)|invalid|missing|denied|unauthori[sz]ed|forbidden|required|expired|revoked|unknown|unsupported|mismatch|insufficient|disabled|incorrect|refused|rejected|(?:does|do|did) ?n[o’']t|can ?(?:not|[’']t)|must|fail(?:ed|s|ure))\b/i;
/** Code and settings are judged as such. */
const CODE = /[;{}]\s*(?:\n|$)|=>|\w\(\w*\)|^\s*(?:const|let|var|import|def|curl)\b/m;

/** The quotations in which something is refused, in the order of the text. */
export function quotedRefusals(prose: readonly Piece[]): Piece[] {
  return prose
    .flatMap((piece) =>
      QUOTATIONS.flatMap((pattern) =>
        [...piece.text.slice(0, 50_000).matchAll(pattern)].slice(0, 20).flatMap((m) => {
          const words = m[1] ?? '';
          const from = m.index + m[0].indexOf(words);
          const refuses = REFUSES.test(words) && words.trim().split(/\s+/).length > 2 && !CODE.test(words);
          return refuses ? [cut(piece, from, from + words.length)] : [];
        }),
      ),
    )
    .sort((a, b) => a.at - b.at);
}
