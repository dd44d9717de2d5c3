/** Findings: what can be wrong, said in the same words everywhere. Codes are closed, stable and never reused. */
import type { Acceptance } from './acceptance.ts';
import type { Catalogue } from './catalogue.ts';
import type { Evidence, Span, StepId } from './evidence.ts';
import type { ProviderProfile } from './provider.ts';
import type { EndpointRow, LeastPrivilege, ProbeRow } from './report-tables.ts';
import type { Json } from './shapes.ts';

export const CODES = {
  credential: [
    'missing',
    'swapped',
    'already-encoded',
    'placeholder',
    'mangled',
    'whitespace',
    'non-ascii',
    'needs-form-encoding',
    'over-encoded',
  ],
  header: ['missing-scheme', 'bad-base64', 'wrong-scheme', 'duplicate-credentials'],
  request: [
    'wrong-endpoint',
    'wrong-region',
    'wrong-content-type',
    'json-body',
    'missing-grant-type',
    'malformed-command',
  ],
  connection: ['unreachable', 'tls-or-proxy', 'clock-skew', 'outage'],
  client: ['unknown', 'wrong-secret', 'disabled', 'public', 'auth-method-mismatch'],
  grant: [
    'not-allowed',
    'wrong-type-sent',
    'code-invalid',
    'redirect-uri-mismatch',
    'refresh-token-invalid',
    'pkce-mismatch',
  ],
  scope: ['not-requested', 'not-allowed', 'unknown', 'malformed', 'granted-narrower', 'wrong-audience'],
  endpoint: [
    'token-expired',
    'token-malformed',
    'token-wrong-environment',
    'missing-permission',
    'missing-scope',
    'missing-division',
    'user-context',
    'consent-missing',
    'not-found',
    'feature-missing',
    'ip-blocked',
    'policy-denied',
    'rate-limited',
    'silently-empty',
  ],
} as const;

export type StageId = keyof typeof CODES;
export type FindingCode = { [S in StageId]: `${S}/${(typeof CODES)[S][number]}` }[StageId];

export const STAGES = Object.keys(CODES) as StageId[];
export const ALL_CODES = STAGES.flatMap((stage) =>
  CODES[stage].map((slug) => `${stage}/${slug}` as FindingCode),
);

export function isCode(text: string): text is FindingCode {
  return (ALL_CODES as string[]).includes(text);
}

export function stageOf(code: FindingCode): StageId {
  return code.split('/')[0] as StageId;
}

export type Severity = 'error' | 'warning' | 'note';
export type Certainty = 'proved' | 'suspected';

export interface Reference {
  readonly title: string;
  readonly url: string;
  /** The id of the provider that it is about; absent: it holds for all. */
  readonly provider?: string;
}

/** The references that belong into a report about a provider. */
export function referencesFor(provider: string, references: readonly Reference[]): Reference[] {
  return references.filter((one) => one.provider === undefined || one.provider === provider);
}

/** Points into what was seen: `at` names the place, `shows` says what stands there. */
export interface EvidencePoint {
  /** e.g. `client.secret`, `token: response.body.error`, `paste line 3`. */
  readonly at: string;
  readonly shows: string;
  /** Where in the masked paste; renderers underline it. */
  readonly source?: Span;
}

export interface FixStep {
  /** Who can do it: `you`, or `admin` for whoever administers the OAuth client. */
  readonly who: 'you' | 'admin' | 'provider';
  /** What to do, with the user's own values. */
  readonly action: string;
  /** Where to click or which file to edit. */
  readonly where?: string;
  /** A command that does or proves it. Only commands that are safe to run. */
  readonly command?: string;
  /** A text to send to whoever must do it. */
  readonly message?: string;
}

/** A possible cause of the failure that is shown. */
export interface Cause {
  readonly code: FindingCode;
  readonly why: string;
  /** The one observation or command that would tell it from the others. */
  readonly tell: string;
  /** 0 to 1, for ranking among what is shown; default 0.5. */
  readonly likelihood?: number;
}

export type Facts = { readonly [name: string]: Json | undefined };

