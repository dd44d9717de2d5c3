/** The stage that a scenario sets: the org, the client as it is handed out, and what goes wrong on the way. */
import type { FaultPlan } from './faults.ts';
import type { Client, GenesysClient, GenesysOrg, Org, ThreadClient, ThreadOrg } from './org.ts';
import type { FindingCode } from '../core/index.ts';

/** What the user of a sandbox is given; `undefined` is left out. */
export interface Exported {
  id: string | undefined;
  secret: string | undefined;
  scope: string | undefined;
  clientAuth: 'basic' | 'post' | undefined;
  /** A header to check instead of one that is built. */
  authorization: string | undefined;
  /** A ready token instead of a client. */
  token: 'expired' | 'malformed' | 'foreign' | undefined;
  /** Where the token endpoint is said to be. */
  login: 'right' | 'api host' | 'wrong path' | 'closed port';
}

interface StageOf<O extends Org, C extends Client> {
  readonly org: O;
  /** The client of `org` that is handed out. */
  readonly client: C;
  readonly exported: Exported;
  faults: FaultPlan | undefined;
  skewMs: number;
  /** What to check, as `METHOD /path`; the default of `diagnose` where it is empty. */
  endpoints: string[];
}

export type GenesysStage = StageOf<GenesysOrg, GenesysClient>;
export type ThreadStage = StageOf<ThreadOrg, ThreadClient>;
export type AnyStage = GenesysStage | ThreadStage;

/** A finding's code, with `.variant` where one code has several faces. */
export type ScenarioName = FindingCode | `${FindingCode}.${string}`;

interface ScenarioOf<S> {
  readonly name: ScenarioName;
  /** One line for `--list`. */
  readonly about: string;
  /** What a healthy program says about it. */
  readonly verdict: 'broken' | 'healthy' | 'inconclusive';
  /** Codes that the same answers leave open, this one included; empty where it stands alone. */
  readonly alike: readonly FindingCode[];
  set(stage: S): void;
}

export type GenesysScenario = ScenarioOf<GenesysStage>;
export type ThreadScenario = ScenarioOf<ThreadStage>;
/** Works in every world. */
export type SharedScenario = ScenarioOf<AnyStage>;
