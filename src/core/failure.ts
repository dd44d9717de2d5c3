/** What ends a run without a report. Messages name the input, what was expected, and how to mend it. */

export type FailureCode = 'usage' | 'config' | 'export' | 'locked' | 'internal' | 'interrupted';

const EXITS: Record<FailureCode, number> = {
  usage: 2,
  config: 2,
  export: 4,
  locked: 5,
  internal: 70,
  interrupted: 130,
};

export class Failure extends Error {
  readonly code: FailureCode;
  readonly expected: string | undefined;
  readonly exit: number;

  /**
   * @param code which kind of end this is; it decides the exit code (contract, "Exit codes")
   * @param message names the input and what is wrong with it; never holds a secret
   * @param expected what was expected and how to mend it
   */
  constructor(code: FailureCode, message: string, expected?: string) {
    super(message);
    this.name = 'Failure';
    this.code = code;
    this.expected = expected;
    this.exit = EXITS[code];
  }
}

/** One file can't be read or written, which says nothing of the others. */
export class FileFailure extends Failure {
  /** @param message names the file; see `Failure` */
  constructor(message: string, expected: string) {
    super('export', message, expected);
  }
}
