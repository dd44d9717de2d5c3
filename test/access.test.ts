import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../src/catalogue/index.ts';
import { checks as client } from '../src/checks/client.ts';
import { checks as endpoint } from '../src/checks/endpoint/index.ts';
import { checks as grant } from '../src/checks/grant.ts';
import { checks as scope } from '../src/checks/scope.ts';
import type { Evidence, Exchange, FindingCode, Instant, Json, Scene, StepId } from '../src/core/index.ts';
import { generic } from '../src/providers/generic.ts';
import { genesysCloud } from '../src/providers/genesys-cloud.ts';

const AGGREGATES = 'POST /api/v2/analytics/conversations/aggregates/query';
const AGGREGATE = 'analytics:conversationAggregate:view';
const DETAIL = 'analytics:conversationDetail:view';
const HOME = { id: 'd-home', name: 'Home', homeDivision: true, objectCounts: { QUEUE: 4 } };
const FAR = { id: 'd-far', name: 'Far <North>', homeDivision: false, objectCounts: { QUEUE: 3 } };

function answer(step: StepId, value: Json, status = 200, subject?: string): Exchange {
  return {
    step,
    ...(subject !== undefined && { subject }),
    request: { authorization: { kind: 'bearer', token: 'well-formed' } },
    outcome: { kind: 'answered', status, headers: {}, body: { kind: 'json', value } },
  };
}

interface Grants {
  readonly [permission: string]: readonly (typeof HOME | { id: string })[];
}

/** One role a permission, in the divisions that are named. */
function grants(held: Grants, condition?: Json): Exchange {
  const list = Object.entries(held).flatMap(([permission, divisions]) => {
    const [domain = '', entityName = '', action = ''] = permission.split(':');
    const policy = { domain, entityName, actions: [action], ...(condition !== undefined && { condition }) };
    return divisions.map((division) => ({
      division,
      role: { name: `Role ${entityName}`, policies: [policy] },
    }));
  });
  return answer('grants', { id: 'c', name: 'export', grants: list });
}

/** All permissions of the organisation, on one page of `pageCount`. */
function existing(permissions: readonly string[], pageCount = 1): Exchange {
  const entities = permissions.map((p) => {
    const [domain = '', entityType = '', action = ''] = p.split(':');
    return { domain, permissionMap: { [entityType]: [{ domain, entityType, action }] } };
  });
  return answer('permissions', { entities, pageCount });
}

const divisions = answer('divisions', { entities: [HOME, FAR], pageCount: 1 });

function denied(code: string, message: string, subject = AGGREGATES): Exchange {
  return answer('endpoint', { code, message, status: 403, contextId: 'x' }, 403, subject);
}

const any = (...permissions: string[]) =>
  denied(
    'missing.any.permissions',
    `You must have at least one of the following permissions assigned: [${permissions.join(', ')}]`,
  );

function sceneOf(
  exchanges: readonly Exchange[],
  more: Partial<Evidence> = {},
  mode: Scene['mode'] = 'climb',
): Scene {
  const evidence: Evidence = {
    schema: 1,
    provider: 'genesys-cloud',
    capturedAt: '2026-11-23T09:00:00Z' as Instant,
    settings: { region: 'eu-central-1 (mypurecloud.de)' },
    needs: [],
    exchanges,
    said: [],
    ...more,
  };
  const profile = evidence.provider === 'generic' ? generic : genesysCloud;
  return { evidence, profile, catalogue: builtIn, mode };
}

const mine = [...client, ...grant, ...scope, ...endpoint];

/** What the checks of these four stages say of a scene: code and certainty. */
function found(scene: Scene): [FindingCode, string][] {
  return mine.flatMap((check) =>
    check.look(scene).map((s): [FindingCode, string] => [check.code, s.certainty]),
  );
}

function fixes(code: FindingCode, scene: Scene): string {
  const check = mine.find((c) => c.code === code)!;
  return JSON.stringify(
    check.look(scene).map((s) => [check.cause(s.facts, scene), check.fix(s.facts, scene)]),
  );
}

