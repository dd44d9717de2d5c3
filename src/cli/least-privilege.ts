/** `diagnose --least-privilege`: the least that the checked endpoints need, and what the client holds beyond it. */
import { roleJson, smallestRole, terraform } from '../catalogue/index.ts';
import {
  covers,
  type Beyond,
  type CatalogueEntry,
  type Json,
  type LeastPrivilege,
  type Scene,
} from '../core/index.ts';
import { clicks, remarks } from './permissions-text.ts';
import { descriptionOf, ROLE_NAME } from './permissions.ts';

/** Reads the documentation and what the answers tell of the client; changes nothing. */
export function leastPrivilege(scene: Scene): LeastPrivilege {
  const { evidence, catalogue, profile } = scene;
  const found = evidence.needs.map((need) => ({ need, entry: catalogue.find(need.method, need.path) }));
  const entries = found.flatMap(({ entry }) => (entry ? [entry] : []));
  const unknown = found
    .filter(({ entry }) => !entry)
    .map(({ need: { method, path } }) =>
      catalogue.exists(method, path) === false
        ? `${method} ${path} does not exist, so it needs nothing.`
        : `${method} ${path}: nothing is known of what it needs.`,
    );
  return profile.access === 'roles' ? byRole(entries, unknown, scene) : byScope(entries, unknown, scene);
}

function byRole(
  entries: readonly CatalogueEntry[],
  unknown: readonly string[],
  scene: Scene,
): LeastPrivilege {
  const role = smallestRole(entries);
  const description = descriptionOf(entries);
  const { grants } = scene.profile.holdings?.(scene) ?? {};
  const common = { permissions: role.permissions, scopes: [], remarks: [...remarks(role), ...unknown] };
  const beyond = grants && {
    beyond: distinct(
      grants.flatMap(({ role: name, permissions, conditional }) =>
        [...permissions, ...conditional].flatMap((right) => beyondOf(right, role.permissions, name)),
      ),
    ),
  };
  if (role.permissions.length === 0) return { ...common, ...beyond };
  return {
    ...common,
    clicks: clicks({ ...role, choices: [], unknown: [] }, ROLE_NAME)
      .trimEnd()
      .split('\n'),
    role: roleJson(role, ROLE_NAME, description) as Json,
    terraform: terraform(role, { role: ROLE_NAME, client: 'why403 export', description }),
    ...beyond,
  };
}

function beyondOf(right: string, needed: readonly string[], role?: string): Beyond[] {
  const used = needed.some((permission) => covers(right, permission));
  if (used && !right.includes('*')) return [];
  return [{ right, ...(role !== undefined && { role }), tooWide: used }];
}

function distinct(all: readonly Beyond[]): Beyond[] {
  return [...new Map(all.map((one) => [`${one.role ?? ''} ${one.right}`, one])).values()];
}

/** Where scopes live in the token: one set for each endpoint, of those that the token has if it has one. */
function byScope(
  entries: readonly CatalogueEntry[],
  unknown: readonly string[],
  scene: Scene,
): LeastPrivilege {
  const held = scene.profile.holdings?.(scene).client?.scopes;
  const needed = new Set<string>();
  for (const { scopes, scopeSets } of entries) {
    const sets = scopeSets ?? scopes.map((scope) => [scope]);
    const [first] = sets;
    const has = (set: readonly string[], scopes: readonly string[]): boolean =>
      set.every((s) => scopes.includes(s));
    const chosen =
      sets.find((set) => has(set, [...needed])) ?? sets.find((set) => has(set, held ?? [])) ?? first;
    chosen?.forEach((scope) => needed.add(scope));
  }
  const scopes = [...needed].sort();
  return {
    permissions: [],
    scopes,
    remarks: unknown,
    ...(held && {
      beyond: held.filter((scope) => !needed.has(scope)).map((right) => ({ right, tooWide: false })),
    }),
  };
}
