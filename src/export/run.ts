/** The export: ledger → plan → per window: all pages → files → ledger. Over ports; `app` gives it disk and network. */
import { Failure, Unreadable, hourOf } from '../core/index.ts';
import type {
  DataCall,
  Dataset,
  Hour,
  Ledger,
  LedgerStore,
  PartitionStore,
  RowFormat,
} from '../core/index.ts';
import { fetchNames, fetchWindows } from './fetch.ts';
import type { Fetched } from './fetch.ts';
import { countHours, hourAt, spanOf } from './hours.ts';
import { checkOrganization, checkOurs, close, reopen } from './ledger.ts';
import { merge, newTally, touched } from './merge.ts';
import type { CellChange, MergeTally } from './merge.ts';
import { partitionEnd } from './pattern.ts';
import type { Pattern } from './pattern.ts';
import { planWindows } from './plan.ts';
import type { Plan, PlanPolicy, PlannedWindow } from './plan.ts';
import { edited, lostHours, rebuild, storedLines } from './rebuild.ts';

const FIRST_RUN_MS = 48 * 3_600_000;

export interface ExportJob {
  readonly dataset: Dataset;
  readonly pattern: Pattern;
  readonly policy: Omit<PlanPolicy, 'maxHours' | 'partitionEnd'>;
  /** The archive's start, where the user gives one. */
  readonly since?: Hour;
  readonly acceptRemovals: boolean;
}

export interface ExportPorts {
  readonly format: RowFormat;
  readonly partitions: PartitionStore;
  readonly ledgers: LedgerStore;
  readonly call: DataCall;
  readonly now: () => Date;
  /** Aborted: the window in hand is finished, then the run ends with `Failure` `interrupted`. */
  readonly signal?: AbortSignal;
  /** Whose data this is; asks only if the ledger does not know this access yet. */
  identify(ledger: Ledger): Promise<Pick<Ledger, 'organization' | 'access'>>;
  progress?(state: { hours: number; of: number; rows: number }): void;
}

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

/**
 * Runs an export to its end.
 * @throws Refused for a refused call; Failure for everything else that ends it. What was closed stays closed.
 */
export async function runExport(
  job: ExportJob,
  ports: ExportPorts,
  summary = newSummary(job),
): Promise<ExportSummary> {
  const { dataset, pattern } = job;
  await ports.partitions.sweep();
  const opened = await open(job, ports);
  const names = opened.names;
  let ledger = opened.ledger;
  const planned = await plan(ledger, job, ports, summary);
  ledger = planned.ledger;
  const total = countHours(planned.windows.map(spanOf));
  let visible = new Set<string>();
  if (planned.windows.length > 0) {
    stopIfAborted(ports.signal);
    const list = await fetchNames(dataset, ports.call);
    visible = new Set(list.keys());
    for (const [id, name] of list) if (name !== '') names.set(id, name);
    await ports.ledgers.saveNames(names);
  }

  const keptBefore = new Set<string>();
  let hours = 0;
  for await (const fetched of fetchWindows(planned.windows, {
    dataset,
    call: ports.call,
    names,
    ...optionalEnd(pattern),
  })) {
    const tally = await write(fetched, visible, job, ports, summary);
    ledger = close(ledger, fetched.window);
    await ports.ledgers.save(ledger);
    note(fetched, tally, summary, keptBefore);
    hours += countHours([spanOf(fetched.window)]);
    ports.progress?.({ hours, of: total, rows: summary.rows.fetched });
    stopIfAborted(ports.signal);
  }
  if (planned.deep) ledger = { ...ledger, deepRevisit: ports.now().toISOString().slice(0, 10) };
  await ports.ledgers.save(ledger);
  warnKept(keptBefore, summary);
  const through = ledger.done.at(-1)?.to;
  return through === undefined ? summary : { ...summary, through };
}

export function newSummary({ dataset }: ExportJob): ExportSummary {
  return {
    dataset: dataset.id,
    windows: [],
    rows: { fetched: 0, added: 0, changed: 0, removed: 0, kept: 0 },
    files: [],
    changes: [],
    warnings: [],
  };
}

function optionalEnd(pattern: Pattern): { partitionEnd?: (hour: number) => number } {
  const end = partitionEnd(pattern);
  return end ? { partitionEnd: end } : {};
}

/** The ledger: kept, rebuilt or new; checked to be ours before anything is asked or written. */
async function open(
  job: ExportJob,
  ports: ExportPorts,
): Promise<{ ledger: Ledger; names: Map<string, string> }> {
  const { dataset, pattern, since } = job;
  let ledger = await ports.ledgers.load();
  let names = await ports.ledgers.loadNames();
  if (ledger === 'missing') {
    const start = since ?? hourOf(ports.now().getTime() - FIRST_RUN_MS);
    const found = await rebuild(dataset, pattern, start, ports.partitions, ports.format);
    ledger = found.ledger;
    names = new Map([...found.names, ...names]);
  }
  checkOurs(ledger, dataset, pattern.tail, ports.ledgers.place);
  const who = await ports.identify(ledger);
  if (who.organization) checkOrganization(ledger, who.organization, ports.ledgers.place);
  return { ledger: { ...ledger, ...who, ...(since ? { start: since } : {}) }, names };
}

