/** The command that proves a fix, with the settings that the person used. */
import type { FixStep, GivenFlag, Scene } from '../core/index.ts';
import { waySent } from './client-auth.ts';
import {
  asksOtherwise,
  domainShown,
  elsewhereShown,
  hasOpenHost,
  issuerShown,
  knownTokenUrl,
  scopeShown,
  tokenUrlShown,
} from './shown-place.ts';

export interface ProofOptions {
  /** The stages that need no network show it already. */
  readonly offline?: boolean;
  /** `METHOD /path`; default: the endpoints that the evidence asks about. */
  readonly endpoint?: string;
  /** What the run should show; default: that the finding is gone. */
  readonly shows?: string;
  /** Another region than that of the evidence, or a word that stands for the right one. */
  readonly region?: string;
  /** Flags that the fix changes, by name; `undefined` leaves one out. */
  readonly instead?: { readonly [flag: string]: string | undefined };
  /** The place that the paste shows is the wrong one. */
  readonly elsewhere?: boolean;
  /** What the run shows has nothing to do with the grant. */
  readonly anyGrant?: boolean;
  /** The finding is about an exchange of a code or a refresh token. */
  readonly anotherGrant?: boolean;
}

/** Words that stand in a command for what nothing shows, each with what is to be put there. */
const OPEN_WORDS: readonly (readonly [string, string])[] = [
  ['REGION', 'REGION is the name or domain of your region.'],
  [
    'TOKEN_URL',
    'TOKEN_URL is the address of the token endpoint, as the documentation of the provider names it.',
  ],
  ['API_URL', 'API_URL is the address of the API, without a path.'],
  ['SCOPE', 'SCOPE is what the program needs, as the documentation of the API names it.'],
];

/** What is to be put into a command before it runs; empty where nothing is. */
function toFillIn(command: string): string {
  const open = OPEN_WORDS.filter(([word]) => new RegExp(`(?<![\\w/-])${word}(?![\\w/-])`).test(command));
  return open.map(([, is]) => ` ${is}`).join('');
}

const OWN_REQUEST =
  'Check again with the request of your own program: why403 diagnose asks with client credentials only, and that would show nothing of this grant.';

/** The last step of a fix: run this, and see. */
export function proof(scene: Scene, options: ProofOptions = {}): FixStep {
  if (needsOwnRequest(scene, options)) return { who: 'you', action: OWN_REQUEST };
  return withRun(scene, options.shows ?? 'Check again: the finding is gone.', options);
}

/** Something to do, with the run that does it; without one where a run asks with another grant than the paste. */
export function withRun(scene: Scene, action: string, options: ProofOptions = {}): FixStep {
  if (needsOwnRequest(scene, options)) return { who: 'you', action };
  const command = diagnoseCommand(scene, options);
  return { who: 'you', action: `${action}${toFillIn(command)}`, command };
}

/** How the asker will check it, for a message. */
export function promise(scene: Scene, options: ProofOptions = {}): string {
  if (needsOwnRequest(scene, options)) return 'I will check it by the same request of our program.';
  return `I will check it with: ${diagnoseCommand(scene, options)}`;
}

function needsOwnRequest(scene: Scene, { anyGrant, anotherGrant, offline }: ProofOptions): boolean {
  return !anyGrant && !offline && asksOtherwise(scene, anotherGrant);
}

/** `why403 diagnose` as it was run, with its settings but for secrets, which come from where they came from. */
function diagnoseCommand(scene: Scene, options: ProofOptions = {}): string {
  const named = (options.endpoint ? [options.endpoint] : userEndpoints(scene)).map(onAKnownHost);
  const given = mended(flagsOf(scene, options), options, scene);
  const region = given.find(({ name }) => name === 'region')?.value;
  const endpoints =
    scene.mode === 'climb'
      ? named
      : named
          .map(withoutMasks)
          .map((endpoint) => inRegion(endpoint, region, scene))
          .filter(isCallable);
  const sent = endpoints.length > 0 && endpoints.every((endpoint) => isSent(endpoint, scene));
  const flags = withApi(given, options.offline ? [] : endpoints, scene).filter(
    ({ name }) =>
      !(name === 'body' && (options.offline || !sent)) && !(name === 'dataset' && options.offline),
  );
  return [
    'why403 diagnose',
    ...flags.map(words),
    ...(options.offline ? ['--offline'] : endpoints.map((endpoint) => `--endpoint ${quoted(endpoint)}`)),
    ...(sent && !options.offline ? ['--send'] : []),
  ].join(' ');
}

