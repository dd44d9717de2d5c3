/** The certificate that this machine shows to servers that ask for one (mutual TLS, RFC 8446 §4.3.2). */
import { X509Certificate, createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Failure } from '../core/index.ts';
import { readGiven, whyUnread } from './given-file.ts';

export interface ClientCertificate {
  /** PEM: the certificate and those that lead to its root. */
  readonly certificate: string;
  /** PEM. Never shown. */
  readonly key: string;
}

const CERTIFICATE = '--client-cert-file';
const KEY = '--client-key-file';

/**
 * Reads certificate and key and tries whether they belong together, so that a mix-up is not found by a handshake.
 * @param keyFile where the key stands, if not in the certificate's own file
 * @throws Failure `config`; nothing of the key is in it
 */
export async function readClientCertificate(
  certificateFile: string,
  keyFile: string | undefined,
  signal?: AbortSignal,
): Promise<ClientCertificate> {
  const certificate = await readPem(certificateFile, CERTIFICATE, signal);
  const keyPlace = keyFile ?? certificateFile;
  const keyFlag = keyFile === undefined ? CERTIFICATE : KEY;
  const key = keyFile === undefined ? certificate : await readPem(keyFile, KEY, signal);
  let shown: X509Certificate;
  try {
    shown = new X509Certificate(certificate);
  } catch {
    throw new Failure(
      'config',
      `The file ${certificateFile} (${CERTIFICATE}) holds no certificate that can be read.`,
      'PEM text with -----BEGIN CERTIFICATE-----',
    );
  }
  if (!shown.checkPrivateKey(privateKey(key, keyPlace, keyFlag))) {
    throw new Failure(
      'config',
      `The key in ${keyPlace} does not belong to the certificate in ${certificateFile}.`,
      'the key that the certificate was asked for with',
    );
  }
  return { certificate, key };
}

function privateKey(pem: string, place: string, flag: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    const locked = /ENCRYPTED/.test(pem) || (error as { code?: unknown }).code === 'ERR_MISSING_PASSPHRASE';
    throw new Failure(
      'config',
      `The file ${place} (${flag}) holds ${locked ? 'a private key that is locked with a passphrase' : 'no private key that can be read'}.`,
      locked
        ? `an unlocked one that only you can read: openssl pkey -in ${place} -out KEY.pem`
        : `PEM text with -----BEGIN PRIVATE KEY-----, in ${KEY} or beside the certificate`,
    );
  }
}

async function readPem(path: string, flag: string, signal?: AbortSignal): Promise<string> {
  try {
    return (await readGiven(path, { signal })).toString('utf8');
  } catch (error) {
    throw new Failure(
      'config',
      `The file ${path} (${flag}) can't be read: ${whyUnread(error)}.`,
      'a readable PEM file',
    );
  }
}
