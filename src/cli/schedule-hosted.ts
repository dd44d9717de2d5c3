/** The units of other machines, Kubernetes and GitHub Actions: files and secrets of this one come by reference. */
import type { PlanFile } from './schedule-files.ts';
import type { Plan } from './schedule-plan.ts';
import { fileVariables, flagWords, quoted, remarkLines } from './schedule-units.ts';
import { VERSION } from './version.ts';

/** JSON strings are YAML strings. */
const yaml = (text: string): string => JSON.stringify(text);

const PACKAGE = `why403-${VERSION}.tgz`;

/** Too large for a secret or a variable of a platform. */
const isLarge = ({ key }: PlanFile): boolean => key === 'openapi';

function largeLines(files: readonly PlanFile[]): string[] {
  return files
    .filter(isLarge)
    .map(
      ({ path }) =>
        `# --openapi ${path} is not carried, because it may be large: put it where the run can read it, and set WHY403_OPENAPI.`,
    );
}

const PROXY_KEY = 'https-proxy';

/** The command that brings the files of this machine into the secret that the pod mounts. */
function secretCommands(inPod: readonly PlanFile[], { secretCommand, proxy }: Plan): string[] {
  const parts = inPod.map(({ key, path }) => `--from-file=${key}=${quoted(path)}`);
  if (secretCommand !== undefined) parts.unshift('--from-file=client-secret=/dev/stdin');
  if (proxy && proxy.plain === undefined) parts.push(`--from-file=${PROXY_KEY}=FILE`);
  const create = `kubectl create secret generic why403 ${parts.join(' ')}`;
  return [
    ...(secretCommand === undefined
      ? [`# ${create}`]
      : [
          '# --client-secret-command is not carried, because the pod can not run it; what it prints goes into the secret:',
          `# YOUR-COMMAND | ${create}`,
        ]),
    ...inPod.filter(({ there }) => !there).map(({ path }) => `# ${path} is not there yet.`),
    ...(proxy && proxy.plain === undefined
      ? ['# The proxy holds a password, so it is not printed; FILE holds its URL, http://…']
      : []),
  ];
}

/**
 * A CronJob; user and group 1000 are `node` in the official image of Node. The volume is given to the group once: at each
 * start, the cached token would be opened to the group as well, and then not be used.
 */
export function kubernetes(plan: Plan): string {
  const { words, files, tail, environment, proxy, noProxy, secretCommand, minute, hidden } = plan;
  const inPod = files.filter((file) => !isLarge(file) && !file.ofMachine);
  const at = ({ key }: PlanFile): string => `/secrets/${key}`;
  const command = ['why403', ...words, ...flagWords(inPod, at), '--out', `/archive/${tail}`];
  const indent = ' '.repeat(16);
  const variables = [
    ...environment,
    ...(proxy?.plain === undefined ? [] : [{ name: 'HTTPS_PROXY', value: proxy.plain }]),
    ...(noProxy === undefined ? [] : [{ name: 'NO_PROXY', value: noProxy }]),
    ...fileVariables(inPod, at),
    ...(secretCommand === undefined
      ? []
      : [{ name: 'WHY403_CLIENT_SECRET_FILE', value: '/secrets/client-secret' }]),
    { name: 'XDG_CACHE_HOME', value: '/archive/.cache' },
  ];
  return [
    ...secretCommands(inPod, plan),
    ...hidden.map((name) => `# ${name} is set now and is a secret, so it is not printed.`),
    ...(files.some(({ ofMachine }) => ofMachine)
      ? ["# This machine's NODE_EXTRA_CA_CERTS is not carried to a pod; --ca-file is."]
      : []),
    ...largeLines(files),
    ...remarkLines(plan),
    `# The image needs Node 20.19 or newer and the program: npm install --global ./${PACKAGE}`,
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
    '          # The lock names the host: with one name, what a killed pod left behind is taken over within minutes.',
    '          hostname: why403-export',
    "          # The image's user 'node'; by the group it can read the secret and write the volume.",
    '          securityContext:',
    '            { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, fsGroupChangePolicy: OnRootMismatch }',
    '          containers:',
    '            - name: export',
    '              image: YOUR-IMAGE',
    `              command: [${command.map(yaml).join(', ')}]`,
    '              env:',
    ...variables.flatMap(({ name, value }) => [
      `${indent}- name: ${name}`,
      `${indent}  value: ${yaml(value)}`,
    ]),
    ...(proxy && proxy.plain === undefined
      ? [
          `${indent}- name: HTTPS_PROXY`,
          `${indent}  valueFrom: { secretKeyRef: { name: why403, key: ${PROXY_KEY} } }`,
        ]
      : []),
    '              volumeMounts:',
    `${indent}- { name: archive, mountPath: /archive }`,
    `${indent}- { name: secret, mountPath: /secrets, readOnly: true }`,
    '          volumes:',
    '            - name: archive',
    '              persistentVolumeClaim: { claimName: why403-archive }',
    '            - name: secret',
    '              secret: { secretName: why403, defaultMode: 0440 }',
    '',
  ].join('\n');
}

