/** Which answer belongs to which question, where several are pasted one below the other. */
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';
import { causes } from './judged.ts';

const ID = '6a7ac10b-58cc-4372-a567-0e02b2c3d111';
const TOKEN = 'abcDEF123456789012345678901234567890';
const login = `curl -X POST https://login.mypurecloud.com/oauth/token -u ${ID}:x -d grant_type=client_credentials`;
const issued = `${login}\n{"access_token":"${TOKEN}","token_type":"bearer","expires_in":86399}\n\n`;
const call = (host = 'com', header = `Bearer ${TOKEN}`): string =>
  `curl -i https://api.mypurecloud.${host}/api/v2/routing/queues -H 'Authorization: ${header}'\n`;
const answer = (status: number, code: string, message: string): string =>
  `HTTP/2 ${status}\ncontent-type: application/json\n\n${JSON.stringify({ message, code, status, contextId: 'c40a4237' })}`;
const BAD = answer(401, 'bad.credentials', 'Invalid login credentials.');
const DENIED = answer(
  403,
  'missing.permissions',
  'Missing the following permission(s): [routing:queue:view]',
);

const FAILED =
  '{"error":"invalid_client","description":"authentication failed","error_description":"authentication failed"}';
const FOUR = ['client/wrong-secret', 'client/unknown', 'request/wrong-region', 'client/disabled'];

const codesOf = (paste: string): string[] =>
  explainPaste(paste).report.verdict.candidates.map(({ code }) => code);
const verdictOf = (paste: string) => explainPaste(paste).report.verdict;
const first = (paste: string): string | undefined => verdictOf(paste).candidates[0]?.code;

describe('an answer belongs to what was asked before it', () => {
  it.each([
    ['a refusal below a command to the API', call() + BAD, 'endpoint/token-expired'],
    [
      'the refusal of a token below the header that carried it',
      `Authorization: Bearer ${TOKEN}\nHTTP/1.1 401 Unauthorized\n\n{"error":"invalid_token","error_description":"The access token expired"}`,
      'endpoint/token-expired',
    ],
    ['a refusal in the form of an API, alone', BAD, 'endpoint/token-expired'],
    [
      'a Basic header at the API, after a token was issued',
      issued +
        call('com', 'Basic abcdef') +
        answer(401, 'authentication.required', 'No authentication bearer token specified.'),
      'endpoint/token-malformed',
    ],
    [
      'a token of one region at the API of another',
      issued + call('de') + BAD,
      'endpoint/token-wrong-environment',
    ],
    [
      'a 404 below a token request',
      `${login.replace('login', 'api')}\nHTTP/1.1 404 Not Found`,
      'request/wrong-endpoint',
    ],
    ['a missing permission below a call', call() + DENIED, 'endpoint/missing-permission'],
  ])('%s', (_name, paste, code) => {
    expect(first(paste)).toBe(code);
  });

  it('a token that was issued clears what came before it, however little of the request is shown', () => {
    const { report } = explainPaste({
      tokenRequest: {
        method: 'POST',
        url: 'https://id.example.com/token',
        body: '{"grant_type":"client_credentials"}',
      },
      tokenResponse: { status: 200, body: { access_token: TOKEN, token_type: 'bearer' } },
      apiRequest: { url: 'https://api.example.com/v1/a' },
      apiResponse: { status: 403 },
    });
    const cleared = report.stages.slice(0, 6).filter((s) => s.stage !== 'request');
    expect(cleared.map((s) => s.status)).toEqual(cleared.map(() => 'clear'));
  });

  it('and the last question counts where two were asked', () => {
    const stages = explainPaste(issued + call() + BAD).report.stages;
    expect(stages.find((s) => s.stage === 'client')?.status).toBe('clear');
  });
});

describe('a body that comes in a sentence', () => {
  const body =
    '{"error":"unauthorized_client","description":"client is not authorized to use the client_credential grant type","error_description":"client is not authorized to use the client_credential grant type"}';

  it.each([
    `The docs say a wrong grant type answers ${body} but mine answers 400 with an empty body`,
    `Before I changed the grant type it was ${body}. Now it is 400 Bad Request with no JSON`,
    `Not this one: ${body}, but this one: HTTP 400 empty`,
    `Is ${body} what one gets with a disabled client?`,
    `unit test expects body == ${body}, all tests passed`,
    `The guide shows for such a client\n${body}\nbut mine answers 400 with no body`,
    `I am aware that ${body} comes of a wrong grant. Mine is a bare 400.`,
  ])('proves nothing where it is not what comes now: %s', (paste) => {
    expect(verdictOf(paste)).not.toMatchObject({ certainty: 'proved' });
    expect(verdictOf(paste).kind).not.toBe('healthy');
  });

  it.each([body, `I get ${body}`, `${login}\n${body}`])('and is proved where it is: %s', (paste) => {
    expect(verdictOf(paste).certainty).toBe('proved');
  });
});

it.each([
  `${login} -> invalid_client`,
  `I run ${login} and get 400 invalid_client.`,
  `${login} => 401 bad.credentials`,
])('a refusal on the line of its command is no health: %s', (paste) => {
  expect(verdictOf(paste).kind).not.toBe('healthy');
});

