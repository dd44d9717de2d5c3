import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Hour } from '../src/core/index.ts';
import { openWorld } from './export-world.ts';
import type { World } from './export-world.ts';

let world: World;
afterEach(() => world.close());

const FROM = '2026-11-20T00:00:00Z' as Hour;

/** Rows of all files, cell by cell, without their headers. */
function rows(files: Record<string, string>): string[] {
  return Object.values(files).flatMap((text) => text.trimEnd().split('\n').slice(1));
}

function done(result: Awaited<ReturnType<World['run']>>) {
  if (result.kind !== 'done') throw new Error(`not exported: ${JSON.stringify(result.report.verdict)}`);
  return result.summary;
}

describe('an export over a real socket', () => {
  it('writes what happened, hour by hour and queue by queue', async () => {
    world = await openWorld();
    const summary = done(await world.run({ since: FROM }));
    expect(Object.keys(world.files())).toEqual([
      '2026-11-20.csv',
      '2026-11-21.csv',
      '2026-11-22.csv',
      '2026-11-23.csv',
    ]);
    const truth = world.sandbox.truth(FROM, '2026-11-23T10:00:00Z' as Hour).filter((r) => r.queueId !== '');
    const lines = rows(world.files());
    expect(lines).toHaveLength(truth.length);
    expect(truth.length).toBeGreaterThan(100);
    const first = new Map(
      lines.map((l) => [
        `${l.slice(0, 20)} ${l.split(',')[2]} ${/,(voice|message|callback|chat|email),/.exec(l)?.[1]}`,
        l,
      ]),
    );
    for (const row of truth) {
      const line = first.get(`${row.hour.slice(0, 19)}Z ${row.queueId} ${row.mediaType}`)!;
      const offered = row.metrics['nOffered']?.count ?? 0;
      expect(line).toContain(`,${row.mediaType},${offered},${row.metrics['tAnswered']?.count ?? 0},`);
    }
    expect(summary).toMatchObject({
      tokens: 1,
      files: Object.keys(world.files()),
      rows: { fetched: truth.length, added: truth.length },
    });
    // Token aside: who the organisation is, the queues, and one query for three days.
    expect(world.sandbox.requests.map((r) => r.path.split('?')[0])).toEqual([
      '/oauth/token',
      '/api/v2/organizations/me',
      '/api/v2/routing/queues',
      '/api/v2/analytics/conversations/aggregates/query',
    ]);
  });

  it('again: the same bytes, no new token, and no question that was answered before', async () => {
    world = await openWorld();
    done(await world.run({ since: FROM }));
    const before = world.files();
    const asked = world.sandbox.requests.length;
    const summary = done(await world.run());
    expect(world.files()).toEqual(before);
    expect(summary).toMatchObject({
      tokens: 0,
      files: [],
      rows: { added: 0, changed: 0, removed: 0, kept: 0 },
    });
    expect(world.sandbox.requests.slice(asked).map((r) => r.path.split('?')[0])).toEqual([
      '/api/v2/routing/queues',
      '/api/v2/analytics/conversations/aggregates/query',
    ]);
  });

  it('changes the rows of restated hours and no others, and tells old and new', async () => {
    world = await openWorld();
    done(await world.run({ since: FROM }));
    const before = world.files();
    world.sandbox.restate({ from: '2026-11-21T09:00:00Z' as Hour, to: '2026-11-21T11:00:00Z' as Hour });
    expect(done(await world.run()).files).toEqual([]);
    const summary = done(await world.run({ full: true }));
    expect(summary.files).toEqual(['2026-11-21.csv']);
    const [old, now] = [new Set(rows(before)), rows(world.files())];
    const changed = now.filter((line) => !old.has(line));
    expect(changed.length).toBeGreaterThan(0);
    expect(summary.rows.changed + summary.rows.added).toBe(changed.length);
    expect(new Set(changed.map((line) => line.slice(0, 20)))).toEqual(
      new Set(['2026-11-21T09:00:00Z', '2026-11-21T10:00:00Z']),
    );
    expect(now).toHaveLength(old.size + summary.rows.added - summary.rows.removed);
    expect(summary.changes[0]).toMatchObject({
      hour: expect.stringMatching(/^2026-11-21T(09|10)/) as string,
    });
  });

  it('catches up after missed days, and goes on by the hour', async () => {
    world = await openWorld({ at: '2026-11-20T10:17:00Z' });
    done(await world.run({ since: FROM }));
    world.now = new Date('2026-11-23T10:17:00Z');
    const summary = done(await world.run());
    expect(summary.through).toBe('2026-11-23T10:00:00Z');
    const truth = world.sandbox.truth(FROM, '2026-11-23T10:00:00Z' as Hour).filter((r) => r.queueId !== '');
    expect(rows(world.files())).toHaveLength(truth.length);
    world.now = new Date('2026-11-23T11:17:00Z');
    expect(done(await world.run()).windows).toMatchObject([
      { from: '2026-11-23T05:00:00Z', to: '2026-11-23T11:00:00Z', why: 'new' },
    ]);
  });

  it('keeps rows of a division that went out of sight, and says so', async () => {
    world = await openWorld();
    done(await world.run({ since: FROM }));
    const before = world.files();
    world.sandbox.restate({
      from: '2026-11-22T00:00:00Z' as Hour,
      to: '2026-11-23T00:00:00Z' as Hour,
      vanish: true,
    });
    const summary = done(await world.run({ full: true }));
    expect(world.files()).toEqual(before);
    expect(summary.rows.kept).toBeGreaterThan(0);
    expect(summary.warnings).toMatchObject([{ code: 'endpoint/silently-empty' }]);
    const accepted = done(await world.run({ full: true, acceptRemovals: true }));
    expect(accepted.rows.removed).toBe(summary.rows.kept);
    expect(rows({ day: world.files()['2026-11-22.csv']! })).toEqual([]);
  });

  it('mends itself after its ledger was deleted', async () => {
    world = await openWorld();
    done(await world.run({ since: FROM }));
    const before = world.files();
    rmSync(join(world.root, '.why403'), { recursive: true });
    expect(done(await world.run()).through).toBe('2026-11-23T10:00:00Z');
    expect(world.files()).toEqual(before);
  });

  it('fetches a file again that somebody deleted', async () => {
    world = await openWorld();
    done(await world.run({ since: FROM }));
    const before = world.files();
    rmSync(join(world.root, '2026-11-23.csv'));
    const summary = done(await world.run());
    expect(world.files()).toEqual(before);
    expect(summary.warnings[0]?.message).toContain('2026-11-23.csv is gone');
  });

  it('leaves a file as it is that somebody edited', async () => {
    world = await openWorld();
    done(await world.run({ since: FROM }));
    const file = join(world.root, '2026-11-23.csv');
    const edited = readFileSync(file, 'utf8').replaceAll('\n', '\r\n');
    writeFileSync(file, edited);
    await expect(world.run()).rejects.toMatchObject({
      exit: 4,
      message: expect.stringContaining(
        '2026-11-23.csv is not as this program wrote it: line 1 ends with CR LF',
      ) as string,
    });
    expect(readFileSync(file, 'utf8')).toBe(edited);
  });

  it.each(['single.csv', '%Y/%m.csv', '%Y/%m/%d/%H.csv', '%Y.csv'])(
    'holds the same rows in %s',
    async (out) => {
      world = await openWorld();
      done(await world.run({ since: FROM, out }));
      const truth = world.sandbox.truth(FROM, '2026-11-23T10:00:00Z' as Hour).filter((r) => r.queueId !== '');
      expect(rows(world.files())).toHaveLength(truth.length);
      const before = world.files();
      done(await world.run({ out, full: true }));
      expect(world.files()).toEqual(before);
    },
  );

  it('fetches a bounded span and nothing outside', async () => {
    world = await openWorld();
    done(await world.run());
    const before = world.files();
    const summary = done(
      await world.run({ from: '2026-11-01T06:00:00Z' as Hour, to: '2026-11-01T09:00:00Z' as Hour }),
    );
    expect(summary.windows).toMatchObject([{ from: '2026-11-01T06:00:00Z', to: '2026-11-01T09:00:00Z' }]);
    const { '2026-11-01.csv': filled, ...others } = world.files();
    expect(others).toEqual(before);
    expect(new Set(rows({ day: filled! }).map((l) => l.slice(0, 13)))).toEqual(
      new Set(['2026-11-01T06', '2026-11-01T07', '2026-11-01T08']),
    );
    expect(done(await world.run()).files).toEqual([]);
  });
});

