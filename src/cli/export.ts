/** `why403 export`: through the gate, then every owed hour into the archive. */
import type { Argv } from 'yargs';
import { exportGated } from '../app/export-gated.ts';
import type { GatedExport, GatedResult } from '../app/export-gated.ts';
import { ladder } from '../checks/ladder.ts';
import {
  Failure,
  HOUR_MS,
  instant,
  visibleLine,
  type GivenFlag,
  type ProviderProfile,
} from '../core/index.ts';
import { DATASETS } from '../datasets/index.ts';
import { openTokenCache } from '../io/token-cache.ts';
import { genesysApiUrl } from '../providers/genesys-records.ts';
import { aboutOf } from './about.ts';
import { addArchiveOptions, archiveOf } from './archive-options.ts';
import type { Archive, ArchiveArgs } from './archive-options.ts';
import { connect } from './connect.ts';
import { parseDuration } from './duration.ts';
import { exportJson, exportLine, exportText } from './export-text.ts';
import { heartbeatOf, sendHeartbeat } from './heartbeat.ts';
import { checkReach, parseBounds, parseBudget, parseHour } from './hours.ts';
import { emitReport } from './output.ts';
import { addSettingsOptions, explainSources, resolveSettings } from './settings.ts';
import type { LiveSettings, SettingsArgs } from './settings.ts';
import { single } from './settings-options.ts';
import type { Run, Terminal } from './terminal.ts';
import { addQuiet, addTextOrJson, wantsJson, type FormatArgs } from './text-or-json.ts';
import { VERSION } from './version.ts';

export const usage = 'export';
export const describe =
  'Checks the way in, then pulls every owed hour into the archive: finished hours that were never fetched, and the last ones again, because their numbers may still change. What is written stays whole, whatever happens.';

