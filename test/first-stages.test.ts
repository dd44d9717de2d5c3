/** Whatever is pasted or answered, the first four stages and the reading of any OAuth server neither throw nor leak. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checks as connection } from '../src/checks/connection/index.ts';
import { checks as credential } from '../src/checks/credential/index.ts';
import { checks as header } from '../src/checks/header/index.ts';
import { checks as request } from '../src/checks/request/index.ts';
import { asksOtherwise } from '../src/checks/shown-place.ts';
import {
  authorizationShape,
  clientShape,
  shapeOf,
  type Body,
  type Evidence,
  type Exchange,
  type Json,
  type Outcome,
  type Said,
  type Scene,
} from '../src/core/index.ts';
import { generic } from '../src/providers/generic.ts';
import { genesysCloud } from '../src/providers/genesys-cloud.ts';
import { sceneOf } from './scenes.ts';

const checks = [...credential, ...header, ...request, ...connection];

/** Text from the words that decide, so that the rare paths are met. */
const words = fc.constantFrom(
  'invalid_client',
  'unsupported_grant_type',
  'grant_type',
  'client secret',
  'expired',
  'not allowed',
  'scope',
  'proxy',
  'x509: certificate',
  'ECONNREFUSED',
  '<title>',
  'redirect_uri',
  'https://login.mypurecloud.de/oauth/token',
  'client_credentials',
  '%',
  '\u202e',
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(words, { maxLength: 5 }).map((all) => all.join(' ')),
);
const url = fc.oneof(
  text,
  fc.constantFrom(
    'https://api.mypurecloud.de/oauth/token',
    '/oauth/token',
    'https://api.us.genesys.cloud/x',
    'http://[::1]:80/token',
    'ftp://x',
    '//',
    'https://',
  ),
);
const json = fc.oneof(
  fc.jsonValue().map((value) => value as Json),
  fc
    .dictionary(
      fc.constantFrom(
        'error',
        'error_description',
        'code',
        'message',
        'token_endpoint',
        'issuer',
        'scope',
        'errors',
      ),
      fc.oneof(text, fc.constantFrom(null, 1, [], {})),
      { maxKeys: 4 },
    )
    .map((value) => value as Json),
);
const body: fc.Arbitrary<Body> = fc.oneof(
  fc.constant<Body>({ kind: 'none' }),
  json.map((value): Body => ({ kind: 'json', value })),
  fc
    .tuple(fc.constantFrom('html' as const, 'text' as const, 'xml' as const, 'cut' as const), text)
    .map(([kind, t]): Body => ({ kind, text: t })),
);
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({
    kind: fc.constant('answered' as const),
    status: fc.constantFrom(0, 200, 302, 400, 401, 403, 404, 405, 407, 415, 429, 451, 500, 501, 503, 599),
    headers: fc.dictionary(fc.constantFrom('www-authenticate', 'retry-after', 'content-type'), text),
    body,
  }),
  fc.record({
    kind: fc.constant('answered' as const),
    status: fc.constant(200),
    headers: fc.constant({}),
    body,
    clockSkewMs: fc.integer({ min: -1e9, max: 1e9 }),
  }),
  fc.record({
    kind: fc.constant('unanswered' as const),
    why: fc.constantFrom(
      'name-resolution',
      'refused',
      'time-out',
      'reset',
      'tls',
      'proxy',
      'network',
      'deadline',
      'offline',
    ),
    detail: text,
  }),
  fc.constant<Outcome>({ kind: 'not-shown' }),
);
const exchange: fc.Arbitrary<Exchange> = fc.record({
  step: fc.constantFrom('discovery', 'discovery/2', 'token', 'token/2', 'endpoint', 'introspection'),
  request: fc.record(
    {
      method: fc.constantFrom('GET', 'POST', 'post'),
      url,
      authorization: fc
        .oneof(
          text,
          text.map((t) => `Basic ${t}`),
          text.map((t) => `Bearer ${t}`),
        )
        .map((t) => authorizationShape(t)),
      contentType: text,
      form: fc.dictionary(fc.constantFrom('grant_type', 'scope', 'client_id'), text),
      bodyForm: fc.constantFrom('none', 'form', 'json', 'other'),
      bodyCredentials: fc.record({ id: fc.boolean(), secret: fc.boolean() }),
    },
    { requiredKeys: ['authorization'] },
  ),
  outcome,
});
const said: fc.Arbitrary<Said> = fc.record(
  {
    where: fc.constantFrom('config', 'prose', 'code', 'command', 'log'),
    key: fc.oneof(text, fc.constantFrom('defect', 'client_secret', 'clientId')),
    text,
    shape: text.map((t) => shapeOf(t)),
  },
  { requiredKeys: ['where', 'key'] },
);
const settings: fc.Arbitrary<Evidence['settings']> = fc.record(
  {
    issuer: url,
    tokenUrl: url,
    apiUrl: url,
    introspectionUrl: url,
    requestedScope: text,
    readyToken: fc.boolean(),
    clientAuth: fc.constantFrom('basic', 'post'),
  },
  { requiredKeys: [] },
);
const evidence = fc.record(
  {
    settings,
    client: fc
      .tuple(text, text, fc.boolean())
      .map(([id, secret, uuid]) => clientShape(id, secret, uuid ? 'uuid' : 'any', 'WHY403_CLIENT_ID')),
    authorization: text.map((t) => authorizationShape(t)),
    needs: fc.array(fc.record({ method: fc.constantFrom('GET', 'POST'), path: url }), { maxLength: 2 }),
    exchanges: fc.array(exchange, { maxLength: 4 }),
    said: fc.array(said, { maxLength: 3 }),
  },
  { requiredKeys: ['exchanges', 'settings'] },
);
const scene: fc.Arbitrary<Scene> = fc
  .tuple(
    evidence,
    fc.constantFrom(generic, genesysCloud),
    fc.constantFrom('climb' as const, 'everything' as const),
  )
  .map(([some, profile, mode]) => sceneOf(some as Partial<Evidence>, { profile, mode }));

