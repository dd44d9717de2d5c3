/**
 * The API of the thread's world: what the forum thread takes for granted, served as if it were so. None of it exists
 * in Genesys Cloud; it is the example of a declared dataset and of the generic provider.
 *
 * `GET /api/v2/analytics/reporting/queues/summary` needs the scopes of `org.needs.queueSummary`
 * (`analytics:call-summary:read`). Parameters, all optional:
 *
 * | parameter | meaning |
 * |---|---|
 * | `from`, `to` | UTC instants on whole hours, `to` exclusive; default: the last hour that has ended |
 * | `pageSize` | 1 to 1000, default 100 |
 * | `pageNumber` | from 1 |
 *
 * At most 7 days a request, else 400 `{"code":"invalid_range",…}`. The answer, rows in order of `intervalStart`,
 * then `queueId`; a queue's hour without any call has no row; numbers are integers, durations milliseconds; a
 * duration that nothing produced is left out:
 *
 * ```json
 * { "from": "2026-11-23T09:00:00Z", "to": "2026-11-23T11:00:00Z",
 *   "pageNumber": 1, "pageSize": 100, "pageCount": 2, "total": 180,
 *   "nextUri": "/api/v2/analytics/reporting/queues/summary?from=…&to=…&pageSize=100&pageNumber=2",
 *   "summaries": [
 *     { "intervalStart": "2026-11-23T09:00:00Z", "intervalEnd": "2026-11-23T10:00:00Z",
 *       "queueId": "q-0011", "queueName": "Orders",
 *       "offered": 12, "answered": 10, "abandoned": 2, "answeredInTarget": 8,
 *       "waitMsSum": 184211, "waitMsMax": 60212, "talkMsSum": 2711010, "handleMsSum": 3100912 } ] }
 * ```
 * `nextUri` is absent on the last page; `summaries` may be empty.
 *
 * Errors are `{"code": "…", "message": "…"}`; a missing scope is 403 `insufficient_scope` with the RFC 6750 challenge
 * `WWW-Authenticate: Bearer error="insufficient_scope", scope="analytics:call-summary:read"`.
 */
import { HOUR_MS, hourOf, type Json } from '../core/index.ts';
import { truth } from './aggregates.ts';
import { allowedAddress } from './api-gates.ts';
import { answerThreadToken, threadError, threadMetadata, TOKEN_PATH } from './login-thread.ts';
import type { ThreadOrg } from './org.ts';
import { match, type Params } from './route.ts';
import { bearer, firstRefusal, json, type Answer, type Asked, type Gate } from './wire.ts';
import { spend, type Token, type World } from './world.ts';

export const SUMMARY = '/api/v2/analytics/reporting/queues/summary';

interface Call {
  readonly asked: Asked;
  readonly world: World<ThreadOrg>;
  readonly params: Params;
}

interface ThreadRoute {
  readonly template: string;
  readonly about: string;
  readonly needs: keyof ThreadOrg['needs'];
  answer(call: Call): Answer;
}

function pageOf(call: Call, name: string, rows: readonly Json[], head: { [key: string]: string }): Answer {
  const number = (field: string, fallback: number, most: number): number => {
    const value = Number(call.asked.query.get(field) ?? fallback);
    return Number.isInteger(value) && value > 0 ? Math.min(value, most) : fallback;
  };
  const pageSize = number('pageSize', 100, 1000);
  const pageNumber = number('pageNumber', 1, Number.MAX_SAFE_INTEGER);
  const pageCount = Math.ceil(rows.length / pageSize);
  const query = new URLSearchParams(call.asked.query);
  for (const [key, value] of Object.entries(head)) query.set(key, value);
  query.set('pageSize', String(pageSize));
  query.set('pageNumber', String(pageNumber + 1));
  return json({
    ...head,
    pageNumber,
    pageSize,
    pageCount,
    total: rows.length,
    ...(pageNumber < pageCount ? { nextUri: `${call.asked.path}?${query.toString()}` } : {}),
    [name]: rows.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
  });
}

