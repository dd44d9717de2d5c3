/** The manual page why403(1), from the same declarations as `--help` and `why403 help`. man(7) macros. */
import { COMMANDS } from '../src/cli/commands.ts';
import { declaredOptions, type DeclaredOption } from '../src/cli/declared.ts';
import { TOPICS, type Topic } from '../src/cli/topics.ts';

/** The page as roff. It has no date and no version, so that it changes only when the program does. */
export async function manPage(): Promise<string> {
  const commands = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, { load }]) => {
      const { usage, describe, options } = await load();
      return commandSection(name, usage, describe, declaredOptions(options));
    }),
  );
  return [
    '.\\" Made by docs/generate.ts of what --help prints; change it there.',
    '.TH WHY403 1 "" "why403" "User Commands"',
    '.SH NAME',
    `why403 ${roff('- find out why an OAuth machine-to-machine integration answers 403 or invalid_grant')}`,
    '.SH SYNOPSIS',
    '.B why403',
    '.I command',
    roff('[options]'),
    '.SH DESCRIPTION',
    roff(
      'Climbs a ladder of checks, stops at the first one that breaks, proves the cause with evidence, and says who must do what, where. Once the cause is fixed, the same program is the hourly export of queue statistics. Genesys Cloud first; any OAuth server second.',
    ),
    '.SH COMMANDS',
    ...commands,
    ...Object.values(TOPICS).flatMap((topic) => topicSection(topic())),
    '.SH EXAMPLES',
    ...EXAMPLES.flatMap(([command, what]) => ['.TP', `.B ${roff(command)}`, roff(what)]),
    '',
  ].join('\n');
}

const EXAMPLES: readonly (readonly [string, string])[] = [
  ['why403 demo', 'A failure found, fixed and exported, against a built-in sandbox.'],
  ['why403 diagnose --region eu-central-1', 'Climbs the ladder; id and secret come from the environment.'],
  ['why403 explain - < forum-post.txt', 'Finds the cause in what somebody pasted; sends nothing.'],
  ['why403 export -q', 'The hourly export, for cron: prints nothing when all is well.'],
];

function commandSection(
  name: string,
  usage: string,
  describe: string,
  options: readonly DeclaredOption[],
): string {
  const groups = [...new Set(options.map(({ group }) => group))];
  return [
    `.SS why403 ${name}`,
    `.B why403 ${roff(usage)}`,
    '.PP',
    roff(describe.replaceAll(/\s*\n\s*/g, ' ')),
    ...groups.flatMap((group) => [
      '.PP',
      `.I ${roff(group.replace(/:$/, ''))}`,
      ...options.filter((option) => option.group === group).flatMap(optionLines),
    ]),
  ].join('\n');
}

function optionLines({ name, aliases, describe, choices, takesValue }: DeclaredOption): string[] {
  const names = [...aliases, name].map((one) => (one.length === 1 ? `-${one}` : `--${one}`)).join(', ');
  const value = takesValue ? ` ${choices.length > 0 ? choices.join('|') : 'VALUE'}` : '';
  return ['.TP', `.B ${roff(names + value)}`, roff(describe)];
}

function topicSection({ title, about, sections, remarks }: Topic): string[] {
  return [
    `.SH ${roff(title.toUpperCase())}`,
    roff(about),
    ...sections.flatMap(({ heading, rows }) => [
      `.SS ${roff(heading)}`,
      ...rows.flatMap(([name, meaning]) => ['.TP', `.B ${roff(name)}`, roff(meaning)]),
    ]),
    ...remarks.flatMap((remark) => ['.PP', roff(remark)]),
  ];
}

/** Text for roff: a hyphen that is typed is `\-`; what stands first on a line must be no control character. */
function roff(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('…', '...')
    .replaceAll("'", '\\(aq')
    .replaceAll('"', '\\(dq')
    .replaceAll('·', '\\(bu');
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}
