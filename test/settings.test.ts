import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import yargs from 'yargs';
import { Failure } from '../src/core/index.ts';
import { parseDuration } from '../src/cli/duration.ts';
import { describeRoute, routeTo } from '../src/io/proxy.ts';
import {
  addSettingsOptions,
  explainSources,
  resolveSettings,
  type LiveSettings,
  type SettingsArgs,
} from '../src/cli/settings.ts';
import type { Terminal } from '../src/cli/terminal.ts';

const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const OTHER_ID = '11111111-2222-4333-8444-555555555555';
let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'why403-settings-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

function terminal(env: Record<string, string>, stdin = ''): Terminal {
  return {
    out: () => undefined,
    err: () => undefined,
    env: { PATH: process.env['PATH'], HOME: home, ...env },
    cwd: home,
    stdoutIsTTY: false,
    stderrIsTTY: false,
    columns: 80,
    color: false,
    stdin: () => Promise.resolve(Buffer.from(stdin)),
    now: () => new Date('2026-11-23T09:00:00Z'),
    signal: new AbortController().signal,
  };
}
const file = (name: string, content: string, mode = 0o600): string => {
  const path = join(home, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
};
const config = (toml: string): string => file('.config/why403/config.toml', toml);
const resolve = (flags: SettingsArgs, env: Record<string, string> = {}, stdin = ''): Promise<LiveSettings> =>
  resolveSettings(flags, terminal(env, stdin));
const failure = async (flags: SettingsArgs, env: Record<string, string> = {}): Promise<Failure> => {
  const error: unknown = await resolve(flags, env).then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!(error instanceof Failure)) throw new Error(`a Failure was expected, not ${String(error)}`);
  expect(error.exit).toBe(2);
  return error;
};
const pair = (s: LiveSettings): unknown => s.credentials && [s.credentials.id, s.credentials.secret.reveal()];
const env = {
  GENESYSCLOUD_REGION: 'eu-central-1',
  GENESYSCLOUD_OAUTHCLIENT_ID: ID,
  GENESYSCLOUD_OAUTHCLIENT_SECRET: 'gc-secret',
};

