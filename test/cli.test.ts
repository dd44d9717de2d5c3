/** The built program as a user, a cron line and a CI job have it: every command × format × exit code. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import { runChild, type ChildOptions } from './cli-child.ts';
import type { Ran } from './cli-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'why403-cli-'));
const sandboxes: Sandbox[] = [];
let number = 0;
afterAll(async () => {
  await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function sandboxOf(scenario?: string): Promise<Sandbox> {
  const org = builtInOrg('genesys');
  const sandbox = await startSandbox({ org, ...(scenario !== undefined && { scenario }) });
  sandboxes.push(sandbox);
  return sandbox;
}

/** Each run has a folder of its own, unless it is given one. */
function run(argv: readonly string[], options: Partial<ChildOptions> = {}): Promise<Ran> {
  return runChild(argv, { cwd: ownFolder(), ...options });
}

function ownFolder(): string {
  number += 1;
  return mkdtempSync(join(folder, `${number}-`));
}

/** One document of each format, or the test fails. */
const isOne: Readonly<Record<string, (text: string) => void>> = {
  text: (text) => expect(text).toMatch(/\S\n$/),
  json: (text) => expect(JSON.parse(text)).toMatchObject({ schema: 1, tool: 'why403' }),
  junit: (text) => {
    expect(XMLValidator.validate(text)).toBe(true);
    expect(text.match(/<testsuites /g)).toHaveLength(1);
  },
  sarif: (text) => expect(JSON.parse(text)).toMatchObject({ version: '2.1.0' }),
  github: (text) => {
    for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^::(error|warning|notice)[ :]/);
  },
  markdown: (text) => expect(text).toMatch(/^[#*]/),
  html: (text) => {
    expect(text).toMatch(/^<!doctype html>/i);
    expect(text.match(/<\/html>\s*$/gi)).toHaveLength(1);
  },
};
const FORMATS = Object.keys(isOne);
const MACHINE = FORMATS.filter((format) => format !== 'text');
/** Format by format, what a word may look like in it. */
const shows = (text: string, code: string): void => expect(text.replaceAll('%2F', '/')).toContain(code);

let healthy: Sandbox;
let denied: Sandbox;
let nobody: Sandbox;
beforeAll(async () => {
  healthy = await sandboxOf();
  denied = await sandboxOf('endpoint/missing-permission');
  nobody = await sandboxOf('connection/unreachable');
});

describe('reports: the same exit code in every format, one document, the code of the finding', () => {
  const REFUSED = '{"error":"invalid_client","error_description":"client not found"}';
  const cases: readonly [string, () => readonly string[], () => Sandbox | undefined, number, string][] = [
    ['diagnose', () => [], () => healthy, 0, ''],
    ['diagnose', () => [], () => denied, 1, 'endpoint/missing-permission'],
    ['diagnose', () => [], () => nobody, 3, 'connection/unreachable'],
    ['explain', () => ['{"access_token":"abc","token_type":"bearer"}'], () => undefined, 0, ''],
    ['explain', () => [REFUSED], () => undefined, 1, 'client/unknown'],
    ['explain', () => ['HTTP/1.1 503 Service Unavailable'], () => undefined, 3, 'connection/outage'],
  ];
  const rows = FORMATS.flatMap((format) => cases.map((row) => [row[0], row[3], format, row] as const));
  it.concurrent.each(rows)('%s ends with %i as %s', async (_name, _exit, format, row) => {
    const [name, words, sandbox, exit, code] = row;
    const ran = await run([name, '--format', format, ...words()], { env: sandbox()?.env ?? {} });
    expect(ran.exit, ran.stderr).toBe(exit);
    expect(ran.stderr).toBe('');
    isOne[format]?.(ran.stdout);
    if (code !== '') shows(ran.stdout, code);
    expect(ran.stdout).not.toMatch(/\u001b/);
  });
});

describe('no report: the error document in every machine format, words on stderr, nothing sent', () => {
  let untouched: Sandbox;
  beforeAll(async () => {
    untouched = await sandboxOf();
  });
  afterAll(() => expect(untouched.requests).toEqual([]));
  const env = (): Record<string, string> => ({ ...untouched.env });
  const without = (...names: string[]): Record<string, string> =>
    Object.fromEntries(Object.entries(untouched.env).filter(([name]) => !names.includes(name)));
  const noRegion = (): Record<string, string> => without('WHY403_LOGIN_URL', 'WHY403_API_URL');
  const rows: readonly [string, readonly string[], () => Record<string, string>, string, RegExp][] = [
    ['an unknown option', ['diagnose', '--endpiont', 'x'], env, 'usage', /did you mean '--endpoint'/],
    ['an option of another command', ['diagnose', '--max-age', '3h'], env, 'usage', /no option '--max-age'/],
    ['a word too many', ['export', 'now'], env, 'usage', /belongs to no option/],
    ['an option without its value', ['diagnose', '--region'], env, 'usage', /region/],
    ['a flag that stands twice', ['diagnose', '--region', 'a', '--region', 'b'], env, 'usage', /twice/],
    ['an empty flag', ['diagnose', '--region', ''], env, 'usage', /--region is empty/],
    [
      'a secret as a plain flag',
      ['diagnose', '--client-secret', 'pYx-canary'],
      env,
      'usage',
      /--client-secret-file/,
    ],
    ['no region and no URLs', ['diagnose'], noRegion, 'config', /No region is set.*GENESYSCLOUD_REGION/s],
    [
      'an empty region',
      ['diagnose'],
      () => ({ ...noRegion(), WHY403_REGION: '', GENESYSCLOUD_REGION: '' }),
      'config',
      /No region is set/,
    ],
    [
      'an unknown region',
      ['diagnose', '--region', 'eu-centrl-1'],
      noRegion,
      'config',
      /eu-centrl-1.*perhaps eu-central-1/s,
    ],
    [
      'an unknown region beside URLs',
      ['diagnose', '--region', 'mars-1'],
      env,
      'config',
      /'mars-1' is no region/,
    ],
    [
      'a pair of two sources',
      ['diagnose', '--client-id', 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6'],
      env,
      'config',
      /--client-id.*WHY403_CLIENT_SECRET/s,
    ],
    [
      'our id and a secret of Genesys',
      ['diagnose'],
      () => ({ ...without('WHY403_CLIENT_SECRET'), GENESYSCLOUD_OAUTHCLIENT_SECRET: 'x' }),
      'config',
      /WHY403_CLIENT_ID.*GENESYSCLOUD_OAUTHCLIENT_SECRET/s,
    ],
    ['no recording', ['diagnose', '--replay', 'nowhere'], env, 'config', /nowhere/],
    [
      'an endpoint without a method',
      ['diagnose', '--endpoint', 'routing/queues'],
      env,
      'usage',
      /METHOD PATH/,
    ],
    ['an endpoint that is empty', ['diagnose', '--endpoint', ''], env, 'usage', /--endpoint is empty/],
    [
      'a secret file that is not there',
      ['diagnose', '--client-id', 'x', '--client-secret-file', 'no'],
      env,
      'config',
      /no can|no .*ENOENT/,
    ],
    ['an unknown profile', ['diagnose', '-p', 'nobody'], env, 'config', /nobody/],
    ['a pattern with a gap', ['export', '--out', 'x/%d.csv'], env, 'usage', /%d/],
    ['an unknown dataset', ['export', '--dataset', 'everything'], env, 'usage', /queue-hourly/],
    ['hours that are none', ['export', '--from', 'yesterday'], env, 'usage', /--from/],
    ['no archive', ['status'], env, 'config', /no archive/i],
    ['no endpoint', ['permissions'], env, 'usage', /permissions --for export/],
    ['no host to fetch from', ['catalogue', 'update'], noRegion, 'config', /--region/],
    ['nothing to explain', ['explain', ''], env, 'usage', /empty/],
    ['a file that is not there', ['explain', '--from', 'nowhere.txt'], env, 'usage', /nowhere\.txt/],
    ['a code that is none', ['explain', 'credential/swaped'], env, 'usage', /credential\/swapped/],
    ['an unknown scenario', ['sandbox', '--scenario', 'client/unkown'], env, 'usage', /client\/unknown/],
    ['an unknown command', ['dignose'], env, 'usage', /did you mean 'why403 diagnose'/],
    ['an unknown target', ['schedule', 'windows'], env, 'usage', /systemd/],
    ['an unknown shell', ['completion', 'csh'], env, 'usage', /fish/],
  ];

  it.concurrent.each(rows)('%s', async (_, argv, variables, code, words) => {
    const inText = await run(argv, { env: variables() });
    expect(inText.exit, inText.stderr).toBe(2);
    expect(inText.stdout).toBe('');
    expect(inText.stderr).toMatch(/^why403: /);
    expect(inText.stderr).toMatch(words);
    expect(inText.stderr).not.toMatch(/^\s+at |canary/m);
    const inJson = await run([...argv, '--format', 'json'], { env: variables() });
    expect(inJson.exit).toBe(2);
    const document = JSON.parse(inJson.stdout) as { error: { exit: number; code: string; message: string } };
    expect(document).toMatchObject({ schema: 1, tool: 'why403', error: { exit: 2 } });
    expect(['usage', 'config']).toContain(document.error.code);
    // An option that the command does not have is found before anything else.
    if (argv[0] !== 'completion') expect(document.error.code).toBe(code);
    expect(inJson.stdout).not.toContain('canary');
  });

  it.concurrent.each(MACHINE)('is one document on stdout with --format %s', async (format) => {
    for (const name of ['diagnose', 'explain']) {
      const ran = await run([name, '--format', format, '--nonsense']);
      expect(ran.exit).toBe(2);
      expect(JSON.parse(ran.stdout)).toMatchObject({ schema: 1, tool: 'why403', error: { code: 'usage' } });
    }
    const config = await run(['diagnose', `--format=${format}`], { env: noRegion() });
    expect(JSON.parse(config.stdout)).toMatchObject({ error: { exit: 2, code: 'config' } });
  });
});
