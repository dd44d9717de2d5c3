/** Refusals of a token endpoint by the RFCs alone: RFC 6749 §5.2, RFC 8707 §2, and HTTP where no error is named. */
import {
  asksToSignIn,
  issuedToken,
  saysOnlyNotThere,
  statusOf,
  visibleLine,
  type Cause,
  type Exchange,
  type Facts,
  type Reading,
  type Reference,
  type Scene,
} from '../core/index.ts';
import { botPage } from './bot-page.ts';
import { cause } from './rfc-causes.ts';
import { invalidGrant, unsupportedGrant } from './rfc-grant-errors.ts';
import { fitting } from './rfc-fit.ts';
import { invalidScope } from './rfc-scope-errors.ts';
import { hintsOf, type Hint } from './rfc-hints.ts';
import { saidOutright } from './rfc-sentences.ts';
import { wordsOf, type Words } from './rfc-words.ts';

export const TOKEN_ERRORS: Reference = {
  title: 'RFC 6749 §5.2: errors of the token endpoint',
  url: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2',
};

interface Read {
  readonly causes: readonly Cause[];
  readonly forced?: boolean;
}

/**
 * What a refused token request says by the RFCs.
 * @returns undefined for an answer that issued a token, or that is no answer
 */
export function readTokenRefusal(exchange: Exchange, scene: Scene): Reading | undefined {
  const { outcome } = exchange;
  if (outcome.kind !== 'answered' || issuedToken(exchange)) return undefined;
  const words = wordsOf(exchange);
  const found = meanings(words, exchange, scene)
    .map((read) => ({ read, causes: fitting(read.causes, exchange, scene) }))
    .find(({ causes }) => causes.length > 0);
  const [lead, ...others] = found?.causes ?? [];
  if (!found || !lead) return undefined;
  const facts: Facts = {
    ...(words.error && { error: words.error }),
    ...(words.said && { description: visibleLine(words.said.slice(0, 300)) }),
    ...(outcome.headers['retry-after'] && { retryAfter: visibleLine(outcome.headers['retry-after']) }),
  };
  return {
    causes: [lead, ...others],
    forced: (found.read.forced ?? false) && lead.code === found.read.causes[0]?.code,
    facts,
    references: [TOKEN_ERRORS],
  };
}

/** What the answer may mean, by its words, its code and its status; the first that the request allows counts. */
function meanings(words: Words, exchange: Exchange, scene: Scene): readonly Read[] {
  const gate = botPage(exchange);
  if (gate) return [{ causes: gate }];
  if (statusOf(exchange) === 429) return [LIMITED];
  const hinted = hintsOf(words.error, words.text).map((hint) => byHint(hint, words));
  const coded = [byError(words, exchange, scene), byStatus(exchange, words)];
  return [...hinted, ...coded.filter((read) => read !== undefined)];
}

const LIMITED: Read = { causes: [cause('endpoint/rate-limited', 0.95)], forced: true };

function byHint(hint: Hint, { text, said }: Words): Read {
  const why = `The server names it: "${visibleLine(said.trim().slice(0, 200))}".`;
  const [[lead, likelihood], ...others] = hint.causes;
  return {
    causes: [cause(lead, likelihood, why), ...others.map(([code, p]) => cause(code, p))],
    forced: saidOutright(text) === lead,
  };
}

function byError({ error, text }: Words, exchange: Exchange, scene: Scene): Read | undefined {
  switch (error) {
    case 'invalid_client':
      return { causes: invalidClient() };
    case 'invalid_grant':
      return { causes: invalidGrant(exchange, scene.mode) };
    case 'unauthorized_client':
      return {
        causes: [
          cause(
            'grant/not-allowed',
            0.7,
            'By RFC 6749 the client was recognised, and may not use this grant.',
          ),
          cause('client/wrong-secret', 0.2, 'Some servers use this code for a wrong id or secret as well.'),
          cause('client/unknown', 0.15),
          cause('client/public', 0.15),
        ],
      };
    case 'unsupported_grant_type':
      return unsupportedGrant(exchange, scene);
    case 'invalid_request':
      return { causes: invalidRequest() };
    case 'invalid_scope':
    case 'insufficient_scope':
      return { causes: invalidScope(exchange, scene) };
    case 'access_denied':
      return {
        causes: [
          cause('scope/not-allowed', 0.4),
          cause('grant/not-allowed', 0.3),
          cause('endpoint/policy-denied', 0.25),
          cause('endpoint/consent-missing', 0.2),
        ],
      };
    case 'server_error':
    case 'temporarily_unavailable':
      return {
        causes: [cause('connection/outage', 0.9, `The server says ${error}: the fault is its own.`)],
        // A server that is ill says 5xx; a refusal may use its words for something that does not pass by itself.
        forced: (statusOf(exchange) ?? 0) >= 500 || text === '',
      };
    case 'slow_down':
      return LIMITED;
    default:
      return error === 'invalid_target'
        ? { causes: [cause('scope/wrong-audience', 0.9)], forced: true }
        : undefined;
  }
}

/** RFC 6749 §5.2: unknown client, no authentication included, or an unsupported method; servers add their own. */
function invalidClient(): Cause[] {
  return [
    cause('client/wrong-secret', 0.45),
    cause('client/unknown', 0.35),
    cause('client/auth-method-mismatch', 0.25),
    cause('client/public', 0.2),
    cause('header/bad-base64', 0.15),
    cause('header/missing-scheme', 0.1),
    cause('header/wrong-scheme', 0.1),
    cause('credential/missing', 0.1),
    cause('client/disabled', 0.1),
    cause('request/wrong-region', 0.1),
  ];
}

