/** A hunt for secrets through every explanation of a paste: nothing that a person shows comes back. */
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { masked } from '../src/reading/mask.ts';
import { formats } from '../src/render/index.ts';
import { runCli } from './cli-run.ts';
import { leaks } from './leaks.ts';

const ID = '5b1c2f0e-93aa-4c59-8d1e-2f6f0a7c44d1';
const SECRET = 'qZ7-Xw9_kLm3Vb5Nc1Tj8Rf2Ys6Hd4Pg0Ka9Ue7Io5Wd';
const TOKEN = 'Uy2pLq8nRc5b-Jt7wZx3mKd9fUi4oPa6sDf8gHj0k';
const REFRESH = 'Rr3kTb7vWq1z_Nm5xCy9pLs2dGh6jFt4bVa8wEe0u';
const PASSWORD = 'Hn6yBs3rFj9cQk2';
const SHORT = 'Tr0ub4dor3';
const CODE = 'Cc9xVb2nMq7wErTy4uIo';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const ENTRA = 'Kd2' + '8Q~' + 'pX0aB3.E6gH9jK2m_5qR8tU1~X4zA7cD0f';
const GOOGLE = 'GOCSPX' + '-k3TqZ0vYb7Lw1';
const BASIC = base64(`${ID}:${SECRET}`);
const JWT = [{ alg: 'RS256' }, { iss: 'https://id.example', sub: ID, scope: 'read', exp: 1 }]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .concat('Sg5nAtUr3oFaTokenThatWasPasted_7xKq2mVb9')
  .join('.');
const URLS = 'https://login.mypurecloud.de/oauth/token';
const REFUSED = '{"error":"invalid_client","error_description":"authentication failed"}';

const needles = {
  'the secret': SECRET,
  'the pair': BASIC,
  'the second line of the pair': BASIC.slice(76),
  'the pair the wrong way round': base64(`${SECRET}:${ID}`),
  'a token': TOKEN,
  'a refresh token': REFRESH,
  'a password': PASSWORD,
  'a code': CODE,
  'a short secret': SHORT,
  'the tail of a secret of Entra': ENTRA.slice(6),
  'the same with its ~ encoded': ENTRA.slice(6).replaceAll('~', '%7E'),
  'the tail of a secret of Google': GOOGLE.slice(7),
  "a JWT's signature": JWT.split('.')[2] ?? '',
};

