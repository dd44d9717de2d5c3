/** Refusals of an API by the RFCs alone: RFC 6750 §3 challenges, the token's own claims, and HTTP. */
import {
  answeredAt,
  endpointOf,
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
import { bearerChallenge } from './challenge.ts';
import { cause, ranked } from './rfc-causes.ts';
import { wordsOf, type Words } from './rfc-words.ts';
import { tokenFacts, type TokenFacts } from './token-facts.ts';

const BEARER_ERRORS: Reference = {
  title: 'RFC 6750 §3: how an API refuses a token',
  url: 'https://www.rfc-editor.org/rfc/rfc6750#section-3',
};
const JWT_PROFILE: Reference = {
  title: 'RFC 9068 §4: what an API checks in a JWT access token',
  url: 'https://www.rfc-editor.org/rfc/rfc9068#section-4',
};

interface Read {
  readonly causes: readonly Cause[];
  readonly forced?: boolean;
  readonly facts?: Facts;
  /** The token was read and taken for valid. */
  readonly tokenAccepted?: boolean;
}

/** What a refused API call says; undefined for one that was let in, and for what only the API's own words explain. */
export function readApiRefusal(exchange: Exchange, scene: Scene): Reading | undefined {
  const { outcome } = exchange;
  if (outcome.kind !== 'answered') return undefined;
  const words = wordsOf(exchange);
  const read = byStatus(exchange, words, scene);
  if (!read) return undefined;
  const [first, ...others] = ranked(read.causes);
  if (!first) return undefined;
  return {
    causes: [first, ...others],
    forced: read.forced ?? false,
    ...(read.tokenAccepted && { proves: 'grant' as const }),
    facts: {
      ...(words.error && { error: words.error }),
      ...(words.said && { description: visibleLine(words.said.slice(0, 300)) }),
      ...(outcome.headers['retry-after'] && { retryAfter: visibleLine(outcome.headers['retry-after']) }),
      ...read.facts,
    },
    references: [BEARER_ERRORS, JWT_PROFILE],
  };
}

/** A refusal whose status is not shown. */
const REFUSED =
  /invalid|unauthori[sz]ed|not authori[sz]ed|denied|rejected|refused|expired|malformed|cannot|can't|could not|failed to|not (?:valid|allowed|accepted)/;

/** A sentence without a status is about access only if it speaks of something of it: `cannot find module` does not. */
const OF_ACCESS =
  /token|auth|bearer|access|credential|jwt|\bkeys?\b|api_?key|permission|privilege|scope|\buser|client|session|log[- ]?in|sign[- ]?in|request|\bapi\b|resource|account|header|\b[45]\d\d\b/;

function byStatus(exchange: Exchange, words: Words, scene: Scene): Read | undefined {
  const status = statusOf(exchange) ?? 0;
  const gate = botPage(exchange);
  if (gate) return { causes: gate };
  if (words.error === 'insufficient_scope') return missingScope(exchange, words);
  if (
    status === 401 ||
    words.error === 'invalid_token' ||
    (status === 0 && REFUSED.test(words.text) && OF_ACCESS.test(words.text))
  )
    return unauthorized(exchange, words, scene);
  if (status >= 500 && status !== 501) {
    return {
      causes: [cause('connection/outage', status === 500 ? 0.7 : 0.9)],
      forced: status > 501 && status < 505,
    };
  }
  if (status > 300 && status < 400 && status !== 304) return sentElsewhere(exchange, status);
  switch (status) {
    case 403:
    case 451:
      return forbidden(exchange, words, scene);
    case 404:
    case 405:
    case 410:
    case 501:
      return notThere(exchange, status, scene);
    case 407:
      return { causes: [cause('connection/tls-or-proxy', 0.95)], forced: true };
    case 429:
      return { causes: [cause('endpoint/rate-limited', 0.95)], forced: true };
    default:
      return words.error === 'slow_down'
        ? { causes: [cause('endpoint/rate-limited', 0.9)], forced: true }
        : undefined;
  }
}

/** A redirect (RFC 9110 §15.4) is not followed, so that no token goes where nobody named. */
function sentElsewhere({ outcome }: Exchange, status: number): Read {
  const to = outcome.kind === 'answered' ? (outcome.headers['location'] ?? '') : '';
  const place = URL.canParse(to) ? `to ${visibleLine(new URL(to).host)}` : 'elsewhere';
  const moved = cause(
    'endpoint/not-found',
    0.5,
    `The answer is HTTP ${status}, which sends the call ${place}: the endpoint is not at this address.`,
  );
  const before = cause(
    'connection/tls-or-proxy',
    0.5,
    `The answer is HTTP ${status}, which sends the call ${place}: something before the API may want a log-in.`,
  );
  return { causes: status === 301 || status === 308 ? [moved, before] : [before, moved] };
}

/** RFC 6750 §3.1: the token is good, its scope is not; the challenge may name what is needed. */
function missingScope(exchange: Exchange, words: Words): Read {
  const { outcome } = exchange;
  const challenge =
    outcome.kind === 'answered' ? bearerChallenge(outcome.headers['www-authenticate']) : undefined;
  const scopes = (challenge?.params.get('scope') ?? '')
    .split(/\s+/)
    .filter((scope) => scope !== '')
    .map(visibleLine);
  const why =
    scopes.length > 0
      ? `The API says insufficient_scope and wants ${scopes.join(' ')}.`
      : `The API says insufficient_scope${words.said ? `: "${visibleLine(words.said.slice(0, 160))}"` : ''}.`;
  return {
    causes: [cause('endpoint/missing-scope', 0.95, why)],
    forced: true,
    facts: scopes.length > 0 ? { scopes } : {},
    tokenAccepted: true,
  };
}

/** The token was not taken: what its own claims and the server's words leave. */
function unauthorized(exchange: Exchange, { text }: Words, scene: Scene): Read {
  const { authorization } = exchange.request;
  const token = tokenFacts(scene.evidence);
  const wanted = audienceOf(exchange, scene);
  const found: Cause[] = [];
  const unfit =
    ['basic', 'bare', 'unrecognised'].includes(authorization.kind) ||
    (authorization.kind === 'bearer' && authorization.token !== 'well-formed');
  if (unfit) found.push(cause('endpoint/token-malformed', 0.9));
  if (/expired|lifetime|\bexp\b|no longer (?:valid|active)/.test(text))
    found.push(cause('endpoint/token-expired', 0.9));
  if (/audience|\baud\b/.test(text)) found.push(cause('scope/wrong-audience', 0.9));
  if (/issuer|\biss\b|signature|signing key|\bkid\b|\bjwks?\b/.test(text))
    found.push(cause('endpoint/token-wrong-environment', 0.8));
  if (
    /malformed|not well[- ]formed|segments|could not (?:be )?(?:decode|parse)|invalid jwt|missing bearer|no (?:bearer |access )?token|authentication (?:is )?required/.test(
      text,
    )
  ) {
    found.push(cause('endpoint/token-malformed', 0.75));
  }
  const named = found.some(({ code }) => code !== 'endpoint/token-expired');
  found.push(...byClaims(token, wanted, answeredAt(exchange, scene), named, scene));
  const likeliest = Math.max(0, ...found.map((one) => one.likelihood ?? 0));
  const rest = likeliest > 0.7 ? 0.4 : 1;
  return {
    causes: [
      ...found,
      cause('endpoint/token-expired', 0.4 * rest),
      cause('endpoint/token-malformed', 0.3 * rest),
      cause('scope/wrong-audience', 0.3 * rest),
      cause('endpoint/token-wrong-environment', 0.25 * rest),
    ],
  };
}

/** Claims that an API must refuse (RFC 9068 §4). */
function byClaims(
  token: TokenFacts,
  wanted: string | undefined,
  at: string | undefined,
  /** The words of the answer name something else than the time. */
  named: boolean,
  { evidence }: Scene,
): Cause[] {
  const found: Cause[] = [];
  const now = Date.parse(at ?? '') / 1_000;
  if (token.active === false)
    found.push(cause('endpoint/token-expired', 0.85, 'Introspection says that the token is not active.'));
  if (token.expires !== undefined && token.expires <= now) {
    found.push(
      cause(
        'endpoint/token-expired',
        named ? 0.6 : 0.95,
        `The exp claim of the token lies ${Math.ceil((now - token.expires) / 60)} minutes back.`,
      ),
    );
  }
  if (wanted !== undefined && token.audiences.length > 0 && !token.audiences.includes(wanted)) {
    found.push(
      cause(
        'scope/wrong-audience',
        0.9,
        `The token is for ${token.audiences.map(visibleLine).join(', ')}, and the API is ${wanted}.`,
      ),
    );
  }
  const { issuer } = evidence.settings;
  if (token.issuer !== undefined && issuer !== undefined && same(token.issuer) !== same(issuer)) {
    found.push(
      cause(
        'endpoint/token-wrong-environment',
        0.7,
        `The token was issued by ${visibleLine(token.issuer)}, not by ${visibleLine(issuer)}.`,
      ),
    );
  }
  return found;
}

const same = (url: string): string => url.replace(/\/+$/, '');

/** The audience that the settings name, else that of the metadata which the challenge points to; never guessed from the URL. */
function audienceOf(exchange: Exchange, { evidence }: Scene): string | undefined {
  const { outcome } = exchange;
  const challenge =
    outcome.kind === 'answered' ? bearerChallenge(outcome.headers['www-authenticate']) : undefined;
  return evidence.settings.audience ?? challenge?.params.get('resource');
}

/** 403 without a word that RFC 6750 knows: what the body names, what the catalogue knows. */
function forbidden(exchange: Exchange, { text }: Words, scene: Scene): Read | undefined {
  if (exchange.outcome.kind === 'answered' && exchange.outcome.body.kind === 'html') return undefined;
  const lacking = lackingScopes(exchange, scene);
  const found: Cause[] = [];
  if (lacking.length > 0) {
    const why = `The API's description wants one of ${lacking.map(visibleLine).join(', ')}, and the token has none of them.`;
    found.push(cause('endpoint/missing-scope', 0.85, why));
  }
  if (/scope/.test(text)) found.push(cause('endpoint/missing-scope', 0.8));
  if (/permission|role\b|roles\b|privilege|entitle/.test(text))
    found.push(cause('endpoint/missing-permission', 0.8));
  if (/\bip\b.{0,40}(?:address|not|block|den|restrict)|allow ?list|white ?list/.test(text))
    found.push(cause('endpoint/ip-blocked', 0.8));
  if (/user context|requires? (?:a|an) (?:signed-in )?user|on behalf of/.test(text))
    found.push(cause('endpoint/user-context', 0.75));
  if (/consent/.test(text)) found.push(cause('endpoint/consent-missing', 0.8));
  if (/policy|policies|firewall|waf\b/.test(text)) found.push(cause('endpoint/policy-denied', 0.7));
  if (/audience/.test(text)) found.push(cause('scope/wrong-audience', 0.75));
  if (/quota|rate.?limit|too many/.test(text)) found.push(cause('endpoint/rate-limited', 0.75));
  return {
    causes: [
      ...found,
      // RFC 6750 §3.1 has a word for a lacking scope; an API that says only "forbidden" rather means a right.
      cause('endpoint/missing-permission', 0.4),
      cause('endpoint/missing-scope', 0.35),
      cause('endpoint/policy-denied', 0.2),
      cause('endpoint/ip-blocked', 0.15),
    ],
    ...(lacking.length > 0 && { facts: { scopes: lacking } }),
  };
}

/** Scopes of which the catalogue wants any one and the token has none; empty where either is not known. */
function lackingScopes(exchange: Exchange, scene: Scene): readonly string[] {
  const endpoint = endpointOf(exchange);
  const wanted = endpoint ? (scene.catalogue.find(endpoint.method, endpoint.path)?.scopes ?? []) : [];
  const have = tokenFacts(scene.evidence).scopes;
  return have && wanted.length > 0 && !wanted.some((scope) => have.includes(scope)) ? wanted : [];
}

function notThere(exchange: Exchange, status: number, scene: Scene): Read {
  const endpoint = endpointOf(exchange);
  const known = endpoint ? scene.catalogue.exists(endpoint.method, endpoint.path) : 'unknown';
  const why = known === false ? 'The description of the API has no such endpoint.' : undefined;
  return {
    causes: [
      cause('endpoint/not-found', status === 501 ? 0.5 : 0.9, why),
      ...(status === 404
        ? [
            cause(
              'endpoint/missing-permission',
              0.15,
              'Some APIs answer 404 for what the caller may not see.',
            ),
          ]
        : []),
    ],
    forced: known === false || status === 405,
  };
}
