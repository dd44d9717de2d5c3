/** Whose API is meant, for the commands that need no credentials. */
import { Failure, visibleLine } from '../core/index.ts';
import { regionOf, REGIONS, regionUrls } from '../providers/genesys-regions.ts';

export interface WhoseApi {
  readonly region?: string;
  readonly apiUrl?: string;
}

/** The API's base URL, without a slash at its end, as flags and environment say; undefined where they are silent. Throws `Failure('config')`. */
export function apiUrlOf(args: WhoseApi, env: NodeJS.ProcessEnv): string | undefined {
  const url = args.apiUrl ?? (args.region === undefined ? env['WHY403_API_URL'] || undefined : undefined);
  if (url !== undefined) {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new Failure('config', 'the API URL is no URL', 'e.g. --api-url https://api.mypurecloud.de');
    }
    // A gateway has a path of its own.
    const { origin, pathname } = new URL(url);
    return `${origin}${pathname.replace(/\/+$/, '')}`;
  }
  const given = args.region ?? (env['WHY403_REGION'] || env['GENESYSCLOUD_REGION'] || undefined);
  if (given === undefined) return undefined;
  const region = regionOf(given);
  if (!region) {
    throw new Failure(
      'config',
      `there is no region '${visibleLine(given)}'`,
      `there are: ${REGIONS.map(({ aws }) => aws).join(', ')}`,
    );
  }
  return regionUrls(region).api;
}
