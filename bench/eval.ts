/**
 * Measures `explain` on real cases: `npm run eval -- FILE.jsonl… [--verbose] [--needs]`.
 * A line of the file is { id, source, family, genuine, statement, expected: { rootCause, alternatives, solvable } }.
 * A rule is needed by a case if its cause is no longer first without the rule; each rule is taken away in turn.
 */
import { readFileSync } from 'node:fs';
import { explainPaste, pasteProfiles } from '../src/app/explain-paste.ts';
import { builtIn } from '../src/catalogue/index.ts';
import { SAID_RULES } from '../src/checks/said/index.ts';
import { Look } from '../src/checks/said/rule.ts';
import { evidenceOf } from '../src/checks/said/sighting.ts';
import { TELLTALES } from '../src/checks/said/telltales/index.ts';
import { holds } from '../src/checks/said/telltales/telltale.ts';
import { readStatement } from '../src/reading/index.ts';
import { isNeededByAny, neededWords, type Right } from './words/needs.ts';
import { Failure, isCode, type FindingCode, type Report } from '../src/core/index.ts';

interface Case {
  readonly id: string;
  readonly family: string;
  readonly genuine: boolean;
  readonly statement: unknown;
  readonly expected: {
    readonly rootCause: string;
    readonly alternatives: readonly string[];
    readonly solvable: boolean;
  };
}

interface Scored {
  readonly case: Case;
  readonly codes: readonly string[];
  readonly proved: boolean;
  /** The words of the first candidate; they name the rule that gave it. */
  readonly why: string;
  readonly first: boolean;
  readonly third: boolean;
  readonly falseProof: boolean;
}

// `| head` has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const words = process.argv.slice(2);
const flags = words.filter((word) => word.startsWith('--'));
const files = words.filter((word) => !word.startsWith('--'));
if (files.length === 0) {
  console.error('usage: npm run eval -- FILE.jsonl… [--verbose] [--needs]');
  process.exit(2);
}
const casesOf = (file: string | URL): Case[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Case);
const cases = files.flatMap(casesOf);
/** What is known besides, to see whether a rule that one case here needs serves others too. */
const OTHERS = ['cases', 'again'].map((name) => new URL(`../fixtures/field/${name}.jsonl`, import.meta.url));

const scored = cases.map((one) => score(one, judged(one)));
printTable(scored);
printMisses(scored);
printFolds(scored);
printRules(scored);
if (flags.includes('--needs')) printNeeds(scored);
if (flags.includes('--verbose')) for (const s of scored) console.log(s.case.id, s.codes.join(' > '));

/** A statement that shows nothing ends without a report: no candidate. */
function judged(one: Case): Report {
  try {
    return explainPaste(one.statement).report;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return {
      schema: 1,
      tool: 'why403',
      provider: '',
      stages: [],
      verdict: { kind: 'inconclusive', candidates: [] },
    };
  }
}

/** `ambiguous` is right if nothing is called proved and the listed alternatives are among the candidates. */
function score(one: Case, report: Report): Scored {
  const { rootCause, alternatives } = one.expected;
  const codes = report.verdict.candidates.map((c) => c.code as string);
  const proved = report.verdict.certainty === 'proved';
  const ambiguous = rootCause === 'ambiguous';
  const listed = alternatives.filter((code) => isCode(code) && codes.includes(code as FindingCode)).length;
  const open = !proved && (codes.length === 0 || listed >= Math.min(2, alternatives.length));
  return {
    case: one,
    codes,
    proved,
    why: report.verdict.candidates[0]?.why ?? '',
    first: ambiguous ? open : codes[0] === rootCause,
    third: ambiguous ? open : codes.slice(0, 3).includes(rootCause),
    falseProof: proved && codes[0] !== rootCause,
  };
}

