/** The requests that would have worked, in any language: values, and names of variables where a secret stands. */
import type { Json } from './shapes.ts';

/** The value of an environment variable (if one is named) followed by a text. */
export interface RightText {
  /** A name of letters, digits and underscores, e.g. `CLIENT_ID`. */
  readonly variable?: string;
  readonly text: string;
}

export interface RightCall {
  readonly method: string;
  readonly url: RightText;
  /** `file`: the body is the user's own and is read from `body.json`. */
  readonly body?: { readonly json: Json } | 'file';
}

export interface RightRequest {
  readonly token: {
    readonly url: RightText;
    /** How the client proves itself; `none`: a public client, which sends its id only. */
    readonly auth: 'basic' | 'post' | 'none';
    /** Id and secret are form-encoded before base64 (RFC 6749 §2.3.1). */
    readonly formEncoded: boolean;
    /** Parameters of the form, without the client's own. */
    readonly form: readonly { readonly name: string; readonly value: RightText }[];
  };
  /** Absent where none is known that this token could make. */
  readonly call?: RightCall;
  /** What the reader must know or fill in; one line each. */
  readonly notes: readonly string[];
}

/** The variables that must be set, in the order of their use. */
export function variablesOf({ token, call }: RightRequest): string[] {
  const client = token.auth === 'none' ? ['CLIENT_ID'] : ['CLIENT_ID', 'CLIENT_SECRET'];
  const texts = [token.url, ...token.form.map(({ value }) => value), ...(call ? [call.url] : [])];
  return [...new Set([...client, ...texts.flatMap(({ variable }) => variable ?? [])])];
}
