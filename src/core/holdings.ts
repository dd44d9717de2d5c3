/** What a client holds, in our words, as the answers shown tell it. Every field is absent where nobody was asked. */

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

export interface Holdings {
  readonly client?: {
    readonly id?: string;
    readonly name?: string;
    readonly grantType?: string;
    readonly state?: string;
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
}

/** Whether a pattern such as `routing:*:view` covers a permission; letter case does not count. */
export function covers(pattern: string, permission: string): boolean {
  const have = pattern.toLowerCase().split(':');
  const want = permission.toLowerCase().split(':');
  return have.length === want.length && have.every((part, i) => part === '*' || part === want[i]);
}
