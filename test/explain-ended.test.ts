/** What went well, and what went well in the end. */
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';
import type { Finding, Report } from '../src/core/index.ts';
import { verdictMeaning } from '../src/render/phrases.ts';

const API = 'https://api.mypurecloud.com/api/v2';
const LOGIN = 'https://login.mypurecloud.com/oauth/token';
const DENIED =
  '{"message":"Unable to perform the requested action. You are missing the following permission(s): analytics:conversationDetail:view","code":"missing.permissions","status":403}';

const reportOf = (paste: unknown): Report => explainPaste(paste).report;
const codes = (paste: unknown): string[] => reportOf(paste).verdict.candidates.map((c) => c.code);
const findings = (paste: unknown): Finding[] => reportOf(paste).stages.flatMap((stage) => stage.findings);

describe('a log in which each call is let in', () => {
  it.each([
    `2026-01-01T10:00:00Z GET ${API}/users/me 200 OK\n2026-01-01T10:00:01Z GET ${API}/routing/queues 200 OK`,
    `POST ${LOGIN} -> 200\nGET ${API}/routing/queues?pageSize=401 -> 200 in 429 ms`,
    `10.0.0.1 - - [01/Jan/2026:10:00:00 +0000] "GET /api/v2/routing/queues HTTP/1.1" 200 503`,
  ])('is healthy: %s', (log) => {
    expect(reportOf(log).verdict).toEqual({ kind: 'healthy', candidates: [] });
  });
});

describe('a refusal that a later answer makes good', () => {
  const retried = [
    `GET ${API}/users/me -> 401\nrefreshing token\nGET ${API}/users/me -> 200`,
    `10:00 GET ${API}/routing/queues 429 Too Many Requests\n10:00 waiting 5s\n10:05 GET ${API}/routing/queues 200 OK`,
    `GET ${API}/users/me -> 401\ntoken expired, fetching a new one\nPOST ${LOGIN} -> 200\nGET ${API}/users/me -> 200`,
    `ERROR attempt 1: POST ${LOGIN} failed with status 503\nINFO attempt 2: POST ${LOGIN} status 200`,
    `[1] GET ${API}/routing/queues HTTP/1.1 503\n[2] got an error, retrying\n[3] GET ${API}/routing/queues HTTP/1.1 200`,
    `> POST ${LOGIN}\n< HTTP/1.1 429 Too Many Requests\n< Retry-After: 3\n> POST ${LOGIN}\n< HTTP/1.1 200 OK\n{"access_token":"abc","token_type":"bearer","expires_in":86399}`,
  ];

  it.each(retried)('is no failure, and only noted: %s', (log) => {
    expect(reportOf(log).verdict).toEqual({ kind: 'healthy', candidates: [] });
    expect(findings(log).every(({ severity }) => severity === 'note')).toBe(true);
  });

  it('is a failure where the last answer is a refusal', () => {
    const log = `GET ${API}/routing/queues 200\nGET ${API}/routing/queues 503\nGET ${API}/routing/queues 503`;
    expect(codes(log)[0]).toBe('connection/outage');
  });

  it('is not made good by the answer to another call', () => {
    const log = `GET ${API}/routing/queues 403\n${DENIED}\nGET ${API}/users 200`;
    expect(codes(log)[0]).toBe('endpoint/missing-permission');
    const raw = `GET /api/v2/routing/queues HTTP/1.1\nHost: api.mypurecloud.com\n\nHTTP/1.1 403 Forbidden\n\n${DENIED}\n\nGET /api/v2/users HTTP/1.1\nHost: api.mypurecloud.com\n\nHTTP/1.1 200 OK\n\n{"entities":[]}`;
    expect(codes(raw)[0]).toBe('endpoint/missing-permission');
  });

  it('is one in a HAR file, too', () => {
    const entry = (status: number): object => ({
      request: { method: 'GET', url: `${API}/routing/queues`, headers: [] },
      response: { status, headers: [], content: { text: '{}' } },
    });
    const har = (...statuses: number[]): string => JSON.stringify({ log: { entries: statuses.map(entry) } });
    expect(reportOf(har(401, 200)).verdict.kind).toBe('healthy');
    expect(reportOf(har(200, 401)).verdict.kind).toBe('broken');
  });
});

describe('who only asks, or tells that it works', () => {
  it.each([
    'thanks, works now',
    'Solved, it was the region.',
    'Does the client secret expire?',
    'Is there a limit on how many tokens I can request per minute?',
    'Can the client id be changed later?',
    'How long does a token live at Genesys Cloud? We have never had any errors, we are just planning.',
    'Hi, can somebody tell me where the client id is shown in the admin pages?',
  ])('shows no failure: %s', (text) => {
    expect(reportOf(text).verdict).toEqual({ kind: 'healthy', candidates: [] });
  });

  it('and is told so', () => {
    expect(verdictMeaning(reportOf('Does the client secret expire?'))).toContain('No failure is shown');
  });

  it.each(['Is it normal that I get 401 from the token endpoint?', 'It is still not solved: invalid_client'])(
    'but not: %s',
    (text) => {
      expect(reportOf(text).verdict.kind).toBe('broken');
    },
  );
});

