/** What is shown of a request, in scripts, files and logs: how `explain` reads it, and what it makes of it. */
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';
import { causes, found, judged } from './judged.ts';

const REFUSED = '{"error":"invalid_client"}';

describe('a pair in the body of a command', () => {
  const sent = (option: string, secret: string): string =>
    `curl -s https://auth.example.com/oauth/token ${option} "grant_type=client_credentials" ` +
    `${option} "client_id=batch" ${option} "client_secret=${secret}"\n${REFUSED}`;

  it('is encoded once too often where curl encodes it again', () => {
    const paste = sent('--data-urlencode', 'aB3%2BxYz9%2Fq7Lm2Nn5Pp8Rr1Ss4Tt6Uu0Vv%3D');
    expect(causes(paste)[0]).toBe('credential/over-encoded');
    expect(found(paste)).not.toContain('credential/needs-form-encoding');
  });

  it.each([
    ['--data-urlencode', 'aB3+xYz9/q7Lm2Nn5Pp8Rr1Ss4Tt6Uu0Vv='],
    ['-d', 'aB3%2BxYz9%2Fq7Lm2Nn5Pp8Rr1Ss4Tt6Uu0Vv%3D'],
  ])('is as it should be with %s %s', (option, secret) => {
    expect(found(sent(option, secret)).filter((code) => code.startsWith('credential/'))).toEqual([]);
  });

  it('has a raw + that the server reads as a blank', () => {
    expect(found(sent('-d', 'aB3+xYz9/q7Lm2Nn5Pp8Rr1Ss4Tt6Uu0Vv='))).toContain(
      'credential/needs-form-encoding',
    );
  });

  it('comes from a file that is not shown', () => {
    const paste = `curl https://auth.example.com/oauth/token -d grant_type=client_credentials --data-urlencode client_secret@secret.txt\n${REFUSED}`;
    expect(found(paste)).not.toContain('credential/missing');
  });
});

describe('a log that is longer than what is read', () => {
  const line = (n: number): string =>
    `2026-06-01T02:00:00Z INFO worker polled queue ${n}, nothing owed, sleeping for sixty seconds\n`;
  const lines = Array.from({ length: 14_000 }, (_, n) => line(n)).join('');
  const failure = `2026-06-01T06:00:00Z ERROR token request failed\n${REFUSED}\n`;

  it('is read at its beginning and at its end, and the report says so', () => {
    const { verdict, notes = [] } = judged(`client for https://acme.eu.auth0.com starts\n${lines}${failure}`);
    expect(verdict.candidates[0]?.code).toBe('client/wrong-secret');
    expect(judged(`client for https://acme.eu.auth0.com starts\n${lines}${failure}`).provider).toBe('auth0');
    expect(notes.join()).toMatch(/only the first 499,\d{3} and the last 499,\d{3} characters were read/);
  });

  it('shows nothing of a key or a value in whose midst its end would begin', () => {
    const key = Array.from({ length: 80 }, (_, n) => `q/+${'aB3xYz9Lm2/+'.repeat(5)}${n % 10}\n`).join('');
    const after = `-----END PRIVATE KEY-----\n${lines.slice(0, 497_000)}`;
    const paste = `${lines}-----BEGIN PRIVATE KEY-----\n${key}${after}`;
    expect(JSON.stringify(explainPaste(paste)).includes('aB3xYz9Lm2')).toBe(false);
    const whole = `[${'{"client_secret":"qZ7-Xw9/kLm3.Vb5"},'.repeat(40_000)}{"error":"x"}]`;
    expect(JSON.stringify(explainPaste(whole)).includes('kLm3')).toBe(false);
  });

  it('is judged by its last failure, however many came before', () => {
    const before = Array.from(
      { length: 40 },
      (_, n) => `02:00:${n} HTTP 503 {"error":"temporarily_unavailable"}`,
    );
    expect(causes(`${before.join('\n')}\n${failure}`)[0]).toBe('client/wrong-secret');
    expect(
      causes(`02:00:01 ERROR token: invalid_scope\n${line(1)}02:00:09 ERROR token: invalid_client\n`)[0],
    ).toBe('client/wrong-secret');
  });
});

