/** How much memory a child process held at its worst: it says so itself when it ends. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HOOK = `process.on('exit', () => require('node:fs').writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)));`;

export interface Peak {
  /** For a node process. */
  readonly env: { readonly NODE_OPTIONS: string; readonly PEAK_FILE: string };
  /** Megabytes resident, of the process that ended last. */
  megabytes(): number;
}

/** @param folder a place for two small files */
export function peakIn(folder: string): Peak {
  const hook = join(folder, 'peak.cjs');
  const file = join(folder, 'peak.txt');
  writeFileSync(hook, HOOK);
  return {
    env: { NODE_OPTIONS: `--require ${hook}`, PEAK_FILE: file },
    megabytes() {
      const kilobytes = Number(readFileSync(file, 'utf8'));
      rmSync(file);
      return kilobytes / 1024;
    },
  };
}
