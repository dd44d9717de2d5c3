import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { createDocumentReader, readDocument } from '../src/catalogue/index.ts';
import { Failure } from '../src/core/index.ts';

const FACTS = { source: 'doc.json', date: '2026-11-23' };

const GENESYS = {
  swagger: '2.0',
  info: { title: 'Platform API', version: 'v2' },
  host: 'api.mypurecloud.de',
  basePath: '/',
  paths: {
    '/api/v2/routing/queues': {
      get: {
        security: [{ 'PureCloud OAuth': ['routing', 'routing:readonly'] }],
        'x-inin-requires-permissions': { type: 'ANY', permissions: ['routing:queue:view'] },
        responses: { 403: { 'x-inin-error-codes': { 'missing.permissions': '…' } } },
      },
      parameters: [],
    },
    '/api/v2/users/me': {
      get: {
        security: [{ 'PureCloud OAuth': ['user-basic-info'] }],
        responses: { 400: { 'x-inin-error-codes': { 'not.a.user': '…' } } },
      },
    },
    '/api/v2/tokens/me': {
      get: { responses: { 401: { 'x-inin-error-codes': { 'bad.credentials': '…' } } } },
    },
    '/api/v2/conversations/messages/agentless': {
      post: {
        'x-inin-requires-permissions': { type: 'ALL', permissions: ['conversation:message:create', 'a:b:c'] },
        responses: { 400: { 'x-inin-error-codes': { 'not.a.client': '…' } } },
      },
    },
  },
  definitions: { Big: { type: 'object' } },
};

const OTHER = {
  openapi: '3.1.0',
  info: { title: 'Orders' },
  servers: [{ url: 'https://api.example.com/orders/v1/' }, { url: 'https://backup.example.com' }],
  security: [{ sso: ['orders:read'] }],
  paths: {
    '/items': {
      get: {},
      post: { security: [{ sso: ['orders:read', 'orders:write'] }, { key: [] }] },
      delete: { security: [{ sso: ['admin'] }, { sso: ['orders:delete'] }] },
    },
    '/health': { get: { security: [] } },
  },
  components: {
    securitySchemes: {
      sso: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://x/token', scopes: {} } } },
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    },
  },
};

const text = (value: unknown): string => JSON.stringify(value);

function refusal(
  document: string | Uint8Array,
  options: Partial<Parameters<typeof readDocument>[1]> = {},
): string {
  try {
    readDocument(document, { ...FACTS, ...options });
  } catch (error) {
    if (error instanceof Failure) {
      expect(error.exit).toBe(2);
      return error.message;
    }
    throw error;
  }
  return 'accepted';
}

describe("Genesys Cloud's own document", () => {
  const { entries, genesys, title, host } = readDocument(text(GENESYS), { ...FACTS, expect: 'genesys' });
  const at = (method: string, path: string) =>
    entries.find((one) => one.method === method && one.path === path);

  it('gives permissions and scopes', () => {
    expect([genesys, title, host, entries.length]).toEqual([true, 'Platform API', 'api.mypurecloud.de', 4]);
    expect(at('GET', '/api/v2/routing/queues')).toEqual({
      method: 'GET',
      path: '/api/v2/routing/queues',
      rule: { type: 'ANY', permissions: ['routing:queue:view'] },
      scopes: ['routing', 'routing:readonly'],
      clientCredentials: true,
      divisionAware: 'unknown',
      source: 'doc.json',
      date: '2026-11-23',
    });
    expect(at('POST', '/api/v2/conversations/messages/agentless')?.rule.type).toBe('ALL');
  });

  it('says where a client is refused, and leaves open what it does not say', () => {
    expect(at('GET', '/api/v2/users/me')).toMatchObject({ clientCredentials: false, rule: { type: 'none' } });
    expect(at('GET', '/api/v2/tokens/me')?.clientCredentials).toBe('unknown');
    expect(at('POST', '/api/v2/conversations/messages/agentless')?.clientCredentials).toBe(true);
  });

  it('never says none where a rule is written that it does not know', () => {
    for (const rule of [
      { type: 'ANY', permissions: [] },
      { type: 'SOME', permissions: ['a:b:c'] },
    ]) {
      const paths = { '/a': { get: { 'x-inin-requires-permissions': rule } } };
      const [only] = readDocument(text({ ...GENESYS, paths }), FACTS).entries;
      expect(only?.rule.type).toBe('unknown');
    }
  });
});

