import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainPaste, pasteProfiles } from '../src/app/explain-paste.ts';
import type { Evidence, Exchange } from '../src/core/index.ts';
import { codeFacts } from '../src/reading/code.ts';
import { curlCommand } from '../src/reading/curl.ts';
import { looseJson } from '../src/reading/loose-json.ts';
import { readPaste, readStatement } from '../src/reading/index.ts';
import { quotedRefusals } from '../src/reading/quoted.ts';
import { tokenIn } from '../src/reading/tokens.ts';

const read = (text: string): Evidence => readPaste(text, pasteProfiles);
const state = (value: unknown): Evidence => readStatement(value, pasteProfiles);
const step = (evidence: Evidence, name: string): Exchange | undefined =>
  evidence.exchanges.find((x) => x.step === name);

describe('a HAR file', () => {
  const har = (...entries: unknown[]): Evidence => read(JSON.stringify({ log: { entries } }));
  const entry = (method: string, url: string, status: number, content: string, postData?: string) => ({
    request: {
      method,
      url,
      headers: [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }, { name: 5 }],
      ...(postData !== undefined && { postData: { text: postData } }),
    },
    response: { status, headers: [{ name: 'Retry-After', value: '3' }], content: { text: content } },
  });

  it('shows the token request and the refused call', () => {
    const evidence = har(
      entry(
        'POST',
        'https://login.mypurecloud.de/oauth/token',
        200,
        '{"access_token":"abc","expires_in":1}',
        'grant_type=client_credentials',
      ),
      entry('GET', 'https://api.mypurecloud.de/api/v2/routing/queues', 200, '{}'),
      entry('GET', 'https://api.mypurecloud.de/api/v2/users/me', 400, '{"message":"x","code":"bad.request"}'),
    );
    expect(evidence.provider).toBe('genesys-cloud');
    expect(step(evidence, 'token')).toMatchObject({
      request: { method: 'POST', form: { grant_type: 'client_credentials' } },
      outcome: { status: 200, token: { kind: 'opaque' } },
    });
    expect(step(evidence, 'endpoint')).toMatchObject({
      subject: 'GET https://api.mypurecloud.de/api/v2/users/me',
      outcome: { status: 400, headers: { 'retry-after': '3' } },
    });
  });

  it.each([
    [
      'a call that nobody answered',
      { request: { url: 'https://x.example/api/v1' }, response: { status: 0 } },
    ],
    [
      'a token path told by its body',
      { request: { url: 'https://x.example/go', postData: { text: 'grant_type=x' } } },
    ],
    ['numbers for texts', { request: { method: 1, url: 2, headers: 'no' }, response: 3 }],
    ['null', null],
  ])('with %s is no crash', (_name, one) => {
    expect(har(one).provider).toBe('generic');
  });

  it('needs entries', () => {
    expect(read('{"log":{"entries":5},"error":"invalid_client"}').exchanges).toHaveLength(1);
  });
});

describe('raw HTTP', () => {
  it('is read with a request, an answer and a body behind a blank line', () => {
    const evidence = read(
      'POST /oauth/token HTTP/1.1\nHost: id.example.com\nAuthorization: Basic YTpiYw==\n\ngrant_type=client_credentials&scope=a\n\nHTTP/1.1 400 Bad Request\nContent-Type: application/json\n\n{"error":"invalid_scope"}',
    );
    expect(step(evidence, 'token')).toMatchObject({
      request: { url: 'https://id.example.com/oauth/token' },
      outcome: { status: 400, body: { value: { error: 'invalid_scope' } } },
    });
  });

  it('is read in the middle of a post, headers that are none left out', () => {
    const evidence = read(
      'I see this:\n< HTTP/2 403\n< x: y\n* Connection left intact\n< www-authenticate: Bearer error="insufficient_scope"\n{"message":"no"}\nWhat now?',
    );
    expect(step(evidence, 'endpoint')?.outcome).toMatchObject({ status: 403 });
  });

  it.each([
    ['Authorization: Bearer undefined', 'unrecognised'],
    ['Bearer abc.def.ghi-jkl', 'bearer'],
    ['Basic YWxpY2U6aHVudGVyMg==', 'basic'],
  ])('the header %s alone is one', (header) => {
    expect(read(`${header}\nHTTP/1.1 401 Unauthorized`).authorization).toBeDefined();
  });
});

