/** Runs the checks over a scene and says which of their sightings still stand. */
import {
  referencesFor,
  stageOf,
  type Check,
  type Finding,
  type Scene,
  type Severity,
  type Sighting,
  type Stage,
  type StageId,
  type Tellings,
} from '../core/index.ts';
import { allLetIn, failed, isAside, isMadeGood, proofs, rank, type Proof } from './failing.ts';

export interface Seen {
  readonly stage: StageId;
  readonly check: Check;
  readonly sighting: Sighting;
  readonly severity: Severity;
  readonly blocks: boolean;
  /** A later answer shows that it can't have been the cause. */
  readonly refuted: boolean;
}

/** All sightings of a ladder in its order, refuted ones included. */
export function lookAround(ladder: readonly Stage[], scene: Scene): Seen[] {
  return sightingsOf(ladder, scene, (check) => check.look(scene));
}

/** What is only told, as if the checks had seen it; none of a code that they saw themselves. */
export function lookThrough(
  ladder: readonly Stage[],
  scene: Scene,
  told: Tellings['sightings'],
  seen: readonly Seen[],
): Seen[] {
  const known = new Set(seen.map(({ check }) => check.code));
  return sightingsOf(ladder, scene, ({ code }) => {
    const one = known.has(code) ? undefined : told.get(code);
    return one ? [one] : [];
  });
}

function sightingsOf(
  ladder: readonly Stage[],
  scene: Scene,
  look: (check: Check) => readonly Sighting[],
): Seen[] {
  const proved = proofs(scene);
  const letIn = allLetIn(scene);
  return ladder.flatMap((stage) =>
    stage.checks.flatMap((check) =>
      look(check).map((sighting): Seen => {
        const aside = isOfAsides(sighting, scene);
        const severity = isOver(sighting, stage.id, scene) ? 'note' : (sighting.severity ?? check.severity);
        return {
          stage: stage.id,
          check,
          sighting,
          severity: aside && severity === 'error' ? 'warning' : severity,
          blocks: !aside && (sighting.blocks ?? check.blocks),
          refuted: (aside && letIn && isOfTheToken(check)) || isRefuted(check, sighting, proved, scene),
        };
      }),
    ),
  );
}

/** It is about nothing but answers to side questions, so it warns, and stops and explains nothing. */
function isOfAsides({ explains }: Sighting, scene: Scene): boolean {
  const explained = scene.evidence.exchanges.filter((x) => explains.includes(x.step));
  return explained.length > 0 && explained.every((x) => isAside(x, scene));
}

/** What a 2xx of every checked endpoint clears (contract, "What proves what"); a limit counts for all calls together. */
function isOfTheToken({ code }: Check): boolean {
  return rank(stageOf(code)) >= rank('scope') && code !== 'endpoint/rate-limited';
}

/**
 * It explains only refusals that were made good: in a paste, a remark on what went well in the end. What is wrong with
 * a request that is shown stays so.
 */
function isOver({ explains, certainty }: Sighting, stage: StageId, scene: Scene): boolean {
  const ofTheRequest = certainty === 'proved' && stage !== 'connection' && stage !== 'endpoint';
  if (scene.mode === 'climb' || explains.length === 0 || ofTheRequest) return false;
  const explained = scene.evidence.exchanges.filter((x) => explains.includes(x.step));
  return explained.length > 0 && explained.every((x) => failed(x, scene) && isMadeGood(x, scene));
}

function isRefuted(check: Check, sighting: Sighting, proved: readonly Proof[], scene: Scene): boolean {
  if ((sighting.refutable ?? check.refutable) === false) return false;
  const stage = rank(stageOf(check.code));
  const steps = scene.evidence.exchanges.map((x) => x.step);
  const explained = Math.max(-1, ...sighting.explains.map((step) => steps.indexOf(step)));
  return proved.some(
    ({ upTo, by, leavesSecret }) =>
      stage <= rank(upTo) && by >= explained && !(leavesSecret && stageOf(check.code) === 'credential'),
  );
}

/** The finding of a sighting, in the check's own words. */
export function findingOf({ check, sighting, severity }: Seen, scene: Scene): Finding {
  return {
    code: check.code,
    severity,
    certainty: sighting.certainty,
    title: check.title,
    cause: check.cause(sighting.facts, scene),
    evidence: sighting.evidence,
    fix: check.fix(sighting.facts, scene),
    references: referencesFor(scene.evidence.provider, check.references),
  };
}
