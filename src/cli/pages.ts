/** The pages of docs/findings, as `explain CODE` prints them. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** docs/findings beside the bundle or beside the sources; undefined in an incomplete installation. */
export function pagesFolder(): string | undefined {
  let at = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < 3; up++, at = dirname(at)) {
    const folder = join(at, 'docs', 'findings');
    if (existsSync(folder)) return folder;
  }
  return undefined;
}

/** The page of a code (`stage/slug`), or undefined where there is none. */
export function findingPage(code: string): string | undefined {
  const folder = pagesFolder();
  if (!folder || !/^[a-z]+\/[a-z0-9-]+$/.test(code)) return undefined;
  const file = join(folder, `${code}.md`);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Prints the page of a code to stdout; false where there is none. */
export function printFindingPage(code: string): boolean {
  const page = findingPage(code);
  if (page === undefined) return false;
  // Written at once: a reader that closes the pipe early (head) must not turn this into a crash.
  process.stdout.on('error', () => undefined);
  process.stdout.write(page);
  return true;
}
