/** `why403 schedule`: a unit for the hourly run that works as pasted; the secret stands in a file of its own. */
import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import type { Argv } from 'yargs';
import { Failure } from '../core/index.ts';
import { proxiesFor } from '../io/proxy.ts';
import { addArchiveOptions, archiveOf } from './archive-options.ts';
import { shapeWords } from './archive-shape.ts';
import type { ArchiveArgs } from './archive-options.ts';
import { HEARTBEAT_FILE } from './heartbeat.ts';
import { units } from './schedule-units.ts';
import type { Plan, Target } from './schedule-units.ts';
import { addSettingsOptions, resolveSettings } from './settings.ts';
import type { LiveSettings, SettingsArgs } from './settings.ts';
import { single } from './settings-options.ts';
import type { Run, Terminal } from './terminal.ts';

export const usage = 'schedule <target>';
export const describe =
  'Prints a ready unit for the hourly export: cron, systemd, kubernetes or github-actions. Absolute paths, the secret by reference, a minute of its own.';

interface ScheduleArgs extends SettingsArgs, ArchiveArgs {
  readonly _: readonly (string | number)[];
  readonly user?: string;
  readonly mail?: string;
  readonly minute?: number;
  readonly format?: 'text' | 'json';
  readonly json?: boolean;
}

export function options(yargs: Argv): Argv {
  return addArchiveOptions(addSettingsOptions(yargs))
    .option('user', {
      type: 'string',
      requiresArg: true,
      describe: 'who runs it: the user field of /etc/cron.d, User= of systemd',
      group: 'Schedule:',
    })
    .option('mail', {
      type: 'string',
      requiresArg: true,
      describe: 'where cron mails what goes wrong',
      group: 'Schedule:',
    })
    .option('minute', {
      type: 'number',
      describe: 'minute of the hour (default: one from 12 to 58, by host and client)',
      group: 'Schedule:',
    })
    .option('format', {
      choices: ['text', 'json'] as const,
      requiresArg: true,
      describe: 'the unit itself, or a document that holds it (default: text)',
      group: 'Output:',
    })
    .option('json', { type: 'boolean', describe: 'short for --format json', group: 'Output:' });
}

/** Hours settle for ten minutes; two more for slow clocks. */
const FIRST = 12;
const LAST = 58;

export const run: Run<ScheduleArgs> = async (args, terminal) => {
  const target = targetOf(args._.map(String));
  const settings = await resolveSettings(args, terminal);
  const archive = archiveOf(args, terminal.cwd);
  const minute = minuteOf(args.minute, settings);
  const secretFile = secretFileOf(args, terminal);
  const plan: Plan = {
    node: realpathSync(process.execPath),
    program: programPath(terminal),
    arguments: [
      'export',
      '--quiet',
      ...(args.dataset === undefined ? [] : ['--dataset', datasetArgument(args.dataset, terminal)]),
      ...(args.settle === undefined ? [] : ['--settle', args.settle]),
      ...shapeWords(args),
      '--out',
      join(archive.root, ...archive.pattern.tail.split('/')),
    ],
    root: archive.root,
    environment: environmentOf(settings, terminal, secretFile),
    hidden: hiddenOf(settings, terminal),
    secretFile,
    secretThere: existsSync(secretFile),
    heartbeat: heartbeatOf(terminal),
    minute,
    user: single(args.user, '--user'),
    mail: single(args.mail, '--mail'),
    self: userInfo().username,
  };
  const unit = units[target](plan);
  const asJson = args.json === true || args.format === 'json';
  terminal.out(
    asJson ? `${JSON.stringify({ schema: 1, tool: 'why403', target, minute, unit }, undefined, 2)}\n` : unit,
  );
  return 0;
};

function targetOf(words: readonly string[]): Target {
  const [word, ...more] = words;
  if (word !== undefined && more.length === 0 && Object.hasOwn(units, word)) return word as Target;
  const known = Object.keys(units).join(', ');
  throw new Failure(
    'usage',
    word === undefined
      ? 'no target was named'
      : more.length > 0
        ? 'one target at a time'
        : `there is no target '${word}'`,
    `one of ${known}: why403 schedule cron`,
  );
}

