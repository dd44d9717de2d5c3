/** Reports that nobody would write: every shape the types allow, with texts that try to break out. */
import fc from 'fast-check';
import {
  ALL_CODES,
  STAGES,
  stageOf,
  type Finding,
  type Report,
  type StageResult,
} from '../src/core/index.ts';
import { HOSTILE } from './report-samples.ts';

const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    ...HOSTILE.split(/(?<=[\n ])/),
    '::error::x',
    '\n',
    '\r\n',
    '```',
    ']]>',
    '</script>',
    '\ud800',
    '&',
    '"',
  ),
);
const words = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
const code = fc.constantFrom(...ALL_CODES);
const certainty = fc.constantFrom('proved' as const, 'suspected' as const);
const span = fc.record({ from: fc.integer({ min: 0, max: 60 }), to: fc.integer({ min: 0, max: 80 }) });

const finding: fc.Arbitrary<Finding> = fc.record({
  code,
  severity: fc.constantFrom('error' as const, 'warning' as const, 'note' as const),
  certainty,
  title: words,
  cause: words,
  evidence: fc.array(
    fc.record({ at: words, shows: words, source: span }, { requiredKeys: ['at', 'shows'] }),
    { maxLength: 3 },
  ),
  fix: fc.array(
    fc.record(
      {
        who: fc.constantFrom('you' as const, 'admin' as const, 'provider' as const),
        action: words,
        where: words,
        command: words,
        message: words,
      },
      { requiredKeys: ['who', 'action'] },
    ),
    { maxLength: 3 },
  ),
  references: fc.array(fc.record({ title: words, url: fc.oneof(fc.webUrl(), words) }), { maxLength: 2 }),
});

const stageFacts = fc.record({
  status: fc.constantFrom('clear' as const, 'unknown' as const, 'skipped' as const),
  missing: fc.array(words, { maxLength: 2 }),
  blockedBy: code,
  note: words,
});

const candidate = fc.record({ code, certainty, why: words, tell: words });

/** A report that keeps the contract's shape: eight stages, and a healthy one holds no error. */
export const anyReport: fc.Arbitrary<Report> = fc
  .record({
    provider: words,
    findings: fc.array(finding, { maxLength: 14 }),
    facts: fc.array(stageFacts, { minLength: 8, maxLength: 8 }),
    candidates: fc.array(candidate, { maxLength: 5 }),
    inconclusive: fc.boolean(),
    notes: fc.array(words, { maxLength: 2 }),
    paste: fc.option(words, { nil: undefined }),
  })
  .map(({ provider, findings, facts, candidates, inconclusive, notes, paste }) => {
    const [first] = candidates;
    const sick = first !== undefined || findings.some((f) => f.severity === 'error');
    const kind = inconclusive ? 'inconclusive' : sick ? 'broken' : 'healthy';
    const stages = STAGES.map((stage, i): StageResult => {
      const mine = findings.filter((f) => stageOf(f.code) === stage);
      const { status = 'clear', missing = [], blockedBy = '', note = '' } = facts[i] ?? {};
      return {
        stage,
        status: mine.length > 0 ? 'found' : status,
        findings: mine,
        missing: status === 'unknown' ? missing : [],
        blockedBy: mine.length === 0 && status === 'skipped' ? blockedBy : '',
        note,
      };
    });
    return {
      schema: 1,
      tool: 'why403',
      provider,
      stages,
      verdict: {
        kind,
        ...(first && { rootCause: first.code, certainty: first.certainty }),
        candidates,
      },
      notes,
      ...(paste !== undefined && { paste }),
    };
  });
