/** Whether a stage without a finding is clear, or unknown because an answer is missing. */
import {
  answersTo,
  grantedScope,
  issuedToken,
  refusedInBody,
  statusOf,
  type AuthorizationShape,
  type Exchange,
  type Scene,
  type StageId,
} from '../core/index.ts';
import { allLetIn, failed, failingAnswer, proofs, rank } from './failing.ts';

/** What is missing; empty: clear. */
export interface Settled {
  readonly missing: readonly string[];
  readonly note: string;
}

const CLEAR: Settled = { missing: [], note: '' };

const unless = (clear: boolean, ...missing: string[]): Settled => (clear ? CLEAR : { missing, note: '' });

/** How a stage stands that has no finding (contract, "What proves what"). */
export function settled(stage: StageId, scene: Scene): Settled {
  const note = scene.profile.inapplicable(stage, scene);
  if (note !== undefined) return { missing: [], note };
  const proved = proofs(scene).some(({ upTo }) => rank(stage) <= rank(upTo));
  if (proved && stage !== 'scope' && stage !== 'endpoint') return CLEAR;
  return RULES[stage](scene);
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
    (x) => letIn(x, scene) || (x.outcome.kind === 'not-sent' && judgedByGrants(subject, scene)),
  );
}

/** A page where data belongs is no answer of the endpoint. */
const letIn = (exchange: Exchange, scene: Scene): boolean => ok(exchange) && !failed(exchange, scene);

function ok(exchange: Exchange): boolean {
  const status = statusOf(exchange);
  return status !== undefined && status >= 200 && status < 300 && !refusedInBody(exchange);
}

function judgedByGrants(subject: string, scene: Scene): boolean {
  const [method = '', path = ''] = subject.split(' ');
  const rule = scene.catalogue.find(method, path)?.rule.type ?? 'unknown';
  return rule !== 'unknown' && answersTo(scene.evidence, 'grants').some(ok);
}
