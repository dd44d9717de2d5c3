/** The one document on stdout where a machine format was asked for and there is no report. */
import { visible, type FailureCode } from '../core/index.ts';

/** What ended the run; a `Failure` is one. */
export interface Ending {
  readonly exit: number;
  readonly code: FailureCode;
  readonly message: string;
  readonly expected?: string | undefined;
}

/**
 * The error document of schema 1, with its final line break. It is JSON in every machine format, because a run
 * that failed before a report has nothing that a JUnit or SARIF reader could show.
 */
export function errorDocument(ending: Ending): string {
  const { exit, code, message, expected = '' } = ending;
  const error = { exit, code, message: visible(message), expected: visible(expected) };
  return `${JSON.stringify({ schema: 1, tool: 'why403', error })}\n`;
}
