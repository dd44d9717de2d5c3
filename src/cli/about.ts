/** The head of a report: whom it is about. */
import type { Evidence, ProviderProfile } from '../core/index.ts';
import { genesysCatalogue } from '../app/catalogue.ts';
import type { About } from '../render/index.ts';

/** From what the answers say of organisation and client; the same for `diagnose` and `export`. */
export function aboutOf(evidence: Evidence, profile: ProviderProfile): About {
  const scene = { evidence, profile, catalogue: genesysCatalogue({}), mode: 'climb' } as const;
  const holdings = profile.holdings?.(scene);
  return {
    provider: profile.title,
    ...(evidence.settings.region !== undefined && { region: evidence.settings.region }),
    ...(holdings?.organization?.name !== undefined && { organization: holdings.organization.name }),
    ...(evidence.client?.id !== undefined && { clientId: evidence.client.id }),
    ...(holdings?.client?.name !== undefined && { clientName: holdings.client.name }),
    endpoints: evidence.needs.map(({ method, path }) => `${method} ${path}`),
  };
}
