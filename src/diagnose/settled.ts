/** Whether a stage without a finding is clear, or unknown because an answer is missing. */
import {
  answersTo,
  firstWords,
  grantedScope,
  issuedToken,
  statusOf,
  stepName,
  visibleLine,
  type AuthorizationShape,
  type Exchange,
  type Scene,
  type StageId,
  type StepId,
  type StepName,
} from '../core/index.ts';
import { allLetIn, failed, failingAnswer, isMadeGood, proofs, rank } from './failing.ts';

/** The stage is clear where nothing is missing and no answer is left unexplained. */
export interface Settled {
  readonly missing: readonly string[];
  readonly note: string;
  /** An answer is there, and what it says is in the note; no check knows what it means. */
  readonly unexplained?: true;
}

const CLEAR: Settled = { missing: [], note: '' };

const unless = (clear: boolean, ...missing: string[]): Settled => (clear ? CLEAR : { missing, note: '' });

/**
 * How a stage stands that has no finding (contract, "What proves what").
 * @param explained the steps whose answers a finding explains
 */
export function settled(stage: StageId, scene: Scene, explained: ReadonlySet<StepId>): Settled {
  const note = scene.profile.inapplicable(stage, scene);
  if (note !== undefined) return { missing: [], note };
  const proved = proofs(scene).some(({ upTo }) => rank(stage) <= rank(upTo));
  if (proved && stage !== 'scope' && stage !== 'endpoint') return CLEAR;
  return told(RULES[stage](scene), strange(stage, scene, explained));
}

/** The step whose refusal a stage judges first. */
const JUDGED_AT: { readonly [step in StepName]?: StageId } = {
  discovery: 'request',
  token: 'client',
  endpoint: 'endpoint',
};

/** Refusals that no finding explains, where the stage is reached that would judge them. */
function strange(stage: StageId, scene: Scene, explained: ReadonlySet<StepId>): Exchange[] {
  return scene.evidence.exchanges.filter(
    (x) =>
      JUDGED_AT[stepName(x.step)] === stage &&
      x.outcome.kind === 'answered' &&
      !explained.has(x.step) &&
      failed(x, scene) &&
      !isMadeGood(x, scene),
  );
}

/** What was answered is not missing: it is shown, in its own words. */
function told(rule: Settled, answers: readonly Exchange[]): Settled {
  if (answers.length === 0 || rule.missing.length === 0) return rule;
  const subjects = answers.map((x) => x.subject);
  const named = rule.missing.filter((one) => !GENERAL.has(one));
  const notes = answers.map((x) => `${nameOf(x)} was answered ${wordsOf(x)}, which no rule explains`);
  return {
    missing: named.filter((one) => !subjects.includes(one)),
    note: [...new Set(notes), ...(rule.note ? [rule.note] : [])].join('; '),
    unexplained: true,
  };
}

/** What the rules below call the answers of a stage as a whole. */
const GENERAL: ReadonlySet<string> = new Set(['discovery', 'token response', 'API response']);

function nameOf({ step, subject }: Exchange): string {
  if (subject !== undefined) return visibleLine(subject);
  return stepName(step) === 'endpoint' ? 'the call' : `the ${stepName(step)} request`;
}

function wordsOf({ outcome }: Exchange): string {
  return outcome.kind === 'answered' ? firstWords(outcome) : '';
}

const RULES: Record<StageId, (scene: Scene) => Settled> = {
  credential: ({ evidence: { client } }) =>
    unless(
      client !== undefined && known(client.idShape) && known(client.secretShape),
      'client id and secret',
    ),
  header: (scene) => unless(scene.mode === 'climb' || headers(scene).some(readable), 'Authorization header'),
  request: (scene) => {
    if (scene.mode === 'everything') {
      return unless(
        answersTo(scene.evidence, 'token').some((x) => x.request.url !== undefined),
        'token request',
      );
    }
    const { tokenUrl, issuer } = scene.evidence.settings;
    const discovered = answersTo(scene.evidence, 'discovery').some((x) => statusOf(x) === 200);
    return unless(tokenUrl !== undefined || issuer === undefined || discovered, 'discovery');
  },
  connection: ({ evidence }) =>
    unless(
      evidence.exchanges.some((x) => x.outcome.kind === 'answered'),
      'any answer from the server',
    ),
  client: () => unless(false, 'token response'),
  grant: () => unless(false, 'token response'),
  scope: (scene) => {
    if (allLetIn(scene)) return CLEAR;
    if (!answersTo(scene.evidence, 'token').some(issuedToken)) return unless(false, 'token response');
    if (grantedScope(scene.evidence)?.by !== 'unsaid') return CLEAR;
    const note = 'the token names no scope, so it is not shown whether it has those that were asked for';
    return failingAnswer(scene) ? unless(false, 'the scopes of the token') : { missing: [], note };
  },
  endpoint: (scene) => {
    const { needs, exchanges } = scene.evidence;
    if (needs.length === 0 && scene.mode === 'climb')
      return { missing: [], note: 'no endpoint was asked for' };
    if (allLetIn(scene)) return CLEAR;
    const unsent = exchanges.filter((x) => x.outcome.kind === 'not-sent');
    const open = needs.map((n) => `${n.method} ${n.path}`).filter((subject) => !clearOf(subject, scene));
    if (open.length > 0 || needs.length === 0)
      return { missing: open.length ? open : ['API response'], note: '' };
    return {
      missing: [],
      note:
        unsent.length === 0
          ? ''
          : `not sent, judged by what this client holds: ${unsent.map((x) => x.subject).join(', ')}`,
    };
  },
};

function known(shape: { looksLike: string }): boolean {
  return shape.looksLike !== 'mask';
}

function headers({ evidence }: Scene): (AuthorizationShape | undefined)[] {
  return [evidence.authorization, ...answersTo(evidence, 'token').map((x) => x.request.authorization)];
}

function readable(shape: AuthorizationShape | undefined): boolean {
  return shape !== undefined && shape.kind !== 'absent' && shape.kind !== 'masked';
}

/** The endpoint let us in, or it was not sent and the client's grants were read against a known rule. */
function clearOf(subject: string, scene: Scene): boolean {
  const answers = answersTo(scene.evidence, 'endpoint').filter((x) => x.subject === subject);
  return answers.some(
    (x) => ok(x, scene) || (x.outcome.kind === 'not-sent' && judgedByGrants(subject, scene)),
  );
}

function ok(exchange: Exchange, scene: Scene): boolean {
  const status = statusOf(exchange);
  return status !== undefined && status >= 200 && status < 300 && !failed(exchange, scene);
}

function judgedByGrants(subject: string, scene: Scene): boolean {
  const [method = '', path = ''] = subject.split(' ');
  const rule = scene.catalogue.find(method, path)?.rule.type ?? 'unknown';
  return rule !== 'unknown' && answersTo(scene.evidence, 'grants').some((x) => ok(x, scene));
}
