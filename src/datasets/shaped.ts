/** A dataset as an archive wants it: some of its columns, some media, a local time, zeros for silence. */
import { Failure } from '../core/index.ts';
import type { Dataset, Hour, Row } from '../core/index.ts';
import { isZone, localClock } from './local-time.ts';

export interface Shape {
  /** Names to keep, in this order; columns of the key that are not among them stand first. */
  readonly columns?: readonly string[];
  readonly media?: readonly string[];
  /** Zeros for everything that is listed, of `media`. */
  readonly fillZero?: boolean;
  /** IANA name; adds a column. */
  readonly zone?: string;
}

/** The column that `zone` adds. */
function localColumn(dataset: Dataset): string {
  return `${dataset.key[0]}_local`;
}

/**
 * @param nearest names near to one that is not known, best first
 * @throws Failure `usage` for what this dataset can't
 */
export function shaped(
  dataset: Dataset,
  shape: Shape,
  nearest: (name: string, known: readonly string[]) => readonly string[],
): Dataset {
  let it = dataset;
  const chosen: string[] = [];
  if (shape.media) {
    if (!it.onlyMedia) throw cannot(dataset, '--media', 'its rows have no media type to choose by');
    it = it.onlyMedia(shape.media);
    chosen.push(`media=${[...shape.media].sort().join('+')}`);
  }
  if (shape.fillZero) {
    const { zeros } = it;
    const { media } = shape;
    if (!zeros) throw cannot(dataset, '--fill', 'nothing lists what its rows could be about');
    if (!media)
      throw new Failure(
        'usage',
        '--fill zero does not say for which media',
        'name them with --media voice,message: the API does not tell which media a queue serves',
      );
    it = { ...it, fill: (window, listed) => zeros(window, listed, media) };
    chosen.push('fill=zero');
  }
  if (shape.zone !== undefined) {
    it = withLocalTime(it, shape.zone);
    chosen.push(`tz=${shape.zone}`);
  }
  if (shape.columns) {
    // Who asks for a local time wants it, in the place that they name, else at the end.
    const local = shape.zone === undefined ? [] : [localColumn(dataset)];
    const missing = local.filter((name) => !shape.columns?.includes(name));
    it = withColumns(it, [...shape.columns, ...missing], nearest);
  }
  return chosen.length === 0 ? it : { ...it, shape: chosen.join('; '), misfit: misfitOf(it, shape) };
}

/** What a stored row shows of other choices; a ledger that is lost would have remembered them. */
function misfitOf({ columns, key }: Dataset, { media, zone }: Shape): NonNullable<Dataset['misfit']> {
  const [hourAt, mediaAt] = [columns.indexOf(key[0]!), columns.indexOf('media_type')];
  const localAt = columns.indexOf(`${key[0]}_local`);
  const clock = zone === undefined ? undefined : localClock(zone);
  return (line) => {
    const one = line[mediaAt];
    if (media && one !== undefined && !media.includes(one))
      return `--media ${media.join(',')}: it has ${one}`;
    const local = line[localAt];
    if (!clock || local === undefined || local === clock(line[hourAt] as Hour)) return undefined;
    return `--tz ${zone}: it has ${local} beside ${line[hourAt]}`;
  };
}

function cannot({ id }: Dataset, flag: string, why: string): Failure {
  return new Failure('usage', `${flag} is nothing for dataset ${id}: ${why}`, `leave ${flag} out`);
}

function withLocalTime(dataset: Dataset, zone: string): Dataset {
  if (dataset.kind === 'table') throw cannot(dataset, '--tz', 'its rows have no hour');
  if (!isZone(zone))
    throw new Failure(
      'usage',
      `--tz '${zone}' is no time zone that is known here`,
      'an IANA name: Europe/Berlin',
    );
  const column = localColumn(dataset);
  if (dataset.columns.includes(column)) throw cannot(dataset, '--tz', `it has a column ${column} already`);
  const clock = localClock(zone);
  const hour = dataset.key[0]!;
  const local = (row: Row): Row => ({ ...row, [column]: clock(row[hour] as Hour) });
  const { fill } = dataset;
  return {
    ...dataset,
    columns: [...dataset.columns, column],
    read: (...given) => {
      const page = dataset.read(...given);
      return { ...page, rows: page.rows.map(local) };
    },
    ...(fill && { fill: (window, listed) => fill(window, listed).map(local) }),
  };
}

function withColumns(
  dataset: Dataset,
  wanted: readonly string[],
  nearest: (name: string, known: readonly string[]) => readonly string[],
): Dataset {
  const known = dataset.columns;
  for (const [i, name] of wanted.entries()) {
    if (wanted.indexOf(name) < i)
      throw new Failure('usage', `--columns names ${name} twice`, 'name every column once');
    if (known.includes(name)) continue;
    const near = nearest(name, known).slice(0, 3);
    throw new Failure(
      'usage',
      `dataset ${dataset.id} has no column '${name}'`,
      near.length > 0 ? `did you mean ${near.join(' or ')}?` : `its columns are ${known.join(', ')}`,
    );
  }
  const columns = [...dataset.key.filter((name) => !wanted.includes(name)), ...wanted];
  const { nameColumn, counts, ...rest } = dataset;
  return {
    ...rest,
    columns,
    ...(nameColumn !== undefined && columns.includes(nameColumn) && { nameColumn }),
    ...(counts && { counts: counts.filter((name) => columns.includes(name)) }),
    textColumns: dataset.textColumns.filter((name) => columns.includes(name)),
  };
}
