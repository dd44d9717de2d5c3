/** Schema 1 of the contract: for programs. docs/report.schema.json describes it. */
import type { EvidencePoint, Finding, Report, StageResult } from '../core/index.ts';
import { placeOf } from './text-paste.ts';
import type { Renderer } from './view.ts';

export const json: Renderer = {
  id: 'json',
  machine: true,
  render: (report) => `${JSON.stringify(document(report), null, 2)}\n`,
};

/** Field by field, so that nothing that a later report carries gets out by itself; the paste stays in. */
function document(report: Report): object {
  const { kind, rootCause, certainty, candidates } = report.verdict;
  return {
    schema: report.schema,
    tool: report.tool,
    provider: report.provider,
    stages: report.stages.map((stage) => stageOf(stage, report.paste)),
    verdict: {
      kind,
      ...(rootCause !== undefined && { rootCause }),
      ...(certainty !== undefined && { certainty }),
      candidates: candidates.map(({ code, certainty: sure, why, tell }) => ({
        code,
        certainty: sure,
        why,
        tell,
      })),
    },
    ...(report.notes && report.notes.length > 0 && { notes: report.notes }),
  };
}

function stageOf({ stage, status, findings, missing, blockedBy, note }: StageResult, paste?: string): object {
  return { stage, status, findings: findings.map((f) => findingOf(f, paste)), missing, blockedBy, note };
}

function findingOf(finding: Finding, paste?: string): object {
  const { code, severity, certainty, title, cause, evidence, fix, references } = finding;
  return {
    code,
    severity,
    certainty,
    title,
    cause,
    evidence: evidence.map((point) => pointOf(point, paste)),
    fix: fix.map(({ who, action, where, command, message }) => ({ who, action, where, command, message })),
    references: references.map(({ title: name, url }) => ({ title: name, url })),
  };
}

function pointOf({ at, shows, source }: EvidencePoint, paste?: string): object {
  if (!source) return { at, shows };
  const place = paste === undefined ? undefined : placeOf(paste, source);
  return {
    at,
    shows,
    source: { from: source.from, to: source.to, ...(place && { line: place.line, column: place.column }) },
  };
}