function summary(call: Call): Answer {
  const { asked, world } = call;
  const now = world.clock().getTime();
  const lastEnd = Math.floor(now / HOUR_MS) * HOUR_MS;
  const to = Date.parse(asked.query.get('to') ?? new Date(lastEnd).toISOString());
  const from = Date.parse(asked.query.get('from') ?? new Date(to - HOUR_MS).toISOString());
  if (!(from < to) || from % HOUR_MS !== 0 || to % HOUR_MS !== 0) {
    return threadError(400, 'invalid_range', 'from and to must be whole hours in UTC, from before to.');
  }
  if (to - from > 7 * 24 * HOUR_MS) return threadError(400, 'invalid_range', 'At most 7 days a request.');
  const rows = new Map<string, { [key: string]: Json }>();
  for (const cell of truth(world, from / HOUR_MS, to / HOUR_MS)) {
    const { metrics } = cell;
    const key = `${cell.hour} ${cell.queueId}`;
    const row = rows.get(key) ?? {
      intervalStart: cell.hour,
      intervalEnd: hourOf(Date.parse(cell.hour) + HOUR_MS),
      queueId: cell.queueId,
      queueName: cell.queueName,
      offered: 0,
      answered: 0,
      abandoned: 0,
      answeredInTarget: 0,
    };
    rows.set(key, row);
    const add = (field: string, value: number | undefined): void => {
      if (value !== undefined) row[field] = Number(row[field] ?? 0) + value;
    };
    add('offered', metrics['nOffered']?.count);
    add('answered', metrics['tAnswered']?.count);
    add('abandoned', metrics['tAbandon']?.count);
    add('answeredInTarget', metrics['oServiceLevel']?.numerator);
    add('waitMsSum', metrics['tWait']?.sum);
    const longest = metrics['tWait']?.max;
    if (longest !== undefined) row['waitMsMax'] = Math.max(Number(row['waitMsMax'] ?? 0), longest);
    add('talkMsSum', metrics['tTalkComplete']?.sum);
    add('handleMsSum', metrics['tHandle']?.sum);
  }
  const head = { from: hourOf(from), to: hourOf(to) };
  return pageOf(call, 'summaries', [...rows.values()], head);
}

/** A handful of made-up recordings: they list with one scope and download with another. */
function recordingsOf({ org }: World<ThreadOrg>): { id: string; queueId: string; durationMs: number }[] {
  return org.queues
    .slice(0, 5)
    .map((q, i) => ({ id: `rec-${i + 1}`, queueId: q.id, durationMs: 90_000 + 1_000 * i }));
}

const NOT_FOUND = (): Answer => threadError(404, 'not_found', 'There is no such resource.');

export const threadRoutes: readonly ThreadRoute[] = [
  { template: SUMMARY, about: 'Queue summary by hour', needs: 'queueSummary', answer: summary },
  {
    template: '/api/v2/recordings',
    about: 'List recordings',
    needs: 'recordings',
    answer: (call) => pageOf(call, 'recordings', recordingsOf(call.world), {}),
  },
  {
    template: '/api/v2/recordings/{recordingId}/download',
    about: 'Download a recording',
    needs: 'recordingDownload',
    answer: ({ world, params }) => {
      const found = recordingsOf(world).find((r) => r.id === params['recordingId']);
      return found === undefined
        ? NOT_FOUND()
        : { status: 200, body: { kind: 'text', type: 'audio/wav', text: 'RIFF' } };
    },
  },
  {
    template: '/api/v2/users',
    about: 'List users',
    needs: 'users',
    answer: (call) => pageOf(call, 'users', [{ id: 'u-1', name: 'Queue Supervisor' }], {}),
  },
];

interface Visitor {
  readonly asked: Asked;
  readonly world: World<ThreadOrg>;
  readonly token: Token | undefined;
  readonly used: { readonly count: number; readonly resetSeconds: number };
}

/** RFC 6750 §3: a refusal with the challenge that says why. */
function challenged(status: number, code: string, message: string, extra = ''): Answer {
  const challenge = `Bearer error="${code}", error_description="${message}"${extra}`;
  return threadError(status, code, message, { 'www-authenticate': challenge });
}

