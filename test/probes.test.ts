/** What is asked beside the climb to tell causes apart: probes, a second client; and what is never asked. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clientShape, type Evidence, type ProbeRow, type Report } from '../src/core/index.ts';
import { probePlan } from '../src/diagnose/index.ts';
import { generic } from '../src/providers/generic.ts';
import { genesysCloud } from '../src/providers/genesys-cloud.ts';
import type { GenesysOrg, Org, ThreadOrg } from '../src/sandbox/org.ts';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import { SECRET, startCertifiedServer, type CertifiedServer } from './certified-server.ts';
import { runCli, type Ran } from './cli-run.ts';
import { json, sceneOf, tokenExchange } from './scenes.ts';

const folder = mkdtempSync(join(tmpdir(), 'why403-probes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
});

async function serve(org: Org, scenario?: string): Promise<Sandbox> {
  const sandbox = await startSandbox({ org, ...(scenario !== undefined && { scenario }) });
  open.push(sandbox);
  return sandbox;
}

const genesys = (): GenesysOrg => builtInOrg('genesys') as GenesysOrg;
const thread = (): ThreadOrg => builtInOrg('thread') as ThreadOrg;

/** The client that may read the others. */
function reader(org: GenesysOrg): { id: string; secret: string } {
  return org.clients.find((c) => c.name === 'integration-admin')!;
}

function secondFlags(second: { id: string; secret: string }): string[] {
  const file = join(folder, 'second-secret');
  writeFileSync(file, `${second.secret}\n`, { mode: 0o600 });
  return ['--second-client-id', second.id, '--second-client-secret-file', file];
}

async function diagnose(sandbox: Sandbox, ...flags: string[]): Promise<Ran & { report: Report }> {
  const endpoints = sandbox.endpoints.flatMap((endpoint) => ['--endpoint', endpoint]);
  const ran = await runCli(['diagnose', '--json', ...endpoints, ...flags], { env: sandbox.env });
  for (const client of sandbox.org.clients) expect(ran.stdout + ran.stderr).not.toContain(client.secret);
  return { ...ran, report: JSON.parse(ran.stdout) as Report };
}

const tokenRequests = ({ requests }: Sandbox) => requests.filter((r) => /\/oauth\/token/.test(r.path)).length;
const verdict = ({ report: { verdict: v } }: { report: Report }) => [v.rootCause, v.certainty];
const codes = ({ report }: { report: Report }) => report.verdict.candidates.map((c) => c.code);
const table = ({ report }: { report: Report }) =>
  (report.probes ?? []).map(({ variable, value, result }: ProbeRow) => `${variable}: ${value}: ${result}`);

