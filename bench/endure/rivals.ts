/** Two and three exports of one archive at once; now and then the one that holds it is killed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { NotWhole, compare } from './archive.ts';
import { drawing, openStage } from './stage.ts';

export interface RivalCounts {
  rounds: number;
  /** Runs that ended with 0, with 5 (another holds the archive), and that were killed. */
  through: number;
  locked: number;
  killed: number;
  cells: number;
}

/** @throws NotWhole where two got in at once and harmed each other, or nobody got in */
export async function rivals(rounds: number, days: number, seed: number): Promise<RivalCounts> {
  const counts: RivalCounts = { rounds: 0, through: 0, locked: 0, killed: 0, cells: 0 };
  const draw = drawing(seed);
  const stage = await openStage({ days });
  // Every run asks for the whole archive again, so that none is over before the other has begun.
  const everything = ['--full', '--deep-revisit', `${days + 1}d`];
  try {
    for (let round = 0; round < rounds; round++) {
      const running = Array.from({ length: 2 + (round % 2) }, () => stage.start([], everything));
      if (round < rounds - 1) {
        await sleep(200 + draw() * 500);
        running[Math.floor(draw() * running.length)]?.child.kill('SIGKILL');
      }
      const ended = await Promise.all(running.map((one) => one.ended));
      const other = ended.find(({ exit }) => exit !== 0 && exit !== 5 && exit !== -1);
      if (other) throw new NotWhole(`beside another, a run ended with ${other.exit}: ${other.said}`);
      const of = (code: number): number => ended.filter(({ exit }) => exit === code).length;
      if (of(0) === 0 && of(-1) === 0) throw new NotWhole('each stood back for another');
      counts.rounds += 1;
      counts.through += of(0);
      counts.locked += of(5);
      counts.killed += of(-1);
      stage.rows();
    }
    const { exit, said } = await stage.run();
    if (exit !== 0) throw new NotWhole(`the last run ended with ${exit}: ${said}`);
    counts.cells = compare(stage.rows(), stage.truth());
    const left = stage.leftovers();
    if (left.length > 0) throw new NotWhole(`left behind: ${left.join(', ')}`);
    return counts;
  } finally {
    await stage.close();
  }
}
