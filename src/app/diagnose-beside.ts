/**
 * What is asked beside the climb, only because the user said so: probes of a refused token request, and a second
 * client that looks the first one up. The answers join the evidence, and the one judge judges all of it again.
 */
import {
  answersTo,
  issuedToken,
  statusOf,
  type Ask,
  type ClientShape,
  type Evidence,
  type Exchange,
  type KnownSettings,
  type Scene,
  type Transport,
} from '../core/index.ts';
import { probePlan, variedIn, type ProbeLevel } from '../diagnose/index.ts';
import { diagnoseAgain, type Diagnosis, type LiveCase } from './diagnose-live.ts';

export interface SecondClient {
  /** Its own login and API hosts. */
  readonly settings: KnownSettings;
  readonly client: ClientShape;
  readonly transport: Transport;
}

export interface Beside {
  readonly probe?: ProbeLevel;
  readonly second?: SecondClient;
  /** Told in one line before each request, and why something is not asked. */
  readonly announce: (line: string) => void;
}

/**
 * Asks beside a diagnosis whose token request was refused. The second client comes first: it only reads, and what it
 * reads may make probes needless.
 */
export async function askBeside(
  diagnosis: Diagnosis,
  live: LiveCase,
  transport: Transport,
  beside: Beside,
): Promise<Diagnosis> {
  let known = diagnosis;
  if (beside.second) {
    known = withProbes(known, live, await lookUp(known.evidence, live, beside.second, beside.announce));
  }
  if (beside.probe === undefined) return known;
  const { rootCause, certainty } = known.report.verdict;
  if (certainty === 'proved' && !rootCause?.startsWith('scope/')) {
    beside.announce(`${rootCause} is proved, so nothing is probed.`);
    return known;
  }
  const scene: Scene = {
    evidence: known.evidence,
    profile: live.profile,
    catalogue: live.catalogue,
    mode: 'climb',
  };
  const { asks, left } = probePlan(scene, beside.probe);
  left.forEach((line) => beside.announce(line));
  const answers: Exchange[] = [];
  for (const [i, ask] of asks.entries()) {
    const [variable, value] = variedIn(ask.subject ?? '');
    beside.announce(`probe ${i + 1} of ${asks.length}: the token request with ${variable}: ${value}`);
    const answer = await transport(ask);
    answers.push(answer);
    if (mustStop(answer)) {
      beside.announce('The server wants no more requests now, so the other probes are not sent.');
      break;
    }
  }
  return withProbes(known, live, answers);
}

/** Whoever is overloaded, limits or is gone is left in peace. */
function mustStop(answer: Exchange): boolean {
  const status = statusOf(answer);
  return answer.outcome.kind === 'unanswered' || status === 429 || (status ?? 0) >= 500;
}

function withProbes(
  known: Diagnosis,
  { profile, catalogue }: LiveCase,
  more: readonly Exchange[],
): Diagnosis {
  if (more.length === 0) return known;
  const probes = [...(known.evidence.probes ?? []), ...more];
  return diagnoseAgain({ ...known.evidence, probes }, profile, catalogue);
}

/** The second client's token, then what it may read of the first. */
async function lookUp(
  evidence: Evidence,
  live: LiveCase,
  second: SecondClient,
  announce: Beside['announce'],
): Promise<Exchange[]> {
  const id = evidence.client?.id;
  const refused = answersTo(evidence, 'token').at(-1);
  if (!refused || issuedToken(refused) || statusOf(refused) === undefined) {
    announce('The second client is not needed: no token request of the first was refused.');
    return [];
  }
  const record = id === undefined ? undefined : live.profile.recordAsk?.(id, second.settings);
  const ask = tokenAsk(live, evidence, second);
  if (!record || !ask) {
    announce('The second client can not look the first one up: its id or the API is not known.');
    return [];
  }
  announce(`second client: asks for its own token at ${hostOf(ask.url)}`);
  const token = await second.transport(ask);
  if (!issuedToken(token)) return [token];
  announce(`second client: reads the client ${id} at ${hostOf(record.url)}`);
  return [token, await second.transport(record)];
}

function tokenAsk({ profile, catalogue }: LiveCase, first: Evidence, second: SecondClient): Ask | undefined {
  const evidence: Evidence = {
    schema: 1,
    provider: first.provider,
    capturedAt: first.capturedAt,
    settings: second.settings,
    client: second.client,
    needs: [],
    exchanges: [],
    said: [],
  };
  const ask = profile
    .asks('connection', { evidence, profile, catalogue, mode: 'climb' })
    .find(({ step }) => step === 'token');
  return ask && { ...ask, step: 'second-token' };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'its host';
}
