/** The client's id and secret, from one source as a pair; and what was left aside. */
import { Failure, listed } from '../core/index.ts';
import { secretFromCommand, secretFromFile, secretFromStdin, type Fetched } from '../io/secret-sources.ts';
import { Secret } from '../io/secrets.ts';
import { secretPath } from './secret-path.ts';
import type { Given, Layer } from './settings-layers.ts';
import type { Terminal } from './terminal.ts';

export interface ClientPair {
  readonly id: string;
  readonly secret: Secret;
  /** E.g. `WHY403_CLIENT_ID and WHY403_CLIENT_SECRET`. */
  readonly source: string;
  readonly idFrom?: Given;
  readonly secretFrom?: Given;
  /** Halves that another source gave in vain. */
  readonly ignored: readonly Given[];
  readonly notes: readonly string[];
}

const SECRETS = [
  'client-secret',
  'client-secret-file',
  'client-secret-stdin',
  'client-secret-command',
] as const;

/**
 * The pair of the first source that gives a half of it; undefined where none does.
 * @throws Failure `config` where the other half would come from another source (contract, "Settings"), where one
 * source gives two secrets, or where a file or command gives none
 */
export async function clientPair(
  layers: readonly Layer[],
  terminal: Terminal,
): Promise<ClientPair | undefined> {
  const halves = layers.map((layer) => ({
    layer,
    id: layer.given.get('client-id'),
    secret: secretOf(layer),
  }));
  const [first, ...others] = halves.filter(({ id, secret }) => id ?? secret);
  if (!first) return undefined;
  const missing = first.id && first.secret ? undefined : first.id ? 'secret' : 'id';
  const stranger = missing && others.find((other) => other[missing]);
  const foreign = missing && stranger?.[missing];
  const own = (first.id ?? first.secret)?.from ?? first.layer.label;
  if (foreign) {
    throw new Failure(
      'config',
      `The client's ${missing === 'id' ? 'secret' : 'id'} comes from ${own} and its ${missing} from ${foreign.from}: the two may belong to different clients, so nothing was sent.`,
      `both from one source, or both as flags${first.layer.kind === 'flags' ? '' : `; unset ${own} to use those of ${stranger.layer.label}`}`,
    );
  }
  const fetched = first.secret ? await fetch(first.secret, terminal) : { secret: new Secret('') };
  return {
    id: first.id?.value ?? '',
    secret: fetched.secret,
    source: listed([first.id?.from, first.secret?.from].filter((from) => from !== undefined)),
    ...(first.id ? { idFrom: first.id } : {}),
    ...(first.secret ? { secretFrom: first.secret } : {}),
    ignored: others.flatMap(({ id, secret }) => [id, secret].filter((half) => half !== undefined)),
    notes: fetched.note === undefined ? [] : [fetched.note],
  };
}

function secretOf({ given, label }: Layer): (Given & { how: (typeof SECRETS)[number] }) | undefined {
  const found = SECRETS.flatMap((how) => {
    const one = given.get(how);
    return one ? [{ ...one, how }] : [];
  });
  if (found.length > 1) {
    throw new Failure(
      'config',
      `${label} give two secrets: ${listed(found.map(({ from }) => from))}.`,
      'one of them',
    );
  }
  return found[0];
}

function fetch(
  secret: Given & { how: (typeof SECRETS)[number] },
  terminal: Terminal,
): Promise<Fetched> | Fetched {
  switch (secret.how) {
    case 'client-secret':
      return { secret: new Secret(secret.value) };
    case 'client-secret-file':
      return secretFromFile(secretPath(secret.value, secret.from, terminal), secret.from, terminal.signal);
    case 'client-secret-stdin':
      return terminal.stdin().then(secretFromStdin);
    case 'client-secret-command':
      return secretFromCommand(secret.value, secret.from, terminal.env, terminal.signal).then((fetched) =>
        withinCommand(fetched, secret),
      );
  }
}

/** `echo SECRET` is a secret in a command line, however it is called. */
function withinCommand(fetched: Fetched, { value, from }: Given): Fetched {
  const revealed = fetched.secret.reveal();
  if (revealed.length < 8 || !value.includes(revealed)) return fetched;
  const note = `The command of ${from} holds the secret itself, where the list of processes and the shell's history show it; a file is better, and the secret should be renewed.`;
  return { ...fetched, note };
}
