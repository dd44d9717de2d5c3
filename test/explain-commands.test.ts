/** The commands that a report of a paste prints: each runs as it stands, or says what is to be put into it first. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';
import type { Finding, FixStep, Report } from '../src/core/index.ts';
import { judgeCase, loadCases } from './cases.ts';
import { runCli } from './cli-run.ts';

const findings = (report: Report): Finding[] => report.stages.flatMap((stage) => stage.findings);
const fixesOf = (paste: unknown): FixStep[] => findings(explainPaste(paste).report).flatMap(({ fix }) => fix);

/** What the steps tell to run of this program, in commands and in messages. */
const runsOf = (steps: readonly FixStep[]): string[] =>
  steps
    .flatMap(({ command = '', message = '' }) => [
      command,
      /^I will check it with: (.*)$/m.exec(message)?.[1] ?? '',
    ])
    .filter((command) => command.startsWith('why403 diagnose'));

const commandsOf = (paste: unknown): string[] => [...new Set(runsOf(fixesOf(paste)))];

/** Words of a command, as a shell reads those that this program writes. */
const wordsOf = (command: string): string[] =>
  [...command.replaceAll(`'\\''`, '\u0000').matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) =>
    word.replaceAll("'", '').replaceAll('\u0000', "'"),
  );

const OPEN = /\b(?:REGION|TOKEN_URL|API_URL|SCOPE)\b/g;

interface FieldCase {
  readonly id: string;
  readonly family: string;
  readonly statement: { readonly tokenRequest?: { readonly method?: string; readonly url?: string } };
}

