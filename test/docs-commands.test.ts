/**
 * Every command in README and docs. Blocks marked `sh` are run by a real bash, and each call of why403 in them against
 * the sandbox; commands elsewhere (in YAML, in a sentence) are parsed as strictly as the program itself does.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/cli/commands.ts';
import { parse } from '../src/cli/parse.ts';
import type { Terminal } from '../src/cli/terminal.ts';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import { runCli } from './cli-run.ts';
import { callsOf, commandsIn, documents, type Call } from './docs-commands.ts';

const ROOT = join(import.meta.dirname, '..');
let genesys: Sandbox;
let thread: Sandbox;
let folder: string;

beforeAll(async () => {
  genesys = await startSandbox({ org: builtInOrg('genesys') });
  thread = await startSandbox({ org: builtInOrg('thread') });
  folder = mkdtempSync(join(tmpdir(), 'why403-docs-'));
  writeFileSync(join(folder, 'forum-post.txt'), 'curl gives HTTP 403 {"code":"missing.any.permissions"}\n');
  writeFileSync(join(folder, 'secret'), thread.client.secret ?? '');
  chmodSync(join(folder, 'secret'), 0o600);
});
afterAll(async () => {
  await genesys.close();
  await thread.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What stands in the docs for something of the reader's own, and what it is here. */
function filledIn(word: string): string {
  const places: readonly (readonly [string | RegExp, string])[] = [
    ['https://id.example.com', thread.issuer ?? ''],
    ['https://api.example.com', thread.apiUrl],
    ['/etc/why403/secret', join(folder, 'secret')],
    ['/etc/ssl/company-ca.pem', join(ROOT, 'fixtures', 'tls', 'ca.pem')],
    ['/var/lib/why403/', `${folder}/queue-stats/`],
    ['fixtures/cases/', `${folder}/cases/`],
  ];
  return places.reduce((text, [from, to]) => text.replaceAll(from, to), word);
}

/** The sandbox's hosts and client stand for the reader's, whatever the block says of them. */
function environmentFor({ words, env }: Call): Record<string, string> {
  const generic = words.includes('generic');
  const { client } = generic ? thread : genesys;
  const shared = { ...env, HOME: folder };
  for (const name of Object.keys(shared)) {
    if (/CLIENT_|ACCESS_TOKEN|REGION/.test(name)) Reflect.deleteProperty(shared, name);
  }
  return {
    ...shared,
    WHY403_CLIENT_ID: client.id ?? '',
    WHY403_CLIENT_SECRET: client.secret ?? '',
    ...(!generic && { WHY403_LOGIN_URL: genesys.loginUrl, WHY403_API_URL: genesys.apiUrl }),
  };
}

/** Commands that do not end, or whose answer is another machine's; their flags are read all the same. */
function onlyRead(words: readonly string[]): boolean {
  const [command] = words;
  return (
    (command === 'sandbox' && !words.includes('--list')) ||
    words.includes('--watch') ||
    words.includes('-p') ||
    words.includes('--wait') ||
    // Its id and secret are the reader's.
    words.includes('--client-id') ||
    (command === 'catalogue' && words.includes('update'))
  );
}

const quiet: Terminal = {
  out: () => undefined,
  err: () => undefined,
  env: {},
  cwd: ROOT,
  stdoutIsTTY: false,
  stderrIsTTY: false,
  columns: 80,
  color: false,
  stdin: () => Promise.resolve(Buffer.alloc(0)),
  now: () => new Date(),
  signal: new AbortController().signal,
};

/** Reads a command line as the program does; throws what it would say. */
async function read(words: readonly string[]): Promise<void> {
  const [name = '', ...rest] = words;
  if (name === 'help' || name.startsWith('-')) {
    expect((await runCli(words)).exit).toBe(0);
    return;
  }
  const entry = COMMANDS[name];
  expect(entry, `why403 ${name}`).toBeDefined();
  await parse(await entry!.load(), rest, quiet);
}

async function run(call: Call): Promise<void> {
  const words = call.words.map(filledIn);
  await read(words);
  if (onlyRead(words)) return;
  const ran = await runCli(words, { cwd: folder, env: environmentFor(call), stdin: call.stdin });
  // Refused or not: it is a command line that means something, and no fault of ours.
  expect([0, 1], `why403 ${words.join(' ')}\n${ran.stderr}`).toContain(ran.exit);
}

describe.skipIf(process.platform === 'win32')('the commands in', () => {
  it.each(documents(ROOT))('%s', { timeout: 60_000 }, async (file) => {
    const { blocks, mentioned } = commandsIn(readFileSync(join(ROOT, file), 'utf8'));
    for (const block of blocks) {
      for (const call of callsOf(block, folder)) await run(call);
    }
    for (const line of mentioned) {
      for (const call of callsOf(line, folder)) await read(call.words);
    }
  });

  it('are found at all', () => {
    const all = documents(ROOT).map((file) => commandsIn(readFileSync(join(ROOT, file), 'utf8')));
    expect(all.flatMap(({ blocks }) => blocks).length).toBeGreaterThan(25);
    expect(all.flatMap(({ mentioned }) => mentioned).length).toBeGreaterThan(8);
  });
});

describe('what counts as a command', () => {
  it('blocks, commands in YAML and Groovy, and in a sentence, but no form', () => {
    const text = [
      'Run `why403 status` or `why403 help a|b`.',
      '```sh',
      'why403 explain',
      '```',
      '```groovy',
      "sh 'why403 diagnose --json'",
      '```',
    ].join('\n');
    expect(commandsIn(text)).toEqual({
      blocks: ['why403 explain\n'],
      mentioned: ['why403 diagnose --json', 'why403 status'],
    });
  });
});
