import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainPaste, pasteProfiles } from '../src/app/explain-paste.ts';
import { builtIn } from '../src/catalogue/index.ts';
import { rightRequest } from '../src/checks/right-request.ts';
import type { RightRequest } from '../src/core/index.ts';
import { SNIPPET_LANGUAGES, snippet, type SnippetLanguage } from '../src/render/snippets/index.ts';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import { runCli } from './cli-run.ts';
import { serve } from './servers.ts';

/** How a snippet runs where its interpreter is on the machine; Java compiles a single file by itself. */
const RUNNERS: Partial<Record<SnippetLanguage, { command: string; file: string }>> = {
  curl: { command: 'sh', file: 'right.sh' },
  python: { command: 'python3', file: 'right.py' },
  node: { command: process.execPath, file: 'right.js' },
  java: { command: 'java', file: 'Right.java' },
  powershell: { command: 'pwsh', file: 'right.ps1' },
};

function isThere(command: string): boolean {
  try {
    execFileSync(command, [command === 'java' ? '-version' : '--version'], { stdio: 'ignore' });
    return true;
  } catch {
    // dash has no --version; it is there wherever a POSIX system is.
    return command === 'sh' && process.platform !== 'win32';
  }
}

const RUNNABLE = SNIPPET_LANGUAGES.filter((language) => {
  const runner = RUNNERS[language];
  return runner !== undefined && isThere(runner.command) && (language !== 'curl' || isThere('curl'));
});

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'why403-snippet-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface RanSnippet {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(language: SnippetLanguage, code: string, env: Record<string, string>): Promise<RanSnippet> {
  const { command, file } = RUNNERS[language]!;
  writeFileSync(join(folder, file), code);
  const child = spawn(command, [file], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LC_ALL: 'C.UTF-8', ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => resolve({ exit, stdout, stderr }));
  });
}

describe.each(RUNNABLE)('the %s snippet', (language) => {
  let sandbox: Sandbox | undefined;
  const client = () => ({
    CLIENT_ID: sandbox!.client.id ?? '',
    CLIENT_SECRET: sandbox!.client.secret ?? '',
  });

  beforeAll(async () => {
    sandbox = await startSandbox({ org: builtInOrg('genesys') });
  });
  afterAll(async () => {
    await sandbox?.close();
  });

  it('gets a token of the sandbox and makes the call', { timeout: 60_000 }, async () => {
    const { stdout } = await runCli(
      ['diagnose', '--snippet', language, '--endpoint', 'GET /api/v2/analytics/reporting/queues/summary'],
      { env: sandbox!.env },
    );
    expect(stdout).toContain('/api/v2/analytics/conversations/aggregates/query');
    expect(stdout).not.toContain(sandbox!.client.secret);
    const ran = await run(language, stdout, client());
    expect(ran.stderr).toBe('');
    expect(ran.exit).toBe(0);
    expect(ran.stdout).toContain('results');
  });

  it('ends with 1 and the words of the server where it refuses', { timeout: 60_000 }, async () => {
    const { stdout } = await runCli(['diagnose', '--snippet', language], { env: sandbox!.env });
    const ran = await run(language, stdout, { ...client(), CLIENT_SECRET: 'not-the-secret' });
    expect(ran.exit).toBe(1);
    expect(`${ran.stdout}${ran.stderr}`).toContain('invalid_client');
  });

  it('sends what any text of a paste asks for, byte for byte', { timeout: 60_000 }, async () => {
    const seen: { url: string; authorization?: string | undefined; body: string }[] = [];
    const server = await serve((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { authorization } = request.headers;
        seen.push({ url: request.url ?? '', authorization, body: Buffer.concat(parts).toString() });
        response.setHeader('content-type', 'application/json');
        response.end('{"access_token": "t-1"}');
      });
    });
    const base = server.url;
    const scope = `a"b'c\\u000a $(x) \`y\` %41 ’+&=#{z} $env:PATH`;
    const json = { text: `it's "é" \u2019 \u{1f600} $HOME \\ \`a\`` };
    const request: RightRequest = {
      token: {
        url: { variable: 'TOKEN_URL', text: '' },
        auth: 'basic',
        formEncoded: true,
        form: [
          { name: 'grant_type', value: { text: 'client_credentials' } },
          { name: 'scope', value: { text: scope } },
        ],
      },
      call: { method: 'POST', url: { text: `${base}/api/it's?q=$(id)` }, body: { json } },
      notes: ['a note\nwith a line break */ and \\u000a an escape'],
    };
    const env = { CLIENT_ID: 'my id', CLIENT_SECRET: 'p:w+ü%/', TOKEN_URL: `${base}/token` };
    const ran = await run(language, snippet(language, request), env);
    await server.close();
    expect(ran).toMatchObject({ exit: 0, stderr: '' });
    const [token, call] = seen;
    expect(new URLSearchParams(token?.body).get('scope')).toBe(scope);
    const pair = Buffer.from(token?.authorization?.slice('Basic '.length) ?? '', 'base64').toString();
    const [id = '', secret = ''] = pair.split(':');
    expect(new URLSearchParams(`id=${id}&secret=${secret}`).toString()).toBe(
      new URLSearchParams({ id: env.CLIENT_ID, secret: env.CLIENT_SECRET }).toString(),
    );
    expect(call?.authorization).toBe('Bearer t-1');
    expect(JSON.parse(call?.body ?? '')).toEqual(json);
  });
});

