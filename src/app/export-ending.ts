/** How a gated export ends that did not go through: with a report where a cause can be named, else with a failure. */
import { Failure, exitOf, visibleLine } from '../core/index.ts';
import type { Evidence, Exchange, Report } from '../core/index.ts';
import type { ExportSummary } from '../export/run.ts';
import type { GatedResult } from './export-gated.ts';

export function asReport(report: Report, evidence: Evidence): Extract<GatedResult, { kind: 'report' }> {
  // No token and no finding is a failure that nothing explains.
  const exit = exitOf(report);
  return { kind: 'report', exit: exit === 1 ? 1 : 3, report, evidence };
}

/**
 * Once a window was brought in, the gate is passed: then only a named cause is a report (exit 1), all else is exit 4.
 * A report that finds nothing wrong can't say why an export stopped; the answer that stopped it can.
 */
export function afterGate(
  report: Report,
  evidence: Evidence,
  summary: ExportSummary,
  refused: Exchange | undefined,
): Failure | Extract<GatedResult, { kind: 'report' }> {
  const { kind, rootCause: cause } = report.verdict;
  const windows = summary.windows.length;
  if (kind === 'broken' || (kind === 'inconclusive' && windows === 0)) return asReport(report, evidence);
  const what = refused ? saidOf(refused) : 'no new token was to be had';
  const when =
    windows === 0 ? 'before its first window' : `after ${windows} ${windows === 1 ? 'window' : 'windows'}`;
  const stays = windows === 0 ? 'Nothing was written.' : 'What was written stays.';
  const unfit =
    kind === 'healthy' && refused?.outcome.kind === 'answered'
      ? 'The export needs a 200 with the whole answer in JSON; a gateway, a proxy or a sign-in page may answer in the place of the API: check --api-url. '
      : '';
  return new Failure(
    'export',
    `The export stopped ${when}: ${what}${cause ? ` (${cause})` : ''}. ${stays}`,
    cause
      ? `The next run goes on from there. 'why403 explain ${cause}' says what it means.`
      : `${unfit}The next run goes on from there.`,
  );
}

function saidOf({ outcome, subject = 'a call' }: Exchange): string {
  if (outcome.kind === 'unanswered') return `${subject} was not answered: ${outcome.detail}`;
  if (outcome.kind !== 'answered') return `${subject} was not sent`;
  const { status, headers, body } = outcome;
  const to = status >= 300 && status < 400 ? headers['location']?.slice(0, 200) : undefined;
  const led = to === undefined ? '' : `, a redirect to ${visibleLine(to)} that is not followed`;
  const empty = status < 300 && body.kind === 'none' ? ' and nothing in it' : '';
  return `${subject} was answered with ${status}${empty}${led}`;
}
