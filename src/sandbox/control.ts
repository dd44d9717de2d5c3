/**
 * The sandbox's own door, for those who run it in another process; nothing of it belongs to the simulated API.
 * `GET /.sandbox` says what runs and what was asked; `POST /.sandbox/restate` reprocesses closed hours.
 */
import { HOUR_MS, hourOf, type Json } from '../core/index.ts';
import type { LogEntry } from './listener.ts';
import { MEDIA } from './org.ts';
import { isObject, json, parsed, type Answer, type Asked } from './wire.ts';
import type { Restatement, World } from './world.ts';

const PREFIX = '/.sandbox';

function hour(value: Json | undefined): number {
  const at = typeof value === 'string' ? Date.parse(value) : NaN;
  return at % HOUR_MS === 0 ? at : NaN;
}

function restatement(body: Json | undefined): Restatement | string {
  if (!isObject(body)) return 'a JSON object with from and to';
  const [from, to] = [hour(body['from']), hour(body['to'])];
  if (!(from < to)) return 'from and to as whole hours in UTC, from before to, e.g. 2026-11-23T09:00:00Z';
  const media = MEDIA.find((m) => m === body['mediaType']);
  if (body['mediaType'] !== undefined && media === undefined)
    return `mediaType as one of ${MEDIA.join(', ')}`;
  const queueId = body['queueId'];
  return {
    from: hourOf(from),
    to: hourOf(to),
    ...(typeof queueId === 'string' ? { queueId } : {}),
    ...(media === undefined ? {} : { mediaType: media }),
    ...(body['vanish'] === true ? { vanish: true } : {}),
  };
}

/** @returns undefined where the request is not for this door */
export function control(asked: Asked, world: World, log: readonly LogEntry[]): Answer | undefined {
  if (asked.path === PREFIX && asked.method === 'GET') {
    return json({
      org: world.org.name,
      world: world.org.world,
      tokens: world.counters.tokens,
      requests: log.map(({ host, method, path, status }) => ({ host, method, path, status })),
    });
  }
  if (asked.path === `${PREFIX}/restate` && asked.method === 'POST') {
    const what = restatement(parsed(asked.body));
    if (typeof what === 'string') return json({ expected: what }, 400);
    world.restatements.push(what);
    return { status: 204, body: { kind: 'none' } };
  }
  return asked.path.startsWith(`${PREFIX}/`)
    ? json({ expected: 'GET /.sandbox, POST /.sandbox/restate' }, 404)
    : undefined;
}
