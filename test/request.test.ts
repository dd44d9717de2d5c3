import { describe, expect, it } from 'vitest';
import { checks } from '../src/checks/request/index.ts';
import type { Evidence, Exchange, ExchangeRequest, Outcome } from '../src/core/index.ts';
import { genesysCloud } from '../src/providers/genesys-cloud.ts';
import { json, look, page, plain, sceneOf, seen, tokenAnswer, tokenExchange } from './scenes.ts';

const ISSUER = 'https://id.example.com/blue';
const discovery = (outcome: Outcome, step: Exchange['step'] = 'discovery'): Exchange => ({
  step,
  request: {
    method: 'GET',
    url: 'https://id.example.com/.well-known/oauth-authorization-server/blue',
    authorization: { kind: 'absent' },
  },
  outcome,
});
const asked = (exchanges: Exchange[], settings: Evidence['settings'] = { issuer: ISSUER }) =>
  sceneOf({ settings, exchanges });
const META = { issuer: ISSUER, token_endpoint: `${ISSUER}/token` };

describe('discovery', () => {
  it.each<[string, Exchange[], string[]]>([
    ['a document', [discovery(json(200, META))], []],
    ['404, then a document', [discovery(json(404, {})), discovery(json(200, META), 'discovery/2')], []],
    [
      '404 twice',
      [discovery(json(404, {})), discovery(page(404, 'no'), 'discovery/2')],
      ['request/wrong-endpoint'],
    ],
    [
      'a page for people',
      [
        discovery(page(200, '<title>Home</title>')),
        discovery(page(200, '<title>Home</title>'), 'discovery/2'),
      ],
      ['request/wrong-endpoint'],
    ],
    [
      'JSON without a token endpoint',
      [discovery(json(200, { hello: 1 })), discovery(json(404, {}), 'discovery/2')],
      ['request/wrong-endpoint'],
    ],
    ['503 is the matter of the connection', [discovery(plain(503, ''))], []],
    [
      'no answer is the matter of the connection',
      [discovery({ kind: 'unanswered', why: 'refused', detail: '' })],
      [],
    ],
  ])('%s', (_, exchanges, codes) => {
    expect(seen(checks, asked(exchanges))).toEqual(codes);
  });

  it('is sure that 404 is not the place, and not that 403 is', () => {
    expect(look(checks, 'request/wrong-endpoint', asked([discovery(json(404, {}))]))).toMatchObject([
      { sufficient: true },
    ]);
    expect(look(checks, 'request/wrong-endpoint', asked([discovery(json(403, {}))]))).toMatchObject([
      { sufficient: false },
    ]);
  });

  it.each([
    ['a slash', `${ISSUER}/`, 'the issuer https://id.example.com/blue/'],
    ['a host in capitals', 'https://ID.example.com:443/blue', 'the issuer https://ID.example.com:443/blue'],
    ['no issuer', undefined, 'no issuer'],
  ])('warns of %s', (_, issuer, what) => {
    const scene = asked([
      discovery(json(200, { ...(issuer && { issuer }), token_endpoint: META.token_endpoint })),
    ]);
    const [found, ...others] = look(checks, 'request/wrong-endpoint', scene);
    expect(found).toMatchObject({ severity: 'warning', blocks: false });
    expect(found?.facts['what']).toContain(what);
    expect([...others, ...look(checks, 'request/wrong-region', scene)]).toEqual([]);
  });

  it('stops at the document of another issuer, unless nothing of it is needed', () => {
    const other = json(200, { ...META, issuer: 'https://id.example.com/red' });
    const found = look(
      checks,
      'request/wrong-region',
      asked([discovery(other), discovery(other, 'discovery/2')]),
    );
    expect(found).toMatchObject([
      { certainty: 'proved', sufficient: false, facts: { right: 'https://id.example.com/red' } },
    ]);
    expect(found[0]).not.toHaveProperty('blocks');
    for (const settings of [
      { issuer: ISSUER, readyToken: true },
      { issuer: ISSUER, tokenUrl: `${ISSUER}/x` },
    ])
      expect(look(checks, 'request/wrong-region', asked([discovery(other)], settings))).toMatchObject([
        { severity: 'warning', blocks: false },
      ]);
    expect(seen(checks, asked([discovery(other), discovery(json(200, META), 'discovery/2')]))).toEqual([]);
    expect(seen(checks, asked([discovery(other)], { tokenUrl: `${ISSUER}/token` }))).toEqual([]);
  });

  it('stops at a token endpoint on another host', () => {
    const elsewhere = { issuer: ISSUER, token_endpoint: 'https://oauth.example.net/token' };
    const found = look(checks, 'request/wrong-endpoint', asked([discovery(json(200, elsewhere))]));
    expect(found).toMatchObject([{ sufficient: false, facts: { right: 'https://oauth.example.net/token' } }]);
    expect(found[0]).not.toHaveProperty('blocks');
    for (const settings of [
      { issuer: ISSUER, readyToken: true },
      { issuer: ISSUER, tokenUrl: `${ISSUER}/x` },
    ])
      expect(
        look(checks, 'request/wrong-endpoint', asked([discovery(json(200, elsewhere))], settings)),
      ).toEqual([]);
  });

  it.each([
    ['file:///etc/passwd', 'file:///etc/passwd is no address of the web (file:)', undefined],
    ['/token', '/token is no URL that can be asked', undefined],
    ['http://id.example.com/token', 'http://id.example.com/token goes without TLS', undefined],
    ['http://oauth.example.net/token', 'is on another host than the issuer', undefined],
    [
      'https://me:hush@oauth.example.net/token?client_secret=hush',
      'https://oauth.example.net/token is on another host',
      'https://oauth.example.net/token',
    ],
  ])('says what is wrong with the token endpoint %s', (token_endpoint, what, right) => {
    const scene = asked([discovery(json(200, { issuer: ISSUER, token_endpoint }))]);
    const [found, ...others] = look(checks, 'request/wrong-endpoint', scene);
    expect(others).toEqual([]);
    expect(found?.facts['what']).toContain(what);
    expect(found?.facts['right']).toBe(right);
    expect(JSON.stringify(found)).not.toContain('hush');
  });
});

