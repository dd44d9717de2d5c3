/** The file of `--baseline`: what was found on the day when it was written. */
import { existsSync, writeFileSync } from 'node:fs';
import { Failure, isCode, type FindingCode, type Report } from '../core/index.ts';
import { readGiven, whyUnread } from '../io/given-file.ts';

export interface Baseline {
  readonly codes: readonly FindingCode[];
  /** When it was written, `2026-11-23`, UTC. */
  readonly day: string;
}

/**
 * @param asked the provider, the client and the endpoints of this run; another run's baseline is refused
 * @returns undefined where the file is not there yet
 * @throws Failure `config` for a file that is no baseline, or one of other questions
 */
export async function readBaseline(
  file: string,
  asked: readonly string[],
  signal: AbortSignal,
): Promise<Baseline | undefined> {
  if (!existsSync(file)) return undefined;
  const content = await parsed(file, signal);
  const codes = content['findings'];
  const day = content['day'];
  if (
    content['schema'] !== 1 ||
    content['tool'] !== 'why403' ||
    typeof day !== 'string' ||
    !Array.isArray(codes)
  ) {
    throw new Failure('config', `--baseline ${file} is no baseline of why403`, REMOVE);
  }
  const strange = codes.find((code) => typeof code !== 'string' || !isCode(code)) as unknown;
  if (strange !== undefined)
    throw new Failure('config', `--baseline ${file} names a finding that does not exist`, REMOVE);
  const before = Array.isArray(content['asked']) ? content['asked'].map(String) : [];
  const other = [...asked, ...before].filter((one) => !asked.includes(one) || !before.includes(one));
  if (other.length > 0) {
    throw new Failure(
      'config',
      `--baseline ${file} belongs to other questions than those of this run (${other.join('; ')})`,
      'a baseline file for each provider, client and set of endpoints',
    );
  }
  return { codes: codes as FindingCode[], day: day.slice(0, 10) };
}

const REMOVE = 'delete the file, or name another one; the next run writes it anew';

async function parsed(file: string, signal: AbortSignal): Promise<{ readonly [key: string]: unknown }> {
  try {
    const content: unknown = JSON.parse((await readGiven(file, { signal })).toString('utf8'));
    return typeof content === 'object' && content !== null ? (content as { [key: string]: unknown }) : {};
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is not JSON' : whyUnread(error);
    throw new Failure('config', `--baseline ${file} can not be used: ${why}`, REMOVE);
  }
}

/**
 * Writes what was found, of every severity; no secret is among it.
 * @throws Failure `config` where the file can't be written
 */
export function writeBaseline(file: string, report: Report, asked: readonly string[], day: string): void {
  const findings = new Set<FindingCode>(report.stages.flatMap((s) => s.findings.map((f) => f.code)));
  if (report.verdict.rootCause) findings.add(report.verdict.rootCause);
  const content = { schema: 1, tool: 'why403', day, asked, findings: [...findings] };
  try {
    writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new Failure(
      'config',
      `--baseline ${file} can not be written (${code})`,
      'a file in a folder that exists',
    );
  }
}
