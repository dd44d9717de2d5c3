import { readFileSync, existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainPaste, pasteProfiles } from '../src/app/explain-paste.ts';
import { Failure, type Evidence } from '../src/core/index.ts';
import { answerText, statusIn } from '../src/reading/answer-text.ts';
import { curlCommand } from '../src/reading/curl.ts';
import { errorCodeIn } from '../src/reading/error-words.ts';
import { LONGEST, readPaste, readStatement } from '../src/reading/index.ts';
import { looseJson } from '../src/reading/loose-json.ts';
import { masked } from '../src/reading/mask.ts';

const read = (text: string): Evidence => readPaste(text, pasteProfiles);
const state = (value: unknown): Evidence => readStatement(value, pasteProfiles);
const fieldsOf = (text: string): unknown => {
  const { body } = answerText(text);
  return body.kind === 'json' ? body.value : body.kind;
};

describe('error bodies in every spelling', () => {
  const same = { error: 'invalid_grant', error_description: 'Code expired' };
  it.each([
    ['JSON', '{"error":"invalid_grant","error_description":"Code expired"}'],
    ['a Python repr', "{'error': 'invalid_grant', 'error_description': 'Code expired'}"],
    ['Python bytes', 'b\'{"error":"invalid_grant","error_description":"Code expired"}\''],
    ['a JavaScript object', "{\n  error: 'invalid_grant',\n  error_description: 'Code expired'\n}"],
    ['typographic quotes', '{“error”:“invalid_grant”,“error_description”:“Code expired”}'],
    ['a cut-off body', '{"error":"invalid_grant","error_description":"Code expired'],
    ['a redirect', 'http://localhost/#error=invalid_grant&error_description=Code+expired'],
    ['prose in brackets', 'oauth2: cannot fetch token: invalid_grant (Code expired)'],
    ['prose with a colon', 'Login failed\ninvalid_grant: Code expired'],
    ['lines', "error: 'invalid_grant',\n  error_description: 'Code expired'\n statusCode: 400"],
  ])('%s', (_name, text) => {
    expect(fieldsOf(text)).toMatchObject(same);
  });

  it('gives the RFC name to a code that another field holds', () => {
    expect(
      fieldsOf("{ TokenError: Bad.\n  name: 'TokenError',\n  message: 'Bad.',\n  code: 'invalid_grant' }"),
    ).toMatchObject({
      error: 'invalid_grant',
      error_description: 'Bad.',
    });
  });

  it('knows XML from HTML', () => {
    expect(fieldsOf('<error><code>invalid_client</code><message>no</message></error>')).toMatchObject({
      error: 'invalid_client',
    });
    expect(answerText('<!DOCTYPE html><html><body>Forbidden</body></html>').body.kind).toBe('html');
  });

  it.each([
    ['HTTP/1.1 403 Forbidden', 403],
    ['<Response [400]>', 400],
    ['failed with status code 401', 401],
    ['returns 429 Too Many Requests', 429],
    ['took 404 ms on port 8443', 0],
    ['user 500 of 600', 0],
  ])('status of %s', (text, status) => {
    expect(statusIn(text)).toBe(status);
  });

  it.each([
    ['invalid_cope from AWS', 'invalid_scope'],
    ['InvalidClient', 'invalid_client'],
    ['Error: Invalid client', 'invalid_client'],
    ['the client id is fine', undefined],
    ['invalid client secret', undefined],
  ])('error code in %s', (text, code) => {
    expect(errorCodeIn(text)?.code).toBe(code);
  });
});

