/** The shapes of an archive, through the command as a user gives it, against a sandbox. */
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Dataset, Hour, Line } from '../src/core/index.ts';
import { bundledDataset, shaped } from '../src/datasets/index.ts';
import { localClock } from '../src/datasets/local-time.ts';
import { ndjsonFormat } from '../src/render/rows-ndjson.ts';
import { builtInOrg } from '../src/sandbox/server.ts';
import { openDesk, type Desk } from './export-desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

async function exported(...argv: string[]): Promise<string> {
  const ran = await desk.why403('export', ...argv);
  expect(ran.stderr + ran.stdout).not.toContain('Usage');
  expect(ran).toMatchObject({ exit: 0 });
  return ran.stdout;
}

function text(path: string): string {
  return readFileSync(join(desk.cwd, path), 'utf8');
}

function rows(path: string): string[][] {
  return text(path)
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
}

describe('--columns', () => {
  it('keeps those of the key always, and the order that was asked for', async () => {
    await exported('--since', '2026-11-23', '--columns', 'answered,media_type,offered');
    const [header, first] = rows('queue-stats/2026-11-23.csv');
    expect(header).toEqual(['interval_start', 'queue_id', 'answered', 'media_type', 'offered']);
    expect(first).toHaveLength(5);
  });

  it('is part of the archive: a run with others is refused, status needs none', async () => {
    await exported('--since', '2026-11-23', '--columns', 'offered');
    const before = text('queue-stats/2026-11-23.csv');
    const ran = await desk.why403('export', '--columns', 'answered');
    expect(ran).toMatchObject({ exit: 2 });
    expect(ran.stderr).toContain('the columns');
    expect(await desk.why403('export')).toMatchObject({ exit: 2 });
    expect(text('queue-stats/2026-11-23.csv')).toBe(before);
    expect(await desk.why403('status')).toMatchObject({ exit: 0 });
  });

  it('names the nearest of an unknown column, and sends nothing', async () => {
    const ran = await desk.why403('export', '--columns', 'offred');
    expect(ran).toMatchObject({ exit: 2 });
    expect(ran.stderr).toContain("no column 'offred'");
    expect(ran.stderr).toContain('did you mean offered');
    expect(desk.sandbox.requests).toEqual([]);
  });

  it.each([
    [['--columns', 'offered,offered'], 'twice'],
    [['--columns', 'offered,'], 'empty name'],
    [['--media', 'voise'], 'did you mean voice'],
    [['--media', 'Voice!'], 'no media type'],
    [['--fill', 'zero'], 'for which media'],
    [['--fill', 'one'], '--fill zero'],
    [['--tz', 'Europe/Berlim'], 'no time zone'],
    [['--layout', 'week'], 'one of day, month, single'],
    [['--layout', 'day', '--out', 'x/%Y.csv'], 'names files already'],
    [['--bom', '--out', 'x/%Y.ndjson'], 'leave --bom out'],
    [['--dataset', 'agent-hourly', '--media', 'voice'], 'nothing for dataset agent-hourly'],
    [['--dataset', 'queues', '--tz', 'UTC'], 'have no hour'],
    [['--dataset', 'queues', '--out', '%Y.csv'], 'is one table'],
    [['--dataset', 'queue-observations', '--from', '2026-11-01'], 'has no history'],
  ])('%j is refused (2) before anything is sent', async (argv, message) => {
    const ran = await desk.why403('export', ...argv);
    expect(ran).toMatchObject({ exit: 2, stdout: '' });
    expect(ran.stderr).toContain(message);
    expect(desk.sandbox.requests).toEqual([]);
    expect(readdirSync(desk.cwd)).toEqual([]);
  });
});