describe('curl options', () => {
  const of = (text: string) => curlCommand({ text, at: 0 });

  it.each([
    ['-G moves the data into the URL', 'curl -G -d a=b https://x.example', { get: true, method: 'GET' }],
    ['--get, too', 'curl --get --data-raw a=b https://x.example', { get: true }],
    [
      '--oauth2-bearer is a header',
      'curl --oauth2-bearer abc https://x.example',
      { headers: { authorization: 'Bearer abc' } },
    ],
    [
      'several data are joined',
      'curl --data a=b --data-binary c=d --data-ascii e=f https://x.example',
      { body: 'a=b&c=d&e=f' },
    ],
    ['-o takes a value', 'curl -o out.json https://x.example', { url: 'https://x.example' }],
    ['--cacert takes a value', 'curl --cacert ca.pem https://x.example', { url: 'https://x.example' }],
    ['--max-time=5 has its own', 'curl --max-time=5 https://x.example', { url: 'https://x.example' }],
    ['an option of ours without a value', 'curl https://x.example -d', { body: '' }],
    ['a header without a colon', 'curl -H Authorization https://x.example', { headers: {} }],
    ['-X without a method', 'curl https://x.example -X', { method: '' }],
    ['-H without a header', 'curl https://x.example -H', { headers: {} }],
    ['-u without a pair', 'curl https://x.example -u', { user: '' }],
    ['--json without a body', 'curl https://x.example --json', { json: true, body: '' }],
    [
      '--oauth2-bearer without a token',
      'curl https://x.example --oauth2-bearer',
      { headers: { authorization: 'Bearer ' } },
    ],
    ['a variable for a URL', 'curl $URL/token', { url: '$URL/token' }],
    ['a path for a URL', 'curl /oauth/token', { url: '/oauth/token' }],
    ['a host without a scheme', 'curl login.example.com/token', { url: 'login.example.com/token' }],
    ['a long dash', 'curl —data a=b https://x.example', { body: 'a=b' }],
    ['an escaped quote', 'curl -d "{\\"a\\": \\"b\\"}" https://x.example', { body: '{"a": "b"}' }],
    ['an escaped letter', 'curl -d a\\=b https://x.example', { body: 'a=b' }],
    ['single typographic quotes', 'curl -d ‘a=b’ https://x.example', { body: 'a=b' }],
    ['curl.exe', 'curl.exe -k https://x.example', { url: 'https://x.example' }],
    ['no curl at all', '-d a=b https://x.example', { body: 'a=b' }],
  ])('%s', (_name, command, expected) => {
    expect(of(command)).toMatchObject(expected);
  });

  it.each([
    ['a quote closed by the next option', 'curl -H "A: b\n -d "c=d" https://x.example', 'missing-quote'],
    ['a caret with blanks behind it', 'curl https://x.example ^  \n -d a=b', 'broken-continuation'],
    ['a typographic quote that never closes', 'curl -d “a=b https://x.example', 'missing-quote'],
    ['a single quote that never closes', "curl -d 'a=b", 'missing-quote'],
  ])('%s is a defect', (_name, command, slug) => {
    expect(of(command).defects.map((d) => d.slug)).toContain(slug);
  });
});

