/** Reads an org file field by field, and names the place that it could not read. */
import { Failure } from '../core/index.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PERMISSION = /^[\w*]+:[\w*]+:[\w*]+$|^\*$/;

export type Fields = { readonly [key: string]: unknown };

/** The path of a field; the file itself is `''`. */
function under(at: string, name: string): string {
  return at === '' ? name : `${at}.${name}`;
}

/** One field at a time; each method throws a `Failure` that names its field. */
export class Reader {
  readonly file: string;
  constructor(file: string) {
    this.file = file;
  }

  fail(at: string, expected: string, missing = false): never {
    const what = missing ? 'is missing' : 'is not what it should be';
    throw new Failure('config', `${this.file}: ${at} ${what}`, `${at}: ${expected}`);
  }

  object(value: unknown, at: string): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      this.fail(at, 'an object, { … }', value === undefined);
    return value as Fields;
  }

  text(of: Fields, name: string, at: string, fallback?: string): string {
    const value = of[name] ?? fallback;
    if (typeof value !== 'string' || (value === '' && fallback !== '')) {
      this.fail(under(at, name), 'a text that is not empty', value === undefined);
    }
    return value;
  }

  uuid(of: Fields, name: string, at: string): string {
    const value = this.text(of, name, at);
    return UUID.test(value)
      ? value
      : this.fail(under(at, name), 'a UUID, e.g. 3f2a9c1e-5b7d-4e8a-9c2f-1d6b8e4a7f30');
  }

  number(of: Fields, name: string, at: string, range: readonly [number, number], fallback?: number): number {
    const value = of[name] ?? fallback;
    if (typeof value !== 'number' || !(value >= range[0] && value <= range[1])) {
      this.fail(under(at, name), `a number from ${range[0]} to ${range[1]}`, value === undefined);
    }
    return value;
  }

  flag(of: Fields, name: string, at: string, fallback: boolean): boolean {
    const value = of[name] ?? fallback;
    return typeof value === 'boolean' ? value : this.fail(under(at, name), 'true or false');
  }

  choice<T extends string>(of: Fields, name: string, at: string, choices: readonly T[], fallback?: T): T {
    const value = of[name] ?? fallback;
    const found = choices.find((c) => c === value);
    return found ?? this.fail(under(at, name), `one of ${choices.join(', ')}`, value === undefined);
  }

  list<T>(of: Fields, name: string, at: string, read: (item: unknown, at: string) => T, least = 0): T[] {
    const value = of[name] ?? (least === 0 ? [] : undefined);
    if (!Array.isArray(value) || value.length < least) {
      this.fail(
        under(at, name),
        least === 0 ? 'a list, [ … ]' : `a list with at least ${least} entry`,
        value === undefined,
      );
    }
    return value.map((item, i) => read(item, `${under(at, name)}[${i}]`));
  }

  texts(of: Fields, name: string, at: string, least = 0): string[] {
    return this.list(
      of,
      name,
      at,
      (item, place) =>
        typeof item === 'string' && item !== '' ? item : this.fail(place, 'a text that is not empty'),
      least,
    );
  }

  permissions(of: Fields, name: string, at: string): string[] {
    return this.texts(of, name, at).map((p, i) =>
      PERMISSION.test(p) ? p : this.fail(`${under(at, name)}[${i}]`, 'a permission, e.g. routing:queue:view'),
    );
  }

  /** Ids that something else refers to must exist, and once only. */
  unique(ids: readonly string[], at: string): void {
    const twice = ids.find((id, i) => ids.indexOf(id) !== i);
    if (twice !== undefined) this.fail(at, `ids that differ from each other; ${twice} stands there twice`);
  }
}
