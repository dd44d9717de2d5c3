/** Every report in every format: as it was looked at, valid, complete, and with one exit code. */
import { Ajv, type AnySchema } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { ALL_CODES, Failure, exitOf, type Report } from '../src/core/index.ts';
import { errorDocument, formats, type View } from '../src/render/index.ts';
import { anyReport } from './report-arbitrary.ts';
import { reports, view } from './report-samples.ts';

const ENDINGS: Record<string, string> = {
  text: 'txt',
  json: 'json',
  junit: 'xml',
  sarif: 'sarif.json',
  github: 'txt',
  markdown: 'md',
  html: 'html',
};

function render(format: string, report: Report, given: Partial<View> = {}): string {
  const renderer = formats.get(format);
  if (!renderer) throw new Error(`no format ${format}`);
  return renderer.render(report, { ...view, ...given });
}

const samples = Object.entries(reports);
const codesOf = (report: Report): string[] => report.stages.flatMap((s) => s.findings.map((f) => f.code));

describe.each([...formats.keys()])('%s', (format) => {
  test.each(samples)('%s reads as it was looked at', async (name, report) => {
    await expect(render(format, report)).toMatchFileSnapshot(
      `goldens/${format}/${name}.${ENDINGS[format] ?? format}`,
    );
  });

  test.each(samples)('%s names every finding by its code', (_, report) => {
    const output = render(format, report).replaceAll('%3A', ':');
    for (const code of codesOf(report)) expect(output).toContain(code);
  });

  test('ends with one line break and holds no character that could act', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const output = render(format, report);
        expect(output).toMatch(/[^\n]\n$/);
        expect(output).not.toMatch(
          /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/,
        );
        expect(output).not.toMatch(/\p{Surrogate}/u);
      }),
      { numRuns: 25 },
    );
  });

  test('a server can say nothing that a CI log would obey', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const lines = render(format, report).split('\n');
        const ours = /^::(error|warning|notice) title=/;
        for (const line of lines) {
          if (format !== 'github' || !ours.test(line))
            expect(line.trimStart()).not.toMatch(/^::[a-z][\w-]*(\s|::)/i);
          expect(line).not.toMatch(/##(vso|teamcity)?\[/i);
        }
      }),
      { numRuns: 25 },
    );
  });
});

const reportValid = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync('docs/report.schema.json', 'utf8')) as AnySchema,
);

describe('json', () => {
  test('keeps schema 1, as published', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        expect(reportValid(JSON.parse(render('json', report))), JSON.stringify(reportValid.errors)).toBe(
          true,
        );
      }),
      { numRuns: 40 },
    );
  });

  test('the published schema knows exactly our codes', () => {
    const schema = JSON.parse(readFileSync('docs/report.schema.json', 'utf8')) as {
      $defs: { code: { enum: string[] } };
    };
    expect(schema.$defs.code.enum).toEqual(ALL_CODES);
  });

  test('the published schema refuses what breaks the promise', () => {
    const proved = JSON.parse(render('json', reports.proved)) as Record<string, unknown> & {
      stages: unknown[];
    };
    expect(reportValid(proved)).toBe(true);
    expect(reportValid({ ...proved, stages: proved.stages.slice(1) })).toBe(false);
    expect(reportValid({ ...proved, stages: proved.stages.toReversed() })).toBe(false);
    expect(
      reportValid({ ...proved, verdict: { kind: 'broken', rootCause: 'grant/not-a-code', candidates: [] } }),
    ).toBe(false);
  });

  test('does not repeat the paste', () => {
    expect(render('json', reports.pasted)).not.toContain('i keep getting invalid_grant');
  });
});

describe('the error document', () => {
  test('is the contract’s, and the schema knows it', () => {
    const document = errorDocument(
      new Failure('config', 'there is no region \u202e"x"', 'for example eu-central-1'),
    );
    expect(document).toBe(
      '{"schema":1,"tool":"why403","error":{"exit":2,"code":"config","message":"there is no region \\\\u{202e}\\"x\\"","expected":"for example eu-central-1"}}\n',
    );
    expect(reportValid(JSON.parse(document))).toBe(true);
  });
});

// The official schema is draft 4; it differs from draft 7 only in the name of its id.
const sarifRules = Object.fromEntries(
  Object.entries(sarifSchema).filter(([key]) => key !== 'id' && key !== '$schema'),
);
const sarifValid = new Ajv({
  strict: false,
  // One of its patterns is not a regular expression in unicode mode.
  unicodeRegExp: false,
  formats: { uri: isUrl, 'uri-reference': true, 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/ },
}).compile(sarifRules);

