/** What looks like a refusal and is none: data of a good answer, and what stands beside the case. */
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';
import type { Report } from '../src/core/index.ts';

const reportOf = (paste: string): Report => explainPaste(paste).report;
const codes = (paste: string): string[] => reportOf(paste).verdict.candidates.map(({ code }) => code);
const found = (paste: string): string[] =>
  reportOf(paste).stages.flatMap(({ findings }) => findings.map(({ code }) => code));

describe('the names of errors in the data of a good answer', () => {
  it.each([
    'HTTP/1.1 200 OK\n\n[{"id":12,"title":"Login fails with invalid_grant / 401 Unauthorized"}]',
    'HTTP/1.1 200 OK\n\n{"id":12,"note":"what insufficient_scope means"}',
    'HTTP/2 201\ncontent-type: application/json\n\n{"page":1,"rows":[{"text":"AADSTS7000215 again"}]}',
    'GET /tickets HTTP/1.1\nHost: api.example.com\n\nHTTP/1.1 200 OK\n\n[{"subject":"unauthorized_client since Monday"}]',
  ])('are no failure: %s', (paste) => {
    expect(reportOf(paste).verdict).toEqual({ kind: 'healthy', candidates: [] });
    expect(found(paste)).toEqual([]);
  });

  it('are one where the answer has them in its own field', () => {
    expect(codes('HTTP/1.1 200 OK\n\n{"error":"invalid_client"}')[0]).toBe('client/wrong-secret');
    const slack =
      'POST /api/chat.postMessage HTTP/1.1\nHost: slack.com\n\nHTTP/1.1 200 OK\n\n{"ok":false,"error":"invalid_auth"}';
    expect(reportOf(slack).verdict.kind).toBe('broken');
  });

  it('are one where the answer was none of a success', () => {
    const paste = 'HTTP/1.1 401 Unauthorized\n\n{"detail":"invalid_client: no such client"}';
    expect(reportOf(paste).verdict.kind).toBe('broken');
  });
});

describe('a variable in a header', () => {
  const call = (header: string): string =>
    `curl -s -H ${header} https://api.mypurecloud.ie/api/v2/organizations/me | jq .id`;

  it('is what a shell replaces, where no refusal is shown', () => {
    expect(found(`$ ${call('"Authorization: Bearer $T"')}\n"0b1c"`)).toEqual([]);
    expect(found(`$ ${call('"Authorization: Bearer ${ACCESS_TOKEN}"')}\n"0b1c"`)).toEqual([]);
  });
});

describe('what stands beside the case', () => {
  it.each([
    [
      'a refusal that somebody meant to see',
      'smoke test: GET /invoices without a token -> 401 (expected)\nwith the token -> 200 OK',
    ],
    [
      'tests that passed',
      'PASS src/login.spec.ts\n  ✓ rejects with invalid_grant when the code is old (7 ms)\nTests: 9 passed',
    ],
    [
      'a collector of measurements that is not there',
      'POST https://id.example.com/oauth/token -> 200\nGET https://api.example.com/v1/jobs -> 200 OK\n[metrics] connect ECONNREFUSED 127.0.0.1:8125',
    ],
    [
      'an exporter of traces',
      'POST https://id.example.com/oauth/token -> 200\nGET https://api.example.com/v1/jobs -> 200 OK\nopentelemetry: export failed: context deadline exceeded',
    ],
  ])('is no failure: %s', (_, paste) => {
    expect(reportOf(paste).verdict.kind).not.toBe('broken');
    expect(found(paste)).toEqual([]);
  });

  it('takes no place of the refusal that is one', () => {
    const refused = 'POST https://id.example.com/oauth/token 401 {"error":"invalid_client"}';
    expect(
      codes(`npm WARN packages.example.org: self-signed certificate in certificate chain\n${refused}`),
    ).toEqual(codes(refused));
  });

  it('is not what fails with a token as well', () => {
    const paste = 'GET /v1/invoices without a token -> 401 as expected, but with the token it is 401 as well';
    expect(reportOf(paste).verdict.kind).toBe('broken');
  });
});
