/** Draws the beginning of a real run as a terminal, for the README. The text is the golden report of a case. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
export const RUN_PICTURE = join(ROOT, 'docs', 'run.svg');
const CASE = join(ROOT, 'fixtures', 'cases', 'endpoint', 'missing-permission', 'report.txt');
const COMMAND = "why403 diagnose --endpoint 'POST /api/v2/analytics/conversations/aggregates/query'";

const [LINE, SIZE, LEFT, TOP] = [19, 14, 20, 58];

/** The verdict with its ladder, then the cause; what stands between is for whoever reads on. */
function shown(report: string): string[] {
  const [ladder = '', detail = ''] = report.split(/\n-{20,}\n/);
  const head = ladder.split(/\n\nEndpoints\n/)[0] ?? '';
  const cause = detail.split(/\n\nWhat shows it\n/)[0] ?? '';
  return [`$ ${COMMAND}`, '', ...head.trimEnd().split('\n'), '', ...cause.trim().split('\n')];
}

function style(line: string): string {
  if (line.startsWith('$ ')) return 'command';
  if (/^ {2}✓/.test(line)) return 'clear';
  if (/^ {2}✗/.test(line)) return 'found';
  return line.startsWith('Broken:') || line.startsWith('No role') ? 'strong' : 'plain';
}

/** The picture; the same report gives the same bytes. */
export function runPicture(): string {
  const lines = shown(readFileSync(CASE, 'utf8'));
  const columns = Math.max(...lines.map((line) => line.length));
  const width = Math.ceil(columns * SIZE * 0.602) + 2 * LEFT;
  const height = TOP + lines.length * LINE + 10;
  const texts = lines.flatMap((line, i) => {
    if (line === '') return [];
    // A sign has the colour of its stage, the words after it are read.
    const [, sign = '', rest = line] = /^( {2}[✓✗] )(.*)$/.exec(line) ?? [];
    const inner =
      sign === '' ? escape(line) : `<tspan class="${style(line)}">${escape(sign)}</tspan>${escape(rest)}`;
    return [
      `<text class="${sign === '' ? style(line) : 'plain'}" x="${LEFT}" y="${TOP + i * LINE}">${inner}</text>`,
    ];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">A run of why403 diagnose: seven stages are clear, at the eighth the client lacks a permission, which is named.</title>
<style>text { font: ${SIZE}px ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; white-space: pre; fill: #d7dde4; }
.command { fill: #82b4ff; } .clear { fill: #7ddc96; } .found { fill: #ff9a90; } .strong { fill: #fff; font-weight: 700; }</style>
<rect width="${width}" height="${height}" rx="10" fill="#12171d"/>
<circle cx="24" cy="22" r="6" fill="#ff6b60"/><circle cx="44" cy="22" r="6" fill="#f2c063"/><circle cx="64" cy="22" r="6" fill="#7ddc96"/>
${texts.join('\n')}
</svg>
`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
