/** One line fit for a chat message: the verdict, what is wrong, who does what. */
import type { Report } from '../core/index.ts';
import { firstLine, rankedFindings, verdictLine, who, titleOf } from './phrases.ts';
import { safeReport, safeView } from './safe.ts';
import type { View } from './view.ts';

const LONGEST = 300;

/** What `--short` prints: one line, at most 300 characters, with its line break. */
export function shortReport(report: Report, view: Pick<View, 'about'>): string {
  const safe = safeReport(report);
  const { about } = safeView(view as View);
  const [first] = rankedFindings(safe);
  const [step] = first?.fix ?? [];
  const place = [about?.provider ?? safe.provider, about?.region].filter(Boolean).join(', ');
  const parts = [
    `why403 ${place}: ${verdictLine(safe)}.`,
    first && `${titleOf(first)}.`,
    others(safe),
    step && `Fix (${who(step)}): ${firstLine(step.action)}`,
  ];
  const line = parts.filter(Boolean).join(' ').replaceAll(/\s+/g, ' ');
  const characters = [...line];
  return `${characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : line}\n`;
}

function others({ verdict }: Report): string {
  const codes = verdict.candidates.slice(1).map((c) => c.code);
  return codes.length > 0 ? `Or: ${codes.join(', ')}.` : '';
}
