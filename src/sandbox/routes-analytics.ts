/** Routes about queues and their numbers: listings, aggregates, observations, agents. */
import { HOUR_MS, type Json } from '../core/index.ts';
import { aggregates } from './aggregates.ts';
import { agentAggregates, AGENT_METRICS, observations, OBSERVED } from './agents.ts';
import { apiError } from './errors-genesys.ts';
import { divisionsOf, type Queue } from './org.ts';
import {
  bodyOf,
  checked,
  DIMENSIONS,
  intervalOf,
  listOf,
  METRICS,
  refuse,
  stepOf,
  testOf,
} from './query-body.ts';
import { all, any, paged, readScopes, type Call, type Route } from './route.ts';
import { json, type Answer } from './wire.ts';

/** The queues whose division is among those in which the route's permission is held. */
function visible({ org, client, route }: Call): Queue[] {
  const seen = new Set(route.rule.permissions.flatMap((p) => [...divisionsOf(org, client, p)]));
  return org.queues.filter((q) => q.division !== undefined && seen.has(q.division));
}

function queueEntity(call: Call, of: Queue): Json {
  const at = call.org.divisions.find((d) => d.id === of.division);
  return {
    id: of.id,
    name: of.name,
    division: { id: at?.id ?? '', name: at?.name ?? '' },
    memberCount: call.org.users.filter((u) => u.queues.includes(of.id)).length,
    selfUri: `/api/v2/routing/queues/${of.id}`,
  };
}

function queueList(call: Call): Answer {
  const wanted = call.asked.query.get('name')?.toLowerCase();
  const found = visible(call)
    .filter((q) => wanted === undefined || q.name.toLowerCase() === wanted)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return paged(
    call.asked,
    found.map((q) => queueEntity(call, q)),
  );
}

function query(call: Call): Answer {
  const body = bodyOf(call);
  const { from, to } = intervalOf(call, body);
  const metrics = listOf(body, 'metrics', METRICS, true);
  const groupBy = listOf(body, 'groupBy', DIMENSIONS, false);
  const step = stepOf(body, to - from);
  const test = testOf(body, DIMENSIONS);
  const byQueue = groupBy.includes('queueId');
  const queues = visible(call);
  const { maxRows } = call.org.analytics;
  const rows = queues.reduce((n, q) => n + q.media.length, 0) * Math.ceil((to - from) / step);
  if (maxRows !== undefined && rows > maxRows) {
    refuse(
      'response.entity.too.large',
      'The response is over the size limit. Reduce pageSize or expand list to reduce response size if applicable',
    );
  }
  const keeps = (queueId: string, media: string): boolean =>
    test({ queueId: queueId === '' ? undefined : queueId, mediaType: media });
  const pieces = aggregates(call.world, queues, { from, to, step, metrics, byQueue, keeps });
  return { status: 200, body: { kind: 'pieces', pieces } };
}

function observe(call: Call): Answer {
  const body = bodyOf(call);
  if (body['filter'] === undefined) refuse('constraint.validation', 'filter: may not be null');
  const metrics = listOf(body, 'metrics', OBSERVED, true);
  const test = testOf(body, DIMENSIONS);
  return json({ results: observations(call.world, visible(call), metrics, test) });
}

function agents(call: Call): Answer {
  const body = bodyOf(call);
  const { from, to } = intervalOf(call, body);
  const metrics = listOf(body, 'metrics', AGENT_METRICS, true);
  listOf(body, 'groupBy', ['userId'], false);
  const step = stepOf(body, to - from);
  const test = testOf(body, ['userId']);
  const seen = divisionsOf(call.org, call.client, 'analytics:userAggregate:view');
  const users = call.org.users.filter((u) => seen.has(u.division) && test({ userId: u.id }));
  return json({ results: agentAggregates(call.world, users, { from, to, step, metrics }) });
}

function route(
  method: Route['method'],
  template: string,
  about: string,
  scope: string,
  rule: Route['rule'],
  answer: Route['answer'],
): Route {
  return {
    method,
    template,
    about,
    rule,
    scopes: readScopes(scope),
    divisionAware: true,
    answer: checked(answer),
  };
}

const VIEW_QUEUES = any('routing:queue:view');

export const analyticsRoutes: readonly Route[] = [
  route('GET', '/api/v2/routing/queues', 'Get list of queues', 'routing', VIEW_QUEUES, queueList),
  route(
    'GET',
    '/api/v2/routing/queues/divisionviews/all',
    'Get a listing of all queue divisions',
    'routing',
    all('routing:queue:search'),
    queueList,
  ),
  {
    ...route(
      'GET',
      '/api/v2/routing/queues/{queueId}',
      'Get details about this queue',
      'routing',
      all('routing:queue:view'),
      (call) => {
        const found = call.org.queues.find((q) => q.id === call.params['queueId']);
        return found === undefined
          ? apiError(404, 'not.found', 'The requested resource was not found.')
          : json(queueEntity(call, found));
      },
    ),
    division: (params, org) => org.queues.find((q) => q.id === params['queueId'])?.division,
  },
  route(
    'POST',
    '/api/v2/analytics/conversations/aggregates/query',
    'Query for conversation aggregates',
    'analytics',
    any('analytics:conversationAggregate:view'),
    query,
  ),
  route(
    'POST',
    '/api/v2/analytics/queues/observations/query',
    'Query for queue observations',
    'analytics',
    any('analytics:queueObservation:view'),
    observe,
  ),
  route(
    'POST',
    '/api/v2/analytics/users/aggregates/query',
    'Query for user aggregates',
    'analytics',
    any('analytics:userAggregate:view'),
    agents,
  ),
  route(
    'GET',
    '/api/v2/analytics/conversations/details/jobs/availability',
    'Lookup the datalake availability date and time',
    'analytics',
    any('analytics:conversationDetail:view'),
    ({ world }) =>
      json({ dataAvailabilityDate: new Date(world.clock().getTime() - 6 * HOUR_MS).toISOString() }),
  ),
];
