/** One finding, its evidence and its fix, as lines of text. */
import type { EvidencePoint, Finding, FixStep, Report } from '../core/index.ts';
import { columnsOf, indented, wrapped } from './layout.ts';
import { sureness, titleOf, who } from './phrases.ts';
import { underlined } from './text-paste.ts';
import type { View } from './view.ts';

/** The finding as blocks of lines; the caller puts a blank line between two blocks. */
export function findingBlocks(finding: Finding, report: Report, view: View): string[][] {
  const { paint, width } = view;
  const head = [
    ...wrapped(paint.bold(titleOf(finding)), width),
    ...wrapped(paint.dim(`${finding.code} (${sureness(finding, report)})`), width),
  ];
  const blocks = [head, wrapped(finding.cause, width, '  ')];
  if (finding.evidence.length > 0) blocks.push(['What shows it', ...evidence(finding, report, view)]);
  if (finding.fix.length > 0) blocks.push(...fix(finding.fix, view));
  return blocks;
}

/** More places of one defect than these add length and nothing else. */
const MOST_PLACES = 4;

/**
 * A finding that did not cause the failure, in few lines.
 * @param above steps that are printed already; one that says and runs the same is left out
 */
export function findingInBrief(
  finding: Finding,
  report: Report,
  view: View,
  above: readonly FixStep[] = [],
): string[] {
  const { paint, width } = view;
  const lines = wrapped(
    `${paint.bold(titleOf(finding))} ${paint.dim(`[${finding.code}, ${finding.severity}]`)}`,
    width,
    '- ',
  );
  lines.push(...wrapped(finding.cause, width, '  '));
  const { paste } = report;
  if (paste !== undefined) {
    const places = finding.evidence.flatMap(({ source }) =>
      source ? [underlined(paste, source, width, paint)] : [],
    );
    const unlike = new Map(places.map((two) => [two.join('\n'), two]));
    lines.push(...[...unlike.values()].slice(0, MOST_PLACES).flat());
  }
  for (const step of finding.fix) {
    if (above.some((one) => one.action === step.action && one.command === step.command)) continue;
    lines.push(...wrapped(`${who(step)}: ${step.action}`, width, '  > ', '    '));
    if (step.command !== undefined) lines.push(...indented(paint.cyan(step.command), '      '));
  }
  return lines;
}

/** Longer names of places stand on lines of their own, and then all do. */
const WIDEST = 28;

function evidence(finding: Finding, report: Report, view: View): string[] {
  const rows = finding.evidence.filter((p) => !p.source || report.paste === undefined);
  const longest = Math.max(0, ...rows.map((p) => columnsOf(p.at)));
  const column = longest <= WIDEST && view.width - longest >= 40 ? longest : undefined;
  return finding.evidence.flatMap((point) =>
    point.source && report.paste !== undefined
      ? [
          ...wrapped(`${point.at}: ${point.shows}`, view.width, '  '),
          ...underlined(report.paste, point.source, view.width, view.paint),
        ]
      : row(point, column, view),
  );
}

/** `at` and `shows` side by side where there is a column for `at`, else one below the other. */
function row({ at, shows }: EvidencePoint, column: number | undefined, { width, paint }: View): string[] {
  if (column === undefined) return [...wrapped(paint.dim(at), width, '  '), ...wrapped(shows, width, '    ')];
  return wrapped(shows, width, `  ${paint.dim(at)}${' '.repeat(column - columnsOf(at))}  `);
}

function fix(steps: readonly FixStep[], view: View): string[][] {
  const [first = [], ...rest] = steps.map((step, i) => fixStep(step, i + 1, view));
  return [['How to fix it', ...first], ...rest];
}

function fixStep(step: FixStep, number: number, { paint, width }: View): string[] {
  const lead = `  ${number}. `;
  const inner = ' '.repeat(lead.length);
  const lines = wrapped(`${paint.bold(who(step))}: ${step.action}`, width, lead);
  if (step.where !== undefined)
    lines.push(...wrapped(`Where: ${step.where}`, width, inner, `${inner}       `));
  // Never wrapped, and without a prompt sign: it is there to be copied.
  if (step.command !== undefined)
    lines.push(`${inner}Run:`, ...indented(step.command, `${inner}  `).map(paint.cyan));
  if (step.message !== undefined) {
    lines.push(`${inner}Message to send:`, '', ...message(step.message, width, `${inner}  `), '');
  }
  return lines;
}

/** Wrapped like prose, list items hanging; a command at a line's end gets a line of its own and stays whole. */
function message(text: string, width: number, indent: string): string[] {
  return text.split('\n').flatMap((line) => {
    const [, lead, command] = /^(.*: )(why403 .+)$/.exec(line) ?? [];
    if (lead !== undefined && command !== undefined)
      return [...wrapped(lead, width, indent), `${indent}  ${command}`];
    return wrapped(line, width, indent, line.startsWith('- ') ? `${indent}  ` : indent);
  });
}
