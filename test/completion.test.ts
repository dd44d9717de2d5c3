/** Completion: what may follow, and the bash script in a real bash. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

describe.skipIf(process.platform === 'win32')('the bash script', () => {
  /** What bash would offer for a line, its words as the shell splits them. */
  function offered(...words: string[]): string[] {
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
      const script = `${SCRIPTS.bash}
why403() { "$NODE" --import tsx "$RUNNER" "$@"; }
COMP_WORDS=(why403 "$@"); COMP_CWORD=$#
_why403
printf '%s\\n' "\${COMPREPLY[@]}"`;
      const ran = spawnSync('bash', ['-c', script, 'bash', ...words], {
        encoding: 'utf8',
        env: { ...process.env, NODE: process.execPath, RUNNER: runner },
      });
      expect(ran.status, ran.stderr).toBe(0);
      return ran.stdout.trimEnd().split('\n');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

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
