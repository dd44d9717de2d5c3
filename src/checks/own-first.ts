import type { Facts, FindingCode, Scene, Sighting } from '../core/index.ts';
import { ledBy, type ReadFacts } from './readings.ts';

/**
 * What a check sees in a request counts; the words of an answer count only for the steps of which it saw nothing.
 * @param factsOf the check's own facts for an answer whose reading leads with its code
 */
export function ownFirst<F extends Facts>(
  own: readonly Sighting<F>[],
  code: FindingCode,
  scene: Scene,
  factsOf: (said: Sighting<ReadFacts>) => F,
): Sighting<F>[] {
  const shown = new Set(own.flatMap((s) => s.explains));
  const said = ledBy(code, scene).filter((s) => !s.explains.some((step) => shown.has(step)));
  return [...own, ...said.map((s) => ({ ...s, facts: factsOf(s) }))];
}
