/** The Swagger 2.0 document of the sandbox's own routes, in the form of Genesys's live one. No token is needed. */
import { createHash } from 'node:crypto';
import type { Json } from '../core/index.ts';
import type { GenesysOrg } from './org.ts';
import type { Route } from './route.ts';
import type { Answer, Asked } from './wire.ts';
import type { World } from './world.ts';

function operation(route: Route): Json {
  const path = [...route.template.matchAll(/\{(.+?)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    type: 'string',
  }));
  const body = { name: 'body', in: 'body', required: true, schema: { type: 'object' } };
  return {
    tags: [route.template.split('/')[3] ?? ''],
    summary: route.about,
    operationId: `${route.method.toLowerCase()}${route.template.replaceAll(/\W+(\w)/g, (_, c: string) => c.toUpperCase()).replaceAll('}', '')}`,
    produces: ['application/json'],
    parameters: route.method === 'POST' ? [...path, body] : path,
    responses: {
      '200': { description: 'successful operation' },
      '401': {
        description: 'Unauthorized',
        'x-inin-error-codes': { 'bad.credentials': 'Invalid login credentials.' },
      },
      ...(route.needsUser === true
        ? {
            '400': {
              description: 'Bad Request',
              'x-inin-error-codes': {
                'not.a.user':
                  'This request requires a user context. Client credentials cannot be used for requests to this resource.',
              },
            },
          }
        : {}),
    },
    security: [{ 'PureCloud OAuth': route.scopes.toReversed() }],
    ...(route.rule.type === 'none'
      ? {}
      : { 'x-inin-requires-permissions': { type: route.rule.type, permissions: route.rule.permissions } }),
  };
}

/** @returns 304 where `If-None-Match` names the document as it is */
export function swagger(asked: Asked, world: World<GenesysOrg>, routes: readonly Route[]): Answer {
  const paths: { [template: string]: { [method: string]: Json } } = {};
  for (const route of routes) (paths[route.template] ??= {})[route.method.toLowerCase()] = operation(route);
  const host = new URL(world.urls.api).host;
  const text = JSON.stringify({
    swagger: '2.0',
    info: { title: 'Genesys Cloud Platform API', version: 'v2' },
    host,
    basePath: '/',
    schemes: ['http'],
    securityDefinitions: {
      'PureCloud OAuth': {
        type: 'oauth2',
        flow: 'implicit',
        authorizationUrl: `${world.urls.login}/oauth/authorize`,
        scopes: { all: 'All the scopes' },
      },
    },
    paths,
  });
  const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`;
  if (asked.headers['if-none-match'] === etag)
    return { status: 304, headers: { etag }, body: { kind: 'none' } };
  return { status: 200, headers: { etag }, body: { kind: 'text', type: 'application/json', text } };
}