describe('a second client', () => {
  it.each([
    ['client/wrong-secret', ['client/wrong-secret', 'proved'], ['client/wrong-secret']],
    ['client/disabled', ['client/disabled', 'proved'], ['client/disabled']],
    [
      'client/unknown',
      ['client/unknown', 'suspected'],
      ['client/unknown', 'request/wrong-region', 'client/wrong-secret'],
    ],
  ])('tells %s from what has the same answer', async (scenario, wanted, candidates) => {
    const org = genesys();
    const sandbox = await serve(org, scenario);
    const alone = await diagnose(sandbox);
    expect(verdict(alone)[1]).toBe('suspected');
    expect(codes(alone)).toHaveLength(4);
    const before = tokenRequests(sandbox);
    const ran = await diagnose(sandbox, ...secondFlags(reader(org)));
    expect(verdict(ran)).toEqual(wanted);
    expect(codes(ran)).toEqual(candidates);
    // Its own token, and the first client's one request.
    expect(tokenRequests(sandbox) - before).toBe(2);
    expect(ran.stderr).toContain('second client: reads the client');
  });

  it('says what would be refused next: the wrong grant behind a wrong secret', async () => {
    const org = genesys();
    const sandbox = await serve(org, 'client/wrong-secret');
    sandbox.set((_, client) => Object.assign(client, { grantType: 'CODE' }));
    const ran = await diagnose(sandbox, ...secondFlags(reader(org)));
    expect(verdict(ran)).toEqual(['client/wrong-secret', 'proved']);
    expect(ran.report.verdict.candidates[0]?.why).toContain('Its grant type is CODE');
  });

  it('is not needed where the answer itself names the grant', async () => {
    const org = genesys();
    const sandbox = await serve(org, 'grant/not-allowed');
    const ran = await diagnose(sandbox, ...secondFlags(reader(org)));
    expect(verdict(ran)).toEqual(['grant/not-allowed', 'proved']);
  });

  it('finds the client in another region, and asks nobody there with the first one', async () => {
    const there = genesys();
    const here = { ...genesys(), clients: [{ ...reader(there), grantType: 'CODE' }] } as GenesysOrg;
    const [asked, home] = [await serve(here), await serve(there)];
    const first = there.clients[0]!;
    const ran = await runCli(
      [
        ...['diagnose', '--json', ...secondFlags(reader(there))],
        ...['--second-client-login-url', home.loginUrl, '--second-client-api-url', home.apiUrl],
      ],
      { env: { ...asked.env, WHY403_CLIENT_ID: first.id, WHY403_CLIENT_SECRET: first.secret } },
    );
    const report = JSON.parse(ran.stdout) as Report;
    expect(verdict({ report })).toEqual(['request/wrong-region', 'proved']);
    expect(report.verdict.candidates[0]?.why).toContain(new URL(home.apiUrl).host);
    expect(home.requests.map((r) => `${r.method} ${r.path} ${r.status}`)).toEqual([
      'POST /oauth/token 200',
      `GET /api/v2/oauth/clients/${first.id} 200`,
    ]);
  });

  it('that may not read says nothing of the first one', async () => {
    const org = genesys();
    for (const role of org.roles)
      role.permissions = role.permissions.filter((p) => p !== 'oauth:client:view');
    const sandbox = await serve(org, 'client/wrong-secret');
    const ran = await diagnose(sandbox, ...secondFlags(reader(org)));
    expect(verdict(ran)).toEqual(['client/wrong-secret', 'suspected']);
    expect(codes(ran)).toHaveLength(4);
    expect(table(ran).at(-1)).toMatch(/^second client: .*: refused$/);
  });

  it('is not asked where nothing is refused', async () => {
    const org = genesys();
    const sandbox = await serve(org);
    const ran = await diagnose(sandbox, ...secondFlags(reader(org)));
    expect(ran.exit).toBe(0);
    expect(tokenRequests(sandbox)).toBe(1);
    expect(ran.report.probes).toBeUndefined();
  });

  it('comes as a pair of one source, from a profile too', async () => {
    const org = genesys();
    const sandbox = await serve(org, 'client/disabled');
    const config = join(folder, 'why403');
    mkdirSync(config, { recursive: true });
    const { id, secret } = reader(org);
    const file = join(config, 'config.toml');
    writeFileSync(file, `[profiles.admin]\nclient-id = "${id}"\nclient-secret = "${secret}"\n`, {
      mode: 0o600,
    });
    const env = { ...sandbox.env, XDG_CONFIG_HOME: folder };
    const profile = await runCli(['diagnose', '--json', '--second-client', 'admin'], { env });
    expect((JSON.parse(profile.stdout) as Report).verdict.certainty).toBe('proved');
    const before = tokenRequests(sandbox);
    const mixed = await runCli(['diagnose', '--second-client-id', id], {
      env: { ...sandbox.env, WHY403_SECOND_CLIENT_SECRET: secret },
    });
    expect(mixed.exit).toBe(2);
    expect(mixed.stderr).toContain('--second-client-id');
    const half = await runCli(['diagnose', '--second-client-id', id], { env: sandbox.env });
    expect(half.exit).toBe(2);
    expect(half.stderr).toContain('no secret');
    expect(tokenRequests(sandbox)).toBe(before);
  });

  it('is of no use to another provider, which is said before anything is sent', async () => {
    const sandbox = await serve(thread(), 'client/wrong-secret');
    const ran = await runCli(['diagnose', ...secondFlags({ id: 'x', secret: 'y' })], { env: sandbox.env });
    expect(ran.exit).toBe(2);
    expect(tokenRequests(sandbox)).toBe(0);
  });
});

