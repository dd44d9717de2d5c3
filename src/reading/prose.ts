/** What sentences tell of answers that are not shown themselves. */
import type { Piece } from './piece.ts';

const ISSUED: readonly RegExp[] = [
  /(?:\b(?:gets|got|getting|receives|received|obtains|obtained|retrieves|retrieved|fetches|fetched|issues|issued|generates|generated)|\b(?:I|we|it|you|they|he|she|i[’']?m|can|do|able to|could|which|that|script|code|app)\s(?:do\s|can\s|also\s|already\s|successfully\s|now\s|even\s){0,2}(?:get|receive|obtain|retrieve|have|fetch|generate))\s(?:back\s)?(?:a|an|the|my|me a)\s(?:valid\s|new\s|fresh\s|bearer\s|access[ _]|oauth\s|jwt\s){0,3}tokens?\b(?!\s(?:error|request|endpoint|response|url|expired|is (?:invalid|expired)))/i,
  /\btokens? (?:comes back|is (?:valid|fine|issued|returned|generated|created)|are (?:valid|fine|issued|returned)|generates|works|gets (?:issued|generated))\b/i,
  /\b(?:200|200 ok)\b[^.\n]{0,20}\bwith an? (?:\w+ )?token\b/i,
  /\btoken (?:request|call|endpoint) (?:works|succeeds|returns (?:a )?(?:200|a token))/i,
  /\b(?:authenticat(?:es|ed|ion)|log(?:s|ged)? ?in|connect(?:s|ed)) (?:is |was |works |goes )?(?:successful(?:ly)?|fine|ok)\b/i,
];
/** The sentence says the contrary, or asks, or makes a condition. */
const NOT =
  /\b(?:not|never|cannot|can't|can’t|couldn't|couldn’t|won't|doesn't|doesn’t|didn't|unable|fail(?:s|ed|ing)?|trying|try|tries|tried|want|need|how|when (?:i|an?|the)|whenever|if|error|before|should|would|attempt(?:s|ing)?|to (?:get|obtain|retrieve|receive|fetch|generate))\b/i;

/** The person says that a token was issued. */
export function issuedInProse(prose: readonly Piece[]): boolean {
  return prose.some(({ text }) =>
    clauses(text).some((clause) => ISSUED.some((pattern) => pattern.test(clause)) && !NOT.test(clause)),
  );
}

const GOOD_TOKEN =
  /\btoken(?: (?:request|endpoint|call|step))?(?: (?:is|gives|returns|answers|responds)(?: with)?| ?(?:->|=>|:))? (?:an? )?(?:HTTP )?20[01]\b/i;
const NOW = /\b(?:now|meanwhile|by now|since then|again)\b/i;
const MENDED = /\b(?:fixed|solved|resolved|corrected|mended|sorted)\b/i;

/** A token that was refused before is issued now, as the person says. */
export function issuedNow(prose: readonly Piece[]): boolean {
  return prose.some(({ text }) =>
    clauses(text).some(
      (clause) =>
        !NOT.test(clause) &&
        [...ISSUED, GOOD_TOKEN].some((pattern) => pattern.test(clause)) &&
        NOW.test(clause) &&
        (GOOD_TOKEN.test(clause) || MENDED.test(clause)),
    ),
  );
}

/** Sentences and their halves: in `gets a token fine, but calling … throws a 403` each half says its own. */
export function clauses(text: string): string[] {
  return text
    .slice(0, 50_000)
    .split(/[.!?](?=\s|$)|\n|;|,\s(?:but|and then|however|then)\s|\s(?:but|however|although|though)\s/i)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '')
    .slice(0, 500);
}
