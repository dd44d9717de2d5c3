/** Reading answers: each says what it expected and where, so that another shape is a message and not a crash. */
import { HOUR_MS, hourOf } from '../core/index.ts';
import type { Dataset, Hour, Json, Window } from '../core/index.ts';

type JsonObject = { readonly [key: string]: Json };

/** For messages; of what is read a hundred thousand times it is only put together when it is needed. */
type Place = string | (() => string);

function placed(place: Place): string {
  return typeof place === 'string' ? place : place();
}

function kindOf(value: Json | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** @throws TypeError where it is no object */
export function recordOf(value: Json | undefined, place: Place): JsonObject {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new TypeError(`${placed(place)} should be an object and is ${kindOf(value)}`);
  return value as JsonObject;
}

/** @throws TypeError where it is no array */
export function arrayAt(value: Json | undefined, place: Place): readonly Json[] {
  if (!Array.isArray(value))
    throw new TypeError(`${placed(place)} should be an array and is ${kindOf(value)}`);
  return value as readonly Json[];
}

/** What an analytics query's answer may hold beside its results. */
const BESIDE_RESULTS = ['systemToOrganizationMappings'];

/**
 * The `results` of an analytics query. They may be absent where there are none (facts §1.1), but a document with
 * anything else in their place is no answer: hours must not be closed as empty by an error.
 * @throws TypeError where they are no array, or absent beside something else
 */
export function resultsOf(body: Json): readonly Json[] {
  const answer = recordOf(body, 'the answer');
  const { results } = answer;
  if (results !== undefined) return arrayAt(results, 'results');
  const others = Object.keys(answer).filter((key) => !BESIDE_RESULTS.includes(key));
  if (others.length === 0) return [];
  const shown = others.slice(0, 3).map((key) => JSON.stringify(key.slice(0, 40)));
  throw new TypeError(`results is missing, and there is ${shown.join(', ')} instead`);
}

export function textOrNull(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** @throws TypeError where it is there and no number */
export function numberOrNull(value: Json | undefined, place: Place): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number')
    throw new TypeError(`${placed(place)} should be a number and is ${kindOf(value)}`);
  return value;
}

/**
 * The hour of an ISO 8601 instant.
 * @throws TypeError where it is no instant on a whole UTC hour
 */
export function hourAt(value: Json | undefined, place: Place): Hour {
  const at =
    typeof value === 'string' && /[zZ]$|[+-]\d\d:?\d\d$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at))
    throw new TypeError(`${placed(place)} should be an instant with its zone and is ${kindOf(value)}`);
  if (at % HOUR_MS !== 0) throw new TypeError(`${placed(place)} is not on a whole hour`);
  return hourOf(at);
}

/** The hour of an interval `start/end`. */
export function hourWindow(value: Json | undefined, place: Place): Window {
  const [start, end, more] = typeof value === 'string' ? value.split('/') : [];
  if (start === undefined || end === undefined || more !== undefined)
    throw new TypeError(`${placed(place)} should be an interval start/end and is ${kindOf(value)}`);
  const window = { from: hourAt(start, place), to: hourAt(end, place) };
  if (Date.parse(window.to) - Date.parse(window.from) !== HOUR_MS)
    throw new TypeError(`${placed(place)} should be one hour long`);
  return window;
}

/** `hourWindow` for an answer that names the same few hours again and again. */
export function hourReader(): typeof hourWindow {
  const known = new Map<Json | undefined, Window>();
  return (value, place) => {
    let window = known.get(value);
    if (!window) {
      window = hourWindow(value, place);
      known.set(value, window);
    }
    return window;
  };
}

/** Every hour of a window. */
export function hoursOf({ from, to }: Window): Window[] {
  const out: Window[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += HOUR_MS)
    out.push({ from: hourOf(at), to: hourOf(at + HOUR_MS) });
  return out;
}

/** Names from a listing of entities with `id`, `name` and `nextUri`. @param what for messages */
export function namesFrom(path: string, what: string): NonNullable<Dataset['names']> {
  return {
    first: () => ({ method: 'GET', path }),
    read(body) {
      const list = recordOf(body, `the list of ${what}`);
      const names = arrayAt(list['entities'], 'entities').map((entity, i): [string, string] => {
        const { id, name } = recordOf(entity, `entities[${i}]`);
        if (typeof id !== 'string') throw new TypeError(`entities[${i}].id is no text`);
        return [id, typeof name === 'string' ? name : ''];
      });
      const next = list['nextUri'];
      return typeof next === 'string' && next !== ''
        ? { names, more: { method: 'GET', path: next } }
        : { names };
    },
  };
}
