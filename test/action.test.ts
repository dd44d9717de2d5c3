/** action.yml, its script run by a real bash as a runner does, with the program that was built here. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { builtInOrg, startSandbox, type Sandbox } from '../src/sandbox/server.ts';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly { readonly run: string; readonly env: Readonly<Record<string, string>> }[];
  };
}

const ROOT = join(import.meta.dirname, '..');
const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action;
const BUILT = join(ROOT, 'dist', 'why403.cjs');

let folder: string;
let sandbox: Sandbox | undefined;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'why403-action-'))));
afterEach(async () => {
  await sandbox?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the step with inputs as `with:` gives them. */
async function step(
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Promise<{ exit: number; stdout: string; outputs: string; summary: string; junit: string }> {
  const [only] = action.runs.steps;
  const file = (name: string): string => join(folder, name);
  for (const name of ['output', 'summary']) writeFileSync(file(name), '');
  // Nothing is fetched by name.
  for (const name of ['npx', 'npm']) {
    writeFileSync(file(name), '#!/bin/sh\nexit 99\n');
    chmodSync(file(name), 0o755);
  }
  const given = Object.fromEntries(
    Object.entries(only!.env).map(([variable, expression]) => {
      const name = /inputs\.([\w-]+)/.exec(expression)?.[1] ?? '';
      if (name === '') return [variable, ROOT];
      return [variable, inputs[name] ?? action.inputs[name]!.default];
    }),
  );
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', only!.run], {
    cwd: folder,
    env: {
      ...env,
      ...given,
      PATH: `${folder}${delimiter}${process.env['PATH']}`,
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const exit = await new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
  const read = (name: string): string => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : '');
  return { exit, stdout, outputs: read('output'), summary: read('summary'), junit: read('why403.xml') };
}

async function envOf(scenario?: string): Promise<Record<string, string>> {
  sandbox = await startSandbox({ org: builtInOrg('genesys'), ...(scenario && { scenario }) });
  return { ...sandbox.env };
}

describe.skipIf(process.platform === 'win32' || !existsSync(BUILT))('action.yml', () => {
  it('is a composite action whose inputs all have a default', () => {
    expect(action.runs.using).toBe('composite');
    for (const input of Object.values(action.inputs)) expect(typeof input.default).toBe('string');
  });

  it('leaves annotations, a summary and JUnit, and exit 1, on a broken org', async () => {
    const ran = await step({}, await envOf('endpoint/missing-permission'));
    expect(ran.exit).toBe(1);
    expect(ran.stdout).toMatch(/^::error title=why403%3A Broken%3A endpoint\/missing-permission/);
    expect(ran.summary).toContain('endpoint/missing-permission');
    expect(ran.junit).toMatch(/<failure /);
    expect(ran.outputs).toBe('exit-code=1\n');
  });

  it('ends with 0 on a healthy org', async () => {
    const ran = await step({}, await envOf());
    expect([ran.exit, ran.outputs]).toEqual([0, 'exit-code=0\n']);
  });

  it('exit 3 where the org is unreachable', async () => {
    const ran = await step({}, await envOf('connection/unreachable'));
    expect([ran.exit, ran.outputs]).toEqual([3, 'exit-code=3\n']);
    expect(ran.junit).toMatch(/<error /);
  });

  it('passes its inputs on as words, and runs nothing that stands in them', async () => {
    const ran = await step(
      {
        expect: 'endpoint/missing-permission',
        args: '--endpoint=POST /api/v2/analytics/conversations/aggregates/query\n\n--ignore=scope/unknown\n--reason=$(touch hacked); `touch hacked`',
      },
      await envOf('endpoint/missing-permission'),
    );
    expect(ran.exit).toBe(0);
    expect(existsSync(join(folder, 'hacked'))).toBe(false);
    expect(ran.junit).not.toMatch(/<(failure|error) /);
  });
});
