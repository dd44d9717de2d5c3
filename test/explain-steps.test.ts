/** The steps of a fix follow the reason that was found, and not the code alone. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';
import type { FindingCode, FixStep } from '../src/core/index.ts';

const steps = (code: FindingCode, paste: unknown): FixStep[] =>
  explainPaste(paste).report.stages.flatMap(({ findings }) =>
    findings.filter((f) => f.code === code).flatMap((f) => f.fix),
  );
const actions = (code: FindingCode, paste: unknown): string =>
  steps(code, paste)
    .map(({ action }) => action)
    .join('\n');

describe('where a server wants it otherwise than most', () => {
  it('is told how it wants the scope', () => {
    const told = actions('scope/malformed', {
      provider: 'Entra ID',
      tokenResponse: {
        status: 400,
        body: {
          error: 'invalid_scope',
          error_description:
            'AADSTS1002012: The provided value for scope Files.Read is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.',
        },
      },
    });
    expect(told).toContain('/.default');
    expect(told).not.toContain('one space between');
  });

  it('is told which grant to send', () => {
    const told = actions('grant/wrong-type-sent', {
      provider: 'Zoom',
      tokenRequest: {
        method: 'POST',
        url: 'https://zoom.us/oauth/token',
        body: 'grant_type=client_credentials',
      },
      tokenResponse: {
        status: 400,
        body: '{"reason":"unsupported grant type","error":"unsupported_grant_type"}',
      },
    });
    expect(told).toContain('account_credentials');
    expect(told).not.toContain('send grant_type=client_credentials');
  });

  it('is told what most servers want where nothing else is known', () => {
    expect(
      actions('scope/malformed', { tokenRequest: { body: 'grant_type=client_credentials&scope=a%2Cb' } }),
    ).toContain('one space between two');
  });
});

describe('where an admin looks', () => {
  it.each([
    ['endpoint/ip-blocked', 'ip.not.authorized', /allowed addresses/],
    ['endpoint/feature-missing', 'Refused with integrations.forbidden', /subscription and feature/],
    ['endpoint/policy-denied', 'It says authz.policy.denied', /access policies/],
    ['endpoint/missing-permission', 'It says missing.permissions', /roles/],
  ] as const)('for %s', (code, note, where) => {
    const asked = steps(code, { provider: 'Genesys Cloud', note }).filter(({ who }) => who === 'admin');
    expect(asked.map((step) => step.where).join()).toMatch(where);
  });
});

it('a secret that was just renewed is not renewed again before somebody looked', () => {
  const asked = steps('client/wrong-secret', {
    note: 'We rotated the client secret on Friday, since then the job gets invalid_client.',
    tokenResponse: { status: 401, body: '{"error":"invalid_client"}' },
  }).filter(({ who }) => who === 'admin');
  expect(asked.length).toBeGreaterThan(0);
  for (const { action } of asked) expect(action).toMatch(/^Open the client[^]*[Oo]nly/);
});

it('the command that builds a header builds it, for the eyes of its owner alone', () => {
  const [{ command = '' } = {}] = steps('header/bad-base64', {
    authorizationHeader: 'Basic c3ZjLWJpbGxpbmc6czNjcjN0_LXM=',
    tokenResponse: { status: 401, body: '{"error":"invalid_client"}' },
  }).filter((step) => step.command?.includes('base64'));
  const folder = mkdtempSync(join(tmpdir(), 'header-'));
  const [id, secret] = ['svc-billing', 's3cr3t~with+a%long*tail'.repeat(5)];
  execFileSync('sh', ['-c', command], {
    cwd: folder,
    env: { PATH: process.env['PATH'], CLIENT_ID: id, CLIENT_SECRET: secret },
  });
  const file = join(folder, 'header.txt');
  expect(readFileSync(file, 'utf8')).toBe(`Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
