/** Hours, budgets and datasets on the command line. */
import { resolve } from 'node:path';
import { Failure, HOUR_MS, hourOf, instant, visibleLine } from '../core/index.ts';
import type { Dataset, Hour, Json } from '../core/index.ts';
import { readGiven, whyUnread } from '../io/given-file.ts';
import { bundledDataset, DATASETS, declared } from '../datasets/index.ts';
import { OLDEST_YEARS } from '../export/clock.ts';
import type { Terminal } from './terminal.ts';

const HOUR = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d)(?::00(?::00(?:\.0+)?)?)?Z?)?$/;

/**
 * `2026-11-23` (its midnight), `2026-11-23T09`, `2026-11-23T09:00:00Z`: a whole hour in UTC.
 * @throws Failure `usage` naming the flag
 */
export function parseHour(text: string, flag: string): Hour {
  const [, day, hour = '00'] = HOUR.exec(text.trim()) ?? [];
  const iso = `${day}T${hour}:00:00Z`;
  const at = day === undefined ? Number.NaN : Date.parse(iso);
  // 2026-02-31 and 24:00 would roll over.
  if (Number.isNaN(at) || hourOf(at) !== iso) {
    throw new Failure(
      'usage',
      `${flag} '${visibleLine(text)}' is no whole hour in UTC`,
      'a date (its midnight, UTC) or a date and hour: 2026-11-23, 2026-11-23T09, 2026-11-23T09:00:00Z',
    );
  }
  return iso as Hour;
}

/** `--from` and `--to` of a bounded run. @throws Failure `usage` where they hold no hour */
export function parseBounds(
  from: string | undefined,
  to: string | undefined,
  now: Date,
): { from?: Hour; to?: Hour } {
  const bounds = {
    ...(from !== undefined && { from: parseHour(from, '--from') }),
    ...(to !== undefined && { to: parseHour(to, '--to') }),
  };
  if (bounds.from !== undefined && bounds.to !== undefined && bounds.from >= bounds.to) {
    throw new Failure(
      'usage',
      `--from ${bounds.from} is not before --to ${bounds.to}, so there is no hour between`,
      '--to is exclusive: one day is --from 2026-11-22 --to 2026-11-23',
    );
  }
  if (bounds.from !== undefined && Date.parse(bounds.from) + HOUR_MS > now.getTime()) {
    throw new Failure(
      'usage',
      `--from ${bounds.from} is an hour that has not ended yet`,
      'the running hour is never exported; check the date, and that hours are UTC',
    );
  }
  return bounds;
}

/**
 * The first hour that is asked for must be one that can be meant.
 * @throws Failure `usage` for one that has not begun yet, or of more than twenty years ago
 */
export function checkReach(from: Hour | undefined, flag: string, now: Date): void {
  if (from === undefined) return;
  // As the archive's start it would make every hour before it one that is not owed.
  if (Date.parse(from) > now.getTime()) {
    throw new Failure(
      'usage',
      `${flag} ${from} is in the future: it is ${instant(now)} by this machine's clock`,
      'an hour that has begun; check the year, that hours are UTC, and the clock',
    );
  }
  const years = (now.getTime() - Date.parse(from)) / (365.25 * 24 * HOUR_MS);
  if (years <= OLDEST_YEARS) return;
  throw new Failure(
    'usage',
    `${flag} ${from} asks for ${Math.floor(years)} years of hours`,
    `at most ${OLDEST_YEARS} years; check the year, and how long your organisation keeps its data`,
  );
}

/** `60/min`, requests a minute; `org` for the organisation's own number. @throws Failure `usage` */
export function parseBudget(text: string): number | 'org' {
  if (text.trim() === 'org') return 'org';
  const [, number] = /^([1-9]\d{0,5})\s*\/\s*(?:m|min|minute)$/.exec(text.trim()) ?? [];
  if (number === undefined) {
    throw new Failure(
      'usage',
      `--budget '${visibleLine(text)}' is no rate`,
      "requests a minute: 60/min; or 'org'",
    );
  }
  return Number(number);
}

/**
 * A bundled dataset by name, or a declared one by its file.
 * @throws Failure `usage` for a name that there is not, `config` for a file that can't be used
 */
export async function datasetNamed(name: string, { cwd, signal }: Terminal): Promise<Dataset> {
  const bundled = bundledDataset(name);
  if (bundled) return bundled;
  if (!/\.json$/i.test(name)) {
    throw new Failure(
      'usage',
      `there is no dataset '${visibleLine(name)}'`,
      `one of ${DATASETS.join(', ')}, or a FILE.json that declares one`,
    );
  }
  const file = resolve(cwd, name);
  try {
    return declared(JSON.parse((await readGiven(file, { signal })).toString('utf8')) as Json, file);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const why =
      error instanceof SyntaxError
        ? `it is no JSON (${visibleLine(error.message).slice(0, 120)})`
        : whyUnread(error);
    throw new Failure(
      'config',
      `--dataset ${file} can't be used: ${why}`,
      'a JSON file that declares a dataset',
    );
  }
}
