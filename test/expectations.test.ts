/** `--expect`, `--ignore`, `--baseline` on reports made by hand: what counts, what is said of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectationsOf, withExpectations, type Expectations } from '../src/cli/expectations.ts';
import { ALL_CODES, exitOf, Failure, type Report } from '../src/core/index.ts';
import { formats } from '../src/render/index.ts';
import { reports as samples, view } from './report-samples.ts';

const TODAY = '2026-11-23';
const none: Expectations = { expect: [], ignores: [] };
const { proved, healthy, warned, unreachable, unexplained } = samples as Record<string, Report>;
const cause = proved!.verdict.rootCause!;

const judged = (report: Report, what: Partial<Expectations>): Report =>
  withExpectations(report, { ...none, ...what }, TODAY);

describe('expectationsOf', () => {
  it('reads flags in their order, one reason and one day for all where there is one', () => {
    const ignore = ['endpoint/missing-permission', 'connection/clock-skew'];
    expect(expectationsOf({ ignore, reason: 'ticket 7', until: '2026-12-31' }).ignores).toEqual(
      ignore.map((code) => ({ code, reason: 'ticket 7', until: '2026-12-31' })),
    );
    expect(expectationsOf({ ignore, reason: ['a', 'b'] }).ignores.map((i) => i.reason)).toEqual(['a', 'b']);
  });

  it.each([
    [{ expect: 'endpoint/missing-permision' }, "did you mean 'endpoint/missing-permission'"],
    [{ ignore: 'endpoint/not-found' }, 'why it may stay'],
    [{ ignore: 'endpoint/not-found', reason: '  ' }, 'why it may stay'],
    [{ ignore: 'endpoint/not-found', reason: 'x', until: 'tomorrow' }, 'the last day'],
    [{ ignore: 'endpoint/not-found', reason: 'x', until: '2026-02-30' }, 'the last day'],
    [{ reason: 'x' }, 'give both'],
    [
      { ignore: ['endpoint/not-found', 'scope/unknown', 'scope/malformed'], reason: ['a', 'b'] },
      'one for all',
    ],
  ])('refuses %j', (args, mend) => {
    try {
      expectationsOf(args);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(Failure);
      expect((error as Failure).exit).toBe(2);
      expect((error as Failure).expected).toContain(mend);
    }
  });
});

describe('--expect', () => {
  it('is met by exactly what is expected', () => {
    const report = judged(proved!, { expect: [cause] });
    expect(exitOf(report)).toBe(0);
    expect(report.verdict).toEqual(proved!.verdict);
    expect(report.notes?.at(-1)).toBe(`Found as expected: ${cause}.`);
  });

  it.each(['healthy', 'unreachable', 'unexplained', 'proved'])(
    'is not met by %s, which is exit 1 and says what was found',
    (name) => {
      const report = judged(samples[name as keyof typeof samples], { expect: ['scope/malformed'] });
      expect(exitOf(report)).toBe(1);
      expect(report.acceptance?.unmet[0]).toMatch(
        /^Expected exactly scope\/malformed; .+(found|well|named)\.$/,
      );
    },
  );
});

describe('--ignore', () => {
  const ignores = [{ code: cause, reason: 'ticket 7', until: TODAY }];

  it('holds to the end of its last day, and the report still tells the truth', () => {
    const report = judged(proved!, { ignores });
    expect(exitOf(report)).toBe(0);
    expect(report.verdict.kind).toBe('broken');
    expect(report.notes).toContain(`${cause} is ignored until ${TODAY}: ticket 7`);
  });

  it('counts again when it has expired, and says so', () => {
    const report = judged(proved!, { ignores: [{ code: cause, reason: 'ticket 7', until: '2026-11-22' }] });
    expect(exitOf(report)).toBe(1);
    expect(report.notes?.join()).toContain('has expired (2026-11-22)');
  });

  it('is itself reported where it is not used', () => {
    const report = judged(healthy!, { ignores });
    expect(exitOf(report)).toBe(0);
    expect(report.notes?.join()).toContain('is not used, because it was not found: take the flag out');
  });

  it('does not make a failure without a name healthy', () => {
    expect(exitOf(judged(unexplained!, { ignores: [{ code: 'scope/malformed', reason: 'x' }] }))).toBe(3);
  });

  it('takes a warning out of --fail-on warning', () => {
    const warning = warned!.stages.flatMap((s) => s.findings).map((f) => f.code);
    const report = judged(warned!, { ignores: warning.map((code) => ({ code, reason: 'known' })) });
    expect([exitOf(warned!, 'warning'), exitOf(report, 'warning')]).toEqual([1, 0]);
  });
});

describe('--baseline', () => {
  const day = '2026-11-01';

  it('lets what is known be, and counts what is new', () => {
    expect(exitOf(judged(proved!, { baseline: { day, codes: [cause] } }))).toBe(0);
    const fresh = judged(proved!, { baseline: { day, codes: ['scope/malformed'] } });
    expect(exitOf(fresh)).toBe(1);
    expect(fresh.notes?.join()).toContain(`New since ${day} (--baseline): ${cause}`);
    expect(exitOf(judged(unreachable!, { baseline: { day, codes: [] } }))).toBe(3);
  });

  it('says what is gone', () => {
    expect(judged(healthy!, { baseline: { day, codes: [cause] } }).notes?.join()).toContain(
      `No longer there: ${cause}`,
    );
  });
});

describe('whatever is expected', () => {
  const code = fc.constantFrom(...ALL_CODES);
  const some: fc.Arbitrary<Expectations> = fc.record({
    expect: fc.uniqueArray(code, { maxLength: 2 }),
    ignores: fc.array(
      fc.record(
        { code, reason: fc.constant('why'), until: fc.constantFrom('2026-11-22', '2026-11-24') },
        { requiredKeys: ['code', 'reason'] },
      ),
      { maxLength: 3 },
    ),
  });
  const sample = fc.constantFrom(...Object.values(samples as Record<string, Report>));

  it('the verdict and the findings stay as they are, and every ignore is spoken of', () => {
    fc.assert(
      fc.property(sample, some, (report, what) => {
        const after = withExpectations(report, what, TODAY);
        expect(after.verdict).toEqual(report.verdict);
        expect(after.stages).toEqual(report.stages);
        for (const ignore of what.ignores) expect(after.notes?.join()).toContain(ignore.code);
      }),
    );
  });

  it('formats agree with the exit code', () => {
    fc.assert(
      fc.property(sample, some, (report, what) => {
        const after = withExpectations(report, what, TODAY);
        const exit = exitOf(after);
        const junit = formats.get('junit')!.render(after, view);
        expect(/<(failure|error) /.test(junit)).toBe(exit !== 0);
        const github = formats.get('github')!.render(after, view);
        expect(github.startsWith('::error ')).toBe(exit !== 0);
        const sarif = JSON.parse(formats.get('sarif')!.render(after, view)) as {
          runs: { invocations: { exitCode: number }[] }[];
        };
        expect(sarif.runs[0]?.invocations[0]?.exitCode).toBe(exit);
      }),
    );
  });
});
