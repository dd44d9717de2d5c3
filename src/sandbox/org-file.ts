/** Reads and checks an org file, so that a mistake in it is named by field and not met as a strange answer. */
import { Failure } from '../core/index.ts';
import { MEDIA, type GenesysOrg, type Org, type ThreadOrg } from './org.ts';
import { Reader, type Fields } from './org-reader.ts';

function base(r: Reader, of: Fields): Omit<Org, 'world' | 'clients'> {
  const analytics = r.object(of['analytics'] ?? {}, 'analytics');
  const optional: { since?: string; maxRows?: number; maxDays?: number } = {};
  if (analytics['since'] !== undefined) {
    optional.since = r.text(analytics, 'since', 'analytics');
    if (Number.isNaN(Date.parse(optional.since))) {
      r.fail('analytics.since', 'an instant, e.g. 2026-01-01T00:00:00Z');
    }
  }
  if (analytics['maxRows'] !== undefined)
    optional.maxRows = r.number(analytics, 'maxRows', 'analytics', [1, 1e9]);
  if (analytics['maxDays'] !== undefined)
    optional.maxDays = r.number(analytics, 'maxDays', 'analytics', [1, 36_500]);
  const name = r.text(of, 'name', '');
  const queues = r.list(of, 'queues', '', (item, at) => {
    const queue = r.object(item, at);
    const media = r
      .texts({ media: queue['media'] ?? ['voice'] }, 'media', at, 1)
      .map(
        (m, i) =>
          MEDIA.find((known) => known === m) ?? r.fail(`${at}.media[${i}]`, `one of ${MEDIA.join(', ')}`),
      );
    return {
      id: r.text(queue, 'id', at),
      name: r.text(queue, 'name', at),
      ...(queue['division'] === undefined ? {} : { division: r.text(queue, 'division', at) }),
      media,
      busyHour: r.number(queue, 'busyHour', at, [0, 100_000], 20),
    };
  });
  r.unique(
    queues.map((q) => q.id),
    'queues',
  );
  return {
    id: r.uuid(of, 'id', ''),
    name,
    queues,
    analytics: {
      seed: r.text(analytics, 'seed', 'analytics', name),
      target: r.number(analytics, 'target', 'analytics', [0, 1], 0.8),
      ...optional,
    },
    allowedAddresses: r.texts(of, 'allowedAddresses', ''),
    requestsPerMinute: r.number(of, 'requestsPerMinute', '', [0, 1_000_000], 300),
  };
}

function genesys(r: Reader, of: Fields, routePermissions: readonly string[]): GenesysOrg {
  const divisions = r.list(
    of,
    'divisions',
    '',
    (item, at) => {
      const division = r.object(item, at);
      return {
        id: r.uuid(division, 'id', at),
        name: r.text(division, 'name', at),
        home: r.flag(division, 'home', at, false),
      };
    },
    1,
  );
  const roles = r.list(of, 'roles', '', (item, at) => {
    const role = r.object(item, at);
    return {
      id: r.uuid(role, 'id', at),
      name: r.text(role, 'name', at),
      permissions: r.permissions(role, 'permissions', at),
    };
  });
  r.unique(
    divisions.map((d) => d.id),
    'divisions',
  );
  r.unique(
    roles.map((d) => d.id),
    'roles',
  );
  if (divisions.filter((d) => d.home).length !== 1)
    r.fail('divisions', 'exactly one division with "home": true');
  const known = (id: string, ids: readonly { id: string }[], at: string, what: string): string =>
    ids.some((x) => x.id === id) ? id : r.fail(at, `the id of ${what} of this file; ${id} is none`);
  const clients = r.list(
    of,
    'clients',
    '',
    (item, at) => {
      const client = r.object(item, at);
      return {
        id: r.uuid(client, 'id', at),
        secret: r.text(client, 'secret', at),
        name: r.text(client, 'name', at),
        grantType: r.choice(
          client,
          'grantType',
          at,
          ['CLIENT-CREDENTIALS', 'CODE', 'TOKEN', 'SAML2-BEARER', 'PASSWORD'],
          'CLIENT-CREDENTIALS',
        ),
        state: r.choice(client, 'state', at, ['active', 'disabled', 'inactive'], 'active'),
        roleDivisions: r.list(client, 'roleDivisions', at, (pair, place) => {
          const p = r.object(pair, place);
          const division = r.text(p, 'division', place);
          return {
            role: known(r.text(p, 'role', place), roles, `${place}.role`, 'a role'),
            division: division === '*' ? '*' : known(division, divisions, `${place}.division`, 'a division'),
          };
        }),
        tokenSeconds: r.number(client, 'tokenSeconds', at, [300, 172_800], 86_400),
        scopes: r.texts(client, 'scopes', at),
      };
    },
    1,
  );
  r.unique(
    clients.map((c) => c.id),
    'clients',
  );
  const org = base(r, of);
  for (const [i, queue] of org.queues.entries()) {
    const home = divisions.find((d) => d.home);
    queue.division = known(
      queue.division ?? home?.id ?? '',
      divisions,
      `queues[${i}].division`,
      'a division',
    );
  }
  const listed = r.permissions(of, 'permissions', '');
  const implied = listed.length > 0 ? listed : [...routePermissions, ...roles.flatMap((x) => x.permissions)];
  const features = r.object(of['features'] ?? {}, 'features');
  const misnamed = r.object(of['misnamed'] ?? {}, 'misnamed');
  return {
    ...org,
    world: 'genesys',
    region: r.text(of, 'region', '', 'us-east-1'),
    domain: r.text(of, 'domain', '', 'mypurecloud.com'),
    clients,
    roles,
    divisions,
    permissions: [...new Set(implied)].filter((p) => !p.includes('*')),
    products: r.texts(of, 'products', ''),
    features: Object.fromEntries(
      Object.keys(features).map((name) => [name, r.flag(features, name, 'features', false)]),
    ),
    users: r.list(of, 'users', '', (item, at) => {
      const user = r.object(item, at);
      const division = r.text(user, 'division', at, divisions.find((d) => d.home)?.id);
      return {
        id: r.text(user, 'id', at),
        name: r.text(user, 'name', at),
        division: known(division, divisions, `${at}.division`, 'a division'),
        queues: r
          .texts(user, 'queues', at)
          .map((id, i) => known(id, org.queues, `${at}.queues[${i}]`, 'a queue')),
      };
    }),
    policies: r.list(of, 'policies', '', (item, at) => {
      const policy = r.object(item, at);
      return { id: r.text(policy, 'id', at), denies: r.text(policy, 'denies', at) };
    }),
    enforceScopes: r.flag(of, 'enforceScopes', '', false),
    misnamed: Object.fromEntries(
      Object.keys(misnamed).map((name) => [name, r.text(misnamed, name, 'misnamed')]),
    ),
    disabledEndpoints: r.texts(of, 'disabledEndpoints', ''),
  };
}

