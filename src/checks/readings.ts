/** From a provider's reading of an answer to a check's sighting. */
import {
  bodyText,
  issuedToken,
  listed,
  statusOf,
  stepName,
  visibleLine,
  wording,
  type EvidencePoint,
  type Exchange,
  type Facts,
  type FindingCode,
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
