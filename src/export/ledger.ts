/** The ledger: which hours are closed. Pure; `io/ledger-store` keeps it. */
import { Failure, hourOf } from '../core/index.ts';
import type { Dataset, Hour, Ledger, Window } from '../core/index.ts';
import { hourNumber, merged, spanOf, windowOf } from './hours.ts';
import type { Span } from './hours.ts';

const FIRST_RUN_MS = 48 * 3_600_000;

export function doneSpans(ledger: Pick<Ledger, 'done'>): Span[] {
  return merged(ledger.done.map(spanOf));
}

/** The ledger with `window` closed. */
export function close(ledger: Ledger, window: Window): Ledger {
  return { ...ledger, done: merged([...ledger.done.map(spanOf), spanOf(window)]).map(windowOf) };
}

/** The ledger with every hour before `window` closed: what was true at a moment that is over can't be asked for again. */
export function closeBefore(ledger: Ledger, window: Window): Ledger {
  return ledger.start < window.from ? { ...ledger, done: [{ from: ledger.start, to: window.from }] } : ledger;
}

/** A ledger for an archive that has none. */
export function newLedger(dataset: Dataset, pattern: string, start: Hour): Ledger {
  const { id, columns, shape } = dataset;
  return { schema: 1, dataset: id, pattern, start, columns, ...(shape !== undefined && { shape }), done: [] };
}

/** The start of an archive that has none yet. */
export function firstStart(now: Date): Hour {
  return hourOf(now.getTime() - FIRST_RUN_MS);
}

/**
 * The ledger of an archive whose own was lost: an hour counts as closed if the archive holds a row of it. Hours
 * without rows are asked for again, which costs requests and changes nothing. The start is where the archive begins:
 * no run adds hours before it.
 * @param known.begins the first hour of the files that hold no row and stand before all others
 * @param known.otherwise the start where neither files nor rows tell one
 * @param known.hours every hour that a stored row names, in any order
 */
export function rebuilt(
  dataset: Dataset,
  pattern: string,
  { begins, otherwise, hours }: { begins?: Hour; otherwise: Hour; hours: Iterable<Hour> },
): Ledger {
  const numbers = [...new Set([...hours].map(hourNumber))].sort((a, b) => a - b);
  const done = merged(numbers.map((n): Span => [n, n + 1])).map(windowOf);
  return { ...newLedger(dataset, pattern, begins ?? done[0]?.from ?? otherwise), done };
}

/**
 * Refuses a ledger that is somebody else's.
 * @throws Failure `config` (exit 2) for another dataset, pattern or shape
 */
export function checkOurs(ledger: Ledger, dataset: Dataset, pattern: string, place: string): void {
  const other = (what: string, theirs: string, ours: string): Failure =>
    new Failure(
      'config',
      `The archive's ledger ${place} was written for ${what} ${theirs}; this run has ${ours}. Nothing was changed.`,
      'Give the options that the archive was begun with, use another --out, or move the old archive away with its .why403 folder.',
    );
  if (ledger.dataset !== dataset.id) throw other('dataset', ledger.dataset, dataset.id);
  if (ledger.pattern !== pattern) throw other('the pattern', ledger.pattern, pattern);
  if (ledger.columns.join() !== dataset.columns.join())
    throw other('the columns', ledger.columns.join(','), dataset.columns.join(','));
  if ((ledger.shape ?? '') !== (dataset.shape ?? ''))
    throw other('the shape', ledger.shape ?? 'without choices', dataset.shape ?? 'none of these choices');
}

/**
 * Refuses an archive of another organisation.
 * @throws Failure `config` (exit 2)
 */
export function checkOrganization(ledger: Ledger, found: { id: string; name?: string }, place: string): void {
  const kept = ledger.organization;
  if (!kept || kept.id === found.id) return;
  const called = (o: { id: string; name?: string }): string => (o.name ? `${o.name} (${o.id})` : o.id);
  throw new Failure(
    'config',
    `The archive of ${place} belongs to the organisation ${called(kept)}; these settings reach ${called(found)}. Nothing was changed.`,
    'Check region, client id and profile, or give this organisation an --out of its own.',
  );
}
