/** `--heartbeat URL`: where a monitor hears of a run that went well. */
import { Failure } from '../core/index.ts';
import { heartbeat } from '../io/heartbeat.ts';
import type { Http } from '../io/http.ts';
import { single } from './settings-options.ts';
import type { Terminal } from './terminal.ts';

/**
 * The address, checked before anything is sent; it is shown nowhere, because its path is a secret.
 * @throws Failure `usage` where it is no http address
 */
export function heartbeatOf(flag: string | undefined, { env }: Terminal): string | undefined {
  const given = single(flag, '--heartbeat') ?? (env['WHY403_HEARTBEAT'] || undefined);
  if (given === undefined) return undefined;
  if (/^https?:\/\//i.test(given) && URL.canParse(given)) return given;
  throw new Failure(
    'usage',
    `${flag === undefined ? 'WHY403_HEARTBEAT' : '--heartbeat'} is no http address`,
    'the address that your monitor gave you, https://…; it is asked for after a run that went well',
  );
}

/** Sends it; a failure is a warning. */
export async function sendHeartbeat(url: string | undefined, http: Http, terminal: Terminal): Promise<void> {
  const wrong = url === undefined ? undefined : await heartbeat(http, url);
  if (wrong !== undefined)
    terminal.err(`why403: ${wrong}; the export itself went well, but the monitor does not know\n`);
}
