/** `why403 permissions`: what an endpoint needs before it lets a token in. Asks nobody. */
import { statSync } from 'node:fs';
import type { Argv } from 'yargs';
import { documentCatalogue, genesysCatalogue } from '../app/catalogue.ts';
import { type KnownCatalogue, MAX_BYTES, roleJson, smallestRole, terraform } from '../catalogue/index.ts';
import { type CatalogueEntry, Failure, visibleLine } from '../core/index.ts';
import { documentPlace } from '../io/document-place.ts';
import { readGiven, whyUnread } from '../io/given-file.ts';
import { bundledDataset, DATASETS } from '../datasets/index.ts';
import { day } from '../io/catalogue-file.ts';
import { redactedUrl } from '../io/redact.ts';
import { apiUrlOf } from './api-url.ts';
import { type AskedEndpoint, endpointsOf } from './endpoint-words.ts';
import { type Answer, answersText, answerText, clicks, type Frame, remarks } from './permissions-text.ts';
import { gather } from './settings-gather.ts';
import type { SettingsArgs } from './settings-options.ts';
import type { Run, Terminal } from './terminal.ts';
import { addTextOrJson, wantsJson, type FormatArgs } from './text-or-json.ts';

export const usage = "permissions ['METHOD PATH'..]";
export const describe = 'what an endpoint needs: permission rule, scopes, whether a client may call it';

interface PermissionsArgs extends SettingsArgs, FormatArgs {
  readonly _: readonly (string | number)[];
  readonly for?: 'export';
  readonly dataset?: string;
  readonly as?: 'clicks' | 'json' | 'terraform';
}

export function options(yargs: Argv): Argv {
  const all = yargs
    .option('for', { choices: ['export'] as const, describe: 'the endpoints that an export calls' })
    .option('dataset', { type: 'string', describe: 'which export (default: queue-hourly)' })
    .option('as', {
      choices: ['clicks', 'json', 'terraform'] as const,
      describe: 'print the smallest role for all of them instead',
    })
    .option('openapi', { type: 'string', describe: "another API's document: a file, OpenAPI 3 or Swagger 2" })
    .option('region', { type: 'string', describe: 'whose catalogue, if several were fetched' })
    .option('api-url', { type: 'string', describe: 'the same by API host' })
    .option('profile', { alias: 'p', type: 'string', describe: 'the same by a profile' });
  return addTextOrJson(all);
}

export const run: Run<PermissionsArgs> = async (args, terminal) => {
  const asked = [...endpointsOf(args._.map(String)).map(withoutSecrets), ...wantedBy(args)];
  if (asked.length === 0) {
    throw new Failure(
      'usage',
      'no endpoint was named',
      "e.g. why403 permissions 'GET /api/v2/routing/queues', or why403 permissions --for export",
    );
  }
  const catalogue = await catalogueFor(args, terminal);
  const answers = asked.map(({ method, path }): Answer => {
    const entry = catalogue.find(method, path);
    return {
      asked: { method, path },
      exists: catalogue.exists(method, path),
      entry,
      nearest: entry ? [] : catalogue.nearest(method, path),
    };
  });
  terminal.out(print(args, answers, catalogue, terminal));
  return answers.some(({ exists }) => exists === false) ? 1 : 0;
};

/** A path is often pasted whole, with what stood in its query. */
function withoutSecrets(endpoint: AskedEndpoint): AskedEndpoint {
  return { ...endpoint, path: redactedUrl(endpoint.path) };
}

function wantedBy(args: PermissionsArgs): AskedEndpoint[] {
  if (args.for === undefined && args.dataset === undefined) return [];
  const id = args.dataset ?? 'queue-hourly';
  const dataset = bundledDataset(id);
  if (!dataset) {
    throw new Failure(
      'usage',
      `there is no dataset '${visibleLine(id)}'`,
      `there are: ${DATASETS.join(', ')}`,
    );
  }
  return dataset.needs.map(({ method, path }) => ({ method, path }));
}

