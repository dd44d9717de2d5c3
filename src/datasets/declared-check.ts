/** What a declaration may say, checked field by field. */
import { Failure } from '../core/index.ts';
import type { Json } from '../core/index.ts';

export interface Column {
  readonly name: string;
  /** JSON pointer from the row; `2/id` starts two levels above it. */
  readonly from: string;
  readonly type: 'hour' | 'text' | 'number';
  /** What a missing number means; default: an empty cell. */
  readonly absent?: 0;
}

export type Paging =
  | { readonly next: string }
  | { readonly page: { readonly query: string; readonly current: string; readonly last: string } }
  | { readonly cursor: { readonly query: string; readonly next: string } };

export interface Declaration {
  readonly id: string;
  readonly title: string;
  readonly request: {
    readonly method: 'GET' | 'POST';
    readonly path: string;
    readonly query?: { readonly [name: string]: string | number | boolean };
    readonly body?: Json;
  };
  /** JSON pointer to the array of rows. */
  readonly rows: string;
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  readonly counts?: readonly string[];
  readonly paging?: Paging;
  readonly maxHours: number;
}

type Fields = { readonly [key: string]: Json };
const POINTER = /^(\/([^~]|~[01])*)?$/s;
const RELATIVE = /^\d*(\/([^~]|~[01])*)?$/s;
const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

