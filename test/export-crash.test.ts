import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  lstatSync,
  chmodSync,
  statSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerStore, PartitionStore } from '../src/core/index.ts';
import { runExport } from '../src/export/run.ts';
import type { ExportJob, ExportPorts } from '../src/export/run.ts';
import { isTemporary } from '../src/io/whole-file.ts';
import { answering, jobOf, portsOf } from './export-ports.ts';

// A disk in memory where there is one: what is tested is the order of steps, and fsync costs nothing there.
const DISK = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(DISK, 'why403-crash-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

class Crash extends Error {}

/** Every step that touches the disk, in order; the `at`-th does not happen, nor does anything after it. */
function crashing(ports: ExportPorts, at: number): { ports: ExportPorts; steps: () => number } {
  let step = 0;
  const guard = async <T>(run: () => Promise<T>, after = false): Promise<T> => {
    step += 1;
    const here = step;
    if (here > at || (here === at && !after)) throw new Crash();
    const result = await run();
    if (here === at) throw new Crash();
    return result;
  };
  const partitions: PartitionStore = {
    ...ports.partitions,
    replace: async (path, text, wanted) => {
      // Before the file, in the middle of its text, after its rename.
      await guard(() => Promise.resolve());
      const pieces = (async function* () {
        for await (const piece of text) {
          await guard(() => Promise.resolve());
          yield piece;
        }
      })();
      return guard(() => ports.partitions.replace(path, pieces, wanted), true);
    },
    extend: async (path, mark, text) => {
      await guard(() => Promise.resolve());
      return guard(async () => ports.partitions.extend?.(path, mark, text), true);
    },
  };
  const ledgers: LedgerStore = {
    ...ports.ledgers,
    save: (ledger) => guard(() => ports.ledgers.save(ledger), true),
    saveNames: (names) => guard(() => ports.ledgers.saveNames(names), true),
  };
  return { ports: { ...ports, partitions, ledgers }, steps: () => step };
}

function files(folder = root): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.csv') && !isTemporary(name.split('/').at(-1)!))
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

async function expected(job: ExportJob, generation = 0): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(DISK, 'why403-whole-'));
  try {
    await runExport(job, portsOf(folder, job, { call: answering(() => generation) }));
    return files(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('a crash', () => {
  it.each(['%Y-%m-%d.csv', 'all.csv'])(
    'at any step of a backfill loses nothing and doubles nothing (%s)',
    async (out) => {
      const job = jobOf(out, {}, '2026-11-22T00:00:00Z');
      const whole = await expected(job);
      const dry = crashing(portsOf(root, job), Infinity);
      await runExport(job, dry.ports);
      const steps = dry.steps();
      expect(steps).toBeGreaterThan(12);
      for (let at = 1; at <= steps; at++) {
        rmSync(root, { recursive: true });
        mkdirSync(root);
        await expect(runExport(job, crashing(portsOf(root, job), at).ports)).rejects.toThrow(Crash);
        // A reader sees whole lines of a whole file, header first.
        for (const text of Object.values(files())) {
          expect(text.startsWith('hour,id,name,n\n')).toBe(true);
          expect(text.endsWith('\n')).toBe(true);
        }
        await runExport(job, portsOf(root, job));
        expect(files()).toEqual(whole);
        expect(readdirSync(root).filter(isTemporary)).toEqual([]);
      }
    },
  );

  it('at any step of a revisit leaves old or new rows, and the next run makes them new', async () => {
    const job = jobOf('%Y-%m-%d.csv', { full: true });
    const [before, after] = [await expected(job, 0), await expected(job, 1)];
    for (let at = 1; at <= 40; at += 3) {
      rmSync(root, { recursive: true });
      mkdirSync(root);
      await runExport(job, portsOf(root, job));
      const revisit = portsOf(root, job, { call: answering(() => 1) });
      await runExport(job, crashing(revisit, at).ports).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
      });
      const known = new Set(
        [...Object.values(before), ...Object.values(after)].flatMap((t) => t.split('\n')),
      );
      for (const line of Object.values(files()).flatMap((t) => t.split('\n')))
        expect(known.has(line)).toBe(true);
      await runExport(job, portsOf(root, job, { call: answering(() => 1) }));
      expect(files()).toEqual(after);
    }
  });

  it('with the ledger lost as well is mended from the archive', async () => {
    const job = jobOf('%Y-%m-%d.csv');
    const whole = await expected(job);
    await expect(runExport(job, crashing(portsOf(root, job), 12).ports)).rejects.toThrow(Crash);
    rmSync(join(root, '.why403'), { recursive: true, force: true });
    await runExport(job, portsOf(root, job));
    expect(files()).toEqual(whole);
  });

  it('that cut the ledger short is mended too', async () => {
    const job = jobOf('%Y-%m-%d.csv');
    await runExport(job, portsOf(root, job));
    const whole = files();
    const ports = portsOf(root, job);
    writeFileSync(ports.ledgers.place, readFileSync(ports.ledgers.place, 'utf8').slice(0, 40));
    await runExport(job, ports);
    expect(files()).toEqual(whole);
  });
});