/** By the place where it stands. A new place is a new line. */
const PASTES: Readonly<Record<string, string>> = {
  'parameters of a token endpoint in settings': `{"TokenUrl": "https://id.example.com/oauth2/token?client_secret=${SECRET}&api_key=${TOKEN}"}\n${REFUSED}`,
  'user info of a token endpoint in settings': `token_uri: https://${ID}:${SHORT}@id.example.com/oauth2/token\n${REFUSED}`,
  'user info of an issuer': `issuer-uri: https://job:${PASSWORD}@id.example.com/realms/a\n${REFUSED}`,
  'user info of a server that does not answer': `FetchError: request to https://job:${PASSWORD}@id.example.com/token failed, reason: getaddrinfo ENOTFOUND id.example.com`,
  'user info of a proxy whose name does not resolve': `curl -x http://job:${PASSWORD}@outbound.example.com:3128 ${URLS} -d grant_type=client_credentials\ncurl: (5) Could not resolve proxy: job:${PASSWORD}@outbound.example.com`,
  'a secret in what a tool fills in': `POST /oauth/token HTTP/1.1\nHost: login.mypurecloud.de\nAuthorization: Basic {{ "${ID}:${SECRET}" | base64 }}\n\nHTTP/1.1 400 Bad Request\n\n${REFUSED}`,
  'a parameter of a call that is checked again': `GET https://api.example.com/v1/rows?access_token=${TOKEN}&code=${CODE} -> 403 {"error":"insufficient_scope"}`,
  'a secret that a server quotes back as the id': `AADSTS700016: Application with identifier '${ENTRA}' was not found in the directory 'acme'.`,
  'a secret of Entra in a body that is encoded twice': `grant_type%3Dclient_credentials%26client_secret%3D${ENTRA}`,
  'a secret of Entra after an escape of JSON': `"grant_type=client_credentials\\u0026client_secret\\u003d${ENTRA}"`,
  'a secret of Entra with its ~ encoded': `the value in the console is ${ENTRA.replaceAll('~', '%7E')}`,
  'a secret of Google after an escape': `client_secret%3D${GOOGLE}`,
  'a secret of Google in a sentence': `It says that the client ${GOOGLE} was not found`,
  'a secret of Entra in a sentence': `I pasted ${ENTRA}, and it fails with AADSTS7000215`,
  'a short secret that the server says again': `client_secret=${SHORT}\nHTTP/1.1 400 Bad Request\n{"error":"invalid_client","error_description":"authentication failed for ${SHORT}"}`,
  'a short secret of -u that a log says again': `curl -u ${ID}:${SHORT} ${URLS}\nerror: invalid_client (no match for '${SHORT}')`,
  'a short secret of a Basic header, said again': `Authorization: Basic ${base64(`${ID}:${SHORT}`)}\n{"error":"invalid_client","error_description":"bad secret ${SHORT}."}`,
  'a pair that was put into base64 twice': `Authorization: Basic ${base64(BASIC)}\n${REFUSED}`,
  'a short secret in an element': `<client_secret>${SHORT}</client_secret> -> 400 ${REFUSED}`,
  'a short secret as name and value': `{"name":"client_secret","value":"${SHORT}"} -> 400 ${REFUSED}`,
  'a short secret as key and value': `{"key":"client_secret","value":"${SHORT}"} -> 400 ${REFUSED}`,
  'a short secret in a Secret of Kubernetes, and said again as it is': `kind: Secret\ndata:\n  client-secret: ${base64(SHORT)}\n${REFUSED} for ${SHORT}`,
  'a short secret in what kubectl prints, and said again as it is': `{\n  "data": {\n    "client-secret": "${base64(SHORT)}"\n  },\n  "kind": "Secret"\n}\n${REFUSED} for ${SHORT}`,
  'a line of a log in pairs': `level=error ts=2026-06-01T02:14:09Z msg="no token" client_secret=${SECRET} token=${TOKEN} error=invalid_client`,
  'a URL that a variable is put into': `HOST=auth.example.com/x?client_secret=${SECRET}\nBASE=u:${PASSWORD}@auth.example.com\ncurl https://$HOST/oauth/token -d grant_type=client_credentials\ncurl https://$BASE/oauth/token`,
  'an entry of a HAR file': `"request":{"url":"${URLS}","headers":[{"name":"Authorization","value":"Basic ${BASIC}"}],"postData":{"text":"client_secret=${SECRET}"}},"response":{"status":401,"content":{"text":"{\\"access_token\\":\\"${TOKEN}\\"}"}}`,
  'what Node prints of an answer': `  response: {\n    status: 401,\n    data: { error: 'invalid_client', access_token: '${TOKEN}' }\n  }`,
  'a short secret in a block of YAML': `stringData:\n  client-secret: |\n    ${SHORT}\nother: 1\n${REFUSED}`,
  'a secret with odd signs in a file of settings': `CLIENT_SECRET=a;${SHORT}\n- CLIENT_SECRET=b)${SHORT}\nexport API_SECRET=c,${SHORT}\n${REFUSED}`,
  'a short secret as cat -A shows it': `$ cat -A .env\nCLIENT_SECRET=${SHORT}^M$\n${REFUSED}`,
  'a short secret set in PowerShell and cmd': `$env:CLIENT_SECRET = "${SHORT}"\nset CLIENT_SECRET="${SHORT}"\nsetx CLIENT_SECRET "${SHORT}"\n${REFUSED}`,
  'a short secret as name and value of a container': `env:\n  - name: CLIENT_SECRET\n    value: "${SHORT}"\n${REFUSED}`,
  'a short secret in JSON, and said again without its escapes': `{ "App": { "ClientId": "x", "ClientSecret": "\\u200b${SHORT}" } }\n${REFUSED} for ${SHORT}`,
  'a token in a form': `access_token=${TOKEN}&refresh_token=${REFRESH}&token_type=bearer`,
  'a code in a redirect': `https://app.example.com/cb?code=${CODE}&error=invalid_grant&error_description=Code+expired`,
  'curl -u': `curl -u '${ID}:${SECRET}' -d grant_type=client_credentials ${URLS}\n${REFUSED}`,
  'curl -u without quotes': `curl -u ${ID}:${SECRET} -d grant_type=client_credentials ${URLS}`,
  'curl -u with the halves swapped': `curl -u '${SECRET}:${ID}' -d grant_type=client_credentials ${URLS}`,
  'curl --user=': `curl --user=${ID}:${SECRET} ${URLS}`,
  'curl -u glued': `curl -u${ID}:${SECRET} ${URLS}`,
  'curl -d': `curl ${URLS} -d 'grant_type=client_credentials&client_id=${ID}&client_secret=${SECRET}'`,
  'curl --data-urlencode': `curl ${URLS} --data-urlencode 'client_secret=${SECRET}' --data-urlencode client_id=${ID}`,
  'curl -F': `curl ${URLS} -F client_secret=${SECRET}`,
  'curl with an unclosed quote': `curl ${URLS} -H 'Authorization: Basic ${BASIC} -d grant_type=client_credentials`,
  'curl over lines': `curl -X POST ${URLS} \\\n  -H "Authorization: Basic ${BASIC}" \\\n  -d "grant_type=client_credentials"`,
  'curl with an Authorization of nothing but the secret': `curl ${URLS} -H "Authorization: ${SECRET}"`,
  'curl -b': `curl https://api.mypurecloud.de/api/v2/users/me -b 'session=${TOKEN}'`,
  'curl --oauth2-bearer': `curl --oauth2-bearer ${TOKEN} https://api.mypurecloud.de/api/v2/users/me`,
  'a JSON body': `{"grant_type":"client_credentials","client_id":"${ID}","client_secret":"${SECRET}"}`,
  'a JSON body cut off': `{"grant_type":"client_credentials","client_secret":"${SECRET}","client_id":"5b1`,
  'a form body': `grant_type=client_credentials&client_id=${ID}&client_secret=${encodeURIComponent(SECRET)}`,
  'a header': `Authorization: Basic ${BASIC}`,
  'a header over two lines': `Authorization: Basic ${BASIC.slice(0, 76)}\n${BASIC.slice(76)}`,
  'a header over two lines of curl -v': `> POST /oauth/token HTTP/1.1\n> Authorization: Basic ${BASIC.slice(0, 59)}\n> ${BASIC.slice(59)}\n>\n< HTTP/1.1 400 Bad Request`,
  'a header without its scheme': `Authorization: ${BASIC}`,
  'a header twice encoded': `Authorization: Basic ${base64(BASIC)}`,
  'a header of a reversed pair': `Authorization: Basic ${base64(`${SECRET}:${ID}`)}`,
  'a wrapped header': `Authorization: Basic ${BASIC.slice(0, 64)}\n${BASIC.slice(64)}`,
  'a base64url header': `Authorization: Basic ${Buffer.from(`${ID}:${SECRET}`).toString('base64url')}`,
  'nothing but the header': `Basic ${BASIC}`,
  'nothing but base64': BASIC,
  'nothing but the secret': SECRET,
  'a bearer header': `GET /api/v2/users/me HTTP/1.1\nHost: api.mypurecloud.de\nAuthorization: Bearer ${TOKEN}\n\nHTTP/1.1 401 Unauthorized\n\n{"code":"bad.credentials"}`,
  'a JWT': `Authorization: Bearer ${JWT}\nHTTP/1.1 403 Forbidden`,
  'a token response': `{"access_token":"${TOKEN}","refresh_token":"${REFRESH}","token_type":"bearer","expires_in":86399}`,
  'a token response in prose': `I got access_token ${TOKEN} but then 403 Forbidden`,
  'a refresh': `curl ${URLS} -d 'grant_type=refresh_token&refresh_token=${REFRESH}'\n{"error":"invalid_grant"}`,
  'a code': `POST /oauth/token grant_type=authorization_code&code=${CODE}&redirect_uri=https://x.example/cb\n{"error":"invalid_grant"}`,
  'a password grant': `grant_type=password&username=me&password=${PASSWORD}`,
  'user info of a URL': `GET https://me:${PASSWORD}@api.mypurecloud.de/api/v2/users/me\nHTTP/1.1 403 Forbidden`,
  'user info before a host': `curl -d grant_type=client_credentials me:${PASSWORD}@localhost:8081/oauth/token\n400 Bad Request`,
  'user info before a host alone': `curl -d grant_type=client_credentials me:${PASSWORD}@localhost`,
  'user info before a host and a query': `curl me:${PASSWORD}@localhost:8081?grant_type=client_credentials`,
  "a browser's list of a form": `grant_type: client_credentials\nclient_id: ${ID}\nclient_secret: ${SECRET}`,
  'JSON in a sentence': `I post {"client_secret":"${SECRET}","grant_type":"client_credentials"} and get "This client is not allowed"`,
  'a quoted refusal': `The log says "The client secret ${SECRET} is not valid for this application".`,
  'a parameter of a URL': `GET https://api.mypurecloud.de/api/v2/users/me?access_token=${TOKEN}&api_key=${PASSWORD}\nHTTP/1.1 403 Forbidden`,
  'a fragment of a URL': `https://app.example/cb#access_token=${TOKEN}&token_type=bearer`,
  'a proxy in a log': `HTTPS_PROXY=http://me:${PASSWORD}@proxy.example:8080 curl ${URLS}`,
  'a cookie': `GET / HTTP/1.1\nCookie: session=${TOKEN}; x-api-key=${SECRET}\nX-Api-Key: ${SECRET}\n\nHTTP/1.1 403 Forbidden`,
  'a response header': `HTTP/1.1 403 Forbidden\nSet-Cookie: session=${TOKEN}\nX-Auth-Token: ${TOKEN}\n\n{}`,
  'an environment file': `GENESYSCLOUD_OAUTHCLIENT_ID=${ID}\nGENESYSCLOUD_OAUTHCLIENT_SECRET=${SECRET}\nexport CLIENT_SECRET="${SECRET}"`,
  'a YAML file': `oauth:\n  client_id: ${ID}\n  client_secret: "${SECRET}"\n  password: ${PASSWORD}\n`,
  'a TOML file': `[acme]\nclient_credentials_client_id = "${ID}"\nclient_credentials_client_secret = "${SECRET}"`,
  'an INI file without quotes': `clientId=${ID}\nclientSecret=${SECRET}`,
  Python: `client_id = '${ID}'\nclient_secret = '${SECRET}'\nr = requests.post('${URLS}', auth=(client_id, client_secret))`,
  'Python with the values in place': `requests.post("${URLS}", auth=("${ID}", "${SECRET}"), data={"grant_type": "client_credentials"})`,
  JavaScript: `client.loginClientCredentialsGrant('${ID}', '${SECRET}')`,
  'C#': `var accessTokenInfo = Configuration.Default.ApiClient.PostToken("${ID}", "${SECRET}");`,
  PowerShell: `$secret = "${SECRET}"\nInvoke-RestMethod -Uri ${URLS} -Headers @{ Authorization = "Basic ${BASIC}" }`,
  'a shell variable': `SECRET=${SECRET}\ncurl -u "$ID:$SECRET" ${URLS}`,
  'a HAR': JSON.stringify({
    log: {
      entries: [
        {
          request: {
            method: 'POST',
            url: URLS,
            headers: [{ name: 'Authorization', value: `Basic ${BASIC}` }],
            postData: { text: `client_secret=${SECRET}`, params: [{ name: 'client_secret', value: SECRET }] },
            cookies: [{ name: 'session', value: TOKEN }],
          },
          response: { status: 400, content: { text: REFUSED } },
        },
      ],
    },
  }),
  prose: `Hi, my client id is ${ID} and my client secret is ${SECRET}. I get invalid_client, why?`,
  'prose in other words': `secret: ${SECRET}\npassword = ${PASSWORD}\nThe API answers 403.`,
  'an answer that echoes': `{"error":"invalid_client","error_description":"bad secret ${SECRET} for ${ID}"}`,
  'a verbose curl': `> POST /oauth/token HTTP/2\n> Host: login.mypurecloud.de\n> authorization: Basic ${BASIC}\n>\n< HTTP/2 400\n${REFUSED}`,
  'a stack trace': `HTTPError: Response code 401\n  options: { headers: { authorization: 'Bearer ${TOKEN}' }, password: '${PASSWORD}' }`,
  'a markdown table': `| client_id | client_secret |\n|---|---|\n| ${ID} | ${SECRET} |\n\n${REFUSED}`,
  XML: `<oauth><clientId>${ID}</clientId><clientSecret>${SECRET}</clientSecret></oauth>`,
};

