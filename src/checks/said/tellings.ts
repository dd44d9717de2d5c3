/** What a paste tells beside its answers: its telltales and its words, as weights, and the causes that these alone name. */
import {
  ALL_CODES,
  cause,
  endpointOf,
  statusOf,
  type EvidencePoint,
  type Exchange,
  type FindingCode,
  type Reading,
  type Scene,
  type Sighting,
  type Tellings,
} from '../../core/index.ts';
import type { CredentialSlug } from '../credential/deformity.ts';
import { foreignScheme, headers } from '../header/places.ts';
import { deformed } from '../credential/sightings.ts';
import { readings, shown } from '../readings.ts';
import { deniedWeights } from './denied.ts';
import { isMadeGood } from './failure.ts';
import { lookOf, type Look, type SaidRule } from './rule.ts';
import { spoken } from './spoken.ts';
import { SAID_RULES } from './index.ts';
import { evidenceOf, pointOf, sightingOf } from './sighting.ts';
import { isSeenOtherwise } from './seen-otherwise.ts';
import { loudestFor, weightsIn } from './telltales/index.ts';
import type { Telltale } from './telltales/telltale.ts';
import { heardWords, wordWeight, type Heard } from './words/index.ts';
import { placeOfWords } from './words/place.ts';

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

/** What an endpoint demands, or gives. */
const OF_A_PATH: ReadonlySet<FindingCode> = new Set([
  'endpoint/missing-permission',
  'endpoint/missing-scope',
  'endpoint/missing-division',
  'endpoint/user-context',
  'endpoint/silently-empty',
]);

/** Without any of these, a text that shows nothing and names nobody is about something else. */
const ABOUT_ACCESS =
  /auth|token|client|secret|scope|\bapi|credential|grant|bearer|\b(?:40[0-9]|50[0-9])\b|log[- ]?in|sign(?:ed|ing)?[- ]?in|\bsso\b|jwt|oidc|saml|permission|consent|certificate|password|key|url|pkce|verifier/i;

/** A failure is told, and it is one that this cause can have: where roles decide, scopes are no cause. */
function couldBeTold(code: FindingCode, look: Look): boolean {
  const otherRequest = ONLY_OF_CALLS.has(code) && look.tokenRefused() && look.endpoint.length === 0;
  const ofScopes = code.startsWith('scope/') || code === 'endpoint/missing-scope';
  const { evidence, profile } = look.scene;
  const shown = evidence.exchanges.some((x) => x.request.url !== undefined || (statusOf(x) ?? 0) > 0);
  const named = evidence.provider !== 'generic';
  if (!shown && !named && !look.says(ABOUT_ACCESS) && !look.answered(ABOUT_ACCESS)) return false;
  if (code === 'endpoint/not-found' && look.endpoint.some((x) => existsIn(x, look.scene) === true))
    return false;
  // A path that the API does not have demands nothing.
  if (OF_A_PATH.has(code) && look.endpoint.some((x) => existsIn(x, look.scene) === false)) return false;
  if (otherRequest || isSeenOtherwise(code, look)) return false;
  return look.failureTold() && !(ofScopes && profile.access === 'roles');
}

/** Whether the API has the endpoint of a call; undefined where its document is not known. */
function existsIn(exchange: Exchange, { catalogue }: Scene): boolean | undefined {
  const endpoint = endpointOf(exchange);
  const exists = endpoint && catalogue.exists(endpoint.method, endpoint.path);
  return typeof exists === 'boolean' ? exists : undefined;
}

/** Nobody showed it, so it is said as what may be. */
function maybe(why: string): string {
  if (/\b(?:may|might|seems?|perhaps|likely)\b/i.test(why)) return why;
  return `It may be that ${/^[A-Z][a-z]* /.test(why) ? why.charAt(0).toLowerCase() + why.slice(1) : why}`;
}

