/**
 * Texts that servers, gateways and libraries have in their own source code or documentation, each as a lone answer: the
 * cause that the code means comes first. A line is server, step, status, answer and cause.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';
import { isCode } from '../src/core/index.ts';

const CHALLENGE = 'WWW-Authenticate: ';

const lines = readFileSync(new URL('../fixtures/source-words.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => line.split('\t') as [string, string, string, string, string]);

describe('what servers say by their source', () => {
  it.each(lines)('%s, %s %s: %s', (_server, step, status, answer, cause) => {
    const response = {
      ...(status !== '' && { status: Number(status) }),
      ...(answer.startsWith(CHALLENGE)
        ? { headers: { 'www-authenticate': answer.slice(CHALLENGE.length) } }
        : { body: answer }),
    };
    const { verdict } = explainPaste({
      [step === 'token' ? 'tokenResponse' : 'apiResponse']: response,
    }).report;
    expect(isCode(cause)).toBe(true);
    expect(verdict.candidates[0]?.code).toBe(cause);
    expect(verdict.certainty).not.toBe('proved');
  });
});
