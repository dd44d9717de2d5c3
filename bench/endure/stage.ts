/** A sandbox, an archive beside it and the built program, run as a child process with an environment of its own. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { HOUR_MS, hourOf, type Hour } from '../../src/core/index.ts';
import { builtInOrg, startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/server.ts';
import { readVisible, truthOf, type Row, type Truth } from './archive.ts';

/** The program under test; another build can be named. */
export const PROGRAM = resolve(process.env['WHY403_PROGRAM'] ?? 'dist/why403.cjs');

export interface Ended {
  /** -1: a signal killed it. */
  readonly exit: number;
  readonly said: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface Stage {
  readonly folder: string;
  readonly root: string;
  readonly out: string;
  readonly since: Hour;
  readonly sandbox: Sandbox;
  /** Starts an export; `before` stands before node, as strace does. */
  start(
    before?: readonly string[],
    more?: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Running;
  run(...how: Parameters<Stage['start']>): Promise<Ended>;
  rows(): Row[];
  /** Of all hours from the archive's start to `through`, as the ledger says. */
  truth(): Truth;
  /** Closed hours, as the ledger says, as pairs of milliseconds; none without a ledger. */
  closed(): readonly (readonly [from: number, to: number])[];
  /** Names of temporary files and locks that nobody swept. */
  leftovers(): string[];
  close(): Promise<void>;
}

export interface StageOptions extends Partial<SandboxOptions> {
  readonly days: number;
  /** Below the archive's root. */
  readonly pattern?: string;
  readonly root?: string;
}

/** An archive that begins this many days ago at midnight UTC. */
export async function openStage({
  days,
  pattern = '%Y-%m-%d.csv',
  root: place,
  ...options
}: StageOptions): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'why403-endure-'));
  const root = place ?? join(folder, 'archive');
  const day = 24 * HOUR_MS;
  const since = hourOf(Math.floor(Date.now() / day) * day - days * day);
  const sandbox = await startSandbox({ org: builtInOrg('genesys'), ...options });
  const stage: Stage = {
    folder,
    root,
    out: join(root, pattern),
    since,
    sandbox,
    start(before = [], more = [], env = {}) {
      const args = [
        ...before,
        process.execPath,
        PROGRAM,
        'export',
        '--since',
        since,
        '--out',
        stage.out,
        ...more,
      ];
      const child = spawn(args[0] ?? '', args.slice(1), {
        cwd: folder,
        // One thread for the disk, so that strace counts its system calls in one row.
        env: { PATH: process.env['PATH'], HOME: folder, UV_THREADPOOL_SIZE: '1', ...sandbox.env, ...env },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let said = '';
      child.stderr?.on('data', (piece: Buffer) => (said += piece.toString()));
      const ended = new Promise<Ended>((done, fail) => {
        child.once('error', fail);
        child.once('close', (code) => done({ exit: code ?? -1, said }));
      });
      return { child, ended };
    },
    run: (...how) => stage.start(...how).ended,
    rows: () => readVisible(root),
    truth() {
      const through = stage.closed().at(-1)?.[1] ?? Date.parse(since);
      return truthOf(sandbox.truth(since, hourOf(through)));
    },
    closed: () => closedHours(root),
    leftovers: () => [...dotted(root), ...stateFiles(root).filter((name) => /lock|tmp/.test(name))],
    async close() {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

function dotted(root: string): string[] {
  return list(root).filter((name) => name.startsWith('.') && name !== '.why403');
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function stateFiles(root: string): string[] {
  const state = join(root, '.why403');
  return list(state).flatMap((name) => list(join(state, name)).map((file) => join(name, file)));
}

function closedHours(root: string): (readonly [number, number])[] {
  const file = stateFiles(root).find((name) => name.endsWith('ledger.json'));
  if (file === undefined) return [];
  const ledger = JSON.parse(readFileSync(join(root, '.why403', file), 'utf8')) as {
    done: { from: string; to: string }[];
  };
  return ledger.done.map(({ from, to }) => [Date.parse(from), Date.parse(to)] as const);
}

/** Whether strace is here and may trace; says why not on stderr otherwise. */
export function canTrace(): boolean {
  const { status } = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', 'inject=rename:error=EIO', 'true']);
  return status === 0;
}

/** Lets every fsync, rename … number `when` fail or kill. */
export function injecting(calls: string, what: string, when: number): string[] {
  return [
    'strace',
    '-f',
    '-o',
    '/dev/null',
    '-e',
    `trace=${calls}`,
    '-e',
    `inject=${calls}:${what}:when=${when}`,
  ];
}

/** A repeatable draw: 0 to 1. */
export function drawing(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
