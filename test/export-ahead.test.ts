import { expect, it } from 'vitest';
import type { Dataset, Hour } from '../src/core/index.ts';
import { fetchWindows } from '../src/export/fetch.ts';

const hour = (n: number): Hour => `2026-11-23T${String(n).padStart(2, '0')}:00:00Z` as Hour;
const PLAN = [0, 1, 2, 3, 4].map((n) => ({ from: hour(n), to: hour(n + 1), why: 'new' as const }));

/** What happens, in order: asked, read, written. */
async function happening(
  writeMs: number,
  pages = 1,
  parsesOnlyOnceTheNextIsAsked = false,
): Promise<string[]> {
  const events: string[] = [];
  const asked = PLAN.map(() => {
    let tell = (): void => undefined;
    const heard = new Promise<void>((done) => (tell = done));
    return { heard, tell };
  });
  const dataset: Dataset = {
    id: 'fake',
    title: 'fake',
    needs: [],
    columns: ['hour', 'page'],
    key: ['hour', 'page'],
    textColumns: [],
    maxHours: 24,
    ask: ({ from }) => ({ method: 'GET', path: `/${from}?page=1` }),
    read(body, { from }) {
      const page = Number(body);
      events.push(`read ${from.slice(11, 13)}${pages === 1 ? '' : ` page ${page}`}`);
      const more = { method: 'GET' as const, path: `/${from}?page=${page + 1}` };
      return { rows: [{ hour: from, page }], ...(page < pages && { more }) };
    },
  };
  const ports = {
    dataset,
    names: new Map<string, string>(),
    breathe: () => new Promise<void>((done) => setImmediate(done)),
    call: async ({ path }: { path: string }, arrived?: (bytes: number) => void) => {
      events.push(`asked ${path.slice(12, 14)}${pages === 1 ? '' : ` page ${path.slice(-1)}`}`);
      const window = Number(path.slice(12, 14));
      asked[window]?.tell();
      await new Promise((done) => setTimeout(done, 5));
      arrived?.(10);
      if (parsesOnlyOnceTheNextIsAsked) await asked[window + 1]?.heard;
      events.push(`parsed ${path.slice(12, 14)}`);
      return { ok: true as const, body: Number(path.slice(-1)), bytes: 10 };
    },
  };
  for await (const { window, lines, putAway } of fetchWindows(PLAN, ports)) {
    expect(lines).toHaveLength(pages);
    await new Promise((done) => setTimeout(done, writeMs));
    events.push(`written ${window.from.slice(11, 13)}`);
    putAway?.();
    await new Promise((done) => setTimeout(done, writeMs));
    events.push(`noted ${window.from.slice(11, 13)}`);
  }
  return events;
}

it('asks the next question before it parses the answer in hand, while nothing is written', async () => {
  const events = await happening(0, 1, true);
  for (const n of ['00', '01', '02', '03'])
    expect(events.indexOf(`asked 0${Number(n) + 1}`)).toBeLessThan(events.indexOf(`parsed ${n}`));
});

it.each([
  [0, 1],
  [25, 1],
  [0, 3],
  [25, 3],
])('is never more than one window ahead of the writer (%i ms, %i pages)', async (writeMs, pages) => {
  const events = await happening(writeMs, pages);
  expect(events.filter((e) => e.startsWith('written'))).toEqual(
    PLAN.map(({ from }) => `written ${from.slice(11, 13)}`),
  );
  const first = (what: string): number => events.findIndex((e) => e.startsWith(what));
  for (const n of [0, 1, 2]) expect(first(`written 0${n}`)).toBeLessThan(first(`asked 0${n + 2}`));
});

it('asks on while what was written is being noted', async () => {
  const events = await happening(25);
  for (const n of [0, 1, 2])
    expect(events.indexOf(`asked 0${n + 2}`)).toBeLessThan(events.indexOf(`noted 0${n}`));
});
