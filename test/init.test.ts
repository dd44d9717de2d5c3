/** `why403 init`: the dialogue with answers from a list, the live test against the sandbox, what is left behind. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'smol-toml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Asker } from '../src/cli/asker.ts';
import { addProfile } from '../src/io/profile-file.ts';
import { historyWith } from '../src/io/shell-history.ts';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import { runCli, type Ran } from './cli-run.ts';

let home: string;
let sandbox: Sandbox;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'why403-init-'));
  sandbox = await startSandbox({ org: builtInOrg('genesys') });
});
afterEach(async () => {
  await sandbox.close();
  rmSync(home, { recursive: true, force: true });
});

const secret = (): string => sandbox.client.secret ?? '';
const id = (): string => sandbox.client.id ?? '';
const config = (): string => join(home, '.config', 'why403', 'config.toml');

/** Answers in the order in which they are asked for; every question is kept. */
function person(...answers: readonly (string | boolean)[]): { asker: Asker; asked: string[] } {
  const left = [...answers];
  const asked: string[] = [];
  const next = (question: string): Promise<never> => {
    asked.push(question);
    if (left.length === 0) throw new Error(`nobody expected the question: ${question}`);
    return Promise.resolve(left.shift() as never);
  };
  return {
    asked,
    asker: {
      text: (question, _given, check) =>
        next(question).then((answer: string) => {
          expect(check?.(answer)).toBeUndefined();
          return answer as never;
        }),
      secret: next,
      choose: next,
      confirm: next,
    },
  };
}

const hosts = (): string[] => ['--login-url', sandbox.loginUrl, '--api-url', sandbox.apiUrl];

function init(flags: readonly string[], asker?: Asker, env: Record<string, string> = {}): Promise<Ran> {
  return runCli(['init', ...hosts(), ...flags], {
    env: { HOME: home, ...env },
    cwd: home,
    ...(asker && { ask: () => Promise.resolve(asker) }),
  });
}

describe('with a person', () => {
  it('asks for the client, tests it, and writes a profile that only its owner can read', async () => {
    const { asker, asked } = person(id(), 'type', secret(), 'secret', 'acme');
    const ran = await init([], asker);
    expect(ran.exit).toBe(0);
    expect(asked).toHaveLength(5);
    expect(ran.stderr).toContain('Healthy');
    expect(ran.stdout).toContain('why403 diagnose -p acme');
    expect(ran.stdout + ran.stderr).not.toContain(secret());
    expect(statSync(config()).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(config())).mode & 0o777).toBe(0o700);
    const used = await runCli(['diagnose', '-p', 'acme'], { env: { HOME: home }, cwd: home });
    expect(used.exit).toBe(0);
  });

  it('asks for a region that there is', async () => {
    const { asker, asked } = person('eu-central-1', id(), 'type', secret());
    const ran = await runCli(['init', '--api-url', sandbox.apiUrl, '--deadline', '1ms', '--print'], {
      env: { HOME: home, HTTPS_PROXY: 'http://127.0.0.1:1' },
      ask: () => Promise.resolve({ ...asker, confirm: () => Promise.resolve(false) }),
    });
    expect(asked[0]).toContain('Which region');
    expect(ran.exit).toBe(3);
    expect(ran.stdout).toBe('');
  });

  it('refers to a file, whose path it makes whole', async () => {
    writeFileSync(join(home, 'client'), secret(), { mode: 0o600 });
    const { asker } = person(id(), 'file', 'client', 'reference', 'acme');
    expect((await init([], asker)).exit).toBe(0);
    const text = readFileSync(config(), 'utf8');
    expect(text).not.toContain(secret());
    expect(parse(text)).toMatchObject({
      profiles: { acme: { 'client-id': id(), 'client-secret-file': join(home, 'client') } },
    });
  });

  it('writes nothing where the test fails and nobody insists', async () => {
    const { asker } = person(id(), 'type', 'not-the-secret', false);
    const ran = await init([], asker);
    expect(ran.exit).toBe(1);
    expect(ran.stderr).toContain('client/wrong-secret');
    expect(existsSync(config())).toBe(false);
  });

  it('asks nothing that is known', async () => {
    const { asker, asked } = person('print');
    const ran = await init([], asker, {
      GENESYSCLOUD_OAUTHCLIENT_ID: id(),
      GENESYSCLOUD_OAUTHCLIENT_SECRET: secret(),
    });
    expect(ran.exit).toBe(0);
    expect(asked).toEqual(['Where shall the settings go?']);
    expect(ran.stdout).toContain(`export WHY403_CLIENT_ID=${id()}`);
    expect(ran.stdout).toContain(`export WHY403_CLIENT_SECRET_FILE=${home}/.config/why403/client-secret`);
    expect(ran.stdout + ran.stderr).not.toContain(secret());
  });
});

