/** The findings of a paste, each once, and what they say to run. */
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';
import type { Finding, Report } from '../src/core/index.ts';

const DENIED =
  '{"message":"Unable to perform the requested action. You are missing the following permission(s): analytics:conversationDetail:view","code":"missing.permissions","status":403}';

const reportOf = (paste: unknown): Report => explainPaste(paste).report;
const findings = (paste: unknown): Finding[] => reportOf(paste).stages.flatMap((stage) => stage.findings);

describe('one defect that is seen twice', () => {
  it('is one finding, with all that shows it', () => {
    const [found, ...others] = findings({
      tokenRequest: {
        url: 'https://id.example.com/token',
        headers: { 'content-type': 'application/json' },
        body: '{"grant_type":"client_credentials","client_id":"a"}',
      },
      tokenResponse: { status: 400, body: '{"error":"invalid_request"}' },
      note: 'The code sends JSON.stringify(payload) with Content-Type application/json.',
    }).filter((f) => f.code === 'request/json-body');
    expect(found?.evidence.length).toBeGreaterThan(1);
    expect(others).toEqual([]);
  });

  it('is two where it is in two values', () => {
    const found = findings(
      'curl -u "$ID:$SECRET" -d grant_type=client_credentials https://id.example.com/token\nclient_id: " a1b2c3 "\n{"error":"invalid_client"}',
    );
    expect(new Set(found.map((f) => f.code + f.cause)).size).toBe(found.length);
  });
});

describe('a host in which a variable stands', () => {
  it.each([
    `curl -s https://api.$REGION/api/v2/routing/queues -H "Authorization: Bearer $T"\n${DENIED}`,
    `curl -s "https://api.\${HOST}/api/v2/routing/queues" -H "Authorization: Bearer $T"\n${DENIED}`,
    `curl -u "$ID:$SECRET" -d grant_type=client_credentials https://login.\${HOST}/oauth/token\n{"error":"invalid_client"}`,
  ])('is in no command to check again: %s', (paste) => {
    const commands = findings(paste).flatMap((f) => f.fix.flatMap(({ command = '' }) => command));
    const checks = commands.filter((command) => command.startsWith('why403 diagnose'));
    expect(checks.length).toBeGreaterThan(0);
    expect(checks.join('\n')).not.toMatch(/[${}]|HOST/);
  });
});

describe('id and secret where the token goes', () => {
  const call = `curl -H "Authorization: Basic M2YyYjhjMWUtMTExMS00MjIyLTgzMzMtOTQ0NDU1NTY2Njc3OmFiY2RlZmdoaWprbG1ub3A=" https://api.mypurecloud.com/api/v2/routing/queues
HTTP/1.1 401 Unauthorized

{"message":"Invalid login credentials.","code":"bad.credentials","status":401}`;

  it('is a wrong scheme, or no token, and neither is proved', () => {
    const { verdict } = reportOf(call);
    expect(verdict.candidates.slice(0, 2).map((c) => c.code)).toEqual([
      'header/wrong-scheme',
      'endpoint/token-malformed',
    ]);
    expect(verdict.certainty).toBe('suspected');
  });

  it('is the call alone where a token was issued, which refutes the stages before', () => {
    const issued = `POST https://login.mypurecloud.com/oauth/token -> 200\n${call}`;
    expect(reportOf(issued).verdict).toMatchObject({
      rootCause: 'endpoint/token-malformed',
      certainty: 'proved',
    });
  });
});
