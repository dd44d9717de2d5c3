/** The API host of Genesys Cloud: who comes in, which route it is, what it answers. */
import { randomUUID } from 'node:crypto';
import { doorGates, routeGates, type Visitor } from './api-gates.ts';
import { apiError } from './errors-genesys.ts';
import type { GenesysOrg } from './org.ts';
import { findRoute, type Call, type Route } from './route.ts';
import { accessRoutes } from './routes-access.ts';
import { analyticsRoutes } from './routes-analytics.ts';
import { swagger } from './swagger.ts';
import { bearer, firstRefusal, type Answer, type Asked } from './wire.ts';
import { spend, type World } from './world.ts';

export const genesysRoutes: readonly Route[] = [...analyticsRoutes, ...accessRoutes];

/** The permissions that exist because a route asks for them. */
export const routePermissions: readonly string[] = [
  ...new Set(genesysRoutes.flatMap((r) => r.rule.permissions)),
];

function visitorOf(asked: Asked, world: World<GenesysOrg>): Visitor {
  const shown = bearer(asked);
  const token = 'token' in shown ? world.tokens.get(shown.token) : undefined;
  const client = world.org.clients.find((c) => c.id === token?.clientId);
  const used =
    'token' in shown && token !== undefined ? spend(world, shown.token) : { count: 0, resetSeconds: 60 };
  return { asked, world, token, client, used };
}

function withHeaders(answer: Answer, headers: { [name: string]: string }): Answer {
  return { ...answer, headers: { ...headers, ...answer.headers } };
}

export function answerApi(asked: Asked, world: World<GenesysOrg>): Answer {
  const correlation = { 'inin-correlation-id': randomUUID() };
  // Captured: the token endpoint of the login host is no API, and its 404 spells the code with a space.
  if (asked.path === '/oauth/token') return apiError(404, 'not found', 'HTTP 404 Not Found');
  if (asked.method === 'GET' && asked.path === '/api/v2/docs/swagger') {
    return withHeaders(swagger(asked, world, genesysRoutes), correlation);
  }
  const visitor = visitorOf(asked, world);
  const { token, client, used } = visitor;
  const headers =
    token === undefined
      ? correlation
      : {
          ...correlation,
          'inin-ratelimit-count': String(used.count),
          'inin-ratelimit-allowed': String(world.org.requestsPerMinute),
          'inin-ratelimit-reset': String(used.resetSeconds),
        };
  const refused = firstRefusal(doorGates, visitor);
  if (refused !== undefined || token === undefined || client === undefined) {
    return withHeaders(refused ?? apiError(401, 'bad.credentials', 'Invalid login credentials.'), headers);
  }
  const found = findRoute(genesysRoutes, asked.method, asked.path);
  if (found === undefined) {
    return withHeaders(apiError(404, 'not.found', 'The requested resource was not found.'), headers);
  }
  const call: Call = { asked, world, org: world.org, client, token, ...found };
  return withHeaders(firstRefusal(routeGates, call) ?? found.route.answer(call), headers);
}
