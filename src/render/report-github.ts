/**
 * GitHub Actions: findings as annotations (workflow commands), and the whole table for the step summary.
 * GitHub shows ten annotations of a kind a step and cuts a message at 4096 characters.
 */
import { acceptedAs, whollyAccepted } from '../core/index.ts';
import type { Finding, Report } from '../core/index.ts';
import { openCandidates, rankedFindings, sureness, titleOf, verdictLine, verdictMeaning } from './phrases.ts';
import { candidatePlain, fixPlain } from './plain-finding.ts';
import { markdown } from './report-markdown.ts';
import { safeReport, safeView } from './safe.ts';
import type { Renderer, View } from './view.ts';

type Kind = 'error' | 'warning' | 'notice';

interface Annotation {
  readonly kind: Kind;
  readonly title: string;
  readonly lines: readonly string[];
}

const MOST = 10;
const LONGEST = 4000;
/** GitHub drops a step summary of more than 1 MiB. */
const SUMMARY_BYTES = 1_000_000;

export const github: Renderer = {
  id: 'github',
  machine: true,
  render(report) {
    const [first, ...rest] = rankedFindings(report);
    const causeIsFound = first !== undefined && first.code === report.verdict.rootCause;
    const others = causeIsFound || first === undefined ? rest : [first, ...rest];
    const annotations = [
      verdictAnnotation(report, causeIsFound ? first : undefined),
      ...others.map((finding) => annotationOf(finding, report)),
    ];
    const kinds: readonly Kind[] = ['error', 'warning', 'notice'];
    const kept = kinds.flatMap((kind) =>
      atMost(
        annotations.filter((a) => a.kind === kind),
        kind,
      ),
    );
    return kept.map(command).join('');
  },
};

/** Markdown for the file that `GITHUB_STEP_SUMMARY` names. */
export function githubSummary(report: Report, view: View): string {
  const whole = markdown.render(safeReport(report), safeView(view));
  const bytes = new TextEncoder().encode(whole);
  if (bytes.length <= SUMMARY_BYTES) return whole;
  return `${new TextDecoder().decode(bytes.slice(0, SUMMARY_BYTES - 100)).replace(/\ufffd+$/, '')}\n\n(cut: too long)\n`;
}

const KINDS = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** The verdict, and with it the finding that is its cause, where there is one. */
function verdictAnnotation(report: Report, cause: Finding | undefined): Annotation {
  const unmet = report.acceptance?.unmet ?? [];
  const fine = report.verdict.kind === 'healthy' || whollyAccepted(report);
  return {
    kind: fine && unmet.length === 0 ? 'notice' : 'error',
    title: `why403: ${verdictLine(report)}`,
    lines: [
      ...(cause ? [`${titleOf(cause)}.`, cause.cause] : []),
      verdictMeaning(report),
      ...openCandidates(report).map((c, i) => `${i + 1}. ${candidatePlain(c)}`),
      ...(cause ? ['How to fix it:', ...fixPlain(cause)] : []),
      ...(report.notes ?? []),
    ],
  };
}

function annotationOf(finding: Finding, report: Report): Annotation {
  const title = `${finding.code} (${sureness(finding, report)}): ${finding.title}`;
  const kind = acceptedAs(report, finding.code) ? 'notice' : KINDS[finding.severity];
  return { kind, title, lines: [finding.cause, ...fixPlain(finding)] };
}

/** Ten of a kind; the tenth names those that are left out. */
function atMost(annotations: readonly Annotation[], kind: Kind): readonly Annotation[] {
  if (annotations.length <= MOST) return annotations;
  const left = annotations.slice(MOST - 1);
  const more = { kind, title: `why403: ${left.length} more`, lines: left.map((a) => a.title) };
  return [...annotations.slice(0, MOST - 1), more];
}

function command({ kind, title, lines }: Annotation): string {
  const whole = [...lines.filter((line) => line !== '').join('\n')];
  const message = whole.length > LONGEST ? `${whole.slice(0, LONGEST).join('')}…` : whole.join('');
  return `::${kind} title=${property(title)}::${data(message)}\n`;
}

// The escapes of the runner's own toolkit: a message ends at a line break, a property at a colon or comma too.
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
