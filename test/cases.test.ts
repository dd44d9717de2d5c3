import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ladder } from '../src/checks/ladder.ts';
import { isCode } from '../src/core/index.ts';
import { profiles } from '../src/providers/index.ts';
import { formats } from '../src/render/index.ts';
import { view } from './report-samples.ts';
import { judgeCase, loadCases, summaryOf, textOf } from './cases.ts';

const cases = loadCases();
const DOCS = join(import.meta.dirname, '..', 'docs', 'findings');

describe.each(cases)('$name', (one) => {
  const report = judgeCase(one);

  it(one.expected.about, () => {
    expect(summaryOf(report)).toEqual({ verdict: one.expected.verdict, stages: one.expected.stages });
  });

  it('reads as its golden report', () => {
    expect(textOf(report)).toBe(readFileSync(join(one.folder, 'report.txt'), 'utf8'));
  });

  it('cites what a provider says in no report but its own', () => {
    const references = report.stages.flatMap(({ findings }) => findings.flatMap((f) => f.references));
    const document = formats.get('sarif')!.render(report, { ...view, ladder });
    const { runs } = JSON.parse(document) as { runs: { tool: { driver: { rules: { help: object }[] } } }[] };
    const rules = runs[0]!.tool.driver.rules.map(({ help }) => help);
    const ofGenesys = /https:\S*(?:genesys|purecloud)/i;
    if (report.provider !== 'genesys-cloud') {
      expect(JSON.stringify(references)).not.toMatch(ofGenesys);
      expect(JSON.stringify(rules)).not.toMatch(ofGenesys);
    } else expect(JSON.stringify(rules)).toMatch(ofGenesys);
  });
});

describe('the catalogue of findings', () => {
  const implemented = ladder.flatMap((stage) => stage.checks.map((check) => check.code));

  it('implements each code once', () => {
    expect(new Set(implemented).size).toBe(implemented.length);
  });

  it.each(implemented)('%s has a case that finds it, and a page', (code) => {
    const found = cases.filter((c) => c.code === code);
    expect(found.length, 'no case folder').toBeGreaterThan(0);
    const shown = found.some((c) => judgeCase(c).stages.some((s) => s.findings.some((f) => f.code === code)));
    expect(shown, 'no case in which it is found').toBe(true);
    expect(existsSync(join(DOCS, `${code}.md`)), 'no page').toBe(true);
  });

  it('has no case folder for a code that does not exist', () => {
    expect(cases.filter((c) => c.code !== undefined && !isCode(c.code)).map((c) => c.name)).toEqual([]);
  });

  it.each(Object.keys(profiles))('%s has a healthy case', (id) => {
    expect(cases.some((c) => c.name.startsWith(`healthy/${id}`))).toBe(true);
  });
});
