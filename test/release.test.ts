/** The workflows, and the notes of a release. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '..');
const WORKFLOWS = join(ROOT, '.github', 'workflows');

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly permissions?: object; readonly steps: readonly { readonly run?: string }[] }>
  >;
}

const workflow = (name: string): Workflow => parse(readFileSync(join(WORKFLOWS, name), 'utf8')) as Workflow;

/** The notes for a version, of a changelog with these words. */
function notes(
  changelog: string,
  version: string,
  ...more: string[]
): { status: number | null; out: string } {
  const folder = mkdtempSync(join(tmpdir(), 'why403-release-'));
  try {
    copyFileSync(join(ROOT, 'release-notes.mjs'), join(folder, 'release-notes.mjs'));
    writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
    writeFileSync(join(folder, 'p.tgz'), 'abc');
    const ran = spawnSync(process.execPath, ['release-notes.mjs', version, ...more], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { status: ran.status, out: ran.stdout + ran.stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const CHANGELOG = `# Changelog

## [Unreleased]

## [1.1.0] - 2026-12-01

### Added

- what is new

## [1.0.0] - 2026-11-01

- what was
`;

describe('a release', () => {
  it('takes its notes from its own section, and tells the integrity of the package', () => {
    const { status, out } = notes(CHANGELOG, '1.1.0', 'p.tgz');
    expect(status).toBe(0);
    expect(out).toMatch(/^### Added\n\n- what is new\n/);
    expect(out).not.toContain('what was');
    // SHA-512 of "abc" (FIPS 180-4, appendix C.1).
    expect(out).toContain(
      'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==',
    );
  });

  it.each(['Unreleased', '9.9.9'])('is refused where %s has no notes', (version) => {
    const { status, out } = notes(CHANGELOG, version);
    expect(status).toBe(1);
    expect(out).toContain(`[${version}]`);
  });

  it('publishes with provenance, after the whole check, with no more rights than that takes', () => {
    const { permissions, jobs } = workflow('release.yml');
    expect(permissions).toEqual({ contents: 'read' });
    expect(jobs['release']?.permissions).toEqual({ contents: 'write', 'id-token': 'write' });
    const runs = jobs['release']?.steps.map(({ run = '' }) => run) ?? [];
    const at = (word: string): number => runs.findIndex((run) => run.includes(word));
    expect(at('--provenance')).toBeGreaterThan(at('.ci/run'));
    expect(at('.ci/run')).toBeGreaterThan(0);
  });
});

describe('whoever is given the secret', () => {
  const files = ['README.md', 'action.yml', 'docs/ci.md', 'docs/cookbook.md'];
  const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

  it.each(files)('is not fetched by its name: %s', (file) => {
    expect(textOf(file)).not.toMatch(/npx .*why403|npm i(?:nstall)? (?:-g|--global) why403/);
  });

  it.each(files)('is the package of this version: %s', (file) => {
    const { version } = JSON.parse(textOf('package.json')) as { version: string };
    for (const [named] of textOf(file).matchAll(/why403-\d[\w.-]*\.tgz/g))
      expect(named).toBe(`why403-${version}.tgz`);
  });
});

it.each(readdirSync(WORKFLOWS))('%s runs nothing that an outsider wrote', (name) => {
  const steps = Object.values(workflow(name).jobs).flatMap((job) => job.steps);
  for (const { run = '' } of steps) expect(run).not.toContain('${{');
});
