/** A real Chromium, from npm packages, that may ask nobody for anything. */
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Screenshots stay here, to be looked at. */
export const SHOTS = process.env['WHY403_SHOTS'] ?? mkdtempSync(join(tmpdir(), 'why403-people-'));

export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    // Not the package's own arguments: its single process ends with the first window, and it lets pages ask anybody.
    args: [
      '--no-sandbox',
      '--headless=shell',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--font-render-hinting=none',
    ],
    headless: true,
  });
}

export interface Opened {
  readonly page: Page;
  /** URLs that the page asked for, besides itself. */
  readonly asked: readonly string[];
  /** What the browser complained about. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

export interface Look {
  readonly width: number;
  readonly height?: number;
  readonly dark?: boolean;
}

/** Opens a page of ours from a file, as a person does who got it by mail. */
export async function openPage(browser: Browser, name: string, html: string, look: Look): Promise<Opened> {
  const file = join(mkdtempSync(join(tmpdir(), 'why403-page-')), `${name}.html`);
  writeFileSync(file, html);
  const url = pathToFileURL(file).href;
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height ?? 844 },
    colorScheme: look.dark ? 'dark' : 'light',
    isMobile: look.width < 600,
    hasTouch: look.width < 600,
  });
  const asked: string[] = [];
  const complaints: string[] = [];
  const page = await context.newPage();
  page.on('request', (request) => {
    if (request.url() !== url) asked.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, asked, complaints, close: () => context.close() };
}

/** Shots of the first screen, or of the whole page. */
export async function shoot(page: Page, name: string, fullPage = false): Promise<void> {
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage });
}

/** How many sheets of A4 it prints on. */
export async function sheets(page: Page): Promise<number> {
  const pdf = await page.pdf({
    format: 'A4',
    margin: { top: '1cm', bottom: '1cm', left: '1cm', right: '1cm' },
  });
  return pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
}
