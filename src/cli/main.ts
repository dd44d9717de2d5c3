/** Finds the command, parses its options, runs it, and turns every end into an exit code. */
import { Failure, visible } from '../core/index.ts';
import { errorDocument } from '../render/error-document.ts';
import { COMMANDS, overview } from './commands.ts';
import type { Run, Terminal } from './terminal.ts';
import { openTerminal } from './terminal-live.ts';

declare const WHY403_VERSION: string | undefined;

/** Runs the program on `process.argv` and sets the exit code; never rejects. */
export async function main(argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  const { terminal, close } = openTerminal(argv);
  // Node ends quietly, as if all were well, when nothing is left that a promise could wait for.
  const stuck = (): void => void close(report(waitingForNothing(), argv, terminal));
  process.once('beforeExit', stuck);
  const exit = await runCommand(argv, terminal);
  process.removeListener('beforeExit', stuck);
  await close(interruptedExit(terminal) ?? exit);
}

function waitingForNothing(): Failure {
  return new Failure(
    'internal',
    'this is a fault of why403 itself, not of your setup (it waits for something that will never come)',
    'please report it with the command line, without secrets',
  );
}

/**
 * Runs one command line against a terminal.
 * @returns the exit code (contract, "Exit codes")
 */
export async function runCommand(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(argv, terminal);
  } catch (error) {
    return report(asFailure(error), argv, terminal);
  }
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h') {
    terminal.out(overview());
    return name === undefined ? 2 : 0;
  }
  if (name === 'help') {
    const { helpOn } = await import('./help.ts');
    terminal.out(await helpOn(rest, terminal));
    return 0;
  }
  if (name === '--version' || name === '-V') {
    terminal.out(`${typeof WHY403_VERSION === 'string' ? WHY403_VERSION : 'from sources'}\n`);
    return 0;
  }
  const entry = COMMANDS[name];
  if (!entry) throw await unknownCommand(name);
  const command = await entry.load();
  const { parse } = await import('./parse.ts');
  const parsed = await parse(command, rest, terminal);
  if (parsed.help !== undefined) {
    terminal.out(parsed.help);
    return 0;
  }
  return (command.run as Run<unknown>)(parsed.args, terminal);
}

async function unknownCommand(name: string): Promise<Failure> {
  const { nearestWords } = await import('./parse.ts');
  const [near] = nearestWords(name, [...Object.keys(COMMANDS), 'help']);
  return new Failure(
    'usage',
    `there is no command '${visible(name)}'`,
    near ? `did you mean 'why403 ${near}'?` : "'why403 --help' lists the commands",
  );
}

function interruptedExit(terminal: Terminal): number | undefined {
  if (!terminal.signal.aborted) return undefined;
  return terminal.signal.reason === 'SIGTERM' ? 143 : 130;
}

/** A `Failure` as it is; anything else is a fault of our own. */
function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if ((error as NodeJS.ErrnoException | undefined)?.syscall === 'uv_cwd') {
    return new Failure(
      'config',
      'The working directory of this run was removed, and a relative path starts there.',
      "absolute paths, or 'cd' to a folder that exists",
    );
  }
  // Only the engine's own errors are quoted: a library's message or object may hold what must not be shown.
  const ours = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  const stack =
    error instanceof Error ? (error.stack ?? '').split('\n').filter((l) => /^\s+at /.test(l)) : [];
  const what = error instanceof Error ? `${error.name}${ours ? `: ${error.message}` : ''}` : typeof error;
  return new Failure(
    'internal',
    [`this is a fault of why403 itself, not of your setup (${what})`, ...stack.slice(0, 8)].join('\n'),
    'please report it with the command line, without secrets',
  );
}

function report(failure: Failure, argv: readonly string[], terminal: Terminal): number {
  const exit = failure.code === 'interrupted' ? (interruptedExit(terminal) ?? failure.exit) : failure.exit;
  const { code, message, expected } = failure;
  if (isMachineFormat(argv)) terminal.out(errorDocument({ exit, code, message, expected }));
  terminal.err(`why403: ${visible(failure.message)}\n`);
  if (failure.expected) terminal.err(`        ${visible(failure.expected)}\n`);
  return exit;
}

/** Read from the raw words, because the parser itself may be what failed. */
function isMachineFormat(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  const format = words.flatMap((word, i) =>
    word === '--format' ? [words[i + 1] ?? 'text'] : word.startsWith('--format=') ? [word.slice(9)] : [],
  );
  const last = format.at(-1) ?? (words.includes('--json') ? 'json' : 'text');
  return last !== 'text';
}
