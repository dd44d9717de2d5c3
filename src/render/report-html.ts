/** One self-contained page, to send to whoever can fix it. It asks no server for anything. */
import type { Candidate, Report, StageResult } from '../core/index.ts';
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from './html-assets.ts';
import { copied, foldedFinding, mainFinding, newIds, type Ids } from './html-finding.ts';
import { Markup, markup, pageHead } from './markup.ts';
import {
  againCommand,
  openCandidates,
  rankedFindings,
  stageDetail,
  verdictLine,
  verdictMeaning,
  worst,
} from './phrases.ts';
import { leastPrivilegeBlocks, tablesOf, type Block, type Table } from './tables.ts';
import type { Renderer, View } from './view.ts';

const POLICY =
  `default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'; ` +
  `base-uri 'none'; form-action 'none'`;

export const html: Renderer = {
  id: 'html',
  machine: true,
  render(report, view) {
    const page = markup`${pageHead(`why403: ${verdictLine(report)}`, POLICY, STYLE)}
<body>
<a class="skip" href="#main">To the finding</a>
<div class="page">
${header(report, view)}
${body(report, view, newIds())}
${footer(view)}
</div>
<p id="said" class="skip" role="status"></p>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`;
    return page.text;
  },
};

function header(report: Report, { about = {}, generatedAt }: View): Markup {
  const { kind } = report.verdict;
  const line = verdictLine(report);
  const word = /^\w+/.exec(line)?.[0] ?? '';
  const rows: [string, string | undefined][] = [
    ['Provider', about.provider ?? report.provider],
    ['Region', about.region],
    ['Organisation', about.organization],
    ['Client', [about.clientName, about.clientId].filter(Boolean).join(' ')],
    ['Endpoint', about.endpoints?.join(', ')],
    ['Made', generatedAt],
  ];
  const items = rows.flatMap(([name, value]) =>
    value ? [markup`<li><span class="soft">${name}</span> <span class="text">${value}</span></li>`] : [],
  );
  return markup`<header>
<div class="verdict ${kind}"><h1><span class="word">${word}</span>${line.slice(word.length)}</h1>
<p>${verdictMeaning(report)}</p></div>
<ul class="about">${items}</ul>
</header>`;
}

function body(report: Report, view: View, ids: Ids): Markup {
  const [first, ...others] = rankedFindings(report);
  return markup`<div class="columns">
<main id="main">
${first ? mainFinding(first, report, candidates(openCandidates(report)), ids) : candidates(openCandidates(report))}
${others.length > 0 && markup`<h2>Also found</h2>${others.map((f) => foldedFinding(f, report, ids))}`}${tablesOf(report).map(table)}${leastPrivilegeBlocks(report).map((one) => blockMarkup(one, ids))}
${checkAgain(report, view, ids)}
</main>
<aside aria-labelledby="ladder"><h2 id="ladder">The ladder</h2>
<ol class="ladder">${report.stages.map((stage) => rung(stage, view))}
</ol>${notes(report)}</aside>
</div>`;
}

const SIGNS = { clear: '✓', unknown: '?', skipped: '–', error: '✗', warning: '!', note: 'i' } as const;

function rung(stage: StageResult, { ladder }: View): Markup {
  const look = stage.status === 'found' ? (worst(stage) ?? 'note') : stage.status;
  const question = ladder.find((s) => s.id === stage.stage)?.question;
  const details = stageDetail(stage).map((line) => markup`<small>${line}</small>`);
  return markup`
<li class="${look}"><span class="sign" aria-hidden="true">${SIGNS[look]}</span><strong>${stage.stage}</strong> <span class="status">${stage.status}</span>
${question !== undefined && markup`<small>${question}</small>`}${details}</li>`;
}

function candidates(list: readonly Candidate[]): Markup {
  if (list.length === 0) return markup``;
  const items = list.map(
    (c) => markup`<li><code>${c.code}</code> (${c.certainty})
<p class="text">${c.why}</p>${c.tell !== '' && markup`<p class="text"><strong>To tell:</strong> ${c.tell}</p>`}</li>`,
  );
  return markup`<h3>What it can be, likeliest first</h3><ol>${items}</ol>`;
}

function table({ title, columns, rows }: Table): Markup {
  return markup`<h2>${title}</h2>
<table><thead><tr>${columns.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => markup`<tr>${row.map((cell) => markup`<td class="text">${cell}</td>`)}</tr>`)}</tbody></table>`;
}

function blockMarkup({ title, lines, code }: Block, ids: Ids): Markup {
  return markup`<h2>${title}</h2>
${lines.length > 0 && markup`<p class="text">${lines.join('\n')}</p>`}${code && copied(code.text, ids, 'the text')}`;
}

function checkAgain(report: Report, { command }: View, ids: Ids): Markup {
  const again = againCommand(report, command);
  return again === undefined ? markup`` : markup`<h2>Check again</h2>${copied(again, ids, 'the command')}`;
}

function notes({ notes: list = [] }: Report): Markup {
  return list.length === 0
    ? markup``
    : markup`<h2>Notes</h2><ul>${list.map((note) => markup`<li>${note}</li>`)}</ul>`;
}

function footer({ version }: View): Markup {
  return markup`<footer><p>Secrets, tokens and Authorization values are not in this page: only their shapes were looked at
(length, unusual characters), and in a pasted text they are replaced by dots. Ids and names of the organisation, roles and
permissions are in it, so send it only to people who may know those.</p>
<p>Made by why403${version !== undefined && ` ${version}`}.</p></footer>`;
}
