/** What `init` leaves behind: a profile's settings, or variables that refer to the secret without holding it. */
import { resolve } from 'node:path';
import { secretNamed } from '../io/allowed.ts';
import { documentPlace } from '../io/document-place.ts';
import { shownProxy } from '../io/proxy.ts';
import { redactedUrl } from '../io/redact.ts';
import { Scrubber } from '../io/scrub.ts';
import type { LiveSettings } from './settings.ts';
import { choose, VARIABLES, variableOf, type Layer } from './settings-layers.ts';
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
  'endpoint',
  'timeout',
  'deadline',
] as const;
const PATHS = ['ca-file', 'authorization-file', 'client-cert-file', 'client-key-file'] as const;
/** Settings whose variables have names of their own. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  'ca-file': 'NODE_EXTRA_CA_CERTS',
  proxy: 'HTTPS_PROXY',
};

const WITHOUT_USER =
  'the user and password of the proxy are left out, because they are a secret; without them the proxy may answer 407. ' +
  'Put them in by hand where only you can read them: http://USER:PASSWORD@HOST:PORT';

const SECRET_COMMAND =
  '--client-secret-command is not carried, because a secret seems to stand in it: put what it prints into the file, or the command into a script.';
const SECRET_ADDRESS =
  '--openapi is not carried, because its address holds a secret: download the document, and give its file.';

export interface Settled {
  /** By flag name; no secret is among them. */
  readonly plain: ReadonlyMap<string, string>;
  /** Where the secret is to be found, where that is a reference. */
  readonly reference?: { readonly name: string; readonly value: string };
  /** The secret is in hand and nothing refers to it. */
  readonly loose: boolean;
  /** What is left out because it can't be told without a secret. */
  readonly withheld: readonly string[];
  /** What is told without its secret. */
  readonly notes: readonly string[];
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
  const document = settings.openapi === undefined ? undefined : documentPlace(settings.openapi, terminal.cwd);
  const hidden = document?.kind === 'url' && document.secret;
  if (document && !hidden) plain.set('openapi', document.kind === 'file' ? document.path : document.url);
  const { proxy } = settings;
  // What the config file says of all profiles stays where it is, behind the variables.
  const url = proxy && !proxy.behindVariables ? proxy.value.reveal() : undefined;
  if (url !== undefined) plain.set('proxy', shownProxy(url));
  if (settings.credentials) plain.set('client-id', settings.credentials.id);
  const layer = layers.find(({ given }) =>
    [...given.keys()].some((name) => name === 'client-id' || name.startsWith('client-secret')),
  );
  const file = layer?.given.get('client-secret-file')?.value;
  const command = layer?.given.get('client-secret-command')?.value;
  const told = command !== undefined && holdsSecret(command, settings);
  const reference =
    file !== undefined
      ? { name: 'client-secret-file', value: file.startsWith('$') ? file : resolve(terminal.cwd, file) }
      : command !== undefined && !told
        ? { name: 'client-secret-command', value: command }
        : undefined;
  return {
    plain,
    withheld: [...(told ? [SECRET_COMMAND] : []), ...(hidden ? [SECRET_ADDRESS] : [])],
    notes: url?.includes('@') ? [WITHOUT_USER] : [],
    loose: reference === undefined && settings.credentials !== undefined,
    ...(reference && { reference }),
  };
}

/** Whether the command that prints the secret holds one itself. */
function holdsSecret(command: string, { credentials }: LiveSettings): boolean {
  const known = new Scrubber().add(credentials?.secret);
  const secret = credentials?.secret.reveal() ?? '';
  // With a `$ ` in front it is no URL, so that nothing but secrets can differ.
  const shown = redactedUrl(`$ ${known.text(command)}`);
  // `PASSWORD=…`, `--token …`, `X-Vault-Token: …`; but not `--secret-id …`, and no variable.
  const named = [...command.matchAll(/(--?)?(\w[\w-]*)(\s*[=:]\s*|\s+)(?=[^\s$-])/g)].some(
    ([, dash, name = '', between = '']) =>
      (dash !== undefined || between.trim() !== '') &&
      secretNamed(name) &&
      !/(?:id|name|file|path)$/i.test(name),
  );
  return shown !== `$ ${command}` || named || (secret !== '' && command.includes(secret));
}

/** Settings that a profile can hold and no variable. */
export function withoutVariable({ plain }: Settled): readonly string[] {
  return [...plain.keys()].filter((name) => !hasVariable(name));
}

function hasVariable(name: string): boolean {
  return name in OWN_NAMES || VARIABLES.includes(name);
}

/** The settings as lines for a shell. An id without the form of one is left out: a secret may stand there. */
export function references(
  { plain, reference, loose }: Settled,
  settings: LiveSettings,
  secretFile: string,
): readonly (readonly [name: string, value: string])[] {
  const id = settings.client?.id;
  const lines = [...plain]
    .filter(([name]) => name !== 'client-id' && hasVariable(name))
    .map(([name, value]) => [OWN_NAMES[name] ?? variableOf(name), value] as const);
  const secret = reference ?? (loose ? { name: 'client-secret-file', value: secretFile } : undefined);
  return [
    ...lines,
    ...(id === undefined ? [] : [[variableOf('client-id'), id] as const]),
    ...(secret ? [[variableOf(secret.name), secret.value] as const] : []),
  ];
}

/** For `sh`. */
export function exportLine([name, value]: readonly [string, string]): string {
  return `export ${name}=${/^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`}`;
}