describe('a refusal about rights', () => {
  it('is a missing permission for sure when all sources agree', () => {
    const scene = sceneOf([
      any(AGGREGATE),
      grants({ [DETAIL]: [HOME] }),
      divisions,
      existing([AGGREGATE, DETAIL]),
    ]);
    expect(found(scene)).toEqual([['endpoint/missing-permission', 'proved']]);
    const text = fixes('endpoint/missing-permission', scene);
    expect(text).toContain(AGGREGATE);
    expect(text).toContain('Role conversationDetail');
    expect(text).toContain(`--endpoint '${AGGREGATES}'`);
  });

  it('is only suspected while nobody knows whether the permission exists', () => {
    for (const more of [[], [existing([DETAIL], 2)]]) {
      const scene = sceneOf([any(AGGREGATE), grants({}), ...more]);
      expect(found(scene)).toEqual([['endpoint/missing-permission', 'suspected']]);
      const [seen] = endpoint.find((c) => c.code === 'endpoint/missing-permission')!.look(scene);
      expect(seen?.alternatives?.map((a) => a.code)).toContain('endpoint/feature-missing');
    }
  });

  it('is a missing feature when the organisation does not have the permission', () => {
    expect(found(sceneOf([any(AGGREGATE), grants({}), existing([DETAIL])]))).toEqual([
      ['endpoint/feature-missing', 'proved'],
    ]);
  });

  it('does not conclude that from a name that the door drops', () => {
    const scene = sceneOf([
      denied(
        'missing.any.permissions',
        'at least one of the following permissions assigned: [analytics:botFlowSession:view]',
        'GET /api/v2/analytics/botflows/x/sessions',
      ),
      grants({}),
      existing([DETAIL]),
    ]);
    expect(found(scene)).toEqual([['endpoint/missing-permission', 'suspected']]);
  });

  it('asks of ANY only for what exists, and of ALL for each', () => {
    const one = sceneOf([any('a:gone:view', AGGREGATE), grants({}), existing([AGGREGATE])]);
    expect(found(one)).toEqual([['endpoint/missing-permission', 'proved']]);
    expect(fixes('endpoint/missing-permission', one)).toContain(`the permission ${AGGREGATE} to a role`);
    const all = denied(
      'missing.permissions',
      `You are missing the following permission(s): [a:gone:view, ${AGGREGATE}]`,
    );
    expect(found(sceneOf([all, grants({}), existing([AGGREGATE])]))).toEqual([
      ['endpoint/feature-missing', 'proved'],
    ]);
  });

  it('lays a refusal beside the documentation and lowers the certainty where they differ', () => {
    const scene = sceneOf([any(DETAIL), grants({}), existing([AGGREGATE, DETAIL])]);
    expect(found(scene)).toEqual([['endpoint/missing-permission', 'suspected']]);
    const text = fixes('endpoint/missing-permission', scene);
    expect(text).toContain(AGGREGATE);
    expect(text).toContain(DETAIL);
  });

  it('suspects a policy where the permission that is named is held everywhere, also by a wildcard', () => {
    for (const held of [AGGREGATE, 'analytics:*:view', 'ANALYTICS:conversationaggregate:*', '*:*:*']) {
      const scene = sceneOf([
        any(AGGREGATE),
        grants({ [held]: [{ id: '*' }] }),
        divisions,
        existing([AGGREGATE]),
      ]);
      expect(found(scene)).toEqual([['endpoint/policy-denied', 'suspected']]);
    }
  });

  it('suspects it too where the permission is held under a condition', () => {
    const scene = sceneOf([
      any(AGGREGATE),
      grants({ [AGGREGATE]: [HOME] }, {}),
      divisions,
      existing([AGGREGATE]),
    ]);
    expect(found(scene)).toEqual([['endpoint/policy-denied', 'suspected']]);
  });

  const QUEUE = 'GET /api/v2/routing/queues/6a0b3a2e-27d6-4d5b-a39c-9d1f0a6ad1f3';
  const far = denied(
    'missing.division.permission',
    "You are missing the following permission 'routing:queue:view' in the provided division(s).",
    QUEUE,
  );

  it('is a missing division when the permission is held elsewhere', () => {
    const scene = sceneOf([
      far,
      grants({ 'routing:queue:view': [HOME] }),
      divisions,
      existing(['routing:queue:view']),
    ]);
    expect(found(scene)).toEqual([['endpoint/missing-division', 'proved']]);
    const text = fixes('endpoint/missing-division', scene);
    expect(text).toContain('only in Home');
    expect(text).toContain('Far <North>');
    expect(text).toContain('Role queue');
  });

  it('is no missing division when the permission is held nowhere, or everywhere', () => {
    expect(found(sceneOf([far, grants({}), divisions, existing(['routing:queue:view'])]))).toEqual([
      ['endpoint/missing-permission', 'proved'],
    ]);
    const everywhere = sceneOf([
      far,
      grants({ 'routing:queue:view': [HOME, FAR] }),
      divisions,
      existing(['routing:queue:view']),
    ]);
    expect(found(everywhere)).toEqual([['endpoint/policy-denied', 'suspected']]);
  });

  it('is foreseen for a call that was not sent', () => {
    const unsent: Exchange = {
      step: 'endpoint',
      subject: 'POST /api/v2/recording/jobs',
      request: { authorization: { kind: 'absent' } },
      outcome: { kind: 'not-sent', reason: 'it could change something' },
    };
    const holds = (permission: string) =>
      found(sceneOf([unsent, grants({ [permission]: [HOME] }), existing(['recording:job:add'])]));
    expect(holds('recording:job:view')).toEqual([['endpoint/missing-permission', 'proved']]);
    expect(holds('recording:job:add')).toEqual([]);
    expect(found(sceneOf([unsent]))).toEqual([]);
  });
});

