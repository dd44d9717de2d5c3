/** Routes about who one is and what one may: token, organisation, grants, divisions, permissions, clients, users. */
import type { Json } from '../core/index.ts';
import { apiError } from './errors-genesys.ts';
import { divisionsOf, type Division, type GenesysClient, type GenesysOrg } from './org.ts';
import { any, FREE, paged, readScopes, type Call, type Route } from './route.ts';
import { json, type Answer } from './wire.ts';

const SCOPES = [
  'analytics',
  'authorization',
  'conversations',
  'oauth',
  'organization',
  'recordings',
  'routing',
  'users',
]
  .flatMap((name) => [name, `${name}:readonly`])
  .concat('user-basic-info');

const AUTHORIZATION = readScopes('authorization');

function organization(org: GenesysOrg): { id: string; name: string } {
  return { id: org.id, name: org.name };
}

function client(of: GenesysClient, org: GenesysOrg): { [key: string]: Json } {
  return {
    id: of.id,
    name: of.name,
    authorizedGrantType: of.grantType,
    scope: of.scopes,
    roleDivisions: of.roleDivisions.map((p) => ({ roleId: p.role, divisionId: p.division })),
    state: of.state,
    accessTokenValiditySeconds: of.tokenSeconds,
    organization: organization(org),
    selfUri: `/api/v2/oauth/clients/${of.id}`,
  };
}

function whoAmI({ org, client: me, token }: Call): Answer {
  return json({
    organization: organization(org),
    homeOrganization: organization(org),
    authorizedScope: org.enforceScopes ? token.scopes : [],
    authenticatedUser: null,
    OAuthClient: client(me, org),
  });
}

function division(of: Division): { id: string; name: string; homeDivision: boolean; selfUri: string } {
  return {
    id: of.id,
    name: of.name,
    homeDivision: of.home,
    selfUri: `/api/v2/authorization/divisions/${of.id}`,
  };
}

function grants({ org, client: me, token }: Call): Answer {
  const made = new Date(token.issuedAt).toISOString();
  return json({
    id: me.id,
    name: me.name,
    grants: me.roleDivisions.flatMap((pair) => {
      const role = org.roles.find((r) => r.id === pair.role);
      const at = org.divisions.find((d) => d.id === pair.division);
      if (role === undefined) return [];
      return [
        {
          subjectId: me.id,
          // `*` for a grant in all divisions is what Terraform writes; the API's own form was not seen.
          division: at === undefined ? { id: pair.division, name: pair.division } : division(at),
          role: {
            id: role.id,
            name: role.name,
            default: false,
            policies: role.permissions.map((p) => {
              const [domain = '', entityName = '*', action = '*'] = p.split(':');
              return { domain, entityName, actions: [action] };
            }),
          },
          grantMadeAt: made,
        },
      ];
    }),
    version: 1,
  });
}

function permissions({ org, asked }: Call): Answer {
  const domains = new Map<string, { [entity: string]: Json[] }>();
  for (const permission of org.permissions) {
    const [domain = '', entityType = '', action = ''] = permission.split(':');
    const entities = domains.get(domain) ?? {};
    (entities[entityType] ??= []).push({
      domain,
      entityType,
      action,
      label: `${action} ${entityType}`,
      allowsConditions: false,
      divisionAware: DIVISION_AWARE.has(domain),
    });
    domains.set(domain, entities);
  }
  const entities = [...domains].map(([domain, permissionMap]) => ({ domain, permissionMap }));
  return paged(asked, entities);
}

const DIVISION_AWARE = new Set(['analytics', 'routing', 'directory', 'recording', 'quality']);

/** Divisions in which a permission is held: `allDivsPermitted` only where the grant says all. */
function permitted({ org, client: me, asked }: Call): { found: Division[]; all: boolean } {
  const permission = asked.query.get('permission') ?? '';
  const held = divisionsOf(org, me, permission);
  const found = org.divisions.filter((d) => held.has(d.id));
  const all = found.length > 0 && me.roleDivisions.some((p) => p.division === '*');
  return { found, all };
}

function divisions({ org, asked }: Call): Answer {
  const counted = asked.query.get('objectCount') === 'true';
  return paged(
    asked,
    org.divisions.map((d) => ({
      ...division(d),
      ...(counted ? { objectCounts: { QUEUE: org.queues.filter((q) => q.division === d.id).length } } : {}),
    })),
  );
}

function withPaged(answer: Answer, extra: { [key: string]: Json }): Answer {
  return answer.body.kind === 'json'
    ? { ...answer, body: { kind: 'json', value: { ...(answer.body.value as object), ...extra } } }
    : answer;
}

function get(
  template: string,
  about: string,
  scopes: readonly string[],
  answer: Route['answer'],
  rule = FREE,
): Route {
  return { method: 'GET', template, about, rule, scopes, divisionAware: false, answer };
}

