/** What a run was told to expect: findings that do not count, and promises that were not kept. */
import type { FindingCode, Report } from './finding.ts';

/** A finding that is there and does not count in this run. It stays in the report; only the exit code passes it over. */
export interface Accepted {
  readonly code: FindingCode;
  readonly by: 'ignore' | 'expect' | 'baseline';
  /** Why, in the words of whoever accepted it. */
  readonly reason: string;
  /** The last day on which it is accepted, `2026-12-01`, UTC. */
  readonly until?: string;
}

export interface Acceptance {
  readonly accepted: readonly Accepted[];
  /** What was promised and is not so, each a sentence; any of them makes the exit code 1. */
  readonly unmet: readonly string[];
}

/** What counts against a run: the root cause and every finding of severity `error`, each code once. */
export function countingCodes({ verdict, stages }: Report): FindingCode[] {
  const errors = stages.flatMap((stage) =>
    stage.findings.flatMap((f) => (f.severity === 'error' ? [f.code] : [])),
  );
  return [...new Set([...(verdict.rootCause ? [verdict.rootCause] : []), ...errors])];
}

/** The acceptance that covers a code, or undefined. */
export function acceptedAs({ acceptance }: Report, code: FindingCode): Accepted | undefined {
  return acceptance?.accepted.find((one) => one.code === code);
}

/** Everything that counts was accepted; false where nothing was found, or a failure has no name. */
export function whollyAccepted(report: Report): boolean {
  const counting = countingCodes(report);
  if (report.verdict.kind === 'inconclusive' && report.verdict.rootCause === undefined) return false;
  return counting.length > 0 && counting.every((code) => acceptedAs(report, code) !== undefined);
}
