/** `why403 demo`: the forum thread's failure, found, fixed and exported, against the sandbox, with no set-up. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Argv } from 'yargs';
import { Failure } from '../core/index.ts';
import type { Org } from '../sandbox/org.ts';
import { builtInOrg, startSandbox, type Sandbox } from '../sandbox/server.ts';
import { paintFor } from './output.ts';
import type { Run, Terminal } from './terminal.ts';
import { addQuiet, addTextOrJson, wantsJson, type FormatArgs } from './text-or-json.ts';

export const usage = 'demo';
export const describe =
  'Plays a forum thread on a simulated org: a 403, its cause, the fix, and the hours exported to CSV.';

interface DemoArgs extends FormatArgs {
  readonly quiet?: boolean;
}

export function options(yargs: Argv): Argv {
  return addQuiet(addTextOrJson(yargs), 'print nothing when all goes well');
}

/** One command of the story, as it ended. */
interface Step {
  readonly org: Org['world'];
  readonly command: string;
  readonly exit: number;
}

/** What the story is told with. */
interface Stage {
  readonly folder: string;
  readonly terminal: Terminal;
  readonly steps: Step[];
  /** Prints to the audience. */
  readonly say: (text: string) => void;
  readonly heading: (text: string) => void;
}

const SUMMARY = 'GET /api/v2/analytics/reporting/queues/summary';
const PERMISSION = 'analytics:conversationAggregate:view';

