/** What the smoke check's flags make of a report. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { instant, type Evidence, type Report } from '../core/index.ts';
import { readBaseline, writeBaseline } from './baseline.ts';
import { expectationsOf, withExpectations } from './expectations.ts';
import { single } from './settings-options.ts';
import type { SmokeArgs } from './smoke-options.ts';
import type { Terminal } from './terminal.ts';

/**
 * The report, judged by `--expect`, `--ignore` and `--baseline`; writes the baseline where there is none yet.
 * @throws Failure `usage`, `config` for flags or a baseline file that can't be used
 */
export async function accepting(
  report: Report,
  evidence: Evidence,
  args: SmokeArgs,
  terminal: Terminal,
): Promise<Report> {
  const named = single(args.baseline, '--baseline');
  const file = named === undefined ? undefined : resolve(terminal.cwd, named);
  const asked = askedOf(evidence);
  const today = instant(terminal.now()).slice(0, 10);
  const isNew = file !== undefined && !existsSync(file);
  const baseline = file === undefined ? undefined : await readBaseline(file, asked, terminal.signal);
  const judged = withExpectations(report, { ...expectationsOf(args), ...(baseline && { baseline }) }, today);
  if (isNew) {
    writeBaseline(file, report, asked, today);
    terminal.err(`why403: ${file} is the baseline from now on; this run counts what it found\n`);
  }
  return judged;
}

/** What a baseline belongs to. The id is there only if it has the form of one. */
function askedOf({ provider, client, settings, needs }: Evidence): string[] {
  return [
    `provider ${provider}`,
    ...(client?.id === undefined ? [] : [`client ${client.id}`]),
    ...(settings.region === undefined ? [] : [`region ${settings.region}`]),
    ...needs.map(({ method, path }) => `${method} ${path}`),
  ];
}
