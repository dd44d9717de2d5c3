/** What a pasted command shows that its shell does not do. */
import type { Look, SaidRule } from './rule.ts';

const WINDOWS_SHELL =
  /\bcmd(?:\.exe)?\b|\bcommand prompt\b|\bC:(?:\\[^\s>]{0,120})?>|\b(?:on|under|from|with) windows\b/i;
const OTHER_SHELL = /\bpowershell\b|\bPS C:|\bgit[- ]?bash\b|\bWSL\d?\b|\bcygwin\b|\bmsys/i;

function commandsIn(look: Look): string {
  return look.scene.evidence.paste ?? '';
}

/** GNU base64 breaks its output after 76 characters, which are 57 bytes (coreutils, `base64 --wrap`). */
const LONGEST_UNBROKEN = 57;
const PIPED_TO_BASE64 =
  /\b(?:echo|printf)(?:\s+-[neE]{1,2}|\s+["']?%s(?:\\n)?["']?)?\s+(["']?)([^"'|\n]{1,300}:[^"'|\n]{1,300})\1\s*\|\s*base64\b([^)`\n]{0,60})/g;
const ON_ONE_LINE = /^\s*(?:-\w*[wb]\s?0|--wrap[= ]0|-A\b)|\btr\b|\bsed\b|\bxargs\b/;

/** id:secret goes through base64 with its line breaks, and may be long enough for one. */
function wrapped(look: Look): boolean {
  return [...commandsIn(look).matchAll(PIPED_TO_BASE64)].some(
    ([, , pair = '', rest = '']) =>
      !ON_ONE_LINE.test(rest) && (/[$•*<{]/.test(pair) || pair.length > LONGEST_UNBROKEN),
  );
}

const QUOTED_TYPOGRAPHICALLY = /\bcurl\b[^\n]{0,300}?\s(?:-\w|--[\w-]{2,20})[ =]?[“”„«‘]/;
/** What is left of a header, or of what stood in quotes, is no name of a host. */
const NO_HOST =
  /could not resolve host:? ['"]?(?:(?:bearer|basic|token|authori[sz]ation|content-type|accept|[\w-]+-token|x-[\w-]+|api-?key)\b(?![.-])|(?:get|post|put|patch|delete)\b(?!\.)|[^\s'"]{0,200}["'”“]|[0-9a-f]{24,}\b(?!\.)|\*{3,}|•{3,})/i;

const NOT_BOUND =
  /Cannot bind parameter '(?:Headers?|Token|Body|Authentication|Credential|Method)'|\bto type "System\.Security\.SecureString"/i;

export const commands: readonly SaidRule[] = [
  {
    id: 'base64-that-wraps',
    code: 'header/bad-base64',
    likelihood: 0.72,
    shows: PIPED_TO_BASE64,
    when: (look) =>
      (look.tokenRefused() || look.token.length === 0) &&
      wrapped(look) &&
      !look.says(/\bmac ?os\b|\bdarwin\b|\bmacbook\b/i),
    why: 'base64 on Linux breaks its output after 76 characters; an id and a secret of more than 56 together get a line break into the header.',
    tell: 'Add -w0 (macOS needs nothing), or let curl build the header with -u.',
  },
  {
    id: 'single-quotes-on-windows',
    code: 'request/malformed-command',
    likelihood: 0.88,
    shows: /'[^'\n]{3,300}'/,
    when: (look) =>
      /\bcurl(?:\.exe)?\b[^\n]{0,300}\s-\w{0,3}[udH]\s{0,2}'[^'\n]{3,300}'/.test(commandsIn(look)) &&
      WINDOWS_SHELL.test(commandsIn(look)) &&
      !OTHER_SHELL.test(commandsIn(look)),
    why: 'The command stands in single quotes, which cmd.exe does not know: it hands them on as part of the value.',
    tell: 'Write double quotes, and a backslash before each double quote within.',
  },
  {
    id: 'percent-names-in-another-shell',
    code: 'credential/mangled',
    likelihood: 0.92,
    pattern:
      /\bcurl(?:\.exe)?\b[^\n]{0,400}\s(?:-[udH]|--(?:user|data[\w-]{0,12}|header))[ =]{0,2}["']?[^"'\n]{0,200}%[A-Za-z_]\w{1,40}%/,
    when: (look) => /\.(?:ps1|sh): |(?:^|\s)PS [A-Z]:\\[^>\n]{0,100}>|^#!\/\S*sh\b/m.test(look.context),
    why: 'Only cmd.exe puts a value in the place of %NAME%; PowerShell and sh send the name as it stands.',
    tell: 'Write $env:NAME in PowerShell and $NAME in sh.',
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
  {
    id: 'typographic-quotes-in-a-command',
    code: 'request/malformed-command',
    likelihood: 0.93,
    shows: QUOTED_TYPOGRAPHICALLY,
    when: (look) =>
      QUOTED_TYPOGRAPHICALLY.test(commandsIn(look)) &&
      /\bcurl: \([36]\)|could not resolve host|no host part/i.test(commandsIn(look)),
    why: 'The command stands in typographic quotation marks, which no shell reads: it cuts the header at its blanks, and curl takes the rest for addresses.',
    tell: 'Write straight quotes; word processors and chats replace them.',
  },
  {
    id: 'word-taken-for-a-host',
    code: 'request/malformed-command',
    likelihood: 0.95,
    shows: NO_HOST,
    when: (look) =>
      NO_HOST.test(`${look.answers}\n${look.context}`) &&
      /\s(?:-H|--header|-d|--data\S*|-X)\b|\btoken\b|authori[sz]ation/i.test(commandsIn(look)),
    why: 'curl takes a word of the header for an address: the shell cut the quoted text apart, as it does with quotes that stand within a variable.',
    tell: 'Print the command with set -x; keep options in an array, or write each with quotes of its own.',
  },
  {
    id: 'parameter-of-powershell',
    code: 'request/malformed-command',
    likelihood: 0.94,
    shows: NOT_BOUND,
    when: (look) => NOT_BOUND.test(look.answers),
    why: 'PowerShell could not read the command: this parameter wants a value of another kind, so nothing was sent.',
    tell: 'Headers go as a table (-Headers @{ Authorization = "Bearer …" }); -Token wants a SecureString.',
  },
  {
    id: 'curl-of-powershell',
    code: 'request/malformed-command',
    likelihood: 0.84,
    where: ['prose', 'config'],
    pattern:
      /\bpowershell\b[^]{0,300}\b(?:headers?\b[^\n.]{0,80}\b(?:error|throws?|complains?|before)|throws?\b[^\n.]{0,40}\bheaders?|(?:single|double) (?:ones|quotes?)|quotes?\b[^\n.]{0,40}\b(?:error|help|matter)|curl (?:command|line|example)s?)\b/i,
    when: (look) =>
      !/curl\.exe|Invoke-RestMethod/i.test(commandsIn(look)) &&
      look.failureTold() &&
      !look.endpointStatus(403, 404) &&
      !look.tokenRefused(),
    why: 'In Windows PowerShell curl is another command (Invoke-WebRequest), which takes headers and bodies otherwise.',
    tell: 'Write curl.exe, or Invoke-RestMethod with -Headers @{ Authorization = "…" }.',
  },
];
