/** `why403 help`: topics out of the tables that the program itself reads, and the manual page made of the same. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { manPage } from '../docs/man-page.ts';
import { readManPage } from '../docs/generate.ts';
import { COMMANDS } from '../src/cli/commands.ts';
import { declaredOptions } from '../src/cli/declared.ts';
import { VARIABLES, variableOf } from '../src/cli/settings-layers.ts';
import { TOPICS } from '../src/cli/topics.ts';
import { FILE_KEYS } from '../src/io/settings-files.ts';
import { runCli } from './cli-run.ts';

describe('why403 help', () => {
  it.each(Object.keys(TOPICS))('%s fits the terminal and says something on every row', async (topic) => {
    const { exit, stdout } = await runCli(['help', topic]);
    expect(exit).toBe(0);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    for (const { rows } of TOPICS[topic]!().sections)
      for (const [name, meaning] of rows) {
        expect(stdout).toContain(name);
        expect(meaning, name).not.toBe(name);
      }
  });

  it('environment names every variable that is read, settings every key', async () => {
    const environment = (await runCli(['help', 'environment'])).stdout;
    for (const name of VARIABLES) expect(environment).toContain(variableOf(name));
    const settings = (await runCli(['help', 'settings'])).stdout;
    for (const key of FILE_KEYS) expect(settings).toContain(`  ${key} `);
  });

  it.each(Object.keys(COMMANDS))('%s is the help of the command', async (command) => {
    const help = await runCli(['help', command]);
    expect(help.exit).toBe(0);
    expect(help).toEqual(await runCli([command, '--help']));
  });

  it.each(Object.keys(COMMANDS))('%s takes one format', async (command) => {
    const loaded = await COMMANDS[command]!.load();
    const formats =
      declaredOptions((yargs) => loaded.options(yargs)).find(({ name }) => name === 'format')?.choices ?? [];
    const [other] = formats.filter((format) => format !== 'json');
    if (other === undefined) return;
    const argv = [command, ...(command === 'schedule' ? ['cron'] : []), '--json', '--format', other];
    if (command === 'permissions') argv.push('GET /api/v2/users');
    if (command === 'diagnose') argv.push('--offline');
    const env = { WHY403_REGION: 'eu-central-1', WHY403_CLIENT_ID: 'x', WHY403_CLIENT_SECRET: 'y' };
    const { exit, stderr } = await runCli(argv, { env });
    expect([exit, stderr]).toEqual([2, expect.stringContaining('two formats')]);
  });

  it('is the overview without a topic', async () => {
    expect((await runCli(['help'])).stdout).toBe((await runCli(['--help'])).stdout);
  });

  it('suggests the nearest topic, command and flag', async () => {
    const topic = await runCli(['help', 'exitcodes']);
    expect([topic.exit, topic.stderr]).toEqual([2, expect.stringContaining("'why403 help exit-codes'")]);
    expect((await runCli(['hlep'])).stderr).toContain("'why403 help'");
    expect((await runCli(['diagnose', '--regoin', 'x'])).stderr).toContain("'--region'");
    expect((await runCli(['diagnose', '--expct', 'x'])).stderr).toContain("'--expect'");
  });
});

describe('the manual page', () => {
  it('is as generated (npm run docs)', async () => {
    expect(readManPage()).toBe(await manPage());
  });

  it('has every command, and every option that help lists', async () => {
    const page = (await manPage()).replaceAll('\\-', '-');
    for (const [name, { load }] of Object.entries(COMMANDS)) {
      expect(page).toContain(`.SS why403 ${name}`);
      const command = await load();
      for (const option of declaredOptions((yargs) => command.options(yargs)))
        expect(page).toContain(`--${option.name}`);
    }
  });

  const groff = spawnSync('groff', ['--version']).status === 0;
  it.skipIf(!groff)('is read by groff without a warning', async () => {
    const { status, stderr, stdout } = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-z'], {
      input: await manPage(),
      encoding: 'utf8',
    });
    expect([status, stderr, stdout]).toEqual([0, '', '']);
  });
});
