/** The 403 map, live: what is missing, who has it, in which division, and what not to grant. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Finding, FixStep, Report } from '../src/core/index.ts';
import type { GenesysOrg } from '../src/sandbox/org.ts';
import { builtInOrg, readOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import { runCli } from './cli-run.ts';

const HARBOUR = join(import.meta.dirname, '..', 'fixtures', 'orgs', 'harbour.json');
const PERMISSION = 'analytics:conversationAggregate:view';

let sandbox: Sandbox | undefined;
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

interface Met {
  readonly exit: number;
  readonly report: Report;
  readonly org: GenesysOrg;
  readonly sandbox: Sandbox;
  readonly found: Finding;
  /** Everything that its fix says: actions, places, messages. */
  readonly fix: string;
  /** The name of the one role that the client holds. */
  readonly role: string;
}

async function meet(org: () => GenesysOrg, scenario: string, ...flags: string[]): Promise<Met> {
  sandbox = await startSandbox({ org: org(), scenario });
  const endpoints = sandbox.endpoints.flatMap((endpoint) => ['--endpoint', endpoint]);
  const { exit, stdout } = await runCli(['diagnose', '--json', ...endpoints, ...flags], { env: sandbox.env });
  const report = JSON.parse(stdout) as Report;
  const now = sandbox.org as GenesysOrg;
  const client = now.clients.find((c) => c.id === sandbox?.client.id)!;
  const role = now.roles.find((r) => r.id === client.roleDivisions[0]?.role)!.name;
  const code = scenario.replace(/\..*$/, '');
  const found = report.stages.flatMap((s) => s.findings).find((f) => f.code === code)!;
  const words = ({ action, where, message, command }: FixStep): string[] =>
    [action, where, message, command].filter((text) => text !== undefined);
  return { exit, report, org: now, sandbox, found, fix: found.fix.flatMap(words).join('\n'), role };
}

const ORGS: readonly [string, () => GenesysOrg][] = [
  ['genesys', () => builtInOrg('genesys') as GenesysOrg],
  ['harbour', () => readOrg(readFileSync(HARBOUR, 'utf8'), 'harbour.json') as GenesysOrg],
];

