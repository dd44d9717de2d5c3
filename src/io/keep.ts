/** Reduces a JSON value to the paths that a check reads (`entities[].name`, `features.*`, `permissionMap.*[].action`). */
import type { Json } from '../core/index.ts';
import { errorFieldAllowed, freeMap, secretNamed } from './allowed.ts';

export interface Limits {
  /** Called on every string that stays. */
  readonly text: (text: string) => string;
}

const DEEPEST = 8;
const MOST_ITEMS = 50;

/**
 * Only what a path names stays. A path ends at a scalar or at an array of scalars; an object at its end is dropped,
 * unless the last part is `*`, which keeps the scalars of a map.
 */
export function keepPaths(value: Json, paths: readonly string[], limits: Limits): Json | undefined {
  const split = paths.map((path) => path.split('.').flatMap(parts));
  return keep(value, split, limits);
}

/** `entities[]` is two steps: into the field, and into each item. */
function parts(part: string): string[] {
  const name = part.replace(/(?:\[\])+$/, '');
  const items = (part.length - name.length) / 2;
  return [...(name === '' ? [] : [name]), ...Array.from({ length: items }, () => '[]')];
}

function keep(value: Json, paths: readonly (readonly string[])[], limits: Limits): Json | undefined {
  if (paths.some((path) => path.length === 0)) {
    const leaf = leafOf(value, limits);
    if (leaf !== undefined) return leaf;
  }
  const open = paths.filter((path) => path.length > 0);
  if (open.length === 0 || value === null || typeof value !== 'object') return undefined;
  if (Array.isArray(value)) {
    const inner = open.filter((path) => path[0] === '[]').map((path) => path.slice(1));
    if (inner.length === 0) return undefined;
    return (value as readonly Json[]).map((item) => keep(item, inner, limits) ?? null);
  }
  const out: { [name: string]: Json } = {};
  for (const [name, field] of Object.entries(value)) {
    // Under a name like a secret's only a scalar can be one; the objects of a map are read by their own paths.
    const isScalar = field === null || typeof field !== 'object';
    const wild = open.filter((path) => path[0] === '*' && !(isScalar && secretNamed(name)));
    const inner = [...open.filter((path) => path[0] === name), ...wild].map((path) => path.slice(1));
    if (inner.length === 0) continue;
    const kept = keep(field, inner, limits);
    if (kept !== undefined) out[wild.length > 0 ? limits.text(name) : name] = kept;
  }
  return out;
}

function leafOf(value: Json, limits: Limits): Json | undefined {
  if (typeof value === 'string') return limits.text(value);
  if (value === null || typeof value !== 'object') return value;
  if (!Array.isArray(value)) return undefined;
  const scalars = (value as readonly Json[]).filter((item) => item === null || typeof item !== 'object');
  return scalars.map((item) => (typeof item === 'string' ? limits.text(item) : item));
}

/** A refusal's body, reduced to the fields that errors are told in (RFC 6749 §5.2, RFC 9457 and the vendors' own). */
export function keepErrorFields(value: Json, limits: Limits, depth = 0): Json | undefined {
  if (typeof value === 'string') return limits.text(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth > DEEPEST) return undefined;
  if (Array.isArray(value)) {
    return (value as readonly Json[])
      .slice(0, MOST_ITEMS)
      .map((item) => keepErrorFields(item, limits, depth + 1))
      .filter((item) => item !== undefined);
  }
  const out: { [name: string]: Json } = {};
  for (const [name, field] of Object.entries(value)) {
    if (freeMap(name)) out[name] = scalarsOf(field, limits);
    else if (errorFieldAllowed(name)) {
      const kept = keepErrorFields(field, limits, depth + 1);
      if (kept !== undefined) out[name] = kept;
    }
  }
  return out;
}

function scalarsOf(value: Json, limits: Limits): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return leafOf(value, limits) ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, field]) => !secretNamed(name) && (field === null || typeof field !== 'object'))
      .slice(0, MOST_ITEMS)
      .map(([name, field]) => [limits.text(name), typeof field === 'string' ? limits.text(field) : field]),
  );
}
