import { describe, expect, it } from 'vitest';
import type { Evidence, Exchange, ExchangeRequest, Json, Outcome, Reading } from '../src/core/index.ts';
import { generic } from '../src/providers/generic.ts';
import { json, page, plain, sceneOf, tokenAnswer, tokenExchange } from './scenes.ts';

const read = (exchange: Exchange, more: Partial<Evidence> = {}): Reading | undefined =>
  generic.read(
    exchange,
    sceneOf({ ...more, exchanges: [...(more.exchanges ?? []), exchange] }, { mode: 'everything' }),
  );
const lead = (reading: Reading | undefined) =>
  reading && `${reading.causes[0].code}${reading.forced ? '!' : ''}`;
const codes = (reading: Reading | undefined) => reading?.causes.map((c) => c.code) ?? [];

describe('a refused token request, by the words of many servers', () => {
  // `!`: the words leave nothing else.
  it.each<[string, string, string]>([
    [
      'unauthorized_client',
      "Grant type 'client_credentials' not allowed for the client.",
      'grant/not-allowed!',
    ],
    ['invalid_request', 'requested grant type is not allowed for this client', 'grant/not-allowed!'],
    [
      'unauthorized_client',
      'The client is not authorized to use the client_credential grant type',
      'grant/not-allowed!',
    ],
    ['unauthorized_client', 'Client not enabled to retrieve service account', 'grant/not-allowed!'],
    ['unauthorized_client', '', 'grant/not-allowed'],
    ['invalid_request', 'Missing grant_type', 'request/missing-grant-type'],
    ['invalid_request', "The 'grant_type' parameter is required.", 'request/missing-grant-type'],
    [
      'invalid_request',
      'client authentication must only be provided using one mechanism',
      'header/duplicate-credentials!',
    ],
    ['invalid_client', 'Public client not allowed to retrieve service account', 'client/public!'],
    ['invalid_client', 'Client is disabled', 'client/disabled!'],
    ['invalid_client', 'The provided client secret keys are expired', 'client/wrong-secret!'],
    ['invalid_client', 'Invalid client secret', 'client/wrong-secret'],
    ['invalid_client', 'Client not found', 'client/unknown'],
    ['invalid_client_id', 'client identifier invalid', 'client/unknown'],
    [
      'invalid_client',
      'Client authentication method not supported for this client',
      'client/auth-method-mismatch',
    ],
    [
      'invalid_client',
      'Client credentials were not found in the headers or body: client_secret is missing',
      'credential/missing',
    ],
    ['invalid_request', 'invalid authorization header value format', 'header/bad-base64'],
    [
      'invalid_request',
      'client_id and client_secret in the authorization header are not properly encoded',
      'credential/needs-form-encoding',
    ],
    ['invalid_grant', 'PKCE verification failed', 'grant/pkce-mismatch!'],
    ['invalid_grant', 'redirect_uri did not match', 'grant/redirect-uri-mismatch!'],
    ['invalid_grant', 'Refresh token is invalid or has been revoked', 'grant/refresh-token-invalid!'],
    ['invalid_grant', 'Code not valid', 'grant/code-invalid'],
    [
      'invalid_grant',
      'Invalid JWT: Token must be a short-lived token and in a reasonable timeframe',
      'connection/clock-skew',
    ],
    ['invalid_scope', 'The requested scope is not allowed for this client', 'scope/not-allowed'],
    ['invalid_scope', 'The requested scope is unknown', 'scope/unknown'],
    ['invalid_scope', 'scope contains invalid characters', 'scope/malformed'],
    ['invalid_scope', 'A scope is required', 'scope/not-requested'],
    ['invalid_target', 'resource indicator is missing, or unknown', 'scope/wrong-audience!'],
    ['server_error', '', 'connection/outage!'],
    ['slow_down', '', 'endpoint/rate-limited!'],
  ])('%s: %s', (error, error_description, expected) => {
    expect(lead(read(tokenAnswer(json(400, { error, error_description }))))).toBe(expected);
  });

  // The same words inside a longer sentence may say something else.
  it.each<[string, string]>([
    ['unauthorized_client', 'Client not enabled to retrieve service account'],
    ['unauthorized_client', "Grant type 'client_credentials' not allowed for the client"],
    ['invalid_request', 'requested grant type is not allowed for this client'],
    ['invalid_client', 'Public client not allowed to retrieve service account'],
    ['invalid_client', 'The client is public'],
    ['invalid_client', 'The client is disabled'],
    ['invalid_client', 'The provided client secret keys are expired'],
    ['invalid_request', 'client authentication must only be provided using one mechanism'],
    ['invalid_grant', 'PKCE verification failed'],
    ['invalid_grant', 'Incorrect redirect_uri'],
    ['invalid_grant', 'The refresh token is expired'],
    ['invalid_grant', 'Rate limit exceeded'],
  ])('%s: %s, and more beside it, forces nothing', (error, sentence) => {
    for (const text of [
      `${sentence} or the IP address is not on the list`,
      `It is not so that ${sentence}`,
      `${sentence}; see https://docs.example.com/errors`,
      `Unless the certificate is wrong: ${sentence}.`,
    ])
      expect(read(tokenAnswer(json(400, { error, error_description: text })))?.forced, text).toBe(false);
  });

  it.each<[number, string, string, string]>([
    [403, 'access_denied', 'Client IP blocked', 'endpoint/ip-blocked'],
    [403, 'access_denied', 'Client address is blocked by the allow list', 'endpoint/ip-blocked'],
    [401, 'invalid_client', 'Client authentication is disabled for IP 1.2.3.4', 'endpoint/ip-blocked'],
    [401, 'invalid_client', 'client credentials disabled for this application', 'grant/not-allowed'],
    [400, 'unauthorized_client', 'Client authentication disabled: use mTLS', 'client/auth-method-mismatch'],
    [401, '', 'client_secret_jwt client is locked to private_key_jwt', 'client/auth-method-mismatch'],
    [401, '', 'The client is inactive in region eu, use region us', 'request/wrong-region'],
    [
      401,
      '',
      'Wrong secret for confidential client; public clients need not send one',
      'client/wrong-secret',
    ],
    [400, '', 'Required parameter grant_type was not sent by the client', 'request/missing-grant-type'],
    [
      401,
      'invalid_client',
      'Client authentication failed. Repeated failures are throttled.',
      'client/wrong-secret',
    ],
    [401, '', 'Authentication failed. See https://docs.example.com/rate-limits', 'client/wrong-secret'],
    [400, 'invalid_request', 'PKCE is required for public clients', 'client/public'],
    [404, '', 'Realm does not exist', 'request/wrong-region'],
  ])('%i %s: %s', (status, error, error_description, expected) => {
    const body = { ...(error && { error }), error_description };
    expect(lead(read(tokenAnswer(json(status, body))))).toBe(expected);
  });

  it.each<[string, boolean, Json]>([
    ['nothing but the path', true, { message: 'no Route matched with those values' }],
    [
      'the status alone',
      true,
      { status: 404, error: 'Not Found', message: 'No message available', path: '/token' },
    ],
    ['a realm', false, { error: 'Realm does not exist' }],
    [
      'a client',
      false,
      { errorCode: 'E0000007', errorSummary: 'Not found: Resource not found: 0oa123 (App)' },
    ],
    ['a form of the body', false, { message: 'POST with JSON only' }],
  ])('a 404 that speaks of %s', (_, forced, body) => {
    expect(read(tokenAnswer(json(404, body)))?.forced).toBe(forced);
  });

  it('an outage is forced by 5xx only, where there are words', () => {
    const body = { error: 'temporarily_unavailable', error_description: 'tenant suspended for non-payment' };
    expect(lead(read(tokenAnswer(json(400, body))))).toBe('connection/outage');
    expect(lead(read(tokenAnswer(json(503, body))))).toBe('connection/outage!');
  });

  it('a text that lists the possible causes names none of them', () => {
    const boilerplate =
      'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).';
    const reading = read(tokenAnswer(json(401, { error: 'invalid_client', error_description: boilerplate })));
    expect(reading?.forced).toBe(false);
    expect(codes(reading).slice(0, 4)).toEqual([
      'client/wrong-secret',
      'client/unknown',
      'client/auth-method-mismatch',
      'client/public',
    ]);
  });

  it.each<[string, Json]>([
    ['in code and message', { code: 'invalid_client', message: 'nope' }],
    ['nested', { error: { code: 'invalid_client', message: 'nope' } }],
  ])('finds the code %s', (_, body) => {
    expect(read(tokenAnswer(json(400, body)))?.facts['error']).toBe('invalid_client');
  });

  it('finds the code in plain text and in the challenge', () => {
    expect(read(tokenAnswer(plain(0, 'oauth2: "invalid_client"')))?.facts['error']).toBe('invalid_client');
    const challenged = json(401, {}, { 'www-authenticate': 'Basic realm="x", error="invalid_client"' });
    expect(read(tokenAnswer(challenged))?.facts['error']).toBe('invalid_client');
  });
});

