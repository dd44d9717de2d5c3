import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../src/catalogue/index.ts';
import {
  clientShape,
  type Ask,
  type Evidence,
  type Exchange,
  type StageId,
  type TokenShape,
} from '../src/core/index.ts';
import { generic } from '../src/providers/generic.ts';
import { json, plain, sceneOf, SECRET, tokenExchange } from './scenes.ts';

const ISSUER = 'https://id.example.com/blue/';
const client = clientShape('nightly', SECRET, 'any');
const asks = (stage: StageId, evidence: Partial<Evidence>): Ask[] =>
  generic.asks(stage, sceneOf({ client, ...evidence }));
const discovered = (outcome: Exchange['outcome'], step: Exchange['step'] = 'discovery'): Exchange => ({
  step,
  request: { authorization: { kind: 'absent' } },
  outcome,
});
const issued = (token: TokenShape) => tokenExchange({ ...json(200, { token_type: 'Bearer' }), token });
const OPAQUE: TokenShape = { kind: 'opaque', length: 40 };

describe('discovery', () => {
  it('puts the well-known part between host and path (RFC 8414 §3.1), then behind it (OIDC)', () => {
    expect(asks('request', { settings: { issuer: ISSUER } }).map((a) => a.url)).toEqual([
      'https://id.example.com/.well-known/oauth-authorization-server/blue',
    ]);
    const next = asks('request', { settings: { issuer: ISSUER }, exchanges: [discovered(json(404, {}))] });
    expect(next.map((a) => [a.step, a.url])).toEqual([
      ['discovery/2', 'https://id.example.com/blue/.well-known/openid-configuration'],
    ]);
  });

  it('asks no second time where the server is ill, and not at all where the token URL is given', () => {
    expect(
      asks('request', { settings: { issuer: ISSUER }, exchanges: [discovered(plain(503, ''))] }),
    ).toEqual([]);
    expect(
      asks('request', { settings: { issuer: ISSUER, tokenUrl: 'https://id.example.com/token' } }),
    ).toEqual([]);
  });
});

describe('the token', () => {
  const meta = (token_endpoint: string) => [discovered(json(200, { issuer: ISSUER, token_endpoint }))];

  it('is asked for where the document says, with the scope that is set', () => {
    const [ask] = asks('connection', {
      settings: { issuer: ISSUER, requestedScope: 'a b' },
      exchanges: meta('https://id.example.com/blue/token'),
    });
    expect(ask).toMatchObject({
      url: 'https://id.example.com/blue/token',
      auth: 'client',
      form: { grant_type: 'client_credentials', scope: 'a b' },
    });
  });

  it('is not asked for on a host that the settings do not name', () => {
    expect(
      asks('connection', { settings: { issuer: ISSUER }, exchanges: meta('https://evil.example.net/token') }),
    ).toEqual([]);
    expect(
      asks('connection', { settings: { issuer: ISSUER }, exchanges: meta('http://id.example.com/token') }),
    ).toEqual([]);
  });

  it('takes the header that was given, and nothing where a token is ready', () => {
    const settings = { tokenUrl: 'https://id.example.com/token' };
    expect(
      asks('connection', { settings, authorization: { kind: 'basic', scheme: 'Basic', base64: 'standard' } }),
    ).toMatchObject([{ auth: 'given' }]);
    expect(asks('connection', { settings: { ...settings, readyToken: true } })).toEqual([]);
  });
});

describe('introspection', () => {
  const settings = {
    tokenUrl: 'https://id.example.com/token',
    introspectionUrl: 'https://id.example.com/introspect',
  };

  it('names the field that takes the token and never carries one', () => {
    const [ask] = asks('scope', { settings, exchanges: [issued(OPAQUE)] });
    expect(ask).toMatchObject({ step: 'introspection', auth: 'client', tokenField: 'token' });
    expect(ask?.form).toBeUndefined();
  });

  it('is left out without a token, and for a JWT unless the user names the endpoint', () => {
    const jwt: TokenShape = { kind: 'jwt', header: {}, claims: {} };
    const meta = discovered(
      json(200, { token_endpoint: `${ISSUER}token`, introspection_endpoint: `${ISSUER}introspect` }),
    );
    expect(asks('scope', { settings, exchanges: [] })).toEqual([]);
    expect(asks('scope', { settings: { issuer: ISSUER }, exchanges: [meta, issued(jwt)] })).toEqual([]);
    expect(asks('scope', { settings: { issuer: ISSUER }, exchanges: [meta, issued(OPAQUE)] })).toMatchObject([
      { url: `${ISSUER}introspect` },
    ]);
  });
});

describe('the endpoints', () => {
  const entry = {
    method: 'POST',
    path: '/search',
    rule: { type: 'unknown', permissions: [] },
    scopes: [],
    clientCredentials: 'unknown',
    divisionAware: 'unknown',
    query: true,
    smallestBody: { size: 1 },
    source: 'test',
    date: '2026-11-23',
  } as const;
  const catalogue = createCatalogue([entry], { source: 'test', date: '2026-11-23', complete: false });
  const ask = (
    needs: Evidence['needs'],
    settings: Evidence['settings'] = { apiUrl: 'https://api.example.com/v1/' },
  ) =>
    generic.asks(
      'endpoint',
      sceneOf({ client, settings, needs, exchanges: [issued(OPAQUE)] }, { catalogue }),
    );

  it.each<[string, Evidence['needs'][number], string[]]>([
    ['GET', { method: 'GET', path: '/reports?day=1' }, ['https://api.example.com/v1/reports?day=1']],
    [
      'a URL of its own',
      { method: 'HEAD', path: 'https://other.example.com/x' },
      ['https://other.example.com/x'],
    ],
    [
      'a POST that is known as a query',
      { method: 'POST', path: '/search' },
      ['https://api.example.com/v1/search'],
    ],
    ['any other POST', { method: 'POST', path: '/reports', json: {} }, []],
    ['DELETE', { method: 'DELETE', path: '/reports' }, []],
    [
      'DELETE on demand',
      { method: 'DELETE', path: '/reports', send: true },
      ['https://api.example.com/v1/reports'],
    ],
  ])('%s', (_, need, urls) => {
    expect(ask([need]).map((a) => a.url)).toEqual(urls);
  });

  it('numbers its steps as the needs stand, and asks nothing without a place or a token', () => {
    const needs = [
      { method: 'POST', path: '/reports' },
      { method: 'GET', path: '/reports' },
    ];
    expect(ask(needs).map((a) => [a.step, a.subject])).toEqual([['endpoint/2', 'GET /reports']]);
    expect(ask(needs, {})).toEqual([]);
    expect(asks('endpoint', { settings: { apiUrl: 'https://api.example.com' }, needs })).toEqual([]);
  });
});

it('a ready token makes the stages before it inapplicable, and not the scope', () => {
  const scene = sceneOf({ settings: { readyToken: true } });
  expect(generic.inapplicable('client', scene)).toMatch(/ready token/);
  expect(generic.inapplicable('scope', scene)).toBeUndefined();
  expect(generic.inapplicable('client', sceneOf({}))).toBeUndefined();
});
