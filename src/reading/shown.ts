/**
 * What a person showed, in parts, each with its place in the document. A statement file names its parts; in a free
 * text they are found. From here on both go the same way.
 */
import type { Json } from '../core/index.ts';
import type { Piece } from './piece.ts';

export interface ShownRequest {
  readonly method?: string;
  readonly url?: string;
  readonly headers: { readonly [name: string]: string };
  /** Nothing is shown of the headers: what is not among them may have been sent all the same. */
  readonly headersUnseen?: true;
  readonly body?: Piece;
}

export interface ShownResponse {
  /** 0 where it is not shown. */
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  /** Text as shown, or the JSON value that a statement gives. */
  readonly body?: Piece;
  readonly json?: Json;
  /** It answers a CONNECT, so it is a proxy's and no server's (RFC 9110 §9.3.6). */
  readonly ofProxy?: true;
  /** Where it stands in the document, if the text shows what was asked for it. */
  readonly place?: number;
  /** The call that it answers, where the text shows the two together. */
  readonly request?: ShownRequest;
}

export interface Shown {
  /** The document, secrets and all; it goes no further than this room. */
  readonly document: string;
  readonly provider?: string;
  readonly commands: readonly Piece[];
  readonly headers: readonly Piece[];
  readonly codes: readonly Piece[];
  readonly tokenRequest?: ShownRequest;
  readonly apiRequest?: ShownRequest;
  readonly tokenResponses: readonly ShownResponse[];
  readonly apiResponses: readonly ShownResponse[];
  /** Logs that are shown beside an answer. */
  readonly logs?: readonly Piece[];
  /** Settings as written: name and value; `meant` is what a program gets, where that is written otherwise. */
  readonly config: readonly { readonly key: string; readonly value: Piece; readonly meant?: string }[];
  /** What the person says about it. */
  readonly prose: readonly Piece[];
}
