/** The first file that runs. What needs no option parser is answered here; everything else is `main`. */
import { printFindingPage } from './pages.ts';

declare const WHY403_VERSION: string;

const [first, second, ...rest] = process.argv.slice(2);

if (first === '--version' && second === undefined) {
  process.stdout.write(`${WHY403_VERSION}\n`);
} else if (first === 'explain' && second !== undefined && rest.length === 0 && printFindingPage(second)) {
  process.exitCode = 0;
} else {
  // A variable, so that the bundler leaves it a separate file.
  const main = './main.cjs';
  // CommonJS on purpose: it starts faster (bench/start.mjs).
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would have to be awaited and starts slower
  void (require(main) as { main: () => Promise<void> }).main();
}
