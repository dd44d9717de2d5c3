/**
 * Takes each check out of the ladder in turn and judges the case folders again: at least one case of its code must
 * then be judged otherwise. `npm run test:removal` prints the table.
 */
import { isDeepStrictEqual } from 'node:util';
import { ladder } from '../src/checks/ladder.ts';
import { ALL_CODES, type FindingCode, type Stage } from '../src/core/index.ts';
import { judgeCase, loadCases, summaryOf, type Case } from './cases.ts';

export interface Removal {
  readonly code: FindingCode;
  /** Cases of the code. */
  readonly cases: number;
  /** Those whose verdict or stages change without the check. */
  readonly failing: readonly string[];
}

/** The ladder without one check. */
export function without(code: FindingCode): Stage[] {
  return ladder.map((stage) => ({ ...stage, checks: stage.checks.filter((check) => check.code !== code) }));
}

/** For every code of the contract; a code without a check or a case fails nothing. */
export function removals(): Removal[] {
  const all = loadCases();
  return ALL_CODES.map((code) => {
    const mine = all.filter((one) => one.code === code);
    const cut = without(code);
    return {
      code,
      cases: mine.length,
      failing: mine.filter((one) => changes(one, cut)).map((one) => one.name),
    };
  });
}

/** Judged as expected by the whole ladder, and otherwise without the check. */
function changes(one: Case, cut: readonly Stage[]): boolean {
  const { verdict, stages } = one.expected;
  const asExpected = (by: readonly Stage[]) =>
    isDeepStrictEqual(summaryOf(judgeCase(one, by)), { verdict, stages });
  return asExpected(ladder) && !asExpected(cut);
}

if (process.argv[1] === import.meta.filename) {
  const table = removals();
  for (const { code, cases, failing } of table) {
    console.log(`${code.padEnd(34)} ${failing.length} of ${cases} cases fail  ${failing[0] ?? 'NONE'}`);
  }
  const unguarded = table.filter(({ failing }) => failing.length === 0).map(({ code }) => code);
  console.log(`\n${table.length} codes, ${unguarded.length} that nothing guards ${unguarded.join(', ')}`);
  process.exitCode = unguarded.length > 0 ? 1 : 0;
}
