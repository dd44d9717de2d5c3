/** What each error code of the API means, as a table (facts: Platform API definition of 2026-07-19, §7 of the notes). */
import type { Cause, Exchange, Facts, Reading, Scene, StageId } from '../core/index.ts';
import {
  accessCauses,
  deniedByPolicy,
  missingConsent,
  missingDivision,
  missingFeature,
  missingPermission,
  missingScope,
  notFoundCauses,
  unauthorizedCauses,
  userContext,
} from './genesys-causes.ts';

export interface Row {
  causes(exchange: Exchange, scene: Scene): Reading['causes'];
  /** The code leaves only one cause. */
  readonly forced?: boolean;
  readonly proves?: StageId;
  readonly facts?: Facts;
  /** What stands in the message. */
  readonly names?: 'permissions' | 'scopes' | 'policies' | 'address' | 'retryAfter';
}

const always =
  (...causes: Reading['causes']): Row['causes'] =>
  () =>
    causes;
const only = (cause: Cause): Row['causes'] => always({ ...cause, likelihood: 0.95 });

// An authenticated refusal (anything after 401) shows that the token was taken, so the login went well.
const TOKEN_TAKEN = { proves: 'grant' } as const;

const permission = (facts: Facts): Row => ({
  ...TOKEN_TAKEN,
  causes: always(missingPermission, missingFeature, { ...missingDivision, likelihood: 0.1 }, deniedByPolicy),
  facts,
  names: 'permissions',
});

const division = (facts: Facts = {}): Row => ({
  ...TOKEN_TAKEN,
  causes: always(
    { ...missingDivision, likelihood: 0.75 },
    { ...missingPermission, likelihood: 0.3 },
    { ...missingFeature, likelihood: 0.1 },
    deniedByPolicy,
  ),
  facts: { ...facts, byDivision: true },
  names: 'permissions',
});

const feature: Row = { ...TOKEN_TAKEN, causes: only(missingFeature), forced: true };

const access: Row = { ...TOKEN_TAKEN, causes: accessCauses, names: 'permissions' };

/** The caller is not the participant, owner or role that the endpoint is for. */
const notTheOwner: Row = {
  ...TOKEN_TAKEN,
  causes: always(
    {
      ...userContext,
      why: 'The endpoint serves only the user or the job owner that the object belongs to, and this token is neither.',
      likelihood: 0.6,
    },
    { ...missingPermission, likelihood: 0.3 },
  ),
};

const blockedAddress: Cause = {
  code: 'endpoint/ip-blocked',
  why: 'The address that the call comes from is not on the allowlist of the organization.',
  tell: 'The refusal names the address.',
  likelihood: 0.95,
};

const noBearer: Cause = {
  code: 'endpoint/token-malformed',
  why: 'The call reached the API without a bearer token in its Authorization header.',
  tell: 'The header must read Authorization: Bearer and then the token.',
  likelihood: 0.95,
};

/** A call that we sent with a bearer token lost it on its way, or the API did not find it. */
const noBearerCauses: Row['causes'] = ({ request: { authorization } }, { mode }) =>
  mode === 'climb' && authorization.kind === 'bearer' && authorization.token === 'well-formed'
    ? [{ ...noBearer, likelihood: 0.5 }, droppedHeader]
    : [noBearer];

const droppedHeader: Cause = {
  code: 'connection/tls-or-proxy',
  why: 'The call was sent with a bearer token, so a proxy or gateway on the way may have taken the Authorization header off.',
  tell: 'Send the same call from a network without the proxy, or straight to the host of the API.',
  likelihood: 0.45,
};

const expired: Cause = {
  code: 'endpoint/token-expired',
  why: 'The API says that the token has expired.',
  tell: 'Fetch a new token and call again.',
  likelihood: 0.95,
};

const limited: Cause = {
  code: 'endpoint/rate-limited',
  why: 'Too many calls in a short time: 300 a minute for a client credentials token, by the published limits.',
  tell: 'Wait as long as Retry-After says and call once.',
  likelihood: 0.95,
};

const rateLimit: Row = { causes: only(limited), forced: true, names: 'retryAfter' };

