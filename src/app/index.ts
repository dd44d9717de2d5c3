/**
 * What `import { diagnose, explain, judge } from 'why403'` gives: the same ladder as the command line, for programs
 * that embed it. Nothing is printed, nothing is cached, no setting is read from files or from variables.
 */
import { builtIn, knownOf } from '../catalogue/index.ts';
import { ladder } from '../checks/ladder.ts';
import { Failure, instant, type Evidence, type Report } from '../core/index.ts';
import { profileOf } from '../providers/index.ts';
import { formats, plain } from '../render/index.ts';
import { diagnoseAgain } from './diagnose-live.ts';
import { explainEvidence, explainPaste } from './explain-paste.ts';
import type { Explanation } from './explain-paste.ts';
import { recordedCatalogue } from './recorded-catalogue.ts';

export { ALL_CODES, exitOf, Failure, isCode } from '../core/index.ts';
export type {
  Candidate,
  Certainty,
  EndpointNeed,
  Evidence,
  EvidencePoint,
  Exchange,
  FailureCode,
  Finding,
  FindingCode,
  FixStep,
  Report,
  Severity,
  StageId,
  StageResult,
  Verdict,
} from '../core/index.ts';
export { diagnose, type DiagnoseOptions } from './embedded.ts';
export type { Diagnosis } from './diagnose-live.ts';
export type { Explanation } from './explain-paste.ts';

/**
 * Finds the cause in what somebody pasted. Asks nobody.
 * @param paste a text of any kind (an error body, a curl command, a log, a whole post), or a statement as parsed JSON
 * @param options `provider`: what the person calls the provider, where that is known
 * @returns the report, and the evidence that was read, in which no secret is left
 * @throws Failure `usage` where there is nothing to read
 */
export function explain(paste: unknown, options: { readonly provider?: string } = {}): Explanation {
  return explainPaste(paste, options);
}

/**
 * Judges evidence again, as `--replay` does: the report that the run which recorded it gave. Pure.
 * @param evidence what `diagnose` or `explain` gave, or what `why403 diagnose --record` wrote
 * @throws Failure `config` for a provider that is not known
 */
export function judge(evidence: Evidence): Report {
  if (evidence.paste !== undefined) return explainEvidence(evidence).report;
  const profile = profileOf(evidence.provider);
  if (!profile) {
    throw new Failure(
      'config',
      `the evidence is of the provider '${evidence.provider}', which is not known here`,
    );
  }
  return diagnoseAgain(evidence, profile, recordedCatalogue(evidence) ?? knownOf(profile.id, builtIn)).report;
}

/** The names of the formats that `render` knows: text, json, junit, sarif, github, markdown, html. */
export const FORMATS: readonly string[] = [...formats.keys()];

/**
 * A report as a document, as `--format` prints it, without colours.
 * @throws Failure `usage` for a format that does not exist
 */
export function render(report: Report, format = 'text', at: Date = new Date()): string {
  const renderer = formats.get(format);
  if (!renderer) throw new Failure('usage', `'${format}' is not a format`, `one of: ${FORMATS.join(', ')}`);
  return renderer.render(report, { paint: plain, width: 80, ladder, generatedAt: instant(at) });
}
