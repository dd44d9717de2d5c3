/** Paths of secret files: relative to where the person is, or in the folder that systemd mounts for a unit. */
import { join, resolve } from 'node:path';
import { Failure } from '../core/index.ts';
import type { Terminal } from './terminal.ts';

/** Unit files write `%d`; a config file has no such word, so the variable's name may stand there. */
const MOUNTED = /^\$(?:CREDENTIALS_DIRECTORY|\{CREDENTIALS_DIRECTORY\})\//;

/**
 * @param from the setting that names the path, for the message
 * @throws Failure `config` where `$CREDENTIALS_DIRECTORY` is meant and not set
 */
export function secretPath(path: string, from: string, { cwd, env }: Terminal): string {
  if (!MOUNTED.test(path)) return resolve(cwd, path);
  const folder = env['CREDENTIALS_DIRECTORY'];
  if (folder) return join(folder, path.replace(MOUNTED, ''));
  throw new Failure(
    'config',
    `${from} names a systemd credential, and CREDENTIALS_DIRECTORY is not set.`,
    'LoadCredential= in the unit that runs this; outside of a unit, another file',
  );
}
