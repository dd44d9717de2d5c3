/** So that no answer which the provider can read stays without a finding: the checks look first, the words come after. */
import { stepName, type Check, type Facts, type Scene, type Sighting, type Stage } from '../core/index.ts';
import { ledBy } from './readings.ts';
import { fixFor } from './said/fixes.ts';

/**
 * The ladder of a climb: a refused token request or call of which no check takes notice is seen by the check whose
 * code leads its reading, in the words of the reading. A paste's ladder does the same for each check by itself.
 */
export function answeredLadder(stages: readonly Stage[]): Stage[] {
  const noticed = noticedBy(stages);
  return stages.map((stage) => ({
    ...stage,
    checks: stage.checks.map((check): Check => ({
      ...check,
      look: (scene) => [...check.look(scene), ...unnoticed(check, scene, noticed)],
      cause: (facts, scene) => saidText(facts, 'saidWhy') ?? check.cause(facts, scene),
      fix(facts, scene) {
        const tell = saidText(facts, 'saidTell');
        return tell === undefined ? check.fix(facts, scene) : fixFor(check.code, tell, scene);
      },
    })),
  }));
}

function unnoticed(
  { code }: Check,
  scene: Scene,
  noticed: (scene: Scene) => ReadonlySet<string>,
): Sighting[] {
  if (scene.mode !== 'climb') return [];
  return ledBy(code, scene)
    .filter(({ explains }) =>
      explains.every((step) => ['token', 'endpoint'].includes(stepName(step)) && !noticed(scene).has(step)),
    )
    .map(withWords);
}

/** The steps that some check explains; every check asks, so they are kept. */
function noticedBy(stages: readonly Stage[]): (scene: Scene) => ReadonlySet<string> {
  const known = new WeakMap<Scene, ReadonlySet<string>>();
  return (scene) => {
    const steps =
      known.get(scene) ??
      new Set(
        stages.flatMap(({ checks }) => checks.flatMap((c) => c.look(scene).flatMap((s) => s.explains))),
      );
    known.set(scene, steps);
    return steps;
  };
}

/** Its cause in the words of the reading. */
export function withCause(sighting: Sighting): Sighting {
  return { ...sighting, facts: { ...sighting.facts, saidWhy: sighting.why ?? '' } };
}

/** A reading's sighting, in the reading's own words: the check does not know its facts. */
export function withWords(sighting: Sighting): Sighting {
  const { facts, ...rest } = withCause(sighting);
  return { ...rest, facts: { ...facts, saidTell: sighting.tell ?? '' } };
}

/** What `withCause` and `withWords` put beside the facts; undefined where there is none. */
export function saidText(facts: Facts, name: 'saidWhy' | 'saidTell' | 'saidFirst'): string | undefined {
  const text = facts[name];
  return typeof text === 'string' && text !== '' ? text : undefined;
}
