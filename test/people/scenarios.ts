/** Every scenario of the built-in orgs, diagnosed against a sandbox of its own. */
import { builtInOrg, startSandbox } from '../../src/sandbox/server.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import { listScenarios } from '../../src/sandbox/scenarios.ts';
import { runCli } from '../cli-run.ts';
import type { Ran } from '../cli-run.ts';

export type OrgName = 'genesys' | 'thread';

export function everyScenario(): [OrgName, string][] {
  return (['genesys', 'thread'] as const).flatMap((org) =>
    listScenarios(builtInOrg(org)).map(({ name }): [OrgName, string] => [org, name]),
  );
}

/** @param look is given a function that runs `diagnose` in a format */
export async function diagnosed<T>(
  org: OrgName,
  scenario: string,
  look: (run: (format: string) => Promise<Ran>, sandbox: Sandbox) => Promise<T>,
): Promise<T> {
  const sandbox = await startSandbox({ org: builtInOrg(org), scenario });
  try {
    const endpoints = sandbox.endpoints.flatMap((endpoint) => ['--endpoint', endpoint]);
    return await look(
      (format) => runCli(['diagnose', '--format', format, ...endpoints], { env: sandbox.env }),
      sandbox,
    );
  } finally {
    await sandbox.close();
  }
}