describe('the request that is shown weighs', () => {
  const refused = (error: string, request: Partial<ExchangeRequest>, more: Partial<Evidence> = {}) =>
    read(tokenExchange(json(400, { error }), request), more);

  it('a good Basic header leaves no doubt about the header', () => {
    expect(codes(refused('invalid_client', {})).filter((code) => /^header|^credential/.test(code))).toEqual(
      [],
    );
  });

  it('JSON leads where the server found no grant', () => {
    expect(lead(refused('unsupported_grant_type', { bodyForm: 'json', form: {} }))).toBe('request/json-body');
  });

  it('a grant that OAuth does not know was mistyped', () => {
    expect(lead(refused('unsupported_grant_type', { form: { grant_type: 'client_credential' } }))).toBe(
      'grant/wrong-type-sent',
    );
  });

  it('invalid_grant cannot come from client_credentials', () => {
    expect(lead(refused('invalid_grant', {}))).toBe('grant/wrong-type-sent');
    expect(lead(refused('invalid_grant', { form: { grant_type: 'refresh_token' } }))).toBe(
      'grant/refresh-token-invalid',
    );
    expect(lead(refused('invalid_grant', { form: { grant_type: 'authorization_code' } }))).toBe(
      'grant/code-invalid',
    );
  });

  it('scopes parted by commas are malformed', () => {
    expect(lead(refused('invalid_scope', { form: { grant_type: 'client_credentials', scope: 'a,b' } }))).toBe(
      'scope/malformed',
    );
  });
});

