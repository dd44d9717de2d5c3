import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They need a browser and take minutes: npm run test:people.
    exclude: ['test/people/**'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: [['default', { summary: false }], './test/count-reporter.ts'],
    // A machine's own settings must not reach the tests: they'd find somebody's org, proxy or cache.
    env: {
      NO_COLOR: '1',
      HTTPS_PROXY: '',
      HTTP_PROXY: '',
      ALL_PROXY: '',
      NO_PROXY: '',
      https_proxy: '',
      http_proxy: '',
      all_proxy: '',
      no_proxy: '',
    },
    coverage: { provider: 'v8', include: ['src/**'] },
  },
});
