/** Runs the built program as a child process, with an environment of its own: no home but a folder of the test's. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Ran } from './cli-run.ts';

export const BIN = join(import.meta.dirname, '..', 'dist', 'why403.cjs');

export interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly stdin?: string;
  /** Nobody reads its stdout, from the first moment. */
  readonly closedStdout?: boolean;
  /** Where its stdout leads instead: a file's descriptor. */
  readonly stdout?: number;
  /** Sees the process as soon as it runs. */
  readonly started?: (child: ChildProcess) => void;
}

/** Ends with what the process wrote and its exit code; a process that a signal killed has the exit code -1. */
export function runChild(argv: readonly string[], options: ChildOptions): Promise<Ran> {
  if (!existsSync(BIN)) throw new Error('the program is not built: npm run build');
  const child = spawn(process.execPath, [BIN, ...argv], {
    cwd: options.cwd,
    env: {
      PATH: process.env['PATH'],
      HOME: join(options.cwd, 'home'),
      SystemRoot: process.env['SystemRoot'],
      ...options.env,
    },
    stdio: ['pipe', options.stdout ?? 'pipe', 'pipe'],
  });
  options.started?.(child);
  let stdout = '';
  let stderr = '';
  if (options.closedStdout) child.stdout?.destroy();
  else child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(options.stdin ?? '');
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => resolve({ exit: exit ?? -1, stdout, stderr }));
  });
}
