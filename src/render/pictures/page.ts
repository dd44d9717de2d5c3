/** One self-contained page with the pictures of an archive: no script, no request to anybody. */
import { visibleLine } from '../../core/index.ts';
import type { ArchivePictures, Figures, QueueFigures, Tally } from '../../core/index.ts';
import { Markup, markup, pageHead } from '../markup.ts';
import { STYLE, STYLE_HASH } from './assets.ts';
import {
  LEVEL_STEPS,
  coverageChart,
  levelChart,
  queueHoursChart,
  shareBar,
  trafficChart,
  trendLine,
  weekChart,
} from './charts.ts';
import { count, duration, moment, share } from './words.ts';

const POLICY = `default-src 'none'; style-src '${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;
/** More than a person reads; the archive has the rest. */
const QUEUES_DRAWN = 40;
const QUEUES_SHOWN = 20;
const QUEUES_LISTED = 200;
const HOURS_LISTED = 100;

/** The page. Text from the server is shown with control and bidirectional characters made visible. */
export function archivePage(
  pictures: ArchivePictures,
  { version }: { readonly version?: string } = {},
): string {
  const it = safe(pictures);
  return markup`${pageHead(`${it.dataset}, ${it.from.slice(0, 10)} to ${it.to.slice(0, 10)}`, POLICY, STYLE)}
<body>
<div class="page">
${header(it)}
<main>
${it.figures.counted ? traffic(it) : markup`<p>The rows of this dataset have no <code>offered</code> by queue, so only its coverage can be drawn.</p>`}
${coverage(it)}
${it.figures.counted && queues(it)}
</main>
<footer><p>All times are UTC. Sums are over the rows of the archive as it was when this page was made; nothing was asked of the
provider.</p><p>Made by why403${version !== undefined && ` ${version}`}.</p></footer>
</div>
</body>
</html>
`.text;
}

function safe(it: ArchivePictures): ArchivePictures {
  return {
    ...it,
    dataset: visibleLine(it.dataset),
    out: visibleLine(it.out),
    ...(it.organization !== undefined && { organization: visibleLine(it.organization) }),
    figures: {
      ...it.figures,
      queues: it.figures.queues.map((q) => ({ ...q, id: visibleLine(q.id), name: visibleLine(q.name) })),
    },
  };
}

function header({
  dataset,
  out,
  organization,
  from,
  to,
  madeAt,
  figures,
  closedHours,
  missing,
  restated,
}: ArchivePictures): Markup {
  const { total, level } = figures;
  const gaps = missing.reduce((sum, w) => sum + (Date.parse(w.to) - Date.parse(w.from)) / 3_600_000, 0);
  const about: [string, string | undefined][] = [
    ['Organisation', organization],
    ['Dataset', dataset],
    ['Archive', out],
    ['Made', `${moment(madeAt)} UTC`],
  ];
  return markup`<header>
<h1>${moment(from)} to ${moment(to)} UTC</h1>
<ul class="about">${about.flatMap(([name, value]) => (value === undefined ? [] : [markup`<li><span class="soft">${name}</span> ${value}</li>`]))}</ul>
<dl class="sums">
${
  figures.counted &&
  markup`${sum('Offered', count(total.offered))}
${sum('Answered', count(total.answered), share(total.answered, total.offered))}
${sum('Abandoned', count(total.abandoned), share(total.abandoned, total.offered))}
${level !== undefined && sum('In time', share(total.inTime, total.measured), level)}`
}
${sum('Hours in the archive', count(closedHours), gaps > 0 ? `${count(gaps)} missing` : 'none missing')}
${restated.length > 0 && sum('Hours restated', count(restated.length))}
</dl></header>`;
}

function sum(name: string, value: string, more?: string): Markup {
  return markup`<div><dt>${name}</dt><dd>${value}${more !== undefined && markup`<small>${more}</small>`}</dd></div>`;
}

function traffic({ figures }: ArchivePictures): Markup {
  const { unit } = figures;
  return markup`<h2>By ${unit}</h2>
<figure>${key(trafficKey(figures))}
${trafficChart(figures)}</figure>
${figures.level !== undefined && markup`<h2>Share ${figures.level}, by ${unit}</h2><figure>${levelChart(figures)}</figure>`}
<h2>By weekday and hour</h2>
<figure>${weekChart(figures)}<figcaption>Offered contacts, the sum over all weeks; darker (in a dark page: lighter) is more. Point at a field for its numbers.</figcaption></figure>`;
}

function trafficKey({ series, unit }: Figures): [style: string, text: string][] {
  const other = series.some(({ tally: t }) => t.offered > t.answered + t.abandoned);
  const pale = series.some((b) => b.closed < b.hours && b.tally.offered > 0);
  return [
    ['answered', 'answered'],
    ['abandoned', 'abandoned'],
    ...(other ? [['other', 'other: flowed out, or answered in a later hour'] as [string, string]] : []),
    ...(pale
      ? [['answered pale', `pale: not all hours of the ${unit} are in the archive`] as [string, string]]
      : []),
  ];
}

function key(entries: readonly (readonly [style: string, text: string])[]): Markup {
  return markup`<ul class="key">${entries.map(([style, text]) => markup`<li><span class="${style}"></span>${text}</li>`)}</ul>`;
}

function coverage(it: ArchivePictures): Markup {
  const { missing, restated, runsSince } = it;
  const gaps = missing.map((w) => `${moment(w.from)} to ${moment(w.to)}`);
  const again = restated.map(
    ({ hour, cells }) => `${moment(hour)}: ${cells} ${cells === 1 ? 'count' : 'counts'} changed`,
  );
  return markup`<h2>Coverage</h2>
