/** The live transport: an ask goes out with the credential that it names, and comes back as redacted evidence. */
import { authorizationShape, isUuid, stepName } from '../core/index.ts';
import type {
  Answered,
  Ask,
  Exchange,
  ExchangeRequest,
  KnownSettings,
  Outcome,
  StepName,
  Transport,
} from '../core/index.ts';
import { secretNamed } from './allowed.ts';
import { basicHeader, formBody, sendableHeader, type Credentials } from './credentials.ts';
import type { Http, RawAnswer, RawRequest } from './http.ts';
import { createWait, retryAfter, steadyNow } from './patience.ts';
import { isLoopback } from './loopback.ts';
import { parsedBody, redactedAnswer, redactedUrl } from './redact.ts';
import { Scrubber } from './scrub.ts';
import { Secret } from './secrets.ts';

export interface TransportOptions {
  readonly http: Http;
  readonly settings: KnownSettings;
  readonly credentials?: Credentials;
  /** An Authorization header that the user gave to be checked. */
  readonly given?: Secret;
  /** A token in hand from the start: a ready one or a cached one. */
  readonly token?: Secret;
  /** RFC 6749 §2.3.1: id and secret are form-encoded before base64. */
  readonly formEncoded: boolean;
  readonly idForm: 'uuid' | 'any';
  /** Secrets go to these origins only (`https://login.example`), and only over TLS or to loopback. */
  readonly allowedOrigins: readonly string[];
  /** For one request, in milliseconds. */
  readonly timeoutMs: number;
  /** By `steadyNow`; what is asked later is `unanswered/deadline`. */
  readonly deadlineAt?: number;
  readonly offline?: boolean;
  readonly signal?: AbortSignal;
  readonly now?: () => number;
}

export type LiveTransport = Transport & {
  /** The token in hand. */
  token(): Secret | undefined;
  /** When the issued token ends, in milliseconds since the epoch; undefined where nobody said. */
  expiresAt(): number | undefined;
};

const ISSUING: readonly StepName[] = ['token', 'second-token', 'probe'];
/** A server's wish to wait is granted once, if it is short. */
const LONGEST_WAIT_MS = 5_000;
/** Diagnosis reads small answers; a page that goes on and on is cut. */
const MOST_BYTES = 8 * 1024 * 1024;

interface Ready {
  readonly raw: RawRequest;
  shown: ExchangeRequest;
}

/** Never rejects for what the network or a server does; an abort of the signal rejects with `Failure('interrupted')`. */
export function createTransport(options: TransportOptions): LiveTransport {
  const now = options.now ?? Date.now;
  let token = options.token;
  let expiresAt: number | undefined;
  const scrub = new Scrubber().add(options.given).add(withoutScheme(options.given)).add(options.token);
  if (options.credentials) {
    scrub.addPair(options.credentials.id, options.credentials.secret);
    // An id without the provider's form may be the secret in the wrong place.
    if (options.idForm === 'uuid' && !isUuid(options.credentials.id)) scrub.add(options.credentials.id);
  }
  const refusalScrub =
    options.credentials && !isUuid(options.credentials.id) ? options.credentials.id : undefined;

  const ask: Transport = async (question) => {
    const prepared = prepare(question, options, token);
    const exchange = (outcome: Outcome): Exchange => ({
      step: question.step,
      ...(question.subject === undefined ? {} : { subject: question.subject }),
      request: prepared.shown,
      outcome,
    });
    if ('reason' in prepared) return exchange({ kind: 'not-sent', reason: prepared.reason });
    if (options.offline) {
      return exchange({ kind: 'unanswered', why: 'offline', detail: 'nothing is asked with --offline' });
    }
    const via = options.http.describe(prepared.raw.url);
    if (via !== '') prepared.shown = { ...prepared.shown, via };
    const answer = await sendInTime(prepared.raw, options, now);
    if (answer.kind !== 'answered') return exchange(answer);
    const issued = ISSUING.includes(stepName(question.step)) ? issuedIn(answer) : undefined;
    for (const secret of issued ? [issued.token, ...issued.others] : []) scrub.add(secret);
    // What a probe gets is looked at and thrown away.
    if (issued && stepName(question.step) !== 'probe') {
      token = issued.token;
      expiresAt = issued.seconds === undefined ? undefined : answer.answeredAt + issued.seconds * 1000;
    }
    if (answer.status >= 400 && refusalScrub !== undefined) scrub.add(refusalScrub);
    const outcome = redactedAnswer(answer, question.keep, scrub);
    return exchange(issued ? await withShape(outcome, issued.token) : outcome);
  };
  return Object.assign(ask, { token: () => token, expiresAt: () => expiresAt });
}

