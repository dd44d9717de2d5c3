/**
 * The register of report formats. Adding one: a file that exports a `Renderer`, and a line here; the choices of
 * `--format` come from it. Whatever is registered gets only texts that are safe to show.
 */
import { github } from './report-github.ts';
import { html } from './report-html.ts';
import { json } from './report-json.ts';
import { junit } from './report-junit.ts';
import { markdown } from './report-markdown.ts';
import { sarif } from './report-sarif.ts';
import { text } from './report-text.ts';
import { safeReport, safeView } from './safe.ts';
import type { Renderer } from './view.ts';

export { errorDocument } from './error-document.ts';
export { findingPage, pageIndex } from './finding-page.ts';
export { githubSummary } from './report-github.ts';
export { shortReport } from './report-short.ts';
export { plain, type About, type Paint, type Renderer, type View } from './view.ts';

/** By id, in the order in which help lists them. */
export const formats: ReadonlyMap<string, Renderer> = new Map(
  [text, json, junit, sarif, github, markdown, html].map((format) => [format.id, guarded(format)]),
);

function guarded(format: Renderer): Renderer {
  return { ...format, render: (report, view) => format.render(safeReport(report), safeView(view)) };
}