describe('the order of sources', () => {
  const sources = ['file', 'genesyscloud', 'why403', 'profile', 'flag'] as const;
  const regions = {
    file: 'us-west-2',
    genesyscloud: 'eu-west-1',
    why403: 'eu-west-2',
    profile: 'sa-east-1',
    flag: 'ca-central-1',
  };

  it('takes the last that gives a value, whichever they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray([...sources], { minLength: 1 }), async (given) => {
        const has = (one: (typeof sources)[number]): boolean => given.includes(one);
        config(
          `${has('file') ? `region = "${regions.file}"\n` : ''}[profiles.mine]\n${has('profile') ? `region = "${regions.profile}"\n` : ''}`,
        );
        const settings = await resolve(
          { profile: 'mine', ...(has('flag') ? { region: regions.flag } : {}) },
          {
            ...(has('genesyscloud') ? { GENESYSCLOUD_REGION: regions.genesyscloud } : {}),
            ...(has('why403') ? { WHY403_REGION: regions.why403 } : {}),
          },
        );
        const winner = given.at(-1) ?? 'file';
        expect(settings.known.region).toMatch(new RegExp(`^${regions[winner]} `));
        const line = explainSources(settings.sources).find((l) => l.startsWith('region')) ?? '';
        for (const loser of given.slice(0, -1)) expect(line).toContain(regions[loser]);
      }),
    );
  });

  it('counts an empty variable as not set', async () => {
    const settings = await resolve(
      {},
      { ...env, WHY403_REGION: '', WHY403_CLIENT_ID: '', WHY403_CLIENT_SECRET: '' },
    );
    expect(settings.known.region).toMatch(/^eu-central-1/);
    expect(pair(settings)).toEqual([ID, 'gc-secret']);
  });

  it.each([
    ['eu-central-1', 'mypurecloud.de'],
    ['eu_central_1', 'mypurecloud.de'],
    ['mypurecloud.com.au', 'mypurecloud.com.au'],
    ['https://apps.mypurecloud.ie/', 'mypurecloud.ie'],
    ['api.usw2.pure.cloud', 'usw2.pure.cloud'],
  ])('knows the region %s', async (region, domain) => {
    const { known, allowedOrigins } = await resolve({ region });
    expect([known.tokenUrl, known.apiUrl]).toEqual([
      `https://login.${domain}/oauth/token`,
      `https://api.${domain}`,
    ]);
    expect(allowedOrigins).toEqual([`https://login.${domain}`, `https://api.${domain}`]);
  });

  it('refuses no region, an unknown one, and an unknown one beside URLs', async () => {
    expect((await failure({})).message).toMatch(/No region/);
    const unknown = await failure({ region: 'eu-central-9' });
    expect(unknown.expected).toMatch(/eu-central-[12]/);
    expect((await failure({ region: 'mypurecloud.com.evil.test' })).message).toMatch(/no region/);
    await failure({ region: 'mars-1', loginUrl: 'https://a.test', apiUrl: 'https://b.test' });
  });

  it('takes hosts from URLs, with a path prefix, without a slash at the end', async () => {
    const { known, allowedOrigins } = await resolve({
      loginUrl: 'https://gw.test/login/',
      apiUrl: 'http://127.0.0.1:8080/',
    });
    expect([known.tokenUrl, known.apiUrl]).toEqual([
      'https://gw.test/login/oauth/token',
      'http://127.0.0.1:8080',
    ]);
    expect(allowedOrigins).toEqual(['https://gw.test', 'http://127.0.0.1:8080']);
  });

  it.each(['http://login.example.com', 'https://me:pass-word@login.example.com', 'ftp://x.test', 'login'])(
    'refuses the host %s',
    async (loginUrl) => {
      const { message, expected } = await failure({ loginUrl, apiUrl: 'https://b.test' });
      expect(`${message} ${expected}`).not.toContain('pass-word');
    },
  );

  it('names origins of endpoints that were written as URLs', async () => {
    const { allowedOrigins, endpoints } = await resolve({
      region: 'us-east-1',
      endpoint: ['GET /a', 'GET https://gw.test/b'],
    });
    expect(endpoints).toEqual(['GET /a', 'GET https://gw.test/b']);
    expect(allowedOrigins).toContain('https://gw.test');
  });
});

