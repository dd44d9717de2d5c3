import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { genesysCloud } from '../src/providers/genesys-cloud.ts';
import {
  isInventedHost,
  nearestRegions,
  regionOf,
  regionOfHost,
  regionTitle,
  REGIONS,
} from '../src/providers/genesys-regions.ts';

const region = fc.constantFrom(...REGIONS);
const upper = (text: string, up: boolean) => (up ? text.toUpperCase() : text);

describe('regions', () => {
  it('are the eighteen of the SDK, each name and domain once', () => {
    expect(REGIONS).toHaveLength(18);
    expect(new Set(REGIONS.flatMap((r) => [r.aws, r.domain])).size).toBe(36);
  });

  it('are found by every spelling of the AWS name', () => {
    fc.assert(
      fc.property(region, fc.boolean(), fc.boolean(), (one, underscores, up) => {
        const name = underscores ? one.aws.replaceAll('-', '_') : one.aws;
        expect(regionOf(upper(name, up))).toBe(one);
        expect(regionOf(` ${name}\n`)).toBe(one);
        expect(regionOf(regionTitle(one))).toBe(one);
      }),
    );
  });

  it('are found by the domain, with or without scheme, part and path', () => {
    const scheme = fc.constantFrom('', 'https://', 'http://');
    const part = fc.constantFrom('', 'api.', 'login.', 'apps.');
    const tail = fc.constantFrom('', '/', '/oauth/token', '/directory/#/admin', '?x=1');
    fc.assert(
      fc.property(region, scheme, part, tail, (one, s, p, t) => {
        expect(regionOf(`${s}${p}${one.domain}${t}`)).toBe(one);
      }),
    );
  });

  it('are matched as whole hosts: no prefix and no suffix of one is another', () => {
    fc.assert(
      fc.property(region, fc.stringMatching(/^[a-z0-9]{1,8}$/), (one, more) => {
        for (const host of [`${one.domain}.${more}`, `${one.domain}${more}`, `${more}.${one.domain}`]) {
          const found = regionOf(host);
          if (found)
            expect([
              found.domain,
              `api.${found.domain}`,
              `login.${found.domain}`,
              `apps.${found.domain}`,
            ]).toContain(host);
        }
      }),
    );
    expect(regionOf('mypurecloud.com.au')?.aws).toBe('ap-southeast-2');
    expect(regionOf('mypurecloud.com')?.aws).toBe('us-east-1');
    expect(regionOf('login.mypurecloud.com.evil.example')).toBeUndefined();
    expect(regionOf('login.login.mypurecloud.com')).toBeUndefined();
    expect(regionOf('api.api.mypurecloud.de')).toBeUndefined();
  });

  it('name the nearest for a miss, and never throw', () => {
    expect(nearestRegions('eu-central1')[0]).toBe('eu-central-1 (mypurecloud.de)');
    expect(nearestRegions('api.mypurecloud.dee')[0]).toBe('eu-central-1 (mypurecloud.de)');
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(nearestRegions(text)).toHaveLength(3);
        regionOf(text);
        isInventedHost(text);
      }),
    );
  });

  it('tell the part that a host plays', () => {
    for (const one of REGIONS) {
      expect(genesysCloud.hostRole(`login.${one.domain}`)).toBe('token');
      expect(genesysCloud.hostRole(`API.${one.domain}`)).toBe('api');
      expect(genesysCloud.hostRole(`apps.${one.domain}.`)).toBe('app');
      expect(regionOfHost(one.domain)).toBeUndefined();
    }
  });

  it.each([
    'api.us.genesys.cloud',
    'api.eu.genesys.cloud',
    'api.eu-gene.com',
    'acme.mygenesyscloud.com',
    'api.genesyscloud.com',
    'api.eu.mypurecloud.com',
    'au02.pure.cloud',
    'api.cxone.com',
  ])('know %s for invented', (host) => {
    expect(genesysCloud.hostRole(host)).toBe('invented');
  });

  it.each([
    'help.genesys.cloud',
    'developer.genesys.cloud',
    'help.mypurecloud.com',
    'example.com',
    'api.use9.pure.cloud',
  ])('do not call %s invented', (host) => {
    expect(genesysCloud.hostRole(host)).toBe('unknown');
  });
});
