/** `--second-client…`: another client of the same owner, that may look up the first one. A pair from one source too. */
import type { Argv } from 'yargs';
import type { SecondClient } from '../app/diagnose-beside.ts';
import { clientShape, Failure, type KnownSettings, type ProviderProfile } from '../core/index.ts';
import { createTransport, type TransportOptions } from '../io/transport.ts';
import { readSettingsFiles } from '../io/settings-files.ts';
import { clientPair } from './client-pair.ts';
import { choose, fileLayer, type Layer } from './settings-layers.ts';
import { single } from './settings-options.ts';
import { originsOf } from './settings-urls.ts';
import { present, whereToAsk } from './settings-where.ts';
import type { Terminal } from './terminal.ts';

export interface SecondClientArgs {
  readonly secondClient?: string;
  readonly secondClientId?: string;
  readonly secondClientSecretFile?: string;
  readonly secondClientSecretCommand?: string;
  readonly secondClientRegion?: string;
  readonly secondClientLoginUrl?: string;
  readonly secondClientApiUrl?: string;
}

const GROUP = 'To tell causes apart:';

export function addSecondClientOptions(yargs: Argv): Argv {
  const text = (name: string, describe: string): void => {
    yargs.option(name, { type: 'string', requiresArg: true, describe, group: GROUP });
  };
  text('second-client', 'a profile whose client may read oauth/clients/{id} of the first');
  text('second-client-id', 'or its id, with');
  text('second-client-secret-file', 'its secret from a file');
  text('second-client-secret-command', 'or from what this command prints');
  text('second-client-region', 'its region, if it is another');
  text('second-client-login-url', 'its login host, likewise');
  text('second-client-api-url', 'its API host, likewise');
  return yargs;
}

/** What a setting is called as a flag, and as a variable where it has one. */
const NAMES: readonly (readonly [setting: string, arg: keyof SecondClientArgs])[] = [
  ['client-id', 'secondClientId'],
  ['client-secret-file', 'secondClientSecretFile'],
  ['client-secret-command', 'secondClientSecretCommand'],
  ['region', 'secondClientRegion'],
  ['login-url', 'secondClientLoginUrl'],
  ['api-url', 'secondClientApiUrl'],
];
const VARIABLES: readonly string[] = [
  'client-id',
  'client-secret',
  'client-secret-file',
  'client-secret-command',
  'region',
  'login-url',
  'api-url',
];
const PLACES = ['region', 'login-url', 'api-url'];

/**
 * @param first where the first client is asked; the second one's place where it names none
 * @param base how the network is reached
 * @returns undefined where no second client is named
 * @throws Failure `config` or `usage` as for the first client
 */
export async function secondClient(
  args: SecondClientArgs,
  first: { readonly provider: ProviderProfile; readonly known: KnownSettings },
  base: TransportOptions,
  terminal: Terminal,
): Promise<SecondClient | undefined> {
  const layers = await layersOf(args, terminal);
  if (layers.every(({ given }) => given.size === 0)) return undefined;
  const { provider } = first;
  if (!provider.recordAsk) {
    throw new Failure(
      'usage',
      `a second client can look up the first one at Genesys Cloud only, and the provider is ${provider.id}`,
      'leave it out',
    );
  }
  const pair = await clientPair(layers, terminal);
  for (const note of pair?.notes ?? []) terminal.err(`why403: ${note}\n`);
  if (!pair?.idFrom || pair.secret.empty) {
    throw new Failure(
      'config',
      `The second client has no ${pair?.idFrom ? 'secret' : 'id'}, so nothing was sent.`,
      '--second-client-id ID with --second-client-secret-file FILE, or --second-client PROFILE',
    );
  }
  const known = placeOf(layers, first);
  // Nothing of the first client goes along.
  const { http, timeoutMs, deadlineAt, offline, signal } = base;
  return {
    settings: known,
    client: clientShape(pair.id, pair.secret.reveal(), provider.credential.idForm, pair.source),
    transport: createTransport({
      http,
      settings: known,
      credentials: { id: pair.id, secret: pair.secret },
      formEncoded: provider.credential.formEncoded,
      idForm: provider.credential.idForm,
      allowedOrigins: originsOf(provider, known, []),
      timeoutMs,
      ...present({ deadlineAt, offline, signal }),
    }),
  };
}

function placeOf(
  layers: readonly Layer[],
  { provider, known }: { readonly provider: ProviderProfile; readonly known: KnownSettings },
): KnownSettings {
  const own = layers.some(({ given }) => PLACES.some((name) => given.has(name)));
  if (own) return whereToAsk(provider, (name) => choose(layers, name).chosen?.value);
  const { region, tokenUrl, apiUrl } = known;
  return present({ region, tokenUrl, apiUrl });
}

async function layersOf(args: SecondClientArgs, terminal: Terminal): Promise<Layer[]> {
  const flags = new Map(
    NAMES.flatMap(([name, arg]) => {
      const from = `--second-${name}`.replace(/^--second-(?!client)/, '--second-client-');
      const value = single(args[arg], from);
      return value === undefined ? [] : [[name, { value, from }] as const];
    }),
  );
  const variables = new Map(
    VARIABLES.flatMap((name) => {
      const from = `WHY403_SECOND_${name
        .replace(/^(?!client)/, 'client-')
        .toUpperCase()
        .replaceAll('-', '_')}`;
      const value = terminal.env[from];
      return value ? [[name, { value, from }] as const] : [];
    }),
  );
  const profile = single(args.secondClient, '--second-client');
  const file =
    profile === undefined
      ? undefined
      : (await readSettingsFiles(terminal.env, { name: profile, from: '--second-client' }, terminal.signal))
          .profile;
  for (const note of file?.notes ?? []) terminal.err(`why403: ${note}\n`);
  return [
    { kind: 'flags', label: 'the flags of the second client', given: flags },
    ...(file ? [fileLayer('profile', file)] : []),
    { kind: 'why403', label: 'the WHY403_SECOND_CLIENT_ variables', given: variables },
  ];
}