describe('--media and --fill', () => {
  it('asks for those media only', async () => {
    await exported('--since', '2026-11-22', '--media', 'voice');
    const [, ...lines] = rows('queue-stats/2026-11-22.csv');
    expect(new Set(lines.map((line) => line[4]))).toEqual(new Set(['voice']));
    expect(await desk.why403('export')).toMatchObject({ exit: 2 });
    expect((await desk.why403('export', '--media', 'message')).stderr).toContain('media=voice');
  });

  it('writes zeros where a listed queue had no traffic, which later traffic replaces', async () => {
    const argv = [
      '--media',
      'voice',
      '--fill',
      'zero',
      '--columns',
      'queue_name,media_type,offered,wait_ms_sum',
    ];
    await exported('--since', '2026-11-22', ...argv);
    const [, ...lines] = rows('queue-stats/2026-11-22.csv');
    const queues = builtInOrg('genesys').queues as unknown as { id: string }[];
    expect(lines.length % 24).toBe(0);
    expect(lines.length / 24).toBeGreaterThan(1);
    expect(lines.length / 24).toBeLessThanOrEqual(queues.length);
    const zeros = lines.filter((line) => line[4] === '0');
    expect(zeros.length).toBeGreaterThan(0);
    for (const line of zeros) expect(line[5]).toBe('');
    const before = text('queue-stats/2026-11-22.csv');
    await exported('--full', ...argv);
    expect(text('queue-stats/2026-11-22.csv')).toBe(before);
  });

  it('never puts a zero in the place of a number that the API no longer shows', async () => {
    const argv = ['--media', 'voice', '--fill', 'zero'];
    await exported('--since', '2026-11-22', ...argv);
    const before = text('queue-stats/2026-11-22.csv');
    desk.sandbox.restate({
      from: '2026-11-22T00:00:00Z' as Hour,
      to: '2026-11-23T00:00:00Z' as Hour,
      vanish: true,
    });
    const ran = await desk.why403('export', '--full', ...argv);
    expect(ran.stdout).toContain('endpoint/silently-empty');
    expect(text('queue-stats/2026-11-22.csv')).toBe(before);
  });
});

