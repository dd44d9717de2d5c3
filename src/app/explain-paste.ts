/** Explains a paste: what a person shows becomes evidence, and the ladder judges it to its end. Asks nobody. */
import { ladder as wholeLadder } from '../checks/ladder.ts';
import { tellsOfNoFailure } from '../checks/said/failure.ts';
import { pastedLadder } from '../checks/said/index.ts';
import { myths } from '../checks/said/myths.ts';
import { tellings } from '../checks/said/tellings.ts';
import { builtIn, knownOf } from '../catalogue/index.ts';
import {
  stepName,
  type Candidate,
  type Catalogue,
  type Evidence,
  type Exchange,
  type Instant,
  type ProviderProfile,
  type Reading,
  type Report,
  type Scene,
  type Stage,
} from '../core/index.ts';
import { judge } from '../diagnose/index.ts';
import { generic } from '../providers/generic.ts';
import { genesysCloud } from '../providers/genesys-cloud.ts';
import { vendorProfiles, withSigns, wordly } from '../providers/vendors/index.ts';
import { readPaste, readStatement } from '../reading/index.ts';

/** Whom a paste can be about: every vendor that we know, then any server by the RFCs. */
export const pasteProfiles: readonly ProviderProfile[] = [
  withSigns(genesysCloud),
  ...vendorProfiles(generic),
  withSigns(wordly(generic)),
];

export interface ExplainOptions {
  /** What the person calls the provider. */
  readonly provider?: string;
  /** What is known of Genesys Cloud's endpoints; default: what is built in. */
  readonly catalogue?: Catalogue;
  /** When it is explained, UTC. */
  readonly at?: Instant;
  /** The checks to judge by; default: all. */
  readonly ladder?: readonly Stage[];
}

export interface Explanation {
  readonly evidence: Evidence;
  readonly report: Report;
}

/**
 * @param paste a text of any kind, or a statement as parsed JSON
 * @throws Failure `usage` where there is nothing to read: empty, binary, a field of the wrong type
 */
export function explainPaste(paste: unknown, options: ExplainOptions = {}): Explanation {
  const how = {
    ...(options.provider !== undefined && { provider: options.provider }),
    ...(options.at !== undefined && { at: options.at }),
  };
  const evidence =
    typeof paste === 'string'
      ? readPaste(paste, pasteProfiles, how)
      : readStatement(paste, pasteProfiles, how);
  return explainEvidence(evidence, options.catalogue, options.ladder);
}

/** Judges evidence that was read from a paste. */
export function explainEvidence(
  shown: Evidence,
  genesys: Catalogue = builtIn,
  ladder: readonly Stage[] = wholeLadder,
): Explanation {
  const catalogue = knownOf(shown.provider, genesys);
  const evidence = withMethods(shown, catalogue);
  const profile = pasteProfiles.find((p) => p.id === evidence.provider) ?? wordly(generic);
  const scene: Scene = { evidence, profile: remembering(profile), catalogue, mode: 'everything' };
  const report = judge(pastedLadder(ladder), scene, tellings(scene));
  const judged = withPitfalls(
    namesRefusal(evidence) ? withoutHealth(report) : ofNoFailure(report, scene),
    scene,
  );
  const notes = [...(judged.notes ?? []), ...shortened(evidence), ...myths(scene)];
  return { evidence, report: notes.length > 0 ? { ...judged, notes } : judged };
}

const REFUSAL =
  /\b(?:invalid_(?:client|grant|request|scope|token)|unauthorized_client|unsupported_grant_type|access_denied|insufficient_scope|bad\.credentials|missing\.(?:any\.)?permissions?)\b|(?:->|=>|\bHTTP\/[\d.]{1,3}|\b(?:status|returns?|got|get|gives?))[=: ]{0,3}40[0134]\b/i;

/** No answer was read, and yet a refusal is named somewhere: that is no health. */
function namesRefusal({ exchanges, paste = '' }: Evidence): boolean {
  const read = exchanges.some(({ outcome }) => outcome.kind === 'answered' || outcome.kind === 'unanswered');
  return !read && REFUSAL.test(paste.slice(0, 200_000));
}

function withoutHealth(report: Report): Report {
  return report.verdict.kind === 'healthy'
    ? { ...report, verdict: { kind: 'inconclusive', candidates: [] } }
    : report;
}

/** Who only asks to learn, or tells that it works, shows no failure and nothing that is wrong (contract, "Exit codes"). */
function ofNoFailure(report: Report, scene: Scene): Report {
  const { kind, rootCause } = report.verdict;
  const isOpen = kind === 'inconclusive' && rootCause === undefined;
  return isOpen && tellsOfNoFailure(scene)
    ? { ...report, verdict: { kind: 'healthy', candidates: [] } }
    : report;
}

/** Where nothing is shown but whom it is about, what that provider's documentation warns of is all that can be said. */
function withPitfalls(report: Report, { profile, evidence }: Scene): Report {
  const { kind, rootCause } = report.verdict;
  const [first, ...others] = profile.pitfalls ?? [];
  if (kind !== 'inconclusive' || rootCause !== undefined || first === undefined) return report;
  if ((evidence.paste ?? '').trim() !== '') return report;
  const candidates = [first, ...others].map(({ code, why, tell }): Candidate => ({
    code,
    certainty: 'suspected',
    why,
    tell,
  }));
  const sources = [...new Set([first, ...others].map(({ source }) => source))];
  return {
    ...report,
    verdict: { kind, rootCause: first.code, certainty: 'suspected', candidates },
    notes: [...(report.notes ?? []), ...sources.map((source) => `documented by ${profile.title}: ${source}`)],
  };
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** A sentence names the URL of a call and not its method; of a known endpoint it is the one that the endpoint has. */
function withMethods(evidence: Evidence, catalogue: Catalogue): Evidence {
  if (evidence.provider !== genesysCloud.id) return evidence;
  const known = new Map<string, string>();
  for (const { step, request } of evidence.exchanges) {
    if (stepName(step) !== 'endpoint' || request.method !== undefined || request.url === undefined) continue;
    const { url } = request;
    const method = METHODS.find((one) => catalogue.find(one, url) !== undefined);
    if (method !== undefined) known.set(url, method);
  }
  if (known.size === 0) return evidence;
  return {
    ...evidence,
    needs: evidence.needs.map((need) => ({ ...need, method: known.get(need.path) ?? need.method })),
    exchanges: evidence.exchanges.map((exchange) => {
      const { url } = exchange.request;
      const method = url === undefined ? undefined : known.get(url);
      if (url === undefined || method === undefined || exchange.request.method !== undefined) return exchange;
      return { ...exchange, subject: `${method} ${url}`, request: { ...exchange.request, method } };
    }),
  };
}

/** Reads each answer once: the tables of wordings are long, and everybody asks. For one scene only. */
function remembering(profile: ProviderProfile): ProviderProfile {
  const known = new Map<Exchange, Reading | undefined>();
  return {
    ...profile,
    read(exchange, scene) {
      if (!known.has(exchange)) known.set(exchange, profile.read(exchange, scene));
      return known.get(exchange);
    },
  };
}

function shortened({ said }: Evidence): string[] {
  return said.filter((s) => s.where === 'log' && s.key === 'reading').map((s) => s.text ?? '');
}
