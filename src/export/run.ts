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
import {
  aheadOf,
  clocksOf,
  endedBy,
  latest,
  planTime,
  rightStart,
  settledPart,
  warnApart,
  warnReopened,
  warnWaiting,
} from './clock.ts';
import type { Clocks } from './clock.ts';
import { compressClosed } from './compress.ts';
import { fetchMoment, fetchNames, fetchWindows } from './fetch.ts';
import type { Fetched } from './fetch.ts';
import { common, countHours, merged, spanOf, windowOf } from './hours.ts';
import { checkOrganization, checkOurs, close, closeBefore, doneSpans, firstStart } from './ledger.ts';
import { endWithout } from './left-out.ts';
import type { LeftOut } from './left-out.ts';
import { lostFiles, reopened, warnBare, warnLost } from './lost.ts';
import type { LostFile } from './lost.ts';
import { partitionEnd } from './pattern.ts';
import type { Pattern } from './pattern.ts';
import { momentWindow, owedHours, planWindows } from './plan.ts';
import type { Plan, PlanPolicy } from './plan.ts';
import { namesIn, rebuild } from './rebuild.ts';
import { newSummary, note, outOfSight, warnKept, warnRebuilt } from './summary.ts';
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
  /** By how much the API's clock is ahead of `now`, in milliseconds; 0 where it does not tell, undefined before its first answer. */
  readonly theirsAhead?: () => number | undefined;
  progress?(state: { hours: number; of: number; rows: number }): void;
  /** Lets what is ready go out before work that takes a while. */
  readonly breathe?: () => Promise<void>;
}

/**
 * Runs an export to its end.
 * @throws Refused for refused calls; Failure for everything else that ends it. What was closed stays closed, and single
 * windows and files fail by themselves: the others are brought in before it ends.
 */
export async function runExport(
  job: ExportJob,
  ports: ExportPorts,
  summary = newSummary(job),
): Promise<ExportSummary> {
  const { dataset } = job;
  await ports.partitions.sweep();
  const asked = ports.now();
  const clocks = (): Clocks => clocksOf(asked, ports.theirsAhead ? ports.theirsAhead() : 0);
  const time = (): Date => planTime(clocks(), job.policy.settleMs);
  const opened = await open(job, ports, summary);
  const names = opened.names;
  const planned = await plan(opened.ledger, job, ports, summary);
  let ledger = planned.ledger;
  let listed: Names = new Map();
  // What lies ahead of our clock shows that one is or was wrong; the API's answer tells which.
  const asks = planned.at(asked).windows.length > 0 || aheadOf(ledger, asked) !== undefined;
  if (asks) {
    stopIfAborted(ports.signal);
    listed = await fetchNames(dataset, ports.call);
  }
  const claimed = opened.ledger.done.at(-1)?.to;
  ledger = await inTime({ ledger, claimed, first: opened.first }, clocks(), job, ports, summary);
  if (asks) {
    if (dataset.names)
      ledger = { ...ledger, hidden: outOfSight(names, listed, ledger.hidden ?? [], summary) };
    for (const [id, name] of listed) if (name !== '') names.set(id, name);
    await ports.ledgers.saveNames(names);
  }
  const { windows, deep } = planned.at(time(), ledger);
  const total = countHours(windows.map(spanOf));

  const seen = new Set(listed.keys());
  const keptBefore = new Set<string>();
  let hours = 0;
  const leftOut: LeftOut[] = [];
  const writing = { format: ports.format, partitions: ports.partitions, tail: {} };
  for await (const answer of answers(windows, job, ports, { names, listed, leftOut })) {
    const fetched = settledPart(answer, dataset, time(), job.policy.settleMs);
    if (!fetched) {
      answer.putAway?.();
      continue;
    }
    const { tally, parts, failed } = await writeWindow(fetched, seen, job, writing, summary.files);
    fetched.putAway?.();
    for (const { window } of parts)
      ledger = dataset.kind === undefined ? close(ledger, window) : closeBefore(ledger, window);
    for (const { path, span, failure } of failed)
      leftOut.push({ window: { ...fetched.window, ...windowOf(span) }, trouble: failure, path });
    await ports.ledgers.save(ledger);
    note(parts, tally, summary, keptBefore);
    hours += countHours([spanOf(fetched.window)]);
    ports.progress?.({ hours, of: total, rows: summary.rows.fetched });
    stopIfAborted(ports.signal);
  }
  if (deep && job.compress) await compressClosed(job, ports, summary);
  if (deep && !isClosed(leftOut, ledger))
    ledger = { ...ledger, deepRevisit: ports.now().toISOString().slice(0, 10) };
  // A dataset without a lookup hears of the API's clock only here.
  ledger = await inTime({ ledger, first: opened.first }, clocks(), job, ports, summary);
  await ports.ledgers.save(ledger);
  warnApart(clocks(), dataset, summary);
  const waiting = aheadOf(ledger, asked);
  if (waiting !== undefined && clocks().theirs === undefined) warnWaiting(ledger, waiting, asked, summary);
  if (dataset.kind === undefined) warnKept(keptBefore, summary);
  const unwritten = new Set(leftOut.map(({ path }) => path));
  const back = planned.lost.filter(({ path }) => !unwritten.has(path));
  await warnBare(back, dataset, ports, summary);
  if (leftOut.length > 0) throw endWithout(leftOut, summary.windows.length > 0);
  const through = ledger.done.at(-1)?.to;
  return through === undefined ? summary : { ...summary, through };
}

