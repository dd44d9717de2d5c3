/** What the sandbox hands to its user: the settings of `why403` as environment variables. */
import { opaqueToken, type World } from './world.ts';
import { mint, signedToken } from './login-thread.ts';
import type { AnyStage } from './stage.ts';
import type { GenesysOrg, ThreadClient, ThreadOrg } from './org.ts';

/** Every variable that a sandbox may set; those it does not set must not be left over from another one. */
export const VARIABLES: readonly string[] = [
  'WHY403_PROVIDER',
  'WHY403_LOGIN_URL',
  'WHY403_API_URL',
  'WHY403_ISSUER',
  'WHY403_TOKEN_URL',
  'WHY403_OPENAPI',
  'WHY403_CLIENT_ID',
  'WHY403_CLIENT_SECRET',
  'WHY403_CLIENT_AUTH',
  'WHY403_SCOPE',
  'WHY403_AUTHORIZATION',
  'WHY403_ACCESS_TOKEN',
];

/** A ready token as the scenario wants it. */
async function readyToken(stage: AnyStage, world: World): Promise<string> {
  const wanted = stage.exported.token;
  if (stage.org.world === 'thread') {
    const threadWorld = world as World<ThreadOrg>;
    const client = stage.client as ThreadClient;
    const scopes = (stage.exported.scope ?? '').split(' ').filter((s) => s !== '');
    if (wanted === 'foreign') {
      return signedToken({
        client,
        scopes,
        issuedAt: world.clock().getTime(),
        seconds: client.tokenMinutes * 60,
        issuer: 'https://login.test.example',
        audience: stage.org.audience,
      });
    }
    const age = wanted === 'expired' ? -2 * client.tokenMinutes * 60_000 : 0;
    const token = await mint(threadWorld, client, scopes, age);
    return wanted === 'malformed' ? `Bearer ${token}` : token;
  }
  const token = opaqueToken();
  if (wanted === 'foreign') return token;
  const { tokenSeconds, scopes } = stage.client as GenesysOrg['clients'][number];
  const lifetime = tokenSeconds * 1000;
  const issuedAt = world.clock().getTime() - (wanted === 'expired' ? 2 * lifetime : 0);
  world.tokens.set(token, { clientId: stage.client.id, issuedAt, expiresAt: issuedAt + lifetime, scopes });
  return wanted === 'malformed' ? `Bearer ${token}` : token;
}

/**
 * @param closed an address on which nobody listens
 * @returns variables by name; what is `undefined` on the stage is absent
 */
export async function environment(
  stage: AnyStage,
  world: World,
  closed: string,
): Promise<Record<string, string>> {
  const { exported, org } = stage;
  const { login, api } = world.urls;
  const where: Record<AnyStage['exported']['login'], string> = {
    right: login,
    'api host': api,
    'wrong path': `${login}/oauth`,
    'closed port': closed,
  };
  const said = where[exported.login];
  const env: Record<string, string | undefined> =
    org.world === 'thread'
      ? {
          WHY403_PROVIDER: 'generic',
          WHY403_ISSUER: said,
          WHY403_API_URL: api,
          WHY403_OPENAPI: `${api}/openapi.json`,
          WHY403_SCOPE: exported.scope,
          WHY403_CLIENT_AUTH: exported.clientAuth,
        }
      : { WHY403_PROVIDER: 'genesys-cloud', WHY403_LOGIN_URL: said, WHY403_API_URL: api };
  if (exported.token !== undefined) {
    env['WHY403_ACCESS_TOKEN'] = await readyToken(stage, world);
  } else {
    env['WHY403_CLIENT_ID'] = exported.id;
    env['WHY403_CLIENT_SECRET'] = exported.secret;
    env['WHY403_AUTHORIZATION'] = exported.authorization;
  }
  return Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
