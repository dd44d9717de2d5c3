/** The units of this machine, cron and systemd, each escaped as its target reads it. */
import type { PlanFile } from './schedule-files.ts';
import type { Plan } from './schedule-plan.ts';

/** For `sh`. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The words that name a file by its flag, where it stands at `at`. */
export function flagWords(files: readonly PlanFile[], at: (file: PlanFile) => string): string[] {
  return files.flatMap((file) => (file.flag === undefined ? [] : [file.flag, at(file)]));
}

/** The variables that name a file, where it stands at `at`. */
export function fileVariables(
  files: readonly PlanFile[],
  at: (file: PlanFile) => string,
): { name: string; value: string }[] {
  return files.flatMap((file) =>
    file.variable === undefined ? [] : [{ name: file.variable, value: at(file) }],
  );
}

/** What a unit can't hold, as comments. */
export function remarkLines(plan: Plan): string[] {
  return plan.remarks.map((remark) => `# ${remark}`);
}

function secretLines(plan: Plan, whose: string): string[] {
  const { files, secretCommand, hidden, proxy, heartbeat } = plan;
  const lines: string[] = [];
  if (secretCommand !== undefined)
    lines.push(
      `# The client secret is what WHY403_CLIENT_SECRET_COMMAND prints; ${whose} has a short PATH and no terminal, so name programs by their whole path.`,
    );
  for (const { what, path, there } of files.filter(({ secret }) => secret)) {
    lines.push(`# ${what} stands in ${path}, readable by the export's user alone.`);
    if (!there)
      lines.push(
        `# It is not there yet:  install -d -m 700 ${quoted(path.replace(/\/[^/]*$/, ''))} && (umask 077; cat > ${quoted(path)})`,
      );
  }
  if (!files.some(({ key }) => key === 'heartbeat'))
    lines.push(
      `# For a monitor that misses a run: put its address into ${heartbeat}, and print this unit again.`,
    );
  for (const name of hidden)
    lines.push(
      `# ${name} is set now and is a secret, so it is not printed; put it where only the export's user can read it.`,
    );
  if (proxy && proxy.plain === undefined)
    lines.push(
      `# The proxy (HTTPS_PROXY) holds a password, so it is not printed; proxy = "http://…" goes into ~/.config/why403/config.toml of the export's user, chmod 600.`,
    );
  return [...lines, ...remarkLines(plan)];
}

function localEnvironment({ environment, proxy, noProxy, secretCommand }: Plan): Plan['environment'] {
  return [
    ...environment,
    ...(secretCommand === undefined ? [] : [{ name: 'WHY403_CLIENT_SECRET_COMMAND', value: secretCommand }]),
    ...(proxy?.plain === undefined ? [] : [{ name: 'HTTPS_PROXY', value: proxy.plain }]),
    ...(noProxy === undefined ? [] : [{ name: 'NO_PROXY', value: noProxy }]),
  ];
}

const where = ({ path }: PlanFile): string => path;

/** crontab(5): `%` ends the command unless escaped; a variable's value is taken as it stands, quotes keep its edges. */
export function cron(plan: Plan): string {
  const { node, program, words, files, out, minute, user, mail } = plan;
  const command = [node, program, ...words, ...flagWords(files, where), '--out', out]
    .map(quoted)
    .join(' ')
    .replaceAll('%', '\\%');
  const value = (text: string): string => (/^\s|\s$|^["']/.test(text) ? `"${text}"` : text);
  return [
    user === undefined ? '# Install with: crontab -e' : '# Install as /etc/cron.d/why403',
    '# Prints nothing when all is well, so that cron mails only what goes wrong.',
    ...secretLines(plan, 'cron'),
    ...(mail === undefined ? ['# MAILTO=you@example.com'] : [`MAILTO=${value(mail)}`]),
    ...[...localEnvironment(plan), ...fileVariables(files, where)].map(
      ({ name, value: text }) => `${name}=${value(text)}`,
    ),
    `${minute} * * * * ${user === undefined ? '' : `${user} `}${command}`,
    '',
  ].join('\n');
}

/** systemd.service(5), systemd.timer(5): `%` is written twice, `$` too, words are quoted with `"`. */
export function systemd(plan: Plan): string {
  const { node, program, words, files, out, minute, root } = plan;
  const owner = plan.user ?? plan.self;
  const percent = (text: string): string => text.replaceAll('%', '%%');
  const word = (text: string): string => {
    const escaped = percent(text.replaceAll('\\', '\\\\').replaceAll('"', '\\"'));
    return /[\s"'\\;]/.test(text) ? `"${escaped}"` : escaped;
  };
  const execWord = (text: string): string => word(text).replaceAll('$', '$$$$');
  const isSecret = ({ secret }: PlanFile): boolean => secret;
  // What the manager reads as root and hands over stands in a folder of the unit's own, which %d names.
  const environment = [
    ...localEnvironment(plan),
    ...fileVariables(
      files.filter((file) => !isSecret(file)),
      where,
    ),
  ].map((pair) => `Environment=${word(`${pair.name}=${pair.value}`)}`);
  const mounted = fileVariables(files.filter(isSecret), ({ key }) => `%d/${key}`).map(
    ({ name, value }) => `Environment=${name}=${value}`,
  );
  const flags = files.flatMap((file) =>
    file.flag === undefined ? [] : [file.flag, isSecret(file) ? `%d/${file.key}` : execWord(file.path)],
  );
  return [
    '# /etc/systemd/system/why403-export.service',
    ...secretLines(plan, 'the unit'),
    '[Unit]',
    'Description=why403: the hourly export',
    'Wants=network-online.target',
    'After=network-online.target',
    '# Name a unit of yours that sends a mail: OnFailure=mail-root@%n.service',
    '',
    '[Service]',
    'Type=oneshot',
    `User=${owner}`,
    // The path is the rest of the line, without quotes.
    ...files.filter(isSecret).map(({ key, path }) => `LoadCredential=${key}:${percent(path)}`),
    ...environment,
    ...mounted,
    'CacheDirectory=why403',
    'CacheDirectoryMode=0700',
    'Environment=XDG_CACHE_HOME=%C',
    '# As root, once: a folder that is missing is made, one that is there stays as it is.',
    `ExecStartPre=+/bin/sh -c 'test -d "$$1" || exec install -d -o "$$0" -- "$$1"' ${[owner, root].map(execWord).join(' ')}`,
    `ExecStart=${[...[node, program, ...words].map(execWord), ...flags, '--out', execWord(out)].join(' ')}`,
    'KillSignal=SIGTERM',
    'TimeoutStopSec=120',
    'NoNewPrivileges=yes',
    'ProtectSystem=full',
    `ReadWritePaths=${word(`-${root}`)}`,
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
