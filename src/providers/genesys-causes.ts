/** The causes that an answer of the API leaves where its wording does not decide. */
import {
  answersTo,
  bodyText,
  endpointOf,
  issuedToken,
  type Cause,
  type Exchange,
  type Reading,
  type Scene,
} from '../core/index.ts';
import { parsed } from './genesys-places.ts';
import { regionOfHost, regionTitle } from './genesys-regions.ts';

type Causes = Reading['causes'];

export const missingPermission: Cause = {
  code: 'endpoint/missing-permission',
  why: 'No role of the client holds the permission that the endpoint demands.',
  tell: 'GET /api/v2/authorization/subjects/me lists what the client holds; diagnose compares it by itself.',
  likelihood: 0.75,
};

export const missingDivision: Cause = {
  code: 'endpoint/missing-division',
  why: 'The client holds the permission, but not in the division of what was asked for.',
  tell: 'GET /api/v2/authorization/divisionspermitted/paged/me?permission=… lists the divisions.',
  likelihood: 0.3,
};

export const missingFeature: Cause = {
  code: 'endpoint/feature-missing',
  why: 'The organization may not have the feature, licence or beta that the permission belongs to; then no role can mend it.',
  tell: 'GET /api/v2/authorization/permissions lists the permissions that exist in the organization.',
  likelihood: 0.2,
};

export const deniedByPolicy: Cause = {
  code: 'endpoint/policy-denied',
  why: 'An access policy of the organization may deny the call although a role allows it.',
  tell: 'An admin reads the access policies; the real refusal names the policy ids.',
  likelihood: 0.1,
};

export const missingScope: Cause = {
  code: 'endpoint/missing-scope',
  why: 'The organization enforces scopes and the token has none of those that the endpoint names.',
  tell: 'authorizedScope in GET /api/v2/tokens/me lists the scopes of the token.',
  likelihood: 0.8,
};

export const missingConsent: Cause = {
  code: 'endpoint/consent-missing',
  why: 'The client may not be authorized in this organization, or not for this scope yet.',
  tell: 'An admin looks under Admin > Integrations > Authorized Applications.',
  likelihood: 0.2,
};

export const userContext: Cause = {
  code: 'endpoint/user-context',
  why: 'The endpoint is about the signed-in user, and a client credentials token has none.',
  tell: 'The documentation of the endpoint says whether client credentials can be used.',
  likelihood: 0.9,
};

const notFound: Cause = {
  code: 'endpoint/not-found',
  why: 'The API has no such endpoint, or nothing with this id.',
  tell: 'why403 permissions shows whether the endpoint exists, and the nearest that do.',
  likelihood: 0.7,
};

/** Whether the catalogue knows that the path of a call is not there. */
function isAbsent(exchange: Exchange, scene: Scene): boolean {
  const endpoint = endpointOf(exchange);
  return endpoint !== undefined && scene.catalogue.exists(endpoint.method, endpoint.path) === false;
}

/** The catalogue does not know the path, and the answer has no code as the API's own refusals have. */
function isUnheardOf(exchange: Exchange, { catalogue }: Scene): boolean {
  const endpoint = endpointOf(exchange);
  if (!endpoint || bodyText(exchange, 'code') !== undefined) return false;
  return !catalogue.find(endpoint.method, endpoint.path);
}

function withDoubt([first, ...others]: Causes): Causes {
  const unheard: Cause = {
    ...notFound,
    why: 'The endpoint is not among those that this program knows, and the answer is not in the form of the API.',
    likelihood: 0.4,
  };
  return [first, unheard, ...others];
}

/** HTTP 403 that says no more than no. */
export function accessCauses(exchange: Exchange, scene: Scene): Causes {
  const usual: Causes = [
    { ...missingPermission, likelihood: 0.5 },
    missingDivision,
    { ...missingFeature, likelihood: 0.15 },
    deniedByPolicy,
  ];
  if (!isAbsent(exchange, scene)) return isUnheardOf(exchange, scene) ? withDoubt(usual) : usual;
  const absent: Cause = {
    ...notFound,
    why: 'The API has no such endpoint, so this answer can not be about the rights of the client.',
    likelihood: 0.8,
  };
  return [absent, ...usual];
}

/** HTTP 404. */
export function notFoundCauses(exchange: Exchange, scene: Scene): Causes {
  if (isAbsent(exchange, scene)) return [{ ...notFound, likelihood: 0.95 }];
  const hidden: Cause = {
    ...missingDivision,
    why: 'What was asked for may lie in a division that the client does not see; whether the API then answers 403 or 404 is not published.',
    likelihood: 0.2,
  };
  const noProduct: Cause = {
    ...missingFeature,
    why: 'Some endpoints answer 404 where the product has no data in the organization.',
    likelihood: 0.1,
  };
  return [notFound, hidden, noProduct];
}

/** HTTP 401 with `bad.credentials`: there is no code of its own for a token that has expired. */
export function unauthorizedCauses(exchange: Exchange, scene: Scene): Causes {
  const { authorization } = exchange.request;
  const unfit =
    (authorization.kind === 'bearer' && authorization.token !== 'well-formed') ||
    ['basic', 'bare', 'unrecognised'].includes(authorization.kind);
  const malformed: Cause = {
    code: 'endpoint/token-malformed',
    why: 'The header may not hold the token as it was issued: cut, quoted, or not behind the word Bearer.',
    tell: 'The header must read Authorization: Bearer and then the token, byte for byte.',
    likelihood: unfit ? 0.8 : 0.2,
  };
  const abroad = tokenFromElsewhere(exchange, scene);
  const elsewhere: Cause = {
    code: 'endpoint/token-wrong-environment',
    why: abroad
      ? `The token was issued in ${abroad.login} and shown in ${abroad.api}; a region knows only its own tokens.`
      : 'The token may be of another region than the API host; a region knows only its own tokens.',
    tell: 'The login host and the API host must end in the same domain.',
    likelihood: abroad ? 0.85 : 0.25,
  };
  const fresh = answersTo(scene.evidence, 'token').some(issuedToken);
  const expired: Cause = {
    code: 'endpoint/token-expired',
    why: 'The token may have ended: by its age, by the idle time-out of the organization, or because it was revoked or its client disabled.',
    tell: 'Fetch a new token and call at once; if that works, the old one had ended.',
    // What this run fetched itself is seconds old; a paste does not tell.
    likelihood: fresh ? (scene.mode === 'climb' ? 0.15 : 0.3) : 0.5,
  };
  const causes = [expired, elsewhere, malformed];
  const [first, ...others] = causes.sort((a, b) => (b.likelihood ?? 0) - (a.likelihood ?? 0));
  return [first ?? expired, ...others];
}

function tokenFromElsewhere(exchange: Exchange, scene: Scene): { login: string; api: string } | undefined {
  const issued = answersTo(scene.evidence, 'token').findLast(
    (x) => issuedToken(x) || x.outcome.kind === 'not-shown',
  );
  const login = regionAt(issued?.request.url);
  const api = regionAt(exchange.request.url);
  if (!login || !api || login === api) return undefined;
  return { login: regionTitle(login), api: regionTitle(api) };
}

function regionAt(url: string | undefined) {
  const host = parsed(url)?.hostname;
  return host === undefined ? undefined : regionOfHost(host)?.region;
}
