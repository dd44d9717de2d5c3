/** The HTML report of every scenario, as the admin sees it who was sent it: in a real browser, on a phone and a desk. */
import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/core/index.ts';
import { leaks } from '../leaks.ts';
import { violations } from './axe.ts';
import { openBrowser, openPage, sheets, shoot, SHOTS } from './browser.ts';
import type { Look } from './browser.ts';
import { diagnosed, everyScenario } from './scenarios.ts';

const LOOKS: readonly (readonly [string, Look & { height: number }])[] = [
  ['phone', { width: 390, height: 844 }],
  ['desk', { width: 1280, height: 800 }],
];

let browser: Browser;
beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  browser = await openBrowser();
  console.log(`screenshots: ${SHOTS}`);
});
afterAll(() => browser.close());

/** What the page must show first: the root cause, or where all is well the worst that was found. */
function headline({ verdict, stages }: Report): { code: string; title: string | undefined } {
  const all = stages.flatMap((s) => s.findings);
  const code = verdict.rootCause ?? all[0]?.code ?? '';
  return { code, title: all.find((f) => f.code === code)?.title };
}

describe.each(everyScenario())('%s %s', (org, scenario) => {
  let report: Report;
  let html = '';

  beforeAll(async () => {
    await diagnosed(org, scenario, async (run, sandbox) => {
      const told = await run('json');
      report = JSON.parse(told.stdout) as Report;
      html = (await run('html')).stdout;
      const { id = '', secret = '' } = sandbox.client;
      // A placeholder is no secret, and the report says what it looks like.
      if (scenario === 'credential/placeholder') return;
      const needles = {
        ...(secret.length > 10 && { 'the secret': secret }),
        ...(secret.length > 10 && { 'the pair': Buffer.from(`${id}:${secret}`).toString('base64') }),
      };
      expect(leaks(html, needles)).toEqual([]);
    });
  });

  test.each(LOOKS)(
    '%s: the finding is above the fold, all can use it, nobody is asked',
    async (name, look) => {
      const slug = `${org}-${scenario.replace('/', '-')}-${name}`;
      const { page, asked, complaints, close } = await openPage(browser, slug, html, look);
      try {
        const { code, title } = headline(report);
        expect(code).not.toBe('');
        for (const text of [code, ...(title === undefined ? [] : [title])]) {
          const box = await page.getByText(text).first().boundingBox();
          expect(box, text).not.toBeNull();
          expect(box!.y + box!.height, `${text} is below the fold`).toBeLessThanOrEqual(look.height);
        }
        const wide = await page.evaluate('document.documentElement.scrollWidth');
        expect(wide, 'the page scrolls sideways').toBeLessThanOrEqual(look.width);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          await shoot(page, `${slug}-${colorScheme}`);
          expect(await violations(page), colorScheme).toEqual([]);
        }
        if (name === 'desk') {
          const printed = await sheets(page);
          expect(printed, 'sheets of paper').toBeGreaterThan(0);
          expect(printed, 'sheets of paper').toBeLessThanOrEqual(2);
        }
        expect([asked, complaints]).toEqual([[], []]);
      } finally {
        await close();
      }
    },
  );
});

test('copy buttons copy, and say so to everybody', async () => {
  const html = await diagnosed(
    'genesys',
    'endpoint/missing-permission',
    async (run) => (await run('html')).stdout,
  );
  const { page, close } = await openPage(browser, 'copy', html, { width: 1280 });
  try {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.locator('button[data-copy]').first().click();
    await page.locator('button', { hasText: /Copied|Selected/ }).waitFor();
    const chosen = await page.evaluate(
      "(document.getElementById('said').textContent.startsWith('Copied') ? navigator.clipboard.readText() : getSelection().toString())",
    );
    expect(String(chosen)).toContain('Hello, this is about the OAuth client');
    // All of it can be reached and used without a mouse.
    const reached: string[] = [];
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab');
      reached.push(String(await page.evaluate('document.activeElement.tagName')));
    }
    expect(reached).toEqual(expect.arrayContaining(['BUTTON', 'INPUT', 'SUMMARY', 'A']));
  } finally {
    await close();
  }
});