describe('id and secret', () => {
  it.each([
    ['variables of Genesys', {}, {}, [ID, 'gc-secret']],
    [
      'our variables before them',
      {},
      { WHY403_CLIENT_ID: OTHER_ID, WHY403_CLIENT_SECRET: ' kept as is ' },
      [OTHER_ID, ' kept as is '],
    ],
    [
      'flags before both',
      { clientId: OTHER_ID, clientSecretFile: 's' },
      { WHY403_CLIENT_ID: 'x', WHY403_CLIENT_SECRET: 'y' },
      [OTHER_ID, 'from a file'],
    ],
    [
      'a file by variable',
      {},
      { WHY403_CLIENT_ID: OTHER_ID, WHY403_CLIENT_SECRET_FILE: 's' },
      [OTHER_ID, 'from a file'],
    ],
    [
      'a command by variable',
      {},
      {
        WHY403_CLIENT_ID: OTHER_ID,
        WHY403_CLIENT_SECRET_COMMAND: 'printf \'%s\\n\' "$X"',
        X: 'from a command',
      },
      [OTHER_ID, 'from a command'],
    ],
    [
      'a command by flag',
      { clientId: OTHER_ID, clientSecretCommand: 'echo; echo two' },
      {},
      [OTHER_ID, '\ntwo'],
    ],
    ['standard input', { clientId: OTHER_ID, clientSecretStdin: true }, {}, [OTHER_ID, 'from stdin\n']],
  ] as const)('%s', async (_, flags, more, expected) => {
    file('s', 'from a file\n');
    expect(pair(await resolve(flags, { ...env, ...more }, 'from stdin\n\r\n'))).toEqual(expected);
  });

  it.each([
    ['a flag and a variable', { clientId: OTHER_ID }, {}],
    ['a file flag and a variable', { clientSecretFile: 's' }, {}],
    ['our variable and one of Genesys', {}, { WHY403_CLIENT_ID: OTHER_ID }],
    ['our secret and an id of Genesys', {}, { WHY403_CLIENT_SECRET: 'ours-secret' }],
    ['a profile and a variable', { profile: 'half' }, {}],
  ] as const)('a pair of %s is refused', async (_, flags, more) => {
    file('s', 'from a file');
    config(`[profiles.half]\nclient-id = "${OTHER_ID}"\n`);
    const { message, expected } = await failure(flags, { ...env, ...more });
    expect(message).toMatch(/nothing was sent/);
    expect(`${message} ${expected}`).not.toMatch(/gc-secret|ours-secret|from a file/);
  });

  it('a half that no source completes, or nothing at all, is left for the ladder to find', async () => {
    const half = await resolve({ region: 'us-east-1', clientId: ID });
    expect(half.client).toMatchObject({ id: ID, secretShape: { looksLike: 'absent' } });
    const none = await resolve({ region: 'us-east-1' });
    expect(none.client).toMatchObject({
      idShape: { looksLike: 'absent' },
      secretShape: { looksLike: 'absent' },
    });
    expect(none.credentials).toBeUndefined();
    file('empty', '');
    const empty = await resolve({ region: 'us-east-1', clientId: ID, clientSecretFile: 'empty' });
    expect(empty.client?.secretShape.looksLike).toBe('absent');
  });

  it('is not trimmed but for one final line break', async () => {
    for (const [content, expected] of [
      ['a\n\n', 'a\n'],
      ['a\r\n', 'a'],
      ['a\r', 'a\r'],
      [' a ', ' a '],
      ['\ufeffa\n', '\ufeffa'],
    ] as const) {
      file('s', content);
      expect(pair(await resolve({ region: 'us-east-1', clientId: ID, clientSecretFile: 's' }))).toEqual([
        ID,
        expected,
      ]);
    }
  });

  it('is never a plain flag, and never two', async () => {
    expect((await failure({ clientSecret: 'oh-my-secret' })).message).not.toContain('oh-my');
    file('s', 'x');
    await failure({ region: 'us-east-1', clientId: ID, clientSecretFile: 's', clientSecretStdin: true });
    await failure(
      { region: 'us-east-1' },
      { WHY403_CLIENT_ID: ID, WHY403_CLIENT_SECRET: 'a', WHY403_CLIENT_SECRET_FILE: 's' },
    );
  });

  it('from a file that is not there, or a command that fails, is refused without repeating the command', async () => {
    expect(
      (await failure({ region: 'us-east-1', clientId: ID, clientSecretFile: 'nowhere' })).message,
    ).toMatch(/ENOENT/);
    const failed = await failure({
      region: 'us-east-1',
      clientId: ID,
      clientSecretCommand: 'echo oh-my-secret; exit 3',
    });
    expect(failed.message).toMatch(/exit code 3/);
    expect(`${failed.message}${failed.expected}`).not.toContain('oh-my');
  });

  it('is warned about where everybody may read it', async () => {
    file('s', 'x', 0o644);
    const { notes } = await resolve({ region: 'us-east-1', clientId: ID, clientSecretFile: 's' });
    expect(notes.join()).toMatch(/Everybody.*chmod 600/);
    file('s', 'x', 0o600);
    expect((await resolve({ region: 'us-east-1', clientId: ID, clientSecretFile: 's' })).notes).toEqual([]);
  });

  it('does not run the command of a source that is not used', async () => {
    const marker = join(home, 'ran');
    await resolve(
      { region: 'us-east-1', clientId: ID, clientSecretFile: file('s', 'x') },
      {
        WHY403_CLIENT_ID: ID,
        WHY403_CLIENT_SECRET_COMMAND: `touch ${marker}`,
      },
    );
    expect(() => rmSync(marker)).toThrow(/ENOENT/);
  });
});

