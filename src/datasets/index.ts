/** The register of what can be exported: one line each. */
import type { Dataset } from '../core/index.ts';
import { agentHourly } from './agent-hourly.ts';
import { declared } from './declared.ts';
import { queueHourly } from './queue-hourly.ts';
import { queueObservations } from './queue-observations.ts';
import { queues } from './queues.ts';
import queueSummary from './queue-summary.json' with { type: 'json' };

export { declared } from './declared.ts';
export { shaped } from './shaped.ts';
export type { Shape } from './shaped.ts';

const REGISTER: Readonly<Record<string, () => Dataset>> = {
  'queue-hourly': () => queueHourly,
  'queue-summary': () => declared(queueSummary, 'queue-summary'),
  'queue-observations': () => queueObservations,
  'agent-hourly': () => agentHourly,
  queues: () => queues,
};

/** The bundled datasets' names, in the order in which help lists them. */
export const DATASETS: readonly string[] = Object.keys(REGISTER);

/** A bundled dataset; undefined if there is none of this name. */
export function bundledDataset(id: string): Dataset | undefined {
  return Object.hasOwn(REGISTER, id) ? REGISTER[id]!() : undefined;
}
