/** The document in which an authorization server describes itself (RFC 8414; OpenID Connect Discovery), and whose it is. */
import { answersTo, bodyField, bodyText, type Evidence, type Exchange } from './evidence.ts';

export interface Metadata {
  readonly exchange: Exchange;
  /**
   * What its `issuer` is to the one that was asked for (RFC 8414 §3.3): the same, the same but for the spelling, left
   * out, or another one, whose document must not be used.
   */
  readonly issuer: 'same' | 'spelt-otherwise' | 'left-out' | 'another';
  /** As the document names it. */
  readonly says?: string;
}

/** The document that may be used, else the one of another issuer; undefined where none came. */
export function metadataOf(evidence: Evidence): Metadata | undefined {
  const found = answersTo(evidence, 'discovery').flatMap((x) => metadataIn(x, evidence) ?? []);
  return found.find(({ issuer }) => issuer !== 'another') ?? found[0];
}

/** @returns undefined where the answer is no such document */
export function metadataIn(exchange: Exchange, { settings }: Evidence): Metadata | undefined {
  if (bodyText(exchange, 'token_endpoint') === undefined) return undefined;
  const says = bodyField(exchange, 'issuer');
  if (settings.issuer === undefined) return { exchange, issuer: 'same' };
  if (typeof says !== 'string') return { exchange, issuer: 'left-out' };
  if (says === settings.issuer) return { exchange, issuer: 'same', says };
  const alike = normalized(says) === normalized(settings.issuer);
  return { exchange, issuer: alike ? 'spelt-otherwise' : 'another', says };
}

/** Without what no two servers differ by: a final slash, the case of the host, the usual port. */
function normalized(issuer: string): string {
  return (URL.canParse(issuer) ? new URL(issuer).href : issuer).replace(/\/+$/, '');
}
