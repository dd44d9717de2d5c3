/**
 * The built-in catalogue: what reporting clients call most, and all that this program calls itself. Checked by hand,
 * row by row; a table, so longer than other files. `why403 catalogue update` learns the rest from the org's document.
 */
import type { CatalogueEntry, Json, PermissionRule } from '../core/index.ts';

/** The day of the documentation that the rows were checked against. */
export const BUILT_IN_DATE = '2026-08-15';

// Permission texts come from the SDK's documentation (MIT, Copyright Genesys Cloud Services, Inc.).
export const BUILT_IN_SOURCE =
  'built in, from JavaScript SDK 259.0.0 and the Platform API document of 2026-07-19';

type Fields = Partial<
  Pick<CatalogueEntry, 'clientCredentials' | 'divisionAware' | 'query' | 'smallestBody' | 'preview'>
>;
type Need = readonly [type: PermissionRule['type'], ...permissions: string[]];

const any = (...permissions: string[]): Need => ['ANY', ...permissions];
const all = (...permissions: string[]): Need => ['ALL', ...permissions];
const none: Need = ['none'];

/**
 * A row. A client-credentials token can call it unless a row says otherwise: that grant has what roles and divisions
 * give it, except where the operation declares `not.a.user` (Platform API document; help, "Create an OAuth client").
 */
function row(endpoint: string, need: Need, scopes: string, fields: Fields = {}): CatalogueEntry {
  const space = endpoint.indexOf(' ');
  const [type, ...permissions] = need;
  return {
    method: endpoint.slice(0, space),
    path: `/api/v2/${endpoint.slice(space + 1)}`,
    rule: { type, permissions },
    scopes: scopes.split(' '),
    clientCredentials: true,
    divisionAware: 'unknown',
    ...fields,
    source: BUILT_IN_SOURCE,
    date: BUILT_IN_DATE,
  };
}

/** `name` alone for what writes, `name name:readonly` for what reads; either of the two suffices. */
const reads = (name: string) => `${name} ${name}:readonly`;

/**
 * Rows carry the divisions of the queues, agents and flows that they touched, or stand in one themselves. Only where
 * the help centre says so: conversations, recordings, presence history and audits ("Access control transactional
 * objects"), queues, flows and wrap-up codes ("Divisions overview").
 */
const divided: Fields = { divisionAware: true };

// One past hour: long enough ago to be settled, inside every limit on intervals that was seen.
const HOUR = '2026-01-01T00:00:00.000Z/2026-01-01T01:00:00.000Z';
// Matches nothing; the filter is a required field.
const NOBODY = '00000000-0000-0000-0000-000000000000';

const asks = (smallestBody?: Json, fields: Fields = {}): Fields => ({
  query: true,
  ...(smallestBody === undefined ? {} : { smallestBody }),
  ...fields,
});
const aggregates = (metric: string | undefined, fields: Fields = {}): Fields =>
  asks(metric === undefined ? undefined : { interval: HOUR, metrics: [metric] }, fields);
const observations = (dimension: string, metric: string): Fields =>
  asks({
    filter: {
      type: 'or',
      predicates: [{ type: 'dimension', dimension, operator: 'matches', value: NOBODY }],
    },
    metrics: [metric],
  });
const details = (): Fields => asks({ interval: HOUR, paging: { pageSize: 1, pageNumber: 1 } }, divided);

const CONVERSATION_AGGREGATE = any('analytics:conversationAggregate:view');
const CONVERSATION_DETAIL = any(
  'analytics:conversationDetail:view',
  'analytics:agentConversationDetail:view',
);
const RECORDING = any(
  'recording:recording:view',
  'recording:recordingSegment:view',
  'recording:snippetRecording:view',
  'recording:screenRecording:view',
);
const CLIENT_VIEW = any('oauth:client:view');
const ORG_USAGE = any('oauth:client:view', 'usage:organization:view');
const CLIENT_USAGE = any('oauth:client:view', 'usage:client:view');

const ANALYTICS = reads('analytics');
const ROUTING = reads('routing');
const RECORDINGS = reads('recordings');
const QUALITY = reads('quality');
const AUTHORIZATION = reads('authorization');
const ORGANIZATION = reads('organization');
const OAUTH = reads('oauth');

