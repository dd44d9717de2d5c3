/** What a paste says, as sightings; and the ladder with these sightings in it, which judges pastes. */
import {
  bodyText,
  cause,
  issuedToken,
  statusOf,
  visibleLine,
  type Check,
  type EvidencePoint,
  type Exchange,
  type Facts,
  type FindingCode,
  type FixStep,
  type Scene,
  type Sighting,
  type Stage,
} from '../../core/index.ts';
import { saidText, withCause, withWords } from '../answered.ts';
import { placeIn } from '../in-paste.ts';
import { isEndpoint, ledBy } from '../readings.ts';
import { isSignIn, scopesOfSignIns } from '../sign-in.ts';
import { addresses } from './addresses.ts';
import { asked } from './asked.ts';
import { commands } from './commands.ts';
import { tellsOfNoFailure } from './failure.ts';
import { environments } from './environments.ts';
import { encodings } from './encodings.ts';
import { fixFor } from './fixes.ts';
import { firstStages } from './first-stages.ts';
import { files } from './files.ts';
import { forms } from './forms.ts';
import { genesysWords } from './genesys-words.ts';
import { heldAgainst } from './held-against.ts';
import { grantWords } from './grant-words.ts';
import { keycloakEvents } from './keycloak-events.ts';
import { keys } from './keys.ts';
import { lacking } from './lacking.ts';
import { lessThanThereIs } from './less-than-there-is.ts';
import { lastStages } from './last-stages.ts';
import { otherPlaces } from './other-places.ts';
import { ofAUser } from './of-a-user.ts';
import { partsOfTheWorld } from './parts-of-the-world.ts';
import { places } from './places.ts';
import { onTheWay } from './on-the-way.ts';
import { onTheWire } from './on-the-wire.ts';
import { printed } from './printed.ts';
import { quotedBack } from './quoted-back.ts';
import { schemes } from './schemes.ts';
import { scopes } from './scopes.ts';
import { senders } from './senders.ts';
import { standing } from './standing.ts';
import { sentTwice } from './sent-twice.ts';
import { toldRequests } from './told-requests.ts';
import { toldScopes } from './told-scopes.ts';
import { values } from './values.ts';
import { open, softened } from './left-open.ts';
import { lookOf, type Look, type SaidRule } from './rule.ts';
import { evidenceOf, sightingOf } from './sighting.ts';

export const SAID_RULES: readonly SaidRule[] = [
  ...firstStages,
  ...encodings,
  ...commands,
  ...genesysWords,
  ...places,
  ...environments,
  ...onTheWire,
  ...otherPlaces,
  ...scopes,
  ...senders,
  ...values,
  ...quotedBack,
  ...printed,
  ...keys,
  ...keycloakEvents,
  ...lastStages,
  ...asked,
  ...toldRequests,
  ...toldScopes,
  ...onTheWay,
  ...forms,
  ...lacking,
  ...addresses,
  ...standing,
  ...heldAgainst,
  ...files,
  ...schemes,
  ...grantWords,
  ...lessThanThereIs,
  ...ofAUser,
  ...partsOfTheWorld,
  ...sentTwice,
];

/** What the paste says of a code. Always suspected: a sentence is no proof. */
export function saidSightings(code: FindingCode, scene: Scene): Sighting[] {
  if (scene.evidence.said.length === 0 && scene.evidence.exchanges.length === 0) return [];
  const look = lookOf(scene);
  const ruled = SAID_RULES.filter((rule) => rule.code === code).flatMap((rule) => {
    const evidence = evidenceOf(rule, look);
    if (!evidence || !isOfACase(evidence, look)) return [];
    // What does not come is no warning where somebody misses it.
    const missed = code === 'endpoint/silently-empty' && look.failureTold();
    return [{ ...sightingOf(rule, evidence, scene), ...(missed && { severity: 'error' as const }) }];
  });
  return ruled.slice(0, 3);
}

function isLetIn(exchange: Exchange): boolean {
  return Math.floor((statusOf(exchange) ?? 0) / 100) === 2;
}

/** A sentence names no cause where nothing failed; a command, code or a setting may be wrong all the same. */
function isOfACase(evidence: readonly EvidencePoint[], { scene }: Look): boolean {
  return !evidence.every(({ at }) => at.startsWith('prose')) || !tellsOfNoFailure(scene);
}

/** Every scope of every request that the provider is known not to have; the check looks at one request only. */
function inventedScopes(scene: Scene): Sighting[] {
  const { exchanges, paste = '' } = scene.evidence;
  const sent = exchanges.flatMap((x) =>
    (x.request.form?.['scope'] ?? '').split(/\s+/).map((scope) => ({ scope, exchange: x })),
  );
  // What the address of a sign-in asks for is refused where the browser comes back.
  const refused = exchanges.findLast((x) => bodyText(x, 'error') === 'invalid_scope');
  if (refused) sent.push(...scopesOfSignIns(scene).map((scope) => ({ scope, exchange: refused })));
  const roles = scene.profile.access === 'roles' && !isSignIn(scene);
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
        ...placeIn(scene, paste.includes(scope) ? scope : encodeURIComponent(scope), exchange),
      })),
      // With client credentials such a scope has no effect where roles decide.
      explains: roles ? [] : unknown.map(({ exchange }) => exchange.step),
      severity: roles ? 'warning' : 'error',
      blocks: false,
      sufficient: false,
      likelihood: roles || scene.profile.access !== 'roles' ? 0.5 : 0.9,
    },
  ];
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
        .map((sighting) => (isSupposed(sighting, scene) ? asTold(check.code, sighting) : sighting));
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
 * Scopes that were left out of a token, and rows of an answer, are what is wrong where nothing else is shown to have
 * failed.
 * A deformed credential is a warning where the provider's form does not rule it out, and so is a clock that is wrong.
 * If the person tells of a failure and shows no answer that it would have to explain, it is what is wrong.
 */
function raised(check: Check, sighting: Sighting, scene: Scene): Sighting {
  const isWarning = (sighting.severity ?? check.severity) === 'warning';
  const { exchanges } = scene.evidence;
  const answered = exchanges.some((x) => x.outcome.kind !== 'not-shown');
  const nothingRefused = exchanges.every(
    (x) => x.outcome.kind === 'not-shown' || issuedToken(x) || (isEndpoint(x) && isLetIn(x)),
  );
  const about = answered
    ? /^(?:scope\/granted-narrower|endpoint\/silently-empty)$/
    : /^(?:(?:credential|header)\/|connection\/clock-skew$)/;
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

/** What these checks tell to do is of most servers; a row with a word of its own is of one that wants it otherwise. */
const OF_MOST_SERVERS: ReadonlySet<FindingCode> = new Set(['grant/wrong-type-sent', 'scope/malformed']);

function asTold(code: FindingCode, sighting: Sighting): Sighting {
  const told = withCause(sighting);
  if (!OF_MOST_SERVERS.has(code) || sighting.tell === cause(code, 0).tell) return told;
  return { ...told, facts: { ...told.facts, saidFirst: sighting.tell ?? '' } };
}

function fixOf(check: Check, facts: Facts, scene: Scene): FixStep[] {
  const tell = saidText(facts, 'saidTell');
  if (tell !== undefined) return fixFor(check.code, tell, scene);
  const steps = check.fix(facts, scene);
  const first = saidText(facts, 'saidFirst');
  if (first === undefined) return steps;
  const ofOthers = steps.filter(({ who }, i) => who !== 'you' || i === steps.length - 1);
  return [{ who: 'you', action: first }, ...ofOthers];
}