describe('a refused export', () => {
  it('prints the finding that diagnose prints: a permission that is missing', async () => {
    world = await openWorld({ scenario: 'endpoint/missing-permission' });
    const result = await world.run();
    expect(result).toMatchObject({
      kind: 'report',
      exit: 1,
      report: { verdict: { kind: 'broken', rootCause: 'endpoint/missing-permission', certainty: 'proved' } },
    });
  });

  it('sends nothing where the credential alone is wrong', async () => {
    world = await openWorld({ scenario: 'credential/swapped' });
    expect(await world.run()).toMatchObject({
      kind: 'report',
      exit: 1,
      report: { verdict: { rootCause: 'credential/swapped' } },
    });
    expect(world.sandbox.requests).toEqual([]);
  });

  it('names four causes of a refused client, and asks for a token once', async () => {
    world = await openWorld({ scenario: 'client/wrong-secret' });
    const result = await world.run();
    expect(result).toMatchObject({
      kind: 'report',
      exit: 1,
      report: { verdict: { kind: 'broken', certainty: 'suspected' } },
    });
    expect(world.sandbox.requests).toHaveLength(1);
  });

  it('is inconclusive where nobody answers', async () => {
    world = await openWorld({ scenario: 'connection/unreachable' });
    expect(await world.run()).toMatchObject({
      kind: 'report',
      exit: 3,
      report: { verdict: { rootCause: 'connection/unreachable' } },
    });
  });

  it('asks for one new token when the cached one is refused', async () => {
    world = await openWorld();
    done(await world.run());
    world.sandbox.set((_, client) => {
      client.secret = `${client.secret}`;
    });
    const tokens = world.sandbox.counters.tokens;
    world.now = new Date('2026-11-30T10:17:00Z');
    expect(done(await world.run()).tokens).toBe(1);
    expect(world.sandbox.counters.tokens).toBe(tokens + 1);
  });

  it('ends with exit 4 where it was stopped after the gate, and goes on in the next run', async () => {
    world = await openWorld();
    let queries = 0;
    world.sandbox.spoil(({ path }) =>
      path.includes('aggregates') && ++queries > 2 ? { kind: 'answer', status: 503, body: '{}' } : undefined,
    );
    await expect(world.run({ since: '2026-10-01T00:00:00Z' })).rejects.toMatchObject({ exit: 4 });
    expect(Object.keys(world.files()).length).toBeGreaterThan(1);
    world.sandbox.spoil(undefined);
    done(await world.run());
    const truth = world.sandbox
      .truth('2026-10-01T00:00:00Z' as Hour, '2026-11-23T10:00:00Z' as Hour)
      .filter((r) => r.queueId !== '');
    expect(rows(world.files())).toHaveLength(truth.length);
  });

  it('refuses the archive of another organisation', async () => {
    world = await openWorld();
    done(await world.run());
    world.sandbox.set((org) => {
      org.id = '00000000-0000-4000-8000-00000000abcd';
    });
    const ledger = join(world.root, '.why403');
    // The access is known; only another client or host makes it ask again.
    expect(done(await world.run()).files).toEqual([]);
    const file = ledgerIn(ledger);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"access": "[^"]+"/, '"access": "0"'));
    await expect(world.run()).rejects.toMatchObject({
      exit: 2,
      message: expect.stringContaining('belongs to the organisation') as string,
    });
  });

  it('refuses a newer ledger and a folder with files of somebody else', async () => {
    world = await openWorld();
    done(await world.run());
    const file = ledgerIn(join(world.root, '.why403'));
    const kept = readFileSync(file, 'utf8');
    writeFileSync(file, kept.replace('"schema": 1', '"schema": 2'));
    await expect(world.run()).rejects.toMatchObject({ exit: 2 });
    expect(readFileSync(file, 'utf8')).toContain('"schema": 2');
    mkdirSync(join(world.root, 'other'), { recursive: true });
    writeFileSync(join(world.root, 'other', '2026-11-23.csv'), 'date;calls\n');
    await expect(
      world.run({ out: 'other/%Y-%m-%d.csv', gated: { root: join(world.root, 'other') } }),
    ).rejects.toMatchObject({ exit: 2 });
  });
});

/** The ledger's file in a state folder. */
function ledgerIn(folder: string): string {
  return join(
    folder,
    readdirSync(folder).find((name) => name.startsWith('queue-hourly'))!,
    'ledger.json',
  );
}
