/** Whom TLS trusts: the usual roots, and the certificates that `--ca-file` and NODE_EXTRA_CA_CERTS add to them. */
import * as tls from 'node:tls';
import { Failure } from '../core/index.ts';
import { readGiven, whyUnread } from './given-file.ts';

const PEM = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/g;

export interface Trust {
  /** All trusted certificates, PEM; undefined where nothing was added, so that TLS keeps its own defaults. */
  readonly roots?: readonly string[];
  readonly notes: readonly string[];
}

/**
 * @param caFile the value of `--ca-file`: must be readable and hold a certificate
 * @param extra the value of NODE_EXTRA_CA_CERTS. Node reads it too, but forgets it as soon as `ca` is given. An
 * unreadable one is a note, as it is a warning in Node.
 * @throws Failure `config`, `interrupted`
 */
export async function trustedRoots(
  caFile: string | undefined,
  extra: string | undefined,
  signal?: AbortSignal,
): Promise<Trust> {
  const added: string[] = [];
  const notes: string[] = [];
  if (caFile) added.push(...(await certificatesIn(caFile, '--ca-file', signal)));
  if (extra) {
    try {
      added.push(...(await certificatesIn(extra, 'NODE_EXTRA_CA_CERTS', signal)));
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'config') throw error;
      notes.push(`${error.message} It was left out.`);
    }
  }
  return added.length === 0 ? { notes } : { roots: [...defaultRoots(), ...added], notes };
}

/** `getCACertificates` (Node 22.15) knows --use-system-ca and the like; older ones have the bundled list only. */
function defaultRoots(): readonly string[] {
  const ask = (tls as { getCACertificates?: (type: 'default') => string[] }).getCACertificates;
  return ask ? ask('default') : tls.rootCertificates;
}

async function certificatesIn(path: string, from: string, signal?: AbortSignal): Promise<string[]> {
  let text: string;
  try {
    text = (await readGiven(path, { signal })).toString('utf8');
  } catch (error) {
    throw new Failure(
      'config',
      `The CA file ${path} (${from}) can't be read: ${whyUnread(error)}.`,
      'a readable PEM file',
    );
  }
  const found = text.match(PEM);
  if (!found) {
    throw new Failure(
      'config',
      `The CA file ${path} (${from}) holds no certificate.`,
      'PEM text with -----BEGIN CERTIFICATE-----; a DER file becomes PEM by: openssl x509 -inform der -in FILE -out FILE.pem',
    );
  }
  return found;
}
