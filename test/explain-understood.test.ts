/** What `explain` claims of a request: nothing that the answer refutes, and no absence where not all was understood. */
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';
import type { Finding } from '../src/core/index.ts';
import { causes, findings, found, judged } from './judged.ts';

const TOKEN_URL = 'https://login.acme.example/oauth2/token';
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** A token request as a statement, and its answer. */
const asked = (
  request: { url?: string; headers?: { [name: string]: string }; body: string },
  answer: { [name: string]: unknown },
  status = 400,
): unknown => ({
  tokenRequest: { method: 'POST', url: TOKEN_URL, headers: FORM_TYPE, ...request },
  tokenResponse: { status, body: JSON.stringify(answer) },
});

describe('an endpoint that takes no grant_type', () => {
  const body = 'client_id=demo-portal&scope=read&code=••••';
  const refused = { error: 'invalid_request' };

  it.each([
    'https://slack.com/api/oauth.v2.access',
    'https://github.com/login/oauth/access_token',
    'https://id.acme.example/oauth2/device',
    'https://login.acme.example/acme/oauth2/v2.0/devicecode',
    'https://acme.okta.com/oauth2/default/v1/device/authorize',
    'https://kc.acme.example/realms/acme/protocol/openid-connect/auth/device',
  ])('%s', (url) => {
    expect(findings(asked({ url, body }, refused)).filter((f) => f.certainty === 'proved')).toEqual([]);
  });

  it('is not every one', () => {
    expect(found(asked({ body }, refused))).toContain('request/missing-grant-type');
  });
});

describe('a body of JSON', () => {
  const body = JSON.stringify({
    client_id: 'demo-portal',
    client_secret: 'xxxxxxxx',
    grant_type: 'client_credentials',
    scope: 'orders:read',
  });
  const json = (answer: { [name: string]: unknown }, url = TOKEN_URL): string[] =>
    found(asked({ url, headers: JSON_TYPE, body }, answer));

  it.each([
    { error: 'unauthorized_client', error_description: "Grant type 'client_credentials' not allowed." },
    { error: 'unsupported_grant_type', error_description: 'Unsupported grant type: client_credentials' },
    { error: 'invalid_scope', error_description: 'The scope orders:read is not known' },
    { error: 'invalid_client', error_description: "Application with identifier 'demo-portal' not found" },
  ])('was read where the answer names what stands in it: %j', (answer) => {
    expect(json(answer)).not.toContain('request/json-body');
  });

  it.each([
    { error: 'unsupported_grant_type', error_description: "The grant type 'null' is not supported" },
    { error: 'invalid_request', error_description: "grant_type must be 'client_credentials'" },
    { error: 'invalid_client', error_description: "the parameter 'client_id' is missing" },
  ])('was not where it names what is missing: %j', (answer) => {
    expect(json(answer)).toContain('request/json-body');
  });

  it('is right where the server is documented to read it', () => {
    const refused = { error: 'access_denied', error_description: 'Unauthorized' };
    expect(json(refused, 'https://acme.us.auth0.com/oauth/token')).not.toContain('request/json-body');
    expect(json(refused, 'https://auth.atlassian.com/oauth/token')).not.toContain('request/json-body');
  });
});

describe('a refusal under the status of a success', () => {
  const slack = (error: string): unknown =>
    asked(
      {
        url: 'https://slack.com/api/oauth.v2.access',
        body: 'code=xxxx&client_id=xxxx&client_secret=xxxx&redirect_uri=https%3A%2F%2Fbot.acme.example%2Fcb',
      },
      { ok: false, error },
      200,
    );

  it.each([
    ['bad_redirect_uri', 'grant/redirect-uri-mismatch'],
    ['bad_client_secret', 'client/wrong-secret'],
  ])('%s of a token endpoint is read', (error, code) => {
    expect(causes(slack(error))[0]).toBe(code);
  });

  it('that a call gets lets nobody in', () => {
    const report = judged({
      provider: 'Slack',
      apiRequest: { method: 'GET', url: 'https://slack.com/api/users.list', headers: {} },
      apiResponse: { status: 200, body: '{"ok":false,"error":"token_expired"}' },
    });
    expect(report.verdict).toMatchObject({ kind: 'broken', rootCause: 'endpoint/token-expired' });
  });
});

