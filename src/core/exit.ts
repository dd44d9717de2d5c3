/** The exit code of a report. It is decided here and nowhere else, so that every format ends alike. */
import { acceptedAs, whollyAccepted } from './acceptance.ts';
import type { Report } from './finding.ts';

/**
 * @param failOn `warning` turns a healthy verdict with warnings into 1; default `error`
 * @returns 0 healthy, or all that is wrong is accepted; 1 broken, or a promise is not kept; 3 inconclusive
 * (contract, "Exit codes")
 */
export function exitOf(report: Report, failOn: 'error' | 'warning' = 'error'): 0 | 1 | 3 {
  if (report.acceptance && report.acceptance.unmet.length > 0) return 1;
  const healthy = report.verdict.kind === 'healthy' || whollyAccepted(report);
  if (!healthy) return report.verdict.kind === 'broken' ? 1 : 3;
  return failOn === 'warning' && hasWarning(report) ? 1 : 0;
}

function hasWarning(report: Report): boolean {
  return report.stages.some((stage) =>
    stage.findings.some((f) => f.severity === 'warning' && !acceptedAs(report, f.code)),
  );
}
