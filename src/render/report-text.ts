/** The report for a terminal, a cron mail and a screen reader: words first, signs and colours beside them. */
import { STAGES, type Candidate, type Report, type StageResult } from '../core/index.ts';
import { columnsOf, wrapped } from './layout.ts';
import {
  againCommand,
  mendingOrder,
  openCandidates,
  rankedFindings,
  stageDetail,
  verdictLine,
  verdictMeaning,
  worst,
} from './phrases.ts';
import { findingBlocks, findingInBrief } from './text-finding.ts';
import { leastBlocks, tableBlocks } from './text-tables.ts';
import type { About, Paint, Renderer, View } from './view.ts';

export const text: Renderer = {
  id: 'text',
  machine: false,
  render(report, given) {
    const view = { ...given, width: Math.min(100, Math.max(40, given.width)) };
    const blocks = [
      heading(report, view),
      report.stages.flatMap((stage) => stageLines(stage, view)),
      verdict(report, view),
      ...tableBlocks(report, view),
      ...findings(report, view),
      ...leastBlocks(report, view),
      references(report, view),
      notes(report, view),
    ];
    return `${joined(blocks)}\n`;
  },
};

/** Blocks with one blank line between them. */
function joined(blocks: readonly (readonly string[])[]): string {
  const parts = blocks.map((lines) => lines.join('\n').replace(/^\n+|\s+$/g, ''));
  return parts.filter((part) => part !== '').join('\n\n');
}

function heading(report: Report, { about = {}, paint, width }: View): string[] {
  const who = [about.provider ?? report.provider, about.region, about.organization].filter(Boolean);
  return [
    ...wrapped(`${paint.bold('why403')}  ${who.join(', ')}`, width, '', '        '),
    ...client(about).flatMap((line) => wrapped(line, width, '        ')),
    ...(about.endpoints ?? []).flatMap((line) => wrapped(line, width, '        ')),
  ];
}

function client({ clientId, clientName }: About): string[] {
  if (clientName === undefined) return clientId === undefined ? [] : [`client ${clientId}`];
  return [`client ${clientName}${clientId === undefined ? '' : ` (${clientId})`}`];
}

const NAME = Math.max(...STAGES.map((stage) => stage.length));

function stageLines(stage: StageResult, { paint, width }: View): string[] {
  const { sign, brush } = mark(stage, paint);
  const lead = `  ${brush(sign)} ${stage.stage.padEnd(NAME)}  ${brush(stage.status)}`;
  const [first = '', ...rest] = stageDetail(stage);
  if (first === '') return [lead];
  // A narrow screen has no room for a third column.
  if (width < 66)
    return [lead, ...[first, ...rest].flatMap((line) => wrapped(paint.dim(line), width, '      '))];
  const indent = ' '.repeat(columnsOf(`    ${' '.repeat(NAME)}  skipped  `));
  const gap = ' '.repeat(indent.length - columnsOf(lead));
  return [
    ...wrapped(paint.dim(first), width, `${lead}${gap}`, indent),
    ...rest.flatMap((line) => wrapped(paint.dim(line), width, indent)),
  ];
}

function mark(stage: StageResult, paint: Paint): { sign: string; brush: (text: string) => string } {
  switch (stage.status) {
    case 'clear':
      return { sign: '✓', brush: paint.green };
    case 'unknown':
      return { sign: '?', brush: paint.yellow };
    case 'skipped':
      return { sign: '-', brush: paint.dim };
    case 'found': {
      const severity = worst(stage);
      if (severity === 'error') return { sign: '✗', brush: paint.red };
      return { sign: severity === 'warning' ? '!' : 'i', brush: paint.yellow };
    }
  }
}

function verdict(report: Report, { paint, width }: View): string[] {
  const brush = { healthy: paint.green, broken: paint.red, inconclusive: paint.yellow }[report.verdict.kind];
  const order = mendingOrder(report);
  const lines = [
    ...wrapped(brush(paint.bold(verdictLine(report))), width),
    ...wrapped(verdictMeaning(report), width),
    ...(order.length > 1 ? wrapped(`To mend, in this order: ${order.join(', ')}.`, width) : []),
  ];
  const candidates = openCandidates(report);
  if (candidates.length > 0)
    lines.push('', ...candidates.flatMap((c, i) => candidate(c, i + 1, paint, width)));
  return lines;
}

function candidate(c: Candidate, number: number, paint: Paint, width: number): string[] {
  const lead = `  ${number}. `;
  const inner = ' '.repeat(lead.length);
  return [
    ...wrapped(`${paint.bold(c.code)} (${c.certainty})`, width, lead),
    ...(c.why ? wrapped(c.why, width, inner) : []),
    ...(c.tell ? wrapped(`To tell: ${c.tell}`, width, inner) : []),
  ];
}

/** The causes in full, everything else in brief. */
function findings(report: Report, view: View): string[][] {
  const causes = new Set(report.verdict.candidates.map((c) => c.code));
  const ranked = rankedFindings(report);
  const full = ranked.filter((f) => causes.has(f.code) || (causes.size === 0 && f.severity === 'error'));
  const brief = ranked.filter((f) => !full.includes(f));
  const rule = view.paint.dim('-'.repeat(Math.min(view.width, 72)));
  const blocks = full.flatMap((finding) => [[rule], ...findingBlocks(finding, report, view)]);
  if (brief.length === 0) return blocks;
  return [
    ...blocks,
    [rule],
    ['Also found'],
    ...brief.map((finding, i) => {
      const above = [...full, ...brief.slice(0, i)].flatMap((f) => f.fix);
      return findingInBrief(finding, report, view, above);
    }),
  ];
}

function references(report: Report, { paint, width, verbose = false }: View): string[] {
  const ranked = rankedFindings(report);
  const first = ranked[0];
  if (!first) return [];
  const all = (verbose ? ranked : [first]).flatMap((f) => f.references);
  const unique = [...new Map(all.map((r) => [r.url, r])).values()];
  return [
    'Read more',
    `  why403 explain ${first.code}`,
    ...unique.flatMap((r) => [...wrapped(r.title, width, '  '), paint.dim(`    ${r.url}`)]),
  ];
}

function notes(report: Report, { width, command }: View): string[] {
  const again = againCommand(report, command);
  return [
    ...(report.notes ?? []).flatMap((note) => wrapped(note, width, 'Note: ')),
    ...(again === undefined ? [] : ['Check again with:', `  ${again}`]),
  ];
}
