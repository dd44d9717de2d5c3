/** What a person says was ruled out. */
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';
import type { Finding, Report } from '../src/core/index.ts';

const LOGIN = 'https://login.mypurecloud.com/oauth/token';
const REFUSED = `POST ${LOGIN}\nHTTP/1.1 400 Bad Request\n{"error":"invalid_client","description":"client authentication failed","error_description":"client authentication failed"}`;

const reportOf = (paste: unknown): Report => explainPaste(paste).report;
const codes = (paste: unknown): string[] => reportOf(paste).verdict.candidates.map((c) => c.code);
const findings = (paste: unknown): Finding[] => reportOf(paste).stages.flatMap((stage) => stage.findings);

describe('what is said to be ruled out', () => {
  it.each([
    ['It is not a proxy problem, I called from outside the office.', 'connection/tls-or-proxy'],
    ['There is no trailing newline in the secret.', 'credential/whitespace'],
    ['There are no special characters in the secret.', 'credential/needs-form-encoding'],
    ['It is not a region problem, our org is in us-east-1.', 'request/wrong-region'],
    ['It is not the proxy.', 'connection/tls-or-proxy'],
    ['Not a rate limit either.', 'endpoint/rate-limited'],
    ['I ruled out the region.', 'request/wrong-region'],
    ['The clock is in sync with ntp.', 'connection/clock-skew'],
  ])('%s', (note, code) => {
    expect(codes(`${REFUSED}\n\n${note}`)[0]).toMatch(/^client\//);
    expect(findings(`${REFUSED}\n\n${note}`).map((f) => f.code)).not.toContain(code);
  });

  it('loses weight and stays, since people are sometimes wrong', () => {
    const ranked = codes(`${REFUSED}\n\nThe secret is definitely correct.`);
    expect(ranked[0]).not.toBe('client/wrong-secret');
    expect(ranked).toContain('client/wrong-secret');
  });

  it.each(['I am not sure if it is a proxy problem.', 'Could it be that the proxy is not the problem?'])(
    'is not what somebody only wonders about: %s',
    (note) => {
      expect(codes(`${REFUSED}\n\n${note}`)).toContain('connection/tls-or-proxy');
    },
  );
});
