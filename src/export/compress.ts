/** Compresses files that no revisit reaches any more. */
import { HOUR_MS } from '../core/index.ts';
import type { Dataset, PartitionStore } from '../core/index.ts';
import { hourNumber } from './hours.ts';
import type { Pattern } from './pattern.ts';
import type { PlanPolicy } from './plan.ts';
import type { ExportSummary } from './summary.ts';

/**
 * Files whose hours all lie in months that ended before the deep revisit. Once a day is enough, so that the cost of an
 * hourly run does not grow with the archive.
 * @param summary files that were compressed are added under their new name
 */
export async function compressClosed(
  { pattern, policy }: { dataset: Dataset; pattern: Pattern; policy: Pick<PlanPolicy, 'deepRevisitMs'> },
  { partitions, now }: { partitions: PartitionStore; now: () => Date },
  summary: ExportSummary,
): Promise<void> {
  if (!partitions.compress) return;
  const reach = new Date(now().getTime() - policy.deepRevisitMs);
  const monthBegan = Date.UTC(reach.getUTCFullYear(), reach.getUTCMonth()) / HOUR_MS;
  const closed: string[] = [];
  for await (const path of partitions.list((folder) => pattern.mayHold(folder))) {
    const hour = pattern.hourIn(path);
    if (hour !== undefined && pattern.spanAt(hourNumber(hour))[1] <= monthBegan) closed.push(path);
  }
  for (const path of [...new Set(closed)].sort())
    if (await partitions.compress(path)) summary.files.push(`${path}.gz`);
}