/** The program takes no address with such a parameter, whose value is mostly good for one use. */
const ONE_USE =
  /^(?:code|key|sig|sid|auth|authorization|jwt|bearer|code_verifier|state|nonce|device_code|user_code)=/i;

/** A parameter that the paste hides was a secret, and none is sent in an address. */
function withoutMasks(endpoint: string): string {
  const [target = '', query = ''] = endpoint.split(/\?(.*)/s);
  const kept = query.split('&').filter((pair) => pair !== '' && !pair.includes('•') && !ONE_USE.test(pair));
  return kept.length > 0 ? `${target}?${kept.join('&')}` : target;
}

/** A call at the API of another region than that of the token proves nothing; by its path it goes where the token is of. */
function inRegion(endpoint: string, region: string | undefined, { profile }: Scene): string {
  const [, method = '', host = '', path = ''] =
    /^(\S+) https?:\/\/([^/?#:]+)(?::\d+)?(.*)$/is.exec(endpoint) ?? [];
  const elsewhere = profile.hostRole(host.toLowerCase()) === 'api' && host.toLowerCase() !== `api.${region}`;
  return region !== undefined && elsewhere ? `${method} ${path || '/'}` : endpoint;
}

/** As the command line takes an endpoint; a paste may show another method, or a path that is none. */
function isCallable(endpoint: string): boolean {
  return /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) [^\s/]*\/\S*$/.test(endpoint);
}

/** A path alone is asked at the API, whose host must be known. */
function withApi(flags: GivenFlag[], endpoints: readonly string[], { mode, profile }: Scene): GivenFlag[] {
  const homeless = endpoints.some((endpoint) => !/^\S+ https?:\/\//i.test(endpoint));
  const known = profile.id === 'genesys-cloud' || flags.some(({ name }) => name === 'api-url');
  return mode === 'everything' && homeless && !known
    ? [...flags, { name: 'api-url', value: 'API_URL' }]
    : flags;
}

function words({ name, value }: GivenFlag): string {
  const flag = name === 'profile' ? '-p' : `--${name}`;
  return value === undefined ? flag : `${flag} ${quoted(value)}`;
}

/** The user had it sent although it might change something. */
function isSent(endpoint: string, { evidence }: Scene): boolean {
  return evidence.needs.some(({ method, path, send }) => send && `${method} ${path}` === endpoint);
}

/** The flags with what a fix changes; another region has other hosts. */
function mended(
  flags: readonly GivenFlag[],
  { region, instead: wanted = {} }: ProofOptions,
  { profile, evidence }: Scene,
): GivenFlag[] {
  // Where roles decide, client credentials have no scope to ask for; a run that had one goes without it.
  const scopeless = profile.access === 'roles' && !evidence.settings.flags;
  const instead = scopeless && 'scope' in wanted ? { ...wanted, scope: undefined } : wanted;
  const hosts = { region, 'login-url': undefined, 'token-url': undefined, 'api-url': undefined };
  const changes: NonNullable<ProofOptions['instead']> = { ...(region !== undefined && hosts), ...instead };
  const kept = flags.flatMap((flag): GivenFlag[] => {
    if (!Object.hasOwn(changes, flag.name)) return [flag];
    const value = changes[flag.name];
    return value === undefined ? [] : [{ name: flag.name, value }];
  });
  const added = Object.entries(changes).flatMap(([name, value]): GivenFlag[] =>
    value === undefined || flags.some((flag) => flag.name === name) ? [] : [{ name, value }],
  );
  return [...kept, ...added];
}

/** The place where the client may really be: as the paste shows it, else a word that stands for it. */
export function otherPlace(scene: Scene): ProofOptions {
  return scene.profile.id === 'genesys-cloud'
    ? { region: elsewhereShown(scene) ?? 'REGION' }
    : { elsewhere: true };
}

/** The token endpoint as a word of a shell; a variable where nothing shows it. */
export function tokenUrlWord(scene: Scene): string {
  const url = knownTokenUrl(scene);
  return url === undefined ? '"$TOKEN_URL"' : quoted(url);
}

/** A word for a POSIX shell; quoted only where it must be. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * Needs that a dataset brings come by themselves. Of a pasted endpoint that does not exist, the nearest that does:
 * asking for the wrong one again would prove nothing.
 */
function userEndpoints({ evidence, catalogue, mode }: Scene): string[] {
  const named = evidence.needs.filter((need) => !need.wantedBy);
  const real = named.map((need) => {
    const absent = mode === 'everything' && catalogue.exists(need.method, need.path) === false;
    const near = absent
      ? catalogue.nearest(need.method, need.path).find(({ path }) => !path.includes('{'))
      : need;
    return `${(near ?? need).method} ${(near ?? need).path}`;
  });
  return [...new Set(real)];
}

/** Those of the run, else those that say the same as the settings or the paste; a word for what nothing shows. */
function flagsOf(scene: Scene, options: ProofOptions): readonly GivenFlag[] {
  const { evidence, profile, mode } = scene;
  const { settings } = evidence;
  if (settings.flags) return settings.flags;
  const flag = (name: string, value: string | undefined) => (value === undefined ? [] : [{ name, value }]);
  if (mode === 'everything') {
    if (profile.id === 'genesys-cloud')
      return flag('region', settings.region?.split(' ')[0] ?? domainShown(scene) ?? 'REGION');
    return [
      { name: 'provider', value: 'generic' },
      placeShown(scene, options),
      ...flag('api-url', settings.apiUrl),
      ...(waySent(scene) === 'post' ? flag('client-auth', 'post') : []),
      ...(options.offline ? [] : flag('scope', scopeShown(scene))),
    ];
  }
  const run = [
    ...flag('client-auth', settings.clientAuth),
    ...flag('scope', settings.requestedScope),
    ...flag('introspection-url', settings.introspectionUrl),
  ];
  if (profile.id === 'genesys-cloud') {
    const known = settings.region?.split(' ')[0] ?? domainShown(scene);
    const urls = [...flag('token-url', settings.tokenUrl), ...flag('api-url', settings.apiUrl)];
    return [...(known === undefined ? urls : flag('region', known)), ...run];
  }
  return [
    { name: 'provider', value: 'generic' },
    ...flag('issuer', settings.issuer),
    ...(settings.issuer === undefined || settings.tokenUrl ? flag('token-url', settings.tokenUrl) : []),
    ...flag('api-url', settings.apiUrl),
    ...run,
  ];
}

function placeShown(scene: Scene, { elsewhere }: ProofOptions): GivenFlag {
  if (elsewhere) return { name: 'token-url', value: 'TOKEN_URL' };
  const { settings } = scene.evidence;
  const url = settings.tokenUrl ?? (settings.issuer === undefined ? tokenUrlShown(scene) : undefined);
  const issuer = url === undefined ? (settings.issuer ?? issuerShown(scene)) : undefined;
  return issuer === undefined
    ? { name: 'token-url', value: url ?? 'TOKEN_URL' }
    : { name: 'issuer', value: issuer };
}

/** `METHOD URL` by its path alone, where its host is not known: the run takes the region's. */
function onAKnownHost(endpoint: string): string {
  const [method = '', url = ''] = endpoint.split(' ');
  return hasOpenHost(url)
    ? `${method} ${url.replace(/^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/?#]*/i, '') || '/'}`
    : endpoint;
}
