/**
 * Scenarios of Genesys Cloud. Each changes whatever org is loaded and chooses client, role, division and permission by
 * their place in it, never by name, so that they work for a user's own org as well.
 */
import { randomUUID } from 'node:crypto';
import type { FindingCode } from '../core/index.ts';
import { covers, type Division, type GenesysClient, type GenesysOrg, type Queue } from './org.ts';
import type { GenesysScenario, GenesysStage } from './stage.ts';

/** Genesys answers these four with one and the same body. */
const ALIKE: readonly FindingCode[] = [
  'client/wrong-secret',
  'client/unknown',
  'client/disabled',
  'request/wrong-region',
];
/** 401 `bad.credentials` says nothing of these apart. */
const TOKENS: readonly FindingCode[] = [
  'endpoint/token-expired',
  'endpoint/token-malformed',
  'endpoint/token-wrong-environment',
];

/** What the hourly export asks for; scenarios about access take this away. */
const DATA = 'POST /api/v2/analytics/conversations/aggregates/query';
const PERMISSION = 'analytics:conversationAggregate:view';

/** What a client needs to read where scopes are enforced. */
const READING: readonly string[] = [
  'user-basic-info',
  'authorization:readonly',
  'organization:readonly',
  'oauth:readonly',
  'routing:readonly',
  'analytics:readonly',
];

/** Takes a permission out of every role of the client; a wildcard becomes the list of what it stood for, less this. */
function revoke(org: GenesysOrg, client: GenesysClient, permission: string): void {
  for (const role of org.roles.filter((r) => client.roleDivisions.some((p) => p.role === r.id))) {
    role.permissions = role.permissions.flatMap((held) => {
      if (!covers(held, permission)) return [held];
      return org.permissions.filter((p) => p !== permission && covers(held, p));
    });
  }
}

/** Grants every role of the client in one division only, and finds a queue that is then out of sight. */
function confine({ org, client }: GenesysStage): Queue {
  const home = org.divisions.find((d) => d.home);
  if (home === undefined) throw new TypeError('an org has a home division');
  let hidden = org.queues.find((q) => q.division !== home.id);
  if (hidden === undefined) {
    const far: Division = { id: randomUUID(), name: 'Second Site', home: false };
    org.divisions.push(far);
    hidden = { id: randomUUID(), name: 'Second Site', division: far.id, media: ['voice'], busyHour: 10 };
    org.queues.push(hidden);
  }
  const roles = new Set(client.roleDivisions.map((p) => p.role));
  client.roleDivisions = [...roles].map((role) => ({ role, division: home.id }));
  return hidden;
}

function genesys(
  name: GenesysScenario['name'],
  about: string,
  set: (stage: GenesysStage) => void,
  more: { verdict?: GenesysScenario['verdict']; alike?: readonly FindingCode[] } = {},
): GenesysScenario {
  return { name, about, verdict: more.verdict ?? 'broken', alike: more.alike ?? [], set };
}

