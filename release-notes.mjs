// Prints the release notes of a version: its section of CHANGELOG.md, and how to check the package that was built.
//   node release-notes.mjs 0.1.0 [why403-0.1.0.tgz]
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const [version, tarball] = process.argv.slice(2);
if (!version) {
  console.error('usage: node release-notes.mjs VERSION [TARBALL]');
  process.exit(2);
}

const changelog = readFileSync(new URL('CHANGELOG.md', import.meta.url), 'utf8');
const section = changelog.split(/^## (?=\[)/m).find((part) => part.startsWith(`[${version}]`));
const text = section?.slice(section.indexOf('\n') + 1).trim();
if (!text) {
  console.error(
    `CHANGELOG.md has no section [${version}] with anything in it; move what stands under [Unreleased] there.`,
  );
  process.exit(1);
}
const lines = [text];
if (tarball) {
  const hash = createHash('sha512').update(readFileSync(tarball)).digest('base64');
  lines.push(
    '',
    '### The package',
    '',
    `\`${basename(tarball)}\`, integrity \`sha512-${hash}\`. It was built by this repository's release workflow and published with`,
    `provenance: \`npm view why403@${version} dist\` shows both, and \`npm audit signatures\` checks them after an install.`,
  );
}
console.log(lines.join('\n'));
