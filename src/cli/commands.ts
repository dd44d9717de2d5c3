/** The commands: a line each for the overview, and where each lives. A module is loaded when its command is run. */
import type { Argv } from 'yargs';
import type { Run } from './terminal.ts';

export interface CommandModule {
  /** The command as yargs writes it: `explain [subject]`. */
  readonly usage: string;
  readonly describe: string;
  options(yargs: Argv): Argv;
  // A command's own argument type can't be named in a table of all commands.
  readonly run: Run<never>;
}

interface Entry {
  readonly about: string;
  readonly load: () => Promise<CommandModule>;
}

export const COMMANDS: Readonly<Record<string, Entry>> = {
  diagnose: {
    about: 'find the cause in a live org: climb the ladder, stop at the first block',
    load: () => import('./diagnose.ts'),
  },
  explain: {
    about: 'find the cause in what you paste, offline; print the page of a code',
    load: () => import('./explain.ts'),
  },
  export: { about: 'check, then pull every owed hour into the archive', load: () => import('./export.ts') },
  status: { about: 'what is exported, the gaps, the last runs', load: () => import('./status.ts') },
  view: { about: 'the archive in pictures: one page to open in a browser', load: () => import('./view.ts') },
  permissions: {
    about: 'what an endpoint needs before it lets a token in',
    load: () => import('./permissions.ts'),
  },
  catalogue: { about: 'refresh what is known of the endpoints', load: () => import('./catalogue.ts') },
  schedule: { about: 'print a ready unit for the hourly run', load: () => import('./schedule.ts') },
  sandbox: { about: 'serve a simulated org on this machine', load: () => import('./sandbox.ts') },
  demo: {
    about: "a forum thread's failure found, fixed and exported, with no set-up",
    load: () => import('./demo.ts'),
  },
  init: {
    about: 'set it up: ask for what is missing, test it, write a profile',
    load: () => import('./init.ts'),
  },
  completion: { about: 'shell completion for bash, zsh and fish', load: () => import('./completion.ts') },
};

const EXITS = `Exit codes: 0 healthy or exported · 1 broken, the cause is named · 2 usage or configuration
  3 inconclusive, nobody answered · 4 export stopped, nothing lost · 5 another export runs
  70 a fault of our own · 130, 143 interrupted`;

/** What `why403 --help` prints. */
export function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`);
  return `why403 <command> [options]

Finds out why an OAuth machine-to-machine integration answers 403 or invalid_grant,
and exports the hours once it works.

Commands:
${lines.join('\n')}

  why403 <command> --help    its options
  why403 help <topic>        exit-codes, environment, settings
  why403 explain             the codes of all findings
  why403 --version

${EXITS}

First time here?  why403 demo
`;
}
