/** Pages with which a gateway refuses a caller that it takes for a robot, whatever status they come with. */
import type { Cause, Exchange } from '../core/index.ts';
import { cause } from './rfc-causes.ts';

/** Cloudflare and Imperva (Incapsula), by their own pages. */
const ROBOT =
  /_cf_chl|challenges\.cloudflare|<title>\s*Just a moment|Attention Required! \| Cloudflare|Sorry, you have been blocked|Checking your browser|Incapsula incident/i;

/** What such a page leaves; a 503 with it is a policy, and no outage. */
export function botPage({ outcome }: Exchange): readonly [Cause, ...Cause[]] | undefined {
  if (outcome.kind !== 'answered' || outcome.status < 400 || outcome.body.kind !== 'html') return undefined;
  if (!ROBOT.test(outcome.body.text.slice(0, 20_000))) return undefined;
  const why =
    'A gateway before the server answers with a page of its own: it takes the caller for a robot, most often by its address.';
  return [
    cause('endpoint/ip-blocked', 0.62, why),
    cause('endpoint/policy-denied', 0.5),
    cause('connection/tls-or-proxy', 0.2),
    cause('connection/outage', 0.15),
  ];
}
