/**
 * The thread's token endpoint, `POST /api/v2/oauth/token`. As its users tell it: what the client may ask for (allowed
 * grant types, allowed scopes) is checked before the secret, and a Public client's secret is rejected entirely.
 * Tokens are JWTs (RFC 9068) of 30 minutes.
 */
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { ThreadClient, ThreadOrg } from './org.ts';
import {
  firstRefusal,
  isObject,
  json,
  parsed,
  presented,
  type Answer,
  type Asked,
  type Gate,
  type Presented,
} from './wire.ts';
import type { World } from './world.ts';

export const TOKEN_PATH = '/api/v2/oauth/token';
/** Signs this process's tokens; nobody else ever needs it. */
const KEY = new TextEncoder().encode(randomUUID() + randomUUID());

export function threadError(
  status: number,
  code: string,
  message: string,
  headers: { [name: string]: string } = {},
): Answer {
  return json({ code, message }, status, headers);
}

interface Login {
  readonly org: ThreadOrg;
  readonly asked: Asked;
  readonly form: URLSearchParams;
  readonly shown: Presented;
  readonly client: ThreadClient | undefined;
  readonly wanted: readonly string[];
}

/** RFC 6749 §5.2: 401 with a challenge of the scheme that the client used, where it used a header. */
function invalidClient({ shown }: Login, message = 'Client authentication failed.'): Answer {
  const challenge: { [name: string]: string } =
    shown.by === 'basic' || shown.by === 'unreadable' ? { 'www-authenticate': 'Basic realm="oauth"' } : {};
  return threadError(401, 'invalid_client', message, challenge);
}

export const threadTokenGates: readonly Gate<Login>[] = [
  {
    name: 'form',
    refuse: ({ asked, form }) => {
      if (isObject(parsed(asked.body))) {
        return threadError(400, 'invalid_request', 'The body must be application/x-www-form-urlencoded.');
      }
      return form.has('grant_type')
        ? undefined
        : threadError(400, 'invalid_request', 'grant_type is missing.');
    },
  },
  {
    name: 'one authentication',
    refuse: ({ asked, form }) =>
      asked.headers.authorization !== undefined && form.has('client_secret')
        ? threadError(400, 'invalid_request', 'More than one client authentication was sent.')
        : undefined,
  },
  { name: 'client', refuse: (login) => (login.client === undefined ? invalidClient(login) : undefined) },
  {
    name: 'allowed grant types',
    refuse: ({ client, form }) => {
      const type = form.get('grant_type') ?? '';
      if (client?.allowedGrantTypes.includes(type) === true) return undefined;
      return threadError(
        400,
        'unauthorized_client',
        `The client is not allowed to use the grant type ${type}.`,
      );
    },
  },
  {
    name: 'scopes exist',
    refuse: ({ org, wanted }) => {
      const unknown = wanted.find((s) => !org.scopes.some((known) => known.name === s));
      return unknown === undefined
        ? undefined
        : threadError(400, 'invalid_scope', `The scope ${unknown} is unknown.`);
    },
  },
  {
    name: 'allowed scopes',
    refuse: ({ org, wanted, client }) => {
      const forbidden = wanted.find((s) => client?.allowedScopes.includes(s) !== true);
      return forbidden === undefined || org.forbiddenScope === 'leave-out'
        ? undefined
        : threadError(400, 'invalid_scope', `The scope ${forbidden} is not allowed for this client.`);
    },
  },
  {
    name: 'client type',
    refuse: (login) =>
      login.client?.type === 'Public' && login.shown.secret !== undefined
        ? invalidClient(login, 'The client is Public: its secret is not accepted.')
        : undefined,
  },
  {
    name: 'authentication method',
    refuse: (login) => {
      const method = login.shown.by === 'basic' ? 'client_secret_basic' : 'client_secret_post';
      return login.org.authMethods.includes(method) ? undefined : invalidClient(login);
    },
  },
  {
    name: 'secret',
    refuse: (login) => (login.client?.secret === login.shown.secret ? undefined : invalidClient(login)),
  },
  {
    name: 'authorization code',
    refuse: ({ form }) =>
      form.get('grant_type') === 'client_credentials'
        ? undefined
        : threadError(400, 'invalid_grant', 'Invalid authorization code.'),
  },
];

export interface TokenOf {
  readonly client: ThreadClient;
  readonly scopes: readonly string[];
  readonly issuedAt: number;
  readonly seconds: number;
  readonly issuer: string;
  readonly audience: string;
}

/** A signed JWT with the claims of RFC 9068 §2.2. */
export function signedToken(of: TokenOf): Promise<string> {
  const iat = Math.floor(of.issuedAt / 1000);
  return new SignJWT({ client_id: of.client.id, scope: of.scopes.join(' ') })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .setIssuer(of.issuer)
    .setSubject(of.client.id)
    .setAudience(of.audience)
    .setIssuedAt(iat)
    .setExpirationTime(iat + of.seconds)
    .setJti(randomUUID())
    .sign(KEY);
}

/** Makes a token and remembers it; `shift` moves its birth, so that one can be born expired. */
export async function mint(
  world: World<ThreadOrg>,
  client: ThreadClient,
  scopes: readonly string[],
  shift = 0,
): Promise<string> {
  const issuedAt = world.clock().getTime() + shift;
  const seconds = client.tokenMinutes * 60;
  const audience = client.audience ?? world.org.audience;
  const token = await signedToken({ client, scopes, issuedAt, seconds, issuer: world.urls.api, audience });
  const expiresAt = issuedAt + seconds * 1000;
  world.tokens.set(token, { clientId: client.id, issuedAt, expiresAt, scopes, audience });
  return token;
}

export async function answerThreadToken(asked: Asked, world: World<ThreadOrg>): Promise<Answer> {
  const form = new URLSearchParams(asked.body);
  const { org } = world;
  const shown = presented(asked, form, org.formEncodedBasic);
  const client = org.clients.find((c) => c.id === shown.id);
  const wanted = (form.get('scope') ?? '').split(' ').filter((s) => s !== '');
  const login: Login = { org, asked, form, shown, client, wanted };
  const refused = firstRefusal(threadTokenGates, login);
  if (refused !== undefined || client === undefined) return refused ?? invalidClient(login);
  const scopes = wanted.filter((s) => client.allowedScopes.includes(s));
  const token = await mint(world, client, scopes);
  world.counters.tokens += 1;
  return json(
    {
      access_token: token,
      token_type: 'Bearer',
      expires_in: client.tokenMinutes * 60,
      // RFC 6749 §5.1: required where it differs from what was asked for.
      ...(scopes.length === wanted.length ? {} : { scope: scopes.join(' ') }),
    },
    200,
    { 'cache-control': 'no-store', pragma: 'no-cache' },
  );
}

/** RFC 8414 metadata. */
export function threadMetadata(world: World<ThreadOrg>): Answer {
  const issuer = world.urls.api;
  return json({
    issuer,
    token_endpoint: `${issuer}${TOKEN_PATH}`,
    grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
    response_types_supported: ['code'],
    token_endpoint_auth_methods_supported: world.org.authMethods,
    scopes_supported: world.org.scopes.map((s) => s.name),
  });
}
