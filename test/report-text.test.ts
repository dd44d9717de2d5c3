/** Text for people: what is broken into lines and what never is, the carets, the one-line form. */
import stringWidth from 'fast-string-width';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../src/core/index.ts';
import { formats, shortReport, type Paint, type View } from '../src/render/index.ts';
import { placeOf, underlined } from '../src/render/text-paste.ts';
import { plain } from '../src/render/view.ts';
import { anyReport } from './report-arbitrary.ts';
import { reports, view } from './report-samples.ts';

const text = (report: Report, given: Partial<View> = {}): string =>
  formats.get('text')?.render(report, { ...view, ...given }) ?? '';

describe('text', () => {
  test.each([50, 80, 100])('keeps within %i columns wherever a line can be broken', (width) => {
    const commands = new Set(
      Object.values(reports).flatMap((r) =>
        r.stages.flatMap((s) =>
          s.findings.flatMap((f) => f.fix.flatMap((x) => x.command?.split('\n') ?? [])),
        ),
      ),
    );
    for (const report of Object.values(reports).filter((r) => r !== reports.hostile)) {
      for (const line of text(report, { width }).split('\n')) {
        const unbreakable =
          commands.has(line.trim()) || !line.trim().includes(' ') || commands.has(line.trimStart());
        const single = [...commands].some((c) => c.trim() === line.trim());
        if (!unbreakable && !single) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
      }
    }
  });

  test('commands stay whole, so that they can be copied', () => {
    const lines = text(reports.proved, { width: 40 })
      .split('\n')
      .map((line) => line.trim());
    expect(lines).toContain(
      "why403 diagnose --region eu-central-1 --endpoint 'POST /api/v2/analytics/conversations/aggregates/query'",
    );
  });

  test('has a line for each stage, with its status in words', () => {
    const lines = text(reports.suspected).split('\n');
    for (const [stage, status] of [
      ['credential', 'clear'],
      ['client', 'found'],
      ['endpoint', 'skipped'],
    ]) {
      expect(lines.filter((l) => new RegExp(`^  \\S ${stage} +${status}\\b`).test(l))).toHaveLength(1);
    }
  });

  test('colour adds nothing that the words do not say', () => {
    const tag = (name: string) => (s: string) => `\u001b[${name}m${s}\u001b[0m`;
    const paint: Paint = {
      bold: tag('1'),
      dim: tag('2'),
      underline: tag('4'),
      red: tag('31'),
      green: tag('32'),
      yellow: tag('33'),
      cyan: tag('36'),
    };
    for (const report of Object.values(reports)) {
      const bare = text(report, { paint }).replaceAll(/\u001b\[\d+m/g, '');
      const lines = (s: string): string[] => s.split('\n').map((l) => l.trimEnd());
      expect(lines(bare)).toEqual(lines(text(report)));
    }
  });

  test('a finding that is only suspected is never stated as a fact', () => {
    expect(text(reports.suspected)).toContain('Suspected: The secret is not the one');
    expect(text(reports.pasted)).toContain('(there for certain, suspected as the cause)');
  });

  test('never throws', () => {
    fc.assert(
      fc.property(anyReport, fc.integer({ min: 0, max: 200 }), (report, width) => {
        expect(text(report, { width })).toContain(report.stages[0]?.stage);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the underlined paste', () => {
  const line = fc.string({ unit: 'grapheme', maxLength: 30 });

  test('carets stand below what the span marks', () => {
    fc.assert(
      fc.property(line, fc.string({ minLength: 1, maxLength: 12 }), line, (before, marked, after) => {
        const paste = `first line\n${before}${marked}${after}\nlast`;
        const from = 11 + before.length;
        const [shown = '', carets = ''] = underlined(paste, { from, to: from + marked.length }, 200, plain);
        const start = stringWidth(carets.slice(0, carets.indexOf('^')));
        const place = placeOf(paste, { from, to: from + marked.length });
        const lead = `    2 | ${place.before}`;
        expect(shown.startsWith(lead)).toBe(true);
        expect(start).toBe(stringWidth(lead));
        expect(carets.split('^').length - 1).toBe(Math.max(1, stringWidth(place.marked)));
      }),
    );
  });

  test('a long line is cut around the mark, never through the width', () => {
    const paste = `${'a'.repeat(300)}HERE${'b'.repeat(300)}`;
    const [shown = '', carets = ''] = underlined(paste, { from: 300, to: 304 }, 60, plain);
    expect(stringWidth(shown)).toBeLessThanOrEqual(60);
    expect(shown.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('HERE');
  });

  test('counts lines and columns from one', () => {
    expect(placeOf('a\nbc\nd', { from: 3, to: 4 })).toMatchObject({ line: 2, column: 2, marked: 'c' });
    expect(placeOf('\na', { from: 0, to: 1 })).toMatchObject({ line: 1, column: 1, marked: '' });
    expect(placeOf('a\nbc\nd', { from: 900, to: 901 })).toMatchObject({ line: 3, marked: '' });
    expect(placeOf('a\nbc\nd', { from: 2, to: 6 })).toMatchObject({ marked: 'bc', more: true });
  });
});

describe('the short form', () => {
  test.each(Object.entries(reports))('%s is one line', (_, report) => {
    const line = shortReport(report, view);
    expect(line).toMatch(/^why403 [^\n]+\n$/);
    expect([...line].length).toBeLessThanOrEqual(301);
  });

  test('says verdict, cause and who does what', () => {
    expect(shortReport(reports.proved, view)).toBe(
      'why403 Genesys Cloud, eu-central-1 (mypurecloud.de): Broken: endpoint/missing-permission (proved). ' +
        'The client lacks a permission that the endpoint needs. Fix (Admin): Give the client a role that holds ' +
        'analytics:conversationAggregate:view, in the divisions whose queues it must see.\n',
    );
    expect(shortReport(reports.suspected, view)).toContain(
      'Or: client/unknown, client/disabled, request/wrong-region.',
    );
  });
});
