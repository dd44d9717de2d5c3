/** Whom TLS trusts: the usual roots, and the certificates that `--ca-file` and NODE_EXTRA_CA_CERTS add to them. */
import * as tls from 'node:tls';
import { Failure } from '../core/index.ts';
import { readBounded } from './given-file.ts';

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
 * @throws Failure `config`
 */
export function trustedRoots(caFile: string | undefined, extra: string | undefined): Trust {
  const added: string[] = [];
  const notes: string[] = [];
  if (caFile) added.push(...certificatesIn(caFile, '--ca-file'));
  if (extra) {
    try {
      added.push(...certificatesIn(extra, 'NODE_EXTRA_CA_CERTS'));
    } catch (error) {
      notes.push(
        error instanceof Failure ? `${error.message} It was left out.` : 'NODE_EXTRA_CA_CERTS was left out.',
      );
    }
  }
  return added.length === 0 ? { notes } : { roots: [...defaultRoots(), ...added], notes };
}

/** `getCACertificates` (Node 22.15) knows --use-system-ca and the like; older ones have the bundled list only. */
function defaultRoots(): readonly string[] {
  const ask = (tls as { getCACertificates?: (type: 'default') => string[] }).getCACertificates;
  return ask ? ask('default') : tls.rootCertificates;
}

function certificatesIn(path: string, from: string): string[] {
  let text: string;
  try {
    text = readBounded(path).toString('utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new Failure(
      'config',
      `The CA file ${path} (${from}) can't be read: ${code}.`,
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