async function withShape(answer: Answered, token: Secret): Promise<Answered> {
  const { tokenShape } = await import('./token-shape.ts');
  return { ...answer, token: tokenShape(token.reveal()) };
}

/** RFC 6749 §5.1; only a 2xx issues a token. */
function issuedIn(
  answer: RawAnswer,
): { token: Secret; others: readonly Secret[]; seconds: number | undefined } | undefined {
  const parsed = answer.status >= 200 && answer.status < 300 ? parsedBody(answer) : undefined;
  if (!parsed || !('json' in parsed) || parsed.json === null || typeof parsed.json !== 'object')
    return undefined;
  const {
    access_token: value,
    expires_in: life,
    refresh_token,
    id_token,
  } = parsed.json as {
    access_token?: unknown;
    refresh_token?: unknown;
    id_token?: unknown;
    expires_in?: unknown;
  };
  if (typeof value !== 'string' || value === '') return undefined;
  // Some servers write the number as text.
  const seconds = typeof life === 'string' && life.trim() !== '' ? Number(life) : life;
  return {
    token: new Secret(value),
    others: [refresh_token, id_token].flatMap((one) => (typeof one === 'string' ? [new Secret(one)] : [])),
    seconds: typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : undefined,
  };
}

function withoutScheme(header: Secret | undefined): string | undefined {
  return header?.reveal().replace(/^\s*(?:authorization\s*:\s*)?\S+\s+/i, '');
}

/** One request within time-out and deadline; a short `Retry-After` of a GET is obeyed once. */
async function sendInTime(
  raw: RawRequest,
  options: TransportOptions,
  now: () => number,
): Promise<RawAnswer | Extract<Outcome, { kind: 'unanswered' }>> {
  const late = {
    kind: 'unanswered',
    why: 'deadline',
    detail: 'the deadline of this run had passed',
  } as const;
  for (let attempt = 1; ; attempt += 1) {
    const left = (options.deadlineAt ?? Infinity) - steadyNow();
    if (left <= 0) return late;
    const answer = await options.http.send({
      ...raw,
      timeoutMs: Math.ceil(Math.min(options.timeoutMs, left)),
    });
    if (answer.kind !== 'answered') {
      return answer.why === 'time-out' && left < options.timeoutMs
        ? { ...late, detail: answer.detail }
        : answer;
    }
    const wait = attempt === 1 && raw.method === 'GET' ? shortWait(answer, now()) : undefined;
    if (wait === undefined || steadyNow() + wait >= (options.deadlineAt ?? Infinity)) return answer;
    await createWait(options.signal, 'Interrupted while waiting, as the server asked.')(wait);
  }
}

function shortWait({ status, headers }: RawAnswer, now: number): number | undefined {
  const ms = status === 429 || status === 503 ? retryAfter(headers['retry-after'], now) : undefined;
  return ms !== undefined && ms <= LONGEST_WAIT_MS ? ms : undefined;
}

