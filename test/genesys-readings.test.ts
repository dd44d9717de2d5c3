import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../src/catalogue/index.ts';
import type { Evidence, Exchange, FindingCode, Instant, Json, Reading, Scene } from '../src/core/index.ts';
import { genesysCloud } from '../src/providers/genesys-cloud.ts';

const EMPTY: Evidence = {
  schema: 1,
  provider: 'genesys-cloud',
  capturedAt: '2026-11-23T09:00:00Z' as Instant,
  settings: { region: 'eu-central-1 (mypurecloud.de)' },
  needs: [],
  exchanges: [],
  said: [],
};

function sceneOf(...exchanges: Exchange[]): Scene {
  return { evidence: { ...EMPTY, exchanges }, profile: genesysCloud, catalogue: builtIn, mode: 'everything' };
}

function token(status: number, value: Json, more: Partial<Exchange['request']> = {}): Exchange {
  return {
    step: 'token',
    request: {
      method: 'POST',
      url: 'https://login.mypurecloud.de/oauth/token',
      authorization: { kind: 'absent' },
      ...more,
    },
    outcome: { kind: 'answered', status, headers: {}, body: { kind: 'json', value } },
  };
}

function api(status: number, value: Json, subject = 'GET /api/v2/routing/queues'): Exchange {
  return {
    step: 'endpoint',
    subject,
    request: { authorization: { kind: 'bearer', token: 'well-formed' } },
    outcome: { kind: 'answered', status, headers: {}, body: { kind: 'json', value } },
  };
}

function read(exchange: Exchange): Reading | undefined {
  return genesysCloud.read(exchange, sceneOf(exchange));
}

const codes = (reading: Reading | undefined) => reading?.causes.map((c) => c.code) ?? [];

/** The three fields of the login server. */
const login = (error: string, text: string) => ({ error, description: text, error_description: text });
/** The API's envelope. */
const body = (code: string, message: string, status: number) => ({
  message,
  code,
  status,
  contextId: 'c40a4237-f434-4e2a-90c2-94716ef88582',
  details: [],
  errors: [],
});

describe('the login server', () => {
  it('leaves four causes for authentication failed', () => {
    const reading = read(token(400, login('invalid_client', 'authentication failed')));
    expect(codes(reading).sort()).toEqual([
      'client/disabled',
      'client/unknown',
      'client/wrong-secret',
      'request/wrong-region',
    ]);
    expect(reading).toMatchObject({ forced: false });
    expect(reading?.proves).toBeUndefined();
  });

  it('leaves two causes for client not found', () => {
    const reading = read(token(400, login('invalid_client', 'client not found')));
    expect(codes(reading)).toEqual(['client/unknown', 'request/wrong-region']);
    expect(reading?.forced).toBe(false);
  });

  it('proves region, id and secret by unauthorized_client, also as the Go SDK tells it', () => {
    const text = 'client is not authorized to use the client_credential grant type';
    for (const value of [
      login('unauthorized_client', text),
      { error: 'unauthorized_client', error_description: text },
    ]) {
      expect(read(token(400, value))).toMatchObject({
        forced: true,
        proves: 'client',
        causes: [{ code: 'grant/not-allowed' }],
      });
    }
  });

  it('proves nothing by an unauthorized_client that is not in its words', () => {
    const reading = read(token(401, { error: 'unauthorized_client' }));
    expect(reading).toMatchObject({ forced: false });
    expect(reading?.proves).toBeUndefined();
    expect(codes(reading)).toEqual(['grant/not-allowed', 'request/wrong-endpoint']);
  });

  it.each([
    ['unauthorized_client', 'IP address not allowed for this client', 'endpoint/ip-blocked'],
    ['unauthorized_client', 'The policy of the organization refuses this client', 'grant/not-allowed'],
    ['invalid_client', 'authentication failed; rate limit exceeded soon', 'client/wrong-secret'],
  ])('forces and proves nothing by other words: %s, %s', (error, text, first) => {
    const reading = read(token(400, login(error, text)));
    expect(reading).toMatchObject({ forced: false });
    expect(reading?.proves).toBeUndefined();
    expect(codes(reading)[0]).toBe(first);
  });

  it('suspects the place first where invalid_client comes from another one', () => {
    const url = 'https://api.mypurecloud.com/api/v2/oauth/token';
    const reading = read(
      token(401, { error: 'invalid_client', error_description: 'Client authentication failed' }, { url }),
    );
    expect(codes(reading)[0]).toBe('request/wrong-endpoint');
    expect(codes(reading)).toContain('client/auth-method-mismatch');
  });

  it('does not believe invalid_grant of a client_credentials request', () => {
    const form = { grant_type: 'client_credentials' };
    const reading = read(
      token(400, { code: 'invalid_grant', message: 'Invalid authorization code.' }, { form }),
    );
    expect(codes(reading)).toEqual(['grant/wrong-type-sent', 'request/wrong-endpoint', 'grant/code-invalid']);
    expect(reading?.forced).toBe(false);
  });

  it.each<[Json, FindingCode]>([
    [{ error: 'invalid_grant', error_description: 'Code verification failed.' }, 'grant/pkce-mismatch'],
    [
      { error: 'invalid_grant', error_description: 'redirect_uri does not match' },
      'grant/redirect-uri-mismatch',
    ],
    [{ error: 'invalid_grant', error_description: 'refresh token expired' }, 'grant/refresh-token-invalid'],
    [{ error: 'invalid_grant' }, 'grant/code-invalid'],
  ])('reads %j', (value, lead) => {
    expect(codes(read(token(400, value)))[0]).toBe(lead);
  });

  it('tells an invented scope from one that is not allowed', () => {
    const ask = (scope: string) =>
      codes(read(token(400, { error: 'invalid_scope' }, { form: { scope } })))[0];
    expect(ask('analytics:reporting')).toBe('scope/unknown');
    expect(ask('analytics:readonly')).toBe('scope/not-allowed');
  });

  it('reads 429 as the rate and 404 as the wrong place; 5xx says nothing', () => {
    expect(codes(read(token(429, {})))).toEqual(['endpoint/rate-limited']);
    const notFound = {
      message: 'HTTP 404 Not Found',
      code: 'not found',
      status: 404,
      details: [],
      errors: [],
    };
    expect(read(token(404, notFound))).toMatchObject({
      forced: true,
      causes: [{ code: 'request/wrong-endpoint' }],
    });
    expect(read(token(503, {}))).toBeUndefined();
    expect(read(token(200, { token_type: 'bearer', expires_in: 86399 }))).toBeUndefined();
  });
});

