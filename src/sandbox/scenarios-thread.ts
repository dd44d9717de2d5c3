/** Scenarios of the thread's world, chosen by structure as those of Genesys are. */
import type { FindingCode } from '../core/index.ts';
import type { ThreadScenario, ThreadStage } from './stage.ts';

/** `invalid_client` alone does not say which of these it is. */
const INVALID_CLIENT: readonly FindingCode[] = [
  'client/wrong-secret',
  'client/unknown',
  'client/public',
  'client/auth-method-mismatch',
  // Another tenant or issuer does not know the client either.
  'request/wrong-region',
];

const SUMMARY = 'GET /api/v2/analytics/reporting/queues/summary';

/** A scope that exists and is not among those that the summary needs. */
function otherScope({ org, client }: ThreadStage): string {
  const other = org.scopes.find((s) => !org.needs.queueSummary.includes(s.name));
  if (other !== undefined) return other.name;
  org.scopes.push({ name: 'profile', about: 'Nothing in particular' });
  client.allowedScopes.push('profile');
  return 'profile';
}

/** A secret with characters that form-encoding changes. */
function hardSecret({ client }: ThreadStage): string {
  client.secret = `${client.secret.slice(0, 12)}+%2B/${client.secret.slice(12)}`;
  return client.secret;
}

function thread(
  name: ThreadScenario['name'],
  about: string,
  set: (stage: ThreadStage) => void,
  more: { verdict?: ThreadScenario['verdict']; alike?: readonly FindingCode[] } = {},
): ThreadScenario {
  return { name, about, verdict: more.verdict ?? 'broken', alike: more.alike ?? [], set };
}

export const threadScenarios: readonly ThreadScenario[] = [
  thread('credential/needs-form-encoding', 'a header built without form-encoding', (stage) => {
    const { client, exported } = stage;
    const secret = hardSecret(stage);
    exported.secret = secret;
    exported.authorization = `Basic ${Buffer.from(`${client.id}:${secret}`).toString('base64')}`;
  }),
  thread('credential/over-encoded', 'the secret was percent-encoded before it was saved', (stage) => {
    stage.exported.secret = encodeURIComponent(hardSecret(stage));
  }),
  thread('request/wrong-endpoint', 'there is no metadata at the issuer that was given', ({ exported }) => {
    exported.login = 'wrong path';
  }),
  thread(
    'client/unknown',
    'the id is not one of this server',
    ({ client, exported }) => {
      exported.id = `${client.id}-old`;
    },
    { alike: INVALID_CLIENT },
  ),
  thread(
    'client/wrong-secret',
    'the secret was renewed and the old one is still in use',
    ({ client }) => {
      client.secret = [...client.secret].reverse().join('');
    },
    { alike: INVALID_CLIENT },
  ),
  thread('client/public', 'the client is Public, so its secret is rejected', ({ client }) => {
    client.type = 'Public';
  }),
  thread(
    'client/auth-method-mismatch',
    'the server takes the secret in the body only',
    ({ org, exported }) => {
      org.authMethods = ['client_secret_post'];
      exported.clientAuth = 'basic';
    },
  ),
  thread('grant/not-allowed', 'client_credentials is not among the allowed grant types', ({ client }) => {
    client.allowedGrantTypes = ['authorization_code', 'refresh_token'];
  }),
  thread('scope/not-requested', 'no scope is asked for, so the token opens nothing', ({ exported }) => {
    exported.scope = undefined;
  }),
  thread('scope/not-allowed', 'the scope is not among the allowed ones', ({ org, client, exported }) => {
    client.allowedScopes = client.allowedScopes.filter((s) => !org.needs.queueSummary.includes(s));
    exported.scope = org.needs.queueSummary.join(' ');
  }),
  thread('scope/unknown', 'the scope does not exist', ({ org, exported }) => {
    exported.scope = `${org.needs.queueSummary[0] ?? 'queues'}:all`;
  }),
  thread('scope/malformed', 'two scopes are joined by a comma', (stage) => {
    stage.exported.scope = [otherScope(stage), ...stage.org.needs.queueSummary].join(',');
  }),
  thread('scope/granted-narrower', 'the server leaves out a scope that the client may not have', (stage) => {
    const { org, client, exported } = stage;
    const other = otherScope(stage);
    org.forbiddenScope = 'leave-out';
    client.allowedScopes = [other];
    exported.scope = [other, ...org.needs.queueSummary].join(' ');
  }),
  thread('scope/wrong-audience', 'the token is made for another API', ({ client }) => {
    client.audience = 'https://billing.example';
  }),
  thread('endpoint/missing-scope', 'the token has a scope, and the endpoint wants another', (stage) => {
    const other = otherScope(stage);
    if (!stage.client.allowedScopes.includes(other)) stage.client.allowedScopes.push(other);
    stage.exported.scope = other;
  }),
  thread('endpoint/consent-missing', 'no admin has agreed that the client uses the API', ({ client }) => {
    client.consented = false;
  }),
  thread('endpoint/token-expired', 'a ready token that is past its end', ({ exported }) => {
    exported.token = 'expired';
  }),
  thread('endpoint/token-malformed', 'a ready token with the word Bearer in it', ({ exported }) => {
    exported.token = 'malformed';
  }),
  thread('endpoint/token-wrong-environment', 'a ready token of the test system', ({ exported }) => {
    exported.token = 'foreign';
  }),
  thread('endpoint/not-found', 'the endpoint does not exist', (stage) => {
    stage.endpoints = [`${SUMMARY}/hourly`];
  }),
  thread(
    'endpoint/rate-limited',
    'the requests of this minute are used up',
    ({ org }) => {
      org.requestsPerMinute = 0;
    },
    { verdict: 'inconclusive' },
  ),
];