describe('code in four languages', () => {
  it.each([
    [
      'Java',
      'HttpRequest.newBuilder(URI.create("https://login.mypurecloud.ie/oauth/token")).header("Content-Type", "application/x-www-form-urlencoded").header("Authorization", "Basic " + b64).POST(BodyPublishers.ofString("grant_type=client_credentials&scope=a%20b"))',
      {
        tokenUrl: 'https://login.mypurecloud.ie/oauth/token',
        form: { grant_type: 'client_credentials', scope: 'a b' },
        basic: true,
      },
    ],
    [
      'JavaScript',
      'fetch("https://x.example/token", { method: "POST", body: JSON.stringify({ "grant_type": "client_credentials", client_secret: "s" }) })',
      { bodyForm: 'json', basic: false },
    ],
    [
      'C#',
      'client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", pair); new Dictionary<string,string>{{"grant_type", "client_credentials"}}',
      { basic: true, form: { grant_type: 'client_credentials' } },
    ],
    [
      'Python',
      "requests.post('https://x.example/token', auth=HTTPBasicAuth('my-id', 'my-pw'), data={'grant_type': 'client_credentials'})",
      { id: 'my-id', secret: 'my-pw', inBody: false },
    ],
    [
      'a body with a bad escape',
      'body = "grant_type=client_credentials&scope=%E0%A4%A"',
      { form: { scope: '%E0%A4%A' } },
    ],
    [
      'a secret in the body',
      "data = {'grant_type': 'client_credentials', 'client_secret': 'x1'}",
      { inBody: true },
    ],
    [
      'an API call',
      'axios.get("https://api.example.com/v2/users")',
      { apiUrl: 'https://api.example.com/v2/users' },
    ],
  ])('%s', (_name, code, expected) => {
    expect(codeFacts(code)).toMatchObject(expected);
  });
});

describe('values in code', () => {
  it('end with the quote that they began with, and are none where code goes on between two strings', () => {
    expect(codeFacts(`const clientId = 'my "odd" id'`).id).toBe('my "odd" id');
    expect(codeFacts(`body = "client_id=" + id + "&client_secret=" + secret + "&x=1"`)).not.toHaveProperty(
      'id',
    );
  });
});

describe('tokens', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('gives of a JWT the claims that a check reads, and nothing else', () => {
    const jwt = `${part({ alg: 'RS256', typ: 'JWT', x5c: 'no' })}.${part({ aud: 'api', exp: 1, email: 'no' })}.c2ln`;
    expect(tokenIn(`Authorization: Bearer ${jwt}`)).toEqual({
      kind: 'jwt',
      header: { alg: 'RS256', typ: 'JWT' },
      claims: { aud: 'api', exp: 1 },
    });
  });

  it.each([
    ['a JWT whose claims are no JSON', 'eyJhbGciOiJub25lIn0.eyJoYWxm', undefined],
    ['a JWT of no object', `${part({ a: 1 })}.eyJ${Buffer.from('x').toString('base64url')}`, undefined],
    ['an opaque one', '{"access_token": "a.b-c"}', { kind: 'opaque', length: 5 }],
    ['none', 'access_token=null', undefined],
  ])('%s', (_name, text, expected) => {
    expect(tokenIn(text)).toEqual(expected);
  });
});

describe('broken JSON', () => {
  it.each([
    ["{a: 'b', c: None, d: True, e: False,}", { a: 'b', c: null, d: true, e: false }],
    ['{"a": [1, 2.5, -4', { a: [1, 2.5, -4] }],
    ['{"a": {"b": "c\\n\\u00e9\\q"}', { a: { b: 'c\né' + 'q' } }],
    ['{"a": undefined, "b": NaN}', expect.objectContaining({})],
    ['[]', []],
    ['{}', {}],
  ])('%s', (text, value) => {
    expect(looseJson(text)?.value).toEqual(value);
  });

  it.each(['', 'x', '{"a"', '{]', '{"a": }'])('%j is no crash', (text) => {
    expect(() => looseJson(text)).not.toThrow();
  });
});

describe('what sentences tell', () => {
  it.each([
    ['the status of a call', 'Calling /api/v2/users/me throws a 403.', 'endpoint', 403],
    [
      'a token request that is refused',
      'The token endpoint returns 401 when I request an access token.',
      'token',
      401,
    ],
    [
      'a call with its method',
      'GET https://api.example.com/v1/reports gives 429 Too Many Requests',
      'endpoint',
      429,
    ],
    ['an error of RFC 6750', 'The API said insufficient_scope (403).', 'endpoint', 403],
  ])('%s', (_name, text, name, status) => {
    expect(step(read(text), name)?.outcome).toMatchObject({ status });
  });

  it('knows that a token came before the call was refused', () => {
    const evidence = read(
      'curl -u a1:b2 -d grant_type=client_credentials https://id.example.com/token\n\ngets a token fine, but GET /api/v2/users throws a 403.',
    );
    expect(step(evidence, 'token')?.outcome).toMatchObject({ token: { kind: 'opaque' } });
    expect(step(evidence, 'endpoint')?.outcome).toMatchObject({ status: 403 });
  });

  it('reads a network error without an answer', () => {
    expect(step(read('My script prints: connect ECONNREFUSED 10.0.0.1:443'), 'token')?.outcome.kind).toBe(
      'unanswered',
    );
  });
});