describe('the token URL', () => {
  it.each<[string, Outcome, string[]]>([
    ['404', json(404, { message: 'no' }), ['request/wrong-endpoint']],
    ['405', plain(405, ''), ['request/wrong-endpoint']],
    ['a page for people', page(200, '<title>Console</title>'), ['request/wrong-endpoint']],
    ['404 in the words of OAuth', json(404, { error: 'invalid_client' }), []],
    ['401', json(401, { error: 'invalid_client' }), []],
    ['the page of a proxy', page(200, '<title>Blocked by web filter</title>'), []],
  ])('%s', (_, outcome, codes) => {
    expect(seen(checks, sceneOf({ exchanges: [tokenExchange(outcome)] }))).toEqual(codes);
  });

  it.each<[string, string, string[]]>([
    ['the login host', 'https://login.mypurecloud.de/oauth/token', []],
    ['the API host', 'https://api.mypurecloud.de/oauth/token', ['request/wrong-endpoint']],
    [
      'a path that Genesys Cloud does not have',
      'https://login.mypurecloud.de/api/v2/oauth/token',
      ['request/wrong-endpoint'],
    ],
    ['the path alone', '/api/v2/oauth/token', ['request/wrong-endpoint']],
    ['the right path alone', '/oauth/token', []],
    [
      'a host that only blog posts know',
      'https://api.us.genesys.cloud/oauth/token',
      ['request/wrong-region'],
    ],
    ['a gateway of their own', 'https://gateway.example.com/genesys/token', []],
  ])('%s, pasted', (_, url, codes) => {
    const exchange = tokenExchange({ kind: 'not-shown' }, { url, authorization: { kind: 'masked' } });
    expect(
      seen(checks, sceneOf({ exchanges: [exchange] }, { profile: genesysCloud, mode: 'everything' })),
    ).toEqual(codes);
  });

  it('leaves a gateway that the settings name in peace', () => {
    const tokenUrl = 'http://127.0.0.1:8080/login/token';
    const scene = sceneOf(
      { settings: { tokenUrl }, exchanges: [tokenExchange(json(400, {}), { url: tokenUrl })] },
      { profile: genesysCloud },
    );
    expect(seen(checks, scene)).toEqual([]);
  });
});

describe('the body', () => {
  const pasted = (outcome: Outcome, request: Partial<ExchangeRequest>) =>
    sceneOf(
      { exchanges: [tokenExchange(outcome, { authorization: { kind: 'masked' }, ...request })] },
      { mode: 'everything' },
    );
  const unsupported = json(400, { error: 'unsupported_grant_type' });

  it.each<[string, Partial<ExchangeRequest>, string[]]>([
    ['a form', {}, []],
    ['a form with a charset', { contentType: 'application/x-www-form-urlencoded; charset=UTF-8' }, []],
    ['JSON', { bodyForm: 'json', contentType: 'application/json' }, ['request/json-body']],
    ['a form that says it is JSON', { contentType: 'application/json' }, ['request/wrong-content-type']],
    [
      'multipart',
      { bodyForm: 'other', contentType: 'multipart/form-data; boundary=x' },
      ['request/wrong-content-type'],
    ],
    ['no grant_type', { form: { scope: 'a' } }, ['request/missing-grant-type']],
    ['no body at all', { form: {}, bodyForm: 'none' }, ['request/missing-grant-type']],
    ['grant_type in the query', { form: { grant_type: 'client_credentials' }, bodyForm: 'none' }, []],
  ])('%s', (_, request, codes) => {
    expect(seen(checks, pasted({ kind: 'not-shown' }, request))).toEqual(codes);
  });

  it('explains a refusal of the request, and none that comes after the body was read', () => {
    const body = { bodyForm: 'json', contentType: 'application/json' } as const;
    expect(look(checks, 'request/json-body', pasted(unsupported, body))).toMatchObject([
      { sufficient: true, explains: ['token'] },
    ]);
    expect(
      look(checks, 'request/json-body', pasted(json(400, { error: 'invalid_scope' }), body)),
    ).toMatchObject([{ explains: [], certainty: 'suspected' }]);
  });

  it('is thought of where only the answer is shown', () => {
    const scene = sceneOf({ exchanges: [tokenAnswer(unsupported)] }, { mode: 'everything' });
    expect(seen(checks, scene)).toContain('request/json-body');
  });
});

it('a command that cannot run is pointed at', () => {
  const source = { from: 13, to: 20 };
  const scene = sceneOf(
    {
      said: [
        {
          where: 'command',
          key: 'defect',
          text: 'missing-quote: the quotation mark is never closed',
          source,
        },
      ],
      exchanges: [tokenExchange({ kind: 'not-shown' })],
    },
    { mode: 'everything' },
  );
  expect(look(checks, 'request/malformed-command', scene)).toMatchObject([
    {
      certainty: 'proved',
      sufficient: false,
      evidence: [{ shows: 'the quotation mark is never closed', source }],
    },
  ]);
});
