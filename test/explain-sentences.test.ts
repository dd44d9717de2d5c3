/** A sentence or two, and no answer beside it: what can be said of it, and what can not. */
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';

const codes = (text: string): string[] => explainPaste(text).report.verdict.candidates.map((c) => c.code);

describe('who asks to learn has no failure', () => {
  it.each([
    'How do I get an access token with client credentials from Genesys Cloud in Python?',
    'What is the difference between scopes and roles in Keycloak?',
    'Is there a way to get a longer token lifetime in Auth0?',
    'Which scopes do I need for the Spotify playlist endpoint?',
    'I am new to OAuth. What is the difference between the client id and the secret, and where should it not be stored?',
  ])('%s', (question) => {
    expect(explainPaste(question).report.verdict).toEqual({ kind: 'healthy', candidates: [] });
  });
});

describe('who asks of a failure has one', () => {
  it.each([
    ['How do I fix invalid_client?', 'client/wrong-secret'],
    ['Why do I get 403?', 'endpoint/missing-permission'],
    ['I get 403', 'endpoint/missing-permission'],
    ['why 401 from the token endpoint?', 'client/wrong-secret'],
  ])('%s', (question, first) => {
    expect(codes(question)[0]).toBe(first);
  });
});

describe('who tells what happens, in whatever words, has a failure', () => {
  it.each([
    [
      'Behind our gateway each session has to be begun anew after one hour, as the token is gone.',
      'endpoint/token-expired',
    ],
    [
      'Our form sends client id and code to the token endpoint, and another grant_type than the code asks for.',
      'grant/wrong-type-sent',
    ],
  ])('%s', (story, cause) => {
    expect(codes(story)).toContain(cause);
  });
});

describe('a call of Genesys Cloud whose method nobody names', () => {
  const asked = 'https://api.mypurecloud.com/api/v2/analytics/queues/observations/query';
  const { report, evidence } = explainPaste(`I get a 403 from ${asked}`);

  it('has the method that the endpoint has', () => {
    expect(evidence.needs).toEqual([{ method: 'POST', path: asked }]);
    expect(JSON.stringify(report)).not.toContain(`GET ${asked}`);
  });

  it('is not said to be missing from the API', () => {
    expect(codes(`I get a 403 from ${asked}`)).not.toContain('endpoint/not-found');
  });

  it('keeps the method that somebody names', () => {
    expect(explainPaste(`GET ${asked} gives a 405`).evidence.needs).toEqual([{ method: 'GET', path: asked }]);
  });

  it('is taken for a GET where the endpoint is not known', () => {
    const unknown = 'https://api.mypurecloud.com/api/v2/made/up';
    expect(explainPaste(`I get a 403 from ${unknown}`).evidence.needs).toEqual([
      { method: 'GET', path: unknown },
    ]);
  });
});
