/** Reads the archive itself where its ledger is lost. */
import { Failure, Unreadable } from '../core/index.ts';
import type { Dataset, Hour, Ledger, Line, PartitionStore, RowFormat } from '../core/index.ts';
import { hourAt } from './hours.ts';
import type { Span } from './hours.ts';
import { rebuilt } from './ledger.ts';
import type { Pattern } from './pattern.ts';

/** A file's lines in batches; undefined if there is no file. @throws Unreadable while it is consumed */
export async function storedLines(
  path: string,
  dataset: Dataset,
  partitions: PartitionStore,
  format: RowFormat,
): Promise<AsyncGenerator<Line[]> | undefined> {
  const text = await partitions.read(path);
  if (!text) return undefined;
  return (async function* () {
    const reader = format.reader(dataset.columns);
    for await (const piece of text) yield reader.push(piece);
    yield reader.end();
  })();
}

/**
 * The ledger of the archive as it stands, and the names that its rows hold.
 * @param start the archive's start if its files tell none
 * @throws Failure `config` (exit 2) where a file of the pattern has another shape: it is somebody else's
 */
export async function rebuild(
  dataset: Dataset,
  pattern: Pattern,
  start: Hour,
  partitions: PartitionStore,
  format: RowFormat,
): Promise<{ ledger: Ledger; names: Map<string, string>; files: number }> {
  const paths = await filesOf(pattern, partitions);
  const hours = new Set<Hour>();
  const names = new Map<string, string>();
  const at = (column: string | undefined): number =>
    column === undefined ? -1 : dataset.columns.indexOf(column);
  const [hourAt, idAt, nameAt] = [at(dataset.key[0]), at(dataset.key[1]), at(dataset.nameColumn)];
  let begins: Hour | undefined;
  for (const [first, path] of paths) {
    try {
      for await (const batch of (await storedLines(path, dataset, partitions, format)) ?? []) {
        for (const line of batch) {
          const misfit = dataset.misfit?.(line);
          if (misfit !== undefined) throw otherChoice(path, misfit);
          if (dataset.kind !== 'table') hours.add(line[hourAt]! as Hour);
          if (nameAt !== -1 && line[nameAt] !== '') names.set(line[idAt]!, line[nameAt]!);
        }
      }
    } catch (error) {
      if (error instanceof Unreadable) throw foreign(path, error.message, dataset);
      throw error;
    }
    // Without a row it still shows that its hours were asked for; which of them, nobody knows any more.
    if (hours.size === 0 && pattern.file !== 'everything') begins ??= first;
  }
  const known = { ...(begins !== undefined && { begins }), otherwise: start, hours };
  return { ledger: rebuilt(dataset, pattern.tail, known), names, files: paths.length };
}

/** The archive's files, oldest first. */
async function filesOf(pattern: Pattern, partitions: PartitionStore): Promise<[Hour, string][]> {
  const paths: [Hour, string][] = [];
  for await (const path of partitions.list((folder) => pattern.mayHold(folder))) {
    const hour = pattern.hourIn(path);
    if (hour !== undefined) paths.push([hour, path]);
  }
  return paths.sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

/** The last known names that the archive's rows hold, as far as its files can be read. */
export async function namesIn(
  dataset: Dataset,
  pattern: Pattern,
  partitions: PartitionStore,
  format: RowFormat,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  if (dataset.nameColumn === undefined) return names;
  const [idAt, nameAt] = [
    dataset.columns.indexOf(dataset.key[1]!),
    dataset.columns.indexOf(dataset.nameColumn),
  ];
  for (const [, path] of await filesOf(pattern, partitions)) {
    try {
      for await (const batch of (await storedLines(path, dataset, partitions, format)) ?? [])
        for (const line of batch) if (line[nameAt] !== '') names.set(line[idAt]!, line[nameAt]!);
    } catch (error) {
      // Whoever writes to that file says what is wrong with it.
      if (!(error instanceof Unreadable)) throw error;
    }
  }
  return names;
}

/** The rows were written with another choice than the one that is asked for now. */
function otherChoice(path: string, misfit: string): Failure {
  return new Failure(
    'config',
    `${path} was not written with ${misfit}. The archive's ledger is gone, so its rows tell. Nothing was changed.`,
    'Give the flags that the archive was made with, or another --out.',
  );
}

function foreign(path: string, why: string, dataset: Dataset): Failure {
  return new Failure(
    'config',
    `${path} stands where the archive goes and is not one of its files: ${why}. Nothing was changed.`,
    `Use another --out, or move it away; a file of dataset ${dataset.id} has its columns and nothing else.`,
  );
}

/** Says that a file of this archive is not as it was written. */
export function edited(path: string, why: string, file: Span): Failure {
  const bounds = Number.isFinite(file[0])
    ? ` --from ${hourAt(file[0])} --to ${hourAt(file[1])}`
    : ' --from … --to …';
  return new Failure(
    'export',
    `${path} is not as this program wrote it: ${why}. It was left as it is, and no hour of it was closed.`,
    `Put back the file as it was, or move it away; the next run then fetches its hours again (or now: why403 export${bounds}).`,
  );
}
