/** What `explain` makes of a paste or a statement, in short. */
import { explainPaste } from '../src/app/explain-paste.ts';
import type { Finding, Report } from '../src/core/index.ts';

export const judged = (paste: unknown): Report => explainPaste(paste).report;

/** The candidates, the likeliest first. */
export const causes = (paste: unknown): string[] => judged(paste).verdict.candidates.map(({ code }) => code);

export const findings = (paste: unknown): Finding[] =>
  judged(paste).stages.flatMap((stage) => stage.findings);

/** The codes of all findings. */
export const found = (paste: unknown): string[] => findings(paste).map(({ code }) => code);
