/** Whose API is meant, for the commands that need no credentials. */
import { regionUrls } from '../providers/genesys-regions.ts';
import type { Layer } from './settings-layers.ts';
import { baseUrl } from './settings-urls.ts';
import { knownRegion } from './settings-where.ts';

/**
 * The API's base URL, without a slash at its end, of the first source that names it or a region; undefined where none
 * does.
 * @throws Failure `config` for what is no region and no URL
 */
export function apiUrlOf(layers: readonly Layer[]): string | undefined {
  for (const { given } of layers) {
    const url = given.get('api-url');
    if (url) return baseUrl(url.value, 'api-url');
    const region = given.get('region');
    if (region) return regionUrls(knownRegion(region.value, '--api-url')).api;
  }
  return undefined;
}
