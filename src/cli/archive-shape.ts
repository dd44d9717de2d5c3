/** What an archive looks like: the flags that its ledger remembers, and another word for its pattern. */
import type { Argv } from 'yargs';
import { Failure, visibleLine } from '../core/index.ts';
import type { Dataset } from '../core/index.ts';
import type { Shape } from '../datasets/index.ts';
import { nearestWords } from './parse.ts';
import { single } from './settings-options.ts';

export interface ShapeArgs {
  readonly columns?: string;
  readonly media?: string;
  readonly fill?: string;
  readonly tz?: string;
  readonly layout?: string;
}

export function addShapeOptions(yargs: Argv): Argv {
  const text = (name: string, describe: string): void => {
    yargs.option(name, { type: 'string', requiresArg: true, describe, group: 'Shape:' });
  };
  text(
    'layout',
    'day, month or single: another word for --out. One single file is rewritten whole by each run',
  );
  text('columns', 'a,b,…: only these, and those of the key (default: all)');
  text('media', 'voice,message,…: only these media types');
  text('fill', 'zero: rows of zeros for listed queues without traffic, of --media');
  text('tz', 'an IANA zone, e.g. Europe/Berlin: adds the local time as a column');
  return yargs;
}

const LAYOUTS: Readonly<Record<string, string>> = { day: '%Y-%m-%d', month: '%Y-%m', single: 'all' };
/** Seen in answers and documents; more may exist, so that only a slip of the fingers is refused. */
const MEDIA = ['voice', 'message', 'callback', 'chat', 'email'];
const FOLDERS: Readonly<Record<string, string>> = {
  'agent-hourly': 'agent-stats',
  'queue-observations': 'queue-observations',
  queues: 'queues',
};

/**
 * The pattern of `--out` and `--layout`.
 * @throws Failure `usage` where the two contradict each other, or the dataset can't be kept so
 */
export function outOf(args: { readonly out?: string } & ShapeArgs, dataset: Dataset): string {
  const out = single(args.out, '--out');
  const layout = single(args.layout, '--layout');
  if (layout !== undefined && !Object.hasOwn(LAYOUTS, layout))
    throw new Failure('usage', `there is no --layout '${visibleLine(layout)}'`, 'one of day, month, single');
  const table = dataset.kind === 'table';
  if (table && (layout ?? 'single') !== 'single')
    throw new Failure(
      'usage',
      `dataset ${dataset.id} is one table, which no --layout ${layout} cuts`,
      'leave --layout out',
    );
  const folder = FOLDERS[dataset.id] ?? 'queue-stats';
  if (out === undefined)
    return table ? `${folder}/${dataset.id}.csv` : `${folder}/${LAYOUTS[layout ?? 'day']}.csv`;
  if (layout === undefined || table) return out;
  if (out.includes('%') || /\.[a-z]+(\.gz)?$/i.test(out))
    throw new Failure(
      'usage',
      `--out ${visibleLine(out)} names files already, and --layout ${layout} names others`,
      `give one of them; with --layout, --out is a folder: --out ${visibleLine(out.replace(/[\\/]?[^\\/]*$/, '') || 'stats')} --layout ${layout}`,
    );
  return `${out.replace(/[\\/]+$/, '')}/${LAYOUTS[layout]}.csv`;
}

/** @throws Failure `usage` */
export function shapeOf(args: ShapeArgs): Shape {
  const columns = listOf(single(args.columns, '--columns'), '--columns');
  const media = listOf(single(args.media, '--media'), '--media');
  for (const one of media ?? []) {
    const near = MEDIA.includes(one) ? [] : nearestWords(one, MEDIA);
    if (/^[a-z]+$/.test(one) && near.length === 0) continue;
    throw new Failure(
      'usage',
      `--media '${visibleLine(one)}' is no media type`,
      near.length > 0 ? `did you mean ${near[0]}?` : `as the API names them: ${MEDIA.join(', ')}`,
    );
  }
  const fill = single(args.fill, '--fill');
  if (fill !== undefined && fill !== 'zero')
    throw new Failure('usage', `--fill '${visibleLine(fill)}' is not known`, '--fill zero, or leave it out');
  const zone = single(args.tz, '--tz');
  return {
    ...(columns && { columns }),
    ...(media && { media }),
    ...(fill !== undefined && { fillZero: true }),
    ...(zone !== undefined && { zone }),
  };
}

function listOf(text: string | undefined, flag: string): string[] | undefined {
  if (text === undefined) return undefined;
  const items = text.split(',').map((item) => item.trim());
  if (items.includes(''))
    throw new Failure('usage', `${flag} '${visibleLine(text)}' has an empty name`, `${flag} a,b,c`);
  return items;
}

/** The flags as words, for a unit that runs the export later. */
export function shapeWords(args: ShapeArgs): string[] {
  const { columns, media, fill, tz } = args;
  return Object.entries({ columns, media, fill, tz }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
}