describe("another API's document", () => {
  const { entries, genesys } = readDocument(text(OTHER), FACTS);
  const at = (method: string, path: string) =>
    entries.find((one) => one.method === method && one.path === path);

  it('puts the path of the first server before all paths', () => {
    expect(entries.map(({ path }) => path)).toContain('/orders/v1/items');
  });

  it('claims nothing about permissions', () => {
    expect(genesys).toBe(false);
    expect(new Set(entries.map(({ rule }) => rule.type))).toEqual(new Set(['unknown']));
  });

  it('inherits security, overrides it, and keeps together what is needed together', () => {
    expect(at('GET', '/orders/v1/items')).toMatchObject({ scopes: ['orders:read'], clientCredentials: true });
    expect(at('POST', '/orders/v1/items')).toMatchObject({
      scopes: ['orders:read', 'orders:write'],
      scopeSets: [['orders:read', 'orders:write'], []],
    });
    expect(at('DELETE', '/orders/v1/items')?.scopes).toEqual(['admin', 'orders:delete']);
    expect(at('DELETE', '/orders/v1/items')?.scopeSets).toBeUndefined();
    expect(at('GET', '/orders/v1/health')).toMatchObject({ scopes: [], clientCredentials: 'unknown' });
  });

  it('is the same in YAML, with a byte order mark, and in pieces of any size', () => {
    const expected = entries;
    expect(readDocument(stringify(OTHER), FACTS).entries).toEqual(expected);
    expect(readDocument(`\ufeff${text(OTHER)}`, FACTS).entries).toEqual(expected);
    const bytes = new TextEncoder().encode(text(OTHER));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }), (sizes) => {
        const reader = createDocumentReader(FACTS);
        let at = 0;
        for (let i = 0; at < bytes.length; i++) {
          const end = at + (sizes[i % sizes.length] ?? 1);
          reader.write(bytes.subarray(at, end));
          at = end;
        }
        expect(reader.end().entries).toEqual(expected);
      }),
    );
  });

  it('reads the flow of Swagger 2', () => {
    const swagger = {
      swagger: '2.0',
      basePath: '/v1',
      securityDefinitions: {
        a: { type: 'oauth2', flow: 'application' },
        b: { type: 'oauth2', flow: 'implicit' },
      },
      paths: { '/x': { get: { security: [{ a: ['s'] }] }, put: { security: [{ b: ['s'] }] } } },
    };
    expect(
      readDocument(text(swagger), FACTS).entries.map((one) => [one.path, one.scopes, one.clientCredentials]),
    ).toEqual([
      ['/v1/x', ['s'], true],
      ['/v1/x', ['s'], 'unknown'],
    ]);
  });
});

describe('documents that are refused, with the reason', () => {
  it.each([
    ['empty', ''],
    ['empty', '  \n\t'],
    ['HTML', '<!doctype html><title>Sign in</title>'],
    ['list', '[{"openapi":"3.0.0"}]'],
    ['cut off', text(GENESYS).slice(0, -200)],
    ['cut off', '{"openapi":"3.0.0","paths":{"/a":{"get":{}}}'],
    ['valid JSON', '{"openapi": nope}'],
    ['neither', '{"hello":"world"}'],
    ['Swagger "1.2"', '{"swagger":"1.2","paths":{"/a":{"get":{}}}}'],
    ['OpenAPI "4.0.0"', '{"openapi":"4.0.0","paths":{"/a":{"get":{}}}}'],
    ['no operation', '{"openapi":"3.0.0","paths":{}}'],
    ['no operation', '{"openapi":"3.0.0","paths":{"/a":{"parameters":[]}}}'],
    ['text', 'just words'],
    ['YAML', 'openapi: "3.0.0\npaths: {'],
    ['valid JSON', `${text(OTHER)} trailing`],
    ['nested', `{"openapi":"3.0.0","x":${'['.repeat(5000)}`],
  ])('%s', (reason, document) => {
    expect(refusal(document)).toContain(reason);
  });

  it("another vendor's, where Genesys's is expected", () => {
    expect(refusal(text(OTHER), { expect: 'genesys' })).toContain('not the document of Genesys Cloud');
  });

  it('one that is too large, before it is read', () => {
    expect(refusal(text(GENESYS), { maxBytes: 100 })).toContain('larger than');
  });

  it('nothing but a failure with a reason ever leaves, whatever comes in', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.uint8Array()), (document) => {
        expect(typeof refusal(document)).toBe('string');
      }),
    );
  });

  it('quotes nothing of a document that it could not read', () => {
    expect(refusal('{"client_secret": sesame')).not.toContain('sesame');
  });

  it('ends YAML whose aliases grow without end', () => {
    const laughs = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      'b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]',
      'c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]',
      'd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]',
      'e: [*d,*d,*d,*d,*d,*d,*d,*d,*d]',
    ];
    expect(refusal(laughs.join('\n'))).toContain('YAML');
  });
});
