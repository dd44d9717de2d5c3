/** What `npm pack` would take, without building types (npm run check:package does all of it). */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const BUILT = existsSync(join(ROOT, 'dist', 'index.js'));
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

interface Manifest {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly dependencies?: object;
}
const manifest = JSON.parse(read('package.json')) as Manifest;

describe.skipIf(!BUILT)('the package', () => {
  const words = ['pack', '--dry-run', '--json', '--ignore-scripts', '--silent'];
  const packed = (): string[] => {
    const said = execFileSync('npm', words, {
      cwd: ROOT,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const [first] = JSON.parse(said) as [{ files: { path: string }[] }];
    return first.files.map(({ path }) => path);
  };

  it('holds the program, its pages, its notices, and nothing of its making', () => {
    const files = packed();
    for (const wanted of [
      'dist/why403.cjs',
      'dist/main.cjs',
      'dist/index.js',
      'dist/THIRD-PARTY-NOTICES.txt',
      'docs/why403.1',
      'docs/findings/endpoint/missing-permission.md',
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
    ])
      expect(files).toContain(wanted);
    const stray = /^(src|test|fixtures|bench|types|node_modules|\.|.*\.(ts|map|log|env)$)/;
    expect(files.filter((file) => stray.test(file) && file !== 'dist/index.d.ts')).toEqual([]);
  });

  it('needs nothing at run time but itself', () => {
    expect(manifest.dependencies).toBeUndefined();
    const named = /\brequire\(["']([^"'./][^"']*)["']\)/g;
    const program = read('dist/main.cjs') + read('dist/asker.cjs');
    const asked = [...program.matchAll(named)].map(([, name]) => name ?? '');
    const foreign = asked.filter((name) => Object.hasOwn(manifest.devDependencies, name));
    expect([...new Set(foreign)]).toEqual([]);
  });

  it('names the licence of every package that is bundled', () => {
    const notices = read('dist/THIRD-PARTY-NOTICES.txt');
    for (const name of ['yargs', 'got', 'jose', 'chalk', 'ora', 'smol-toml', '@clack/prompts', 'yaml'])
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
    expect(notices).not.toContain('(see below)');
  });

  it('is imported as a library, which explains, judges again and renders', async () => {
    const library = (await import(
      pathToFileURL(join(ROOT, 'dist', 'index.js')).href
    )) as typeof import('../src/app/index.ts');
    const statement: unknown = JSON.parse(
      read('fixtures/cases/grant/not-allowed.gccx-wronggrant/statement.json'),
    );
    const { report, evidence } = library.explain(statement);
    expect(report.verdict.kind).toBe('broken');
    expect(library.judge(evidence)).toEqual(report);
    for (const format of library.FORMATS) expect(library.render(report, format)).not.toBe('');
    expect(() => library.render(report, 'pdf')).toThrow(library.Failure);
  });
});

describe('the changelog', () => {
  it('speaks of the version that is in package.json, or of what is not released', () => {
    expect(read('CHANGELOG.md')).toMatch(
      new RegExp(`^## \\[(Unreleased|${manifest.version.replaceAll('.', '\\.')})\\]`, 'm'),
    );
  });
});
