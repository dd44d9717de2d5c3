/** The catalogue: what an endpoint needs. Pure; documents come in as text or bytes, indexes as data. */
import type { Catalogue, CatalogueEntry } from '../core/index.ts';
import { ABSENT, ABSENT_DATE, ABSENT_SOURCE, WISHES } from './absent.ts';
import { BUILT_IN, BUILT_IN_DATE, BUILT_IN_SOURCE } from './built-in.ts';
import { createCatalogue, type KnownCatalogue } from './lookup.ts';

export { BUILT_IN } from './built-in.ts';
export { createDocumentReader, MAX_BYTES, readDocument, type ReadDocument } from './openapi.ts';
export { onScreen, roleJson, smallestRole, type SmallestRole } from './role.ts';
export { terraform } from './terraform.ts';
export { createCatalogue, type KnownCatalogue } from './lookup.ts';

const absent = { paths: ABSENT, source: ABSENT_SOURCE, date: ABSENT_DATE };

/** What the program knows by itself of Genesys Cloud; silent about all that it does not list. */
export const builtIn: KnownCatalogue = createCatalogue(BUILT_IN, {
  source: BUILT_IN_SOURCE,
  date: BUILT_IN_DATE,
  complete: false,
  absent,
  wishes: WISHES,
});

const silent = createCatalogue([], { source: 'no document', date: BUILT_IN_DATE, complete: false });

/**
 * What is known of a provider's endpoints where nobody gave a document of them. The paths of Genesys Cloud say nothing
 * of another API, even where the two look alike.
 * @param provider the id of its profile
 * @param genesys what is known of Genesys Cloud
 */
export function knownOf(provider: string, genesys: Catalogue): Catalogue {
  return provider === 'genesys-cloud' ? genesys : silent;
}

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
  return createCatalogue(known, { ...facts, complete: true, absent, wishes: WISHES });
}
