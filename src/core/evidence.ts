/** Evidence: all that is known of a case. It is what `--record` writes, `--replay` reads and every check looks at. */
import type { AuthorizationShape, ClientShape, Json, SecretShape, TokenShape } from './shapes.ts';
import type { CatalogueEntry } from './catalogue.ts';
import type { Instant } from './time.ts';

/** Characters `from` (inclusive) to `to` (exclusive) of the masked paste, as UTF-16 code units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What an exchange was for. `token/2` is the second of its name. */
export type StepName =
  | 'discovery'
  | 'token'
  | 'introspection'
  | 'whoami'
  | 'organization'
  | 'grants'
  | 'divisions'
  | 'divisions-permitted'
  | 'permissions'
  | 'products'
  | 'queues'
  | 'catalogue'
  | 'endpoint'
  /** A token request that differs in one thing from `token`. */
  | 'probe'
  /** The token of the second client, and what that client may read of the first. */
  | 'second-token'
  | 'client-record';

export type StepId = StepName | `${StepName}/${number}`;

export function stepName(step: StepId): StepName {
  return step.split('/')[0] as StepName;
}

export type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: Json }
  /** `html` is a page (a proxy's, a gateway's); `cut` is JSON that ends too early. */
  | { readonly kind: 'html' | 'text' | 'xml' | 'cut'; readonly text: string };

export interface Answered {
  readonly kind: 'answered';
  /** 0 where a paste shows a body without its status. */
  readonly status: number;
  /** Names in lower case; only those of the allow-list. */
  readonly headers: { readonly [name: string]: string };
  readonly body: Body;
  readonly token?: TokenShape;
  /** The server's Date header minus our clock, in milliseconds, where both are known. */
  readonly clockSkewMs?: number;
}

export type UnansweredWhy =
  'name-resolution' | 'refused' | 'time-out' | 'reset' | 'tls' | 'proxy' | 'network' | 'deadline' | 'offline';

export type Outcome =
  | Answered
  | {
      readonly kind: 'unanswered';
      readonly why: UnansweredWhy;
      /** In words, without secrets: host and port, the TLS error, the issuer of a foreign certificate. */
      readonly detail: string;
      /** The system's or library's code, e.g. `ECONNREFUSED`, `SELF_SIGNED_CERT_IN_CHAIN`. */
      readonly code?: string;
      readonly issuer?: string;
    }
  /** Not sent because it could change something; `--send` sends it. */
  | { readonly kind: 'not-sent'; readonly reason: string }
  /** A paste shows the request and not its answer. */
  | { readonly kind: 'not-shown' };

export interface ExchangeRequest {
  readonly method?: string;
  /** Without user info; secret-named parameters masked. */
  readonly url?: string;
  readonly authorization: AuthorizationShape;
  readonly contentType?: string;
  /** Parameters of a form or a query by name; secret-named ones hold `•`. */
  readonly form?: { readonly [name: string]: string };
  /** How the body is written, where it is known. */
  readonly bodyForm?: 'none' | 'form' | 'json' | 'other';
  /** Not all of it was shown, or understood: what was not seen in it may still have been sent. */
  readonly unread?: true;
  /** The way, where a proxy setting had a say: `through the proxy … (HTTPS_PROXY)`, `directly, because NO_PROXY (…) matches`. */
  readonly via?: string;
  /** Secret parameters of a pasted form in which a raw `+` stands: a server reads it as a blank (WHATWG URL §5.1). */
  readonly rawPlus?: readonly string[];
  /** Client id and secret stand in the body too. */
  readonly bodyCredentials?: { readonly id: boolean; readonly secret: boolean };
}

export interface Exchange {
  readonly step: StepId;
  /**
   * What the step is about: an endpoint as `METHOD /path`, a permission's name, or the one thing in which a probe
   * differs (`scope=a b`, `scope=`, `client-auth=post`, `basic-encoding=raw`).
   */
  readonly subject?: string;
  readonly source?: Span;
  readonly request: ExchangeRequest;
  readonly outcome: Outcome;
}

/** An endpoint that the user wants to call. */
export interface EndpointNeed {
  readonly method: string;
  /** Path or absolute URL, query included. */
  readonly path: string;
  /** The smallest body that the endpoint accepts, for a POST that is a query. */
  readonly json?: Json;
  /** Who wants it, e.g. `dataset queue-hourly`. */
  readonly wantedBy?: string;
  /** The user asked to send it although it might change something. */
  readonly send?: boolean;
}

/** Config, prose or code that a paste shows. */
export interface Said {
  readonly where: 'config' | 'prose' | 'code' | 'command' | 'log';
  readonly key: string;
  readonly shape?: SecretShape;
  /** Masked one for one, so that columns stay true. */
  readonly text?: string;
  readonly source?: Span;
}

/** A flag of `diagnose` without its dashes; never with a secret. A flag without a value is a switch. */
export interface GivenFlag {
  readonly name: string;
  readonly value?: string;
}

/** Settings that are no secrets. URLs are without user info. */
export interface KnownSettings {
  /** As the profile writes it, e.g. `eu-central-1 (mypurecloud.de)`. */
  readonly region?: string;
  readonly tokenUrl?: string;
  readonly apiUrl?: string;
  readonly issuer?: string;
  readonly introspectionUrl?: string;
  readonly clientAuth?: 'basic' | 'post';
  readonly requestedScope?: string;
  /** A ready token was given, so the stages up to `grant` don't apply. */
  readonly readyToken?: boolean;
  /** The audience or API that an OpenAPI document names. */
  readonly audience?: string;
  readonly offline?: boolean;
  /** They repeat the run with these settings; absent where nobody ran it from a command line. */
  readonly flags?: readonly GivenFlag[];
}

