/** A live diagnosis: what the settings say becomes the opening evidence, and the ladder is climbed over a transport. */
import { ladder } from '../checks/ladder.ts';
import {
  instant,
  type AuthorizationShape,
  type Catalogue,
  type ClientShape,
  type EndpointNeed,
  type Evidence,
  type KnownSettings,
  type ProviderProfile,
  type Report,
  type StageId,
  type Transport,
} from '../core/index.ts';
import { climb, judge } from '../diagnose/index.ts';

export interface LiveCase {
  readonly profile: ProviderProfile;
  readonly catalogue: Catalogue;
  readonly settings: KnownSettings;
  readonly client?: ClientShape;
  readonly authorization?: AuthorizationShape;
  readonly needs: readonly EndpointNeed[];
  readonly capturedAt: Date;
}

/** What is known before anything is asked. */
export function openingOf(live: LiveCase): Evidence {
  return {
    schema: 1,
    provider: live.profile.id,
    capturedAt: instant(live.capturedAt),
    settings: live.settings,
    ...(live.client && { client: live.client }),
    ...(live.authorization && { authorization: live.authorization }),
    needs: live.needs,
    exchanges: [],
    said: [],
  };
}

export interface Diagnosis {
  readonly evidence: Evidence;
  readonly report: Report;
}

/** Climbs the ladder against a live org, a recording or nobody (`offline`). */
export function diagnoseLive(
  live: LiveCase,
  transport: Transport,
  options: { readonly offline?: boolean; readonly onStage?: (stage: StageId) => void } = {},
): Promise<Diagnosis> {
  const { profile, catalogue } = live;
  return climb(ladder, openingOf(live), { profile, catalogue, transport, ...options });
}

/** Judges recorded evidence: the report that the run which recorded it gave, without asking anybody. */
export function diagnoseAgain(evidence: Evidence, profile: ProviderProfile, catalogue: Catalogue): Diagnosis {
  return { evidence, report: judge(ladder, { evidence, profile, catalogue, mode: 'climb' }) };
}
