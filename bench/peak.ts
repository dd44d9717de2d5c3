/** How much memory a child process held at its worst, and its own work: it says so itself when it ends. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HOOK = `process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const text = JSON.stringify({ megabytes: maxRSS / 1024, work: (userCPUTime + systemCPUTime) / 1e6 });
  require('node:fs').writeFileSync(process.env.PEAK_FILE, text);
});`;

export interface Peak {
  /** For a node process. */
  readonly env: { readonly NODE_OPTIONS: string; readonly PEAK_FILE: string };
  /** Of the process that ended last: megabytes resident, seconds of processor time. */
  said(): { readonly megabytes: number; readonly work: number };
}

/** @param folder a place for two small files */
export function peakIn(folder: string): Peak {
  const hook = join(folder, 'peak.cjs');
  const file = join(folder, 'peak.txt');
  writeFileSync(hook, HOOK);
  return {
    env: { NODE_OPTIONS: `--require ${hook}`, PEAK_FILE: file },
    said() {
      const text = readFileSync(file, 'utf8');
      rmSync(file);
      return JSON.parse(text) as { megabytes: number; work: number };
    },
  };
}
