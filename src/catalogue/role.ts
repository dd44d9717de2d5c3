/** The smallest role for a set of endpoints: nothing in it that they don't need. */
import type { CatalogueEntry } from '../core/index.ts';

/** One line of a role, as Genesys Cloud keeps it: `domain:entity:action`, the actions gathered. */
export interface RolePolicy {
  readonly domain: string;
  readonly entityName: string;
  readonly actionSet: readonly string[];
}

/** An endpoint that would take any of several permissions, and which of them the role has. */
export interface RoleChoice {
  readonly endpoint: string;
  readonly chosen: string;
  readonly others: readonly string[];
}

export interface SmallestRole {
  readonly permissions: readonly string[];
  readonly policies: readonly RolePolicy[];
  /** Permissions without the three parts, which a role holds by name. */
  readonly general: readonly string[];
  readonly choices: readonly RoleChoice[];
  /** Endpoints of which nobody says what they need. */
  readonly unknown: readonly string[];
}

/**
 * What a role must hold to call the endpoints, and no more. Of alternatives it takes what another endpoint needs
 * anyway, else the one that its documentation names first.
 */
export function smallestRole(entries: readonly CatalogueEntry[]): SmallestRole {
  const needed = new Set<string>();
  const open: CatalogueEntry[] = [];
  for (const entry of entries) {
    const { type, permissions } = entry.rule;
    if (type === 'ALL' || (type === 'ANY' && permissions.length === 1))
      permissions.forEach((name) => needed.add(name));
    else if (type === 'ANY') open.push(entry);
  }
  const choices = open.flatMap((entry): RoleChoice[] => {
    const { permissions } = entry.rule;
    const chosen = permissions.find((name) => needed.has(name)) ?? commonest(permissions, open);
    if (chosen === undefined) return [];
    needed.add(chosen);
    const others = permissions.filter((name) => name !== chosen);
    return [{ endpoint: `${entry.method} ${entry.path}`, chosen, others }];
  });
  const permissions = [...needed].sort();
  return {
    permissions,
    policies: policiesOf(permissions),
    general: permissions.filter((name) => name.split(':').length !== 3),
    choices,
    unknown: entries
      .filter(({ rule }) => rule.type === 'unknown')
      .map(({ method, path }) => `${method} ${path}`),
  };
}

/** The alternative that most of the other open endpoints take too; the first named among equals. */
function commonest(permissions: readonly string[], open: readonly CatalogueEntry[]): string | undefined {
  const uses = (name: string) => open.filter(({ rule }) => rule.permissions.includes(name)).length;
  return permissions.reduce<string | undefined>(
    (best, name) => (best === undefined || uses(name) > uses(best) ? name : best),
    undefined,
  );
}

function policiesOf(permissions: readonly string[]): RolePolicy[] {
  const byEntity = new Map<string, { domain: string; entityName: string; actionSet: string[] }>();
  for (const permission of permissions) {
    const [domain, entityName, action, ...more] = permission.split(':');
    if (!domain || !entityName || !action || more.length > 0) continue;
    const key = `${domain}:${entityName}`;
    const policy = byEntity.get(key) ?? { domain, entityName, actionSet: [] };
    policy.actionSet.push(action);
    byEntity.set(key, policy);
  }
  return [...byEntity.values()];
}

/** The body of `POST /api/v2/authorization/roles` (SDK 262.0.0, `DomainOrganizationRoleCreate`). */
export function roleJson(role: SmallestRole, name: string, description: string): object {
  return {
    name,
    description,
    ...(role.general.length > 0 ? { permissions: role.general } : {}),
    permissionPolicies: role.policies,
  };
}

/** The role in the words of the screens: `Analytics > Conversation Aggregate > View`. */
export function onScreen(permission: string): string {
  return permission
    .split(':')
    .map((part) =>
      part
        .replace(/([a-z\d])([A-Z])/g, '$1 $2')
        .replace(/_/g, ' ')
        .replace(/^./, (letter) => letter.toUpperCase()),
    )
    .join(' > ');
}
