/** A clock that is or was wrong: hours that have not ended are not closed, and the archive's start is one that can be meant. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../src/core/index.ts';
import { openDesk, type Desk } from './export-desk.ts';

const RIGHT = new Date('2026-11-23T10:17:00Z');
const later = (hours: number): Date => new Date(RIGHT.getTime() + hours * 3_600_000);

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

/** The clock of this machine, and that of the rest of the world. */
function clocks(own: Date, theirs: Date): void {
  Object.assign(desk, { now: own, theirs });
}

function ledgerFile(folder = 'queue-stats'): string {
  const state = join(desk.cwd, folder, '.why403');
  const name = readdirSync(state).find((one) => existsSync(join(state, one, 'ledger.json')))!;
  return join(state, name, 'ledger.json');
}

const ledger = (folder?: string): Ledger => JSON.parse(readFileSync(ledgerFile(folder), 'utf8')) as Ledger;

function writeLedger(change: Partial<Ledger>): void {
  writeFileSync(ledgerFile(), JSON.stringify({ ...ledger(), ...change }));
}

/** The hours that the archive has rows of. */
function hoursIn(files: Record<string, string>): string[] {
  const rows = Object.values(files).flatMap((text) => text.trimEnd().split('\n').slice(1));
  return [...new Set(rows.map((row) => row.slice(0, 20)))].sort();
}

/** What an archive holds that nobody's clock was wrong for. */
async function truth(at: Date, since: string): Promise<string[]> {
  const other = await openDesk();
  try {
    other.now = at;
    await other.why403('export', '--since', since);
    return hoursIn(other.files());
  } finally {
    await other.close();
  }
}

describe('a clock that is ahead', () => {
  it.each([[[]], [['--revisit', '0', '--deep-revisit', '0']]])(
    'closes no hour that has not ended (%j), and says so',
    async (flags) => {
      await desk.why403('export', '--since', '2026-11-22', ...flags);
      clocks(later(3), RIGHT);
      const ran = await desk.why403('export', ...flags);
      expect(ran.exit).toBe(0);
      expect(ran.stdout).toContain(
        "connection/clock-skew: This machine's clock says 2026-11-23T13:17:00Z and the API's 2026-11-23T10:17:00Z: it is 3 hours ahead.",
      );
      expect(ledger().done.at(-1)!.to).toBe('2026-11-23T10:00:00Z');
      // Later than any revisit would mend it.
      clocks(later(240), later(240));
      expect(await desk.why403('export', ...flags)).toMatchObject({ exit: 0 });
      expect(hoursIn(desk.files())).toEqual(await truth(later(240), '2026-11-22'));
    },
  );

  it('of a declared dataset, which asks for windows at once, neither', async () => {
    const document = readFileSync(join(import.meta.dirname, '..', 'docs', 'datasets.md'), 'utf8');
    writeFileSync(join(desk.cwd, 'mine.json'), /```json\n([\s\S]*?)```/.exec(document)![1]!);
    const args = ['--dataset', 'mine.json', '--out', 'mine/%Y-%m-%d.csv'];
    await desk.why403('export', ...args);
    clocks(later(5), later(2));
    const ran = await desk.why403('export', ...args);
    expect(ran.stdout).toContain('it is 3 hours ahead');
    expect(ledger('mine').done).toEqual([{ from: '2026-11-21T10:00:00Z', to: '2026-11-23T12:00:00Z' }]);
  });

  it('by a few minutes is nothing to speak of', async () => {
    clocks(RIGHT, new Date(RIGHT.getTime() - 240_000));
    const ran = await desk.why403('export');
    expect(ran.stdout).not.toContain('clock');
    expect(ledger().done.at(-1)!.to).toBe('2026-11-23T10:00:00Z');
  });

  it('at the first run begins the archive 48 h before the right time', async () => {
    clocks(later(120), RIGHT);
    await desk.why403('export');
    expect(ledger()).toMatchObject({
      start: '2026-11-21T10:00:00Z',
      done: [{ from: '2026-11-21T10:00:00Z', to: '2026-11-23T10:00:00Z' }],
    });
  });

  it('is named for a snapshot, whose rows are fetched all the same', async () => {
    clocks(later(3), RIGHT);
    const ran = await desk.why403('export', '--dataset', 'queue-observations');
    expect(ran.stdout).toContain('it is 3 hours ahead. Rows bear');
    expect(ran.stdout).toMatch(/rows {6}[1-9]\d* fetched/);
  });
});