const doorGates: readonly Gate<Visitor>[] = [
  {
    name: 'token shown',
    refuse: ({ asked }) => {
      const shown = bearer(asked).kind;
      if (shown === 'token') return undefined;
      // RFC 6750 §3.1: no error code where no credentials were sent.
      return shown === 'absent'
        ? threadError(401, 'unauthorized', 'A bearer token is required.', { 'www-authenticate': 'Bearer' })
        : challenged(401, 'invalid_token', 'The access token is malformed.');
    },
  },
  {
    name: 'token known',
    refuse: ({ token }) =>
      token === undefined
        ? challenged(401, 'invalid_token', 'The issuer of the access token is not trusted.')
        : undefined,
  },
  {
    name: 'token alive',
    refuse: ({ token, world }) =>
      token !== undefined && token.expiresAt <= world.clock().getTime()
        ? challenged(401, 'invalid_token', 'The access token expired.')
        : undefined,
  },
  {
    name: 'audience',
    refuse: ({ token, world }) =>
      token?.audience === world.org.audience
        ? undefined
        : challenged(401, 'invalid_token', 'The access token is for another audience.'),
  },
  {
    name: 'address',
    refuse: ({ asked, world }) =>
      allowedAddress(world.org.allowedAddresses, asked.address)
        ? undefined
        : threadError(403, 'ip_not_allowed', `The address ${asked.address} is not allowed.`),
  },
  {
    name: 'rate',
    refuse: ({ used, world }) =>
      used.count <= world.org.requestsPerMinute
        ? undefined
        : threadError(429, 'too_many_requests', 'The rate limit is used up.', {
            'retry-after': String(used.resetSeconds),
          }),
  },
];

function openapi(world: World<ThreadOrg>): Answer {
  const paths: { [template: string]: Json } = {};
  for (const route of threadRoutes) {
    paths[route.template] = {
      get: {
        operationId: `get${route.needs[0]?.toUpperCase() ?? ''}${route.needs.slice(1)}`,
        summary: route.about,
        parameters: [...route.template.matchAll(/\{(.+?)\}/g)].map(([, name = '']) => ({
          name,
          in: 'path',
          required: true,
          schema: { type: 'string' },
        })),
        responses: { '200': { description: 'OK' }, '403': { description: 'A scope is missing' } },
        security: [{ oauth: world.org.needs[route.needs] }],
      },
    };
  }
  const scopes = Object.fromEntries(world.org.scopes.map((s) => [s.name, s.about]));
  const clientCredentials = { tokenUrl: `${world.urls.api}${TOKEN_PATH}`, scopes };
  return json({
    openapi: '3.0.3',
    info: { title: `${world.org.name} API`, version: '2' },
    servers: [{ url: world.urls.api }],
    components: { securitySchemes: { oauth: { type: 'oauth2', flows: { clientCredentials } } } },
    paths,
  });
}

function called(asked: Asked, world: World<ThreadOrg>): Answer {
  const shown = bearer(asked);
  const token = 'token' in shown ? world.tokens.get(shown.token) : undefined;
  const used = 'token' in shown ? spend(world, shown.token) : { count: 0, resetSeconds: 60 };
  const refused = firstRefusal(doorGates, { asked, world, token, used });
  if (refused !== undefined) return refused;
  for (const route of threadRoutes) {
    const params = asked.method === 'GET' ? match(route.template, asked.path) : undefined;
    if (params === undefined) continue;
    const client = world.org.clients.find((c) => c.id === token?.clientId);
    if (client?.consented === false) {
      return threadError(403, 'consent_required', 'An administrator has not consented to this client.');
    }
    const missing = world.org.needs[route.needs].filter((s) => token?.scopes.includes(s) !== true);
    if (missing.length === 0) return route.answer({ asked, world, params });
    const scope = missing.join(' ');
    return challenged(
      403,
      'insufficient_scope',
      `The access token lacks the scope ${scope}.`,
      `, scope="${scope}"`,
    );
  }
  return NOT_FOUND();
}

export function answerThread(asked: Asked, world: World<ThreadOrg>): Answer | Promise<Answer> {
  if (asked.method === 'GET' && asked.path === '/.well-known/oauth-authorization-server') {
    return threadMetadata(world);
  }
  if (asked.method === 'GET' && asked.path === '/openapi.json') return openapi(world);
  if (asked.method === 'POST' && asked.path === TOKEN_PATH) return answerThreadToken(asked, world);
  return called(asked, world);
}
