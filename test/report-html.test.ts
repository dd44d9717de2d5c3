/** The HTML page: nothing gets out of its place, and its policy allows exactly its own style and script. */
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Report } from '../src/core/index.ts';
import { formats } from '../src/render/index.ts';
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from '../src/render/html-assets.ts';
import { anyReport } from './report-arbitrary.ts';
import { reports, view } from './report-samples.ts';

const html = (report: Report): string => formats.get('html')?.render(report, view) ?? '';
const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** The page without its style and script, whose texts are ours. */
function body(page: string): string {
  return page.replace(STYLE, '').replace(SCRIPT, '');
}

const NAMES = new Set(
  (
    '!doctype html head meta title style body a div header h1 h2 h3 span p ul ol li main section aside label input ' +
    'pre button details summary dl dt dd code mark small strong footer script'
  ).split(' '),
);
const ATTRIBUTES = new Set(
  (
    'html lang charset http-equiv content name class href id aria-labelledby aria-hidden aria-label for type data-copy ' +
    'hidden role rel'
  ).split(' '),
);

describe('the page', () => {
  test('its policy names the hashes of its own style and script', () => {
    expect(STYLE_HASH).toBe(hash(STYLE));
    expect(SCRIPT_HASH).toBe(hash(SCRIPT));
    const page = html(reports.proved).replaceAll('&#39;', "'");
    expect(page).toContain(`style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'`);
    expect(html(reports.proved)).toContain(`<style>${STYLE}</style>`);
    expect(html(reports.proved)).toContain(`<script>${SCRIPT}</script>`);
    expect(page).toContain("default-src 'none'");
  });

  test('holds only the tags and attributes that we wrote', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const page = body(html(report));
        const tags = page.match(/<[^>]*>/g) ?? [];
        for (const tag of tags) {
          const [, name = ''] = /^<\/?(!?[a-z0-9]+)/.exec(tag) ?? [];
          expect(NAMES, tag).toContain(name);
          const rest = tag.slice(1 + name.length).replaceAll(/"[^"]*"/g, '""');
          for (const [, attribute = ''] of rest.matchAll(/\s([^\s=>]+)/g))
            expect(ATTRIBUTES, tag).toContain(attribute);
        }
        expect(page.match(/<script/g)).toHaveLength(1);
        expect(page.replaceAll(/<[^>]*>/g, '')).not.toContain('<');
      }),
      { numRuns: 40 },
    );
  });

  test('links only where a browser may go, and asks no server for anything', () => {
    for (const report of Object.values(reports)) {
      const page = html(report);
      for (const [, url] of page.matchAll(/href="([^"]*)"/g))
        expect(url).toMatch(/^(https:\/\/[a-z]|#main$)/);
      expect(STYLE).not.toMatch(/url\(|@import/);
      for (const tag of body(page).match(/<[^>]*>/g) ?? [])
        expect(tag).not.toMatch(/\s(src|srcset|style|on\w+)=/);
    }
    expect(html(reports.proved)).toContain('href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1"');
  });

  test('ids are unique and every label and copy button finds its own', () => {
    for (const report of Object.values(reports)) {
      const page = body(html(report));
      const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const [, id] of page.matchAll(/(?:for|data-copy|aria-labelledby)="([^"]*)"/g))
        expect(ids).toContain(id);
    }
  });

  test('shows the finding before anything else that was found', () => {
    const page = html(reports.proved);
    const first = page.indexOf('The client lacks a permission');
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(page.indexOf('Also found'));
    expect(first).toBeLessThan(page.indexOf('The ladder'));
  });
});
