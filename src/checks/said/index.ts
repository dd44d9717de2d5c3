/** What a paste says, as sightings; and the ladder with these sightings in it, which judges pastes. */
import {
  cause,
  issuedToken,
  stepName,
  visibleLine,
  type Check,
  type EvidencePoint,
  type Exchange,
  type Facts,
  type FindingCode,
  type FixStep,
  type Said,
  type Scene,
  type Sighting,
  type Stage,
  type Tellings,
} from '../../core/index.ts';
import { placeIn } from '../in-paste.ts';
import { ledBy, readings } from '../readings.ts';
import { asked } from './asked.ts';
import { encodings } from './encodings.ts';
import { fixFor } from './fixes.ts';
import { firstStages } from './first-stages.ts';
import { lastStages } from './last-stages.ts';
import { places } from './places.ts';
import { senders } from './senders.ts';
import { open, softened } from './left-open.ts';
import { Look, spoken, type SaidRule } from './rule.ts';
import { loudestFor, weightsIn } from './telltales/index.ts';
import type { Telltale } from './telltales/telltale.ts';

export const SAID_RULES: readonly SaidRule[] = [
  ...firstStages,
  ...encodings,
  ...places,
  ...senders,
  ...lastStages,
  ...asked,
];

const looks = new WeakMap<Scene, Look>();

/** What is looked at of a scene; made once. */
export function lookOf(scene: Scene): Look {
  const known = looks.get(scene) ?? new Look(scene);
  looks.set(scene, known);
  return known;
}

/** What the paste says of a code. Always suspected: a sentence is no proof. */
export function saidSightings(code: FindingCode, scene: Scene): Sighting[] {
  if (scene.evidence.said.length === 0 && scene.evidence.exchanges.length === 0) return [];
  const look = lookOf(scene);
  const ruled = SAID_RULES.filter((rule) => rule.code === code).flatMap((rule) => {
    const evidence = evidenceOf(rule, look);
    return evidence ? [sightingOf(rule, evidence, scene)] : [];
  });
  return ruled.slice(0, 3);
}

/** Telltales must weigh this much together before a cause is named that nothing else names. */
const WORTH_NAMING = 1.2;
/** And this much where no answer that is shown can be read. */
const BETTER_THAN_NOTHING = 0.5;
/** How likely a cause is of which nothing speaks; the telltales' weights come on top. */
const UNHEARD = 0.14;

/** What a call can come to and a token request cannot. */
const ONLY_OF_CALLS: ReadonlySet<FindingCode> = new Set([
  'endpoint/token-expired',
  'endpoint/token-malformed',
  'endpoint/missing-permission',
  'endpoint/missing-scope',
  'endpoint/missing-division',
  'endpoint/user-context',
  'endpoint/not-found',
  'endpoint/silently-empty',
]);

/** A cause that only telltales speak for. */
function toldOf(code: FindingCode, look: Look): Sighting | undefined {
  const loudest = loudestFor(code, look);
  const worth = readings(look.scene).length > 0 ? WORTH_NAMING : BETTER_THAN_NOTHING;
  if (loudest === undefined || (weightsIn(look).get(code) ?? 0) < worth || !look.failureTold())
    return undefined;
  if (ONLY_OF_CALLS.has(code) && look.tokenRefused() && look.endpoint.length === 0) return undefined;
  const { why, tell } = cause(code, UNHEARD);
  const rule: SaidRule = { id: loudest.id, code, likelihood: UNHEARD, why, tell };
  // Where no error tells of it, what is told is all there is.
  return { ...sightingOf(rule, [wordsHeard(loudest, look)], look.scene), severity: 'error' };
}

/** The words in which a telltale was heard. */
function wordsHeard({ says }: Telltale, look: Look): EvidencePoint {
  const said = says && look.scene.evidence.said.find((s) => says.test(`${s.key}: ${spoken(s, look.scene)}`));
  return says && said
    ? pointOf(said, says, look.scene)
    : { at: 'paste', shows: 'what is shown of the request' };
}