/** The same host and client keep their minute; others mostly have another, so that not all ask at once. */
function minuteOf(given: number | undefined, settings: LiveSettings): number {
  if (given === undefined) {
    const mark = createHash('sha256')
      .update(`${hostname()}\n${settings.credentials?.id ?? ''}`)
      .digest();
    return FIRST + (mark.readUInt32BE(0) % (LAST - FIRST + 1));
  }
  if (Number.isInteger(given) && given >= 0 && given <= 59) return given;
  throw new Failure(
    'usage',
    `--minute ${given} is no minute`,
    'a whole number from 0 to 59; 12 to 58 leaves hours time to settle',
  );
}

/** Where this program stands, for good: a copy that npx made would be gone by the next run. */
function programPath(terminal: Terminal): string {
  const path = realpathSync(process.argv[1] ?? '');
  if (/[\\/]_npx[\\/]/.test(path))
    terminal.err(
      'why403: this copy was made by npx and may vanish; install the program (npm i -g why403) and run this again.\n',
    );
  return path;
}

function datasetArgument(dataset: string, terminal: Terminal): string {
  return /\.json$/i.test(dataset) ? resolve(terminal.cwd, dataset) : dataset;
}

function secretFileOf(args: ScheduleArgs, { env, cwd }: Terminal): string {
  const given = single(args.clientSecretFile, '--client-secret-file') ?? env['WHY403_CLIENT_SECRET_FILE'];
  if (given) return resolve(cwd, given);
  return join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'why403', 'client-secret');
}

/** Where the monitor's address stands, or should: it is a secret, so a unit names its file. */
function heartbeatOf({ env, cwd }: Terminal): Plan['heartbeat'] {
  const folder = join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'why403');
  const file = env[HEARTBEAT_FILE] ? resolve(cwd, env[HEARTBEAT_FILE]) : join(folder, 'heartbeat');
  const there = existsSync(file);
  return { file, there, wanted: there || Boolean(env[HEARTBEAT_FILE] || env['WHY403_HEARTBEAT']) };
}

/** The settings as variables; no secret among them. */
function environmentOf(settings: LiveSettings, { env }: Terminal, secretFile: string): Plan['environment'] {
  const { known, provider, caFile, proxy } = settings;
  const login =
    provider.id === 'genesys-cloud' && known.tokenUrl ? new URL(known.tokenUrl).origin : undefined;
  const region = known.region?.split(' ')[0];
  const pairs: [string, string | undefined][] = [
    ['WHY403_PROVIDER', provider.id === 'genesys-cloud' ? undefined : provider.id],
    ['WHY403_REGION', region],
    ['WHY403_LOGIN_URL', region === undefined ? login : undefined],
    ['WHY403_API_URL', region === undefined ? known.apiUrl : undefined],
    ['WHY403_ISSUER', known.issuer],
    [
      'WHY403_TOKEN_URL',
      provider.id === 'genesys-cloud' || known.issuer !== undefined ? undefined : known.tokenUrl,
    ],
    ['WHY403_SCOPE', known.requestedScope],
    ['WHY403_CLIENT_AUTH', known.clientAuth === 'post' ? 'post' : undefined],
    ['WHY403_CLIENT_ID', clientIdOf(settings)],
    ['WHY403_CLIENT_SECRET_FILE', secretFile],
    ['HTTPS_PROXY', plainProxy(proxiesFor('https:', env, proxy)[0]?.value)],
    ['NO_PROXY', env['NO_PROXY'] || env['no_proxy'] || undefined],
    ['NODE_EXTRA_CA_CERTS', caFile ?? (env['NODE_EXTRA_CA_CERTS'] || undefined)],
  ];
  return pairs.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [{ name, value }]));
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

/** What is set now and can't be printed. */
function hiddenOf({ proxy }: LiveSettings, { env }: Terminal): string[] {
  const value = proxiesFor('https:', env, proxy)[0]?.value;
  return value && plainProxy(value) === undefined ? ['HTTPS_PROXY'] : [];
}

/** A proxy's URL if no password stands in it. */
function plainProxy(value: string | undefined): string | undefined {
  return value === undefined || value.includes('@') ? undefined : value;
}
