/** A finding as plain text without layout, for places that bring their own: a test case, an annotation. */
import type { Candidate, Finding, Report } from '../core/index.ts';
import { sureness, titleOf, who } from './phrases.ts';
import { placeOf } from './text-paste.ts';

/** Title, cause, evidence, fix and references, a line each; messages to send keep their own lines. */
export function findingPlain(finding: Finding, report: Report): string {
  return [
    `${titleOf(finding)} [${finding.code}, ${sureness(finding, report)}]`,
    finding.cause,
    ...finding.evidence.map((p) => {
      const line =
        p.source && report.paste !== undefined ? ` (line ${placeOf(report.paste, p.source).line})` : '';
      return `Shown by ${p.at}${line}: ${p.shows}`;
    }),
    ...fixPlain(finding),
    ...finding.references.map((r) => `See ${r.title}: ${r.url}`),
  ].join('\n');
}

/** The numbered steps. */
export function fixPlain(finding: Finding): string[] {
  return finding.fix.flatMap((step, i) => [
    `${i + 1}. ${who(step)}: ${step.action}`,
    ...(step.where === undefined ? [] : [`   Where: ${step.where}`]),
    ...(step.command === undefined ? [] : [`   Run: ${step.command}`]),
    ...(step.message === undefined ? [] : ['   Message to send:', step.message]),
  ]);
}

/** A possible cause in a line. */
export function candidatePlain({ code, certainty, why, tell }: Candidate): string {
  return `${code} (${certainty})${why && `: ${why}`}${tell && ` To tell: ${tell}`}`;
}