describe('--tz', () => {
  it.each([
    ['Europe/Berlin', '2026-10-25T00:00:00Z', '2026-10-25T02:00:00+02:00'],
    ['Europe/Berlin', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00+01:00'],
    ['Europe/Berlin', '2026-03-29T00:00:00Z', '2026-03-29T01:00:00+01:00'],
    ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-29T03:00:00+02:00'],
    ['Asia/Kolkata', '2026-11-23T09:00:00Z', '2026-11-23T14:30:00+05:30'],
    ['America/St_Johns', '2026-12-31T23:00:00Z', '2026-12-31T19:30:00-03:30'],
    ['Asia/Kathmandu', '2026-12-31T19:00:00Z', '2027-01-01T00:45:00+05:45'],
    ['UTC', '2026-11-23T00:00:00Z', '2026-11-23T00:00:00+00:00'],
  ])('%s at %s is %s', (zone, hour, local) => {
    expect(localClock(zone)(hour as Hour)).toBe(local);
  });

  it('names the same instant, in any zone and any hour', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
        fc.integer({ min: 262_968, max: 700_000 }),
        (zone, number) => {
          const hour = `${new Date(number * 3_600_000).toISOString().slice(0, 19)}Z`;
          expect(Date.parse(localClock(zone)(hour as Hour))).toBe(number * 3_600_000);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('adds a column and leaves the hours in UTC', async () => {
    await exported('--since', '2026-11-23', '--tz', 'Asia/Kolkata');
    const [header, first] = rows('queue-stats/2026-11-23.csv');
    expect(header?.at(-1)).toBe('interval_start_local');
    expect(first?.[0]).toBe('2026-11-23T00:00:00Z');
    expect(first?.at(-1)).toBe('2026-11-23T05:30:00+05:30');
    expect((await desk.why403('export', '--tz', 'Europe/Berlin')).stderr).toContain('tz=Asia/Kolkata');
  });
});

describe('--layout, ndjson, gzip', () => {
  it.each([
    [['--layout', 'month'], 'queue-stats/2026-11.csv'],
    [['--layout', 'single'], 'queue-stats/all.csv'],
    [['--layout', 'day', '--out', 'mine/'], 'mine/2026-11-23.csv'],
  ])('%j writes %s', async (argv, file) => {
    await exported('--since', '2026-11-23', ...argv);
    expect(existsSync(join(desk.cwd, file))).toBe(true);
    expect(await desk.why403('status', ...argv)).toMatchObject({ exit: 0 });
  });

  it('writes newline-delimited JSON with the same cells as CSV', async () => {
    await exported('--since', '2026-11-22', '--out', 'c/%Y-%m-%d.csv');
    await exported('--since', '2026-11-22', '--out', 'n/%Y-%m-%d.ndjson');
    const [header, ...lines] = rows('c/2026-11-22.csv');
    const objects = text('n/2026-11-22.ndjson')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string | number | null>);
    expect(objects).toHaveLength(lines.length);
    expect(Object.keys(objects[0]!)).toEqual(header);
    expect(objects.map((o) => Object.values(o).map((v) => (v === null ? '' : String(v))))).toEqual(lines);
    expect(typeof objects[0]!['offered']).toBe('number');
    const before = text('n/2026-11-22.ndjson');
    await exported('--full', '--out', 'n/%Y-%m-%d.ndjson');
    expect(text('n/2026-11-22.ndjson')).toBe(before);
  });

  it('reads back the lines that it wrote, whatever they hold', () => {
    const columns = ['hour', 'name', 'n'];
    const cell = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '12', '-0.5', '1e21', '007', '\u2028'),
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.constant('2026-11-23T09:00:00Z'), cell, fc.constantFrom('', '0', '12', '0.25', 'x')),
        ),
        fc.integer({ min: 1, max: 40 }),
        (lines: Line[], size) => {
          const format = ndjsonFormat(columns, ['name']);
          const all = format.write(lines);
          const reader = format.reader(columns);
          const read: Line[] = [];
          for (let i = 0; i < all.length; i += size) read.push(...reader.push(all.slice(i, i + size)));
          expect([...read, ...reader.end()]).toEqual(lines);
        },
      ),
    );
  });

  it.each([
    ['{"a":1}\r\n', /line 1 ends with CR LF/],
    ['{"a":1}\n\n', /line 2 is no JSON/],
    ['[1]\n', /no JSON object/],
    ['{"b":1}\n', /fields b/],
    ['{"a":{}}\n', /neither a text nor a number/],
    ['{"a":1}', /no line end/],
  ])('notices that %j was edited', (edited, message) => {
    const reader = ndjsonFormat(['a'], []).reader(['a']);
    expect(() => [...reader.push(edited), ...reader.end()]).toThrow(message);
  });

  it('compresses by the ending of --out', async () => {
    const out = ['--out', 'z/%Y-%m-%d.csv.gz'];
    await exported('--since', '2026-11-22', ...out);
    await exported('--since', '2026-11-22', '--out', 'c/%Y-%m-%d.csv');
    const bytes = readFileSync(join(desk.cwd, 'z/2026-11-22.csv.gz'));
    expect(gunzipSync(bytes).toString()).toBe(text('c/2026-11-22.csv'));
    await exported('--full', ...out);
    expect(readFileSync(join(desk.cwd, 'z/2026-11-22.csv.gz'))).toEqual(bytes);
    writeFileSync(join(desk.cwd, 'z/2026-11-22.csv.gz'), bytes.subarray(0, 200));
    const ran = await desk.why403('export', '--full', ...out);
    expect(ran).toMatchObject({ exit: 4 });
    expect(ran.stderr).toContain('no whole gzip file');
  });

  it('compresses months that are closed, reads them again, and rebuilds its ledger from them', async () => {
    const folder = join(desk.cwd, 'queue-stats');
    await exported('--since', '2026-10-29T00:00:00Z');
    const plain = text('queue-stats/2026-10-29.csv');
    desk.now = new Date('2026-11-24T10:17:00Z');
    await exported('--gzip');
    expect(readdirSync(folder).filter((name) => name.endsWith('.gz'))).toEqual([
      '2026-10-29.csv.gz',
      '2026-10-30.csv.gz',
      '2026-10-31.csv.gz',
    ]);
    expect(existsSync(join(folder, '2026-10-29.csv'))).toBe(false);
    expect(gunzipSync(readFileSync(join(folder, '2026-10-29.csv.gz'))).toString()).toBe(plain);
    // A retroactive change goes into the compressed file.
    desk.sandbox.restate({ from: '2026-10-29T00:00:00Z' as Hour, to: '2026-10-30T00:00:00Z' as Hour });
    await exported('--from', '2026-10-29', '--to', '2026-10-30');
    expect(existsSync(join(folder, '2026-10-29.csv'))).toBe(false);
    const changed = gunzipSync(readFileSync(join(folder, '2026-10-29.csv.gz'))).toString();
    expect(changed).not.toBe(plain);
    expect(changed.split('\n').length).toBeGreaterThanOrEqual(plain.split('\n').length - 5);
    rmSync(join(folder, '.why403'), { recursive: true });
    await exported();
    expect((await desk.why403('status', '--json')).stdout).toContain('"start": "2026-10-29T00:00:00Z"');
  });
});

