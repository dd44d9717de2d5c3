/** Markdown and the GitHub format: text stays text, annotations keep GitHub's limits, pages are made from checks. */
import fc from 'fast-check';
import { lexer, walkTokens, type Token } from 'marked';
import { describe, expect, test } from 'vitest';
import type { Report } from '../src/core/index.ts';
import { findingPage, formats, githubSummary, pageIndex } from '../src/render/index.ts';
import { block, code, link, prose } from '../src/render/markdown.ts';
import { anyReport } from './report-arbitrary.ts';
import { HOSTILE, ladder, reports, view } from './report-samples.ts';

const render = (format: string, report: Report): string => formats.get(format)?.render(report, view) ?? '';

/** All tokens of a text, as GitHub's flavour of markdown reads it. */
function tokens(markdown: string): Token[] {
  const all: Token[] = [];
  void walkTokens(lexer(markdown), (token) => void all.push(token));
  return all;
}

const ACTIVE = [
  'html',
  'image',
  'strong',
  'em',
  'del',
  'codespan',
  'code',
  'heading',
  'list',
  'blockquote',
  'hr',
  'table',
];
const line = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(...HOSTILE.split(/[\n ]/), '- ', '1. ', '> ', '# ', '***'),
    ),
    {
      maxLength: 6,
    },
  )
  .map((pieces) => pieces.join('').trim().replaceAll(/\s+/g, ' '));

describe('prose', () => {
  test('activates nothing', () => {
    fc.assert(
      fc.property(line, (text) => {
        const active = tokens(prose(text)).filter((t) => ACTIVE.includes(t.type));
        expect(active, prose(text)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('keeps what people read in a terminal', () => {
    expect(prose('grant_type=client_credentials, analytics:queueObservation:view (id & secret)')).toBe(
      'grant_type=client_credentials, analytics:queueObservation:view (id & secret)',
    );
  });

  test('mentions nobody', () => {
    expect(prose('@octocat')).not.toContain('@');
  });
});

describe('code', () => {
  test('stays one span with the very text', () => {
    fc.assert(
      fc.property(line, (text) => {
        const spans = tokens(`x ${code(text)} y`).filter((t) => t.type === 'codespan');
        expect(spans).toHaveLength(text === '' ? 0 : 1);
      }),
      { numRuns: 300 },
    );
  });

  test('a block cannot be left from inside', () => {
    const [only, ...others] = tokens(block('a\n```\n<b>\n````\nend'));
    expect(only).toMatchObject({ type: 'code', text: 'a\n```\n<b>\n````\nend' });
    expect(others).toEqual([]);
  });

  test('only web addresses become links', () => {
    expect(link('x', 'javascript:alert(1)')).toBe('x: `javascript:alert(1)`');
    expect(link('x', 'https://a.example/b(c)')).toBe('x: <https://a.example/b(c)>');
  });
});

describe('markdown', () => {
  test('a hostile report formats nothing of its own', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const all = tokens(render('markdown', report));
        const html = all.filter((t) => t.type === 'html').map((t) => t.raw.trim());
        expect(html.filter((h) => h !== '<br>')).toEqual([]);
        expect(all.filter((t) => t.type === 'image')).toEqual([]);
        for (const t of all)
          if (t.type === 'link')
            expect((t as Token & { href: string }).href).toMatch(/^(https?|ftp):|^mailto:/);
      }),
      { numRuns: 60 },
    );
  });

  test('the ladder is one table of eight rows', () => {
    for (const report of Object.values(reports)) {
      const tables = tokens(render('markdown', report)).filter((t) => t.type === 'table');
      expect(tables.map((t) => (t as Token & { rows: unknown[] }).rows.length)).toEqual([8]);
    }
  });
});

describe('github', () => {
  const undone = (text: string): string =>
    text
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%25', '%');

  test('every line is one annotation, at most ten of a kind, none too long', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const lines = render('github', report).trimEnd().split('\n');
        for (const kind of ['error', 'warning', 'notice']) {
          expect(lines.filter((l) => l.startsWith(`::${kind} `)).length).toBeLessThanOrEqual(10);
        }
        for (const each of lines) {
          expect(each).toMatch(
            /^::(error|warning|notice) title=(?:[^%:,\r\n]|%(?:25|0D|0A|3A|2C))+::(?:[^%\r\n]|%(?:25|0D|0A))*$/,
          );
          expect([...undone(each.split('::').slice(2).join('::'))].length).toBeLessThanOrEqual(4096);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('what does not fit in ten is named in the tenth', () => {
    const codes = ladder[7]?.checks.map((c) => c.code) ?? [];
    const findings = codes.map((each) => ({ ...reports.proved.stages[7]!.findings[0]!, code: each }));
    const stages = reports.proved.stages.map((s) => (s.stage === 'endpoint' ? { ...s, findings } : s));
    const output = render('github', { ...reports.proved, stages });
    expect(output.match(/^::error /gm)).toHaveLength(10);
    for (const each of codes) expect(undone(output)).toContain(each);
  });

  test('the step summary is the whole report, within GitHub’s size', () => {
    expect(githubSummary(reports.proved, view)).toBe(render('markdown', reports.proved));
    const long = { ...reports.healthy, notes: ['é'.repeat(1_200_000)] };
    expect(Buffer.byteLength(githubSummary(long, view))).toBeLessThan(1024 * 1024);
  });
});

describe('pages', () => {
  const stage = ladder[5]!;
  const check = stage.checks[0]!;

  test('a page says what, how grave, and shows the golden report', async () => {
    await expect(findingPage(check, stage, 'Broken: grant/not-allowed\n```\n')).toMatchFileSnapshot(
      'goldens/page.md',
    );
  });

  test('the index lists every check once', () => {
    const index = pageIndex(ladder);
    for (const each of ladder.flatMap((s) => s.checks)) {
      expect(index.split(`(${each.code}.md)`)).toHaveLength(2);
    }
  });
});
