/**
 * Paths that circulate in posts and third-party code and were looked for in vain, and where such wishes lead.
 * Checked on 2026-11-23 against 3,315 method and path pairs of the JavaScript SDK 262.0.0 and the Platform API
 * document of 2026-07-19.
 */
import type { Nearest } from '../core/index.ts';

export interface AbsentPath {
  readonly path: string;
  /** Where people who ask for it should go, best first. */
  readonly instead: readonly Nearest[];
}

/** Words in a wrong path that say what is really wanted. */
export interface Wish {
  /** All of these words stand in the path (singular, lower case). */
  readonly all: readonly string[];
  /** And one of these, where given. */
  readonly any?: readonly string[];
  readonly instead: readonly Nearest[];
}

export const ABSENT_SOURCE = 'the JavaScript SDK 262.0.0 or the Platform API document of 2026-07-19';
export const ABSENT_DATE = '2026-11-23';

const AGGREGATES: Nearest = {
  method: 'POST',
  path: '/api/v2/analytics/conversations/aggregates/query',
  why: 'queue statistics of a past interval: group by queueId and mediaType',
};
const OBSERVATIONS: Nearest = {
  method: 'POST',
  path: '/api/v2/analytics/queues/observations/query',
  why: 'what a queue looks like now; it has no history',
};
const EXPORTS: Nearest = {
  method: 'POST',
  path: '/api/v2/analytics/reporting/exports',
  why: 'the CSV of the screens; Genesys advises the query endpoints instead',
};
const DETAILS: Nearest = {
  method: 'POST',
  path: '/api/v2/analytics/conversations/details/query',
  why: 'single conversations of an interval',
};
const DETAILS_JOB: Nearest = {
  method: 'POST',
  path: '/api/v2/analytics/conversations/details/jobs',
  why: 'single conversations in bulk, read from the data lake',
};
const USER_AGGREGATES: Nearest = {
  method: 'POST',
  path: '/api/v2/analytics/users/aggregates/query',
  why: 'how long agents were in which status',
};
const BOT_AGGREGATES: Nearest = { method: 'POST', path: '/api/v2/analytics/bots/aggregates/query' };
const TOKEN_SELF: Nearest = {
  method: 'GET',
  path: '/api/v2/tokens/me',
  why: 'what a token is and whose; add preserveIdleTTL=true',
};
const CLIENTS: Nearest = { method: 'GET', path: '/api/v2/oauth/clients' };
const ORGANIZATION: Nearest = { method: 'GET', path: '/api/v2/organizations/me' };
const CONVERSATION: Nearest = { method: 'GET', path: '/api/v2/conversations/{conversationId}' };

const QUEUES = [AGGREGATES, OBSERVATIONS, EXPORTS];
const SINGLE = [DETAILS, DETAILS_JOB, AGGREGATES];

const paths = (instead: readonly Nearest[], ...tails: string[]): AbsentPath[] =>
  tails.map((tail) => ({ path: `/api/v2/${tail}`, instead }));

/** Known not to exist, whatever the method. */
export const ABSENT: readonly AbsentPath[] = [
  ...paths(
    QUEUES,
    'analytics/reporting/queues/summary',
    'analytics/report/queue/summary',
    'analytics/interactions/queues/summary',
    'analytics/queues/summary',
    'analytics/queue/summary/query',
    'analytics/queues/events/summary',
    'analytics/queues/range',
    'analytics/reporting/summary',
  ),
  ...paths(SINGLE, 'analytics/conversations/queues/query', 'analytics/conversations/queues/details/query'),
  ...paths(
    SINGLE,
    'analytics/queues/details/query',
    'analytics/details/query',
    'analytics/conversations/queries',
  ),
  ...paths(SINGLE, 'analytics/interactions/queries', 'analytics/interactions/query'),
  ...paths(SINGLE, 'analytics/interactions/summary', 'analytics/interactions/details'),
  ...paths([DETAILS_JOB, DETAILS], 'analytics/conversations/details/export', 'analytics/events'),
  ...paths([AGGREGATES], 'analytics/conversations/aggregates', 'analytics/conversations/aggregate'),
  ...paths([USER_AGGREGATES], 'analytics/agents/summary', 'analytics/users/summary'),
  ...paths([BOT_AGGREGATES], 'analytics/botconversations/summary'),
  ...paths([TOKEN_SELF], 'oauth/tokeninfo', 'oauth/token', 'oauth/apitokens', 'authorizations/oauth2/token'),
  ...paths([CLIENTS], 'oauth/clients/search'),
  ...paths([ORGANIZATION], 'organizations/settings'),
  ...paths([CONVERSATION], 'messaging/conversations'),
];

const REPORT_WORDS = [
  'summary',
  'stat',
  'statistic',
  'report',
  'reporting',
  'performance',
  'metric',
  'kpi',
  'history',
  'interval',
  'aggregate',
];

/** Tried after near misspellings and before a guess by likeness; the first that fits counts. */
export const WISHES: readonly Wish[] = [
  { all: ['queue'], any: REPORT_WORDS, instead: QUEUES },
  { all: ['agent'], any: REPORT_WORDS, instead: [USER_AGGREGATES, AGGREGATES] },
  { all: ['user'], any: REPORT_WORDS, instead: [USER_AGGREGATES, AGGREGATES] },
  { all: ['conversation'], any: ['export', 'summary', 'history', 'report'], instead: SINGLE },
  { all: ['interaction'], instead: SINGLE },
  { all: ['token'], any: ['info', 'tokeninfo', 'introspect', 'introspection'], instead: [TOKEN_SELF] },
];
