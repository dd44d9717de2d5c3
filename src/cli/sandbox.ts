/** `why403 sandbox`: serves a simulated org on this machine until it is interrupted. */
import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { Failure, visibleLine } from '../core/index.ts';
import { readGiven, whyUnread } from '../io/given-file.ts';
import { VARIABLES } from '../sandbox/environment.ts';
import type { Org } from '../sandbox/org.ts';
import { listScenarios, type ScenarioInfo } from '../sandbox/scenarios.ts';
import { builtInOrg, readOrg, startSandbox, type Sandbox } from '../sandbox/server.ts';
import type { Run, Terminal } from './terminal.ts';
import { addQuiet, addTextOrJson, wantsJson, type FormatArgs } from './text-or-json.ts';

export const usage = 'sandbox';
export const describe = `Serves a simulated org on loopback and prints its made-up client as 'export …' lines:

  why403 sandbox --scenario endpoint/missing-permission > env & sleep 1; . ./env; why403 diagnose`;

interface SandboxArgs extends FormatArgs {
  readonly org?: string;
  readonly scenario?: string;
  readonly port?: number;
  readonly list?: boolean;
  readonly quiet?: boolean;
}

export function options(yargs: Argv): Argv {
  const all = yargs
    .option('org', {
      type: 'string',
      describe: 'genesys, thread, or a file of your own (default: genesys)',
    })
    .option('scenario', { type: 'string', describe: 'what is wrong with it: a finding code (see --list)' })
    .option('port', {
      type: 'number',
      describe: 'the login host; the API host takes the next (default: any free ones)',
    })
    .option('list', { type: 'boolean', describe: "list the org's scenarios and stop" });
  return addQuiet(addTextOrJson(all), 'no hint on what to do next');
}

export const run: Run<SandboxArgs> = async (args, terminal) => {
  const asJson = wantsJson(args);
  const org = await orgOf(args.org ?? 'genesys', terminal);
  if (args.list) {
    terminal.out(asJson ? jsonList(org) : textList(org));
    return 0;
  }
  const port = portOf(args.port);
  const sandbox = await startSandbox({
    org,
    ...(port === undefined ? {} : { port }),
    ...(args.scenario === undefined ? {} : { scenario: args.scenario }),
    clock: terminal.now,
  });
  try {
    terminal.out(asJson ? jsonSandbox(sandbox) : exportLines(sandbox));
    if (!args.quiet) terminal.err(hint(sandbox));
    await interrupted(terminal.signal);
  } finally {
    await sandbox.close();
  }
  return terminal.signal.reason === 'SIGTERM' ? 143 : 130;
};

async function orgOf(name: string, terminal: Terminal): Promise<Org> {
  if (name === 'genesys' || name === 'thread') return builtInOrg(name);
  let text: string;
  try {
    text = (await readGiven(resolve(terminal.cwd, name), terminal)).toString('utf8');
  } catch (error) {
    throw new Failure(
      'config',
      `--org ${visibleLine(name)} can not be read (${whyUnread(error)})`,
      "'genesys', 'thread', or the path of an org file (docs/sandbox.md)",
    );
  }
  return readOrg(text, name);
}

function portOf(port: number | undefined): number | undefined {
  if (port === undefined) return undefined;
  if (Number.isInteger(port) && port >= 0 && port <= 65_534) return port;
  throw new Failure('usage', `--port ${port} is not a port`, 'a whole number from 1 to 65534');
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}

/** In single quotes a shell changes nothing; a quote inside is closed, escaped and opened again. */
function quoted(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

/** For `eval`: what this sandbox sets, and before it `unset` for what an earlier one may have left behind. */
function exportLines(sandbox: Sandbox): string {
  const others = VARIABLES.filter((name) => sandbox.env[name] === undefined);
  const lines = Object.entries(sandbox.env).map(([name, value]) => `export ${name}=${quoted(value)}\n`);
  return `unset ${others.join(' ')}\n${lines.join('')}`;
}

function jsonSandbox(sandbox: Sandbox): string {
  const { env, endpoints, org, scenario } = sandbox;
  return `${JSON.stringify({ schema: 1, org: org.name, world: org.world, scenario: scenario?.name ?? null, env, endpoints })}\n`;
}

function hint(sandbox: Sandbox): string {
  const what = sandbox.scenario === undefined ? 'all is well' : sandbox.scenario.about;
  const endpoints = sandbox.endpoints.map((e) => ` --endpoint ${quoted(e)}`).join('');
  return `${sandbox.org.name}: ${what}.
  Nothing here is real: the client, its secret and the numbers are made up.
  Set the lines above in another terminal, then run:  why403 diagnose${endpoints}
  Ctrl-C stops the sandbox.
`;
}

function jsonList(org: Org): string {
  const scenarios = listScenarios(org).map(({ name, about, verdict }) => ({ name, about, verdict }));
  return `${JSON.stringify({ schema: 1, org: org.name, world: org.world, scenarios }, undefined, 2)}\n`;
}

function textList(org: Org): string {
  const all: readonly ScenarioInfo[] = listScenarios(org);
  const width = Math.max(...all.map((s) => s.name.length));
  return all.map((s) => `${s.name.padEnd(width)}  ${s.about}\n`).join('');
}