export interface ExportArgs extends SettingsArgs, ArchiveArgs, FormatArgs {
  readonly since?: string;
  readonly from?: string;
  readonly to?: string;
  readonly full?: boolean;
  readonly revisit?: string;
  readonly deepRevisit?: string;
  readonly acceptRemovals?: boolean;
  readonly gzip?: boolean;
  readonly lockTtl?: string;
  readonly budget?: string;
  readonly heartbeat?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export function options(yargs: Argv): Argv {
  const text = (name: string, describe: string, group = 'Hours:'): void => {
    yargs.option(name, { type: 'string', requiresArg: true, describe, group });
  };
  addArchiveOptions(addSettingsOptions(yargs));
  text('since', "the archive's start, UTC (default: 48 h before the first run)");
  text('from', 'only hours from here, UTC; every one of them is fetched again');
  text('to', 'only hours before this, UTC');
  text('revisit', 'fetch hours again that ended less than this ago (default: 6h)');
  text('deep-revisit', 'the same, once a day (default: 8d)');
  text('lock-ttl', 'how long a lock of another host is respected (default: 6h)', 'Archive:');
  text(
    'budget',
    "requests a minute at most, e.g. 60/min; 'org' asks for the organisation's own number",
    'Network:',
  );
  text(
    'heartbeat',
    'URL to ask for after a run that went well (better: WHY403_HEARTBEAT, or WHY403_HEARTBEAT_FILE)',
    'Network:',
  );
  return addQuiet(addTextOrJson(yargs))
    .option('full', { type: 'boolean', describe: 'make this the deep revisit', group: 'Hours:' })
    .option('accept-removals', {
      type: 'boolean',
      describe: 'let rows go that the API no longer shows',
      group: 'Hours:',
    })
    .option('bom', {
      type: 'boolean',
      describe: 'begin files with a byte order mark, for Excel',
      group: 'Archive:',
    })
    .option('gzip', {
      type: 'boolean',
      describe: 'compress files of months that no revisit reaches any more; they get .gz behind their name',
      group: 'Archive:',
    })
    .option('verbose', {
      alias: 'v',
      type: 'boolean',
      describe: 'say where each setting came from',
      group: 'Output:',
    });
}

export const run: Run<ExportArgs> = async (args, terminal) => {
  wantsJson(args);
  const archive = await archiveOf(args, terminal);
  const job = jobOf(args, archive, terminal.now());
  const beat = await heartbeatOf(args.heartbeat, terminal);
  const settings = await resolveSettings(args, terminal);
  const apiUrl = apiUrlOf(settings);
  const { http, live, transport } = await connect(settings, archive.dataset.needs, terminal, {
    flags: datasetFlag(archive.dataset.id),
  });
  const cache = await cacheOf(settings, live.profile.tokenUrl(settings.known) ?? apiUrl, terminal);
  const notes = [...settings.notes, ...http.notes, ...(cache?.store.notes ?? [])];
  if (args.verbose) for (const line of explainSources(settings.sources)) terminal.err(`${line}\n`);
  if (!args.quiet) for (const note of notes) terminal.err(`why403: ${note}\n`);
  const progress = await progressOf(args, terminal);
  try {
    const result = await exportGated({
      live,
      job,
      connection: transport,
      apiUrl,
      ...(settings.token && { ready: settings.token }),
      ...(cache && { cache }),
      format: archive.format,
      root: archive.root,
      lockTtlMs: durationOf(args.lockTtl, '--lock-ttl', 6 * HOUR_MS),
      ...(args.budget !== undefined && { budget: parseBudget(single(args.budget, '--budget') ?? '') }),
      ...(settings.timeoutMs !== undefined && { queryTimeoutMs: settings.timeoutMs }),
      now: terminal.now,
      signal: terminal.signal,
      onProgress: progress.show,
    });
    progress.stop();
    if (result.exit === 0) await sendHeartbeat(beat, http, terminal);
    return await print(result, args, { archive, profile: settings.provider }, terminal);
  } finally {
    progress.stop();
    http.close();
  }
};

/** Revisits may be switched off with 0. */
function durationOf(text: string | undefined, flag: string, otherwise: number): number {
  const given = single(text, flag);
  if (given === undefined) return otherwise;
  return /^0+[a-z]*$/.test(given) ? 0 : parseDuration(given, flag);
}

/** For the commands of a report: `diagnose` checks queue-hourly by itself, and a user's own dataset not at all. */
function datasetFlag(id: string): GivenFlag[] {
  return id !== 'queue-hourly' && DATASETS.includes(id) ? [{ name: 'dataset', value: id }] : [];
}

function jobOf(args: ExportArgs, { dataset, pattern }: Archive, now: Date): GatedExport['job'] {
  const start = single(args.since, '--since');
  const since = start === undefined ? undefined : parseHour(start, '--since');
  const bounds = parseBounds(single(args.from, '--from'), single(args.to, '--to'), now);
  const [moment] = Object.entries({ '--since': since, '--from': bounds.from, '--to': bounds.to })
    .filter(([, hour]) => hour !== undefined)
    .map(([flag]) => flag);
  if (dataset.kind !== undefined && moment !== undefined)
    throw new Failure(
      'usage',
      `${moment} is nothing for dataset ${dataset.id}: it tells what is true now, and has no history`,
      `leave ${moment} out`,
    );
  checkReach(since, '--since', now);
  checkReach(bounds.from, '--from', now);
  return {
    dataset,
    pattern,
    policy: {
      settleMs: durationOf(args.settle, '--settle', 600_000),
      revisitMs: durationOf(args.revisit, '--revisit', 6 * HOUR_MS),
      deepRevisitMs: durationOf(args.deepRevisit, '--deep-revisit', 8 * 24 * HOUR_MS),
      full: args.full ?? false,
      ...bounds,
    },
    ...(since !== undefined && { since }),
    acceptRemovals: args.acceptRemovals ?? false,
    ...(args.gzip && { compress: true }),
  };
}

function apiUrlOf({ known, provider }: LiveSettings): string {
  const url = provider.id === 'genesys-cloud' ? genesysApiUrl(known) : known.apiUrl;
  if (url !== undefined) return url;
  throw new Failure(
    'config',
    'no API host is set, so there is nothing to export from',
    'set --api-url or WHY403_API_URL',
  );
}

async function cacheOf(
  { credentials, known }: LiveSettings,
  loginUrl: string,
  terminal: Terminal,
): Promise<GatedExport['cache']> {
  if (!credentials) return undefined;
  const store = await openTokenCache(terminal.env);
  const { id: clientId, secret } = credentials;
  return { store, key: { loginHost: new URL(loginUrl).host, clientId, secret, scope: known.requestedScope } };
}

async function print(
  result: GatedResult,
  args: ExportArgs,
  { archive, profile }: { readonly archive: Archive; readonly profile: ProviderProfile },
  terminal: Terminal,
): Promise<number> {
  const json = wantsJson(args);
  if (result.kind === 'report') {
    const format = json ? 'json' : 'text';
    if (result.told !== undefined) terminal.err(`why403: ${visibleLine(result.told)}\n`);
    const view = {
      ladder,
      about: aboutOf(result.evidence, profile),
      generatedAt: instant(terminal.now()),
      version: VERSION,
    };
    await emitReport(result.report, { format, verbose: args.verbose ?? false }, view, terminal);
    return result.exit;
  }
  if (args.quiet) return result.exit;
  if (!terminal.stderrIsTTY) terminal.err(exportLine(result.summary));
  terminal.out(json ? exportJson(result.summary, archive.root) : exportText(result.summary, archive.root));
  return result.exit;
}

interface Progress {
  readonly show: NonNullable<GatedExport['onProgress']>;
  readonly stop: () => void;
}

/** On a terminal's stderr only. */
async function progressOf({ quiet }: ExportArgs, terminal: Terminal): Promise<Progress> {
  if (!terminal.stderrIsTTY || quiet) return { show: () => undefined, stop: () => undefined };
  const { default: ora } = await import('ora');
  const spinner = ora({ stream: process.stderr, discardStdin: false }).start('asking');
  return {
    show: ({ hours, of, rows }) => {
      spinner.text = `${hours} of ${of} hours, ${rows} rows`;
    },
    stop: () => {
      spinner.stop();
    },
  };
}
