import { describe, expect, it } from 'vitest';
import { explainPaste, pasteProfiles } from '../src/app/explain-paste.ts';
import { exitOf, isCode } from '../src/core/index.ts';

const warned = pasteProfiles.filter(({ pitfalls = [] }) => pitfalls.length > 0);

describe('what a provider’s documentation warns of', () => {
  it('is known of those that people meet', () => {
    expect(warned.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['genesys-cloud', 'entra-id', 'google', 'jobber', 'salesforce', 'zoom']),
    );
  });

  it.each(warned.map(({ id, title, pitfalls = [] }) => ({ id, title, pitfalls })))(
    '$id: is named where nothing else is shown, and nothing is found',
    ({ id, title, pitfalls }) => {
      const { report } = explainPaste({ provider: title });
      expect(report.provider).toBe(id);
      expect(report.verdict.kind).toBe('inconclusive');
      expect(exitOf(report)).toBe(3);
      expect(report.verdict.candidates.map(({ code, certainty }) => [code, certainty])).toEqual(
        pitfalls.map(({ code }) => [code, 'suspected']),
      );
      expect(report.stages.flatMap(({ findings }) => findings)).toEqual([]);
      for (const { code, source } of pitfalls) {
        expect(isCode(code)).toBe(true);
        expect(new URL(source).protocol).toBe('https:');
        expect(report.notes?.join('\n')).toContain(source);
      }
      expect(new Set(pitfalls.map(({ code }) => code)).size).toBe(pitfalls.length);
    },
  );

  it.each([
    { provider: 'Nobody knows' },
    { provider: 'Zoom', apiResponse: { status: 304 } },
    { provider: 'Zoom', tokenResponse: { status: 200, body: '{"access_token":"x","expires_in":3599}' } },
    { provider: 'Salesforce', tokenResponse: { status: 503, body: '' } },
    { provider: 'Jobber', note: 'How do I register an app?' },
    { provider: 'Genesys Cloud', note: 'bad.credentials' },
  ])('is left out beside anything else: %j', (statement) => {
    const warns = pasteProfiles.flatMap(({ pitfalls = [] }) => pitfalls.map(({ why }) => why));
    const { candidates } = explainPaste(statement).report.verdict;
    expect(candidates.filter(({ why }) => warns.includes(why))).toEqual([]);
  });

  it('is read from a text that is a statement', () => {
    expect(explainPaste('{"provider":"Jobber"}').report.verdict.rootCause).toBe('endpoint/token-expired');
  });
});
