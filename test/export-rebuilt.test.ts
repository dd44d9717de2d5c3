/** An archive whose ledger is gone tells by its rows how it was made. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtInOrg, startSandbox } from '../src/sandbox/server.ts';
import type { Sandbox } from '../src/sandbox/server.ts';
import { runCli } from './cli-run.ts';
import type { Ran } from './cli-run.ts';

const NOW = new Date('2026-11-23T10:17:00Z');
const FILE = 'queue-stats/2026-11-23.csv';
let sandbox: Sandbox;
let cwd: string;
beforeEach(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'why403-rebuilt-'));
  sandbox = await startSandbox({ org: builtInOrg('genesys'), clock: () => NOW });
});
afterEach(async () => {
  await sandbox.close();
  rmSync(cwd, { recursive: true, force: true });
});

const why403 = (...argv: string[]): Promise<Ran> =>
  runCli(['export', '--since', '2026-11-23', ...argv], {
    cwd,
    now: () => NOW,
    env: { ...sandbox.env, XDG_CACHE_HOME: join(cwd, 'cache') },
  });

describe('a lost ledger', () => {
  it.each([
    [['--tz', 'Europe/Berlin'], ['--tz', 'Asia/Kolkata'], '--tz Asia/Kolkata'],
    [[], ['--media', 'message'], '--media message'],
  ])('made with %j refuses a run with %j', async (made, asked, named) => {
    expect(await why403(...made)).toMatchObject({ exit: 0 });
    const before = readFileSync(join(cwd, FILE), 'utf8');
    rmSync(join(cwd, 'queue-stats/.why403'), { recursive: true });
    const ran = await why403(...asked);
    expect(ran).toMatchObject({ exit: 2 });
    expect(ran.stderr).toContain(named);
    expect(readFileSync(join(cwd, FILE), 'utf8')).toBe(before);
    expect(await why403(...made)).toMatchObject({ exit: 0 });
    expect(readFileSync(join(cwd, FILE), 'utf8')).toBe(before);
  });
});

describe('a ledger that somebody edited', () => {
  it.each([
    ['start', '2026-13-27T00:00:00Z'],
    ['start', '2026-02-30T00:00:00Z'],
    ['to', '2026-11-23T24:00:00Z'],
    ['from', '2026-11-23T00:30:00Z'],
  ])('to a %s of %s is refused, and not taken for one that owes nothing', async (field, hour) => {
    await why403();
    const folder = join(cwd, 'queue-stats/.why403');
    const [state = ''] = readdirSync(folder).filter((name) => name.startsWith('queue-hourly'));
    const file = join(folder, state, 'ledger.json');
    const text = readFileSync(file, 'utf8').replace(
      new RegExp(`"${field}": "[^"]*"`),
      `"${field}": "${hour}"`,
    );
    writeFileSync(file, text);
    const ran = await why403();
    expect(ran).toMatchObject({ exit: 2, stdout: '' });
    expect(ran.stderr).toContain(`"${hour}" where an hour`);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
