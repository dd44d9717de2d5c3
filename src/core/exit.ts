/** The exit code of a report. It is decided here and nowhere else, so that every format ends alike. */
import type { Report } from './finding.ts';

/**
 * @param failOn `warning` turns a healthy verdict with warnings into 1; default `error`
 * @returns 0 healthy, 1 broken, 3 inconclusive (contract, "Exit codes")
 */
export function exitOf(report: Report, failOn: 'error' | 'warning' = 'error'): 0 | 1 | 3 {
  switch (report.verdict.kind) {
    case 'broken':
      return 1;
    case 'inconclusive':
      return 3;
    case 'healthy':
      return failOn === 'warning' && hasWarning(report) ? 1 : 0;
  }
}

function hasWarning(report: Report): boolean {
  return report.stages.some((stage) => stage.findings.some((finding) => finding.severity === 'warning'));
}
