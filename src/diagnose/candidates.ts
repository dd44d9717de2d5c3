/**
 * Ranks the causes of the failure that is shown, and says whether the first is proved. This is the only place
 * where `proved` is said of a cause; docs/house.md, "When a cause is proved", has the rule in words.
 */
import {
  ALL_CODES,
  cause,
  stageOf,
  stepName,
  type Candidate,
  type Cause,
  type Exchange,
  type FindingCode,
  type Scene,
  type Tellings,
} from '../core/index.ts';
import { failed, rank } from './failing.ts';
import type { Seen } from './look.ts';

const MOST = 5;

interface Contender {
  readonly code: FindingCode;
  readonly likelihood: number;
  readonly why: string;
  readonly tell: string;
  /** Its defect is there, and is more than a note or a warning. */
  readonly there: boolean;
  /** Its defect is there, and with it the request can't succeed. */
  readonly sure: boolean;
  /** A note, such as a mask: almost never the cause, so it comes last whatever is told beside it. */
  readonly aside: boolean;
}

/**
 * @param seen the sightings that stand
 * @param failing the failed answer to explain, if one is shown
 * @returns at most five, likeliest first; only the first can be `proved`
 */
export function candidates(
  seen: readonly Seen[],
  failing: Exchange | undefined,
  scene: Scene,
  weights: Tellings['weights'] = new Map(),
): Candidate[] {
  const standing = seen.filter(
    (s) => !s.refuted && (failing ? explains(s, failing) : s.severity === 'error'),
  );
  const ranked = merge(
    standing.flatMap((s) => contenders(s, failing, scene)),
    weights,
  );
  return chosen(ranked, failing, scene).map(({ code, why, tell }, i) => ({
    code,
    certainty: i === 0 && isProved(ranked, failing, scene) ? 'proved' : 'suspected',
    why,
    tell,
  }));
}

/** At most five: what was put there by hand, and causes that the provider's answer has alike, take the first places. */
function chosen(ranked: readonly Contender[], failing: Exchange | undefined, scene: Scene): Contender[] {
  const reading = failing && scene.profile.read(failing, scene);
  const alike = new Set(reading?.alike ? reading.causes.map(({ code }) => code) : []);
  const isKept = (one: Contender): boolean => one.aside || alike.has(one.code);
  const kept = ranked.filter(isKept).slice(0, MOST);
  const others = ranked.filter((one) => !isKept(one)).slice(0, MOST - kept.length);
  return ranked.filter((one) => kept.includes(one) || others.includes(one));
}

function explains(seen: Seen, failing: Exchange): boolean {
  return seen.sighting.explains.includes(failing.step);
}

function contenders(seen: Seen, failing: Exchange | undefined, scene: Scene): Contender[] {
  const { check, sighting, severity } = seen;
  const open = (sighting.alternatives ?? []).filter((cause) => !excluded(cause, failing, scene));
  // A defect beside which the same answer leaves others open is not forced, whatever the check says of it.
  const defect = sighting.certainty === 'proved' && severity !== 'note';
  const sure = defect && sighting.sufficient && open.length === 0;
  const aside = severity === 'note';
  const likelihood = aside ? 0.01 : (sighting.likelihood ?? (sure ? 0.9 : 0.5));
  const lead: Contender = {
    code: check.code,
    likelihood,
    why: sighting.why ?? check.cause(sighting.facts, scene),
    tell: sighting.tell || cause(check.code, likelihood).tell,
    there: defect && severity === 'error',
    sure,
    aside,
  };
  const others = open.map((cause, i) => ({
    code: cause.code,
    likelihood: Math.min(cause.likelihood ?? 1, likelihood * 0.9 ** (i + 1)),
    why: cause.why,
    tell: cause.tell,
    there: false,
    sure: false,
    aside,
  }));
  return [lead, ...others];
}

/** The failing answer itself proves the stage that this cause belongs to. */
function excluded(cause: Cause, failing: Exchange | undefined, scene: Scene): boolean {
  const proves = failing && scene.profile.read(failing, scene)?.proves;
  return proves !== undefined && rank(stageOf(cause.code)) <= rank(proves);
}

/** One contender a code; a defect that was seen outranks the same code thought of as an alternative. */
function merge(all: readonly Contender[], weights: Tellings['weights']): Contender[] {
  const best = new Map<FindingCode, Contender>();
  for (const one of all) {
    const known = best.get(one.code);
    const better =
      !known || (one.sure && !known.sure) || (one.sure === known.sure && one.likelihood > known.likelihood);
    if (better) best.set(one.code, one);
  }
  const sure = [...best.values()].some((one) => one.sure);
  const leant = [...best.values()].map((one) =>
    one.sure ? one : { ...one, likelihood: leaning(one.likelihood, weights.get(one.code) ?? 0, sure) },
  );
  return leant.sort(
    (a, b) =>
      Number(a.aside) - Number(b.aside) ||
      b.likelihood - a.likelihood ||
      ALL_CODES.indexOf(a.code) - ALL_CODES.indexOf(b.code),
  );
}

/**
 * Moves a likelihood by a weight of evidence.
 * @param besideSure a defect that is there and suffices is among the contenders; no telling puts another above it
 */
function leaning(likelihood: number, weight: number, besideSure: boolean): number {
  if (weight === 0) return likelihood;
  const odds = (likelihood / (1 - Math.min(likelihood, 0.99))) * Math.exp(weight);
  const moved = odds / (1 + odds);
  return besideSure && weight > 0 ? Math.max(likelihood, moved * 0.9) : moved;
}

/**
 * Proved: the first contender's defect is there and suffices, no other defect that is there suffices as well, and
 * the failing answer is one that this defect gives. In a paste the last is checked against the provider's own
 * reading of the answer, because what was pasted need not be what was sent, and every other refusal of the same
 * question must allow it as well; another defect that is there and gives such an answer may be the one; and with
 * no failing answer to check against, a paste proves nothing.
 */
function isProved(ranked: readonly Contender[], failing: Exchange | undefined, scene: Scene): boolean {
  const [first, ...others] = ranked;
  if (!first?.sure || others.some((other) => other.sure)) return false;
  if (scene.mode === 'climb') return true;
  if (!failing || others.some((other) => other.there && allows(failing, other.code, scene))) return false;
  return sameQuestion(failing, scene).every(
    (exchange) =>
      exchange.outcome.kind === failing.outcome.kind &&
      (exchange.outcome.kind === 'unanswered' || allows(exchange, first.code, scene)),
  );
}

/** The answer is one that this cause gives, by the provider's own reading. */
function allows(exchange: Exchange, code: FindingCode, scene: Scene): boolean {
  return scene.profile.read(exchange, scene)?.causes.some((cause) => cause.code === code) ?? false;
}

/** The failing answer and the other refusals of what it was about: two that contradict each other force nothing. */
function sameQuestion(failing: Exchange, scene: Scene): Exchange[] {
  return scene.evidence.exchanges.filter(
    (x) => stepName(x.step) === stepName(failing.step) && x.subject === failing.subject && failed(x, scene),
  );
}
