/** What a unit has to hold: the settings of this run as variables, words and files; no secret among them. */
import { join, resolve } from 'node:path';
import { Failure, visibleLine } from '../core/index.ts';
import { isAddress } from '../io/document-place.ts';
import { exceptionsIn, proxiesFor } from '../io/proxy.ts';
import { configFolder } from '../io/settings-files.ts';
import { HEARTBEAT_FILE } from './heartbeat.ts';
import { settledOf } from './init-result.ts';
import { heartbeatFiles, plainFiles, secretFiles, type PlanFile } from './schedule-files.ts';
import type { LiveSettings } from './settings.ts';
import { choose, variableOf, type Layer } from './settings-layers.ts';
import type { Terminal } from './terminal.ts';

export interface Plan {
  /** Absolute. */
  readonly node: string;
  readonly program: string;
  /** Of the export, without files and `--out`. */
  readonly words: readonly string[];
  readonly files: readonly PlanFile[];
  /** `root` and `tail` joined. */
  readonly out: string;
  readonly root: string;
  readonly tail: string;
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  /** Prints the client secret; it holds none itself. */
  readonly secretCommand: string | undefined;
  /** `plain` is absent where a password stands in it. */
  readonly proxy: { readonly plain?: string; readonly ofMachine: boolean } | undefined;
  readonly noProxy: string | undefined;
  /** Variables that are set now and hold a secret. */
  readonly hidden: readonly string[];
  /** What was given and can't be carried, in words. */
  readonly remarks: readonly string[];
  /** Where the address of a monitor would stand. */
  readonly heartbeat: string;
  readonly minute: number;
  readonly user: string | undefined;
  readonly mail: string | undefined;
  /** Who runs this command. */
  readonly self: string;
}

/** What the settings add to a plan. */
export type Carried = Pick<
  Plan,
  | 'files'
  | 'environment'
  | 'secretCommand'
  | 'proxy'
  | 'noProxy'
  | 'hidden'
  | 'remarks'
  | 'heartbeat'
  | 'words'
>;

/** Settings that a variable carries as they stand. The region is written as its table has it. */
const AS_VARIABLES = [
  'login-url',
  'api-url',
  'issuer',
  'token-url',
  'introspection-url',
  'client-auth',
  'scope',
] as const;
/** Settings without a variable. */
const AS_WORDS = ['timeout', 'deadline'] as const;

/**
 * @param layers the sources that `settings` were resolved from
 * @throws Failure `config` where something that may be a secret stands in the place of the client id
 */
export function carried(layers: readonly Layer[], settings: LiveSettings, terminal: Terminal): Carried {
  const settled = settledOf(layers, settings, terminal);
  const { plain } = settled;
  const { provider, known } = settings;
  const folder = configFolder(terminal.env) ?? '/etc/why403';
  const command = settled.reference?.name === 'client-secret-command' ? settled.reference.value : undefined;
  const openapi = plain.get('openapi');
  const fetched = openapi !== undefined && isAddress(openapi);
  const variables: [string, string | undefined][] = [
    ['WHY403_PROVIDER', provider.id === 'genesys-cloud' ? undefined : provider.id],
    ['WHY403_REGION', known.region?.split(' ')[0]],
    ...AS_VARIABLES.map((name): [string, string | undefined] => [variableOf(name), plain.get(name)]),
    ['WHY403_OPENAPI', fetched ? openapi : undefined],
    ['WHY403_CLIENT_ID', clientIdOf(settings)],
  ];
  const heartbeat = resolve(terminal.cwd, terminal.env[HEARTBEAT_FILE] || join(folder, 'heartbeat'));
  return {
    environment: variables.flatMap(([name, value]) => (value ? [{ name, value }] : [])),
    words: AS_WORDS.flatMap((name) => {
      const text = plain.get(name);
      return text === undefined ? [] : [`--${name}`, text];
    }),
    files: [
      ...secretFiles(settled, settings, { command, folder }, terminal),
      ...heartbeatFiles(heartbeat, terminal),
      ...plainFiles(settled, fetched ? undefined : openapi, terminal),
    ],
    secretCommand: command,
    heartbeat,
    ...proxyOf(settings, terminal),
    hidden: [
      ...(settings.token ? ['The ready token'] : []),
      ...(settings.given && !plain.has('authorization-file') ? ['WHY403_AUTHORIZATION'] : []),
    ],
    remarks: [
      ...settled.withheld,
      ...(choose(layers, 'endpoint').chosen?.from === '--endpoint'
        ? ['--endpoint is not carried: the export checks what its dataset asks for.']
        : []),
    ],
  };
}

/** @throws Failure `config` where something else stands in its place: it may be the secret, and a unit is not secret */
function clientIdOf({ credentials, client, provider }: LiveSettings): string | undefined {
  if (!credentials || credentials.id === '') return undefined;
  const fits = provider.credential.idForm === undefined || client?.id !== undefined;
  if (fits && credentials.id !== credentials.secret.reveal()) return credentials.id;
  throw new Failure(
    'config',
    `What stands in the place of the client id is none of ${provider.title}, so it is not printed.`,
    "'why403 diagnose --offline' says what is wrong with it",
  );
}

/** The way to the org, whichever variable says it; a password is not printed. */
function proxyOf({ proxy }: LiveSettings, { env }: Terminal): Pick<Plan, 'proxy' | 'noProxy'> {
  const [first] = proxiesFor('https:', env, proxy);
  return {
    proxy: first && {
      ...(!first.value.includes('@') && { plain: first.value }),
      ofMachine: first.name !== proxy?.from,
    },
    noProxy: exceptionsIn(env)?.value,
  };
}

/**
 * No unit can hold a control character: a line break would begin a line of its own.
 * @throws Failure `usage` naming the value
 */
export function withoutControls(plan: Plan): Plan {
  const values: [string, string][] = [
    ...plan.environment.map(({ name, value }): [string, string] => [name, value]),
    ...plan.files.map(({ variable, flag, path }): [string, string] => [variable ?? flag ?? '', path]),
    ...plan.words.map((word): [string, string] => ['a value', word]),
    ['--out', plan.out],
    ['the client secret command', plan.secretCommand ?? ''],
    ['the proxy', plan.proxy?.plain ?? ''],
    ['NO_PROXY', plan.noProxy ?? ''],
  ];
  const [wrong] = values.filter(([, value]) => /[\u0000-\u001f\u007f]/.test(value));
  if (wrong === undefined) return plan;
  throw new Failure(
    'usage',
    `${wrong[0]} '${visibleLine(wrong[1])}' holds a line break or another control character, which no unit can hold`,
    'a value of one line; a longer command goes into a script',
  );
}
