/** `why403 init`: asks for what is missing, tests it live, and writes a profile or prints references. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Argv } from 'yargs';
import { diagnoseLive, type Diagnosis } from '../app/diagnose-live.ts';
import { ladder } from '../checks/ladder.ts';
import { exitOf, Failure, instant, listed } from '../core/index.ts';
import { addProfile, PROFILE_NAME, profileFile } from '../io/profile-file.ts';
import { configFolder, profileNames } from '../io/settings-files.ts';
import { createTransport } from '../io/transport.ts';
import { formats, plain, shortReport } from '../render/index.ts';
import { aboutOf } from './about.ts';
import type { Asker } from './asker.ts';
import { connect, VERSION } from './connect.ts';
import { needsOf } from './diagnose-needs.ts';
import { historyNotes } from './history-notes.ts';
import { askMissing } from './init-questions.ts';
import { exportLine, references, settledOf, withoutVariable, type Settled } from './init-result.ts';
import { addSettingsOptions, resolveSettings, type LiveSettings } from './settings.ts';
import { gather } from './settings-gather.ts';
import { single, type SettingsArgs } from './settings-options.ts';
import type { Run, Terminal } from './terminal.ts';
import { addTextOrJson, wantsJson, type FormatArgs } from './text-or-json.ts';

export const usage = 'init';
export const describe = `Asks for what is missing, tests it live, and writes a profile (readable by you alone) if you say so; else it
prints the settings as variables that refer to the secret. Reads what gc, Terraform and the environment have.`;

interface InitArgs extends SettingsArgs, FormatArgs {
  readonly name?: string;
  readonly write?: boolean;
  readonly print?: boolean;
}

export function options(yargs: Argv): Argv {
  const all = addSettingsOptions(yargs)
    .option('name', { type: 'string', requiresArg: true, describe: 'of the profile', group: 'What:' })
    .option('write', {
      type: 'boolean',
      describe: 'write the profile without asking, the secret in it unless a file or command gives it',
      group: 'What:',
    })
    .option('print', { type: 'boolean', describe: 'write nothing, print variables', group: 'What:' });
  return addTextOrJson(all);
}

const DEADLINE_MS = 120_000;

export const run: Run<InitArgs> = async (args, terminal) => {
  if (args.write && args.print)
    throw new Failure('usage', '--write and --print contradict each other', 'give one of them');
  wantsJson(args);
  if (args.write && args.name === undefined)
    throw new Failure(
      'usage',
      '--write needs a --name for the profile',
      "e.g. --name acme; then 'why403 diagnose -p acme'",
    );
  const asker = await terminal.ask?.();
  const before = (await gather(args, terminal)).layers;
  const { args: answered, typed } = asker ? await askMissing(args, before, asker) : { args };
  const ours: Terminal =
    typed === undefined ? terminal : { ...terminal, stdin: () => Promise.resolve(Buffer.from(typed)) };
  const settings = await resolveSettings(answered, ours);
  for (const note of [...settings.notes, ...historyNotes(settings, terminal)])
    terminal.err(`why403: ${note}\n`);
  const diagnosis = await test(settings, answered, ours);
  const exit = exitOf(diagnosis.report);
  show(diagnosis, settings, exit, terminal);
  const { layers } = await gather(answered, ours);
  const settled = settledOf(layers, settings, terminal);
  if (exit !== 0 && !(asker && (await asker.confirm('Keep these settings all the same?', false)))) {
    terminal.err('why403: nothing was written; mend it, and run init again\n');
    if (wantsJson(args)) result(args, diagnosis, {}, terminal);
    return exit;
  }
  const how = await wish(args, settled, asker);
  for (const note of [...settled.withheld, ...settled.notes]) terminal.err(`why403: ${note}\n`);
  if (how === 'print') printReferences(args, diagnosis, settled, settings, terminal);
  else await write(args, diagnosis, settled, { settings, asker, withSecret: how === 'secret' }, terminal);
  return exit;
};

async function test(settings: LiveSettings, args: InitArgs, terminal: Terminal): Promise<Diagnosis> {
  const needs = await needsOf(args, settings, terminal);
  const { http, live, transport } = await connect(settings, needs, terminal, { deadlineMs: DEADLINE_MS });
  try {
    return await diagnoseLive(live, createTransport(transport));
  } finally {
    http.close();
  }
}

/** On stderr, in a line where all is well: the result of `init` is what it leaves behind. */
function show(
  { report, evidence }: Diagnosis,
  { provider }: LiveSettings,
  exit: number,
  terminal: Terminal,
): void {
  const view = {
    ladder,
    paint: plain,
    width: terminal.columns,
    about: aboutOf(evidence, provider),
    generatedAt: instant(terminal.now()),
    version: VERSION,
  };
  const text = exit === 0 ? shortReport(report, view) : formats.get('text')?.render(report, view);
  terminal.err(`${text ?? ''}\n`);
}

