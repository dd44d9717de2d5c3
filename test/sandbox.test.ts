import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ladder } from '../src/checks/ladder.ts';
import type { Report } from '../src/core/index.ts';
import type { Org } from '../src/sandbox/org.ts';
import { listScenarios } from '../src/sandbox/scenarios.ts';
import { builtInOrg, readOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import { runCli, type Ran } from './cli-run.ts';

let sandbox: Sandbox | undefined;
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

const HARBOUR = join(import.meta.dirname, '..', 'fixtures', 'orgs', 'harbour.json');

const ORGS: readonly [string, () => Org][] = [
  ['genesys', () => builtInOrg('genesys')],
  ['thread', () => builtInOrg('thread')],
  // Other ids, names, divisions, permissions and a role with a wildcard.
  ['--org harbour.json', () => readOrg(readFileSync(HARBOUR, 'utf8'), 'harbour.json')],
];

function endpointFlags({ endpoints }: Sandbox): string[] {
  return endpoints.flatMap((endpoint) => ['--endpoint', endpoint]);
}

async function diagnose(org: Org, scenario?: string, ...more: string[]): Promise<Ran & { report: Report }> {
  sandbox = await startSandbox({ org, ...(scenario !== undefined && { scenario }) });
  const ran = await runCli(['diagnose', '--format', 'json', ...endpointFlags(sandbox), ...more], {
    env: sandbox.env,
  });
  return { ...ran, report: JSON.parse(ran.stdout) as Report };
}

describe.each(ORGS)('org %s', (_, org) => {
  it('is healthy without a scenario', async () => {
    const { exit, report } = await diagnose(org());
    expect(report.verdict).toEqual({ kind: 'healthy', candidates: [] });
    expect(exit).toBe(0);
  });

  it.each(listScenarios(org()).map((s) => [s.name, s] as const))('%s is found live', async (name, info) => {
    const { exit, report, stdout, stderr } = await diagnose(org(), name);
    const code = name.split('.')[0]!;
    const found = report.stages.flatMap((s) => s.findings.map((f) => f.code));
    const candidates = report.verdict.candidates.map((c) => c.code);
    expect(report.verdict.kind, JSON.stringify(report.verdict, null, 1)).toBe(info.verdict);
    if (info.alike.length > 0) {
      expect(report.verdict.certainty).toBe('suspected');
      expect([...candidates].sort()).toEqual([...info.alike].sort());
    } else if (info.verdict === 'healthy') {
      expect(found).toContain(code);
    } else {
      expect(report.verdict.rootCause, JSON.stringify(report.verdict, null, 1)).toBe(code);
    }
    expect(exit).toBe({ healthy: 0, broken: 1, inconclusive: 3 }[report.verdict.kind]);
    expect(report.stages.map((s) => s.stage)).toEqual(ladder.map((s) => s.id));
    const { secret } = sandbox!.client;
    if (secret && secret.length > 3) expect(stdout + stderr).not.toContain(secret);
  });
});
