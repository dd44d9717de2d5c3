/** The catalogue: what an endpoint needs before it lets a token in. */
import type { Json } from './shapes.ts';

export interface PermissionRule {
  /** `ANY` one of the permissions, `ALL` of them, `none`, or not known. */
  readonly type: 'ANY' | 'ALL' | 'none' | 'unknown';
  readonly permissions: readonly string[];
}

export interface CatalogueEntry {
  readonly method: string;
  /** A template: `/api/v2/routing/queues/{queueId}`. */
  readonly path: string;
  readonly rule: PermissionRule;
  /** Any one of these suffices where scopes are enforced. */
  readonly scopes: readonly string[];
  /** Where several scopes are needed at once: each set lets in, all of its scopes together. `scopes` names them all. */
  readonly scopeSets?: readonly (readonly string[])[];
  readonly clientCredentials: boolean | 'unknown';
  /** Rows depend on the divisions in which the permission is held. */
  readonly divisionAware: boolean | 'unknown';
  readonly preview?: boolean;
  /** A POST that only asks; it may be sent with `smallestBody`. */
  readonly query?: boolean;
  readonly smallestBody?: Json;
  readonly source: string;
  /** The day of the source, `YYYY-MM-DD`. */
  readonly date: string;
}

export interface Nearest {
  readonly method: string;
  readonly path: string;
  readonly why?: string;
}

export interface Catalogue {
  readonly source: string;
  readonly date: string;
  /** The entry for a path, a template or a URL (query and host are ignored). */
  find(method: string, path: string): CatalogueEntry | undefined;
  /** `false` only where that is known: the list is complete, or the path was checked and is not there. */
  exists(method: string, path: string): boolean | 'unknown';
  /** The nearest real endpoints, best first, at most five. */
  nearest(method: string, path: string): Nearest[];
}