describe.each(ORGS)('on org %s, a refusal', (_, org) => {
  const verdict = ({ report }: Met) => [report.verdict.rootCause, report.verdict.certainty];

  it('because the role lacks the permission', async () => {
    const met = await meet(org, 'endpoint/missing-permission');
    expect(verdict(met)).toEqual(['endpoint/missing-permission', 'proved']);
    expect(met.fix).toContain(PERMISSION);
    expect(met.fix).toContain(`"${met.role}"`);
    for (const { name } of met.org.divisions) expect(met.fix).toContain(name);
    expect(met.fix).toContain(met.org.clients.find((c) => c.id === met.sandbox.client.id)!.name);
  });

  it('because the role is held in other divisions', async () => {
    const met = await meet(org, 'endpoint/missing-division');
    expect(verdict(met)).toEqual(['endpoint/missing-division', 'proved']);
    const home = met.org.divisions.find((d) => d.home)!;
    expect(met.found.cause).toContain(`routing:queue:view only in ${home.name}`);
    expect(met.fix).toContain(`"${met.role}"`);
    const queue = met.org.queues.find((q) => met.sandbox.endpoints[0]?.endsWith(q.id))!;
    expect(met.fix).toContain(met.org.divisions.find((d) => d.id === queue.division)!.name);
  });

  it('because the organisation lacks the feature: no role is to be changed', async () => {
    const met = await meet(org, 'endpoint/feature-missing');
    expect(verdict(met)).toEqual(['endpoint/feature-missing', 'proved']);
    expect(met.fix).toContain('Leave roles and clients as they are');
    expect(met.fix).toContain(PERMISSION);
    expect(met.fix).not.toContain(`the role "${met.role}"`);
  });

  it('because a policy denies it', async () => {
    const met = await meet(org, 'endpoint/policy-denied');
    expect(verdict(met)).toEqual(['endpoint/policy-denied', 'proved']);
    expect(met.fix).toContain(met.org.policies.at(-1)!.id);
  });

  it('because of the address', async () => {
    const met = await meet(org, 'endpoint/ip-blocked');
    expect(verdict(met)).toEqual(['endpoint/ip-blocked', 'proved']);
    expect(met.fix).toContain('127.0.0.1');
  });

  it('because scopes are enforced', async () => {
    const met = await meet(org, 'endpoint/missing-scope');
    expect(verdict(met)).toEqual(['endpoint/missing-scope', 'proved']);
    expect(met.fix).toMatch(/the scope analytics\b/);
  });

  it('because it needs a user', async () => {
    const met = await meet(org, 'endpoint/user-context');
    expect(verdict(met)).toEqual(['endpoint/user-context', 'proved']);
    expect(met.fix).toContain('GET /api/v2/users/{userId}');
  });

  it('because the endpoint does not exist', async () => {
    const met = await meet(org, 'endpoint/not-found');
    expect(verdict(met)).toEqual(['endpoint/not-found', 'proved']);
    expect(met.fix).toContain('POST /api/v2/analytics/conversations/aggregates/query');
    expect(met.fix).toContain('POST /api/v2/analytics/queues/observations/query');
  });

  it('whose text names the wrong permission: both are shown, and the documented one is asked for', async () => {
    const met = await meet(org, 'endpoint/missing-permission.misnamed');
    const said = met.org.misnamed['POST /api/v2/analytics/conversations/aggregates/query']!;
    expect(verdict(met)).toEqual(['endpoint/missing-permission', 'suspected']);
    expect(met.found.cause).toContain(said);
    expect(met.found.cause).toContain(PERMISSION);
    expect(met.fix).toContain(PERMISSION);
    expect(met.fix).toContain(`"${met.role}"`);
  });

  it('of none at all: a role for Home only is let in, and what it does not see is counted', async () => {
    const met = await meet(org, 'endpoint/silently-empty');
    expect(met.exit).toBe(0);
    expect(met.report.verdict.kind).toBe('healthy');
    expect(met.found.severity).toBe('warning');
    const away = met.org.divisions.filter((d) => !d.home);
    const unseen = met.org.queues.filter((q) => away.some((d) => d.id === q.division)).length;
    for (const { name } of away) expect(met.found.cause).toContain(name);
    expect(met.found.cause).toContain(`does not see ${unseen} queue`);
    expect(met.fix).toContain(`"${met.role}"`);
    await sandbox?.close();
    expect((await meet(org, 'endpoint/silently-empty', '--fail-on', 'warning')).exit).toBe(1);
  });
});

describe('two divisions, a role for Home', () => {
  it('names the other one and the count of its queues', async () => {
    const org = builtInOrg('genesys') as GenesysOrg;
    const [home, other, third] = org.divisions;
    org.divisions = [home!, other!];
    for (const queue of org.queues) if (queue.division === third?.id) queue.division = other!.id;
    for (const user of org.users) if (user.division === third?.id) user.division = home!.id;
    const client = org.clients[0]!;
    client.roleDivisions = client.roleDivisions.filter((pair) => pair.division === home!.id);
    sandbox = await startSandbox({ org });
    const args = ['diagnose', '--endpoint', 'GET /api/v2/routing/queues'];
    const { exit, stdout } = await runCli(args, { env: sandbox.env });
    const unseen = org.queues.filter((q) => q.division === other!.id).length;
    expect(exit).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      `What lies in ${other!.name} is left out without an error; it does not see ${unseen} queues`,
    );
    expect((await runCli([...args, '--fail-on', 'warning'], { env: sandbox.env })).exit).toBe(1);
  });
});

describe('the lookup', () => {
  it("leads from the thread's path to the two real ones", async () => {
    const path = 'GET /api/v2/analytics/reporting/queues/summary';
    const { exit, stdout } = await runCli(['permissions', path, '--json']);
    expect(exit).toBe(1);
    const [found] = (JSON.parse(stdout) as { endpoints: { exists: unknown; nearest: object[] }[] }).endpoints;
    expect(found?.exists).toBe(false);
    expect(found?.nearest.slice(0, 2)).toMatchObject([
      { method: 'POST', path: '/api/v2/analytics/conversations/aggregates/query' },
      { method: 'POST', path: '/api/v2/analytics/queues/observations/query' },
    ]);
  });
});
