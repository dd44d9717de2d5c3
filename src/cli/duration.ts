/** Durations on the command line: `10s`, `2m`, `1h30m`, `500ms`. */
import { Failure, visibleLine } from '../core/index.ts';

const UNITS: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * @param from the flag or key, for the message
 * @returns milliseconds
 * @throws Failure `usage` for anything that is no duration above zero; a bare number has no unit and is refused
 */
export function parseDuration(text: string, from: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  const whole = parts.map(([part]) => part).join('');
  const total = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ''] ?? NaN), 0);
  if (whole === '' || whole !== text.trim() || !(total > 0) || !Number.isSafeInteger(Math.round(total))) {
    throw new Failure(
      'usage',
      `${from} '${visibleLine(text)}' is no duration`,
      'a number and a unit above zero: 500ms, 10s, 2m, 6h, 8d',
    );
  }
  return Math.round(total);
}