describe('a request that we sent ourselves', () => {
  const sent = { form: { grant_type: 'client_credentials' }, bodyForm: 'form' } as const;
  const climbed = (error: string, error_description: string) => {
    const exchange = tokenExchange(json(400, { error, error_description }), sent);
    return codes(generic.read(exchange, sceneOf({ exchanges: [exchange] }, { mode: 'climb' })));
  };

  // Neither its other grant nor a defect that it does not have is the cause.
  it.each([
    ['invalid_grant', 'Two-factor authentication required'],
    ['invalid_grant', 'Multiple authentication mechanisms were sent'],
    ['invalid_request', 'client authentication must only be provided using one mechanism'],
    ['invalid_request', 'Missing parameter: grant_type'],
    ['invalid_client', 'redirect_uri is not registered'],
    ['invalid_grant', 'Incorrect redirect_uri'],
    ['invalid_grant', 'invalid refresh_token or client credentials'],
    ['invalid_grant', 'PKCE verification failed'],
    ['invalid_request', 'code_verifier is required'],
  ])('%s: %s', (error, text) => {
    const left = climbed(error, text);
    expect(left.length).toBeGreaterThan(0);
    expect(
      left.filter((code) => /^grant\/(?!not-allowed)|duplicate|missing-grant|json-body/.test(code)),
    ).toEqual([]);
  });
});

describe('the discovery document weighs', () => {
  const knowing = (value: Json): Partial<Evidence> => ({
    exchanges: [
      { step: 'discovery', request: { authorization: { kind: 'absent' } }, outcome: json(200, value) },
    ],
  });

  it('the method that was used is not offered', () => {
    const exchange = tokenExchange(json(401, { error: 'invalid_client' }));
    expect(
      lead(read(exchange, knowing({ token_endpoint_auth_methods_supported: ['private_key_jwt'] }))),
    ).toBe('client/auth-method-mismatch');
    expect(
      lead(read(exchange, knowing({ token_endpoint_auth_methods_supported: ['client_secret_basic'] }))),
    ).toBe('client/wrong-secret');
  });

  it('the grant is not offered at all', () => {
    const exchange = tokenExchange(json(400, { error: 'unsupported_grant_type' }));
    expect(lead(read(exchange, knowing({ grant_types_supported: ['authorization_code'] })))).toBe(
      'grant/not-allowed!',
    );
  });

  it('the scope is not listed', () => {
    const exchange = tokenExchange(json(400, { error: 'invalid_scope' }), {
      form: { grant_type: 'client_credentials', scope: 'reports' },
    });
    expect(lead(read(exchange, knowing({ scopes_supported: ['openid'] })))).toBe('scope/unknown');
  });
});

describe('without a word, HTTP', () => {
  it.each<[Outcome, string | undefined]>([
    [plain(401, 'Unauthorized'), 'client/wrong-secret'],
    [json(404, {}), 'request/wrong-endpoint!'],
    [plain(405, ''), 'request/wrong-endpoint!'],
    [plain(415, ''), 'request/wrong-content-type'],
    [plain(429, ''), 'endpoint/rate-limited!'],
    [plain(407, ''), 'connection/tls-or-proxy!'],
    [plain(503, ''), 'connection/outage!'],
    [plain(500, ''), 'connection/outage'],
    [page(200, '<title>Welcome</title>'), 'request/wrong-endpoint'],
    [page(200, '<title>Web filter</title>'), 'connection/tls-or-proxy'],
    [{ kind: 'unanswered', why: 'refused', detail: '' }, undefined],
    [{ kind: 'not-shown' }, undefined],
    [{ ...json(200, {}), token: { kind: 'opaque', length: 40 } }, undefined],
  ])('%j', (outcome, expected) => {
    expect(lead(read(tokenAnswer(outcome)))).toBe(expected);
  });
});
