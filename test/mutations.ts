/**
 * Mutated pastes: nothing that a person can paste may crash the reading, hold it up or end without a report.
 * `npm run test:mutations -- [COUNT] [FILE.jsonl]` runs 100,000 and prints what came of them.
 */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { explainPaste } from '../src/app/explain-paste.ts';
import { Failure } from '../src/core/index.ts';
import { loadCases, pasteOf } from './cases.ts';

/** No result may take longer, in milliseconds of the processor: what else the machine does counts for nothing. */
export const LONGEST_MS = 1000;

const SAMPLES: readonly string[] = [
  'curl -X POST “https://login.example.com/oauth/token\n-H “Authorization: Basic bXljbGllbnQ6bXlzZWNyZXQ=”\n-d “grant_type=client_credentials&scope=a:b”',
  '{"error":"invalid_grant","error_description":"Code \\u0041 \'expired"}',
  "requests.post('https://x.example/token', auth=('id', 'pw'), json={'grant_type': 'client_credentials'})",
  'HTTP/1.1 403 Forbidden\nwww-authenticate: Bearer error="insufficient_scope"\n\n{"error": [1, {"code": null}',
  "AADSTS700016: Application with identifier 'x' was not found in the directory",
  '{"log":{"entries":[{"request":{"method":"POST","url":"https://x.example/token","headers":[]},"response":{"status":400,"content":{"text":"{}"}}}]}}',
  'eyJhbGciOiJub25lIn0.eyJhdWQiOiJ4IiwiZXhwIjoxfQ.c2ln',
  '<error><code>invalid_client</code><message>nö</message></error>',
];
const NOISE = [
  '"',
  "'",
  '“',
  '\\',
  '\n',
  '{',
  '[',
  '<',
  '&',
  '=',
  '%',
  '\u0000',
  '\u202e',
  '\ud800',
  ' ',
  '….',
  '::',
];

/** What the mutations begin with: the case folders' pastes, samples, and real cases where a file of them is at hand. */
export function seeds(file?: string): string[] {
  const cases = loadCases().flatMap((one) => pasteOf(one) ?? []);
  const real =
    file !== undefined && existsSync(file)
      ? readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.stringify((JSON.parse(line) as { statement: unknown }).statement))
      : [];
  return [...SAMPLES, ...cases, ...real];
}

/** A seed with pieces cut, doubled, swapped, joined to another or sprinkled with noise; or any text at all. */
export function mutated(from: readonly string[]): fc.Arbitrary<string> {
  const seed = fc.constantFrom(...from);
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const noise = fc.oneof(fc.constantFrom(...NOISE), fc.string({ maxLength: 12, unit: 'binary' }));
  const edit = fc.record({ kind: fc.nat(4), at: share, size: fc.nat(60), noise });
  const edited = fc
    .tuple(seed, fc.array(edit, { minLength: 1, maxLength: 6 }), seed)
    .map(([text, edits, other]) =>
      edits.reduce((now, { kind, at, size, noise: extra }) => {
        const from = Math.floor(at * now.length);
        const [head, middle, tail] = [
          now.slice(0, from),
          now.slice(from, from + size),
          now.slice(from + size),
        ];
        const made = [
          head + tail,
          head + middle.repeat(3) + tail,
          head + extra + middle + tail,
          middle + head + tail,
          head + other.slice(Math.floor(at * other.length)),
        ];
        return (made[kind] ?? now).slice(0, 50_000);
      }, text),
    );
  return fc.oneof(
    { weight: 8, arbitrary: edited },
    { weight: 1, arbitrary: fc.string({ maxLength: 600, unit: 'binary' }) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
  );
}

/** What became of one paste. Anything that is thrown and no `Failure` is a crash, and is thrown on. */
export function outcomeOf(text: string): 'a cause' | 'no cause' | 'nothing to read' {
  try {
    const { report } = explainPaste(text);
    if (report.stages.length !== 8) throw new Error('a report without its eight stages');
    return report.verdict.rootCause === undefined ? 'no cause' : 'a cause';
  } catch (error) {
    if (error instanceof Failure) return 'nothing to read';
    throw error;
  }
}

function main(): void {
  const count = Number(process.argv[2] ?? 100_000);
  const file = process.argv[3] ?? new URL('../../shared/cases/dev.jsonl', import.meta.url).pathname;
  const from = seeds(file);
  const seen = new Map<string, number>();
  let slowest = 0;
  let slow = 0;
  fc.assert(
    fc.property(mutated(from), (text) => {
      const start = process.cpuUsage();
      const what = outcomeOf(text);
      const { user, system } = process.cpuUsage(start);
      const ms = (user + system) / 1000;
      slowest = Math.max(slowest, ms);
      if (ms > LONGEST_MS) slow++;
      seen.set(what, (seen.get(what) ?? 0) + 1);
    }),
    { numRuns: count, endOnFailure: true },
  );
  console.log(`${count} mutations of ${from.length} pastes, no crash`);
  for (const [what, number] of seen) console.log(`  ${what}: ${number}`);
  console.log(`  over ${LONGEST_MS} ms: ${slow}; the slowest took ${slowest.toFixed(0)} ms`);
  process.exitCode = slow > 0 ? 1 : 0;
}

if (process.argv[1] === import.meta.filename) main();