/** A check saw its defect once. */
export interface Sighting<F extends Facts = Facts> {
  readonly facts: F;
  /** Whether the defect is there. */
  readonly certainty: Certainty;
  readonly evidence: readonly EvidencePoint[];
  /** The failed answers that this defect explains; the judge drops those that did not fail. */
  readonly explains: readonly StepId[];
  /** With this defect the request can't succeed, or the answer leaves no other cause. Only then can it be proved the cause. */
  readonly sufficient: boolean;
  /** The other causes that the same answer leaves open, likeliest first. */
  readonly alternatives?: readonly Cause[];
  /** For the candidate: why it is thought of, and how to tell. Default: the check's title. */
  readonly why?: string;
  readonly tell?: string;
  /** 0 to 1; default 0.9 if sufficient and proved, else 0.5. */
  readonly likelihood?: number;
  /** Differs from the check's own in this case. */
  readonly severity?: Severity;
  readonly blocks?: boolean;
  readonly refutable?: boolean;
}

/** What a paste tells beside its answers, and how far it speaks for or against each cause. */
export interface Tellings {
  /** Weights of evidence, in nats, that are added to the logarithm of a cause's odds. */
  readonly weights: ReadonlyMap<FindingCode, number>;
  /** For causes that nothing but such telling speaks for; a finding is made only of the one that leads. */
  readonly sightings: ReadonlyMap<FindingCode, Sighting>;
}

/** What a check may look at. Pure: nothing here can be asked. */
export interface Scene {
  readonly evidence: Evidence;
  readonly profile: ProviderProfile;
  readonly catalogue: Catalogue;
  /** `climb` stops at the first block; `everything` judges a paste to its end. */
  readonly mode: 'climb' | 'everything';
}

export interface Check<F extends Facts = Facts> {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** Skips all later stages and sends no further request. */
  readonly blocks: boolean;
  /** What is wrong, in a few words without a full stop. */
  readonly title: string;
  /** For the page: what it means, how it comes about, how it is told from its neighbours. A few sentences. */
  readonly page: string;
  readonly references: readonly Reference[];
  /** False for what an issued token does not refute (a skewed clock). Default true. */
  readonly refutable?: boolean;
  look(scene: Scene): Sighting<F>[];
  cause(facts: F, scene: Scene): string;
  fix(facts: F, scene: Scene): FixStep[];
}

/** Ties a check's facts to its texts; the ladder holds checks of any facts. */
export function defineCheck<F extends Facts>(check: Check<F>): Check {
  return check;
}

export interface Stage {
  readonly id: StageId;
  readonly question: string;
  readonly checks: readonly Check[];
}

export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly title: string;
  readonly cause: string;
  readonly evidence: readonly EvidencePoint[];
  readonly fix: readonly FixStep[];
  readonly references: readonly Reference[];
}

export interface StageResult {
  readonly stage: StageId;
  readonly status: 'clear' | 'found' | 'unknown' | 'skipped';
  readonly findings: readonly Finding[];
  /** What was not answered, for `unknown`. */
  readonly missing: readonly string[];
  /** The code that skipped it, else empty. */
  readonly blockedBy: FindingCode | '';
  readonly note: string;
}

export interface Candidate {
  readonly code: FindingCode;
  readonly certainty: Certainty;
  readonly why: string;
  readonly tell: string;
}

export interface Verdict {
  readonly kind: 'healthy' | 'broken' | 'inconclusive';
  readonly rootCause?: FindingCode;
  readonly certainty?: Certainty;
  readonly candidates: readonly Candidate[];
}

/** Schema 1 of the contract. Unknown extra fields may come; these stay. */
export interface Report {
  readonly schema: 1;
  readonly tool: 'why403';
  readonly provider: string;
  readonly stages: readonly StageResult[];
  readonly verdict: Verdict;
  /** Remarks that belong to no stage: what was not sent, which catalogue was used. */
  readonly notes?: readonly string[];
  /** Every endpoint that was to be checked, where there is more than one. */
  readonly endpoints?: readonly EndpointRow[];
  /** What probes and a second client showed, one variable at a time. */
  readonly probes?: readonly ProbeRow[];
  /** The least that the checked endpoints need, where it was asked for. */
  readonly leastPrivilege?: LeastPrivilege;
  /** What the run was told to expect, to ignore or to compare with, and what came of it. */
  readonly acceptance?: Acceptance;
  /** The masked paste, for renderers that underline. */
  readonly paste?: string;
}
