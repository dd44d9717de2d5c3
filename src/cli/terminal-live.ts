/** The terminal of a real run: this process's streams and signals. */
import { setImmediate as turn } from 'node:timers/promises';
import { Failure } from '../core/index.ts';
import type { Terminal } from './terminal.ts';

export interface LiveTerminal {
  readonly terminal: Terminal;
  /** Flushes both streams and ends the process with this code. */
  readonly close: (exit: number) => Promise<void>;
}

/** Codes of a reader that is not there any more. */
const GONE: ReadonlySet<string> = new Set(['EPIPE', 'EOF', 'ECONNRESET', 'EIO', 'ERR_STREAM_DESTROYED']);

/** @param argv only to see `--no-color` before anything is parsed */
export function openTerminal(argv: readonly string[]): LiveTerminal {
  const { stdout, stderr, stdin } = process;
  let wrote = false;
  let unwritten: string | undefined;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that goes away (head, a closed pager) is no fault: the run ends with the code that was due.
    if (!GONE.has(error.code ?? '')) unwritten ??= error.code ?? 'unknown error';
  });
  stderr.on('error', () => undefined);
  const aborter = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (aborter.signal.aborted) process.exit(signal === 'SIGTERM' ? 143 : 130);
      aborter.abort(signal);
    });
  }
  const terminal: Terminal = {
    out: (text) => {
      wrote = true;
      stdout.write(text);
    },
    err: (text) => void stderr.write(text),
    env: process.env,
    cwd: workingFolder(),
    stdoutIsTTY: stdout.isTTY === true,
    stderrIsTTY: stderr.isTTY === true,
    ...(stdin.isTTY === true &&
      stderr.isTTY === true && {
        ask: async () =>
          (await import('./asker.ts')).openAsker(
            aborter.signal,
            () => new Failure('interrupted', 'Stopped; nothing was written.'),
          ),
      }),
    columns: stdout.columns ?? 80,
    color: stdout.isTTY === true && !process.env['NO_COLOR'] && !argv.includes('--no-color'),
    stdin: async () => {
      const { collected, whyUnread } = await import('../io/given-file.ts');
      try {
        return await collected(stdin, aborter.signal);
      } catch (error) {
        if (error instanceof Failure) throw error;
        throw new Failure('usage', `standard input can not be read (${whyUnread(error)})`, 'what has an end');
      }
    },
    now: () => new Date(),
    signal: aborter.signal,
  };
  return {
    terminal,
    close: async (exit) => {
      if (wrote) await flushed(stdout);
      // A failed write is told a turn after it is done.
      await turn();
      if (unwritten !== undefined) {
        stderr.write(`why403: the result can not be written to standard output (${unwritten})\n`);
        stderr.write(`        room on the disk that it leads to, or another place\n`);
      }
      await flushed(stderr);
      process.exit(unwritten !== undefined && exit === 0 ? 2 : exit);
    },
  };
}

/** Empty where the folder was removed: absolute paths need none, and what needs one fails as `main` tells. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return '';
  }
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || !stream.writable) resolve();
    else stream.write('', () => resolve());
  });
}