describe('the idioms of a shell', () => {
  const fetched =
    'TOKEN=`curl -s -u $ID:$SEC -d grant_type=client_credentials https://login.mypurecloud.com/oauth/token | jq -r .access_token`';
  const used = 'curl -H "Authorization: Bearer $TOKEN" https://api.mypurecloud.com/api/v2/routing/queues';

  it('a command in backticks ends with them, and a variable in double quotes is no word', () => {
    const { report } = explainPaste(`${fetched}\n${used}\n${DENIED.split('\n').at(-1) ?? ''}`);
    expect(report.verdict.candidates[0]?.code).toBe('endpoint/missing-permission');
    const found = report.stages.flatMap((stage) => stage.findings.map((f) => f.code as string));
    expect(found).not.toContain('header/wrong-scheme');
    expect(found).not.toContain('endpoint/token-malformed');
  });
});

describe('an end that is only spoken of', () => {
  it('ends no token that the API let in', () => {
    expect(first(`My token expires in 24 hours. The call says\n${DENIED}`)).toBe(
      'endpoint/missing-permission',
    );
  });

  it('is no failure', () => {
    expect(verdictOf(issued).kind).toBe('healthy');
    expect(verdictOf(issued.replace('-d grant_type', '-d scope= -d grant_type')).kind).toBe('healthy');
    expect(verdictOf('how long is expires_in for genesys tokens?').kind).toBe('healthy');
  });
});

describe('what is shown to be in order', () => {
  it.each([
    ['a header', call() + BAD, 'endpoint/token-malformed'],
    [
      'the pair and its header',
      `${login}\n{"error":"invalid_client","description":"authentication failed","error_description":"authentication failed"}`,
      'credential/missing',
    ],
  ])('is not doubted for the words around it: %s', (_name, paste, code) => {
    const { report } = explainPaste(paste);
    const found = report.stages.flatMap((stage) => stage.findings.map((f) => f.code as string));
    expect(found).not.toContain(code);
  });
});

describe('a masked header', () => {
  const masks = ['Basic ***', 'Basic xxx', 'Basic <base64(id:secret)>', 'Basic MY_SECRET', '<client_id>'];
  it.each(masks.flatMap((mask) => [{ authorizationHeader: mask }, `Authorization: ${mask}`]))(
    '%j is noted, and judged no further',
    (paste) => {
      const { report } = explainPaste(paste);
      const found = report.stages.flatMap((stage) => stage.findings);
      expect(found.map((f) => `${f.code} ${f.severity}`)).toEqual(['credential/placeholder note']);
    },
  );

  it.each(['BASE64(CLIENT_ID:CLIENT_SECRET)', '<base64(id:secret)>'])(
    'in a command that ran is a candidate, the last one: %s',
    (mask) => {
      expect(codesOf(`${login.replace(/-u \S+/, `-H 'Authorization: Basic ${mask}'`)}\n${FAILED}`)).toEqual([
        ...FOUR,
        'credential/placeholder',
      ]);
    },
  );
});

describe('the four causes that Genesys Cloud answers alike', () => {
  it.each([
    ['a command', login],
    ['a command with example text', login.replace(/-u \S+/, '-u YOUR_CLIENT_ID:YOUR_CLIENT_SECRET')],
    ['a command of cmd.exe', login.replace(' -d', ' ^\n -d')],
    ['the pair in the body', login.replace(/-u \S+/, `-d client_id=${ID} -d client_secret=abcdefghijklmnop`)],
    [
      'Python',
      `import requests\nr = requests.post('https://login.mypurecloud.com/oauth/token', auth=('${ID}', 'abcdefghijklmnop'), data={'grant_type': 'client_credentials'})`,
    ],
    [
      'PowerShell',
      `$body=@{grant_type='client_credentials'}\n$headers=@{Authorization="Basic YWJjZGVmOjEyMzQ1Njc4"}\nInvoke-RestMethod -Method Post -Uri https://login.mypurecloud.com/oauth/token -Headers $headers -Body $body`,
    ],
    [
      'PowerShell behind its prompt',
      `PS C:\\> Invoke-RestMethod -Method Post -Uri https://login.mypurecloud.com/oauth/token -Headers @{Authorization="Basic YWJjZGVmOjEyMzQ1Njc4"} -Body @{grant_type='client_credentials'}`,
    ],
  ])('are all named below %s, a wrong secret first', (_name, request) => {
    const named = codesOf(`${request}\n${FAILED}`);
    expect(named[0]).toBe('client/wrong-secret');
    expect(named).toEqual(expect.arrayContaining(FOUR));
  });
});

it('quotes that cmd.exe does not know are a defect of the command', () => {
  expect(
    first(
      `C:\\>${login.replace(/https\S+/, "'$&'")}\ncurl: (1) Protocol "'https" not supported or disabled in libcurl`,
    ),
  ).toBe('request/malformed-command');
});

