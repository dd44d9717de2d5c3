/** The smoke check over a real socket: what is expected, ignored, known already, and what mends itself in time. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { GenesysOrg } from '../src/sandbox/org.ts';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';
import { runCli, type Ran, type RunOptions } from './cli-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'why403-smoke-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let sandbox: Sandbox | undefined;
afterEach(() => sandbox?.close());

async function org(scenario?: string): Promise<Sandbox> {
  sandbox = await startSandbox({ org: builtInOrg('genesys'), ...(scenario && { scenario }) });
  return sandbox;
}

function diagnose(flags: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const words = ['diagnose', ...(sandbox?.endpoints ?? []).flatMap((e) => ['--endpoint', e]), ...flags];
  return runCli(words, { cwd: folder, env: sandbox?.env ?? {}, ...options });
}

const MISSING = 'endpoint/missing-permission';

/** A clock that only waiting moves. */
function slowClock(): { now: () => Date; wait: (ms: number) => Promise<void>; waits: number[] } {
  let at = Date.now();
  const waits: number[] = [];
  return {
    now: () => new Date(at),
    waits,
    wait: (ms) => {
      waits.push(ms);
      at += ms;
      return Promise.resolve();
    },
  };
}

describe('a known-broken org', () => {
  it('passes where exactly what is expected is found, and fails where something else is', async () => {
    await org(MISSING);
    expect((await diagnose(['--expect', MISSING])).exit).toBe(0);
    const other = await diagnose(['--expect', 'endpoint/missing-division']);
    expect(other.exit).toBe(1);
    expect(other.stdout.replaceAll(/\s+/g, ' ')).toContain(
      `Expected exactly endpoint/missing-division; ${MISSING} was found.`,
    );
  });

  it('fails where all is well', async () => {
    await org();
    const { exit, stdout } = await diagnose(['--expect', MISSING, '--json']);
    expect(exit).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: { kind: 'healthy' },
      acceptance: { accepted: [], unmet: [`Expected exactly ${MISSING}; all is well.`] },
    });
  });

  it.each(['text', 'json', 'junit', 'sarif', 'github', 'markdown', 'html'])(
    'is passed over in %s while it is ignored',
    async (format) => {
      await org(MISSING);
      const flags = ['--ignore', MISSING, '--reason', 'ticket 7', '--until', '2099-12-31'];
      const { exit, stdout } = await diagnose([...flags, '--format', format]);
      expect(exit).toBe(0);
      expect(stdout).toContain(MISSING);
      expect(stdout).toContain('ticket 7');
    },
  );

  it('needs a reason', async () => {
    const { exit, stderr } = await runCli(['diagnose', '--ignore', MISSING], { cwd: folder });
    expect(exit).toBe(2);
    expect(stderr).toContain('has no reason');
  });
});

describe('--baseline', () => {
  it('is written by the first run, and afterwards only what is new counts', async () => {
    const file = join(folder, 'baseline.json');
    await org(MISSING);
    const first = await diagnose(['--baseline', 'baseline.json']);
    expect(first.exit).toBe(1);
    expect(first.stderr).toContain('is the baseline from now on');
    expect((await diagnose(['--baseline', 'baseline.json'])).exit).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toContain(sandbox?.client.secret);
    await sandbox?.close();
    await org();
    const mended = await diagnose(['--baseline', 'baseline.json']);
    expect(mended.exit).toBe(0);
    expect(mended.stdout).toContain('No longer there: endpoint/missing-permission');
  });

  it('of other questions is refused', async () => {
    await org();
    writeFileSync(
      join(folder, 'other.json'),
      '{"schema":1,"tool":"why403","day":"2026-11-01","asked":["provider generic"],"findings":[]}',
    );
    const { exit, stderr } = await diagnose(['--baseline', 'other.json']);
    expect(exit).toBe(2);
    expect(stderr).toContain('other questions');
  });

  it.each(['[]', '{', '{"schema":1,"tool":"why403","day":"x","findings":["no/code"]}'])(
    'that is none is refused: %s',
    async (text) => {
      await org();
      writeFileSync(join(folder, 'bad.json'), text);
      expect((await diagnose(['--baseline', 'bad.json'])).exit).toBe(2);
    },
  );
});

