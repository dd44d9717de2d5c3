/** Hours that were exported and whose file is gone: whoever runs or looks next notices, however old they are. */
import { visibleLine } from '../core/index.ts';
import type { Dataset, Hour, Ledger, Line, PartitionStore, RowFormat } from '../core/index.ts';
import { common, countHours, hourAt, hourNumber, merged, without } from './hours.ts';
import type { Span } from './hours.ts';
import { doneSpans } from './ledger.ts';
import type { Pattern } from './pattern.ts';
import { storedLines } from './rebuild.ts';
import type { ExportSummary } from './summary.ts';

export interface LostFile {
  readonly path: string;
  /** Its closed hours from the archive's start on: they are owed again. */
  readonly owed: readonly Span[];
  /** Its closed hours before the archive's start: no run asks for them by itself. */
  readonly before: readonly Span[];
}

/** The archive as its ledger knows it. */
export interface Kept {
  readonly ledger: Pick<Ledger, 'start' | 'done'>;
  readonly dataset: Pick<Dataset, 'kind'>;
  readonly pattern: Pattern;
}

/** An archive of a file an hour has tens of thousands of them. */
const AT_ONCE = 64;
const NAMED = 5;

/**
 * Looks for the file of every closed hour.
 * @param within only files that hold hours of these
 * @throws Failure `export` where the disk does not say whether a file is there
 */
export async function lostFiles(
  { ledger, dataset, pattern }: Kept,
  partitions: Pick<PartitionStore, 'exists'>,
  within?: readonly Span[],
): Promise<LostFile[]> {
  // Of a snapshot every hour that is over counts as closed, also those in which no run made a file.
  if (dataset.kind === 'snapshot') return [];
  const done = doneSpans(ledger);
  const files = new Map<string, Span>();
  for (const [from, to] of within ?? done) {
    for (let at = from; at < to; at = pattern.spanAt(at)[1])
      files.set(pattern.pathOf(hourAt(at)), pattern.spanAt(at));
  }
  const start = hourNumber(ledger.start);
  const all = [...files];
  const out: LostFile[] = [];
  for (let i = 0; i < all.length; i += AT_ONCE) {
    const some = all.slice(i, i + AT_ONCE);
    const there = await Promise.all(some.map(([path]) => partitions.exists(path)));
    for (const [path, span] of some.filter((_, j) => !there[j])) {
      const closed = common(done, [span]);
      const owed = common(closed, [[start, Infinity]]);
      if (closed.length > 0) out.push({ path, owed, before: without(closed, owed) });
    }
  }
  return out;
}

/** The ledger with the hours of lost files open again. */
export function reopened<L extends Pick<Ledger, 'done'>>(ledger: L, lost: readonly LostFile[]): L {
  const gone = merged(lost.flatMap(({ owed, before }) => [...owed, ...before]));
  const done = without(doneSpans(ledger), gone).map(([from, to]) => ({ from: hourAt(from), to: hourAt(to) }));
  return { ...ledger, done };
}

/**
 * Says what is gone, and who fetches it.
 * @param within the hours of a bounded run, which fetches no others
 */
export function warnLost(
  lost: readonly LostFile[],
  { start, within }: { readonly start: Hour; readonly within?: readonly Span[] },
  summary: ExportSummary,
): void {
  const later = (spans: readonly Span[]): Span[] => (within ? without(spans, within) : []);
  const again = lost.filter(({ owed }) => owed.length > 0);
  const who = again.some(({ owed }) => later(owed).length > 0)
    ? 'those between --from and --to are fetched again now, the others by the next run without them'
    : 'they are fetched again';
  if (again.length > 0)
    summary.warnings.push({
      message: `${named(again)} gone though the hours were exported; ${who}.`,
    });
  const asked = within ?? [];
  const before = lost.filter((file) => without(file.before, asked).length > 0);
  if (before.length === 0) return;
  const hours = merged(before.flatMap((file) => without(file.before, asked)));
  summary.warnings.push({
    message: `${named(before)} gone. ${countHours(hours)} exported hours in it lie before the archive's start (${start}), so that no run fetches them again by itself. This does: ${fetching(hours)}`,
  });
}

/** The command that fetches hours. */
export function fetching(hours: readonly Span[]): string {
  return `why403 export --from ${hourAt(hours[0]![0])} --to ${hourAt(hours.at(-1)![1])}`;
}

/** Says which lost files came back without a row. */
export async function warnBare(
  lost: readonly LostFile[],
  dataset: Dataset,
  { partitions, format }: { readonly partitions: PartitionStore; readonly format: RowFormat },
  summary: ExportSummary,
): Promise<void> {
  const bare: LostFile[] = [];
  for (const file of lost) {
    const stored = await storedLines(file.path, dataset, partitions, format);
    if (stored && (await isBare(stored))) bare.push(file);
  }
  if (bare.length === 0) return;
  summary.warnings.push({
    message: `${named(bare)} back without a row: there was no traffic then, or the API no longer has these hours. If there is a copy of what was lost, put it back.`,
  });
}

async function isBare(stored: AsyncIterable<readonly Line[]>): Promise<boolean> {
  for await (const lines of stored) if (lines.length > 0) return false;
  return true;
}

/** `a.csv is`, `a.csv, b.csv and 7 more are`. */
export function named(files: readonly Pick<LostFile, 'path'>[]): string {
  const shown = files.slice(0, NAMED).map(({ path }) => visibleLine(path));
  const more = files.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''} ${files.length === 1 ? 'is' : 'are'}`;
}