export const genesysScenarios: readonly GenesysScenario[] = [
  genesys('credential/swapped', 'id and secret have changed places', ({ exported, client }) => {
    exported.id = client.secret;
    exported.secret = client.id;
  }),
  genesys('request/wrong-endpoint', 'the token is asked for at the API host', ({ exported }) => {
    exported.login = 'api host';
  }),
  genesys(
    'request/wrong-region',
    'the client lives in another region',
    ({ org, client }) => {
      org.clients.splice(org.clients.indexOf(client), 1);
    },
    { alike: ALIKE },
  ),
  genesys(
    'client/unknown',
    'the client was deleted, or its id is another',
    ({ exported }) => {
      exported.id = randomUUID();
    },
    { alike: ALIKE },
  ),
  genesys(
    'client/wrong-secret',
    'the secret was renewed and the old one is still in use',
    ({ client }) => {
      client.secret = `${client.secret.slice(1)}${client.secret.startsWith('A') ? 'B' : 'A'}`;
    },
    { alike: ALIKE },
  ),
  genesys(
    'client/disabled',
    'the client is switched off',
    ({ client }) => {
      client.state = 'disabled';
    },
    { alike: ALIKE },
  ),
  genesys('grant/not-allowed', 'the client is made for people who sign in', ({ client }) => {
    client.grantType = 'CODE';
  }),
  genesys(
    'endpoint/token-expired',
    'a ready token that is past its end',
    ({ exported }) => {
      exported.token = 'expired';
    },
    { alike: TOKENS },
  ),
  genesys('endpoint/token-malformed', 'a ready token with the word Bearer in it', ({ exported }) => {
    exported.token = 'malformed';
  }),
  genesys(
    'endpoint/token-wrong-environment',
    'a ready token of another region',
    ({ exported }) => {
      exported.token = 'foreign';
    },
    { alike: TOKENS },
  ),
  genesys('endpoint/missing-permission', 'no role of the client holds the permission', ({ org, client }) => {
    revoke(org, client, PERMISSION);
  }),
  genesys(
    'endpoint/missing-permission.misnamed',
    'the refusal names another permission than the one that is missing',
    ({ org, client }) => {
      revoke(org, client, PERMISSION);
      org.misnamed[DATA] = 'analytics:conversationDetail:view';
      if (!org.permissions.includes('analytics:conversationDetail:view')) {
        org.permissions.push('analytics:conversationDetail:view');
      }
    },
  ),
  genesys('endpoint/missing-scope', 'the org enforces scopes and the client lacks one', ({ org, client }) => {
    org.enforceScopes = true;
    client.scopes = READING.filter((s) => s !== 'analytics:readonly');
  }),
  genesys('endpoint/missing-division', 'the queue lies in a division without a role for it', (stage) => {
    stage.endpoints = [`GET /api/v2/routing/queues/${confine(stage).id}`];
  }),
  genesys('endpoint/user-context', 'the endpoint is for people', (stage) => {
    stage.endpoints = ['GET /api/v2/users/me'];
  }),
  genesys('endpoint/not-found', 'the endpoint does not exist', (stage) => {
    stage.endpoints = ['GET /api/v2/analytics/reporting/queues/summary'];
  }),
  genesys('endpoint/feature-missing', 'the org does not have the permission at all', ({ org, client }) => {
    revoke(org, client, PERMISSION);
    org.permissions = org.permissions.filter((p) => p !== PERMISSION);
  }),
  genesys('endpoint/feature-missing.disabled', 'the feature is switched off for the org', ({ org }) => {
    org.disabledEndpoints.push(DATA);
  }),
  genesys('endpoint/ip-blocked', 'the org lets in other addresses only', ({ org }) => {
    org.allowedAddresses = ['203.0.113.0/24'];
  }),
  genesys('endpoint/policy-denied', 'an access policy refuses what the role allows', ({ org }) => {
    org.policies.push({ id: randomUUID(), denies: PERMISSION });
  }),
  genesys(
    'endpoint/rate-limited',
    'the requests of this minute are used up',
    ({ org }) => {
      org.requestsPerMinute = 0;
    },
    { verdict: 'inconclusive' },
  ),
  genesys(
    'endpoint/silently-empty',
    'the role is granted in one division; the others stay out of sight',
    (stage) => {
      confine(stage);
    },
    { verdict: 'healthy' },
  ),
  genesys(
    'endpoint/silently-empty.nothing',
    'the role is granted where no queue is: 200 and nothing in it',
    ({ org, client }) => {
      const empty: Division = { id: randomUUID(), name: 'Archive', home: false };
      org.divisions.push(empty);
      const roles = new Set(client.roleDivisions.map((p) => p.role));
      client.roleDivisions = [...roles].map((role) => ({ role, division: empty.id }));
    },
    { verdict: 'healthy' },
  ),
];