function printTable(all: readonly Scored[]): void {
  const rows: [string, Scored[]][] = [];
  for (const family of [...new Set(all.map((s) => s.case.family))].sort()) {
    for (const genuine of [true, false]) {
      for (const solvable of [true, false]) {
        const group = all.filter(
          (s) =>
            s.case.family === family && s.case.genuine === genuine && s.case.expected.solvable === solvable,
        );
        if (group.length > 0)
          rows.push([
            `${family}, ${genuine ? 'genuine' : 'made up'}, ${solvable ? 'solvable' : 'not solvable'}`,
            group,
          ]);
      }
    }
  }
  rows.push(['genuine and solvable', all.filter((s) => s.case.genuine && s.case.expected.solvable)]);
  rows.push(['all', [...all]]);
  console.log(
    `${'group'.padEnd(36)} ${'cases'.padStart(5)} ${'first'.padStart(12)} ${'top three'.padStart(12)} ${'proved'.padStart(7)} ${'false proofs'.padStart(12)}`,
  );
  for (const [name, group] of rows) {
    const count = (pick: (s: Scored) => boolean) => group.filter(pick).length;
    const share = (n: number) =>
      `${n} ${`${Math.round((100 * n) / Math.max(1, group.length))} %`.padStart(6)}`.padStart(12);
    console.log(
      `${name.padEnd(36)} ${String(group.length).padStart(5)} ${share(count((s) => s.first))} ${share(count((s) => s.third))} ${String(count((s) => s.proved)).padStart(7)} ${String(count((s) => s.falseProof)).padStart(12)}`,
    );
  }
}

function printMisses(all: readonly Scored[]): void {
  const misses = all.filter((s) => !s.first || s.falseProof);
  console.log(`\nmisses (${misses.length}):`);
  for (const s of misses) {
    const mark = `${s.falseProof ? 'FALSE PROOF ' : ''}${s.third ? 'in top three' : 'missed'}${s.case.genuine && s.case.expected.solvable ? '' : ' (made up or not solvable)'}`;
    console.log(
      `  ${s.case.id}: ${s.case.expected.rootCause}; ${mark}: ${s.codes.join(', ') || 'no candidate'}`,
    );
  }
}

/** The rules were written with the cases in sight, so a fold can't be trained; each fifth shows how even they are. */
function printFolds(all: readonly Scored[]): void {
  const pool = all.filter((s) => s.case.genuine && s.case.expected.solvable);
  const folds = [0, 1, 2, 3, 4].map((k) => pool.filter((_, i) => i % 5 === k));
  console.log(
    `\nfive folds, first answer: ${folds.map((f) => `${f.filter((s) => s.first).length}/${f.length}`).join('  ')}`,
  );
}

/** Anything that a case can need, and how to do without it for a while. */
interface Removable {
  readonly name: string;
  /** Whether it speaks in a case for the cause that the case turned out to have. */
  readonly fits: (one: Case) => boolean;
  without<T>(work: () => T): T;
}

function removable<R extends { readonly id: string }>(
  kind: string,
  rules: readonly R[],
  fits: (rule: R, look: Look, cause: string) => boolean,
): Removable[] {
  const list = rules as R[];
  return [...list].map((rule) => ({
    name: `${kind} ${rule.id}`,
    fits: (one) => {
      const look = lookAt(one);
      return look !== undefined && fits(rule, look, one.expected.rootCause);
    },
    without(work) {
      const at = list.indexOf(rule);
      list.splice(at, 1);
      try {
        return work();
      } finally {
        list.splice(at, 0, rule);
      }
    },
  }));
}