describe('other datasets', () => {
  it('queue-observations adds rows each run, and status knows when one is late', async () => {
    const argv = ['--dataset', 'queue-observations'];
    await exported(...argv);
    const file = 'queue-observations/2026-11-23.csv';
    const first = rows(file);
    expect(first.length).toBeGreaterThan(2);
    expect(new Set(first.slice(1).map((line) => line[1]))).toEqual(new Set(['2026-11-23T10:17:00Z']));
    desk.now = new Date('2026-11-23T10:47:00Z');
    await exported(...argv);
    expect(rows(file)).toHaveLength(first.length * 2 - 1);
    desk.now = new Date('2026-11-23T11:17:00Z');
    await exported(...argv);
    expect(rows(file)).toHaveLength(first.length * 3 - 2);
    expect(await desk.why403('status', ...argv)).toMatchObject({ exit: 0 });
    desk.now = new Date('2026-11-23T18:17:00Z');
    expect(await desk.why403('status', ...argv)).toMatchObject({ exit: 1 });
  });

  it('queues is one table that keeps what went out of sight', async () => {
    const argv = ['--dataset', 'queues'];
    await exported(...argv);
    const before = rows('queues/queues.csv');
    desk.sandbox.set((org) => {
      org.queues[0]!.name = 'Renamed';
      org.queues.splice(1, 1);
    });
    desk.now = new Date('2026-11-25T10:17:00Z');
    const told = await exported(...argv);
    const after = rows('queues/queues.csv');
    expect(after).toHaveLength(before.length);
    expect(after.filter((line) => line.at(-1) === '2026-11-23')).toHaveLength(1);
    expect(after.some((line) => line[1] === 'Renamed')).toBe(true);
    expect(told).toContain('→ Renamed');
  });

  it('agent-hourly is kept by the hour, like queue-hourly', async () => {
    await exported('--dataset', 'agent-hourly', '--since', '2026-11-22');
    const [header, ...lines] = rows('agent-stats/2026-11-22.csv');
    expect(header).toEqual(bundledDataset('agent-hourly')!.columns);
    const sums = new Map<string, number>();
    for (const [hour, , user, , metric, , ms] of lines)
      if (metric === 'tAgentRoutingStatus')
        sums.set(`${hour} ${user}`, (sums.get(`${hour} ${user}`) ?? 0) + Number(ms));
    expect(sums.size).toBeGreaterThan(0);
    for (const sum of sums.values()) expect(sum).toBe(3_600_000);
  });

  it.each([
    ['queue-observations', 'analytics:queueObservation:view'],
    ['agent-hourly', 'analytics:userAggregate:view'],
    ['queues', 'routing:queue:view'],
  ])('%s names what it needs, so that the gate names what is missing', async (dataset, permission) => {
    desk.sandbox.set((org) => {
      if (org.world !== 'genesys') throw new Error('not the thread');
      for (const role of org.roles) role.permissions = role.permissions.filter((p) => p !== permission);
    });
    const ran = await desk.why403('export', '--dataset', dataset);
    expect(ran).toMatchObject({ exit: 1 });
    expect(ran.stdout).toContain('endpoint/missing-permission');
    expect(ran.stdout).toContain(permission);
  });

  it('asks for observations of more queues than one question may name', () => {
    const dataset: Dataset = shaped(bundledDataset('queue-observations')!, {}, () => []);
    const names = new Map(Array.from({ length: 450 }, (_, i) => [`q${String(i).padStart(3, '0')}`, '']));
    const window = { from: '2026-11-23T10:00:00Z' as Hour, to: '2026-11-23T11:00:00Z' as Hour };
    const asked: string[] = [];
    for (let ask = dataset.ask(window, names) as ReturnType<Dataset['ask']> | undefined; ask;) {
      const { filter } = ask.json as { filter: { predicates: { value: string }[] } };
      expect(filter.predicates.length).toBeLessThanOrEqual(200);
      asked.push(...filter.predicates.map((p) => p.value));
      ask = dataset.read({ results: [] }, window, names, ask).more;
    }
    expect(asked).toEqual([...names.keys()]);
  });
});
