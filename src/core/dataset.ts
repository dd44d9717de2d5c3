/** Datasets: what can be exported, as data and pure functions. */
import type { EndpointNeed, Exchange } from './evidence.ts';
import type { Json } from './shapes.ts';
import type { Hour } from './time.ts';

/** Half-open, UTC: `from` belongs to it, `to` does not. */
export interface Window {
  readonly from: Hour;
  readonly to: Hour;
  /** Of a snapshot or table: the instant of the run, UTC to the second. */
  readonly at?: string;
}

/** Merged closed intervals of one dataset and pattern, oldest first; not one cursor, so gaps can be told. */
export interface Ledger {
  readonly schema: 1;
  readonly dataset: string;
  readonly pattern: string;
  /** The archive's first owed hour. */
  readonly start: Hour;
  /** Who it belongs to; an export of another organisation into it is refused. */
  readonly organization?: { readonly id: string; readonly name?: string };
  readonly columns: readonly string[];
  readonly done: readonly Window[];
  /** The last deep revisit, by day. */
  readonly deepRevisit?: string;
  /** What the rows have besides their columns, as `Dataset.shape` tells it. */
  readonly shape?: string;
  /** Ids with a known name that the last lookup did not show: told once, not every hour. */
  readonly hidden?: readonly string[];
  /** A hash of API host and client id: the same one needs no second look at who the organisation is. */
  readonly access?: string;
}

export type Cell = string | number | null;
export type Row = { readonly [column: string]: Cell };

/** One request of a dataset; the port adds host and token. */
export interface DataRequest {
  readonly method: 'GET' | 'POST';
  /** Path with query, on the API host. */
  readonly path: string;
  readonly json?: Json;
}

export interface Page {
  readonly rows: Row[];
  /** The next request of the same window, if there is one. */
  readonly more?: DataRequest;
}

/** Names of things that rows refer to, read once a run (queue id → name). */
export type Names = ReadonlyMap<string, string>;

export interface Dataset {
  readonly id: string;
  readonly title: string;
  readonly needs: readonly EndpointNeed[];
  /** Column names in order. */
  readonly columns: readonly string[];
  /** Columns that name a row within an archive and sort it; the first is the hour, the second what the row is about. */
  readonly key: readonly string[];
  /** The column that holds the last known name of `key[1]`, where `names` fills one. */
  readonly nameColumn?: string;
  /** Columns whose change in a revisit is told old → new. */
  readonly counts?: readonly string[];
  /** Text cells that a spreadsheet could run; they are defused. */
  readonly textColumns: readonly string[];
  /** The longest span of one request, in hours. */
  readonly maxHours: number;
  /** Lookups before the first window, e.g. all pages of the queues. */
  readonly names?: {
    first(): DataRequest;
    read(body: Json): { names: [string, string][]; more?: DataRequest };
  };
  /**
   * How its archive grows. Absent: by closed hours. `snapshot`: each run adds what is true now, and what stands is never
   * asked for again. `table`: one file with a row for each thing, brought up to date by each run.
   */
  readonly kind?: 'snapshot' | 'table';
  /** What was chosen for its archive besides the columns (media, zone, filling); another choice is another archive. */
  readonly shape?: string;
  /**
   * Why a stored row can't be one of this dataset as it was chosen (media, zone): the flag and what stands there.
   * Undefined where it can.
   */
  readonly misfit?: (line: readonly string[]) => string | undefined;
  /** The same dataset, for these media only. Where it can't, there is none. */
  readonly onlyMedia?: (media: readonly string[]) => Dataset;
  /** Rows of zeros for everything that is listed, of these media. */
  readonly zeros?: (window: Window, listed: Names, media: readonly string[]) => Row[];
  /** Rows that stand where neither the answer nor the archive has one. */
  readonly fill?: (window: Window, listed: Names) => Row[];
  /** @param names of what is listed now, for datasets that ask for things by id */
  ask(window: Window, names?: Names): DataRequest;
  /**
   * Rows of one answer. @param names the last known ones; of a snapshot only those of what is listed now. Throws `TypeError` with a clear message where the body has another shape.
   * @param asked the request that was answered
   */
  read(body: Json, window: Window, names: Names, asked?: DataRequest): Page;
}

/** What a data request brought: the whole body, or the refused exchange in evidence form, which the ladder can judge. */
export type DataAnswer =
  | { readonly ok: true; readonly body: Json; readonly bytes: number }
  | { readonly ok: false; readonly exchange: Exchange };

/**
 * Sends a data request with the token in hand; waits, repeats and renews the token by itself.
 * @param arrived called as soon as the whole answer is here, before it is unpacked and parsed, with its bytes as far as
 * they can be told by then: what is asked next need not wait for that
 */
export type DataCall = (request: DataRequest, arrived?: (bytes: number) => void) => Promise<DataAnswer>;