/** The request as it is sent and as it is shown, or why it can't be sent. */
function prepare(
  ask: Ask,
  options: TransportOptions,
  token: Secret | undefined,
): Ready | { reason: string; shown: ExchangeRequest } {
  const headers: { [name: string]: string } = { accept: 'application/json' };
  const form: { [name: string]: string } = { ...ask.form };
  let authorization: string | undefined;
  let inBody = false;
  let reason: string | undefined;
  let secret = true;

  if (ask.auth === 'client') {
    const { credentials } = options;
    if (!credentials || credentials.id === '' || credentials.secret.empty)
      reason = 'client id or secret is missing';
    else if ((ask.otherwise?.clientAuth ?? options.settings.clientAuth) === 'post') {
      form['client_id'] = credentials.id;
      form['client_secret'] = credentials.secret.reveal();
      inBody = true;
    } else authorization = basicHeader(credentials, formEncoded(ask, options)).reveal();
  } else if (ask.auth === 'given') {
    authorization = options.given?.reveal().replace(/^\s*authorization\s*:\s*/i, '');
    if (!authorization) reason = 'no Authorization header was given';
    else if (!sendableHeader(authorization))
      reason = 'the given header holds characters that HTTP can not carry';
  } else if (ask.auth === 'bearer') {
    if (!token) reason = 'there is no token in hand';
    else if (!sendableHeader(token.reveal())) reason = 'the token holds characters that HTTP can not carry';
    else authorization = `Bearer ${token.reveal()}`;
  } else secret = ask.tokenField !== undefined;

  if (ask.tokenField !== undefined) {
    if (!token) reason ??= 'there is no token in hand';
    else form[ask.tokenField] = token.reveal();
  }
  reason ??= forbidden(ask.url, secret ? options.allowedOrigins : undefined);

  const isForm = Object.keys(form).length > 0;
  if (isForm) headers['content-type'] = 'application/x-www-form-urlencoded';
  else if (ask.json !== undefined) headers['content-type'] = 'application/json';
  if (authorization !== undefined) headers['authorization'] = authorization;
  const shown: ExchangeRequest = {
    method: ask.method,
    url: redactedUrl(ask.url),
    authorization: authorizationShape(authorization, pairOf(options), options.idForm),
    ...(headers['content-type'] === undefined ? {} : { contentType: headers['content-type'] }),
    ...(isForm ? { form: shownForm(form) } : {}),
    bodyForm: isForm ? 'form' : ask.json === undefined ? 'none' : 'json',
    ...(inBody ? { bodyCredentials: { id: true, secret: true } } : {}),
  };
  if (reason !== undefined) return { reason, shown };
  const body = isForm ? formBody(form) : ask.json === undefined ? undefined : JSON.stringify(ask.json);
  return {
    shown,
    raw: {
      method: ask.method,
      url: ask.url,
      headers,
      maxBytes: MOST_BYTES,
      ...(body === undefined ? {} : { body }),
      ...(options.signal ? { signal: options.signal } : {}),
    },
  };
}

function formEncoded({ otherwise }: Ask, options: TransportOptions): boolean {
  const encoding = otherwise?.basicEncoding;
  return encoding === undefined ? options.formEncoded : encoding === 'form';
}

function pairOf({ credentials }: TransportOptions): { id: string; secret: string } | undefined {
  return credentials && { id: credentials.id, secret: credentials.secret.reveal() };
}

function shownForm(form: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => {
      const hidden = name === 'client_id' ? !isUuid(value) : secretNamed(name);
      return [name, hidden ? '•' : value];
    }),
  );
}

/** Why a request may not go to a URL; undefined where it may. `allowed` is given where it carries a secret. */
function forbidden(url: string, allowed: readonly string[] | undefined): string | undefined {
  let to: URL;
  try {
    to = new URL(url);
  } catch {
    return 'the address is not a URL that can be asked';
  }
  if (to.protocol !== 'https:' && to.protocol !== 'http:') return `nothing can be asked over ${to.protocol}`;
  if (allowed === undefined) return undefined;
  if (to.protocol !== 'https:' && !isLoopback(to.hostname)) {
    return `secrets go over TLS only, and ${to.origin} is not https`;
  }
  const origins = allowed.map((origin) => new URL(origin).origin);
  if (origins.includes(to.origin)) return undefined;
  return `secrets go only to the hosts that the settings name (${origins.join(', ')}), and ${to.origin} is none of them`;
}
