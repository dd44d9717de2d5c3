/** One finding as HTML: cause, the fix as a checklist, evidence folded away. */
import type { EvidencePoint, Finding, FixStep, Reference, Report } from '../core/index.ts';
import { markup, type Markup } from './markup.ts';
import { linkable, sureness, titleOf, who } from './phrases.ts';
import { placeOf } from './text-paste.ts';

/** Hands out ids that are unique on the page. */
export type Ids = (name: string) => string;

export function newIds(): Ids {
  let count = 0;
  return (name) => `${name}-${++count}`;
}

/**
 * The finding that is looked at first: everything open but the evidence.
 * @param candidates stands between the cause and the fix
 */
export function mainFinding(finding: Finding, report: Report, candidates: Markup, ids: Ids): Markup {
  return markup`<section aria-labelledby="finding">
<h2 id="finding">${titleOf(finding)}</h2>
<p class="soft"><code>${finding.code}</code> (${sureness(finding, report)})</p>
<p class="text">${finding.cause}</p>
${candidates}
${steps(finding.fix, ids, 'How to fix it')}
${evidence(finding, report)}
${references(finding.references)}
</section>`;
}

/** Any other finding, folded. */
export function foldedFinding(finding: Finding, report: Report, ids: Ids): Markup {
  return markup`<details>
<summary>${titleOf(finding)} <span class="soft">(${finding.code}, ${sureness(finding, report)})</span></summary>
<p class="text">${finding.cause}</p>
${steps(finding.fix, ids)}
${evidence(finding, report)}
${references(finding.references)}
</details>`;
}

function steps(fix: readonly FixStep[], ids: Ids, title?: string): Markup {
  if (fix.length === 0) return markup``;
  const heading = title === undefined ? markup`` : markup`<h3>${title}</h3>`;
  return markup`${heading}
<ol class="steps">${fix.map((step) => stepItem(step, ids))}
</ol>`;
}

function stepItem(step: FixStep, ids: Ids): Markup {
  const id = ids('step');
  return markup`
<li><label for="${id}"><input type="checkbox" id="${id}"><span class="text"><span class="chip">${who(step)}</span> ${step.action}</span></label>
<div class="inner">${step.where !== undefined && markup`<p>Where: ${step.where}</p>`}
${step.command !== undefined && markup`<p>Run:</p>${copied(step.command, ids, 'the command')}`}
${step.message !== undefined && markup`<p>Message to send:</p>${copied(step.message, ids, 'the message')}`}</div></li>`;
}

/** A text with a button that copies it; the script shows the button, so without it there is none. */
export function copied(text: string, ids: Ids, what: string): Markup {
  const id = ids('copy');
  return markup`<div class="copied"><pre id="${id}">${text}</pre><button type="button" data-copy="${id}" aria-label="Copy ${what}" hidden>Copy</button></div>`;
}

function evidence({ evidence: points }: Finding, report: Report): Markup {
  if (points.length === 0) return markup``;
  return markup`<details class="evidence"><summary>What shows it (${points.length})</summary>
<dl>${points.map((point) => pointItem(point, report))}</dl></details>`;
}

function pointItem(point: EvidencePoint, { paste }: Report): Markup {
  const shown = markup`<dt>${point.at}</dt><dd><code class="text">${point.shows}</code></dd>`;
  if (!point.source || paste === undefined) return shown;
  const { line, before, marked, after } = placeOf(paste, point.source);
  return markup`${shown}<dd>Line ${line}:<pre>${before}<mark>${marked}</mark>${after}</pre></dd>`;
}

function references(list: readonly Reference[]): Markup {
  if (list.length === 0) return markup``;
  const items = list.map(({ title, url }) =>
    linkable(url)
      ? markup`<li><a href="${url}" rel="noreferrer">${title}</a></li>`
      : markup`<li>${title}: ${url}</li>`,
  );
  return markup`<h3>Read more</h3><ul>${items}</ul>`;
}