describe('a command that a script puts in', () => {
  const url = 'https://auth.example.com/oauth/token';
  it.each([
    [
      '$(…)',
      `TOKEN=$(curl -s -u "$ID:$SECRET" ${url} -d grant_type=client_credentials | jq -r .access_token)`,
    ],
    ['backticks', `TOKEN=\`curl -s -u "$ID:$SECRET" ${url} -d grant_type=client_credentials\``],
    [
      'quotes around it',
      `export TOKEN="$(curl -s -u "$ID:$SECRET" "${url}" -d "grant_type=client_credentials")"`,
    ],
    [
      'several lines',
      `TOKEN=$(curl -s -u "$ID:$SECRET" \\\n  -d grant_type=client_credentials \\\n  "${url}" | jq -r '.access_token')`,
    ],
  ])('is a token request with its pair: %s', (_name, command) => {
    const paste = `${command}\n${REFUSED}`;
    expect(explainPaste(paste).evidence.exchanges[0]).toMatchObject({
      step: 'token',
      request: { url, form: { grant_type: 'client_credentials' }, authorization: { kind: 'basic' } },
      outcome: { kind: 'answered' },
    });
    expect(found(paste)).not.toContain('credential/missing');
    expect(found(paste)).not.toContain('request/malformed-command');
  });

  it('goes before the call that uses its token', () => {
    const paste = `TOKEN=$(curl -s -u "$ID:$SECRET" ${url} -d grant_type=client_credentials | jq -r .token)\ncurl -i -H "Authorization: Bearer $TOKEN" https://api.example.com/v1/queues\n{"error":"invalid_token"}`;
    const steps = explainPaste(paste).evidence.exchanges.map(({ step, outcome }) => [step, outcome.kind]);
    expect(steps).toEqual([
      ['token', 'not-shown'],
      ['endpoint', 'answered'],
    ]);
  });
});

describe('a Basic value over two lines', () => {
  const value = Buffer.from(
    '3f2a1b4c-5d6e-4f70-8a91-b2c3d4e5f607:kQ8vN2mXw7RtZp4LsHy6BdJc9FgA3uEoTiVn5MxKq1w',
  ).toString('base64');
  const page =
    'HTTP/1.1 400 Bad Request\nContent-Type: text/html\n\n<html><head><title>400 Bad Request</title></head></html>\n';
  const wrappedAt = (column: number, prefix = ''): string =>
    `Authorization: Basic ${value.slice(0, column)}\n${prefix}${value.slice(column)}\n`;

  it.each([
    ['a header', `${wrappedAt(76)}\n${page}`],
    [
      'a request',
      `POST /oauth/token HTTP/1.1\nHost: auth.example.com\n${wrappedAt(64)}Content-Type: application/x-www-form-urlencoded\n\ngrant_type=client_credentials\n\n${page}`,
    ],
    ['curl -v', `> POST /oauth/token HTTP/1.1\n> Host: auth.example.com\n> ${wrappedAt(76, '> ')}>\n${page}`],
  ])('is the cause where base64 broke it: %s', (_name, paste) => {
    expect(causes(paste)[0]).toBe('header/bad-base64');
    expect(JSON.stringify(explainPaste(paste)).includes(value.slice(-20))).toBe(false);
  });

  it('is whole where a terminal broke it', () => {
    const paste = `${wrappedAt(59)}\n${page}`;
    expect(found(paste)).not.toContain('header/bad-base64');
    expect(JSON.stringify(explainPaste(paste)).includes(value.slice(-20))).toBe(false);
  });
});

