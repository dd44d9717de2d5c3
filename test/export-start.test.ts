/** The archive's start: which ones can be meant, and which one an archive has that lost its ledger. */
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './export-desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const state = (): string => join(desk.cwd, 'queue-stats/.why403');

function ledger(): string {
  const name = readdirSync(state()).find((one) => one.startsWith('queue-hourly'))!;
  return join(state(), name, 'ledger.json');
}

describe('a start that can not be meant', () => {
  it.each([
    [['--since', '2030-01-01'], '--since 2030-01-01T00:00:00Z is in the future'],
    [['--since', '2026-11-23T11'], '--since 2026-11-23T11:00:00Z is in the future'],
    [['--from', '2030-01-01'], '--from 2030-01-01T00:00:00Z is an hour that has not ended yet'],
    [['--to', '2026-11-20'], '--to 2026-11-20T00:00:00Z is not after the archive'],
  ])('%j is exit 2 and changes nothing', async (argv, message) => {
    await desk.why403('export', '--since', '2026-11-20');
    const before = readFileSync(ledger(), 'utf8');
    const ran = await desk.why403('export', ...argv);
    expect(ran).toMatchObject({ exit: 2, stdout: '' });
    expect(ran.stderr).toContain(message);
    expect(readFileSync(ledger(), 'utf8')).toBe(before);
    desk.now = new Date('2026-11-23T11:17:00Z');
    expect((await desk.why403('export')).stdout).toContain('complete  to 2026-11-23 11:00');
  });

  it('is none where it is the running hour: the archive begins with it', async () => {
    expect(await desk.why403('export', '--since', '2026-11-23T10')).toMatchObject({ exit: 0 });
    desk.now = new Date('2026-11-23T11:17:00Z');
    expect((await desk.why403('export')).stdout).toContain('exported  2026-11-23 10:00 to 2026-11-23 11:00');
  });

  it('that an archive has all the same is told by export and status', async () => {
    await desk.why403('export', '--since', '2026-11-20');
    writeFileSync(
      ledger(),
      readFileSync(ledger(), 'utf8').replace(/"start": "[^"]+"/, '"start": "2030-01-01T00:00:00Z"'),
    );
    expect((await desk.why403('status')).stdout).toContain('because the start is in the future');
    expect((await desk.why403('export')).stdout).toContain('The archive starts at 2030-01-01T00:00:00Z');
  });
});

describe('a first run that comes to nothing', () => {
  const refusing = (status: number, part: string): void =>
    desk.sandbox.spoil(({ path }) =>
      path.includes(part) ? { kind: 'answer', status, body: '{}', type: 'application/json' } : undefined,
    );

  it.each([
    ['the data are refused', 403, '/aggregates/query'],
    ['no token is given', 400, '/oauth/token'],
    ['the organisation is not told', 401, '/organizations/me'],
  ])('because %s leaves the start that it had', async (_, status, part) => {
    refusing(status, part);
    expect(await desk.why403('export', '--since', '2026-11-15')).toMatchObject({ exit: 1 });
    desk.sandbox.spoil(() => undefined);
    expect(await desk.why403('export')).toMatchObject({ exit: 0 });
    expect((await desk.status())['start']).toBe('2026-11-15T00:00:00Z');
    expect(Object.keys(desk.files())).toContain('2026-11-15.csv');
  });

  it('counts as the first one where no start is given', async () => {
    refusing(403, '/aggregates/query');
    expect(await desk.why403('export')).toMatchObject({ exit: 1 });
    desk.now = new Date('2026-11-26T10:17:00Z');
    expect((await desk.why403('status')).exit).toBe(1);
    desk.sandbox.spoil(() => undefined);
    await desk.why403('export');
    expect((await desk.status())['start']).toBe('2026-11-21T10:00:00Z');
  });
});

