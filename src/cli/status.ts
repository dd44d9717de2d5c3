/** `why403 status`: what is exported, the gaps, the last runs. Asks nobody. */
import type { Argv } from 'yargs';
import { archiveStatus } from '../app/archive-status.ts';
import type { ArchiveStatus } from '../app/archive-status.ts';
import { trafficByDay } from '../app/archive-view.ts';
import { Failure, HOUR_MS, instant } from '../core/index.ts';
import { openTokenCache } from '../io/token-cache.ts';
import { addArchiveOptions, archiveOf } from './archive-options.ts';
import type { Archive, ArchiveArgs } from './archive-options.ts';
import { parseDuration } from './duration.ts';
import { addSettingsOptions, resolveSettings } from './settings.ts';
import type { SettingsArgs } from './settings.ts';
import { single } from './settings-options.ts';
import { age, statusText } from './status-text.ts';
import type { Run, Terminal } from './terminal.ts';
import { addQuiet, addTextOrJson, wantsJson, type FormatArgs } from './text-or-json.ts';

export const usage = 'status';
export const describe =
  'What is exported, by day; the gaps, the last runs, what is owed next. Exit 1 when an owed hour is late, 2 when there is no archive.';

interface StatusArgs extends SettingsArgs, ArchiveArgs, FormatArgs {
  readonly maxAge?: string;
  readonly days?: string;
  readonly quiet?: boolean;
}

const DAYS = 14;

export function options(yargs: Argv): Argv {
  const all = addArchiveOptions(addSettingsOptions(yargs))
    .option('max-age', {
      type: 'string',
      requiresArg: true,
      describe: 'an owed hour that ended longer ago is late (default: 3h)',
      group: 'Archive:',
    })
    .option('days', {
      type: 'string',
      requiresArg: true,
      describe: `how many of the last days to draw (default: ${DAYS})`,
      group: 'Archive:',
    });
  return addQuiet(addTextOrJson(all));
}

export const run: Run<StatusArgs> = async (args, terminal) => {
  const json = wantsJson(args);
  const archive = await archiveOf(args, terminal);
  const now = terminal.now();
  const maxAge = single(args.maxAge, '--max-age') ?? '3h';
  const maxAgeMs = parseDuration(maxAge, '--max-age');
  const settle = single(args.settle, '--settle');
  const status = await archiveStatus(archive, {
    now,
    settleMs: settle === undefined ? 600_000 : parseDuration(settle, '--settle'),
    days: daysOf(single(args.days, '--days')),
    lockTtlMs: 6 * HOUR_MS,
  });
  const { overdueSince } = status.coverage;
  const late = overdueSince !== undefined && now.getTime() - Date.parse(overdueSince) > maxAgeMs;
  // Where hours are closed that are still to come, an owed one may be among those that seem to be closed.
  const overdue = late || status.ahead !== undefined;
  const token = await tokenLife(args, terminal, now);
  const exit = overdue ? 1 : 0;
  if (args.quiet && exit === 0 && !json) return exit;
  const { dataset, pattern } = archive;
  if (json) {
    terminal.out(statusJson(status, { dataset: dataset.id, out: pattern.text, overdue, token }));
  } else {
    terminal.out(
      statusText(status, {
        now,
        dataset: dataset.id,
        out: pattern.text,
        overdue: late,
        maxAge,
        token: lifeInWords(token, now),
        traffic: await traffic(archive, status, now),
      }),
    );
  }
  return exit;
};

/** A file that can't be read is the export's to complain about; the coverage is still worth showing. */
async function traffic(
  archive: Archive,
  { coverage }: ArchiveStatus,
  now: Date,
): Promise<ReadonlyMap<string, readonly number[]>> {
  try {
    return await trafficByDay(
      archive,
      coverage.days.map(({ day }) => day),
      now,
    );
  } catch (error) {
    if (error instanceof Failure) return new Map();
    throw error;
  }
}

type TokenLife = { until: number } | 'unknown' | undefined;

function lifeInWords(token: TokenLife, now: Date): string {
  if (token === 'unknown') return 'not known without the settings of the client';
  return token
    ? `in the cache, good for ${age(now.toISOString(), new Date(token.until))}`
    : 'none in the cache';
}

function daysOf(text: string | undefined): number {
  if (text === undefined) return DAYS;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new Failure('usage', `--days '${text}' is no number of days`, 'a whole number from 1 to 9999');
}

/** The cached token's life; `unknown` where no settings say whose token. */
async function tokenLife(args: SettingsArgs, terminal: Terminal, now: Date): Promise<TokenLife> {
  try {
    const { credentials, known, provider } = await resolveSettings(args, terminal);
    const login = provider.tokenUrl(known) ?? known.apiUrl;
    if (!credentials || login === undefined) return 'unknown';
    const cache = await openTokenCache(terminal.env);
    const { id: clientId, secret } = credentials;
    const found = await cache.get(
      { loginHost: new URL(login).host, clientId, secret, scope: known.requestedScope },
      now.getTime(),
    );
    return found && { until: found.expiresAt };
  } catch (error) {
    // The archive's state does not depend on settings, so missing ones are no fault here.
    if (error instanceof Failure) return 'unknown';
    throw error;
  }
}

function statusJson(
  { ledger, coverage, lost, ahead, running, runs }: ArchiveStatus,
  more: { dataset: string; out: string; overdue: boolean; token: TokenLife },
): string {
  const { nextOwed, days, ...rest } = coverage;
  const token =
    more.token === 'unknown'
      ? { state: 'unknown' }
      : more.token
        ? { state: 'cached', expiresAt: instant(more.token.until) }
        : { state: 'none' };
  const document = {
    schema: 1,
    tool: 'why403',
    dataset: more.dataset,
    out: more.out,
    ...(ledger.organization && { organization: ledger.organization }),
    ...rest,
    late: more.overdue,
    nextOwed: instant(nextOwed),
    days,
    lostFiles: lost.map(({ path }) => path),
    ...(ahead !== undefined && { ahead }),
    ...(running !== undefined && { running }),
    token,
    runs,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
