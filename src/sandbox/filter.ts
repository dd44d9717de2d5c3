/** The filter of an analytics query: predicates and two levels of clauses, over a row's dimensions. */
import type { Json } from '../core/index.ts';
import { isObject } from './wire.ts';

/** A row's dimensions; one that is absent does not exist in that row. */
export type Dimensions = { readonly [name: string]: string | undefined };
export type Test = (row: Dimensions) => boolean;

/** What is wrong with a filter, in the words of the API's `invalid.value`. */
export class BadFilter extends Error {}

function predicate(of: Json, known: readonly string[]): Test {
  if (!isObject(of)) throw new BadFilter('Value [predicates] is not valid for field type [Predicate].');
  const dimension = of['dimension'];
  if (typeof dimension !== 'string' || !known.includes(dimension)) {
    throw new BadFilter(
      `Value [${JSON.stringify(dimension ?? null)}] is not valid for field type [Dimension]. Allowable values are: ${known.join(', ')}`,
    );
  }
  const operator = of['operator'] ?? 'matches';
  const value = of['value'];
  if (operator === 'matches') return (row) => row[dimension] === value;
  if (operator === 'exists') return (row) => row[dimension] !== undefined;
  if (operator === 'notExists') return (row) => row[dimension] === undefined;
  throw new BadFilter(
    `Value [${JSON.stringify(operator)}] is not valid for field type [Operator]. Allowable values are: matches, exists, notExists`,
  );
}

/**
 * @param filter `{type: 'and'|'or', predicates?, clauses?}`; undefined keeps every row
 * @throws BadFilter in the API's words
 */
export function filterOf(filter: Json | undefined, known: readonly string[], depth = 0): Test {
  if (filter === undefined) return () => true;
  if (!isObject(filter)) throw new BadFilter('Value [filter] is not valid for field type [Filter].');
  const type = filter['type'];
  if (type !== 'and' && type !== 'or') {
    throw new BadFilter(
      `Value [${JSON.stringify(type ?? null)}] is not valid for field type [FilterType]. Allowable values are: and, or`,
    );
  }
  const list = (name: string): readonly Json[] => {
    const value = filter[name];
    return Array.isArray(value) ? (value as readonly Json[]) : [];
  };
  const tests = list('predicates').map((p) => predicate(p, known));
  if (depth === 0) tests.push(...list('clauses').map((c) => filterOf(c, known, 1)));
  if (tests.length === 0) return () => true;
  return type === 'and' ? (row) => tests.every((t) => t(row)) : (row) => tests.some((t) => t(row));
}
