// Bundles the program into CommonJS files: a front door that answers --version and `explain CODE` by itself, and
// everything else, which it loads when needed. CommonJS starts faster than ESM here (bench/start.mjs). The library is
// ESM, and a file of its own.
// They go into dist/, or into the folder that is named as an argument.
import { build } from 'esbuild';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { notices } from './build-notices.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

const out = process.argv[2] ?? 'dist';

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  minifySyntax: true,
  // Whole notices are written below.
  legalComments: 'none',
  metafile: true,
  define: { 'import.meta.url': 'IMPORT_META_URL', WHY403_VERSION: JSON.stringify(version) },
  inject: ['src/cli/bundled-url.js'],
  alias: {
    // Both do work when they are loaded: a segmenter and an emoji pattern, a TLS socket. Few runs need either.
    'string-width': './src/cli/lazy-string-width.ts',
    'http2-wrapper': './src/io/no-http2.ts',
  },
  logLevel: 'warning',
};

/** Leaves a module out of a bundle and loads it from a file of its own: few runs draw pictures or ask questions. */
function besides(module, file) {
  return {
    name: 'besides',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\.?\// }, ({ path }) =>
        path.endsWith(module) ? { path: file, external: true } : undefined,
      );
    },
  };
}

/** yargs asks for the working directory when it is loaded, and that may be gone; it needs none for what we use. */
const yargsAnywhere = {
  name: 'yargs-anywhere',
  setup({ onLoad }) {
    onLoad({ filter: /yargs[\\/]lib[\\/]platform-shims[\\/]esm\.mjs$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const contents = text.replace('mainFilename || process.cwd()', 'mainFilename');
      if (contents === text) throw new Error(`${path} is not what it was`);
      return { contents, loader: 'js' };
    });
  },
};

const built = await Promise.all([
  build({
    ...shared,
    entryPoints: ['src/cli/front-door.ts'],
    outfile: `${out}/why403.cjs`,
    banner: { js: '#!/usr/bin/env node' },
    external: ['./main.cjs'],
  }),
  build({
    ...shared,
    entryPoints: ['src/cli/main.ts'],
    outfile: `${out}/main.cjs`,
    plugins: [
      yargsAnywhere,
      besides('/render/pictures/page.ts', './pictures.cjs'),
      besides('/asker.ts', './asker.cjs'),
    ],
  }),
  build({
    ...shared,
    entryPoints: ['src/render/pictures/page.ts'],
    outfile: `${out}/pictures.cjs`,
    minify: true,
  }),
  build({ ...shared, entryPoints: ['src/cli/asker.ts'], outfile: `${out}/asker.cjs`, minify: true }),
  build({
    ...shared,
    entryPoints: ['src/app/index.ts'],
    outfile: `${out}/index.js`,
    format: 'esm',
    define: { WHY403_VERSION: JSON.stringify(version) },
    inject: [],
    // Some packages are CommonJS inside and ask for Node's own modules.
    banner: {
      js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
    },
  }),
]);
writeFileSync(`${out}/THIRD-PARTY-NOTICES.txt`, notices(built.map(({ metafile }) => metafile)));
chmodSync(`${out}/why403.cjs`, 0o755);