/** Undefined for a statement that shows nothing. */
function lookAt({ statement }: Case): Look | undefined {
  try {
    const evidence = readStatement(statement, pasteProfiles);
    const profile = pasteProfiles.find((p) => p.id === evidence.provider) ?? pasteProfiles.at(-1)!;
    return new Look({ evidence, profile, catalogue: builtIn, mode: 'everything' });
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** The cases that need each rule: those whose cause is first with it and not without it. */
function neededBy(rules: readonly Removable[], right: readonly Scored[]): Map<string, string[]> {
  const needs = new Map<string, string[]>();
  for (const rule of rules) {
    const lost = rule.without(() => right.filter((s) => !score(s.case, judged(s.case)).first));
    if (lost.length > 0)
      needs.set(
        rule.name,
        lost.map((s) => s.case.id),
      );
  }
  return needs;
}

/** Which rule which cases need, and which of them no other case that is known needs. */
function printNeeds(all: readonly Scored[]): void {
  const right = all.filter((s) => s.first && s.codes.length > 0);
  const rules = [
    ...removable(
      'said',
      SAID_RULES,
      (rule, look, cause) => rule.code === cause && evidenceOf(rule, look) !== undefined,
    ),
    ...removable(
      'telltale',
      TELLTALES,
      (one, look, cause) => (one.tells[cause as FindingCode] ?? 0) > 0 && holds(one, look),
    ),
  ];
  const here = neededBy(rules, right);
  const known = new Set(all.map((s) => s.case.id));
  const others = OTHERS.flatMap(casesOf)
    .filter((one) => !known.has(one.id))
    .map((one) => score(one, judged(one)));
  const named = rules.filter(({ name }) => here.has(name));
  const elsewhere = neededBy(
    named,
    others.filter((s) => s.first && s.codes.length > 0),
  );
  const single = named.filter(
    ({ name }) => (here.get(name)?.length ?? 0) + (elsewhere.get(name)?.length ?? 0) === 1,
  );
  const everyCase = [...all, ...others].map((s) => s.case);
  const alone = single.filter(({ fits }) => everyCase.filter(fits).length < 2);
  console.log(
    `\nrules that cases here need (${here.size}); with ${others.length} further cases, ${single.length} are needed by one case only: ${single.map((r) => r.name).join(', ') || 'none'}; ${alone.length} of these speak rightly in no other case: ${alone.map((r) => r.name).join(', ') || 'none'}`,
  );
  for (const { name } of named) {
    const more = elsewhere.get(name)?.length ?? 0;
    console.log(`  ${name}: ${here.get(name)?.join(', ')}${more > 0 ? ` and ${more} further` : ''}`);
  }
  printNeededWords(all, others);
}

/** The same of the learnt words, which several cases taught: what one case needs, another should need as well. */
function printNeededWords(all: readonly Scored[], others: readonly Scored[]): void {
  const rights = (scores: readonly Scored[]): Right[] =>
    scores
      .filter((s) => s.first && s.codes.length > 0)
      .map(({ case: one }) => ({
        id: one.id,
        statement: one.statement,
        stillFirst: () => score(one, judged(one)).first,
      }));
  const needs = neededWords(rights(all));
  const elsewhere = rights(others);
  const single = [...needs].filter(([word, ids]) => ids.length === 1 && !isNeededByAny(word, elsewhere));
  console.log(
    `\nlearnt words that cases here need (${needs.size}), ${single.length} of them needed by one case only: ${single.map(([word, ids]) => `${word} (${ids[0] ?? ''})`).join(', ') || 'none'}`,
  );
}

/** Which rule decides which cases. One that decides a single case must be one of which a second body can be named. */
function printRules(all: readonly Scored[]): void {
  const named = new Map(SAID_RULES.map((rule) => [rule.why, `said: ${rule.id}`]));
  const by = new Map<string, string[]>();
  for (const s of all.filter((one) => one.first && one.codes.length > 0)) {
    const rule = named.get(s.why) ?? `${s.codes[0] ?? ''}: ${s.why.slice(0, 90)}`;
    by.set(rule, [...(by.get(rule) ?? []), s.case.id]);
  }
  const rows = [...by].sort((a, b) => b[1].length - a[1].length);
  console.log(
    `\nrules that decide (${rows.length}), ${rows.filter(([, ids]) => ids.length === 1).length} of them one case of this file:`,
  );
  for (const [rule, ids] of rows)
    console.log(`  ${String(ids.length).padStart(2)}  ${rule}\n      ${ids.join(', ')}`);
}
