/** The library's `diagnose`: settings come as an object, and the report is the command line's. */
import { afterEach, describe, expect, it } from 'vitest';
import { diagnose, exitOf, judge } from '../src/app/index.ts';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import { runCli } from './cli-run.ts';

let sandbox: Sandbox | undefined;
afterEach(() => sandbox?.close());

async function org(name: 'genesys' | 'thread', scenario?: string): Promise<Sandbox> {
  sandbox = await startSandbox({ org: builtInOrg(name), ...(scenario && { scenario }) });
  return sandbox;
}

describe('diagnose', () => {
  it.each([undefined, 'endpoint/missing-permission', 'client/wrong-secret', 'credential/whitespace'])(
    'says what the command line says: %s',
    async (scenario) => {
      const { loginUrl, apiUrl, client, env } = await org('genesys', scenario);
      const { report, evidence } = await diagnose({
        loginUrl,
        apiUrl,
        clientId: client.id ?? '',
        clientSecret: client.secret ?? '',
      });
      const cli = await runCli(['diagnose', '--json'], { env });
      const told = JSON.parse(cli.stdout) as { verdict: { rootCause?: string } };
      expect(report.verdict.rootCause).toBe(told.verdict.rootCause);
      expect(exitOf(report)).toBe(cli.exit);
      expect(judge(evidence)).toEqual(report);
      expect(JSON.stringify({ report, evidence })).not.toContain(client.secret);
    },
  );

  it('asks any OAuth server, by its issuer', async () => {
    const { issuer, client, apiUrl, env } = await org('thread');
    const endpoint = '/api/v2/analytics/reporting/queues/summary';
    const { report } = await diagnose({
      provider: 'generic',
      issuer: issuer ?? '',
      apiUrl,
      clientId: client.id ?? '',
      clientSecret: client.secret ?? '',
      scope: env['WHY403_SCOPE'] ?? 'analytics',
      endpoints: [{ method: 'GET', path: endpoint }],
    });
    expect(report.stages).toHaveLength(8);
    expect(report.verdict.kind).toBe('healthy');
  });

  it('refuses settings that name no place, before anything is sent', async () => {
    await expect(diagnose({ clientId: 'x', clientSecret: 'y' })).rejects.toMatchObject({ code: 'config' });
    await expect(diagnose({ region: 'eu-centrl-1' })).rejects.toMatchObject({
      expected: expect.stringContaining('eu-central-1') as string,
    });
  });

  it('reads nothing from the environment of the process', async () => {
    const { loginUrl, apiUrl } = await org('genesys');
    const { report } = await diagnose({ loginUrl, apiUrl });
    expect(report.verdict.rootCause).toBe('credential/missing');
  });
});
