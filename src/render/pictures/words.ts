/** Numbers and times as the page says them. All times are UTC. */
import type { Bucket, BucketUnit, Tally } from '../../core/index.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** `12,345`; always the same, whatever the machine's language. */
export function count(number: number): string {
  const [whole = '', rest] = String(Math.round(number * 100) / 100).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}

/** `87.5 %`, or a dash where nothing was counted. Never rounded up to 100 %. */
export function share(part: number, of: number): string {
  if (of <= 0) return '–';
  const tenths = (part / of) * 1000;
  return `${(part < of ? Math.min(999, Math.round(tenths)) : Math.round(tenths)) / 10} %`;
}

export function level({ inTime, measured }: Tally): number | undefined {
  return measured > 0 ? inTime / measured : undefined;
}

/** `1:05`, minutes and seconds; `1:02:05` with hours. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

export function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

export function weekHour(hour: number): string {
  return `${WEEKDAYS[Math.floor(hour / 24)]} ${clock(hour % 24)}`;
}

export function weekday(index: number): string {
  return WEEKDAYS[index]!.slice(0, 3);
}

/** `2026-11-23 09:00`. */
export function moment(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)}`;
}

/** A stretch of the series: `2026-11-23 09:00`, `2026-11-23`, `week of 2026-11-23`. */
export function stretch({ from }: Pick<Bucket, 'from'>, unit: BucketUnit): string {
  if (unit === 'hour') return moment(from);
  return unit === 'day' ? from.slice(0, 10) : `week of ${from.slice(0, 10)}`;
}

/** What a tally says, for tooltips. */
export function told(tally: Tally): string {
  const { offered, answered, abandoned, inTime, measured } = tally;
  const parts = [
    `${count(offered)} offered`,
    `${count(answered)} answered`,
    `${count(abandoned)} abandoned (${share(abandoned, offered)})`,
  ];
  if (measured > 0) parts.push(`${share(inTime, measured)} in time`);
  return parts.join(', ');
}
