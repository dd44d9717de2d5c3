/** A route of the simulated Genesys API, as one row: who may call it, and what it answers. */
import type { Json } from '../core/index.ts';
import type { GenesysClient, GenesysOrg } from './org.ts';
import { json, type Answer, type Asked } from './wire.ts';
import type { Token, World } from './world.ts';

export interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST';
  /** `/api/v2/routing/queues/{queueId}` */
  readonly template: string;
  readonly about: string;
  readonly rule: { readonly type: 'ANY' | 'ALL' | 'none'; readonly permissions: readonly string[] };
  readonly scopes: readonly string[];
  /** What it shows depends on the divisions in which the permission is held. */
  readonly divisionAware: boolean;
  readonly needsUser?: boolean;
  /** The division of the one object that the path names; `undefined` if there is no such object. */
  division?(params: Params, org: GenesysOrg): string | undefined;
  answer(call: Call): Answer;
}

export type Params = { readonly [name: string]: string };

/** A call that got as far as its route. */
export interface Call {
  readonly asked: Asked;
  readonly world: World<GenesysOrg>;
  readonly org: GenesysOrg;
  readonly route: Route;
  readonly params: Params;
  readonly client: GenesysClient;
  readonly token: Token;
}

export const FREE: Route['rule'] = { type: 'none', permissions: [] };

export function any(...permissions: string[]): Route['rule'] {
  return { type: 'ANY', permissions };
}

export function all(...permissions: string[]): Route['rule'] {
  return { type: 'ALL', permissions };
}

/** `analytics` → the read-only scope and the full one, in the order in which refusals name them. */
export function readScopes(name: string): string[] {
  return [`${name}:readonly`, name];
}

/** The parameters of a path that a template fits, else `undefined`. */
export function match(template: string, path: string): Params | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: { [name: string]: string } = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i] ?? '';
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined ? part !== value : value === '') return undefined;
    if (name !== undefined) params[name] = value;
  }
  return params;
}

/** The route for a request: a template without parameters goes before one with (`/users/me`, `/users/{userId}`). */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; params: Params } | undefined {
  let found: { route: Route; params: Params } | undefined;
  for (const route of routes) {
    const params = route.method === method ? match(route.template, path) : undefined;
    if (params === undefined) continue;
    if (Object.keys(params).length === 0) return { route, params };
    found ??= { route, params };
  }
  return found;
}

/** One page of a listing: `pageSize` (25, at most `most`) and `pageNumber` from the query. */
export function paged(asked: Asked, entities: readonly Json[], most = 500): Answer {
  const number = (name: string, fallback: number): number => {
    const value = Number(asked.query.get(name) ?? fallback);
    return Number.isInteger(value) && value > 0 ? value : fallback;
  };
  const pageSize = Math.min(number('pageSize', 25), most);
  const pageNumber = number('pageNumber', 1);
  const pageCount = Math.ceil(entities.length / pageSize);
  const uri = (page: number): string => {
    const query = new URLSearchParams(asked.query);
    query.set('pageSize', String(pageSize));
    query.set('pageNumber', String(page));
    return `${asked.path}?${query.toString()}`;
  };
  return json({
    entities: entities.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
    pageSize,
    pageNumber,
    total: entities.length,
    firstUri: uri(1),
    lastUri: uri(Math.max(1, pageCount)),
    selfUri: uri(pageNumber),
    ...(pageNumber < pageCount ? { nextUri: uri(pageNumber + 1) } : {}),
    ...(pageNumber > 1 ? { previousUri: uri(pageNumber - 1) } : {}),
    pageCount,
  });
}
