/** The pair of a client in files of settings: how `explain` reads it, and what it makes of it. */
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';
import { causes, found, judged } from './judged.ts';

const REFUSED = '{"error":"invalid_client"}';

describe('a pair in files of settings', () => {
  const id = '3f2a1b4c-5d6e-4f70-8a91-b2c3d4e5f607';
  const secret = 'kQ8vN2mXw7RtZp4LsHy6BdJc9FgA3uEoTiVn5MxKq1w';
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const secretOf = (data: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: oauth\ndata:\n${data}\n---\n${REFUSED}`;

  it.each([
    [
      'credential/mangled',
      'quotes in a list of compose',
      `  environment:\n    - CLIENT_ID=${id}\n    - CLIENT_SECRET="${secret}"\n`,
    ],
    [
      'credential/whitespace',
      'a blank in a quoted entry',
      `  environment:\n    - "CLIENT_ID=${id}"\n    - "CLIENT_SECRET=${secret} "\n`,
    ],
    [
      'credential/whitespace',
      'a block of YAML',
      `stringData:\n  client-id: ${id}\n  client-secret: |\n    ${secret}\nother: 1\n`,
    ],
    [
      'credential/whitespace',
      'a blank in quotes',
      `env:\n  - name: CLIENT_SECRET\n    value: "${secret} "\n`,
    ],
    ['credential/mangled', 'quotes of cmd.exe', `C:\\job> set CLIENT_SECRET="${secret}"\n`],
    [
      'credential/mangled',
      'docker run',
      `docker run --env-file .env acme/job\n$ cat .env\nCLIENT_SECRET="${secret}"\n`,
    ],
    [
      'credential/mangled',
      'properties',
      `spring.security.oauth2.client.registration.gc.client-secret="${secret}"\n`,
    ],
    ['credential/mangled', 'lines of Windows', `CLIENT_ID=${id}\r\nCLIENT_SECRET=${secret}\r\n\n`],
    ['credential/mangled', 'cat -A', `$ cat -A .env\nCLIENT_ID=${id}^M$\nCLIENT_SECRET=${secret}^M$\n`],
    [
      'credential/non-ascii',
      'cat -vet',
      `$ cat -vet .env\nCLIENT_ID=${id}$\nCLIENT_SECRET=${secret}M-BM- $\n`,
    ],
    ['credential/missing', 'nothing behind the sign', `CLIENT_ID=${id}\nCLIENT_SECRET=\n`],
    ['credential/missing', 'nothing between quotes', `client_id: ${id}\nclient_secret: ""\n`],
    [
      'credential/swapped',
      'the wrong way round',
      `GENESYS_CLOUD_REGION=mypurecloud.de\nGENESYSCLOUD_OAUTHCLIENT_ID=${secret}\nGENESYSCLOUD_OAUTHCLIENT_SECRET=${id}\n`,
    ],
  ])('%s: %s', (code, _name, file) => {
    const { verdict } = judged(`${file}\njob-1  | ${REFUSED}\n`);
    expect(verdict.candidates.slice(0, 2).map((one) => one.code)).toContain(code);
    expect(verdict.certainty).toBe('suspected');
  });

  it('is decoded where it stands in the data of a Secret of Kubernetes', () => {
    const broken = secretOf(`  client-id: ${base64(id)}\n  client-secret: ${base64(`${secret}\n`)}`);
    expect(causes(broken)[0]).toBe('credential/whitespace');
    expect(JSON.stringify(explainPaste(`${broken}\nno match for ${secret}`)).includes(secret)).toBe(false);
    const whole = secretOf(`  client-id: ${base64(id)}\n  client-secret: ${base64(secret)}`);
    expect(found(whole).filter((code) => code.startsWith('credential/'))).toEqual([]);
  });

  it.each([
    ['quotes that the format takes off', `CLIENT_ID=${id}\nCLIENT_SECRET="${secret}"\n`],
    ['quotes of a shell', `export CLIENT_SECRET='${secret}'\n`],
    ['quotes of YAML', `  client_secret: "${secret}" # of the job\n`],
    ['a value that is put in', '  environment:\n    - CLIENT_SECRET=${CLIENT_SECRET}\n'],
    ['the lines of a clipboard of Windows', `CLIENT_SECRET=${secret}\r\nstarted\r\n`],
    [
      'a key word of code',
      `session = OAuth2Session(\n    client_secret=client_secret,\n    client_id=client_id\n)\n`,
    ],
    ['one that is set further down', `CLIENT_SECRET=\nCLIENT_SECRET=${secret}\n`],
  ])('is as it should be: %s', (_name, file) => {
    const seen = found(`${file.endsWith('\r\n') ? `${file}${REFUSED}\r\n` : `${file}\n${REFUSED}\n`}`);
    expect(seen.filter((code) => code.startsWith('credential/'))).toEqual([]);
  });

  it('is what a command is filled with that names variables', () => {
    const paste = `CLIENT_ID=${id}\nCLIENT_SECRET="${secret} "\n\ncurl -u "$CLIENT_ID:$CLIENT_SECRET" -d grant_type=client_credentials https://auth.example.com/oauth/token\n${REFUSED}`;
    expect(causes(paste)[0]).toBe('credential/whitespace');
  });

  const google = '407408718192-k8v1m0r5t2n7c9x4.apps.googleusercontent.com';
  const issued = `GOCSPX-${'a1'.repeat(14)}`;

  it.each([
    [
      'credential/non-ascii',
      'JSON in one line',
      `{ "Xero": { "ClientId": "\u200b${id}", "ClientSecret": "***" } }`,
    ],
    ['credential/non-ascii', 'properties', `x.clientid=abc\nx.clientsecret=\u201c${secret}\u201d`],
    ['credential/swapped', 'a .env', `GOOGLE_CLIENT_ID=${issued}\nGOOGLE_CLIENT_SECRET=${google}\n`],
    [
      'credential/missing',
      'a variable of Terraform that nobody sets',
      `oauthclient_id     = "${id}"\noauthclient_secret = var.pw\n\nvariable "pw" {\n  type = string\n  default = ""\n}`,
    ],
  ])('%s: in a file that a statement gives as one value, %s', (code, _name, file) => {
    const { verdict } = explainPaste({
      config: { file },
      tokenResponse: { status: 401, body: REFUSED },
    }).report;
    expect(verdict.candidates.slice(0, 2).map((one) => one.code)).toContain(code);
    expect(verdict.certainty).toBe('suspected');
  });

  it('with the forms of two values that have changed places is wrong without an answer', () => {
    const { verdict } = judged(`GOOGLE_CLIENT_ID=${issued}\nGOOGLE_CLIENT_SECRET=${google}\n`);
    expect(verdict).toMatchObject({ kind: 'broken', rootCause: 'credential/swapped' });
    expect(judged(`GOOGLE_CLIENT_ID=${google}\nGOOGLE_CLIENT_SECRET=${issued}\n`).verdict.kind).not.toBe(
      'broken',
    );
  });

  it('is none in a template whose values are all empty', () => {
    expect(found('CLIENT_ID=\nCLIENT_SECRET=\n')).not.toContain('credential/missing');
  });

  it.each(['default = "x"', 'sensitive = true'])(
    'a variable of Terraform with %s may have a value',
    (line) => {
      const file = `oauthclient_secret = var.pw\nvariable "pw" {\n  ${line}\n}\nvariable "b" {\n  default = ""\n}`;
      expect(found(`${file}\n${REFUSED}`)).not.toContain('credential/missing');
    },
  );
});
