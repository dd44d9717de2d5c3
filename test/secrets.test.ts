/**
 * A hunt for secrets through every output of every command (contract, "Secrets"). A new command, format or setting is
 * a new line in one of the tables; a test fails where a command has none.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/cli/commands.ts';
import { runCommand } from '../src/cli/main.ts';
import { formats } from '../src/render/index.ts';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import { runCli, type Ran } from './cli-run.ts';
import { leaks } from './leaks.ts';

const ID = '5b1c2f0e-93aa-4c59-8d1e-2f6f0a7c44d1';
const SECRET = 'qZ7-Xw9_kLm3Vb5/Nc1+Tj8Rf2Ys6Hd4Pg0';
const PROXY = 'Wd5xPq8zKt2v';
const USER_INFO = 'Hn6yBs3rFj9c';
const PARAMETER = 'Mv4gTz7eXk1w';
const TOKEN = 'Uy2pLq8nRc5b-Jt7wZx3mKd9f';
const pair = (id: string, secret: string): string => Buffer.from(`${id}:${secret}`).toString('base64');

/** What must be found nowhere. Tokens that a server issues join it as they are seen. */
const needles: Record<string, string> = {
  'the secret': SECRET,
  'the pair in base64': pair(ID, SECRET),
  'the pair the wrong way round': pair(SECRET, ID),
  'the password of a proxy': PROXY,
  'user info of a URL': USER_INFO,
  'a parameter of a URL': PARAMETER,
  'a given token': TOKEN,
};

const folder = mkdtempSync(join(tmpdir(), 'why403-secrets-'));
const closing: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
  rmSync(folder, { recursive: true, force: true });
});

/** Stands before a server, so that the test knows the tokens that were issued and the headers that were sent. */
async function watched(target: string): Promise<string> {
  return serving(async (request, body) => {
    const { authorization } = request.headers;
    if (authorization) needles[`header ${authorization.slice(0, 6)}…`] = authorization.replace(/^\S+ /, '');
    const answer = await fetch(target + (request.url ?? ''), {
      method: request.method ?? 'GET',
      headers: Object.fromEntries(
        ['authorization', 'content-type'].flatMap((name) =>
          typeof request.headers[name] === 'string' ? [[name, request.headers[name]]] : [],
        ),
      ),
      ...(body === '' ? {} : { body }),
    });
    const text = await answer.text();
    const token = /"access_token":\s*"([^"]+)"/.exec(text)?.[1];
    if (token) needles[`token ${Object.keys(needles).length}`] = token;
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', text };
  });
}

/** Puts whatever it was sent into every answer, as a careless server does. */
async function echoing(status: number, page = false): Promise<string> {
  return serving((request, body) => {
    const heard = `${request.headers.authorization ?? ''} ${body} ${decodeURIComponent(body)}`;
    const text = JSON.stringify({
      error: status === 400 ? 'invalid_client' : 'forbidden',
      error_description: `could not use ${heard}`,
      message: heard,
      client_secret: SECRET,
      access_token: TOKEN,
      [request.headers.authorization ?? 'none']: 1,
    });
    // Nobody knows what such a page means, so its first words are shown.
    return page
      ? { status, type: 'text/html', text: `<title>Oh</title><p>could not use <b>${heard}</b>`, heard }
      : { status, type: 'application/json', text, heard };
  });
}

/** An API that is well but for the queries of an export: it refuses them and says what it was sent. */
async function echoingQueries(url: string): Promise<string> {
  const well = await watched(url);
  return serving(async (request, body) => {
    const heard = request.headers.authorization ?? '';
    if (request.url?.includes('/aggregates/query')) {
      const text = JSON.stringify({ message: `no hours for ${heard}`, code: heard, status: 400 });
      return { status: 400, type: 'application/json', text, heard };
    }
    const answer = await fetch(`${well}${request.url ?? ''}`, {
      method: request.method ?? 'GET',
      headers: { authorization: heard, accept: 'application/json' },
      ...(body === '' ? {} : { body }),
    });
    const type = answer.headers.get('content-type') ?? '';
    return { status: answer.status, type, text: await answer.text() };
  });
}

type Answered = { status: number; type: string; text: string; heard?: string };