it('looks, explains and mends whatever it is shown', () => {
  fc.assert(
    fc.property(scene, (one) => {
      const steps = new Set(one.evidence.exchanges.map((x) => x.step));
      for (const check of checks) {
        for (const sighting of check.look(one)) {
          expect(check.cause(sighting.facts, one).length).toBeGreaterThan(0);
          const fix = check.fix(sighting.facts, one);
          expect(fix.length).toBeGreaterThan(0);
          // A run asks with client credentials, so it shows nothing of another grant.
          const hasCommand = fix.some((step) => step.command !== undefined);
          expect(hasCommand || asksOtherwise(one)).toBe(true);
          expect(sighting.explains.filter((step) => !steps.has(step))).toEqual([]);
          // A proof needs a defect that is there.
          if (sighting.sufficient) expect(sighting.certainty).toBe('proved');
        }
      }
    }),
    { numRuns: 400 },
  );
});

it('reads whatever a server answers: ranked, one cause a code', () => {
  fc.assert(
    fc.property(scene, (one) => {
      for (const x of one.evidence.exchanges) {
        const reading = generic.read(x, one);
        if (!reading) continue;
        const likelihoods = reading.causes.map((cause) => cause.likelihood ?? 0.5);
        expect([...likelihoods].sort((a, b) => b - a)).toEqual(likelihoods);
        expect(new Set(reading.causes.map((cause) => cause.code)).size).toBe(reading.causes.length);
      }
    }),
    { numRuns: 400 },
  );
});

it('asks only where the settings or their issuer point, and never carries a credential', () => {
  fc.assert(
    fc.property(scene, (one) => {
      for (const stage of ['request', 'connection', 'scope', 'endpoint'] as const) {
        for (const ask of generic.asks(stage, one)) {
          expect(URL.canParse(ask.url)).toBe(true);
          expect(Object.keys(ask.form ?? {}).filter((name) => /secret|token|id/.test(name))).toEqual([]);
        }
      }
    }),
    { numRuns: 200 },
  );
});