function user(of: GenesysOrg['users'][number]): { [key: string]: Json } {
  return { id: of.id, name: of.name, division: { id: of.division }, state: 'active', version: 1 };
}

export const accessRoutes: readonly Route[] = [
  get('/api/v2/tokens/me', 'Fetch information about the current token', ['user-basic-info'], whoAmI),
  {
    ...get('/api/v2/tokens/me', 'Verify user token', ['user-basic-info'], () => ({
      status: 200,
      body: { kind: 'none' },
    })),
    method: 'HEAD',
  },
  get('/api/v2/organizations/me', 'Get organization', readScopes('organization'), ({ org }) =>
    json({
      ...organization(org),
      domain: org.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
      state: 'active',
      features: org.features,
      productPlatform: 'PureCloud',
    }),
  ),
  get(
    '/api/v2/organizations/limits/namespaces',
    'Get the available limit namespaces',
    readScopes('organization'),
    ({ asked }) => paged(asked, ['platform.api', 'analytics', 'auth.api', 'routing', 'usage']),
  ),
  get(
    '/api/v2/organizations/limits/namespaces/{namespaceName}',
    'Get the effective limits in a namespace',
    readScopes('organization'),
    ({ params, org, asked }) =>
      paged(
        asked,
        params['namespaceName'] === 'platform.api'
          ? [
              {
                key: 'client.credentials.token.rate.per.minute',
                namespace: 'platform.api',
                value: org.requestsPerMinute,
              },
            ]
          : [],
      ),
  ),
  get(
    '/api/v2/authorization/subjects/me',
    'Returns a listing of roles and permissions',
    AUTHORIZATION,
    grants,
  ),
  get('/api/v2/authorization/permissions', 'Get all permissions', AUTHORIZATION, permissions),
  get('/api/v2/authorization/divisions', 'Retrieve a list of all divisions', AUTHORIZATION, divisions),
  get('/api/v2/authorization/divisions/home', 'Retrieve the home division', AUTHORIZATION, ({ org }) => {
    const home = org.divisions.find((d) => d.home);
    return home === undefined
      ? apiError(404, 'not.found', 'The requested resource was not found.')
      : json(division(home));
  }),
  get(
    '/api/v2/authorization/divisionspermitted/me',
    'Returns which divisions a permission is held in',
    AUTHORIZATION,
    (call) => json(permitted(call).found.map(division)),
  ),
  get(
    '/api/v2/authorization/divisionspermitted/paged/me',
    'Returns which divisions a permission is held in, in pages',
    AUTHORIZATION,
    (call) => {
      const { found, all } = permitted(call);
      return withPaged(paged(call.asked, found.map(division)), { allDivsPermitted: all });
    },
  ),
  get('/api/v2/authorization/products', 'Get the list of enabled products', AUTHORIZATION, ({ org }) =>
    json({ entities: org.products.map((id) => ({ id })), total: org.products.length }),
  ),
  get(
    '/api/v2/authorization/roles',
    'Retrieve a list of all roles',
    AUTHORIZATION,
    ({ org, asked }) =>
      paged(
        asked,
        org.roles.map((r) => ({ id: r.id, name: r.name })),
      ),
    any('authorization:role:view'),
  ),
  get('/api/v2/oauth/scopes', 'The list of scopes', readScopes('oauth'), ({ asked }) =>
    paged(
      asked,
      SCOPES.map((id) => ({ id })),
    ),
  ),
  get(
    '/api/v2/oauth/clients',
    'The list of OAuth clients',
    readScopes('oauth'),
    ({ org, asked }) =>
      paged(
        asked,
        org.clients.map((c) => client(c, org)),
      ),
    any('oauth:client:view'),
  ),
  get(
    '/api/v2/oauth/clients/{clientId}',
    'Get OAuth client',
    readScopes('oauth'),
    ({ org, params }) => {
      const found = org.clients.find((c) => c.id === params['clientId']);
      return found === undefined
        ? apiError(404, 'not.found', 'The requested resource was not found.')
        : json(client(found, org));
    },
    any('oauth:client:view'),
  ),
  {
    // Every token here is a client's, so the gate for user context answers before this does.
    ...get('/api/v2/users/me', 'Get current user details', ['user-basic-info'], whoAmI),
    needsUser: true,
  },
  get('/api/v2/users', 'Get the list of available users', readScopes('users'), ({ org, asked }) =>
    paged(asked, org.users.map(user)),
  ),
  get('/api/v2/users/{userId}', 'Get user', readScopes('users'), ({ org, params }) => {
    const found = org.users.find((u) => u.id === params['userId']);
    return found === undefined
      ? apiError(404, 'not.found', 'The requested resource was not found.')
      : json(user(found));
  }),
];
