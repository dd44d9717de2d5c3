/** The export: ledger → plan → per window: all pages → files → ledger. Over ports; `app` gives it disk and network. */
import { Failure, instant } from '../core/index.ts';
import type {
  DataCall,
  Dataset,
  Hour,
  Ledger,
  LedgerStore,
  Names,
  PartitionStore,
  RowFormat,
} from '../core/index.ts';
import { compressClosed } from './compress.ts';
import { fetchMoment, fetchNames, fetchWindows } from './fetch.ts';
import type { Fetched } from './fetch.ts';
import { countHours, spanOf } from './hours.ts';
import { checkOrganization, checkOurs, close, closeBefore, firstStart } from './ledger.ts';
import { lostFiles, reopened, warnBare, warnLost } from './lost.ts';
import type { LostFile } from './lost.ts';
import { partitionEnd } from './pattern.ts';
import type { Pattern } from './pattern.ts';
import { momentWindow, owedHours, planWindows } from './plan.ts';
import type { Plan, PlanPolicy } from './plan.ts';
import { rebuild } from './rebuild.ts';
import { newSummary, note, outOfSight, warnClock, warnKept } from './summary.ts';
import type { ExportSummary } from './summary.ts';
import { writeWindow } from './write.ts';

export { newSummary } from './summary.ts';
export type { ExportSummary } from './summary.ts';

export interface ExportJob {
  readonly dataset: Dataset;
  readonly pattern: Pattern;
  readonly policy: Omit<PlanPolicy, 'maxHours' | 'partitionEnd'>;
  /** The archive's start, where the user gives one. */
  readonly since?: Hour;
  readonly acceptRemovals: boolean;
  /** Files of months that no revisit reaches any more are compressed. */
  readonly compress?: boolean;
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
  /** Lets what is ready go out before work that takes a while. */
  readonly breathe?: () => Promise<void>;
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
  const { dataset } = job;
  await ports.partitions.sweep();
  const opened = await open(job, ports);
  const names = opened.names;
  let ledger = opened.ledger;
  warnClock(ledger, ports.now(), summary);
  const planned = await plan(ledger, job, ports, summary);
  ledger = planned.ledger;
  const total = countHours(planned.windows.map(spanOf));
  let listed: Names = new Map();
  if (planned.windows.length > 0) {
    stopIfAborted(ports.signal);
    listed = await fetchNames(dataset, ports.call);
    if (dataset.names) {
      const hidden = outOfSight(names, listed, ledger.hidden ?? [], summary);
      ledger = { ...ledger, hidden };
    }
    for (const [id, name] of listed) if (name !== '') names.set(id, name);
    await ports.ledgers.saveNames(names);
  }

  const seen = new Set(listed.keys());
  const keptBefore = new Set<string>();
  let hours = 0;
  const writing = { format: ports.format, partitions: ports.partitions, tail: {} };
  for await (const fetched of answers(planned.windows, job, ports, names, listed)) {
    const tally = await writeWindow(fetched, seen, job, writing, summary.files);
    fetched.putAway?.();
    ledger = dataset.kind === undefined ? close(ledger, fetched.window) : closeBefore(ledger, fetched.window);
    await ports.ledgers.save(ledger);
    note(fetched, tally, summary, keptBefore);
    hours += countHours([spanOf(fetched.window)]);
    ports.progress?.({ hours, of: total, rows: summary.rows.fetched });
    stopIfAborted(ports.signal);
  }
  if (planned.deep && job.compress) await compressClosed(job, ports, summary);
  if (planned.deep) ledger = { ...ledger, deepRevisit: ports.now().toISOString().slice(0, 10) };
  await ports.ledgers.save(ledger);
  if (dataset.kind === undefined) warnKept(keptBefore, summary);
  await warnBare(planned.lost, dataset, ports, summary);
  const through = ledger.done.at(-1)?.to;
  return through === undefined ? summary : { ...summary, through };
}

/** What is asked for: windows of hours, or what is true at this moment. */
async function* answers(
  windows: Plan['windows'],
  { dataset, pattern }: ExportJob,
  { call, breathe }: ExportPorts,
  names: Names,
  listed: Names,
): AsyncGenerator<Fetched> {
  const ports = { dataset, call, names, listed, ...optionalEnd(pattern), ...(breathe && { breathe }) };
  if (dataset.kind === undefined) yield* fetchWindows(windows, ports);
  else for (const window of windows) yield await fetchMoment(window, ports);
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
    const start = firstStart(ports.now());
    const found = await rebuild(dataset, pattern, start, ports.partitions, ports.format);
    ledger = { ...found.ledger, ...(since ? { start: since } : {}) };
    names = new Map([...found.names, ...names]);
    // Whatever comes of this run, it was the first one: the archive's start counts from it.
    await ports.ledgers.save(ledger);
  }
  checkOurs(ledger, dataset, pattern.tail, ports.ledgers.place);
  const who = await ports.identify(ledger);
  if (who.organization) checkOrganization(ledger, who.organization, ports.ledgers.place);
  return { ledger: { ...ledger, ...who, ...(since ? { start: since } : {}) }, names };
}

/** Plans. Hours whose file is gone are owed again, however old they are; a bounded run looks at its own files only. */
async function plan(
  kept: Ledger,
  job: ExportJob,
  ports: ExportPorts,
  summary: ExportSummary,
): Promise<Plan & { ledger: Ledger; lost: readonly LostFile[] }> {
  const { dataset, pattern } = job;
  if (dataset.kind !== undefined)
    return {
      windows: [momentWindow(ports.now(), instant(ports.now()))],
      deep: false,
      ledger: kept,
      lost: [],
    };
  const policy = { ...job.policy, maxHours: dataset.maxHours, ...optionalEnd(pattern) };
  const bounded = policy.from !== undefined || policy.to !== undefined;
  if (policy.from === undefined && policy.to !== undefined && policy.to <= kept.start)
    throw new Failure(
      'usage',
      `--to ${policy.to} is not after the archive's start, ${kept.start}, so there is no hour between`,
      'give --from too for hours before the start',
    );
  const within = bounded ? owedHours(ports.now(), kept, policy).spans : undefined;
  const lost = await lostFiles({ ledger: kept, dataset, pattern }, ports.partitions, within);
  if (lost.length === 0) return { ...planWindows(ports.now(), kept, policy), ledger: kept, lost };
  const ledger = reopened(kept, lost);
  // Before a window of a lost file is there: after a crash its other hours would count as closed.
  await ports.ledgers.save(ledger);
  warnLost(lost, { start: kept.start, ...(within && { within }) }, summary);
  return { ...planWindows(ports.now(), ledger, policy), ledger, lost };
}

function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new Failure(
      'interrupted',
      'Interrupted; every finished window is in the archive.',
      'The next run goes on from there.',
    );
}
