/** Where a client holds a permission, by its grants and by the server's own answer. */
import { covers, visibleLine, type DivisionRef, type Holdings } from '../../core/index.ts';

export interface Held {
  readonly permission: string;
  /** In every division. */
  readonly all: boolean;
  readonly divisions: readonly DivisionRef[];
  readonly roles: readonly string[];
  /** Some grant holds it under a condition only. */
  readonly conditional: boolean;
}

/** @returns undefined where neither grants nor divisions were read */
export function heldOf(permission: string, holdings: Holdings): Held | undefined {
  const asked = Object.entries(holdings.permitted).find(
    ([name]) => name.toLowerCase() === permission.toLowerCase(),
  )?.[1];
  if (!asked && !holdings.grants) return undefined;
  const grants = (holdings.grants ?? []).filter((g) => g.permissions.some((p) => covers(p, permission)));
  const maybe = (holdings.grants ?? []).filter((g) => g.conditional.some((p) => covers(p, permission)));
  const byGrant = grants.map((g) => g.division);
  const divisions =
    asked && asked.divisions.length > 0 ? asked.divisions : byGrant.filter((d) => d.id !== '*');
  return {
    permission,
    all: asked?.all === true || byGrant.some((d) => d.id === '*') || coversAll(divisions, holdings),
    divisions: distinct(divisions),
    roles: [...new Set([...grants, ...maybe].map((g) => g.role))],
    conditional: grants.length === 0 && maybe.length > 0,
  };
}

/** It is held in at least one division, as far as the answers tell. */
export function isHeld(held: Held): boolean {
  return held.all || held.divisions.length > 0;
}

function coversAll(divisions: readonly DivisionRef[], holdings: Holdings): boolean {
  const org = holdings.divisions ?? [];
  return org.length > 0 && org.every((d) => divisions.some((have) => have.id === d.id));
}

/** The divisions of the organisation in which it is not held. */
export function outOfReach(held: readonly Held[], holdings: Holdings): DivisionRef[] {
  if (held.some((h) => h.all)) return [];
  const have = new Set(held.flatMap((h) => h.divisions).map((d) => d.id));
  return (holdings.divisions ?? []).filter((d) => !have.has(d.id));
}

function distinct(divisions: readonly DivisionRef[]): DivisionRef[] {
  return [...new Map(divisions.map((d) => [d.id, d])).values()];
}

/** Names of divisions for a sentence. */
export function divisionNames(divisions: readonly DivisionRef[]): string[] {
  return divisions.map((d) => visibleLine(d.id === '*' ? 'all divisions' : (d.name ?? d.id)));
}

/** The client's roles, each once. */
export function roleNames(holdings: Holdings): string[] {
  return [...new Set((holdings.grants ?? []).map((g) => visibleLine(g.role)))];
}

/** Fields named so may be dropped at the door, so their absence shows nothing (`analytics:botFlowSession:view`). */
const LIKE_A_SECRET =
  /secret|passw|credential|signature|private|cookie|session|token|:(?:key|auth|code|state):/i;

/** Whether a permission exists in the organisation; undefined where that was not, or not wholly, read. */
export function existsInOrg(permission: string, holdings: Holdings): boolean | undefined {
  if (!holdings.existing) return undefined;
  if (holdings.existing.permissions.some((p) => covers(p, permission))) return true;
  const unseen = !holdings.existing.complete || LIKE_A_SECRET.test(permission);
  return unseen ? undefined : false;
}
