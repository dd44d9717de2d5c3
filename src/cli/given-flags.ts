/** The flags that repeat a run: its settings that are no secrets, and the places that its secrets came from. */
import type { ClientShape, GivenFlag, KnownSettings } from '../core/index.ts';
import { redactedUrl } from '../io/redact.ts';
import { choose, type Layer } from './settings-layers.ts';

/** What a flag shows of its value; undefined: it is left out. */
type Shown = (value: string, run: RunSettings) => string | undefined;

export interface RunSettings {
  readonly known: KnownSettings;
  readonly client?: ClientShape;
}

/** Stands for a value that may hold a secret. */
const HIDDEN = '…';

const plain: Shown = (value) => value;
/** The other addresses are refused where they hold a secret (`baseUrl`). */
const url: Shown = (value) => (/:\/\/|[?@]/.test(value) ? redactedUrl(value) : value);

/** A setting that is not among these is a secret, or an endpoint, which the evidence names by itself. */
const FLAGS: readonly (readonly [name: string, shown: Shown])[] = [
  ['provider', plain],
  ['region', (value, { known }) => known.region?.split(' ')[0] ?? value],
  ['login-url', plain],
  ['issuer', plain],
  ['token-url', plain],
  ['api-url', plain],
  ['introspection-url', plain],
  ['client-auth', plain],
  ['scope', plain],
  ['openapi', url],
  ['client-id', (_, { client }) => client?.id ?? HIDDEN],
  ['client-secret-file', plain],
  ['client-secret-stdin', plain],
  // A command may hold a secret of its own.
  ['client-secret-command', () => HIDDEN],
  ['authorization-file', plain],
  ['proxy', withoutUserInfo],
  ['ca-file', plain],
  ['client-cert-file', plain],
  ['client-key-file', plain],
  ['timeout', plain],
  ['deadline', plain],
];

/** Secrets stay where they came from; of a variable that holds one, or names the file of one, nothing is said. */
const OF_FLAGS_ONLY = /^(?:client-id|client-secret|authorization)/;

/**
 * What profile and config file give is not repeated: the profile is named, and the file is read again.
 * @param profile the profile that was named, by flag or variable
 */
export function givenFlags(
  layers: readonly Layer[],
  profile: string | undefined,
  run: RunSettings,
): GivenFlag[] {
  const named = profile ? [{ name: 'profile', value: profile }] : [];
  const given = FLAGS.flatMap(([name, shown]): GivenFlag[] => {
    const { chosen } = choose(layers, name);
    const kind = layers.find((layer) => layer.given.get(name) === chosen)?.kind;
    if (!chosen || kind === 'profile' || kind === 'file') return [];
    if (kind !== 'flags' && OF_FLAGS_ONLY.test(name)) return [];
    if (name === 'client-secret-stdin') return [{ name }];
    const value = shown(chosen.value, run);
    return value === undefined ? [] : [{ name, value }];
  });
  return [...named, ...given];
}

function withoutUserInfo(value: string): string | undefined {
  const text = value.includes('://') ? value : `http://${value}`;
  if (!URL.canParse(text)) return undefined;
  const { protocol, host } = new URL(text);
  return `${protocol}//${host}`;
}