/** Something is missing, repeated or malformed, and the server does not say what. */
function invalidRequest(): Cause[] {
  return [
    cause('request/missing-grant-type', 0.35),
    cause('request/json-body', 0.3),
    cause('request/wrong-content-type', 0.3),
    cause('header/duplicate-credentials', 0.2),
    cause('header/bad-base64', 0.2),
    cause('scope/malformed', 0.15),
    cause('client/auth-method-mismatch', 0.15),
  ];
}

/** No error is named: what HTTP says (RFC 9110 §15). */
function byStatus(exchange: Exchange, words: Words): Read | undefined {
  const status = statusOf(exchange) ?? 0;
  const html = exchange.outcome.kind === 'answered' && exchange.outcome.body.kind === 'html';
  if (status >= 500)
    return {
      causes: [cause('connection/outage', status === 500 ? 0.55 : 0.9)],
      forced: status > 501 && status < 505,
    };
  switch (status) {
    case 0:
      return bare(words, exchange);
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
      return { causes: sentElsewhere(exchange, status) };
    case 400:
    case 422:
      return { causes: [...invalidRequest(), cause('client/wrong-secret', 0.15)] };
    case 401:
      return { causes: invalidClient() };
    case 403:
      if (html) return undefined;
      return {
        causes: [
          cause('endpoint/policy-denied', 0.4),
          cause('endpoint/ip-blocked', 0.3),
          cause('connection/tls-or-proxy', 0.25),
          cause('client/wrong-secret', 0.2),
        ],
      };
    case 404:
    case 405:
    case 410:
      if (asksToSignIn(exchange))
        return { causes: [cause('client/unknown', 0.6), cause('request/wrong-endpoint', 0.4)] };
      if (!saysOnlyNotThere(exchange))
        return {
          causes: [
            cause(
              'request/wrong-endpoint',
              0.6,
              `The URL answers HTTP ${status} in words of its own: what it looked for may be another thing than the path.`,
            ),
            cause('request/wrong-region', 0.35),
            cause('client/unknown', 0.3),
          ],
        };
      return {
        causes: [
          cause(
            'request/wrong-endpoint',
            0.95,
            `The URL answers HTTP ${status}: no token endpoint is there.`,
          ),
        ],
        forced: true,
      };
    case 407:
    case 511:
      return { causes: [cause('connection/tls-or-proxy', 0.95)], forced: true };
    case 415:
      if (exchange.request.contentType?.includes('x-www-form-urlencoded'))
        return {
          causes: [
            cause(
              'request/wrong-content-type',
              0.75,
              'The request says that it is a form, and this server takes another type (JSON), against RFC 6749.',
            ),
            cause('request/json-body', 0.3),
          ],
        };
      return { causes: [cause('request/wrong-content-type', 0.7), cause('request/json-body', 0.6)] };
    default:
      return html && status >= 200 ? { causes: pageForPeople(exchange) } : undefined;
  }
}

/** A redirect (RFC 9110 §15.4) is not followed, so that no secret goes where nobody named. */
function sentElsewhere({ outcome }: Exchange, status: number): Cause[] {
  const to = outcome.kind === 'answered' ? (outcome.headers['location'] ?? '') : '';
  const place = URL.canParse(to) ? `to ${visibleLine(new URL(to).host)}` : 'elsewhere';
  return [
    cause(
      'request/wrong-endpoint',
      0.6,
      `The URL answers HTTP ${status}, which sends the request ${place}: the token endpoint is not at this address.`,
    ),
    cause(
      'connection/tls-or-proxy',
      0.4,
      `The answer is HTTP ${status}, which sends the request ${place}: something before the server may want a log-in.`,
    ),
  ];
}

/** A refusal in words alone, without a status or a code: what its words are about, and no more than that. */
function bare({ text }: Words, exchange: Exchange): Read | undefined {
  if (/grant[ _-]?type|grant.{0,20}(?:not|un)\s?support/.test(text))
    return {
      causes: [
        cause('grant/wrong-type-sent', 0.5),
        cause('grant/not-allowed', 0.44),
        cause('client/unknown', 0.2),
      ],
    };
  if (/\bscopes?\b/.test(text))
    return { causes: [cause('scope/not-allowed', 0.5), cause('scope/unknown', 0.45)] };
  if (/refresh|expired|revoked/.test(text)) return { causes: invalidGrant(exchange).reverse() };
  if (
    !/invalid|unauthori[sz]ed|not authori[sz]ed|denied|rejected|refused|fail|wrong|incorrect|forbidden|bad /.test(
      text,
    )
  )
    return undefined;
  return {
    causes: /not authori[sz]ed|denied|forbidden/.test(text)
      ? [cause('grant/not-allowed', 0.4), ...invalidClient().slice(0, 4)]
      : invalidClient().slice(0, 5),
  };
}

/** A page where JSON belongs: of a web application at a wrong URL, or of something on the way. */
function pageForPeople({ outcome }: Exchange): Cause[] {
  const text =
    outcome.kind === 'answered' && 'text' in outcome.body ? outcome.body.text.slice(0, 20_000) : '';
  return /\bproxy\b|web ?filter|firewall|zscaler|squid|captive|blocked/i.test(text)
    ? [cause('connection/tls-or-proxy', 0.8)]
    : [cause('request/wrong-endpoint', 0.6), cause('connection/tls-or-proxy', 0.5)];
}
