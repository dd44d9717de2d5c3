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
