import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '..', 'src');

/** The floors: a room imports rooms of lower floors only, and of the packages just those named here. */
const HOUSE: Record<string, { floor: number; packages: readonly string[]; node: boolean }> = {
  core: { floor: 0, packages: [], node: false },
  checks: { floor: 1, packages: [], node: false },
  providers: { floor: 1, packages: [], node: false },
  catalogue: { floor: 1, packages: ['yaml', '@streamparser/json', 'fastest-levenshtein'], node: false },
  reading: { floor: 1, packages: [], node: false },
  datasets: { floor: 1, packages: [], node: false },
  diagnose: { floor: 1, packages: [], node: false },
  export: { floor: 1, packages: [], node: false },
  render: {
    floor: 1,
    packages: ['csv-writer', 'fast-string-width', 'fast-wrap-ansi', '@observablehq/plot', 'linkedom'],
    node: false,
  },
  io: {
    floor: 2,
    packages: ['got', 'jose', 'smol-toml', 'http-proxy-agent', 'https-proxy-agent', 'proxy-from-env'],
    node: true,
  },
  sandbox: { floor: 2, packages: ['jose'], node: true },
  app: { floor: 3, packages: [], node: false },
  cli: { floor: 4, packages: ['yargs', 'chalk', 'ora', 'fastest-levenshtein', '@clack/prompts'], node: true },
};

/** A table may be longer than a room; it says so here. */
const TABLES: readonly string[] = [
  'catalogue/built-in.ts',
  'providers/vendors/entra-codes.ts',
  'providers/vendors/entra.ts',
  'providers/vendors/identity.ts',
  'providers/vendors/messages.ts',
  'providers/vendors/microsoft-apis.ts',
  'providers/vendors/platforms-google.ts',
  'providers/vendors/platforms-media.ts',
  'providers/vendors/platforms-salesforce.ts',
  'providers/vendors/platforms-talk.ts',
  'providers/vendors/services.ts',
  'providers/vendors/smaller.ts',
  'providers/vendors/source-server-words.ts',
  'providers/vendors/source-token-words.ts',
];

interface Import {
  readonly file: string;
  readonly target: string;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.ts'))
  .map((f) => f.split(sep).join('/'));

const sources = new Map(
  files.map((file) => [
    file,
    ts.createSourceFile(file, readFileSync(join(SRC, file), 'utf8'), ts.ScriptTarget.ES2023, true),
  ]),
);

const imports: Import[] = files.flatMap((file) => {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      found.push({ file, target: (node.moduleSpecifier as ts.StringLiteral).text });
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteral(argument)) found.push({ file, target: argument.text });
    }
    ts.forEachChild(node, visit);
  };
  visit(sources.get(file)!);
  return found;
});

const roomOf = (file: string) => file.split('/')[0] ?? '';
const inside = ({ file, target }: Import) =>
  relative(SRC, join(SRC, file, '..', target))
    .split(sep)
    .join('/');

describe('the house', () => {
  it('has no room that is not on a floor', () => {
    expect([...new Set(files.map(roomOf))].filter((room) => !HOUSE[room])).toEqual([]);
    expect(imports.length).toBeGreaterThan(50);
  });

  it('lets each room know only the floors below', () => {
    const wrong = imports.filter((i) => {
      if (!i.target.startsWith('.')) return false;
      const [from, to] = [roomOf(i.file), roomOf(inside(i))];
      if (from === to || HOUSE[to] === undefined) return false;
      const [a, b] = [HOUSE[from]!.floor, HOUSE[to].floor];
      return a === 2 ? b !== 0 : b >= a || (a === 1 && b !== 0);
    });
    expect(wrong.map((i) => `${i.file} → ${i.target}`)).toEqual([]);
  });

  it('lets each room use only its own packages', () => {
    const wrong = imports.filter(({ file, target }) => {
      if (target.startsWith('.')) return false;
      const room = HOUSE[roomOf(file)]!;
      if (target.startsWith('node:')) return !room.node;
      const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : target.split('/')[0]!;
      return !room.packages.includes(name);
    });
    expect(wrong.map((i) => `${i.file} → ${i.target}`)).toEqual([]);
  });

  it('keeps what the program knows free of clocks, chance and the process', () => {
    const wrong = files.filter((f) => HOUSE[roomOf(f)]!.floor <= 1).flatMap(impurities);
    expect(wrong).toEqual([]);
  });

  it('keeps every room under 300 lines', () => {
    const long = files
      .filter((f) => !TABLES.includes(f))
      .map((f) => ({ f, lines: readFileSync(join(SRC, f), 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > 301);
    expect(long).toEqual([]);
  });

  it('has no attic', () => {
    expect(files.filter((f) => /(^|\/)(utils?|helpers?|misc|common)(\/|\.ts$)/.test(f))).toEqual([]);
  });
});

/** Calls that ask the world for something: the time, chance, the process, the network. */
function impurities(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = node.getText(sources.get(file));
    if (ts.isPropertyAccessExpression(node) && /^(Date\.now|Math\.random|process\.\w+)$/.test(text)) {
      found.push(`${file}: ${text}`);
    }
    if (ts.isNewExpression(node) && text === 'new Date()') found.push(`${file}: ${text}`);
    if (ts.isCallExpression(node) && /^(setTimeout|setInterval|fetch)$/.test(node.expression.getText())) {
      found.push(`${file}: ${text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(sources.get(file)!);
  return found;
}
