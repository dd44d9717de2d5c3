/** A refusal that is over, or that nobody was given, is no finding of an error. */
import { describe, expect, it } from 'vitest';
import { causes, findings, judged } from './judged.ts';

const errors = (paste: string): string[] =>
  findings(paste)
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);

const FORBIDDEN = 'GET https://api.example.com/v1/jobs -> 403 {"error":"insufficient_scope"}';

describe('a token that is issued now', () => {
  it.each([
    'before: {"error":"invalid_client"} -> the id was of another app, corrected, the token is 200 now',
    'first: {"error":"invalid_scope"}, meanwhile the token endpoint returns 200',
  ])('refutes what was refused before: %s', (paste) => {
    expect(errors(paste)).toEqual([]);
    expect(judged(paste).verdict.kind).toBe('healthy');
    expect(errors(`${paste}\n${FORBIDDEN}`).every((code) => /^(?:scope|endpoint)\//.test(code))).toBe(true);
  });

  it.each([
    '{"error":"invalid_client"} although the token endpoint should return 200 now',
    '{"error":"invalid_client"} -> I fixed the id, and no token now',
  ])('is not one that is wished for: %s', (paste) => {
    expect(errors(paste)).toContain('client/wrong-secret');
  });
});

describe('an answer that was not given', () => {
  const BODY = '{"error":"unauthorized_client","error_description":"grant is not enabled"}';

  it.each([
    `The manual says that another grant gives ${BODY}.`,
    `With the wrong type one should see ${BODY}, but we never got that.`,
  ])('makes no finding: %s', (paste) => {
    expect(errors(paste)).toEqual([]);
    expect(causes(`${paste}\n${FORBIDDEN}`)).not.toContain('grant/not-allowed');
  });

  it('is one where the person was given it', () => {
    expect(errors(`The docs say it works, but I get ${BODY}`)).toContain('grant/not-allowed');
  });
});

it('a status line that names its call is the answer of that call', () => {
  const paste =
    '[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]\nHTTP/1.1 401 Unauthorized   GET /services/data/v60.0/query';
  expect(errors(paste)).not.toContain('client/wrong-secret');
  expect(causes(paste)[0]).toBe('endpoint/token-expired');
});