/** `client-cert` → `WHY403_CLIENT_CERT`, a secret or variable of the repository. */
const keptAs = ({ key }: PlanFile): string => `WHY403_${key.toUpperCase().replaceAll(/\W/g, '_')}`;

/** A workflow; what this machine has as a file is a secret of the repository, or a variable if it is none. */
export function githubActions(plan: Plan): string {
  const { words, files, tail, environment, proxy, noProxy, secretCommand, minute, hidden } = plan;
  const carried = files.filter((file) => !isLarge(file) && !file.ofMachine);
  const direct = carried.filter((file) => file.direct !== undefined);
  const written = carried.filter((file) => file.direct === undefined);
  const store = (file: PlanFile): string => `\${{ ${file.secret ? 'secrets' : 'vars'}.${keptAs(file)} }}`;
  const flags = flagWords(written, ({ key }) => `$RUNNER_TEMP/${key}`).map((word) =>
    word.startsWith('$') ? `"${word}"` : word,
  );
  const command = ['why403', ...words.map(quoted), ...flags, '--out', quoted(`archive/${tail}`)];
  const variables = [
    ...[
      ...environment,
      ...(proxy?.plain !== undefined && !proxy.ofMachine
        ? [
            { name: 'HTTPS_PROXY', value: proxy.plain },
            ...(noProxy === undefined ? [] : [{ name: 'NO_PROXY', value: noProxy }]),
          ]
        : []),
    ].map(({ name, value }) => ({ name, value: yaml(value) })),
    ...fileVariables(written, ({ key }) => `\${{ runner.temp }}/${key}`),
    ...(secretCommand === undefined ? [] : [secretReference('WHY403_CLIENT_SECRET')]),
    ...direct.map(({ direct: name = '' }) => secretReference(name)),
    ...(proxy && proxy.plain === undefined && !proxy.ofMachine ? [secretReference('HTTPS_PROXY')] : []),
  ];
  const secrets = variables.flatMap(({ value }) => /secrets\.(\w+)/.exec(value)?.[1] ?? []);
  return [
    `# .github/workflows/why403-export.yml; secrets of the repository: ${[...secrets, ...written.filter(({ secret }) => secret).map(keptAs)].join(', ')}`,
    ...written
      .filter(({ secret }) => !secret)
      .map((file) => `# The variable ${keptAs(file)} of the repository holds the text of ${file.path}.`),
    ...(secretCommand === undefined
      ? []
      : ['# --client-secret-command is not carried: what it prints is the secret WHY403_CLIENT_SECRET.']),
    ...(proxy?.ofMachine || files.some(({ ofMachine }) => ofMachine)
      ? [
          "# This machine's HTTPS_PROXY, NO_PROXY and NODE_EXTRA_CA_CERTS are not carried to a runner; --proxy and --ca-file are.",
        ]
      : []),
    ...hidden.map((name) => `# ${name} is set now and is a secret, so it is not printed.`),
    ...largeLines(files),
    ...remarkLines(plan),
    `# Keep ${PACKAGE} (npm pack) in this repository: a name in a registry may be anybody's, and the program is given the secret.`,
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
    `      - run: npm install --global ./${PACKAGE}`,
    ...(written.length === 0
      ? []
      : [
          '      - run: |',
          '          umask 077',
          ...written.map((file) => `          printf '%s\\n' "$${keptAs(file)}" >"$RUNNER_TEMP/${file.key}"`),
          '        env:',
          ...written.map((file) => `          ${keptAs(file)}: ${store(file)}`),
        ]),
    '      - run: |',
    `          ${command.join(' ')}`,
    '        env:',
    ...variables.map(({ name, value }) => `          ${name}: ${value}`),
    '      # The archive lives in the repository; another place needs another step here.',
    '      - if: always()',
    '        run: |',
    '          git add archive && git diff --cached --quiet || {',
    '            git -c user.name=why403 -c user.email=why403@users.noreply.github.com commit -m "export" && git push; }',
    '',
  ].join('\n');
}

function secretReference(name: string): { name: string; value: string } {
  return { name, value: `\${{ secrets.${name} }}` };
}
