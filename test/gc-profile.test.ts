/** A person who has nothing but a profile of the Genesys Cloud CLI `gc` runs `why403 diagnose -p NAME`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import { runCli, type Ran } from './cli-run.ts';
import { serve, type Running } from './servers.ts';

let home: string;
let sandbox: Sandbox;
let gateway: Running;
const passed: string[] = [];

/** One host for both, told apart by the path's beginning, as gc's gateway settings have it. */
const behind: RequestListener = (asked, answer) => {
  const [, prefix, path] = /^(\/login-here|\/api-here)(\/.*)$/.exec(asked.url ?? '') ?? [];
  passed.push(`${asked.method} ${asked.url}`);
  if (prefix === undefined || path === undefined) return void answer.writeHead(404).end();
  const to = new URL(path, prefix === '/login-here' ? sandbox.loginUrl : sandbox.apiUrl);
  const onward = request(
    to,
    { method: asked.method, headers: { ...asked.headers, host: to.host } },
    (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    },
  );
  onward.on('error', () => answer.destroy());
  asked.pipe(onward);
};

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'why403-gc-'));
  passed.length = 0;
  sandbox = await startSandbox({ org: builtInOrg('genesys') });
  gateway = await serve(behind);
});
afterEach(async () => {
  await gateway.close();
  await sandbox.close();
  rmSync(home, { recursive: true, force: true });
});

function profile(name: string, more = '', mode = 0o600): void {
  mkdirSync(join(home, '.gc'));
  const lines = [
    `[${name}]`,
    'environment = "mypurecloud.de"',
    `client_credentials = "${sandbox.client.id}"`,
    `client_secret = "${sandbox.client.secret}"`,
    'grant_type = "1"',
    'access_token = ""',
    'gateway_protocol = "http"',
    `gateway_host = "127.0.0.1"`,
    `gateway_port = "${gateway.port}"`,
    'gateway_pathparams = "{login: /login-here, api: /api-here}"',
    more,
  ];
  writeFileSync(join(home, '.gc', 'config.toml'), `${lines.join('\n')}\n`, { mode });
}

const run = (...flags: string[]): Promise<Ran> =>
  runCli(['diagnose', ...flags], { env: { HOME: home }, cwd: home });

describe('only a gc profile', () => {
  it('diagnoses with it as it is, through its gateway', async () => {
    profile('acme');
    const { exit, stdout, stderr } = await run('-p', 'acme');
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Healthy');
    expect(passed).toContain('POST /login-here/oauth/token');
    expect(passed).toContain('POST /api-here/api/v2/analytics/conversations/aggregates/query');
  });

  it('finds it in whatever case gc wrote it, and says where each setting came from', async () => {
    profile('DEFAULT');
    const { exit, stderr } = await run('-p', 'default', '-v');
    expect(exit).toBe(0);
    expect(stderr).toMatch(
      /^region +mypurecloud\.de +from region of profile DEFAULT in .+\.gc\/config\.toml/m,
    );
    expect(stderr).toMatch(/^client-secret +fingerprint [0-9a-f]{8} /m);
    expect(stderr).not.toContain(sandbox.client.secret);
  });

  it.skipIf(process.platform === 'win32')('warns where everybody may read it', async () => {
    profile('acme', '', 0o644);
    expect((await run('-p', 'acme')).stderr).toContain("'chmod 600 ");
  });

  it('names the profiles that there are, where the name is another', async () => {
    profile('acme');
    const { exit, stderr } = await run('-p', 'acne');
    expect([exit, stderr]).toEqual([2, expect.stringContaining('one of: acme')]);
  });

  it("wins over Terraform's variables as a pair, and says so", async () => {
    profile('acme');
    const { exit, stderr } = await runCli(['diagnose', '-p', 'acme', '-v'], {
      env: {
        HOME: home,
        GENESYSCLOUD_REGION: 'us-east-1',
        GENESYSCLOUD_OAUTHCLIENT_ID: 'x',
        GENESYSCLOUD_OAUTHCLIENT_SECRET: 'y',
      },
    });
    expect(exit).toBe(0);
    expect(stderr).toContain('ignored: GENESYSCLOUD_REGION (us-east-1)');
    expect(stderr).toContain('ignored: GENESYSCLOUD_OAUTHCLIENT_SECRET');
  });
});

it("Terraform's variables alone will do", async () => {
  const { exit } = await runCli(['diagnose'], {
    env: {
      HOME: home,
      GENESYSCLOUD_REGION: 'eu-central-1',
      GENESYSCLOUD_OAUTHCLIENT_ID: sandbox.client.id ?? '',
      GENESYSCLOUD_OAUTHCLIENT_SECRET: sandbox.client.secret ?? '',
      WHY403_LOGIN_URL: sandbox.loginUrl,
      WHY403_API_URL: sandbox.apiUrl,
    },
  });
  expect(exit).toBe(0);
});