const field = ['cases', 'again'].flatMap((name) =>
  readFileSync(new URL(`../fixtures/field/${name}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as FieldCase),
);

interface Told {
  readonly id: string;
  readonly report: Report;
}

const told: readonly Told[] = [
  ...field.map(({ id, statement }) => ({ id, report: explainPaste(statement).report })),
  ...loadCases().map((one) => ({ id: one.name, report: judgeCase(one) })),
];

describe('the commands of all reports that are known', () => {
  const steps = told.flatMap(({ id, report }) =>
    findings(report).flatMap(({ fix }) => fix.map((step) => ({ id, step }))),
  );

  it('are taken by the program itself, but for what is to be put into them', async () => {
    const commands = new Set(steps.flatMap(({ step }) => runsOf([step])));
    expect(commands.size).toBeGreaterThan(300);
    const refused: string[] = [];
    for (const command of commands) {
      if (command.match(OPEN)) continue;
      const offline = command.includes(' --offline') ? [] : ['--offline'];
      const [, ...words] = wordsOf(command);
      const env = {
        WHY403_CLIENT_ID: 'b7e3c1a0-55d1-4f0a-9a53-0f6f2f1f8c11',
        WHY403_CLIENT_SECRET: 'Wd5xPq8zKt2v',
      };
      const { exit, stderr } = await runCli([...words, ...offline], { env });
      if (exit === 2) refused.push(`${command}\n${stderr}`);
      // What is asked at the API by its path alone needs the API's host.
      if (
        /--provider generic/.test(command) &&
        /--endpoint '\w+ \//.test(command) &&
        !/--api-url/.test(command)
      )
        refused.push(command);
    }
    expect(refused).toEqual([]);
  }, 120_000);

  it('say of each word that stands for something what it is', () => {
    const silent = steps.filter(({ step: { command = '', action } }) =>
      (command.startsWith('why403 diagnose') ? (command.match(OPEN) ?? []) : []).some(
        (word) => !action.includes(`${word} is `),
      ),
    );
    expect(silent).toEqual([]);
    expect(steps.filter(({ step: { command = '' } }) => command.includes('…'))).toEqual([]);
  });

  it('ask where the paste shows that a token is asked for', () => {
    const homeless = field.flatMap(({ id, statement: { tokenRequest } }, i) => {
      const { url = '', method } = tokenRequest ?? {};
      if (method !== 'POST' || !/^https:\/\/[\w.-]+\/[\w./-]*token$/.test(url) || /xxx|your/.test(url))
        return [];
      const others = findings(told[i]!.report).filter(({ code }) => !code.startsWith('request/'));
      const runs = runsOf(others.flatMap(({ fix }) => fix));
      return runs.filter((command) => command.includes('TOKEN_URL')).map((command) => `${id}: ${command}`);
    });
    expect(homeless).toEqual([]);
  });
});

describe('reports of other providers', () => {
  it('name nothing of Genesys Cloud', () => {
    const ofGenesys =
      /genesys|purecloud|pure\.cloud|\bdivisions?\b|Admin > Integrations|\/api\/v2\/|Whoever edits the client/gi;
    const named = field.flatMap(({ id, family, statement }, i) => {
      const { report } = told[i]!;
      if (family === 'genesys' || report.provider === 'genesys-cloud') return [];
      const paste = JSON.stringify(statement).toLowerCase();
      const texts = [
        ...findings(report).flatMap(({ code, title, cause, fix, references }) => [
          // The word is a part of this code.
          code === 'endpoint/missing-division' ? '' : title,
          cause,
          JSON.stringify([fix, references]),
        ]),
        ...report.verdict.candidates.map(({ why, tell }) => `${why} ${tell}`),
        ...(report.notes ?? []),
      ];
      const words = texts.flatMap((text) =>
        [...text.matchAll(ofGenesys)].map(([word]) => word.toLowerCase()),
      );
      return words.filter((word) => !paste.includes(word)).map((word) => `${id}: ${word}`);
    });
    expect(named).toEqual([]);
  });

  it('take no endpoint of Genesys Cloud for the nearest of theirs', () => {
    const paste = {
      provider: 'Example',
      apiRequest: { method: 'GET', url: 'https://api.example.com/user' },
      apiResponse: { status: 404, body: '{"message":"Not Found"}' },
    };
    const { report } = explainPaste(paste);
    expect(report.verdict.rootCause).toBe('endpoint/not-found');
    expect(JSON.stringify(report)).not.toContain('/api/v2/');
    expect(commandsOf(paste).join('\n')).toContain("--endpoint 'GET https://api.example.com/user'");
  });
});

const REFUSED =
  '{"error":"invalid_client","description":"authentication failed","error_description":"authentication failed"}';
const genesys = (config: object, note = REFUSED) => ({ provider: 'Genesys Cloud', config, note });

describe('the region of a command', () => {
  it.each([
    [
      'a setting of Terraform',
      genesys({ 'main.tf': 'provider "genesyscloud" {\n  aws_region = "eu-central-1"\n}' }),
      'mypurecloud.de',
    ],
    [
      'an enumeration of an SDK',
      genesys({ code: 'configuration.host = PureCloudRegionHosts.eu_west_2.get_api_host()' }),
      'euw2.pure.cloud',
    ],
    [
      'a command in a file',
      genesys({ 'get.ps1': 'curl.exe "https://login.usw2.pure.cloud/oauth/token" -u "%ID%:%SECRET%"' }),
      'usw2.pure.cloud',
    ],
    [
      'a line of a log',
      genesys({}, "HTTPSConnectionPool(host='login.mypurecloud.com', port=443): CERTIFICATE_VERIFY_FAILED"),
      'mypurecloud.com',
    ],
  ])('is read from %s', (_, paste, domain) => {
    expect(commandsOf(paste).join('\n')).toContain(`--region ${domain}`);
  });

  it('is the one where the person signs in, not the one that was asked', () => {
    const paste = genesys({
      'main.tf': 'aws_region = "us-east-1"',
      'our org': 'https://apps.mypurecloud.de/directory',
    });
    const wrong = findings(explainPaste(paste).report).find(({ code }) => code === 'request/wrong-region');
    expect(runsOf(wrong?.fix ?? [])).toEqual(['why403 diagnose --region mypurecloud.de']);
  });

  it('is that of the call as well', () => {
    const commands = commandsOf({
      provider: 'Genesys Cloud',
      tokenRequest: { method: 'POST', url: 'https://login.mypurecloud.de/oauth/token' },
      apiRequest: { method: 'GET', url: 'https://api.mypurecloud.ie/api/v2/routing/queues?pageSize=1' },
      apiResponse: { status: 401, body: '{"code":"bad.credentials","status":401}' },
    });
    expect(commands).toContain(
      "why403 diagnose --region mypurecloud.de --endpoint 'GET /api/v2/routing/queues?pageSize=1'",
    );
  });

  it('is left open where nothing or more than one is named, and no scope is asked for', () => {
    expect(commandsOf(genesys({}))).toContain('why403 diagnose --region REGION');
    const two = genesys({ a: 'region = "us-east-1"', b: 'region = "eu-west-1"' });
    expect(commandsOf(two)).toContain('why403 diagnose --region REGION');
  });
});

const INVALID = { status: 400, body: '{"error":"invalid_client"}' };

describe('the token endpoint of a command', () => {
  it.each([
    [
      'a file of settings',
      { config: { 'appsettings.json': '{"TokenUrl": "https://identity.example.com/connect/token"}' } },
      '--token-url https://identity.example.com/connect/token',
    ],
    [
      'code',
      {
        config: {
          code: 'r = requests.post("https://acme.example.com/oauth_token.do", data={"grant_type": "client_credentials"})',
        },
      },
      '--token-url https://acme.example.com/oauth_token.do',
    ],
    [
      'an issuer',
      { config: { 'application.yml': 'issuer-uri: https://id.example.com/realms/a' } },
      '--issuer https://id.example.com/realms/a',
    ],
    [
      'a sentence',
      { note: 'I ask https://id.example.com/oauth2/token and get invalid_client' },
      '--token-url https://id.example.com/oauth2/token',
    ],
    [
      'a request, without what belongs into its body',
      {
        tokenRequest: {
          method: 'POST',
          url: 'https://id.example.com/token?grant_type=client_credentials&tenant=a',
        },
      },
      "--token-url 'https://id.example.com/token?tenant=a'",
    ],
  ])('is read from %s', (_, paste, flag) => {
    expect(commandsOf({ tokenResponse: INVALID, ...paste }).join('\n')).toContain(flag);
  });

  it.each([
    [
      'a page for people',
      { note: 'Please modify your scopes at https://github.com/settings/tokens. invalid_client' },
    ],
    ['documentation', { note: 'I read https://docs.example.com/api/token and get invalid_client' }],
    [
      'a masked tenant',
      { tokenRequest: { method: 'POST', url: 'https://login.example.com/xxxx-xxxx/oauth2/token' } },
    ],
    [
      'http to another machine, which takes no secret',
      { tokenRequest: { method: 'POST', url: 'http://id.example.com/token' } },
    ],
  ])('is not %s', (_, paste) => {
    const commands = commandsOf({ tokenResponse: INVALID, ...paste });
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) expect(command).toContain('--token-url TOKEN_URL');
  });

  it('stands in the other commands as well', () => {
    const steps = fixesOf({
      tokenRequest: {
        method: 'POST',
        url: 'https://id.example.com/token',
        headers: { 'content-type': 'application/json' },
        body: '{"grant_type":"client_credentials"}',
      },
      tokenResponse: { status: 400, body: '{"error":"unsupported_grant_type"}' },
    });
    const curl = steps.flatMap(({ command = '' }) => (command.startsWith('curl') ? [command] : []));
    expect(curl.join('\n')).toContain('https://id.example.com/token');
    expect(curl.join('\n')).not.toContain('$TOKEN_URL');
  });

  it('is not the one that is said to be wrong', () => {
    const found = findings(
      explainPaste({
        tokenRequest: {
          method: 'POST',
          url: 'https://id.example.com/oauth/token',
          body: 'grant_type=client_credentials',
        },
        tokenResponse: {
          status: 404,
          headers: { 'content-type': 'text/html' },
          body: '<html><title>404</title></html>',
        },
      }).report,
    ).find(({ code }) => code === 'request/wrong-endpoint');
    expect(runsOf(found?.fix ?? [])).toEqual(['why403 diagnose --provider generic --token-url TOKEN_URL']);
  });
});

describe('another grant than client credentials', () => {
  it.each([
    [
      'a code',
      'grant_type=authorization_code&code=xxxx',
      '{"error":"invalid_grant","error_description":"Code not valid"}',
    ],
    ['a refresh token', 'grant_type=refresh_token&refresh_token=xxxx', '{"error":"invalid_grant"}'],
    ['a password', 'grant_type=password&username=a&password=xxxx', '{"error":"invalid_client"}'],
    [
      'nothing but the words of the answer',
      undefined,
      '{"error":"invalid_grant","error_description":"code_verifier does not match code_challenge"}',
    ],
  ])('is not checked by a run that asks with these: %s', (_, body, answer) => {
    const steps = fixesOf({
      tokenRequest: {
        method: 'POST',
        url: 'https://id.example.com/token',
        ...(body !== undefined && { body }),
      },
      tokenResponse: { status: 400, body: answer },
    });
    expect(runsOf(steps)).toEqual([]);
    expect(steps.map(({ action }) => action).join('\n')).toContain(
      'Check again with the request of your own program',
    );
  });

  it('is where it was asked for by mistake', () => {
    const steps = fixesOf({
      tokenRequest: {
        method: 'POST',
        url: 'https://id.example.com/token',
        body: 'grant_type=client-credentials',
      },
      tokenResponse: { status: 400, body: '{"error":"unsupported_grant_type"}' },
    });
    expect(runsOf(steps).join('\n')).toContain(
      'why403 diagnose --provider generic --token-url https://id.example.com/token',
    );
  });

  it('is no matter where only the way to the server is in doubt', () => {
    const steps = fixesOf({
      note: 'POST https://id.example.com/token grant_type=refresh_token\nError: connect ECONNREFUSED https://id.example.com/token',
    });
    expect(runsOf(steps).join('\n')).toContain('--token-url https://id.example.com/token');
  });
});

describe('what else a command repeats of a paste', () => {
  const request = (body: string, headers = {}) => ({
    tokenRequest: { method: 'POST', url: 'https://id.example.com/token', headers, body },
    tokenResponse: INVALID,
  });

  it('is the way in which the pair was sent, and the scope', () => {
    const commands = commandsOf(
      request('grant_type=client_credentials&client_id=a&client_secret=b&scope=x.read'),
    );
    expect(commands.join('\n')).toContain('--client-auth post --scope x.read');
  });

  it('is the other way where that was refused', () => {
    const paste = {
      ...request('grant_type=client_credentials&client_id=a&client_secret=b'),
      tokenResponse: {
        status: 401,
        body: '{"error":"invalid_client","error_description":"client_secret_post is not allowed for this client, token_endpoint_auth_method mismatch"}',
      },
    };
    const found = findings(explainPaste(paste).report).find(
      ({ code }) => code === 'client/auth-method-mismatch',
    );
    const steps = found?.fix ?? [];
    expect(runsOf(steps).join('\n')).toContain('--client-auth basic');
  });
});

describe('a server that a log names', () => {
  it.each([
    [
      'FetchError: request to https://login.usw2.pure.cloud/oauth/token failed, reason: getaddrinfo EAI_AGAIN login.usw2.pure.cloud',
      'getent hosts login.usw2.pure.cloud',
    ],
    [
      "HTTPSConnectionPool(host='id.example.com', port=8443): Max retries exceeded: CERTIFICATE_VERIFY_FAILED",
      'openssl s_client -connect id.example.com:8443',
    ],
    ['java.net.UnknownHostException: id.example.com', 'getent hosts id.example.com'],
    [
      'Post "http://localhost:5556/dex/token": dial tcp [::1]:5556: connect: connection refused',
      'http://localhost:5556/',
    ],
  ])('stands in the commands: %s', (note, command) => {
    const commands = fixesOf({ note }).map((step) => step.command ?? '');
    expect(commands.join('\n')).toContain(command);
    expect(commands.join('\n')).not.toMatch(/HOST|the server/);
  });

  it('is said to be open where it is not named', () => {
    const steps = fixesOf({ note: 'Error: getaddrinfo ENOTFOUND' });
    const named = steps.find(({ command }) => command?.startsWith('getent'));
    expect(named).toMatchObject({ command: 'getent hosts HOST' });
    expect(named?.action).toContain('HOST is the server');
  });

  it('needs no firewall where nothing listens on this machine', () => {
    const steps = fixesOf({ note: 'connect ECONNREFUSED http://localhost:5556/token' });
    expect(steps.filter(({ who }) => who === 'admin')).toEqual([]);
  });

  it('is called so in the middle of a sentence', () => {
    const steps = fixesOf({
      provider: 'Okta',
      tokenResponse: { status: 500, body: '{"errorCode":"E0000009"}' },
    });
    expect(steps.map(({ action }) => action)).toContain('Mend the server. Look at the status page first.');
  });
});
