// Bundles the program into two CommonJS files: a front door that answers --version and `explain CODE` by itself,
// and everything else, which it loads when needed. CommonJS starts faster than ESM here (bench/start.mjs).
// They go into dist/, or into the folder that is named as an argument.
import { build } from 'esbuild';
import { chmodSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

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
  legalComments: 'linked',
  define: { 'import.meta.url': 'IMPORT_META_URL', WHY403_VERSION: JSON.stringify(version) },
  inject: ['src/cli/bundled-url.js'],
  alias: {
    // Both do work when they are loaded: a segmenter and an emoji pattern, a TLS socket. Few runs need either.
    'string-width': './src/cli/lazy-string-width.ts',
    'http2-wrapper': './src/io/no-http2.ts',
  },
  logLevel: 'warning',
};

/** Leaves a module out of a bundle and loads it from a file of its own: only `view` needs the plotting library. */
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

await Promise.all([
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
    plugins: [besides('/render/pictures/page.ts', './pictures.cjs')],
  }),
  build({
    ...shared,
    entryPoints: ['src/render/pictures/page.ts'],
    outfile: `${out}/pictures.cjs`,
    minify: true,
  }),
]);
chmodSync(`${out}/why403.cjs`, 0o755);
