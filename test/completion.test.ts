/** Completion: what may follow, and the bash script in a real bash. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../src/cli/commands.ts';
import { candidates } from '../src/cli/completion-words.ts';
import { SCRIPTS } from '../src/cli/completion-scripts.ts';

const after = (...words: string[]): Promise<string[]> => candidates(words, {});

describe('candidates', () => {
  test('begin with the commands', async () => {
    expect(await after('')).toEqual([...Object.keys(COMMANDS), '--help', '--version']);
    expect(await after('perm')).toEqual(['permissions']);
  });

  test('an option of the command, and the values it may have', async () => {
    expect(await after('permissions', '--fo')).toEqual(['--for', '--format']);
    expect(await after('permissions', '--format', '')).toEqual(['text', 'json']);
    expect(await after('permissions', '--format', 'j')).toEqual(['json']);
  });

  test('--option=value as one word, and as the three that bash makes of it', async () => {
    expect(await after('permissions', '--format=j')).toEqual(['--format=json']);
    expect(await after('permissions', '--format', '=', 'j')).toEqual(['json']);
    expect(await after('permissions', '--format', '=')).toEqual(['text', 'json']);
  });

  test('endpoints, however the space is written', async () => {
    const plain = await after('permissions', 'GET /api/v2/routing/queues');
    expect(plain).toContain('GET /api/v2/routing/queues');
    expect(await after('permissions', "'GET /api/v2/routing/queues")).toEqual(plain);
    expect(await after('permissions', 'GET\\ /api/v2/routing/queues')).toEqual(plain);
  });

  test('after an option without a value comes anything', async () => {
    expect(await after('permissions', '--json', 'POST /api/v2/analytics/conversations/aggr')).toContain(
      'POST /api/v2/analytics/conversations/aggregates/query',
    );
  });

  test('nothing for a command that does not exist', async () => {
    expect(await after('constructor', '')).toEqual([]);
  });

  test('every candidate begins with what is written, whatever that is', async () => {
    const word = fc.oneof(
      fc.constantFrom('permissions', '--format', '--', '-', '=', "'", '', '--json'),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 3 }), word, async (before, last) => {
        for (const found of await after('permissions', ...before, last)) {
          if (last !== '=')
            expect(found.startsWith(last.replace(/^['"]/, '').replaceAll('\\ ', ' '))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;

/** Runs a shell with a `why403` in its path that answers from the sources. */
function inShell(shell: string, options: readonly string[], script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'completion-'));
  try {
    const main = join(import.meta.dirname, '..', 'src', 'cli', 'completion-words.ts');
    const runner = join(folder, 'runner.mts');
    writeFileSync(
      runner,
      `import { candidates } from ${JSON.stringify(main)};
const words = process.argv.at(-1)!.replace('--words=', '').split('\\u001f');
console.log((await candidates(words, {})).join('\\n'));\n`,
    );
    const program = `#!/bin/sh\nexec '${process.execPath}' --import tsx '${runner}' "$@"\n`;
    writeFileSync(join(folder, 'why403'), program, { mode: 0o755 });
    const ran = spawnSync(shell, [...options, '-c', script], {
      encoding: 'utf8',
      env: { ...process.env, HOME: folder, PATH: `${folder}${delimiter}${process.env['PATH']}` },
    });
    expect(ran.status, ran.stderr).toBe(0);
    return ran.stdout.trimEnd();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const QUERIES = 'POST /api/v2/analytics/conversations/aggregates/q';

describe.skipIf(!has('fish'))('the fish script, in a real fish', () => {
  const offered = (line: string): string[] =>
    inShell('fish', ['--no-config'], `${SCRIPTS.fish}\ncomplete -C ${JSON.stringify(line)}`).split('\n');

  test('offers what the program says', () => {
    expect(offered('why403 permissions --format ').sort()).toEqual(['json', 'text']);
    expect(offered(`why403 permissions '${QUERIES}`)).toEqual([`${QUERIES}uery`]);
  });
});

describe.skipIf(!has('zsh'))('the zsh script, in a real zsh', () => {
  const offered = (...words: string[]): string[] =>
    inShell(
      'zsh',
      ['-f'],
      `compdef() { : }; compadd() { shift; print -rl -- "$@" }; _files() { print files }
${SCRIPTS.zsh}
words=(why403 ${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length + 1}; _why403`,
    ).split('\n');

  test('offers what the program says, the last word being empty', () => {
    expect(offered('permissions', '--format', '')).toEqual(['text', 'json']);
    expect(offered('permissions', QUERIES)).toEqual([`${QUERIES}uery`]);
  });

  test('offers files where the program has nothing to say', () => {
    expect(offered('explain', '--from', './nothing-of-this-name')).toEqual(['files']);
  });
});

describe.skipIf(process.platform === 'win32')('the bash script', () => {
  /** What bash would offer for a line, its words as the shell splits them. */
  const offered = (...words: string[]): string[] =>
    inShell(
      'bash',
      [],
      `${SCRIPTS.bash}
COMP_WORDS=(why403 ${words.map((word) => `$'${word.replaceAll("'", "\\'")}'`).join(' ')}); COMP_CWORD=${words.length}
_why403
printf '%s\\n' "\${COMPREPLY[@]}"`,
    ).split('\n');

  test('offers what the program says, the last word being empty', () => {
    expect(offered('permissions', '--format', '')).toEqual(['text', 'json']);
  });

  test('escapes a space outside quotes and leaves it inside', () => {
    const endpoint = 'POST /api/v2/analytics/conversations/aggregates/query';
    expect(offered('permissions', 'POST /api/v2/analytics/conversations/aggregates/q')).toEqual([
      endpoint.replace(' ', '\\ '),
    ]);
    expect(offered('permissions', "'POST /api/v2/analytics/conversations/aggregates/q")).toEqual([endpoint]);
  });

  test.each(Object.keys(SCRIPTS))('%s: nothing is left of the template', (shell) => {
    const script = SCRIPTS[shell as keyof typeof SCRIPTS];
    expect(script).toContain('why403 completion --words=');
    expect(script).not.toMatch(/undefined|\[object/);
  });
});
