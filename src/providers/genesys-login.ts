/** How the login server of Genesys Cloud refuses (POST /oauth/token): its words turned into causes. */
import {
  bodyText,
  saysOnlyNotThere,
  statusOf,
  type Cause,
  type Exchange,
  type Reading,
  type Scene,
} from '../core/index.ts';
import { CLIENT_CREDENTIALS, LOGIN_ANSWERS, RATE_LIMITS } from './genesys-references.ts';
import { botPage } from './bot-page.ts';
import { readTokenRefusal } from './rfc-errors.ts';
import { requestRefused } from './genesys-grants.ts';
import { wrongEndpoint, atTokenUrl } from './genesys-places.ts';

const OAUTH_PAGE = 'Admin > Integrations > OAuth';

const wrongSecret: Cause = {
  code: 'client/wrong-secret',
  why: 'The secret may be wrong: mistyped, cut, or replaced (a client has one secret at a time, and a new one ends the old).',
  tell: `If the client stands under ${OAUTH_PAGE} with this id, is active and belongs to this region, the secret is what is left.`,
  likelihood: 0.45,
};

const unknownClient: Cause = {
  code: 'client/unknown',
  why: 'The client id may not exist: mistyped, deleted, or of another organization.',
  tell: `Look for the id under ${OAUTH_PAGE}; GET /api/v2/oauth/clients/{id} with somebody else's token answers 404 if it is not there.`,
  likelihood: 0.3,
};

const disabledClient: Cause = {
  code: 'client/disabled',
  why: 'The client may be disabled or about to be deleted; Genesys answers then as for a wrong secret.',
  tell: `Open the client under ${OAUTH_PAGE} and read its state.`,
  likelihood: 0.1,
};

function wrongRegion(scene: Scene): Cause {
  const asked = scene.evidence.settings.region;
  return {
    code: 'request/wrong-region',
    why: `The client may live in another region than ${asked ?? 'the one that was asked'}: every region knows only its own clients.`,
    tell: 'Read the region in the address bar of Genesys Cloud in the browser: apps.{domain}. It must be the domain of the login host.',
    likelihood: 0.2,
  };
}

const AUTHENTICATION_FAILED = /^\W*authentication failed/i;

/** Four causes, one body: measured by users in 2025-10; that a wrong region answers alike is inferred. */
function authenticationFailed(scene: Scene): readonly [Cause, ...Cause[]] {
  return [wrongSecret, unknownClient, wrongRegion(scene), disabledClient];
}

/** The text that the login server gives for a client of another grant type; `client_credential` is singular there. */
const NOT_THIS_GRANT = /^\W*(?:the )?client is not authorized to use the (\w{1,40}) grant type\W*$/i;

/**
 * Reads a refusal of the token endpoint.
 * @returns undefined where the answer says nothing about the client or the request (5xx, a page, no answer)
 */
export function readLogin(exchange: Exchange, scene: Scene): Reading | undefined {
  const status = statusOf(exchange);
  const error = bodyText(exchange, 'error') ?? bodyText(exchange, 'code');
  // A gateway before it may turn the status of a refusal into 200.
  const fine =
    status !== undefined && status >= 200 && status < 300 && bodyText(exchange, 'error') === undefined;
  if (status !== undefined && botPage(exchange)) return readTokenRefusal(exchange, scene);
  if (status === undefined || fine || status >= 500) return undefined;
  const said = bodyText(exchange, 'error_description') ?? bodyText(exchange, 'description') ?? '';
  if (status === 429 || RATE_LIMITED.test(said)) return rateLimited(exchange, status);
  if ((status === 404 || status === 405) && !/^invalid_|^unauthorized_client/.test(error ?? '')) {
    return reading([wrongEndpoint(exchange)], saysOnlyNotThere(exchange), { status });
  }
  const facts = { error: error ?? '', description: said };
  if (error === 'invalid_client') {
    const read = reading(invalidClient(exchange, scene, said), false, facts);
    return AUTHENTICATION_FAILED.test(said) ? { ...read, alike: true } : read;
  }
  if (error === 'unauthorized_client') return unauthorizedClient(exchange, scene, said, facts);
  const words = `${said} ${bodyText(exchange, 'message') ?? ''}`;
  const causes = requestRefused(error ?? '', words, exchange, scene);
  if (causes) return reading(causes, false, facts);
  // What Genesys says in these cases is not published, so the RFC's meaning is a likely one and no proof.
  const byRfc = readTokenRefusal(exchange, scene);
  return byRfc && { ...byRfc, forced: false };
}

function reading(causes: Reading['causes'], forced: boolean, facts: Reading['facts']): Reading {
  return { causes, forced, facts, references: [LOGIN_ANSWERS, CLIENT_CREDENTIALS] };
}

function invalidClient(exchange: Exchange, scene: Scene, said: string): Reading['causes'] {
  if (/client not found/i.test(said)) {
    return [
      {
        ...unknownClient,
        likelihood: 0.6,
        why: 'The login server says that it does not know this client id.',
      },
      { ...wrongRegion(scene), likelihood: 0.4 },
    ];
  }
  if (AUTHENTICATION_FAILED.test(said)) return authenticationFailed(scene);
  // Not the wording of the real login server: three fields and `authentication failed`.
  const method: Cause = {
    code: 'client/auth-method-mismatch',
    why: 'The server may not have got the credentials in the way it expects them.',
    tell: 'Genesys takes Basic and the form body; send id and secret in one of them and not in both.',
    likelihood: 0.15,
  };
  const [secret, ...others] = authenticationFailed(scene);
  if (atTokenUrl(exchange) === false) return [wrongEndpoint(exchange), secret, method, ...others.slice(0, 2)];
  return [secret, ...others, method];
}

function unauthorizedClient(
  exchange: Exchange,
  scene: Scene,
  said: string,
  facts: Reading['facts'],
): Reading {
  const named = NOT_THIS_GRANT.exec(said)?.[1];
  // Other words under this code are not published: an address or a policy may be what is refused.
  const byRfc = named === undefined && said !== '' ? readTokenRefusal(exchange, scene) : undefined;
  if (byRfc) return { ...byRfc, forced: false };
  const notAllowed: Cause = {
    code: 'grant/not-allowed',
    why: named
      ? `The client exists and its secret is right, but it was made for another grant type than ${named}.`
      : 'The client may have been made for another grant type.',
    tell: `Open the client under ${OAUTH_PAGE} and read its grant type; it must be Client Credentials.`,
    likelihood: named ? 0.9 : 0.7,
  };
  if (named === undefined)
    return reading([notAllowed, { ...wrongEndpoint(exchange), likelihood: 0.2 }], false, facts);
  return {
    ...reading([notAllowed], true, { ...facts, grantType: named }),
    // Measured in 2023 and 2025: the grant type is looked at after id, secret and state.
    proves: 'client',
  };
}

/** As told of logins that are repeated too fast; other sentences may hold the same words. */
const RATE_LIMITED = /^(?:provider )?(?:oauth )?(?:credential )?rate limit exceeded\W*$/i;

function rateLimited(exchange: Exchange, status: number): Reading {
  const headers = exchange.outcome.kind === 'answered' ? exchange.outcome.headers : {};
  const cause: Cause = {
    code: 'endpoint/rate-limited',
    why: 'Too many tokens were asked for in a short time.',
    tell: 'Wait, then ask once; keep the token until it expires (24 hours by default).',
    likelihood: 0.95,
  };
  const wait = headers['retry-after'];
  return {
    causes: [cause],
    forced: status === 429,
    facts: wait ? { retryAfter: wait } : {},
    references: [RATE_LIMITS],
  };
}
