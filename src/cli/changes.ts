/** What is different between two reports on the same org, in lines. */
import type { Finding, Report } from '../core/index.ts';

/** Empty where nothing that counts has changed. */
export function changesBetween(before: Report, after: Report): string[] {
  const [old, now] = [findings(before), findings(after)];
  const gone = [...old.keys()].filter((code) => !now.has(code));
  const fresh = [...now.entries()].filter(([code]) => !old.has(code));
  const other = [...now.entries()].filter(([code, f]) => old.has(code) && old.get(code)?.cause !== f.cause);
  const lines = [
    ...gone.map((code) => `${code} is gone`),
    ...fresh.map(([code, finding]) => `${code} is new: ${finding.title}`),
    ...other.map(([code, finding]) => `${code} has changed: ${finding.cause}`),
    ...letIn(before, after),
  ];
  const [from, to] = [verdictOf(before), verdictOf(after)];
  return from === to ? lines : [...lines, `the verdict was ${from}, now it is ${to}`];
}

function findings(report: Report): Map<string, Finding> {
  return new Map(report.stages.flatMap((stage) => stage.findings.map((f) => [f.code, f] as const)));
}

function verdictOf({ verdict: { kind, rootCause } }: Report): string {
  return rootCause ? `${kind} (${rootCause})` : kind;
}

function letIn(before: Report, after: Report): string[] {
  return (after.endpoints ?? []).flatMap(({ method, path, result }) => {
    const old = before.endpoints?.find((row) => row.method === method && row.path === path);
    return old && old.result !== result ? [`${method} ${path}: ${old.result} before, ${result} now`] : [];
  });
}
