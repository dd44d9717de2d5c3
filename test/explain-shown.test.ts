/** What is shown of a request, in scripts, files and logs: how `explain` reads it, and what it makes of it. */
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';
import type { Report } from '../src/core/index.ts';

const judged = (paste: string): Report => explainPaste(paste).report;
const causes = (paste: string): string[] => judged(paste).verdict.candidates.map(({ code }) => code);
const found = (paste: string): string[] =>
  judged(paste).stages.flatMap((stage) =>
    stage.status === 'found' ? stage.findings.map(({ code }) => code) : [],
  );

const REFUSED = '{"error":"invalid_client"}';

describe('a pair in the body of a command', () => {
  const sent = (option: string, secret: string): string =>
    `curl -s https://auth.example.com/oauth/token ${option} "grant_type=client_credentials" ` +
    `${option} "client_id=batch" ${option} "client_secret=${secret}"\n${REFUSED}`;

  it('is encoded once too often where curl encodes it again', () => {
    const paste = sent('--data-urlencode', 'aB3%2BxYz9%2Fq7Lm2Nn5Pp8Rr1Ss4Tt6Uu0Vv%3D');
    expect(causes(paste)[0]).toBe('credential/over-encoded');
    expect(found(paste)).not.toContain('credential/needs-form-encoding');
  });

  it.each([
    ['--data-urlencode', 'aB3+xYz9/q7Lm2Nn5Pp8Rr1Ss4Tt6Uu0Vv='],
    ['-d', 'aB3%2BxYz9%2Fq7Lm2Nn5Pp8Rr1Ss4Tt6Uu0Vv%3D'],
  ])('is as it should be with %s %s', (option, secret) => {
    expect(found(sent(option, secret)).filter((code) => code.startsWith('credential/'))).toEqual([]);
  });

  it('has a raw + that the server reads as a blank', () => {
    expect(found(sent('-d', 'aB3+xYz9/q7Lm2Nn5Pp8Rr1Ss4Tt6Uu0Vv='))).toContain(
      'credential/needs-form-encoding',
    );
  });

  it('comes from a file that is not shown', () => {
    const paste = `curl https://auth.example.com/oauth/token -d grant_type=client_credentials --data-urlencode client_secret@secret.txt\n${REFUSED}`;
    expect(found(paste)).not.toContain('credential/missing');
  });
});

describe('a log that is longer than what is read', () => {
  const line = (n: number): string =>
    `2026-06-01T02:00:00Z INFO worker polled queue ${n}, nothing owed, sleeping for sixty seconds\n`;
  const lines = Array.from({ length: 14_000 }, (_, n) => line(n)).join('');
  const failure = `2026-06-01T06:00:00Z ERROR token request failed\n${REFUSED}\n`;

  it('is read at its beginning and at its end, and the report says so', () => {
    const { verdict, notes = [] } = judged(`client for https://acme.eu.auth0.com starts\n${lines}${failure}`);
    expect(verdict.candidates[0]?.code).toBe('client/wrong-secret');
    expect(judged(`client for https://acme.eu.auth0.com starts\n${lines}${failure}`).provider).toBe('auth0');
    expect(notes.join()).toMatch(/only the first 499,\d{3} and the last 499,\d{3} characters were read/);
  });

  it('shows nothing of a key or a value in whose midst its end would begin', () => {
    const key = Array.from({ length: 80 }, (_, n) => `q/+${'aB3xYz9Lm2/+'.repeat(5)}${n % 10}\n`).join('');
    const after = `-----END PRIVATE KEY-----\n${lines.slice(0, 497_000)}`;
    const paste = `${lines}-----BEGIN PRIVATE KEY-----\n${key}${after}`;
    expect(JSON.stringify(explainPaste(paste)).includes('aB3xYz9Lm2')).toBe(false);
    const whole = `[${'{"client_secret":"qZ7-Xw9/kLm3.Vb5"},'.repeat(40_000)}{"error":"x"}]`;
    expect(JSON.stringify(explainPaste(whole)).includes('kLm3')).toBe(false);
  });

  it('is judged by its last failure, however many came before', () => {
    const before = Array.from(
      { length: 40 },
      (_, n) => `02:00:${n} HTTP 503 {"error":"temporarily_unavailable"}`,
    );
    expect(causes(`${before.join('\n')}\n${failure}`)[0]).toBe('client/wrong-secret');
    expect(
      causes(`02:00:01 ERROR token: invalid_scope\n${line(1)}02:00:09 ERROR token: invalid_client\n`)[0],
    ).toBe('client/wrong-secret');
  });
});
