/**
 * `kill -9` in the middle of backfills, again and again, with a reader looking on. Where strace is, a kill is put
 * before a system call of a certain number, so that it hits between a window's first file and its ledger entry; else it
 * is put some milliseconds after a file appeared. Afterwards files and ledger tell where it really hit.
 */
import { once } from 'node:events';
import { existsSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOUR_MS, hourOf } from '../../src/core/index.ts';
import { NotWhole, compare, readVisible, rowsOf, truthOf, visibleFiles } from './archive.ts';
import type { Row, Truth } from './archive.ts';
import { canTrace, drawing, injecting, openStage } from './stage.ts';
import type { Running, Stage } from './stage.ts';

export interface KillCounts {
  kills: number;
  /** Of these: files held rows of hours that the ledger had not closed. */
  between: number;
  /** Runs that ended by themselves before the kill. */
  missed: number;
  /** Looks of the reader at a visible file while the program ran. */
  looks: number;
  /** Cells of whole archives that were compared at their end. */
  cells: number;
  archives: number;
}

export interface KillPlan {
  readonly kills: number;
  readonly killsAnArchive: number;
  readonly days: number;
  readonly patterns: readonly string[];
  readonly seed: number;
  /** Default: where the machine has it. */
  readonly trace?: boolean;
}

const RENAME = '?rename,?renameat,?renameat2';
/** Call and how many of them a run makes about. */
const CALLS: readonly (readonly [string, number])[] = [
  [RENAME, 12],
  ['fsync', 24],
  ['write', 150],
  ['?unlink,?unlinkat', 2],
  ['close', 120],
];

/**
 * @throws NotWhole as soon as anything visible is not whole, or an archive is not the truth in the end
 */
export async function killAgainAndAgain(plan: KillPlan, tell?: (text: string) => void): Promise<KillCounts> {
  const counts: KillCounts = { kills: 0, between: 0, missed: 0, looks: 0, cells: 0, archives: 0 };
  const draw = drawing(plan.seed);
  const trace = plan.trace ?? canTrace();
  for (let i = 0; counts.kills < plan.kills; i++) {
    const pattern = plan.patterns[i % plan.patterns.length] ?? '%Y-%m-%d.csv';
    const goal = Math.min(counts.kills + plan.killsAnArchive, plan.kills);
    const stage = await openStage({ days: plan.days, pattern });
    try {
      await oneArchive(stage, goal, counts, draw, trace);
      counts.archives += 1;
      tell?.(`${pattern}: ${counts.kills} kills so far, ${counts.between} of them between file and ledger`);
    } finally {
      await stage.close();
    }
  }
  return counts;
}

async function oneArchive(
  stage: Stage,
  goal: number,
  counts: KillCounts,
  draw: () => number,
  trace: boolean,
): Promise<void> {
  // Hours that were over when we began: what happened in them does not change any more.
  const limit = hourOf(Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 2 * HOUR_MS);
  const truth = truthOf(stage.sandbox.truth(stage.since, limit));
  let before = 0;
  while (counts.kills < goal) {
    const running = trace && draw() < 0.85 ? traced(stage, draw) : watched(stage, draw);
    const stop = lookOn(stage, counts, draw);
    const { exit, said } = await running.ended;
    stop();
    if (exit !== -1 && exit !== 0) throw new NotWhole(`a run after a kill ended with ${exit}: ${said}`);
    counts[exit === -1 ? 'kills' : 'missed'] += 1;
    const rows = readVisible(stage.root).filter((row) => row.key < limit);
    const half = afterDeath(rows, truth, stage.closed());
    if (half && exit === -1) counts.between += 1;
    if (rows.length < before) throw new NotWhole(`${before - rows.length} rows are gone after a kill`);
    before = rows.length;
    // Everything is there and nothing more to interrupt: the rest of this archive's kills come with the next.
    if (exit === 0) break;
  }
  const { exit, said } = await stage.run();
  if (exit !== 0) throw new NotWhole(`the last run ended with ${exit}: ${said}`);
  counts.cells += compare(stage.rows(), stage.truth());
  const left = stage.leftovers();
  if (left.length > 0) throw new NotWhole(`left behind: ${left.join(', ')}`);
}

/** Dies before a system call. Half of the time before a rename: after the first file of a window, most of them. */
function traced(stage: Stage, draw: () => number): Running {
  const [calls, most] =
    draw() < 0.75 ? ([RENAME, 12] as const) : (CALLS[Math.floor(draw() * CALLS.length)] ?? ['fsync', 24]);
  return stage.start(injecting(calls, 'signal=SIGKILL', 2 + Math.floor(draw() * most)));
}

/** Dies some milliseconds after a file of the archive appeared, or after its start. */
function watched(stage: Stage, draw: () => number): Running {
  const running = stage.start();
  const { child } = running;
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  const patience = setTimeout(kill, 150 + draw() * 1500);
  const later = draw() < 0.5 ? 0 : draw() * 40;
  const watcher = existsSync(stage.root)
    ? watch(stage.root, { recursive: true }, (_event, name) => {
        if (name?.endsWith('.csv')) setTimeout(kill, later);
      })
    : undefined;
  void once(child, 'exit').then(() => {
    clearTimeout(patience);
    watcher?.close();
  });
  return running;
}

/** Reads a visible file every few milliseconds while the program runs; the first that is not whole ends everything. */
function lookOn(stage: Stage, counts: KillCounts, draw: () => number): () => void {
  let going = true;
  let seen: unknown;
  const looking = (async () => {
    while (going) {
      const paths = visibleFiles(stage.root);
      const path = paths[Math.floor(draw() * paths.length)];
      if (path !== undefined) {
        rowsOf(readFileSync(join(stage.root, path), 'utf8'), path);
        counts.looks += 1;
      }
      await sleep(10);
    }
  })().catch((error: unknown) => {
    seen = error;
  });
  return () => {
    going = false;
    void looking;
    if (seen !== undefined) throw seen as Error;
  };
}

/**
 * Every row is as it was, every closed hour has all of its rows.
 * @returns whether there are rows of hours that are not closed
 */
function afterDeath(rows: readonly Row[], truth: Truth, closed: ReturnType<Stage['closed']>): boolean {
  const isClosed = (key: string): boolean => {
    const at = Date.parse(key.slice(0, 20));
    return closed.some(([from, to]) => at >= from && at < to);
  };
  const there = new Set(rows.map((row) => row.key));
  compare(rows, new Map(rows.map((row) => [row.key, truth.get(row.key) ?? []])));
  const lost = [...truth.keys()].find((key) => !there.has(key) && isClosed(key));
  if (lost !== undefined) throw new NotWhole(`${lost} is closed in the ledger and not in the archive`);
  return rows.some((row) => !isClosed(row.key));
}