const DENY = 'Unable to perform the requested action.';

describe('the API', () => {
  it.each<[string, number, string, string, FindingCode, boolean]>([
    [
      'any permission',
      403,
      'missing.any.permissions',
      `${DENY} You must have at least one of the following permissions assigned: [routing:queue:view]`,
      'endpoint/missing-permission',
      false,
    ],
    [
      'all permissions',
      403,
      'missing.permissions',
      `${DENY} You are missing the following permission(s): [audits:audit:view]`,
      'endpoint/missing-permission',
      false,
    ],
    [
      'a division',
      403,
      'missing.division.permission',
      `${DENY} You are missing the following permission 'routing:queue:view' in the provided division(s).`,
      'endpoint/missing-division',
      false,
    ],
    [
      'a division with another text',
      403,
      'missing.division.permission',
      'You are not authorized to perform the requested action.',
      'endpoint/missing-division',
      false,
    ],
    [
      'any division',
      403,
      'missing.any.division.permissions',
      `${DENY} You must have at least one of the following permissions assigned: [routing:queue:view] in at least one of the following division(s): [7ad6af94-53b1-4a4f-9a25-52b19eafa2b5]`,
      'endpoint/missing-division',
      false,
    ],
    [
      'a scope',
      403,
      'app.not.authorized.for.scope',
      'App not authorized to use scope [telephony:readonly, telephony]',
      'endpoint/missing-scope',
      false,
    ],
    [
      'a policy',
      403,
      'authz.policy.denied',
      `${DENY} Your organization's security policies have denied access. Policy ID(s): [7ad6af94-53b1-4a4f-9a25-52b19eafa2b5]`,
      'endpoint/policy-denied',
      true,
    ],
    [
      'a feature',
      403,
      'feature.forbidden',
      'This feature is not enabled for this organization.',
      'endpoint/feature-missing',
      true,
    ],
    [
      'a toggle',
      403,
      'feature.toggle.disabled',
      'Feature Toggle is not enabled for the organization.',
      'endpoint/feature-missing',
      true,
    ],
    [
      'a product',
      403,
      'integrations.forbidden',
      'This product is not enabled for your organization',
      'endpoint/feature-missing',
      true,
    ],
    [
      'not implemented',
      501,
      'not.implemented',
      'Feature toggle is not enabled',
      'endpoint/feature-missing',
      true,
    ],
    [
      'no reason',
      403,
      'not.authorized',
      'You are not authorized to perform the requested action.',
      'endpoint/missing-permission',
      false,
    ],
    [
      'no user',
      400,
      'not.a.user',
      'This request requires a user context. Client credentials cannot be used for requests to this resource.',
      'endpoint/user-context',
      true,
    ],
    [
      'a user',
      400,
      'not.a.client',
      'This request requires a non-user context. User token cannot be used for requests to this resource.',
      'endpoint/user-context',
      true,
    ],
    [
      'no token',
      401,
      'authentication.required',
      'No authentication bearer token specified in authorization header.',
      'endpoint/token-malformed',
      true,
    ],
    ['a bad token', 401, 'bad.credentials', 'Invalid login credentials.', 'endpoint/token-expired', false],
    [
      'an old token',
      401,
      'credentials.expired',
      'The supplied credentials are expired and cannot be used.',
      'endpoint/token-expired',
      true,
    ],
    [
      'an address',
      401,
      'ip.not.authorized',
      'Requests originating from this IP address are not authorized: [203.0.113.9]',
      'endpoint/ip-blocked',
      true,
    ],
    [
      'the rate',
      429,
      'too.many.requests.retry.after',
      'Rate limit exceeded the maximum. Retry the request in [42] seconds',
      'endpoint/rate-limited',
      true,
    ],
    [
      'the old rate',
      429,
      'too.many.requests',
      'Rate limit exceeded the maximum [300] requests within [60] seconds',
      'endpoint/rate-limited',
      true,
    ],
    [
      'a product family',
      403,
      'recording.recording.view.permission.check.failed',
      'no',
      'endpoint/missing-permission',
      false,
    ],
    ['a WFM family', 403, 'wfm.missing.team.permissions', 'no', 'endpoint/missing-division', false],
  ])('names %s', (_, status, code, message, lead, forced) => {
    const reading = read(api(status, body(code, message, status)));
    expect(codes(reading)[0]).toBe(lead);
    expect(reading?.forced).toBe(forced);
    // The same text without its code is a likeness and no proof.
    const loose = read(api(status, { message, status }));
    if (message !== 'no') expect(loose?.forced && status !== 429).toBe(false);
    if (message !== 'no' && !code.startsWith('missing.division')) expect(codes(loose)[0]).toBe(lead);
  });

  it('takes what the refusal names out of its text', () => {
    const facts = (x: Exchange) => read(x)?.facts;
    expect(
      facts(
        api(
          403,
          body(
            'missing.any.permissions',
            `${DENY} You must have at least one of the following permissions assigned: [processautomation:trigger:edit, processautomation:trigger:view] (39e6254f-f28b-4733-9dc9-d8c5443ccd02)`,
            403,
          ),
        ),
      ),
    ).toMatchObject({
      rule: 'ANY',
      permissions: ['processautomation:trigger:edit', 'processautomation:trigger:view'],
      divisionIds: [],
    });
    expect(
      facts(
        api(
          403,
          body(
            'app.not.authorized.for.scope',
            'App not authorized to use scope [conversations:readonly, conversations]',
            403,
          ),
        ),
      ),
    ).toMatchObject({ scopes: ['conversations:readonly', 'conversations'] });
    expect(
      facts(
        api(
          401,
          body(
            'ip.not.authorized',
            'Requests originating from this IP address are not authorized: [203.0.113.9]',
            401,
          ),
        ),
      ),
    ).toMatchObject({ address: '203.0.113.9' });
    expect(
      facts(
        api(
          429,
          body(
            'too.many.requests.retry.after',
            'Rate limit exceeded the maximum. Retry the request in [42] seconds',
            429,
          ),
        ),
      ),
    ).toMatchObject({ retryAfter: '42' });
    expect(
      facts(
        api(
          403,
          body(
            'missing.any.division.permissions',
            `${DENY} You must have at least one of the following permissions assigned: [a:b:c] in at least one of the following division(s): [7ad6af94-53b1-4a4f-9a25-52b19eafa2b5]`,
            403,
          ),
        ),
      ),
    ).toMatchObject({ divisionIds: ['7ad6af94-53b1-4a4f-9a25-52b19eafa2b5'] });
  });

  it('shows by an authenticated refusal that the login went well, and by a 401 not', () => {
    expect(read(api(403, body('missing.any.permissions', '', 403)))?.proves).toBe('grant');
    expect(read(api(400, body('not.a.user', '', 400)))?.proves).toBe('grant');
    expect(read(api(401, body('bad.credentials', '', 401)))?.proves).toBeUndefined();
    expect(read(api(429, body('too.many.requests', '', 429)))?.proves).toBeUndefined();
  });

  it('is sure of a 404 only where the catalogue knows that the path is not there', () => {
    const notFound = body('not.found', 'The requested resource was not found.', 404);
    expect(read(api(404, notFound, 'GET /api/v2/analytics/reporting/queues/summary'))).toMatchObject({
      forced: true,
      causes: [{ code: 'endpoint/not-found' }],
    });
    const real = read(api(404, notFound, 'GET /api/v2/routing/queues/7ad6af94-53b1-4a4f-9a25-52b19eafa2b5'));
    expect(real?.forced).toBe(false);
    expect(codes(real)).toContain('endpoint/missing-division');
  });

  it('blames the path for a foreign 403 of a path that is not there', () => {
    const foreign = { code: 'badRequest', message: 'Access denied. Check scopes or org settings.' };
    const reading = read(api(403, foreign, 'GET /api/v2/analytics/queues/summary'));
    expect(codes(reading)[0]).toBe('endpoint/not-found');
    expect(reading?.forced).toBe(false);
  });

  it('blames the header for a 401 of a call without a proper one', () => {
    const call = api(401, body('bad.credentials', 'Invalid login credentials.', 401));
    const deformed: Exchange = {
      ...call,
      request: { ...call.request, authorization: { kind: 'bare', looksLike: 'token' } },
    };
    expect(codes(read(deformed))[0]).toBe('endpoint/token-malformed');
  });

  it('tells a token of another region by the two hosts', () => {
    const issued: Exchange = {
      ...token(200, {}, { url: 'https://login.mypurecloud.ie/oauth/token' }),
      outcome: {
        kind: 'answered',
        status: 200,
        headers: {},
        body: { kind: 'none' },
        token: { kind: 'opaque', length: 80 },
      },
    };
    const call = {
      ...api(401, body('bad.credentials', '', 401)),
      request: {
        url: 'https://api.mypurecloud.de/api/v2/x',
        authorization: { kind: 'bearer', token: 'well-formed' } as const,
      },
    };
    expect(codes(genesysCloud.read(call, sceneOf(issued, call)))[0]).toBe('endpoint/token-wrong-environment');
  });
});

