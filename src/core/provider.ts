/** A provider's profile: their words turned into ours. Pure data and functions. */
import type { Ask, Exchange, KnownSettings } from './evidence.ts';
import type { Holdings } from './holdings.ts';
import type { Cause, Facts, FindingCode, Reference, Scene, StageId } from './finding.ts';

/** What one answer says, in our words. */
export interface Reading {
  /** At least one; the first leads. Several: the answer alone can't tell them apart. */
  readonly causes: readonly [Cause, ...Cause[]];
  /** The provider's wording leaves only the first cause. */
  readonly forced: boolean;
  /** The provider gives this answer for each of the causes alike: what is only hinted at takes the place of none. */
  readonly alike?: true;
  /** The answer proves every stage up to and including this one (it was reached and passed). */
  readonly proves?: StageId;
  /** What the answer names: `permissions`, `rule`, `scopes`, `divisions`, `policies`, `address`, `contextId`, `retryAfter`. */
  readonly facts: Facts;
  readonly references: readonly Reference[];
}

/** Where an admin clicks, in the provider's own words. */
export interface Signposts {
  /** Where the client (id, secret, grant, state) is seen and edited. */
  readonly client: string;
  readonly grant: string;
  /** Where access is given: roles with divisions, or scopes. */
  readonly access: string;
  /** Where products, APIs and features are switched on. */
  readonly features: string;
  /** Where the policies are read that deny beside roles and scopes. */
  readonly policies: string;
  /** Where the region, tenant or issuer is read. */
  readonly place: string;
}

/** What a provider's documentation warns of. */
export interface Pitfall {
  readonly code: FindingCode;
  readonly why: string;
  readonly tell: string;
  /** The page that says so. */
  readonly source: string;
}

export interface ProviderProfile {
  readonly id: string;
  readonly title: string;
  /** Other names by which a paste may call it, in lower case. */
  readonly aliases: readonly string[];
  /** Wordings that only this provider's servers write; a paste that holds one is about it. */
  readonly signs?: readonly RegExp[];
  readonly credential: {
    /** `uuid`: only a UUID can be an id here; `any`: the form rules nothing out. */
    readonly idForm: 'uuid' | 'any';
    /** RFC 6749 §2.3.1: id and secret are form-encoded before base64. */
    readonly formEncoded: boolean;
    /** A deformed credential can't be right here, so it blocks; elsewhere it warns. */
    readonly deformedBlocks: boolean;
  };
  /** Whether scopes are asked for, or roles stand on the client. */
  readonly access: 'scopes' | 'roles';
  readonly signposts: Signposts;
  readonly references: readonly Reference[];
  /** What it warns of, the commonest first; named only where nothing that failed is shown. */
  readonly pitfalls?: readonly Pitfall[];
  /** The path that the token endpoint has everywhere at this provider, e.g. `/oauth/token`; absent where it varies. */
  readonly tokenPath?: string;
  /** The token endpoint for these settings; undefined if discovery must say it. */
  tokenUrl(settings: KnownSettings): string | undefined;
  /** A host's part in this provider's world: `unknown` hosts belong to somebody else. */
  hostRole(host: string): 'token' | 'api' | 'app' | 'invented' | 'unknown';
  /** `true`/`false` where the provider's scopes are a known list, else `unknown`. */
  knowsScope(scope: string): boolean | 'unknown';
  /** Reads an answer; undefined: it says nothing that we know. */
  read(exchange: Exchange, scene: Scene): Reading | undefined;
  /**
   * The questions of a stage, given what is known so far. Called again after each round of answers until it
   * gives nothing new; a step that the evidence holds already is not asked again.
   */
  asks(stage: StageId, scene: Scene): Ask[];
  /** Why a stage does not apply here (`clear` with this note), else undefined. */
  inapplicable(stage: StageId, scene: Scene): string | undefined;
  /** The question what the organisation knows of a client, for a second client to ask; undefined where there is none. */
  recordAsk?(clientId: string, settings: KnownSettings): Ask | undefined;
  /** What the client holds by the answers shown; undefined where the provider has no way to tell. */
  holdings?(scene: Scene): Holdings;
}
