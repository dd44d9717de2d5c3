/** From settings to a live transport, for every command that asks an org. */
import { createHttp, type Http } from '../io/http.ts';
import { createTransport, type LiveTransport } from '../io/transport.ts';
import type { LiveSettings } from './settings.ts';
import type { Terminal } from './terminal.ts';

declare const WHY403_VERSION: string | undefined;

const TIMEOUT_MS = 10_000;

export interface ConnectOptions {
  readonly offline?: boolean;
  /** Where the settings give none; in milliseconds from now. */
  readonly defaultDeadlineMs?: number;
}

/** The HTTP client of the settings: proxy, certificates, name. The caller closes it. */
export function openHttp(settings: LiveSettings, terminal: Terminal): Http {
  return createHttp({
    env: terminal.env,
    proxy: settings.proxy?.reveal(),
    caFile: settings.caFile,
    userAgent: `why403/${typeof WHY403_VERSION === 'string' ? WHY403_VERSION : 'dev'}`,
  });
}

/**
 * The transport over it.
 */
export function connect(
  settings: LiveSettings,
  http: Http,
  terminal: Terminal,
  { offline = false, defaultDeadlineMs }: ConnectOptions = {},
): LiveTransport {
  const deadlineMs = settings.deadlineMs ?? defaultDeadlineMs;
  const { idForm, formEncoded } = settings.provider.credential;
  const now = (): number => terminal.now().getTime();
  return createTransport({
    http,
    settings: settings.known,
    ...(settings.credentials ? { credentials: settings.credentials } : {}),
    ...(settings.given ? { given: settings.given } : {}),
    ...(settings.token ? { token: settings.token } : {}),
    idForm,
    formEncoded,
    allowedOrigins: settings.allowedOrigins,
    timeoutMs: settings.timeoutMs ?? TIMEOUT_MS,
    ...(deadlineMs === undefined ? {} : { deadlineAt: now() + deadlineMs }),
    offline,
    signal: terminal.signal,
    now,
  });
}