describe('what a snippet sends', () => {
  const of = (statement: object): RightRequest => {
    const { evidence, report } = explainPaste(statement);
    const profile = pasteProfiles.find((p) => p.id === evidence.provider)!;
    const scene = { evidence, profile, catalogue: builtIn, mode: 'everything' } as const;
    return rightRequest(
      scene,
      report.verdict.candidates.map(({ code }) => code),
    );
  };
  const url = 'https://id.example.com/token';

  it('goes to the login host of the region that the paste shows, without a scope', () => {
    const { token, call } = of({
      provider: 'Genesys Cloud',
      curl: 'curl -X POST https://api.mypurecloud.de/api/v2/oauth/token -d "grant_type=client_credentials&scope=analytics:reporting"',
      tokenResponse: {
        status: 404,
        body: '{"message":"HTTP 404 Not Found","code":"not.found","status":404}',
      },
      apiRequest: { method: 'GET', url: '/api/v2/analytics/reporting/queues/summary' },
    });
    expect(token).toEqual({
      url: { text: 'https://login.mypurecloud.de/oauth/token' },
      auth: 'basic',
      formEncoded: false,
      form: [{ name: 'grant_type', value: { text: 'client_credentials' } }],
    });
    expect(call?.url).toEqual({
      text: 'https://api.mypurecloud.de/api/v2/analytics/conversations/aggregates/query',
    });
  });

  it('leaves the region to the reader where none is shown', () => {
    const right = of({
      provider: 'Genesys Cloud',
      tokenResponse: { status: 400, body: '{"error":"invalid_client"}' },
    });
    expect(right.token.url).toEqual({ variable: 'TOKEN_URL', text: '' });
    expect(right.notes.join()).toContain('TOKEN_URL');
  });

  it.each([
    [
      'keeps scope and audience',
      { body: 'grant_type=client_credentials&scope=read&audience=https://api.example.com' },
      '{"error":"invalid_client"}',
      { audience: 'https://api.example.com', scope: 'read' },
      'basic',
    ],
    [
      'leaves a scope that was refused to the reader',
      { body: 'grant_type=client_credentials&scope=wrong' },
      '{"error":"invalid_scope"}',
      { scope: '$SCOPE' },
      'basic',
    ],
    [
      'stays with the body where the secret stood there',
      { body: 'grant_type=client_credentials&client_id=a1b2&client_secret=k92jd7s' },
      '{"error":"server_error"}',
      {},
      'post',
    ],
    [
      'keeps a refresh',
      { body: 'grant_type=refresh_token&refresh_token=abc' },
      '{"error":"invalid_grant","error_description":"Token expired"}',
      { refresh_token: '$REFRESH_TOKEN' },
      'basic',
    ],
    [
      'keeps a code and its verifier',
      { body: 'grant_type=authorization_code&code=abc&redirect_uri=http://localhost&code_verifier=x' },
      '{"error":"invalid_grant","error_description":"Code expired"}',
      { code: '$CODE', redirect_uri: '$REDIRECT_URI', code_verifier: '$CODE_VERIFIER' },
      'basic',
    ],
  ])('%s', (_name, request, answer, parameters, auth) => {
    const { token } = of({
      tokenRequest: { method: 'POST', url, ...request },
      tokenResponse: { status: 400, body: answer },
    });
    const sent = token.form.map(({ name, value }) => [
      name,
      value.variable ? `$${value.variable}` : value.text,
    ]);
    const { grant_type: grant, ...others } = Object.fromEntries(sent) as Record<string, string>;
    expect(grant).toBe(/grant_type=(\w+)/.exec(request.body)?.[1]);
    expect(others).toEqual(parameters);
    expect(token).toMatchObject({ url: { text: url }, auth });
  });

  it('never repeats a secret of the paste, and is never more than its lines', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z0-9]{20,40}$/),
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.constantFrom(...SNIPPET_LANGUAGES),
        (secret, noise, language) => {
          const right = of({
            tokenRequest: {
              url,
              body: `grant_type=client_credentials&client_id=x&client_secret=${secret}&scope=${noise}`,
            },
            apiRequest: {
              method: 'POST',
              url: `https://api.example.com/v1/${noise}`,
              headers: { authorization: `Bearer ${secret}` },
            },
            apiResponse: { status: 403, body: noise },
          });
          const code = snippet(language, right);
          expect(code).not.toContain(secret);
          expect(code).not.toMatch(
            /[\u0000-\u0009\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('--snippet', () => {
  const paste = '{"error":"invalid_client"} from https://login.mypurecloud.ie/oauth/token';

  it('prints the program alone on stdout and the verdict on stderr', async () => {
    const { exit, stdout, stderr } = await runCli(['explain', '--snippet', 'curl', paste]);
    expect(exit).toBe(1);
    expect(stdout).toMatch(/^#!\/bin\/sh\n/);
    expect(stdout).toContain('https://login.mypurecloud.ie/oauth/token');
    expect(stderr).toContain('client/wrong-secret');
  });

  it.each([['--json'], ['--short'], ['--format', 'sarif']])('does not go with %s', async (...flags) => {
    const { exit } = await runCli(['explain', '--snippet', 'curl', ...flags, paste]);
    expect(exit).toBe(2);
  });

  it.each(SNIPPET_LANGUAGES)('writes %s with the secret from the environment', async (language) => {
    const { stdout } = await runCli(['explain', '--snippet', language, paste]);
    expect(stdout).toMatch(/CLIENT_SECRET/);
    expect(stdout).toMatch(/client_credentials/);
  });
});
