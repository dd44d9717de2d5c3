/** What `init` leaves behind: a profile's settings, or variables that refer to the secret without holding it. */
import { resolve } from 'node:path';
import type { LiveSettings } from './settings.ts';
import { choose, variableOf, type Layer } from './settings-layers.ts';
import type { Terminal } from './terminal.ts';

const PLAIN = [
  'provider',
  'region',
  'login-url',
  'api-url',
  'issuer',
  'token-url',
  'introspection-url',
  'client-auth',
  'scope',
  'openapi',
  'endpoint',
] as const;
const PATHS = ['ca-file', 'authorization-file'] as const;

export interface Settled {
  /** By flag name; no secret is among them. */
  readonly plain: ReadonlyMap<string, string>;
  /** Where the secret is to be found, where that is a reference. */
  readonly reference?: { readonly name: string; readonly value: string };
  /** The secret is in hand and nothing refers to it. */
  readonly loose: boolean;
}

/** @param layers those of the run that was tested */
export function settledOf(layers: readonly Layer[], settings: LiveSettings, terminal: Terminal): Settled {
  const value = (name: string): string | undefined => choose(layers, name).chosen?.value;
  const plain = new Map<string, string>();
  for (const name of PLAIN) {
    const text = value(name);
    if (text !== undefined) plain.set(name, text);
  }
  for (const name of PATHS) {
    const path = value(name);
    if (path !== undefined) plain.set(name, resolve(terminal.cwd, path));
  }
  if (settings.credentials) plain.set('client-id', settings.credentials.id);
  const layer = layers.find(({ given }) =>
    [...given.keys()].some((name) => name === 'client-id' || name.startsWith('client-secret')),
  );
  const file = layer?.given.get('client-secret-file')?.value;
  const command = layer?.given.get('client-secret-command')?.value;
  const reference =
    file !== undefined
      ? { name: 'client-secret-file', value: file.startsWith('$') ? file : resolve(terminal.cwd, file) }
      : command !== undefined
        ? { name: 'client-secret-command', value: command }
        : undefined;
  return {
    plain,
    loose: reference === undefined && settings.credentials !== undefined,
    ...(reference && { reference }),
  };
}

/** The settings as lines for a shell. An id without the form of one is left out: a secret may stand there. */
export function references(
  { plain, reference, loose }: Settled,
  settings: LiveSettings,
  secretFile: string,
): readonly (readonly [name: string, value: string])[] {
  const id = settings.client?.id;
  const lines = [...plain]
    .filter(([name]) => name !== 'client-id' && name !== 'endpoint' && name !== 'ca-file')
    .map(([name, value]) => [variableOf(name), value] as const);
  const ca = plain.get('ca-file');
  const secret = reference ?? (loose ? { name: 'client-secret-file', value: secretFile } : undefined);
  return [
    ...lines,
    ...(ca === undefined ? [] : [['NODE_EXTRA_CA_CERTS', ca] as const]),
    ...(id === undefined ? [] : [[variableOf('client-id'), id] as const]),
    ...(secret ? [[variableOf(secret.name), secret.value] as const] : []),
  ];
}

/** For `sh`. */
export function exportLine([name, value]: readonly [string, string]): string {
  return `export ${name}=${/^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`}`;
}