describe('a header and a ready token', () => {
  it('takes a token only where no client is set', async () => {
    const ready = await resolve(
      { region: 'us-east-1' },
      { WHY403_ACCESS_TOKEN: 'tok-ours', GENESYSCLOUD_ACCESS_TOKEN: 'tok-gc' },
    );
    expect([ready.token?.reveal(), ready.known.readyToken, ready.client]).toEqual([
      'tok-ours',
      true,
      undefined,
    ]);
    const ignored = await resolve({}, { ...env, WHY403_ACCESS_TOKEN: 'tok-ours' });
    expect([ignored.token, ignored.known.readyToken, pair(ignored)]).toEqual([
      undefined,
      undefined,
      [ID, 'gc-secret'],
    ]);
    expect(explainSources(ignored.sources).join('\n')).toMatch(
      /access-token.*because a client is set.*WHY403_ACCESS_TOKEN/,
    );
  });

  it('checks a given header, against the pair where there is one', async () => {
    const header = `Basic ${Buffer.from(`${ID}:gc-secret`).toString('base64')}`;
    const beside = await resolve({}, { ...env, WHY403_AUTHORIZATION: header });
    expect(beside.authorization).toMatchObject({ kind: 'basic', idMatches: true, secretMatches: true });
    expect(beside.client?.id).toBe(ID);
    const alone = await resolve({
      region: 'us-east-1',
      authorizationFile: file('h', `Authorization: ${header}\n`),
    });
    expect(alone.authorization).toMatchObject({ kind: 'basic', base64: 'standard' });
    expect(alone.client).toBeUndefined();
  });
});

describe('another provider', () => {
  const generic = { provider: 'generic', issuer: 'https://as.test' };
  it('needs an issuer or a token URL', async () => {
    expect((await failure({ provider: 'generic' })).expected).toMatch(/--issuer.*--token-url/);
    await failure({ provider: 'nobody' });
    await failure({ ...generic, clientAuth: 'digest' });
    const settings = await resolve({ ...generic, clientAuth: 'post', scope: 'a b' });
    expect(settings.known).toEqual({ issuer: 'https://as.test', clientAuth: 'post', requestedScope: 'a b' });
    const byVariable = await resolve(
      {},
      { WHY403_PROVIDER: 'generic', WHY403_TOKEN_URL: 'https://as.test/token', WHY403_SCOPE: 'x' },
    );
    expect(byVariable.known).toEqual({ tokenUrl: 'https://as.test/token', requestedScope: 'x' });
  });

  it("is not sent Genesys' variables", async () => {
    const settings = await resolve(generic, env);
    expect(settings.credentials).toBeUndefined();
    expect(settings.notes.join()).toMatch(/left aside/);
  });
});

