/** The pictures of an archive in a real browser: a year of a hundred queues opens at once, for everybody. */
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ArchivePictures, Hour } from '../../src/core/index.ts';
import { hoursLater } from '../../src/core/index.ts';
import { queueHourly } from '../../src/datasets/queue-hourly.ts';
import { coverageRuns } from '../../src/export/coverage-map.ts';
import { figuresOf } from '../../src/export/figures.ts';
import { hourAt, hourNumber } from '../../src/export/hours.ts';
import type { Span } from '../../src/export/hours.ts';
import { archivePage } from '../../src/render/pictures/page.ts';
import { sampleHours } from '../archive-sample.ts';
import { violations } from './axe.ts';
import { openBrowser, openPage, shoot, SHOTS } from './browser.ts';

let browser: Browser;
beforeAll(async () => (browser = await openBrowser()));
afterAll(() => browser.close());

const START = '2025-11-23T00:00:00Z' as Hour;

function pageOf(days: number, queues: number): string {
  const first = hourNumber(START);
  const span: Span = [first, first + days * 24];
  const gap: Span = [first + 30, first + 40];
  const done: Span[] = [
    [first, gap[0]],
    [gap[1], span[1]],
  ];
  const reader = figuresOf(queueHourly, span, done);
  for (const lines of sampleHours(START, days * 24, queues)) reader.add(lines);
  const restated = [hourAt(first + 10), hourAt(first + 60)];
  const pictures: ArchivePictures = {
    dataset: queueHourly.id,
    out: 'queue-stats/%Y-%m-%d.csv',
    from: START,
    to: hoursLater(START, days * 24),
    madeAt: hoursLater(START, days * 24),
    figures: reader.end(),
    coverage: coverageRuns(span, done, [span], restated),
    closedHours: days * 24 - 10,
    missing: [{ from: hourAt(gap[0]), to: hourAt(gap[1]) }],
    restated: restated.map((hour) => ({ hour, cells: 2 })),
    runsSince: START,
  };
  return archivePage(pictures);
}

test.each([
  ['a week', 7, 12],
  ['a year', 365, 100],
])('%s: everybody can read it, nobody is asked', async (name, days, queues) => {
  const html = pageOf(days, queues);
  const slug = `view-${name.replace(' ', '-')}`;
  for (const width of [390, 1280]) {
    const { page, asked, complaints, close } = await openPage(browser, slug, html, { width });
    try {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await shoot(page, `${slug}-${width}-${colorScheme}`, true);
        expect(await violations(page), colorScheme).toEqual([]);
      }
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await page.getByText(/Missing hours \(1\)/).click();
      expect(await page.getByText('2025-11-24 06:00 to 2025-11-24 16:00').isVisible()).toBe(true);
      expect([asked, complaints]).toEqual([[], []]);
    } finally {
      await close();
    }
  }
});

test('a year of a hundred queues is small, and no more than a few thousand elements', async () => {
  const file = join(SHOTS, 'year.html');
  const html = pageOf(365, 100);
  writeFileSync(file, html);
  expect(statSync(file).size).toBeLessThan(800_000);
  const { page, close } = await openPage(browser, 'year', html, { width: 1280 });
  try {
    // What makes scrolling stutter is the number of boxes; a dump of the rows would be hundreds of thousands.
    expect(Number(await page.evaluate('document.querySelectorAll("*").length'))).toBeLessThan(8000);
  } finally {
    await close();
  }
});
