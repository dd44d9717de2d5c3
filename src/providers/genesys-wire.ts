/**
 * What Genesys Cloud sends, as types. Every field is optional, as in the SDK (`purecloud-platform-client-v2`
 * 262.0.0, index.d.ts) and the Platform API definition of 2026-07-19.
 */

/** POST https://login.{domain}/oauth/token, 200. No `scope` and no `refresh_token` for client_credentials. */
export interface TokenAnswer {
  readonly access_token?: string;
  /** `bearer`, in lower case. */
  readonly token_type?: string;
  /** Seconds. */
  readonly expires_in?: number;
}

/** The login server's refusal: HTTP 400, also for `invalid_client`. `description` is an extension of Genesys. */
export interface LoginError {
  readonly error?: string;
  readonly description?: string;
  readonly error_description?: string;
}

/** The API's refusal. `contextId` is also the header `ININ-Correlation-Id`. */
export interface ErrorBody {
  readonly message?: string;
  readonly code?: string;
  readonly status?: number;
  readonly entityId?: string;
  readonly entityName?: string;
  readonly messageWithParams?: string;
  readonly messageParams?: { readonly [name: string]: string };
  readonly contextId?: string;
  readonly details?: readonly { readonly errorCode?: string; readonly fieldName?: string }[];
  readonly errors?: readonly ErrorBody[];
  readonly limit?: { readonly key?: string; readonly namespace?: string; readonly value?: number };
}

export interface NamedEntity {
  readonly id?: string;
  readonly name?: string;
}

export interface Paged<T> {
  readonly entities?: readonly T[];
  readonly pageSize?: number;
  readonly pageNumber?: number;
  readonly pageCount?: number;
  readonly total?: number;
  readonly nextUri?: string;
}

/** GET /api/v2/tokens/me */
export interface TokenInfo {
  readonly organization?: NamedEntity;
  readonly homeOrganization?: NamedEntity;
  readonly authorizedScope?: readonly string[];
  readonly dateTokenIdles?: string;
  readonly OAuthClient?: NamedEntity & {
    readonly authorizedGrantType?: string;
    readonly scope?: readonly string[];
    readonly roleDivisions?: readonly { readonly roleId?: string; readonly divisionId?: string }[];
    readonly state?: string;
    readonly organization?: NamedEntity;
  };
}

/** GET /api/v2/organizations/me */
export interface Organization extends NamedEntity {
  readonly domain?: string;
  readonly state?: string;
  readonly features?: { readonly [name: string]: boolean };
}

export interface Division extends NamedEntity {
  readonly homeDivision?: boolean;
  /** By object type, e.g. `QUEUE`; only with `objectCount=true`. */
  readonly objectCounts?: { readonly [type: string]: number };
}

/** A policy of a role: `domain:entityName:action` for each action; any of them may be `*`. */
export interface DomainPolicy {
  readonly domain?: string;
  readonly entityName?: string;
  readonly actions?: readonly string[];
  /** Present where the permission holds only under a condition. */
  readonly condition?: unknown;
}

/** GET /api/v2/authorization/subjects/me */
export interface Subject extends NamedEntity {
  readonly grants?: readonly {
    readonly subjectId?: string;
    /** The id is `*` for all divisions (not verified on a live org). */
    readonly division?: Division;
    readonly role?: NamedEntity & { readonly policies?: readonly DomainPolicy[] };
    readonly grantMadeAt?: string;
  }[];
}

/** GET /api/v2/authorization/divisionspermitted/paged/me?permission= */
export interface DivisionsPermitted extends Paged<Division> {
  readonly allDivsPermitted?: boolean;
}

/** GET /api/v2/authorization/permissions: one entity a domain. */
export interface PermissionDomain {
  readonly id?: string;
  readonly domain?: string;
  readonly permissionMap?: {
    readonly [entityType: string]: readonly {
      readonly domain?: string;
      readonly entityType?: string;
      readonly action?: string;
    }[];
  };
}