function isUrl(text: string): boolean {
  return URL.canParse(text);
}

describe('sarif', () => {
  test('is valid against the official schema', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        expect(sarifValid(JSON.parse(render('sarif', report))), JSON.stringify(sarifValid.errors)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test.each(samples)('%s: each result points at its rule', (_, report) => {
    const { runs } = JSON.parse(render('sarif', report)) as {
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: { ruleId: string; ruleIndex: number }[];
      }[];
    };
    const [run] = runs;
    expect(run?.results.map((r) => r.ruleId)).toEqual(codesOf(report));
    for (const result of run?.results ?? []) {
      expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    }
  });
});

interface JUnitCase {
  readonly name: string;
  readonly failure?: unknown;
  readonly error?: unknown;
  readonly skipped?: unknown;
}
interface JUnitCounts {
  readonly tests: string;
  readonly failures: string;
  readonly errors: string;
  readonly skipped: string;
}
interface JUnit {
  readonly testsuites: JUnitCounts & {
    readonly testsuite: readonly (JUnitCounts & { readonly testcase: readonly JUnitCase[] })[];
  };
}

function parseJUnit(xml: string): JUnit {
  expect(XMLValidator.validate(xml)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (name) => name === 'testsuite' || name === 'testcase',
  });
  return parser.parse(xml) as JUnit;
}

function counted(cases: readonly JUnitCase[]): JUnitCounts {
  const count = (key: keyof JUnitCase): string => String(cases.filter((c) => c[key] !== undefined).length);
  return {
    tests: String(cases.length),
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
}

describe('junit', () => {
  test('is well-formed, and its counts are those of its cases', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const { testsuites } = parseJUnit(render('junit', report));
        for (const suite of testsuites.testsuite) expect(suite).toMatchObject(counted(suite.testcase));
        const { tests, failures, errors } = counted(testsuites.testsuite.flatMap((s) => s.testcase));
        expect(testsuites).toMatchObject({ tests, failures, errors });
        // Jenkins' schema knows no such attribute of the root.
        expect(testsuites).not.toHaveProperty('skipped');
      }),
      { numRuns: 25 },
    );
  });

  test('has the same cases for every report: a case a code, and the verdict', () => {
    for (const [, report] of samples) {
      const { testsuites } = parseJUnit(render('junit', report));
      const names = testsuites.testsuite.flatMap((s) => s.testcase.map((c) => c.name));
      expect(names).toEqual([...ALL_CODES, 'verdict']);
    }
  });

  test('a blocked stage is skipped by name', () => {
    expect(render('junit', reports.unreachable)).toContain(
      '<skipped message="blocked by connection/unreachable',
    );
  });
});

describe('the exit code is the same in every format', () => {
  const views: Partial<View>[] = [{ failOn: 'error' }, { failOn: 'warning' }];
  const expected: Record<keyof typeof reports, [number, number]> = {
    healthy: [0, 0],
    warned: [0, 1],
    proved: [1, 1],
    suspected: [1, 1],
    unreachable: [3, 3],
    unexplained: [3, 3],
    pasted: [1, 1],
    hostile: [1, 1],
  };

  test.each(samples)('%s', (name, report) => {
    const codes = views.map(({ failOn }) => exitOf(report, failOn));
    expect(codes).toEqual(expected[name as keyof typeof reports]);
  });

  test('json says it, junit counts it, sarif carries it, github marks it', () => {
    fc.assert(
      fc.property(anyReport, fc.constantFrom(...views), (report, given) => {
        const exit = exitOf(report, given.failOn);
        expect(exitOf(JSON.parse(render('json', report, given)) as Report, given.failOn)).toBe(exit);
        const { failures, errors } = parseJUnit(render('junit', report, given)).testsuites;
        expect({ failures: failures !== '0', errors: errors !== '0' }).toEqual({
          failures: exit === 1,
          errors: exit === 3,
        });
        const { runs } = JSON.parse(render('sarif', report, given)) as {
          runs: { invocations: { exitCode: number }[] }[];
        };
        expect(runs[0]?.invocations[0]?.exitCode).toBe(exit);
        expect(/^::error /m.test(render('github', report, given))).toBe(report.verdict.kind !== 'healthy');
      }),
      { numRuns: 40 },
    );
  });
});
