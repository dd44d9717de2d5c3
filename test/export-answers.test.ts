/** Answers that are no refusal and that an export can't use: what it says and how it ends must agree. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../src/core/index.ts';
import type { Hour } from '../src/core/index.ts';
import { openWorld } from './export-world.ts';
import type { World } from './export-world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** From now on the calls whose path holds `part` are answered so, from the `first`-th on. */
function answer(
  part: string,
  status: number,
  headers: Record<string, string> = {},
  first = 1,
  body = '',
): void {
  let seen = 0;
  world.sandbox.spoil(({ path }) =>
    path.startsWith('/api') && path.includes(part) && ++seen >= first
      ? { kind: 'answer', status, body, headers, ...(body !== '' && { type: 'application/json' }) }
      : undefined,
  );
}

const ended = (since?: string): Promise<unknown> =>
  world.run(since === undefined ? {} : { since }).catch((error: unknown) => error);

describe('an answer that an export can not use', () => {
  it.each(['/routing/queues', '/aggregates/query', '/api'])('an empty 204 of %s is exit 4', async (part) => {
    answer(part, 204);
    expect(await ended()).toMatchObject({
      exit: 4,
      code: 'export',
      message: expect.stringMatching(
        /(before its first window|48 hours \(.*\)): (GET|POST) \/api\/v2\/\S+ was answered with 204 and nothing in it\. Nothing was written/,
      ) as string,
      expected: expect.stringContaining('--api-url') as string,
    });
  });

  // Whether a 3xx lets in is the ladder's to say; what it says must not be that all is well.
  it.each([302, 304, 307])(
    'a %i is named, or found by the ladder, and never called healthy',
    async (status) => {
      answer('/api', status, status === 304 ? {} : { location: 'https://sso.example/login?token=s3cr3t' });
      const end = await ended();
      if (end instanceof Failure) {
        expect(end.exit).toBe(4);
        expect(end.message).toContain(`was answered with ${status}`);
        expect(end.message).not.toContain('s3cr3t');
        if (status !== 304) expect(end.message).toContain('a redirect to https://sso.example/login');
      } else {
        expect(end).toMatchObject({ kind: 'report' });
        expect(end).not.toMatchObject({ report: { verdict: { kind: 'healthy' } } });
      }
      expect(world.sandbox.requests.some(({ path }) => path.includes('login?'))).toBe(false);
    },
  );

  it('in the middle of a run leaves what was written, and the next run goes on', async () => {
    answer('/aggregates/query', 204, {}, 2);
    expect(await ended('2026-11-01T00:00:00Z')).toMatchObject({
      exit: 4,
      message: expect.stringMatching(
        /left out \d+ hours .* 204 .* The rest, 1 window, is in the archive/,
      ) as string,
    });
    world.sandbox.spoil(undefined);
    expect(await ended()).toMatchObject({
      kind: 'done',
      summary: { through: '2026-11-23T10:00:00Z' as Hour },
    });
  });

  it.each([
    '{"message":"upstream maintenance","code":"service.unavailable","status":503}',
    '{"error":"login_required"}',
    '{"results":null}',
    '{"jobId":"x"}',
    '[]',
    'null',
  ])('%s with status 200 closes no hour', async (body) => {
    answer('/aggregates/query', 200, {}, 1, body);
    expect(await ended()).toMatchObject({ exit: 4, code: 'export' });
    world.sandbox.spoil(undefined);
    // Later than any revisit would mend it.
    world.now = new Date('2026-12-23T10:17:00Z');
    expect(await ended()).toMatchObject({ kind: 'done' });
    expect(Object.keys(world.files())).toContain('2026-11-22.csv');
    expect(world.files()['2026-11-22.csv']!.split('\n').length).toBeGreaterThan(10);
  });

  it.each([202, 206])('a %i closes no hour, whatever is in it', async (status) => {
    answer('/aggregates/query', status, {}, 1, '{"results":[]}');
    expect(await ended()).toMatchObject({
      exit: 4,
      message: expect.stringContaining(`was answered with ${status}`) as string,
      expected: expect.stringContaining('200') as string,
    });
  });

  it('a bare {} is an answer without rows', async () => {
    answer('/aggregates/query', 200, {}, 1, '{}');
    expect(await ended()).toMatchObject({ kind: 'done', summary: { rows: { fetched: 0 } } });
  });
});