/** Closed hours that were left out are owed by the deep revisit alone, which is then not over. */
function isClosed(leftOut: readonly LeftOut[], ledger: Ledger): boolean {
  return common(merged(leftOut.map(({ window }) => spanOf(window))), doneSpans(ledger)).length > 0;
}

/** What is asked for: windows of hours, or what is true at this moment. */
async function* answers(
  windows: Plan['windows'],
  { dataset, pattern }: ExportJob,
  { call, breathe }: ExportPorts,
  { names, listed, leftOut }: { names: Names; listed: Names; leftOut: LeftOut[] },
): AsyncGenerator<Fetched> {
  const ports = { dataset, call, names, listed, ...optionalEnd(pattern), ...(breathe && { breathe }) };
  if (dataset.kind === undefined) yield* fetchWindows(windows, ports, leftOut);
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
  summary: ExportSummary,
): Promise<{ ledger: Ledger; names: Map<string, string>; first: boolean }> {
  const { dataset, pattern, since } = job;
  let ledger = await ports.ledgers.load();
  const known = await ports.ledgers.loadNames();
  let names = known;
  let first = false;
  const isLost = ledger === 'missing';
  if (ledger === 'missing') {
    const start = firstStart(ports.now());
    const found = await rebuild(dataset, pattern, start, ports.partitions, ports.format);
    ledger = { ...found.ledger, ...(since ? { start: since } : {}) };
    names = new Map([...found.names, ...known]);
    first = since === undefined && ledger.start === start;
    if (found.files > 0) warnRebuilt(ports.ledgers.place, found.files, summary);
    // Whatever comes of this run, it was the first one: the archive's start counts from it.
    await ports.ledgers.save(ledger);
  }
  checkOurs(ledger, dataset, pattern.tail, ports.ledgers.place);
  if (known.size === 0 && !isLost) names = await namesIn(dataset, pattern, ports.partitions, ports.format);
  const who = await ports.identify(ledger);
  if (who.organization) checkOrganization(ledger, who.organization, ports.ledgers.place);
  return { ledger: { ...ledger, ...who, ...(since ? { start: since } : {}) }, names, first };
}

/** A ledger, and the plan by it at a time. */
interface Planner {
  readonly ledger: Ledger;
  readonly lost: readonly LostFile[];
  at(now: Date, ledger?: Ledger): Plan;
}

/** Plans. Hours whose file is gone are owed again, however old they are; a bounded run looks at its own files only. */
async function plan(
  kept: Ledger,
  job: ExportJob,
  ports: ExportPorts,
  summary: ExportSummary,
): Promise<Planner> {
  const { dataset, pattern } = job;
  if (dataset.kind !== undefined) {
    const now = ports.now();
    const moment = { windows: [momentWindow(now, instant(now))], deep: false };
    return { ledger: kept, lost: [], at: () => moment };
  }
  const policy = { ...job.policy, maxHours: dataset.maxHours, ...optionalEnd(pattern) };
  const planner = (ledger: Ledger, lost: readonly LostFile[]): Planner => ({
    ledger,
    lost,
    at: (now, by = ledger) => planWindows(now, by, policy),
  });
  const bounded = policy.from !== undefined || policy.to !== undefined;
  if (policy.from === undefined && policy.to !== undefined && policy.to <= kept.start)
    throw new Failure(
      'usage',
      `--to ${policy.to} is not after the archive's start, ${kept.start}, so there is no hour between`,
      'give --from too for hours before the start',
    );
  const within = bounded ? owedHours(ports.now(), kept, policy).spans : undefined;
  // Hours to come that a wrong clock closed have no file, which is no loss.
  const ended = { ...kept, done: endedBy(kept.done, ports.now()) };
  const lost = await lostFiles({ ledger: ended, dataset, pattern }, ports.partitions, within);
  if (lost.length === 0) return planner(kept, lost);
  const ledger = reopened(kept, lost);
  // Before a window of a lost file is there: after a crash its other hours would count as closed.
  await ports.ledgers.save(ledger);
  warnLost(lost, { start: kept.start, ...(within && { within }) }, summary);
  return planner(ledger, lost);
}

/**
 * The ledger without what a wrong clock left in it, once the API has answered. Where hours are closed that are still to
 * come, nobody knows which others were asked for too early, so the archive's rows tell.
 * @param kept.claimed the end of the newest closed hour, as the ledger was loaded
 */
async function inTime(
  kept: { readonly ledger: Ledger; readonly claimed?: Hour | undefined; readonly first: boolean },
  clocks: Clocks,
  { dataset, pattern }: ExportJob,
  { partitions, format, ledgers }: ExportPorts,
  summary: ExportSummary,
): Promise<Ledger> {
  const start = rightStart(kept.ledger, clocks, kept.first, summary);
  let ledger = { ...kept.ledger, start };
  const { claimed = ledger.done.at(-1)?.to } = kept;
  const now = latest(clocks);
  const isAhead = claimed !== undefined && Date.parse(claimed) > now.getTime();
  if (isAhead && dataset.kind === undefined && clocks.theirs !== undefined) {
    warnReopened(claimed, summary);
    const told = await rebuild(dataset, pattern, start, partitions, format);
    const done = common(doneSpans({ done: endedBy(ledger.done, now) }), doneSpans(told.ledger));
    ledger = { ...ledger, done: done.map(windowOf) };
  } else if (start === kept.ledger.start) return ledger;
  await ledgers.save(ledger);
  return ledger;
}

function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new Failure(
      'interrupted',
      'Interrupted; every finished window is in the archive.',
      'The next run goes on from there.',
    );
}
