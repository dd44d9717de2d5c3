/**
 * Shapes: what may be known of a secret. They are made at the two doors (`io/secrets`, `reading`) from a value
 * that goes no further; no field of a shape can hold the value or a part of it.
 */

/** Where in ladder order a value is deformed; the first that fits names the finding. */
export interface SecretShape {
  /** Number of characters; 0 for a missing or empty value. */
  readonly length: number;
  readonly looksLike: 'absent' | 'uuid' | 'placeholder' | 'mask' | 'base64-pair' | 'other';
  /** The whole value is base64 of this program's own `id:secret`, or of any printable `x:y`. */
  readonly base64Pair: 'no' | 'of-this-pair' | 'of-some-pair';
  /** It has the form that a provider gives to ids alone, or to secrets alone. */
  readonly issuedAs?: 'id' | 'secret';
  /** ASCII quotes kept at both ends. */
  readonly quoted: boolean;
  /** It is a UUID in brackets, as templates and .NET write one: `{…}`, `<…>`. */
  readonly bracketed?: true;
  /** The whole value is `$NAME`, `${NAME}` or `%NAME%`; the name is no secret. */
  readonly variable?: string;
  /** It is the word that a language prints for nothing: `undefined`, `null`, `None`. */
  readonly nothing?: true;
  /** A carriage return stands in it. */
  readonly carriageReturn: boolean;
  /** It seems to end where a shell or a config file cuts (`#`, `$`); only a paste can show this. */
  readonly cutAt?: '#' | '$';
  /** ASCII white space at an edge (the CR of a CRLF counts as mangled, not here). */
  readonly edgeWhitespace: 'none' | 'start' | 'end' | 'both';
  /** What outside ASCII stands in it, by name and place (0-based character index). */
  readonly nonAscii: readonly { readonly name: string; readonly index: number }[];
  /** `application/x-www-form-urlencoded` would change it (RFC 6749 §2.3.1, appendix B). */
  readonly changedByFormEncoding: boolean;
  /** It holds `%XX` and nothing that form-encoding would still change: probably encoded already. */
  readonly formEncodedAlready: boolean;
  readonly hasColon: boolean;
  readonly hasControl: boolean;
}

export interface ClientShape {
  /** The id itself, only if it has the form that the provider gives to ids (Genesys: a UUID). */
  readonly id?: string;
  readonly idShape: SecretShape;
  readonly secretShape: SecretShape;
  /** A value with the form of an id stands in the secret's place and none in the id's, or one of a secret in the id's. */
  readonly swapped: boolean;
  /** Where the pair came from, e.g. `WHY403_CLIENT_ID`, `--client-secret-file`, `profile acme`. */
  readonly source?: string;
}

/** An Authorization header, its value left out (RFC 7617, RFC 6750). */
export type AuthorizationShape =
  | { readonly kind: 'absent' }
  /** Something stands for the value; `built`: the code that makes it, which hides nothing. */
  | { readonly kind: 'masked'; readonly scheme?: string; readonly built?: true }
  | {
      readonly kind: 'basic';
      /** The scheme as written, e.g. `Basic`, `basic`, `BASIC`. */
      readonly scheme: string;
      readonly base64: 'standard' | 'url-safe' | 'wrapped' | 'unpadded' | 'invalid' | 'empty';
      /** The decoded pair holds a colon (only said when the base64 is readable). */
      readonly colon?: boolean;
      /** What it decodes to is the base64 of a pair: it was encoded twice. */
      readonly twice?: true;
      readonly idMatches?: boolean;
      readonly secretMatches?: boolean;
      /** Names characters outside the alphabet, e.g. `“`, `:`. Never part of a readable secret. */
      readonly foreign?: readonly string[];
      /** What the decoded id and secret look like, where they could be read. */
      readonly decoded?: {
        readonly id?: string;
        readonly idShape: SecretShape;
        readonly secretShape: SecretShape;
      };
    }
  | {
      readonly kind: 'bearer';
      readonly token: 'well-formed' | 'malformed' | 'literal';
      readonly literal?: string;
      readonly why?: string;
    }
  /** No scheme at all: a bare value. */
  | { readonly kind: 'bare'; readonly looksLike: 'base64-pair' | 'token' | 'pair' | 'other' }
  | { readonly kind: 'unrecognised'; readonly scheme: string };

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A token, its value left out. Claims are those of RFC 9068 and their vendor names; never others. */
export type TokenShape =
  | { readonly kind: 'opaque'; readonly length: number }
  | {
      readonly kind: 'jwt';
      readonly header: { readonly [k: string]: Json };
      readonly claims: { readonly [k: string]: Json };
    };
