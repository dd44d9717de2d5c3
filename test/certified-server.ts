/** An authorization server that we did not write (oidc-provider, certified), and an API that checks its JWTs with jose. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, type JWK } from 'jose';
import Provider from 'oidc-provider';

export const SECRET = 'kX8vP2nR5tW9yB3eH6mQ1sD4fG7jL0zC';
/** Characters that form-encoding changes and on which a naive header breaks. */
export const AWKWARD = 'p+s %2F/w&r=d:~!*()x';

export interface CertifiedServer {
  readonly issuer: string;
  /** The API; its origin is the audience of the tokens. */
  readonly audience: string;
  close(): Promise<void>;
}

/** @returns the URL of a server on loopback, at a free port */
export async function listening(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const machine = (id: string, more: object = {}) => ({
  client_id: id,
  client_secret: SECRET,
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
  scope: 'reports:read reports:write',
  ...more,
});

const forPeople = { grant_types: ['authorization_code'], redirect_uris: ['https://app.example/callback'] };

const clients = (key: JWK): object[] => [
  machine('confidential'),
  machine('awkward', { client_secret: AWKWARD }),
  machine('reader', { scope: 'reports:read' }),
  machine('elsewhere'),
  machine('writer-only', { scope: 'reports:write' }),
  machine('by-key', {
    token_endpoint_auth_method: 'private_key_jwt',
    client_secret: undefined,
    jwks: { keys: [key] },
  }),
  { client_id: 'public', token_endpoint_auth_method: 'none', ...forPeople },
  { client_id: 'code-only', client_secret: SECRET, ...forPeople },
];

function provider(
  issuer: string,
  audience: string,
  keys: { readonly open: JWK; readonly secret: JWK },
): Provider {
  return new Provider(issuer, {
    jwks: { keys: [keys.secret] },
    clients: clients(keys.open),
    ttl: { ClientCredentials: 600 },
    cookies: { keys: ['for-tests-only'] },
    scopes: ['reports:read', 'reports:write', 'reports:admin'],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_ctx: unknown, client: { clientId: string }) =>
          client.clientId === 'elsewhere' ? 'https://other.example/' : audience,
        getResourceServerInfo: (_ctx: unknown, resource: string) => ({
          scope: 'reports:read reports:write',
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
}

type Verify = (token: string) => Promise<string[]>;

/** RFC 6750: 401 with `invalid_token`, 403 with the scope that is missing. */
async function answer(request: IncomingMessage, response: ServerResponse, scopesOf: Verify): Promise<void> {
  const refuse = (status: number, challenge: string): void => {
    response.writeHead(status, { 'www-authenticate': challenge, 'content-type': 'application/json' });
    response.end(JSON.stringify({ message: 'refused' }));
  };
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  if (scheme !== 'Bearer' || !token) return refuse(401, 'Bearer realm="reports"');
  let scopes: string[];
  try {
    scopes = await scopesOf(token);
  } catch (error) {
    const { claim = 'token' } = error as { claim?: string };
    return refuse(
      401,
      `Bearer realm="reports", error="invalid_token", error_description="unexpected ${claim}"`,
    );
  }
  const wanted = request.method === 'GET' ? 'reports:read' : 'reports:write';
  if (request.url !== '/reports') response.writeHead(404).end();
  else if (!scopes.includes(wanted)) {
    refuse(403, `Bearer realm="reports", error="insufficient_scope", scope="${wanted}"`);
  } else response.writeHead(200, { 'content-type': 'application/json' }).end('{"rows":[]}');
}

export async function startCertifiedServer(): Promise<CertifiedServer> {
  const pair = await generateKeyPair('RS256', { extractable: true });
  const about = { kid: 'k1', alg: 'RS256', use: 'sig' };
  const open = { ...(await exportJWK(pair.publicKey)), ...about };
  const secret = { ...(await exportJWK(pair.privateKey)), ...about };
  const late: { handle?: ReturnType<Provider['callback']>; scopesOf?: Verify } = {};
  const oauth = createServer((request, response) => late.handle?.(request, response));
  const api = createServer((request, response) => {
    if (late.scopesOf) void answer(request, response, late.scopesOf);
  });
  const issuer = await listening(oauth);
  const audience = await listening(api);
  const keys = createLocalJWKSet({ keys: [open] });
  late.scopesOf = async (token) => {
    const { payload } = await jwtVerify(token, keys, { issuer, audience, typ: 'at+jwt' });
    return ((payload as { scope?: string }).scope ?? '').split(' ');
  };
  late.handle = provider(issuer, audience, { open, secret }).callback();
  return {
    issuer,
    audience,
    async close() {
      for (const server of [oauth, api]) {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
    },
  };
}
