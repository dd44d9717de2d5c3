/** Sends the export's requests: with the token in hand, within the rate, patient with what passes by itself. */
import { Failure } from '../core/index.ts';
import type {
  AuthorizationShape,
  DataAnswer,
  DataCall,
  DataRequest,
  EndpointNeed,
  Exchange,
  Json,
  Outcome,
  StepId,
} from '../core/index.ts';
import { createGovernor } from './governor.ts';
import type { Http, RawAnswer, Unanswered } from './http.ts';
import { backoff, createWait, retryAfter, steadyNow } from './patience.ts';
import type { Wait } from './patience.ts';
import { isLoopback } from './loopback.ts';
import { clockSkew, parsedBody, redactedAnswer, redactedUrl } from './redact.ts';
import type { Scrubber } from './scrub.ts';
import type { Secret } from './secrets.ts';

/** Where tokens come from. Both share one answer among all who ask at a time. */
export interface TokenSource {
  /** The token in hand, or a new one where it has run out. */
  get(): Promise<Secret>;
  /** Another token in place of a refused one; undefined if this run had its second already. */
  renew(refused: Secret): Promise<Secret | undefined>;
}

export interface DataCallOptions {
  readonly http: Http;
  /** The API's base URL; a gateway's may have a path. */
  readonly apiUrl: string;
  readonly tokens: TokenSource;
  readonly scrub: Scrubber;
  /** What the dataset needs: a refused call bears the step of its need. */
  readonly needs: readonly EndpointNeed[];
  /** 403 too may come from an old token: where scopes live in it. */
  readonly renewOn403?: boolean;
  /** Requests a minute. */
  readonly budget?: number;
  /** For one request; default 60 s, because an aggregate over days takes its time. */
  readonly timeoutMs?: number;
  /** By `steady`, after which nothing is sent. */
  readonly deadlineAt?: number;
  readonly signal?: AbortSignal;
  /** The machine's clock, for dates in answers. */
  readonly now?: () => number;
  /** What waits and deadlines are measured by; default `steadyNow`. */
  readonly steady?: () => number;
  readonly wait?: Wait;
  readonly random?: () => number;
}

export interface CallStats {
  requests: number;
  /** Answers that were asked for again: 429, 5xx, cut connections. */
  repeated: number;
}

const TIMEOUT_MS = 60_000;
const MOST_BYTES = 64 * 1024 * 1024;
/** Tries for what passes by itself, in all. */
const TRIES = 7;
/** Tries where less may have to be asked for: the run halves the window. So too once all tries of a call were in vain. */
const SLOW_TRIES = 2;
/** No server's wish to wait is granted for longer, so that a cron line ends before its next. */
const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * @returns the call, which rejects only with `Failure('interrupted')`, and the run's counts
 */
