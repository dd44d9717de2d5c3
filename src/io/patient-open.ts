/** Opens files of any kind. The open of a named pipe waits for its other end, in a thread that nothing can stop. */
import { closeSync, constants, open, openSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { Failure } from '../core/index.ts';

export interface Patience {
  /** Ends the wait for the other end of a pipe. */
  readonly signal?: AbortSignal | undefined;
  /** How long that other end is waited for; a cron line must not leave a process behind each hour. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 60_000;
const AGAIN_MS = 50;

/**
 * @param flags of `node:fs`; for reading or for writing, not for both
 * @returns the handle, which the caller closes
 * @throws an error with the system's `code`, or `EALONE` where nobody came to the other end of a pipe
 * @throws Failure `interrupted`
 */
export async function openPatiently(path: string, flags: number, patience: Patience): Promise<number> {
  const { signal, patienceMs = PATIENCE_MS } = patience;
  let over: Error | undefined;
  let freeing: NodeJS.Timeout | undefined;
  const giveUp = (why: Error): void => {
    over ??= why;
    freeOpen(path, flags);
    freeing ??= setInterval(() => freeOpen(path, flags), AGAIN_MS);
  };
  const stop = (): void =>
    giveUp(new Failure('interrupted', 'Interrupted while waiting for the other end of a pipe.'));
  const timer = setTimeout(() => giveUp(Object.assign(new Error('EALONE'), { code: 'EALONE' })), patienceMs);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  try {
    const handle = await promisify(open)(path, flags, 0o666);
    if (over === undefined) return handle;
    closeSync(handle);
    throw over;
  } finally {
    signal?.removeEventListener('abort', stop);
    clearTimeout(timer);
    clearInterval(freeing);
  }
}

/** Comes to the other end for a moment: the thread goes on, and so can the end of the process, which waits for it. */
function freeOpen(path: string, flags: number): void {
  const other = flags & constants.O_WRONLY ? constants.O_RDONLY : constants.O_WRONLY;
  try {
    if (statSync(path).isFIFO()) closeSync(openSync(path, other | constants.O_NONBLOCK));
  } catch {
    // The thread is not there yet, or gone already; the next try will tell.
  }
}