describe('silence', () => {
  const letIn = answer('endpoint', { total: 4 }, 200, 'GET /api/v2/routing/queues');
  const held = (...where: readonly (typeof HOME | { id: string })[]) =>
    sceneOf([letIn, grants({ 'routing:queue:view': where }), divisions]);

  it('names the divisions out of sight and counts their queues', () => {
    expect(found(held(HOME))).toEqual([['endpoint/silently-empty', 'proved']]);
    const text = fixes('endpoint/silently-empty', held(HOME));
    expect(text).toContain('only in Home');
    expect(text).toContain('3 queues');
  });

  it('is none where all divisions are seen, or where they were not read', () => {
    expect(found(held(HOME, FAR))).toEqual([]);
    expect(found(held({ id: '*' }))).toEqual([]);
    expect(found(sceneOf([letIn, grants({ 'routing:queue:view': [HOME] })]))).toEqual([]);
  });

  it('is not said of a call that was refused, or that has no divisions', () => {
    const refused = {
      ...letIn,
      outcome: { kind: 'answered', status: 500, headers: {}, body: { kind: 'none' } } as const,
    };
    expect(found(sceneOf([refused, grants({ 'routing:queue:view': [HOME] }), divisions]))).toEqual([]);
    const whole = answer('endpoint', {}, 200, 'GET /api/v2/organizations/me');
    expect(found(sceneOf([whole, grants({ 'routing:queue:view': [HOME] }), divisions]))).toEqual([]);
  });

  it('believes the server about a permission before the list of grants', () => {
    const all = answer(
      'divisions-permitted',
      { allDivsPermitted: true, entities: [HOME] },
      200,
      'routing:queue:view',
    );
    expect(found(sceneOf([letIn, grants({ 'routing:queue:view': [HOME] }), divisions, all]))).toEqual([]);
  });
});

describe('a scope that is missing', () => {
  const refused: Exchange = {
    step: 'endpoint',
    subject: 'GET /v1/queues',
    request: {
      url: 'https://api.example.net/v1/queues',
      authorization: { kind: 'bearer', token: 'well-formed' },
    },
    outcome: {
      kind: 'answered',
      status: 403,
      headers: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="queues:read"' },
      body: { kind: 'none' },
    },
  };
  const issued = (asked: string | undefined, granted?: string): Exchange => ({
    step: 'token',
    request: {
      authorization: { kind: 'absent' },
      form: { grant_type: 'client_credentials', ...(asked !== undefined && { scope: asked }) },
    },
    outcome: {
      kind: 'answered',
      status: 200,
      headers: {},
      body: { kind: 'json', value: granted === undefined ? {} : { scope: granted } },
      token: { kind: 'opaque', length: 40 },
    },
  });
  const of = (...exchanges: Exchange[]) => found(sceneOf(exchanges, { provider: 'generic', settings: {} }));

  it('belongs to the stage that lost it', () => {
    expect(of(issued(undefined), refused)).toEqual([['scope/not-requested', 'proved']]);
    expect(of(issued('queues:read users:read', 'users:read'), refused)).toEqual([
      ['scope/granted-narrower', 'proved'],
    ]);
    expect(of(issued('users:read'), refused)).toEqual([['endpoint/missing-scope', 'proved']]);
    expect(of(refused).map(([code]) => code)).toEqual(['endpoint/missing-scope']);
  });

  it('that was asked for and is named nowhere in the token is suspected to be lost', () => {
    const introspected = (body: Json) => answer('introspection', body);
    const lost = [['scope/granted-narrower', 'suspected']];
    expect(of(issued('queues:read'), introspected({ active: true }), refused)).toEqual(lost);
    const named = introspected({ active: true, scope: 'queues:read' });
    expect(of(issued('queues:read'), named, refused)).toEqual([['endpoint/consent-missing', 'suspected']]);
    // RFC 6749 §5.1: without another word, what was asked for was granted.
    expect(of(issued('queues:read'), refused)).toEqual([['endpoint/consent-missing', 'suspected']]);
  });

  it('is a warning while nothing has failed for it', () => {
    const scene = sceneOf([issued('a b', 'a')], { provider: 'generic', settings: {} });
    const [seen] = scope.find((c) => c.code === 'scope/granted-narrower')!.look(scene);
    expect(seen).toMatchObject({ severity: 'warning', blocks: false, explains: [] });
    expect(of(issued('a b', 'b a'))).toEqual([]);
    expect(of(issued('a b'))).toEqual([]);
  });

  it.each<[string, string, string, readonly string[] | undefined]>([
    [
      'what stands for the scopes of an API',
      'https://g.test/.default',
      'https://g.test/User.Read',
      undefined,
    ],
    ['what asks for a refresh token', 'a offline_access', 'a', undefined],
    ['a list with commas', 'a b', 'a,b', undefined],
    ['a list with commas that is shorter', 'a b c', 'a,b', ['proved', 'c']],
    ['a wildcard', 'a:read b', 'a:* b', ['suspected', 'a:read']],
    ['a wildcard of something else', 'a:read b', 'b:* b', ['proved', 'a:read']],
  ])('is not lost, or not surely, by %s', (_, asked, granted, expected) => {
    const scene = sceneOf([issued(asked, granted)], { provider: 'generic', settings: {} });
    const [seen] = scope.find((c) => c.code === 'scope/granted-narrower')!.look(scene);
    expect(seen && [seen.certainty, ...(seen.facts['needed'] as string[])]).toEqual(expected);
  });

  it.each([
    ['a,b', 'suspected'],
    ['"a"', 'proved'],
    ['a  b', 'proved'],
    ['ä', 'proved'],
  ])('and one written as %s is malformed', (asked, certainty) => {
    expect(of(issued(asked))).toEqual([['scope/malformed', certainty]]);
  });

  it('does no known harm at Genesys Cloud when it does not exist', () => {
    const scene = sceneOf([issued('analytics:reporting analytics')], {
      settings: { requestedScope: 'analytics:reporting analytics' },
    });
    expect(found(scene)).toEqual([['scope/unknown', 'proved']]);
    expect(fixes('scope/unknown', scene)).not.toContain('analytics:reporting or analytics');
  });
});

