/** What a client holds, in our words, as the answers shown tell it. Every field is absent where nobody was asked. */
import type { StepId } from './evidence.ts';

export interface DivisionRef {
  /** `*` stands for all divisions. */
  readonly id: string;
  readonly name?: string;
  readonly home?: boolean;
  /** How many queues lie in it, where the server counted them. */
  readonly queues?: number;
}

/** A role that the client has in a division. */
export interface Grant {
  readonly role: string;
  readonly division: DivisionRef;
  /** `domain:entity:action`; each part may be `*`. */
  readonly permissions: readonly string[];
  /** Those that hold only under a condition. */
  readonly conditional: readonly string[];
}

/** Where a permission is held. */
export interface Permitted {
  readonly all: boolean;
  readonly divisions: readonly DivisionRef[];
}

/** What an organisation's own list says of the client, as a second client was shown it. */
export interface ClientRecord {
  readonly step: StepId;
  /** No client of this id is in the organisation of the second client. */
  readonly absent: boolean;
  /** Where it was asked: a region as the settings write it, else a host. */
  readonly place: string;
  /** The place is the one whose login server refused the client. */
  readonly samePlace: boolean;
  readonly name?: string;
  readonly grantType?: string;
  readonly state?: string;
}

export interface Holdings {
  readonly client?: {
    readonly id?: string;
    readonly name?: string;
    readonly grantType?: string;
    /** The scopes that the token was given. */
    readonly scopes?: readonly string[];
  };
  readonly organization?: { readonly id?: string; readonly name?: string };
  readonly grants?: readonly Grant[];
  /** The divisions of the organisation. */
  readonly divisions?: readonly DivisionRef[];
  /** The server's own answer for a permission. */
  readonly permitted: { readonly [permission: string]: Permitted };
  /** The permissions that exist in the organisation, and whether all pages were read. */
  readonly existing?: { readonly permissions: readonly string[]; readonly complete: boolean };
  readonly products?: readonly string[];
  /** Answers that were refused are not among them. */
  readonly records?: readonly ClientRecord[];
}

/** Whether a pattern such as `routing:*:view` covers a permission; letter case does not count. */
export function covers(pattern: string, permission: string): boolean {
  const have = pattern.toLowerCase().split(':');
  const want = permission.toLowerCase().split(':');
  return have.length === want.length && have.every((part, i) => part === '*' || part === want[i]);
}
