/** The three sources beside each other: what was said, what is documented, what is held. */
import type { EvidencePoint, Facts, Holdings, Scene } from '../../core/index.ts';
import { names } from '../readings.ts';
import { divisionNames, existsInOrg, isHeld, type Held } from './held.ts';

export interface AccessFacts extends Facts {
  readonly subject?: string;
  readonly status?: number;
  /** What is demanded, by the server's words, else by the catalogue. */
  readonly demanded: readonly string[];
  readonly rule: string;
  /** What the server named, and what the catalogue says. */
  readonly said: readonly string[];
  readonly documented: readonly string[];
  readonly documentedRule: string;
  readonly source: string;
  readonly missing: readonly string[];
  /** What the catalogue demands and the client does not hold either, where the server names something else. */
  readonly documentedMissing: readonly string[];
  /** Of the missing ones, those that the organisation does not have. */
  readonly absent: readonly string[];
  /** Divisions in which a demanded permission is held. */
  readonly heldIn: readonly string[];
  readonly roles: readonly string[];
  readonly differs: boolean;
}

export interface Compared {
  readonly facts: AccessFacts;
  readonly held: readonly Held[];
  /** Grants or divisions were read for every demanded permission. */
  readonly known: boolean;
}

/** Where a rule comes from, and its day if the name does not hold it. */
export function sourceOf({ source, date }: { source: string; date: string }): string {
  return /\d{4}-\d{2}-\d{2}/.test(source) ? source : `${source} (${date})`;
}

/** What grants, catalogue and organisation show, as points of evidence. */
export function evidenceOf({ facts, held }: Compared, holdings: Holdings, scene: Scene): EvidencePoint[] {
  const roles = facts.roles.length > 0 ? `roles ${names(facts.roles)}` : 'no role';
  return [
    {
      at: 'grants: authorization/subjects/me',
      shows: `${roles}; ${held.map((h) => `${h.permission}: ${whereHeld(h)}`).join('; ')}`,
    },
    ...(facts.documented.length > 0
      ? [
          {
            at: 'catalogue',
            shows: `${facts.documentedRule} of ${names(facts.documented)}${lackingToo(facts)}, by ${facts.source}`,
          },
        ]
      : []),
    ...(holdings.existing && facts.missing.length > 0
      ? [
          {
            at: 'permissions: authorization/permissions',
            shows: facts.missing.map((p) => `${p}: ${inOrg(existsInOrg(p, holdings))}`).join('; '),
          },
        ]
      : []),
    ...(scene.mode === 'climb' && holdings.products && facts.absent.length > 0
      ? [{ at: 'products: authorization/products', shows: names(holdings.products) || 'none' }]
      : []),
  ];
}

function lackingToo(facts: AccessFacts): string {
  if (!facts.differs) return '';
  const also = facts.documentedMissing.length > 0 ? ', not held either' : '';
  return ` (not what the server names${also})`;
}

function whereHeld(held: Held): string {
  if (held.all) return 'held in all divisions';
  if (isHeld(held)) return `held in ${names(divisionNames(held.divisions))}`;
  return held.conditional ? 'held under a condition' : 'not held';
}

function inOrg(exists: boolean | undefined): string {
  return exists === undefined
    ? 'not known whether it exists'
    : exists
      ? 'exists in the organization'
      : 'does not exist in the organization';
}