async function serving(
  answer: (request: IncomingMessage, body: string) => Answered | Promise<Answered>,
): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void Promise.resolve(answer(request, Buffer.concat(chunks).toString())).then((given) => {
        response.writeHead(given.status, {
          'content-type': given.type,
          ...(given.heard && {
            'x-debug': given.heard.replace(/[^\x20-\x7e]/g, ''),
            'www-authenticate': `Bearer error="${request.headers.authorization ?? ''}"`,
          }),
        });
        response.end(given.text);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () => void server.close(),
    () => server.closeAllConnections(),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface World {
  readonly env: Record<string, string>;
  readonly flags?: readonly string[];
  readonly stdin?: string;
}

/** The org's client has the canary as its secret, so that everything works with it. */
async function org(name: 'genesys' | 'thread', scenario?: string): Promise<Sandbox> {
  const built = builtInOrg(name);
  for (const client of built.clients) client.secret = SECRET;
  const first = built.clients[0];
  if (first && name === 'genesys') first.id = ID;
  const sandbox = await startSandbox({ org: built, ...(scenario !== undefined && { scenario }) });
  closing.push(() => sandbox.close());
  return sandbox;
}

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text, { mode: 0o600 });
  return path;
};

async function settings(): Promise<Record<string, World>> {
  const healthy = await org('genesys');
  const login = await watched(healthy.loginUrl);
  const api = await watched(healthy.apiUrl);
  const urls = { WHY403_LOGIN_URL: login, WHY403_API_URL: api };
  const both = { WHY403_CLIENT_ID: ID, WHY403_CLIENT_SECRET: SECRET };
  const denied = await org('genesys', 'endpoint/missing-permission');
  const deniedUrls = { WHY403_LOGIN_URL: denied.loginUrl, WHY403_API_URL: await watched(denied.apiUrl) };
  const thread = await org('thread');
  const refusing = await echoing(400);
  const forbidding = await echoing(403);
  const strange = await echoing(418, true);
  const secretFile = file('secret', `${SECRET}\n`);
  const profile = `[profiles.acme]\nlogin-url = "${login}"\napi-url = "${api}"\nclient-id = "${ID}"\nclient-secret = "${SECRET}"\n`;
  file('profiled/why403/config.toml', profile);
  file(
    'gc/.gc/config.toml',
    `[acme]\nclient_credentials_client_id = "${ID}"\nclient_credentials_client_secret = "${SECRET}"\nenvironment = "mypurecloud.de"\n`,
  );
  return {
    'a healthy org': { env: { ...urls, ...both } },
    'a refused endpoint': { env: { ...deniedUrls, ...both } },
    'a wrong secret': { env: { ...urls, WHY403_CLIENT_ID: ID, WHY403_CLIENT_SECRET: `${SECRET}x` } },
    'another provider': { env: { ...thread.env } },
    'another provider, credentials in the body': { env: { ...thread.env, WHY403_CLIENT_AUTH: 'post' } },
    'a secret from a file': { env: urls, flags: ['--client-id', ID, '--client-secret-file', secretFile] },
    'a secret from a command': {
      env: urls,
      flags: ['--client-id', ID, '--client-secret-command', `cat '${secretFile}'`],
    },
    'a secret within a command, and a refused endpoint': {
      env: deniedUrls,
      flags: ['--client-id', ID, '--client-secret-command', `printf %s '${SECRET}'`],
    },
    'a proxy with a password, and a refused endpoint': {
      env: { ...deniedUrls, ...both },
      flags: ['--proxy', `http://me:${PROXY}@127.0.0.1:9`],
    },
    'a secret from a command that fails': {
      env: urls,
      flags: [
        '--client-id',
        ID,
        '--client-secret-command',
        `cat '${secretFile}' >&2; cat '${secretFile}'; exit 3`,
      ],
    },
    'a secret from stdin': { env: urls, flags: ['--client-id', ID, '--client-secret-stdin'], stdin: SECRET },
    'a plain flag': { env: urls, flags: ['--client-id', ID, '--client-secret', SECRET] },
    'a misspelt flag': { env: urls, flags: ['--client-secert', SECRET] },
    'a misspelt flag with =': { env: urls, flags: [`--client-secert=${SECRET}`] },
    'a word without its flag': { env: urls, flags: [SECRET] },
    'a profile': { env: { XDG_CONFIG_HOME: join(folder, 'profiled') }, flags: ['-p', 'acme'] },
    'a profile of the vendor': { env: { HOME: join(folder, 'gc'), ...urls }, flags: ['-p', 'acme'] },
    swapped: { env: { ...urls, WHY403_CLIENT_ID: SECRET, WHY403_CLIENT_SECRET: ID } },
    'the pair encoded as the secret': {
      env: { ...urls, WHY403_CLIENT_ID: ID, WHY403_CLIENT_SECRET: pair(ID, SECRET) },
    },
    'the secret as the id too': { env: { ...urls, WHY403_CLIENT_ID: SECRET, WHY403_CLIENT_SECRET: SECRET } },
    'quotes and spaces around it': {
      env: { ...urls, WHY403_CLIENT_ID: ID, WHY403_CLIENT_SECRET: ` "${SECRET}" ` },
    },
    'a pair of two sources': {
      env: { ...urls, WHY403_CLIENT_ID: ID, GENESYSCLOUD_OAUTHCLIENT_SECRET: SECRET },
    },
    'other sources left aside': {
      env: {
        ...urls,
        ...both,
        GENESYSCLOUD_OAUTHCLIENT_ID: ID,
        GENESYSCLOUD_OAUTHCLIENT_SECRET: `${SECRET}2`,
        WHY403_ACCESS_TOKEN: TOKEN,
      },
    },
    'a header': { env: { ...urls, WHY403_AUTHORIZATION: `Basic ${pair(ID, SECRET)}` } },
    'a header that is none': { env: { ...urls, WHY403_AUTHORIZATION: `${SECRET} ${pair(ID, SECRET)}` } },
    'a header from a file': {
      env: urls,
      flags: ['--authorization-file', file('header', `Authorization: Basic ${pair(ID, SECRET)}==\n`)],
    },
    'a ready token': { env: { ...urls, WHY403_ACCESS_TOKEN: TOKEN } },
    'the secret in the place of the region': { env: both, flags: ['--region', SECRET] },
    'a login server that echoes': { env: { WHY403_LOGIN_URL: refusing, WHY403_API_URL: api, ...both } },
    'an API that echoes': { env: { WHY403_LOGIN_URL: login, WHY403_API_URL: forbidding, ...both } },
    'a login page that echoes': { env: { WHY403_LOGIN_URL: strange, WHY403_API_URL: api, ...both } },
    'an API that echoes on a page': { env: { WHY403_LOGIN_URL: login, WHY403_API_URL: strange, ...both } },
    'an API that echoes the queries of an export': {
      env: { WHY403_LOGIN_URL: login, WHY403_API_URL: await echoingQueries(healthy.apiUrl), ...both },
    },
    'another provider that echoes': {
      env: {
        WHY403_PROVIDER: 'generic',
        WHY403_TOKEN_URL: `${refusing}/token`,
        WHY403_API_URL: forbidding,
        ...both,
      },
    },
    'a token that an echo takes': {
      env: { WHY403_LOGIN_URL: login, WHY403_API_URL: forbidding, WHY403_ACCESS_TOKEN: TOKEN },
    },
    'a proxy with a password that does not answer': {
      env: { WHY403_REGION: 'eu-central-1', ...both, HTTPS_PROXY: `http://me:${PROXY}@127.0.0.1:9` },
    },
    'a proxy flag with a password': {
      env: { WHY403_REGION: 'eu-central-1', ...both },
      flags: ['--proxy', `http://me:${PROXY}@127.0.0.1:9`],
    },
    'a proxy with a password that nobody needs': {
      env: { ...urls, ...both, HTTPS_PROXY: `http://me:${PROXY}@127.0.0.1:9` },
      flags: ['--proxy', `http://me:${PROXY}@127.0.0.1:8`],
    },
    'a proxy that is no URL': { env: { ...urls, ...both }, flags: ['--proxy', `me:${PROXY}@:x`] },
    'user info in the login URL': {
      env: both,
      flags: [
        '--login-url',
        `https://me:${USER_INFO}@login.example.test`,
        '--api-url',
        'https://api.example.test',
      ],
    },
    'user info in an issuer': {
      env: { WHY403_PROVIDER: 'generic', WHY403_ISSUER: `https://me:${USER_INFO}@id.example.test`, ...both },
    },
    'a parameter in a token URL': {
      env: {
        WHY403_PROVIDER: 'generic',
        WHY403_TOKEN_URL: `${login}/oauth/token?client_secret=${PARAMETER}`,
        ...both,
      },
    },
    'an endpoint with user info': {
      env: { ...urls, ...both },
      flags: ['--endpoint', `GET https://me:${USER_INFO}@127.0.0.1:9/x`],
    },
    'an endpoint with a secret parameter': {
      env: { ...urls, ...both },
      flags: ['--endpoint', `GET /api/v2/routing/queues?access_token=${PARAMETER}&pageSize=1`],
    },
    'a document that is there, at a URL with secrets': {
      env: { ...urls, ...both },
      flags: [
        '--openapi',
        `${api.replace('//', `//me:${USER_INFO}@`)}/api/v2/docs/swagger?token=${PARAMETER}`,
      ],
    },
    'a secret within a command': {
      env: urls,
      flags: ['--client-id', ID, '--client-secret-command', `printf %s '${SECRET}'`],
    },
    'a document at a URL of another scheme, with secrets': {
      env: { ...urls, ...both },
      flags: ['--openapi', `ftp://me:${USER_INFO}@127.0.0.1:9/doc`],
    },
    'a document at a URL that is none, with secrets': {
      env: { ...urls, ...both },
      flags: ['--openapi', `https://me:${USER_INFO}@`],
    },
    'a document at a URL with secrets': {
      env: { ...urls, ...both },
      flags: ['--openapi', `http://me:${USER_INFO}@127.0.0.1:9/doc?token=${PARAMETER}`],
    },
  };
}