const STATEMENT = {
  provider: 'Genesys Cloud',
  curl: `curl -u ${ID}:${SECRET} ${URLS}`,
  authorizationHeader: `Basic ${BASIC}`,
  tokenRequest: {
    method: 'POST',
    url: `${URLS}?client_secret=${SECRET}`,
    headers: { Authorization: `Basic ${BASIC}`, Cookie: `s=${TOKEN}` },
    body: `client_secret=${SECRET}`,
  },
  tokenResponse: {
    status: 200,
    headers: { 'set-cookie': TOKEN },
    body: { access_token: TOKEN, refresh_token: REFRESH },
  },
  apiRequest: {
    method: 'GET',
    url: `https://me:${PASSWORD}@api.mypurecloud.de/api/v2/users/me?access_token=${TOKEN}`,
    headers: { authorization: `Bearer ${TOKEN}` },
    body: { password: PASSWORD },
  },
  apiResponse: { status: 403, headers: {}, body: { message: `no access for ${TOKEN}`, code: 'forbidden' } },
  config: {
    client_id: ID,
    client_secret: SECRET,
    nested: { password: PASSWORD },
    '.env': `CLIENT_ID=${SECRET}\nCLIENT_SECRET=${PASSWORD}`,
    anything: SECRET,
  },
  note: `my secret is ${SECRET}, code=${CODE}`,
};

