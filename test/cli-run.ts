/** Runs the program in this process, with an environment of its own: no home, no proxy, no colour. */
import { runCommand } from '../src/cli/main.ts';
import type { Terminal } from '../src/cli/terminal.ts';

export interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: string;
  readonly now?: () => Date;
  readonly signal?: AbortSignal;
  readonly wait?: (ms: number) => Promise<void>;
  readonly ask?: Terminal['ask'];
}

export async function runCli(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const terminal: Terminal = {
    out: (text) => (stdout += text),
    err: (text) => (stderr += text),
    env: { ...options.env },
    cwd: options.cwd ?? process.cwd(),
    stdoutIsTTY: false,
    stderrIsTTY: false,
    columns: 80,
    color: false,
    stdin: () => Promise.resolve(Buffer.from(options.stdin ?? '')),
    now: options.now ?? (() => new Date()),
    signal: options.signal ?? new AbortController().signal,
    ...(options.wait && { wait: options.wait }),
    ...(options.ask && { ask: options.ask }),
  };
  const exit = await runCommand(argv, terminal);
  return { exit, stdout, stderr };
}