describe('a lost state', () => {
  const lose = (): void => rmSync(state(), { recursive: true });
  const startIn = async (): Promise<unknown> => (await desk.status())['start'];

  it.each(['2026-11-22T04', '2026-11-23T08', '2026-11-10'])(
    'leaves the archive that began at %s where it began',
    async (since) => {
      await desk.why403('export', '--since', since);
      const [before, start] = [desk.files(), await startIn()];
      lose();
      expect(await startIn()).toBe(start);
      expect(await desk.why403('export')).toMatchObject({ exit: 0 });
      expect(desk.files()).toEqual(before);
      expect(await startIn()).toBe(start);
    },
  );

  it('takes a start that is given instead', async () => {
    await desk.why403('export', '--since', '2026-11-22');
    lose();
    await desk.why403('export', '--since', '2026-11-20');
    expect(await startIn()).toBe('2026-11-20T00:00:00Z');
    expect(Object.keys(desk.files())).toContain('2026-11-20.csv');
  });

  it('of files without rows begins with the first of them, else 48 h ago', async () => {
    desk.sandbox.spoil(({ path, method }) =>
      method === 'POST' && path.includes('/aggregates/query')
        ? { kind: 'answer', status: 200, body: '{"results":[]}', type: 'application/json' }
        : undefined,
    );
    await desk.why403('export', '--since', '2026-11-15');
    lose();
    expect(await startIn()).toBe('2026-11-15T00:00:00Z');
    await desk.why403('export');
    expect(await startIn()).toBe('2026-11-15T00:00:00Z');
    await desk.why403('export', '--out', 'one/all.csv', '--since', '2026-11-15');
    rmSync(join(desk.cwd, 'one/.why403'), { recursive: true });
    const one = await desk.why403('status', '--json', '--out', 'one/all.csv');
    expect(JSON.parse(one.stdout)).toMatchObject({ start: '2026-11-21T10:00:00Z' });
  });

  const out = ['--out', 'by/%Y/%m-%d.csv'];
  const year = (): string => join(desk.cwd, 'by/2026');
  const kept = async (): Promise<unknown> =>
    JSON.parse((await desk.why403('status', '--json', ...out)).stdout) as unknown;

  it('is found behind a link to a folder, and told', async () => {
    await desk.why403('export', '--since', '2026-11-15', ...out);
    renameSync(year(), join(desk.cwd, 'elsewhere'));
    symlinkSync(join(desk.cwd, 'elsewhere'), year());
    // Neither a circle nor a folder of somebody else is in the way.
    symlinkSync(join(desk.cwd, 'by'), join(desk.cwd, 'by/2025'));
    mkdirSync(join(desk.cwd, 'by/lost+found'), { mode: 0 });
    rmSync(join(desk.cwd, 'by/.why403'), { recursive: true });
    expect(await kept()).toMatchObject({ start: '2026-11-15T00:00:00Z' });
    const ran = await desk.why403('export', ...out);
    expect(ran.exit).toBe(0);
    expect(ran.stdout).toContain('ledger.json was missing or unreadable, and was made anew from the 9 files');
    expect(await kept()).toMatchObject({ start: '2026-11-15T00:00:00Z', missingHours: 0 });
    expect((await desk.why403('export', ...out)).stdout).not.toContain('made anew');
  });

  it.each<[string, () => void]>([
    ['a link that leads nowhere', () => symlinkSync(join(desk.cwd, 'unmounted'), year())],
    ['a circle of links', () => symlinkSync('2026', year())],
  ])('is not made anew without what stands behind %s', async (_, put) => {
    await desk.why403('export', '--since', '2026-11-15', ...out);
    renameSync(year(), join(desk.cwd, 'elsewhere'));
    put();
    rmSync(join(desk.cwd, 'by/.why403'), { recursive: true });
    const ran = await desk.why403('export', ...out);
    expect(ran).toMatchObject({ exit: 4, stdout: '' });
    expect(ran.stderr).toContain('by/2026');
    rmSync(year());
    renameSync(join(desk.cwd, 'elsewhere'), year());
    await desk.why403('export', ...out);
    expect(await kept()).toMatchObject({ start: '2026-11-15T00:00:00Z', missingHours: 0 });
  });

  it('is not made anew from a folder that can not be listed', async (context) => {
    // Root may list every folder; a link that leads nowhere shows root the same, above.
    if (process.getuid?.() === 0) return context.skip();
    await desk.why403('export', '--since', '2026-11-15', ...out);
    chmodSync(year(), 0o300);
    rmSync(join(desk.cwd, 'by/.why403'), { recursive: true });
    expect(await desk.why403('export', ...out)).toMatchObject({ exit: 4 });
    chmodSync(year(), 0o755);
    await desk.why403('export', ...out);
    expect(await kept()).toMatchObject({ start: '2026-11-15T00:00:00Z', missingHours: 0 });
  });
});

describe('lost names', () => {
  /** The archive's queues, by id. */
  const queues = (): Map<string, string> =>
    new Map(
      Object.values(desk.files())
        .flatMap((text) => text.trimEnd().split('\n').slice(1))
        .map((row) => [row.split(',')[2]!, row.split(',')[3]!]),
    );

  it.each<[string, (file: string) => void]>([
    ['gone', (file) => rmSync(file)],
    ['empty', (file) => writeFileSync(file, '')],
    ['cut', (file) => writeFileSync(file, '{"3f2a')],
    ['without a name', (file) => writeFileSync(file, '{}')],
    ['without some names', (file) => writeFileSync(file, '{"x": "y"}')],
  ])('(%s) take no name from the archive, nor from rows that come after', async (how, lose) => {
    await desk.why403('export', '--since', '2026-11-22');
    const before = desk.files();
    const known = [...queues()];
    const entities = known.slice(1).map(([id, name]) => ({ id, name }));
    desk.sandbox.spoil(({ path }) =>
      path.includes('/routing/queues')
        ? { kind: 'answer', status: 200, body: JSON.stringify({ entities }), type: 'application/json' }
        : undefined,
    );
    lose(join(dirname(ledger()), 'names.json'));
    expect(await desk.why403('export', '--full')).toMatchObject({ exit: 0 });
    expect(desk.files()).toEqual(before);
    if (how === 'without some names') return;
    desk.now = new Date('2026-11-24T10:17:00Z');
    await desk.why403('export');
    expect([...queues()].filter(([, name]) => name === '')).toEqual([]);
    expect(desk.files()['2026-11-24.csv']).toContain(known[0]![0]);
  });
});
