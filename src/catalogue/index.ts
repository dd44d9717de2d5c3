/** The catalogue: what an endpoint needs. Pure; documents come in as text or bytes, indexes as data. */
import type { CatalogueEntry } from '../core/index.ts';
import { ABSENT, WISHES } from './absent.ts';
import { BUILT_IN, BUILT_IN_DATE, BUILT_IN_SOURCE } from './built-in.ts';
import { createCatalogue, type KnownCatalogue } from './lookup.ts';

export { BUILT_IN } from './built-in.ts';
export { createCatalogue, type CatalogueFacts, type KnownCatalogue } from './lookup.ts';

/** What the program knows by itself of Genesys Cloud; silent about all that it does not list. */
export const builtIn: KnownCatalogue = createCatalogue(BUILT_IN, {
  source: BUILT_IN_SOURCE,
  date: BUILT_IN_DATE,
  complete: false,
  absent: ABSENT,
  wishes: WISHES,
});

/**
 * The org's own document, with what only a check by hand can say: which POST is a query and its smallest body, where
 * rows depend on divisions, and what a client-credentials token gets where the document is silent.
 * @param entries read from the document; they are all that the API has
 * @param facts where and when it was read
 */
export function withBuiltIn(
  entries: readonly CatalogueEntry[],
  facts: { readonly source: string; readonly date: string },
): KnownCatalogue {
  const known = entries.map((entry): CatalogueEntry => {
    const own = builtIn.find(entry.method, entry.path);
    if (own?.path !== entry.path) return entry;
    return {
      ...entry,
      ...(own.query === undefined ? {} : { query: own.query }),
      ...(own.smallestBody === undefined ? {} : { smallestBody: own.smallestBody }),
      divisionAware: entry.divisionAware === 'unknown' ? own.divisionAware : entry.divisionAware,
      clientCredentials:
        entry.clientCredentials === 'unknown' ? own.clientCredentials : entry.clientCredentials,
    };
  });
  return createCatalogue(known, { ...facts, complete: true, absent: ABSENT, wishes: WISHES });
}