describe('any answer at all', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'invalid_client',
      'missing.any.permissions',
      'not.found',
      '__proto__',
      'constructor',
      '[a:b:c',
      'division(s): [',
    ),
  );
  const value = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        error: text,
        error_description: text,
        description: text,
        code: text,
        message: text,
        status: fc.integer(),
        errors: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
  );

  it('is read without an error, and what is forced is one cause', () => {
    fc.assert(
      fc.property(
        value,
        fc.integer({ min: 0, max: 599 }),
        fc.constantFrom<'token' | 'endpoint' | 'whoami'>('token', 'endpoint', 'whoami'),
        (v, status, step) => {
          const exchange: Exchange = { ...api(status, v as Json, 'GET /x'), step };
          const reading = read(exchange);
          if (!reading) return;
          expect(reading.causes.length).toBeGreaterThan(0);
          if (reading.forced) expect(reading.causes).toHaveLength(1);
        },
      ),
    );
  });

  it('in any shape leaves the holdings readable', () => {
    const steps = [
      'whoami',
      'grants',
      'divisions',
      'divisions-permitted',
      'permissions',
      'products',
      'organization',
    ] as const;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...steps), fc.jsonValue())), (answers) => {
        const exchanges = answers.map(([step, v]): Exchange => ({ ...api(200, v as Json, 'a:b:c'), step }));
        const holdings = genesysCloud.holdings!(sceneOf(...exchanges));
        expect(Array.isArray(holdings.grants ?? [])).toBe(true);
      }),
    );
  });
});

describe('scopes', () => {
  it.each([
    'analytics',
    'analytics:readonly',
    'user-basic-info',
    'audits:readonly',
    'notifications',
    'users:readonly',
    'recordings:readonly',
  ])('has %s', (scope) => {
    expect(genesysCloud.knowsScope(scope)).toBe(true);
  });
  it.each([
    'analytics:reporting',
    'analytics:call-summary:read',
    'analytics:view',
    'user:read',
    'admin:org:read',
    'recording:read',
    'routing:queue:view',
    'notifications:readonly',
    'audits',
    'Analytics',
    '',
  ])('has no %s', (scope) => {
    expect(genesysCloud.knowsScope(scope)).toBe(false);
  });
});
