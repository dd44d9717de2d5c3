/** The units themselves, each escaped as its target reads it. */

export interface Plan {
  /** Absolute. */
  readonly node: string;
  readonly program: string;
  readonly arguments: readonly string[];
  readonly root: string;
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  /** Variables that are set now and hold a secret. */
  readonly hidden: readonly string[];
  readonly secretFile: string;
  readonly secretThere: boolean;
  /** The file of the address that a monitor waits to be asked for. */
  readonly heartbeat: { readonly file: string; readonly there: boolean; readonly wanted: boolean };
  readonly minute: number;
  readonly user: string | undefined;
  readonly mail: string | undefined;
  /** Who runs this command. */
  readonly self: string;
}

export type Target = 'cron' | 'systemd' | 'kubernetes' | 'github-actions';

export const units: { readonly [T in Target]: (plan: Plan) => string } = {
  cron,
  systemd,
  kubernetes,
  'github-actions': githubActions,
};

/** For `sh`. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function secretLines({ secretFile, secretThere, hidden, heartbeat }: Plan): string[] {
  const lines = [`# The client secret stands in ${secretFile}, readable by the export's user alone.`];
  const make = (file: string): string =>
    `# It is not there yet:  install -d -m 700 ${quoted(file.replace(/\/[^/]*$/, ''))} && (umask 077; cat > ${quoted(file)})`;
  if (!secretThere) lines.push(make(secretFile));
  if (heartbeat.wanted) {
    lines.push(`# The monitor's address, asked for after each good run, stands in ${heartbeat.file}.`);
    if (!heartbeat.there) lines.push(make(heartbeat.file));
  } else
    lines.push(
      `# For a monitor that misses a run: put its address into ${heartbeat.file}, and print this unit again.`,
    );
  for (const name of hidden)
    lines.push(
      `# ${name} is set now and holds a password, so it is not printed; put it where only the export's user can read it.`,
    );
  return lines;
}

/** crontab(5): `%` ends the command unless escaped; a variable's value is taken as it stands, quotes keep its edges. */
function cron(plan: Plan): string {
  const { node, program, arguments: words, environment, minute, user, mail } = plan;
  const command = [node, program, ...words].map(quoted).join(' ').replaceAll('%', '\\%');
  const value = (text: string): string => (/^\s|\s$|^["']/.test(text) ? `"${text}"` : text);
  return [
    user === undefined ? '# Install with: crontab -e' : '# Install as /etc/cron.d/why403',
    '# Prints nothing when all is well, so that cron mails only what goes wrong.',
    ...secretLines(plan),
    ...(mail === undefined ? ['# MAILTO=you@example.com'] : [`MAILTO=${mail}`]),
    ...environment.map(({ name, value: text }) => `${name}=${value(text)}`),
    ...(plan.heartbeat.wanted ? [`WHY403_HEARTBEAT_FILE=${value(plan.heartbeat.file)}`] : []),
    `${minute} * * * * ${user === undefined ? '' : `${user} `}${command}`,
    '',
  ].join('\n');
}

/** systemd.service(5), systemd.timer(5): `%` is written twice, `$` too, words are quoted with `"`. */
function systemd(plan: Plan): string {
  const { node, program, arguments: words, environment, minute, user, root, secretFile } = plan;
  const word = (text: string): string => {
    const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%');
    return /[\s"'\\;]/.test(text) ? `"${escaped}"` : escaped;
  };
  const execWord = (text: string): string => word(text).replaceAll('$', '$$$$');
  return [
    '# /etc/systemd/system/why403-export.service',
    ...secretLines(plan),
    '[Unit]',
    'Description=why403: the hourly export',
    'Wants=network-online.target',
    'After=network-online.target',
    '# Name a unit of yours that sends a mail: OnFailure=mail-root@%n.service',
    '',
    '[Service]',
    'Type=oneshot',
    `User=${user ?? plan.self}`,
    `LoadCredential=client-secret:${word(secretFile)}`,
    ...environment
      .filter(({ name }) => name !== 'WHY403_CLIENT_SECRET_FILE')
      .map(({ name, value }) => `Environment=${word(`${name}=${value}`)}`),
    'Environment=WHY403_CLIENT_SECRET_FILE=%d/client-secret',
    ...(plan.heartbeat.wanted
      ? [
          `LoadCredential=heartbeat:${word(plan.heartbeat.file)}`,
          'Environment=WHY403_HEARTBEAT_FILE=%d/heartbeat',
        ]
      : []),
    'CacheDirectory=why403',
    'CacheDirectoryMode=0700',
    'Environment=XDG_CACHE_HOME=%C',
    `ExecStart=${[node, program, ...words].map(execWord).join(' ')}`,
    'KillSignal=SIGTERM',
    'TimeoutStopSec=120',
    'NoNewPrivileges=yes',
    'ProtectSystem=full',
    `ReadWritePaths=${word(root)}`,
    '',
    '# /etc/systemd/system/why403-export.timer',
    '[Unit]',
    'Description=why403: the hourly export',
    '',
    '[Timer]',
    `OnCalendar=*-*-* *:${String(minute).padStart(2, '0')}:00`,
    'Persistent=true',
    '',
    '[Install]',
    'WantedBy=timers.target',
    '',
    '# systemctl daemon-reload && systemctl enable --now why403-export.timer',
    '',
  ].join('\n');
}

/** JSON strings are YAML strings. */
const yaml = (text: string): string => JSON.stringify(text);

function kubernetes({ arguments: words, environment, minute, root, heartbeat }: Plan): string {
  const out = words.map((text) => (text.startsWith(root) ? `/archive${text.slice(root.length)}` : text));
  const indent = ' '.repeat(16);
  return [
    `# kubectl create secret generic why403 --from-file=client-secret=FILE${heartbeat.wanted ? ' --from-file=heartbeat=FILE' : ''}`,
    '# The image needs Node 20.19 or newer and the program: npm i -g why403',
    'apiVersion: batch/v1',
    'kind: CronJob',
    'metadata:',
    '  name: why403-export',
    'spec:',
    `  schedule: ${yaml(`${minute} * * * *`)}`,
    '  timeZone: Etc/UTC',
    '  concurrencyPolicy: Forbid',
    '  startingDeadlineSeconds: 1800',
    '  jobTemplate:',
    '    spec:',
    '      backoffLimit: 0',
    '      template:',
    '        spec:',
    '          restartPolicy: Never',
    '          terminationGracePeriodSeconds: 120',
    '          # The lock names the host: with one name, what a killed pod left behind is taken over at once.',
    '          hostname: why403-export',
    '          containers:',
    '            - name: export',
    '              image: YOUR-IMAGE',
    `              command: [${['why403', ...out].map(yaml).join(', ')}]`,
    '              env:',
    ...environment
      .filter(({ name }) => name !== 'WHY403_CLIENT_SECRET_FILE' && name !== 'NODE_EXTRA_CA_CERTS')
      .flatMap(({ name, value }) => [`${indent}- name: ${name}`, `${indent}  value: ${yaml(value)}`]),
    `${indent}- name: WHY403_CLIENT_SECRET_FILE`,
    `${indent}  value: /secrets/client-secret`,
    ...(heartbeat.wanted
      ? [`${indent}- name: WHY403_HEARTBEAT_FILE`, `${indent}  value: /secrets/heartbeat`]
      : []),
    `${indent}- name: XDG_CACHE_HOME`,
    `${indent}  value: /archive/.cache`,
    '              volumeMounts:',
    `${indent}- { name: archive, mountPath: /archive }`,
    `${indent}- { name: secret, mountPath: /secrets, readOnly: true }`,
    '          volumes:',
    '            - name: archive',
    '              persistentVolumeClaim: { claimName: why403-archive }',
    '            - name: secret',
    '              secret: { secretName: why403, defaultMode: 0400 }',
    '',
  ].join('\n');
}

function githubActions({ arguments: words, environment, minute, root, heartbeat }: Plan): string {
  const out = words.map((text) => (text.startsWith(root) ? `archive${text.slice(root.length)}` : text));
  return [
    '# .github/workflows/why403-export.yml; the secret is the repository secret WHY403_CLIENT_SECRET',
    '# GitHub may start a schedule late or leave one out; the next run fetches what was missed.',
    'name: why403 export',
    'on:',
    '  schedule:',
    `    - cron: ${yaml(`${minute} * * * *`)}`,
    '  workflow_dispatch:',
    'concurrency: why403-export',
    'permissions:',
    '  contents: write',
    'jobs:',
    '  export:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: actions/checkout@v4',
    '      - uses: actions/setup-node@v4',
    '        with: { node-version: 22 }',
    `      - run: npx --yes why403 ${out.map(quoted).join(' ')}`,
    '        env:',
    ...environment
      .filter(
        ({ name }) =>
          !['WHY403_CLIENT_SECRET_FILE', 'NODE_EXTRA_CA_CERTS', 'HTTPS_PROXY', 'NO_PROXY'].includes(name),
      )
      .map(({ name, value }) => `          ${name}: ${yaml(value)}`),
    '          WHY403_CLIENT_SECRET: ${{ secrets.WHY403_CLIENT_SECRET }}',
    ...(heartbeat.wanted ? ['          WHY403_HEARTBEAT: ${{ secrets.WHY403_HEARTBEAT }}'] : []),
    '      # The archive lives in the repository; another place needs another step here.',
    '      - if: always()',
    '        run: |',
    '          git add archive && git diff --cached --quiet || {',
    '            git -c user.name=why403 -c user.email=why403@users.noreply.github.com commit -m "export" && git push; }',
    '',
  ].join('\n');
}
