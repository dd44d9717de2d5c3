/** What an archive's rows add up to: the sums that `view` draws. */
import type { Hour } from './time.ts';

/** Sums over rows. A cell that is empty adds nothing. */
export interface Tally {
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  /** Contacts inside the service level, of those that count for it. */
  readonly inTime: number;
  readonly measured: number;
  /** Milliseconds until they were answered, of all answered ones. */
  readonly answerMs: number;
  /** The longest wait, milliseconds. */
  readonly longestMs: number;
}

/** A stretch of time and what happened in it. */
export interface Bucket {
  readonly from: Hour;
  readonly tally: Tally;
  /** Hours of it that are in the archive, of those that it has within what is drawn. */
  readonly closed: number;
  readonly hours: number;
}

export type BucketUnit = 'hour' | 'day' | 'week';

export interface QueueFigures {
  readonly id: string;
  /** The last known name; the id where there is none. */
  readonly name: string;
  readonly total: Tally;
  /** By hour of the day, UTC. */
  readonly byHour: readonly Tally[];
  /** One for each of the archive's `trendUnit`s, oldest first; undefined where nothing is in the archive. */
  readonly trend: readonly (Tally | undefined)[];
  /** The share that the provider says should be in time, where rows tell one. */
  readonly target?: number;
}

/** How a service level is counted, in words; undefined where rows don't tell one. */
export type LevelMeasure = 'in service level' | 'answered in target, of those offered';

export interface Figures {
  /** Whether the dataset counts contacts by queue; without, only the coverage can be drawn. */
  readonly counted: boolean;
  readonly level?: LevelMeasure;
  readonly rows: number;
  readonly total: Tally;
  readonly unit: BucketUnit;
  readonly series: readonly Bucket[];
  /** By hour of the week, UTC: 0 is Monday 00:00. */
  readonly week: readonly Tally[];
  readonly trendUnit: BucketUnit;
  /** Worst first: by contacts that were not in time, else by abandoned ones. */
  readonly queues: readonly QueueFigures[];
}

export type HourState = 'exported' | 'restated' | 'missing';

/** Hours of one day that are in the same state; `from` and `to` are hours of the day. */
export interface CoverageRun {
  readonly day: string;
  readonly from: number;
  readonly to: number;
  readonly state: HourState;
}

/** Everything that a page of pictures shows. Texts are as the server gave them. */
export interface ArchivePictures {
  readonly dataset: string;
  readonly out: string;
  readonly organization?: string;
  /** What is drawn: half-open, UTC. */
  readonly from: Hour;
  readonly to: Hour;
  readonly madeAt: string;
  readonly figures: Figures;
  readonly coverage: readonly CoverageRun[];
  readonly closedHours: number;
  /** Owed hours that are not in the archive, oldest first. */
  readonly missing: readonly { readonly from: Hour; readonly to: Hour }[];
  /** Hours whose counts a later run changed, oldest first, with how many cells it were. */
  readonly restated: readonly { readonly hour: string; readonly cells: number }[];
  /** The oldest run that the run log still tells of: restated hours are known from then on. */
  readonly runsSince?: string;
}
