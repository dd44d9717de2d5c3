/** The flags of a smoke check: what is expected, what is passed over, how long to wait. */
import type { Argv } from 'yargs';
import type { ExpectationArgs } from './expectations.ts';
import type { RepeatArgs } from './repeat.ts';

export interface SmokeArgs extends ExpectationArgs, RepeatArgs {
  readonly baseline?: string;
}

const GROUP = 'As a smoke check:';

export function addSmokeOptions(yargs: Argv): Argv {
  const text = (name: string, describe: string): void => {
    yargs.option(name, { type: 'string', requiresArg: true, describe, group: GROUP });
  };
  text('expect', 'CODE that must be found, and nothing else; repeatable. Exit 0 if so, else 1');
  text('ignore', 'CODE that does not count; repeatable, each with a --reason');
  text('reason', 'TEXT that says why it may stay');
  text('until', 'last DAY on which it does not count, e.g. 2026-12-31');
  text('baseline', 'FILE of what is known: written if it is not there, else only what is new counts');
  text('wait', 'look again for up to e.g. 5m while a change in the org may take effect');
  yargs.option('watch', {
    type: 'boolean',
    describe: 'look again until interrupted, and print what changes',
    group: GROUP,
  });
  return yargs;
}
