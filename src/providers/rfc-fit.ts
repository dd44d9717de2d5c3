/** Weighs causes by the request that is shown: what it rules out is dropped, what it shows is raised. */
import {
  answersTo,
  bodyField,
  type AuthorizationShape,
  type Cause,
  type Exchange,
  type Scene,
} from '../core/index.ts';
import { ranked, type RfcCode } from './rfc-causes.ts';

type Weigh = (exchange: Exchange, scene: Scene) => number | undefined;

const formType = (type: string | undefined): boolean =>
  /^application\/x-www-form-urlencoded\b/i.test(type ?? '');

/** What is about a code, a refresh token or another grant is no cause of a request that we sent without one. */
const ofAnotherGrant: Weigh = ({ request: { form } }, { mode }) =>
  mode === 'climb' && form?.['grant_type'] === 'client_credentials' ? 0 : undefined;

/** `undefined` leaves the likelihood, 0 rules the cause out. */
const WEIGHTS: Partial<Record<RfcCode, Weigh>> = {
  'request/missing-grant-type': ({ request: { form, bodyForm } }) =>
    form?.['grant_type'] && bodyForm === 'form' ? 0 : bodyForm === 'form' ? 0.9 : undefined,
  'request/json-body': ({ request: { bodyForm } }) =>
    bodyForm === 'json' ? 0.9 : bodyForm === 'form' || bodyForm === 'none' ? 0 : undefined,
  'request/wrong-content-type': ({ request: { bodyForm, contentType } }) => {
    if (bodyForm === 'json') return 0.3;
    if (contentType === undefined) return undefined;
    return formType(contentType) ? 0 : 0.85;
  },
  'header/missing-scheme': ({ request: { authorization } }) =>
    hasOtherScheme(authorization) ? 0 : seenAs(authorization.kind, 'bare'),
  'header/wrong-scheme': ({ request: { authorization } }) =>
    hasOtherScheme(authorization) ? 0.9 : seenAs(authorization.kind, 'unrecognised'),
  'header/duplicate-credentials': ({ request: { authorization, bodyForm, bodyCredentials } }) =>
    bodyForm !== undefined && (authorization.kind === 'absent' || !bodyCredentials?.secret) ? 0 : undefined,
  'header/bad-base64': ({ request: { authorization } }, { mode }) => {
    if (hasOtherScheme(authorization)) return 0;
    if (authorization.kind !== 'basic') return seenAs(authorization.kind, 'basic');
    // In a paste, what a shell replaces (`$TOKEN`, `$(…)`) was not sent so.
    const replaced = authorization.foreign?.some((sign) => sign === '$' || sign === '`') ?? false;
    if (mode === 'everything' && replaced) return 0.1;
    return authorization.base64 === 'standard' && authorization.colon !== false ? 0 : 0.9;
  },
  'credential/missing': ({ request }, { evidence }) =>
    request.authorization.kind !== 'absent' || request.bodyCredentials?.secret || hasSecret(evidence)
      ? 0
      : undefined,
  'credential/needs-form-encoding': (_exchange, { mode, evidence }) =>
    mode === 'climb' && !evidence.authorization ? 0.2 : undefined,
  'scope/malformed': ({ request: { form, bodyForm } }) =>
    bodyForm === 'form' && form !== undefined && form['scope'] === undefined ? 0 : undefined,
  'grant/code-invalid': ofAnotherGrant,
  'grant/pkce-mismatch': ofAnotherGrant,
  'grant/redirect-uri-mismatch': ofAnotherGrant,
  'grant/refresh-token-invalid': ofAnotherGrant,
  'grant/wrong-type-sent': ofAnotherGrant,
  'client/auth-method-mismatch': (exchange, scene) => methodWeight(exchange, scene),
  'client/public': (_exchange, scene) => {
    const offered = methods(scene);
    return offered?.length === 1 && offered[0] === 'none' ? 0.8 : undefined;
  },
};

/** A scheme that carries no id and secret, and stands there for all to see even where a mask follows. */
function hasOtherScheme(shape: AuthorizationShape): boolean {
  if (shape.kind === 'masked') return shape.scheme !== undefined && !/^basic$/i.test(shape.scheme);
  return shape.kind === 'bearer' || shape.kind === 'unrecognised';
}

function seenAs(kind: string, wanted: string): number | undefined {
  if (kind === wanted) return 0.9;
  // Nothing is known of a header that is masked or not shown.
  return kind === 'absent' || kind === 'masked' ? undefined : 0;
}

function hasSecret({ client }: Scene['evidence']): boolean {
  return client !== undefined && client.secretShape.length > 0;
}

/** `token_endpoint_auth_methods_supported` of the discovery document (RFC 8414 §2); undefined: not known. */
function methods(scene: Scene): string[] | undefined {
  for (const x of answersTo(scene.evidence, 'discovery')) {
    const offered = bodyField(x, 'token_endpoint_auth_methods_supported');
    if (Array.isArray(offered))
      return offered.filter((method): method is string => typeof method === 'string');
  }
  return undefined;
}

function methodWeight({ request }: Exchange, scene: Scene): number | undefined {
  const offered = methods(scene);
  const used =
    request.authorization.kind === 'basic'
      ? 'client_secret_basic'
      : request.bodyCredentials?.secret
        ? 'client_secret_post'
        : undefined;
  if (!offered || !used) return undefined;
  return offered.includes(used) ? undefined : 0.85;
}

/**
 * The causes that the request leaves, likeliest first. Empty only in a climb: what was sent there is known. In a paste
 * the request that is shown may not be the one that was sent, so something is always left.
 */
export function fitting(causes: readonly Cause[], exchange: Exchange, scene: Scene): readonly Cause[] {
  const weighed = causes.flatMap((cause) => {
    const weight = WEIGHTS[cause.code as RfcCode]?.(exchange, scene);
    const named = (cause.likelihood ?? 0) >= 0.9;
    // What the server names outright stays in a paste, whatever the request looks like.
    if (weight === undefined || (named && !(weight === 0 && scene.mode === 'climb'))) return [cause];
    return weight === 0 ? [] : [{ ...cause, likelihood: weight }];
  });
  if (weighed.length > 0 || scene.mode === 'climb') return ranked(weighed);
  return ranked(causes.map((c) => ({ ...c, likelihood: 0.3 })));
}