type Wish = 'secret' | 'reference' | 'print';

async function wish(args: InitArgs, { loose }: Settled, asker: Asker | undefined): Promise<Wish> {
  if (args.print || (!args.write && !asker)) return 'print';
  if (args.write || !asker) return loose ? 'secret' : 'reference';
  return asker.choose<Wish>('Where shall the settings go?', [
    loose
      ? { value: 'secret', label: 'a profile, the secret in it; only you can read the file' }
      : { value: 'reference', label: 'a profile that refers to the secret' },
    { value: 'print', label: 'nowhere: print them as variables' },
  ]);
}

async function write(
  args: InitArgs,
  diagnosis: Diagnosis,
  { plain: settings, reference }: Settled,
  {
    settings: live,
    asker,
    withSecret,
  }: { settings: LiveSettings; asker: Asker | undefined; withSecret: boolean },
  terminal: Terminal,
): Promise<void> {
  const file = profileFile(terminal.env);
  if (file === undefined)
    throw new Failure('config', 'There is no home to write a profile in.', 'HOME, or --print');
  const name = single(args.name, '--name') ?? (await askName(asker, terminal));
  const whole = new Map(settings);
  if (reference) whole.set(reference.name, reference.value);
  else if (withSecret && live.credentials) whole.set('client-secret', live.credentials.secret.reveal());
  await addProfile(file, name, whole);
  if (wantsJson(args)) return result(args, diagnosis, { profile: { name, file } }, terminal);
  terminal.out(
    `Profile ${name} is in ${file}; only you can read it. Try it:\n\n  why403 diagnose -p ${name}\n`,
  );
}

async function askName(asker: Asker | undefined, terminal: Terminal): Promise<string> {
  const taken = await profileNames(terminal.env, terminal.signal);
  const name = await asker?.text(
    'A name for the profile',
    taken.includes('default') ? undefined : 'default',
    (answer) =>
      !PROFILE_NAME.test(answer)
        ? 'letters, digits, - and _'
        : taken.includes(answer)
          ? 'there is a profile of that name'
          : undefined,
  );
  return name ?? 'default';
}

function printReferences(
  args: InitArgs,
  diagnosis: Diagnosis,
  settled: Settled,
  settings: LiveSettings,
  terminal: Terminal,
): void {
  const secretFile = join(configFolder(terminal.env) ?? '/etc/why403', 'client-secret');
  const lines = references(settled, settings, secretFile);
  if (wantsJson(args)) return result(args, diagnosis, { environment: Object.fromEntries(lines) }, terminal);
  terminal.out(`${lines.map(exportLine).join('\n')}\n`);
  const flags = withoutVariable(settled).map((name) => `--${name}`);
  if (flags.length > 0)
    terminal.err(`why403: no variable holds ${listed(flags)}: a flag does, or a profile\n`);
  if (settled.loose && !existsSync(secretFile)) {
    terminal.err(
      `why403: put the secret into ${secretFile}, readable by you alone:  (umask 077; mkdir -p '${join(secretFile, '..')}' && cat > '${secretFile}')\n`,
    );
  }
}

function result(_args: InitArgs, { report }: Diagnosis, more: object, terminal: Terminal): void {
  const { verdict, provider } = report;
  terminal.out(`${JSON.stringify({ schema: 1, tool: 'why403', provider, verdict, ...more }, null, 2)}\n`);
}