/** What the paste's telltales make of it together. */
export function tellings(scene: Scene): Tellings {
  const look = lookOf(scene);
  const weights = weightsIn(look);
  const sightings = [...weights.keys()].flatMap((code) => {
    const sighting = toldOf(code, look);
    return sighting ? [[code, sighting] as const] : [];
  });
  return { weights, sightings: new Map(sightings) };
}

/** Every scope of every request that the provider is known not to have; the check looks at one request only. */
function inventedScopes(scene: Scene): Sighting[] {
  const sent = scene.evidence.exchanges.flatMap((x) =>
    (x.request.form?.['scope'] ?? '').split(/\s+/).map((scope) => ({ scope, exchange: x })),
  );
  const unknown = sent.filter(({ scope }) => scope !== '' && scene.profile.knowsScope(scope) === false);
  if (unknown.length === 0) return [];
  const names = [...new Set(unknown.map(({ scope }) => scope))].slice(0, 10);
  const first = names.flatMap((name) => unknown.find(({ scope }) => scope === name) ?? []);
  return [
    {
      facts: { unknown: names },
      certainty: 'proved',
      evidence: first.map(({ scope, exchange }) => ({
        at: `${exchange.step}: request.body.scope`,
        shows: visibleLine(scope),
        ...placeIn(scene, scope, exchange),
      })),
      // With client credentials such a scope has no effect where roles decide.
      explains: scene.profile.access === 'roles' ? [] : unknown.map(({ exchange }) => exchange.step),
      severity: scene.profile.access === 'roles' ? 'warning' : 'error',
      blocks: false,
      sufficient: false,
      likelihood: 0.5,
    },
  ];
}

/** Where the rule's pattern stands; undefined where the rule does not hold. */
function evidenceOf(rule: SaidRule, look: Look): EvidencePoint[] | undefined {
  const { pattern, where } = rule;
  const places = look.scene.evidence.said.filter((s) =>
    where ? where.includes(s.where) : s.where !== 'log',
  );
  const hit = pattern && places.find((s) => pattern.test(`${s.key}: ${spoken(s, look.scene)}`));
  if (pattern && !hit) return undefined;
  if (rule.when && !rule.when(look)) return undefined;
  return hit && pattern ? [pointOf(hit, pattern, look.scene)] : [{ at: 'paste', shows: rule.why }];
}

function pointOf(said: Said, pattern: RegExp, scene: Scene): EvidencePoint {
  const text = spoken(said, scene);
  const found = pattern.exec(text);
  const from = found?.index ?? 0;
  const length = Math.min(found?.[0].length ?? 0, 160);
  const source =
    said.source && found
      ? { from: said.source.from + from, to: said.source.from + from + length }
      : said.source;
  return {
    at: `${said.where} ${said.key}`.trim(),
    shows: visibleLine(text.slice(from, from + Math.max(length, 60))).slice(0, 200),
    ...(source && { source }),
  };
}

function sightingOf(rule: SaidRule, evidence: EvidencePoint[], scene: Scene): Sighting {
  return {
    facts: { saidWhy: rule.why, saidTell: rule.tell },
    certainty: 'suspected',
    evidence,
    explains: refusedSteps(rule.code, scene.evidence.exchanges),
    sufficient: false,
    why: rule.why,
    tell: rule.tell,
    likelihood: rule.likelihood,
  };
}

/**
 * An endpoint's cause explains calls only where one is shown; and where a token was issued, what comes before it
 * explains no call (RFC 6749 §5.1).
 */
