/** `--expect`, `--ignore`, `--baseline`: what counts in a smoke check. Pure: report in, report with its acceptance out. */
import {
  ALL_CODES,
  countingCodes,
  Failure,
  isCode,
  listed,
  stageOf,
  visibleLine,
  type Accepted,
  type FindingCode,
  type Report,
} from '../core/index.ts';
import type { Baseline } from './baseline.ts';
import { nearestWords } from './parse.ts';

export interface Ignore {
  readonly code: FindingCode;
  readonly reason: string;
  /** The last day on which it holds, `2026-12-01`, UTC; absent: without an end. */
  readonly until?: string;
}

export interface Expectations {
  /** Exactly these are to be found; empty: nothing is expected. */
  readonly expect: readonly FindingCode[];
  readonly ignores: readonly Ignore[];
  readonly baseline?: Baseline;
}

type Words = string | readonly string[] | undefined;

export interface ExpectationArgs {
  readonly expect?: Words;
  readonly ignore?: Words;
  readonly reason?: Words;
  readonly until?: Words;
}

/**
 * The flags, read. `--reason` and `--until` belong to `--ignore` in the order in which they stand; one for all will do.
 * @throws Failure `usage` for a code that does not exist, an ignore without a reason, a day that is none
 */
export function expectationsOf(args: ExpectationArgs): Expectations {
  const expect = list(args.expect).map((word) => codeOf(word, '--expect'));
  const codes = list(args.ignore).map((word) => codeOf(word, '--ignore'));
  const reasons = oneEach(list(args.reason), codes.length, '--reason');
  const days = oneEach(list(args.until), codes.length, '--until');
  const ignores = codes.map((code, i): Ignore => {
    const reason = reasons[i]?.trim() ?? '';
    if (reason === '') {
      throw new Failure(
        'usage',
        `--ignore ${code} has no reason`,
        "--reason 'why it may stay, and who knows of it', so that whoever reads the job understands it",
      );
    }
    const until = days[i];
    return { code, reason, ...(until !== undefined && { until: dayOf(until) }) };
  });
  return { expect: [...new Set(expect)], ignores };
}

function list(words: Words): readonly string[] {
  if (words === undefined) return [];
  return typeof words === 'string' ? [words] : words;
}

function codeOf(word: string, flag: string): FindingCode {
  if (isCode(word)) return word;
  const [near] = nearestWords(word, ALL_CODES);
  throw new Failure(
    'usage',
    `${flag} '${visibleLine(word)}' is no finding`,
    near ? `did you mean '${near}'?` : "'why403 explain' lists the codes",
  );
}

/** As many as there are ignores, or one for all of them. */
function oneEach(words: readonly string[], count: number, flag: string): readonly string[] {
  if (words.length === 0 || words.length === count) return words;
  if (count === 0) throw new Failure('usage', `${flag} belongs to an --ignore`, 'give both, or neither');
  if (words.length === 1) return Array.from({ length: count }, () => words[0] ?? '');
  throw new Failure(
    'usage',
    `there are ${count} --ignore and ${words.length} ${flag}`,
    `one ${flag} for each --ignore, in the same order, or one for all`,
  );
}

function dayOf(text: string): string {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // 2026-02-30 is read as a day of March.
  if (Number.isFinite(at) && new Date(at).toISOString().startsWith(text)) return text;
  throw new Failure('usage', `--until '${visibleLine(text)}' is no day`, 'the last day, such as 2026-12-31');
}

/**
 * The report with what was accepted, what was not kept, and a note on each.
 * @param today `2026-11-23`, UTC
 */
