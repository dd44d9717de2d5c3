/** Ids and secrets as a paste shows them, and what becomes of them on their way. */
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';
import { errorCodeIn } from '../src/reading/error-words.ts';

const verdict = (paste: unknown) => explainPaste(paste).report.verdict;
const codes = (paste: unknown): string[] => verdict(paste).candidates.map(({ code }) => code);

describe('a $ in the secret of a command', () => {
  const command = (option: string, before = '$ '): string =>
    `${before}curl ${option} -d grant_type=client_credentials https://auth.example.com/oauth/token\n`;
  const pair = 'batch-job:hT4w$Zk9qPm2LxVb7RnYc';

  it.each([
    ['-u in double quotes', command(`-u "${pair}"`)],
    ['-u without quotes', command(`-u ${pair}`)],
    ['a body in double quotes', command('-d "client_id=batch&client_secret=hT4w$Zk9qPm2LxVb7RnYc"')],
  ])('is where the shell cuts it, with or without an answer: %s', (_name, paste) => {
    expect(verdict(paste)).toMatchObject({ kind: 'broken', rootCause: 'credential/mangled' });
    expect(verdict(`${paste}{"error":"invalid_client"}`)).toMatchObject({
      rootCause: 'credential/mangled',
      certainty: 'suspected',
    });
  });

  it.each([
    ['single quotes', command(`-u '${pair}'`)],
    ['a variable for the whole', command('-u "batch-job:$CLIENT_SECRET"')],
    ['a variable in small letters', command('-u "$id:prefix-$secret"')],
    ['cmd.exe, which knows no $', command(`-u "${pair}"`, 'C:\\jobs>')],
  ])('is none, or stays: %s', (_name, paste) => {
    expect(codes(`${paste}{"error":"invalid_client"}`)[0]).not.toBe('credential/mangled');
  });
});

describe('an answer beside the address of a token endpoint alone', () => {
  const url = 'https://www.example.com/api/v1/access_token';
  const code = `r = requests.post("${url}",\n    data={"grant_type": "client_credentials", "client_id": CID})\n`;

  it.each([
    ['code', `${code}# 401 {'message': 'Unauthorized', 'error': 401}`],
    ['settings', { config: { 'token.url': url }, note: 'Exception: 401 {"error":"unauthorized"}' }],
    [
      'settings and the address of a return',
      { config: { url, back: 'https://app.example.com/oauth/callback' }, note: 'All that I see is a 401.' },
    ],
  ])('is of the token request: %s', (_name, paste) => {
    const { exchanges } = explainPaste(paste).evidence;
    const answered = exchanges.filter(({ outcome }) => outcome.kind === 'answered');
    expect(answered.map(({ step }) => step.split('/')[0])).toEqual(['token']);
  });

  it.each([
    [
      'an API stands beside it',
      `${code}requests.get("https://api.example.com/v1/jobs")\n# 401 {'error': 401}`,
    ],
    ['it speaks of a token', `${code}# 401 {'message': 'The token is expired'}`],
  ])('is not where %s', (_name, paste) => {
    const { exchanges } = explainPaste(paste).evidence;
    expect(exchanges.filter((x) => x.outcome.kind === 'answered').map(({ step }) => step)).toEqual([
      'endpoint',
    ]);
  });
});

describe('a name is no error', () => {
  it.each(['"aadClientSecret": "x"', 'aad_client_secret=x', "'invalid_cient': 1"])('%s', (text) => {
    expect(errorCodeIn(text)).toBeUndefined();
  });

  it.each([
    ['invalid_cope: bad', 'invalid_scope'],
    ['nvalid_client', 'invalid_client'],
    ['{"error":"invalid_clint"}', 'invalid_client'],
  ])('but a slip of the pen is: %s', (text, code) => {
    expect(errorCodeIn(text)?.code).toBe(code);
  });
});

it('JSON in a string of a log is read', () => {
  const line =
    'level=fatal msg="Response body: {\\"error\\":\\"unauthorized_client\\",\\"error_description\\":\\"AADSTS700016: No app \\\\\\"x\\\\\\".\\",\\"error_codes\\":[700016]}"';
  const [exchange] = explainPaste(line).evidence.exchanges;
  expect(exchange?.outcome).toMatchObject({
    body: { kind: 'json', value: { error: 'unauthorized_client', error_codes: [700016] } },
  });
  expect(codes(line)[0]).toBe('client/unknown');
});

it('a server that refuses the secret says nothing against a secret that is seen to be empty', () => {
  const statement = {
    provider: 'Spotify',
    authorizationHeader: `Basic ${btoa('5fe01282e44241328a84e7c5cc169165:')}`,
    tokenResponse: {
      status: 400,
      body: { error: 'invalid_client', error_description: 'Invalid client secret' },
    },
  };
  expect(codes(statement)[0]).toBe('credential/missing');
});

describe('a pair that went through base64 twice', () => {
  const twice = btoa(btoa('AYV9WtR2m5N8qS4vRyLx:EKuv6bhrmEw9eR4tRz6uI1oP3aS5dF8g'));

  it.each([
    ['a header alone', { authorizationHeader: `Basic ${twice}` }],
    [
      'a request with its answer',
      {
        tokenRequest: {
          url: 'https://auth.example.com/oauth2/token',
          headers: { Authorization: `Basic ${twice}` },
        },
        tokenResponse: { status: 401, body: { error: 'invalid_client' } },
      },
    ],
  ])('is encoded already: %s', (_name, statement) => {
    expect(codes(statement)[0]).toBe('credential/already-encoded');
  });

  it('is not what decodes to one value alone', () => {
    const lone = { authorizationHeader: `Basic ${btoa(btoa('only-a-secret-of-some-length'))}` };
    expect(codes(lone)[0]).toBe('header/bad-base64');
  });
});
