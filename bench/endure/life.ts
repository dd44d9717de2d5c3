/**
 * Thirty days of hourly runs under a simulated clock: hours and days without a run, hours that are restated, tokens
 * that end, reboots in the middle of a run, a clock that is set back, a queue that gets another name, bad weather.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOUR_MS, hourOf } from '../../src/core/index.ts';
import { thisWriter, writerMark } from '../../src/io/who-writes.ts';
import { openWorld } from '../../test/export-world.ts';
import type { World } from '../../test/export-world.ts';
import { NotWhole, compare, readVisible, truthOf } from './archive.ts';
import { exitOfRun, spoiling } from './faulty.ts';
import { drawing } from './stage.ts';

export interface LifeCounts {
  hours: number;
  runs: number;
  missed: number;
  /** Runs that ended before they were through, by exit code; the next one went on. */
  readonly early: Record<string, number>;
  restated: number;
  reboots: number;
  tokens: number;
  answers: number;
  spoiled: number;
  cells: number;
}

const DAY = 24 * HOUR_MS;
/** A deep revisit goes back this far and brings the new name with it. */
const DEEP_HOURS = 8 * 24;
const START = Date.parse('2026-03-20T00:00:00Z');

/** @throws NotWhole where the archive is not the truth in the end, or holds an hour that is not over */
export async function life(days: number, seed: number): Promise<LifeCounts> {
  const draw = drawing(seed);
  const counts: LifeCounts = {
    hours: days * 24,
    runs: 0,
    missed: 0,
    early: {},
    restated: 0,
    reboots: 0,
    tokens: 0,
    answers: 0,
    spoiled: 0,
    cells: 0,
  };
  const world = await openWorld({ at: new Date(START).toISOString(), faults: spoiling(0.05, seed, counts) });
  const since = hourOf(START - DAY);
  try {
    for (let hour = 0; hour < days * 24; hour++) {
      const day = Math.floor(hour / 24);
      world.now = new Date(START + hour * HOUR_MS + 17 * 60_000);
      if (hour % 24 === 11) counts.restated += restate(world, day, draw);
      if (hour % 24 === 15 && day % 3 === 1) world.sandbox.forget();
      if (hour === Math.floor(days * 12)) rename(world);
      // A day and a half without a machine, and now and then an hour.
      const off = Math.floor(days / 3) * 24;
      if ((hour >= off + 5 && hour < off + 41) || draw() < 0.05) {
        counts.missed += 1;
        continue;
      }
      if (hour % 37 === 20) await reboot(world, since, counts);
      // A clock that was set back a day finds nothing that it may write.
      if (hour % 311 === 100) world.now = new Date(world.now.getTime() - DAY);
      await oneRun(world, since, counts);
      if (hour % 24 === 23) readVisible(world.root);
    }
    return await theEnd(world, since, counts);
  } finally {
    await world.close();
  }
}

async function oneRun(world: World, since: string, counts: LifeCounts): Promise<void> {
  const startedAt = world.now.getTime();
  counts.runs += 1;
  const exit = await exitOfRun(world, { since });
  if (exit !== 0) counts.early[exit] = (counts.early[exit] ?? 0) + 1;
  const newest = Math.max(newestMoment.get(world) ?? 0, startedAt, world.now.getTime());
  newestMoment.set(world, newest);
  const limit = `${new Date(newest - 600_000).toISOString().slice(0, 19)}Z`;
  const files = world.files();
  const [, last = ''] =
    files[Object.keys(files).at(-1) ?? '']?.trimEnd().split('\n').at(-1)?.split(',') ?? [];
  if (last.startsWith('2') && last > limit)
    throw new NotWhole(`at ${limit} there is a row of an hour that ends at ${last}`);
}

/** The latest moment that a run has seen: a clock that was set back finds rows that are younger than itself. */
const newestMoment = new WeakMap<World, number>();

/** Hours of the last days are reprocessed; a deep revisit must find them. */
function restate(world: World, day: number, draw: () => number): number {
  if (day < 2 || day % 2 === 1) return 0;
  const from = START + (day - 1 - Math.floor(draw() * 3)) * DAY + Math.floor(draw() * 20) * HOUR_MS;
  const hours = 1 + Math.floor(draw() * 12);
  world.sandbox.restate({ from: hourOf(from), to: hourOf(from + hours * HOUR_MS) });
  return hours;
}

function rename(world: World): void {
  world.sandbox.set((org) => {
    const [queue] = org.queues;
    if (queue) queue.name = 'Orders, "new" desk';
  });
}

/** A run that is ended in the middle, and what a machine leaves that goes dark: a lock and a file half written. */
async function reboot(world: World, since: string, counts: LifeCounts): Promise<void> {
  counts.reboots += 1;
  const going = new AbortController();
  const exit = await exitOfRun(world, {
    since,
    full: true,
    gated: { signal: going.signal, onProgress: () => going.abort('SIGTERM') },
  });
  if (exit !== 0) counts.early[exit] = (counts.early[exit] ?? 0) + 1;
  const mark = writerMark({ ...thisWriter(), boot: '0123456789' });
  const state = join(world.root, '.why403');
  mkdirSync(state, { recursive: true });
  for (const folder of readdirSync(state, { withFileTypes: true }).filter((entry) => entry.isDirectory()))
    writeFileSync(join(state, folder.name, `lock.${mark}`), '{}\n');
  writeFileSync(join(world.root, `.2026-04-01.csv.${mark}.1.why403-tmp`), 'interval_start,inter');
}

async function theEnd(
  world: World,
  since: ReturnType<typeof hourOf>,
  counts: LifeCounts,
): Promise<LifeCounts> {
  world.sandbox.spoil(undefined);
  world.now = new Date(Math.ceil(world.now.getTime() / HOUR_MS) * HOUR_MS + 17 * 60_000);
  if ((await exitOfRun(world, { since, full: true })) !== 0) throw new NotWhole('the last run failed');
  const through = hourOf(Math.floor(world.now.getTime() / HOUR_MS) * HOUR_MS);
  const rows = readVisible(world.root);
  const truth = truthOf(world.sandbox.truth(since, through));
  // A renamed queue keeps in old rows the name that it had.
  counts.cells = compare(rows, truth, false);
  const names = new Set(rows.map(({ cells }) => cells[3]));
  const old = counts.hours > 2 * DEEP_HOURS ? ['Orders'] : [];
  for (const name of [...old, 'Orders, "new" desk'])
    if (!names.has(name)) throw new NotWhole(`the name ${name} is nowhere`);
  const left = readdirSync(world.root).filter((name) => name.startsWith('.') && name !== '.why403');
  if (left.length > 0) throw new NotWhole(`left behind: ${left.join(', ')}`);
  counts.tokens = world.sandbox.counters.tokens;
  return counts;
}
