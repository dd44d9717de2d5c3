// The licence notices of everything that is bundled: each package once, with the text that it ships.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LICENCE = /^(licen[cs]e|copying|notice)/i;

/**
 * @param metafiles of esbuild, for all bundles
 * @returns the notices as one text
 */
export function notices(metafiles) {
  const folders = new Set();
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
        if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
      }
    }
  }
  const parts = [...folders].map(noticeOf).sort((a, b) => (a.name < b.name ? -1 : 1));
  const seen = new Set();
  const texts = parts.flatMap(({ name, text }) => (seen.has(name) ? [] : (seen.add(name), [text])));
  const head = `why403 is under the MIT licence (LICENSE). It contains the packages below, each under its own licence.\n`;
  return `${[head, ...texts].join(`\n${'-'.repeat(80)}\n\n`)}`;
}

function noticeOf(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => LICENCE.test(file)) : [];
  const own = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const by = typeof author === 'string' ? author : author?.name;
  const whole = own.length > 0 ? own.join('\n\n') : `No licence text is shipped${by ? `; by ${by}` : ''}.`;
  return { name: `${name}@${version}`, text: `${name} ${version} (${license ?? 'see below'})\n\n${whole}\n` };
}
