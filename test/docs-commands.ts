/** The commands that stand in a Markdown file: blocks for a shell, commands in other blocks, commands in a sentence. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Commands {
  /** Whole blocks marked `sh`. */
  readonly blocks: readonly string[];
  /** Single commands of other blocks (YAML, a Dockerfile) and of sentences. */
  readonly mentioned: readonly string[];
}

const FENCE = /^([ \t]*)```(\w*)\n([\s\S]*?)^\1```$/gm;

export function commandsIn(markdown: string): Commands {
  const blocks: string[] = [];
  const mentioned: string[] = [];
  const prose = markdown.replaceAll(FENCE, (_, indent: string, language: string, body: string) => {
    const text = body.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
    if (language === 'sh') blocks.push(text);
    else mentioned.push(...[...text.matchAll(/\bwhy403 [a-z].*$/gm)].map(([line]) => closed(line)));
    return '';
  });
  mentioned.push(...[...prose.matchAll(/`(?:[A-Z]\w+=\S+ )?(why403 [^`]+)`/g)].map(([, line]) => line ?? ''));
  // A form (`why403 help a|b`) or an ellipsis is no command.
  return { blocks, mentioned: mentioned.filter((line) => !/[<>…|[\]]/.test(line)) };
}

/** A command inside quotes of another language ends where they do. */
function closed(line: string): string {
  for (const quote of [`'`, `"`]) {
    if (line.split(quote).length % 2 === 0) return line.slice(0, line.lastIndexOf(quote));
  }
  return line;
}

export interface Call {
  readonly words: readonly string[];
  readonly stdin: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What a block may call besides why403; none of them does anything here. */
const STUBS = ['npm', 'npx', 'pass', 'docker', 'kubectl', 'systemctl', 'crontab', 'curl', 'sudo', 'install'];

/**
 * Runs a block in a real bash in which `why403` only notes how it was called.
 * @param folder where the block runs
 * @returns the calls in their order; throws where bash does not understand the block
 */
export function callsOf(block: string, folder: string): Call[] {
  const notes = mkdtempSync(join(tmpdir(), 'why403-docs-calls-'));
  const script = `
set -eo pipefail
${STUBS.map((name) => `${name}() { :; }`).join('\n')}
# A block that sleeps waits for what it has begun.
sleep() { wait; }
why403() {
  local at; at=$(printf '%s/%03d' "$NOTES" "$(ls "$NOTES" | wc -l)"); mkdir "$at"
  printf '%s\\0' "$@" > "$at/words"
  if [[ -t 0 ]]; then : > "$at/stdin"; else cat > "$at/stdin"; fi
  env -0 > "$at/env"
}
${block}
wait
`;
  try {
    const { PATH } = process.env;
    const ran = spawnSync('bash', ['--noprofile', '--norc', '-c', script], {
      cwd: folder,
      env: { PATH, HOME: folder, NOTES: notes },
      input: '',
      encoding: 'utf8',
    });
    if (ran.status !== 0) throw new Error(`bash does not understand this block:\n${block}\n${ran.stderr}`);
    return readdirSync(notes)
      .sort()
      .map((name) => callAt(join(notes, name)));
  } finally {
    rmSync(notes, { recursive: true, force: true });
  }
}

function callAt(folder: string): Call {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const parts = (name: string): string[] => read(name).split('\0').slice(0, -1);
  const env = parts('env').map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]);
  return {
    words: parts('words'),
    stdin: read('stdin'),
    env: Object.fromEntries(env.filter(([name]) => /^(WHY403|GENESYSCLOUD)_/.test(name))),
  };
}

/** All hand-written Markdown files, by path from the root. */
export function documents(root: string): string[] {
  const docs = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'));
  return ['README.md', ...docs.map((file) => `docs/${file}`)].filter((file) => existsSync(join(root, file)));
}
