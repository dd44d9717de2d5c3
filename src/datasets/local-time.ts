/** What clocks in a zone show, from the platform's own time zone data. */
import type { Hour } from '../core/index.ts';

/** Whether the platform knows a zone of this name (IANA). */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/**
 * Writes hours as local time with its offset, `2026-10-25T02:00:00+01:00`: the hour that a night in autumn has twice
 * stands there with two offsets, and zones of half an hour show `:30`.
 * @param zone as `isZone` knows it
 */
export function localClock(zone: string): (hour: Hour) => string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  let last: [Hour, string] | undefined;
  return (hour) => {
    if (last?.[0] === hour) return last[1];
    const at = Date.parse(hour);
    const part: { [type: string]: string } = {};
    for (const { type, value } of format.formatToParts(at)) part[type] = value;
    const { year = '', month = '', day = '', hour: h = '', minute = '', second = '' } = part;
    const local = `${year.padStart(4, '0')}-${month}-${day}T${h}:${minute}:${second}`;
    const text = `${local}${offset((Date.parse(`${local}Z`) - at) / 60_000)}`;
    last = [hour, text];
    return text;
  };
}

function offset(minutes: number): string {
  const size = Math.abs(Math.round(minutes));
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