describe('parts of a statement', () => {
  it('an outage and a refusal told as one answer are two', () => {
    const { exchanges } = state({
      tokenResponse: {
        body: 'First attempt: 503 Service Unavailable, then the retries get 400 invalid_grant',
      },
    });
    expect(exchanges.map((x) => (x.outcome.kind === 'answered' ? x.outcome.status : 0))).toEqual([503, 400]);
  });

  it.each([
    ['a status in words', { tokenResponse: { status: '401 Unauthorized' } }, 401],
    ['no status', { tokenResponse: { body: '{"error":"invalid_client"}' } }, 0],
  ])('%s', (_name, value, status) => {
    expect(step(state(value), 'token')?.outcome).toMatchObject({ status });
  });

  it.each([
    ['a list', { config: [1] }],
    ['null for an object', { tokenRequest: null, config: 'x=1' }],
    ['a header of a wrong type', { apiRequest: { headers: { a: {} } } }],
    ['a status out of range', { apiResponse: { status: 1000 } }],
    ['a URL that is a number', { apiRequest: { url: 4 } }],
  ])('%s is told or read, never a crash', (_name, value) => {
    try {
      expect(state(value).said.length).toBeGreaterThanOrEqual(0);
    } catch (error) {
      expect(error).toHaveProperty('code', 'usage');
    }
  });

  it('a log among the settings is an answer where none is given by name', () => {
    const { exchanges } = state({
      config: { 'app.log': 'ERROR invalid_client (HTTP 401)', deep: { a: { b: [1] } } },
    });
    expect(exchanges[0]?.outcome).toMatchObject({ body: { value: { error: 'invalid_client' } } });
  });

  it.each([
    ['settings', { config: { client_id: 'a1b2c3', clientSecret: 'k3k4k5k6' } }, 'the settings in the paste'],
    [
      'code',
      { config: { script: 'client_id = "a1b2c3"; client_secret = "k3k4k5k6"' } },
      'the code in the paste',
    ],
    ['a header', { authorizationHeader: 'Basic YTFiMjpjM2Q0' }, 'the header in the paste'],
    [
      'the body',
      { tokenRequest: { url: 'https://x.example/token', body: 'client_id=a1&client_secret=b2c3' } },
      'the request in the paste',
    ],
  ])('the pair is found in %s', (_name, value, source) => {
    expect(state({ ...value, tokenResponse: { status: 401 } }).client?.source).toBe(source);
  });

  it('a line with only a path does not hide the request that is shown whole', () => {
    const { exchanges } = state({
      tokenRequest: { method: 'POST', url: '/oauth/token' },
      curl: 'curl -d grant_type=client_credentials https://id.example.com/oauth/token',
      tokenResponse: { status: 400, body: '{"error":"invalid_request"}' },
    });
    expect(exchanges).toHaveLength(1);
    expect(exchanges[0]?.request.url).toBe('https://id.example.com/oauth/token');
  });
});

describe('a call whose answer is only told', () => {
  const call = { apiRequest: { method: 'GET', url: '/api/v2/routing/queues' }, provider: 'Genesys Cloud' };

  it('takes the one status that the note names, in whatever language', () => {
    const { exchanges } = state({ ...call, note: 'I loggen står der bare `Genesys 403`' });
    expect(exchanges).toMatchObject([{ step: 'endpoint', outcome: { kind: 'answered', status: 403 } }]);
  });

  it.each([
    ['two of them', 'first 401, later 403'],
    ['a number of something else', 'see /v2/403 or port :401, 4030 rows, ids 401-x'],
  ])('takes none of %s', (_, note) => {
    const answered = state({ ...call, note }).exchanges.filter((x) => x.outcome.kind === 'answered');
    expect(answered).toEqual([]);
  });
});

