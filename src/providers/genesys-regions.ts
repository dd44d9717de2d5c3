/** The regions of Genesys Cloud, and which region a text or a host means. Hosts are matched whole, never by prefix. */

export interface Region {
  /** The AWS region, as Genesys names it. */
  readonly aws: string;
  /** `api.`, `login.` and `apps.` stand in front of it. */
  readonly domain: string;
}

const row = (aws: string, domain: string): Region => ({ aws, domain });

/** Facts: Genesys JavaScript SDK 262.0.0, PureCloudRegionHosts; the same rows in the other SDKs and Terraform. */
export const REGIONS: readonly Region[] = [
  row('us-east-1', 'mypurecloud.com'),
  row('us-east-2', 'use2.us-gov-pure.cloud'),
  row('us-west-2', 'usw2.pure.cloud'),
  row('ca-central-1', 'cac1.pure.cloud'),
  row('mx-central-1', 'mxc1.pure.cloud'),
  row('sa-east-1', 'sae1.pure.cloud'),
  row('eu-west-1', 'mypurecloud.ie'),
  row('eu-west-2', 'euw2.pure.cloud'),
  row('eu-central-1', 'mypurecloud.de'),
  row('eu-central-2', 'euc2.pure.cloud'),
  row('eusc-de-east-1', 'edee1.eusc-pure.cloud'),
  row('me-central-1', 'mec1.pure.cloud'),
  row('ap-south-1', 'aps1.pure.cloud'),
  row('ap-southeast-1', 'apse1.pure.cloud'),
  row('ap-southeast-2', 'mypurecloud.com.au'),
  row('ap-northeast-1', 'mypurecloud.jp'),
  row('ap-northeast-2', 'apne2.pure.cloud'),
  row('ap-northeast-3', 'apne3.pure.cloud'),
];

export type HostPart = 'token' | 'api' | 'app';

const PARTS: readonly (readonly [string, HostPart])[] = [
  ['login.', 'token'],
  ['api.', 'api'],
  ['apps.', 'app'],
];

/** `eu-central-1 (mypurecloud.de)`: how a region is written for people. */
export function regionTitle(region: Region): string {
  return `${region.aws} (${region.domain})`;
}

export function regionUrls({ domain }: Region): { login: string; api: string; apps: string } {
  return { login: `https://login.${domain}`, api: `https://api.${domain}`, apps: `https://apps.${domain}` };
}

/** Which region a host belongs to, and which part of it the host is; undefined for every other host. */
export function regionOfHost(host: string): { region: Region; part: HostPart } | undefined {
  const name = host.toLowerCase().replace(/\.$/, '');
  for (const [prefix, part] of PARTS) {
    const region = REGIONS.find(({ domain }) => name === `${prefix}${domain}`);
    if (region) return { region, part };
  }
  return undefined;
}

/**
 * The region that a setting means: an AWS name with `-` or `_`, a domain with or without scheme and `api.`,
 * `login.` or `apps.`, or the title that this program writes.
 */
export function regionOf(text: string): Region | undefined {
  const given = text.trim().toLowerCase();
  const aws = given.replaceAll('_', '-');
  const host = hostIn(given);
  return REGIONS.find(
    (region) =>
      region.aws === aws ||
      regionTitle(region) === given ||
      region.domain === host ||
      regionOfHost(host)?.region === region,
  );
}

function hostIn(text: string): string {
  const [, rest = ''] = /^(?:https?:\/\/)?(.*)$/s.exec(text) ?? [];
  return rest.split(/[/?#]/, 1)[0] ?? '';
}

/** The regions that a text which is none comes nearest to, as titles, best first. */
export function nearestRegions(text: string, most = 3): string[] {
  const given = hostIn(text.trim().toLowerCase().replaceAll('_', '-').slice(0, 80));
  const bare = given.replace(/^(?:api|login|apps)\./, '');
  return REGIONS.map((region) => ({
    region,
    far: Math.min(distance(given, region.aws), distance(bare, region.domain)),
  }))
    .sort((a, b) => a.far - b.far)
    .slice(0, most)
    .map(({ region }) => regionTitle(region));
}

/** Levenshtein's distance, row by row. */
function distance(a: string, b: string): number {
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (last[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    last = next;
  }
  return last[b.length] ?? 0;
}

/** Hosts that forum posts name and no table of regions has (whole hosts; `help.genesys.cloud` and the like are real). */
const INVENTED: readonly RegExp[] = [
  /^(?:api|login|apps)\.(?:[a-z]{2}\.)?genesys\.cloud$/,
  /^(?:[a-z0-9-]+\.)*eu-gene\.com$/,
  /^[a-z0-9-]+\.mygenesyscloud\.com$/,
  /^(?:(?:api|login|apps)\.)?genesyscloud\.com$/,
  /^(?:api|login|apps)\.[a-z]{2}\.mypurecloud\.com$/,
  /^(?:(?:api|login|apps)\.)?au02\.pure\.cloud$/,
  /^(?:api|login|apps)\.cxone\.com$/,
];

export function isInventedHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return INVENTED.some((pattern) => pattern.test(name));
}