describe('profiles', () => {
  it('are sections of the own file, and win over variables', async () => {
    config(
      `[profiles.acme]\nregion = "eu-west-1"\nclient-id = "${OTHER_ID}"\nclient_secret_file = "secret"\n`,
    );
    file('.config/why403/secret', 'from beside the config\n');
    const settings = await resolve({ profile: 'acme' }, env);
    expect([settings.known.region, pair(settings)]).toEqual([
      'eu-west-1 (mypurecloud.ie)',
      [OTHER_ID, 'from beside the config'],
    ]);
    expect(pair(await resolve({}, { ...env, WHY403_PROFILE: 'acme' }))).toEqual([
      OTHER_ID,
      'from beside the config',
    ]);
    const flags = await resolve({ profile: 'acme', region: 'us-east-1' }, env);
    expect(flags.known.region).toMatch(/^us-east-1/);
  });

  it('are read from the gc CLI too, in any case of the name', async () => {
    file(
      '.gc/config.toml',
      `[default]\nclient_credentials = "${ID}"\nclient_secret = "gc-profile-secret"\nenvironment = "mypurecloud.de"\ngrant_type = "1"\n` +
        `[Gate]\nclient_credentials = "${ID}"\nclient_secret = "x"\nenvironment = "mypurecloud.de"\ngateway_protocol = "https"\n` +
        `gateway_host = "gw.test"\ngateway_port = "443"\ngateway_pathparams = "{login: /loginpath, api: /apipath}"\n` +
        `proxy_protocol = "http"\nproxy_host = "p.test"\nproxy_port = "3128"\nproxy_username = "me"\nproxy_password = "p@ss"\n`,
    );
    const settings = await resolve({ profile: 'DEFAULT' });
    expect([settings.known.region, pair(settings)]).toEqual([
      'eu-central-1 (mypurecloud.de)',
      [ID, 'gc-profile-secret'],
    ]);
    const gate = await resolve({ profile: 'gate' });
    expect(gate.known).toMatchObject({
      tokenUrl: 'https://gw.test/loginpath/oauth/token',
      apiUrl: 'https://gw.test/apipath',
    });
    expect(gate.proxy?.value.reveal()).toBe('http://me:p%40ss@p.test:3128');
    expect(JSON.stringify([gate, explainSources(gate.sources)])).not.toMatch(/p@ss|p%40ss/);
  });

  it.each([
    ['an unknown profile', '[profiles.acme]\n', { profile: 'acne' }, /no profile 'acne'/, /acme/],
    ['an unknown key', 'regoin = "x"\n', {}, /'regoin'/, /region/],
    [
      'a secret flag that is none',
      '[profiles.a]\nclient-secret-stdin = true\n',
      { profile: 'a' },
      /client-secret-stdin/,
      /client-secret/,
    ],
    ['a wrong type', 'region = 7\n', {}, /'region'.*not a text/, /region = /],
    ['broken TOML', 'region = "x"\nclient-secret = "oh-my-secret\n', {}, /line 2/, /quotes/],
  ] as const)('%s is named', async (_, toml, flags, message, expected) => {
    config(toml);
    const found = await failure(flags);
    expect(found.message).toMatch(message);
    expect(found.expected).toMatch(expected);
    expect(found.message).not.toContain('oh-my');
  });

  it('with a secret that everybody may read are warned about', async () => {
    const path = config(`region = "us-east-1"\n[profiles.a]\nclient-id = "${ID}"\nclient-secret = "x"\n`);
    chmodSync(path, 0o644);
    expect((await resolve({ profile: 'a' })).notes.join()).toMatch(/Everybody/);
    expect((await resolve({})).notes).toEqual([]);
  });
});

describe('what is shown', () => {
  it('names every source and shows no secret', async () => {
    config(
      `region = "us-west-2"\n[profiles.p]\nclient-id = "${OTHER_ID}"\nclient-secret = "profile-secret"\n`,
    );
    const settings = await resolve(
      { profile: 'p', proxy: 'http://u:proxy-pass@p.test' },
      {
        ...env,
        WHY403_CLIENT_ID: 'why-id',
        WHY403_CLIENT_SECRET: 'why-secret',
        WHY403_ACCESS_TOKEN: 'token-value',
      },
    );
    const text = explainSources(settings.sources).join('\n');
    expect(text).toMatch(
      /region +eu-central-1 +from GENESYSCLOUD_REGION; ignored: region of config file .*us-west-2/,
    );
    expect(text).toMatch(
      /client-id +fingerprint [0-9a-f]{8} +from client-id of profile p .*WHY403_CLIENT_ID, GENESYSCLOUD_OAUTHCLIENT_ID/,
    );
    expect(text).toMatch(/client-secret +fingerprint [0-9a-f]{8}/);
    const all = `${text}${JSON.stringify(settings)}${String(settings.credentials?.secret)}`;
    expect(all).not.toMatch(/profile-secret|why-secret|gc-secret|token-value|proxy-pass/);
  });
});