describe('without a person', () => {
  it('prints references, never values', async () => {
    writeFileSync(join(home, 'client'), secret(), { mode: 0o600 });
    const ran = await init(['--client-id', id(), '--client-secret-file', 'client', '--json']);
    expect(ran.exit).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      schema: 1,
      verdict: { kind: 'healthy' },
      environment: { WHY403_CLIENT_ID: id(), WHY403_CLIENT_SECRET_FILE: join(home, 'client') },
    });
  });

  it('keeps what no variable holds in a profile, and says so where it prints variables', async () => {
    const env = { WHY403_CLIENT_ID: id(), WHY403_CLIENT_SECRET: secret() };
    const flags = ['--timeout', '9s', '--deadline', '1m'];
    expect((await init([...flags, '--write', '--name', 'acme'], undefined, env)).exit).toBe(0);
    expect(parse(readFileSync(config(), 'utf8'))).toMatchObject({
      profiles: { acme: { timeout: '9s', deadline: '1m' } },
    });
    const printed = await init(flags, undefined, env);
    expect(printed.stdout).not.toMatch(/TIMEOUT|DEADLINE/);
    expect(printed.stderr).toContain('--timeout and --deadline');
  });

  it('writes the profile that it is told to, and no second one of that name', async () => {
    const flags = ['--write', '--name', 'acme'];
    const env = { WHY403_CLIENT_ID: id(), WHY403_CLIENT_SECRET: secret() };
    expect((await init(flags, undefined, env)).exit).toBe(0);
    const again = await init(flags, undefined, env);
    expect([again.exit, again.stderr]).toEqual([2, expect.stringContaining("profile 'acme'")]);
  });

  it('keeps the proxy, without the password that is in it', async () => {
    const env = { WHY403_CLIENT_ID: id(), WHY403_CLIENT_SECRET: secret() };
    const proxy = 'http://me:Wd5xPq8zKt2v@proxy.test:3128';
    const printed = await init(['--print', '--proxy', proxy], undefined, env);
    expect(printed.stdout).toContain('export HTTPS_PROXY=http://proxy.test:3128\n');
    expect(printed.stderr).toMatch(/user and password of the proxy are left out/);
    const written = await init(['--write', '--name', 'acme', '--proxy', proxy], undefined, env);
    expect(written.stderr).toMatch(/user and password of the proxy are left out/);
    const text = readFileSync(config(), 'utf8');
    expect(parse(text)).toMatchObject({ profiles: { acme: { proxy: 'http://proxy.test:3128' } } });
    for (const { stdout, stderr } of [printed, written])
      expect(stdout + stderr + text).not.toMatch(/Wd5xPq8zKt2v|me:/);
    const plain = await init(['--print', '--proxy', 'proxy.test:3128'], undefined, env);
    expect(plain.stdout).toContain('export HTTPS_PROXY=http://proxy.test:3128\n');
    expect(plain.stderr).not.toContain('left out');
  });

  it('keeps the document, whose path it makes whole, and no address that holds a secret', async () => {
    const env = { WHY403_CLIENT_ID: id(), WHY403_CLIENT_SECRET: secret() };
    const address = `${sandbox.apiUrl}/api/v2/docs/swagger`;
    writeFileSync(join(home, 'doc.json'), await (await fetch(address)).text());
    const kept = async (document: string): Promise<unknown[]> => {
      const { stdout, stderr } = await init(['--json', '--openapi', document], undefined, env);
      expect(stdout + stderr).not.toContain('Wd5xPq8zKt2v');
      const { environment } = JSON.parse(stdout) as { environment: Record<string, string> };
      return [environment['WHY403_OPENAPI'], stderr.includes('its address holds a secret')];
    };
    expect(await kept('doc.json')).toEqual([join(home, 'doc.json'), false]);
    expect(await kept(address)).toEqual([address, false]);
    expect(await kept(address.replace('//', '//me:Wd5xPq8zKt2v@'))).toEqual([undefined, true]);
    expect(await kept(`${address}?token=Wd5xPq8zKt2v`)).toEqual([undefined, true]);
    const written = ['--write', '--name', 'acme', '--openapi', `${address}?token=Wd5xPq8zKt2v`];
    expect((await init(written, undefined, env)).stderr).toContain('its address holds a secret');
    expect(readFileSync(config(), 'utf8')).not.toContain('Wd5xPq8zKt2v');
  });

  it('does not print a command that holds the secret', async () => {
    const ran = await init(['--client-id', id(), '--client-secret-command', `printf %s '${secret()}'`]);
    expect([ran.exit, ran.stdout]).toEqual([0, expect.stringContaining('WHY403_CLIENT_SECRET_FILE=')]);
    expect(ran.stdout + ran.stderr).not.toContain(secret());
    expect(ran.stderr).toContain('--client-secret-command is not carried');
  });

  it('keeps the client certificate', async () => {
    const tls = join(import.meta.dirname, '..', 'fixtures', 'tls');
    const [cert, key] = [join(tls, 'server.pem'), join(tls, 'server-key.pem')];
    const env = { WHY403_CLIENT_ID: id(), WHY403_CLIENT_SECRET: secret() };
    const ran = await init(['--print', '--client-cert-file', cert, '--client-key-file', key], undefined, env);
    expect(ran.stdout).toContain(
      `export WHY403_CLIENT_CERT_FILE=${cert}\nexport WHY403_CLIENT_KEY_FILE=${key}\n`,
    );
  });

  it('leaves the proxy of the config file where it is', async () => {
    mkdirSync(dirname(config()), { recursive: true });
    writeFileSync(config(), 'proxy = "http://proxy.test:3128"\n');
    const env = { WHY403_CLIENT_ID: id(), WHY403_CLIENT_SECRET: secret() };
    expect((await init(['--write', '--name', 'acme'], undefined, env)).exit).toBe(0);
    const { profiles } = parse(readFileSync(config(), 'utf8')) as { profiles: { acme: object } };
    expect(Object.keys(profiles.acme)).not.toContain('proxy');
  });

  it('ends with 2 where something is missing, and asks nobody', async () => {
    const ran = await runCli(['init'], { env: { HOME: home } });
    expect([ran.exit, ran.stdout]).toEqual([2, '']);
    expect((await init(['--write'])).stderr).toContain('--name');
  });
});

