import { describe, expect, it } from 'vitest';
import { builtIn } from '../src/catalogue/index.ts';
import type {
  Ask,
  EndpointNeed,
  Evidence,
  Exchange,
  Instant,
  Json,
  Scene,
  StepId,
} from '../src/core/index.ts';
import { genesysCloud } from '../src/providers/genesys-cloud.ts';

const QUERY: EndpointNeed = { method: 'POST', path: '/api/v2/analytics/conversations/aggregates/query' };
const QUEUES: EndpointNeed = { method: 'GET', path: '/api/v2/routing/queues' };

const issued: Exchange = {
  step: 'token',
  request: { authorization: { kind: 'absent' } },
  outcome: {
    kind: 'answered',
    status: 200,
    headers: {},
    body: { kind: 'none' },
    token: { kind: 'opaque', length: 80 },
  },
};

function answer(step: StepId, status: number, value: Json = {}, subject?: string): Exchange {
  return {
    step,
    ...(subject !== undefined && { subject }),
    request: { authorization: { kind: 'bearer', token: 'well-formed' } },
    outcome: { kind: 'answered', status, headers: {}, body: { kind: 'json', value } },
  };
}

function sceneOf(
  exchanges: readonly Exchange[],
  needs: readonly EndpointNeed[],
  settings: Evidence['settings'] = { region: 'eu-central-1 (mypurecloud.de)' },
): Scene {
  const evidence: Evidence = {
    schema: 1,
    provider: 'genesys-cloud',
    capturedAt: '2026-11-23T09:00:00Z' as Instant,
    settings,
    needs,
    exchanges,
    said: [],
  };
  return { evidence, profile: genesysCloud, catalogue: builtIn, mode: 'climb' };
}

const asks = (scene: Scene): Ask[] => genesysCloud.asks('endpoint', scene);
const steps = (scene: Scene): string[] => asks(scene).map((a) => a.step);

describe('what the climb asks', () => {
  it('is the token first, at the login host of the region or where the settings say', () => {
    const client = { authorization: { kind: 'bare', looksLike: 'pair' } as const };
    const ask = (settings: Evidence['settings']) => {
      const scene = sceneOf([], [QUEUES], settings);
      return genesysCloud.asks('connection', { ...scene, evidence: { ...scene.evidence, ...client } })[0];
    };
    expect(ask({ region: 'eu-central-1 (mypurecloud.de)' })).toMatchObject({
      method: 'POST',
      url: 'https://login.mypurecloud.de/oauth/token',
      form: { grant_type: 'client_credentials' },
    });
    expect(ask({ tokenUrl: 'http://127.0.0.1:1/oauth/token', requestedScope: 'analytics' })).toMatchObject({
      url: 'http://127.0.0.1:1/oauth/token',
      form: { grant_type: 'client_credentials', scope: 'analytics' },
    });
    expect(ask({ region: 'eu-central-1 (mypurecloud.de)', readyToken: true })).toBeUndefined();
    expect(ask({})).toBeUndefined();
  });

  it('is nothing of the API without a token', () => {
    expect(steps(sceneOf([], [QUEUES]))).toEqual([]);
    expect(steps(sceneOf([], [QUEUES], { apiUrl: 'https://api.mypurecloud.de', readyToken: true }))).toEqual([
      'whoami',
      'endpoint',
    ]);
  });

  it('is only what can change nothing', () => {
    const asked = (...needs: EndpointNeed[]) =>
      asks(sceneOf([issued], needs))
        .filter((a) => a.step.startsWith('endpoint'))
        .map((a) => [a.step, a.subject, a.json !== undefined]);
    const jobs: EndpointNeed = { method: 'POST', path: '/api/v2/recording/jobs' };
    const unknown: EndpointNeed = { method: 'POST', path: '/api/v2/nobody/knows', json: {} };
    expect(asked(jobs, unknown, { method: 'DELETE', path: '/api/v2/routing/queues/x' })).toEqual([]);
    expect(asked(jobs, QUERY, QUEUES)).toEqual([
      ['endpoint/2', `POST ${QUERY.path}`, true],
      ['endpoint/3', `GET ${QUEUES.path}`, false],
    ]);
    expect(asked({ ...jobs, send: true, json: { a: 1 } })).toEqual([
      ['endpoint', 'POST /api/v2/recording/jobs', true],
    ]);
    expect(asked({ method: 'GET', path: '/api/v2/routing/queues/{queueId}' })).toEqual([]);
  });

  it('stops at a token that is refused', () => {
    const refused = [issued, answer('whoami', 401), answer('endpoint', 401, {}, `GET ${QUEUES.path}`)];
    expect(steps(sceneOf(refused, [QUEUES]))).toEqual(['whoami', 'endpoint']);
  });

  it('is what the client holds next, and the organisation only where a call was refused', () => {
    const subject = `GET ${QUEUES.path}`;
    const letIn = sceneOf([issued, answer('whoami', 200), answer('endpoint', 200, {}, subject)], [QUEUES]);
    expect(steps(letIn)).toEqual([
      'whoami',
      'endpoint',
      'organization',
      'grants',
      'divisions',
      'divisions-permitted',
    ]);
    const message = 'at least one of the following permissions assigned: [a:b:c]';
    const body = { code: 'missing.any.permissions', message, status: 403 };
    const refused = sceneOf(
      [issued, answer('whoami', 200), answer('endpoint', 403, body, subject)],
      [QUEUES],
    );
    const more = asks(refused);
    expect(more.map((a) => a.step).slice(-3)).toEqual(['divisions-permitted/2', 'permissions', 'products']);
    expect(more.find((a) => a.step === 'divisions-permitted/2')?.subject).toBe('a:b:c');
    expect(more.every((a) => a.step.startsWith('endpoint') || a.method === 'GET')).toBe(true);
  });

  it('is further pages once the first says how many there are, and never without end', () => {
    const base = [issued, answer('whoami', 200), answer('endpoint', 403, {}, `GET ${QUEUES.path}`)];
    const pages = (pageCount: Json) =>
      steps(sceneOf([...base, answer('permissions', 200, { pageCount })], [QUEUES])).filter((s) =>
        s.startsWith('permissions'),
      );
    expect(pages(3)).toEqual(['permissions', 'permissions/2', 'permissions/3']);
    expect(pages(1_000_000)).toHaveLength(20);
    for (const odd of [-1, 0, 'x', null, 1.5]) expect(pages(odd)).toEqual(['permissions']);
  });
});
