/** One window, answer or file that fails leaves out its own hours, and no others. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultPlan } from '../src/sandbox/faults.ts';
import { openDesk, type Desk } from './export-desk.ts';
import { openWorld, type World } from './export-world.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const WORDS = { message: 'The interval is too old', code: 'bad.request', status: 400 };

/** Queries for any of these hours are answered so. */
function spoiled(from: string, to: string, status = 400, body: unknown = WORDS): FaultPlan {
  return ({ path, body: asked = '' }) => {
    if (!path.includes('/aggregates/query')) return undefined;
    const { interval } = JSON.parse(asked) as { interval: string };
    const [first, last] = interval.split('/').map(Date.parse) as [number, number];
    return first < Date.parse(to) && Date.parse(from) < last
      ? { kind: 'answer', status, body: JSON.stringify(body) }
      : undefined;
  };
}

function spoil(...how: Parameters<typeof spoiled>): void {
  desk.sandbox.spoil(spoiled(...how));
}

const queries = (): number =>
  desk.sandbox.requests.filter(({ path }) => path.includes('/aggregates/query')).length;

/** The hours that the archive holds rows of. */
const hoursIn = (files: Record<string, string>): Set<string> =>
  new Set(Object.values(files).flatMap((text) => text.match(/^\d{4}-\d\d-\d\dT\d\d:00:00Z/gm) ?? []));

describe('an hour that the API refuses', () => {
  it.each([400, 422])('with %i stays owed alone, and all others are written', async (status) => {
    await desk.why403('export', '--out', 'whole/%Y-%m-%d.csv', '--since', '2026-11-14');
    const before = queries();
    spoil('2026-11-20T03:00Z', '2026-11-20T04:00Z', status);
    const ran = await desk.why403('export', '--since', '2026-11-14');
    expect(ran).toMatchObject({ exit: 4, stdout: '' });
    expect(ran.stderr).toContain('left out 1 hour (2026-11-20T03:00:00Z to 2026-11-20T04:00:00Z)');
    expect(ran.stderr).toContain(`${status} ("The interval is too old", code bad.request)`);
    expect(ran.stderr).not.toContain('--api-url');
    expect(queries() - before).toBeLessThan(40);
    expect(await desk.status()).toMatchObject({
      missingHours: 1,
      gaps: [{ from: '2026-11-20T03:00:00Z', to: '2026-11-20T04:00:00Z' }],
    });

    desk.now = new Date('2026-11-23T12:17:00Z');
    expect(await desk.why403('export')).toMatchObject({ exit: 4 });
    expect(await desk.status()).toMatchObject({ missingHours: 1, through: '2026-11-23T12:00:00Z' });
    desk.sandbox.spoil(undefined);
    expect(await desk.why403('export')).toMatchObject({ exit: 0 });
    expect(await desk.why403('export', '--out', 'whole/%Y-%m-%d.csv')).toMatchObject({ exit: 0 });
    const whole = readFileSync(join(desk.cwd, 'whole/2026-11-20.csv'), 'utf8');
    expect(desk.files()['2026-11-20.csv']).toBe(whole);
  });

  it('because it is too old does not hold back those that are not', async () => {
    spoil('2026-01-01T00:00Z', '2026-06-01T05:00Z');
    const ran = await desk.why403('export', '--since', '2026-03-20');
    expect(ran).toMatchObject({ exit: 4 });
    expect(ran.stderr).toContain('(2026-03-20T00:00:00Z to 2026-06-01T05:00:00Z)');
    expect([...hoursIn(desk.files())].sort()[0]).toMatch(/^2026-06-01/);
    expect(await desk.status()).toMatchObject({ missingHours: 73 * 24 + 5 });
    expect(queries()).toBeLessThan(100);
  });

  it('and an answer that can not be read are told of once each', async () => {
    spoil('2026-11-20T03:00Z', '2026-11-20T04:00Z', 200, { results: 'none' });
    const ran = await desk.why403('export', '--since', '2026-11-14');
    expect(ran).toMatchObject({ exit: 4 });
    expect(ran.stderr).toMatch(/answer for 2026-11-20T03:00:00Z to 2026-11-20T04:00:00Z .* can't be read/);
    expect(await desk.status()).toMatchObject({ missingHours: 1 });
  });

  it('is no reason to ask on where all of them are', async () => {
    spoil('2026-01-01T00:00Z', '2027-01-01T00:00Z');
    const ran = await desk.why403('export', '--since', '2026-01-01');
    expect([3, 4]).toContain(ran.exit);
    expect(ran.stderr).toContain('Nothing was written');
    expect(queries()).toBeLessThan(30);
    expect(await desk.why403('status')).toMatchObject({ exit: 1 });
  });

  it.each([401, 403])('with %i ends the run at once: it is not about hours', async (status) => {
    let seen = 0;
    desk.sandbox.spoil(({ path }) =>
      path.includes('/aggregates/query') && ++seen > 1
        ? { kind: 'answer', status, body: JSON.stringify(WORDS) }
        : undefined,
    );
    const ran = await desk.why403('export', '--since', '2026-10-01');
    expect(ran.exit).toBeGreaterThan(0);
    expect(ran.stderr).toContain('stopped after 1 window');
    expect(ran.stderr).toContain('What was written stays');
    expect(queries()).toBeLessThan(6);
  });
});

describe('a token that was fetched in this run', () => {
  it('and is refused in the middle of it has ended least likely of all', async () => {
    let seen = 0;
    desk.sandbox.spoil(({ path }) => {
      if (!path.includes('/aggregates/query') || ++seen < 2) return undefined;
      const body = { message: 'Invalid login credentials.', code: 'bad.credentials', status: 401 };
      return { kind: 'answer', status: 401, body: JSON.stringify(body) };
    });
    const ran = await desk.why403('export', '--json', '--since', '2026-10-01');
    expect(ran).toMatchObject({ exit: 1 });
    expect(ran.stderr).toContain('stopped after 1 window');
    const { verdict } = JSON.parse(ran.stdout) as { verdict: { candidates: { code: string }[] } };
    const codes = verdict.candidates.map(({ code }) => code);
    expect(codes).toContain('endpoint/token-malformed');
    expect(codes.at(-1)).toBe('endpoint/token-expired');
  });
});

describe('a server that fails', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());
  const asked = (): number =>
    world.sandbox.requests.filter(({ path }) => path.includes('/aggregates/query')).length;

  it('at one hour, with 500, is asked for the others, with less patience than at first', async () => {
    world.sandbox.spoil(spoiled('2026-11-20T03:00Z', '2026-11-20T04:00Z', 500));
    await expect(world.run({ since: '2026-11-14T00:00:00Z' })).rejects.toMatchObject({
      exit: 4,
      message: expect.stringContaining(
        'left out 1 hour (2026-11-20T03:00:00Z to 2026-11-20T04:00:00Z)',
      ) as string,
    });
    expect(asked()).toBeLessThan(60);
    expect(Object.keys(world.files())).toHaveLength(10);
    world.sandbox.spoil(undefined);
    expect(await world.run()).toMatchObject({ kind: 'done' });
  });

  it('and says when to come again is not asked for other hours', async () => {
    world.sandbox.spoil(({ path }) =>
      path.includes('/aggregates/query')
        ? { kind: 'answer', status: 503, headers: { 'retry-after': '1' }, body: JSON.stringify(WORDS) }
        : undefined,
    );
    expect(await world.run({ since: '2026-10-01T00:00:00Z' })).toMatchObject({ kind: 'report', exit: 3 });
    expect(asked()).toBeLessThan(10);
  });
});