export function createDataCall(options: DataCallOptions): {
  call: DataCall;
  stats: CallStats;
  allow: (perMinute: number) => void;
  /** By how much the API's clock is ahead of ours, in milliseconds; 0 where its answers do not tell, undefined before the first. */
  theirsAhead: () => number | undefined;
} {
  const now = options.now ?? Date.now;
  const steady = options.steady ?? steadyNow;
  const wait = options.wait ?? createWait(options.signal);
  const random = options.random ?? Math.random;
  const governor = createGovernor({
    now: steady,
    wait,
    ...(options.budget === undefined ? {} : { budget: options.budget }),
  });
  const stats: CallStats = { requests: 0, repeated: 0 };
  let theirsAhead: number | undefined;
  let tries = TRIES;

  const call: DataCall = async (request, arrived) => {
    const url = addressOf(request, options.apiUrl);
    for (let attempt = 1; ; attempt++) {
      const token = await options.tokens.get();
      await governor.enter();
      const left = (options.deadlineAt ?? Infinity) - steady();
      if (left <= 0)
        return refusedBy(request, url, options, {
          kind: 'unanswered',
          why: 'deadline',
          detail: 'the deadline of this run had passed',
        });
      stats.requests += 1;
      let heard = false;
      const raw = await options.http.send({
        method: request.method,
        url,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token.reveal()}`,
          ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(request.json === undefined ? {} : { body: JSON.stringify(request.json) }),
        timeoutMs: Math.ceil(Math.min(options.timeoutMs ?? TIMEOUT_MS, left)),
        maxBytes: MOST_BYTES,
        received: ({ status, headers }, bytes) => {
          heard = true;
          governor.saw(headers);
          if (isWhole(status)) arrived?.(bytes);
        },
        ...(options.signal ? { signal: options.signal } : {}),
      });
      if (!heard) governor.lost();
      if (raw.kind === 'answered') theirsAhead = clockSkew(raw) ?? theirsAhead ?? 0;

      const good = raw.kind === 'answered' ? goodBody(raw) : undefined;
      if (good !== undefined && raw.kind === 'answered') {
        tries = TRIES;
        return { ok: true, body: good, bytes: raw.body.length };
      }
      if (raw.kind === 'answered' && (raw.status === 401 || (raw.status === 403 && options.renewOn403))) {
        if (await options.tokens.renew(token)) continue;
      }
      const pause = pauseBefore(raw, attempt, tries, now(), random());
      if (pause === undefined || steady() + pause >= (options.deadlineAt ?? Infinity)) {
        if (attempt >= tries) tries = SLOW_TRIES;
        return refused(request, url, options, raw);
      }
      stats.repeated += 1;
      if (raw.kind === 'answered' && raw.status === 429) governor.hold(pause);
      else await wait(pause);
    }
  };
  return {
    call,
    stats,
    allow: (perMinute) => governor.allow(perMinute),
    theirsAhead: () => theirsAhead,
  };
}

/**
 * The URL of a request; a next page may be named whole.
 * @throws Failure `export` where it leads to another host: the token goes nowhere else
 */
function addressOf({ method, path }: DataRequest, apiUrl: string): string {
  const base = new URL(apiUrl);
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith('//');
  const url = whole
    ? new URL(path, base)
    : new URL(`${base.href.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`);
  if (url.origin !== base.origin || url.username !== '' || url.password !== '')
    throw new Failure(
      'export',
      `${method} ${redactedUrl(url.href)} was named as the next page, on another host than ${base.origin}. It was not asked: the token goes to the API host only.`,
      'A gateway in front of the API must rewrite the addresses in its answers, or be named in --api-url as they name it.',
    );
  if (url.protocol !== 'https:' && !isLoopback(url.hostname))
    throw new Failure(
      'config',
      `The token goes over TLS only, and ${base.origin} is not https.`,
      'Name the API with https:// in --api-url.',
    );
  return url.href;
}

/** 202 is a promise, 206 a part (RFC 9110 §15.3); some frameworks answer each POST with 201. */
const WHOLE: readonly number[] = [200, 201, 203];

function isWhole(status: number): boolean {
  return WHOLE.includes(status);
}

/** The body of a success; undefined where it is none, or is cut, or is somebody else's page. */
function goodBody(raw: RawAnswer): Json | undefined {
  if (!isWhole(raw.status) || raw.truncated) return undefined;
  const parsed = parsedBody(raw);
  return parsed && 'json' in parsed ? parsed.json : undefined;
}

/** How long to wait before the same is asked again; undefined where that would not help. */
function pauseBefore(
  raw: RawAnswer | Unanswered,
  attempt: number,
  tries: number,
  now: number,
  random: number,
): number | undefined {
  if (raw.kind === 'unanswered') {
    if (raw.why === 'time-out') return attempt < SLOW_TRIES ? backoff(attempt, random) : undefined;
    const passes = ['name-resolution', 'refused', 'reset', 'network'].includes(raw.why);
    return passes && attempt < tries ? backoff(attempt, random) : undefined;
  }
  const { status } = raw;
  if (raw.truncated || status === 413) return undefined;
  const asked = retryAfter(raw.headers['retry-after'], now);
  if (asked !== undefined && asked > LONGEST_WAIT_MS) return undefined;
  if (status === 429) return attempt < TRIES ? (asked ?? backoff(attempt, random)) : undefined;
  if (status === 408 || status === 504) return attempt < SLOW_TRIES ? backoff(attempt, random) : undefined;
  const passes = (status >= 500 && status !== 501) || (status >= 200 && status < 300);
  return passes && attempt < tries ? Math.max(asked ?? 0, backoff(attempt, random)) : undefined;
}

function refused(
  request: DataRequest,
  url: string,
  options: DataCallOptions,
  raw: RawAnswer | Unanswered,
): DataAnswer {
  return refusedBy(
    request,
    url,
    options,
    raw.kind === 'answered' ? redactedAnswer(raw, [], options.scrub) : raw,
  );
}

function refusedBy(
  request: DataRequest,
  url: string,
  { needs }: DataCallOptions,
  outcome: Outcome,
): DataAnswer {
  const path = pathOf(url);
  const index = needs.findIndex((need) => need.method === request.method && path.endsWith(pathOf(need.path)));
  const need = needs[index];
  const step: StepId =
    index > 0 ? `endpoint/${index + 1}` : index === 0 ? 'endpoint' : `endpoint/${needs.length + 1}`;
  const authorization: AuthorizationShape = { kind: 'bearer', token: 'well-formed' };
  const exchange: Exchange = {
    step,
    subject: need ? `${need.method} ${need.path}` : `${request.method} ${path}`,
    request: {
      method: request.method,
      url: redactedUrl(url),
      authorization,
      bodyForm: request.json === undefined ? 'none' : 'json',
      ...(request.json === undefined ? {} : { contentType: 'application/json' }),
    },
    outcome,
  };
  return { ok: false, exchange };
}

function pathOf(url: string): string {
  return new URL(url, 'http://host.invalid').pathname;
}
