/** Schema 1 of the contract: for programs. docs/report.schema.json describes it. */
import type {
  Acceptance,
  EndpointRow,
  EvidencePoint,
  Finding,
  LeastPrivilege,
  ProbeRow,
  Report,
  StageResult,
} from '../core/index.ts';
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
    ...(report.endpoints && { endpoints: report.endpoints.map(endpointOf) }),
    ...(report.probes && { probes: report.probes.map(probeOf) }),
    ...(report.leastPrivilege && { leastPrivilege: leastOf(report.leastPrivilege) }),
    ...(report.acceptance && { acceptance: acceptanceOf(report.acceptance) }),
  };
}

function acceptanceOf({ accepted, unmet }: Acceptance): object {
  return { accepted: accepted.map(({ code, by, reason, until }) => ({ code, by, reason, until })), unmet };
}

function endpointOf({ method, path, result, status, codes }: EndpointRow): object {
  return { method, path, result, status, codes };
}

function probeOf({ variable, value, asConfigured = false, result, answer }: ProbeRow): object {
  return { variable, value, asConfigured, result, answer };
}

function leastOf({ permissions, scopes, clicks, role, terraform, remarks, beyond }: LeastPrivilege): object {
  return {
    permissions,
    scopes,
    clicks,
    role,
    terraform,
    remarks,
    beyond: beyond?.map(({ right, role: by, tooWide }) => ({ right, role: by, tooWide })),
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
