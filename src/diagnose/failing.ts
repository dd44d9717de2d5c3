/** Which of the answers shown is the failure, and which stages the answers prove. */
import {
  answersTo,
  issuedToken,
  laterAnswers,
  refusedInBody,
  stageOf,
  STAGES,
  statusOf,
  stepName,
  type Exchange,
  type Scene,
  type StageId,
} from '../core/index.ts';

/** Steps whose failure is what the person came with; the others only help to explain it. */
const SUBJECT_STEPS = new Set(['discovery', 'token', 'endpoint']);

/** Where no checked endpoint was called, these two show whether the API takes the token and what it may do. */
const STAND_INS = new Set(['whoami', 'grants']);

/** Asked only to explain what the checked endpoints answer: its own failure tells nothing of them. */
export function isAside(exchange: Exchange, { evidence }: Scene): boolean {
  const name = stepName(exchange.step);
  if (SUBJECT_STEPS.has(name)) return false;
  const called = answersTo(evidence, 'endpoint').some(
    ({ outcome }) => outcome.kind === 'answered' || outcome.kind === 'unanswered',
  );
  return called || !STAND_INS.has(name);
}

export function rank(stage: StageId): number {
  return STAGES.indexOf(stage);
}

/** The server refused, or nobody answered. */
export function failed(exchange: Exchange, scene: Scene): boolean {
  const { outcome } = exchange;
  if (outcome.kind === 'unanswered') return outcome.why !== 'offline';
  if (outcome.kind !== 'answered') return false;
  // No redirect is followed: what is behind it was not seen (contract, "2xx").
  if (outcome.status >= 300) return true;
  if (stepName(exchange.step) === 'token') return !outcome.token;
  if (outcome.status === 0) return scene.profile.read(exchange, scene) !== undefined;
  return outcome.body.kind === 'html' || refusedInBody(exchange);
}

/**
 * The last failed answer that no later answer to the same question makes good. The endpoints of a climb are asked side
 * by side, so of them it is the last that says why it refuses, before any that says nothing of the token.
 */
export function failingAnswer(scene: Scene): Exchange | undefined {
  const { exchanges } = scene.evidence;
  const failures = exchanges.filter((exchange, i) => {
    const name = stepName(exchange.step);
    if (!SUBJECT_STEPS.has(name) || !failed(exchange, scene)) return false;
    if (name === 'discovery') return !exchanges.slice(i + 1).some((x) => stepName(x.step) === 'token');
    return !isMadeGood(exchange, scene);
  });
  const last = failures.at(-1);
  if (scene.mode !== 'climb' || !last || stepName(last.step) !== 'endpoint') return last;
  return failures.findLast((x) => stepName(x.step) === 'endpoint' && saysWhy(x, scene)) ?? last;
}

/** Whoever answered looked at the token; a server that is ill, busy or not reached did not. */
function saysWhy(exchange: Exchange, scene: Scene): boolean {
  const status = statusOf(exchange) ?? 0;
  const lead = scene.profile.read(exchange, scene)?.causes[0].code;
  if (lead === undefined || (status >= 300 && status < 400)) return false;
  return stageOf(lead) !== 'connection' && lead !== 'endpoint/rate-limited';
}

/** A later answer to the same question is a good one. */
export function isMadeGood(exchange: Exchange, scene: Scene): boolean {
  return laterAnswers(exchange, scene.evidence).some(
    (x) => !failed(x, scene) && x.outcome.kind === 'answered',
  );
}

export interface Proof {
  /** Every stage up to and including this one is passed. */
  readonly upTo: StageId;
  /** Index of the exchange that proves it. */
  readonly by: number;
  /** The secret was refused: what is wrong with its characters is not refuted. */
  readonly leavesSecret?: true;
}

/**
 * What the answers prove. An issued token proves everything up to `grant` (RFC 6749 §5.1), a call that was let in
 * does the same, and a provider's wording may prove the stages that its server checks first (`Reading.proves`).
 */
export function proofs(scene: Scene): Proof[] {
  const { exchanges, probes = [] } = scene.evidence;
  // The same client with another scope: what was wrong is the scope.
  const byProbe = probes.some((x) => x.subject?.startsWith('scope=') && issuedToken(x));
  return [...fromAnswers(scene), ...(byProbe ? [{ upTo: 'grant', by: exchanges.length - 1 } as const] : [])];
}

function fromAnswers(scene: Scene): Proof[] {
  return scene.evidence.exchanges.flatMap((exchange, by): Proof[] => {
    if (issuedToken(exchange)) return [{ upTo: 'grant', by }];
    const status = statusOf(exchange);
    if (status !== undefined && status >= 200 && status < 300) {
      if (stepName(exchange.step) !== 'endpoint' || failed(exchange, scene) || isMute(exchange)) return [];
      return [{ upTo: 'grant', by }];
    }
    const { proves, causes } = scene.profile.read(exchange, scene) ?? {};
    const leavesSecret = causes?.[0].code === 'client/wrong-secret';
    return proves ? [{ upTo: proves, by, ...(leavesSecret && { leavesSecret }) }] : [];
  });
}

/** Nothing was answered to a header without a scheme, so it was perhaps not read. */
function isMute({ request, outcome }: Exchange): boolean {
  return request.authorization.kind === 'bare' && outcome.kind === 'answered' && outcome.body.kind === 'none';
}

/** Every endpoint that was to be checked let the token in. */
export function allLetIn(scene: Scene): boolean {
  const { needs, exchanges } = scene.evidence;
  const endpoints = exchanges.filter((x) => stepName(x.step) === 'endpoint');
  const letIn = (x: Exchange) => x.outcome.kind === 'answered' && x.outcome.status !== 0 && !failed(x, scene);
  if (needs.length === 0) return endpoints.length > 0 && endpoints.every(letIn);
  return needs.every((need) =>
    endpoints.some((x) => x.subject === `${need.method} ${need.path}` && letIn(x)),
  );
}
