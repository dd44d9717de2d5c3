/** The command that proves a fix, with the settings that the person used. */
import { answersTo, type FixStep, type Scene } from '../core/index.ts';

export interface ProofOptions {
  /** The stages that need no network show it already. */
  readonly offline?: boolean;
  /** `METHOD /path`; default: the endpoints that the evidence asks about. */
  readonly endpoint?: string;
  /** What the run should show; default: that the finding is gone. */
  readonly shows?: string;
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
    ...place(scene),
    ...(options.flags ?? []),
    ...(options.offline ? ['--offline'] : endpoints.map((endpoint) => `--endpoint ${quoted(endpoint)}`)),
  ].join(' ');
}

/** A word for a POSIX shell; quoted only where it must be. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Needs that a dataset brings come by themselves. */
function userEndpoints({ evidence }: Scene): string[] {
  return evidence.needs.filter((need) => !need.wantedBy).map((need) => `${need.method} ${need.path}`);
}

function place({ evidence, profile, mode }: Scene): string[] {
  const { settings } = evidence;
  if (profile.id === 'genesys-cloud') {
    const region = settings.region?.split(' ')[0];
    return region ? [`--region ${quoted(region)}`] : [];
  }
  if (settings.issuer) return ['--provider generic', `--issuer ${quoted(settings.issuer)}`];
  const shown = mode === 'everything' ? answersTo(evidence, 'token').at(-1)?.request.url : undefined;
  const tokenUrl = settings.tokenUrl ?? (shown && /^https?:/.test(shown) ? shown : undefined);
  return ['--provider generic', ...(tokenUrl ? [`--token-url ${quoted(tokenUrl)}`] : [])];
}
