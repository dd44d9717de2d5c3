/**
 * The archive's path pattern: `%Y %m %d %H` in UTC, `%%` a percent sign (contract, "The archive that export keeps").
 * Pure; paths are text, with `/` (and on Windows `\`) between folders.
 */
import { Failure, HOUR_MS, hourOf } from '../core/index.ts';
import type { Hour } from '../core/index.ts';
import type { Span } from './hours.ts';

type Unit = 'Y' | 'm' | 'd' | 'H';
const UNITS: readonly Unit[] = ['Y', 'm', 'd', 'H'];
const WIDTH: Record<Unit, number> = { Y: 4, m: 2, d: 2, H: 2 };

export interface Pattern {
  /** As the user wrote it. */
  readonly text: string;
  /** The deepest folder without a `%`; the state lives there. Empty: the working folder. */
  readonly root: string;
  /** The pattern below `root`, with `/`; it names the archive in its ledger. */
  readonly tail: string;
  /** What one file holds. */
  readonly file: 'hour' | 'day' | 'month' | 'year' | 'everything';
  /** The file, ending with its dot; empty if there is none. */
  readonly extension: string;
  /** The path below `root` of the file that holds an hour. */
  pathOf(hour: Hour): string;
  /** The hours of the file that holds an hour, as hour numbers; unbounded for one file. */
  spanAt(hour: number): Span;
  /** The first hour of the file at this path below `root`; undefined if the path is not of this pattern. */
  hourIn(path: string): Hour | undefined;
  /** Whether files of this pattern can stand in or below this folder below `root`. */
  mayHold(folder: string): boolean;
}

/**
 * @throws Failure `usage` for a pattern that names time with gaps, an unknown directive or a folder
 */
export function parsePattern(text: string, separators = /\//): Pattern {
  const pieces = parsePieces(text);
  const units = new Set(pieces.flatMap((p) => ('unit' in p ? [p.unit] : [])));
  const depth = UNITS.filter((u) => units.has(u)).length;
  if (UNITS.slice(0, depth).some((u) => !units.has(u)))
    throw wrong(text, `it has ${[...units].map((u) => `%${u}`).join(' ')}, which leaves a gap in time`);
  const parts = text.split(separators);
  const name = parts.at(-1) ?? '';
  if (name === '' || name === '.' || name === '..') throw wrong(text, 'it names a folder and no file');
  const firstTimed = parts.findIndex((part) => part.includes('%'));
  const cutAt = firstTimed === -1 ? parts.length - 1 : Math.min(firstTimed, parts.length - 1);
  const rootLength = parts.slice(0, cutAt).reduce((n, part) => n + part.length + 1, 0);
  const tailText = text.slice(rootLength);
  const tail = tailText.split(separators).join('/');
  const tailPieces = parsePieces(tail);
  const matcher = matcherOf(tailPieces);
  const file = (['everything', 'year', 'month', 'day', 'hour'] as const)[depth]!;
  return {
    text,
    root: rootLength === 1 ? text.slice(0, 1) : text.slice(0, Math.max(0, rootLength - 1)),
    tail,
    file,
    extension: /\.[^.]+(?:\.gz)?$/.exec(name)?.[0] ?? '',
    pathOf: (hour) => fill(tailPieces, hour),
    spanAt: (hour) => spanAt(file, hour),
    hourIn: (path) => matcher(path),
    mayHold: folderMatcher(tail),
  };
}

type Piece = { text: string } | { unit: Unit };

function parsePieces(text: string): Piece[] {
  const out: Piece[] = [];
  for (const match of text.matchAll(/%(.?)|[^%]+/gs)) {
    const unit = match[1];
    if (unit === undefined) out.push({ text: match[0] });
    else if (unit === '%') out.push({ text: '%' });
    else if ((UNITS as readonly string[]).includes(unit)) out.push({ unit: unit as Unit });
    else throw wrong(text, unit === '' ? 'it ends with a single %' : `%${unit} is not known`);
  }
  if (out.length === 0) throw wrong(text, 'it is empty');
  return out;
}

function wrong(text: string, why: string): Failure {
  return new Failure(
    'usage',
    `The pattern of --out, ${JSON.stringify(text)}, can't be used: ${why}.`,
    'A path to a file that names time without gaps: %Y, %Y %m, %Y %m %d, %Y %m %d %H, or one file with none of them; %% is a percent sign. For example queue-stats/%Y-%m-%d.csv.',
  );
}

function fill(pieces: readonly Piece[], hour: Hour): string {
  const value: Record<Unit, string> = {
    Y: hour.slice(0, 4),
    m: hour.slice(5, 7),
    d: hour.slice(8, 10),
    H: hour.slice(11, 13),
  };
  return pieces.map((p) => ('unit' in p ? value[p.unit] : p.text)).join('');
}

function spanAt(file: Pattern['file'], hour: number): Span {
  if (file === 'everything') return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (file === 'hour') return [hour, hour + 1];
  if (file === 'day') return [Math.floor(hour / 24) * 24, Math.floor(hour / 24) * 24 + 24];
  const at = new Date(hour * HOUR_MS);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  return file === 'month'
    ? [Date.UTC(year, month) / HOUR_MS, Date.UTC(year, month + 1) / HOUR_MS]
    : [Date.UTC(year, 0) / HOUR_MS, Date.UTC(year + 1, 0) / HOUR_MS];
}

function folderMatcher(tail: string): (folder: string) => boolean {
  const folders = tail
    .split('/')
    .slice(0, -1)
    .filter((part) => part !== '')
    .map((part) => new RegExp(`^${sourceOf(parsePieces(part))}$`, 's'));
  return (folder) => {
    const parts = folder.split('/');
    return parts.length <= folders.length && parts.every((part, i) => folders[i]!.test(part));
  };
}

function sourceOf(pieces: readonly Piece[]): string {
  return pieces
    .map((p) => ('unit' in p ? `(\\d{${WIDTH[p.unit]}})` : p.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
}

function matcherOf(pieces: readonly Piece[]): (path: string) => Hour | undefined {
  const order = pieces.flatMap((p) => ('unit' in p ? [p.unit] : []));
  const regex = new RegExp(`^${sourceOf(pieces)}$`, 's');
  return (path) => {
    const match = regex.exec(path);
    if (!match) return undefined;
    const value: Record<Unit, string> = { Y: '1970', m: '01', d: '01', H: '00' };
    const seen = new Set<Unit>();
    for (const [i, unit] of order.entries()) {
      if (seen.has(unit) && value[unit] !== match[i + 1]) return undefined;
      seen.add(unit);
      value[unit] = match[i + 1]!;
    }
    const text = `${value.Y}-${value.m}-${value.d}T${value.H}:00:00Z`;
    const at = Date.parse(text);
    // 2026-02-31 would roll over into March.
    return Number.isNaN(at) || hourOf(at) !== text ? undefined : hourOf(at);
  };
}

/** For the planner: where the partition of an hour ends; undefined for one file. */
export function partitionEnd(pattern: Pattern): ((hour: number) => number) | undefined {
  return pattern.file === 'everything' ? undefined : (hour) => pattern.spanAt(hour)[1];
}