/** @throws Failure `config` naming the file, the field, what it is and what it may be */
export function checkDeclaration(value: Json, place: string): Declaration {
  const bad = (field: string, found: Json | undefined, expected: string): Failure =>
    new Failure(
      'config',
      `${place}: ${field} ${found === undefined ? 'is missing' : `is ${JSON.stringify(found).slice(0, 80)}`}.`,
      `${field} should be ${expected}.`,
    );
  const object = (found: Json | undefined, field: string, allowed: readonly string[]): Fields => {
    if (found === null || typeof found !== 'object' || Array.isArray(found))
      throw bad(field, found, `an object with ${allowed.join(', ')}`);
    const unknown = Object.keys(found).find((key) => !allowed.includes(key));
    if (unknown !== undefined)
      throw new Failure(
        'config',
        `${place}: ${field} has a field ${JSON.stringify(unknown)} that is not known.`,
        `${field} may have ${allowed.join(', ')}.`,
      );
    return found as Fields;
  };
  const text = (found: Json | undefined, field: string, form: RegExp, expected: string): string => {
    if (typeof found !== 'string' || !form.test(found)) throw bad(field, found, expected);
    return found;
  };
  const pointer = (found: Json | undefined, field: string): string =>
    text(found, field, POINTER, "a JSON pointer such as '/items' ('' is the whole answer)");
  const list = (found: Json | undefined, field: string, expected: string): readonly Json[] => {
    if (!Array.isArray(found) || found.length === 0) throw bad(field, found, expected);
    return found as readonly Json[];
  };

  const top = object(value, 'the declaration', [
    'schema',
    'id',
    'title',
    'request',
    'rows',
    'columns',
    'key',
    'counts',
    'paging',
    'maxHours',
  ]);
  if (top['schema'] !== 1) throw bad('schema', top['schema'], '1, the version that this program reads');
  const id = text(
    top['id'],
    'id',
    /^[a-z][a-z0-9-]{0,63}$/,
    'a short name of small letters, digits and hyphens',
  );
  const request = checkRequest();
  const columns = list(top['columns'], 'columns', 'a list of columns').map(checkColumn);
  const names = columns.map((c) => c.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new Failure(
      'config',
      `${place}: columns names ${twice} twice.`,
      'Give every column a name of its own.',
    );
  const columnNames = (field: 'key' | 'counts'): string[] =>
    list(top[field], field, `a list of column names, of ${names.join(', ')}`).map((name, i) => {
      if (typeof name !== 'string' || !names.includes(name))
        throw bad(`${field}[${i}]`, name, `one of the columns ${names.join(', ')}`);
      return name;
    });
  const key = columnNames('key');
  if (columns.find((c) => c.name === key[0])?.type !== 'hour')
    throw bad('key[0]', key[0], 'the column of type hour, because the archive is kept by hours');
  const maxHours = top['maxHours'] ?? 24;
  if (typeof maxHours !== 'number' || !Number.isInteger(maxHours) || maxHours < 1 || maxHours > 8784)
    throw bad(
      'maxHours',
      maxHours,
      'a whole number of hours from 1 to 8784, the longest span of one request',
    );
  return {
    id,
    title:
      top['title'] === undefined ? id : text(top['title'], 'title', /^[^\n]{1,200}$/, 'one line of text'),
    request,
    rows: pointer(top['rows'], 'rows'),
    columns,
    key,
    ...(top['counts'] === undefined ? {} : { counts: columnNames('counts') }),
    ...(top['paging'] === undefined ? {} : { paging: checkPaging(top['paging']) }),
    maxHours,
  };

  function checkRequest(): Declaration['request'] {
    const it = object(top['request'], 'request', ['method', 'path', 'query', 'body']);
    const method = it['method'];
    if (method !== 'GET' && method !== 'POST') throw bad('request.method', method, 'GET or POST');
    const path = text(
      it['path'],
      'request.path',
      /^\/(?!\/)[^\s\\#]*$/,
      'a path on the API host that begins with one /',
    );
    const query =
      it['query'] === undefined
        ? undefined
        : object(it['query'], 'request.query', Object.keys(it['query'] ?? {}));
    for (const [name, found] of Object.entries(query ?? {}))
      if (!['string', 'number', 'boolean'].includes(typeof found))
        throw bad(`request.query.${name}`, found, 'a text, a number, true or false');
    if (it['body'] !== undefined && method === 'GET')
      throw bad('request.body', it['body'], 'left out for GET');
    const all = JSON.stringify([path, query ?? {}, it['body'] ?? null]);
    for (const mark of ['{from}', '{to}'])
      if (!all.includes(mark))
        throw new Failure(
          'config',
          `${place}: request does not say where ${mark} stands.`,
          `Write ${mark} in path, query or body; the program puts the window's UTC instants there, the end exclusive.`,
        );
    return {
      method,
      path,
      ...(query ? { query: query as { [name: string]: string | number | boolean } } : {}),
      ...(it['body'] === undefined ? {} : { body: it['body'] }),
    };
  }

  function checkColumn(found: Json, i: number): Column {
    const field = `columns[${i}]`;
    const it = object(found, field, ['name', 'from', 'type', 'absent']);
    const name = text(
      it['name'],
      `${field}.name`,
      NAME,
      'a name of letters, digits and _ that begins with a letter',
    );
    const from = text(
      it['from'] ?? `/${name}`,
      `${field}.from`,
      RELATIVE,
      "a JSON pointer from the row, such as '/offered'",
    );
    const type = it['type'] ?? 'text';
    if (type !== 'hour' && type !== 'text' && type !== 'number')
      throw bad(`${field}.type`, type, 'hour, text or number');
    if (it['absent'] !== undefined && (it['absent'] !== 0 || type !== 'number'))
      throw bad(`${field}.absent`, it['absent'], '0, for a number that counts');
    return { name, from, type, ...(it['absent'] === 0 ? { absent: 0 as const } : {}) };
  }

  function checkPaging(found: Json): Paging {
    const it = object(found, 'paging', ['next', 'page', 'cursor']);
    if (Object.keys(it).length !== 1) throw bad('paging', found, 'one of next, page, cursor');
    const parameter = (value: Json | undefined, field: string): string =>
      text(value, field, /^[^\s&=?#]+$/, 'the name of a query parameter');
    if (it['next'] !== undefined) return { next: pointer(it['next'], 'paging.next') };
    if (it['cursor'] !== undefined) {
      const cursor = object(it['cursor'], 'paging.cursor', ['query', 'next']);
      return {
        cursor: {
          query: parameter(cursor['query'], 'paging.cursor.query'),
          next: pointer(cursor['next'], 'paging.cursor.next'),
        },
      };
    }
    const page = object(it['page'], 'paging.page', ['query', 'current', 'last']);
    return {
      page: {
        query: parameter(page['query'], 'paging.page.query'),
        current: pointer(page['current'], 'paging.page.current'),
        last: pointer(page['last'], 'paging.page.last'),
      },
    };
  }
}
