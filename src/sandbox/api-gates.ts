/**
 * The gates in front of every route of the simulated Genesys API. 401 comes before 403 for certain; the order among
 * the later ones is unknown, so no scenario has two of them refuse at once.
 */
import { BlockList } from 'node:net';
import { apiError, missingPermissions } from './errors-genesys.ts';
import { divisionsOf, type GenesysClient, type GenesysOrg } from './org.ts';
import type { Call } from './route.ts';
import { bearer, type Answer, type Asked, type Gate } from './wire.ts';
import type { Token, World } from './world.ts';

/** What is known before a route is looked for. */
export interface Visitor {
  readonly asked: Asked;
  readonly world: World<GenesysOrg>;
  readonly token: Token | undefined;
  readonly client: GenesysClient | undefined;
  /** Requests of this token in the current minute, and seconds until the next. */
  readonly used: { readonly count: number; readonly resetSeconds: number };
}

const badCredentials = (): Answer => apiError(401, 'bad.credentials', 'Invalid login credentials.');

/** Whether an address lies in one of the ranges; no range at all lets everybody in. */
export function allowedAddress(ranges: readonly string[], address: string): boolean {
  if (ranges.length === 0) return true;
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits] = range.split('/');
    const family = net.includes(':') ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(net, family);
    else list.addSubnet(net, Number(bits), family);
  }
  return list.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

export const doorGates: readonly Gate<Visitor>[] = [
  {
    name: 'token shown',
    refuse: ({ asked }) =>
      bearer(asked).kind === 'absent'
        ? apiError(
            401,
            'authentication.required',
            'No authentication bearer token specified in authorization header.',
          )
        : undefined,
  },
  // A token that is malformed, foreign, expired or of a disabled client: one and the same answer.
  { name: 'token known', refuse: ({ token }) => (token === undefined ? badCredentials() : undefined) },
  {
    name: 'token alive',
    refuse: ({ token, world }) =>
      token !== undefined && token.expiresAt <= world.clock().getTime() ? badCredentials() : undefined,
  },
  {
    name: 'client active',
    refuse: ({ client }) => (client?.state === 'active' ? undefined : badCredentials()),
  },
  {
    name: 'address',
    refuse: ({ asked, world }) =>
      allowedAddress(world.org.allowedAddresses, asked.address)
        ? undefined
        : apiError(
            401,
            'ip.not.authorized',
            `Requests originating from this IP address are not authorized: [${asked.address}]`,
          ),
  },
  {
    name: 'rate',
    refuse: ({ used, world }) =>
      used.count <= world.org.requestsPerMinute
        ? undefined
        : apiError(
            429,
            'too.many.requests.retry.after',
            `Rate limit exceeded the maximum. Retry the request in [${used.resetSeconds}] seconds`,
            { 'retry-after': String(used.resetSeconds) },
          ),
  },
];

function nameOf(call: Call): string {
  return `${call.route.method} ${call.route.template}`;
}

export const routeGates: readonly Gate<Call>[] = [
  {
    name: 'user context',
    refuse: ({ route }) =>
      route.needsUser === true
        ? apiError(
            400,
            'not.a.user',
            'This request requires a user context. Client credentials cannot be used for requests to this resource.',
          )
        : undefined,
  },
  {
    name: 'scope',
    refuse: ({ route, org, token }) =>
      !org.enforceScopes || route.scopes.length === 0 || route.scopes.some((s) => token.scopes.includes(s))
        ? undefined
        : apiError(
            403,
            'app.not.authorized.for.scope',
            `App not authorized to use scope [${route.scopes.join(', ')}]`,
          ),
  },
  {
    name: 'feature',
    refuse: (call) =>
      call.org.disabledEndpoints.includes(nameOf(call))
        ? apiError(403, 'feature.forbidden', 'This feature is not enabled for this organization.')
        : undefined,
  },
  {
    name: 'policy',
    refuse: ({ route, org }) => {
      const ids = org.policies.filter((p) => route.rule.permissions.includes(p.denies)).map((p) => p.id);
      return ids.length === 0
        ? undefined
        : apiError(
            403,
            'authz.policy.denied',
            `Unable to perform the requested action. Your organization's security policies have denied access. Policy ID(s): [${ids.join(', ')}]`,
          );
    },
  },
  {
    name: 'permission',
    refuse: (call) => {
      const { type, permissions } = call.route.rule;
      if (type === 'none') return undefined;
      const lacking = permissions.filter((p) => divisionsOf(call.org, call.client, p).size === 0);
      if (type === 'ANY' ? lacking.length < permissions.length : lacking.length === 0) return undefined;
      const wrong = call.org.misnamed[nameOf(call)];
      return missingPermissions(
        type,
        wrong === undefined ? (type === 'ANY' ? permissions : lacking) : [wrong],
      );
    },
  },
  {
    // Which of 403 and 404 a hidden division gets is not published; the code and its template are.
    name: 'division',
    refuse: ({ route, org, client, params }) => {
      const division = route.division?.(params, org);
      if (division === undefined) return undefined;
      const held = route.rule.permissions.filter((p) => divisionsOf(org, client, p).has(division));
      return held.length > 0
        ? undefined
        : apiError(
            403,
            'missing.division.permission',
            `Unable to perform the requested action. You are missing the following permission '${route.rule.permissions[0] ?? ''}' in the provided division(s).`,
          );
    },
  },
];
