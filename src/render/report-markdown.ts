/** The report as markdown: for an issue, a wiki, a step summary. */
import type { Candidate, Finding, FixStep, Report, StageResult } from '../core/index.ts';
import { block, code, link, prose, proseLine } from './markdown.ts';
import {
  againCommand,
  openCandidates,
  rankedFindings,
  sureness,
  titleOf,
  verdictLine,
  verdictMeaning,
  who,
  worst,
} from './phrases.ts';
import { leastPrivilegeBlocks, tablesOf, type Block, type Table } from './tables.ts';
import { underlined } from './text-paste.ts';
import { plain, type Renderer, type View } from './view.ts';

export const markdown: Renderer = {
  id: 'markdown',
  machine: true,
  render(report, view) {
    const ranked = rankedFindings(report);
    const parts = [
      `# why403: ${proseLine(verdictLine(report))}`,
      prose(verdictMeaning(report)),
      about(report, view),
      ladder(report.stages),
      candidates(openCandidates(report)),
      ...tablesOf(report).map(table),
      ...ranked.map((finding) => findingMarkdown(finding, report)),
      ...leastPrivilegeBlocks(report).map(blockMarkdown),
      ...(report.notes ?? []).map((note) => `> ${proseLine(note)}`),
      checkAgain(report, view),
    ];
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
  },
};

function about(report: Report, { about: given = {}, generatedAt }: View): string {
  const rows: [string, string | undefined][] = [
    ['Provider', given.provider ?? report.provider],
    ['Region', given.region],
    ['Organisation', given.organization],
    ['Client', [given.clientName, given.clientId].filter(Boolean).join(' ') || undefined],
    ['Endpoints', given.endpoints?.join(', ')],
    ['Made', generatedAt],
  ];
  return rows.flatMap(([name, value]) => (value ? [`- ${name}: ${code(value)}`] : [])).join('\n');
}

const SIGNS = { clear: '✅', unknown: '❔', skipped: '⏭️' } as const;

function ladder(stages: readonly StageResult[]): string {
  const rows = stages.map((stage) => {
    const sign = stage.status === 'found' ? foundSign(stage) : SIGNS[stage.status];
    return `| ${sign} ${stage.stage} | ${stage.status} | ${detail(stage)} |`;
  });
  return ['| stage | status | what |', '|---|---|---|', ...rows].join('\n');
}

function foundSign(stage: StageResult): string {
  return { error: '❌', warning: '⚠️', note: 'ℹ️' }[worst(stage) ?? 'note'];
}

function detail(stage: StageResult): string {
  const findings = stage.findings.map((f) => `${code(f.code, true)} (${f.severity}, ${f.certainty})`);
  const blocked = stage.blockedBy ? [`blocked by ${code(stage.blockedBy, true)}`] : [];
  const missing = stage.missing.length > 0 ? [`no answer to: ${proseLine(stage.missing.join(', '))}`] : [];
  const note = stage.note ? [proseLine(stage.note)] : [];
  return [...findings, ...blocked, ...missing, ...note].join('<br>');
}

function table({ title, columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(proseLine).join(' | ')} |`;
  return [
    `## ${title}`,
    '',
    line(columns),
    `|${columns.map(() => '---').join('|')}|`,
    ...rows.map(line),
  ].join('\n');
}

function blockMarkdown({ title, lines, code: given }: Block): string {
  // Numbered steps with lines of their own are kept as they are set.
  const steps = lines.some((line) => /^\s|^\d+\./.test(line));
  const text = steps
    ? block(lines.join('\n'), 'text')
    : lines.map((line) => `- ${proseLine(line)}`).join('\n');
  return [`## ${title}`, text, given ? block(given.text, given.language) : '']
    .filter((part) => part !== '')
    .join('\n\n');
}

function candidates(list: readonly Candidate[]): string {
  if (list.length === 0) return '';
  const items = list.map(
    (c, i) =>
      `${i + 1}. ${code(c.code)} (${c.certainty}): ${proseLine(c.why)}${c.tell ? `<br>To tell: ${proseLine(c.tell)}` : ''}`,
  );
  return `## What it can be\n\n${items.join('\n')}`;
}

/** One finding as markdown, from its heading to its references. */
function findingMarkdown(finding: Finding, report: Report): string {
  const parts = [
    `## ${proseLine(titleOf(finding))}`,
    `${code(finding.code)} (${sureness(finding, report)})`,
    prose(finding.cause),
    evidence(finding, report),
    finding.fix.length > 0 ? `### How to fix it\n\n${finding.fix.map(step).join('\n')}` : '',
    finding.references.map((r) => `- ${link(r.title, r.url)}`).join('\n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function evidence(finding: Finding, report: Report): string {
  if (finding.evidence.length === 0) return '';
  const items = finding.evidence.map((point) => {
    const line = `- ${proseLine(point.at)}: ${code(point.shows)}`;
    if (!point.source || report.paste === undefined) return line;
    const shown = underlined(report.paste, point.source, 100, plain).map((l) => l.slice(4));
    return `${line}\n\n${block(shown.join('\n'), 'text', '  ')}\n`;
  });
  return `### What shows it\n\n${items.join('\n').trimEnd()}`;
}

function step(given: FixStep, index: number): string {
  const lead = `${index + 1}. `;
  const inner = ' '.repeat(lead.length);
  const lines = [`${lead}**${who(given)}**: ${proseLine(given.action)}`];
  if (given.where !== undefined) lines.push(`${inner}<br>Where: ${proseLine(given.where)}`);
  if (given.command !== undefined) lines.push('', block(given.command, 'sh', inner));
  if (given.message !== undefined)
    lines.push('', `${inner}Message to send:`, '', block(given.message, 'text', inner));
  return lines.join('\n');
}

function checkAgain(report: Report, { command }: View): string {
  const again = againCommand(report, command);
  return again === undefined ? '' : `Check again with:\n\n${block(again, 'sh')}`;
}