describe('a clock that was ahead', () => {
  const ahead = { from: '2026-11-21T00:00:00Z', to: '2026-12-23T10:00:00Z' } as Ledger['done'][number];

  it('and closed hours to come is no reason for status to be silent', async () => {
    await desk.why403('export', '--since', '2026-11-21');
    writeLedger({ done: [ahead] });
    const ran = await desk.why403('status', '-q');
    expect(ran.exit).toBe(1);
    expect(ran.stdout).toContain('the archive says that it is complete to 2026-12-23 10:00 UTC');
    expect(await desk.status()).toMatchObject({ late: true, ahead: ahead.to });
  });

  it('has its hours opened by the next run, so that status sees when no further one comes', async () => {
    await desk.why403('export', '--since', '2026-11-21');
    writeLedger({ done: [ahead] });
    const ran = await desk.why403('export');
    expect(ran.stdout).toContain('complete to 2026-12-23T10:00:00Z, which is still to come');
    expect(ran.stdout).not.toContain('Check the clock');
    expect(await desk.why403('status', '-q')).toMatchObject({ exit: 0 });
    desk.now = later(240);
    expect(await desk.why403('status', '-q')).toMatchObject({ exit: 1 });
  });

  it('has all hours without rows asked for again, however old', async () => {
    await desk.why403('export', '--since', '2026-11-21');
    writeLedger({ done: [ahead] });
    const header = Object.values(desk.files())[0]!.split('\n')[0]!;
    for (let day = 24; day <= 30; day++)
      writeFileSync(join(desk.cwd, `queue-stats/2026-11-${day}.csv`), `${header}\n`);
    desk.now = later(240);
    await desk.why403('export', '--revisit', '0', '--deep-revisit', '0');
    expect(hoursIn(desk.files())).toEqual(await truth(later(240), '2026-11-21'));
  });

  it('at the first run has its start set right', async () => {
    await desk.why403('export', '--since', '2026-11-22');
    writeLedger({ start: '2026-11-26T10:00:00Z' as Ledger['start'], done: [] });
    expect(await desk.why403('status', '-q')).toMatchObject({ exit: 1 });
    const ran = await desk.why403('export');
    expect(ran.stdout).toContain('starts at 2026-11-26T10:00:00Z, which is still to come');
    expect(ledger().start).toBe('2026-11-21T10:00:00Z');
    expect(await desk.why403('status', '-q')).toMatchObject({ exit: 0 });
  });
});

describe('a clock that is behind', () => {
  it('leaves what is closed, and says that it is behind', async () => {
    await desk.why403('export');
    const before = ledger();
    clocks(later(-24), RIGHT);
    const ran = await desk.why403('export');
    expect(ran.stdout).toContain('it is 24 hours behind. Hours that have ended since then');
    expect(ledger().done).toEqual(before.done);
  });

  it.each([[true], [false]])(
    'by 56 years at the first run fixes no start there (the API %s answers)',
    async (answers) => {
      const battery = new Date('1970-01-01T00:05:00Z');
      clocks(battery, RIGHT);
      if (!answers) desk.sandbox.spoil(() => ({ kind: 'reset' }));
      await desk.why403('export', '--deadline', '1s');
      clocks(RIGHT, RIGHT);
      desk.sandbox.spoil(undefined);
      await desk.why403('export');
      expect(ledger()).toMatchObject({
        start: '2026-11-21T10:00:00Z',
        done: [{ from: '2026-11-21T10:00:00Z', to: '2026-11-23T10:00:00Z' }],
      });
      expect(await desk.why403('status', '-q')).toMatchObject({ exit: 0 });
    },
  );
});
