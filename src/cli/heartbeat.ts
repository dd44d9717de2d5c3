/** `--heartbeat URL`: where a monitor hears of a run that went well. */
import { resolve } from 'node:path';
import { Failure } from '../core/index.ts';
import { heartbeat } from '../io/heartbeat.ts';
import type { Http } from '../io/http.ts';
import { secretFromFile } from '../io/secret-sources.ts';
import { single } from './settings-options.ts';
import type { Terminal } from './terminal.ts';

/**
 * The address, checked before anything is sent; it is shown nowhere, because its path is a secret.
 * @throws Failure `usage` where it is no http address, `config` where its file can't be read
 */
export async function heartbeatOf(flag: string | undefined, terminal: Terminal): Promise<string | undefined> {
  const [given, from] = await sourceOf(single(flag, '--heartbeat'), terminal);
  if (given === undefined) return undefined;
  if (/^https?:\/\//i.test(given) && URL.canParse(given)) return given;
  throw new Failure(
    'usage',
    `${from} is no http address`,
    'the address that your monitor gave you, https://…; it is asked for after a run that went well',
  );
}

/** The file of the address, as schedules name it. */
export const HEARTBEAT_FILE = 'WHY403_HEARTBEAT_FILE';

async function sourceOf(
  flag: string | undefined,
  { env, cwd, signal }: Terminal,
): Promise<readonly [given: string | undefined, from: string]> {
  if (flag !== undefined) return [flag, '--heartbeat'];
  if (env['WHY403_HEARTBEAT']) return [env['WHY403_HEARTBEAT'], 'WHY403_HEARTBEAT'];
  const file = env[HEARTBEAT_FILE];
  if (!file) return [undefined, ''];
  const { secret } = await secretFromFile(resolve(cwd, file), HEARTBEAT_FILE, signal);
  return [secret.reveal().trim(), HEARTBEAT_FILE];
}

/** Sends it; a failure is a warning. */
export async function sendHeartbeat(url: string | undefined, http: Http, terminal: Terminal): Promise<void> {
  const wrong = url === undefined ? undefined : await heartbeat(http, url);
  if (wrong !== undefined)
    terminal.err(`why403: ${wrong}; the export itself went well, but the monitor does not know\n`);
}
