import { describe, expect, it } from 'vitest';
import { ladder } from '../src/checks/ladder.ts';
import { ALL_CODES } from '../src/core/index.ts';
import { removals, without } from './removal.ts';

describe('a check that is taken away', () => {
  const table = removals();

  it.each(table.map((row) => [row.code, row] as const))('%s is missed by a case', (_code, { failing }) => {
    expect(failing).not.toEqual([]);
  });

  it('was there before, and only it is gone', () => {
    const count = (stages: typeof ladder) => stages.reduce((sum, stage) => sum + stage.checks.length, 0);
    for (const code of ALL_CODES) expect(count(without(code)), code).toBe(count(ladder) - 1);
  });
});
