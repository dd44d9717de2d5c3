/** What nothing shows is no finding, and what is only told is not said as a fact. */
import { describe, expect, it } from 'vitest';
import { causes, findings, found, judged } from './judged.ts';

const API = 'https://api.mypurecloud.com/api/v2';

describe('a cause that nothing in the paste shows', () => {
  it('is none: a call whose content was refused', () => {
    const paste = `POST ${API}/analytics/users/aggregates/query\n400 {"message":"Invalid granularity: P9X","code":"bad.request","status":400}`;
    expect(found(paste)).toEqual([]);
    expect(judged(paste).verdict.kind).toBe('inconclusive');
  });

  it('is said as what may be where only words speak for it', () => {
    const paste =
      "The call from 'http://localhost:4200' to 'https://id.example.com/token' has been blocked by CORS policy: the preflight has no Access-Control-Allow-Origin.";
    for (const { cause } of findings(paste)) expect(cause).toMatch(/\bmay\b/);
  });
});

describe('a permission', () => {
  const call = `GET ${API}/speechandtextanalytics/conversations/1/communications/2/transcripturl`;

  it('is what the endpoint demands where the answer does not name it', () => {
    const [first] = findings(
      `${call}\n403 {"message":"You are not authorized to perform the requested action.","code":"not.authorized","status":403}`,
    );
    expect(first?.code).toBe('endpoint/missing-permission');
    expect(first?.cause).toContain('the answer does not say');
    expect(first?.cause).not.toContain('does not hold');
  });

  it('is lacked where it is named', () => {
    const [first] = findings(
      `${call}\n403 {"message":"Missing the following permission(s): [recording:recording:view]","code":"missing.permissions","status":403}`,
    );
    expect(first?.cause).toContain('does not hold recording:recording:view');
  });
});

it('a client that is new tells nothing of its secret', () => {
  const refused =
    '{"error":"invalid_client","description":"authentication failed","error_description":"authentication failed"}';
  const told = (note: string): string =>
    findings(`${note}\n${refused}`)
      .map(({ cause }) => cause)
      .join(' ');
  expect(told('The client is brand new and I copied its secret with care.')).not.toContain('was changed');
  expect(told('There is a new secret since Monday.')).toContain('was changed');
});

it('code that sets the address of the API has told the SDK its region', () => {
  const code =
    'var config = new Configuration();\nconfig.ApiClient.RestClient.BaseUrl = new Uri("https://api.mypurecloud.ie");\nvar token = config.ApiClient.PostToken(id, key);\n{"error":"invalid_client","description":"authentication failed"}';
  expect(JSON.stringify(findings(code))).not.toContain('never tells the SDK');
  expect(causes(code)[0]).toBe('client/wrong-secret');
});

describe('a path that the API does not have', () => {
  const told = (url: string): string[] =>
    judged({
      provider: 'Genesys Cloud',
      apiRequest: { method: 'GET', url },
      apiResponse: { status: 403, body: '{"message":"Access denied"}' },
      note: 'With a token in the context of a user it is the same; our client credentials token is refused.',
    }).verdict.candidates.flatMap(({ code, why }) => (why.startsWith('It may be that') ? [code] : []));

  it('demands no user and no permission by words alone', () => {
    expect(told('https://api.mypurecloud.de/api/v2/analytics/queues/summary')).not.toContain(
      'endpoint/user-context',
    );
    expect(told('https://api.mypurecloud.de/api/v2/routing/queues')).toContain('endpoint/user-context');
  });
});
