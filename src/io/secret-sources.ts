/** Where a secret is fetched from: a file, standard input, a command. One final line break is taken off, nothing else. */
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { Failure } from '../core/index.ts';
import { readGiven, whyUnread } from './given-file.ts';
import { Secret, textOf, withoutFinalLineBreak } from './secrets.ts';

/** A secret has a few dozen characters; whoever names a log file by mistake is told so. */
const MOST_BYTES = 64 * 1024;
const COMMAND_MS = 60_000;
/** Mounted by the platform for one process; their modes are not the user's to change. */
const MOUNTED = /^(?:\/var)?\/run\/(?:secrets|credentials)\//;

export interface Fetched {
  readonly secret: Secret;
  /** A warning, e.g. that everybody may read the file. */
  readonly note?: string;
}

/**
 * @param from the flag, variable or key that named the file, for messages
 * @throws Failure `config` where it can't be read
 */
export async function secretFromFile(path: string, from: string, signal?: AbortSignal): Promise<Fetched> {
  let bytes: Buffer;
  let mode: number;
  try {
    mode = statSync(path).mode;
    bytes = await readGiven(path, { signal, most: MOST_BYTES });
  } catch (error) {
    throw new Failure(
      'config',
      `The file ${path} (${from}) can't be read: ${whyUnread(error)}.`,
      'a readable file with the value in it',
    );
  }
  const secret = new Secret(withoutFinalLineBreak(textOf(bytes)));
  if (process.platform === 'win32' || (mode & 0o004) === 0 || MOUNTED.test(path)) return { secret };
  return {
    secret,
    note: `Everybody on this machine may read ${path} (${from}); 'chmod 600 ${path}' mends that.`,
  };
}

/** @param bytes all of standard input */
export function secretFromStdin(bytes: Uint8Array): Fetched {
  return { secret: new Secret(withoutFinalLineBreak(textOf(bytes))) };
}

/**
 * What a shell command prints. Its standard error goes to ours if that is a terminal, so that a password manager can ask.
 * @throws Failure `config` where it fails; the command is not repeated, because it may hold a secret itself
 */
export async function secretFromCommand(
  command: string,
  from: string,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<Fetched> {
  const expected =
    'a command that prints the secret and ends with exit code 0; run it by hand to see what it says';
  const chunks: Buffer[] = [];
  // A shell leaves what it started behind; only who may have to ask a person needs the group of the terminal.
  const grouped = process.platform !== 'win32' && !process.stdin.isTTY && !process.stderr.isTTY;
  const end = await new Promise<string | undefined>((resolve) => {
    const child = spawn(command, {
      shell: true,
      env,
      // Prompts of a password manager go to a terminal; into a log goes nothing that the command says.
      stdio: ['inherit', 'pipe', process.stderr.isTTY ? 'inherit' : 'ignore'],
      detached: grouped,
    });
    const stop = (): void => {
      if (!grouped || child.pid === undefined) child.kill();
      else endGroup(child.pid);
    };
    const interrupt = (): void => {
      stop();
      resolve('was interrupted');
    };
    signal?.addEventListener('abort', interrupt, { once: true });
    if (signal?.aborted) interrupt();
    const timer = setTimeout(stop, COMMAND_MS);
    const over = (why: string | undefined): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', interrupt);
      resolve(why);
    };
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_BYTES) stop();
      else chunks.push(chunk);
    });
    child.on('error', (error: NodeJS.ErrnoException) => over(`could not be run (${error.code ?? 'error'})`));
    child.on('close', (code, killed) => {
      if (size > MOST_BYTES) over('printed far more than a secret');
      else
        over(
          code === 0 ? undefined : `ended with ${code === null ? `signal ${killed}` : `exit code ${code}`}`,
        );
    });
  });
  if (signal?.aborted) throw new Failure('interrupted', 'Interrupted while waiting for a secret.');
  if (end !== undefined) throw new Failure('config', `The command of ${from} ${end}.`, expected);
  return { secret: new Secret(withoutFinalLineBreak(textOf(Buffer.concat(chunks)))) };
}

/** The shell and all that it started. */
function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGTERM');
  } catch {
    // It is gone already.
  }
}
