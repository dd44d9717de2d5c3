/** What an export says of itself: one line for a log, a few for a person, a document for a program. */
import { visible, visibleLine } from '../core/index.ts';
import type { RunFigures } from '../app/export-gated.ts';

const CHANGES_SHOWN = 8;

function many(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}

function hours(figures: RunFigures): number {
  return figures.windows.reduce((sum, w) => sum + (Date.parse(w.to) - Date.parse(w.from)) / 3_600_000, 0);
}

/** One line, for cron's log. */
export function exportLine(figures: RunFigures): string {
  const { rows, files, requests, tokens, seconds, through } = figures;
  const parts = [
    many(hours(figures), 'hour'),
    `${many(rows.fetched, 'row')} (${rows.added} new, ${rows.changed} changed${rows.removed > 0 ? `, ${rows.removed} removed` : ''}${rows.kept > 0 ? `, ${rows.kept} kept` : ''})`,
    many(files.length, 'file'),
    many(requests, 'request'),
    many(tokens, 'new token'),
    `${seconds} s`,
    ...(through === undefined ? [] : [`complete to ${through}`]),
  ];
  return `why403 export ${figures.dataset}: ${parts.join(', ')}\n`;
}

/** For a person. */
export function exportText(figures: RunFigures, root: string): string {
  const { windows, rows, files, changes, requests, repeated, tokens, organization } = figures;
  const lines: string[] = [];
  const row = (name: string, text: string): void => void lines.push(`${name.padEnd(10)}${text}`);
  if (organization) row('of', visibleLine(organization.name ?? organization.id));
  if (windows.length === 0) row('exported', 'nothing was owed');
  else {
    const from = windows.map((w) => w.from).sort()[0]!;
    const to = windows
      .map((w) => w.to)
      .sort()
      .at(-1)!;
    const gaps = windows.filter((w) => w.why === 'gap').length;
    row(
      'exported',
      `${short(from)} to ${short(to)} UTC: ${many(hours(figures), 'hour')} in ${many(windows.length, 'query', 'queries')}${gaps > 0 ? `, ${many(gaps, 'gap')} closed` : ''}`,
    );
  }
  const details = [`${rows.added} new`, `${rows.changed} changed`];
  if (rows.removed > 0) details.push(`${rows.removed} removed`);
  if (rows.kept > 0) details.push(`${rows.kept} kept`);
  row('rows', `${rows.fetched} fetched: ${details.join(', ')}`);
  row(
    'files',
    files.length === 0 ? `none changed in ${visibleLine(root)}` : `${named(files)} in ${visibleLine(root)}`,
  );
  const again = repeated > 0 ? `, ${repeated} of them again` : '';
  row('requests', `${requests}${again}, and ${many(tokens, 'new token')}`);
  for (const { hour, key, column, old, new: now } of changes.slice(0, CHANGES_SHOWN))
    row(
      'changed',
      visibleLine(`${hour === '' ? '' : `${short(hour)} `}${key.join(' ')} ${column} ${old} → ${now}`),
    );
  if (changes.length > CHANGES_SHOWN)
    row('', `and ${changes.length - CHANGES_SHOWN} more counts; all in .why403/runs.ndjson`);
  if (figures.through !== undefined) row('complete', `to ${short(figures.through)} UTC`);
  for (const { code, message } of figures.warnings)
    row('warning', visible(code ? `${code}: ${message}` : message));
  return `${lines.join('\n')}\n`;
}

/** The summary document. */
export function exportJson(figures: RunFigures, root: string): string {
  const { changes, ...rest } = figures;
  return `${JSON.stringify({ schema: 1, tool: 'why403', ...rest, archive: root, changes }, undefined, 2)}\n`;
}

function named(files: readonly string[]): string {
  const shown = files.map((file) => visibleLine(file));
  return shown.length <= 3 ? shown.join(', ') : `${shown.length}, ${shown[0]} to ${[...shown].sort().at(-1)}`;
}

function short(hour: string): string {
  return `${hour.slice(0, 10)} ${hour.slice(11, 16)}`;
}
