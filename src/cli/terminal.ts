import type { Asker } from './asker.ts';

/** What a command may use of the world; tests give their own. */
export interface Terminal {
  /** The result. */
  out(text: string): void;
  /** Everything else: progress, notes. */
  err(text: string): void;
  readonly env: NodeJS.ProcessEnv;
  /** The working directory; empty where it was removed. */
  readonly cwd: string;
  readonly stdoutIsTTY: boolean;
  readonly stderrIsTTY: boolean;
  /** A person can be asked: standard input and stderr are a TTY. Opens the questions. */
  readonly ask?: () => Promise<Asker>;
  readonly columns: number;
  /** Colour on stdout: a TTY, no NO_COLOR, no --no-color. */
  readonly color: boolean;
  /** All of standard input. */
  stdin(): Promise<Buffer>;
  readonly now: () => Date;
  /** For tests; default: the clock's own. */
  readonly wait?: (ms: number) => Promise<void>;
  /** Aborted by SIGINT or SIGTERM; its reason is the signal's name. */
  readonly signal: AbortSignal;
}

/** Runs a command; the number is the exit code. Throws `Failure` for what ends without a report. */
export type Run<Args> = (args: Args, terminal: Terminal) => Promise<number>;