export interface Evidence {
  readonly schema: 1;
  /** The provider's id, e.g. `genesys-cloud`, `generic`. */
  readonly provider: string;
  readonly capturedAt: Instant;
  readonly settings: KnownSettings;
  readonly client?: ClientShape;
  /** A header that the user gave to be checked. */
  readonly authorization?: AuthorizationShape;
  readonly needs: readonly EndpointNeed[];
  readonly exchanges: readonly Exchange[];
  /** Made beside the climb to tell causes apart; none of them is what the person came with, so none is a failure. */
  readonly probes?: readonly Exchange[];
  readonly said: readonly Said[];
  /** The paste, every secret character replaced by `•`, one for one. */
  readonly paste?: string;
  /** The rows of the catalogue that a recorded run was judged by; `complete`: what is not among them does not exist. */
  readonly catalogue?: {
    readonly source: string;
    readonly date: string;
    readonly complete: boolean;
    readonly entries: readonly CatalogueEntry[];
  };
}

/** A request to make. It names a credential, it never carries one. */
export interface Ask {
  readonly step: StepId;
  readonly subject?: string;
  readonly method: string;
  readonly url: string;
  /** `client`: as `settings.clientAuth` says; `given`: the header that the user supplied; `bearer`: the token in hand. */
  readonly auth: 'client' | 'given' | 'bearer' | 'none';
  /** A probe sends the client's id and secret otherwise than the settings say. */
  readonly otherwise?: { readonly clientAuth?: 'basic' | 'post'; readonly basicEncoding?: 'raw' | 'form' };
  readonly form?: { readonly [name: string]: string };
  /** The door puts the token in hand into this form field (RFC 7662 §2.1: `token`). */
  readonly tokenField?: string;
  readonly json?: Json;
  /** The fields of a 2xx body that a check reads, as `entities[].name`; all others are dropped at the door. */
  readonly keep: readonly string[];
}

/** Live, replayed, recorded or simulated. Never rejects for what the network or a server does. */
export type Transport = (ask: Ask) => Promise<Exchange>;

/** The answers shown for a step's name, in order. */
export function answersTo(evidence: Evidence, name: StepName): Exchange[] {
  return evidence.exchanges.filter((x) => stepName(x.step) === name);
}

/** What the same question was answered later. */
export function laterAnswers(exchange: Exchange, { exchanges }: Evidence): Exchange[] {
  return exchanges
    .slice(exchanges.indexOf(exchange) + 1)
    .filter((x) => stepName(x.step) === stepName(exchange.step) && x.subject === exchange.subject);
}

/** A field of a JSON body by path (`error`, `details.0.errorCode`); undefined where there is none. */
export function bodyField(exchange: Exchange, path: string): Json | undefined {
  const body = exchange.outcome.kind === 'answered' ? exchange.outcome.body : undefined;
  if (body?.kind !== 'json') return undefined;
  let at: Json | undefined = body.value;
  for (const key of path.split('.')) {
    if (at === null || typeof at !== 'object') return undefined;
    at = Object.hasOwn(at, key) ? (at as { [k: string]: Json })[key] : undefined;
  }
  return at;
}

/** A field as text; undefined where it is absent or no string. */
export function bodyText(exchange: Exchange, path: string): string | undefined {
  const value = bodyField(exchange, path);
  return typeof value === 'string' ? value : undefined;
}

/** The status of an answered exchange, else undefined. */
export function statusOf(exchange: Exchange): number | undefined {
  return exchange.outcome.kind === 'answered' ? exchange.outcome.status : undefined;
}

/** Where a browser is sent to, with something of a sign-in behind the question mark; not every server wants a response_type. */
const SIGN_IN_PAGE =
  /\/(?:authori[sz]e|authori[sz]ation|oauth2?(?:\/v\d)?\/auth|protocol\/openid-connect\/auth|dialog\/oauth|connect\/auth)\/?\?(?:[^#]{0,2000}&)?(?:client_id|redirect_uri|state|scope)\b/i;

/** The address to which a browser is sent is no token request, though a post may call it one (RFC 6749 §4.1.1). */
export function asksToSignIn({ request: { url = '', form, method } }: Exchange): boolean {
  if (form?.['grant_type'] !== undefined || /[?&]grant_type=/.test(url)) return false;
  return /[?&]response_type=/.test(url) || (method !== 'POST' && SIGN_IN_PAGE.test(url));
}

/** A token was issued by this answer. */
export function issuedToken(exchange: Exchange): boolean {
  return exchange.outcome.kind === 'answered' && exchange.outcome.token !== undefined;
}

/**
 * A refusal with the status of a success: some servers always answer 200 and say in the body how it went
 * (`{"ok":false,"error":"…"}`), or answer a token request with the error of RFC 6749 §5.2 under a 200.
 */
export function refusedInBody(exchange: Exchange): boolean {
  const status = statusOf(exchange);
  if (status === undefined || status < 200 || status > 299 || issuedToken(exchange)) return false;
  if (errorsOfGraphQl(exchange)) return true;
  if (bodyText(exchange, 'error') === undefined) return false;
  return bodyField(exchange, 'ok') === false || stepName(exchange.step) === 'token';
}

/** GraphQL answers 200 whatever it refuses: `errors` beside no data (spec.graphql.org, §7.1). */
function errorsOfGraphQl(exchange: Exchange): boolean {
  const { outcome } = exchange;
  if (outcome.kind !== 'answered' || outcome.body.kind !== 'json') return false;
  if (bodyText(exchange, 'errors.0.message') === undefined) return false;
  const names = Object.keys(outcome.body.value ?? {});
  const held = Object.values(bodyField(exchange, 'data') ?? {});
  return (
    names.every((name) => /^(?:data|errors|extensions)$/.test(name)) && held.every((value) => value === null)
  );
}
