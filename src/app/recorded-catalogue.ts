/** The part of a fetched catalogue that a judgement used, kept in the recording so that a replay judges alike. */
import { createCatalogue } from '../catalogue/index.ts';
import { CONTENTS } from '../checks/endpoint/behind.ts';
import type { Catalogue, CatalogueEntry, Evidence } from '../core/index.ts';

/** The evidence with the rows that its needs met: their own, else the nearest ones. */
export function withCatalogue(evidence: Evidence, catalogue: Catalogue): Evidence {
  const entries = evidence.needs.flatMap(({ method, path }): CatalogueEntry[] => {
    const own = catalogue.find(method, path);
    if (own) return [own, ...below(path, catalogue)];
    return catalogue.nearest(method, path).flatMap((near) => catalogue.find(near.method, near.path) ?? []);
  });
  const absent = evidence.needs.filter(({ method, path }) => catalogue.exists(method, path) === false);
  const { source, date } = catalogue;
  return { ...evidence, catalogue: { source, date, complete: absent.length > 0, entries } };
}

/** What hangs below the items of a list. */
function below(path: string, catalogue: Catalogue): CatalogueEntry[] {
  return CONTENTS.flatMap((content) => catalogue.find('GET', `${path}/1/${content}`) ?? []);
}

/** The catalogue of a recording; undefined where it holds none. */
export function recordedCatalogue({ catalogue }: Evidence): Catalogue | undefined {
  if (!catalogue) return undefined;
  const { source, date, complete, entries } = catalogue;
  return createCatalogue(entries, { source, date, complete });
}
