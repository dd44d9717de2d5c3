/** `why403 diagnose`: climbs the ladder against a live org, or judges a recording again. */
import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { genesysCatalogue } from '../app/catalogue.ts';
import { knownOf } from '../catalogue/index.ts';
import { diagnoseAgain, diagnoseLive, type Diagnosis, type LiveCase } from '../app/diagnose-live.ts';
import { askBeside } from '../app/diagnose-beside.ts';
import { recordedCatalogue, withCatalogue } from '../app/recorded-catalogue.ts';
import { ladder } from '../checks/ladder.ts';
import { Failure, instant, visibleLine, type Catalogue, type Report, type StageId } from '../core/index.ts';
import { recordEvidence, replayEvidence } from '../io/evidence-file.ts';
import { createTransport } from '../io/transport.ts';
import { profileOf } from '../providers/index.ts';
import { aboutOf } from './about.ts';
import { accepting } from './smoke.ts';
import { connect } from './connect.ts';
import { needsOf, withEndpointsOfFile } from './diagnose-needs.ts';
import { checkLeastPrivilege, diagnoseOptions, probeLevel, type DiagnoseArgs } from './diagnose-options.ts';
import { expectationsOf } from './expectations.ts';
import { historyNotes } from './history-notes.ts';
import { leastPrivilege } from './least-privilege.ts';
import { alsoOf, emitReport, formatOf } from './output.ts';
import { repeatOf, waited, watchOn } from './repeat.ts';
import { secondClient } from './second-client.ts';
import { explainSources, resolveSettings } from './settings.ts';
import { single } from './settings-options.ts';
import { checkSnippet, emitSnippet } from './snippet.ts';
import type { Run, Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

export const usage = 'diagnose';
export const describe =
  'Climbs the ladder of checks against a live org, stops at the first block, and says who must do what.';

export const options = (yargs: Argv): Argv => diagnoseOptions(yargs);

const DEADLINE_MS = 120_000;

export const run: Run<DiagnoseArgs> = async (args, terminal) => {
  const { watch } = repeatOf(args, formatOf(args));
  alsoOf(args);
  checkSnippet(args);
  probeLevel(args);
  checkLeastPrivilege(args, formatOf(args));
  expectationsOf(args);
  if (args.replay !== undefined) return show(await replay(args, terminal), args, terminal);
  return live(await withEndpointsOfFile(args, terminal), terminal, watch);
};

type Judged = Diagnosis & { readonly catalogue: Catalogue };

function withNotes(report: Report, notes: readonly string[]): Report {
  return notes.length === 0 ? report : { ...report, notes: [...(report.notes ?? []), ...notes] };
}

async function show(
  { evidence, report, catalogue }: Judged,
  args: DiagnoseArgs,
  terminal: Terminal,
): Promise<number> {
  const profile = profileOf(evidence.provider);
  const whole: Report =
    args.leastPrivilege && profile
      ? { ...report, leastPrivilege: leastPrivilege({ evidence, profile, catalogue, mode: 'climb' }) }
      : report;
  const accepted = await accepting(whole, evidence, args, terminal);
  const view = {
    ladder,
    ...(profile && { about: aboutOf(evidence, profile) }),
    generatedAt: instant(terminal.now()),
    version: VERSION,
  };
  if (args.snippet === undefined || !profile) return emitReport(accepted, args, view, terminal);
  const scene = { evidence, profile, catalogue, mode: 'climb' } as const;
  return emitSnippet(args.snippet, accepted, scene, args, view, terminal);
}

async function live(args: DiagnoseArgs, terminal: Terminal, watch: boolean): Promise<number> {
  const settings = await resolveSettings(args, terminal);
  if (args.verbose) for (const line of explainSources(settings.sources)) terminal.err(`${line}\n`);
  for (const note of settings.notes) terminal.err(`why403: ${note}\n`);
  for (const note of historyNotes(settings, terminal)) terminal.err(`why403: ${note}\n`);
  const needs = await needsOf(args, settings, terminal);
  const offline = args.offline === true;
  const { waitMs } = repeatOf(args, formatOf(args));
  const {
    http,
    live: known,
    transport,
  } = await connect(settings, needs, terminal, {
    ...(!watch && { deadlineMs: DEADLINE_MS + (waitMs ?? 0) }),
    offline,
    flags: [
      ...(args.dataset === undefined ? [] : [{ name: 'dataset', value: args.dataset }]),
      ...(args.body === undefined ? [] : [{ name: 'body', value: args.body }]),
    ],
  });
  for (const note of http.notes) terminal.err(`why403: ${note}\n`);
  const spinner = await spinnerOf(args, terminal);
  try {
    const second = await secondClient(args, settings, transport, terminal);
    const first = createTransport(transport);
    const climbed = await diagnoseLive(known, first, { offline, onStage: spinner.show });
    spinner.stop();
    const settled =
      waitMs === undefined
        ? { diagnosis: climbed, notes: [] }
        : await waited(
            climbed,
            known,
            first,
            { waitMs, deadlineAt: transport.deadlineAt, quiet: args.quiet === true },
            terminal,
          );
    const probe = probeLevel(args);
    const diagnosis = await askBeside(settled.diagnosis, known, first, {
      ...(probe && { probe }),
      ...(second && { second }),
      announce: (line) => terminal.err(`why403: ${visibleLine(line)}\n`),
    });
    if (args.record !== undefined) await record(args.record, diagnosis, known, terminal);
    const report = withNotes(diagnosis.report, settled.notes);
    const exit = await show({ ...diagnosis, report, catalogue: known.catalogue }, args, terminal);
    if (watch) await watchOn(diagnosis, known, first, terminal);
    return exit;
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

async function replay(args: DiagnoseArgs, terminal: Terminal): Promise<Judged> {
  const evidence = await replayEvidence(resolve(terminal.cwd, single(args.replay, '--replay') ?? ''));
  const profile = profileOf(evidence.provider);
  if (!profile) {
    throw new Failure(
      'config',
      `the recording is of the provider '${evidence.provider}', which is not known here`,
      'a newer why403 may know it',
    );
  }
  const catalogue = recordedCatalogue(evidence) ?? knownOf(profile.id, genesysCatalogue(terminal.env));
  return { ...diagnoseAgain(evidence, profile, catalogue), catalogue };
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
