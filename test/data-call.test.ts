import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DataCall } from '../src/core/index.ts';
import { createDataCall } from '../src/io/data-call.ts';
import type { DataCallOptions, TokenSource } from '../src/io/data-call.ts';
import { createGovernor } from '../src/io/governor.ts';
import { createHttp } from '../src/io/http.ts';
import type { Http } from '../src/io/http.ts';
import { backoff, retryAfter, steadyNow } from '../src/io/patience.ts';
import { Scrubber } from '../src/io/scrub.ts';
import { Secret } from '../src/io/secrets.ts';

type Reply = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let http: Http;
let url: string;
let replies: Reply[];
let seen: { authorization: string | undefined; path: string | undefined; encoding: string | undefined }[];
let clock: number;
let waits: number[];

beforeEach(async () => {
  replies = [];
  seen = [];
  waits = [];
  clock = Date.UTC(2026, 10, 23, 10, 17);
  server = createServer((request, response) => {
    const { authorization, 'accept-encoding': encoding } = request.headers;
    seen.push({ authorization, path: request.url, encoding: String(encoding) });
    request.resume();
    (replies.length > 1 ? replies.shift()! : replies[0]!)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  http = createHttp({ env: {}, userAgent: 'why403/test' });
});

afterEach(async () => {
  http.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reply =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
const cut: Reply = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"results":[{"gro');
};
const reset: Reply = (request) => request.socket.destroy();
const page: Reply = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<html><body>Sign in</body></html>');
};

const TOKENS = ['token-number-one-1', 'token-number-two-2'];

function tokens(): TokenSource & { renewals: number } {
  let at = 0;
  let pending: Promise<Secret> | undefined;
  const source = {
    renewals: 0,
    get: () => Promise.resolve(new Secret(TOKENS[at]!)),
    renew: (refused: Secret) => {
      if (pending) return pending;
      if (refused.reveal() !== TOKENS[at]) return source.get();
      if (at === 1) return Promise.resolve(undefined);
      pending = new Promise((resolve) => setTimeout(resolve, 20)).then(() => {
        source.renewals += 1;
        at = 1;
        pending = undefined;
        return new Secret(TOKENS[1]!);
      });
      return pending;
    },
  };
  return source;
}

function calling(over: Partial<DataCallOptions> = {}): {
  call: DataCall;
  stats: { requests: number; repeated: number };
} {
  return createDataCall({
    http,
    apiUrl: url,
    tokens: tokens(),
    scrub: new Scrubber().add(TOKENS[0]).add(TOKENS[1]),
    needs: [
      { method: 'POST', path: '/api/v2/query' },
      { method: 'GET', path: '/api/v2/routing/queues' },
    ],
    now: () => clock,
    steady: () => clock,
    wait: (ms) => {
      waits.push(ms);
      clock += ms;
      return Promise.resolve();
    },
    random: () => 0.5,
    ...over,
  });
}

const ASK = { method: 'POST', path: '/api/v2/query', json: { a: 1 } } as const;

describe('a data call', () => {
  it.each([
    ['Retry-After', json(429, {}, { 'retry-after': '3' })],
    [
      'the rate headers',
      json(
        503,
        {},
        {
          'inin-ratelimit-count': '300',
          'inin-ratelimit-allowed': '300',
          'inin-ratelimit-reset': '3',
        },
      ),
    ],
  ])('waits as long as %s says, though the clock is set back meanwhile', async (_, first) => {
    replies = [first, json(200, {})];
    const now = (): number => clock - (waits.length > 0 ? 3_600_000 : 0);
    expect(await calling({ now }).call(ASK)).toMatchObject({ ok: true });
    expect(waits.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(3000);
    expect(waits.reduce((a, b) => a + b, 0)).toBeLessThan(10_000);
  });

  it('measures by a clock that does not follow when the machine is set back', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const before = steadyNow();
      vi.setSystemTime(before - 3_600_000);
      expect(steadyNow()).toBeGreaterThanOrEqual(before);
    } finally {
      vi.useRealTimers();
    }
  });

  it('asks for compressed answers and gives the whole body', async () => {
    replies = [
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
        response.end(gzipSync('{"results":[1,2]}'));
      },
    ];
    const { call } = calling();
    expect(await call(ASK)).toEqual({ ok: true, body: { results: [1, 2] }, bytes: 17 });
    expect(seen[0]).toMatchObject({ authorization: `Bearer ${TOKENS[0]}`, path: '/api/v2/query' });
    expect(seen[0]?.encoding).toContain('gzip');
  });

  it.each<[string, Reply]>([
    ['503', json(503, { code: 'service.unavailable' })],
    ['a connection that was cut', reset],
    ['an answer that was cut', cut],
    ['a page of somebody else', page],
    ['429 without a word on when', json(429, { code: 'too.many.requests' })],
  ])('comes through %s by waiting', async (_, fault) => {
    replies = [fault, fault, json(200, { results: [] })];
    const { call, stats } = calling();
    expect(await call(ASK)).toMatchObject({ ok: true });
    expect(stats).toEqual({ requests: 3, repeated: 2 });
    expect(waits.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(1500);
  });

  it('obeys Retry-After', async () => {
    replies = [json(429, {}, { 'retry-after': '42' }), json(200, {})];
    const before = clock;
    expect(await calling().call(ASK)).toMatchObject({ ok: true });
    expect(clock - before).toBeGreaterThanOrEqual(42_000);
  });

  it('gives up in the end, and hands over what the ladder can judge', async () => {
    replies = [json(503, { code: 'service.unavailable', message: `echo ${TOKENS[0]}`, secret: 'x' })];
    const answer = await calling().call(ASK);
    expect(answer).toMatchObject({
      ok: false,
      exchange: {
        step: 'endpoint',
        subject: 'POST /api/v2/query',
        outcome: { kind: 'answered', status: 503 },
      },
    });
    expect(JSON.stringify(answer)).not.toContain(TOKENS[0]);
    expect(seen.length).toBeLessThan(10);
  });

  it('repeats no refusal, and names the need that was refused', async () => {
    replies = [json(403, { code: 'missing.any.permissions', message: 'no' })];
    const { call } = calling();
    expect(await call({ method: 'GET', path: '/api/v2/routing/queues?pageSize=500' })).toMatchObject({
      ok: false,
      exchange: { step: 'endpoint/2', subject: 'GET /api/v2/routing/queues' },
    });
    expect(seen).toHaveLength(1);
  });

  it('asks for one new token, however many calls are in flight when the old one is refused', async () => {
    replies = [
      (request, response) =>
        json(request.headers.authorization === `Bearer ${TOKENS[0]}` ? 401 : 200, {})(request, response),
    ];
    const source = tokens();
    const { call } = calling({ tokens: source });
    const answers = await Promise.all(Array.from({ length: 6 }, () => call(ASK)));
    expect(answers.every((a) => a.ok)).toBe(true);
    expect(source.renewals).toBe(1);
  });

  it('takes a second refusal for an answer', async () => {
    replies = [json(401, { code: 'bad.credentials' })];
    const source = tokens();
    expect(await calling({ tokens: source }).call(ASK)).toMatchObject({
      ok: false,
      exchange: { outcome: { status: 401 } },
    });
    expect(source.renewals).toBe(1);
    expect(seen).toHaveLength(2);
  });

  it('follows the next page on the API host, by path or whole address', async () => {
    replies = [json(200, {})];
    const { call } = calling();
    await call({ method: 'GET', path: '/api/v2/x?page=2' });
    await call({ method: 'GET', path: `${url}/api/v2/x?page=3` });
    expect(seen.map((s) => s.path)).toEqual(['/api/v2/x?page=2', '/api/v2/x?page=3']);
  });

  it.each([
    'https://evil.example/api/v2/x',
    '//evil.example/x',
    'http://127.0.0.1:1/x',
    'http://user:pass@127.0.0.1/x',
  ])('sends the token to no other host: %s', async (path) => {
    await expect(calling().call({ method: 'GET', path })).rejects.toMatchObject({ exit: 4 });
    expect(seen).toEqual([]);
  });

  it('keeps the path of a gateway before that of the API', async () => {
    replies = [json(200, {})];
    await calling({ apiUrl: `${url}/genesys/` }).call(ASK);
    expect(seen[0]?.path).toBe('/genesys/api/v2/query');
  });

  it('sends nothing after the deadline', async () => {
    const answer = await calling({ deadlineAt: clock - 1 }).call(ASK);
    expect(answer).toMatchObject({
      ok: false,
      exchange: { outcome: { kind: 'unanswered', why: 'deadline' } },
    });
    expect(seen).toEqual([]);
  });
});

/** A server that counts by fixed minutes, as the platform does, under a clock of its own. */
function limited(perMinute: number, startAt: number) {
  let from = startAt;
  let count = 0;
  return (now: number): { status: number; headers: Record<string, string> } => {
    if (now - from >= 60_000) {
      from = now;
      count = 0;
    }
    count += 1;
    const reset = Math.ceil((from + 60_000 - now) / 1000);
    return {
      status: count > perMinute ? 429 : 200,
      headers: {
        'inin-ratelimit-count': String(count),
        'inin-ratelimit-allowed': String(perMinute),
        'inin-ratelimit-reset': String(reset),
      },
    };
  };
}

describe('the governor', () => {
  async function run(
    requests: number,
    options: { headers: boolean; budget?: number; ms?: number; allowed?: number },
  ) {
    let now = 1_000_000;
    const governor = createGovernor({
      now: () => now,
      wait: (ms) => {
        now += ms;
        return Promise.resolve();
      },
      ...(options.budget === undefined ? {} : { budget: options.budget }),
    });
    const server = limited(options.allowed ?? 300, now);
    const started = now;
    let refused = 0;
    for (let i = 0; i < requests; i++) {
      await governor.enter();
      const answer = server(now);
      if (answer.status === 429) refused += 1;
      now += options.ms ?? 40;
      governor.saw(options.headers ? answer.headers : {});
    }
    return { refused, perMinute: (requests * 60_000) / (now - started) };
  }

  it('uses nearly all that is allowed, without being refused once', async () => {
    for (const allowed of [180, 300]) {
      const { refused, perMinute } = await run(allowed * 10, { headers: true, allowed });
      expect(refused).toBe(0);
      expect(perMinute).toBeGreaterThan(allowed * 0.95);
    }
  });

  it('counts its own requests where no header tells', async () => {
    const { refused, perMinute } = await run(3000, { headers: false });
    expect(refused).toBe(0);
    expect(perMinute).toBeGreaterThan(285);
    expect(perMinute).toBeLessThanOrEqual(333);
  });

  it('keeps a budget', async () => {
    const { perMinute } = await run(600, { headers: true, budget: 60 });
    expect(perMinute).toBeGreaterThan(57);
    expect(perMinute).toBeLessThan(67);
  });
});

describe('patience', () => {
  it('grows, has a bound, and is never the same for all', () => {
    expect([1, 2, 3, 9].map((n) => backoff(n, 0))).toEqual([500, 1000, 2000, 15_000]);
    expect([1, 9].map((n) => backoff(n, 1))).toEqual([1000, 30_000]);
  });

  it('reads Retry-After as seconds or as a date', () => {
    const now = Date.parse('2026-11-23T10:00:00Z');
    expect(retryAfter('42', now)).toBe(42_000);
    expect(retryAfter('Mon, 23 Nov 2026 10:01:00 GMT', now)).toBe(60_000);
    expect(retryAfter('soon', now)).toBeUndefined();
    expect(retryAfter(undefined, now)).toBeUndefined();
  });
});