describe('the answer of a proxy', () => {
  const asked =
    'curl -i https://auth.example.com/oauth/token -u "$ID:$SECRET" -d grant_type=client_credentials';
  it.each([
    [
      'squid',
      'HTTP/1.1 403 Forbidden\nServer: squid/4.10\nX-Squid-Error: ERR_ACCESS_DENIED 0\nContent-Type: text/html\n\n<html><head><title>ERROR: The requested URL could not be retrieved</title></head></html>',
    ],
    [
      'the foot of a page',
      'ERR_ACCESS_DENIED\nGenerated Mon, 01 Jun 2026 02:12:01 GMT by proxy01 (squid/4.10)',
    ],
    [
      'Blue Coat',
      'HTTP/1.1 403 Forbidden\nServer: BlueCoat-Security-Appliance\n\n<html><title>Access Denied</title></html>',
    ],
    ['Zscaler', 'HTTP/1.1 403 Forbidden\nServer: Zscaler/6.2\nContent-Type: text/html\n\n<html>Sorry</html>'],
    ['a log-in that it wants', 'HTTP/1.1 407 authenticationrequired\nProxy-Authenticate: NTLM\n\n'],
    [
      'CONNECT',
      '> CONNECT auth.example.com:443 HTTP/1.1\n> Host: auth.example.com:443\n>\n< HTTP/1.1 403 Forbidden\n<\n* CONNECT tunnel failed, response 403',
    ],
  ])('is no word of the server: %s', (_name, answer) => {
    expect(causes(`${asked}\n${answer}\n`)[0]).toBe('connection/tls-or-proxy');
  });

  it('that opened the way is no answer of the server', () => {
    const paste = `${asked}\nHTTP/1.1 407 Proxy Authentication Required\nProxy-Authenticate: NTLM\n\nHTTP/1.1 200 Connection established\n\nHTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n${REFUSED}`;
    expect(causes(paste)[0]).toBe('client/wrong-secret');
    const before = `> CONNECT auth.example.com:443 HTTP/1.1\n>\n< HTTP/1.1 407 Wanted\n<\n> CONNECT auth.example.com:443 HTTP/1.1\n>\n< HTTP/1.1 200 OK\n<\n> POST /oauth/token HTTP/1.1\n> Host: auth.example.com\n>\n< HTTP/1.1 401 Unauthorized\n<\n${REFUSED}`;
    expect(causes(before)[0]).toBe('client/wrong-secret');
    expect(found(before)).not.toContain('connection/tls-or-proxy');
  });
});

describe('lines of a log in pairs', () => {
  it.each([
    [
      'client/wrong-secret',
      'time=2026-06-01T02:14:09Z level=error msg="token request failed" code=invalid_client status=401',
    ],
    [
      'client/wrong-secret',
      'ts=2026-06-01T02:14:09Z level=error err="oauth2: \\"invalid_client\\" \\"Client authentication failed\\"" status=401',
    ],
    [
      'scope/not-allowed',
      'app-1  | level=error ts=2026-06-01T02:14:09Z msg="no token" error=invalid_scope error_description="Scope reports:all is not allowed"',
    ],
    [
      'endpoint/missing-scope',
      'level=warn ts=2026-06-01T02:14:09Z msg="call failed" method=GET url=https://api.example.com/v1/users status=403 error=insufficient_scope',
    ],
  ])('%s', (code, line) => {
    const paste = `level=info ts=2026-06-01T02:14:08Z msg="starting" build=17\n${line}\n`;
    expect(causes(paste)[0]).toBe(code);
    expect(explainPaste(paste).evidence.said.filter(({ where }) => where === 'code')).toEqual([]);
  });
});