describe('curl commands', () => {
  const of = (text: string) => curlCommand({ text, at: 0 });

  it('reads bash, PowerShell and cmd continuations alike', () => {
    for (const end of ['\\', '`', '^']) {
      const command = of(
        `curl -X POST "https://login.example.com/oauth/token" ${end}\n  -u "id:secret" ${end}\n  -d "grant_type=client_credentials"`,
      );
      expect(command).toMatchObject({
        method: 'POST',
        url: 'https://login.example.com/oauth/token',
        user: 'id:secret',
        body: 'grant_type=client_credentials',
      });
      expect(command.defects).toEqual([]);
    }
  });

  it('reads long, joined and bundled options', () => {
    expect(
      of('curl --request=POST --url https://x.example/token --data-urlencode a=b -H"X: 1" -vu a:b'),
    ).toMatchObject({
      method: 'POST',
      url: 'https://x.example/token',
      user: 'a:b',
      body: 'a=b',
      headers: { x: '1' },
    });
    expect(of('curl --json \'{"a":1}\' https://x.example/token')).toMatchObject({
      json: true,
      method: 'POST',
    });
  });

  it.each([
    ['missing-quote', 'curl -X POST "https://x.example/token\n-d "a=b"'],
    ['typographic-quotes', 'curl -d “a=b” https://x.example/token'],
    ['typographic-dash', 'curl –data a=b https://x.example/token'],
    ['missing-continuation', 'curl https://x.example/token\n-d a=b'],
    ['broken-continuation', 'curl https://x.example/token \\ \n-d a=b'],
    ['newline-in-quotes', "curl -u a:b 'https://x.example/token\na=b&c=d'"],
    ['unquoted-ampersand', 'curl https://x.example/token -d a=b&c=d'],
  ])('names the defect %s and where it is', (slug, text) => {
    const defect = of(text).defects.find((d) => d.slug === slug);
    expect(defect).toBeDefined();
    expect(text.slice(defect?.from, defect?.to).length).toBeGreaterThan(0);
  });

  it('points at the very characters in the masked paste', () => {
    const text = 'I run this:\n\ncurl -X POST “https://login.example.com/oauth/token”\n';
    const evidence = read(text);
    const defect = evidence.said.find((s) => s.key === 'defect');
    expect(evidence.paste?.slice(defect?.source?.from, defect?.source?.to)).toBe(
      '“https://login.example.com/oauth/token”',
    );
  });
});