describe('an answer of GraphQL, which is always 200', () => {
  const graph = (body: object): object => ({
    provider: 'GitHub',
    apiRequest: { method: 'POST', url: 'https://api.github.com/graphql', headers: {} },
    apiResponse: { status: 200, body: JSON.stringify(body) },
  });
  const errors = [{ type: 'FORBIDDEN', message: 'Resource protected by organization SAML enforcement.' }];

  it.each([{ errors }, { data: null, errors }, { data: { repository: null }, errors }])(
    'is a refusal where errors stand beside no data: %j',
    (body) => {
      expect(judged(graph(body)).verdict).toMatchObject({
        kind: 'broken',
        rootCause: 'endpoint/policy-denied',
      });
    },
  );

  it.each([
    { data: { viewer: { login: 'a' } }, errors },
    { entities: [{ id: 1 }], errors },
    { data: { viewer: null }, errors: [] },
  ])('is none where data came, or it is another API: %j', (body) => {
    expect(judged(graph(body)).verdict.kind).not.toBe('broken');
  });
});

describe('a record of curl', () => {
  const pair = { id: 'erp-sync', secret: 'kX8vP2nR5tW9yB3eH6mQkX8vP2nR5tW9yB3eH6mQkX8vP2nR5tW9yB3eH6mQ' };
  const value = Buffer.from(`${pair.id}:${pair.secret}`).toString('base64');
  const sent = `grant_type=client_credentials&client_id=${pair.id}&client_secret=${pair.secret}`;
  const refusal = '{"error":"invalid_request","error_description":"Client must use only one method"}';
  const verbose = (body: string): string =>
    [
      '> POST /oauth2/token HTTP/1.1',
      '> Host: login.acme.example',
      `> Authorization: Basic ${value}`,
      '> Content-Type: application/x-www-form-urlencoded',
      '>',
      body,
      '< HTTP/1.1 400 Bad Request',
      '< content-type: application/json',
      '<',
      refusal,
    ].join('\n');

  it('has its body behind a brace', () => {
    const paste = verbose(`} ${sent}`);
    expect(found(paste)).not.toContain('request/missing-grant-type');
    expect(causes(paste)[0]).toBe('header/duplicate-credentials');
  });

  /** `--trace-ascii`: lines of 64 bytes, and the offset of each. */
  const trace = (part: string, ...lines: string[]): string => {
    let at = 0;
    const shown = lines.flatMap((line) => {
      const pieces = line.match(/.{1,64}/g) ?? [''];
      const out = pieces.map((piece, i) => `${(at + 64 * i).toString(16).padStart(4, '0')}: ${piece}`);
      at += line.length + 2;
      return out;
    });
    return [`${part}, ${at} bytes (0x${at.toString(16)})`, ...shown].join('\n');
  };

  it('that breaks its lines is read whole, and shows no half of a secret', () => {
    const paste = [
      '== Info: Connected to login.acme.example (192.0.2.7) port 443 (#0)',
      trace(
        '=> Send header',
        'POST /oauth2/token HTTP/1.1',
        'Host: login.acme.example',
        `Authorization: Basic ${value}`,
        'Content-Type: application/x-www-form-urlencoded',
        '',
      ),
      trace('=> Send data', sent),
      trace('<= Recv header', 'HTTP/1.1 400 Bad Request'),
      trace('<= Recv header', ''),
      trace('<= Recv data', refusal),
    ].join('\n');
    expect(causes(paste)[0]).toBe('header/duplicate-credentials');
    expect(found(paste)).not.toContain('request/missing-grant-type');
    const shown = JSON.stringify(explainPaste(paste));
    for (const text of [pair.secret, value]) {
      for (let at = 0; at + 12 <= text.length; at += 4) expect(shown).not.toContain(text.slice(at, at + 12));
    }
  });
});

