import {
  answersTo,
  defineCheck,
  visibleLine,
  type Facts,
  type Said,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { proof } from '../proof.ts';
import { ledBy } from '../readings.ts';
import { correctedCommand } from './corrected-command.ts';

interface CommandFacts extends Facts {
  readonly what: string;
  readonly quotesOnly: boolean;
}

/** Defects that the reading found in a pasted command: `slug: description`. */
function defects({ evidence }: Scene): Said[] {
  return evidence.said.filter((s) => s.where === 'command' && s.key === 'defect' && s.text);
}

const described = (said: Said): string => (said.text ?? '').replace(/^[a-z-]+:\s*/, '');

export const malformedCommand = defineCheck<CommandFacts>({
  code: 'request/malformed-command',
  severity: 'error',
  blocks: false,
  title: 'The command cannot run as it stands',
  page:
    'The shell does not read the pasted command as it was meant: a quotation mark is missing or typographic, a line ' +
    'goes on without a backslash, single quotes are used in cmd.exe, an & stands outside of quotes. The request that ' +
    'leaves the machine then lacks a header or half its body, whatever the command looks like. Typographic quotes may ' +
    'also have been put there by the forum on which the command was posted.',
  references: [
    { title: 'The curl manual: -d, -H and -u', url: 'https://curl.se/docs/manpage.html' },
    {
      title: 'POSIX shell: quoting',
      url: 'https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02',
    },
  ],
  look(scene) {
    const found = defects(scene);
    const said = ledBy('request/malformed-command', scene).map((s) => ({
      ...s,
      facts: { what: s.why ?? 'the answer says so', quotesOnly: false },
    }));
    if (found.length === 0) return said;
    const quotesOnly = found.every((s) => /^(?:smart|typographic)/.test(s.text ?? ''));
    const own: Sighting<CommandFacts> = {
      facts: { what: [...new Set(found.map((s) => visibleLine(described(s))))].join('; '), quotesOnly },
      certainty: 'proved',
      evidence: found.map((s) => ({
        at: 'command',
        shows: visibleLine(described(s)),
        ...(s.source && { source: s.source }),
      })),
      explains: answersTo(scene.evidence, 'token').map((x) => x.step),
      // A command may have been changed when it was posted.
      sufficient: false,
      likelihood: quotesOnly ? 0.3 : 0.6,
      tell: 'Run it again with -v: the lines that begin with > show what was really sent.',
    };
    return [own];
  },
  cause: ({ what, quotesOnly }) =>
    `The shell will not read this command as it was meant: ${what}.` +
    (quotesOnly
      ? ' If only the forum made the quotes typographic, the command that was run may be right.'
      : ''),
  fix: (_facts, scene) => [
    {
      who: 'you',
      action:
        'Write the command with straight quotes, each opened and closed, and a backslash at the end of every line that ' +
        "goes on (in PowerShell a backtick; in cmd.exe a ^ and double quotes only). curl's -u builds the header for " +
        'you. In full, with the secret from the environment:',
      command: correctedCommand(defects(scene)[0], scene),
    },
    proof(scene, { shows: 'Or let this program send the request, so that no shell comes between.' }),
  ],
});
