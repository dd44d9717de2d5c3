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
