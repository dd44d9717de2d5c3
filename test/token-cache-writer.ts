/** One of several processes that use the same cache at once; run by token-cache.test.ts. */
import { Secret } from '../src/io/secrets.ts';
import { openTokenCache } from '../src/io/token-cache.ts';

const name = process.argv[2] ?? '';
const now = Date.parse('2026-11-23T09:00:00Z');
const key = { loginHost: 'login.mypurecloud.de', clientId: 'id-1', secret: new Secret('the-secret-value') };
let broken = 0;
for (let i = 0; i < 100; i += 1) {
  const cache = await openTokenCache(process.env);
  await cache.put(key, new Secret(`token-${name}-${i}`), now + 3_600_000);
  const read = await cache.get(key, now);
  if (!/^token-[abcd]-\d+$/.test(read?.token.reveal() ?? '') || cache.notes.length > 0) broken += 1;
}
process.stdout.write(broken === 0 ? 'whole\n' : `broken ${broken}\n`);
