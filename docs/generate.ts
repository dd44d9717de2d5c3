/** Writes docs/findings from the checks' own records and their golden reports, and the manual page. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ladder } from '../src/checks/ladder.ts';
import { findingPage, pageIndex } from '../src/render/finding-page.ts';
import { manPage } from './man-page.ts';
import { RUN_PICTURE, runPicture } from './run-picture.ts';

const ROOT = join(import.meta.dirname, '..');
const PAGES = join(ROOT, 'docs', 'findings');
const MAN_PAGE = join(ROOT, 'docs', 'why403.1');

/** Every generated page: path below docs/findings → text. */
export function pages(): Map<string, string> {
  const all = new Map([['README.md', pageIndex(ladder)]]);
  for (const stage of ladder) {
    for (const check of stage.checks) {
      const golden = join(ROOT, 'fixtures', 'cases', check.code, 'report.txt');
      const report = existsSync(golden) ? readFileSync(golden, 'utf8') : undefined;
      all.set(`${check.code}.md`, findingPage(check, stage, report));
    }
  }
  return all;
}

/** Files below docs/findings. */
export function present(): string[] {
  if (!existsSync(PAGES)) return [];
  return readdirSync(PAGES, { recursive: true, encoding: 'utf8' })
    .map((f) => f.replaceAll('\\', '/'))
    .filter((f) => f.endsWith('.md'));
}

export function readPage(page: string): string | undefined {
  const file = join(PAGES, page);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

export function readManPage(): string | undefined {
  return existsSync(MAN_PAGE) ? readFileSync(MAN_PAGE, 'utf8') : undefined;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const all = pages();
  for (const page of present()) if (!all.has(page)) rmSync(join(PAGES, page));
  for (const [page, text] of all) {
    mkdirSync(dirname(join(PAGES, page)), { recursive: true });
    writeFileSync(join(PAGES, page), text);
  }
  writeFileSync(MAN_PAGE, await manPage());
  writeFileSync(RUN_PICTURE, runPicture());
  console.log(`${all.size} pages, why403.1 and run.svg`);
}
