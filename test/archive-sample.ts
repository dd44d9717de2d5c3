/** A made-up archive of any size: the lines of dataset queue-hourly, an hour at a time, always the same. */
import { hourOf, HOUR_MS } from '../src/core/index.ts';
import type { Hour, Line } from '../src/core/index.ts';
import { queueHourly } from '../src/datasets/queue-hourly.ts';

/** Numbers that look like chance and are the same in every run. */
function mulberry(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const COLUMNS = queueHourly.columns;

export function queueId(index: number): string {
  return `0badc0de-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

/**
 * The lines of each hour, in the archive's order.
 * @param name of a queue, by its index
 */
export function* sampleHours(
  from: Hour,
  hours: number,
  queues: number,
  name = (index: number): string => `Queue ${index}`,
): Generator<Line[]> {
  const chance = mulberry(queues);
  for (let h = 0; h < hours; h++) {
    const start = hourOf(Date.parse(from) + h * HOUR_MS);
    const end = hourOf(Date.parse(start) + HOUR_MS);
    const at = new Date(start);
    const hour = at.getUTCHours();
    const weekend = at.getUTCDay() % 6 === 0;
    const load = Math.max(0, Math.sin(((hour - 6) / 14) * Math.PI)) * (weekend ? 0.25 : 1);
    const lines: Line[] = [];
    for (let q = 0; q < queues; q++) {
      const offered = Math.floor(load * (4 + (q % 23) * 3) * (0.6 + 0.8 * chance()));
      if (offered === 0) continue;
      const abandoned = Math.floor(offered * (0.02 + (q % 7) * 0.02) * chance() * 2);
      const answered = offered - abandoned;
      const late = Math.min(answered, Math.floor(answered * (0.05 + (q % 11) * 0.04) * (0.5 + chance())));
      const cells: Record<string, string | number> = {
        interval_start: start,
        interval_end: end,
        queue_id: queueId(q),
        queue_name: name(q),
        media_type: 'voice',
        offered,
        answered,
        abandoned,
        short_abandoned: 0,
        flow_out: 0,
        transferred: 0,
        over_sla: late,
        service_level_numerator: answered - late,
        service_level_denominator: offered,
        service_level_ratio: (answered - late) / offered,
        service_level_target: 0.8,
        wait_ms_sum: offered * 21_000,
        wait_ms_max: 30_000 + Math.floor(chance() * 300_000),
        answer_ms_sum: answered * 18_000,
        answer_ms_max: 90_000,
      };
      lines.push(COLUMNS.map((column) => String(cells[column] ?? '')));
    }
    yield lines;
  }
}