describe('what a library says of a refused call', () => {
  it.each([
    `requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: ${API}/users`,
    `Traceback (most recent call last):\n  File "x.py", line 12, in <module>\n    r.raise_for_status()\nrequests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: ${API}/routing/queues`,
    `System.Net.Http.HttpRequestException: Response status code does not indicate success: 401 (Unauthorized).\n   at System.Net.Http.HttpResponseMessage.EnsureSuccessStatusCode()\n   at Foo.Client.GetQueues() in C:\\src\\Client.cs:line 42\nGET ${API}/routing/queues`,
    `401 Unauthorized from GET ${API}/routing/queues\nWe changed the proxy last week.`,
    `<-- 401 Unauthorized ${API}/routing/queues (52ms)\n<-- END HTTP`,
  ])('is about the token: %s', (trace) => {
    expect(codes(trace)[0]).toMatch(/^endpoint\/token-/);
  });
});

describe('an answer that is told of as over, before the one of now', () => {
  const EXPIRED = "AADSTS7000222: The provided client secret keys for app '5c1e' are expired.";
  const lead = (paste: unknown): string => codes(paste)[0] ?? '';

  it.each([
    [
      `The key is another since May, and the old error is gone (it was ${EXPIRED}). Today: 403 Forbidden Authorization_RequestDenied Insufficient privileges to complete the operation.`,
      'endpoint/missing-permission',
    ],
    [
      `It used to say ${EXPIRED} We made another one. Now it is AADSTS65001: The user or administrator has not consented to use the application with ID '5c1e'.`,
      'endpoint/consent-missing',
    ],
    [
      'At first {"error":"invalid_client"} came back. Currently it is {"error":"insufficient_scope"}',
      'endpoint/missing-scope',
    ],
    [
      '{"error":"invalid_client"} is solved, but now the API says {"error":"insufficient_scope"}',
      'endpoint/missing-scope',
    ],
  ])('is neither the failure nor a hint at it: %s', (text, cause) => {
    for (const paste of text.includes('{') ? [text] : [text, { provider: 'Entra ID', note: text }]) {
      expect(reportOf(paste).verdict.certainty).toBe('suspected');
      expect(lead(paste)).toBe(cause);
      expect(findings(paste).map(({ code }) => code)).not.toContain('client/wrong-secret');
    }
  });

  it.each([
    `${EXPIRED} I renewed it twice.`,
    `We had a proxy problem and it is fixed. Now we get ${EXPIRED}`,
    `Yesterday all was well. Today: ${EXPIRED}`,
  ])('is the failure where none comes after it: %s', (text) => {
    expect(lead(text)).toBe('client/wrong-secret');
  });

  it.each([`${EXPIRED} That is solved.`, `It used to be ${EXPIRED}`])('and proves nothing: %s', (text) => {
    expect(reportOf(text).verdict).not.toMatchObject({ certainty: 'proved' });
  });

  it('and two answers of one line are two, so the first is not the proved cause of the last', () => {
    const text = `${EXPIRED} 403 Forbidden Authorization_RequestDenied Insufficient privileges to complete the operation.`;
    expect(reportOf(text).verdict).toMatchObject({
      rootCause: 'endpoint/missing-permission',
      certainty: 'suspected',
    });
  });
});

describe('a token request that is answered 200 and issues nothing', () => {
  const asked = 'POST https://sso.example.net/oauth2/token\nHTTP/1.1 200 OK\n';

  it.each([
    ['a page', 'Content-Type: text/html\n\n<!DOCTYPE html><html><head><title>Welcome</title></head></html>'],
    ['an object without a token', 'Content-Type: application/json\n\n{"state":"up","version":4}'],
  ])('is no health: %s', (_name, answer) => {
    expect(reportOf(asked + answer).verdict.kind).not.toBe('healthy');
  });

  it('is at the wrong place, where a page comes', () => {
    expect(codes(`${asked}Content-Type: text/html\n\n<html><body>Welcome</body></html>`)[0]).toBe(
      'request/wrong-endpoint',
    );
  });

  it.each(['', '\n{"access_token":"q9Zt","token_type":"bearer"}', '\n{"sessionToken":"q9Zt"}', '\n{…}'])(
    'may have issued one, whatever its name, or where the body is not shown: %s',
    (body) => {
      expect(reportOf(asked + body).verdict.kind).toBe('healthy');
    },
  );
});

describe('what an SDK throws of a call, below a token that was issued', () => {
  const body =
    '{"message":"Invalid login credentials.","code":"bad.credentials","status":401,"contextId":"9c2d"}';
  const thrown = `com.example.sdk.ApiException: Invalid login credentials.\nstatusCode=401\nrawBody=${body}\n`;

  it('is about the token and no health', () => {
    expect(codes(`POST ${LOGIN} -> 200\n${thrown}`)[0]).toMatch(/^endpoint\/token-/);
  });

  it.each([thrown, `responseBody = ${body}`, `POST ${LOGIN}\n${body}`])(
    'is the API’s by its envelope, and no refused secret: %s',
    (paste) => {
      expect(codes(paste)).not.toContain('client/wrong-secret');
      expect(codes(paste)[0]).toMatch(/^endpoint\/token-/);
    },
  );
});