export function withExpectations(report: Report, expectations: Expectations, today: string): Report {
  const { expect, ignores, baseline } = expectations;
  if (expect.length === 0 && ignores.length === 0 && !baseline) return report;
  const shown = new Set(report.stages.flatMap((stage) => stage.findings.map((f) => f.code)));
  if (report.verdict.rootCause) shown.add(report.verdict.rootCause);
  const expected = expectedOf(report, expect, shown);
  const ignored = ignoredOf(report, ignores, shown, today);
  const known = knownOf(report, baseline, shown);
  const accepted = [...expected.accepted, ...ignored.accepted, ...known.accepted];
  const notes = [
    ...(report.notes ?? []),
    ...expected.unmet,
    ...expected.notes,
    ...ignored.notes,
    ...known.notes,
  ];
  return { ...report, ...(notes.length > 0 && { notes }), acceptance: { accepted, unmet: expected.unmet } };
}

interface Part {
  readonly accepted: readonly Accepted[];
  readonly notes: readonly string[];
}

/** Met only by exactly what is expected: nothing is missing, and nothing else counts against the run. */
function expectedOf(
  report: Report,
  expect: readonly FindingCode[],
  shown: ReadonlySet<FindingCode>,
): Part & { readonly unmet: readonly string[] } {
  if (expect.length === 0) return { accepted: [], notes: [], unmet: [] };
  const missing = expect.filter((code) => !shown.has(code));
  const others = countingCodes(report).filter((code) => !expect.includes(code));
  if (missing.length === 0 && others.length === 0) {
    const accepted = expect.map((code) => ({ code, by: 'expect' as const, reason: 'it was expected' }));
    return { accepted, notes: [`Found as expected: ${listed(expect)}.`], unmet: [] };
  }
  const found = countingCodes(report);
  const instead =
    missing.length === 0
      ? `${listed(others)} ${others.length === 1 ? 'was' : 'were'} found as well`
      : found.length > 0
        ? `${listed(found)} ${found.length === 1 ? 'was' : 'were'} found`
        : report.verdict.kind === 'healthy'
          ? 'all is well'
          : 'no cause could be named';
  return { accepted: [], notes: [], unmet: [`Expected exactly ${listed(expect)}; ${instead}.`] };
}

function ignoredOf(
  report: Report,
  ignores: readonly Ignore[],
  shown: ReadonlySet<FindingCode>,
  today: string,
): Part {
  const accepted: Accepted[] = [];
  const notes = ignores.map(({ code, reason, until }) => {
    if (until !== undefined && until < today)
      return `--ignore ${code} has expired (${until}), so the finding counts${shown.has(code) ? '' : ', but it was not found: take the flag out'}. Its reason was: ${reason}`;
    if (shown.has(code)) {
      accepted.push({ code, by: 'ignore', reason, ...(until !== undefined && { until }) });
      return `${code} is ignored${until === undefined ? '' : ` until ${until}`}: ${reason}`;
    }
    const stage = report.stages.find((s) => s.stage === stageOf(code));
    return stage?.status === 'skipped' || stage?.status === 'unknown'
      ? `--ignore ${code} was not needed this time: the stage ${stage.stage} was not judged.`
      : `--ignore ${code} is not used, because it was not found: take the flag out.`;
  });
  return { accepted, notes };
}

function knownOf(report: Report, baseline: Baseline | undefined, shown: ReadonlySet<FindingCode>): Part {
  if (!baseline) return { accepted: [], notes: [] };
  const known = baseline.codes.filter((code) => shown.has(code));
  const judged = (code: FindingCode): boolean => {
    const stage = report.stages.find((s) => s.stage === stageOf(code));
    return stage?.status === 'clear' || stage?.status === 'found';
  };
  const gone = baseline.codes.filter((code) => !shown.has(code) && judged(code));
  const fresh = countingCodes(report).filter((code) => !baseline.codes.includes(code));
  const notes = [
    ...(known.length > 0 ? [`Known since ${baseline.day} (--baseline): ${listed(known)}.`] : []),
    ...(fresh.length > 0 ? [`New since ${baseline.day} (--baseline): ${listed(fresh)}.`] : []),
    ...(gone.length > 0
      ? [
          `No longer there: ${listed(gone)}. Delete the baseline file and run again, so that it can't come back unseen.`,
        ]
      : []),
  ];
  const reason = `known since ${baseline.day}`;
  return { accepted: known.map((code) => ({ code, by: 'baseline' as const, reason })), notes };
}
