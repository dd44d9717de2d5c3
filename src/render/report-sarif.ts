/** SARIF 2.1.0 (OASIS, 2020-03-27). The rules are the ladder's checks; a finding is a result. */
import {
  acceptedAs,
  exitOf,
  referencesFor,
  type Check,
  type EvidencePoint,
  type Finding,
  type FindingCode,
  type Report,
  type StageResult,
} from '../core/index.ts';
import { linkable, verdictLine, verdictMeaning } from './phrases.ts';
import { fixPlain } from './plain-finding.ts';
import { placeOf } from './text-paste.ts';
import type { Renderer, View } from './view.ts';

export const sarif: Renderer = {
  id: 'sarif',
  machine: true,
  render: (report, view) => `${JSON.stringify(log(report, view), null, 2)}\n`,
};

function log(report: Report, view: View): object {
  const rules = view.ladder.flatMap((stage) => stage.checks);
  const results = report.stages.flatMap((stage) =>
    stage.findings.map((f) => result(f, stage, report, rules)),
  );
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: driver(rules, report.provider, view) },
        invocations: [invocation(report, view)],
        // Columns and offsets count as JavaScript counts characters.
        columnKind: 'utf16CodeUnits',
        results,
        properties: { provider: report.provider, verdict: report.verdict },
      },
    ],
  };
}

function driver(rules: readonly Check[], provider: string, { version }: View): object {
  return {
    name: 'why403',
    ...(version && { version, semanticVersion: version }),
    rules: rules.map((check) => rule(check, provider)),
  };
}

const LEVELS = { error: 'error', warning: 'warning', note: 'note' } as const;

function rule(check: Check, provider: string): object {
  const references = referencesFor(provider, check.references);
  const help = references.find((r) => linkable(r.url))?.url;
  const text = check.page.trim() || check.title;
  return {
    id: check.code,
    name: pascal(check.code),
    shortDescription: { text: `${check.title}.` },
    fullDescription: { text },
    help: { text: [text, ...references.map((r) => `${r.title}: ${r.url}`)].join('\n') },
    ...(help !== undefined && { helpUri: help }),
    defaultConfiguration: { level: LEVELS[check.severity] },
    properties: { blocks: check.blocks, tags: [check.code.split('/')[0]] },
  };
}

function pascal(code: FindingCode): string {
  return code.replaceAll(/(?:^|[/-])(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function invocation(report: Report, { generatedAt, failOn }: View): object {
  return {
    executionSuccessful: true,
    exitCode: exitOf(report, failOn),
    exitCodeDescription: `${verdictLine(report)}. ${verdictMeaning(report)}`,
    ...(generatedAt && { endTimeUtc: generatedAt }),
    toolExecutionNotifications: report.stages.flatMap(notification),
  };
}

function notification(stage: StageResult): object[] {
  if (stage.status === 'skipped')
    return [notice(stage, `${stage.stage} was skipped: blocked by ${stage.blockedBy}`)];
  if (stage.status !== 'unknown') return [];
  const answered = stage.missing.length === 0 && stage.note !== '';
  const why = answered ? stage.note : `no answer to ${stage.missing.join(', ') || 'what it asks'}`;
  return [notice(stage, `${stage.stage} is unknown: ${why}`)];
}

function notice({ stage }: StageResult, text: string): object {
  return { level: 'note', message: { text }, properties: { stage } };
}

function result(finding: Finding, { stage }: StageResult, report: Report, rules: readonly Check[]): object {
  const index = rules.findIndex((r) => r.code === finding.code);
  const shown = finding.evidence.map((p) => `Shown by ${p.at}: ${p.shows}`);
  const candidate = report.verdict.candidates.find((c) => c.code === finding.code);
  return {
    ruleId: finding.code,
    ...(index >= 0 && { ruleIndex: index }),
    level: LEVELS[finding.severity],
    message: { text: [`${finding.title}. ${finding.cause}`, ...shown, ...fixPlain(finding)].join('\n') },
    locations: locations(finding, report),
    ...(report.acceptance && { suppressions: suppressions(finding, report) }),
    partialFingerprints: { 'code/v1': `${report.provider} ${finding.code}` },
    properties: {
      stage,
      certainty: finding.certainty,
      rootCause: finding.code === report.verdict.rootCause,
      ...(candidate && { causeCertainty: candidate.certainty }),
    },
  };
}

/** SARIF §3.27.23: an empty list says of a result that it is not suppressed, where others may be. */
function suppressions({ code }: Finding, report: Report): object[] {
  const accepted = acceptedAs(report, code);
  if (!accepted) return [];
  return [{ kind: 'external', status: 'accepted', justification: `${accepted.by}: ${accepted.reason}` }];
}

function locations({ code, evidence }: Finding, { paste }: Report): object[] {
  const inPaste =
    paste === undefined ? [] : evidence.flatMap((p) => (p.source ? [pasted(p, paste, p.source)] : []));
  if (inPaste.length > 0) return unique(inPaste);
  // Code scanning refuses a result without a file; a diagnosis of a live org has none, so its place has a name.
  return [
    {
      physicalLocation: { artifactLocation: { uri: 'why403' }, region: { startLine: 1 } },
      logicalLocations: evidence.length > 0 ? unique(evidence.map((p) => logical(p.at))) : [logical(code)],
    },
  ];
}

/** The schema allows no two equal locations. */
function unique(items: readonly object[]): object[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

function logical(at: string): object {
  return { fullyQualifiedName: at, kind: 'member' };
}

function pasted(point: EvidencePoint, paste: string, source: NonNullable<EvidencePoint['source']>): object {
  const { line, column } = placeOf(paste, source);
  const charOffset = Math.min(Math.max(0, source.from), paste.length);
  const charLength = Math.min(Math.max(source.to, charOffset), paste.length) - charOffset;
  return {
    physicalLocation: {
      artifactLocation: { uri: 'paste.txt' },
      region: { startLine: line, startColumn: column, charOffset, charLength },
    },
    logicalLocations: [logical(point.at)],
    message: { text: point.shows },
  };
}
