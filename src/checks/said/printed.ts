/** A value that somebody printed to look at its bytes: quoted with its escapes, dumped in hex or octal, or as numbers. */
import type { FindingCode } from '../../core/index.ts';
import type { Look, SaidRule } from './rule.ts';

/** Quoted by an interpreter: the value is masked or the id of a client, and what stands behind it is not. */
const QUOTED = String.raw`['"](?:\S{0,8}•{4,}\S{0,4}?|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})`;
const QUOTED_RETURN = new RegExp(String.raw`${QUOTED}\\{1,2}r(?:\\{1,2}n)?['"]`, 'i');
const QUOTED_LINE_END = new RegExp(String.raw`${QUOTED}\\{1,2}n['"]`, 'i');

/** The last row of xxd or hexdump, and of `od -c`; the column of characters may follow. */
const HEX_ROW = String.raw`^(?:[0-9a-f]{6,8}:?[ \t]+)?(?:[0-9a-f]{2}[ \t]?){1,16}`;
const HEX_RETURN = new RegExp(
  `${HEX_ROW}(?<=0d[ \\t]?(?:0a[ \\t]?)?)(?:[ \\t]{2,}\\S{1,18}|[ \\t]*\\|.{1,16}\\|)?$`,
  'im',
);
const HEX_LINE_END = new RegExp(
  `${HEX_ROW}(?<=(?<!0d[ \\t]?)0a[ \\t]?)(?:[ \\t]{2,}\\S{1,18}|[ \\t]*\\|.{1,16}\\|)?$`,
  'im',
);
const HEX_FOREIGN = new RegExp(
  `${HEX_ROW}(?<=(?:c2[ \\t]?a0|e2[ \\t]?80[ \\t]?[0-9a-f]{2}|ef[ \\t]?bb[ \\t]?bf)[ \\t]?(?:0a[ \\t]?)?)`,
  'im',
);
const OCTAL_RETURN = /^\d{7}(?:[ \t]+\S{1,3}){0,16}[ \t]+\\r(?:[ \t]+\\n)?[ \t]*$/m;
const OCTAL_LINE_END = /^\d{7}(?:[ \t]+(?!\\r)\S{1,3}){0,16}[ \t]+\\n[ \t]*$/m;
const OCTAL_FOREIGN = /^\d{7}(?:[ \t]+\S{1,3}){0,16}[ \t]+(?:302 240|342 200 2\d\d|357 273 277)\b/m;

const NUMBERS = String.raw`\[(?:[^\]\n]{0,400}, ?)?`;
const LIST_RETURN = new RegExp(`${NUMBERS}13(?:, ?10)?\\]`);
const LIST_LINE_END = new RegExp(`${NUMBERS}(?<!\\b13, ?)10\\]`);
const LIST_FOREIGN = new RegExp(
  `${NUMBERS}(?:194, ?160|226, ?128, ?1\\d\\d)\\]|\\[239, ?187, ?191,|\\[65279,|${NUMBERS}(?:8203|160)\\]`,
);

const DUMPED = /\b(?:xxd|hexdump|od)\b/;
const BYTES =
  /\bbytes\b|\.encode\(|\bord\b|\bchar_?codes?\b|\bcodepoints?\b|charCodeAt|codePointAt|ToCharArray|GetBytes|\bunpack\b|Buffer\.from/i;
const OF_A_VALUE = /secret|passw|token|client_?id|api_?key|credential/i;
/** A key in PEM form ends in a line break of its own. */
const OF_A_PEM = /private_?key|-----BEGIN|\bpem\b|certificate/i;

interface Form {
  readonly shown: RegExp;
  readonly by?: RegExp;
}

function isPrinted(forms: readonly Form[], look: Look): boolean {
  const { paste = '' } = look.scene.evidence;
  if (!OF_A_VALUE.test(paste) || OF_A_PEM.test(paste) || !look.failureTold()) return false;
  return forms.some(({ shown, by }) => (by === undefined || by.test(paste)) && shown.test(paste));
}

function row(id: string, code: FindingCode, forms: readonly Form[], why: string, tell: string): SaidRule {
  return {
    id,
    code,
    likelihood: 0.96,
    shows: new RegExp(forms.map(({ shown }) => shown.source).join('|'), 'im'),
    when: (look) => isPrinted(forms, look),
    why,
    tell,
  };
}

export const printed: readonly SaidRule[] = [
  row(
    'return-printed',
    'credential/mangled',
    [
      { shown: QUOTED_RETURN },
      { shown: HEX_RETURN, by: DUMPED },
      { shown: OCTAL_RETURN, by: DUMPED },
      { shown: LIST_RETURN, by: BYTES },
    ],
    'The value that was printed ends in a carriage return: it comes from a file with line ends of Windows.',
    'Convert the file (sed -i "s/\\r$//", dos2unix) and print the value again.',
  ),
  row(
    'line-end-printed',
    'credential/whitespace',
    [
      { shown: QUOTED_LINE_END },
      { shown: HEX_LINE_END, by: DUMPED },
      { shown: OCTAL_LINE_END, by: DUMPED },
      { shown: LIST_LINE_END, by: BYTES },
    ],
    'The value that was printed ends in a line break, which is sent as a part of it.',
    'Write it without one (printf instead of echo), or let the program take it off, and print the value again.',
  ),
  row(
    'foreign-sign-printed',
    'credential/non-ascii',
    [
      { shown: HEX_FOREIGN, by: DUMPED },
      { shown: OCTAL_FOREIGN, by: DUMPED },
      { shown: LIST_FOREIGN, by: BYTES },
    ],
    'Among the bytes that were printed is a sign that nobody sees: a no-break space, a zero-width space or a byte order mark.',
    'Copy the value through a plain text editor and print it again.',
  ),
];
