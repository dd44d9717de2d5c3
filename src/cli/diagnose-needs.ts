/** Which endpoints `diagnose` checks: those that the user names, one by one or in a file, else those of a dataset. */
import { resolve } from 'node:path';
import { Failure, visibleLine, type EndpointNeed, type Json, type KnownSettings } from '../core/index.ts';
import { readGiven, whyUnread } from '../io/given-file.ts';
import { bundledDataset } from '../datasets/index.ts';
import { secretNamed } from '../io/allowed.ts';
import type { DiagnoseArgs } from './diagnose-options.ts';
import { endpointsOf, type AskedEndpoint } from './endpoint-words.ts';
import type { LiveSettings } from './settings.ts';
import { single } from './settings-options.ts';
import type { Terminal } from './terminal.ts';

/**
 * The arguments with the lines of `--endpoints FILE` as if each had been an `--endpoint`.
 * @throws Failure `usage` naming file and line
 */
export async function withEndpointsOfFile(args: DiagnoseArgs, terminal: Terminal): Promise<DiagnoseArgs> {
  const name = single(args.endpoints, '--endpoints');
  if (name === undefined) return args;
  const flags = args.endpoint === undefined ? [] : [args.endpoint].flat();
  const lines = await linesOf(resolve(terminal.cwd, name), name, terminal.signal);
  return { ...args, endpoint: [...new Set([...flags, ...lines])] };
}

const EXAMPLE = "lines such as 'GET /api/v2/routing/queues'; what stands behind a # is left out";

async function linesOf(file: string, name: string, signal: AbortSignal): Promise<string[]> {
  let text: string;
  try {
    text = (await readGiven(file, { signal })).toString('utf8');
  } catch (error) {
    throw new Failure(
      'usage',
      `--endpoints ${name} can not be read (${whyUnread(error)})`,
      `a file with ${EXAMPLE}`,
    );
  }
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const endpoints = lines.flatMap((line, i) => {
    const words = line.replace(/(?:^|\s)#.*$/, '').trim();
    if (words === '') return [];
    try {
      return endpointsOf([words]).map(({ method, path }) => `${method} ${path}`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      throw new Failure('usage', `${name}, line ${i + 1}: ${error.message}`, error.expected);
    }
  });
  if (endpoints.length > 0) return endpoints;
  throw new Failure('usage', `--endpoints ${name} names no endpoint`, EXAMPLE);
}

/**
 * The endpoints that the user named, else what the dataset needs.
 * @throws Failure `config` for a path whose host is not known
 */
export async function needsOf(
  args: DiagnoseArgs,
  { endpoints, provider, known }: Pick<LiveSettings, 'endpoints' | 'provider' | 'known'>,
  terminal: Terminal,
): Promise<readonly EndpointNeed[]> {
  if (args.body !== undefined && !args.send) {
    throw new Failure('usage', '--body is only used with --send', 'give both, or neither');
  }
  if (endpoints.length > 0) {
    const json =
      args.body === undefined ? undefined : await bodyOf(resolve(terminal.cwd, args.body), terminal.signal);
    const named = endpointsOf(endpoints);
    if (!args.offline) namesHost(named, known);
    return named.map((need) => ({
      ...withoutSecrets(need),
      ...(args.send && { send: true }),
      ...(json !== undefined && { json }),
    }));
  }
  // The bundled datasets are Genesys Cloud's, but for what the user asks for by name.
  if (args.dataset === undefined && provider.access !== 'roles') return [];
  return bundledDataset(args.dataset ?? 'queue-hourly')?.needs ?? [];
}

function namesHost(needs: readonly AskedEndpoint[], { apiUrl }: KnownSettings): void {
  const homeless = needs.find(({ path }) => !/^https?:\/\//i.test(path));
  if (apiUrl !== undefined || !homeless) return;
  throw new Failure(
    'config',
    `The host of the API is not known, so ${homeless.method} ${visibleLine(homeless.path)} can not be asked; nothing was sent.`,
    '--api-url URL (or WHY403_API_URL), such as https://api.example.com',
  );
}

/** The report names each endpoint as it was given, so nothing secret may stand in it. */
function withoutSecrets(need: EndpointNeed): EndpointNeed {
  const url = new URL(need.path, 'https://api.invalid');
  const secret = [...url.searchParams.keys()].find(secretNamed);
  if (secret === undefined && url.username === '' && url.password === '') return need;
  throw new Failure(
    'usage',
    `the endpoint ${need.method} ${url.pathname} holds ${secret === undefined ? 'user info' : `the parameter '${secret}'`}, which is a secret`,
    'leave it out: the token is sent in the Authorization header',
  );
}

async function bodyOf(file: string, signal: AbortSignal): Promise<Json> {
  try {
    return JSON.parse((await readGiven(file, { signal })).toString('utf8')) as Json;
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is not JSON' : whyUnread(error);
    throw new Failure('usage', `--body ${file} can not be used: ${why}`, 'a file that holds one JSON value');
  }
}
