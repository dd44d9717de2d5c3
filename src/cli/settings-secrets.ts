/** The other secrets of the settings: a header to check, a ready token. */
import { secretFromFile } from '../io/secret-sources.ts';
import { Secret } from '../io/secrets.ts';
import type { ClientPair } from './client-pair.ts';
import { choose, type Layer } from './settings-layers.ts';
import { secretPath } from './secret-path.ts';
import { fingerprintOf, type SettingSource } from './settings-sources.ts';
import type { Terminal } from './terminal.ts';

/** Where what was found out along the way goes. */
export interface Findings {
  readonly sources: SettingSource[];
  readonly notes: string[];
  /** Of this run, for fingerprints. */
  readonly key: Buffer;
}

/** The Authorization header to check, of `--authorization-file` or WHY403_AUTHORIZATION, as the order of sources says. */
export async function givenHeader(
  layers: readonly Layer[],
  terminal: Terminal,
  found: Findings,
): Promise<Secret | undefined> {
  for (const { given } of layers) {
    const file = given.get('authorization-file');
    const value = given.get('authorization');
    const from = (file ?? value)?.from;
    if (from === undefined) continue;
    const { secret, note } = file
      ? await secretFromFile(secretPath(file.value, file.from, terminal), file.from, terminal.signal)
      : { secret: new Secret(value?.value ?? ''), note: undefined };
    if (note !== undefined) found.notes.push(note);
    found.sources.push({
      setting: 'authorization',
      from,
      shown: fingerprintOf(secret, found.key),
      ignored: [],
    });
    return secret;
  }
  return undefined;
}

/** A ready token. `useless`: a client or a header is set, so no token is used. */
export function readyToken(layers: readonly Layer[], useless: boolean, found: Findings): Secret | undefined {
  const { chosen, ignored } = choose(layers, 'access-token');
  if (!chosen) return undefined;
  const shown = (value: string): string => fingerprintOf(new Secret(value), found.key);
  found.sources.push({
    setting: 'access-token',
    from: useless ? 'nowhere, because a client is set' : chosen.from,
    shown: useless ? 'not used' : shown(chosen.value),
    ignored: (useless ? [chosen, ...ignored] : ignored).map(({ from, value }) => `${from} (${shown(value)})`),
  });
  return useless ? undefined : new Secret(chosen.value);
}

/** Where id and secret came from. The id is a fingerprint too: a secret may stand in its place. */
export function pairSources(pair: ClientPair, key: Buffer): SettingSource[] {
  const lost = (secret: boolean): string[] =>
    pair.ignored.filter(({ from }) => /secret/i.test(from) === secret).map(({ from }) => from);
  return [
    {
      setting: 'client-id',
      from: pair.idFrom?.from ?? 'nowhere',
      shown: fingerprintOf(new Secret(pair.id), key),
      ignored: lost(false),
    },
    {
      setting: 'client-secret',
      from: pair.secretFrom?.from ?? 'nowhere',
      shown: fingerprintOf(pair.secret, key),
      ignored: lost(true),
    },
  ];
}
