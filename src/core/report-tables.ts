/** Tables of a report: what was asked beside each other, and what came of each. */
import type { FindingCode } from './finding.ts';
import type { Json } from './shapes.ts';

/** One endpoint of several. */
export interface EndpointRow {
  readonly method: string;
  readonly path: string;
  readonly result: 'let in' | 'refused' | 'not answered' | 'not sent' | 'not asked';
  /** The HTTP status, where one was answered. */
  readonly status?: number;
  /** The findings about this endpoint. */
  readonly codes: readonly FindingCode[];
}

/** One line of the truth table: what differed, and what was answered. */
export interface ProbeRow {
  /** `as configured`, `scope`, `client auth`, `Basic encoding`, `second client`. */
  readonly variable: string;
  /** What it was set to, e.g. `left out`, `form body`. */
  readonly value: string;
  /** The request of the climb itself, which the others are compared with. */
  readonly asConfigured?: boolean;
  readonly result: 'token' | 'refused' | 'not answered' | 'not sent' | 'found' | 'not found';
  /** The words of the answer that count. */
  readonly answer: string;
}

/** What a client needs for the endpoints that were checked, and what it holds beyond that. */
export interface LeastPrivilege {
  /** Of a role, where roles decide. */
  readonly permissions: readonly string[];
  /** To ask for, where scopes decide. */
  readonly scopes: readonly string[];
  /** The role as clicks, line by line; as the body of the API's own request; as Terraform. */
  readonly clicks?: readonly string[];
  readonly role?: Json;
  readonly terraform?: string;
  /** What was chosen among alternatives, and what nobody documents. */
  readonly remarks: readonly string[];
  /** Absent where what the client holds could not be read. */
  readonly beyond?: readonly Beyond[];
}

/** A right that the client holds and the endpoints do not need. */
export interface Beyond {
  /** A permission as the role holds it (each part may be `*`), or a scope. */
  readonly right: string;
  readonly role?: string;
  /** It covers what is needed, and more. */
  readonly tooWide: boolean;
}
