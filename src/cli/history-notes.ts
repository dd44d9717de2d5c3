/** A warning where the secret stands in the shell's history. */
import { historyWith } from '../io/shell-history.ts';
import type { LiveSettings } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** At most one line, without the secret. */
export function historyNotes(
  { credentials, token }: Pick<LiveSettings, 'credentials' | 'token'>,
  terminal: Terminal,
): string[] {
  const values = [credentials?.secret, token].flatMap((secret) => secret?.reveal() ?? []);
  const file = historyWith(values, terminal.env);
  return file === undefined
    ? []
    : [
        `The secret of this run stands in ${file}, your shell's history; take the line out, renew the secret, and give it by file.`,
      ];
}
