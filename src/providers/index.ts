/** The register of providers: one file and one line each. */
import type { ProviderProfile } from '../core/index.ts';
import { generic } from './generic.ts';
import { genesysCloud } from './genesys-cloud.ts';
import { hearing } from './vendors/index.ts';

export const profiles: Readonly<Record<string, ProviderProfile>> = {
  'genesys-cloud': genesysCloud,
  generic: hearing(generic),
};

/** The profile of a provider's id; undefined for an id that is not in the register. */
export function profileOf(name: string): ProviderProfile | undefined {
  return Object.hasOwn(profiles, name) ? profiles[name] : undefined;
}

export { nearestRegions, regionOf, regionTitle, regionUrls, type Region } from './genesys-regions.ts';
