/** Where the words stand that speak for a cause: the sentence or line that has most of them. */
import { visibleLine, type EvidencePoint, type Said, type Scene } from '../../../core/index.ts';
import { spoken } from '../spoken.ts';

/** Hosts and addresses name a place, and tell nothing of what failed there. */
const ADDRESS = /https?:\/\/\S+|\b[\w-]+(?:\.[\w-]+){1,8}\b/g;
const SENTENCE = /[^.!?\n]+[.!?]?/g;
const LONGEST = 160;
const BEFORE = 60;

/** @param words those that carry something; undefined where none of them stands in what is told */
export function placeOfWords(words: readonly string[], scene: Scene): EvidencePoint | undefined {
  const ofProvider = new Set(
    [scene.profile.id, scene.profile.title, ...scene.profile.aliases].flatMap((name) =>
      name.toLowerCase().split(/[^\p{L}\p{N}_]+/u),
    ),
  );
  const telling = new Set(words.filter((word) => !ofProvider.has(word)));
  const told = scene.evidence.said.filter(({ where, key }) => where !== 'log' && key !== 'provider');
  let most = 0;
  let best: EvidencePoint | undefined;
  for (const said of told) {
    const text = spoken(said, scene)
      .slice(0, 20_000)
      .replace(ADDRESS, (address) => ' '.repeat(address.length));
    for (const { 0: sentence, index } of text.matchAll(SENTENCE)) {
      const found = tellingIn(sentence, telling);
      const count = new Set(found.map(({ word }) => word)).size;
      if (count <= most) continue;
      most = count;
      best = pointAt(said, index, sentence.length, found[0]?.at ?? 0);
    }
  }
  return best;
}

function tellingIn(sentence: string, telling: ReadonlySet<string>): { word: string; at: number }[] {
  return [...sentence.matchAll(/[\p{L}_][\p{L}\p{M}\p{N}_]*/gu)]
    .map((m) => ({ word: m[0].toLowerCase(), at: m.index }))
    .filter(({ word }) => telling.has(word));
}

/** A long sentence is shown from a little before the first word that tells, and cut between two words. */
function pointAt(
  { where, key, text = '', source }: Said,
  index: number,
  length: number,
  telling: number,
): EvidencePoint {
  const whole = text.slice(index, index + length);
  const skipped =
    whole.length > LONGEST && telling > BEFORE
      ? whole.lastIndexOf(' ', telling - BEFORE) + 1 || telling
      : whole.length - whole.trimStart().length;
  const line = whole.slice(skipped).trim();
  const shows = line.length > LONGEST ? `${line.slice(0, LONGEST).replace(/\s+\S*$/, '')} …` : line;
  const from = (source?.from ?? 0) + index + skipped;
  return {
    at: `${where} ${key}`.trim(),
    shows: visibleLine(skipped > 0 && whole.slice(0, skipped).trim() !== '' ? `… ${shows}` : shows),
    ...(source && { source: { from, to: from + Math.min(line.length, LONGEST) } }),
  };
}