function thread(r: Reader, of: Fields): ThreadOrg {
  const clients = r.list(
    of,
    'clients',
    '',
    (item, at) => {
      const client = r.object(item, at);
      return {
        id: r.text(client, 'id', at),
        secret: r.text(client, 'secret', at),
        name: r.text(client, 'name', at),
        type: r.choice(client, 'type', at, ['Confidential', 'Public'], 'Confidential'),
        allowedGrantTypes: r.texts(client, 'allowedGrantTypes', at, 1),
        allowedScopes: r.texts(client, 'allowedScopes', at),
        asksFor: r.text(client, 'asksFor', at, ''),
        tokenMinutes: r.number(client, 'tokenMinutes', at, [1, 1440], 30),
        consented: r.flag(client, 'consented', at, true),
        ...(client['audience'] === undefined ? {} : { audience: r.text(client, 'audience', at) }),
      };
    },
    1,
  );
  r.unique(
    clients.map((c) => c.id),
    'clients',
  );
  const needs = r.object(of['needs'], 'needs');
  return {
    ...base(r, of),
    world: 'thread',
    clients,
    scopes: r.list(
      of,
      'scopes',
      '',
      (item, at) => {
        const scope = r.object(item, at);
        return { name: r.text(scope, 'name', at), about: r.text(scope, 'about', at, '') };
      },
      1,
    ),
    needs: {
      queueSummary: r.texts(needs, 'queueSummary', 'needs', 1),
      recordings: r.texts(needs, 'recordings', 'needs'),
      recordingDownload: r.texts(needs, 'recordingDownload', 'needs'),
      users: r.texts(needs, 'users', 'needs'),
    },
    authMethods: r.texts({ authMethods: of['authMethods'] ?? ['client_secret_basic'] }, 'authMethods', '', 1),
    audience: r.text(of, 'audience', ''),
    forbiddenScope: r.choice(of, 'forbiddenScope', '', ['refuse', 'leave-out'], 'refuse'),
    formEncodedBasic: r.flag(of, 'formEncodedBasic', '', true),
  };
}

/**
 * An org from the text of its file; the result is the caller's own and may be changed.
 * @param file the name to use in messages
 * @param routePermissions the permissions that exist where the file lists none
 * @throws Failure (`config`) that names the field and what was expected there
 */
export function parseOrg(text: string, file: string, routePermissions: readonly string[]): Org {
  const r = new Reader(file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Failure(
      'config',
      `${file} is not JSON.`,
      'An org file is one JSON object; see docs/sandbox.md.',
    );
  }
  const of = r.object(value, 'the file');
  const world = r.choice(of, 'world', '', ['genesys', 'thread']);
  return world === 'genesys' ? genesys(r, of, routePermissions) : thread(r, of);
}
