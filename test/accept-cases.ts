/**
 * Writes the golden report of every case, and fills in what an expected.json leaves out. A verdict that stands
 * there is never changed: where it differs, the case is named and the run fails. Only what comes after the root cause
 * of a case from the field follows what is learnt of other cases (`npm run words`).
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { judgeCase, loadCases, summaryOf, textOf } from './cases.ts';

let wrong = 0;
for (const one of loadCases()) {
  const report = judgeCase(one);
  const got = summaryOf(report);
  const { verdict, stages, ...rest } = one.expected as Partial<typeof one.expected>;
  const learnt = verdict && rest.origin === 'field' && verdict.rootCause === got.verdict.rootCause;
  const agreed = { ...got.verdict, ...verdict, ...(learnt && { candidates: got.verdict.candidates }) };
  if (!isDeepStrictEqual(agreed, { ...got.verdict }) || (stages && !isDeepStrictEqual(stages, got.stages))) {
    wrong++;
    console.error(
      `${one.name}: expected ${JSON.stringify({ verdict, stages })}\n  got ${JSON.stringify(got)}`,
    );
    continue;
  }
  const text = JSON.stringify({ ...rest, verdict: agreed, stages: got.stages }, null, 2);
  writeFileSync(join(one.folder, 'expected.json'), `${text}\n`);
  writeFileSync(join(one.folder, 'report.txt'), textOf(report));
}
process.exitCode = wrong > 0 ? 1 : 0;
