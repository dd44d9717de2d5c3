import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Unreadable } from '../src/core/index.ts';
import type { Dataset, Line } from '../src/core/index.ts';
import { hourNumber } from '../src/export/hours.ts';
import { defused, linesOf } from '../src/export/lines.ts';
import { merge, newTally, touched } from '../src/export/merge.ts';
import { csvFormat } from '../src/render/rows-csv.ts';
import type { Hour } from '../src/core/index.ts';

const COLUMNS = ['hour', 'id', 'constructor', 'n'];
const format = csvFormat();
const file = (lines: readonly Line[]): string => format.header(COLUMNS) + format.write(lines);

function readBack(text: string, pieces: readonly number[] = []): Line[] {
  const reader = format.reader(COLUMNS);
  const out: Line[] = [];
  let at = 0;
  for (const size of pieces) {
    out.push(...reader.push(text.slice(at, at + size)));
    at += size;
  }
  out.push(...reader.push(text.slice(at)), ...reader.end());
  return out;
}

/** RFC 4180 by the letter, written for this test alone. */
function independent(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') cell += text[++i]!;
      else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"') quoted = true;
    else if (c === ',') {
      row.push(cell);
      cell = '';
    } else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[i + 1] === '\n') i++;
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += c;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows;
}

const cellArb = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc
    .array(fc.constantFrom('"', ',', '\n', '\r', 'a', "'", '=', ' ', '\uFEFF', 'é', '😀'), { maxLength: 8 })
    .map((p) => p.join('')),
);
const lineArb = fc.tuple(cellArb, cellArb, cellArb, cellArb);

describe('CSV', () => {
  it('comes back as it was written, in whatever pieces, by us and by an independent reader', () => {
    fc.assert(
      fc.property(
        fc.array(lineArb, { maxLength: 20 }),
        fc.array(fc.nat(7), { maxLength: 60 }),
        (lines, pieces) => {
          const text = file(lines);
          expect(readBack(text, pieces)).toEqual(lines);
          expect(independent(text)).toEqual([COLUMNS, ...lines]);
        },
      ),
    );
  });

  it('writes the same text for the same lines, however they are batched', () => {
    const lines = Array.from({ length: 1203 }, (_, i): Line => [
      String(i),
      i % 97 === 0 ? 'a\rb' : 'x',
      '',
      '"',
    ]);
    const whole = format.write(lines);
    expect(format.write(lines.slice(0, 700)) + format.write(lines.slice(700))).toBe(whole);
    expect(format.write([])).toBe('');
  });

  it('begins with a byte order mark only if told, and reads both', () => {
    const bom = csvFormat({ bom: true });
    const text = bom.header(COLUMNS) + bom.write([['a', 'b', 'c', 'd']]);
    expect(text.startsWith('\uFEFFhour,')).toBe(true);
    expect(readBack(text)).toEqual([['a', 'b', 'c', 'd']]);
  });

  it.each([
    ['an extra column', 'hour,id,constructor,n,mine\na,b,c,1,x\n', /extra column mine/],
    ['a missing column', 'hour,id,n\na,b,1\n', /lacks constructor/],
    ['columns in another order', 'id,hour,constructor,n\n', /another order/],
    ['an extra cell', 'hour,id,constructor,n\na,b,c,1,x\n', /line 2 has 5 cells/],
    ['CR LF', 'hour,id,constructor,n\r\na,b,c,1\r\n', /line 1 ends with CR LF/],
    ['CR LF after a quoted cell', 'hour,id,constructor,n\na,b,c,"1"\r\n', /line 2 ends with CR LF/],
    ['a broken quote', 'hour,id,constructor,n\na,"b,c,1\n', /does not end/],
    ['a quote in a cell', 'hour,id,constructor,n\na,b"x"y,c,1\n', /line 2 has a quote inside/],
    ['text after a quote', 'hour,id,constructor,n\na,"b"y,c,1\n', /line 2 has text after a closing quote/],
    ['a cut end', 'hour,id,constructor,n\na,b,c,1', /no line end/],
    ['nothing', '', /empty/],
  ])('notices %s', (_, text, message) => {
    expect(() => readBack(text)).toThrow(Unreadable);
    expect(() => readBack(text)).toThrow(message);
  });

  it('defuses what a spreadsheet would run, once', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx']) {
      expect(defused(text)).toBe(`'${text}`);
      expect(defused(defused(text))).toBe(`'${text}`);
    }
    for (const text of ['a=b', '1', '', "'x", ' =1']) expect(defused(text)).toBe(text);
  });
});

const DATASET: Dataset = {
  id: 'd',
  title: 'd',
  needs: [],
  columns: ['hour', 'id', 'name', 'n'],
  key: ['hour', 'id'],
  textColumns: ['id', 'name'],
  counts: ['n'],
  maxHours: 24,
  ask: () => ({ method: 'GET', path: '/' }),
  read: () => ({ rows: [] }),
};
const hour = (h: number): string => `2026-11-23T${String(h).padStart(2, '0')}:00:00Z`;
const DAY = hourNumber('2026-11-23T00:00:00Z' as Hour);

