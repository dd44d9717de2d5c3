/** The climb: asks stage by stage, judges after each, and stops at the first block. */
import { issuedToken, listed } from '../core/index.ts';
import type {
  Ask,
  Catalogue,
  EndpointNeed,
  Evidence,
  Exchange,
  KnownSettings,
  ProviderProfile,
  Report,
  Scene,
  Stage,
  StageId,
  StepId,
  Transport,
} from '../core/index.ts';
import { blockerOf, judge } from './judge.ts';

export interface ClimbOptions {
  readonly profile: ProviderProfile;
  readonly catalogue: Catalogue;
  readonly transport: Transport;
  /** Asks nothing at all; stages that need an answer stay unknown. */
  readonly offline?: boolean;
  /** Told before a stage asks. */
  readonly onStage?: (stage: StageId) => void;
}

/** Requests in flight at once; a diagnosis must not weigh on the org. */
const AT_ONCE = 4;

/**
 * Climbs the ladder from what is known at the start.
 * @returns the evidence as it stood at the end, and `judge` of it: a replay of the evidence gives the same report
 */
export async function climb(
  ladder: readonly Stage[],
  opening: Evidence,
  options: ClimbOptions,
): Promise<{ evidence: Evidence; report: Report }> {
  const sceneOf = (evidence: Evidence): Scene => ({
    evidence,
    profile: options.profile,
    catalogue: options.catalogue,
    mode: 'climb',
  });
  let evidence = opening;
  for (const stage of options.offline ? [] : ladder) {
    const soFar = ladder.slice(0, ladder.indexOf(stage) + 1);
    if (blockerOf(soFar, sceneOf(evidence))) break;
    options.onStage?.(stage.id);
    evidence = await askStage(stage.id, evidence, sceneOf, options);
    if (blockerOf(soFar, sceneOf(evidence))) break;
  }
  return { evidence, report: judge(ladder, sceneOf(evidence)) };
}

async function askStage(
  stage: StageId,
  start: Evidence,
  sceneOf: (evidence: Evidence) => Scene,
  { profile, transport }: ClimbOptions,
): Promise<Evidence> {
  let evidence = start;
  for (;;) {
    const known = new Set<StepId>(evidence.exchanges.map((x) => x.step));
    const asks = profile.asks(stage, sceneOf(evidence)).filter((ask) => !known.has(ask.step));
    if (asks.length === 0) break;
    evidence = { ...evidence, exchanges: [...evidence.exchanges, ...(await inOrder(asks, transport))] };
  }
  return stage === 'endpoint'
    ? { ...evidence, exchanges: [...evidence.exchanges, ...unsent(evidence)] }
    : evidence;
}

async function inOrder(asks: readonly Ask[], transport: Transport): Promise<Exchange[]> {
  const answers: Exchange[] = [];
  for (let i = 0; i < asks.length; i += AT_ONCE) {
    answers.push(...(await Promise.all(asks.slice(i, i + AT_ONCE).map((ask) => transport(ask)))));
  }
  return answers;
}

/** Needs that the provider gave no question for, because they can't be sent as they are or could change something. */
function unsent(evidence: Evidence): Exchange[] {
  if (!evidence.settings.readyToken && !evidence.exchanges.some(issuedToken)) return [];
  const asked = new Set(evidence.exchanges.map((x) => x.subject));
  return evidence.needs.flatMap((need, i): Exchange[] => {
    const subject = `${need.method} ${need.path}`;
    if (asked.has(subject)) return [];
    return [
      {
        step: i === 0 ? 'endpoint' : `endpoint/${i + 1}`,
        subject,
        request: { method: need.method, url: need.path, authorization: { kind: 'absent' } },
        outcome: { kind: 'not-sent', reason: unsentReason(need, evidence.settings) },
      },
    ];
  });
}

function unsentReason({ method, path }: EndpointNeed, { apiUrl }: KnownSettings): string {
  const open = path.match(/\{[^{}]*\}/g);
  const harmless = method === 'GET' || method === 'HEAD';
  if (!open && apiUrl === undefined && (harmless || !/^https?:\/\//i.test(path)))
    return 'the host of the API is not known; --api-url names it';
  return open
    ? `its path still has ${listed(open)} to fill in`
    : 'it could change something; --send sends it';
}
