/** Files that the user names. A device has no end and a pipe may have none, so nothing is read without a limit. */
import { closeSync, constants, fstatSync, readSync, writeFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { isatty } from 'node:tty';
import { Failure } from '../core/index.ts';
import { openPatiently, type Patience } from './patient-open.ts';

/** More than any document or paste that is meant; it fits into memory many times. */
export const MOST_GIVEN = 64 * 1024 * 1024;
const PIECE = 256 * 1024;

/**
 * The bytes of a regular file, or of a pipe as far as it goes.
 * @throws an error with a `code`: the system's, `EFBIG` for more than `most` bytes, `ENOTREG` for a device with an
 * endless content, `EALONE` for a pipe that nobody writes into; `whyUnread` puts it in words
 * @throws Failure `interrupted`
 */
export async function readGiven(
  path: string,
  { most = MOST_GIVEN, ...patience }: Patience & { readonly most?: number } = {},
): Promise<Buffer> {
  const handle = await openPatiently(path, constants.O_RDONLY, patience);
  const kind = fstatSync(handle);
  if (kind.isFIFO()) {
    const { Socket } = await import('node:net');
    return collected(new Socket({ fd: handle, readable: true, writable: false }), patience.signal, most);
  }
  try {
    if (kind.isDirectory()) throw failed('EISDIR');
    if (kind.isFile()) return drain(handle, most);
    // Reading from a terminal would wait for a person; /dev/null is an empty file to many.
    if (isatty(handle)) throw failed('ENOTREG');
    return drain(handle, 0, 'ENOTREG');
  } finally {
    closeSync(handle);
  }
}

/**
 * Writes a text to a file, which it replaces, or into a pipe or device.
 * @throws as `readGiven`
 */
export async function writeGiven(path: string, text: string, patience: Patience = {}): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC;
  const handle = await openPatiently(path, flags, patience);
  if (!fstatSync(handle).isFIFO()) {
    try {
      return writeFileSync(handle, text);
    } finally {
      closeSync(handle);
    }
  }
  const { Socket } = await import('node:net');
  const pipe = new Socket({ fd: handle, readable: false, writable: true });
  try {
    await pipeline([text], pipe, patience.signal ? { signal: patience.signal } : {});
  } catch (error) {
    if (patience.signal?.aborted) throw new Failure('interrupted', 'Interrupted while writing into a pipe.');
    throw error;
  }
}

/**
 * All of a stream.
 * @throws an error with the `code` `EFBIG`, or Failure `interrupted` as soon as the signal is aborted
 */
export async function collected(
  stream: AsyncIterable<unknown> & { destroy(): unknown },
  signal: AbortSignal | undefined,
  most = MOST_GIVEN,
): Promise<Buffer> {
  const stop = (): void => void stream.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunks[chunks.push(chunk as Buffer) - 1]?.length ?? 0;
      if (size > most) throw failed('EFBIG');
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  if (signal?.aborted) throw new Failure('interrupted', 'Interrupted while reading what was given.');
  return Buffer.concat(chunks);
}

/**
 * What stands behind a `code`, in words; for the system's own codes the code itself.
 * @throws the error itself where it is a Failure, as an interruption is
 */
export function whyUnread(error: unknown): string {
  if (error instanceof Failure) throw error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EFBIG') return 'it is too large';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EALONE') return 'it is a pipe that no other program has opened';
  return code === 'ENOTREG' ? 'it is a device and not a file' : (code ?? 'unknown error');
}

function drain(handle: number, most: number, otherwise = 'EFBIG'): Buffer {
  const chunks: Buffer[] = [];
  for (let size = 0; ;) {
    const chunk = Buffer.allocUnsafe(PIECE);
    const length = readSync(handle, chunk);
    if (length === 0) return Buffer.concat(chunks);
    size += length;
    if (size > most) throw failed(otherwise);
    chunks.push(chunk.subarray(0, length));
  }
}

function failed(code: string): Error {
  return Object.assign(new Error(code), { code });
}