<figure>${key([
    ['exported', 'exported'],
    ['restated', 'restated: a later run found other counts'],
    ['missing', 'missing, owed'],
  ])}
${coverageChart(it)}
<figcaption>${runsSince === undefined ? 'No run log is left, so restated hours are not known.' : `Restated hours are known since ${moment(runsSince)}, the oldest run in the log.`}</figcaption></figure>
${folded('Missing hours', gaps)}${folded('Restated hours', again)}`;
}

function folded(title: string, lines: readonly string[]): Markup {
  if (lines.length === 0) return markup``;
  const more = lines.length - HOURS_LISTED;
  return markup`<details><summary>${title} (${lines.length})</summary><ul>${lines.slice(0, HOURS_LISTED).map((line) => markup`<li>${line}</li>`)}</ul>${more > 0 && markup`<p>and ${count(more)} more</p>`}</details>`;
}

function queues({ figures }: ArchivePictures): Markup {
  const { queues: all, level } = figures;
  if (all.length === 0) return markup`<h2>Queues</h2><p>No row in this time.</p>`;
  const measured = level !== undefined;
  const worst = all.slice(0, QUEUES_DRAWN);
  const rest = all.slice(QUEUES_SHOWN, QUEUES_LISTED);
  const order = measured ? 'contacts that were not in time' : 'abandoned contacts';
  return markup`<h2>Worst queues first</h2>
<p class="soft">By ${order}${level !== undefined && ` (${level})`}. ${all.length > QUEUES_LISTED && `The first ${QUEUES_LISTED} of ${count(all.length)}.`}</p>
${table('Queues, worst first', all.slice(0, QUEUES_SHOWN), figures)}
${rest.length > 0 && markup`<details><summary>${count(rest.length)} more queues</summary>${table('More queues', rest, figures)}</details>`}
<h2>${measured ? 'Share in time' : 'Abandoned'} by queue and hour of the day</h2>
<figure>${measured && key(LEVEL_STEPS.map(([, style, text]) => [style, text] as const))}
${queueHoursChart(worst, measured)}
<figcaption>${all.length > worst.length ? `The worst ${worst.length} of ${count(all.length)} queues.` : 'All queues.'} Empty: nothing was offered. Point at a field for its numbers.</figcaption></figure>`;
}

function table(
  name: string,
  list: readonly QueueFigures[],
  { queues: all, level, trendUnit }: Figures,
): Markup {
  const measured = level !== undefined;
  const bad = (total: Tally): number => (measured ? total.measured - total.inTime : total.abandoned);
  const most = bad(all[0]!.total);
  return markup`<div class="wide" tabindex="0" role="group" aria-label="${name}"><table>
<thead><tr><th scope="col">Queue</th><th scope="col">${measured ? 'Late' : 'Abandoned'}</th><td></td>${measured && markup`<th scope="col">In time</th>`}<th scope="col">Offered</th>${measured && markup`<th scope="col">Abandoned</th>`}<th scope="col">Answered<br>after, mean</th><th scope="col">Longest<br>wait</th><th scope="col">${measured ? 'In time' : 'Offered'} by ${trendUnit}</th></tr></thead>
<tbody>${list.map((queue) => row(queue, measured, bad(queue.total), most))}
</tbody></table></div>`;
}

function row(queue: QueueFigures, measured: boolean, bad: number, most: number): Markup {
  const { total, trend, target, name } = queue;
  return markup`
<tr><th scope="row">${name}</th><td>${count(bad)}</td><td>${shareBar(bad, most)}</td>${measured && markup`<td>${share(total.inTime, total.measured)}${target !== undefined && markup` <span class="soft">of ${share(target, 1)}</span>`}</td>`}<td>${count(total.offered)}</td>${measured && markup`<td>${share(total.abandoned, total.offered)}</td>`}<td>${total.answered > 0 && total.answerMs > 0 ? duration(total.answerMs / total.answered) : '–'}</td><td>${total.longestMs > 0 ? duration(total.longestMs) : '–'}</td><td>${trendLine(trend, measured)}</td></tr>`;
}