const folder = mkdtempSync(join(tmpdir(), 'why403-pasted-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function hunt(argv: readonly string[], stdin: string): Promise<void> {
  const { exit, stdout, stderr } = await runCli(['explain', ...argv], { stdin, cwd: folder });
  expect([0, 1, 2, 3], stderr).toContain(exit);
  expect(leaks(stdout, needles), `stdout of explain ${argv.join(' ')}:\n${stdout}`).toEqual([]);
  expect(leaks(stderr, needles), `stderr of explain ${argv.join(' ')}:\n${stderr}`).toEqual([]);
}

describe.each(Object.entries(PASTES))('%s', (_, paste) => {
  it.each([...formats.keys()])('as %s', async (format) => {
    await hunt(['-', '-v', '--format', format], paste);
  });

  it('as the request that would have worked', async () => {
    for (const language of ['curl', 'python', 'powershell']) await hunt(['-', '--snippet', language], paste);
  });

  it('inside a post, on Windows, and as one line', async () => {
    await hunt(['-', '-v'], `Hello,\n\n> ${paste.replaceAll('\n', '\n> ')}\n\nThanks`);
    await hunt(['-', '--json'], paste.replaceAll('\n', '\r\n'));
    await hunt(['-', '--json'], paste.replace(/\s*\n\s*/g, ' '));
    await hunt(['-', '--short'], `\`\`\`\n${paste}\n\`\`\``);
  });
});

it.each([...formats.keys()])('a statement, as %s', async (format) => {
  writeFileSync(join(folder, 'statement.json'), JSON.stringify(STATEMENT));
  await hunt(['--from', 'statement.json', '-v', '--format', format], '');
});

describe('a secret’s first letter', () => {
  // Python's prefixes of a string (b"…", f"…") are none of the value; without a quote they are its beginning.
  it.each(['b', 'f', 'r', 'u', 'B'])('%s is masked with the rest', (letter) => {
    const secret = `${letter}${SECRET}`;
    for (const text of [
      `client_secret=${secret}`,
      `CLIENT_SECRET: ${secret}`,
      `client_secret = b"${secret}"`,
    ]) {
      const hidden = masked(text);
      expect(hidden).toHaveLength(text.length);
      expect(hidden).not.toContain(`${letter}•`);
      expect(hidden).not.toContain(SECRET.slice(0, 4));
    }
  });
});
