/** A server that spoils a third of its answers, while half a year is brought in. Waiting is simulated. */
import { Failure, hourOf, HOUR_MS } from '../../src/core/index.ts';
import type { Hour } from '../../src/core/index.ts';
import { OUTAGE, PROXY_PAGE, shareOfFaults, type Fault, type FaultPlan } from '../../src/sandbox/faults.ts';
import { builtInOrg } from '../../src/sandbox/server.ts';
import { openWorld } from '../../test/export-world.ts';
import type { World } from '../../test/export-world.ts';
import { NotWhole, compare, readVisible, truthOf } from './archive.ts';

const KINDS: readonly Fault[] = [
  {
    kind: 'answer',
    status: 429,
    headers: { 'retry-after': '3' },
    body: '{"message":"slow down","code":"too.many.requests","status":429}',
  },
  OUTAGE,
  {
    kind: 'answer',
    status: 500,
    body: '{"message":"Internal server error","code":"internal.server.error","status":500}',
  },
  { kind: 'reset' },
  { kind: 'truncated' },
  { kind: 'slow', ms: 20 },
  PROXY_PAGE,
  { kind: 'answer', status: 200, type: 'text/html', body: '<html><body>Please sign in</body></html>' },
  { kind: 'answer', status: 504, body: '{"message":"timed out","code":"request.timeout","status":504}' },
  { kind: 'answer', status: 502, type: 'text/html', body: '<html><body>Bad gateway</body></html>' },
];

export interface FaultCounts {
  answers: number;
  spoiled: number;
  runs: number;
  /** Runs that ended early, by exit code. */
  readonly early: Record<string, number>;
  cells: number;
}

export function spoiling(
  share: number,
  seed: number,
  counts: { answers: number; spoiled: number },
): FaultPlan {
  const plan = shareOfFaults(share, seed, KINDS);
  return (request) => {
    const fault = plan(request);
    counts.answers += 1;
    if (fault) counts.spoiled += 1;
    return fault;
  };
}

/** How a run ended: 0, or the exit code with which it gave up for now. */
export async function exitOfRun(world: World, over: Parameters<World['run']>[0] = {}): Promise<number> {
  const wait = (ms: number): Promise<void> => {
    world.now = new Date(world.now.getTime() + ms);
    return Promise.resolve();
  };
  try {
    return (await world.run({ ...over, gated: { wait, ...over.gated } })).exit;
  } catch (error) {
    if (error instanceof Failure) return error.exit;
    throw error;
  }
}

/** @throws NotWhole where the archive is not the truth in the end */
export async function faulty(days: number, seed: number): Promise<FaultCounts> {
  const counts: FaultCounts = { answers: 0, spoiled: 0, runs: 0, early: {}, cells: 0 };
  const org = builtInOrg('genesys');
  // Small answers make many questions, and windows that must be halved.
  org.analytics.maxRows = 400;
  const world = await openWorld({ org, faults: spoiling(1 / 3, seed, counts) });
  try {
    const since = hourOf(Date.parse('2026-11-23T00:00:00Z') - days * 24 * HOUR_MS) satisfies Hour;
    for (;;) {
      counts.runs += 1;
      const exit = await exitOfRun(world, { since });
      readVisible(world.root);
      if (exit === 0) break;
      counts.early[exit] = (counts.early[exit] ?? 0) + 1;
      if (![1, 3, 4].includes(exit)) throw new NotWhole(`a spoiled run ended with ${exit}`);
      if (counts.runs > 200) throw new NotWhole('200 runs did not get through');
      world.now = new Date(world.now.getTime() + 60_000);
    }
    world.sandbox.spoil(undefined);
    if ((await exitOfRun(world)) !== 0) throw new NotWhole('the run in good weather failed');
    const through = hourOf(Math.floor((world.now.getTime() - 600_000) / HOUR_MS) * HOUR_MS);
    counts.cells = compare(readVisible(world.root), truthOf(world.sandbox.truth(since, through)));
    return counts;
  } finally {
    await world.close();
  }
}
