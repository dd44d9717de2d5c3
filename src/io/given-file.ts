/** Files that the user names. A device has no end and a pipe may have none, so nothing is read without a limit. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { Failure } from '../core/index.ts';

/** More than any document or paste that is meant; it fits into memory many times. */
export const MOST_GIVEN = 64 * 1024 * 1024;
const PIECE = 256 * 1024;

/**
 * The bytes of a file or pipe, read at once.
 * @throws an error with the system's `code`; `EFBIG` where more than `most` bytes come
 */
export function readBounded(path: string, most = MOST_GIVEN): Buffer {
  const handle = openSync(path, 'r');
  try {
    return drain(handle, most);
  } finally {
    closeSync(handle);
  }
}

/**
 * The bytes of a regular file, or of a pipe as far as it goes; a pipe is waited for until the signal.
 * @throws an error with a `code`: the system's, `EFBIG` for more than `most` bytes, `ENOTREG` for a device
 * @throws Failure `interrupted`
 */
export async function readFileOrPipe(path: string, signal: AbortSignal, most = MOST_GIVEN): Promise<Buffer> {
  const handle = openSync(path, constants.O_RDONLY);
  const kind = fstatSync(handle);
  if (kind.isFIFO()) {
    const { Socket } = await import('node:net');
    return collected(new Socket({ fd: handle, readable: true, writable: false }), signal, most);
  }
  try {
    if (kind.isDirectory()) throw failed('EISDIR');
    if (!kind.isFile()) throw failed('ENOTREG');
    return drain(handle, most);
  } finally {
    closeSync(handle);
  }
}

/**
 * All of a stream.
 * @throws an error with the `code` `EFBIG`, or Failure `interrupted` as soon as the signal is aborted
 */
export async function collected(
  stream: AsyncIterable<unknown> & { destroy(): unknown },
  signal: AbortSignal,
  most = MOST_GIVEN,
): Promise<Buffer> {
  const stop = (): void => void stream.destroy();
  signal.addEventListener('abort', stop, { once: true });
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunks[chunks.push(chunk as Buffer) - 1]?.length ?? 0;
      if (size > most) throw failed('EFBIG');
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  if (signal.aborted) throw new Failure('interrupted', 'Interrupted while reading what was given.');
  return Buffer.concat(chunks);
}

/** What stands behind a `code`, in words; for the system's own codes the code itself. */
export function whyUnread(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EFBIG') return 'it is too large';
  if (code === 'EISDIR') return 'it is a folder';
  return code === 'ENOTREG' ? 'it is a device and not a file' : (code ?? 'unknown error');
}

function drain(handle: number, most: number): Buffer {
  const chunks: Buffer[] = [];
  for (let size = 0; ;) {
    const chunk = Buffer.allocUnsafe(PIECE);
    const length = readSync(handle, chunk);
    if (length === 0) return Buffer.concat(chunks);
    size += length;
    if (size > most) throw failed('EFBIG');
    chunks.push(chunk.subarray(0, length));
  }
}

function failed(code: string): Error {
  return Object.assign(new Error(code), { code });
}
