/** What a unit has to hold: the settings of this run as variables, words and files; no secret among them. */
import { join, resolve } from 'node:path';
import { Failure, visibleLine } from '../core/index.ts';
import { secretNamed } from '../io/allowed.ts';
import { exceptionsIn, proxiesFor } from '../io/proxy.ts';
import { redactedUrl } from '../io/redact.ts';
import { Scrubber } from '../io/scrub.ts';
import { configFolder } from '../io/settings-files.ts';
import { HEARTBEAT_FILE } from './heartbeat.ts';
import { settledOf, type Settled } from './init-result.ts';
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
  const { command, remark } = commandOf(settled, settings);
  const openapi = openapiOf(plain.get('openapi'), terminal);
  const variables: [string, string | undefined][] = [
    ['WHY403_PROVIDER', provider.id === 'genesys-cloud' ? undefined : provider.id],
    ['WHY403_REGION', known.region?.split(' ')[0]],
    ...AS_VARIABLES.map((name): [string, string | undefined] => [variableOf(name), plain.get(name)]),
    ['WHY403_OPENAPI', openapi.url],
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
      ...plainFiles(settled, openapi.file, terminal),
    ],
    secretCommand: command,
    heartbeat,
    ...proxyOf(settings, terminal),
    hidden: [
      ...(settings.token ? ['The ready token'] : []),
      ...(settings.given && !plain.has('authorization-file') ? ['WHY403_AUTHORIZATION'] : []),
    ],
    remarks: [
      ...(remark === undefined ? [] : [remark]),
      ...(openapi.remark === undefined ? [] : [openapi.remark]),
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

/** The command that prints the secret, unless a secret stands in it. */
function commandOf(
  { reference }: Settled,
  { credentials }: LiveSettings,
): { command?: string | undefined; remark?: string } {
  if (reference?.name !== 'client-secret-command') return {};
  const command = reference.value;
  const known = new Scrubber().add(credentials?.secret);
  const secret = credentials?.secret.reveal() ?? '';
  // With a `$ ` in front it is no URL, so that nothing but secrets can differ.
  const shown = redactedUrl(`$ ${known.text(command)}`);
  // `PASSWORD=…`, `--token …`, `X-Vault-Token: …`; but not `--secret-id …`, and no variable.
  const named = [...command.matchAll(/(--?)?(\w[\w-]*)(\s*[=:]\s*|\s+)(?=[^\s$-])/g)].some(
    ([, dash, name = '', between = '']) =>
      (dash !== undefined || between.trim() !== '') &&
      secretNamed(name) &&
      !/(?:id|name|file|path)$/i.test(name),
  );
  const within = secret !== '' && command.includes(secret);
  if (shown === `$ ${command}` && !named && !within) return { command };
  return {
    remark:
      '--client-secret-command is not carried, because a secret seems to stand in it: put what it prints into the file, or the command into a script.',
  };
}

/** `--openapi` is a file or a URL; a URL may hold a secret. */
function openapiOf(
  given: string | undefined,
  { cwd }: Terminal,
): { readonly url?: string; readonly file?: string; readonly remark?: string } {
  if (given === undefined) return {};
  if (!/^https?:\/\//i.test(given)) return { file: resolve(cwd, given) };
  if (URL.canParse(given)) {
    const { username, password, searchParams } = new URL(given);
    if (username + password === '' && ![...searchParams.keys()].some(secretNamed)) return { url: given };
  }
  return {
    remark:
      '--openapi is not carried, because its address holds a secret: download the document, and give its file.',
  };
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