describe('the proxy', () => {
  const row = (settings: { readonly sources: Parameters<typeof explainSources>[0] }): string =>
    explainSources(settings.sources.filter(({ setting }) => setting === 'proxy')).join();
  const way = ({ proxy }: Awaited<ReturnType<typeof resolve>>, vars: Record<string, string>): string =>
    describeRoute(routeTo(new URL('https://login.test'), vars, proxy));
  const HTTPS_PROXY = 'http://me:proxy-pass@variable.test:3128';

  it('comes from a variable, from a flag before all, from a profile before it and from the config file behind it', async () => {
    const path = config(
      'region = "us-west-2"\nproxy = "http://me:proxy-pass@file.test:1"\n[profiles.p]\nproxy = "http://profile.test:2"\n',
    );
    const vars = { ...env, HTTPS_PROXY };
    const file = `proxy of config file ${path}`;
    const profile = `proxy of profile p in ${path}`;

    const plain = await resolve({}, env);
    expect(row(plain)).toBe(`proxy  http://file.test:1  from ${file}`);
    expect(way(plain, env)).toBe(`through the proxy http://file.test:1 (${file})`);

    const variable = await resolve({}, vars);
    expect(row(variable)).toBe(
      `proxy  http://variable.test:3128  from HTTPS_PROXY; ignored: ${file} (http://file.test:1)`,
    );
    expect(way(variable, vars)).toBe('through the proxy http://variable.test:3128 (HTTPS_PROXY)');

    const named = await resolve({ profile: 'p' }, vars);
    expect(row(named)).toBe(
      `proxy  http://profile.test:2  from ${profile}; ignored: HTTPS_PROXY (http://variable.test:3128), ${file} (http://file.test:1)`,
    );
    expect(way(named, vars)).toBe(`through the proxy http://profile.test:2 (${profile})`);

    const flag = await resolve({ profile: 'p', proxy: 'http://flag.test:4' }, vars);
    expect(row(flag)).toMatch(
      /^proxy {2}http:\/\/flag\.test:4 {2}from --proxy; ignored: HTTPS_PROXY .*, proxy of profile p/,
    );
    expect(way(flag, vars)).toBe('through the proxy http://flag.test:4 (--proxy)');
    expect([plain, variable, named, flag].map(row).join()).not.toMatch(/proxy-pass|me:/);
  });

  it('is named where only a variable sets it, and so are its exceptions', async () => {
    const vars = { ...env, HTTPS_PROXY, NO_PROXY: 'a.test' };
    const text = explainSources((await resolve({ region: 'us-east-1' }, vars)).sources).join('\n');
    expect(text).toMatch(/^proxy +http:\/\/variable\.test:3128 +from HTTPS_PROXY$/m);
    expect(text).toMatch(/^no-proxy +a\.test +from NO_PROXY$/m);
    expect(text).not.toMatch(/proxy-pass|me:/);
  });
});

describe('durations', () => {
  it.each([
    ['10s', 10_000],
    ['2m', 120_000],
    ['1h30m', 5_400_000],
    ['500ms', 500],
    ['1.5s', 1_500],
    ['8d', 691_200_000],
  ])('%s', (text, ms) => {
    expect(parseDuration(text, '--timeout')).toBe(ms);
  });
  it.each(['', '10', 's', '-1s', '0s', '10 s', '10sec', '1m!', 'NaNs', '9e99s'])('%j is refused', (text) => {
    expect(() => parseDuration(text, '--timeout')).toThrow(Failure);
  });
  it('reaches the settings', async () => {
    const settings = await resolve({ region: 'us-east-1', timeout: '3s', deadline: '1m' });
    expect([settings.timeoutMs, settings.deadlineMs]).toEqual([3_000, 60_000]);
    await failure({ region: 'us-east-1', timeout: 'soon' });
  });
});

describe('the flags', () => {
  const parse = (...words: string[]): SettingsArgs =>
    addSettingsOptions(yargs([]).exitProcess(false).fail(false))
      .parserConfiguration({ 'duplicate-arguments-array': true, 'greedy-arrays': false })
      .parseSync(words) as unknown as SettingsArgs;

  it('are parsed as the settings expect them', async () => {
    const args = parse('--region', 'us-east-1', '--endpoint', 'GET /a', '--endpoint', 'GET /b', '-p', 'x');
    expect(args).toMatchObject({ region: 'us-east-1', endpoint: ['GET /a', 'GET /b'], profile: 'x' });
    expect(await failure(parse('--region', 'a', '--region', 'b'))).toMatchObject({
      message: '--region stands twice',
    });
    expect(await failure(parse('--region', ''))).toMatchObject({ message: '--region is empty' });
    expect((await resolve(parse('--region', 'us-east-1', '--client-id', ''))).client?.idShape.looksLike).toBe(
      'absent',
    );
    expect(await failure(parse('--client-secret', 'oh-my-secret'))).toMatchObject({ code: 'usage' });
  });
});
