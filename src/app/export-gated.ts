/** An export behind its gate (contract): offline stages, a token, then the export's own calls; a refused one is judged. */
import { ladder } from '../checks/ladder.ts';
import { Failure, instant } from '../core/index.ts';
import type { Evidence, Exchange, Json, Ledger, Report, RowFormat, Transport } from '../core/index.ts';
import { climb, judge } from '../diagnose/index.ts';
import { Refused } from '../export/left-out.ts';
import { newSummary, runExport } from '../export/run.ts';
import type { ExportJob, ExportPorts, ExportSummary } from '../export/run.ts';
import { createDataCall } from '../io/data-call.ts';
import type { CallStats } from '../io/data-call.ts';
import { keepHeapSmall } from '../io/heap.ts';
import { breathe } from '../io/patience.ts';
import type { Wait } from '../io/patience.ts';
import { accessMark, diskLedgers, stateFolder } from '../io/ledger-store.ts';
import { takeLock } from '../io/lock.ts';
import { diskPartitions } from '../io/partition-store.ts';
import { logRun } from '../io/run-log.ts';
import { Scrubber } from '../io/scrub.ts';
import type { Secret } from '../io/secrets.ts';
import type { TokenCache, TokenKey } from '../io/token-cache.ts';
import { createTransport } from '../io/transport.ts';
import type { TransportOptions } from '../io/transport.ts';
import { openingOf } from './diagnose-live.ts';
import type { LiveCase } from './diagnose-live.ts';
import { afterGate, asReport } from './export-ending.ts';
import { allowAsTold } from './export-limit.ts';
import { GateShut, exportTokens, isBlocked, judgeWhole } from './export-tokens.ts';
import type { ExportTokens } from './export-tokens.ts';

export interface GatedExport {
  /** Its needs are the dataset's. */
  readonly live: LiveCase;
  readonly job: ExportJob;
  /** How the org is reached; without a token. */
  readonly connection: TransportOptions;
  readonly apiUrl: string;
  /** A token that the user gave instead of a client. */
  readonly ready?: Secret;
  readonly cache?: { readonly store: TokenCache; readonly key: TokenKey };
  readonly format: RowFormat;
  /** The deepest folder of `--out` without a `%`, absolute. */
  readonly root: string;
  readonly lockTtlMs: number;
  /** Requests a minute; `org`: as many as the organisation says. */
  readonly budget?: number | 'org';
  /** For one data query, in milliseconds. */
  readonly queryTimeoutMs?: number;
  readonly now: () => Date;
  readonly signal?: AbortSignal;
  readonly wait?: Wait;
  /** What waits are measured by; goes with `wait`. */
  readonly steady?: () => number;
  readonly onProgress?: ExportPorts['progress'];
}

export interface RunFigures extends ExportSummary {
  readonly requests: number;
  readonly repeated: number;
  readonly tokens: number;
  readonly organization?: { readonly id: string; readonly name?: string };
  readonly seconds: number;
}

export type GatedResult =
  | { readonly kind: 'done'; readonly exit: 0; readonly summary: RunFigures }
  /** The same finding that `diagnose` prints. */
  | {
      readonly kind: 'report';
      readonly exit: 1 | 3;
      readonly report: Report;
      readonly evidence: Evidence;
      /** What became of the run besides: what it wrote, which hours it left out. */
      readonly told?: string;
    };

/**
 * Runs an export.
 * @throws Failure for every other end: exit 2, 4, 5, 130
 */
export async function exportGated(it: GatedExport): Promise<GatedResult> {
  keepHeapSmall();
  const opening = openingOf(it.live);
  const offline = judgeWhole(it.live, opening);
  if (isBlocked(offline)) return asReport(offline, opening);

  const transport = createTransport(it.connection);
  const tokens = exportTokens({
    live: it.live,
    opening,
    transport,
    now: () => it.now().getTime(),
    ...(it.ready && { ready: it.ready }),
    ...(it.cache && { cache: it.cache }),
  });
  const folder = stateFolder(it.root, it.job.dataset.id, it.job.pattern.tail);
  const lock = await takeLock(folder, it.lockTtlMs);
  const startedAt = it.now();
  const summary = newSummary(it.job);
  const { call, stats, allow, theirsAhead } = createDataCall(callOptions(it, tokens));
  let organization: Ledger['organization'];
  let figures = (): RunFigures =>
    figuresOf(summary, stats, tokens, it.now().getTime() - startedAt.getTime(), organization);
  try {
    const ports: ExportPorts = {
      format: it.format,
      partitions: diskPartitions(it.root),
      ledgers: diskLedgers(folder),
      call,
      now: it.now,
      theirsAhead,
      ...(it.signal && { signal: it.signal }),
      identify: async (ledger) => {
        const who = await identify(it, ledger, call);
        organization = who.organization ?? ledger.organization;
        if (it.budget === 'org') await allowAsTold(call, allow, summary);
        return who;
      },
      ...(it.onProgress && { progress: it.onProgress }),
      breathe,
    };
    const whole = await runExport(it.job, ports, summary);
    figures = () => figuresOf(whole, stats, tokens, it.now().getTime() - startedAt.getTime(), organization);
    const done = { kind: 'done', exit: 0, summary: figures() } as const;
    await record(it, startedAt, done.summary, 0);
    return done;
  } catch (error) {
    const end = await ending(error, it, tokens, transport, summary);
    if (end instanceof Failure) {
      const exit = end.code === 'interrupted' && it.signal?.reason === 'SIGTERM' ? 143 : end.exit;
      await record(it, startedAt, figures(), exit, end.code);
      throw end;
    }
    await record(it, startedAt, figures(), end.exit, end.report.verdict.rootCause);
    return end;
  } finally {
    await lock.release();
  }
}

