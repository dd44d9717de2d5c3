/** `--wait` and `--watch`: looking again, and telling what has changed. */
import { lookAgain, waitForChange, watchPause } from '../app/diagnose-repeat.ts';
import type { Diagnosis, LiveCase } from '../app/diagnose-live.ts';
import { Failure, instant, visible, type Transport } from '../core/index.ts';
import { createWait } from '../io/patience.ts';
import { changesBetween } from './changes.ts';
import { parseDuration } from './duration.ts';
import { single } from './settings-options.ts';
import type { Terminal } from './terminal.ts';

export interface RepeatArgs {
  readonly wait?: string | readonly string[];
  readonly watch?: boolean;
  readonly offline?: boolean;
  readonly replay?: string;
  readonly output?: string;
  readonly quiet?: boolean;
  readonly deadline?: string;
}

export interface Repeat {
  /** How long to wait for a change, in milliseconds; undefined: not at all. */
  readonly waitMs?: number;
  readonly watch: boolean;
}

/** @throws Failure `usage` where two flags contradict each other */
export function repeatOf(args: RepeatArgs, format: string): Repeat {
  const text = single(args.wait, '--wait');
  const waitMs = text === undefined ? undefined : parseDuration(text, '--wait');
  const flag = args.watch ? '--watch' : waitMs === undefined ? undefined : '--wait';
  if (flag !== undefined && (args.offline || args.replay !== undefined)) {
    const other = args.offline ? '--offline' : '--replay';
    throw new Failure('usage', `${flag} asks again, and ${other} asks nobody`, 'give one of them');
  }
  if (args.watch && (format !== 'text' || args.output !== undefined)) {
    throw new Failure(
      'usage',
      `--watch goes on printing, and ${format === 'text' ? '--output' : `--format ${format}`} is one document`,
      '--watch with text on a terminal; --wait for a machine',
    );
  }
  if (args.watch && args.deadline !== undefined)
    throw new Failure('usage', '--watch does not end, --deadline does', 'give one of them');
  if (args.watch && waitMs !== undefined)
    throw new Failure('usage', '--watch does not end, --wait does', 'give one of them');
  return { watch: args.watch === true, ...(waitMs !== undefined && { waitMs }) };
}

/** Waits for what time alone may mend; what has changed is said on stderr, and given back as notes for the report. */
export async function waited(
  first: Diagnosis,
  live: LiveCase,
  transport: Transport,
  { waitMs, deadlineAt, quiet }: { waitMs: number; deadlineAt: number | undefined; quiet: boolean },
  terminal: Terminal,
): Promise<{ readonly diagnosis: Diagnosis; readonly notes: readonly string[] }> {
  const now = (): number => terminal.now().getTime();
  const start = now();
  const until = Math.min(start + waitMs, deadlineAt ?? Infinity);
  const say = (line: string): void => {
    if (!quiet) terminal.err(`why403: ${visible(line)}\n`);
  };
  const told: string[] = [];
  const { diagnosis, looks } = await waitForChange(first, live, transport, {
    until,
    now,
    wait: waitOf(terminal),
    onWait: (report, ms) =>
      say(`${report.verdict.rootCause} may pass by itself; looking again in ${spoken(ms)}`),
    onLook: (before, after) => {
      for (const change of changesBetween(before, after)) {
        told.push(`After ${spoken(now() - start)}: ${change}.`);
        say(`after ${spoken(now() - start)}: ${change}`);
      }
    },
  });
  const unchanged = looks > 0 && told.length === 0;
  return { diagnosis, notes: unchanged ? [`Nothing has changed in ${spoken(now() - start)}.`] : told };
}

/** Looks on until interrupted. Prints a line for each change; returns never but by `Failure('interrupted')`. */
export async function watchOn(
  first: Diagnosis,
  live: LiveCase,
  transport: Transport,
  terminal: Terminal,
): Promise<never> {
  let diagnosis = first;
  for (;;) {
    await waitOf(terminal)(watchPause(diagnosis));
    const next = await lookAgain(diagnosis, live, transport);
    for (const change of changesBetween(diagnosis.report, next.report))
      terminal.out(`${instant(terminal.now())}  ${visible(change)}\n`);
    diagnosis = next;
  }
}

function waitOf(terminal: Terminal): (ms: number) => Promise<void> {
  return terminal.wait ?? createWait(terminal.signal, 'Interrupted while waiting.');
}

/** `45 s`, `2 min`, `2 min 30 s`. */
function spoken(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}
