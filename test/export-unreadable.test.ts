/** Files of the archive that the user may write beside and not read, as one run with sudo leaves them. */
import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './export-desk.ts';

const NOBODY = 65_534;
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

/** Root may read everything, so root becomes nobody for it. */
async function asNobody<T>(run: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return run();
  process.seteuid?.(NOBODY);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
}

function giveAway(folder: string): void {
  if (process.getuid?.() === 0) chownSync(folder, NOBODY, NOBODY);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) giveAway(path);
    else if (process.getuid?.() === 0) chownSync(path, NOBODY, NOBODY);
  }
}

describe.skipIf(process.platform === 'win32')('a file that this user may not read', () => {
  it.each(['ledger.json', 'names.json', '2026-11-23.csv'])('(%s) is told as that', async (name) => {
    expect(await desk.why403('export')).toMatchObject({ exit: 0 });
    giveAway(desk.cwd);
    const stats = join(desk.cwd, 'queue-stats');
    const [state = ''] = readdirSync(join(stats, '.why403')).filter((f) => f.startsWith('queue-hourly'));
    const file = name.endsWith('.csv') ? join(stats, name) : join(stats, '.why403', state, name);
    const root = process.getuid?.() === 0;
    if (root) chownSync(file, 0, 0);
    chmodSync(file, root ? 0o600 : 0o000);
    for (const command of name === 'ledger.json' ? ['export', 'status'] : ['export']) {
      const ran = await asNobody(() => desk.why403(command));
      expect(ran).toMatchObject({ exit: 4, stdout: '' });
      expect(ran.stderr).toContain(`${name} can't be read: `);
      expect(ran.stderr).toMatch(/may not read it \(EACCES\)/);
      expect(ran.stderr).toContain('chown');
      expect(ran.stderr).not.toMatch(/write|still stands/);
      if (root) expect(ran.stderr).toContain(`it belongs to user 0, and user ${NOBODY}`);
    }
    chmodSync(file, 0o644);
    expect(await asNobody(() => desk.why403('export'))).toMatchObject({ exit: 0 });
  });
});
