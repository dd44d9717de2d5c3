/** A run as GitHub Actions has it: annotations on stdout, the table in the step summary, JUnit beside it. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtInOrg, startSandbox } from '../../src/sandbox/server.ts';
import { runChild } from '../cli-child.ts';

test.each([
  ['a broken org', 'endpoint/missing-permission', 1, '::error'],
  ['an org that nobody reaches', 'connection/unreachable', 3, '::error'],
])('%s', async (_, scenario, exit, annotation) => {
  const folder = mkdtempSync(join(tmpdir(), 'why403-github-'));
  const summary = join(folder, 'summary.md');
  writeFileSync(summary, '# An earlier step\n');
  const sandbox = await startSandbox({ org: builtInOrg('genesys'), scenario });
  try {
    const env = { ...sandbox.env, GITHUB_ACTIONS: 'true', CI: 'true', GITHUB_STEP_SUMMARY: summary };
    const ran = await runChild(['diagnose', '--format', 'github'], { env, cwd: folder });
    expect(ran.exit, ran.stderr).toBe(exit);
    expect(ran.stdout).toMatch(new RegExp(`^${annotation} title=[^\\n]*::`, 'm'));
    expect(ran.stdout).toContain(scenario);
    const written = readFileSync(summary, 'utf8');
    expect(written).toMatch(/^# An earlier step\n/);
    expect(written).toContain(scenario);
    for (const stage of [
      'credential',
      'header',
      'request',
      'connection',
      'client',
      'grant',
      'scope',
      'endpoint',
    ])
      expect(written).toContain(stage);
    const junit = await runChild(['diagnose', '--format', 'junit', '--output', 'why403.xml'], {
      env,
      cwd: folder,
    });
    expect(junit.exit).toBe(exit);
    expect(readFileSync(join(folder, 'why403.xml'), 'utf8')).toContain(exit === 1 ? '<failure' : '<error');
    for (const text of [ran.stdout, ran.stderr, written]) expect(text).not.toContain(sandbox.client.secret);
  } finally {
    await sandbox.close();
  }
});
