/** What a person tells of an answer that is no more, and where the telling comes to the one that is there now. */
import { statusIn } from './answer-text.ts';
import { errorCodeIn } from './error-words.ts';
import type { Piece } from './piece.ts';
import { cut } from './piece.ts';

/** The trouble that the sentence tells of is over. */
const OVER =
  /\bused to (?:say|be|get|give|fail|answer|return|show|see)\b|\b(?:is|are|was|were|been|got|we|I|and|have|has) (?:already |now |since |just |all )?(?:fixed|solved|resolved|gone|sorted|mended|cleared|past)\b|\bwent away\b|\b(?:no longer|n[’']t (?:get|see)\b[^.!?\n]{0,40}\b(?:any ?more|any longer))\b|\b(?:it|that|this|the (?:error|answer|message)) was[\s:"'`(]{1,3}(?=AADSTS|\{|4\d\d\b|[a-z]+_[a-z])|^\W{0,3}(?:yesterday|last (?:week|month|night)|at first|initially|originally|previously|earlier)\b/i;
const NOW = /^\W{0,3}(?:(?:and|but|so)\s)?(?:today|now|currently|meanwhile|since then|instead)\b/i;
/** The sentences, and their halves where one begins with `but`. */
const SENTENCES =
  /(?:[^.!?\n]|[.!?](?![\s)"'\]]|$))+?(?:[.!?]+(?:[)"'\]]+[.!?]?)?(?=\s|$)|\n|$|(?=,? but (?:now|today|currently|instead)\b))|[.!?\n]/gi;

/** Somebody was refused. */
function refuses(text: string): boolean {
  return (
    /AADSTS\d{4,}|(?<![\w./:-])(?:40[0-9]|415|422|429|50[0-4])(?![\w./:-])/.test(text) ||
    statusIn(text) >= 400 ||
    errorCodeIn(text) !== undefined
  );
}

export interface Settled {
  /** Where the text comes to what happens now; 0 where nothing is told of as over. */
  readonly until: number;
  /** The sentences before it that tell of a refusal. */
  readonly sentences: readonly { readonly from: number; readonly to: number }[];
}

/**
 * What a text calls settled before it comes to the trouble of now: `The invalid_client is fixed. Now it says …`.
 * @param at where the text begins in the document
 */
export function settledIn(text: string, at = 0): Settled {
  let over = false;
  let until = 0;
  const told: { from: number; to: number; until: number }[] = [];
  for (const { 0: sentence, index } of text.slice(0, 20_000).matchAll(SENTENCES)) {
    if (over && NOW.test(sentence) && refuses(text.slice(index, index + 4000))) {
      until = index + sentence.search(/\w/);
      over = false;
    }
    const refused = refuses(sentence);
    if (refused) told.push({ from: at + index, to: at + index + sentence.length, until: index });
    over ||= told.length > 0 && OVER.test(sentence);
  }
  const sentences = told.filter((one) => one.until < until).map(({ from, to }) => ({ from, to }));
  return { until: until && at + until, sentences };
}

/** The pieces from there on. */
export function since(pieces: readonly Piece[], { until }: Settled): readonly Piece[] {
  if (until === 0) return pieces;
  return pieces
    .filter((piece) => piece.at + piece.text.length > until)
    .map((piece) => (piece.at < until ? cut(piece, until - piece.at) : piece));
}

/** The pieces, without the words of what is settled; places stay true. */
export function withoutSettled(pieces: readonly Piece[], { sentences }: Settled): readonly Piece[] {
  return pieces.map((piece) => sentences.reduce(blanked, piece));
}

function blanked(piece: Piece, { from, to }: { from: number; to: number }): Piece {
  const [start, end] = [Math.max(0, from - piece.at), Math.max(0, to - piece.at)];
  const hidden = piece.text.slice(start, end).replace(/[^\n]/g, ' ');
  return { text: piece.text.slice(0, start) + hidden + piece.text.slice(end), at: piece.at };
}
