/** What is known of an archive without asking anybody. */
import { Failure } from '../core/index.ts';
import type { Dataset, Hour, Ledger } from '../core/index.ts';
import { aheadOf, endedBy } from '../export/clock.ts';
import { coverageOf } from '../export/coverage.ts';
import type { Coverage } from '../export/coverage.ts';
import { checkOurs, firstStart } from '../export/ledger.ts';
import { lostFiles, reopened } from '../export/lost.ts';
import type { LostFile } from '../export/lost.ts';
import type { Pattern } from '../export/pattern.ts';
import { rebuild } from '../export/rebuild.ts';
import { diskLedgers, stateFolder } from '../io/ledger-store.ts';
import { lockHolder } from '../io/lock.ts';
import { diskPartitions } from '../io/partition-store.ts';
import { lastRuns } from '../io/run-log.ts';
import type { RunRecord } from '../io/run-log.ts';
import { rowsBy } from '../render/rows.ts';

export interface ArchiveStatus {
  readonly ledger: Ledger;
  readonly coverage: Coverage;
  /** Files that are gone though their hours were exported; in the ledger and the coverage these hours are open. */
  readonly lost: readonly LostFile[];
  /** What the ledger holds that is still to come: a clock was or is wrong, and which hours are owed is not known. */
  readonly ahead?: Hour;
  /** Who exports right now. */
  readonly running?: string;
  /** Newest last. */
  readonly runs: readonly RunRecord[];
}

const RUNS = 5;

/**
 * @throws Failure `config` (exit 2) where there is no archive, or not one of this dataset
 */
export async function archiveStatus(
  { dataset, pattern, root }: { dataset: Dataset; pattern: Pattern; root: string },
  options: { now: Date; settleMs: number; days: number; lockTtlMs: number },
): Promise<ArchiveStatus> {
  const folder = stateFolder(root, dataset.id, pattern.tail);
  const { ledger, lost, ahead } = await openStanding({ dataset, pattern, root }, options.now);
  const coverage = coverageOf(ledger, options.now, options.settleMs, options.days);
  const running = await lockHolder(folder, options.lockTtlMs);
  const runs = await runsOf({ dataset, pattern, root });
  return {
    ledger,
    coverage,
    lost,
    ...(ahead !== undefined && { ahead }),
    ...(running !== undefined && { running }),
    runs: runs.slice(-RUNS),
  };
}

/** The runs of an archive, newest last: one folder may hold several archives, by dataset and pattern. */
export async function runsOf({
  dataset,
  pattern,
  root,
}: {
  dataset: Pick<Dataset, 'id'>;
  pattern: Pattern;
  root: string;
}): Promise<RunRecord[]> {
  const runs = await lastRuns(root, Number.POSITIVE_INFINITY);
  return runs.filter(({ dataset: id, out, pattern: tail }) => {
    // Earlier versions noted the whole --out only.
    const isOurs =
      typeof tail === 'string'
        ? tail === pattern.tail
        : typeof out === 'string' && out.endsWith(pattern.tail);
    return id === dataset.id && isOurs;
  });
}

/**
 * The ledger of an archive, rebuilt in memory where it was lost, and the dataset in the shape that the archive has:
 * who only looks need not repeat the options of the export.
 * @throws Failure `config` (exit 2) where there is no archive, or not one of this dataset
 */
export async function openArchive(
  { dataset, pattern, root }: { dataset: Dataset; pattern: Pattern; root: string },
  now: Date,
): Promise<{ ledger: Ledger; dataset: Dataset }> {
  const ledgers = diskLedgers(stateFolder(root, dataset.id, pattern.tail));
  let ledger = await ledgers.load();
  if (ledger === 'missing') {
    const found = await rebuild(
      dataset,
      pattern,
      firstStart(now),
      diskPartitions(root),
      rowsBy(pattern.extension, dataset).format,
    );
    if (found.files === 0)
      throw new Failure(
        'config',
        `There is no archive of dataset ${dataset.id} at ${root} (${pattern.tail}).`,
        "Give the --out and --dataset of the export; 'why403 export' begins one.",
      );
    ledger = found.ledger;
  }
  const kept = asKept(dataset, ledger);
  checkOurs(ledger, kept, pattern.tail, ledgers.place);
  return { ledger, dataset: kept };
}

/**
 * The archive as it stands: hours whose file is gone, and those that are still to come, are open, as the next export will
 * find them.
 * @throws as `openArchive`
 */
export async function openStanding(
  archive: { dataset: Dataset; pattern: Pattern; root: string },
  now: Date,
): Promise<{ ledger: Ledger; dataset: Dataset; lost: readonly LostFile[]; ahead?: Hour }> {
  const { ledger: kept, dataset } = await openArchive(archive, now);
  const ahead = aheadOf(kept, now);
  const ledger = { ...kept, done: endedBy(kept.done, now) };
  const lost = await lostFiles({ ledger, dataset, pattern: archive.pattern }, diskPartitions(archive.root));
  return { ledger: reopened(ledger, lost), dataset, lost, ...(ahead !== undefined && { ahead }) };
}

function asKept(dataset: Dataset, { columns, shape = '' }: Ledger): Dataset {
  return { ...dataset, columns, shape };
}
