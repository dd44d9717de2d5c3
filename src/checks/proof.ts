/** The command that proves a fix, with the settings that the person used. */
import { answersTo, type FixStep, type Scene } from '../core/index.ts';

export interface ProofOptions {
  /** The stages that need no network show it already. */
  readonly offline?: boolean;
  /** `METHOD /path`; default: the endpoints that the evidence asks about. */
  readonly endpoint?: string;
  /** What the run should show; default: that the finding is gone. */
  readonly shows?: string;
  /** Another region than that of the evidence, or a word that stands for the right one. */
  readonly region?: string;
  /** Further flags, ready for the shell. */
  readonly flags?: readonly string[];
}

/** The last step of a fix: run this, and see. */
export function proof(scene: Scene, options: ProofOptions = {}): FixStep {
  return {
    who: 'you',
    action: options.shows ?? 'Check again: the finding is gone.',
    command: diagnoseCommand(scene, options),
  };
}

/** `why403 diagnose` with the non-secret settings of the scene. */
export function diagnoseCommand(scene: Scene, options: ProofOptions = {}): string {
  const endpoints = options.endpoint ? [options.endpoint] : userEndpoints(scene);
  return [
    'why403 diagnose',
    ...place(scene, options.region),
    ...(options.flags ?? []),
    ...(options.offline ? ['--offline'] : endpoints.map((endpoint) => `--endpoint ${quoted(endpoint)}`)),
  ].join(' ');
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

function place(scene: Scene, region: string | undefined): string[] {
  const { evidence, profile, mode } = scene;
  const { settings } = evidence;
  if (profile.id === 'genesys-cloud') {
    const known = region ?? settings.region?.split(' ')[0] ?? domainShown(scene);
    return known ? [`--region ${quoted(known)}`] : [];
  }
  if (settings.issuer) return ['--provider generic', `--issuer ${quoted(settings.issuer)}`];
  const shown = mode === 'everything' ? answersTo(evidence, 'token').at(-1)?.request.url : undefined;
  const tokenUrl = settings.tokenUrl ?? (shown && /^https?:/.test(shown) ? shown : undefined);
  return ['--provider generic', ...(tokenUrl ? [`--token-url ${quoted(tokenUrl)}`] : [])];
}

/** The domain of the provider's own hosts in a paste, `mypurecloud.de` of `api.mypurecloud.de`; it names the region. */
export function domainShown({ evidence, profile }: Scene): string | undefined {
  const hosts = evidence.exchanges.flatMap(({ request: { url } }) =>
    url !== undefined && URL.canParse(url) ? [new URL(url).hostname] : [],
  );
  const own = hosts.find((host) => ['token', 'api', 'app'].includes(profile.hostRole(host)));
  return own?.replace(/^[^.]+\./, '');
}
