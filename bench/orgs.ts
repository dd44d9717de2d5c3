/** Made-up organisations of any size. */
import type { Org } from '../src/sandbox/org.ts';
import { builtInOrg } from '../src/sandbox/server.ts';

/** The built-in org with this many queues, each with calls in nearly every hour of the day. */
export function orgOf(queues: number, requestsPerMinute: number): Org {
  const org = builtInOrg('genesys');
  const home = org.queues[0]?.division;
  org.requestsPerMinute = requestsPerMinute;
  org.queues = Array.from({ length: queues }, (_, i) => ({
    id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    name: `Queue ${i}`,
    ...(home === undefined ? {} : { division: home }),
    media: ['voice'],
    busyHour: 30,
  }));
  if (org.world === 'genesys') org.users = [];
  return org;
}