function callOptions(it: GatedExport, tokens: ExportTokens): Parameters<typeof createDataCall>[0] {
  const { connection } = it;
  const scrub = new Scrubber().add(it.ready);
  if (connection.credentials) scrub.addPair(connection.credentials.id, connection.credentials.secret);
  return {
    http: connection.http,
    apiUrl: it.apiUrl,
    tokens: {
      // A refusal may echo the token, so the net must know it before the first call.
      get: async () => {
        const token = await tokens.get();
        scrub.add(token);
        return token;
      },
      renew: (refused) => tokens.renew(refused),
    },
    scrub,
    needs: it.live.needs,
    renewOn403: it.live.profile.access === 'scopes',
    now: () => it.now().getTime(),
    ...(typeof it.budget === 'number' && { budget: it.budget }),
    ...(it.queryTimeoutMs === undefined ? {} : { timeoutMs: it.queryTimeoutMs }),
    ...(connection.deadlineAt === undefined ? {} : { deadlineAt: connection.deadlineAt }),
    ...(it.signal && { signal: it.signal }),
    ...(it.wait && { wait: it.wait }),
    ...(it.steady && { steady: it.steady }),
  };
}

/** Whose data this is. An access that the ledger knows belongs to the same organisation as before, so nobody is asked. */
async function identify(
  it: GatedExport,
  ledger: Ledger,
  call: ExportPorts['call'],
): Promise<Pick<Ledger, 'organization' | 'access'>> {
  const clientId = it.connection.credentials?.id;
  const access = clientId === undefined ? undefined : accessMark(it.apiUrl, clientId);
  if (access !== undefined && ledger.access === access && ledger.organization)
    return { organization: ledger.organization, access };
  const organization = await organizationOf(it, call);
  return { ...(organization && { organization }), ...(access !== undefined && { access }) };
}

async function organizationOf(it: GatedExport, call: ExportPorts['call']): Promise<Ledger['organization']> {
  // Other providers have no question for it; there the API's host stands for whose data it is.
  if (it.live.profile.id !== 'genesys-cloud') return { id: new URL(it.apiUrl).hostname };
  const answer = await call({ method: 'GET', path: '/api/v2/organizations/me' });
  if (!answer.ok) {
    // 401 is about the token and not about this question.
    if (answer.exchange.outcome.kind !== 'answered' || answer.exchange.outcome.status === 401)
      throw new Refused(answer.exchange);
    return undefined;
  }
  const { id, name } = (answer.body ?? {}) as { readonly [key: string]: Json };
  return typeof id === 'string' ? { id, ...(typeof name === 'string' && { name }) } : undefined;
}

function figuresOf(
  summary: ExportSummary,
  stats: CallStats,
  tokens: ExportTokens,
  ms: number,
  organization: Ledger['organization'],
): RunFigures {
  const seconds = Math.round(ms / 100) / 10;
  return { ...summary, ...stats, tokens: tokens.count(), seconds, ...(organization && { organization }) };
}

/** What an error means: a report where a cause can be named, else a failure. */
async function ending(
  error: unknown,
  it: GatedExport,
  tokens: ExportTokens,
  transport: Transport,
  summary: ExportSummary,
): Promise<Failure | Extract<GatedResult, { kind: 'report' }>> {
  if (error instanceof GateShut)
    return afterGate(error.report, error.evidence, summary, { leftOut: [], wentOn: false });
  if (!(error instanceof Refused)) {
    if (error instanceof Failure) return error;
    throw error;
  }
  const { exchange, leftOut, wentOn } = error;
  const { report, evidence } = await climbFrom(tokens.evidence(), exchange, it.live, transport);
  return afterGate(report, evidence, summary, { refused: exchange, leftOut, wentOn });
}

/**
 * The whole ladder, over the refused call: where the climb would make that call itself, it is given the answer that
 * is there, so that the finding is about what really happened.
 */
async function climbFrom(
  known: Evidence,
  refused: Exchange,
  { profile, catalogue, needs }: LiveCase,
  transport: Transport,
): Promise<{ report: Report; evidence: Evidence }> {
  const own = (x: Pick<Exchange, 'step' | 'subject'>): boolean =>
    x.step === refused.step && x.subject === refused.subject;
  const over: Transport = (ask) => (own(ask) ? Promise.resolve(refused) : transport(ask));
  // Whoever exports a dataset sends its requests anyway.
  const opening = { ...known, needs: needs.map((need) => ({ ...need, send: true })) };
  const climbed = await climb(ladder, opening, { profile, catalogue, transport: over });
  if (climbed.evidence.exchanges.some(own)) return climbed;
  const evidence = { ...climbed.evidence, exchanges: [...climbed.evidence.exchanges, refused] };
  return { evidence, report: judge(ladder, { evidence, profile, catalogue, mode: 'climb' }) };
}

async function record(
  it: GatedExport,
  startedAt: Date,
  figures: RunFigures,
  exit: number,
  why?: string,
): Promise<void> {
  const { rows, files, windows, changes, warnings, requests, repeated, tokens, seconds } = figures;
  await logRun(it.root, {
    schema: 1,
    at: instant(startedAt),
    seconds,
    dataset: it.job.dataset.id,
    out: it.job.pattern.text,
    pattern: it.job.pattern.tail,
    exit,
    ...(why === undefined ? {} : { why }),
    windows: windows.length,
    hours: windows.map((w) => `${w.from}/${w.to}`),
    rows: { ...rows },
    files: files.length,
    requests,
    repeated,
    tokens,
    changes: changes.map(({ hour, key, column, old, new: now }) => [hour, ...key, column, old, now]),
    warnings: warnings.map((w) => w.message),
  });
}