describe('--wait', () => {
  it('looks again with the token in hand until the role has taken effect', async () => {
    const running = await org(MISSING);
    const clock = slowClock();
    const permissions = (builtInOrg('genesys') as GenesysOrg).roles.flatMap((role) => role.permissions);
    const { exit, stdout, stderr } = await diagnose(['--wait', '5m'], {
      ...clock,
      wait: async (ms) => {
        await clock.wait(ms);
        if (clock.waits.length === 3)
          running.set((now) =>
            (now as GenesysOrg).roles.forEach((role) => Object.assign(role, { permissions })),
          );
      },
    });
    expect(exit).toBe(0);
    expect(clock.waits).toEqual([15_000, 15_000, 15_000]);
    expect(running.counters.tokens).toBe(1);
    expect(stderr).toContain(`${MISSING} may pass by itself; looking again in 15 s`);
    expect(stdout).toContain(`After 45 s: ${MISSING} is gone.`);
  });

  it('gives up in time, with the finding as it is', async () => {
    await org(MISSING);
    const clock = slowClock();
    const { exit, stdout } = await diagnose(['--wait', '40s'], clock);
    expect(exit).toBe(1);
    expect(clock.waits).toEqual([15_000, 15_000, 10_000]);
    expect(stdout).toContain('Nothing has changed in 40 s.');
  });

  it('tries a refused token request again once a minute, no oftener', async () => {
    const { requests } = await org('client/wrong-secret');
    const clock = slowClock();
    const { exit } = await diagnose(['--wait', '150s', '-q'], clock);
    expect(exit).toBe(1);
    expect(clock.waits).toEqual([60_000, 60_000]);
    expect(requests.filter(({ host }) => host === 'login')).toHaveLength(3);
  });

  it.each(['endpoint/not-found', 'credential/whitespace', undefined])(
    'does not wait for what time does not mend: %s',
    async (scenario) => {
      await org(scenario);
      const clock = slowClock();
      await diagnose(['--wait', '5m'], clock);
      expect(clock.waits).toEqual([]);
    },
  );
});

describe('--watch', () => {
  it('prints what changes until it is interrupted', async () => {
    const running = await org();
    const aborter = new AbortController();
    const clock = slowClock();
    const { exit, stdout } = await diagnose(['--watch'], {
      ...clock,
      signal: aborter.signal,
      wait: async (ms) => {
        await clock.wait(ms);
        if (clock.waits.length === 2)
          running.set((now) =>
            (now as GenesysOrg).roles.forEach((role) => Object.assign(role, { permissions: [] })),
          );
        if (clock.waits.length === 4) {
          const { Failure } = await import('../src/core/index.ts');
          aborter.abort('SIGINT');
          throw new Failure('interrupted', 'Interrupted while waiting.');
        }
      },
    });
    expect(exit).toBe(130);
    expect(stdout).toMatch(/^Healthy/m);
    const changes = stdout.split('\n').filter((line) => /^\d{4}-\d\d-\d\dT\S+Z {2}/.test(line));
    expect(changes[0]).toContain(`${MISSING} is new`);
    expect(changes.at(-1)).toContain(`the verdict was healthy, now it is broken (${MISSING})`);
  });

  it.each([
    [['--watch', '--json']],
    [['--watch', '--wait', '1m']],
    [['--watch', '--offline']],
    [['--wait', '1m', '--replay', 'x']],
    [['--wait', 'soon']],
  ])('contradictions end with 2 before anything is asked: %j', async (flags) => {
    const { requests } = await org();
    expect((await diagnose(flags)).exit).toBe(2);
    expect(requests).toHaveLength(0);
  });
});
