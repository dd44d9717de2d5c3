/** The topics of `why403 help`: exit codes, variables, settings. The manual page is made of the same. */
import { FILE_KEYS } from '../io/settings-files.ts';
import { declaredOptions } from './declared.ts';
import { GENESYSCLOUD, VARIABLES, variableOf } from './settings-layers.ts';
import { addSettingsOptions } from './settings-options.ts';

/** A row: a name, and what it means. */
export type Row = readonly [name: string, meaning: string];

export interface Topic {
  readonly title: string;
  readonly about: string;
  readonly sections: readonly { readonly heading: string; readonly rows: readonly Row[] }[];
  /** Paragraphs behind the tables. */
  readonly remarks: readonly string[];
}

const EXIT_CODES: Topic = {
  title: 'Exit codes',
  about: 'The same in every format, so a script need not read what is printed.',
  sections: [
    {
      heading: 'Every command',
      rows: [
        ['0', 'healthy; exported; nothing owed; a page was printed'],
        [
          '1',
          'broken: the server refused or something is wrong, and the cause is named, proved or suspected',
        ],
        ['2', 'usage or configuration: nothing was sent'],
        ['3', 'inconclusive: nobody answered, or a failure is shown that nothing shown explains'],
        ['4', 'an export stopped after its gate; nothing is lost, the next run goes on from there'],
        ['5', 'another export holds the archive'],
        ['70', 'a fault of why403 itself'],
        ['130', 'interrupted (SIGINT); 143: SIGTERM'],
      ],
    },
    {
      heading: 'What a command makes of them',
      rows: [
        ['diagnose', '0 also where all that was found is ignored, expected or in the baseline'],
        ['diagnose --expect', '0 only if exactly that is found, else 1'],
        ['diagnose --fail-on warning', '1 also for a warning'],
        ['explain', '0 for a code, and where no failure is shown and nothing shown is wrong'],
        ['permissions', '1 where an endpoint does not exist'],
        ['status', '1 where an owed hour is late (--max-age), 2 where there is no archive'],
      ],
    },
  ],
  remarks: [
    'Where there is no report, a machine format prints {"schema":1,"tool":"why403","error":{…}} with the exit code in it.',
  ],
};

/** Variables that are nobody's flag. */
const OTHER_VARIABLES: readonly Row[] = [
  ['WHY403_PROFILE', '--profile'],
  ['HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY', 'proxies, in either case; loopback is never proxied'],
  ['NODE_EXTRA_CA_CERTS', 'a PEM file of certificates to trust besides the usual ones'],
  ['NO_COLOR', 'no colour, whatever its value'],
  ['XDG_CONFIG_HOME', 'where why403/config.toml is; default ~/.config'],
  ['XDG_CACHE_HOME', 'where the token cache and the catalogue are; default ~/.cache'],
  ['CREDENTIALS_DIRECTORY', "systemd's; a secret's path may begin with $CREDENTIALS_DIRECTORY/"],
  ['GITHUB_STEP_SUMMARY', '--format github appends the whole report to this file'],
];

const SECRET_VARIABLES: readonly Row[] = [
  ['client-secret', "the client's secret itself; a file is better"],
  ['authorization', 'an Authorization header to check instead of building one'],
  ['access-token', 'a ready token, used only where no client is set'],
];

/** What each setting means, by flag name; the words are those of `--help`. */
function meanings(): ReadonlyMap<string, string> {
  return new Map([
    ...declaredOptions(addSettingsOptions).map(({ name, describe }): Row => [name, describe]),
    ...SECRET_VARIABLES,
  ]);
}

function environment(): Topic {
  const known = meanings();
  return {
    title: 'Environment',
    about:
      'Variables stand between the config file and a profile: default < config file < environment < profile < flag.',
    sections: [
      {
        heading: 'Settings',
        rows: VARIABLES.map((name): Row => [variableOf(name), known.get(name) ?? name]),
      },
      {
        heading: 'Where those are not set: as Terraform and the SDKs name them',
        rows: GENESYSCLOUD.map(([name, variable]): Row => [variable, `as ${variableOf(name)}`]),
      },
      { heading: 'Besides', rows: OTHER_VARIABLES },
    ],
    remarks: [
      'An empty variable counts as not set.',
      "Id and secret come from one source as a pair. 'why403 diagnose -v' says which source supplied each setting and which were passed over, by fingerprint, never by value.",
    ],
  };
}

function settings(): Topic {
  const known = meanings();
  return {
    title: 'Settings',
    about: `The config file is $XDG_CONFIG_HOME/why403/config.toml (~/.config/why403/config.toml). Its keys are the flags' names, with - or _.`,
    sections: [
      { heading: 'Keys', rows: FILE_KEYS.map((name): Row => [name, known.get(name) ?? name]) },
      {
        heading: 'Sections',
        rows: [
          ['profile = "NAME"', 'the profile to use where none is named'],
          ['[profiles.NAME]', 'the keys of a profile; -p NAME chooses it'],
        ],
      },
      {
        heading: 'Read as well',
        rows: [
          [
            '~/.gc/config.toml',
            "the profiles of the Genesys Cloud CLI 'gc': -p NAME works with them as they are",
          ],
          [
            'GENESYSCLOUD_…',
            "the variables of the Terraform provider and the SDKs; see 'why403 help environment'",
          ],
        ],
      },
      {
        heading: 'Where the secret may stand',
        rows: [
          ['a file', 'client-secret-file: readable by you alone (chmod 600), else a warning'],
          ['a mounted file', 'of Kubernetes, Docker or systemd: the same setting, /run/secrets/…'],
          [
            'systemd',
            'client-secret-file = "$CREDENTIALS_DIRECTORY/client-secret", with LoadCredential= in the unit',
          ],
          ['a command', 'client-secret-command: what it prints, e.g. of a password manager'],
          ['standard input', '--client-secret-stdin'],
          ['a command line', 'never: everybody may read it there, and the shell keeps it in its history'],
        ],
      },
    ],
    remarks: [
      "'why403 init' asks for what is missing, tests it, and writes a profile if you say so.",
      'One final line break of a file, a command or standard input is taken off, and nothing else: a value is judged byte for byte.',
    ],
  };
}

export const TOPICS: Readonly<Record<string, () => Topic>> = {
  'exit-codes': () => EXIT_CODES,
  environment,
  settings,
};

/** A topic for a terminal of so many columns. */
export function topicText(topic: Topic, columns: number): string {
  const width = Math.max(40, Math.min(100, columns));
  const sections = topic.sections.map(({ heading, rows }) => {
    const longest = Math.max(...rows.map(([name]) => name.length));
    const left = Math.min(longest, Math.floor(width / 2) - 4) + 4;
    return `${heading}:\n${rows.map((row) => rowText(row, left, width)).join('')}`;
  });
  const paragraphs = [topic.about, ...sections, ...topic.remarks].map((part) =>
    part.includes('\n') ? part.trimEnd() : wrapped(part, width).join('\n'),
  );
  return `${topic.title}\n\n${paragraphs.join('\n\n')}\n`;
}

function rowText([name, meaning]: Row, left: number, width: number): string {
  const lines = wrapped(meaning, width - left);
  const indent = ' '.repeat(left);
  const head = `  ${name}`;
  const first = head.length + 2 > left ? `${head}\n${indent}` : head.padEnd(left);
  return `${first}${lines.join(`\n${indent}`)}\n`;
}

function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
