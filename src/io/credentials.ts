/** Builds what a request carries: the Basic header, the form fields, the Bearer header. */
import { formEncode } from '../core/index.ts';
import { Secret } from './secrets.ts';

export interface Credentials {
  readonly id: string;
  readonly secret: Secret;
}

/**
 * `Basic …` for a pair: UTF-8, the standard alphabet with padding, one line (RFC 7617 §2, RFC 4648 §4).
 * @param formEncoded RFC 6749 §2.3.1: id and secret are form-encoded first. Genesys wants them as they are.
 */
export function basicHeader({ id, secret }: Credentials, formEncoded: boolean): Secret {
  const encode = formEncoded ? formEncode : (value: string): string => value;
  const pair = `${encode(id)}:${encode(secret.reveal())}`;
  return new Secret(`Basic ${Buffer.from(pair, 'utf8').toString('base64')}`);
}

/** Whether HTTP can carry a header's value at all (RFC 9110 §5.5); Node refuses to send others. */
export function sendableHeader(value: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

/** `application/x-www-form-urlencoded`, as the URL standard writes it. */
export function formBody(fields: { readonly [name: string]: string }): string {
  return new URLSearchParams(fields).toString();
}
