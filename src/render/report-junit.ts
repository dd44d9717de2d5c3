/**
 * JUnit XML for CI systems: a suite a stage, a test case a check, and one for the verdict. The names are the codes,
 * so a case keeps its history. Failures mean exit 1, errors mean exit 3, and there are never both.
 */
import { acceptedAs, whollyAccepted } from '../core/index.ts';
import type { Finding, FindingCode, Report, StageResult } from '../core/index.ts';
import { openCandidates, sureness, titleOf, verdictLine, verdictMeaning } from './phrases.ts';
import { candidatePlain, findingPlain } from './plain-finding.ts';
import type { Renderer, View } from './view.ts';
import { xmlAttribute as attr, xmlText } from './xml.ts';

type Outcome =
  | { readonly kind: 'passed'; readonly output?: string }
  | { readonly kind: 'skipped'; readonly message: string }
  | {
      readonly kind: 'failure' | 'error';
      readonly type: string;
      readonly message: string;
      readonly body: string;
    };

interface Case {
  readonly name: string;
  readonly title: string;
  readonly outcome: Outcome;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
  readonly note: string;
}

export const junit: Renderer = {
  id: 'junit',
  machine: true,
  render(report, view) {
    const stages = report.stages.map((stage) => suiteOf(stage, report, view));
    const suites = [...stages, { name: 'verdict', cases: [verdictCase(report, stages)], note: '' }];
    const head = `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attr('name', 'why403')}${totals(suites)}>\n`;
    return `${head}${suites.map((suite) => suiteXml(suite, view)).join('')}</testsuites>\n`;
  },
};

function suiteOf(stage: StageResult, report: Report, view: View): Suite {
  const checks = view.ladder.find((s) => s.id === stage.stage)?.checks ?? [];
  const titles = new Map<FindingCode, string>(checks.map((check) => [check.code, check.title]));
  for (const finding of stage.findings) titles.set(finding.code, finding.title);
  const cases = [...titles].map(([code, title]) => ({
    name: code,
    title,
    outcome: outcomeOf(code, stage, report, view),
  }));
  return { name: stage.stage, cases, note: stage.note };
}

function outcomeOf(code: FindingCode, stage: StageResult, report: Report, view: View): Outcome {
  const found = stage.findings.filter((f) => f.code === code);
  if (found.length > 0) return outcomeOfFindings(code, found, report, view);
  if (stage.status === 'skipped') return { kind: 'skipped', message: `blocked by ${stage.blockedBy}` };
  if (stage.status === 'unknown') {
    // The suite has the note once; a line for each check would repeat it.
    const answered = stage.missing.length === 0 && stage.note !== '';
    const why = answered
      ? 'an answer came that no rule explains'
      : `no answer to: ${stage.missing.join(', ') || stage.stage}`;
    return { kind: 'skipped', message: `not judged, ${why}` };
  }
  const candidate = report.verdict.candidates.find((c) => c.code === code);
  if (candidate) return { kind: 'skipped', message: `not ruled out: ${candidate.why}` };
  return { kind: 'passed' };
}

function outcomeOfFindings(
  code: FindingCode,
  found: readonly Finding[],
  report: Report,
  view: View,
): Outcome {
  const body = found.map((f) => findingPlain(f, report)).join('\n\n');
  const [first] = found as [Finding, ...Finding[]];
  const { kind } = report.verdict;
  const graveEnough = (f: Finding): boolean =>
    f.severity === 'error' || (kind === 'healthy' && f.severity === 'warning' && view.failOn === 'warning');
  if (!found.some(graveEnough)) return { kind: 'passed', output: body };
  const accepted = acceptedAs(report, code);
  if (accepted)
    return { kind: 'skipped', message: `found, and accepted (${accepted.by}): ${accepted.reason}` };
  // CI reads an error as "could not tell"; so it is where nobody answered.
  const as = kind === 'inconclusive' ? 'error' : 'failure';
  return { kind: as, type: code, message: `${titleOf(first)} (${sureness(first, report)})`, body };
}

/** Carries the verdict where no check's case does, so that the file and the exit code always agree. */
function verdictCase(report: Report, stages: readonly Suite[]): Case {
  const message = verdictLine(report);
  const body = [
    verdictMeaning(report),
    ...openCandidates(report).map(candidatePlain),
    ...(report.notes ?? []),
  ].join('\n');
  const told = stages.some((s) =>
    s.cases.some((c) => c.outcome.kind === 'failure' || c.outcome.kind === 'error'),
  );
  const { kind } = report.verdict;
  const as = kind === 'broken' ? 'failure' : 'error';
  const [unmet] = report.acceptance?.unmet ?? [];
  const fine = kind === 'healthy' || told || whollyAccepted(report);
  const outcome: Outcome =
    unmet !== undefined
      ? { kind: 'failure', type: 'expectation', message: unmet, body: `${message}\n${body}` }
      : fine
        ? { kind: 'passed', output: `${message}\n${body}` }
        : { kind: as, type: kind, message, body };
  return { name: 'verdict', title: 'the verdict', outcome };
}

function totals(suites: readonly Suite[]): string {
  const cases = suites.flatMap((suite) => suite.cases);
  return [
    attr('tests', cases.length),
    count('failure', suites, 'failures'),
    count('error', suites, 'errors'),
    attr('time', '0'),
  ].join('');
}

function count(kind: Outcome['kind'], suites: readonly Suite[], name: string): string {
  return attr(name, suites.flatMap((suite) => suite.cases).filter((c) => c.outcome.kind === kind).length);
}

function suiteXml(suite: Suite, { generatedAt }: View): string {
  // JUnit's schema knows the timestamp only without a zone.
  const at = attr('timestamp', generatedAt?.replace(/Z$/, ''));
  // The root may not have it, by the schema that Jenkins checks against.
  const skipped = count('skipped', [suite], 'skipped');
  const cases = suite.cases.map((c) => caseXml(c, suite.name)).join('');
  const note = suite.note && `    <system-out>${xmlText(suite.note)}</system-out>\n`;
  return `  <testsuite${attr('name', `why403.${suite.name}`)}${totals([suite])}${skipped}${at}>\n${cases}${note}  </testsuite>\n`;
}

function caseXml({ name, title, outcome }: Case, suite: string): string {
  const head = `    <testcase${attr('name', name)}${attr('classname', `why403.${suite}`)}${attr('time', '0')}`;
  switch (outcome.kind) {
    case 'passed': {
      if (outcome.output === undefined) return `${head}/>\n`;
      return `${head}>\n      <system-out>${xmlText(outcome.output)}</system-out>\n    </testcase>\n`;
    }
    case 'skipped':
      return `${head}>\n      <skipped${attr('message', `${outcome.message} (${title})`)}/>\n    </testcase>\n`;
    case 'failure':
    case 'error': {
      const { kind, type, message, body } = outcome;
      const inner = `<${kind}${attr('message', message)}${attr('type', type)}>${xmlText(body)}</${kind}>`;
      return `${head}>\n      ${inner}\n    </testcase>\n`;
    }
  }
}
