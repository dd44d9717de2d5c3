// The floor: the same questions, asked with fetch and parsed; nothing is written.
import { readFileSync } from 'node:fs';

const { env, windows, query } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const pair = Buffer.from(`${env.WHY403_CLIENT_ID}:${env.WHY403_CLIENT_SECRET}`).toString('base64');
const granted = await fetch(`${env.WHY403_LOGIN_URL}/oauth/token`, {
  method: 'POST',
  headers: { authorization: `Basic ${pair}`, 'content-type': 'application/x-www-form-urlencoded' },
  body: 'grant_type=client_credentials',
});
const { access_token: token } = await granted.json();
let rows = 0;
for (const { from, to } of windows) {
  const answer = await fetch(`${env.WHY403_API_URL}/api/v2/analytics/conversations/aggregates/query`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...query, interval: `${from}/${to}` }),
  });
  for (const { group, data } of (await answer.json()).results)
    if (group.queueId !== undefined) rows += data.length;
}
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
console.log(JSON.stringify({ rows, megabytes: maxRSS / 1024, work: (userCPUTime + systemCPUTime) / 1e6 }));
