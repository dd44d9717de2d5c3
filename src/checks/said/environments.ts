/** What a paste says of a test environment and of a live one; each has clients and tokens of its own. */
import type { Look, SaidRule } from './rule.ts';

const TEST = /\b(?:sandbox|staging|uat|pre-?prod(?:uction)?|test (?:environment|system|mode|server))\b/i;
const LIVE = /\b(?:prod(?:uction)?|live)\b/i;
const ANY_TEST =
  /\b(?:sandbox|staging|stage|test(?:ing)?|dev(?:elopment)?|uat|qa|pre-?prod(?:uction)?|demo)\b/i;
const SANDBOX = /\b(?:sandbox|staging|uat|pre-?prod)\b/i;
const TEST_HOST = /sandbox|staging|pre-?prod|(?:^|[.-])(?:test|stage|uat|qa|dev|demo|d)(?=[.-])/i;

function tellsOfSandbox(look: Look): boolean {
  return look.tokenError(/invalid_client/) && SANDBOX.test(look.context + look.answers);
}

/** Hosts of the token requests; where none is shown, those in code, commands and settings. A sentence may name any. */
function askedHosts({ token, scene }: Look): string[] {
  const urls = token.flatMap((x) => x.request.url ?? []);
  const written = scene.evidence.said.flatMap((s) =>
    s.where === 'prose' || s.where === 'log' ? [] : (s.text ?? ''),
  );
  return (urls.length > 0 ? urls : written).flatMap((text) =>
    [...text.matchAll(/https?:\/\/([\w.-]{3,100})/gi)].map(([, host = '']) => host),
  );
}

export const environments: readonly SaidRule[] = [
  {
    id: 'two-environments',
    code: 'request/wrong-region',
    likelihood: 0.68,
    shows: ANY_TEST,
    when: (look) =>
      look.tokenError(/invalid_client|unauthorized_client|invalid_grant|access_denied/) &&
      ANY_TEST.test(look.context + look.answers) &&
      LIVE.test(look.context),
    why: 'The paste tells of a test environment and of a live one; each has clients of its own.',
    tell: 'Use the id and secret that were made in the very environment that is asked.',
  },
  {
    id: 'test-environment',
    code: 'request/wrong-region',
    likelihood: 0.52,
    shows: SANDBOX,
    when: (look) => tellsOfSandbox(look) && askedHosts(look).some((host) => TEST_HOST.test(host)),
    why: 'A sandbox was asked; credentials of the live environment do not work there.',
    tell: 'Use an id and secret that were made in the sandbox.',
  },
  {
    id: 'test-environment-not-asked',
    code: 'request/wrong-region',
    likelihood: 0.52,
    shows: SANDBOX,
    when: (look) =>
      tellsOfSandbox(look) &&
      askedHosts(look).length > 0 &&
      !askedHosts(look).some((host) => TEST_HOST.test(host)),
    why: 'The paste tells of a sandbox, and the host that was asked does not look like one; an id and secret of a sandbox work nowhere else.',
    tell: 'Ask the host of the sandbox, or use an id and secret that were made in the live environment.',
  },
  {
    id: 'test-environment-told',
    code: 'request/wrong-region',
    likelihood: 0.52,
    shows: SANDBOX,
    when: (look) => tellsOfSandbox(look) && askedHosts(look).length === 0,
    why: 'The paste tells of a sandbox and does not show which host was asked; a sandbox has ids and secrets of its own.',
    tell: 'Use the id and secret that were made in the very environment whose host is asked.',
  },
  {
    id: 'sandbox-login',
    code: 'request/wrong-region',
    likelihood: 0.72,
    pattern:
      /\b(?:sandbox|staging|uat|developer edition)\b[^\n.]{0,80}\b(?:url|domain|host|login|base_?url|endpoint|server|auth|org)\b|\b(?:url|domain|host|login|base_?url|endpoint|server|org)\b[^\n.]{0,60}\b(?:sandbox|staging|uat)\b/i,
    where: ['prose', 'config'],
    when: (look) =>
      look.tokenError(/invalid_grant|invalid_client|invalid_client_id|unauthorized_client/) &&
      !look.answered(/refresh|authori[sz]ation code|redirect/i) &&
      !look.says(/\btest\.salesforce\.com/i),
    why: 'A sandbox has a login host of its own, and the usual host does not know its users and clients.',
    tell: 'Ask at the login host of the sandbox (Salesforce: test.salesforce.com or its My Domain).',
  },
  {
    id: 'token-of-other-environment',
    code: 'endpoint/token-wrong-environment',
    likelihood: 0.88,
    shows: TEST,
    when: (look) =>
      look.endpointStatus(0, 401, 403) &&
      TEST.test(look.context) &&
      LIVE.test(look.context) &&
      !look.answered(/scope|permission|expired(?! ?,)|rate/i),
    why: 'The paste tells of two environments; a token or key of one is refused by the other.',
    tell: 'Make the token in the very environment whose API is called.',
  },
];
