/**
 * The door of this room: every text of a report passes it before a format sees it, so that no format can forget.
 * Control, zero-width and bidirectional characters become visible, and what a CI log would obey is broken up.
 */
import { visible, visibleLine, type Finding, type Report, type StageResult } from '../core/index.ts';
import type { About, View } from './view.ts';

// Halves of surrogate pairs can't be written to UTF-8, nor these two to XML.
const UNWRITABLE = /[\ud800-\udfff\ufffe\uffff]/gu;
// Runners obey `::name` at a line's start (GitHub; wrapping can put any word there) and `##[name]`, `##vso[`,
// `##teamcity[` anywhere.
const LOG_COMMAND = /(?<!\S)::(?=[a-z][\w-]*(?:\s|::))|##(?=(?:vso|teamcity)?\[)/gi;

/** A text that may have several lines. */
export function safe(text: string): string {
  return visible(text)
    .replace(UNWRITABLE, (c) => `\\u{${c.charCodeAt(0).toString(16)}}`)
    .replace(LOG_COMMAND, (mark) => `\\u{${mark.charCodeAt(0).toString(16)}}${mark.slice(1)}`);
}

/** A text that must stay on one line. */
export function safeLine(text: string): string {
  return safe(visibleLine(text));
}

/** The report with all its texts made safe. The paste stays as it is: spans count its characters. */
export function safeReport(report: Report): Report {
  const { verdict } = report;
  return {
    ...report,
    provider: safeLine(report.provider),
    stages: report.stages.map(safeStage),
    verdict: {
      ...verdict,
      candidates: verdict.candidates.map((c) => ({ ...c, why: safe(c.why), tell: safe(c.tell) })),
    },
    ...(report.notes && { notes: report.notes.map(safeLine) }),
    ...(report.endpoints && { endpoints: safeTexts(report.endpoints) }),
    ...(report.probes && { probes: safeTexts(report.probes) }),
    ...(report.leastPrivilege && { leastPrivilege: safeTexts(report.leastPrivilege) }),
    ...(report.acceptance && { acceptance: safeTexts(report.acceptance) }),
  };
}

/** Every text in a value, however deep. */
function safeTexts<T>(value: T): T {
  if (typeof value === 'string') return safe(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => safeTexts(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, safeTexts(one as unknown)])) as T;
}

function safeStage(stage: StageResult): StageResult {
  return {
    ...stage,
    findings: stage.findings.map(safeFinding),
    missing: stage.missing.map(safeLine),
    note: safeLine(stage.note),
  };
}

function safeFinding(finding: Finding): Finding {
  return {
    ...finding,
    title: safeLine(finding.title),
    cause: safe(finding.cause),
    evidence: finding.evidence.map((e) => ({ ...e, at: safeLine(e.at), shows: safe(e.shows) })),
    fix: finding.fix.map((step) => ({
      ...step,
      action: safe(step.action),
      ...(step.where !== undefined && { where: safeLine(step.where) }),
      ...(step.command !== undefined && { command: safe(step.command) }),
      ...(step.message !== undefined && { message: safe(step.message) }),
    })),
    references: finding.references.map((r) => ({ title: safeLine(r.title), url: safeLine(r.url) })),
  };
}

/** The same for what a command says about its run. */
export function safeView(view: View): View {
  const { about, command } = view;
  return {
    ...view,
    ...(about && { about: safeAbout(about) }),
    ...(command !== undefined && { command: safe(command) }),
  };
}

function safeAbout(about: About): About {
  const entries = Object.entries(about).map(([key, value]: [string, string | readonly string[]]) => [
    key,
    typeof value === 'string' ? safeLine(value) : value.map(safeLine),
  ]);
  return Object.fromEntries(entries) as About;
}
