/**
 * Learns the words' weights anew from the known cases: `npm run words`. With `--folds` it says instead how often the
 * words alone, learnt from four fifths of the cases, name the cause of the last fifth.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pasteProfiles } from '../src/app/explain-paste.ts';
import { sharesOf, weighed, type Lexicon } from '../src/checks/said/words/index.ts';
import { wordsIn } from '../src/checks/said/words/text.ts';
import { isCode, type FindingCode } from '../src/core/index.ts';
import { readStatement } from '../src/reading/index.ts';
import { fit, type Example } from './words/fit.ts';

interface Known {
  readonly counts: ReadonlyMap<string, number>;
  readonly cause: FindingCode;
}

/** A word must be in so many cases, and a cause have so many, before anything is learnt of it. */
const CASES_OF_A_WORD = 3;
const CASES_OF_A_CAUSE = 9;
/**
 * How much of a cause's number of cases is taken out again: the cases were looked for by cause, so that the number says
 * little of how often a cause is met. Chosen, with the trust in words, on 467 cases that nothing had been learnt from.
 */
const FLATTENED = 0.8;
/** Chosen on 794 cases of later batches with the rules as they were before these (docs/house.md). */
const PENALTY = 1e-4;

const CASES = ['cases', 'again'].map((name) => new URL(`../fixtures/field/${name}.jsonl`, import.meta.url));
const LEXICON = fileURLToPath(new URL('../src/checks/said/words/lexicon.json', import.meta.url));

function knownCases(): Known[] {
  return CASES.flatMap((file) => readFileSync(file, 'utf8').trimEnd().split('\n')).flatMap(
    (line): Known[] => {
      const { statement, genuine, expected } = JSON.parse(line) as {
        statement: unknown;
        genuine: boolean;
        expected: { rootCause: string; solvable: boolean };
      };
      const cause = expected.rootCause;
      // What a made-up post says is no fact, and its words teach nothing.
      if (!genuine || !expected.solvable || !isCode(cause)) return [];
      return [{ counts: wordsIn(readStatement(statement, pasteProfiles)), cause }];
    },
  );
}

/** Learns twice: which words are worth a weight, and then what these alone say. */
function learn(known: readonly Known[]): Lexicon {
  const first = learnt(known, commonWords(known));
  return learnt(known, Object.keys(first.words).sort());
}

function commonWords(known: readonly Known[]): string[] {
  const cases = new Map<string, number>();
  for (const { counts } of known)
    for (const word of counts.keys()) cases.set(word, (cases.get(word) ?? 0) + 1);
  return [...cases].flatMap(([word, count]) => (count >= CASES_OF_A_WORD ? [word] : [])).sort();
}

function learnt(known: readonly Known[], words: readonly string[]): Lexicon {
  const number = (one: Known['cause']): number => known.filter(({ cause }) => cause === one).length;
  const causes = [...new Set(known.map(({ cause }) => cause))]
    .filter((one) => number(one) >= CASES_OF_A_CAUSE)
    .sort();
  const rarity = words.map(
    (word) => 1 + Math.log((1 + known.length) / (1 + known.filter(({ counts }) => counts.has(word)).length)),
  );
  const bare: Lexicon = {
    cases: known.length,
    causes: {},
    words: Object.fromEntries(words.map((word, i) => [word, [rarity[i] ?? 1, {}]])),
  };
  const index = new Map(words.map((word, i) => [word, i]));
  const examples = known.flatMap(({ counts, cause }): Example[] => {
    const at = causes.indexOf(cause);
    if (at < 0) return [];
    return [
      { cause: at, words: [...weighed(counts, bare)].map(([word, value]) => [index.get(word) ?? 0, value]) },
    ];
  });
  const { weights, bias } = fit(examples, words.length, causes.length, PENALTY);
  return {
    cases: known.length,
    causes: Object.fromEntries(
      causes.map((code, c) => [
        code,
        rounded((bias[c] ?? 0) - FLATTENED * Math.log(number(code) / known.length)),
      ]),
    ),
    words: Object.fromEntries(
      words.flatMap((word, w): [string, Lexicon['words'][string]][] => {
        const tells = causes.flatMap((code, c): [string, number][] => {
          const weight = rounded(weights[w * causes.length + c] ?? 0);
          return weight === 0 ? [] : [[code, weight]];
        });
        return tells.length === 0 ? [] : [[word, [rounded(rarity[w] ?? 1), Object.fromEntries(tells)]]];
      }),
    ),
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A line a word, so that what was learnt can be read, and compared with what was learnt before. */
function lines({ words, ...head }: Lexicon): string {
  const rows = Object.entries(words).map(
    ([word, row]) => `    ${JSON.stringify(word)}: ${JSON.stringify(row)}`,
  );
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "words": {\n${rows.join(',\n')}\n  }\n}\n`;
}

const FOLDS = 5;

function printFolds(known: readonly Known[]): void {
  let first = 0;
  let third = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    const lexicon = learn(known.filter((_, i) => i % FOLDS !== fold));
    for (const { counts, cause } of known.filter((_, i) => i % FOLDS === fold)) {
      const order = [...sharesOf(weighed(counts, lexicon), lexicon)].sort(([, a], [, b]) => b - a);
      first += Number(order[0]?.[0] === cause);
      third += Number(order.slice(0, 3).some(([code]) => code === cause));
    }
  }
  const percent = (count: number): string => `${Math.round((100 * count) / known.length)} %`;
  console.log(`${known.length} cases, words alone: ${percent(first)} first, ${percent(third)} among three`);
}

const known = knownCases();
if (process.argv.includes('--folds')) printFolds(known);
else {
  const lexicon = learn(known);
  writeFileSync(LEXICON, lines(lexicon));
  const weights = Object.values(lexicon.words).reduce((sum, [, tells]) => sum + Object.keys(tells).length, 0);
  console.log(`${lexicon.cases} cases: ${weights} weights of ${Object.keys(lexicon.words).length} words`);
}
