/** JSON pointers (RFC 6901), with `*` for every item of an array, and relative ones for what stands above a row. */
import type { Json } from '../core/index.ts';

/** `/a/b~1c` as its keys. */
export function keysOf(pointer: string): string[] {
  return pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function child(value: Json | undefined, key: string): Json | undefined {
  if (value === null || typeof value !== 'object' || value === undefined) return undefined;
  if (Array.isArray(value))
    return /^(0|[1-9]\d*)$/.test(key) ? (value as readonly Json[])[Number(key)] : undefined;
  return Object.hasOwn(value, key) ? (value as { [k: string]: Json })[key] : undefined;
}

/** What stands at a pointer; undefined if nothing does. */
export function found(value: Json, pointer: string): Json | undefined {
  return keysOf(pointer).reduce<Json | undefined>((at, key) => child(at, key), value);
}

/** A row with all that stands above it: the document first, the row last. */
export interface RowPath {
  readonly path: readonly Json[];
  readonly place: string;
}

/**
 * The rows at a pointer: the items of the array there; `*` walks into every item on the way.
 * @throws TypeError where no array stands there; a missing or null one has no rows, unless the document is no object or
 * array, or speaks of an error instead
 */
export function rowsAt(document: Json, pointer: string): RowPath[] {
  if (document === null || typeof document !== 'object')
    throw new TypeError(
      `the answer should be an object or an array and is ${JSON.stringify(document).slice(0, 40)}`,
    );
  let walked = false;
  let at: RowPath[] = [{ path: [document], place: '' }];
  for (const key of [...keysOf(pointer), '*']) {
    at = at.flatMap(({ path, place }) => {
      const value = path.at(-1) as Json;
      if (key !== '*') {
        const next = child(value, key);
        return next === undefined || next === null
          ? []
          : [{ path: [...path, next], place: `${place}/${key}` }];
      }
      if (!Array.isArray(value)) throw new TypeError(`${place || 'the answer'} should be an array`);
      walked = true;
      return (value as readonly Json[]).map((item, i) => ({ path: [...path, item], place: `${place}/${i}` }));
    });
  }
  const error = walked ? [] : errorsIn(document);
  if (error.length > 0)
    throw new TypeError(`${pointer} is missing, and there is ${error.join(', ')} instead`);
  return at;
}

/** Where an API puts what went wrong. */
const ERROR_FIELDS = ['error', 'errors', 'fault', 'exception', 'message', 'code', 'detail'];

/** The fields of an answer that speak of an error. */
function errorsIn(document: Json): string[] {
  return ERROR_FIELDS.filter((key) => {
    const value = child(document, key);
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
  });
}

/** `/name` from the row, `2/id` from two levels above it (an array is a level of its own). */
export function relative(path: readonly Json[], pointer: string): Json | undefined {
  const [, up = '', rest = ''] = /^(\d*)(.*)$/s.exec(pointer) ?? [];
  const base = path[path.length - 1 - Number(up || 0)];
  return base === undefined ? undefined : found(base, rest);
}