export const BUILT_IN: readonly CatalogueEntry[] = [
  row(
    'POST analytics/conversations/aggregates/query',
    CONVERSATION_AGGREGATE,
    ANALYTICS,
    aggregates('nOffered', divided),
  ),
  row('POST analytics/conversations/aggregates/jobs', CONVERSATION_AGGREGATE, ANALYTICS, divided),
  row('GET analytics/conversations/aggregates/jobs/{jobId}', CONVERSATION_AGGREGATE, ANALYTICS),
  row(
    'GET analytics/conversations/aggregates/jobs/{jobId}/results',
    CONVERSATION_AGGREGATE,
    ANALYTICS,
    divided,
  ),
  row('POST analytics/conversations/details/query', CONVERSATION_DETAIL, ANALYTICS, details()),
  row('POST analytics/conversations/details/jobs', CONVERSATION_DETAIL, ANALYTICS, divided),
  row('GET analytics/conversations/details/jobs/{jobId}', CONVERSATION_DETAIL, ANALYTICS),
  row('GET analytics/conversations/details/jobs/{jobId}/results', CONVERSATION_DETAIL, ANALYTICS, divided),
  row(
    'GET analytics/conversations/details/jobs/availability',
    any('analytics:conversationDetail:view'),
    ANALYTICS,
  ),
  row('GET analytics/conversations/details', CONVERSATION_DETAIL, ANALYTICS, divided),
  row('GET analytics/conversations/{conversationId}/details', CONVERSATION_DETAIL, ANALYTICS, divided),
  row(
    'POST analytics/conversations/activity/query',
    any('analytics:queueObservation:view'),
    ANALYTICS,
    asks({ metrics: [{ metric: 'oWaiting' }], groupBy: ['queueId'] }),
  ),
  row(
    'POST analytics/queues/observations/query',
    any('analytics:queueObservation:view'),
    ANALYTICS,
    observations('queueId', 'oWaiting'),
  ),
  row(
    'POST analytics/users/aggregates/query',
    any('analytics:userAggregate:view'),
    ANALYTICS,
    aggregates('tAgentRoutingStatus', divided),
  ),
  row('POST analytics/users/details/query', any('analytics:userDetail:view'), ANALYTICS, details()),
  row('POST analytics/users/details/jobs', any('analytics:userDetail:view'), ANALYTICS, divided),
  row('GET analytics/users/details/jobs/availability', any('analytics:userDetail:view'), ANALYTICS),
  row(
    'POST analytics/users/observations/query',
    any('analytics:userObservation:view'),
    ANALYTICS,
    observations('userId', 'oUserRoutingStatuses'),
  ),
  row('POST analytics/users/activity/query', any('analytics:userObservation:view'), ANALYTICS, asks()),
  row(
    'POST analytics/flows/aggregates/query',
    any('analytics:flowAggregate:view'),
    ANALYTICS,
    aggregates('nFlow'),
  ),
  row(
    'POST analytics/flows/observations/query',
    any('analytics:flowObservation:view'),
    ANALYTICS,
    observations('flowId', 'oFlow'),
  ),
  row(
    'POST analytics/transcripts/aggregates/query',
    any('analytics:speechAndTextAnalyticsAggregates:view'),
    ANALYTICS,
    aggregates(undefined),
  ),
  row(
    'POST analytics/evaluations/aggregates/query',
    any('analytics:evaluationAggregate:view'),
    ANALYTICS,
    aggregates('nEvaluations'),
  ),
  row(
    'POST analytics/surveys/aggregates/query',
    any('analytics:surveyAggregate:view'),
    ANALYTICS,
    aggregates('nSurveysSent'),
  ),
  row(
    'POST analytics/bots/aggregates/query',
    any('analytics:botAggregate:view'),
    ANALYTICS,
    aggregates(undefined),
  ),
  row(
    'POST analytics/actions/aggregates/query',
    any('integrations:action:view', 'bridge:actions:view'),
    ANALYTICS,
    aggregates(undefined),
  ),
  row(
    'POST analytics/ratelimits/aggregates/query',
    any('analytics:rateLimitAggregate:view'),
    ANALYTICS,
    aggregates(undefined),
  ),
  row('GET analytics/dataretention/settings', any('analytics:dataRetention:view'), ANALYTICS),
  row('GET analytics/reporting/exports', all('analytics:dataExport:view'), ANALYTICS, {
    // The documentation speaks of exports "for a user"; nobody says what a client gets.
    clientCredentials: 'unknown',
  }),
  row('POST analytics/reporting/exports', all('analytics:dataExport:add'), 'analytics', {
    clientCredentials: 'unknown',
  }),
  row('GET analytics/reporting/exports/metadata', all('analytics:dataExport:view'), ANALYTICS, {
    clientCredentials: 'unknown',
  }),

  row('GET routing/queues', any('routing:queue:view'), ROUTING, divided),
  row('GET routing/queues/{queueId}', all('routing:queue:view'), ROUTING, divided),
  row(
    'GET routing/queues/{queueId}/members',
    any('routing:queue:view', 'routing:queue:edit', 'routing:queue:readonly', 'routing:queueMember:manage'),
    ROUTING,
  ),
  row('GET routing/queues/divisionviews', all('routing:queue:search'), ROUTING, divided),
  row('GET routing/queues/divisionviews/all', all('routing:queue:search'), ROUTING, divided),
  row('GET routing/queues/me', none, ROUTING, { clientCredentials: false }),
  row('GET routing/wrapupcodes', all('routing:wrapupCode:view'), ROUTING, divided),
  row('GET routing/skills', any('routing:skill:view'), ROUTING),

  row('GET users', none, reads('users')),
  row('GET users/{userId}', none, reads('users')),
  row('GET users/me', none, 'user-basic-info', { clientCredentials: false }),
  row('POST users/search', any('directory:user:view'), reads('users'), asks({ pageSize: 1, pageNumber: 1 })),
  row('GET groups', none, reads('groups')),
  row('GET presencedefinitions', none, reads('presence')),
  row('GET flows', any('architect:flow:view'), reads('architect'), divided),

  row(
    'GET conversations/{conversationId}',
    any('conversation:communication:view'),
    reads('conversations'),
    divided,
  ),
  row('GET conversations/{conversationId}/recordings', RECORDING, RECORDINGS, divided),
  row('GET conversations/{conversationId}/recordings/{recordingId}', RECORDING, RECORDINGS, divided),
  row('GET conversations/{conversationId}/recordingmetadata', RECORDING, RECORDINGS, divided),
  row('POST recording/jobs', all('recording:job:add'), 'recordings'),
  row('GET recording/jobs/{jobId}', all('recording:job:view'), RECORDINGS),
  row('POST recording/batchrequests', RECORDING, QUALITY),
  row('GET recording/batchrequests/{jobId}', none, QUALITY),
  row(
    'GET speechandtextanalytics/conversations/{conversationId}/communications/{communicationId}/transcripturl',
    all('recording:recording:view', 'speechAndTextAnalytics:data:view'),
    reads('speech-and-text-analytics'),
  ),
  row(
    'GET quality/conversations/{conversationId}/evaluations/{evaluationId}',
    any('quality:evaluation:view', 'quality:evaluation:assign', 'quality:evaluation:release'),
    QUALITY,
  ),
  row('POST audits/query', all('audits:audit:view'), 'audits:readonly', divided),

  row('GET tokens/me', none, 'user-basic-info'),
  row('HEAD tokens/me', none, 'user-basic-info'),
  row('DELETE tokens/me', none, 'user-basic-info'),
  row('GET organizations/me', none, ORGANIZATION),
  row('GET organizations/limits/namespaces', none, ORGANIZATION),
  row('GET organizations/authentication/settings', any('directory:organization:admin'), ORGANIZATION),
  row('GET authorization/subjects/me', none, AUTHORIZATION),
  row('GET authorization/subjects/{subjectId}', any('authorization:grant:view'), AUTHORIZATION),
  row('GET authorization/divisionspermitted/paged/me', none, AUTHORIZATION),
  row('GET authorization/divisionspermitted/me', none, AUTHORIZATION),
  row('GET authorization/divisions', none, AUTHORIZATION),
  row('GET authorization/divisions/home', none, AUTHORIZATION),
  row('GET authorization/permissions', none, AUTHORIZATION),
  row('GET authorization/products', none, AUTHORIZATION),
  row('GET authorization/roles', any('authorization:role:view'), AUTHORIZATION),
  row('GET authorization/policies/subject/{subjectId}', any('authorization:policy:view'), AUTHORIZATION),
  row('GET oauth/clients', CLIENT_VIEW, OAUTH),
  row('GET oauth/clients/{clientId}', CLIENT_VIEW, OAUTH),
  row('GET oauth/scopes', none, OAUTH),
  row('GET oauth/scopes/{scopeId}', none, OAUTH),
  row('POST oauth/clients/{clientId}/usage/query', CLIENT_USAGE, OAUTH),
  row('GET oauth/clients/{clientId}/usage/query/results/{executionId}', CLIENT_USAGE, OAUTH),
  row('POST usage/query', ORG_USAGE, OAUTH),
  row('GET usage/query/{executionId}/results', ORG_USAGE, OAUTH),
];