describe('--probe', () => {
  it('a refused token request is not repeated without it', async () => {
    const sandbox = await serve(thread(), 'scope/not-allowed');
    await diagnose(sandbox);
    expect(tokenRequests(sandbox)).toBe(1);
  });

  it('leaves the scope out, and asks for each alone', async () => {
    const org = thread();
    const sandbox = await serve(org, 'scope/not-allowed');
    const good = org.clients[0]!.allowedScopes.find((scope) => !org.needs.queueSummary.includes(scope))!;
    const bad = org.needs.queueSummary[0]!;
    const ran = await diagnose(sandbox, '--scope', `${good} ${bad}`, '--probe');
    expect(table(ran)).toEqual([
      `as configured: Basic header, scope ${good} ${bad}: refused`,
      'scope: left out: token',
      `scope: ${good} alone: token`,
      `scope: ${bad} alone: refused`,
    ]);
    expect(ran.stderr.match(/probe \d of 3/g)).toHaveLength(3);
    expect(ran.report.verdict.rootCause).toMatch(/^scope\//);
    expect(ran.report.stages.map((s) => s.status).slice(4, 6)).toEqual(['clear', 'clear']);
    const finding = ran.report.stages.flatMap((s) => s.findings)[0]!;
    expect(finding.fix.map((step) => step.action).join(' ')).toContain(`Allow the scope ${bad} for`);
  });

  it('proves a wrong place for the credentials by the right one', async () => {
    const sandbox = await serve(thread(), 'client/auth-method-mismatch');
    expect(verdict(await diagnose(sandbox))[1]).toBe('suspected');
    const ran = await diagnose(sandbox, '--probe');
    expect(verdict(ran)).toEqual(['client/auth-method-mismatch', 'proved']);
    expect(table(ran).slice(1)).toEqual(['client auth: form body: token']);
  });

  it('proves nothing where both places are refused', async () => {
    const sandbox = await serve(thread(), 'client/wrong-secret');
    const ran = await diagnose(sandbox, '--probe');
    expect(verdict(ran)).toEqual(['client/wrong-secret', 'suspected']);
    expect(codes(ran)).not.toContain('client/auth-method-mismatch');
    expect(tokenRequests(sandbox)).toBe(2);
  });

  it('tells a value that is stored encoded from a server that does not decode', async () => {
    const stored = await diagnose(await serve(thread(), 'credential/over-encoded'), '--probe');
    expect(verdict(stored)).toEqual(['credential/over-encoded', 'proved']);
    expect(table(stored).slice(1)).toEqual([
      'client auth: form body: refused',
      'Basic encoding: none: token',
    ]);
    expect(stored.report.verdict.candidates[0]?.why).toContain('stored value is encoded already');

    const org = thread();
    org.formEncodedBasic = false;
    org.clients[0]!.secret = 'p+s/w:rd=&%41';
    const plain = await diagnose(await serve(org), '--probe');
    expect(verdict(plain)).toEqual(['credential/over-encoded', 'proved']);
    expect(table(plain).slice(1)).toEqual(['client auth: form body: token', 'Basic encoding: none: token']);
    expect(plain.report.verdict.candidates[0]?.why).toContain('does not decode');
  });

  it('sends what may count as a wrong secret only where that is said', async () => {
    const org = genesys();
    org.clients[0]!.secret = 'abc+def/ghi=jkl';
    const sandbox = await serve(org, 'client/disabled');
    const careful = await diagnose(sandbox, '--probe');
    expect(table(careful).slice(1)).toEqual(['client auth: form body: refused']);
    expect(careful.stderr).toContain('--probe=lockout-risk');
    const bold = await diagnose(sandbox, '--probe=lockout-risk');
    expect(table(bold).slice(1)).toEqual([
      'client auth: form body: refused',
      'Basic encoding: form-encoded: refused',
    ]);
    expect(verdict(bold)[1]).toBe('suspected');
  });

  it('stops when the server wants no more', async () => {
    const org = thread();
    const sandbox = await serve(org, 'scope/not-allowed');
    let seen = 0;
    sandbox.spoil((asked) => {
      if (!asked.path.endsWith('/oauth/token') || ++seen < 2) return undefined;
      return { kind: 'answer', status: 429, body: '', headers: {} };
    });
    const ran = await diagnose(sandbox, '--probe', '--scope', `${org.needs.queueSummary[0]} x y z`);
    expect(ran.stderr).toContain('wants no more requests');
    expect(tokenRequests(sandbox)).toBe(2);
  });

  it('is judged alike from its recording', async () => {
    const org = genesys();
    const sandbox = await serve(org, 'client/wrong-secret');
    const record = join(folder, 'recorded');
    const ran = await diagnose(sandbox, '--probe', ...secondFlags(reader(org)), '--record', record);
    const text = readFileSync(join(record, 'evidence.json'), 'utf8');
    for (const { secret } of sandbox.org.clients as GenesysOrg['clients']) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString('base64').slice(4, -4));
    }
    const again = await runCli(['diagnose', '--json', '--replay', record]);
    expect(JSON.parse(again.stdout)).toEqual(ran.report);
  });

  it.each([
    ['another word', ['--probe=all'], '--probe=lockout-risk'],
    ['twice', ['--probe', '--probe=lockout-risk'], '--probe'],
    ['--offline', ['--probe', '--offline'], '--offline'],
    ['--replay', ['--probe', '--replay', folder], '--replay'],
  ])('is refused with %s', async (_, flags, said) => {
    const ran = await runCli(['diagnose', '--region', 'eu-central-1', ...flags]);
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toContain(said);
  });
});

