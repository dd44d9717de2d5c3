/** A paste is explained at any later time, so the clock of that moment says nothing of what failed then. */
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';
import { instant } from '../src/core/index.ts';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const AN_HOUR_BEFORE = Date.UTC(2026, 10, 2, 8) / 1000;
const jwt = `${part({ alg: 'RS256', typ: 'at+jwt' })}.${part({ iss: 'https://id.example.com', exp: AN_HOUR_BEFORE })}.c2lnbmF0dXJl`;

const refused = (headers: Record<string, string>): object => ({
  tokenResponse: { status: 200, body: { access_token: jwt, token_type: 'Bearer' } },
  apiRequest: { method: 'GET', url: 'https://api.example.com/orders' },
  apiResponse: { status: 401, headers, body: '' },
});

const verdictOf = (headers: Record<string, string>) =>
  explainPaste(refused(headers), { at: instant(Date.UTC(2026, 10, 29)) }).report.verdict;

describe('a token whose time has passed when the paste is explained', () => {
  it('had ended where the answer is dated later', () => {
    expect(verdictOf({ date: 'Mon, 02 Nov 2026 09:00:00 GMT' })).toMatchObject({
      rootCause: 'endpoint/token-expired',
      certainty: 'proved',
    });
  });

  it.each([{ date: 'Mon, 02 Nov 2026 07:00:00 GMT' }, { date: 'yesterday' }, {}] as Record<string, string>[])(
    'is not said to have ended with %j',
    (headers) => {
      expect(verdictOf(headers).certainty).not.toBe('proved');
    },
  );
});

describe('a mail about a server that failed', () => {
  it('names no time that the paste does not show', () => {
    const { stages } = explainPaste('GET https://api.example.com/orders -> 503', {
      at: instant(Date.UTC(2026, 10, 29)),
    }).report;
    const mails = stages.flatMap(({ findings }) =>
      findings.flatMap((f) => f.fix.map((s) => s.message ?? '')),
    );
    expect(mails.join('\n')).toMatch(/answered our requests with server errors/);
    expect(mails.join('\n')).not.toMatch(/2026/);
  });
});