describe('a host that a variable holds', () => {
  const url = 'https://login.mypurecloud.de/oauth/token';
  const curl = (host: string): string =>
    `curl -u "$ID:$SECRET" -d grant_type=client_credentials "https://login.${host}/oauth/token"`;
  const rest = (host: string): string =>
    `$r = Invoke-RestMethod -Method Post -Uri "https://login.${host}/oauth/token" -Headers $h -Body @{ grant_type = "client_credentials" }`;
  it.each([
    ['sh', `REGION=mypurecloud.de\n${curl('$REGION')}`],
    ['sh, in braces', `export REGION="mypurecloud.de"\n${curl('${REGION}')}`],
    ['PowerShell', `$region = "mypurecloud.de"\n${rest('$region')}`],
    ['PowerShell, of the environment', `$env:GC_REGION = "mypurecloud.de"\n${rest('$($env:GC_REGION)')}`],
    [
      'Python',
      `region = "mypurecloud.de"\nr = requests.post(f"https://login.{region}/oauth/token", data={"grant_type": "client_credentials"})`,
    ],
    [
      'JavaScript',
      `const region = 'mypurecloud.de';\nawait fetch('https://login.' + region + '/oauth/token', { method: 'POST', body: 'grant_type=client_credentials' });`,
    ],
  ])('is read where the paste sets it: %s', (_name, script) => {
    const { evidence } = explainPaste(`${script}\n${REFUSED}`);
    expect(evidence.exchanges[0]?.request.url).toBe(url);
    expect(evidence.provider).toBe('genesys-cloud');
  });

  it('is not there where the variable was empty', () => {
    const paste = `${rest('$env:GC_REGION')}\nInvoke-RestMethod: The remote name could not be resolved: 'login.'\n`;
    expect(causes(paste)[0]).toBe('request/wrong-region');
  });
});

describe('what programs print of an error', () => {
  it('holds the answer of axios in its fields', () => {
    const paste = `AxiosError: Request failed with status code 401 {\n  config: {\n    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },\n    url: 'https://auth.example.com/oauth/token',\n    data: 'grant_type=client_credentials'\n  },\n  response: {\n    status: 401,\n    data: { error: 'invalid_client', error_description: 'Invalid client secret' }\n  }\n}`;
    expect(explainPaste(paste).evidence.exchanges[0]).toMatchObject({
      step: 'token',
      outcome: {
        status: 401,
        body: { value: { error: 'invalid_client', error_description: 'Invalid client secret' } },
      },
    });
  });

  it('is an entry of a HAR file, with and without its braces', () => {
    const entry = {
      request: {
        method: 'POST',
        url: 'https://auth.example.com/oauth/token',
        headers: [{ name: 'Authorization', value: 'Bearer xxx' }],
        postData: { text: 'grant_type=client_credentials' },
      },
      response: { status: 401, content: { text: REFUSED } },
    };
    const text = JSON.stringify(entry);
    for (const paste of [text, `${text.slice(1, -1)},\n`])
      expect(causes(paste)[0]).toBe('header/wrong-scheme');
  });

  it('names a certificate as Rust does', () => {
    expect(
      causes(
        'Error: reqwest::Error { kind: Request, source: hyper::Error(Connect, Custom { kind: Other, error: InvalidCertificate(UnknownIssuer) }) }',
      )[0],
    ).toBe('connection/tls-or-proxy');
  });

  it('shows a mask for the pair of -u, which nothing else judges', () => {
    const paste = `+ curl -s -u *** https://auth.example.com/oauth/token -d grant_type=client_credentials\ncurl: (56) Received HTTP code 403 from proxy after CONNECT`;
    expect(found(paste)).not.toContain('header/bad-base64');
    expect(causes(paste)[0]).toBe('connection/tls-or-proxy');
  });

  it('names a namespace of .NET and not whose server it is', () => {
    const paste = `Invoke-RestMethod : ${REFUSED}\n    + FullyQualifiedErrorId : WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeRestMethodCommand`;
    expect(judged(paste).provider).toBe('generic');
  });

  it('is the JSON of a Secret as kubectl prints it', () => {
    const data = `"client-secret": "${Buffer.from('kQ8vN2mXw7RtZp4LsHy6\n').toString('base64')}"`;
    expect(found(`{\n    "data": {\n        ${data}\n    },\n    "kind": "Secret"\n}\n${REFUSED}`)).toContain(
      'credential/whitespace',
    );
  });
});