/** A cause that only telltales speak for. */
function toldOf(code: FindingCode, look: Look): Sighting | undefined {
  const loudest = loudestFor(code, look);
  const worth = readings(look.scene).length > 0 ? WORTH_NAMING : BETTER_THAN_NOTHING;
  if (loudest === undefined || (weightsIn(look).get(code) ?? 0) < worth || !couldBeTold(code, look))
    return undefined;
  const { why, tell } = cause(code, UNHEARD);
  const rule: SaidRule = { id: loudest.id, code, likelihood: UNHEARD, why: maybe(why), tell };
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

/** Words must give a cause so large a share before it is named where nothing else names it. */
const SHARE_WORTH_NAMING = Math.log(0.05);
/** Twice as large where no answer is shown that could be read: who only asks has mostly no failure. */
const WHERE_NOTHING_IS_READ = Math.log(0.1);
/** So few words name nothing of themselves. */
const FEWEST_WORDS = 12;
/** How likely a cause is of which words alone speak; their weight comes on top. */
const UNSEEN = 0.011;

/** Beside an answer that says so plainly what is wrong, words name nothing further. */
function isOutspoken([lead, ...others]: Reading['causes']): boolean {
  return (lead.likelihood ?? 0) >= (others.length === 0 ? 0.9 : 0.97);
}

/** The statuses with which an API turns down what a call holds (RFC 9110 §15.5.1, §15.5.10, §15.5.21). */
function isOfTheCallItself(exchange: Exchange): boolean {
  return [400, 409, 422].includes(statusOf(exchange) ?? 0);
}

/** A mask is the cause only where it is seen to have been sent (contract, "People mask before they post"). */
const MUST_BE_SEEN: ReadonlySet<FindingCode> = new Set(['credential/placeholder']);

/** A cause that only the words of the paste speak for. */
function wordedOf(code: FindingCode, heard: Heard, look: Look): Sighting | undefined {
  const read = readings(look.scene);
  const share = heard.shares.get(code) ?? -Infinity;
  const worth = read.length > 0 ? SHARE_WORTH_NAMING : WHERE_NOTHING_IS_READ;
  if (heard.told < FEWEST_WORDS || share < worth) return undefined;
  if (MUST_BE_SEEN.has(code) || !couldBeTold(code, look)) return undefined;
  if (read.some(({ reading }) => isOutspoken(reading.causes))) return undefined;
  const { why, tell } = cause(code, UNSEEN);
  const answer = read.at(-1)?.exchange;
  const seen = placeOfWords(heard.speakFor(code), look.scene) ?? (answer && shown(answer));
  // An API that refused something else said so, and no sentence speaks for this.
  if (!seen && look.endpoint.some(isOfTheCallItself)) return undefined;
  const place = seen ?? { at: 'paste', shows: 'what is shown is seldom of another cause' };
  const rule: SaidRule = { id: 'words', code, likelihood: UNSEEN, why: maybe(why), tell };
  return { ...sightingOf(rule, [place], look.scene), severity: 'error' };
}

/** A rule that is as sure as this sees what words only hint at, and weighs so much against them, in nats. */
const SURE_RULE = 0.8;
const WEIGHT_OF_SEEING = 2;

/** What a rule as sure as this sees is plain, and words say no more against it than this. */
const PLAIN_RULE = 0.95;
const MOST_AGAINST_PLAIN = -1;

function isPlain(code: FindingCode, look: Look): boolean {
  return seesAt(PLAIN_RULE, code, look);
}

function seesAt(likelihood: number, code: FindingCode, look: Look): boolean {
  return SAID_RULES.some(
    (rule) => rule.code === code && rule.likelihood >= likelihood && evidenceOf(rule, look) !== undefined,
  );
}

function seenWeight(code: FindingCode, look: Look): number {
  const { scene } = look;
  const sees = seesAt(SURE_RULE, code, look) || seenInHeader(code, scene);
  return Math.max(sees ? WEIGHT_OF_SEEING : 0, seenInValue(code, scene));
}

function seenInHeader(code: FindingCode, scene: Scene): boolean {
  return (
    code === 'header/wrong-scheme' &&
    headers(scene).some((place) => foreignScheme(place, scene) !== undefined)
  );
}

/**
 * What the characters of a value show; of encoding only the server knows whether it is one. Nobody puts a blank or the
 * form of another value there for a post, so words weigh less against these.
 */
const IN_VALUES: Partial<Record<CredentialSlug, number>> = {
  swapped: 5,
  'already-encoded': WEIGHT_OF_SEEING,
  mangled: WEIGHT_OF_SEEING,
  whitespace: 5,
  'non-ascii': WEIGHT_OF_SEEING,
};

function seenInValue(code: FindingCode, scene: Scene): number {
  const slug = code.replace('credential/', '') as CredentialSlug;
  const weight = code.startsWith('credential/') ? IN_VALUES[slug] : undefined;
  return weight !== undefined && deformed(slug, scene).some(({ explains }) => explains.length > 0)
    ? weight
    : 0;
}

/** What the paste's telltales and words make of it together. */
export function tellings(scene: Scene): Tellings {
  const look = lookOf(scene);
  const heard = heardWords(scene.evidence);
  const weights = new Map(weightsIn(look));
  const sightings = new Map<FindingCode, Sighting>();
  for (const code of ALL_CODES) {
    const sighting = toldOf(code, look) ?? (heard && wordedOf(code, heard, look));
    if (sighting) sightings.set(code, sighting);
    if (heard) {
      const words = wordWeight(code, heard, isSeenOtherwise(code, look));
      const against = isPlain(code, look) ? Math.max(MOST_AGAINST_PLAIN, words) : words;
      weights.set(code, (weights.get(code) ?? 0) + against + seenWeight(code, look));
    }
  }
  for (const [code, weight] of deniedIn(scene)) weights.set(code, (weights.get(code) ?? 0) + weight);
  for (const [code, sighting] of alternatives(scene)) if (!sightings.has(code)) sightings.set(code, sighting);
  return { weights, sightings };
}

/** What the person rules out in sentences. */
function deniedIn({ evidence }: Scene): Tellings['weights'] {
  return deniedWeights(evidence.said.filter(({ where }) => where === 'prose').map(({ text = '' }) => text));
}

/**
 * The causes that an answer leaves open beside its first, each to be a finding of its own where it comes to lead the
 * ranking: a cause that leads has evidence and a way to mend it.
 */
function alternatives(scene: Scene): [FindingCode, Sighting][] {
  const open = readings(scene).filter(({ exchange }) => !isMadeGood(exchange, scene.evidence));
  return open.flatMap(({ exchange, reading }) =>
    reading.causes.slice(1).map(({ code, why, tell }): [FindingCode, Sighting] => {
      // Its place in the ranking is that which the reading gives it.
      const rule: SaidRule = { id: 'alternative', code, likelihood: 0.001, why, tell };
      return [code, { ...sightingOf(rule, [shown(exchange)], scene), severity: 'error' }];
    }),
  );
}
