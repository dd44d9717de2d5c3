/** A vendor written as a table: a row is a wording, what it mostly comes from, and where it counts. */
import { says, type Phrase } from './phrase.ts';
import type { Ranking } from './rankings.ts';
import type { Vendor } from './vendor.ts';

/** The ranking with its first cause explained in a service's own words. */
export function because([[code, likelihood], ...others]: Ranking, why: string, tell?: string): Ranking {
  return [tell === undefined ? [code, likelihood, why] : [code, likelihood, why, tell], ...others];
}

/** The field of an answer that holds one of these numbers: `code: 190`, `"errorId":1001`, `<ErrorCode>931`. */
export function numbered(field: string, numbers: string, words = ''): RegExp {
  return new RegExp(
    `(?:${field})["'>]?\\s{0,2}[:=]?\\s{0,2}["'([]?(?:${numbers})\\b${words === '' ? '' : `|${words}`}`,
    'i',
  );
}

export const CALL = { on: 'endpoint' } as const;
export const TOKEN = { on: 'token' } as const;

export type Row = readonly [
  pattern: RegExp,
  causes: Ranking,
  more?: Partial<Omit<Phrase, 'says' | 'causes'>>,
];

export type Service = Omit<Vendor, 'docs' | 'phrases' | 'signs'> & {
  readonly signs?: readonly RegExp[];
  /** The documentation of its errors. */
  readonly docs: string;
  readonly rows: readonly Row[];
};

/** A vendor of a table of rows. */
export function vendorOf({ docs, rows, signs = [], title, ...rest }: Service): Vendor {
  return {
    ...rest,
    title,
    signs,
    docs: { title: `${title}: errors`, url: docs },
    phrases: rows.map(([pattern, causes, more]) => says(pattern, causes, docs, more)),
  };
}
