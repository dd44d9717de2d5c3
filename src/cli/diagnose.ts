/** `why403 diagnose`: climbs the ladder against a live org, or judges a recording again. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { genesysCatalogue } from '../app/catalogue.ts';
import { diagnoseAgain, diagnoseLive, type Diagnosis, type LiveCase } from '../app/diagnose-live.ts';
import { recordedCatalogue, withCatalogue } from '../app/recorded-catalogue.ts';
import { ladder } from '../checks/ladder.ts';
import {
  Failure,
  instant,
  type EndpointNeed,
  type Json,
  type ProviderProfile,
  type StageId,
} from '../core/index.ts';
import { bundledDataset, DATASETS } from '../datasets/index.ts';
import { secretNamed } from '../io/allowed.ts';
import { recordEvidence, replayEvidence } from '../io/evidence-file.ts';
import { createTransport } from '../io/transport.ts';
import { profileOf } from '../providers/index.ts';
import { aboutOf } from './about.ts';
import { connect, VERSION } from './connect.ts';
import { endpointsOf } from './endpoint-words.ts';
import { addOutputOptions, emitReport, formatOf, type OutputArgs } from './output.ts';
import { addSettingsOptions, explainSources, resolveSettings, type SettingsArgs } from './settings.ts';
import { single } from './settings-options.ts';
import type { Run, Terminal } from './terminal.ts';

export const usage = 'diagnose';
export const describe =
  'Climbs the ladder of checks against a live org, stops at the first block, and says who must do what.';

interface DiagnoseArgs extends SettingsArgs, OutputArgs {
  readonly offline?: boolean;
  readonly record?: string;
  readonly replay?: string;
  readonly send?: boolean;
  readonly body?: string;
  readonly dataset?: string;
}

export function options(yargs: Argv): Argv {
  return addOutputOptions(addSettingsOptions(yargs))
    .option('dataset', {
      choices: DATASETS,
      describe: 'check what this export needs (default: queue-hourly)',
      group: 'Where:',
    })
    .option('send', {
      type: 'boolean',
      describe: 'send the endpoint even if that could change something',
      group: 'How:',
    })
    .option('body', {
      type: 'string',
      requiresArg: true,
      describe: 'a JSON FILE to send with --send',
      group: 'How:',
    })
    .option('offline', {
      type: 'boolean',
      describe: 'only what can be judged without asking anybody',
      group: 'How:',
    })
    .option('record', {
      type: 'string',
      requiresArg: true,
      describe: 'write what was seen to DIR; safe to paste',
      group: 'How:',
    })
    .option('replay', {
      type: 'string',
      requiresArg: true,
      describe: 'judge what --record wrote to DIR',
      group: 'How:',
    });
}

const DEADLINE_MS = 120_000;

export const run: Run<DiagnoseArgs> = async (args, terminal) => {
  formatOf(args);
  const { evidence, report } = await (args.replay === undefined
    ? live(args, terminal)
    : replay(args, terminal));
  const profile = profileOf(evidence.provider);
  return emitReport(
    report,
    args,
    {
      ladder,
      ...(profile && { about: aboutOf(evidence, profile) }),
      generatedAt: instant(terminal.now()),
      version: VERSION,
    },
    terminal,
  );
};

async function live(args: DiagnoseArgs, terminal: Terminal): Promise<Diagnosis> {
  const settings = await resolveSettings(args, terminal);
  if (args.verbose) for (const line of explainSources(settings.sources)) terminal.err(`${line}\n`);
  for (const note of settings.notes) terminal.err(`why403: ${note}\n`);
  const needs = needsOf(args, settings.endpoints, settings.provider, terminal);
  const offline = args.offline === true;
  const {
    http,
    live: known,
    transport,
  } = await connect(settings, needs, terminal, {
    deadlineMs: DEADLINE_MS,
    offline,
  });
  for (const note of http.notes) terminal.err(`why403: ${note}\n`);
  const spinner = await spinnerOf(args, terminal);
  try {
    const diagnosis = await diagnoseLive(known, createTransport(transport), {
      offline,
      onStage: spinner.show,
    });
    if (args.record !== undefined) await record(args.record, diagnosis, known, terminal);
    return diagnosis;
  } finally {
    spinner.stop();
    http.close();
  }
}

async function record(
  folder: string,
  { evidence }: Diagnosis,
  live: LiveCase,
  terminal: Terminal,
): Promise<void> {
  const path = await recordEvidence(resolve(terminal.cwd, folder), withCatalogue(evidence, live.catalogue));
  terminal.err(`why403: recorded in ${path}\n`);
}

async function replay(args: DiagnoseArgs, terminal: Terminal): Promise<Diagnosis> {
  const evidence = await replayEvidence(resolve(terminal.cwd, single(args.replay, '--replay') ?? ''));
  const profile = profileOf(evidence.provider);
  if (!profile) {
    throw new Failure(
      'config',
      `the recording is of the provider '${evidence.provider}', which is not known here`,
      'a newer why403 may know it',
    );
  }
  return diagnoseAgain(evidence, profile, recordedCatalogue(evidence) ?? genesysCatalogue(terminal.env));
}

/** The endpoints that the user named, else what the dataset needs. */
function needsOf(
  args: DiagnoseArgs,
  endpoints: readonly string[],
  provider: ProviderProfile,
  terminal: Terminal,
): readonly EndpointNeed[] {
  if (args.body !== undefined && !args.send) {
    throw new Failure('usage', '--body is only used with --send', 'give both, or neither');
  }
  if (endpoints.length > 0) {
    const json = args.body === undefined ? undefined : bodyOf(resolve(terminal.cwd, args.body));
    return endpointsOf(endpoints).map((need) => ({
      ...withoutSecrets(need),
      ...(args.send && { send: true }),
      ...(json !== undefined && { json }),
    }));
  }
  // The bundled datasets are Genesys Cloud's, but for what the user asks for by name.
  if (args.dataset === undefined && provider.access !== 'roles') return [];
  return bundledDataset(args.dataset ?? 'queue-hourly')?.needs ?? [];
}

/** The report names each endpoint as it was given, so nothing secret may stand in it. */
function withoutSecrets(need: EndpointNeed): EndpointNeed {
  const url = new URL(need.path, 'https://api.invalid');
  const secret = [...url.searchParams.keys()].find(secretNamed);
  if (secret === undefined && url.username === '' && url.password === '') return need;
  throw new Failure(
    'usage',
    `the endpoint ${need.method} ${url.pathname} holds ${secret === undefined ? 'user info' : `the parameter '${secret}'`}, which is a secret`,
    'leave it out: the token is sent in the Authorization header',
  );
}

function bodyOf(file: string): Json {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Json;
  } catch (error) {
    const why =
      error instanceof SyntaxError
        ? 'it is not JSON'
        : ((error as NodeJS.ErrnoException).code ?? 'unknown error');
    throw new Failure('usage', `--body ${file} can not be used: ${why}`, 'a file that holds one JSON value');
  }
}

interface Spinner {
  readonly show: (stage: StageId) => void;
  readonly stop: () => void;
}

/** On a terminal's stderr only; elsewhere nothing moves. */
async function spinnerOf({ quiet }: DiagnoseArgs, terminal: Terminal): Promise<Spinner> {
  if (!terminal.stderrIsTTY || quiet) return { show: () => undefined, stop: () => undefined };
  const { default: ora } = await import('ora');
  const spinner = ora({ stream: process.stderr, discardStdin: false });
  return {
    show: (id) => {
      spinner.start(ladder.find((stage) => stage.id === id)?.question);
    },
    stop: () => {
      spinner.stop();
    },
  };
}