describe('a file that can not be written', () => {
  it.each<[string, (file: string) => void, RegExp]>([
    ['edited', (file) => writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n')), /CR LF/],
    [
      'that is a folder',
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
      /a folder stands where the file goes/,
    ],
  ])('(%s) holds back its own hours only', async (_, spoilFile, message) => {
    await desk.why403('export', '--since', '2026-11-14');
    const days = ['2026-11-17', '2026-11-18', '2026-11-19', '2026-11-22'];
    for (const day of days) spoilFile(join(desk.cwd, `queue-stats/${day}.csv`));
    for (const now of ['2026-11-24T04:30:00Z', '2026-11-25T01:30:00Z', '2026-11-26T09:30:00Z']) {
      desk.now = new Date(now);
      const ran = await desk.why403('export');
      expect(ran).toMatchObject({ exit: 4 });
      expect(ran.stderr).toMatch(message);
      expect(ran.stderr).toContain('What else was owed is in the archive');
      expect(ran.stderr).toMatch(/-(17|18|19|22)\.csv/);
    }
    expect(await desk.status()).toMatchObject({ through: '2026-11-26T09:00:00Z' });
    for (const day of days)
      rmSync(join(desk.cwd, `queue-stats/${day}.csv`), { recursive: true, force: true });
    expect(await desk.why403('export')).toMatchObject({ exit: 0 });
    expect(await desk.status()).toMatchObject({ missingHours: 0, lostFiles: [] });
  });

  it('of new hours stays owed, and is not asked for as closed', async () => {
    await desk.why403('export', '--since', '2026-11-22');
    const file = join(desk.cwd, 'queue-stats/2026-11-23.csv');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll('\n', '\r\n'));
    desk.now = new Date('2026-11-24T03:17:00Z');
    expect(await desk.why403('export')).toMatchObject({ exit: 4 });
    expect(await desk.status()).toMatchObject({
      missingHours: 14,
      gaps: [{ from: '2026-11-23T10:00:00Z', to: '2026-11-24T00:00:00Z' }],
    });
    writeFileSync(file, text);
    expect(await desk.why403('export')).toMatchObject({ exit: 0 });
    expect(hoursIn({ a: readFileSync(file, 'utf8') }).size).toBeGreaterThan(14);
  });
});
