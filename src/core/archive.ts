/** The archive: what the export writes to and how it is spoken to; `io` keeps it on a disk, tests in memory. */
import type { Ledger } from './dataset.ts';

/** Cells as they stand in the archive (defused, not quoted), in the order of the dataset's columns. */
export type Line = readonly string[];

/** A stored file is not as this program wrote it. The message says where and what; it is put behind the file's name. */
export class Unreadable extends Error {}

/** How lines are written to a file and read back: csv, ndjson. */
export interface RowFormat {
  /** The file's first text: the header, with its line end. */
  header(columns: readonly string[]): string;
  /** The text of lines. The same lines give the same text. */
  write(lines: readonly Line[]): string;
  /**
   * A reader of one file. `push` takes text as it comes and gives the lines that are complete; `end` gives the rest.
   * Both throw `Unreadable`.
   */
  reader(columns: readonly string[]): { push(text: string): Line[]; end(): Line[] };
}

/** The archive's files, by path below the archive's root, with `/`. */
export interface PartitionStore {
  /** The text of a file in pieces; undefined if there is none, or nothing in it. */
  read(path: string): Promise<AsyncIterable<string> | undefined>;
  /**
   * Replaces a file whole: what a reader sees is the old one or the new one.
   * @param wanted asked once all text is written; `false` leaves the old file as it was
   * @returns a mark of the file as it was written, for `extend`; undefined where it has none
   * @throws Failure `export` naming file and remedy; the old file still stands
   */
  replace(path: string, text: AsyncIterable<string>, wanted: () => boolean): Promise<string | undefined>;
  /**
   * Replaces a file by itself and a text behind it, without reading it as rows.
   * @param mark of the file that is meant
   * @returns the new mark; undefined where another file stands there by now, and nothing was changed
   * @throws Failure `export` naming file and remedy; the old file still stands
   */
  extend?(path: string, mark: string, text: string): Promise<string | undefined>;
  /** Whether there is a file with something in it. @throws Failure `export` where the disk does not say: what is out of reach for a moment is not gone */
  exists(path: string): Promise<boolean>;
  /** Puts a compressed file, with `.gz` behind its name, in the place of a plain one; says whether there was one. */
  compress?(path: string): Promise<boolean>;
  /**
   * Every file below the root, in no order; links to folders are followed.
   * @param enter whether to look into a folder; those below the others are not read
   * @throws Failure `export` where the disk does not say what is there
   */
  list(enter: (folder: string) => boolean): AsyncIterable<string>;
  /** Removes temporary files whose process is gone. */
  sweep(): Promise<void>;
}

/** The state beside the archive. */
export interface LedgerStore {
  /** For messages. */
  readonly place: string;
  /**
   * The kept ledger; `missing` also where it can't be read as JSON, so that it is rebuilt.
   * @throws Failure `config` for a newer or foreign one
   */
  load(): Promise<Ledger | 'missing'>;
  save(ledger: Ledger): Promise<void>;
  /** Last known names of what rows are about, by id. */
  loadNames(): Promise<Map<string, string>>;
  saveNames(names: ReadonlyMap<string, string>): Promise<void>;
}