/** Plans, and plans again if a file is gone whose hours are closed: they are owed again. */
async function plan(
  ledger: Ledger,
  job: ExportJob,
  ports: ExportPorts,
  summary: ExportSummary,
): Promise<Plan & { ledger: Ledger }> {
  const policy = { ...job.policy, maxHours: job.dataset.maxHours, ...optionalEnd(job.pattern) };
  const first = planWindows(ports.now(), ledger, policy);
  const lost = await lostHours(ledger, first.windows, job.pattern, ports.partitions);
  if (lost.spans.length === 0) return { ...first, ledger };
  summary.warnings.push({
    message: `${lost.paths.join(', ')} ${lost.paths.length === 1 ? 'is' : 'are'} gone though the hours were exported; they are fetched again.`,
  });
  const opened = reopen(ledger, lost.spans);
  return { ...planWindows(ports.now(), opened, policy), ledger: opened };
}

/** Puts a window's lines into the files that hold its hours. */
async function write(
  { window, lines }: Fetched,
  listed: ReadonlySet<string>,
  job: ExportJob,
  ports: ExportPorts,
  summary: ExportSummary,
): Promise<MergeTally> {
  const { dataset, pattern } = job;
  const tally = newTally();
  const [from, to] = spanOf(window);
  const hourIndex = dataset.columns.indexOf(dataset.key[0]!);
  const entityIndex = dataset.columns.indexOf(dataset.key[1] ?? '');
  const answered = new Set(lines.map((line) => line[entityIndex]));
  const visible = (entity: string): boolean => listed.has(entity) || answered.has(entity);
  let next = 0;
  for (let at = from; at < to;) {
    const file = pattern.spanAt(at);
    const end = Math.min(file[1], to);
    const path = pattern.pathOf(hourAt(at));
    const first = next;
    const limit = hourAt(end);
    while (next < lines.length && lines[next]![hourIndex]! < limit) next += 1;
    const one = newTally();
    const input = {
      dataset,
      file,
      window: [at, end] as const,
      fresh: lines.slice(first, next),
      visible,
      acceptRemovals: job.acceptRemovals,
    };
    const written = await replace(path, input, one, ports);
    if (written && !summary.files.includes(path)) summary.files.push(path);
    add(tally, one);
    at = end;
  }
  return tally;
}

async function replace(
  path: string,
  input: Parameters<typeof merge>[1],
  tally: MergeTally,
  { partitions, format }: ExportPorts,
): Promise<boolean> {
  const { dataset } = input;
  try {
    const stored = await storedLines(path, dataset, partitions, format);
    const text = async function* (): AsyncGenerator<string> {
      yield format.header(dataset.columns);
      for await (const batch of merge(stored ?? nothing(), input, tally)) {
        if (batch.length > 0) yield format.write(batch);
      }
    };
    const wanted = (): boolean => stored === undefined || touched(tally);
    await partitions.replace(path, text(), wanted);
    return wanted();
  } catch (error) {
    if (error instanceof Unreadable) throw edited(path, error.message, input.file);
    throw error;
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- an empty source must be as asynchronous as a file
async function* nothing(): AsyncGenerator<never> {
  yield* [];
}

function add(sum: MergeTally, one: MergeTally): void {
  sum.added += one.added;
  sum.changed += one.changed;
  sum.removed += one.removed;
  sum.kept += one.kept;
  for (const hour of one.keptHours) sum.keptHours.add(hour);
  sum.changes.push(...one.changes);
}

function note(
  { window, lines }: Fetched,
  tally: MergeTally,
  summary: ExportSummary,
  kept: Set<string>,
): void {
  summary.windows.push({ from: window.from, to: window.to, why: window.why, rows: lines.length });
  summary.rows.fetched += lines.length;
  summary.rows.added += tally.added;
  summary.rows.changed += tally.changed;
  summary.rows.removed += tally.removed;
  summary.rows.kept += tally.kept;
  (summary.changes as CellChange[]).push(...tally.changes);
  for (const hour of tally.keptHours) kept.add(hour);
}

function warnKept(hours: ReadonlySet<string>, summary: ExportSummary): void {
  if (hours.size === 0) return;
  const sorted = [...hours].sort();
  summary.warnings.push({
    code: 'endpoint/silently-empty',
    message: `${summary.rows.kept} stored rows of ${hours.size} closed hours (${sorted[0]} to ${sorted.at(-1)}) are missing from the fresh answers and were kept: usually a division that went out of this client's sight, not a fall in traffic. If they are really gone: --accept-removals.`,
    hours: sorted,
  });
}

function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new Failure(
      'interrupted',
      'Interrupted; every finished window is in the archive.',
      'The next run goes on from there.',
    );
}
