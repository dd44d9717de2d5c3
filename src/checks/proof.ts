/** The command that proves a fix, with the settings that the person used. */
import { answersTo, type FixStep, type GivenFlag, type Scene } from '../core/index.ts';

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
}

/** The last step of a fix: run this, and see. */
export function proof(scene: Scene, options: ProofOptions = {}): FixStep {
  return {
    who: 'you',
    action: options.shows ?? 'Check again: the finding is gone.',
    command: diagnoseCommand(scene, options),
  };
}

/** `why403 diagnose` as it was run, with its settings but for secrets, which come from where they came from. */
export function diagnoseCommand(scene: Scene, options: ProofOptions = {}): string {
  const endpoints = (options.endpoint ? [options.endpoint] : userEndpoints(scene)).map(onAKnownHost);
  const sent = endpoints.length > 0 && endpoints.every((endpoint) => isSent(endpoint, scene));
  const flags = mended(flagsOf(scene), options).filter(
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

function words({ name, value }: GivenFlag): string {
  const flag = name === 'profile' ? '-p' : `--${name}`;
  return value === undefined ? flag : `${flag} ${quoted(value)}`;
}

/** The user had it sent although it might change something. */
function isSent(endpoint: string, { evidence }: Scene): boolean {
  return evidence.needs.some(({ method, path, send }) => send && `${method} ${path}` === endpoint);
}

/** The flags with what a fix changes; another region has other hosts. */
function mended(flags: readonly GivenFlag[], { region, instead = {} }: ProofOptions): GivenFlag[] {
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

/** Those of the run, else those that say the same as the settings or the paste. */
function flagsOf(scene: Scene): readonly GivenFlag[] {
  const { evidence, profile, mode } = scene;
  const { settings } = evidence;
  if (settings.flags) return settings.flags;
  const flag = (name: string, value: string | undefined) => (value === undefined ? [] : [{ name, value }]);
  const run =
    mode === 'everything'
      ? []
      : [
          ...flag('client-auth', settings.clientAuth),
          ...flag('scope', settings.requestedScope),
          ...flag('introspection-url', settings.introspectionUrl),
        ];
  if (profile.id === 'genesys-cloud') {
    const known = settings.region?.split(' ')[0] ?? domainShown(scene);
    const urls = [...flag('token-url', settings.tokenUrl), ...flag('api-url', settings.apiUrl)];
    return [...(known === undefined && mode === 'climb' ? urls : flag('region', known)), ...run];
  }
  const shown = mode === 'everything' ? answersTo(evidence, 'token').at(-1)?.request.url : undefined;
  const tokenUrl =
    settings.tokenUrl ?? (shown && /^https?:/.test(shown) && !isTemplate(shown) ? shown : undefined);
  return [
    { name: 'provider', value: 'generic' },
    ...flag('issuer', settings.issuer),
    ...(settings.issuer === undefined || settings.tokenUrl ? flag('token-url', tokenUrl) : []),
    ...flag('api-url', settings.apiUrl),
    ...run,
  ];
}

/** The host of a URL; undefined where a variable that nothing has put in stands in it (`api.$REGION`, `%HOST%`, `{region}`). */
function hostIn(url: string): string | undefined {
  return URL.canParse(url) && !isTemplate(url) ? new URL(url).hostname : undefined;
}

function isTemplate(url: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/?#\s]*[$%{}]/i.test(url);
}

/** `METHOD URL` by its path alone, where its host is not known: the run takes the region's. */
function onAKnownHost(endpoint: string): string {
  const [method = '', url = ''] = endpoint.split(' ');
  return isTemplate(url)
    ? `${method} ${url.replace(/^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/?#]*/i, '') || '/'}`
    : endpoint;
}

/** The domain of the provider's own hosts in a paste, `mypurecloud.de` of `api.mypurecloud.de`; it names the region. */
export function domainShown({ evidence, profile }: Scene): string | undefined {
  const hosts = evidence.exchanges.flatMap(({ request: { url } }) => hostIn(url ?? '') ?? []);
  const own = hosts.find((host) => ['token', 'api', 'app'].includes(profile.hostRole(host)));
  return own?.replace(/^[^.]+\./, '');
}