export const API_CODES: { readonly [code: string]: Row } = {
  'missing.any.permissions': permission({ rule: 'ANY' }),
  'missing.permissions': permission({ rule: 'ALL' }),
  'missing.permission': permission({}),
  'insufficient.permissions': permission({}),
  'access.denied.to.field': permission({}),
  'architect.missing.permission': permission({}),
  'missing.trustor.permissions': permission({ trustor: true }),
  'trustee.forbidden': permission({ trustor: true }),
  'notification.unauthorized.topic': permission({}),
  'missing.division.permission': division({ rule: 'ALL' }),
  'missing.division.permissions': division({ rule: 'ALL' }),
  'missing.division.permission.implied': division(),
  'missing.any.division.permissions': division({ rule: 'ANY' }),
  'no.permission.for.requested.users': division(),
  'qm.search.division.not.authorized': division(),
  'notification.unauthorized.divisioned.topic': division(),
  'app.not.authorized.for.scope': {
    ...TOKEN_TAKEN,
    causes: always(missingScope, missingConsent),
    names: 'scopes',
  },
  'authz.policy.denied': { ...TOKEN_TAKEN, causes: only(deniedByPolicy), forced: true, names: 'policies' },
  'not.authorized': access,
  forbidden: access,
  'access.denied': access,
  'feature.forbidden': feature,
  'feature.toggle.disabled': feature,
  'integrations.forbidden': feature,
  'organization.forbidden': feature,
  'not.implemented': feature,
  'not.a.user': { ...TOKEN_TAKEN, causes: only(userContext), forced: true, facts: { wants: 'user' } },
  'not.a.client': {
    causes: only({
      ...userContext,
      why: 'The endpoint takes only a client credentials token, and this one was issued to a user.',
    }),
    forced: true,
    facts: { wants: 'client' },
  },
  'conversation.error.forbidden.not.active.participant': notTheOwner,
  'postino.error.forbidden': notTheOwner,
  'not.job.owner': notTheOwner,
  'batch.download.permission.denied': notTheOwner,
  'presence.not.authorized.update.other.user.presence': notTheOwner,
  'authentication.required': { causes: noBearerCauses, forced: true },
  'bad.credentials': { causes: unauthorizedCauses },
  'credentials.expired': { causes: only(expired), forced: true },
  'ip.not.authorized': { causes: only(blockedAddress), forced: true, names: 'address' },
  'not.found': { causes: notFoundCauses, forced: true },
  'not found': { causes: notFoundCauses, forced: true },
  'too.many.requests': rateLimit,
  'too.many.requests.retry.after': rateLimit,
};

/** Families of codes that one product or another has. */
export const FAMILIES: readonly { readonly pattern: RegExp; readonly row: Row }[] = [
  { pattern: /^workitem\..*division\.permissions$|^case\..*division/, row: division() },
  { pattern: /^wfm\.(?:missing|permission|only\.authorized)/, row: division() },
  { pattern: /\.permission\.check\.failed$/, row: permission({}) },
  { pattern: /^architect\.not\./, row: permission({}) },
  { pattern: /\.not\.found$/, row: { causes: notFoundCauses } },
];

const byCode = (code: string): Row => API_CODES[code] ?? access;

/** Messages as published, for answers that are shown without their code; the first that fits. */
export const TEMPLATES: readonly { readonly pattern: RegExp; readonly row: Row }[] = [
  {
    pattern:
      /at least one of the following permissions assigned:[^]{0,2000}in at least one of the following division/i,
    row: byCode('missing.any.division.permissions'),
  },
  { pattern: /at least one of the following permissions assigned/i, row: byCode('missing.any.permissions') },
  { pattern: /missing the following permission\(s\)/i, row: byCode('missing.permissions') },
  {
    pattern: /missing the following permission '[^']{0,200}' in the provided division/i,
    row: byCode('missing.division.permission'),
  },
  { pattern: /App not authorized to use scope/i, row: byCode('app.not.authorized.for.scope') },
  { pattern: /security policies have denied access/i, row: byCode('authz.policy.denied') },
  { pattern: /originating from this IP address are not authorized/i, row: byCode('ip.not.authorized') },
  { pattern: /No authentication bearer token specified/i, row: byCode('authentication.required') },
  { pattern: /Invalid login credentials/i, row: byCode('bad.credentials') },
  { pattern: /credentials are expired and cannot be used/i, row: byCode('credentials.expired') },
  { pattern: /requires a user context/i, row: byCode('not.a.user') },
  { pattern: /requires a non-user context/i, row: byCode('not.a.client') },
  { pattern: /Rate limit exceeded the maximum/i, row: byCode('too.many.requests') },
  {
    pattern:
      /(?:feature|feature toggle|product|event collection) is not enabled(?: for (?:this|the|your) organization)?/i,
    row: feature,
  },
  { pattern: /requested resource was not found|^HTTP 404 Not Found/i, row: byCode('not.found') },
  { pattern: /not authorized to perform the requested action/i, row: access },
];