export const run: Run<DemoArgs> = async (args, terminal) => {
  const asJson = wantsJson(args);
  const silent = asJson || args.quiet === true;
  const paint = await paintFor(terminal);
  const folder = ownFolder();
  const say = (text: string): void => {
    if (!silent) terminal.out(`${text}\n`);
  };
  const stage: Stage = {
    folder,
    terminal,
    steps: [],
    say,
    heading: (text) =>
      say(`\n${paint.bold(`── ${text} `.padEnd(Math.min(78, terminal.columns - 1), '─'))}\n`),
  };
  try {
    await threadStory(stage);
    await genesysStory(stage);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(
    '\nThat was the demo: nothing of it was real, and nothing is left of it.\n' +
      'For your own org, set WHY403_REGION, WHY403_CLIENT_ID and WHY403_CLIENT_SECRET_FILE and run: why403 diagnose',
  );
  if (asJson) terminal.out(`${JSON.stringify({ schema: 1, steps: stage.steps }, undefined, 2)}\n`);
  return 0;
};

/** @throws Failure `config` where the temporary folder can't be written to */
function ownFolder(): string {
  const place = tmpdir();
  try {
    return mkdtempSync(join(place, 'why403-demo-'));
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new Failure(
      'config',
      `The demo keeps its files in the temporary folder, and nothing can be made in ${place} (${code}).`,
      'a folder that you may write to: set TMPDIR (on Windows TEMP) to it',
    );
  }
}

/** The thread as its author tells it: the token comes, the summary answers 403. */
async function threadStory(stage: Stage): Promise<void> {
  stage.heading('1 · The thread, in a world where all that it says is true');
  stage.say(
    'A script on a Linux machine wants queue statistics every hour, as CSV. No person logs in.\n' +
      'It asks for a token with scope=analytics:reporting and gets one. Then the summary answers 403.\n',
  );
  const sandbox = await startSandbox({
    org: onlyReporting(builtInOrg('thread')),
    scenario: 'endpoint/missing-scope',
    clock: stage.terminal.now,
  });
  try {
    const env = { ...sandbox.env };
    await play(stage, sandbox, ['diagnose', '--endpoint', SUMMARY], env, 1);
    stage.say(
      'The fix, as the report asks for it: the admin adds the scope to the Allowed Scopes of the client,\n' +
        'and the script asks for it.\n\n  $ export WHY403_SCOPE=analytics:call-summary:read\n',
    );
    sandbox.set((_, client) => {
      if ('allowedScopes' in client) client.allowedScopes.push('analytics:call-summary:read');
    });
    env['WHY403_SCOPE'] = 'analytics:call-summary:read';
    await play(stage, sandbox, ['diagnose', '--endpoint', SUMMARY], env, 0);
    await play(
      stage,
      sandbox,
      ['export', '--dataset', 'queue-summary', '--out', 'thread/%Y-%m-%d.csv'],
      env,
      0,
    );
    showCsv(stage, 'thread', '4-8');
  } finally {
    await sandbox.close();
  }
}

/** The client as its author had it: one scope, and not the one that the summary needs. */
function onlyReporting(org: Org): Org {
  for (const client of org.clients) {
    if ('allowedScopes' in client) client.allowedScopes = ['analytics:reporting'];
  }
  return org;
}

/** The same wish in Genesys Cloud as it is: roles instead of scopes, another endpoint. */
async function genesysStory(stage: Stage): Promise<void> {
  stage.heading('2 · The same in Genesys Cloud as it really is');
  stage.say('The endpoint of the thread comes first. The token is fine here, too.\n');
  const sandbox = await startSandbox({
    org: builtInOrg('genesys'),
    scenario: 'endpoint/missing-permission',
    clock: stage.terminal.now,
  });
  try {
    await play(stage, sandbox, ['diagnose', '--endpoint', SUMMARY], sandbox.env, 1);
    stage.say('So the script asks the endpoint that exists. That is what the export does by default.\n');
    await play(stage, sandbox, ['diagnose'], sandbox.env, 1);
    stage.say(`The fix, as the report asks for it: an admin adds ${PERMISSION} to the role.\n`);
    sandbox.set((org, client) => {
      if (org.world !== 'genesys' || !('roleDivisions' in client)) return;
      const role = org.roles.find((r) => r.id === client.roleDivisions[0]?.role);
      role?.permissions.push(PERMISSION);
    });
    await play(stage, sandbox, ['diagnose'], sandbox.env, 0);
    await play(stage, sandbox, ['export', '--out', 'genesys/%Y-%m-%d.csv'], sandbox.env, 0);
    showCsv(stage, 'genesys', '4-8');
  } finally {
    await sandbox.close();
  }
}

/**
 * Runs a command of this program as a user would, with the sandbox's settings and an empty home.
 * @throws Failure (`internal`) where it ends otherwise than the story says
 */
async function play(
  stage: Stage,
  sandbox: Sandbox,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  expected: number,
): Promise<void> {
  const { terminal, folder, say } = stage;
  if (terminal.signal.aborted) throw new Failure('interrupted', 'the demo was interrupted');
  const command = `why403 ${argv.map(shellWord).join(' ')}`;
  say(`  $ ${command}\n`);
  let printed = '';
  const show = (text: string): void => void (printed += text);
  const { runCommand } = await import('./main.ts');
  const exit = await runCommand(argv, {
    ...terminal,
    // One after the other, as a person sees them; a spinner would only flicker.
    out: show,
    err: show,
    stderrIsTTY: false,
    cwd: folder,
    env: {
      ...env,
      HOME: folder,
      XDG_CACHE_HOME: join(folder, '.cache'),
      XDG_CONFIG_HOME: join(folder, '.config'),
    },
    stdin: () => Promise.resolve(Buffer.alloc(0)),
  });
  say(`${printed.trimEnd()}\n\n  (exit code ${exit})\n`);
  stage.steps.push({ org: sandbox.org.world, command, exit });
  if (exit === expected) return;
  if (terminal.signal.aborted) throw new Failure('interrupted', 'the demo was interrupted');
  throw new Failure(
    'internal',
    `the demo took a wrong turn: '${command}' ended with ${exit}, not ${expected}`,
  );
}

function shellWord(word: string): string {
  return /^[\w./:%=-]+$/.test(word) ? word : `'${word}'`;
}

/** The first lines of the day in the middle, which is a whole one, and of its columns those that tell most. */
function showCsv({ folder, say }: Stage, of: string, columns: string): void {
  const files = readdirSync(join(folder, of))
    .filter((name) => name.endsWith('.csv'))
    .sort();
  const file = files[Math.floor(files.length / 2)];
  if (file === undefined) throw new Failure('internal', `the demo's export left no file in ${of}`);
  const lines = readFileSync(join(folder, of, file), 'utf8')
    .trimEnd()
    .split('\n');
  const [from = 0, to = 0] = columns.split('-').map(Number);
  // No name in the built-in orgs holds a comma, so cells can be told apart as `cut` does.
  const cells = lines.slice(0, 6).map((line) => line.split(','));
  const shown = cells.map((row) => [row[0], ...row.slice(from - 1, to)].join(','));
  say(
    `  $ head -6 ${of}/${file} | cut -d, -f1,${columns}\n\n${shown.map((line) => `  ${line}`).join('\n')}\n`,
  );
  say(`  (${lines.length - 1} rows, ${cells[0]?.length ?? 0} columns)`);
}
