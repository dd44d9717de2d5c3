/**
 * An org: the simulated world that a sandbox serves, as one readable JSON file (`orgs/genesys.json`,
 * `orgs/thread.json`, or the user's own with `--org FILE`). The types here are its documentation; `org-file.ts`
 * reads and checks a file. The sandbox changes its own copy while it runs (`Sandbox.set`), so nothing is readonly.
 */

export type Media = 'voice' | 'callback' | 'chat' | 'email' | 'message';
export const MEDIA: readonly Media[] = ['voice', 'callback', 'chat', 'email', 'message'];

export interface Queue {
  id: string;
  name: string;
  /** A division's id. Worlds without divisions leave it out. */
  division?: string;
  media: Media[];
  /** Interactions offered in a busy hour, over all media. */
  busyHour: number;
}

/** Where the numbers come from: the same seed gives the same numbers for every hour, for ever. */
export interface Analytics {
  seed: string;
  /** The service-level goal, 0 to 1, e.g. 0.8. */
  target: number;
  /** The first hour that has any data, UTC; before it every answer is empty. Default: no limit. */
  since?: string;
  /** More rows than this are refused as too large (Genesys publishes no number). Default: no limit. */
  maxRows?: number;
  /** A longer interval is refused. Default: no limit (Genesys publishes no number). */
  maxDays?: number;
}

interface OrgBase {
  /** The organisation's id, a UUID. */
  id: string;
  name: string;
  queues: Queue[];
  analytics: Analytics;
  /** Addresses or CIDR ranges that may call; empty: everybody. */
  allowedAddresses: string[];
  /** Requests a minute for each token. */
  requestsPerMinute: number;
}

export interface GenesysClient {
  /** A UUID. */
  id: string;
  secret: string;
  name: string;
  grantType: 'CLIENT-CREDENTIALS' | 'CODE' | 'TOKEN' | 'SAML2-BEARER' | 'PASSWORD';
  state: 'active' | 'disabled' | 'inactive';
  /** Pairs of role id and division id. */
  roleDivisions: { role: string; division: string }[];
  /** 300 to 172,800; 86,400 if the file leaves it out. */
  tokenSeconds: number;
  /** Only looked at where the org enforces scopes. */
  scopes: string[];
}

export interface Role {
  id: string;
  name: string;
  /** `domain:entity:action`; a part may be `*`. */
  permissions: string[];
}

export interface Division {
  id: string;
  name: string;
  home: boolean;
}

export interface GenesysOrg extends OrgBase {
  world: 'genesys';
  /** As AWS names it, e.g. `eu-central-1`. */
  region: string;
  domain: string;
  clients: GenesysClient[];
  roles: Role[];
  divisions: Division[];
  /** Every permission that exists in this org: a feature it lacks lacks its permissions too. */
  permissions: string[];
  products: string[];
  features: { [name: string]: boolean };
  users: { id: string; name: string; division: string; queues: string[] }[];
  /** Access policies that refuse a permission, whoever holds it. */
  policies: { id: string; denies: string }[];
  enforceScopes: boolean;
  /** Endpoints (`METHOD /template`) whose 403 names another permission than the one they ask for. */
  misnamed: { [endpoint: string]: string };
  /** Endpoints (`METHOD /template`) of a feature that is switched off for this org. */
  disabledEndpoints: string[];
}

export interface ThreadClient {
  id: string;
  secret: string;
  name: string;
  type: 'Confidential' | 'Public';
  allowedGrantTypes: string[];
  allowedScopes: string[];
  /** The scope that the sandbox tells its user to ask for; empty: none. */
  asksFor: string;
  tokenMinutes: number;
  /** An admin has agreed that it uses this API. */
  consented: boolean;
  /** The `aud` of this client's tokens; the API's own if left out. */
  audience?: string;
}

export interface ThreadOrg extends OrgBase {
  world: 'thread';
  clients: ThreadClient[];
  /** All scopes that exist. */
  scopes: { name: string; about: string }[];
  /** Which scopes each call needs, all of them. */
  needs: {
    queueSummary: string[];
    recordings: string[];
    recordingDownload: string[];
    users: string[];
  };
  /** `client_secret_basic`, `client_secret_post`. */
  authMethods: string[];
  /** The API's own name, which a token's `aud` must hold. */
  audience: string;
  /** A scope that the client may not have: refuse the request, or leave the scope out of the token. */
  forbiddenScope: 'refuse' | 'leave-out';
  /** RFC 6749 §2.3.1: id and secret of a Basic header are form-encoded. */
  formEncodedBasic: boolean;
}

export type Org = GenesysOrg | ThreadOrg;
export type Client = GenesysClient | ThreadClient;

/** The client that the sandbox hands to its user: the first that could work, else the first. */
export function exportedClient(org: Org): Client {
  const fit: Client | undefined =
    org.world === 'genesys'
      ? org.clients.find((c) => c.grantType === 'CLIENT-CREDENTIALS' && c.state === 'active')
      : org.clients.find((c) => c.allowedGrantTypes.includes('client_credentials'));
  const client = fit ?? org.clients[0];
  if (client === undefined) throw new TypeError('an org has at least one client');
  return client;
}

/** Whether a permission as written in a role (`routing:*:view`) covers a permission as asked for. */
export function covers(held: string, wanted: string): boolean {
  const parts = held.split(':');
  return held === '*' || wanted.split(':').every((part, i) => parts[i] === part || parts[i] === '*');
}

/** The ids of the divisions in which this client holds the permission. */
export function divisionsOf(org: GenesysOrg, client: GenesysClient, permission: string): Set<string> {
  const all = org.divisions.map((d) => d.id);
  const found = new Set<string>();
  if (!org.permissions.includes(permission)) return found;
  for (const pair of client.roleDivisions) {
    const role = org.roles.find((r) => r.id === pair.role);
    if (role?.permissions.some((held) => covers(held, permission)) !== true) continue;
    for (const id of pair.division === '*' ? all : [pair.division]) found.add(id);
  }
  return found;
}
