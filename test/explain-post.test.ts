import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALL_CODES } from '../src/core/index.ts';
import { runCli } from './cli-run.ts';

/** A post as forums show it: typographic quotes, a quote that never closes, lines that go on without a backslash. */
const POST = `403 on reporting endpoint with client_credentials grant

{“code”:“invalid_grant”,“message”:“Invalid authorization code.”} keeps popping up when i hit POST /api/v2/oauth/token.
authorization_code needs a redirect uri and browser flow which feels wrong for a cron job. do i need analytics:reporting?

here’s the curl i’m testing:
curl -X POST “https://api.mypurecloud.com/api/v2/oauth/token
-H “Authorization: Basic bXljbGllbnQ6bXlzZWNyZXQ=”
-d “grant_type=client_credentials&scope=analytics:reporting”

gets a token fine, but calling /api/v2/analytics/reporting/queues/summary throws a 403.
`;

describe('a whole post', async () => {
  const { exit, stdout } = await runCli(['explain', '-'], { stdin: POST });

  it.each([
    'request/malformed-command',
    'credential/placeholder',
    'request/wrong-endpoint',
    'scope/unknown',
    'endpoint/not-found',
    'POST /api/v2/analytics/conversations/aggregates/query',
    'analytics:conversationAggregate:view',
    'https://login.mypurecloud.com/oauth/token',
    'To mend, in this order: endpoint/not-found, request/wrong-endpoint',
  ])('is told %s', (words) => {
    expect(stdout.replace(/\s+/g, ' ')).toContain(words);
    expect(exit).toBe(1);
  });

  it('is given the command in full, which runs as it stands', () => {
    expect(stdout).toContain(
      [
        'curl -sS -X POST https://login.mypurecloud.com/oauth/token \\',
        '        -u "$CLIENT_ID:$CLIENT_SECRET" \\',
        '        --data-urlencode grant_type=client_credentials',
      ].join('\n'),
    );
  });

  it.each([
    ['the URL', 'https://api.mypurecloud.com/api/v2/oauth/token'],
    ['the scope', 'analytics:reporting'],
    ['the pair, masked', '••••••••••••••••••••••••'],
  ])('has %s underlined, and nothing else', (_name, marked) => {
    const lines = stdout.split('\n');
    const hit = lines.some((line, i) => {
      const below = lines[i + 1] ?? '';
      const from = below.indexOf('^');
      return from >= 0 && line.slice(from, below.lastIndexOf('^') + 1) === marked;
    });
    expect(hit, stdout).toBe(true);
  });

  it('is not told of redirect URIs, nor shown what it hid', () => {
    expect(stdout).not.toContain('redirect-uri-mismatch');
    expect(stdout).not.toContain('bXljbGllbnQ6bXlzZWNyZXQ=');
    for (const line of stdout.split('\n').filter((l) => !/why403|https?:/.test(l)))
      expect([...line].length, line).toBeLessThanOrEqual(80);
  });

  it('of an API call keeps the call, with the token from the environment', async () => {
    const { stdout: told } = await runCli(['explain', '--provider', 'genesys-cloud', '-'], {
      stdin:
        'curl -X GET “https://api.mypurecloud.ie/api/v2/routing/queues” -H “Authorization: Bearer abc123def456”\n\nHTTP/1.1 401 Unauthorized\n',
    });
    expect(told).toContain('-H "Authorization: Bearer $ACCESS_TOKEN"');
    expect(told).not.toContain('abc123def456');
  });
});

it('reads what Windows PowerShell writes into a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'why403-paste-'));
  const file = join(folder, 'paste.txt');
  writeFileSync(
    file,
    Buffer.from('\ufeff{"error":"invalid_grant","error_description":"Code expired"}', 'utf16le'),
  );
  const { exit, stdout } = await runCli(['explain', '--from', file, '--json']);
  rmSync(folder, { recursive: true });
  expect(exit).toBe(1);
  expect(stdout).toContain('grant/code-invalid');
});

describe('the knowledge itself', () => {
  const code = 'endpoint/missing-permission';

  it('is one document as JSON', async () => {
    const page = await runCli(['explain', code, '--json']);
    expect(JSON.parse(page.stdout)).toMatchObject({ schema: 1, tool: 'why403', code });
    const list = await runCli(['explain', '--format', 'json']);
    const { findings } = JSON.parse(list.stdout) as { findings: { code: string }[] };
    expect(findings.map((one) => one.code)).toEqual([...ALL_CODES]);
  });

  it.each(['junit', 'sarif', 'github', 'html'])('has no form as %s, and says so', async (format) => {
    const { exit, stderr, stdout } = await runCli(['explain', code, '--format', format]);
    expect(exit).toBe(2);
    expect(`${stdout}${stderr}`).toContain('text, markdown or json');
  });
});
