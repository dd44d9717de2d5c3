/** `why403 schedule`: a unit for the hourly run that works as pasted; the secret stands in a file of its own. */
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Argv } from 'yargs';
import { Failure, visibleLine } from '../core/index.ts';
import { addArchiveOptions, archiveOf } from './archive-options.ts';
import { shapeWords } from './archive-shape.ts';
import type { ArchiveArgs } from './archive-options.ts';
import { githubActions, kubernetes } from './schedule-hosted.ts';
import { datasetFiles } from './schedule-files.ts';
import { carried, withoutControls } from './schedule-plan.ts';
import type { Plan } from './schedule-plan.ts';
import { cron, systemd } from './schedule-units.ts';
import { addSettingsOptions, resolveSettings } from './settings.ts';
import { gather } from './settings-gather.ts';
import type { LiveSettings, SettingsArgs } from './settings.ts';
import { single } from './settings-options.ts';
import type { Run, Terminal } from './terminal.ts';
import { addTextOrJson, wantsJson, type FormatArgs } from './text-or-json.ts';
import { VERSION } from './version.ts';

export const usage = 'schedule <target>';
export const describe =
  'Prints a ready unit for the hourly export: cron, systemd, kubernetes or github-actions. Absolute paths, the secret by reference, a minute of its own.';

interface ScheduleArgs extends SettingsArgs, ArchiveArgs, FormatArgs {
  readonly _: readonly (string | number)[];
  readonly user?: string;
  readonly mail?: string;
  readonly minute?: string;
}

export function options(yargs: Argv): Argv {
  const all = addArchiveOptions(addSettingsOptions(yargs))
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
      type: 'string',
      requiresArg: true,
      describe: 'minute of the hour (default: one from 12 to 58, by host and client)',
      group: 'Schedule:',
    });
  return addTextOrJson(all, 'the unit itself, or a document that holds it (default: text)');
}

type Target = 'cron' | 'systemd' | 'kubernetes' | 'github-actions';

const units: { readonly [T in Target]: (plan: Plan) => string } = {
  cron,
  systemd,
  kubernetes,
  'github-actions': githubActions,
};

/** Hours settle for ten minutes; two more for slow clocks. */
const FIRST = 12;
const LAST = 58;

export const run: Run<ScheduleArgs> = async (args, terminal) => {
  const asJson = wantsJson(args);
  const target = targetOf(args._.map(String));
  const settings = await resolveSettings(args, terminal);
  for (const note of settings.notes) terminal.err(`why403: ${note}\n`);
  const archive = await archiveOf(args, terminal);
  const minute = minuteOf(single(args.minute, '--minute'), settings);
  const more = carried((await gather(args, terminal)).layers, settings, terminal);
  const dataset = single(args.dataset, '--dataset');
  const declared = dataset === undefined ? [] : datasetFiles(dataset, terminal);
  const plan = withoutControls({
    node: realpathSync(process.execPath),
    program: programPath(terminal),
    ...more,
    words: [
      'export',
      '--quiet',
      ...(dataset === undefined || declared.length > 0 ? [] : ['--dataset', dataset]),
      ...(args.settle === undefined ? [] : ['--settle', args.settle]),
      ...shapeWords(args),
      ...more.words,
    ],
    files: [...more.files, ...declared],
    out: join(archive.root, ...archive.pattern.tail.split('/')),
    root: archive.root,
    tail: archive.pattern.tail,
    remarks: [...more.remarks, ...unusedBy(target, args)],
    minute,
    user: userOf(single(args.user, '--user')),
    mail: mailOf(single(args.mail, '--mail')),
    self: userInfo().username,
  });
  const unit = units[target](plan);
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
function minuteOf(given: string | undefined, settings: LiveSettings): number {
  if (given === undefined) {
    const mark = createHash('sha256')
      .update(`${hostname()}\n${settings.credentials?.id ?? ''}`)
      .digest();
    return FIRST + (mark.readUInt32BE(0) % (LAST - FIRST + 1));
  }
  if (/^[0-5]?\d$/.test(given)) return Number(given);
  throw new Failure(
    'usage',
    `--minute '${visibleLine(given)}' is no minute`,
    'a whole number from 0 to 59; 12 to 58 leaves hours time to settle',
  );
}

/** In a crontab a blank ends the name and begins the command. */
function userOf(given: string | undefined): string | undefined {
  if (given === undefined || /^[a-z_\d][\w.-]*\$?$/i.test(given)) return given;
  throw new Failure(
    'usage',
    `--user '${visibleLine(given)}' is no name of a user`,
    'a name as in /etc/passwd: letters, digits, _, . and -',
  );
}

function mailOf(given: string | undefined): string | undefined {
  if (given === undefined || !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(given)) return given;
  throw new Failure(
    'usage',
    `--mail '${visibleLine(given)}' has more than one line`,
    'an address, or several with commas between them',
  );
}

/** What was given for another target. */
function unusedBy(target: Target, { user, mail }: ScheduleArgs): string[] {
  const here = target === 'cron' || target === 'systemd';
  return [
    ...(user !== undefined && !here ? ['--user is not carried: it is for cron and systemd.'] : []),
    ...(mail !== undefined && target !== 'cron' ? ['--mail is not carried: it is for cron.'] : []),
  ];
}

/** Where this program stands, for good: a copy that npx made would be gone by the next run. */
function programPath(terminal: Terminal): string {
  const path = realpathSync(process.argv[1] ?? '');
  if (/[\\/]_npx[\\/]/.test(path))
    terminal.err(
      `why403: this copy was made by npx and may vanish; install the program (npm install --global ./why403-${VERSION}.tgz) and run this again.\n`,
    );
  return path;
}
