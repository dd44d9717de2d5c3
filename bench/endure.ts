/**
 * `npm run test:endure`: what an export has to live through in years, in some minutes. Prints what it did and counted;
 * ends with 1 as soon as anything that a reader can see is not whole, or an archive is not the truth.
 * Names as arguments choose parts. WHY403_PROGRAM names another build.
 */
import { failingCalls, fullDisk } from './endure/disk.ts';
import { faulty } from './endure/faulty.ts';
import { killAgainAndAgain } from './endure/kills.ts';
import { life } from './endure/life.ts';
import { rivals } from './endure/rivals.ts';
import { canTrace } from './endure/stage.ts';
import { atTheRate, growth, memoryOf } from './endure/year.ts';

const KILLS = 300;
const MOST_MEGABYTES = 200;
const LEAST_RATE = 0.95;
/** An hourly run beside three years of files, against one beside a day's; the rest is noise of the machine. */
const MOST_GROWTH = 1.5;

function hold(is: boolean, what: string): void {
  if (!is) throw new Error(what);
}

const parts: Readonly<Record<string, () => Promise<unknown>>> = {
  async kills() {
    const counts = await killAgainAndAgain(
      {
        kills: KILLS,
        killsAnArchive: 30,
        days: 120,
        patterns: ['%Y-%m-%d.csv', '%Y/%m/%d.csv', '%Y/%m.csv', '%Y/%m/%d/%H.csv', 'all.csv'],
        seed: 403,
      },
      (text) => console.log(`  ${text}`),
    );
    hold(counts.between >= KILLS / 2, `only ${counts.between} kills fell between file and ledger`);
    return counts;
  },
  async calls() {
    return canTrace()
      ? failingCalls(20, 40)
      : 'skipped: strace is not here or may not trace (Debian: strace)';
  },
  async full() {
    return (await fullDisk(60)) ?? 'skipped: this user may not mount a tmpfs';
  },
  rivals: () => rivals(20, 60, 11),
  faults: () => faulty(180, 5),
  life: () => life(30, 7),
  async rate() {
    const counts = await atTheRate(365, 500, 30);
    hold(counts.refused === 0, `${counts.refused} requests were refused with 429`);
    hold(counts.used >= LEAST_RATE, `only ${counts.used} of the allowed rate was used`);
    return counts;
  },
  async memory() {
    const counts = await memoryOf(365, 1000);
    hold(counts.megabytes < MOST_MEGABYTES, `${counts.megabytes} MB`);
    return counts;
  },
  async growth() {
    const counts = await growth(3 * 365, 9);
    hold(counts.ratio < MOST_GROWTH, `an hourly run takes ${counts.ratio} times as long beside three years`);
    return counts;
  },
};

const chosen = process.argv.slice(2);
for (const [name, run] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const began = performance.now();
  try {
    console.log(`${name}:`, await run(), `${((performance.now() - began) / 1000).toFixed(0)} s`);
  } catch (error) {
    console.log(`${name}: FAILED after ${((performance.now() - began) / 1000).toFixed(0)} s`, error);
    process.exitCode = 1;
  }
}
