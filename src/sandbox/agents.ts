/** What agents did, and what goes on in the queues now; made from the seed as the cells are. */
import { HOUR_MS, type Json } from '../core/index.ts';
import { cellOf, streamSeed } from './cells.ts';
import type { Test } from './filter.ts';
import type { GenesysOrg, Queue } from './org.ts';
import type { World } from './world.ts';

/** `users/aggregates/query` knows times in a state only; `tHandle` and its like are refused, as by the real one. */
export const AGENT_METRICS = ['tAgentRoutingStatus', 'tOrganizationPresence', 'tSystemPresence'];

export const OBSERVED = [
  'oActiveUsers',
  'oAlerting',
  'oInteracting',
  'oLongestInteracting',
  'oLongestWaiting',
  'oMemberUsers',
  'oOffQueueUsers',
  'oOnQueueUsers',
  'oUserPresences',
  'oUserRoutingStatuses',
  'oWaiting',
];

interface Span {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly metrics: readonly string[];
}

/** The hour of one agent: how long interacting, idle and away, in milliseconds; they make up the hour. */
function shift(
  org: GenesysOrg,
  userId: string,
  hour: number,
  now: number,
): Record<string, number> | undefined {
  // An agent's hour is the cell of a queue of their own: talk time is what they were interacting.
  const source = { queueId: `agent ${userId}`, media: 'voice' as const, busyHour: 8 };
  const cell = cellOf(org.analytics, source, streamSeed(org.analytics, source), hour, now);
  const handled = cell?.['tHandle']?.sum;
  if (handled === undefined) return undefined;
  const length = Math.min(HOUR_MS, now - hour * HOUR_MS);
  const interacting = Math.min(handled, length);
  const idle = Math.floor((length - interacting) * 0.8);
  return { INTERACTING: interacting, IDLE: idle, OFF_QUEUE: length - interacting - idle };
}

export function agentAggregates(world: World<GenesysOrg>, users: GenesysOrg['users'], span: Span): Json[] {
  const now = world.clock().getTime();
  const results: Json[] = [];
  for (const user of users) {
    const data: Json[] = [];
    for (let at = span.from; at < span.to; at += span.step) {
      const end = Math.min(at + span.step, span.to);
      const times: Record<string, number> = {};
      for (let hour = at; hour < end; hour++) {
        const one = shift(world.org, user.id, hour, now);
        for (const [state, ms] of Object.entries(one ?? {})) times[state] = (times[state] ?? 0) + ms;
      }
      const metrics = span.metrics.flatMap((metric) => qualified(metric, times));
      if (metrics.length === 0) continue;
      const text = (hour: number): string => new Date(hour * HOUR_MS).toISOString();
      data.push({ interval: `${text(at)}/${text(end)}`, metrics });
    }
    if (data.length > 0) results.push({ group: { userId: user.id }, data });
  }
  return results;
}

function qualified(metric: string, times: Record<string, number>): Json[] {
  const named: Record<string, number> = {};
  for (const [state, ms] of Object.entries(times)) {
    // Presence knows on queue or away; routing status tells interacting from idle.
    const name = metric === 'tAgentRoutingStatus' ? state : state === 'OFF_QUEUE' ? 'AWAY' : 'ON_QUEUE';
    named[name] = (named[name] ?? 0) + ms;
  }
  return Object.entries(named)
    .filter(([, ms]) => ms > 0)
    .map(([qualifier, sum]) => ({ metric, qualifier, stats: { sum } }));
}

export function observations(
  world: World<GenesysOrg>,
  queues: readonly Queue[],
  metrics: readonly string[],
  test: Test,
): Json[] {
  const { org } = world;
  const now = world.clock().getTime();
  const results: Json[] = [];
  for (const queue of queues) {
    const members = org.users.filter((u) => u.queues.includes(queue.id)).length;
    const people: Record<string, [string | undefined, number][]> = {
      oActiveUsers: [[undefined, members]],
      oMemberUsers: [[undefined, members]],
      oOnQueueUsers: [
        ['IDLE', Math.ceil(members / 2)],
        ['INTERACTING', Math.floor(members / 2)],
      ],
      oOffQueueUsers: [['AVAILABLE', 0]],
    };
    const own = metrics.flatMap((metric) =>
      (people[metric] ?? []).map(([qualifier, count]) => ({
        metric,
        ...(qualifier === undefined ? {} : { qualifier }),
        stats: { count },
      })),
    );
    if (own.length > 0 && test({ queueId: queue.id }))
      results.push({ group: { queueId: queue.id }, data: own });
    for (const media of queue.media) {
      if (!test({ queueId: queue.id, mediaType: media })) continue;
      const source = { queueId: queue.id, media, busyHour: queue.busyHour };
      const cell = cellOf(
        org.analytics,
        source,
        streamSeed(org.analytics, source),
        Math.floor(now / HOUR_MS),
        now,
      );
      const counts: Record<string, number> = {
        oWaiting: Math.floor((cell?.['nOffered']?.count ?? 0) / 10),
        oInteracting: Math.floor((cell?.['nConnected']?.count ?? 0) / 5),
        oAlerting: 0,
      };
      const data = metrics
        .filter((m) => counts[m] !== undefined)
        .map((metric) => ({ metric, stats: { count: counts[metric] ?? 0 } }));
      if (data.length > 0) results.push({ group: { queueId: queue.id, mediaType: media }, data });
    }
  }
  return results;
}
