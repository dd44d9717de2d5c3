/** The short form of `npm run test:endure`: the same parts, some seconds each. */
import { expect, it } from 'vitest';
import { faulty } from '../bench/endure/faulty.ts';
import { killAgainAndAgain } from '../bench/endure/kills.ts';
import { life } from '../bench/endure/life.ts';
import { rivals } from '../bench/endure/rivals.ts';

it('survives kills in the middle of backfills, some of them between a file and the ledger', async () => {
  const counts = await killAgainAndAgain({
    kills: 12,
    killsAnArchive: 6,
    days: 60,
    patterns: ['%Y-%m-%d.csv', '%Y/%m/%d/%H.csv'],
    seed: Math.floor(Math.random() * 1e9),
  });
  expect(counts.kills).toBe(12);
  expect(counts.between).toBeGreaterThan(0);
  expect(counts.cells).toBeGreaterThan(100_000);
}, 90_000);

it('lets one of two or three in at a time, and the next when that one was killed', async () => {
  const counts = await rivals(4, 21, Math.floor(Math.random() * 1e9));
  expect(counts).toMatchObject({ rounds: 4 });
  expect(counts.through + counts.locked + counts.killed).toBe(2 + 3 + 2 + 3);
}, 90_000);

it('brings a month in although a third of all answers is spoiled', async () => {
  const counts = await faulty(30, Math.floor(Math.random() * 1e9));
  expect(counts.spoiled / counts.answers).toBeGreaterThan(0.2);
}, 60_000);

it('lives through six days with gaps, restatements, lost tokens and reboots', async () => {
  const counts = await life(6, Math.floor(Math.random() * 1e9));
  expect(counts.runs + counts.missed).toBe(counts.hours);
  expect(counts.restated).toBeGreaterThan(0);
  expect(counts.reboots).toBeGreaterThan(0);
}, 60_000);