const worlds = await settings();

/** These show most of what a report can show, so they are seen in every format. */
const THOROUGH = [
  'a healthy org',
  'a refused endpoint',
  'a wrong secret',
  'a login server that echoes',
  'an API that echoes',
  'an API that echoes on a page',
  'an API that echoes the queries of an export',
];
const FORMATS = [...formats.keys()];

interface Runs {
  /** With the settings of every world; else once, because the command takes none. */
  readonly worlds: boolean;
  readonly argv: readonly (readonly string[])[];
  /** A command that must have run before, so that there is something to show. */
  readonly after?: string;
  /** More for the worlds above. */
  readonly thorough?: readonly (readonly string[])[];
}

const RUNS: Readonly<Record<string, Runs>> = {
  diagnose: {
    worlds: true,
    argv: [['-v'], ['--format', 'html', '--output', 'report.html'], ['--record', 'recorded', '--json']],
    thorough: [
      ...FORMATS.map((format) => ['--format', format]),
      ...FORMATS.map((format) => ['--format', format, '--output', `report.${format}`]),
      ['--short'],
      ['--offline', '--json'],
      ['--replay', 'recorded', '-v'],
      ['--send', '--json'],
      ['--probe', '--json'],
      ['--least-privilege'],
      ...['curl', 'python', 'java', 'node', 'csharp', 'powershell'].map((language) => [
        '--snippet',
        language,
      ]),
      ['--baseline', 'baseline.json'],
      ['--second-client-id', ID, '--second-client-secret-file', join(folder, 'secret')],
      ['--second-client-id', ID, '--second-client-secret-command', `cat '${join(folder, 'secret')}'; exit 3`],
    ],
  },
  export: { worlds: true, argv: [['-v']], thorough: [['--json'], ['--full', '-q']] },
  status: { worlds: true, after: 'export', argv: [['--json']], thorough: [[]] },
  view: { worlds: false, after: 'export', argv: [[], ['--json'], ['--output', 'view.html']] },
  schedule: {
    worlds: true,
    argv: [['cron'], ['systemd'], ['kubernetes'], ['github-actions'], ['cron', '--json']],
    thorough: ['cron', 'systemd', 'kubernetes', 'github-actions'].flatMap((target) => [
      [target, '--openapi', `https://me:${USER_INFO}@api.test/x?api_key=${PARAMETER}`],
      [target, '--client-id', ID, '--client-secret-command', `printf %s '${SECRET}'`],
      [
        target,
        '--client-id',
        ID,
        '--client-secret-command',
        `curl -u me:x 'https://me:${USER_INFO}@v.test'; echo x`,
      ],
    ]),
  },
  catalogue: {
    worlds: false,
    argv: [
      ['show'],
      ['update'],
      ['update', '--json'],
      ['update', '--region', `https://me:${USER_INFO}@api.test`],
      ['update', '--api-url', `https://me:${USER_INFO}@api.test`],
      ['update', '--from', `https://me:${USER_INFO}@api.test/doc`],
    ],
  },
  permissions: {
    worlds: false,
    argv: [
      [`GET /api/v2/users?access_token=${PARAMETER}`],
      [`GET https://me:${USER_INFO}@api.test/x?api_key=${PARAMETER}`, '--json'],
      ['GET /x', '--openapi', `ftp://me:${USER_INFO}@api.test/x`],
    ],
  },
  explain: {
    worlds: false,
    argv: [[`client_secret=${SECRET}`], ['--json', `https://me:${USER_INFO}@api.test`]],
  },
  completion: { worlds: false, argv: [['bash']] },
  // Asks a person, and here there is none; its own test looks at what it writes.
  init: { worlds: true, argv: [[], ['--json']] },
};
/** Their credentials are made up, and printing them is what they are for (contract, "Secrets"). */
const EXEMPT = ['sandbox', 'demo'];

