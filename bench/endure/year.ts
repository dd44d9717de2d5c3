/** A year at once: the rate that is used of the one allowed, the memory that it takes, and what an hour costs then. */
import { rmSync } from 'node:fs';
import { hourOf, HOUR_MS } from '../../src/core/index.ts';
import { openWorld } from '../../test/export-world.ts';
import { orgOf } from '../orgs.ts';
import { peakIn } from '../peak.ts';
import { NotWhole } from './archive.ts';
import { exitOfRun } from './faulty.ts';
import { openStage } from './stage.ts';

export interface RateCounts {
  requests: number;
  refused: number;
  /** Of the rate that the sandbox allows. */
  used: number;
  minutes: number;
  rows: number;
}

/** An answer takes this long, in simulated milliseconds. */
const LATENCY_MS = 150;

/** A backfill against a sandbox that enforces its rate. Waiting is simulated, so that the rate is all that counts. */
export async function atTheRate(days: number, queues: number, perMinute: number): Promise<RateCounts> {
  const world = await openWorld({
    org: orgOf(queues, perMinute),
    faults: () => {
      world.now = new Date(world.now.getTime() + LATENCY_MS);
      return undefined;
    },
  });
  try {
    const since = hourOf(Date.parse('2026-11-23T00:00:00Z') - days * 24 * HOUR_MS);
    let rows = 0;
    const exit = await exitOfRun(world, { since, gated: { onProgress: (state) => (rows = state.rows) } });
    if (exit !== 0) throw new NotWhole(`the backfill ended with ${exit}`);
    const asked = world.sandbox.requests.filter((r) => r.host === 'api');
    const times = asked.map((r) => r.at.getTime());
    const [first = 0] = times;
    // The last minute has fewer to ask than it may; the rate is that of the minutes before.
    const begins = times.filter((at, i) => i > 0 && at - (times[i - 1] ?? at) > 5 * LATENCY_MS);
    const last = begins.at(-1);
    if (last === undefined) throw new Error('the rate was never reached: take more hours or a smaller rate');
    const minutes = (last - first) / 60_000;
    return {
      requests: asked.length,
      refused: asked.filter((r) => r.status === 429).length,
      used: times.filter((at) => at < last).length / minutes / perMinute,
      minutes,
      rows,
    };
  } finally {
    await world.close();
  }
}

/** Peak of the program itself, in megabytes, and its rows. */
export async function memoryOf(
  days: number,
  queues: number,
): Promise<{ megabytes: number; rows: number; seconds: number }> {
  const stage = await openStage({ days, org: orgOf(queues, 1_000_000) });
  try {
    const peak = peakIn(stage.folder);
    const began = performance.now();
    const { exit, said } = await stage.run([], [], peak.env);
    if (exit !== 0) throw new NotWhole(`the backfill ended with ${exit}: ${said}`);
    const rows = Number(/(\d+) rows/.exec(said.replaceAll(/(?<=\d)[,\u202f ](?=\d{3})/g, ''))?.[1]);
    return { megabytes: peak.said().megabytes, rows, seconds: (performance.now() - began) / 1000 };
  } finally {
    await stage.close();
  }
}

/** Seconds of an hourly run, the best of some, beside few files and beside many; as a ratio. */
export async function growth(
  days: number,
  times: number,
): Promise<{ short: number; long: number; ratio: number }> {
  const best = async (archive: number): Promise<number> => {
    const stage = await openStage({ days: archive, org: orgOf(3, 1_000_000) });
    try {
      if ((await stage.run()).exit !== 0) throw new NotWhole('the backfill failed');
      let least = Infinity;
      for (let i = 0; i < times; i++) {
        const began = performance.now();
        if ((await stage.run()).exit !== 0) throw new NotWhole('an hourly run failed');
        least = Math.min(least, (performance.now() - began) / 1000);
      }
      rmSync(stage.root, { recursive: true });
      return least;
    } finally {
      await stage.close();
    }
  };
  const short = await best(1);
  const long = await best(days);
  return { short, long, ratio: long / short };
}