describe('an interrupted run', () => {
  it('finishes the window in hand and goes on in the next run', async () => {
    const job = jobOf('%Y-%m-%d.csv');
    const aborter = new AbortController();
    let hours = 0;
    const ports = portsOf(root, job, {
      signal: aborter.signal,
      progress: (state) => {
        hours = state.hours;
        aborter.abort('SIGTERM');
      },
    });
    await expect(runExport(job, ports)).rejects.toMatchObject({ code: 'interrupted' });
    expect(hours).toBeGreaterThan(0);
    expect(Object.keys(files()).length).toBeGreaterThan(0);
    await runExport(job, portsOf(root, job));
    expect(files()).toEqual(await expected(job));
  });
});

describe('the disk', () => {
  const run = (out = '%Y-%m-%d.csv') => runExport(jobOf(out), portsOf(root, jobOf(out)));

  it('keeps links and modes', async () => {
    const real = join(root, 'elsewhere');
    mkdirSync(real);
    await run();
    const name = '2026-11-23.csv';
    const text = readFileSync(join(root, name), 'utf8');
    writeFileSync(join(real, name), text.split('\n').slice(0, 3).join('\n') + '\n');
    chmodSync(join(real, name), 0o640);
    rmSync(join(root, name));
    symlinkSync(join(real, name), join(root, name));
    await run();
    expect(lstatSync(join(root, name)).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(real, name), 'utf8').split('\n').length).toBeGreaterThan(4);
    expect(statSync(join(real, name)).mode & 0o777).toBe(0o640);
  });

  it.each([
    [
      'a file where a folder should be',
      () => writeFileSync(join(root, '2026'), 'x'),
      '%Y/%m-%d.csv',
      /a file stands where a folder is needed/,
    ],
    [
      'a folder where the file goes',
      () => mkdirSync(join(root, '2026-11-20.csv')),
      '%Y-%m-%d.csv',
      /a folder stands where the file goes/,
    ],
    [
      'a link that points to nothing',
      () => symlinkSync(join(root, 'gone'), join(root, '2026-11-20.csv')),
      '%Y-%m-%d.csv',
      /points to nothing/,
    ],
  ])('%s is exit 4 and says what to do', async (_, prepare, out, message) => {
    prepare();
    await expect(run(out)).rejects.toMatchObject({
      exit: 4,
      message: expect.stringMatching(message) as string,
    });
    expect(readdirSync(root).filter(isTemporary)).toEqual([]);
  });

  it('that is full is exit 4, keeps what stood, and is gone on with', async (context) => {
    const small = join(root, 'small');
    mkdirSync(small);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=48k', 'tmpfs', small]).status === 0;
    // Only root may mount; who is not root has no disk to fill.
    if (!mounted) context.skip();
    try {
      const job = jobOf('%Y-%m-%d.csv');
      writeFileSync(join(small, 'ballast'), Buffer.alloc(30_000));
      await runExport(job, portsOf(small, job)).then(
        () => expect.unreachable('48 kB should not have been enough'),
        (error: unknown) =>
          expect(error).toMatchObject({
            exit: 4,
            message: expect.stringContaining('the disk is full') as string,
          }),
      );
      for (const text of Object.values(files(small))) expect(text).toMatch(/^hour,id,name,n\n([^\n]*\n)*$/);
      rmSync(join(small, 'ballast'));
      await runExport(job, portsOf(small, job));
      expect(files(small)).toEqual(await expected(job));
    } finally {
      spawnSync('umount', [small]);
    }
  });

  it('sweeps what dead processes left, and nothing else', async () => {
    const left = '.2026-11-23.csv.0123456789.0123456789.1.1.1.why403-tmp';
    const dead = readdirSync(root);
    expect(dead).toEqual([]);
    await run();
    const { thisWriter, writerMark } = await import('../src/io/who-writes.ts');
    const self = thisWriter();
    const gone = `.x.csv.${writerMark({ ...self, started: '1' })}.1.why403-tmp`;
    const boot = `.x.csv.${writerMark({ ...self, boot: '0123456789' })}.1.why403-tmp`;
    const living = `.x.csv.${writerMark(self)}.9999.why403-tmp`;
    for (const name of [left, gone, boot, living, '.other.tmp']) writeFileSync(join(root, name), 'x');
    await run();
    expect(
      readdirSync(root)
        .filter((name) => name.startsWith('.') && name !== '.why403')
        .sort(),
    ).toEqual([left, living, '.other.tmp'].sort());
  });
});
