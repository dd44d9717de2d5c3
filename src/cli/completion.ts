/** `why403 completion`: a script for the shell, and the words that the script asks for. */
import type { Argv } from 'yargs';
import { Failure } from '../core/index.ts';
import { candidates } from './completion-words.ts';
import { SCRIPTS } from './completion-scripts.ts';
import type { Run } from './terminal.ts';

export const usage = 'completion [bash|zsh|fish]';
export const describe = 'print a script that completes commands, options, codes, regions and profiles';

interface CompletionArgs {
  readonly _: readonly (string | number)[];
  readonly words?: string;
}

export function options(yargs: Argv): Argv {
  return yargs.option('words', {
    type: 'string',
    hidden: true,
    describe: 'the words before the cursor, joined by U+001F',
  });
}

export const run: Run<CompletionArgs> = async ({ _: [shell, ...more], words }, terminal) => {
  if (words !== undefined) {
    const found = await candidates(words.split('\u001f'), terminal.env);
    terminal.out(found.map((word) => `${word}\n`).join(''));
    return 0;
  }
  // $SHELL is the login shell, which is what a start-up file belongs to.
  const asked = String(shell ?? terminal.env['SHELL']?.split('/').at(-1) ?? 'bash');
  if (!isShell(asked) || more.length > 0) {
    throw new Failure(
      'usage',
      `there is no completion for '${asked}'`,
      "one of bash, zsh, fish: 'why403 completion bash'",
    );
  }
  terminal.out(SCRIPTS[asked]);
  return 0;
};

function isShell(name: string): name is keyof typeof SCRIPTS {
  return Object.hasOwn(SCRIPTS, name);
}