describe('--probe at a certified server that we did not write', () => {
  let server: CertifiedServer;
  beforeAll(async () => {
    server = await startCertifiedServer();
  });
  afterAll(() => server.close());

  const probe = async (id: string, ...flags: string[]): Promise<Report> => {
    const { stdout } = await runCli(
      ['diagnose', '--json', '--provider', 'generic', '--issuer', server.issuer, '--probe', ...flags],
      { env: { WHY403_CLIENT_ID: id, WHY403_CLIENT_SECRET: SECRET } },
    );
    return JSON.parse(stdout) as Report;
  };

  it('a client that signs its assertions is refused both ways, which proves neither', async () => {
    const report = await probe('by-key');
    expect(verdict({ report })[1]).toBe('suspected');
    expect(table({ report }).slice(1)).toEqual(['client auth: form body: refused']);
  });

  it('one of two scopes is the one that the client may not have', async () => {
    const report = await probe('reader', '--scope', 'reports:read reports:write');
    expect(report.verdict.rootCause).toBe('scope/not-allowed');
    expect(table({ report }).slice(1)).toEqual([
      'scope: left out: token',
      'scope: reports:read alone: token',
      'scope: reports:write alone: refused',
    ]);
    expect(report.verdict.candidates[0]?.why).toContain('none with reports:write');
  });
});

describe('the plan of probes', () => {
  const secrets = fc.string({
    minLength: 1,
    maxLength: 20,
    unit: fc.constantFrom('a', 'B', '3', '+', '/', ' ', '%'),
  });
  const evidenceOf = (
    secret: string,
    clientAuth: 'basic' | 'post',
    scope: string,
    error: string,
  ): Partial<Evidence> => ({
    settings: { tokenUrl: 'https://id.example.com/token', clientAuth, requestedScope: scope },
    client: clientShape('nightly', secret, 'any'),
    exchanges: [
      tokenExchange(json(400, { error }), {
        form: { grant_type: 'client_credentials', ...(scope !== '' && { scope }) },
      }),
    ],
  });

  it('is bounded, differs in one thing each, and holds no value', () => {
    fc.assert(
      fc.property(
        secrets,
        fc.constantFrom('basic' as const, 'post' as const),
        fc.array(fc.constantFrom('a', 'b', 'c:d', 'e', 'f', 'g', 'h', 'i'), { maxLength: 12 }),
        fc.constantFrom('invalid_client', 'invalid_scope', 'unauthorized_client', 'invalid_request', 'odd'),
        fc.constantFrom(generic, genesysCloud),
        fc.constantFrom('safe' as const, 'lockout-risk' as const),
        (secret, clientAuth, scopes, error, profile, level) => {
          const scene = sceneOf(evidenceOf(secret, clientAuth, scopes.join(' '), error), { profile });
          const { asks } = probePlan(scene, level);
          expect(asks.length).toBeLessThanOrEqual(7);
          expect(new Set(asks.map((ask) => ask.step)).size).toBe(asks.length);
          for (const ask of asks) {
            const scope = ask.form?.['scope'] ?? '';
            const changed = [
              scope !== scopes.join(' '),
              ask.otherwise?.clientAuth !== undefined,
              ask.otherwise?.basicEncoding !== undefined,
            ];
            expect(changed.filter(Boolean)).toHaveLength(1);
            expect(scope.split(' ').every((s) => s === '' || (scopes as string[]).includes(s))).toBe(true);
          }
          // Only with the user's word may a header hold other bytes than the configured secret.
          const encodes = clientShape('nightly', secret, 'any').secretShape.changedByFormEncoding;
          if (level === 'safe' && encodes) {
            expect(asks.some((ask) => ask.otherwise?.basicEncoding === 'form')).toBe(false);
            expect(asks.some((ask) => ask.otherwise?.clientAuth === 'basic') && profile === generic).toBe(
              false,
            );
          }
        },
      ),
    );
  });

  it('is empty where a token was issued or nobody answered', () => {
    const issued = { ...json(200, {}), token: { kind: 'opaque', length: 20 } } as const;
    for (const outcome of [issued, json(503, {}), json(429, {}), { kind: 'not-shown' } as const]) {
      const scene = sceneOf({ ...evidenceOf('x', 'basic', 'a', ''), exchanges: [tokenExchange(outcome)] });
      expect(probePlan(scene, 'lockout-risk').asks).toEqual([]);
    }
  });
});