describe('an answer alone, however it is spelt', () => {
  it.each([
    ['a form', 'error=invalid_grant&error_description=Code+expired'],
    [
      'a redirect with its state first',
      'https://app.example.com/cb?state=x&error=invalid_grant&error_description=Code+expired',
    ],
    ['a fragment', 'http://localhost/#error=invalid_grant&error_description=Code+expired'],
    [
      'a redirect as HTTP',
      'HTTP/1.1 302 Found\nLocation: https://app.example.com/cb?error=invalid_grant&error_description=Code+expired\nVary: Accept',
    ],
    [
      'XML over lines',
      '<?xml version="1.0"?>\n<OAuth>\n <error>invalid_grant</error>\n <error_description>Code expired</error_description>\n</OAuth>',
    ],
    ['lines of key and value', 'error: invalid_grant\nerror_description: Code expired'],
    ['columns', 'error\tinvalid_grant\nerror_description\tCode expired'],
    [
      "PHP's print_r",
      'stdClass Object\n(\n    [error] => invalid_grant\n    [error_description] => Code expired\n)',
    ],
    ['a challenge without its header', 'error="invalid_grant", error_description="Code expired"'],
  ])('%s', (_name, text) => {
    expect(step(read(text), 'token')?.outcome).toMatchObject({
      body: { value: { error: 'invalid_grant', error_description: 'Code expired' } },
    });
    expect(explainPaste(text).report.verdict.candidates[0]?.code).toBe('grant/code-invalid');
  });

  it('a token in a form is a token', () => {
    const issued = read('access_token=gho_k3TqZ0vYb7Lw1&scope=repo&token_type=bearer');
    expect(step(issued, 'token')?.outcome).toMatchObject({ token: { kind: 'opaque' } });
  });

  it.each([
    ['a request', 'grant_type=client_credentials&error=1'],
    ['a variable', 'error = "some text"'],
    ['a redirect with a code', 'HTTP/1.1 302 Found\nLocation: https://app.example.com/cb?code=x&state=y'],
  ])('%s is none', (_name, text) => {
    const bodies = read(text).exchanges.flatMap(({ outcome }) =>
      outcome.kind === 'answered' && outcome.body.kind === 'json' ? [outcome.body.value] : [],
    );
    expect(bodies).toEqual([]);
  });
});

describe('a free text', () => {
  it('keeps a command together while a quote is open', () => {
    const { exchanges } = read(
      "run it:\n$ curl -X POST https://id.example.com/token -d 'grant_type=client_credentials\n&scope=a'\nand see",
    );
    expect(exchanges[0]?.request).toMatchObject({ method: 'POST', url: 'https://id.example.com/token' });
  });

  it.each([
    ['a quote that closes nowhere', "curl https://id.example.com/token -d 'a=b\nmore\n\nend'"],
    ['an apostrophe', "curl https://id.example.com/token -d a=b it's\nmine"],
  ])('does not swallow what follows %s', (_name, text) => {
    expect(read(`${text}\n{"error":"invalid_grant"}`).exchanges[0]?.outcome).toMatchObject({
      body: { value: { error: 'invalid_grant' } },
    });
  });

  it('tells a token and a call apart in one recording', () => {
    const { exchanges } = read(
      'POST /token HTTP/1.1\nHost: id.example.com\n\ngrant_type=client_credentials\n\nHTTP/1.1 200 OK\n\n{"access_token":"abcdef","token_type":"Bearer"}\n\nGET /v1/things HTTP/1.1\nHost: api.example.com\n\nHTTP/1.1 404 Not Found\n\n',
    );
    expect(exchanges.map((x) => x.step)).toEqual(['token', 'endpoint']);
  });

  it.each([
    ['a token answer alone', '{"access_token":"abcdef","token_type":"Bearer","scope":"a"}', 'token'],
    ['a refusal of an API alone', '{"error":"invalid_token"}', 'endpoint'],
    ['a lone 404', 'HTTP/1.1 404 Not Found\n\nnothing here', 'endpoint'],
    [
      'a form in the URL',
      'GET https://id.example.com/token?grant_type=client_credentials returns 405',
      'token',
    ],
    ['an Entra code in a log', '2026-01-01 error AADSTS7000215: Invalid client secret provided.', 'token'],
  ])('%s', (_name, text, name) => {
    expect(step(read(text), name)).toBeDefined();
  });

  it('a second token is shown by words where the first answer was a refusal', () => {
    const { exchanges } = read(
      '{"error":"invalid_grant"}\n\ncurl -d grant_type=client_credentials https://id.example.com/token\n\ngets a token fine, but /api/v2/users throws a 403',
    );
    const tokens = exchanges.filter((x) => x.step.startsWith('token'));
    expect(tokens.map((x) => x.outcome.kind === 'answered' && x.outcome.token !== undefined)).toEqual([
      false,
      true,
    ]);
  });
});

