/** What a pasted command shows that its shell does not do. */
import type { Look, SaidRule } from './rule.ts';

const WINDOWS_SHELL =
  /\bcmd(?:\.exe)?\b|\bcommand prompt\b|\bC:(?:\\[^\s>]{0,120})?>|\b(?:on|under|from|with) windows\b/i;
const OTHER_SHELL = /\bpowershell\b|\bPS C:|\bgit[- ]?bash\b|\bWSL\d?\b|\bcygwin\b|\bmsys/i;

function commandsIn(look: Look): string {
  return look.scene.evidence.paste ?? '';
}

export const commands: readonly SaidRule[] = [
  {
    id: 'single-quotes-on-windows',
    code: 'request/malformed-command',
    likelihood: 0.88,
    when: (look) =>
      /\bcurl(?:\.exe)?\b[^\n]{0,300}\s-\w{0,3}[udH]\s{0,2}'[^'\n]{3,300}'/.test(commandsIn(look)) &&
      WINDOWS_SHELL.test(commandsIn(look)) &&
      !OTHER_SHELL.test(commandsIn(look)),
    why: 'The command stands in single quotes, which cmd.exe does not know: it hands them on as part of the value.',
    tell: 'Write double quotes, and a backslash before each double quote within.',
  },
  {
    id: 'header-in-pieces',
    code: 'request/malformed-command',
    likelihood: 0.9,
    pattern:
      /\s(?:-H|--header)\s+(?:authorization|content-type|accept|x-[\w-]{2,40}|api-?key)(?::\s+|\s+)(?![\\-])\S/i,
    where: ['command', 'config', 'code'],
    why: 'A header stands without quotes around it, so the shell cuts it at the blank, and curl takes the rest for addresses.',
    tell: 'Put the whole header into quotes, with its colon: -H "Authorization: Bearer …".',
  },
];
