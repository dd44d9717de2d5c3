// The official JS SDK and csv-writer, as its users write it. Both come from the folder that is the working directory.
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const here = createRequire(join(process.cwd(), 'x.js'));
const platform = here('purecloud-platform-client-v2');
const { createObjectCsvWriter } = here('csv-writer');

async function main() {
  const { env, windows, query, columns, out } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
  const client = platform.ApiClient.instance;
  const pair = Buffer.from(`${env.WHY403_CLIENT_ID}:${env.WHY403_CLIENT_SECRET}`).toString('base64');
  // The SDK logs in over https only, so this one request is made by hand.
  const granted = await fetch(`${env.WHY403_LOGIN_URL}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${pair}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  });
  client.setAccessToken((await granted.json()).access_token);
  client.config.basePath = env.WHY403_API_URL;
  const queues = await new platform.RoutingApi().getRoutingQueues({ pageSize: 500 });
  const names = new Map(queues.entities.map((q) => [q.id, q.name]));
  const header = ['from', 'to', 'queue', 'name', 'media', ...columns.map(([name]) => name)];
  const writer = createObjectCsvWriter({ path: out, header: header.map((id) => ({ id, title: id })) });
  const api = new platform.ConversationsApi();
  let rows = 0;
  for (const { from, to } of windows) {
    const answer = await api.postAnalyticsConversationsAggregatesQuery({
      ...query,
      interval: `${from}/${to}`,
    });
    const records = [];
    for (const { group, data } of answer.results) {
      if (group.queueId === undefined) continue;
      for (const { interval, metrics } of data) {
        const [start, end] = interval.split('/');
        const row = {
          from: start,
          to: end,
          queue: group.queueId,
          name: names.get(group.queueId),
          media: group.mediaType,
        };
        for (const [name, metric, field] of columns)
          row[name] = metrics.find((m) => m.metric === metric)?.stats[field];
        records.push(row);
      }
    }
    rows += records.length;
    await writer.writeRecords(records);
  }
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  console.log(JSON.stringify({ rows, megabytes: maxRSS / 1024, work: (userCPUTime + systemCPUTime) / 1e6 }));
}

void main();