describe('the config file', () => {
  it('keeps what stands in it', async () => {
    const text = '# mine\nregion = "us-east-1"\n\n[profiles.old] # yes\nregion = "eu-west-1"';
    mkdirSync(dirname(config()), { recursive: true });
    writeFileSync(config(), text);
    chmodSync(config(), 0o644);
    await addProfile(config(), 'new', new Map([['region', 'eu-central-1']]));
    const after = readFileSync(config(), 'utf8');
    expect(after.startsWith(text)).toBe(true);
    expect(Object.keys(parse(after)['profiles'] as object)).toEqual(['old', 'new']);
    expect(statSync(config()).mode & 0o777).toBe(0o600);
  });

  it.each(['profiles = {}\n', 'profiles = { a = { region = "x" } }\n', 'not toml\n'])(
    'that can not be added to is left alone: %j',
    async (text) => {
      mkdirSync(dirname(config()), { recursive: true });
      writeFileSync(config(), text);
      await expect(addProfile(config(), 'new', new Map([['region', 'x']]))).rejects.toMatchObject({
        exit: 2,
      });
      expect(readFileSync(config(), 'utf8')).toBe(text);
    },
  );

  it('holds any value as it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (value) => {
        const file = join(home, 'any', 'config.toml');
        rmSync(file, { force: true });
        await addProfile(file, 'any', new Map([['client-secret', value]]));
        expect(parse(readFileSync(file, 'utf8'))).toEqual({ profiles: { any: { 'client-secret': value } } });
      }),
      { numRuns: 40 },
    );
  });
});

describe('where else a secret is', () => {
  it('the shell history is looked through, and the line is not repeated', async () => {
    writeFileSync(join(home, '.bash_history'), `ls\nexport WHY403_CLIENT_SECRET=${secret()}\n`);
    expect(historyWith([secret()], { HOME: home })).toBe(join(home, '.bash_history'));
    expect(historyWith(['short', 'something-else'], { HOME: home })).toBeUndefined();
    const ran = await runCli(['diagnose'], { env: { ...sandbox.env, HOME: home }, cwd: home });
    expect(ran.exit).toBe(0);
    expect(ran.stderr).toContain(`stands in ${home}/.bash_history, your shell's history`);
    expect(ran.stdout + ran.stderr).not.toContain(secret());
  });

  it('a command that holds the secret is warned about', async () => {
    const ran = await init(['--client-id', id(), '--client-secret-command', `echo '${secret()}'`]);
    expect(ran.stderr).toContain('holds the secret itself');
    expect(ran.stderr).not.toContain(secret());
  });

  it("systemd's credentials are found by the variable's name", async () => {
    const folder = join(home, 'credentials');
    mkdirSync(folder);
    writeFileSync(join(folder, 'client-secret'), `${secret()}\n`, { mode: 0o400 });
    mkdirSync(dirname(config()), { recursive: true });
    writeFileSync(
      config(),
      `client-id = "${id()}"\nclient_secret_file = "$CREDENTIALS_DIRECTORY/client-secret"\n`,
    );
    const env = { HOME: home, WHY403_LOGIN_URL: sandbox.loginUrl, WHY403_API_URL: sandbox.apiUrl };
    const inUnit = await runCli(['diagnose'], { env: { ...env, CREDENTIALS_DIRECTORY: folder } });
    expect(inUnit.exit).toBe(0);
    const outside = await runCli(['diagnose'], { env });
    expect([outside.exit, outside.stderr]).toEqual([
      2,
      expect.stringContaining('CREDENTIALS_DIRECTORY is not set'),
    ]);
  });
});
