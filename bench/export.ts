/**
 * `npm run bench:export`: rows a second and peak memory of `why403 export`, beside the thread's way (Python's requests
 * and csv), the official JS SDK with csv-writer, and the floor (the same questions asked with fetch and parsed, nothing
 * written). All ask the same sandbox the same questions in one run; what counts are the ratios.
 * Numbers as arguments are the rows to bring in; default: 200000 2000000.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOUR_MS, hourOf } from '../src/core/index.ts';
import { bundledDataset } from '../src/datasets/index.ts';
import { PROGRAM } from './endure/stage.ts';
import { orgOf } from './orgs.ts';
import { peakIn } from './peak.ts';

const QUEUES = 500;
const SDK = 'purecloud-platform-client-v2';
const PYTHON = '/usr/bin/python3';
const HERE = join(import.meta.dirname, 'export');

interface Measured {
  readonly name: string;
  seconds: number;
  megabytes: number;
  /** Seconds of processor time: what is left of a comparison on a busy machine. */
  work: number;
  rows: number;
  requests: number;
  tokens: number;
}

type Ran = Pick<Measured, 'rows' | 'megabytes' | 'work'>;

type Env = Record<string, string>;

const folder = mkdtempSync(join(tmpdir(), 'why403-bench-'));

async function serve(): Promise<{ env: Env; stop: () => void }> {
  const file = join(folder, 'org.json');
  writeFileSync(file, JSON.stringify(orgOf(QUEUES, 1_000_000)));
  const child = spawn(process.execPath, [PROGRAM, 'sandbox', '--org', file, '--format', 'json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const { env } = JSON.parse(said.toString()) as { env: Env };
  return { env, stop: () => void child.kill() };
}

async function counted(env: Env): Promise<{ requests: number; tokens: number }> {
  // Minutes may pass between two looks, and a kept connection would have been closed.
  const said = await fetch(`${env['WHY403_API_URL']}/.sandbox`, { headers: { connection: 'close' } });
  const { requests, tokens } = (await said.json()) as { requests: unknown[]; tokens: number };
  return { requests: requests.length, tokens };
}

/** @param run gives rows and peak memory */
async function measure(name: string, env: Env, run: () => Ran): Promise<Measured> {
  const before = await counted(env);
  const began = performance.now();
  const { rows, megabytes, work } = run();
  const seconds = (performance.now() - began) / 1000;
  const after = await counted(env);
  return {
    name,
    seconds,
    megabytes,
    work,
    rows,
    requests: after.requests - before.requests,
    tokens: after.tokens - before.tokens,
  };
}

function said(text: string): Ran {
  return JSON.parse(text) as Ran;
}

const MOST = 64 * 1024 * 1024;

function exporting(env: Env, from: string, to: string): Ran & { windows: unknown } {
  const home = mkdtempSync(join(folder, 'export-'));
  const peak = peakIn(home);
  const text = execFileSync(
    process.execPath,
    [
      PROGRAM,
      'export',
      '--from',
      from,
      '--to',
      to,
      '--out',
      join(home, 'archive', '%Y-%m-%d.csv'),
      '--format',
      'json',
    ],
    {
      cwd: home,
      env: { ...process.env, HOME: home, ...env, ...peak.env },
      encoding: 'utf8',
      maxBuffer: MOST,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const { windows, rows } = JSON.parse(text) as {
    windows: { from: string; to: string }[];
    rows: { fetched: number };
  };
  const used = peak.said();
  rmSync(home, { recursive: true });
  return { rows: rows.fetched, ...used, windows };
}

/** The SDK is 25 MB and only this needs it. */
function installed(): string | undefined {
  const place = process.env['WHY403_BENCH_SDK'] ?? join(folder, 'sdk');
  if (process.env['WHY403_BENCH_SDK'] !== undefined) return place;
  mkdirSync(place);
  writeFileSync(join(place, 'package.json'), '{"private":true}');
  const { status } = spawnSync('npm', ['install', '--silent', '--no-audit', '--no-fund', SDK, 'csv-writer'], {
    cwd: place,
  });
  return status === 0 ? place : undefined;
}

async function compare(env: Env, wanted: number, sdk: string | undefined, python: boolean): Promise<void> {
  const hours = Math.ceil(wanted / QUEUES / 0.83);
  const day = 24 * HOUR_MS;
  const from = Math.floor(Date.now() / day) * day - (Math.ceil(hours / 24) + 1) * day;
  const [first, last] = [hourOf(from), hourOf(from + hours * HOUR_MS)];
  const best = new Map<string, Measured>();
  let windows: unknown;
  const plan = join(folder, 'plan.json');
  for (let round = 0; round < (wanted > 500_000 ? 1 : 3); round++) {
    const all: Measured[] = [];
    all.push(
      await measure('why403 export', env, () => {
        const done = exporting(env, first, last);
        windows = done.windows;
        return done;
      }),
    );
    const dataset = bundledDataset('queue-hourly');
    const { json } = dataset?.ask({ from: first, to: last }) ?? {};
    writeFileSync(
      plan,
      JSON.stringify({ env, windows, query: json, columns: COLUMNS, out: join(folder, 'other.csv') }),
    );
    const other = (name: string, program: string, file: string, cwd = folder): Promise<Measured> =>
      measure(name, env, () =>
        said(execFileSync(program, [join(HERE, file), plan], { cwd, encoding: 'utf8' })),
      );
    all.push(await other('floor', process.execPath, 'floor.mjs'));
    if (python) all.push(await other('Python', PYTHON, 'thread.py'));
    if (sdk !== undefined) all.push(await other('JS SDK', process.execPath, 'sdk.cjs', sdk));
    for (const one of all) {
      if (one.rows !== all[0]?.rows)
        throw new Error(`${one.name} brought ${one.rows} rows, not ${all[0]?.rows}`);
      const known = best.get(one.name);
      if (!known || one.seconds < known.seconds) best.set(one.name, one);
    }
  }
  print([...best.values()], hours);
}

const COLUMNS = [
  ['offered', 'nOffered', 'count'],
  ['answered', 'tAnswered', 'count'],
  ['abandoned', 'tAbandon', 'count'],
  ['short_abandoned', 'tShortAbandon', 'count'],
  ['flow_out', 'tFlowOut', 'count'],
  ['transferred', 'nTransferred', 'count'],
  ['over_sla', 'nOverSla', 'count'],
  ['numerator', 'oServiceLevel', 'numerator'],
  ['denominator', 'oServiceLevel', 'denominator'],
  ['ratio', 'oServiceLevel', 'ratio'],
  ['target', 'oServiceLevel', 'target'],
  ['wait_sum', 'tWait', 'sum'],
  ['wait_max', 'tWait', 'max'],
  ['answer_sum', 'tAnswered', 'sum'],
  ['answer_max', 'tAnswered', 'max'],
  ['abandon_sum', 'tAbandon', 'sum'],
  ['talk_count', 'tTalkComplete', 'count'],
  ['talk_sum', 'tTalkComplete', 'sum'],
  ['held_count', 'tHeldComplete', 'count'],
  ['held_sum', 'tHeldComplete', 'sum'],
  ['acw_count', 'tAcw', 'count'],
  ['acw_sum', 'tAcw', 'sum'],
  ['handle_count', 'tHandle', 'count'],
  ['handle_sum', 'tHandle', 'sum'],
  ['handle_max', 'tHandle', 'max'],
];

function print(all: readonly Measured[], hours: number): void {
  const floor = all.find((one) => one.name === 'floor');
  const ours = all[0];
  console.log(`\n${ours?.rows} rows of ${hours} hours`);
  console.log('way               seconds  rows/s   x floor  ours is  peak MB  CPU s  requests/h  tokens/h');
  for (const one of all) {
    const cells = [
      one.name.padEnd(16),
      one.seconds.toFixed(1).padStart(8),
      String(Math.round(one.rows / one.seconds)).padStart(7),
      (one.seconds / (floor?.seconds ?? NaN)).toFixed(2).padStart(9),
      `${(one.seconds / (ours?.seconds ?? NaN)).toFixed(2)}x`.padStart(8),
      one.megabytes.toFixed(0).padStart(8),
      one.work.toFixed(1).padStart(6),
      (one.requests / hours).toFixed(3).padStart(11),
      (one.tokens / hours).toFixed(4).padStart(9),
    ];
    console.log(cells.join(' '));
  }
}

const sizes = process.argv.slice(2).map(Number);
const python = spawnSync(PYTHON, ['-c', 'import requests']).status === 0;
if (!python) console.log(`skipped: ${PYTHON} has no requests (Debian: python3-requests)`);
const sdk = installed();
if (sdk === undefined) console.log(`skipped: ${SDK} could not be installed`);
const sandbox = await serve();
try {
  for (const size of sizes.length > 0 ? sizes : [200_000, 2_000_000])
    await compare(sandbox.env, size, sdk, python);
} finally {
  sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
}
