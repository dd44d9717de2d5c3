/** The pictures of an archive: the sums are the rows', nothing gets out of its place, the page asks nobody. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ArchivePictures, Hour, Line } from '../src/core/index.ts';
import { HOUR_MS, hourOf, hoursLater } from '../src/core/index.ts';
import { queueHourly } from '../src/datasets/queue-hourly.ts';
import { coverageRuns } from '../src/export/coverage-map.ts';
import { figuresOf } from '../src/export/figures.ts';
import { hourNumber, merged } from '../src/export/hours.ts';
import type { Span } from '../src/export/hours.ts';
import { STYLE, STYLE_HASH } from '../src/render/pictures/assets.ts';
import { archivePage } from '../src/render/pictures/page.ts';
import { count, duration, share } from '../src/render/pictures/words.ts';
import { csvFormat } from '../src/render/rows-csv.ts';
import { sparkline } from '../src/cli/status-text.ts';
import { COLUMNS, sampleHours } from './archive-sample.ts';
import { runCli } from './cli-run.ts';

const START = '2026-11-16T00:00:00Z' as Hour;
const first = hourNumber(START);
const cell = (line: Line, column: string): number => Number(line[COLUMNS.indexOf(column)]);

function picturesOf(hours: number, queues: number, name?: (index: number) => string): ArchivePictures {
  const span: Span = [first, first + hours];
  const reader = figuresOf(queueHourly, span, [span]);
  for (const lines of sampleHours(START, hours, queues, name)) reader.add(lines);
  return {
    dataset: queueHourly.id,
    out: 'queue-stats/%Y-%m-%d.csv',
    from: START,
    to: hoursLater(START, hours),
    madeAt: '2026-11-23T09:00:00Z',
    figures: reader.end(),
    coverage: coverageRuns(span, [span], [span], []),
    closedHours: hours,
    missing: [],
    restated: [],
  };
}

describe('sums', () => {
  test('are the same however they are cut: in all, by stretch, by hour of the week, by queue', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 * 30 }), fc.integer({ min: 0, max: 9 }), (hours, queues) => {
        const lines = [...sampleHours(START, hours, queues)].flat();
        const { figures } = picturesOf(hours, queues);
        const offered = lines.reduce((sum, line) => sum + cell(line, 'offered'), 0);
        const inTime = lines.reduce((sum, line) => sum + cell(line, 'service_level_numerator'), 0);
        expect(figures.rows).toBe(lines.length);
        expect([figures.total.offered, figures.total.inTime]).toEqual([offered, inTime]);
        const cuts = [
          figures.series.map((b) => b.tally),
          figures.week,
          figures.queues.map((q) => q.total),
          figures.queues.flatMap((q) => q.byHour),
          figures.queues.flatMap((q) => q.trend.filter((t) => t !== undefined)),
        ];
        for (const tallies of cuts) expect(tallies.reduce((sum, t) => sum + t.offered, 0)).toBe(offered);
      }),
      { numRuns: 25 },
    );
  });

  test('rows outside of the bounds are left out', () => {
    const span: Span = [first + 9, first + 12];
    const reader = figuresOf(queueHourly, span, [span]);
    const inside: number[] = [];
    let hour = first;
    for (const lines of sampleHours(START, 48, 3)) {
      reader.add(lines);
      if (hour >= span[0] && hour < span[1]) inside.push(...lines.map((line) => cell(line, 'offered')));
      hour += 1;
    }
    expect(reader.end().total.offered).toBe(inside.reduce((a, b) => a + b, 0));
    expect(inside.length).toBeGreaterThan(0);
  });

  test('Monday midnight is the first hour of the week', () => {
    const line = [...sampleHours('2026-11-16T08:00:00Z' as Hour, 1, 1)].flat();
    const span: Span = [first, first + 24];
    const reader = figuresOf(queueHourly, span, [span]);
    reader.add(line);
    expect(reader.end().week.findIndex((t) => t.offered > 0)).toBe(8);
  });

  test('the worst queue is the one with most late contacts', () => {
    const { queues } = picturesOf(48, 12).figures;
    const late = queues.map(({ total }) => total.measured - total.inTime);
    expect(late).toEqual([...late].sort((a, b) => b - a));
    expect(late[0]).toBeGreaterThan(late.at(-1)!);
  });

  test('a stretch that lacks hours says so', () => {
    const span: Span = [first, first + 24 * 30];
    const done = merged([
      [first, first + 30],
      [first + 48, first + 24 * 30],
    ]);
    const { series } = figuresOf(queueHourly, span, done).end();
    expect(series.slice(0, 3).map((b) => [b.closed, b.hours])).toEqual([
      [24, 24],
      [6, 24],
      [24, 24],
    ]);
  });
});

describe('coverage', () => {
  const anySpans = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 40 })), { maxLength: 6 })
    .map((list) => merged(list.map(([from, n]): Span => [first + from, first + from + n])));

  test('every hour is in the state that the ledger gives it', () => {
    fc.assert(
      fc.property(anySpans, anySpans, fc.array(fc.integer({ min: 0, max: 240 })), (done, more, again) => {
        const span: Span = [first, first + 240];
        const owed = merged([...done, ...more]);
        const restated = new Set(again.map((n) => first + n));
        const runs = coverageRuns(
          span,
          done,
          owed,
          [...restated].map((n) => hourOf(n * HOUR_MS)),
        );
        const drawn = new Map<number, string>();
        for (const run of runs) {
          const midnight = hourNumber(`${run.day}T00:00:00Z` as Hour);
          expect(run.from).toBeLessThan(run.to);
          expect(run.to).toBeLessThanOrEqual(24);
          for (let h = midnight + run.from; h < midnight + run.to; h++) {
            expect(drawn.has(h)).toBe(false);
            drawn.set(h, run.state);
          }
        }
        const has = (spans: readonly Span[], h: number): boolean => spans.some(([a, b]) => h >= a && h < b);
        for (let h = span[0]; h < span[1]; h++) {
          const wanted = has(done, h)
            ? restated.has(h)
              ? 'restated'
              : 'exported'
            : has(owed, h)
              ? 'missing'
              : undefined;
          expect(drawn.get(h)).toBe(wanted);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a year without a gap is one box a day', () => {
    const span: Span = [first, first + 365 * 24];
    expect(coverageRuns(span, [span], [span], [])).toHaveLength(365);
  });
});

describe('numbers', () => {
  test('a sparkline is blank where nothing is known, and never shows something as nothing', () => {
    expect(sparkline([0, 1, 50, 100], '##.#', 100)).toBe('▁▂ █');
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 10_000 }), { minLength: 24, maxLength: 24 }), (offered) => {
        const drawn = sparkline(offered, '#'.repeat(24), Math.max(1, ...offered));
        expect(drawn).toHaveLength(24);
        offered.forEach((n, hour) => expect(drawn[hour] === '▁').toBe(n === 0));
      }),
    );
  });

  test.each([
    [0, '0'],
    [999, '999'],
    [1234567, '1,234,567'],
    [1234.5, '1,234.5'],
  ])('%d is %s', (number, text) => expect(count(number)).toBe(text));

  test.each([
    [1, 0, '–'],
    [0, 5, '0 %'],
    [2, 3, '66.7 %'],
    [99_999, 100_000, '99.9 %'],
    [5, 5, '100 %'],
  ])('%d of %d is %s', (part, of, text) => expect(share(part, of)).toBe(text));

  test.each([
    [0, '0:00'],
    [65_000, '1:05'],
    [3_725_000, '1:02:05'],
  ])('%d ms is %s', (ms, text) => expect(duration(ms)).toBe(text));
});

describe('the page', () => {
  test('its policy names the hash of its own style, and lets in nothing else', () => {
    expect(STYLE_HASH).toBe(`sha256-${createHash('sha256').update(STYLE).digest('base64')}`);
    const page = archivePage(picturesOf(72, 4)).replaceAll('&#39;', "'");
    expect(page).toContain(`default-src 'none'; style-src '${STYLE_HASH}'; base-uri`);
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page).not.toMatch(/<script|\sstyle=|\son\w+=|\ssrc=|href=|url\(|@import/);
  });

  test("a queue's name stays text, whatever it is", () => {
    const nasty = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom(
        '</title><script>alert(1)</script>',
        '"><img src=x onerror=1>',
        '&lt;b&gt;',
        '\u202eevil',
        ']]>',
      ),
    );
    const plain = archivePage(picturesOf(30, 2, () => 'Plain name')).match(/<[a-z][^\s>]*/g);
    fc.assert(
      fc.property(nasty, (name) => {
        const page = archivePage(picturesOf(30, 2, () => name));
        expect(page.match(/<[a-z][^\s>]*/g)).toEqual(plain);
        expect(page).not.toMatch(/[\u202a-\u202e\u200b\u0000-\u0008]/);
      }),
      { numRuns: 25 },
    );
  });

  test('the same archive gives the same bytes', () => {
    expect(archivePage(picturesOf(200, 5))).toBe(archivePage(picturesOf(200, 5)));
  });

  test('a year of 100 queues stays small', { timeout: 60_000 }, () => {
    const page = archivePage(picturesOf(365 * 24, 100));
    expect(page.length).toBeLessThan(800_000);
    expect(page).toContain('80 more queues');
  });
});

