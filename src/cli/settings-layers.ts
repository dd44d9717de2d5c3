/** Where settings come from, in order: flags, profile, WHY403_ variables, GENESYSCLOUD_ variables, config file. */
import { Failure } from '../core/index.ts';
import type { FileSettings } from '../io/settings-files.ts';
import { single, type SettingsArgs } from './settings-options.ts';

export interface Given {
  readonly value: string;
  /** The flag, variable or key, fit to show. */
  readonly from: string;
}

export interface Layer {
  readonly kind: 'flags' | 'profile' | 'why403' | 'genesyscloud' | 'file';
  /** For messages: `the flags`, `profile acme in …`. */
  readonly label: string;
  readonly given: ReadonlyMap<string, Given>;
}

/** Settings by flag name that have a variable of the same name; the contract's table lists them. */
export const VARIABLES: readonly string[] = [
  'region',
  'client-id',
  'client-secret',
  'client-secret-file',
  'client-secret-command',
  'authorization',
  'access-token',
  'login-url',
  'api-url',
  'provider',
  'issuer',
  'token-url',
  'introspection-url',
  'client-auth',
  'openapi',
  'scope',
  'client-cert-file',
  'client-key-file',
];

export const GENESYSCLOUD: readonly (readonly [string, string])[] = [
  ['region', 'GENESYSCLOUD_REGION'],
  ['client-id', 'GENESYSCLOUD_OAUTHCLIENT_ID'],
  ['client-secret', 'GENESYSCLOUD_OAUTHCLIENT_SECRET'],
  ['access-token', 'GENESYSCLOUD_ACCESS_TOKEN'],
];

/** `client-id` → `WHY403_CLIENT_ID`. */
export function variableOf(name: string): string {
  return `WHY403_${name.toUpperCase().replaceAll('-', '_')}`;
}

type Env = { readonly [name: string]: string | undefined };

export function flagLayer(args: SettingsArgs): Layer {
  if (args.clientSecret !== undefined) {
    throw new Failure(
      'usage',
      '--client-secret would show the secret to everybody who lists the processes of this machine',
      "--client-secret-file FILE, --client-secret-stdin or --client-secret-command 'CMD'; and renew a secret that stood in a command line",
    );
  }
  const given = new Map<string, Given>();
  const plain: readonly (readonly [string, string | undefined])[] = [
    ['region', args.region],
    ['client-secret-file', args.clientSecretFile],
    ['client-secret-command', args.clientSecretCommand],
    ['authorization-file', args.authorizationFile],
    ['login-url', args.loginUrl],
    ['api-url', args.apiUrl],
    ['provider', args.provider],
    ['issuer', args.issuer],
    ['token-url', args.tokenUrl],
    ['introspection-url', args.introspectionUrl],
    ['client-auth', args.clientAuth],
    ['openapi', args.openapi],
    ['scope', args.scope],
    ['proxy', args.proxy],
    ['ca-file', args.caFile],
    ['client-cert-file', args.clientCertFile],
    ['client-key-file', args.clientKeyFile],
    ['timeout', args.timeout],
    ['deadline', args.deadline],
  ];
  for (const [name, value] of plain) {
    const text = single(value, `--${name}`);
    if (text !== undefined) given.set(name, { value: text, from: `--${name}` });
  }
  // An empty id is a finding of its own, not a slip of the command line.
  const id = single(args.clientId, '--client-id', true);
  if (id !== undefined) given.set('client-id', { value: id, from: '--client-id' });
  if (args.clientSecretStdin === true)
    given.set('client-secret-stdin', { value: '-', from: '--client-secret-stdin' });
  if (args.endpoint !== undefined) {
    const list = typeof args.endpoint === 'string' ? [args.endpoint] : args.endpoint;
    for (const one of list) single(one.trim(), '--endpoint');
    given.set('endpoint', { value: list.join('\n'), from: '--endpoint' });
  }
  return { kind: 'flags', label: 'the flags', given };
}

export function fileLayer(kind: 'profile' | 'file', { values, label }: FileSettings): Layer {
  const given = new Map([...values].map(([name, value]) => [name, { value, from: `${name} of ${label}` }]));
  return { kind, label, given };
}

/** An empty variable counts as not set. */
export function variableLayers(env: Env): Layer[] {
  const own = VARIABLES.map((name) => [name, variableOf(name)] as const);
  const layer = (
    kind: Layer['kind'],
    label: string,
    names: readonly (readonly [string, string])[],
  ): Layer => ({
    kind,
    label,
    given: new Map(
      names.flatMap(([name, variable]) => {
        const value = env[variable];
        return value ? [[name, { value, from: variable }] as const] : [];
      }),
    ),
  });
  return [
    layer('why403', 'the WHY403_ variables', own),
    layer('genesyscloud', 'the GENESYSCLOUD_ variables', GENESYSCLOUD),
  ];
}

/** The first layer's value, and what later layers gave in vain. */
export function choose(layers: readonly Layer[], name: string): { chosen?: Given; ignored: Given[] } {
  const [chosen, ...ignored] = layers.flatMap(({ given }) => given.get(name) ?? []);
  return { ...(chosen ? { chosen } : {}), ignored };
}