describe('a command whose quote never closes', () => {
  const command = [
    'curl -X POST https://login.acme.example/oauth2/token \\',
    "  -H 'Content-Type: application/x-www-form-urlencoded \\",
    "  -d 'grant_type=client_credentials&client_id=xxxx&client_secret=xxxx'",
  ].join('\n');

  it('has the Content-Type that was meant, and a line that goes on', () => {
    expect(found(command)).not.toContain('request/wrong-content-type');
    const [defect] = findings(command).filter(({ code }) => code === 'request/malformed-command');
    expect(defect?.cause).toContain('the quote that opens here is never closed');
    expect(defect?.cause).not.toContain('does not end in');
  });
});

describe('a token request of code', () => {
  const refused = { tokenResponse: { status: 401, body: '{"error":"invalid_client"}' } };
  const coded = (code: string, more: object = refused): unknown => ({ config: { code }, ...more });

  it.each([
    [
      'axios',
      `axios.post('${TOKEN_URL}', 'grant_type=client_credentials', { auth: { username: id, password: key } })`,
    ],
    [
      'C#',
      `var cred = Encode(id, key);\nhttp.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", cred);\n` +
        `http.PostAsync("${TOKEN_URL}", new FormUrlEncodedContent(new Dictionary<string,string>{{"grant_type","client_credentials"}}));`,
    ],
    [
      'a session',
      `session.post('${TOKEN_URL}', data={'grant_type': 'client_credentials'}, cert=certificate)`,
    ],
    ['headers', `requests.post('${TOKEN_URL}', headers=made, data={'grant_type': 'client_credentials'})`],
  ])('is not said to lack what was not understood: %s', (_, code) => {
    expect(found(coded(code))).not.toContain('credential/missing');
  });

  it('lacks what nothing in it speaks of', () => {
    const code = `requests.post('${TOKEN_URL}', headers={'Accept': 'application/json'}, data={'grant_type': 'client_credentials'})`;
    expect(found(coded(code))).toContain('credential/missing');
  });

  it('has no Basic header because a variable is called AUTH', () => {
    const code =
      `AUTH = BASE + "/auth?response_type=code"\nrequests.post("${TOKEN_URL}", data={"grant_type": ` +
      `"authorization_code", "code": code, "client_id": "portal", "client_secret": SECRET})`;
    const answer = {
      tokenResponse: {
        status: 400,
        body: '{"error":"invalid_grant","error_description":"Incorrect redirect_uri"}',
      },
    };
    expect(found(coded(code, answer))).not.toContain('header/duplicate-credentials');
  });

  it('has the scheme that it writes', () => {
    const code =
      `HttpRequest.newBuilder(URI.create("${TOKEN_URL}")).header("Authorization", "Token " + pair)` +
      `.POST(BodyPublishers.ofString("grant_type=client_credentials"))`;
    expect(causes(coded(code))[0]).toBe('header/wrong-scheme');
    expect(findings(coded(code)).find((f) => f.code === 'header/wrong-scheme')?.certainty).toBe('suspected');
  });

  it('writes base64 that it made before into the header, without a scheme', () => {
    const code =
      `var cred = Convert.ToBase64String(bytes);\nhttp.Headers.Add("Authorization", cred);\n` +
      `http.PostAsync("${TOKEN_URL}", new StringContent("grant_type=client_credentials"));`;
    expect(causes(coded(code))).toContain('header/missing-scheme');
  });
});

describe('a request whose headers are not shown', () => {
  const bare = (headers?: object): unknown => ({
    tokenRequest: { url: TOKEN_URL, body: 'grant_type=client_credentials', ...(headers && { headers }) },
    tokenResponse: { status: 400, body: '{"error":"invalid_client"}' },
  });

  it('may have had one, and one with others has none', () => {
    expect(found(bare())).not.toContain('credential/missing');
    expect(found(bare(FORM_TYPE))).toContain('credential/missing');
  });
});

