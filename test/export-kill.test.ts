/** The program itself, killed again and again in the middle of a backfill, while a reader looks on. */
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hourOf, HOUR_MS } from '../src/core/index.ts';
import { csvFormat } from '../src/render/rows-csv.ts';
import { bundledDataset } from '../src/datasets/index.ts';
import { builtInOrg, startSandbox } from '../src/sandbox/server.ts';
import type { Sandbox } from '../src/sandbox/server.ts';

const KILLS = 10;
const DAYS = 400;

let folder: string;
let program: string;
let sandbox: Sandbox;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'why403-kill-'));
  program = join(folder, 'main.cjs');
  await build({
    stdin: {
      contents: `import { main } from ${JSON.stringify(join(import.meta.dirname, '..', 'src', 'cli', 'main.ts'))}; void main();`,
      resolveDir: join(import.meta.dirname, '..'),
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: program,
    logLevel: 'error',
    define: { 'import.meta.url': 'IMPORT_META_URL' },
    inject: [join(import.meta.dirname, '..', 'src', 'cli', 'bundled-url.js')],
  });
  sandbox = await startSandbox({ org: builtInOrg('genesys') });
});

afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

function exporting(since: string) {
  const child = spawn(
    process.execPath,
    [program, 'export', '--since', since, '--out', 'archive/%Y-%m-%d.csv'],
    {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, ...sandbox.env },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  return { child, said: () => said };
}

/** Waits for this many data queries more. */
async function queriesMore(count: number): Promise<void> {
  const queries = (): number => sandbox.requests.filter((r) => r.path.includes('aggregates')).length;
  const before = queries();
  while (queries() < before + count) await sleep(2);
}

/** Every visible file is whole; the number of its rows. */
function visibleRows(): number {
  const archive = join(folder, 'archive');
  if (!existsSync(archive)) return 0;
  let rows = 0;
  for (const name of readdirSync(archive).filter((n) => n.endsWith('.csv'))) {
    const reader = csvFormat().reader(bundledDataset('queue-hourly')!.columns);
    rows += reader.push(readFileSync(join(archive, name), 'utf8')).length + reader.end().length;
  }
  return rows;
}

it(`survives ${KILLS} kills with nothing lost, doubled or cut`, async () => {
  const since = hourOf(Math.floor(Date.now() / (24 * HOUR_MS)) * 24 * HOUR_MS - DAYS * 24 * HOUR_MS);
  let best = 0;
  let midway = 0;
  for (let i = 0; i < KILLS; i++) {
    const { child } = exporting(since);
    const ended = once(child, 'exit');
    // Some windows in: one is being written while the next is asked for.
    await Promise.race([queriesMore(2 + (i % 3)).then(() => sleep(i * 9)), ended]);
    child.kill('SIGKILL');
    await ended;
    const rows = visibleRows();
    expect(rows).toBeGreaterThanOrEqual(best);
    if (rows > best) midway += 1;
    best = rows;
  }
  expect(midway).toBeGreaterThan(0);
  const { child, said } = exporting(since);
  const [exit] = (await once(child, 'exit')) as [number];
  expect(said()).toContain('why403 export queue-hourly');
  expect(exit).toBe(0);
  const through = /complete to (\S+)/.exec(said())![1]!;
  const truth = sandbox.truth(since, through as typeof since).filter((row) => row.queueId !== '');
  expect(visibleRows()).toBe(truth.length);
  const leftovers = readdirSync(join(folder, 'archive')).filter((n) => n.startsWith('.') && n !== '.why403');
  expect(leftovers).toEqual([]);
}, 90_000);
