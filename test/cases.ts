/** The case folders: each a failure with its evidence, the verdict that it must get, and the report as it reads. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { explainPaste } from '../src/app/explain-paste.ts';
import { builtIn, knownOf } from '../src/catalogue/index.ts';
import { ladder } from '../src/checks/ladder.ts';
import type {
  Evidence,
  FindingCode,
  Report,
  Stage,
  StageId,
  StageResult,
  Verdict,
} from '../src/core/index.ts';
import { judge } from '../src/diagnose/index.ts';
import { profileOf } from '../src/providers/index.ts';
import { formats, plain } from '../src/render/index.ts';

export const CASES = join(import.meta.dirname, '..', 'fixtures', 'cases');

export interface Expected {
  readonly about: string;
  readonly origin: 'sandbox' | 'field' | 'documentation';
  readonly source?: string;
  readonly mode: 'climb' | 'everything';
  readonly verdict: {
    readonly kind: Verdict['kind'];
    readonly rootCause?: FindingCode;
    readonly certainty?: Verdict['certainty'];
    readonly candidates?: readonly FindingCode[];
  };
  readonly stages: Readonly<Record<StageId, StageResult['status']>>;
}

export interface Case {
  /** `grant/not-allowed` or `grant/not-allowed.rfc6749`. */
  readonly name: string;
  readonly folder: string;
  /** The code that the folder is named for; undefined for `healthy/…`. */
  readonly code?: string;
  readonly expected: Expected;
}

export function loadCases(): Case[] {
  return readdirSync(CASES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === 'expected.json')
    .map((entry) => {
      const folder = entry.parentPath;
      const name = relative(CASES, folder).replaceAll('\\', '/');
      const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;
      return { name, folder, expected, ...(!name.startsWith('healthy/') && { code: name.split('.')[0]! }) };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Judges a case's evidence, statement or paste, by the whole ladder unless another is given. */
export function judgeCase({ folder, expected }: Case, stages: readonly Stage[] = ladder): Report {
  const file = (name: string) => join(folder, name);
  if (existsSync(file('statement.json'))) {
    const statement = JSON.parse(readFileSync(file('statement.json'), 'utf8')) as object;
    return explainPaste(statement, { ladder: stages }).report;
  }
  if (existsSync(file('paste.txt'))) {
    return explainPaste(readFileSync(file('paste.txt'), 'utf8'), { ladder: stages }).report;
  }
  const evidence = JSON.parse(readFileSync(file('evidence.json'), 'utf8')) as Evidence;
  return judge(stages, {
    evidence,
    profile: profileOf(evidence.provider)!,
    catalogue: knownOf(evidence.provider, builtIn),
    mode: expected.mode,
  });
}

/** What a case's person pasted, as text; undefined where the case is evidence. */
export function pasteOf({ folder }: Case): string | undefined {
  const file = ['statement.json', 'paste.txt']
    .map((name) => join(folder, name))
    .find((path) => existsSync(path));
  return file === undefined ? undefined : readFileSync(file, 'utf8');
}

/** The report as a person sees it: 80 columns, no colour. */
export function textOf(report: Report): string {
  return formats.get('text')!.render(report, { paint: plain, width: 80, ladder });
}

/** What `expected.json` says of a report. */
export function summaryOf(report: Report): Pick<Expected, 'verdict' | 'stages'> {
  const { kind, rootCause, certainty, candidates } = report.verdict;
  return {
    verdict: {
      kind,
      ...(rootCause && { rootCause }),
      ...(certainty && { certainty }),
      ...(candidates.length > 0 && { candidates: candidates.map((c) => c.code) }),
    },
    stages: Object.fromEntries(report.stages.map((s) => [s.stage, s.status])) as Expected['stages'],
  };
}