async function catalogueFor(args: PermissionsArgs, terminal: Terminal): Promise<KnownCatalogue> {
  const { openapi } = args;
  if (openapi === undefined) {
    const apiUrl = apiUrlOf((await gather(args, terminal)).layers);
    return genesysCatalogue(terminal.env, apiUrl && new URL(apiUrl).host);
  }
  const place = documentPlace(openapi, terminal.cwd);
  if (place.kind === 'url') {
    throw new Failure('usage', 'permissions asks nobody, so --openapi takes a file', 'download it first');
  }
  const date = day(statSync(place.path, { throwIfNoEntry: false })?.mtime ?? terminal.now());
  return documentCatalogue(await readFile(place.path, terminal), { source: openapi, date });
}

/** A document's bytes, bounded. Throws `Failure('config')`. */
export async function readFile(file: string, { signal }: Terminal): Promise<Uint8Array> {
  try {
    const { size } = statSync(file);
    if (size > MAX_BYTES) {
      throw new Failure(
        'config',
        `${file} is larger than ${MAX_BYTES / 1024 / 1024} MB`,
        'is this the right file?',
      );
    }
    return await readGiven(file, { signal, most: MAX_BYTES });
  } catch (error) {
    throw new Failure('config', `${file} can not be read (${whyUnread(error)})`, 'name a file that is there');
  }
}

function print(
  args: PermissionsArgs,
  answers: readonly Answer[],
  catalogue: KnownCatalogue,
  terminal: Terminal,
): string {
  const found = answers.flatMap(({ entry }) => (entry ? [entry] : []));
  const wantsRole = args.as !== undefined || args.for !== undefined;
  if (wantsJson(args)) {
    const role = wantsRole ? { role: roleDocument(found) } : {};
    const endpoints = answers.map((answer) => endpointDocument(answer, catalogue));
    return `${JSON.stringify({ schema: 1, endpoints, ...role }, undefined, 2)}\n`;
  }
  const frame: Frame = { catalogue, roles: args.openapi === undefined || speaksOfPermissions(catalogue) };
  if (args.as === undefined) return answersText(answers, frame);
  for (const answer of answers.filter(({ entry }) => !entry)) terminal.err(answerText(answer, frame));
  const role = smallestRole(found);
  if (args.as === 'clicks') return clicks(role, ROLE_NAME);
  for (const remark of remarks(role)) terminal.err(`${remark}\n`);
  return args.as === 'json'
    ? `${JSON.stringify(roleJson(role, ROLE_NAME, descriptionOf(found)), undefined, 2)}\n`
    : terraform(role, { role: ROLE_NAME, client: 'why403 export', description: descriptionOf(found) });
}

function speaksOfPermissions({ entries }: KnownCatalogue): boolean {
  return entries.some(({ rule }) => rule.permissions.length > 0);
}

export const ROLE_NAME = 'why403 least privilege';

/** For a role or client: what it is there for. */
export function descriptionOf(entries: readonly CatalogueEntry[]): string {
  return `Only what is needed for ${entries.map(({ method, path }) => `${method} ${path}`).join(', ')}`;
}

function roleDocument(entries: readonly CatalogueEntry[]): object {
  const role = smallestRole(entries);
  return {
    ...roleJson(role, ROLE_NAME, descriptionOf(entries)),
    choices: role.choices,
    unknown: role.unknown,
  };
}

/** The contract's row of `permissions --format json`. */
function endpointDocument({ asked, exists, entry, nearest }: Answer, catalogue: KnownCatalogue): object {
  const { source, date } = entry ?? catalogue.absence(asked.method, asked.path) ?? catalogue;
  return {
    method: asked.method,
    path: entry?.path ?? asked.path,
    asked: `${asked.method} ${asked.path}`,
    exists,
    rule: entry?.rule ?? { type: 'unknown', permissions: [] },
    scopes: entry?.scopes ?? [],
    ...(entry?.scopeSets ? { scopeSets: entry.scopeSets } : {}),
    clientCredentials: entry?.clientCredentials ?? 'unknown',
    divisionAware: entry?.divisionAware ?? 'unknown',
    nearest,
    source,
    date,
  };
}
