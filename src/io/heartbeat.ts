/** Tells a monitor that a run went well. Whatever comes of it never turns a good run into a bad one. */
import type { Http } from './http.ts';

const TIMEOUT_MS = 10_000;

/**
 * Asks for the URL once, without a credential, and follows no redirect.
 * @returns what went wrong, naming the host alone: the path of such an address is a secret; undefined where all is well
 */
export async function heartbeat(http: Http, url: string): Promise<string | undefined> {
  const { host } = new URL(url);
  const answer = await http
    .send({ method: 'GET', url, timeoutMs: TIMEOUT_MS, maxBytes: 65_536 })
    .catch(() => undefined);
  if (answer === undefined) return `the heartbeat to ${host} was not sent`;
  if (answer.kind === 'unanswered') return `the heartbeat to ${host} was not answered (${answer.why})`;
  const good = answer.status >= 200 && answer.status < 300;
  return good ? undefined : `the heartbeat to ${host} was answered with ${answer.status}`;
}
