/**
 * The login host of Genesys Cloud: `POST /oauth/token`. Errors are HTTP 400 with three fields, the last two equal;
 * a wrong secret, an unknown id and a disabled client get one and the same body (measured by users in 2025-10).
 * The client is authenticated before its grant type is looked at, so `unauthorized_client` proves id and secret.
 */
import {
  json,
  firstRefusal,
  isObject,
  parsed,
  presented,
  type Answer,
  type Asked,
  type Gate,
} from './wire.ts';
import { apiError } from './errors-genesys.ts';
import type { GenesysClient, GenesysOrg } from './org.ts';
import { opaqueToken, type World } from './world.ts';

interface Login {
  readonly asked: Asked;
  readonly org: GenesysOrg;
  readonly form: URLSearchParams;
  readonly client: GenesysClient | undefined;
  readonly secret: string | undefined;
}

function refusal(error: string, description: string): Answer {
  return json({ error, description, error_description: description }, 400, { 'cache-control': 'no-store' });
}

const AUTHENTICATION_FAILED = refusal('invalid_client', 'authentication failed');

export const tokenGates: readonly Gate<Login>[] = [
  {
    // Nobody published what Genesys answers to a JSON body; this text is the sandbox's own.
    name: 'form',
    refuse: ({ asked, form }) =>
      form.has('grant_type') || !isObject(parsed(asked.body))
        ? undefined
        : refusal('invalid_request', 'sandbox: the body is JSON, and a form was expected'),
  },
  { name: 'client', refuse: ({ client }) => (client === undefined ? AUTHENTICATION_FAILED : undefined) },
  {
    name: 'state',
    refuse: ({ client }) => (client?.state === 'active' ? undefined : AUTHENTICATION_FAILED),
  },
  {
    name: 'secret',
    refuse: ({ client, secret }) => (client?.secret === secret ? undefined : AUTHENTICATION_FAILED),
  },
  {
    // Unpublished as well: what a missing or unknown grant_type is answered with.
    name: 'grant_type',
    refuse: ({ form }) => {
      const type = form.get('grant_type');
      if (type === null || type === '') return refusal('invalid_request', 'sandbox: grant_type is missing');
      return type === 'client_credentials'
        ? undefined
        : refusal('unsupported_grant_type', 'sandbox: only client_credentials is simulated');
    },
  },
  {
    name: 'allowed grant',
    refuse: ({ client }) =>
      client?.grantType === 'CLIENT-CREDENTIALS'
        ? undefined
        : refusal('unauthorized_client', 'client is not authorized to use the client_credential grant type'),
  },
];

/** RFC 8414 metadata as captured from the real login host, with this sandbox's addresses. */
function metadata(url: string): Answer {
  return json({
    issuer: url,
    authorization_endpoint: `${url}/oauth/authorize`,
    token_endpoint: `${url}/oauth/token`,
    grant_types_supported: [
      'authorization_code',
      'client_credentials',
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:saml2-bearer',
    ],
    response_types_supported: ['code'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
  });
}

export function answerLogin(asked: Asked, world: World<GenesysOrg>): Answer {
  if (asked.method === 'GET' && asked.path === '/.well-known/oauth-authorization-server') {
    return metadata(world.urls.login);
  }
  if (asked.method !== 'POST' || asked.path !== '/oauth/token') {
    return apiError(404, 'not found', 'HTTP 404 Not Found');
  }
  const form = new URLSearchParams(asked.body);
  // Working code in the field puts the grant type into the query string.
  if (!form.has('grant_type')) {
    for (const [name, value] of asked.query) form.append(name, value);
  }
  const { id, secret } = presented(asked, form, false);
  const { org } = world;
  const client = org.clients.find((c) => c.id === id);
  const refused = firstRefusal(tokenGates, { asked, org, form, client, secret });
  if (refused !== undefined || client === undefined) return refused ?? AUTHENTICATION_FAILED;
  const token = opaqueToken();
  const now = world.clock().getTime();
  const { tokenSeconds } = client;
  world.tokens.set(token, {
    clientId: client.id,
    issuedAt: now,
    expiresAt: now + tokenSeconds * 1000,
    scopes: client.scopes,
  });
  world.counters.tokens += 1;
  return json({ access_token: token, token_type: 'bearer', expires_in: tokenSeconds - 1 }, 200, {
    'cache-control': 'no-store',
    pragma: 'no-cache',
  });
}