describe('whose answer it is', () => {
  it.each([
    'Auth Error: 400 - invalid_client (authentication failed)',
    'API Error: 403 - Unable to perform the requested action. You are missing the following permission(s): routing:queue:view (c40a4237)',
    '{"message":"Invalid login credentials.","code":"bad.credentials","status":401,"contextId":"c40a4237"}',
    '{"error":"invalid_client","description":"authentication failed","error_descr',
    'error 403 genesys',
    'not.a.user',
  ])('Genesys Cloud is known by its words: %s', (paste) => {
    expect(explainPaste(paste).report.provider).toBe('genesys-cloud');
  });
});

it('a page of a web filter is none of the login server', () => {
  const page =
    '<html><body><h1>Access denied by Zscaler</h1>This site is blocked by company policy</body></html>';
  const { report } = explainPaste({
    tokenRequest: { method: 'POST', url: 'https://login.mypurecloud.de/oauth/token' },
    tokenResponse: { status: 403, body: page },
  });
  expect(report.verdict.rootCause).toBe('connection/tls-or-proxy');
});

it('a path that is not there ends no token', () => {
  const { report } = explainPaste({
    apiRequest: { method: 'GET', url: 'https://api.mypurecloud.de/api/v2/oauth/token' },
    apiResponse: {
      status: 401,
      body: { code: 'bad.credentials', message: 'Invalid login credentials.', status: 401 },
    },
  });
  expect(report.verdict.candidates.map((c) => c.code)).not.toContain('endpoint/not-found');
});

it('a cause that leads is a finding, with its evidence and a way to mend it', () => {
  const { report } = explainPaste(
    `GET https://api.mypurecloud.de/api/v2/routing/queues\nStatus: 401\n{"message":"Invalid login credentials.","code":"bad.credentials","status":401}`,
  );
  const found = report.stages.flatMap((stage) => stage.findings);
  expect(found.find((f) => f.code === report.verdict.rootCause)?.fix.length).toBeGreaterThan(0);
  expect(report.verdict.candidates.every((c) => c.tell !== '')).toBe(true);
});

describe('answers count in the order in which they stand', () => {
  const CALL = 'https://api.mypurecloud.ie/api/v2/audits/query/7';
  const LOGIN = 'https://login.mypurecloud.ie/oauth/token';
  const LACKS =
    '{"message":"You are missing the following permission(s): audits:audit:view","code":"missing.permissions","status":403}';
  const REFUSED = '{"error":"invalid_client","error_description":"authentication failed"}';
  const asLines = {
    call: `GET ${CALL} -> 403 ${LACKS}`,
    login: `POST ${LOGIN} -> 400 ${REFUSED}`,
  };
  const asCurl = {
    call: `$ curl -s -H "Authorization: Bearer q9Zt" ${CALL}\n${LACKS}`,
    login: `$ curl -s -u "$ID:$KEY" -d grant_type=client_credentials ${LOGIN}\n${REFUSED}`,
  };
  const asHttp = {
    call: `GET /api/v2/audits/query/7 HTTP/1.1\nHost: api.mypurecloud.ie\n\nHTTP/1.1 403 Forbidden\n\n${LACKS}\n`,
    login: `POST /oauth/token HTTP/1.1\nHost: login.mypurecloud.ie\nAuthorization: Basic ****\n\ngrant_type=client_credentials\n\nHTTP/1.1 400 Bad Request\n\n${REFUSED}\n`,
  };

  it.each([
    ['lines', asLines],
    ['commands', asCurl],
    ['messages', asHttp],
  ])('a token that is refused below the calls is the failure: %s', (_name, { call, login }) => {
    expect(causes(`${call}\n${login}`)[0]).toBe('client/wrong-secret');
    expect(causes(`${login}\n${call}`)[0]).toBe('endpoint/missing-permission');
  });

  it('a token that is issued below them leaves the call the failure', () => {
    const issued = `POST ${LOGIN} -> 200 {"access_token":"q9Zt","token_type":"bearer","expires_in":86399}`;
    expect(causes(`${asLines.call}\n${issued}`)[0]).toBe('endpoint/missing-permission');
  });
});

describe('a body that a log line or a library holds in a field', () => {
  const body = {
    message: 'Requests originating from this IP address are not authorized. Address: 10.1.2.3',
    code: 'ip.not.authorized',
    status: 401,
  };
  it.each([
    ['an object', { method: 'GET', url: 'https://api.mypurecloud.de/api/v2/users', status: 401, resp: body }],
    ['a text', { level: 'error', status: 401, responseBody: JSON.stringify(body) }],
    ['an answer of a library', { statusCode: 401, body }],
  ])('is the answer: %s', (_, line) => {
    expect(explainPaste(JSON.stringify(line)).report.verdict).toMatchObject({
      rootCause: 'endpoint/ip-blocked',
      certainty: 'proved',
    });
  });

  it('is none where the object is the answer itself', () => {
    const own = { error: 'invalid_client', error_description: 'unknown', data: { code: 'a', message: 'b' } };
    expect(explainPaste(JSON.stringify(own)).report.verdict.rootCause).toMatch(/^client\//);
  });
});
