/** What a run did, counted up window by window, and what it has to say about it. */
import { visibleLine } from '../core/index.ts';
import type { Hour, Names } from '../core/index.ts';
import type { Fetched } from './fetch.ts';
import type { CellChange, MergeTally } from './merge.ts';
import type { PlannedWindow } from './plan.ts';

export interface ExportSummary {
  readonly dataset: string;
  readonly windows: { from: Hour; to: Hour; why: PlannedWindow['why']; rows: number }[];
  /** Rows that answers brought, and what they did to the archive. */
  readonly rows: { fetched: number; added: number; changed: number; removed: number; kept: number };
  /** Files that were written, below the archive's root. */
  readonly files: string[];
  /** Old → new of the dataset's counts. */
  readonly changes: readonly CellChange[];
  readonly warnings: { code?: string; message: string; hours?: string[] }[];
  /** The end of the newest closed hour. */
  readonly through?: Hour;
}

export function newSummary({ dataset }: { readonly dataset: { readonly id: string } }): ExportSummary {
  return {
    dataset: dataset.id,
    windows: [],
    rows: { fetched: 0, added: 0, changed: 0, removed: 0, kept: 0 },
    files: [],
    changes: [],
    warnings: [],
  };
}

/** Counts what was written of a window. @param kept hours with kept rows so far, added to */
export function note(
  parts: readonly Pick<Fetched, 'window' | 'lines'>[],
  tally: MergeTally,
  summary: ExportSummary,
  kept: Set<string>,
): void {
  for (const { window, lines } of parts) {
    summary.windows.push({ from: window.from, to: window.to, why: window.why, rows: lines.length });
    summary.rows.fetched += lines.length;
  }
  summary.rows.added += tally.added;
  summary.rows.changed += tally.changed;
  summary.rows.removed += tally.removed;
  summary.rows.kept += tally.kept;
  (summary.changes as CellChange[]).push(...tally.changes);
  for (const hour of tally.keptHours) kept.add(hour);
}

export function warnKept(hours: ReadonlySet<string>, summary: ExportSummary): void {
  if (hours.size === 0) return;
  const sorted = [...hours].sort();
  summary.warnings.push({
    code: 'endpoint/silently-empty',
    message: `${summary.rows.kept} stored rows of ${hours.size} closed hours (${sorted[0]} to ${sorted.at(-1)}) are missing from the fresh answers and were kept: usually a division that went out of this client's sight, not a fall in traffic. If they are really gone: --accept-removals.`,
    hours: sorted,
  });
}

/** Says that the ledger was lost. */
export function warnRebuilt(place: string, files: number, summary: ExportSummary): void {
  summary.warnings.push({
    message: `${visibleLine(place)} was missing or unreadable, and was made anew from ${files === 1 ? 'the file' : `the ${files} files`} of the archive. Hours without a row in it are asked for again.`,
  });
}

const NAMED = 5;

/**
 * Says what earlier runs could see and this one's list no longer shows: their rows stop, which is no fall in traffic.
 * @param known last known names by id, of all runs
 * @param before what was out of sight before, and told then
 * @returns what is out of sight now
 */
export function outOfSight(
  known: Names,
  listed: Names,
  before: readonly string[],
  summary: ExportSummary,
): string[] {
  const hidden = [...known.keys()].filter((id) => !listed.has(id)).sort();
  const told = new Set(before);
  const gone = hidden.filter((id) => !told.has(id));
  if (gone.length > 0) {
    const names = gone.slice(0, NAMED).map((id) => visibleLine(known.get(id) || id));
    const more = gone.length > NAMED ? ` and ${gone.length - NAMED} more` : '';
    const [what, they] = gone.length === 1 ? ['entry', 'it was'] : ['entries', 'they were'];
    summary.warnings.push({
      code: 'endpoint/silently-empty',
      message: `${gone.length} ${what} that an earlier run could see (${names.join(', ')}${more}) ${gone.length === 1 ? 'is' : 'are'} no longer listed: ${they} deleted, or a division went out of this client's sight. Missing rows from now on are not a fall in traffic. Last known names are kept. Ask an admin whether the client's role still holds in every division.`,
    });
  }
  return hidden;
}
