/** When an answer was given. */
import type { Exchange } from './evidence.ts';
import type { Scene } from './finding.ts';

/** By the server's clock, else by ours in a live run; undefined in a paste, which is explained at any later time. */
export function answeredAt({ outcome }: Exchange, { evidence, mode }: Scene): string | undefined {
  const date = outcome.kind === 'answered' ? outcome.headers['date'] : undefined;
  if (date !== undefined && !Number.isNaN(Date.parse(date))) return date;
  return mode === 'climb' ? evidence.capturedAt : undefined;
}