function refusedSteps(code: FindingCode, exchanges: readonly Exchange[]): Exchange['step'][] {
  const about = exchanges.filter((x) => x.outcome.kind !== 'not-shown' && x.outcome.kind !== 'not-sent');
  const calls = about.filter((x) => stepName(x.step) === 'endpoint');
  if (code.startsWith('endpoint/') && calls.length > 0) return calls.map((x) => x.step);
  const before = !/^(?:scope|endpoint)\//.test(code) && exchanges.some(issuedToken);
  return (before ? about.filter((x) => !calls.includes(x)) : about).map((x) => x.step);
}

/**
 * The ladder for pastes: every check sees, beside its own, what the answers' readings say of its code and what the
 * paste says of it.
 */
export function pastedLadder(ladder: readonly Stage[]): Stage[] {
  return ladder.map((stage) => ({ ...stage, checks: stage.checks.map(extended) }));
}

function extended(check: Check): Check {
  return {
    ...check,
    look(scene) {
      const own = check
        .look(scene)
        .map((sighting) => open(check.code, softened(check.code, sighting, scene), scene))
        .map((sighting) => raised(check, sighting, scene))
        .map((sighting) => (isSupposed(sighting, scene) ? withCause(sighting) : sighting));
      const explained = new Set(own.flatMap((s) => s.explains));
      const read = ledBy(check.code, scene).filter((s) => !s.explains.every((step) => explained.has(step)));
      const scopes = check.code === 'scope/unknown' ? inventedScopes(scene) : [];
      // The wider list says all that the check's own says.
      const mine = scopes.length > 0 ? own.filter((s) => s.facts['unknown'] === undefined) : own;
      const said = saidSightings(check.code, scene).map((sighting) => raised(check, sighting, scene));
      return [...mine, ...scopes, ...read.map(withWords), ...said];
    },
    cause: (facts, scene) => saidText(facts, 'saidWhy') ?? check.cause(facts, scene),
    fix: (facts, scene) => fixOf(check, facts, scene),
  };
}

/**
 * Scopes that were left out of a token are what is wrong where nothing else is shown to have failed.
 * A deformed credential is a warning where the provider's form does not rule it out. If the person tells of a failure
 * and shows no answer that it would have to explain, it is what is wrong.
 */
function raised(check: Check, sighting: Sighting, scene: Scene): Sighting {
  const isWarning = (sighting.severity ?? check.severity) === 'warning';
  const { exchanges } = scene.evidence;
  const answered = exchanges.some((x) => x.outcome.kind !== 'not-shown');
  const nothingRefused = exchanges.every((x) => x.outcome.kind === 'not-shown' || issuedToken(x));
  const about = answered ? /^scope\/granted-narrower$/ : /^(?:credential|header)\//;
  if (!isWarning || !nothingRefused || !about.test(check.code)) return sighting;
  return lookOf(scene).failureTold() ? { ...sighting, severity: 'error' } : sighting;
}

/**
 * A check's own words tell of a defect that is there. Where an answer only makes one likely, the words of its reading
 * say no more than it does; Genesys Cloud's checks know that themselves.
 */
function isSupposed({ certainty, why, alternatives }: Sighting, { profile }: Scene): boolean {
  return (
    profile.access !== 'roles' && certainty === 'suspected' && why !== undefined && alternatives !== undefined
  );
}

function withCause(sighting: Sighting): Sighting {
  return { ...sighting, facts: { ...sighting.facts, saidWhy: sighting.why ?? '' } };
}

/** A reading's sighting, in the reading's own words: the check does not know its facts. */
function withWords(sighting: Sighting): Sighting {
  const { facts, ...rest } = withCause(sighting);
  return { ...rest, facts: { ...facts, saidTell: sighting.tell ?? '' } };
}

function fixOf(check: Check, facts: Facts, scene: Scene): FixStep[] {
  const tell = saidText(facts, 'saidTell');
  return tell === undefined ? check.fix(facts, scene) : fixFor(check.code, tell, scene);
}

function saidText(facts: Facts, name: 'saidWhy' | 'saidTell'): string | undefined {
  const text = facts[name];
  return typeof text === 'string' && text !== '' ? text : undefined;
}
