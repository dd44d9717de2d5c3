/** A folder of its own, a sandbox in the same time, and the command line between them, with a clock that tests may turn. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import { runCli, type Ran } from './cli-run.ts';

export interface Desk {
  readonly sandbox: Sandbox;
  readonly cwd: string;
  now: Date;
  /** The sandbox's clock, where it is another. */
  theirs?: Date;
  why403(...argv: readonly string[]): Promise<Ran>;
  /** The same with more variables. */
  run(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran>;
  /** What `status --json` says. */
  status(): Promise<Record<string, unknown>>;
  /** Every visible file of the default archive, by name. */
  files(): Record<string, string>;
  close(): Promise<void>;
}

/** At 10:17 UTC on Monday, 23 November 2026. */
export async function openDesk(): Promise<Desk> {
  const cwd = mkdtempSync(join(tmpdir(), 'why403-desk-'));
  const sandbox = await startSandbox({ org: builtInOrg('genesys'), clock: () => desk.theirs ?? desk.now });
  const own = { XDG_CACHE_HOME: join(cwd, 'cache'), XDG_CONFIG_HOME: join(cwd, 'config') };
  const desk: Desk = {
    sandbox,
    cwd,
    now: new Date('2026-11-23T10:17:00Z'),
    why403: (...argv) => desk.run(argv, {}),
    run: (argv, env) => runCli(argv, { cwd, now: () => desk.now, env: { ...sandbox.env, ...own, ...env } }),
    status: async () => JSON.parse((await desk.why403('status', '--json')).stdout) as Record<string, unknown>,
    files: () => {
      const stats = join(cwd, 'queue-stats');
      const names = readdirSync(stats).filter((name) => !name.startsWith('.'));
      return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(stats, name), 'utf8')]));
    },
    close: async () => {
      await sandbox.close();
      rmSync(cwd, { recursive: true, force: true });
    },
  };
  return desk;
}
