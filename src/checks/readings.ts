/** From a provider's reading of an answer to a check's sighting. */
import {
  bodyText,
  issuedToken,
  listed,
  statusOf,
  stepName,
  visibleLine,
  type EvidencePoint,
  type Exchange,
  type Facts,
  type FindingCode,
  type Json,
  type Reading,
  type Scene,
  type Sighting,
} from '../core/index.ts';
import { inTheLightOfProbes } from './probed.ts';

/** Facts that every reading's sighting carries beside those of the reading itself. */
export interface ReadFacts extends Facts {
  readonly step: string;
  readonly subject?: string;
  readonly status?: number;
}

export interface Read {
  readonly exchange: Exchange;
  readonly reading: Reading;
}

/** Every answer of the scene that the provider can read, in order; each check asks for them, so they are kept. */
export function readings(scene: Scene): readonly Read[] {
  const known = read.get(scene);
  if (known) return known;
  const found = scene.evidence.exchanges.flatMap((exchange) => {
    const reading = scene.profile.read(exchange, scene);
    return reading ? [{ exchange, reading: inTheLightOfProbes(reading, exchange, scene) }] : [];
  });
  read.set(scene, found);
  return found;
}

const read = new WeakMap<Scene, readonly Read[]>();

/**
 * The answers whose reading leads with a code, as sightings: the defect is proved where the wording leaves nothing
 * else, and the reading's other causes stay as alternatives. Answers that say the same make one sighting.
 */
export function ledBy(code: FindingCode, scene: Scene): Sighting<ReadFacts>[] {
  const alike = new Map<string, Read[]>();
  for (const read of readings(scene)) {
    if (read.reading.causes[0].code !== code) continue;
    const telling = { ...read.reading.facts, contextId: undefined };
    const key = JSON.stringify([read.reading.causes.map((c) => c.code), telling]);
    alike.set(key, [...(alike.get(key) ?? []), read]);
  }
  return [...alike.values()].map((group) => {
    const sighting = sightingOf(group);
    const probed = group.some(({ exchange }) => stepName(exchange.step) === 'token')
      ? probesShown(scene)
      : [];
    return { ...sighting, evidence: [...sighting.evidence, ...probed] };
  });
}

/** What was asked beside the refused token request. */
function probesShown({ evidence: { probes = [] } }: Scene): EvidencePoint[] {
  return probes.flatMap((exchange): EvidencePoint[] => {
    const name = stepName(exchange.step);
    if (name === 'probe')
      return [
        {
          at: `${exchange.step}, ${visibleLine(exchange.subject ?? '')}: response`,
          shows: issuedToken(exchange) ? 'a token' : wording(exchange),
        },
      ];
    if (name !== 'client-record') return [];
    const known = ['state', 'authorizedGrantType'].flatMap((field) => {
      const value = bodyText(exchange, field);
      return value === undefined ? [] : [`${field} ${visibleLine(value)}`];
    });
    return [
      {
        at: 'second client, oauth/clients/{id}: response',
        shows: [wording(exchange), ...known].join(', '),
      },
    ];
  });
}

/** One sighting for answers that say the same. */
export function sightingOf(group: readonly Read[]): Sighting<ReadFacts> {
  const { exchange, reading } = group.at(-1)!;
  const [lead, ...alternatives] = reading.causes;
  return {
    facts: { ...reading.facts, ...about(exchange) },
    certainty: reading.forced ? 'proved' : 'suspected',
    evidence: group.map(({ exchange: x }) => shown(x)),
    explains: group.map(({ exchange: x }) => x.step),
    sufficient: reading.forced,
    alternatives,
    why: lead.why,
    tell: lead.tell,
    ...(lead.likelihood !== undefined && { likelihood: lead.likelihood }),
  };
}

/** What an answer was about, as facts. */
export function about(exchange: Exchange): ReadFacts {
  const status = statusOf(exchange);
  return {
    step: exchange.step,
    ...(exchange.subject !== undefined && { subject: exchange.subject }),
    ...(status !== undefined && { status }),
  };
}

/** An answer as a point of evidence: where it is, its status and the words that count. */
export function shown(exchange: Exchange): EvidencePoint {
  const subject = exchange.subject ? ` ${visibleLine(exchange.subject)}` : '';
  return {
    at: `${exchange.step}${subject}: response`,
    shows: wording(exchange),
    ...(exchange.source && { source: exchange.source }),
  };
}

const TELLING = [
  'error',
  'error_description',
  'errorType',
  'code',
  'message',
  'errorCode',
  'reason',
  'detail',
  'title',
  'faultstring',
];
/** Where servers nest what they say. */
const WITHIN = ['error', 'errors', 'fault'];

/** The status and what an answer says of the refusal, made safe to show. */
export function wording(exchange: Exchange): string {
  const { outcome } = exchange;
  if (outcome.kind === 'unanswered') return `no answer: ${visibleLine(outcome.detail)}`;
  if (outcome.kind === 'not-sent') return `not sent: ${outcome.reason}`;
  if (outcome.kind === 'not-shown') return 'the answer is not shown';
  const status = outcome.status === 0 ? 'status not shown' : `HTTP ${outcome.status}`;
  const { body, headers } = outcome;
  if (body.kind !== 'json' && body.kind !== 'none') return `${status}: ${clip(body.text)}`;
  const fields = body.kind === 'json' ? toldIn(body.value) : [];
  const challenge = headers['www-authenticate'];
  // An answer that says nothing in its body may say it in its challenge (RFC 6750 §3).
  const said =
    fields.length === 0 && challenge !== undefined && /error/i.test(challenge)
      ? [`www-authenticate: ${clip(challenge)}`]
      : fields;
  if (said.length === 0 && body.kind === 'none') return `${status}, no body`;
  return [status, ...said].join(', ');
}

/** The fields that name the refusal, and where there are none those of the object or the first of the list within. */
function toldIn(value: Json, name = ''): string[] {
  const [first] = Array.isArray(value) ? (value as readonly Json[]) : [value];
  if (first === undefined || first === null || typeof first !== 'object' || Array.isArray(first)) return [];
  const fields = first as { readonly [key: string]: Json };
  const own = TELLING.flatMap((key) => {
    const text = Object.hasOwn(fields, key) ? fields[key] : undefined;
    return typeof text === 'string' && text !== '' ? [`${name}${key}: ${clip(text)}`] : [];
  });
  if (own.length > 0 || name !== '') return own;
  const inner = WITHIN.find(
    (key) => Object.hasOwn(fields, key) && toldIn(fields[key] ?? null, key).length > 0,
  );
  return inner === undefined ? [] : toldIn(fields[inner] ?? null, `${inner}.`);
}

function clip(text: string): string {
  const line = visibleLine(text.trim());
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

/** A fact that is a list of texts; empty where it is none. */
export function texts(value: Facts[string]): string[] {
  return Array.isArray(value) ? value.filter((x): x is string => typeof x === 'string') : [];
}

/** A fact that is a text; else the fallback. */
export function text(value: Facts[string], otherwise = ''): string {
  return typeof value === 'string' ? value : otherwise;
}

/** `endpoint` calls only; the other calls of the climb just help to explain. */
export function isEndpoint(exchange: Exchange): boolean {
  return stepName(exchange.step) === 'endpoint';
}

/** Names for a sentence: `a, b and c`, made safe to show. */
export function names(items: readonly string[], joint = 'and'): string {
  return listed(items.map(visibleLine), joint);
}
