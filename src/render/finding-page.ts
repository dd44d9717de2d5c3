/** The page of a code, made from the check's own record and the golden report of its case. */
import type { Check, Stage } from '../core/index.ts';
import { block, code, link, prose, proseLine } from './markdown.ts';

/**
 * docs/findings/<stage>/<slug>.md. It is read in a browser and in a terminal, so it stays plain.
 * @param golden the text report of a case of this code
 */
export function findingPage(check: Check, stage: Stage, golden?: string): string {
  const parts = [
    `# ${check.code}`,
    `**${proseLine(check.title)}.**`,
    facts(check, stage),
    `## What it means\n\n${prose(check.page.trim())}`,
    golden === undefined
      ? ''
      : `## What you see\n\nA report of this finding. Its last steps are the fix.\n\n${block(golden.trimEnd(), 'text')}`,
    check.references.length > 0
      ? `## Read more\n\n${check.references.map((r) => `- ${link(r.title, r.url)}`).join('\n')}`
      : '',
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function facts(check: Check, stage: Stage): string {
  const weight = {
    error: 'an error: it makes the verdict `broken` where it is the cause',
    warning: 'a warning: the verdict can be `healthy` beside it',
    note: 'a note: it is said and changes nothing by itself',
  }[check.severity];
  return [
    `- Stage: ${code(stage.id)}. ${proseLine(stage.question)}`,
    `- Severity: ${weight}.`,
    check.blocks
      ? '- It stops the climb: later stages are skipped, because their answers would mislead.'
      : '- It does not stop the climb: later stages are judged too.',
  ].join('\n');
}

/** docs/findings/README.md: every code by stage, a line each. */
export function pageIndex(ladder: readonly Stage[]): string {
  const parts = ladder.map((stage) => {
    const rows = stage.checks.map((check) => {
      const page = `${check.code}.md`;
      return `| [${code(check.code)}](${page}) | ${check.severity} | ${proseLine(check.title)} |`;
    });
    const table = ['| code | severity | what is wrong |', '|---|---|---|', ...rows].join('\n');
    return `## ${stage.id}\n\n${proseLine(stage.question)}\n\n${table}`;
  });
  const intro =
    'What `why403` can find, in the order in which it looks. `why403 explain CODE` prints a page in the terminal.';
  return `# Findings\n\n${intro}\n\n${parts.join('\n\n')}\n`;
}
