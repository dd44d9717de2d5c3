/** The commands that a report prints repeat the run: the same settings, but for secrets. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Report } from '../src/core/index.ts';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import { runCli, type RunOptions } from './cli-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'why403-flags-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let sandbox: Sandbox;
afterEach(() => sandbox.close());

const PASSWORD = 'Wd5xPq8zKt2v';
const QUERY = 'POST /api/v2/analytics/conversations/aggregates/query';

async function org(name: 'genesys' | 'thread', scenario: string): Promise<Record<string, string>> {
  sandbox = await startSandbox({ org: builtInOrg(name), scenario });
  return { ...sandbox.env };
}

const asked = (): string[] => sandbox.endpoints.flatMap((endpoint) => ['--endpoint', endpoint]);

/** The commands of the first finding: the last step, and the one in the message to an admin. */
async function commandsOf(
  flags: readonly string[],
  options: RunOptions,
): Promise<{ report: Report; own: string; told: string }> {
  const { stdout, stderr } = await runCli(['diagnose', '--json', ...flags], { cwd: folder, ...options });
  const report = JSON.parse(stdout) as Report;
  const steps = report.stages.flatMap(({ findings }) => findings).flatMap(({ fix }) => fix);
  const message = steps.find((step) => step.message !== undefined)?.message ?? '';
  expect(stdout + stderr).not.toContain(PASSWORD);
  return {
    report,
    own: steps.findLast(({ command }) => command?.startsWith('why403 diagnose'))?.command ?? '',
    told: /^I will check it with: (.*)$/m.exec(message)?.[1] ?? '',
  };
}

/** Words of a command, as a shell reads those that this program writes. */
function wordsOf(command: string): string[] {
  const words = [...command.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
  expect(words.slice(0, 2)).toEqual(['why403', 'diagnose']);
  return words.slice(2);
}

async function repeats(command: string, report: Report, options: RunOptions): Promise<void> {
  const again = await commandsOf(wordsOf(command), options);
  expect(again.report.verdict).toEqual(report.verdict);
  expect(again.report.endpoints).toEqual(report.endpoints);
}

describe('the command that repeats a run', () => {
  it('names the profile, and leaves to it what it gives', async () => {
    const env = await org('genesys', 'endpoint/missing-permission');
    const home = join(folder, 'profiled');
    mkdirSync(join(home, 'why403'), { recursive: true });
    const profile = ['[profiles.acme]', `login-url = "${sandbox.loginUrl}"`, `api-url = "${sandbox.apiUrl}"`];
    const pair = ['CLIENT_ID', 'CLIENT_SECRET'].map(
      (name) =>
        `${name.toLowerCase().replace('_', '-')} = "${env[`WHY403_${name}`] ?? env[`GENESYSCLOUD_OAUTH${name.replace('_', '')}`]}"`,
    );
    writeFileSync(join(home, 'why403', 'config.toml'), [...profile, ...pair, ''].join('\n'), { mode: 0o600 });
    const options = { env: { XDG_CONFIG_HOME: home } };
    const { report, own, told } = await commandsOf(['-p', 'acme', '--endpoint', QUERY], options);
    expect(own).toBe(`why403 diagnose -p acme --endpoint '${QUERY}'`);
    expect(told).toBe(own);
    await repeats(own, report, options);
    const byVariable = { env: { ...options.env, WHY403_PROFILE: 'acme' } };
    expect((await commandsOf(['--endpoint', QUERY], byVariable)).own).toBe(own);
  });

  it('has the hosts, the network and the place of the secret, and no user info', async () => {
    const env = await org('genesys', 'endpoint/missing-permission');
    const id = env['WHY403_CLIENT_ID'] ?? env['GENESYSCLOUD_OAUTHCLIENT_ID'] ?? '';
    const secret = env['WHY403_CLIENT_SECRET'] ?? env['GENESYSCLOUD_OAUTHCLIENT_SECRET'] ?? '';
    writeFileSync(join(folder, 'the secret'), secret, { mode: 0o600 });
    const ca = join(import.meta.dirname, '..', 'fixtures', 'tls', 'ca.pem');
    const flags = [
      ...['--login-url', sandbox.loginUrl, '--api-url', sandbox.apiUrl, '--client-id', id],
      ...['--client-secret-file', 'the secret', '--ca-file', ca, '--timeout', '9s'],
    ];
    const { report, own, told } = await commandsOf(
      [...flags, '--proxy', `http://me:${PASSWORD}@127.0.0.1:9`, '--endpoint', QUERY],
      {},
    );
    for (const command of [own, told]) {
      const words = wordsOf(command).join(' ');
      for (let i = 0; i < flags.length; i += 2) expect(words).toContain(`${flags[i]} ${flags[i + 1]}`);
      expect(words).toContain('--proxy http://127.0.0.1:9 ');
      expect(words).not.toContain(secret);
    }
    await repeats(own, report, {});
  });

  it('has what variables say of another provider, and what the fix changes', async () => {
    const env = await org('thread', 'endpoint/missing-scope');
    const { report, own, told } = await commandsOf(['--client-auth', 'post', ...asked()], { env });
    const words = wordsOf(told).join(' ');
    expect(words).toContain('--provider generic');
    expect(words).toContain(`--api-url ${sandbox.apiUrl}`);
    expect(words).toContain('--client-auth post');
    expect(words).not.toContain(env['WHY403_CLIENT_ID']);
    expect(wordsOf(own)).toContain('analytics:reporting analytics:call-summary:read');
    expect(report.verdict.kind).toBe('broken');
  });

  it('sends again what was sent on demand, and only that', async () => {
    const env = await org('genesys', 'endpoint/missing-permission');
    writeFileSync(join(folder, 'body.json'), '{"name":"x"}');
    const flags = ['--send', '--body', 'body.json', '--endpoint', QUERY];
    const { own } = await commandsOf(flags, { env });
    expect(wordsOf(own).slice(-5)).toEqual(['--body', 'body.json', '--endpoint', QUERY, '--send']);
    const { own: unsent } = await commandsOf(['--endpoint', QUERY], { env });
    expect(unsent).not.toContain('--send');
  });

  it('of an export checks what its dataset needs', async () => {
    const env = await org('genesys', 'client/wrong-secret');
    const argv = ['export', '--dataset', 'agent-hourly', '--out', 'agents.csv', '--json'];
    const { exit, stdout } = await runCli(argv, { env, cwd: folder });
    expect(exit).toBe(1);
    expect(stdout).toMatch(/why403 diagnose --.* --dataset agent-hourly/);
  });

  it('shows no command of a secret, and no id of a form that any secret may have', async () => {
    const env = await org('thread', 'endpoint/missing-scope');
    const { WHY403_CLIENT_ID: id = '', WHY403_CLIENT_SECRET: secret = '', ...others } = env;
    const flags = ['--client-id', id, '--client-secret-command', `printf %s '${secret}'`, ...asked()];
    const { own } = await commandsOf(flags, { env: others });
    expect(own).toContain("--client-id '…' --client-secret-command '…'");
    const stdin = ['--client-id', id, '--client-secret-stdin', ...asked()];
    const { own: again } = await commandsOf(stdin, { env: others, stdin: secret });
    expect(again).toContain('--client-secret-stdin');
    expect(again).not.toContain(secret);
  });
});
