/**
 * How often failures that are told in such words came of each cause: a logistic regression over the words of the known
 * cases, made by `npm run words`. It orders suspicions; it makes no cause proved.
 */
import { isCode, type Evidence, type FindingCode } from '../../../core/index.ts';
import lexicon from './lexicon.json' with { type: 'json' };
import { wordsIn, wordsTold } from './text.ts';

/** What is learnt of the known cases. */
export interface Lexicon {
  /** How many cases it was learnt from. */
  readonly cases: number;
  /** A cause's weight before any word is read; causes with too few cases are not here. */
  readonly causes: { readonly [code: string]: number };
  /** How rare each word is (1 + ln of cases to cases with it), and how far it speaks for or against a cause. */
  readonly words: {
    readonly [word: string]: readonly [rarity: number, tells: { readonly [code: string]: number }];
  };
}

const LEARNT = lexicon as unknown as Lexicon;

/** How far the words move the logarithm of the odds, against rules and readings. Measured: docs/house.md. */
const TRUST = 1.5;
/** With fewer words beside the answers they are trusted less: where an answer stands alone, its reading decides. */
const ENOUGH_WORDS = 25;
/** No words speak more against a cause, in nats: rules know what words don't. */
const LEAST = -5;
/** What is less rare stands in one case of twenty or more, whatever failed. */
const CARRIES_SOMETHING = 4;
/** What a cause has of which too few cases are known. */
const UNLEARNT = -4;

export interface Heard {
  /** How many words are told beside the answers. */
  readonly told: number;
  /** Nats, at most 0: the logarithm of each learnt cause's share. */
  readonly shares: ReadonlyMap<FindingCode, number>;
  /** The words that speak for a cause and not of every failure, the loudest first. */
  readonly speakFor: (code: FindingCode) => string[];
}

/** @returns undefined where no word is known or none is told, which tells nothing */
export function heardWords(evidence: Evidence): Heard | undefined {
  const known = weighed(wordsIn(evidence), LEARNT);
  const told = wordsTold(evidence);
  if (known.size === 0 || told === 0) return undefined;
  const shares = sharesOf(known, LEARNT);
  return {
    told,
    shares,
    speakFor: (code) =>
      [...known]
        .map(([word, count]) => [word, (LEARNT.words[word]?.[1][code] ?? 0) * count] as const)
        .filter(([word, weight]) => weight > 0 && (LEARNT.words[word]?.[0] ?? 0) >= CARRIES_SOMETHING)
        .sort(([, a], [, b]) => b - a)
        .map(([word]) => word),
  };
}

/**
 * What the words add to the logarithm of a cause's odds.
 * @param ruledOut what is shown does not have the defect, whatever the words are
 */
export function wordWeight(code: FindingCode, heard: Heard, ruledOut: boolean): number {
  const trust = TRUST * Math.min(1, heard.told / ENOUGH_WORDS);
  return trust * (ruledOut ? LEAST : Math.max(LEAST, heard.shares.get(code) ?? UNLEARNT));
}

/** The known words of a paste, each by its count and its rarity, together of length 1. */
export function weighed(counts: ReadonlyMap<string, number>, { words }: Lexicon): Map<string, number> {
  const raw = [...counts].flatMap(([word, count]) => {
    const known = Object.hasOwn(words, word) ? words[word] : undefined;
    return known ? [[word, (1 + Math.log(count)) * known[0]] as const] : [];
  });
  const length = Math.sqrt(raw.reduce((sum, [, value]) => sum + value * value, 0));
  return new Map(raw.map(([word, value]) => [word, value / length]));
}

/** The logarithm of each cause's share (softmax). */
export function sharesOf(known: ReadonlyMap<string, number>, learnt: Lexicon): Map<FindingCode, number> {
  const sums = new Map(
    Object.entries(learnt.causes).filter((entry): entry is [FindingCode, number] => isCode(entry[0])),
  );
  for (const [word, value] of known)
    for (const [code, weight] of Object.entries(learnt.words[word]?.[1] ?? {}))
      if (isCode(code)) sums.set(code, (sums.get(code) ?? 0) + weight * value);
  const most = Math.max(...sums.values());
  const all = most + Math.log([...sums.values()].reduce((sum, one) => sum + Math.exp(one - most), 0));
  return new Map([...sums].map(([code, one]) => [code, one - all]));
}
