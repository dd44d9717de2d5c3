/** Which catalogue a run uses: the org's own document where it was fetched, else what is built in. */
import {
  builtIn,
  createCatalogue,
  type KnownCatalogue,
  readDocument,
  withBuiltIn,
} from '../catalogue/index.ts';
import { catalogueFolder, readCatalogueIndex } from '../io/catalogue-file.ts';

/**
 * What is known of Genesys Cloud's endpoints: the index of the host, else the newest of any region, because all regions
 * have the same API. Reads one file of the cache; asks nobody.
 */
export function genesysCatalogue(env: NodeJS.ProcessEnv, host?: string): KnownCatalogue {
  const folder = catalogueFolder(env);
  const index = folder === undefined ? undefined : readCatalogueIndex(folder, host);
  if (!index) return builtIn;
  return withBuiltIn(index.entries, { source: `the API document of ${index.host}`, date: index.date });
}

/**
 * The catalogue of any API, from its OpenAPI or Swagger document.
 * @param bytes the document, JSON or YAML
 * @param facts where it comes from, in words, and its day
 * @throws Failure `config` with the reason for which the document is refused
 */
export function documentCatalogue(
  bytes: Uint8Array,
  facts: { readonly source: string; readonly date: string },
): KnownCatalogue {
  const { entries, genesys } = readDocument(bytes, facts);
  return genesys ? withBuiltIn(entries, facts) : createCatalogue(entries, { ...facts, complete: true });
}
