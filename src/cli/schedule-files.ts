/** The files of this machine that a unit names: secrets, certificates, documents. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HEARTBEAT_FILE } from './heartbeat.ts';
import type { Settled } from './init-result.ts';
import { secretPath } from './secret-path.ts';
import type { LiveSettings } from './settings.ts';
import { variableOf } from './settings-layers.ts';
import type { Terminal } from './terminal.ts';

/** A file of this machine that the run reads; a variable or a flag names it. */
export interface PlanFile {
  /** What it is called where a platform mounts it. */
  readonly key: string;
  readonly path: string;
  readonly variable?: string;
  readonly flag?: string;
  /** The variable that holds the value itself, where a platform keeps secrets as variables. */
  readonly direct?: string;
  readonly secret: boolean;
  /** What stands in it, for a comment. */
  readonly what: string;
  readonly there: boolean;
  /** This machine's environment named it, no setting. */
  readonly ofMachine?: boolean;
}

type Naming = Omit<PlanFile, 'path' | 'there' | 'secret'>;

const secretFile = (path: string, naming: Naming): PlanFile => ({
  ...naming,
  path,
  secret: true,
  there: existsSync(path),
});

const plainFile = (path: string, naming: Naming): PlanFile => ({
  ...naming,
  path,
  secret: false,
  there: existsSync(path),
});

/** Ours may be the secret of a profile: then the file is one that has yet to be made. */
export function secretFiles(
  { plain, reference }: Settled,
  { credentials, given }: LiveSettings,
  { command, folder }: { readonly command: string | undefined; readonly folder: string },
  terminal: Terminal,
): PlanFile[] {
  const files: PlanFile[] = [];
  if (command === undefined && (credentials || !given)) {
    const path =
      reference?.name === 'client-secret-file'
        ? secretPath(reference.value, 'client-secret-file', terminal)
        : join(folder, 'client-secret');
    files.push(
      secretFile(path, {
        key: 'client-secret',
        variable: 'WHY403_CLIENT_SECRET_FILE',
        direct: 'WHY403_CLIENT_SECRET',
        what: 'The client secret',
      }),
    );
  }
  const header = plain.get('authorization-file');
  if (header !== undefined)
    files.push(
      secretFile(header, {
        key: 'authorization',
        flag: '--authorization-file',
        direct: 'WHY403_AUTHORIZATION',
        what: 'The Authorization header',
      }),
    );
  // A certificate's file may hold its key too.
  for (const [key, what] of [
    ['client-cert', "The client's certificate"],
    ['client-key', "The certificate's private key"],
  ] as const) {
    const path = plain.get(`${key}-file`);
    if (path !== undefined) files.push(secretFile(path, { key, variable: variableOf(`${key}-file`), what }));
  }
  return files;
}

/** Where the monitor's address stands, or should: it is a secret, so a unit names its file. */
export function heartbeatFiles(path: string, { env }: Terminal): PlanFile[] {
  if (!existsSync(path) && !env[HEARTBEAT_FILE] && !env['WHY403_HEARTBEAT']) return [];
  const what = "The monitor's address, asked for after each good run,";
  return [secretFile(path, { key: 'heartbeat', variable: HEARTBEAT_FILE, direct: 'WHY403_HEARTBEAT', what })];
}

export function plainFiles(
  { plain }: Settled,
  openapi: string | undefined,
  { env, cwd }: Terminal,
): PlanFile[] {
  const files: PlanFile[] = [];
  const ca = plain.get('ca-file');
  if (ca !== undefined) files.push(plainFile(ca, { key: 'ca', flag: '--ca-file', what: 'The certificates' }));
  const extra = env['NODE_EXTRA_CA_CERTS'];
  if (extra)
    files.push(
      plainFile(resolve(cwd, extra), {
        key: 'extra-ca',
        variable: 'NODE_EXTRA_CA_CERTS',
        what: 'More certificates',
        ofMachine: true,
      }),
    );
  if (openapi !== undefined)
    files.push(
      plainFile(openapi, { key: 'openapi', variable: 'WHY403_OPENAPI', what: "The API's document" }),
    );
  return files;
}

/** A declared dataset; its name must end as it does here. */
export function datasetFiles(dataset: string, { cwd }: Terminal): PlanFile[] {
  if (!/\.json$/i.test(dataset)) return [];
  const naming = { key: 'dataset.json', flag: '--dataset', what: 'The dataset' };
  return [plainFile(resolve(cwd, dataset), naming)];
}
