/** A dataset that somebody declares as data: a request, where its rows are, and what they are called. */
import type { Cell, DataRequest, Dataset, Json, Row, Window } from '../core/index.ts';
import { hourAt, hourWindow, numberOrNull } from './shape.ts';
import { checkDeclaration } from './declared-check.ts';
import type { Column, Declaration, Paging } from './declared-check.ts';
import { found, relative, rowsAt } from './pointer.ts';

/**
 * The dataset that a declaration describes.
 * @param value the parsed JSON
 * @param place the file, for messages
 * @throws Failure `config` (exit 2) naming the field
 */
export function declared(value: Json, place: string): Dataset {
  const it = checkDeclaration(value, place);
  const sample = { from: '2026-01-01T00:00:00Z', to: '2026-01-01T01:00:00Z' } as Window;
  const request = requestOf(it, sample);
  return {
    id: it.id,
    title: it.title,
    needs: [
      {
        method: it.request.method,
        path: request.path,
        ...(request.json === undefined ? {} : { json: request.json }),
        wantedBy: `dataset ${it.id}`,
      },
    ],
    columns: it.columns.map((c) => c.name),
    key: it.key,
    textColumns: it.columns.filter((c) => c.type === 'text').map((c) => c.name),
    ...(it.counts ? { counts: it.counts } : {}),
    maxHours: it.maxHours,
    ask: (window) => requestOf(it, window),
    read(body, window) {
      const rows: Row[] = [];
      for (const at of rowsAt(body, it.rows)) {
        const row = rowOf(it.columns, at.path, at.place);
        const hour = row[it.key[0]!];
        if (typeof hour === 'string' && hour >= window.from && hour < window.to) rows.push(row);
      }
      const more = it.paging && nextOf(it.paging, body, requestOf(it, window));
      return more ? { rows, more } : { rows };
    },
  };
}

function requestOf(it: Declaration, window: Window): DataRequest {
  const { method, path, query, body } = it.request;
  const pairs = Object.entries(query ?? {}).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(filled(String(value), window))}`,
  );
  const base = path
    .replaceAll('{from}', encodeURIComponent(window.from))
    .replaceAll('{to}', encodeURIComponent(window.to));
  const full = pairs.length === 0 ? base : `${base}${base.includes('?') ? '&' : '?'}${pairs.join('&')}`;
  return body === undefined ? { method, path: full } : { method, path: full, json: filledJson(body, window) };
}

function filled(text: string, { from, to }: Window): string {
  return text.replaceAll('{from}', from).replaceAll('{to}', to);
}

function filledJson(value: Json, window: Window): Json {
  if (typeof value === 'string') return filled(value, window);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => filledJson(item, window));
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, filledJson(v, window)]));
}

function rowOf(columns: readonly Column[], path: readonly Json[], place: string): Row {
  return Object.fromEntries(
    columns.map((column): [string, Cell] => [column.name, cellOf(column, path, `${place}${column.from}`)]),
  );
}

function cellOf(column: Column, path: readonly Json[], place: string): Cell {
  const value = relative(path, column.from);
  if (column.type === 'hour')
    return typeof value === 'string' && value.includes('/')
      ? hourWindow(value, place).from
      : hourAt(value, place);
  if (value === undefined || value === null)
    return column.type === 'number' && column.absent === 0 ? 0 : null;
  if (column.type === 'number') return numberOrNull(value, place);
  if (typeof value === 'object') throw new TypeError(`${place} should be a text and is an object or array`);
  return String(value);
}

function nextOf(paging: Paging, body: Json, asked: DataRequest): DataRequest | undefined {
  if ('next' in paging) {
    const next = found(body, paging.next);
    return typeof next === 'string' && next !== '' ? { ...asked, path: next } : undefined;
  }
  if ('cursor' in paging) {
    const cursor = found(body, paging.cursor.next);
    if (typeof cursor !== 'string' || cursor === '') return undefined;
    return { ...asked, path: withParameter(asked.path, paging.cursor.query, cursor) };
  }
  const current = numberOrNull(found(body, paging.page.current), paging.page.current);
  const last = numberOrNull(found(body, paging.page.last), paging.page.last);
  if (current === null || last === null || current >= last) return undefined;
  return { ...asked, path: withParameter(asked.path, paging.page.query, String(current + 1)) };
}

function withParameter(path: string, name: string, value: string): string {
  const [base = '', query = ''] = path.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set(name, value);
  return `${base}?${parameters.toString()}`;
}
