// Start-up as a ratio to bare Node: medians of interleaved runs, so that a noisy machine disturbs all alike.
import { spawnSync } from 'node:child_process';

const RUNS = Number(process.argv[2] ?? 31);
// Set on some machines, it makes bare Node itself read a bundle of certificates at every start.
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS;

const variants = {
  'node -e 0': ['-e', '0'],
  'why403 --version': ['dist/why403.cjs', '--version'],
  'why403 explain CODE': ['dist/why403.cjs', 'explain', 'endpoint/missing-permission'],
  'why403 --help': ['dist/why403.cjs', '--help'],
  'why403 diagnose --help': ['dist/why403.cjs', 'diagnose', '--help'],
};
const goals = { 'why403 --version': 1.5, 'why403 explain CODE': 2 };

const times = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
for (let run = 0; run < RUNS; run++) {
  for (const [name, args] of Object.entries(variants)) {
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, args, { env });
    if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
    times[name].push(Number(process.hrtime.bigint() - start) / 1e6);
  }
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const bare = median(times['node -e 0']);
console.log(`Node ${process.version}, ${RUNS} runs each, medians`);
for (const [name, list] of Object.entries(times)) {
  const goal = goals[name] ? `  goal ${goals[name]}` : '';
  const ms = median(list);
  console.log(`${name.padEnd(24)} ${ms.toFixed(0).padStart(4)} ms  × ${(ms / bare).toFixed(2)}${goal}`);
}