describe('masks', () => {
  it.each([
    ['Authorization: Basic YWxpY2U6aHVudGVyMg==', 'YWxpY2U6aHVudGVyMg=='],
    ['curl -u alice:hunter2 https://x.example', 'hunter2'],
    ['client_secret=hunter2&grant_type=x', 'hunter2'],
    ['{"client_secret": "hunter2"}', 'hunter2'],
    ["auth=('alice', 'hunter2')", 'hunter2'],
    ['"access_token":"abc.def.ghi"', 'abc.def.ghi'],
    ['https://alice:hunter2@x.example/', 'hunter2'],
    ['Bearer eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln', 'eyJhIjoxfQ'],
    ["clientSecret: 'hunter2'", 'hunter2'],
    ['MY_APP_PASSWORD="hunter2"', 'hunter2'],
    ['code=4/0AX4XfWhabcdefgh1234', '4/0AX4XfWhabcdefgh1234'],
    ['the value kJqtZmWvRbNcXyPdLsGhFaTeUoBi7QwM', 'kJqtZmWvRbNcXyPdLsGhFaTeUoBi7QwM'],
  ])('hides the secret of %s, one for one', (text, secret) => {
    const hidden = masked(text);
    expect(hidden).toHaveLength(text.length);
    expect(hidden).not.toContain(secret);
    expect(hidden.indexOf('•')).toBeGreaterThanOrEqual(0);
  });

  it.each([
    'Authorization: Basic <base64(client_id:client_secret)>',
    'client_secret=YOUR_CLIENT_SECRET',
    'Authorization: Bearer undefined',
    '{"code":"invalid_grant","message":"Invalid authorization code."}',
    'Basic authentication failed; the token expired',
    'client_id=7de3af06-c0b3-4f9b-af45-72f4a1403797',
    'client_id=Your Client ID',
    'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
  ])('leaves %s as it is', (text) => {
    expect(masked(text)).toBe(text);
  });

  it('shows the colon of a pair that nobody encoded, and neither half', () => {
    expect(masked('h["Authorization"] = "Basic shop17:Kq7-x9Zt"')).toBe(
      'h["Authorization"] = "Basic ••••••:••••••••"',
    );
  });

  it('keeps no secret of a paste in the evidence', () => {
    const secret = fc
      .stringMatching(/^[A-Za-z0-9]{16,40}$/)
      .filter((s) => /\d/.test(s) && /[a-z]/.test(s) && /[A-Z]/.test(s));
    fc.assert(
      fc.property(secret, (value) => {
        const b64 = btoa(`7de3af06-c0b3-4f9b-af45-72f4a1403797:${value}`);
        const pastes: unknown[] = [
          `curl -u id:${value} -d grant_type=client_credentials https://login.mypurecloud.com/oauth/token`,
          `Authorization: Basic ${b64}`,
          {
            authorizationHeader: `Basic ${b64}`,
            tokenResponse: { status: 400, body: '{"error":"invalid_client"}' },
          },
          {
            tokenRequest: { url: 'https://x.example/token', body: { client_secret: value } },
            config: { clientSecret: value },
          },
          {
            tokenResponse: { status: 200, body: { access_token: value } },
            config: { code: `client_secret = "${value}"` },
          },
          {
            apiRequest: {
              url: `https://x.example/api?access_token=${value}`,
              headers: { Authorization: `Bearer ${value}` },
            },
          },
        ];
        for (const paste of pastes) {
          const explained = JSON.stringify(explainPaste(paste));
          expect(explained).not.toContain(value);
          expect(explained).not.toContain(b64);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('statements', () => {
  it.each([
    [{ tokenResponse: 5 }, 'tokenResponse'],
    [{ tokenResponse: { status: 'many' } }, 'tokenResponse.status'],
    [{ tokenRequest: { headers: [] } }, 'tokenRequest.headers'],
    [{ curl: ['a'] }, 'curl'],
    [{ config: 7 }, 'config'],
  ])('names the field of a wrong type: %j', (value, field) => {
    expect(() => state(value)).toThrow(Failure);
    expect(() => state(value)).toThrow(field);
  });

  it.each(['', '  \n ', '\u0000\u0001binary'])('refuses %j', (text) => {
    expect(() => read(text)).toThrow(Failure);
  });

  it('says that nothing is shown', () => {
    expect(() => state({})).toThrow(/shows nothing/);
    expect(() => state({ provider: ' ' })).toThrow(/shows nothing/);
    expect(state({ provider: 'Example' }).paste).toBe('');
  });

  it('takes headers in any case and a body as JSON or text', () => {
    const evidence = state({
      tokenRequest: {
        method: 'post',
        url: 'https://x.example/token',
        headers: { AUTHORIZATION: 'Bearer x', 'Content-TYPE': 'text/plain' },
        body: { grant_type: 'client_credentials' },
      },
      tokenResponse: { status: 400, body: { error: 'invalid_client' } },
    });
    expect(evidence.exchanges[0]).toMatchObject({
      step: 'token',
      request: {
        method: 'POST',
        contentType: 'text/plain',
        bodyForm: 'json',
        form: { grant_type: 'client_credentials' },
      },
      outcome: { kind: 'answered', status: 400, body: { kind: 'json', value: { error: 'invalid_client' } } },
    });
  });

  it('reads what libraries say when nobody answered', () => {
    const why = (body: string) => {
      const outcome = state({ tokenResponse: { body } }).exchanges[0]?.outcome;
      return outcome?.kind === 'unanswered' ? outcome.why : outcome?.kind;
    };
    expect(why('Post "https://x.example/token": x509: certificate signed by unknown authority')).toBe('tls');
    expect(why('Error: getaddrinfo ENOTFOUND login.example.com')).toBe('name-resolution');
    expect(why('java.net.SocketTimeoutException: Read timed out')).toBe('time-out');
    expect(why('connect ECONNREFUSED 127.0.0.1:8080')).toBe('refused');
    expect(why('tunneling socket could not be established')).toBe('proxy');
  });

  it('reads curl -v', () => {
    const evidence = read(
      '> POST /oauth/token HTTP/1.1\n> Host: login.mypurecloud.de\n> Content-Type: application/x-www-form-urlencoded\n>\n< HTTP/1.1 400 Bad Request\n< Content-Type: application/json\n<\n{"error":"invalid_client","description":"authentication failed","error_description":"authentication failed"}',
    );
    expect(evidence.provider).toBe('genesys-cloud');
    expect(evidence.exchanges[0]).toMatchObject({
      request: { url: 'https://login.mypurecloud.de/oauth/token' },
      outcome: { status: 400, body: { value: { error: 'invalid_client' } } },
    });
  });
});

describe('whose server it is', () => {
  it.each([
    ['AADSTS7000222: The provided client secret keys are expired.', 'entra-id'],
    ['POST https://example.eu.auth0.com/oauth/token gives {"error":"access_denied"}', 'auth0'],
    ['unauthorized_client (Client not enabled to retrieve service account)', 'keycloak'],
    ['https://api.mypurecloud.ie/api/v2/users/me gives 400', 'genesys-cloud'],
    ['{"error":"invalid_client"}', 'generic'],
  ])('%s', (text, provider) => {
    expect(read(text).provider).toBe(provider);
  });
});

describe('anything at all', () => {
  const seeds = [
    'curl -X POST “https://login.example.com/oauth/token -d “grant_type=client_credentials”',
    '{"error":"invalid_grant","error_description":"Code \\u0041 \'expired"}',
    "AADSTS700016: Application with identifier 'x' was not found in the directory",
    'requests.post("https://x.example/token", auth=(\'id\', \'pw\'), json={"grant_type": "client_credentials"})',
    'HTTP/1.1 403 Forbidden\nwww-authenticate: Bearer error="insufficient_scope"\n\n{"error": [1, {"code": null}',
  ];

  it('is read without a crash', () => {
    const paste = fc.oneof(
      fc.string({ maxLength: 400, unit: 'grapheme' }),
      fc
        .tuple(
          fc.constantFrom(...seeds),
          fc.nat(200),
          fc.string({ maxLength: 20 }),
          fc.constantFrom(...seeds),
        )
        .map(([a, at, noise, b]) => a.slice(0, at) + noise + b.slice(at % 37)),
    );
    fc.assert(
      fc.property(paste, (text) => {
        try {
          const { report } = explainPaste(text);
          expect(report.stages).toHaveLength(8);
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is read as JSON without a crash, and no further than it goes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const found = looseJson(`{${text}`);
        if (found) expect(found.end).toBeLessThanOrEqual(text.length + 1);
      }),
      { examples: [['"\\'], ['a:"\\']] },
    );
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value: unknown = JSON.parse(text);
        if (value !== null && typeof value === 'object') expect(looseJson(text)?.cut).toBe(false);
      }),
    );
  });

  it('is read up to a megabyte, and says so', () => {
    const evidence = read(`invalid_client\n${'x '.repeat(LONGEST)}`);
    expect(evidence.paste).toHaveLength(LONGEST);
    expect(evidence.said.some((s) => s.key === 'reading')).toBe(true);
  });
});

const DEV = new URL('../../shared/cases/dev.jsonl', import.meta.url);

describe.skipIf(!existsSync(DEV))('real cases', () => {
  interface Line {
    readonly id: string;
    readonly genuine: boolean;
    readonly statement: unknown;
    readonly expected: { readonly rootCause: string; readonly solvable: boolean };
  }
  const lines = existsSync(DEV)
    ? readFileSync(DEV, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Line)
    : [];

  it('no wrong cause is called proved', () => {
    const wrong = lines.filter((line) => {
      try {
        const { verdict } = explainPaste(line.statement).report;
        return verdict.certainty === 'proved' && verdict.rootCause !== line.expected.rootCause;
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
        return false;
      }
    });
    expect(wrong.map((line) => line.id)).toEqual([]);
  });
});