describe('a mask in a header', () => {
  const sent = (Authorization: string, url = TOKEN_URL): unknown =>
    asked(
      { url, headers: { ...FORM_TYPE, Authorization }, body: 'grant_type=client_credentials' },
      { error: 'invalid_client' },
      401,
    );

  it.each(['Bearer <base64 of id:secret>', 'Bearer ****', 'Token xxxxxxxx'])(
    'leaves the scheme: %s',
    (header) => {
      expect(causes(sent(header))[0]).toBe('header/wrong-scheme');
    },
  );

  it.each(['Basic <base64 of id:secret>', '********', '{{authorization}}'])(
    'says nothing of %s',
    (header) => {
      expect(found(sent(header))).not.toContain('header/wrong-scheme');
    },
  );

  it('is said to stand behind the word Basic only where it does', () => {
    const shows = (header: string): string =>
      JSON.stringify(findings(sent(header)).find((f) => f.code === 'credential/placeholder')?.evidence);
    expect(shows('Basic ****')).toContain('behind the word Basic');
    expect(shows('****')).not.toContain('Basic');
  });

  it('of a call is none of the token request beside it', () => {
    const post =
      `curl -u "$ID:$SECRET" -d grant_type=client_credentials ${TOKEN_URL}\n{"error":"invalid_client"}\n\n` +
      `curl https://api.acme.example/v1/things -H "Authorization: Bearer <token>"\n{"message":"Unauthorized"}\n`;
    expect(found(post)).not.toContain('header/wrong-scheme');
  });
});

describe('a value that form-encoding changes', () => {
  const settings = { OAUTH_CLIENT_ID: 'erp-sync', OAUTH_CLIENT_SECRET: 'c5f2-11aa+Pq0vY7nXk3Lr9TbZ=' };
  const encoding = (more: object): Finding | undefined =>
    findings({ config: settings, ...more }).find((f) => f.code === 'credential/needs-form-encoding');

  it('may go into base64 as it is where only a setting is shown', () => {
    const finding = encoding({ note: 'It fails.', tokenResponse: { status: 400, body: '{"error":"x"}' } });
    expect(finding).toMatchObject({ certainty: 'suspected', severity: 'warning' });
    expect(finding?.cause).toContain('may have been put into base64');
  });

  it('goes there where a header is shown', () => {
    const pair = Buffer.from(`${settings.OAUTH_CLIENT_ID}:${settings.OAUTH_CLIENT_SECRET}`).toString(
      'base64',
    );
    const finding = encoding(
      asked(
        { headers: { ...FORM_TYPE, authorization: `Basic ${pair}` }, body: 'grant_type=client_credentials' },
        { error: 'invalid_client' },
      ) as object,
    );
    expect(finding?.certainty).toBe('proved');
  });
});

describe('an id of which a part is masked', () => {
  const command = (id: string): string =>
    `curl -u ${id}:xxxx -d grant_type=client_credentials https://login.mypurecloud.de/oauth/token\n` +
    '{"error":"invalid_client","description":"authentication failed"}';

  it('is judged by no form', () => {
    expect(found(command('11aa22bb-xxxx'))).not.toContain('credential/mangled');
    expect(found(command('11aa22bb-xxxx'))).toContain('credential/placeholder');
    expect(found(command('11aa22bb-0055'))).toContain('credential/mangled');
  });
});

describe('forms of code', () => {
  it('a grant in YAML without quotes is the one that was sent', () => {
    const playbook = `- uri:\n    url: ${TOKEN_URL}\n    force_basic_auth: yes\n    body_format: form-urlencoded\n    body:\n      grant_type: client-credentials`;
    const paste = {
      config: { 'job.yaml': playbook },
      note: 'fatal: FAILED! => {"status": 400, "msg": "Bad Request"}',
    };
    expect(causes(paste)).toContain('grant/wrong-type-sent');
  });

  it('jsonencode of Terraform sends JSON', () => {
    const code = `data "http" "t" {\n  url = "${TOKEN_URL}"\n  request_body = jsonencode({\n    grant_type = "client_credentials"\n  })\n}`;
    const answer = { tokenResponse: { status: 400, body: '{"error":"unsupported_grant_type"}' } };
    expect(found({ config: { code }, ...answer })).toContain('request/json-body');
  });
});
