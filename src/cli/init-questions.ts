/** What `init` asks, and the flags that the answers stand for. */
import { nearestRegions, regionOf } from '../providers/genesys-regions.ts';
import { isUuid } from '../core/index.ts';
import type { Asker } from './asker.ts';
import { choose, type Layer } from './settings-layers.ts';
import type { SettingsArgs } from './settings-options.ts';

export interface Answers {
  readonly args: SettingsArgs;
  /** What was typed as the secret. */
  readonly typed?: string;
}

/** Asks only for what no source gives. */
export async function askMissing(
  args: SettingsArgs,
  layers: readonly Layer[],
  asker: Asker,
): Promise<Answers> {
  const given = (name: string): string | undefined => choose(layers, name).chosen?.value;
  const generic = given('provider') === 'generic';
  const place = generic ? await askIssuer(given, asker) : await askRegion(given, asker);
  const whole = layers.some(
    (layer) =>
      layer.given.has('client-id') &&
      [...layer.given.keys()].some((name) => name.startsWith('client-secret')),
  );
  const token = !layers.some((layer) => layer.given.has('client-id')) && given('access-token') !== undefined;
  const header = given('authorization-file') ?? given('authorization');
  if (whole || token || header !== undefined) return { args: { ...args, ...place } };
  const { args: who, typed } = await askClient(args, given, asker);
  return { args: { ...args, ...place, ...who }, ...(typed !== undefined && { typed }) };
}

type Given = (name: string) => string | undefined;

async function askRegion(given: Given, asker: Asker): Promise<SettingsArgs> {
  if (given('region') !== undefined || given('login-url') !== undefined || given('token-url') !== undefined)
    return {};
  const check = (answer: string): string | undefined =>
    regionOf(answer) ? undefined : `not a region; perhaps ${nearestRegions(answer).join(', or ')}`;
  const region = await asker.text(
    'Which region is the organisation in? (such as eu-central-1, or mypurecloud.de)',
    undefined,
    check,
  );
  return { region };
}

async function askIssuer(given: Given, asker: Asker): Promise<SettingsArgs> {
  if (given('issuer') !== undefined || given('token-url') !== undefined) return {};
  const check = (answer: string): string | undefined =>
    URL.canParse(answer) && answer.startsWith('https:') ? undefined : 'a URL that begins with https://';
  return { issuer: await asker.text('The issuer of the tokens (a URL)', undefined, check) };
}

async function askClient(args: SettingsArgs, given: Given, asker: Asker): Promise<Answers> {
  const known = given('client-id');
  // What is no UUID may be the secret in the wrong place, so it is not shown.
  const shown = known !== undefined && isUuid(known) ? known : undefined;
  const clientId = args.clientId ?? (await asker.text('The id of the OAuth client', shown));
  if (args.clientSecretFile ?? args.clientSecretCommand ?? args.clientSecretStdin)
    return { args: { clientId } };
  const how = await asker.choose('Where is its secret?', [
    { value: 'type', label: 'I type or paste it now; it is not shown' },
    { value: 'file', label: 'in a file (a mounted secret, for instance)' },
    { value: 'command', label: 'a command prints it (a password manager)' },
  ]);
  if (how === 'file')
    return { args: { clientId, clientSecretFile: await asker.text('The path of the file') } };
  if (how === 'command') return { args: { clientId, clientSecretCommand: await asker.text('The command') } };
  return { args: { clientId, clientSecretStdin: true }, typed: await asker.secret('The secret') };
}
