/** All telltales, and what they make of a paste together. */
import type { FindingCode, Tellings } from '../../../core/index.ts';
import type { Look } from '../rule.ts';
import { access } from './access.ts';
import { bodies } from './bodies.ts';
import { circumstances } from './circumstances.ts';
import { comparisons } from './comparisons.ts';
import { echoes } from './echoes.ts';
import { granted } from './granted.ts';
import { grants } from './grants.ts';
import { headers } from './headers.ts';
import { lives } from './lives.ts';
import { parts } from './parts.ts';
import { scopes } from './scopes.ts';
import { sending } from './sending.ts';
import { servers } from './servers.ts';
import { holds, type Telltale } from './telltale.ts';
import { toldSo } from './told-so.ts';
import { twice } from './twice.ts';

export const TELLTALES: readonly Telltale[] = [
  ...comparisons,
  ...sending,
  ...headers,
  ...bodies,
  ...echoes,
  ...servers,
  ...grants,
  ...scopes,
  ...lives,
  ...granted,
  ...access,
  ...parts,
  ...circumstances,
  ...toldSo,
  ...twice,
];

const heard = new WeakMap<Look, readonly Telltale[]>();

/** The telltales that a paste holds. */
export function heardIn(look: Look): readonly Telltale[] {
  const known = heard.get(look) ?? TELLTALES.filter((one) => holds(one, look));
  heard.set(look, known);
  return known;
}

/** The weights of all of them, a code each. */
export function weightsIn(look: Look): Tellings['weights'] {
  const sum = new Map<FindingCode, number>();
  for (const { tells } of heardIn(look))
    for (const [code, weight] of Object.entries(tells) as [FindingCode, number][])
      sum.set(code, (sum.get(code) ?? 0) + weight);
  return sum;
}

/** The telltale that speaks loudest for a code. */
export function loudestFor(code: FindingCode, look: Look): Telltale | undefined {
  return heardIn(look)
    .filter(({ tells }) => (tells[code] ?? 0) > 0)
    .reduce<Telltale | undefined>(
      (best, one) => ((one.tells[code] ?? 0) > (best?.tells[code] ?? 0) ? one : best),
      undefined,
    );
}
