/** Scenarios of every world: the client as it was copied, the header as it was built, the way to the server. */
import { OUTAGE, PROXY_PAGE, type Fault, type FaultPlan } from './faults.ts';
import type { AnyStage, SharedScenario } from './stage.ts';

function pair({ client }: AnyStage): string {
  return Buffer.from(`${client.id}:${client.secret}`).toString('base64');
}

function shared(
  name: SharedScenario['name'],
  about: string,
  set: (stage: AnyStage) => void,
  verdict: SharedScenario['verdict'] = 'broken',
): SharedScenario {
  return { name, about, verdict, alike: [], set };
}

/** All answers but the API's own document, which in real life is a file or comes from elsewhere. */
function everywhere(fault: Fault): FaultPlan {
  return ({ path }) => (path === '/openapi.json' ? undefined : fault);
}

export const sharedScenarios: readonly SharedScenario[] = [
  shared('credential/missing', 'the secret was never set', ({ exported }) => {
    exported.secret = undefined;
  }),
  shared('credential/already-encoded', 'the secret holds the whole pair, base64 already', (stage) => {
    stage.exported.secret = pair(stage);
  }),
  shared('credential/placeholder', 'id and secret are still those of the example', ({ exported }) => {
    exported.id = 'your_client_id';
    exported.secret = 'your_client_secret';
  }),
  shared('credential/mangled', 'the secret kept its quotes', ({ exported, client }) => {
    exported.secret = `"${client.secret}"`;
  }),
  shared('credential/whitespace', 'a blank came along with the secret', ({ exported, client }) => {
    exported.secret = `${client.secret} `;
  }),
  shared('credential/non-ascii', 'the secret came through a word processor', ({ exported, client }) => {
    exported.secret = `\u201c${client.secret}\u201d`;
  }),
  shared('header/missing-scheme', 'the header lacks the word Basic', (stage) => {
    stage.exported.authorization = pair(stage);
  }),
  shared(
    'header/bad-base64',
    'the pair stands in the header as it is, not encoded',
    ({ exported, client }) => {
      exported.authorization = `Basic ${client.id}:${client.secret}`;
    },
  ),
  shared('header/wrong-scheme', 'the pair is sent as Bearer', (stage) => {
    stage.exported.authorization = `Bearer ${pair(stage)}`;
  }),
  shared(
    'connection/unreachable',
    'nobody listens at the login address',
    ({ exported }) => {
      exported.login = 'closed port';
    },
    'inconclusive',
  ),
  shared('connection/tls-or-proxy', 'a proxy answers with its own page', (stage) => {
    stage.faults = everywhere(PROXY_PAGE);
  }),
  shared(
    'connection/outage',
    'the service is down: 503 from everything',
    (stage) => {
      stage.faults = everywhere(OUTAGE);
    },
    'inconclusive',
  ),
  shared(
    'connection/clock-skew',
    'the clocks differ by twenty minutes',
    (stage) => {
      stage.skewMs = 20 * 60_000;
    },
    'healthy',
  ),
];
