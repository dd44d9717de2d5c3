/** The demo tells its story to the end, alone, and leaves nothing behind. */
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { builtInOrg } from '../src/sandbox/server.ts';
import { runCli } from './cli-run.ts';

const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('why403-demo-'));

describe('why403 demo', () => {
  it('fails, finds, fixes and exports, in both worlds', async () => {
    const before = folders();
    const { exit, stdout, stderr } = await runCli(['demo']);
    expect(stderr).toBe('');
    expect(exit).toBe(0);
    const at = (text: string): number => {
      const found = stdout.indexOf(text);
      expect(found, text).toBeGreaterThan(-1);
      return found;
    };
    const order = [
      at('endpoint/missing-scope'),
      at('head -6 thread/'),
      at('endpoint/not-found'),
      at('endpoint/missing-permission'),
      at('head -6 genesys/'),
    ];
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(stdout).toMatch(
      /interval_start,queue_name,media_type,offered,answered,abandoned\n +\d{4}-\d\d-\d\dT\d\d:00:00Z,/,
    );
    // Made up, and still not shown: the demo is what people copy.
    for (const world of ['genesys', 'thread'] as const) {
      for (const { secret } of builtInOrg(world).clients) expect(stdout).not.toContain(secret);
    }
    expect(folders()).toEqual(before);
  });

  it('is a document of its steps with --json, and silent with -q', async () => {
    const { exit, stdout } = await runCli(['demo', '--json']);
    expect(exit).toBe(0);
    const { steps } = JSON.parse(stdout) as { steps: { org: string; command: string; exit: number }[] };
    expect(steps.map((s) => [s.org, s.exit])).toEqual([
      ['thread', 1],
      ['thread', 0],
      ['thread', 0],
      ['genesys', 1],
      ['genesys', 1],
      ['genesys', 0],
      ['genesys', 0],
    ]);
    expect(await runCli(['demo', '-q'])).toEqual({ exit: 0, stdout: '', stderr: '' });
  });

  it('stops when it is interrupted, and takes its folder along', async () => {
    const before = folders();
    const { exit, stdout } = await runCli(['demo'], { signal: AbortSignal.abort('SIGINT') });
    expect(exit).toBe(130);
    expect(stdout).not.toContain('(exit code');
    expect(folders()).toEqual(before);
  });
});
