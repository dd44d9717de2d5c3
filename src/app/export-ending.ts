/** How a gated export ends that did not go through: with a report where a cause can be named, else with a failure. */
import { Failure, exitOf, visibleLine } from '../core/index.ts';
import type { Body, Evidence, Exchange, Json, Report } from '../core/index.ts';
import { failuresIn, hoursOf } from '../export/left-out.ts';
import type { LeftOut } from '../export/left-out.ts';
import type { ExportSummary } from '../export/run.ts';
import type { GatedResult } from './export-gated.ts';

export function asReport(report: Report, evidence: Evidence): Extract<GatedResult, { kind: 'report' }> {
  // No token and no finding is a failure that nothing explains.
  const exit = exitOf(report);
  return { kind: 'report', exit: exit === 1 ? 1 : 3, report, evidence };
}

/** Where a run ended that is not whole. */
export interface Stop {
  /** The call that was refused; none where no token was to be had. */
  readonly refused?: Exchange;
  /** What the run went on without. */
  readonly leftOut: readonly LeftOut[];
  /** It went through; else it stopped there. */
  readonly wentOn: boolean;
}

/**
 * Once a window was brought in, the gate is passed: then only a named cause is a report (exit 1), all else is exit 4.
 * A report that finds nothing wrong can't say why an export stopped; the answer that stopped it can.
 */
export function afterGate(
  report: Report,
  evidence: Evidence,
  summary: ExportSummary,
  stop: Stop,
): Failure | Extract<GatedResult, { kind: 'report' }> {
  const { kind, rootCause: cause } = report.verdict;
  const windows = summary.windows.length;
  if (kind === 'broken' || (kind === 'inconclusive' && windows === 0)) {
    const told = windows > 0 || stop.leftOut.length > 0 ? toldOf(summary, stop) : undefined;
    return { ...asReport(report, evidence), ...(told !== undefined && { told }) };
  }
  const unfit =
    kind === 'healthy' &&
    stop.refused?.outcome.kind === 'answered' &&
    wordsOf(stop.refused.outcome.body) === ''
      ? 'The export needs a 200 with the whole answer in JSON; a gateway, a proxy or a sign-in page may answer in the place of the API: check --api-url. '
      : '';
  return new Failure(
    'export',
    toldOf(summary, stop, cause),
    `${cause ? '' : unfit}${stop.wentOn ? 'The next run asks for them again.' : 'The next run goes on from there.'}${cause ? ` 'why403 explain ${cause}' says what it means.` : ''}`,
  );
}

/** What the run did and did not bring in, and why. */
function toldOf(summary: ExportSummary, { refused, leftOut, wentOn }: Stop, cause?: string): string {
  const windows = summary.windows.length;
  const what = refused ? saidOf(refused) : 'no new token was to be had';
  const count = `${windows} ${windows === 1 ? 'window' : 'windows'}`;
  const calls = leftOut.filter(({ trouble }) => !(trouble instanceof Failure));
  const when = windows === 0 ? 'before its first window' : `after ${count}`;
  const head = wentOn ? `The export left out ${hoursOf(calls)}` : `The export stopped ${when}`;
  const before = !wentOn && calls.length > 0 ? ` Before that it left out ${hoursOf(calls)}.` : '';
  const failures = failuresIn(leftOut);
  const rest =
    windows === 0
      ? 'Nothing was written.'
      : wentOn
        ? `The rest, ${count}, is in the archive.`
        : 'What was written stays.';
  return `${head}: ${what}${cause ? ` (${cause})` : ''}.${before}${failures === '' ? '' : ` ${failures}`} ${rest}`;
}

function saidOf({ outcome, subject = 'a call' }: Exchange): string {
  if (outcome.kind === 'unanswered') return `${subject} was not answered: ${outcome.detail}`;
  if (outcome.kind !== 'answered') return `${subject} was not sent`;
  const { status, headers, body } = outcome;
  const to = status >= 300 && status < 400 ? headers['location']?.slice(0, 200) : undefined;
  const led = to === undefined ? '' : `, a redirect to ${visibleLine(to)} that is not followed`;
  const empty = status < 300 && body.kind === 'none' ? ' and nothing in it' : '';
  return `${subject} was answered with ${status}${empty}${led}${wordsOf(body)}`;
}

const MOST_WORDS = 300;

/** The API's own words. */
function wordsOf(body: Body): string {
  if (body.kind !== 'json' || body.value === null || typeof body.value !== 'object') return '';
  const { message, code } = body.value as { readonly [key: string]: Json };
  const words = typeof message === 'string' && message !== '' ? [JSON.stringify(message)] : [];
  if (typeof code === 'string' && code !== '') words.push(`code ${code}`);
  return words.length === 0 ? '' : ` (${visibleLine(words.join(', ')).slice(0, MOST_WORDS)})`;
}
