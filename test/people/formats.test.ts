/** Every report that a machine reads, against the schema that its readers have. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type AnySchema } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { everyScenario, diagnosed } from './scenarios.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const XSD = readFileSync(join(import.meta.dirname, 'junit.xsd'), 'utf8');
const report = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync(join(ROOT, 'docs', 'report.schema.json'), 'utf8')) as AnySchema,
);
// The official schema is draft 4; it differs from draft 7 only in the name of its id.
const rules = Object.fromEntries(
  Object.entries(sarifSchema).filter(([key]) => key !== 'id' && key !== '$schema'),
);
// One of its patterns is not a regular expression in unicode mode.
const sarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(rules);

describe.each(everyScenario())('%s %s', (org, scenario) => {
  const made: Record<string, string> = {};
  const exits = new Set<number>();

  beforeAll(async () => {
    await diagnosed(org, scenario, async (run) => {
      for (const format of ['json', 'junit', 'sarif', 'github', 'markdown', 'html', 'text']) {
        const ran = await run(format);
        made[format] = ran.stdout;
        exits.add(ran.exit);
      }
    });
  });

  test('one exit code in all formats', () => {
    expect([...exits]).toHaveLength(1);
  });

  test('json is schema 1', () => {
    expect(report(JSON.parse(made['json']!)), JSON.stringify(report.errors)).toBe(true);
  });

  test('sarif is 2.1.0', () => {
    expect(sarif(JSON.parse(made['sarif']!)), JSON.stringify(sarif.errors)).toBe(true);
  });

  test('junit is what CI systems read', async () => {
    const checked = await validateXML({
      xml: { fileName: 'report.xml', contents: made['junit']! },
      schema: { fileName: 'junit.xsd', contents: XSD },
    });
    expect(checked.errors).toEqual([]);
    expect(checked.valid).toBe(true);
  });
});

test('the schema for JUnit refuses what it should', async () => {
  const check = async (contents: string): Promise<boolean> =>
    (
      await validateXML({
        xml: { fileName: 'x.xml', contents },
        schema: { fileName: 'junit.xsd', contents: XSD },
      })
    ).valid;
  const root = (inner: string, more = ''): string =>
    `<testsuites tests="1" failures="0" errors="0"${more}>${inner}</testsuites>`;
  expect(await check(root(''))).toBe(true);
  expect(await check(root('', ' skipped="0"'))).toBe(false);
  expect(await check(root('<testcase name="a" classname="b"/>'))).toBe(false);
});
