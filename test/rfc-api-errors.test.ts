import { describe, expect, it } from 'vitest';
import type {
  Evidence,
  Exchange,
  FindingCode,
  Json,
  Outcome,
  Reading,
  TokenShape,
} from '../src/core/index.ts';
import { createCatalogue } from '../src/catalogue/index.ts';
import { generic } from '../src/providers/generic.ts';
import { apiExchange, basicOf, json, plain, sceneOf, SECRET, tokenExchange } from './scenes.ts';

const read = (exchange: Exchange, more: Partial<Evidence> = {}): Reading | undefined =>
  generic.read(
    exchange,
    sceneOf({ ...more, exchanges: [...(more.exchanges ?? []), exchange] }, { mode: 'everything' }),
  );
const lead = (reading: Reading | undefined) =>
  reading && `${reading.causes[0].code}${reading.forced ? '!' : ''}`;

describe('a refused call', () => {
  const challenge = (text: string) => ({ 'www-authenticate': text });
  const jwt = (claims: Record<string, Json>): TokenShape => ({
    kind: 'jwt',
    header: { alg: 'RS256' },
    claims,
  });
  const issued = (claims: Record<string, Json>): Partial<Evidence> => ({
    exchanges: [
      tokenExchange(
        { ...json(200, { token_type: 'Bearer' }), token: jwt(claims) },
        { authorization: basicOf('nightly', SECRET) },
      ),
    ],
  });

  it.each<[string, Outcome, FindingCode | `${FindingCode}!`]>([
    [
      'a log-in page before it',
      plain(302, '', { location: 'https://sso.example/' }),
      'connection/tls-or-proxy',
    ],
    ['a new address', plain(301, '', { location: '/v2/things' }), 'endpoint/not-found'],
    [
      'insufficient_scope',
      json(403, {}, challenge('Bearer error="insufficient_scope", scope="a b"')),
      'endpoint/missing-scope!',
    ],
    [
      'invalid_token, expired',
      json(401, {}, challenge('Bearer error="invalid_token", error_description="The access token expired"')),
      'endpoint/token-expired',
    ],
    ['invalid_token, audience', json(401, { message: 'invalid audience' }), 'scope/wrong-audience'],
    [
      'invalid_token, signature',
      json(401, { message: 'signature verification failed' }),
      'endpoint/token-wrong-environment',
    ],
    ['403 about a role', json(403, { message: 'Role admin is required' }), 'endpoint/missing-permission'],
    ['403 about the address', json(403, { message: 'IP address not allowed' }), 'endpoint/ip-blocked'],
    ['404', json(404, {}), 'endpoint/not-found'],
    ['429', plain(429, ''), 'endpoint/rate-limited!'],
    ['503', plain(503, ''), 'connection/outage!'],
  ])('%s', (_, outcome, expected) => {
    expect(lead(read(apiExchange(outcome)))).toBe(expected);
  });

  it('names the scopes of the challenge, and that the token was accepted', () => {
    const reading = read(
      apiExchange(json(403, {}, challenge('Bearer error="insufficient_scope", scope="a b"'))),
    );
    expect(reading).toMatchObject({ proves: 'grant', facts: { scopes: ['a', 'b'] } });
  });

  it('reads the claims of the token that was used', () => {
    const refused = apiExchange(json(401, {}));
    expect(lead(read(refused, issued({ exp: 1 })))).toBe('endpoint/token-expired');
    expect(
      lead(
        read(refused, {
          ...issued({ aud: 'https://a.example' }),
          settings: { audience: 'https://b.example' },
        }),
      ),
    ).toBe('scope/wrong-audience');
    expect(
      lead(
        read(refused, { ...issued({ iss: 'https://a.example' }), settings: { issuer: 'https://b.example' } }),
      ),
    ).toBe('endpoint/token-wrong-environment');
  });

  it('a header that holds no token leads', () => {
    expect(
      lead(
        read(
          apiExchange(json(401, {}), {
            authorization: { kind: 'bearer', token: 'literal', literal: 'undefined' },
          }),
        ),
      ),
    ).toBe('endpoint/token-malformed');
  });

  it('compares the scopes of the token with those of the catalogue', () => {
    const catalogue = createCatalogue(
      [
        {
          method: 'GET',
          path: '/reports',
          rule: { type: 'none', permissions: [] },
          scopes: ['reports:read'],
          clientCredentials: true,
          divisionAware: false,
          source: 'test',
          date: '2026-11-23',
        },
      ],
      { source: 'test', date: '2026-11-23', complete: true },
    );
    const refused = apiExchange(json(403, { message: 'Forbidden' }));
    const scene = (scope: string) => sceneOf({ ...issued({ scope }), needs: [] }, { catalogue });
    expect(generic.read(refused, scene('other'))).toMatchObject({
      causes: [{ code: 'endpoint/missing-scope' }, {}, {}, {}],
      facts: { scopes: ['reports:read'] },
    });
    expect(generic.read(refused, scene('reports:read'))?.facts['scopes']).toBeUndefined();
  });
});