describe('a grant type', () => {
  const asked = (grant_type: string) =>
    sceneOf(
      [
        {
          step: 'token',
          request: { authorization: { kind: 'absent' }, form: { grant_type } },
          outcome: { kind: 'not-shown' },
        },
      ],
      { provider: 'generic' },
      'everything',
    );

  it.each(['CLIENT-CREDENTIALS', 'client-credentials', 'client_credential', 'clientCredentials'])(
    'spelt %s is not one',
    (name) => {
      expect(found(asked(name))).toEqual([['grant/wrong-type-sent', 'proved']]);
    },
  );
  it.each(['client_credentials', 'authorization_code', 'urn:ietf:params:oauth:grant-type:saml2-bearer'])(
    '%s may be meant',
    (name) => {
      expect(found(asked(name))).toEqual([]);
    },
  );
});

describe('whatever was answered', () => {
  const steps: StepId[] = [
    'token',
    'whoami',
    'grants',
    'divisions',
    'divisions-permitted',
    'permissions',
    'products',
    'endpoint',
    'endpoint/2',
    'introspection',
  ];
  const codes = fc.constantFrom(
    'missing.any.permissions',
    'missing.division.permission',
    'app.not.authorized.for.scope',
    'not.found',
    'bad.credentials',
    'too.many.requests',
    'invalid_client',
  );
  const value = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        code: codes,
        message: fc.string(),
        error: codes,
        scope: fc.string(),
        entities: fc.jsonValue(),
        grants: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
  );
  const exchange = fc
    .record({
      step: fc.constantFrom(...steps),
      status: fc.constantFrom(0, 200, 400, 401, 403, 404, 429, 500, 501),
      value,
      subject: fc.oneof(fc.string(), fc.constantFrom(AGGREGATES, 'GET /api/v2/x', 'a:b:c')),
    })
    .map(({ step, status, value: v, subject }) => answer(step, v as Json, status, subject));

  it('the checks look, explain and mend without an error', () => {
    fc.assert(
      fc.property(
        fc.array(exchange, { maxLength: 8 }),
        fc.constantFrom('genesys-cloud', 'generic'),
        fc.constantFrom<Scene['mode']>('climb', 'everything'),
        (exchanges, provider, mode) => {
          const scene = sceneOf(exchanges, { provider }, mode);
          for (const check of mine) {
            for (const seen of check.look(scene)) {
              expect(check.cause(seen.facts, scene)).not.toMatch(/undefined|\[object/);
              const steps = check.fix(seen.facts, scene);
              expect(steps.length).toBeGreaterThan(0);
              expect(steps.at(-1)?.command).toMatch(/^why403 /);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
