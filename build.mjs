// Bundles the program into two CommonJS files: a front door that answers --version and `explain CODE` by itself,
// and everything else, which it loads when needed. CommonJS starts faster than ESM here (bench/start.mjs).
import { build } from 'esbuild';
import { chmodSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist', { recursive: true });

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

await Promise.all([
  build({
    ...shared,
    entryPoints: ['src/cli/front-door.ts'],
    outfile: 'dist/why403.cjs',
    banner: { js: '#!/usr/bin/env node' },
    external: ['./main.cjs'],
  }),
  build({ ...shared, entryPoints: ['src/cli/main.ts'], outfile: 'dist/main.cjs' }),
]);
chmodSync('dist/why403.cjs', 0o755);
