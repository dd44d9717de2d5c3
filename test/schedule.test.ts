/** The units that `schedule` prints: each setting is carried or told, no secret is in them, and they work as pasted. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtInOrg, startSandbox } from '../src/sandbox/server.ts';
import type { Sandbox } from '../src/sandbox/server.ts';
import { BIN, runChild } from './cli-child.ts';
import { runCli } from './cli-run.ts';
import type { Ran } from './cli-run.ts';

const ID = '6f1d8c5e-0c4e-4f0a-9d0e-3b8f5f0a7c11';
const SECRET = 'mR4-kX9_vLq2Zt7Bn3Hw8Yc5Pd1';
const TARGETS = ['cron', 'systemd', 'kubernetes', 'github-actions'] as const;

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'why403-schedule-'));
  for (const name of ['secret', 'cert.pem', 'key.pem', 'ca.pem', 'header', 'api.json', 'my secret'])
    writeFileSync(join(cwd, name), SECRET, { mode: 0o600 });
});
afterEach(() => {
  rmSync(cwd, { recursive: true, force: true });
});

const CLIENT = ['--client-id', ID, '--client-secret-file', 'secret'];

function schedule(target: string, flags: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const where = { HOME: join(cwd, 'home'), PATH: process.env['PATH'] ?? '', WHY403_REGION: 'eu-central-1' };
  return runCli(['schedule', target, ...flags], { cwd, env: { ...where, ...env } });
}

/** The unit without its comments. */
const live = (unit: string): string => unit.replaceAll(/^ *#.*\n/gm, '');

describe('a setting is carried into the unit', () => {
  const file = (name: string): string => `${cwd}/${name}`;
  const rows: readonly [flags: string[], expected: () => Record<(typeof TARGETS)[number], string>][] = [
    [
      [...CLIENT, '--client-cert-file', 'cert.pem'],
      () => ({
        cron: `WHY403_CLIENT_CERT_FILE=${file('cert.pem')}`,
        systemd: `LoadCredential=client-cert:${file('cert.pem')}`,
        kubernetes: '"/secrets/client-cert"',
        'github-actions': 'WHY403_CLIENT_CERT_FILE: ${{ runner.temp }}/client-cert',
      }),
    ],
    [
      [...CLIENT, '--client-cert-file', 'cert.pem', '--client-key-file', 'key.pem'],
      () => ({
        cron: `WHY403_CLIENT_KEY_FILE=${file('key.pem')}`,
        systemd: 'Environment=WHY403_CLIENT_KEY_FILE=%d/client-key',
        kubernetes: '"/secrets/client-key"',
        'github-actions': 'WHY403_CLIENT_KEY: ${{ secrets.WHY403_CLIENT_KEY }}',
      }),
    ],
    [
      [...CLIENT, '--ca-file', 'ca.pem'],
      () => ({
        cron: `--ca-file ${file('ca.pem')}`,
        systemd: `--ca-file ${file('ca.pem')}`,
        kubernetes: '"--ca-file", "/secrets/ca"',
        'github-actions': '--ca-file "$RUNNER_TEMP/ca"',
      }),
    ],
    [
      [...CLIENT, '--timeout', '5s', '--deadline', '9m'],
      () => ({
        cron: '--timeout 5s --deadline 9m',
        systemd: '--timeout 5s --deadline 9m',
        kubernetes: '"--timeout", "5s", "--deadline", "9m"',
        'github-actions': '--timeout 5s --deadline 9m',
      }),
    ],
    [
      [...CLIENT, '--proxy', 'http://proxy.example:3128'],
      () => ({
        cron: 'HTTPS_PROXY=http://proxy.example:3128',
        systemd: 'Environment=HTTPS_PROXY=http://proxy.example:3128',
        kubernetes: '"http://proxy.example:3128"',
        'github-actions': 'HTTPS_PROXY: "http://proxy.example:3128"',
      }),
    ],
    [
      [...CLIENT, '--api-url', 'https://gateway.example/genesys'],
      () => ({
        cron: 'WHY403_API_URL=https://gateway.example/genesys',
        systemd: 'Environment=WHY403_API_URL=https://gateway.example/genesys',
        kubernetes: '"https://gateway.example/genesys"',
        'github-actions': 'WHY403_API_URL: "https://gateway.example/genesys"',
      }),
    ],
    [
      ['--authorization-file', 'header'],
      () => ({
        cron: `--authorization-file ${file('header')}`,
        systemd: '--authorization-file %d/authorization',
        kubernetes: '"--authorization-file", "/secrets/authorization"',
        'github-actions': 'WHY403_AUTHORIZATION: ${{ secrets.WHY403_AUTHORIZATION }}',
      }),
    ],
    [
      ['--client-id', ID, '--client-secret-command', 'uname -s'],
      () => ({
        cron: 'WHY403_CLIENT_SECRET_COMMAND=uname -s',
        systemd: 'Environment="WHY403_CLIENT_SECRET_COMMAND=uname -s"',
        kubernetes: '/secrets/client-secret',
        'github-actions': 'WHY403_CLIENT_SECRET: ${{ secrets.WHY403_CLIENT_SECRET }}',
      }),
    ],
  ];
  describe.each(TARGETS)('for %s', (target) => {
    it.each(rows)('%j', async (flags, expected) => {
      const { exit, stdout, stderr } = await schedule(target, flags);
      expect(exit, stderr).toBe(0);
      expect(live(stdout)).toContain(expected()[target]);
      expect(stdout).not.toContain(SECRET);
    });
  });

  it('of a profile as of a flag', async () => {
    mkdirSync(join(cwd, 'home/.config/why403'), { recursive: true });
    writeFileSync(
      join(cwd, 'home/.config/why403/config.toml'),
      `[profiles.acme]\nclient-id = "${ID}"\nclient-secret-file = "acme.secret"\ntimeout = "7s"\n`,
    );
    const secret = join(cwd, 'home/.config/why403/acme.secret');
    writeFileSync(secret, SECRET, { mode: 0o600 });
    const { stdout } = await schedule('cron', ['-p', 'acme']);
    expect(live(stdout)).toContain(`WHY403_CLIENT_SECRET_FILE=${secret}\n`);
    expect(live(stdout)).toContain('--timeout 7s');
  });
});

describe('what is not carried is told', () => {
  it.each([
    [
      'kubernetes',
      ['--client-id', ID, '--client-secret-command', 'uname -s'],
      /client-secret-command is not/,
    ],
    [
      'github-actions',
      ['--client-id', ID, '--client-secret-command', 'uname -s'],
      /client-secret-command is not/,
    ],
    ['kubernetes', [...CLIENT, '--openapi', 'api.json'], /--openapi .* not carried/],
    ['github-actions', [...CLIENT, '--openapi', 'api.json'], /--openapi .* not carried/],
    ['cron', [...CLIENT, '--endpoint', 'GET /api/v2/users'], /--endpoint is not carried/],
    ['kubernetes', [...CLIENT, '--user', 'why403'], /--user is not carried/],
    ['systemd', [...CLIENT, '--mail', 'me@example.com'], /--mail is not carried/],
  ])('for %s %j', async (target, flags, words) => {
    const { stdout } = await schedule(target, flags);
    expect(stdout).toMatch(words);
  });

  it('and so are the proxy and the certificates of this machine, which no runner is behind', async () => {
    const env = { HTTPS_PROXY: 'http://proxy.example:3128', NODE_EXTRA_CA_CERTS: join(cwd, 'ca.pem') };
    const { stdout } = await schedule('github-actions', CLIENT, env);
    expect(stdout).toMatch(/^# .*HTTPS_PROXY.* not carried/m);
    expect(live(stdout)).not.toMatch(/PROXY|CA_CERTS/);
  });
});

describe.each(TARGETS)('no secret stands in the unit for %s', (target) => {
  it.each([
    [
      'a proxy with a password',
      [...CLIENT, '--proxy', `http://me:${SECRET}@proxy.example:3128`],
      'HTTPS_PROXY',
    ],
    [
      'a command that holds it',
      ['--client-id', ID, '--client-secret-command', `echo ${SECRET}`],
      'command is not',
    ],
    [
      'a command that holds another',
      ['--client-id', ID, '--client-secret-command', `VAULT_TOKEN=${SECRET.slice(4)}9 uname -s`],
      'command is not',
    ],
    [
      'a document whose address holds it',
      [...CLIENT, '--openapi', `https://x.example/?api_key=${SECRET}`],
      '--openapi',
    ],
  ])('%s', async (_, flags, told) => {
    const { exit, stdout, stderr } = await schedule(target, flags);
    expect(exit, stderr).toBe(0);
    expect(stdout).toContain(told);
    expect(stdout + stderr).not.toContain(SECRET.slice(4));
  });
});

describe('what can not stand in a unit is a usage error that names it', () => {
  it.each([
    [['--user', 'a b'], "'a b'"],
    [['--user', 'root\n* * * * * root id'], 'root'],
    [['--mail', 'a@example.com\nPATH=/tmp'], 'PATH=/tmp'],
    [['--minute', 'abc'], "'abc'"],
    [['--minute', '60'], "'60'"],
    [['--minute', '-1'], "'-1'"],
    [['--out', 'a\nb/%Y.csv'], 'b/%Y.csv'],
    [['--scope', 'a\nPATH=/tmp'], 'WHY403_SCOPE'],
  ])('%j', async (flags, named) => {
    for (const target of ['cron', 'systemd']) {
      const { exit, stdout, stderr } = await schedule(target, [...CLIENT, ...flags]);
      expect([exit, stdout]).toEqual([2, '']);
      expect(stderr).toContain(named);
      expect(stderr).not.toContain('NaN');
    }
  });
});

describe('without a home', () => {
  it('init and schedule name the same file', async () => {
    const sandbox = await startSandbox({ org: builtInOrg('genesys') });
    try {
      const env = { ...sandbox.env };
      const init = await runCli(['init', '--print'], { cwd, env });
      expect(init.stdout).toContain('WHY403_CLIENT_SECRET_FILE=/etc/why403/client-secret');
      const { stdout } = await runCli(['schedule', 'cron'], { cwd, env });
      expect(stdout).toContain('WHY403_CLIENT_SECRET_FILE=/etc/why403/client-secret');
      expect(stdout).toContain('/etc/why403/heartbeat');
    } finally {
      await sandbox.close();
    }
  });
});

describe.skipIf(process.platform === 'win32' || !existsSync(BIN))('the line for cron', () => {
  let sandbox: Sandbox;
  beforeEach(async () => (sandbox = await startSandbox({ org: builtInOrg('genesys') })));
  afterEach(() => sandbox.close());

  it('exports, with the environment that stands above it and nothing else', async () => {
    const { WHY403_CLIENT_ID: id = '', WHY403_CLIENT_SECRET: secret = '', ...hosts } = sandbox.env;
    writeFileSync(join(cwd, 'my secret'), secret);
    const flags = [
      '--client-id',
      id,
      '--client-secret-command',
      `cat '${cwd}/my secret'`,
      '--timeout',
      '20s',
    ];
    const { stdout } = await runChild(['schedule', 'cron', ...flags, '--out', 'a b/%Y-%m-%d.csv'], {
      cwd,
      env: hosts,
    });
    const lines = live(stdout).split('\n');
    const env = Object.fromEntries(
      lines.filter((line) => /^\w+=/.test(line)).map((line) => line.split(/=(.*)/s).slice(0, 2)),
    ) as Record<string, string>;
    const command = lines.find((line) => line.includes(' * * * * '))?.replace(/^\S+ \* \* \* \* /, '');
    // Not spawnSync: the sandbox answers from this process.
    const child = spawn('sh', ['-c', (command ?? '').replaceAll('\\%', '%')], {
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', HOME: join(cwd, 'home'), ...env },
    });
    let said = '';
    child.stdout.on('data', (data: Buffer) => (said += data.toString()));
    child.stderr.on('data', (data: Buffer) => (said += data.toString()));
    const exit = await new Promise((resolve) => child.once('close', resolve));
    expect([exit, said]).toEqual([0, '']);
    expect(existsSync(join(cwd, 'a b/.why403'))).toBe(true);
  });
});

describe.skipIf(process.platform === 'win32')('the unit for systemd', () => {
  /** The command of a line, as systemd reads it: `%%` and `$$` are one character each. */
  const commandOf = (unit: string, key: string): string =>
    (new RegExp(`^${key}=\\+?(.*)$`, 'm').exec(unit)?.[1] ?? '').replaceAll('%%', '%').replaceAll('$$', '$');
  const unitFor = async (folder: string): Promise<string> =>
    (await schedule('systemd', [...CLIENT, '--out', `${folder}/%Y-%m-%d.csv`, '--user', userInfo().username]))
      .stdout;

  it('makes the folder of the archive, so that it works on first start', async () => {
    const folder = join(cwd, 'not there/queue stats');
    const unit = await unitFor(folder);
    expect(unit).toContain(`ReadWritePaths="-${folder}"`);
    const ran = spawnSync('sh', ['-c', commandOf(unit, 'ExecStartPre')], { encoding: 'utf8' });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(statSync(folder).uid).toBe(userInfo().uid);
  });

  it('leaves a folder that is there as it is', async () => {
    const folder = join(cwd, 'mine');
    mkdirSync(folder);
    chmodSync(folder, 0o710);
    spawnSync('sh', ['-c', commandOf(await unitFor(folder), 'ExecStartPre')]);
    expect(statSync(folder).mode & 0o777).toBe(0o710);
  });

  it('is one that systemd accepts, with blanks in its paths', async (context) => {
    // Where there is no systemd, nobody can be asked whether it accepts the unit.
    if (spawnSync('systemd-analyze', ['--version']).status !== 0) context.skip();
    const { stdout } = await schedule('systemd', [
      ...['--client-id', ID, '--client-secret-file', 'my secret', '--client-cert-file', 'cert.pem'],
      ...['--ca-file', 'ca.pem', '--out', `${cwd}/a b/%Y-%m-%d.csv`],
    ]);
    const file = join(cwd, 'why403-export.service');
    writeFileSync(file, stdout.split(/^# \/etc\/systemd\/system\/why403-export\.timer$/m)[0] ?? '');
    const said = spawnSync('systemd-analyze', ['verify', '--recursive-errors=no', file], {
      encoding: 'utf8',
    });
    expect(said.stderr.split('\n').filter((line) => line.includes('why403-export.'))).toEqual([]);
  });
});

describe('the unit for kubernetes', () => {
  it('lets a user that is not root read the secret and write the volume', async () => {
    const { stdout } = await schedule('kubernetes', CLIENT);
    // Kubernetes reads YAML 1.1, in which 0440 is octal.
    const { spec } = (
      parse(stdout, { version: '1.1' }) as {
        spec: {
          jobTemplate: { spec: { template: { spec: { securityContext: object; volumes: object[] } } } };
        };
      }
    ).spec.jobTemplate.spec.template;
    expect(spec.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      // Else every start opens the cached token to the group.
      fsGroupChangePolicy: 'OnRootMismatch',
    });
    expect(spec.volumes).toContainEqual({
      name: 'secret',
      secret: { secretName: 'why403', defaultMode: 0o440 },
    });
  });
});

describe.each(['kubernetes', 'github-actions'])('the unit for %s', (target) => {
  it('installs the program from a package that is in hand', async () => {
    const { stdout } = await schedule(target, CLIENT);
    expect(stdout).toMatch(/npm install --global \.\/why403-\S+\.tgz/);
    expect(stdout).not.toMatch(/npx|npm i(?:nstall)? (?:-g|--global) why403/);
  });
});
