/** Looks again at an org that may have changed: with the token in hand where there is one, and gently. */
import { ladder } from '../checks/ladder.ts';
import {
  answersTo,
  issuedToken,
  stepName,
  type Evidence,
  type FindingCode,
  type Report,
  type Transport,
} from '../core/index.ts';
import { climb } from '../diagnose/index.ts';
import { openingOf, type Diagnosis, type LiveCase } from './diagnose-live.ts';

/** What a change in the org mends after some minutes, while the token stays good. */
const WITH_THE_TOKEN: readonly FindingCode[] = [
  'endpoint/missing-permission',
  'endpoint/missing-division',
  'endpoint/feature-missing',
  'endpoint/policy-denied',
  'endpoint/ip-blocked',
  'endpoint/silently-empty',
];

/** What only a new token can show to be mended. */
const WITH_A_NEW_TOKEN: readonly FindingCode[] = [
  'client/unknown',
  'client/wrong-secret',
  'client/disabled',
  'client/public',
  'grant/not-allowed',
  'scope/not-allowed',
  'scope/granted-narrower',
  'endpoint/missing-scope',
  'endpoint/consent-missing',
];

/** Between two looks with the token in hand, in milliseconds. */
const LOOK_MS = 15_000;
/** A refused token request is tried again no oftener, in milliseconds: some servers lock a client that insists. */
const TOKEN_MS = 60_000;

/** Whether time alone may mend what a report names, and how soon it makes sense to look again; undefined: never. */
export function patienceFor({ verdict }: Report): number | undefined {
  const cause = verdict.rootCause;
  if (cause === undefined || verdict.kind === 'healthy') return undefined;
  if (WITH_THE_TOKEN.includes(cause)) return LOOK_MS;
  return WITH_A_NEW_TOKEN.includes(cause) ? TOKEN_MS : undefined;
}

/** How soon a watcher may look again: any state, but never a new token more than once a minute. */
export function watchPause(diagnosis: Diagnosis): number {
  return keepsToken(diagnosis) ? 2 * LOOK_MS : TOKEN_MS;
}

/** Climbs once more: from the issued token on where that is enough, else from the start. */
export function lookAgain(before: Diagnosis, live: LiveCase, transport: Transport): Promise<Diagnosis> {
  const { profile, catalogue } = live;
  const opening = keepsToken(before) ? withToken(before.evidence) : openingOf(live);
  return climb(ladder, opening, { profile, catalogue, transport });
}

function keepsToken({ evidence, report }: Diagnosis): boolean {
  if (!evidence.settings.readyToken && !answersTo(evidence, 'token').some(issuedToken)) return false;
  const { rootCause } = report.verdict;
  if (rootCause === undefined) return true;
  return !WITH_A_NEW_TOKEN.includes(rootCause) && !rootCause.startsWith('endpoint/token-');
}

/** The evidence up to the token; what the org says of it is asked anew. */
function withToken({ probes: _probes, ...evidence }: Evidence): Evidence {
  const kept = evidence.exchanges.filter((x) => ['discovery', 'token'].includes(stepName(x.step)));
  return { ...evidence, exchanges: kept };
}

export interface Patience {
  /** Milliseconds since the epoch; after it nothing is asked. */
  readonly until: number;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** Told before each wait. */
  readonly onWait?: (report: Report, ms: number) => void;
  /** Told after each look. */
  readonly onLook?: (before: Report, after: Report) => void;
}

/**
 * Looks again until what time alone may mend is mended, something else is the matter, or the time is over.
 * @returns the last diagnosis, and how often it was looked again
 */
export async function waitForChange(
  first: Diagnosis,
  live: LiveCase,
  transport: Transport,
  { until, now, wait, onWait, onLook }: Patience,
): Promise<{ readonly diagnosis: Diagnosis; readonly looks: number }> {
  let diagnosis = first;
  for (let looks = 0; ; looks += 1) {
    const pause = patienceFor(diagnosis.report);
    const left = until - now();
    // A ready token is all there is: nothing new can be had without a client.
    const hopeless = pause === TOKEN_MS && diagnosis.evidence.settings.readyToken === true;
    if (pause === undefined || hopeless || left <= 0 || (pause === TOKEN_MS && left < TOKEN_MS))
      return { diagnosis, looks };
    const ms = Math.min(pause, left);
    onWait?.(diagnosis.report, ms);
    await wait(ms);
    const next = await lookAgain(diagnosis, live, transport);
    onLook?.(diagnosis.report, next.report);
    diagnosis = next;
  }
}
