/** Settings, resolved: who asks whom, with what, and where each value came from. */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { authorizationShape, clientShape } from '../core/index.ts';
import type {
  AuthorizationShape,
  ClientShape,
  GivenFlag,
  KnownSettings,
  ProviderProfile,
} from '../core/index.ts';
import type { Credentials } from '../io/credentials.ts';
import type { GivenProxy } from '../io/proxy.ts';
import type { Secret } from '../io/secrets.ts';
import { clientPair } from './client-pair.ts';
import { parseDuration } from './duration.ts';
import { givenFlags } from './given-flags.ts';
import { gather } from './settings-gather.ts';
import { choose, type Layer } from './settings-layers.ts';
import type { SettingsArgs } from './settings-options.ts';
import { proxyOf } from './settings-proxy.ts';
import { givenHeader, pairSources, readyToken, type Findings } from './settings-secrets.ts';
import { plainSource, type SettingSource } from './settings-sources.ts';
import { originsOf } from './settings-urls.ts';
import { present, providerNamed, whereToAsk } from './settings-where.ts';
import type { Terminal } from './terminal.ts';

export { addSettingsOptions, type SettingsArgs } from './settings-options.ts';
export { explainSources } from './settings-sources.ts';

export interface LiveSettings {
  readonly provider: ProviderProfile;
  /** What evidence may hold of the settings. */
  readonly known: KnownSettings;
  /** They repeat the run; none holds a secret. */
  readonly flags: readonly GivenFlag[];
  /** Id and secret as given; either may be empty. Absent where neither was given anywhere. */
  readonly credentials?: Credentials;
  /** The shape of the pair; also where it is missing, unless a token or a header stands for it. */
  readonly client?: ClientShape;
  /** The header to check instead of building one. */
  readonly given?: Secret;
  readonly authorization?: AuthorizationShape;
  /** A ready token; only where no client is set. */
  readonly token?: Secret;
  /** `METHOD PATH` as the user wrote them; empty where none was given. */
  readonly endpoints: readonly string[];
  /** FILE or URL. */
  readonly openapi?: string;
  /** What a flag, a profile or the config file names; the variables are read where a request goes out. */
  readonly proxy?: GivenProxy;
  readonly caFile?: string;
  readonly clientCertFile?: string;
  readonly clientKeyFile?: string;
  /** For one request, in milliseconds; absent where nobody said (10 s; 60 s for a data query). */
  readonly timeoutMs?: number;
  readonly deadlineMs?: number;
  /** Secrets may go here and nowhere else. */
  readonly allowedOrigins: readonly string[];
  /** For `explainSources`. */
  readonly sources: readonly SettingSource[];
  /** Warnings for standard error: a secret that everybody may read, a setting that was passed over. */
  readonly notes: readonly string[];
}

/**
 * Resolves the settings (contract, "Settings"): default < config file < environment < profile < flag.
 * @throws Failure `config` or `usage` (exit 2); nothing was sent
 */
export async function resolveSettings(args: SettingsArgs, terminal: Terminal): Promise<LiveSettings> {
  const { layers, notes, profile } = await gather(args, terminal);
  const found: Findings = { sources: [], notes, key: randomBytes(32) };
  const take = (name: string): string | undefined => {
    const { chosen, ignored } = choose(layers, name);
    if (chosen) found.sources.push(plainSource(name, chosen, ignored));
    return chosen?.value;
  };
  const provider = providerNamed(take('provider') ?? 'genesys-cloud');
  const known = whereToAsk(provider, take);
  const { idForm } = provider.credential;

  const ours = provider.id === 'genesys-cloud' ? layers : withoutGenesys(layers, notes);
  const pair = await clientPair(ours, terminal);
  if (pair) {
    found.sources.push(...pairSources(pair, found.key));
    notes.push(...pair.notes);
  }
  const given = await givenHeader(ours, terminal, found);
  const token = readyToken(ours, pair !== undefined || given !== undefined, found);
  const raw = pair && { id: pair.id, secret: pair.secret.reveal() };
  const client =
    token || (given && !pair) ? undefined : clientShape(raw?.id, raw?.secret, idForm, pair?.source);

  const endpoints = (take('endpoint') ?? '').split('\n').filter((line) => line.trim() !== '');
  const file = (name: string): string | undefined => {
    const path = take(name);
    return path === undefined ? undefined : resolve(terminal.cwd, path);
  };
  return {
    provider,
    known: token ? { ...known, readyToken: true } : known,
    flags: givenFlags(layers, profile, { known, ...(client && { client }) }),
    endpoints,
    ...present({
      credentials: pair && { id: pair.id, secret: pair.secret },
      client,
      given,
      authorization: given && authorizationShape(given.reveal(), raw, idForm),
      token,
      openapi: take('openapi'),
      proxy: proxyOf(layers, terminal.env, found.sources),
      caFile: file('ca-file'),
      clientCertFile: file('client-cert-file'),
      clientKeyFile: file('client-key-file'),
      timeoutMs: duration(take('timeout'), 'the time-out'),
      deadlineMs: duration(take('deadline'), 'the deadline'),
    }),
    allowedOrigins: originsOf(provider, known, endpoints),
    sources: found.sources,
    notes,
  };
}

/** A Genesys secret is not sent to somebody else because its variable happens to be set. */
function withoutGenesys(layers: readonly Layer[], notes: string[]): Layer[] {
  const left = layers.find(({ kind }) => kind === 'genesyscloud');
  if (left && left.given.size > 0) {
    notes.push(`${left.label} are left aside, because the provider is not Genesys Cloud.`);
  }
  return layers.filter(({ kind }) => kind !== 'genesyscloud');
}

function duration(text: string | undefined, name: string): number | undefined {
  return text === undefined ? undefined : parseDuration(text, name);
}