/** Every file below a folder, but for what the test itself put there. */
function filesIn(at: string): string[] {
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

async function hunt(command: string, argv: readonly string[], world: World, cwd: string): Promise<Ran> {
  const env = {
    HOME: join(cwd, 'home'),
    XDG_CACHE_HOME: join(cwd, 'cache'),
    PATH: process.env['PATH'] ?? '',
    ...world.env,
  };
  const ran = await runCli([command, ...argv, ...(world.flags ?? [])], {
    env,
    cwd,
    stdin: world.stdin ?? '',
  });
  const what = `${command} ${argv.join(' ')}`;
  expect(leaks(ran.stdout, needles), `stdout of ${what}:\n${ran.stdout}`).toEqual([]);
  expect(leaks(ran.stderr, needles), `stderr of ${what}:\n${ran.stderr}`).toEqual([]);
  expect(ran.exit, ran.stderr).not.toBe(70);
  return ran;
}

/** Only the token cache may hold a token, and only for its owner's eyes; nothing else holds a secret. */
function huntFiles(cwd: string): void {
  const cache = join(cwd, 'cache', 'why403');
  for (const path of filesIn(cwd)) {
    const found = leaks(`${path}\n${readFileSync(path, 'latin1')}`, needles);
    const inCache = path.startsWith(cache);
    expect(inCache ? found.filter((one) => !/^(token|header Bearer)/.test(one)) : found, path).toEqual([]);
    if (inCache && process.platform !== 'win32' && !path.includes('catalogue')) {
      expect(statSync(path).mode & 0o777, path).toBe(0o600);
      expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    }
  }
}

it('has a line for every command', () => {
  expect([...Object.keys(RUNS), ...EXEMPT].sort()).toEqual(Object.keys(COMMANDS).sort());
});

it('would notice a secret in any of its forms', () => {
  const shown: readonly [string, string][] = [
    ['raw', `x${SECRET}y`],
    ['in pieces', SECRET.slice(5, 17)],
    ['base64', `Basic ${pair(ID, SECRET)}`],
    ['base64url', Buffer.from(`${ID}:${SECRET}`).toString('base64url')],
    ['in another pair', pair('somebody', SECRET)],
    ['swapped pair', pair(SECRET, 'somebody')],
    ['url-encoded', `client_secret=${encodeURIComponent(SECRET)}&x`],
    ['JSON', JSON.stringify({ a: SECRET })],
    ['backwards', [...SECRET].reverse().join('')],
    ['wrapped', pair(ID, SECRET).replace(/(.{20})/g, '$1\n     ')],
  ];
  for (const [name, text] of shown) expect(leaks(text, needles), name).not.toEqual([]);
  expect(leaks('why403 Genesys Cloud: Healthy.', needles)).toEqual([]);
});

describe.each(Object.entries(RUNS))('%s', (command, { worlds: everywhere, argv, after, thorough = [] }) => {
  it.each(everywhere ? Object.keys(worlds) : ['a healthy org'])('%s', async (name) => {
    const cwd = mkdtempSync(join(folder, 'run-'));
    const world = everywhere ? worlds[name] : { env: worlds[name]?.env ?? {} };
    if (!world) throw new Error(`there is no world '${name}'`);
    if (after !== undefined) await hunt(after, ['-q'], world, cwd);
    const all = THOROUGH.includes(name) ? [...argv, ...thorough] : argv;
    for (const words of all) await hunt(command, words, world, cwd);
    huntFiles(cwd);
  });
});

it('a crash shows nothing of what was at hand', async () => {
  const { env } = worlds['a healthy org'] ?? { env: {} };
  const errors = [
    new Error(`with ${SECRET}`),
    new TypeError('odd'),
    Object.assign(new Error('x'), { options: SECRET }),
    SECRET,
  ];
  for (const thrown of errors) {
    let out = '';
    let broken = false;
    const exit = await runCommand(['diagnose', '--json'], {
      out: (text) => {
        if (broken) out += text;
        else {
          broken = true;
          throw thrown as Error;
        }
      },
      err: (text) => void (out += text),
      env: { HOME: folder, ...env },
      cwd: folder,
      stdoutIsTTY: false,
      stderrIsTTY: false,
      columns: 80,
      color: false,
      stdin: () => Promise.resolve(Buffer.alloc(0)),
      now: () => new Date(),
      signal: new AbortController().signal,
    });
    expect(exit).toBe(70);
    expect(leaks(out, needles)).toEqual([]);
    expect(out).toMatch(/a fault of why403 itself/);
  }
});
