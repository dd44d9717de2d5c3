/** The flags of the contract's settings table, shared by every command that talks to an org. */
import type { Argv } from 'yargs';
import { Failure } from '../core/index.ts';

/** As yargs gives them; a flag that stands twice comes as a list. */
export interface SettingsArgs {
  readonly region?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly clientSecretFile?: string;
  readonly clientSecretStdin?: boolean;
  readonly clientSecretCommand?: string;
  readonly authorizationFile?: string;
  readonly loginUrl?: string;
  readonly apiUrl?: string;
  readonly provider?: string;
  readonly issuer?: string;
  readonly tokenUrl?: string;
  readonly introspectionUrl?: string;
  readonly clientAuth?: string;
  readonly openapi?: string;
  readonly scope?: string;
  readonly endpoint?: string | readonly string[];
  readonly profile?: string;
  readonly proxy?: string;
  readonly caFile?: string;
  readonly clientCertFile?: string;
  readonly clientKeyFile?: string;
  readonly timeout?: string;
  readonly deadline?: string;
}

const WHERE = 'Where:';
const WHO = 'Who:';
const GENERIC = 'Other providers:';
const NETWORK = 'Network:';

/** Adds the flags; each also has its variable (`why403 help environment`). */
export function addSettingsOptions(yargs: Argv): Argv {
  const text = (name: string, describe: string, group: string): void => {
    yargs.option(name, { type: 'string', requiresArg: true, describe, group });
  };
  text('region', 'AWS name or domain, e.g. eu-central-1 or mypurecloud.de', WHERE);
  text('login-url', 'login host, for gateways, sandboxes and newer regions', WHERE);
  text('api-url', 'API host, likewise', WHERE);
  yargs.option('endpoint', {
    type: 'string',
    requiresArg: true,
    describe: "'METHOD PATH' to check; repeatable (default: what the export needs)",
    group: WHERE,
  });
  yargs.option('client-id', {
    type: 'string',
    requiresArg: true,
    describe: 'the id of the OAuth client',
    group: WHO,
  });
  text('client-secret-file', 'read the secret from a file', WHO);
  yargs.option('client-secret-stdin', {
    type: 'boolean',
    describe: 'read the secret from standard input',
    group: WHO,
  });
  text('client-secret-command', 'what this command prints is the secret', WHO);
  yargs.option('client-secret', { type: 'string', hidden: true });
  text('authorization-file', 'an Authorization header to check instead of building one', WHO);
  text('scope', "scopes to ask for, 'a b'", WHO);
  yargs.option('profile', {
    alias: 'p',
    type: 'string',
    requiresArg: true,
    describe: 'a section of config.toml, or a profile of the gc CLI',
    group: WHO,
  });
  text('provider', 'genesys-cloud (default) or generic', GENERIC);
  text('issuer', 'issuer to discover the endpoints from (RFC 8414, OIDC)', GENERIC);
  text('token-url', 'token endpoint, instead of an issuer', GENERIC);
  text('introspection-url', 'introspection endpoint (RFC 7662)', GENERIC);
  text('client-auth', 'basic (default) or post', GENERIC);
  text('openapi', "the API's document, FILE or URL", GENERIC);
  text('proxy', 'instead of HTTPS_PROXY and the like', NETWORK);
  text('ca-file', 'certificates to trust besides the usual ones, PEM', NETWORK);
  text('client-cert-file', 'certificate to show to a server that asks for one (mTLS), PEM', NETWORK);
  text('client-key-file', 'its private key, if it is in a file of its own', NETWORK);
  text('timeout', 'for one request (default: 10s)', NETWORK);
  text('deadline', 'for the whole run, e.g. 2m', NETWORK);
  return yargs;
}

/**
 * The one value of a flag; undefined where it was not given.
 * @throws Failure `usage` where it stands twice, or is empty although `mayBeEmpty` is not said
 */
export function single(
  value: string | readonly string[] | undefined,
  flag: string,
  mayBeEmpty = false,
): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw new Failure('usage', `${flag} stands twice`, 'give it once');
  if (value === '' && !mayBeEmpty) {
    throw new Failure(
      'usage',
      `${flag} is empty`,
      'a value, or leave the flag out; perhaps a variable in your script is not set',
    );
  }
  return value;
}
