/**
 * Let in, and yet less than it seems: a list whose items can't be fetched, or answers in which parts are left out for
 * want of another right.
 */
import {
  covers,
  endpointOf,
  statusOf,
  type CatalogueEntry,
  type Exchange,
  type Facts,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { holdingsOf } from '../asking.ts';
import { grantedScopes } from '../scopes.ts';
import { isEndpoint, names } from '../readings.ts';

export interface SilenceFacts extends Facts {
  readonly subjects: readonly string[];
  readonly permissions: readonly string[];
  readonly heldIn: readonly string[];
  readonly unseen: readonly string[];
  /** Queues in the unseen divisions; absent where they were not counted. */
  readonly queues?: number;
  readonly roles: readonly string[];
  /** What is left out for want of another right than a division; `permissions` are then those that lack. */
  readonly what?: string;
  readonly kind?: 'scope' | 'permission';
}

/** What hangs below a list's items by name, in APIs that document it. */
export const CONTENTS = ['download', 'content', 'media'];

/**
 * Genesys Cloud (Platform API definition of 2026-07-19): "Bookmark annotations will be excluded if
 * recording:annotation:view permission is missing"; sensitive recordings are redacted without the other one.
 */
const REDACTED: readonly (readonly [permission: string, what: string])[] = [
  ['recording:recording:viewSensitiveData', 'sensitive recordings come redacted'],
  ['recording:annotation:view', 'bookmark annotations are left out'],
];
const RECORDINGS = /^\/api\/v2\/conversations\/[^/]+\/recording(?:s|metadata)(?:\/|$)/;

export function behind(scene: Scene): Sighting<SilenceFacts>[] {
  return scene.evidence.exchanges
    .filter((x) => isEndpoint(x) && isLetIn(x))
    .flatMap((exchange) => [...notFetched(exchange, scene), ...redacted(exchange, scene)]);
}

function isLetIn(exchange: Exchange): boolean {
  const status = statusOf(exchange);
  return status !== undefined && status >= 200 && status < 300;
}

/** The list is open, and by the documentation what it lists is not. */
function notFetched(exchange: Exchange, scene: Scene): Sighting<SilenceFacts>[] {
  const endpoint = endpointOf(exchange);
  if (endpoint?.method !== 'GET') return [];
  const path = endpoint.path.replace(/[?#].*$/, '').replace(/\/+$/, '');
  return CONTENTS.flatMap((content): Sighting<SilenceFacts>[] => {
    const entry = scene.catalogue.find('GET', `${path}/1/${content}`);
    if (!entry?.path.endsWith(`}/${content}`)) return [];
    const lacking = lackingFor(entry, scene);
    if (lacking.length === 0) return [];
    return [
      {
        ...sighting(exchange, scene, {
          what: `what it lists can not be fetched: GET ${entry.path} needs ${names(lacking, 'and')}`,
          lacking,
        }),
        severity: 'warning',
      },
    ];
  });
}

/** The rights of an endpoint that the client is known not to have; empty where it has them or nobody knows. */
function lackingFor({ rule, scopes, scopeSets }: CatalogueEntry, scene: Scene): string[] {
  if (scene.profile.access === 'scopes') {
    const have = grantedScopes(scene);
    const sets = scopeSets ?? scopes.map((scope) => [scope]);
    if (!have || sets.length === 0) return [];
    const lost = sets.map((set) => set.filter((scope) => !have.includes(scope)));
    return lost.some((set) => set.length === 0) ? [] : (lost[0] ?? []);
  }
  const lacking = rule.permissions.filter((permission) => holds(permission, scene) === false);
  if (rule.type === 'ANY') return lacking.length === rule.permissions.length ? lacking.slice(0, 1) : [];
  return rule.type === 'ALL' ? lacking : [];
}

/** By the grants; undefined where they were not read. A grant under a condition may hold. */
function holds(permission: string, scene: Scene): boolean | undefined {
  return holdingsOf(scene).grants?.some(({ permissions, conditional }) =>
    [...permissions, ...conditional].some((have) => covers(have, permission)),
  );
}

function redacted(exchange: Exchange, scene: Scene): Sighting<SilenceFacts>[] {
  const endpoint = endpointOf(exchange);
  if (scene.profile.id !== 'genesys-cloud' || !endpoint || !RECORDINGS.test(endpoint.path)) return [];
  const lost = REDACTED.filter(([permission]) => holds(permission, scene) === false);
  if (lost.length === 0) return [];
  return [
    {
      ...sighting(exchange, scene, {
        what: lost.map(([, what]) => what).join(', and '),
        lacking: lost.map(([permission]) => permission),
      }),
      // Often this is how it is meant to be.
      severity: 'note',
    },
  ];
}

function sighting(
  exchange: Exchange,
  scene: Scene,
  { what, lacking }: { what: string; lacking: readonly string[] },
): Sighting<SilenceFacts> {
  const subject = exchange.subject ?? exchange.step;
  const kind = scene.profile.access === 'scopes' ? 'scope' : 'permission';
  return {
    facts: {
      subjects: [subject],
      permissions: lacking,
      heldIn: [],
      unseen: [],
      roles: [...new Set((holdingsOf(scene).grants ?? []).map((grant) => grant.role))],
      what,
      kind,
    },
    // By the documentation; the call that would show it is not made.
    certainty: 'suspected',
    evidence: [
      { at: `${exchange.step} ${subject}: response.status`, shows: 'let in' },
      {
        at: kind === 'scope' ? 'token: scope' : 'grants: authorization/subjects/me',
        shows: `${names(lacking)}: not held`,
      },
    ],
    explains: [],
    sufficient: false,
  };
}
