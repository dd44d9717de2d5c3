/** What people and machines see of the program: a real browser, a real proxy, schemas. `npm run test:people`. */
import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

const merged = mergeConfig(
  base,
  defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: 2 } }),
);
// What else is about people runs with `npm test` as well: completion in a real bash, proxies, every documented command.
const shared = ['completion', 'proxy', 'docs-commands'].map((name) => `test/${name}.test.ts`);

// mergeConfig joins lists, and most tests of `npm test` are not these.
export default {
  ...merged,
  test: {
    ...merged.test,
    globalSetup: 'test/people/unpack.ts',
    include: ['test/people/**/*.test.ts', ...shared],
    exclude: [],
  },
};