describe('why403 view', () => {
  const folder = mkdtempSync(join(tmpdir(), 'why403-view-'));
  const out = 'stats/%Y-%m-%d.csv';
  const now = (): Date => new Date('2026-11-18T00:30:00Z');
  const view = (...argv: string[]): ReturnType<typeof runCli> =>
    runCli(['view', ...argv], { cwd: folder, now });

  beforeAll(() => {
    const format = csvFormat();
    const days = new Map<string, Line[]>();
    for (const lines of sampleHours(START, 48, 3))
      for (const line of lines) {
        const day = line[0]!.slice(0, 10);
        days.set(day, [...(days.get(day) ?? []), line]);
      }
    for (const [day, lines] of days) {
      const file = join(folder, 'stats', `${day}.csv`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, format.header(COLUMNS) + format.write(lines));
    }
    const run = {
      schema: 1,
      at: '2026-11-17T12:00:00Z',
      dataset: 'queue-hourly',
      out,
      changes: [['2026-11-16T10:00:00Z', 'q', 'voice', 'offered', '1', '2']],
    };
    mkdirSync(join(folder, 'stats', '.why403'), { recursive: true });
    writeFileSync(join(folder, 'stats', '.why403', 'runs.ndjson'), `${JSON.stringify(run)}\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('writes the page to stdout, or to a file', async () => {
    const ran = await view('--out', out);
    expect(ran.exit).toBe(0);
    expect(ran.stdout).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect(ran.stdout).toContain('2026-11-16, 10:00 to 11:00: restated: a later run found other counts');
    const filed = await view('--out', out, '--output', 'page.html');
    expect([filed.exit, filed.stdout]).toEqual([0, '']);
    expect(filed.stderr).toContain('page.html');
  });

  test('gives the sums behind it', async () => {
    const { stdout } = await view('--out', out, '--json', '--from', '2026-11-16', '--to', '2026-11-17');
    const document = JSON.parse(stdout) as ArchivePictures & { schema: number; tool: string };
    expect([document.schema, document.tool, document.from, document.to]).toEqual([
      1,
      'why403',
      '2026-11-16T00:00:00Z',
      '2026-11-17T00:00:00Z',
    ]);
    expect(document.restated).toEqual([{ hour: '2026-11-16T10:00:00Z', cells: 1 }]);
    const rows = [...sampleHours(START, 24, 3)].flat();
    expect(document.figures.total.offered).toBe(rows.reduce((sum, line) => sum + cell(line, 'offered'), 0));
  });

  test('status draws the same hours in the terminal', async () => {
    const ran = await runCli(['status', '--out', out, '--max-age', '999d'], { cwd: folder, now });
    const lines = [...sampleHours(START, 24, 3)];
    const most = /at most (\d+) an hour/.exec(ran.stdout)?.[1];
    const both = [...sampleHours(START, 48, 3)].map((one) =>
      one.reduce((sum, line) => sum + cell(line, 'offered'), 0),
    );
    expect(Number(most)).toBe(Math.max(...both));
    const drawn = lines.map((one) => (one.length > 0 ? '#' : '.')).join('');
    expect(ran.stdout).toContain(`${sparkline(both.slice(0, 24), drawn, Number(most)).trim()}`);
    for (const line of ran.stdout.split('\n').slice(0, 12)) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('no archive is exit 2, and so is a file that is not to be written', async () => {
    expect((await view('--out', 'nothing/%Y.csv')).exit).toBe(2);
    const ran = await view('--out', out, '--output', 'no/such/folder.html');
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toContain('ENOENT');
  });
});
