/** What `status` says to a person: coverage at a glance, without colour and without guessing. */
import { visibleLine } from '../core/index.ts';
import type { Json } from '../core/index.ts';
import type { ArchiveStatus } from '../app/archive-status.ts';
import { fetching, named } from '../export/lost.ts';
import type { LostFile } from '../export/lost.ts';

const GAPS_SHOWN = 5;

export interface StatusView {
  readonly now: Date;
  readonly dataset: string;
  readonly out: string;
  readonly overdue: boolean;
  readonly maxAge: string;
  /** The cached token's life in words. */
  readonly token: string;
  /** Offered contacts by hour of a day, where they are known. */
  readonly traffic: ReadonlyMap<string, readonly number[]>;
}

export function statusText(status: ArchiveStatus, view: StatusView): string {
  const { coverage, ledger, lost, running, runs } = status;
  const lines: string[] = [];
  const row = (name: string, text: string): void => void lines.push(`${name.padEnd(10)}${text}`);
  row('archive', `${view.dataset} in ${visibleLine(view.out)}`);
  if (ledger.organization) row('of', visibleLine(ledger.organization.name ?? ledger.organization.id));
  row('since', `${short(coverage.start)} UTC`);
  row(
    'newest',
    coverage.through === undefined
      ? 'no hour yet'
      : `complete to ${short(coverage.through)} UTC, ${age(coverage.through, view.now)} ago`,
  );
  row('state', stateOf(status, view));
  if (status.ahead !== undefined) row('clock', clockLine(status, status.ahead, view.now));
  if (running !== undefined) row('running', `an export: ${visibleLine(running)}`);
  lines.push('');
  lines.push(`${' '.repeat(12)}0     6     12    18    24 UTC`);
  const busiest = Math.max(0, ...[...view.traffic.values()].flat());
  for (const { day, hours, missing } of coverage.days) {
    const note = missing > 0 ? `  ${missing} missing` : '';
    const spark = busiest > 0 ? `  ${sparkline(view.traffic.get(day) ?? [], hours, busiest)}` : '';
    lines.push(`${day}  ${hours.replaceAll('#', '█').replaceAll('.', '·')}${spark}${note}`);
  }
  const traffic = busiest > 0 ? `   ▁▂▃▄▅▆▇█ offered, at most ${busiest} an hour` : '';
  lines.push(`${' '.repeat(12)}█ exported   · missing${traffic}`);
  lines.push('');
  for (const { from, to } of coverage.gaps.slice(0, GAPS_SHOWN)) row('gap', `${short(from)} to ${short(to)}`);
  if (coverage.gaps.length > GAPS_SHOWN) row('', `and ${coverage.gaps.length - GAPS_SHOWN} more gaps`);
  for (const line of lostLines(lost)) row('lost', line);
  for (const run of [...runs].reverse()) row('run', runLine(run));
  row('token', view.token);
  row('next', `an hour is owed from ${short(coverage.nextOwed.toISOString())} UTC on`);
  return `${lines.join('\n')}\n`;
}

function clockLine({ ledger }: ArchiveStatus, ahead: string, now: Date): string {
  const what = ahead === ledger.start ? 'starts at' : 'says that it is complete to';
  return `the archive ${what} ${short(ahead)} UTC, and it is ${short(now.toISOString())} by this machine's clock, which was ahead or is behind: hours may be missing. Check it (timedatectl), then run why403 export`;
}

function lostLines(lost: readonly LostFile[]): string[] {
  const again = lost.filter(({ owed }) => owed.length > 0);
  const before = lost.filter(({ owed }) => owed.length === 0);
  const lines: string[] = [];
  if (again.length > 0)
    lines.push(`${named(again)} gone; the next export fetches ${again.length === 1 ? 'it' : 'them'} again`);
  if (before.length > 0)
    lines.push(
      `${named(before)} gone, of before the archive's start; to fetch again: ${fetching(before.flatMap((file) => file.before))}`,
    );
  return lines;
}

const BARS = '▁▂▃▄▅▆▇█';

/** An hour a character; blank where the hour is not in the archive. Something is never drawn as nothing. */
export function sparkline(offered: readonly number[], hours: string, most: number): string {
  return [...hours]
    .map((state, hour) => {
      if (state !== '#') return ' ';
      const value = offered[hour] ?? 0;
      return value <= 0 ? BARS[0] : BARS[Math.min(7, Math.max(1, Math.round((value / most) * 7)))];
    })
    .join('');
}

function stateOf({ coverage }: ArchiveStatus, { overdue, maxAge, now }: StatusView): string {
  if (coverage.missingHours === 0)
    return Date.parse(coverage.start) > now.getTime()
      ? 'nothing is owed, because the start is in the future'
      : 'nothing is owed';
  const what = `${coverage.missingHours} ${coverage.missingHours === 1 ? 'hour is' : 'hours are'} owed`;
  const since =
    coverage.overdueSince === undefined ? '' : `; the oldest ended ${age(coverage.overdueSince, now)} ago`;
  return `${what}${since}${overdue ? `, which is more than ${maxAge}: run why403 export` : ''}`;
}

function runLine(run: { readonly [key: string]: Json }): string {
  const rows = run['rows'];
  const fetched =
    rows !== null && typeof rows === 'object' && !Array.isArray(rows)
      ? (rows as { fetched?: Json }).fetched
      : undefined;
  const why = typeof run['why'] === 'string' ? ` (${run['why']})` : '';
  const warned = Array.isArray(run['warnings']) && run['warnings'].length > 0 ? ', with warnings' : '';
  return visibleLine(
    `${short(word(run['at']))}  exit ${word(run['exit'])}${why}, ${word(fetched ?? 0)} rows, ${word(run['requests'])} requests, ${word(run['seconds'])} s${warned}`,
  );
}

function word(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '?';
}

function short(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)}`;
}

/** `40 min`, `3 h`, `2 days`. */
export function age(since: string, now: Date): string {
  const minutes = Math.max(0, Math.round((now.getTime() - Date.parse(since)) / 60_000));
  if (minutes < 90) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}
