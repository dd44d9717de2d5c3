/** The findings of a stage: what is seen of one defect in several places is one finding. */
import type { EvidencePoint, Finding, FixStep, Scene, Severity } from '../core/index.ts';
import { findingOf, type Seen } from './look.ts';

const GRAVEST: readonly Severity[] = ['error', 'warning', 'note'];

/** One finding a code and subject, in the order of the sightings. */
export function joined(seen: readonly Seen[], scene: Scene): Finding[] {
  const groups: Seen[][] = [];
  for (const one of seen) {
    const group = groups.find((known) => known.every((other) => isSame(one, other, scene)));
    if (group) group.push(one);
    else groups.push([one]);
  }
  return groups.map((group) => findingOfAll(group, scene));
}

/** Two that are there are the same only if they say the same: the id has white space, and so has the secret. */
function isSame(one: Seen, other: Seen, scene: Scene): boolean {
  if (one.check.code !== other.check.code) return false;
  const [a, b] = [one, other].map(({ sighting }) => sighting.facts['subject']);
  if (a !== undefined && b !== undefined && a !== b) return false;
  const certain = [one, other].every(({ sighting }) => sighting.certainty === 'proved');
  return !certain || causeOf(one, scene) === causeOf(other, scene);
}

function causeOf({ check, sighting }: Seen, scene: Scene): string {
  return check.cause(sighting.facts, scene);
}

/**
 * The surest of them leads; the others add what they were seen by and, where nothing is sure, their words and ways to
 * mend it. It is as grave as the gravest.
 */
function findingOfAll(group: readonly Seen[], scene: Scene): Finding {
  const lead = group.reduce((best, one) => (weightOf(one) > weightOf(best) ? one : best));
  const [first, ...others] = [lead, ...group.filter((one) => one !== lead)].map((one) =>
    findingOf(one, scene),
  );
  if (!first || others.length === 0) return findingOf(lead, scene);
  const severity = GRAVEST.find((one) => group.some((s) => s.severity === one)) ?? lead.severity;
  const evidence = distinct([first, ...others].flatMap((f) => f.evidence));
  const whole = { ...first, severity, evidence };
  if (first.certainty === 'proved') return whole;
  return {
    ...whole,
    cause: [...new Set([first, ...others].map((f) => f.cause))].join(' '),
    fix: fixOfAll(first, others),
  };
}

/** What each says to do, once; the check at the end is that of the first. */
function fixOfAll({ fix }: Finding, others: readonly Finding[]): FixStep[] {
  const known = new Set(fix.map(({ action }) => action));
  const further = others
    .flatMap((other) => other.fix.slice(0, 1))
    .filter(({ action }) => !known.has(action) && known.add(action));
  return [...fix.slice(0, -1), ...further, ...fix.slice(-1)];
}

function weightOf({ sighting, severity }: Seen): number {
  const { certainty, likelihood = 0.5 } = sighting;
  return (certainty === 'proved' ? 10 : 0) - 2 * GRAVEST.indexOf(severity) + likelihood;
}

function distinct(points: readonly EvidencePoint[]): EvidencePoint[] {
  return points.filter(
    (point, i) => points.findIndex(({ at, shows }) => at === point.at && shows === point.shows) === i,
  );
}
