/** The sentences that all formats share, so that a report says the same thing everywhere. */
import {
  listed,
  type Candidate,
  type Finding,
  type FindingCode,
  type FixStep,
  type Report,
  type StageResult,
} from '../core/index.ts';

/** All findings in ladder order. */
export function findingsOf(report: Report): Finding[] {
  return report.stages.flatMap((stage) => [...stage.findings]);
}

const WEIGHT = { error: 0, warning: 1, note: 2 } as const;

/** All findings, the root cause first, then the other candidates by rank, then by severity and ladder order. */
export function rankedFindings(report: Report): Finding[] {
  const ranks = report.verdict.candidates.map((c) => c.code);
  const rank = (finding: Finding): number => {
    const at = ranks.indexOf(finding.code);
    return at < 0 ? ranks.length + WEIGHT[finding.severity] : at;
  };
  return findingsOf(report).sort((a, b) => rank(a) - rank(b));
}

/** The verdict in a line without a full stop, e.g. `Broken: grant/not-allowed (proved)`. */
export function verdictLine(report: Report): string {
  const { kind, rootCause, certainty } = report.verdict;
  const cause = rootCause && `${rootCause}${certainty ? ` (${certainty})` : ''}`;
  switch (kind) {
    case 'healthy':
      return `Healthy${healthyBut(report)}`;
    case 'broken':
      return `Broken: ${cause ?? codes(findingsOf(report).filter((f) => f.severity === 'error'))}`;
    case 'inconclusive':
      return cause ? `Inconclusive: ${cause}` : 'Inconclusive: no cause could be named';
  }
}

function healthyBut(report: Report): string {
  const warnings = findingsOf(report).filter((f) => f.severity === 'warning');
  if (warnings.length === 0) return '';
  return `, with ${warnings.length === 1 ? 'a warning' : `${warnings.length} warnings`}: ${codes(warnings)}`;
}

function codes(findings: readonly Finding[]): string {
  return listed([...new Set(findings.map((f) => f.code))]) || 'the cause is not named';
}

/** One or two sentences on what the verdict rests on. */
export function verdictMeaning(report: Report): string {
  const { kind, rootCause, certainty, candidates } = report.verdict;
  const open = report.stages.filter((s) => s.status === 'unknown').map((s) => s.stage);
  if (kind === 'healthy') {
    // Who only asks, shows nothing that could be judged.
    if (report.paste !== undefined && open.length === report.stages.length)
      return 'No failure is shown, and nothing that could be judged. Paste the error, the request or the log of one that fails.';
    const warned = findingsOf(report).some((f) => f.severity !== 'note');
    const fine = warned
      ? 'Nothing stops it now; see the warning below.'
      : 'Nothing that was looked at is wrong.';
    return open.length === 0 ? fine : `${fine} Not judged, for want of an answer: ${listed(open)}.`;
  }
  if (kind === 'inconclusive') {
    // A cause with nothing found at any stage is what documentation warns of.
    if (rootCause && report.paste !== undefined && findingsOf(report).length === 0)
      return 'Nothing that failed is shown, so nothing is found. The provider’s own documentation warns of what follows; paste the error, the request or the log to learn whether it is that.';
    if (rootCause)
      return 'No answer came that could judge what lies behind it; this says nothing about the rest.';
    // Nothing is missing where the answer is there, and no rule reads it.
    const unread = report.stages.filter((s) => s.status === 'unknown' && s.missing.length === 0);
    if (unread.length > 0)
      return `An answer came that no rule explains; what it says stands at ${listed(unread.map((s) => s.stage))}.`;
    return open.length > 0
      ? `The answers that would name it are missing, at ${listed(open)}.`
      : 'A failure is shown, and nothing else that is shown explains it.';
  }
  if (!rootCause) return 'It is wrong; nothing shows whether it causes the failure.';
  if (certainty === 'proved') return 'It explains the failure, and nothing else that was seen does.';
  return candidates.length > 1
    ? `${candidates.length} causes fit what was seen. The likeliest comes first; each says how to tell it.`
    : 'It fits what was seen, which does not prove it.';
}

/** The candidates to show: more than one, or one that no finding describes. */
export function openCandidates(report: Report): readonly Candidate[] {
  const { candidates } = report.verdict;
  const found = new Set<FindingCode>(findingsOf(report).map((f) => f.code));
  return candidates.length > 1 || candidates.some((c) => !found.has(c.code)) ? candidates : [];
}

/** In a paste with several defects: the root cause, then what else is wrong for certain, as the ladder has it. */
export function mendingOrder(report: Report): readonly FindingCode[] {
  const { rootCause } = report.verdict;
  if (report.paste === undefined || rootCause === undefined) return [];
  const certain = findingsOf(report).filter((f) => f.severity !== 'note' && f.certainty === 'proved');
  return [...new Set([rootCause, ...certain.map((f) => f.code)])];
}

/** What a stage has to say besides its status: codes, blocker, what is missing, note. */
export function stageDetail(stage: StageResult): string[] {
  const details = stage.findings.map((f) => `${f.code} (${finds(f)})`);
  if (stage.blockedBy) details.push(`blocked by ${stage.blockedBy}`);
  if (stage.missing.length > 0) details.push(`no answer to: ${stage.missing.join(', ')}`);
  if (stage.note) details.push(stage.note);
  return details;
}

function finds(finding: Finding): string {
  return finding.severity === 'error' ? finding.certainty : `${finding.severity}, ${finding.certainty}`;
}

/** How sure a finding is: that it is there, and, where it is the root cause, that it caused the failure. */
export function sureness(finding: Finding, { verdict }: Report): string {
  const suspectedCause = finding.code === verdict.rootCause && verdict.certainty === 'suspected';
  if (suspectedCause && finding.certainty === 'proved') return 'there for certain, suspected as the cause';
  return finds(finding);
}

/** The title, which never sounds surer than the finding is. */
export function titleOf(finding: Finding): string {
  return finding.certainty === 'proved' ? finding.title : `Suspected: ${finding.title}`;
}

/** How grave a stage's worst finding is; undefined where it has none. */
export function worst(stage: StageResult): Finding['severity'] | undefined {
  return (['error', 'warning', 'note'] as const).find((s) => stage.findings.some((f) => f.severity === s));
}

const WHO = { you: 'You', admin: 'Admin', provider: 'Provider' } as const;

/** Who does a step, as a word that can begin a line. */
export function who(step: FixStep): string {
  return WHO[step.who];
}

/** The first line of a text that may have several. */
export function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** Only what a browser may follow: `http` and `https`. */
export function linkable(url: string): boolean {
  return /^https?:\/\/[^\s"'<>`\\]+$/i.test(url);
}

/** The command that makes the report again, unless the first finding's fix ends with one already. */
export function againCommand(report: Report, command: string | undefined): string | undefined {
  if (report.verdict.kind === 'healthy') return undefined;
  const proof = rankedFindings(report)[0]?.fix.at(-1)?.command;
  return proof === undefined ? command : undefined;
}
