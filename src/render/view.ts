/** What every report format gets, and what it gives. */
import type { Instant, Report, Stage } from '../core/index.ts';

type Brush = (text: string) => string;

/** Colours of a terminal; `plain` has none. A format never says by colour alone what it does not say in words. */
export interface Paint {
  readonly bold: Brush;
  readonly dim: Brush;
  readonly underline: Brush;
  readonly red: Brush;
  readonly green: Brush;
  readonly yellow: Brush;
  readonly cyan: Brush;
}

const none: Brush = (text) => text;

export const plain: Paint = {
  bold: none,
  dim: none,
  underline: none,
  red: none,
  green: none,
  yellow: none,
  cyan: none,
};

/** Whom and what the report is about. No field may hold a secret. */
export interface About {
  /** The provider's name for people, e.g. `Genesys Cloud`; default: the report's provider id. */
  readonly provider?: string;
  readonly region?: string;
  readonly organization?: string;
  /** Only an id that may be shown (contract, "Report"). */
  readonly clientId?: string;
  readonly clientName?: string;
  /** As `METHOD /path`. */
  readonly endpoints?: readonly string[];
}

export interface View {
  readonly paint: Paint;
  /** Columns; text keeps between 40 and 100 of them. */
  readonly width: number;
  readonly ladder: readonly Stage[];
  readonly about?: About;
  /** The command that makes this report again, without secrets. */
  readonly command?: string;
  readonly generatedAt?: Instant;
  readonly version?: string;
  /** All references, and details that a short look can spare. */
  readonly verbose?: boolean;
  readonly failOn?: 'error' | 'warning';
}

export interface Renderer {
  readonly id: string;
  /** Stdout is one document for a program to read. */
  readonly machine: boolean;
  /** @returns the whole document, with its final line break */
  render(report: Report, view: View): string;
}