async function merging(
  stored: Line[],
  fresh: Line[],
  over: { window?: [number, number]; visible?: (id: string) => boolean; acceptRemovals?: boolean } = {},
): Promise<{ lines: Line[]; tally: ReturnType<typeof newTally> }> {
  const [from, to] = over.window ?? [0, 24];
  const tally = newTally();
  const batches = (async function* () {
    for (let i = 0; i < stored.length; i += 3) yield await Promise.resolve(stored.slice(i, i + 3));
  })();
  const input = {
    dataset: DATASET,
    file: [DAY, DAY + 24] as const,
    window: [DAY + from, DAY + to] as const,
    fresh,
    visible: over.visible ?? (() => true),
    acceptRemovals: over.acceptRemovals ?? false,
  };
  const lines: Line[] = [];
  for await (const batch of merge(batches, input, tally)) lines.push(...batch);
  return { lines, tally };
}

describe('merging', () => {
  const line = (h: number, id: string, n: number): Line => [hour(h), id, `queue ${id}`, String(n)];

  it('is the union by key, fresh before stored, for any lines', async () => {
    const linesArb = fc
      .uniqueArray(fc.tuple(fc.nat(23), fc.constantFrom('a', 'b', 'c'), fc.nat(3)), {
        selector: ([h, id]) => `${h} ${id}`,
        maxLength: 30,
      })
      .map((cells) =>
        cells.map(([h, id, n]) => line(h, id, n)).sort((x, y) => (x.join() < y.join() ? -1 : 1)),
      );
    await fc.assert(
      fc.asyncProperty(
        linesArb,
        linesArb,
        fc.nat(24),
        fc.nat(24),
        fc.constantFrom('', 'a', 'ab', 'abc'),
        async (stored, all, x, y, seen) => {
          const [from, to] = [Math.min(x, y), Math.max(x, y)];
          const inside = (l: Line): boolean => l[0]! >= hour(from) && l[0]! < hour(to);
          const fresh = all.filter(inside);
          const { lines, tally } = await merging(stored, fresh, {
            window: [from, to],
            visible: (id) => seen.includes(id),
          });
          const want = new Map(stored.map((l) => [l.slice(0, 2).join(), l]));
          for (const l of stored)
            if (inside(l) && fresh.some((f) => f[0] === l[0]) && seen.includes(l[1]!))
              want.delete(l.slice(0, 2).join());
          for (const l of fresh) want.set(l.slice(0, 2).join(), l);
          expect(lines).toEqual([...want.values()].sort((p, q) => (p.join() < q.join() ? -1 : 1)));
          expect(touched(tally)).toBe(JSON.stringify(lines) !== JSON.stringify(stored));
        },
      ),
    );
  });

  it('tells what a revisit changed, old and new', async () => {
    const { tally } = await merging([line(1, 'a', 5), line(1, 'b', 7)], [line(1, 'a', 6), line(1, 'b', 7)]);
    expect(tally).toMatchObject({ added: 0, changed: 1, removed: 0, kept: 0 });
    expect(tally.changes).toEqual([{ hour: hour(1), key: ['a'], column: 'n', old: '5', new: '6' }]);
  });

  it('silence deletes nothing', async () => {
    const stored = [line(1, 'a', 5), line(1, 'b', 7), line(2, 'a', 1)];
    const nothing = await merging(stored, []);
    expect(nothing.lines).toEqual(stored);
    expect([...nothing.tally.keptHours]).toEqual([hour(1), hour(2)]);
    const outOfSight = await merging(stored, [line(1, 'a', 5)], { visible: (id) => id === 'a' });
    expect(outOfSight.lines).toEqual(stored);
    const really = await merging(stored, [line(1, 'a', 5)]);
    expect(really.lines).toEqual([line(1, 'a', 5), line(2, 'a', 1)]);
    const accepted = await merging(stored, [line(1, 'a', 5)], { visible: () => false, acceptRemovals: true });
    expect(accepted.lines).toEqual([line(1, 'a', 5)]);
  });

  it.each([
    ['unsorted rows', [line(2, 'a', 1), line(1, 'a', 1)]],
    ['a row that is there twice', [line(1, 'a', 1), line(1, 'a', 2)]],
    ['a row of another day', [['2026-11-24T00:00:00Z', 'a', '', '1']]],
    ['a row without an hour', [['23/11/2026 01:00', 'a', '', '1']]],
  ])('notices %s', async (_, stored) => {
    await expect(merging(stored, [])).rejects.toThrow(Unreadable);
  });

  it('refuses rows that share a key', () => {
    const row = { hour: hour(1), id: 'a', name: '', n: 1 };
    expect(() => linesOf(DATASET, [row, { ...row, n: 2 }])).toThrow(/same hour, id/);
  });
});
