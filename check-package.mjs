// Packs the package as it would be published and looks at it from outside: what is in it, whether tools that consume
// packages can, whether it runs and is imported without a network, and whether its types are what they say.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const WANTED = [
  /^(LICENSE|README\.md|CHANGELOG\.md|package\.json)$/,
  /^dist\/(why403|main|pictures|asker)\.cjs$/,
  /^dist\/index\.(js|d\.ts)$/,
  /^dist\/THIRD-PARTY-NOTICES\.txt$/,
  /^docs\/findings\/.+\.md$/,
  /^docs\/(why403\.1|report\.schema\.json)$/,
];

const CONSUMER = `
import { diagnose, exitOf, explain, judge, type DiagnoseOptions, type FindingCode, type Report } from 'why403';
const options: DiagnoseOptions = { region: 'eu-central-1', clientId: 'x', clientSecret: 'y' };
export const later: () => Promise<0 | 1 | 3> = async () => exitOf((await diagnose(options)).report);
const { report, evidence } = explain('HTTP 403');
const again: Report = judge(evidence);
const cause: FindingCode | undefined = again.verdict.rootCause;
// @ts-expect-error a format of a secret is no option
const wrong: DiagnoseOptions = { clientSecretFile: 'x' };
console.log(report.schema, cause, wrong);
`;

const root = process.cwd();
const work = mkdtempSync(join(tmpdir(), 'why403-package-'));
const run = (command, words, cwd = root) =>
  execFileSync(command, words, { cwd, encoding: 'utf8', stdio: 'pipe' });
const bin = (name) => join(root, 'node_modules', '.bin', name);

try {
  run('npm', ['pack', '--silent', '--pack-destination', work]);
  const tarball = join(
    work,
    readdirSync(work).find((file) => file.endsWith('.tgz')),
  );
  const files = run('tar', ['-tzf', tarball])
    .trim()
    .split('\n')
    .map((file) => file.replace(/^package\//, ''));
  const stray = files.filter((file) => !WANTED.some((wanted) => wanted.test(file)));
  const missing = WANTED.filter((wanted) => !files.some((file) => wanted.test(file)));
  if (stray.length + missing.length > 0) {
    throw new Error(
      `the package holds ${stray.join(', ') || 'nothing strange'}; it lacks ${missing.join(', ') || 'nothing'}`,
    );
  }
  run(bin('publint'), ['run', tarball, '--strict']);
  run(bin('attw'), [tarball, '--profile', 'esm-only', '--no-color']);

  const there = join(work, 'there');
  execFileSync('mkdir', [there]);
  writeFileSync(join(there, 'package.json'), '{"private":true,"type":"module"}');
  run('npm', ['install', '--offline', '--no-fund', '--no-audit', '--silent', tarball], there);
  run(join(there, 'node_modules', '.bin', 'why403'), ['explain', 'endpoint/missing-permission'], there);
  writeFileSync(join(there, 'consumer.ts'), CONSUMER);
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2023'];
  run(bin('tsc'), ['consumer.ts', '--lib', 'es2023,dom', ...strict], there);
  run(process.execPath, ['consumer.js'], there);
  console.log(`${files.length} files, packed, linted, installed, typed and imported`);
} catch (error) {
  console.error(error.stdout ?? '', error.stderr ?? '', error.message);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
