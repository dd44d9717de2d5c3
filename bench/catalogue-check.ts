/**
 * How far the built-in catalogue agrees with a reference table laid beside the project (rows, rules, scopes), and what
 * a document of 3,300 operations costs to index and to ask. Run: npm run catalogue:check
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUILT_IN, withBuiltIn } from '../src/catalogue/index.ts';
import { readCatalogueIndex } from '../src/io/catalogue-file.ts';
import { indexDocument, writeDocument } from './catalogue-document.ts';

interface ReferenceRow {
  readonly method: string;
  readonly path: string;
  readonly permissions: { readonly mode: string | null; readonly names: readonly string[] };
  readonly scopes: readonly string[] | null;
}

const REFERENCE = fileURLToPath(new URL('../../shared/data/endpoint-permissions.json', import.meta.url));
const OPERATIONS = 3300;
const MEGABYTES = [60, 95];
const LIMIT_MB = 400;

function agreement(): boolean {
  if (!existsSync(REFERENCE)) {
    console.log(`reference table: not beside the project (${REFERENCE}), so nothing was compared`);
    return true;
  }
  const { endpoints } = JSON.parse(readFileSync(REFERENCE, 'utf8')) as { endpoints: ReferenceRow[] };
  const reference = new Map(endpoints.map((row) => [`${row.method} ${row.path}`, row]));
  const rows = BUILT_IN.map((entry) => ({ entry, row: reference.get(`${entry.method} ${entry.path}`) }));
  const same = (a: readonly string[], b: readonly string[] | null | undefined) =>
    [...a].sort().join() === [...(b ?? [])].sort().join();
  const counts = {
    rows: rows.filter(({ row }) => row !== undefined).length,
    rules: rows.filter(
      ({ entry, row }) =>
        row?.permissions.mode === entry.rule.type && same(entry.rule.permissions, row.permissions.names),
    ).length,
    scopes: rows.filter(({ entry, row }) => row !== undefined && same(entry.scopes, row.scopes)).length,
  };
  for (const [what, count] of Object.entries(counts)) {
    console.log(
      `${what.padEnd(7)} ${count} of ${BUILT_IN.length} (${((100 * count) / BUILT_IN.length).toFixed(1)} %)`,
    );
  }
  return Object.values(counts).every((count) => count === BUILT_IN.length);
}

/** Indexes in a process of its own, so that its peak is its own. */
function bench(folder: string, megabytes: number): boolean {
  const file = join(folder, 'document.json');
  writeDocument(file, OPERATIONS, megabytes * 1e6);
  const child = spawnSync(
    process.execPath,
    [...process.execArgv, fileURLToPath(import.meta.url), 'index', file, folder],
    { encoding: 'utf8' },
  );
  if (child.status !== 0) throw new Error(`indexing failed: ${child.stderr}`);
  const { peakMb, milliseconds } = JSON.parse(child.stdout) as { peakMb: number; milliseconds: number };
  const size = (statSync(file).size / 1e6).toFixed(0);
  console.log(
    `index   ${OPERATIONS} operations, ${size} MB: ${milliseconds} ms, peak ${peakMb} MB (limit ${LIMIT_MB} MB)`,
  );
  return peakMb < LIMIT_MB;
}

function lookups(folder: string): void {
  const started = performance.now();
  const index = readCatalogueIndex(folder);
  if (!index) throw new Error('the index was not kept');
  const catalogue = withBuiltIn(index.entries, { source: 'bench', date: index.date });
  const loaded = performance.now();
  const targets = index.entries.map(
    ({ method, path }) => [method, path.replace(/\{\w+\}/g, 'c5fad4cb-d540-4913-be4a-761b3dec1281')] as const,
  );
  const found = targets.filter(([method, path]) => catalogue.find(method, path) !== undefined).length;
  const asked = performance.now();
  const misses = targets
    .slice(0, 100)
    .map(([method, path]) => catalogue.nearest(method, path.replace('thing', 'thnig'))[0]);
  const guessed = performance.now();
  console.log(`load    ${index.entries.length} entries from the cache: ${(loaded - started).toFixed(0)} ms`);
  console.log(
    `find    ${found} of ${targets.length} found: ${((1000 * (asked - loaded)) / targets.length).toFixed(1)} µs each`,
  );
  console.log(
    `nearest ${misses.filter(Boolean).length} of 100 misspelt: ${((guessed - asked) / 100).toFixed(2)} ms each`,
  );
}

const [task, file = '', folder = ''] = process.argv.slice(2);
if (task === 'index') {
  console.log(JSON.stringify(indexDocument(file, folder)));
} else {
  const scratch = mkdtempSync(join(tmpdir(), 'why403-bench-'));
  try {
    const agrees = agreement();
    const small = MEGABYTES.map((megabytes) => bench(scratch, megabytes)).every(Boolean);
    lookups(scratch);
    if (!agrees || !small) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