describe('what is quoted', () => {
  const bodyOf = (note: string, name: 'token' | 'endpoint'): unknown => {
    const outcome = step(state({ note }), name)?.outcome;
    return outcome?.kind === 'answered' && outcome.body.kind === 'text' ? outcome.body.text : undefined;
  };

  it.each([
    ['between quotation marks', 'It says “This app is not allowed to do that” and stops.'],
    ['between backticks', 'It says `This app is not allowed to do that` and stops.'],
    ['behind >', 'It says\n\n> This app is not allowed to do that\n\nand stops'],
    ['behind Error:', 'Error: This app is not allowed to do that'],
  ])('of a refusal %s is an answer', (_where, note) => {
    expect(bodyOf(note, 'endpoint')).toBe('This app is not allowed to do that');
  });

  it('answers a token request where it speaks of one', () => {
    expect(bodyOf('We see "This client is not allowed to use the token endpoint".', 'token')).toBe(
      'This client is not allowed to use the token endpoint',
    );
  });

  it('is cut out of any text just where it stands', () => {
    const word = fc.constantFrom(
      '`',
      '"',
      '\n> ',
      'Error: ',
      'the token is not valid',
      'a\\"b',
      '\n',
      ' ',
      '“',
      '”',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 30 }), fc.nat(1000), (words, at) => {
        const text = words.join('');
        for (const quoted of quotedRefusals([{ text, at }]))
          expect(text.slice(quoted.at - at, quoted.at - at + quoted.text.length)).toBe(quoted.text);
      }),
    );
  });

  it.each([
    'My code is `const failed = run(); throw failed;`',
    'The button is called "Register a new application"',
    'It says "denied"',
  ])('is left alone where it refuses nothing: %s', (note) => {
    expect(bodyOf(note, 'endpoint') ?? bodyOf(note, 'token')).toBeUndefined();
  });
});

describe('a token request', () => {
  it('is read from JSON in a sentence, not from code', () => {
    const json = '{"client_id":"piwik","grant_type":"authorization_code"}';
    const told = 'the server says {"error":"invalid_request"}';
    expect(step(state({ note: `We post\n${json}\nand ${told}` }), 'token')?.request).toMatchObject({
      bodyForm: 'json',
      form: { grant_type: 'authorization_code' },
    });
    expect(step(state({ note: `data = ${json}, ${told}` }), 'token')?.request.bodyForm).toBeUndefined();
  });

  it("is read from a browser's list, whose form is not known", () => {
    const body = 'grant_type: password\nclient_id: "abc"\nscope: openid profile';
    const request = step(
      state({ tokenRequest: { url: 'https://id.example.com/token', body } }),
      'token',
    )?.request;
    expect(request?.form).toMatchObject({ grant_type: 'password', scope: 'openid profile' });
    expect(request?.bodyForm).toBeUndefined();
  });

  it('has the host of its Host header', () => {
    const headers = { Host: 'id.example.com' };
    expect(step(state({ tokenRequest: { url: '/oauth/token', headers } }), 'token')?.request.url).toBe(
      'https://id.example.com/oauth/token',
    );
  });

  it('has its pair before the host, as curl takes it', () => {
    const { url, defects } = curlCommand({ text: 'curl app:pw@localhost:8081/oauth/token', at: 0 });
    expect(url).toBe('http://app:pw@localhost:8081/oauth/token');
    expect(defects).toEqual([]);
  });
});
