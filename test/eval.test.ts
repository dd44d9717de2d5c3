/** `npm run eval`, as a process of its own. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

it('ends quietly where nobody reads on', { timeout: 60_000 }, async () => {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'bench/eval.ts', 'fixtures/field/again.jsonl', '--verbose'],
    { cwd: ROOT },
  );
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  child.stdout.destroy();
  const exit = await new Promise((resolve) => child.once('close', resolve));
  expect([exit, said]).toEqual([0, '']);
});
