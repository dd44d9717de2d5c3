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

/** A finding that did not cause the failure, in few lines. */
export function findingInBrief(finding: Finding, report: Report, view: View): string[] {
  const { paint, width } = view;
  const lines = wrapped(
    `${paint.bold(titleOf(finding))} ${paint.dim(`[${finding.code}, ${finding.severity}]`)}`,
    width,
    '- ',
  );
  lines.push(...wrapped(finding.cause, width, '  '));
  const shown = finding.evidence.find((point) => point.source);
  if (shown?.source && report.paste !== undefined)
    lines.push(...underlined(report.paste, shown.source, width, paint));
  for (const step of finding.fix) {
    lines.push(...wrapped(`${who(step)}: ${step.action}`, width, '  > ', '    '));
    if (step.command !== undefined) lines.push(...indented(paint.cyan(step.command), '      '));
  }
  return lines;
}

/** A longer name of a place stands on a line of its own. */
const WIDEST = 34;

function evidence(finding: Finding, report: Report, view: View): string[] {
  const plainPoints = finding.evidence.filter((p) => !p.source || report.paste === undefined);
  const column = Math.max(0, ...plainPoints.map((p) => columnsOf(p.at)).filter((c) => c <= WIDEST));
  return finding.evidence.flatMap((point) =>
    point.source && report.paste !== undefined
      ? [
          ...wrapped(`${point.at}: ${point.shows}`, view.width, '  '),
          ...underlined(report.paste, point.source, view.width, view.paint),
        ]
      : row(point, column, view),
  );
}

/** `at` and `shows` side by side where there is room, else one below the other. */
function row(point: EvidencePoint, column: number, { width, paint }: View): string[] {
  const at = columnsOf(point.at);
  if (at <= column && width - column >= 40) {
    return wrapped(point.shows, width, `  ${paint.dim(point.at)}${' '.repeat(column - at)}  `);
  }
  return [...wrapped(paint.dim(point.at), width, '  '), ...wrapped(point.shows, width, '    ')];
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
    lines.push(`${inner}Message to send:`, '', ...wrapped(step.message, width, `${inner}  `), '');
  }
  return lines;
}
